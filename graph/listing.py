"""Lists of what a library knows: its instruments and its units, filtered and counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.folding import fold
from corpus.gazetteer import folded_words
from corpus.model import Level
from graph.questions import Source
from graph.registry import Entry
from graph.tree import Tree, UnitEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An instrument, and in how many reports it is cited."""

    entry: Entry
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which instruments are asked for; None: any.  `words` stand in its number, title or issuer, accents or not.

    `unit` is the name of a unit whose reports cite it.
    """

    words: str | None = None
    type: str | None = None
    level: Level | None = None
    year: int | None = None
    unit: str | None = None

    def fits(self, entry: Entry) -> bool:
        """Does an instrument have what is asked for, but for who cites it?"""
        text = folded_words(" ".join(part for part in (entry.label, entry.title, entry.issuer) if part))
        return (
            all(word in text for word in folded_words(self.words or "").split())
            and (self.type is None or fold(entry.type or "") == fold(self.type))
            and self.level in (None, entry.level)
            and (self.year is None or (entry.date or "").startswith(str(self.year)))
        )


def instruments(source: Source, wanted: Filter) -> list[Listed]:
    """The instruments that fit, those cited by most reports first; raises UnknownUnitError."""
    among = None if wanted.unit is None else _cited_by(source, source.tree().find(wanted.unit))
    found = [Listed(entry=entry, reports=reports) for entry, reports in source.counted() if wanted.fits(entry)]
    found = [one for one in found if among is None or one.entry.id in among]
    return sorted(found, key=lambda one: (-one.reports, one.entry.id))


def _cited_by(source: Source, units: Sequence[UnitEntry]) -> set[str]:
    cards = source.reports_of(source.tree().whose(unit.id for unit in units))
    return {place.entry for place in source.places_in([card.id for card in cards])}


def units_listed(tree: Tree, *, within: str | None = None, level: Level | None = None) -> list[tuple[int, UnitEntry]]:
    """The units in the order of the tree, each with its depth; of one level where that is asked for, then flat.

    Raises UnknownUnitError for `within`.
    """
    tops: Iterable[UnitEntry] = [tree.find_one(within)] if within else [u for u in tree.units.values() if not u.parent]
    found = [(depth, unit) for top in _by_label(tops) for depth, unit in _under(tree, top, 0)]
    return [(0, unit) for _, unit in found if unit.level == level] if level else found


def _under(tree: Tree, unit: UnitEntry, depth: int) -> Iterator[tuple[int, UnitEntry]]:
    yield depth, unit
    for lower in _by_label(tree.children(unit.id)):
        yield from _under(tree, lower, depth + 1)


def _by_label(units: Iterable[UnitEntry]) -> list[UnitEntry]:
    return sorted(units, key=lambda unit: (unit.label, unit.id))
