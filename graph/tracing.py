"""Who carries out an instrument: directly, along stated links, and who never mentions it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from corpus.folding import fold
from graph.chain import Chain, chains_of
from graph.filing import Card
from graph.linkage import carrying
from graph.questions import ALWAYS, CitedBy, Period, Place, Source, Stated, resolve_reference
from graph.registry import Entry
from graph.tree import Tree, UnitEntry

# A unit three links away from a directive (centre → province → district → commune) still carries it out.
MAX_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What a unit did because of a document: the main clause of a sentence, a local document issued under it, or both.

    `text` is the clause (`graph.actions`), None where the sentence tells of the document alone.
    """

    text: str | None
    entry: Entry | None
    line: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedReport:
    """The places of one report that cite the document, and the actions it tells of."""

    report: Card
    places: tuple[Place, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedUnit:
    """A unit that cites the document itself; None where a report does not say whose it is."""

    unit: UnitEntry | None
    reports: tuple[TracedReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of a way, with the documents at its ends."""

    source: Entry
    target: Entry
    stated: Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Indirect:
    """A unit that cites a document which is said to carry out the asked one: `via` leads from it to the asked one.

    `place` is where its last report cites the first document of the way; `reports` counts all its reports that do.
    """

    unit: UnitEntry
    via: tuple[Step, ...]
    reports: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One document that the reference can mean, who carries it out, and who names neither it nor what leads to it."""

    entry: Entry
    chain: Chain
    units: tuple[TracedUnit, ...]
    indirect: tuple[Indirect, ...]
    missing: tuple[UnitEntry, ...]

    @property
    def reports(self) -> int:
        """How many reports cite it."""
        return sum(len(unit.reports) for unit in self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The answer to "who carries out …": every document that the reference can mean.

    `missing` are the units that carry out none of them, though they could have to.
    """

    reference: str
    instruments: tuple[Traced, ...]
    missing: tuple[UnitEntry, ...]

    @property
    def ambiguous(self) -> bool:
        """Can the reference mean more than one document?"""
        return len(self.instruments) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Of which reports a question asks: of a period, of units, by id, and, where `unknown`, of no known unit."""

    period: Period
    units: dict[str, UnitEntry]
    unknown: bool

    @property
    def is_part(self) -> bool:
        """Are there reports that are not asked of?"""
        return self.period != ALWAYS or not self.unknown

    def holds(self, card: Card, unit: UnitEntry | None) -> bool:
        """Is a report of that unit asked of?"""
        return self.period.holds(card.day) and (self.unknown if unit is None else unit.id in self.units)


def scope_of(tree: Tree, period: Period, within: str | None) -> Scope:
    """All reports of `period`, or those of the unit `within` and of what lies below it; raises UnknownUnitError."""
    if within is None:
        return Scope(period=period, units={unit.id: unit for unit in tree.reporting()}, unknown=True)
    top = tree.find_one(within)
    units = {unit.id: unit for unit in (top, *tree.below(top.id)) if unit.reports}
    return Scope(period=period, units=units, unknown=False)


def trace(source: Source, reference: str, *, period: Period = ALWAYS, within: str | None = None) -> Trace:
    """Who carries out the documents that `reference` can mean, and who does not.

    Only reports of `period` are asked, and of `within`, a unit, and those below it.
    Raises UnknownReferenceError, and UnknownUnitError for `within`.
    """
    tree = source.tree()
    scope = scope_of(tree, period, within)
    entries = resolve_reference(source, reference)
    chains = chains_of(source, entries)
    traced = tuple(_trace_one(source, tree, entry, chains[entry.id], scope) for entry in entries)
    missing = {unit.id: unit for one in traced for unit in one.missing}
    for one in traced:
        for unit in (*(u.unit for u in one.units), *(i.unit for i in one.indirect)):
            missing.pop(unit.id if unit else "", None)
    return Trace(reference=reference, instruments=traced, missing=tuple(missing[unit] for unit in sorted(missing)))


def _trace_one(source: Source, tree: Tree, entry: Entry, chain: Chain, scope: Scope) -> Traced:
    units = tuple(_units(source, tree, entry, chain, scope))
    named = {u.unit.id for u in units if u.unit}
    indirect = tuple(_indirect(source, tree, entry, scope.period, scope.units.keys() - named))
    named |= {u.unit.id for u in indirect}
    missing = tuple(scope.units[u] for u in _concerned(tree, entry, scope.units) if u not in named)
    return Traced(entry=entry, chain=chain, units=units, indirect=indirect, missing=missing)


def _concerned(tree: Tree, entry: Entry, units: Mapping[str, UnitEntry]) -> Iterable[str]:
    """The units that could have to carry out a document: a local one those below its issuer alone."""
    issuer = entry.place
    if issuer is None:
        return units if entry.level in (None, "central") else ()
    below = {lower.id for unit in tree.named(str(issuer)) for lower in tree.below(unit.id)}
    return sorted(below & units.keys())


def _units(source: Source, tree: Tree, entry: Entry, chain: Chain, scope: Scope) -> Iterator[TracedUnit]:
    """The units whose reports cite it, by id; those of unknown unit first."""
    of_unit: dict[str, dict[str, list[Place]]] = defaultdict(dict)
    for place in source.places_of([entry.id]):
        unit = tree.of(place.report.whose)
        if scope.holds(place.report, unit):
            of_unit[unit.id if unit else ""].setdefault(place.report.id, []).append(place)
    ties = [tie for tie in chain.done if tie.relation in carrying()]
    links: dict[str, list[Stated]] = defaultdict(list)
    for link in sorted((s for tie in ties for s in tie.stated), key=lambda s: (s.report.id, s.line, s.source)):
        links[link.report.id].append(link)
    issued = {tie.other.id: tie.other for tie in ties}
    for unit_id, reports in sorted(of_unit.items()):
        traced = [
            TracedReport(
                report=places[0].report, places=tuple(places), actions=tuple(_actions(places, links[report], issued))
            )
            for report, places in reports.items()
        ]
        traced.sort(key=lambda r: (r.report.day or "", r.report.id))
        yield TracedUnit(unit=tree.units[unit_id] if unit_id else None, reports=tuple(traced))


def _actions(places: Iterable[Place], links: Iterable[Stated], issued: Mapping[str, Entry]) -> Iterator[Action]:
    """What a report says was done, each once: the clauses, and the local documents, in the clause that names them."""
    clauses: dict[str, Place] = {}
    for place in places:
        for text in place.actions:
            clauses.setdefault(text, place)
    local = {
        s.source: s for s in reversed([*links]) if (e := issued.get(s.source)) is not None and e.level != "central"
    }
    told: set[str] = set()
    for text, place in clauses.items():
        here = [issued[n] for n, s in local.items() if s.line == place.line and n not in told]
        named = [e.id for e in here if names_number(text, e) or _is_itself(text, e, place.report)]
        told.update(named)
        for entry in (issued[n] for n in named) if named else (None,):
            yield Action(text=text, entry=entry, line=place.line, sentence=place.sentence)
    for entry_id, stated in reversed(local.items()):
        if entry_id not in told:
            yield Action(text=None, entry=issued[entry_id], line=stated.line, sentence=stated.sentence)


def _is_itself(text: str, entry: Entry, report: Card) -> bool:
    """Is the document that a clause tells of the one in which it stands: "UBND xã ban hành Kế hoạch (như sau)"?"""
    return entry.report == report.id and entry.type is not None and fold(text).endswith(fold(entry.type))


def names_number(text: str, entry: Entry) -> bool:
    """Does a clause name a document by its number?"""
    number = re.match(r"\d+", entry.canonical)
    return number is not None and re.search(rf"(?<![\w/])0*{int(number[0])}(?!\d)", text) is not None


def _indirect(source: Source, tree: Tree, entry: Entry, period: Period, wanted: Collection[str]) -> Iterator[Indirect]:
    """Breadth first over links against their direction: the shortest way from each further unit, by id."""
    ways: dict[str, tuple[str, ...]] = {entry.id: (entry.id,)}
    reached: dict[str, list[CitedBy]] = {}
    ring = [entry.id]
    for _ in range(MAX_STEPS):
        above = dict[str, tuple[str, ...]]()
        for carrier, carried in source.carriers(ring):
            if carrier not in ways:
                above.setdefault(carrier, (carrier, *ways[carried]))
        ways.update(above)
        here: dict[str, list[CitedBy]] = defaultdict(list)
        for cited in source.cited_by(above, period):
            unit = tree.of(cited.whose)
            if unit is not None and unit.id in wanted and unit.id not in reached:
                here[unit.id].append(cited)
        reached.update(here)
        ring = [*above]
    last = {unit_id: max(of, key=lambda c: (c.last or "", c.report, c.entry)) for unit_id, of in reached.items()}
    places = _first_places(source, last.values())
    step_of = _steps(source, {(one, next_) for c in last.values() for one, next_ in pairwise(ways[c.entry])})
    for unit_id, cited in sorted(last.items()):
        yield Indirect(
            unit=tree.units[unit_id],
            via=tuple(step_of[pair] for pair in pairwise(ways[cited.entry])),
            reports=sum(c.reports for c in reached[unit_id] if c.entry == cited.entry),
            place=places[cited.report, cited.entry],
        )


def _steps(source: Source, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], Step]:
    """The steps between these documents, each with the first sentence that states it."""
    entries = {e.id: e for e in source.entries(sorted({entry for pair in pairs for entry in pair}))}
    found: dict[tuple[str, str], Step] = {}
    for link in source.links_from({carrier for carrier, _ in pairs}):
        pair = link.source, link.target
        if pair in pairs and pair not in found and link.relation in carrying():
            found[pair] = Step(source=entries[link.source], target=entries[link.target], stated=link)
    return found


def _first_places(source: Source, cited: Iterable[CitedBy]) -> dict[tuple[str, str], Place]:
    """Where each of these reports first cites its document."""
    wanted = {(c.report, c.entry) for c in cited}
    found: dict[tuple[str, str], Place] = {}
    for place in source.places_in({report for report, _ in wanted}, {entry for _, entry in wanted}):
        found.setdefault((place.report.id, place.entry), place)
    return found
