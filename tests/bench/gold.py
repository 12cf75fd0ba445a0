"""What the graph of the invented chains must answer, computed from the gold alone, with nothing of `graph`.

A document is named by type, number, date and issuer, a unit by its name and those of all units above it, both without
what only spelling changes.  An answer of here and one of the library (`asked.py`) are equal where both are right.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.folding import normalize_tone

CARRYING = frozenset({"tiếp tục thực hiện", "cụ thể hóa/thực hiện", "căn cứ", "hướng dẫn", "sửa đổi, bổ sung"})
_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Of which reports is asked: from a day to a day (ISO), of a unit and those below it; None: of all."""

    since: str | None = None
    until: str | None = None
    within: str | None = None

    def holds(self, day: str) -> bool:
        """Was a report of that day made in the period?"""
        return (self.since or "") <= day <= (self.until or "9")

    def has(self, unit: str) -> bool:
        """Is it a unit that is asked of?"""
        return self.within is None or unit == self.within or unit.endswith(f", {self.within}")


ALL = Window()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report as the gold tells it; `cites` and `links` name documents by what tells them apart."""

    file: str
    unit: str
    date: str
    own: str | None
    cites: tuple[tuple[str, str], ...]
    links: frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """Who carries out one document: unit → file → (relations, actions); unit → length of its way; who does not."""

    units: Mapping[str, Mapping[str, tuple[list[str], list[str]]]]
    indirect: Mapping[str, int]
    missing: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """How the reports of a unit cite one document; `group` is "own" or the level of who issued it."""

    group: str
    reports: int
    relations: Mapping[str, int]
    years: Mapping[str, int]
    actions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """What drives a unit: document → how; own document → on what it rests."""

    reports: int
    drivers: Mapping[str, Driver]
    own: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How a unit cites a document: in how many reports, the day of the first, and of its first plan under it."""

    reports: int
    first: str
    plan: str | None


def named(text: str) -> str:
    """A name without what only spelling changes: case and the place of the tone."""
    return normalize_tone(text).casefold()


def ident(kind: str, number: str, day: str | None, issuer: str | None) -> str:
    """What tells a document from all others: zeros before a number do not."""
    return named(f"{kind} {number.lstrip('0')}, {day}, {issuer}")


class Gold:
    """All that the reports tell, and the answers that follow from it."""

    def __init__(self, lines: Iterable[Mapping[str, Any]]) -> None:
        self.documents: dict[str, Mapping[str, Any]] = {}
        self.reports: list[Told] = []
        for line in lines:
            self._read(line)
        self.units = sorted({report.unit for report in self.reports})
        self.citing: dict[str, list[Told]] = defaultdict(list)
        self._to: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._from: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._of_unit: dict[str, list[Told]] = defaultdict(list)
        for report in self.reports:
            self._of_unit[report.unit].append(report)
            for document in dict.fromkeys(document for document, _ in report.cites):
                self.citing[document].append(report)
            for source, target, relation in report.links:
                self._to[target].add((source, relation))
                self._from[source].add((target, relation))

    def _read(self, line: Mapping[str, Any]) -> None:
        keys = {}
        for key, d in line["documents"].items():
            name = keys[key] = ident(d["kind"], d["number"], d["date"], d["issuer"])
            other = self.documents.setdefault(name, d)
            if other["unit"] != d["unit"]:
                raise ValueError(f"{name} is of two units: {other['unit']}, {d['unit']}")
        self.reports.append(
            Told(
                file=line["file"],
                unit=named(line["unit"]),
                date=line["date"],
                own=keys[line["own"]] if line["own"] else None,
                cites=tuple((keys[document], relation) for document, relation in line["cites"]),
                links=frozenset((keys[source], keys[target], relation) for source, target, relation in line["links"]),
            )
        )

    def cited(self) -> list[str]:
        """The documents that are cited, those of most reports first."""
        return sorted(self.citing, key=lambda document: (-len(self.citing[document]), document))

    def often(self, document: str, window: Window) -> int:
        """How many reports that are asked of cite a document."""
        return sum(1 for _ in self._citing(document, window))

    def numbered(self, document: str) -> list[str]:
        """The documents of the same type and number that are known, itself among them."""
        kind, number = (self.documents[document][part] for part in ("kind", "number"))
        return [name for name in self._known() if name.startswith(named(f"{kind} {number.lstrip('0')}, "))]

    def _known(self) -> set[str]:
        return {*self.citing, *(report.own for report in self.reports if report.own)}

    def whose(self, document: str) -> str | None:
        """The unit that issued it; None for the centre."""
        unit = self.documents[document]["unit"]
        return named(unit) if unit else None

    def is_link(self, source: str, target: str) -> bool:
        """Does a report say that who carries out the first carries out the second with it?"""
        return any(other == source and relation in CARRYING for other, relation in self._to[target])

    def trace(self, document: str, window: Window = ALL) -> Traced:
        """Who carries it out, directly and along stated links, and who of those that could does not."""
        direct: dict[str, dict[str, tuple[list[str], list[str]]]] = defaultdict(dict)
        for report in self._citing(document, window):
            relations = sorted(relation for other, relation in report.cites if other == document)
            links = ((s, target) for s, target, relation in report.links if relation in CARRYING)
            actions = {s for s, target in links if target == document and self.whose(s)}
            direct[report.unit][report.file] = relations, sorted(actions)
        indirect: dict[str, int] = {}
        for steps, ring in enumerate(self._rings(document), 1):
            for report in (report for other in ring for report in self._citing(other, window)):
                if report.unit not in direct:
                    indirect.setdefault(report.unit, steps)
        issuer = self.whose(document)
        asked = [u for u in self.units if window.has(u) and (issuer is None or u.endswith(f", {issuer}"))]
        missing = frozenset(asked) - direct.keys() - indirect.keys()
        return Traced(units=dict(direct), indirect=indirect, missing=missing)

    def _citing(self, document: str, window: Window) -> Iterator[Told]:
        return (r for r in self.citing.get(document, ()) if window.holds(r.date) and window.has(r.unit))

    def _rings(self, document: str) -> Iterator[set[str]]:
        """The documents one step, two steps … from which one comes to it."""
        seen, ring = {document}, {document}
        for _ in range(_STEPS):
            ring = {source for d in ring for source, relation in self._to[d] if relation in CARRYING} - seen
            seen |= ring
            yield ring

    def count(self, unit: str, document: str, window: Window) -> int:
        """How many reports of a unit cite a document."""
        return sum(report.unit == unit for report in self._citing(document, window))

    def drivers(self, unit: str, window: Window = ALL) -> Driven:
        """What drives a unit, as its reports of the period tell it."""
        reports = [report for report in self._of_unit[unit] if window.holds(report.date)]
        own = {d for r in reports for d in (r.own, *(d for d, _ in r.cites)) if d and self.whose(d) == unit}
        rests = {d: frozenset(t for t, relation in self._from[d] if relation in CARRYING) for d in own}
        actions = Counter(target for targets in rests.values() for target in targets)
        drivers = {}
        for document in {document for report in reports for document, _ in report.cites}:
            of = [report for report in reports if any(document == other for other, _ in report.cites)]
            drivers[document] = Driver(
                group="own" if document in own else self._level(document),
                reports=len(of),
                relations=Counter(relation for report in of for other, relation in report.cites if other == document),
                years=Counter(report.date[:4] for report in of),
                actions=actions[document],
            )
        return Driven(reports=len(reports), drivers=drivers, own=rests)

    def _level(self, document: str) -> str:
        issuer = self.whose(document)
        return "central" if issuer is None else ("province", "district", "commune")[issuer.count(",")]

    def coverage(self, documents: Sequence[str], window: Window = ALL) -> dict[tuple[str, str], Cell]:
        """(Unit, document) → how it cites it; without those that do not."""
        cells = {}
        for document in documents:
            days: dict[str, list[str]] = defaultdict(list)
            for report in self._citing(document, window):
                days[report.unit].append(report.date)
            plans: dict[str | None, list[str]] = defaultdict(list)
            for source, relation in self._to[document]:
                if relation in CARRYING:
                    plans[self.whose(source)].append(self.documents[source]["date"])
            for unit, of in days.items():
                cells[unit, document] = Cell(reports=len(of), first=min(of), plan=min(plans[unit], default=None))
        return cells


def read_gold(path: Path) -> Gold:
    """The gold of a folder of reports."""
    with path.open(encoding="utf-8") as lines:
        return Gold(map(json.loads, lines))
