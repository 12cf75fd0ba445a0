"""The administrative tree as the reports give it: whose each report is, and what lies under what.

One unit under several spellings is one; two of one name in two districts are two (`graph.homes`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.errors import CancuError
from corpus.gazetteer import folded_words
from corpus.model import Level
from corpus.successions import Succession, mergers
from corpus.units import body_key, body_level, parse_unit
from graph.homes import Home, Whose, homes_of, level_of, name_key
from graph.votes import slug


class UnknownUnitError(CancuError):
    """A unit that no report of the library is of, or a name that several bear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """A unit of the library: a place, or a body that names none.

    `parent` is the id of the unit above it; `spellings` counts how reports write it; `reports` is how many are its
    own (0: it is only named as lying above others); `label` is its name, told apart from namesakes by what is above.
    `predecessors` and `successors` are the ids of the units that it was made of, and that it went into.
    """

    id: str
    name: str
    label: str
    level: Level | None
    parent: str | None
    spellings: tuple[tuple[str, int], ...]
    reports: int
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()


class Tree:
    """The units of all reports, from how many reports say what of whose they are."""

    def __init__(self, counts: Mapping[Whose, int], successions: Iterable[Succession] = ()) -> None:
        self._of: dict[Whose, str] = {}
        units = {**self._places(counts), **self._bodies(counts)}
        self.units: Mapping[str, UnitEntry] = dict(sorted(_linked(units, successions).items()))
        self._below: dict[str, list[str]] = defaultdict(list)
        self._named: dict[str, list[UnitEntry]] = defaultdict(list)
        for unit in self.units.values():
            self._named[name_key(unit.name)].append(unit)
            if unit.parent is not None:
                self._below[unit.parent].append(unit.id)

    def _places(self, counts: Mapping[Whose, int]) -> dict[str, UnitEntry]:
        homes = homes_of(counts)
        spelled: dict[str, Counter[str]] = defaultdict(Counter)
        reports: dict[Home, Counter[str]] = defaultdict(Counter)
        for whose, home in homes.items():
            for name, count in ((whose.unit, counts[whose]), (whose.parent, 0), (whose.province, 0)):
                if name is not None:
                    spelled[name_key(name)][name] += count
            reports[home][whose.unit or ""] += counts[whose]
        for home in list(reports):
            above = home.above
            while above is not None:
                reports.setdefault(above, Counter())
                above = above.above
        names = {key: min(of, key=lambda s: (-of[s], s)) for key, of in spelled.items()}
        labels = _labels(reports, names)
        ids = _ids(labels)
        self._of.update((whose, ids[home]) for whose, home in homes.items())
        return {
            ids[home]: UnitEntry(
                id=ids[home],
                name=names[home.name],
                label=labels[home],
                level=level_of(names[home.name]),
                parent=ids[home.above] if home.above else None,
                spellings=tuple(sorted(of.items())),
                reports=of.total(),
            )
            for home, of in reports.items()
        }

    def _bodies(self, counts: Mapping[Whose, int]) -> dict[str, UnitEntry]:
        """Reports that name a body without a place are of that body."""
        spelled: dict[str, Counter[str]] = defaultdict(Counter)
        for whose, count in counts.items():
            if whose.unit is None and whose.issuer is not None:
                self._of[whose] = unit = slug(body_key(whose.issuer)) or slug(whose.issuer) or "-"
                spelled[unit][whose.issuer] += count
        found = {}
        for unit, of in spelled.items():
            name = min(of, key=lambda s: (-of[s], s))
            found[unit] = UnitEntry(
                id=unit,
                name=name,
                label=name,
                level=body_level(name),
                parent=None,
                spellings=tuple(sorted(of.items())),
                reports=of.total(),
            )
        return found

    def of(self, whose: Whose) -> UnitEntry | None:
        """The unit of a report that says this; None where it says nothing of it."""
        unit = self._of.get(whose)
        return None if unit is None else self.units[unit]

    def whose(self, units: Iterable[str]) -> list[Whose]:
        """All that reports of these units say of whose they are."""
        wanted = set(units)
        return [whose for whose, unit in self._of.items() if unit in wanted]

    def reporting(self) -> list[UnitEntry]:
        """The units that have reports of their own, by id."""
        return [unit for unit in self.units.values() if unit.reports]

    def named(self, name: str) -> list[UnitEntry]:
        """The units that bear that very name, wherever they lie."""
        return self._named.get(name_key(name), [])

    def above(self, unit: str) -> Iterator[UnitEntry]:
        """The units above a unit, the nearest first."""
        parent = self.units[unit].parent
        while parent is not None:
            yield self.units[parent]
            parent = self.units[parent].parent

    def children(self, unit: str) -> list[UnitEntry]:
        """The units right below a unit."""
        return [self.units[lower] for lower in self._below.get(unit, ())]

    def below(self, unit: str) -> Iterator[UnitEntry]:
        """The units below a unit, at any depth."""
        for lower in self.children(unit):
            yield lower
            yield from self.below(lower.id)

    def find(self, text: str) -> tuple[UnitEntry, ...]:
        """The units that a person can mean: by id, or by name, with or without accents, kind and what lies above.

        Raises UnknownUnitError, which names the nearest, where there is none.

        >>> reports = {Whose("xã An Bình", "huyện Yên Sơn", None, None): 3}
        >>> [unit.id for unit in Tree(reports).find("an binh, huyện Yên Sơn")]
        ['xa-an-binh']
        """
        by_id = self.units.get(text.strip())
        if by_id is not None:
            return (by_id,)
        name, *above = [folded_words(part) for part in re.split(r"[,(]|\s[-–]\s", text)]
        found = [u for u in self.units.values() if name in _ways(u) and self._lies_in(u, filter(None, above))]
        if not found:
            raise UnknownUnitError(f"no report of the library is of {text!r}", self._nearest(text))
        return tuple(found)

    def find_one(self, text: str) -> UnitEntry:
        """The unit that a person means; raises UnknownUnitError also where several bear the name."""
        found = self.find(text)
        if len(found) > 1:
            which = "; ".join(f"{unit.label} ({unit.id})" for unit in found)
            raise UnknownUnitError(f"{len(found)} units are called {text!r}", f"say which: {which}")
        return found[0]

    def _lies_in(self, unit: UnitEntry, above: Iterable[str]) -> bool:
        names = {way for higher in self.above(unit.id) for way in _ways(higher)}
        return all(part in names for part in above)

    def _nearest(self, text: str) -> str:
        from rapidfuzz import fuzz, process

        labels = {unit.label: folded_words(unit.label) for unit in self.units.values()}
        near = process.extract(folded_words(text), labels, scorer=fuzz.WRatio, limit=3)
        names = "; ".join(label for _, _, label in near)
        return f"the nearest are: {names}" if names else "add reports with 'cancu add'"


def in_order(units: Iterable[UnitEntry]) -> list[UnitEntry]:
    """Units by their labels, as an index of names has them: Đồng Hạ before Hà Nam."""
    return sorted(units, key=lambda unit: (folded_words(unit.label), unit.label, unit.id))


def _ways(unit: UnitEntry) -> set[str]:
    """The folded names by which a person may call a unit: its spellings, and a place without its kind."""
    names = {unit.name, *(spelling for spelling, _ in unit.spellings)}
    place = parse_unit(unit.name)
    return {folded_words(name) for name in (*names, *([place.name] if place else []))}


def _labels(homes: Iterable[Home], names: Mapping[str, str]) -> dict[Home, str]:
    """The name of each unit; where others bear it too, with what lies above as far as that tells it apart."""
    by_name: dict[str, list[Home]] = defaultdict(list)
    for home in homes:
        by_name[home.name].append(home)
    labels = {}
    for name, of in by_name.items():
        for home in of:
            higher = [names[key] for key in (home.district, home.province) if key]
            alike = [h for h in of if (h.district or h.province) == (home.district or home.province)]
            told = higher[: 1 if len(alike) == 1 else 2] if len(of) > 1 else []
            labels[home] = ", ".join([names[name], *told])
    return labels


def _ids(labels: Mapping[Home, str]) -> dict[Home, str]:
    """An id for each unit, made of its label; labels that differ by accents alone get numbers."""
    ids: dict[Home, str] = {}
    often = Counter[str]()
    for home, label in sorted(labels.items(), key=lambda item: (item[1], [part or "" for part in item[0]])):
        plain = slug(label)
        often[plain] += 1
        ids[home] = plain if often[plain] == 1 else f"{plain}-{often[plain]}"
    return ids


def _linked(units: Mapping[str, UnitEntry], successions: Iterable[Succession]) -> dict[str, UnitEntry]:
    """The units with their predecessors and successors, where old and new are units of the library."""
    by_name: dict[str, list[UnitEntry]] = defaultdict(list)
    for unit in units.values():
        by_name[name_key(unit.name)].append(unit)
    linked = dict(units)
    of_law = ((name, None, merger.into) for merger in mergers() for name in merger.of)
    for before, parent, after in (*of_law, *((s.before, s.before_parent, s.after) for s in successions)):
        old = [u for u in by_name.get(name_key(before), ()) if _lies_under(units, u, parent)]
        new = [u for u in by_name.get(name_key(after), ()) if u not in old]
        if len(old) == len(new) == 1:
            gone, come = linked[old[0].id], linked[new[0].id]
            linked[gone.id] = replace(gone, successors=tuple(sorted({*gone.successors, come.id})))
            linked[come.id] = replace(come, predecessors=tuple(sorted({*come.predecessors, gone.id})))
    return linked


def _lies_under(units: Mapping[str, UnitEntry], unit: UnitEntry, parent: str | None) -> bool:
    return parent is None or unit.parent is None or name_key(units[unit.parent].name) == name_key(parent)
