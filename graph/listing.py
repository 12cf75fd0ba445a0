"""Lists of what a library knows: its instruments and its units, filtered and counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.folding import fold
from corpus.gazetteer import folded_words
from corpus.model import Level
from graph.importance import Importance, importance
from graph.questions import Source
from graph.registry import Entry
from graph.tree import Tree, UnitEntry, in_order

Order = Literal["cited", "implemented", "bridges"]
"""By how many reports cite it; how many local documents are said to carry it out; over how many ways it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An instrument, and how important it is."""

    entry: Entry
    importance: Importance


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
        return (
            self.level in (None, entry.level)
            and (self.year is None or (entry.date or "").startswith(str(self.year)))
            and (self.type is None or fold(entry.type or "") == fold(self.type))
            and (self.words is None or _has_words(entry, self.words))
        )


def _has_words(entry: Entry, words: str) -> bool:
    text = folded_words(" ".join(part for part in (entry.label, entry.title, entry.issuer) if part))
    return all(word in text for word in folded_words(words).split())


def instruments(source: Source, wanted: Filter, order: Order = "cited") -> list[Listed]:
    """The instruments that fit, the most important first; raises UnknownUnitError."""
    among = None if wanted.unit is None else _cited_by(source, source.tree().find(wanted.unit))
    of = importance(source, bridges=order == "bridges")
    fitting = (e for e in source.all_entries() if wanted.fits(e) and (among is None or e.id in among))
    found = [Listed(entry=entry, importance=of[entry.id]) for entry in fitting]
    return sorted(found, key=lambda one: (*_rank(one.importance, order), one.entry.id))


def _rank(one: Importance, order: Order) -> tuple[float, ...]:
    rank = {"cited": one.reports, "implemented": one.documents, "bridges": one.bridge or 0.0}[order]
    return -rank, -one.reports


def _cited_by(source: Source, units: Sequence[UnitEntry]) -> set[str]:
    cards = source.reports_of(source.tree().whose(unit.id for unit in units))
    return {place.entry for place in source.places_in([card.id for card in cards])}


def units_listed(tree: Tree, *, within: str | None = None, level: Level | None = None) -> list[tuple[int, UnitEntry]]:
    """The units in the order of the tree, each with its depth; of one level where that is asked for, then flat.

    Raises UnknownUnitError for `within`.
    """
    tops: Iterable[UnitEntry] = [tree.find_one(within)] if within else [u for u in tree.units.values() if not u.parent]
    found = [(depth, unit) for top in in_order(tops) for depth, unit in _under(tree, top, 0)]
    return [(0, unit) for _, unit in found if unit.level == level] if level else found


def _under(tree: Tree, unit: UnitEntry, depth: int) -> Iterator[tuple[int, UnitEntry]]:
    yield depth, unit
    for lower in in_order(tree.children(unit.id)):
        yield from _under(tree, lower, depth + 1)
