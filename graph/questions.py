"""Questions about the graph, asked through a small protocol that a graph in memory and the catalog both answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.errors import UnknownReferenceError
from corpus.folding import fold
from corpus.units import place_of
from graph.filing import Card
from graph.grammar import read_reference
from graph.identity import Instrument
from graph.known import days_of
from graph.names import named_like
from graph.nicknames import nicknamed
from graph.registry import Entry

# A unit three links away from a directive (centre → province → district → commune) still carries it out.
MAX_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reference asks for: parts that must agree (None: any), or the names and numbers of a law."""

    kind: str | None = None
    number: str | None = None
    year: int | None = None
    symbol: str | None = None
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One citation, with its evidence: where it stands and what it says; `text` is the citation in its `sentence`."""

    entry: str
    report: Card
    line: int
    text: str
    relation: str
    locator: str | None
    sentence: str
    confidence: float
    short_form: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One stated link between two documents, with its evidence."""

    source: str
    target: str
    relation: str
    report: Card
    line: int
    sentence: str


class Source(Protocol):
    """Who knows the edges in and out of a node: a `Network` in memory, or the catalog."""

    def find(self, wanted: Wanted) -> Sequence[Entry]:
        """The documents that fit, in the order of their ids; without their votes, which are many."""

    def entry(self, entry_id: str) -> Entry | None:
        """The document of that id."""

    def places_of(self, entry_id: str) -> Sequence[Place]:
        """All citations of a document, by report and line."""

    def places_in(self, report_id: str) -> Sequence[Place]:
        """All citations in a report, by line."""

    def links_to(self, entry_id: str) -> Sequence[Stated]:
        """The links that end at a document."""

    def links_from(self, entry_id: str) -> Sequence[Stated]:
        """The links that begin at a document."""

    def cards(self) -> Sequence[Card]:
        """The cards of all reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What a unit did because of a document: the local document that it issued under it, with the sentence."""

    entry: Entry
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

    unit: str | None
    reports: tuple[TracedReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of a way, with the documents at its ends."""

    source: Entry
    target: Entry
    stated: Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Indirect:
    """A unit that cites a document which is said to carry out the asked one: `via` leads from it to the asked one."""

    unit: str | None
    via: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One document that the reference can mean, who carries it out, and which units never name it."""

    entry: Entry
    units: tuple[TracedUnit, ...]
    indirect: tuple[Indirect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The answer to "who carries out …": every document that the reference can mean.

    `missing` are the units that never cite one of them, though they lie under the place that issued it.
    """

    reference: str
    instruments: tuple[Traced, ...]
    missing: tuple[str, ...]

    @property
    def ambiguous(self) -> bool:
        """Can the reference mean more than one document?"""
        return len(self.instruments) > 1


def read_wanted(reference: str) -> tuple[Wanted, ...]:
    """What a reference asks for, however it is typed: by number and, where it is a nickname, by what that means.

    Raises UnknownReferenceError where it names nothing.

    >>> read_wanted("kết luận 120")[0].kind
    'ket luan'
    """
    names, numbers = named_like(reference)
    if names:
        return (Wanted(names=names, numbers=numbers),)
    nickname = " ".join(fold(reference).split())
    known = nicknamed(nickname)
    wanted = [Wanted(names=(nickname,), numbers=tuple(row.number for row in known))] if known else []
    surface = read_reference(reference)
    if surface is not None:
        kind, number, year, symbol = Instrument.of(surface).key
        said = surface.says_type or surface.core.style != "state"
        kind_said = kind if said and kind else None
        wanted.append(Wanted(kind=kind_said, number=number, year=year or None, symbol=symbol or None))
    if not wanted:
        raise UnknownReferenceError(
            f"{reference!r} names no instrument",
            "give type and number, as in “Kết luận 120-KL/TW”, “Nghị định 59”, or the name of a law",
        )
    return tuple(wanted)


def resolve_reference(source: Source, reference: str) -> tuple[Entry, ...]:
    """The documents that a reference (an id, a number, a short form, the name of a law) can mean.

    Raises UnknownReferenceError where it names nothing that any report cites.
    """
    by_id = source.entry(reference)
    if by_id is not None:
        return (by_id,)
    found = {entry.id: entry for wanted in read_wanted(reference) for entry in _meant(source, wanted)}
    if not found:
        raise UnknownReferenceError(
            f"no report of the library cites {reference!r}",
            "search for its title, or list what is cited with 'cancu status'",
        )
    return tuple(found[entry_id] for entry_id in sorted(found))


def _meant(source: Source, wanted: Wanted) -> Iterator[Entry]:
    """What fits a reference; a number of the Party, told by a name, is that of its own term and day alone."""
    for entry in source.find(wanted):
        days = days_of(entry.canonical) if entry.canonical in wanted.numbers else frozenset()
        if not days or entry.date is None or entry.date in days:
            yield entry


def trace(source: Source, reference: str) -> Trace:
    """Who carries out the documents that `reference` can mean, directly and along stated links, and who does not."""
    traced = tuple(_trace_one(source, entry) for entry in resolve_reference(source, reference))
    named = {u.unit for t in traced for u in t.units} | {u.unit for t in traced for u in t.indirect}
    above = _above(source.cards())
    missing = {u for u, places in above.items() if any(_concerns(t.entry, u, places) for t in traced)} - named
    return Trace(reference=reference, instruments=traced, missing=tuple(sorted(missing)))


def _above(cards: Iterable[Card]) -> dict[str, set[str]]:
    """The folded places above each unit: those its reports name, and those above these by other units' reports."""
    above: dict[str, set[str]] = {}
    for card in cards:
        if card.unit:
            above.setdefault(card.unit, set()).update(fold(p) for p in (card.parent, card.province) if p)
    stated = {fold(unit): places for unit, places in above.items()}
    return {unit: places.union(*(stated.get(place, ()) for place in places)) for unit, places in above.items()}


def _concerns(entry: Entry, unit: str, above: set[str]) -> bool:
    """Could a unit have to carry out a document?  A local one only where it lies below its issuer."""
    issuer = place_of(entry.issuer) if entry.issuer else None
    if issuer is None:
        return entry.level in (None, "central")
    return fold(str(issuer)) in above - {fold(unit)}


def _trace_one(source: Source, entry: Entry) -> Traced:
    units = _units(source, entry)
    direct = {u.unit for u in units}
    return Traced(entry=entry, units=units, indirect=tuple(_indirect(source, entry, direct)))


def _units(source: Source, entry: Entry) -> tuple[TracedUnit, ...]:
    by_unit: dict[str | None, dict[str, list[Place]]] = {}
    cards: dict[str, Card] = {}
    for place in source.places_of(entry.id):
        cards[place.report.id] = place.report
        by_unit.setdefault(place.report.owner, {}).setdefault(place.report.id, []).append(place)
    links = source.links_to(entry.id)
    return tuple(
        TracedUnit(
            unit=unit, reports=tuple(_traced_report(source, cards[r], places, links) for r, places in of.items())
        )
        for unit, of in sorted(by_unit.items(), key=lambda item: item[0] or "")
    )


def _traced_report(source: Source, card: Card, places: Sequence[Place], links: Iterable[Stated]) -> TracedReport:
    actions = [
        Action(entry=issued, line=link.line, sentence=link.sentence)
        for link in links
        if link.report.id == card.id and (issued := source.entry(link.source)) is not None and issued.level != "central"
    ]
    once = {action.entry.id: action for action in reversed(actions)}
    return TracedReport(report=card, places=tuple(places), actions=tuple(reversed(once.values())))


def _indirect(source: Source, entry: Entry, direct: set[str | None]) -> Iterable[Indirect]:
    """Breadth first over links against their direction: the shortest way from each further unit."""
    seen, reached = {entry.id}, set(direct)
    ways: list[tuple[Entry, tuple[Step, ...]]] = [(entry, ())]
    for _ in range(MAX_STEPS):
        further: list[tuple[Entry, tuple[Step, ...]]] = []
        for node, way in ways:
            for link in source.links_to(node.id):
                above = source.entry(link.source)
                if above is not None and above.id not in seen:
                    seen.add(above.id)
                    further.append((above, (Step(source=above, target=node, stated=link), *way)))
        for node, way in further:
            for unit in sorted({p.report.owner for p in source.places_of(node.id)} - reached, key=lambda u: u or ""):
                reached.add(unit)
                yield Indirect(unit=unit, via=way)
        ways = further


def matches(wanted: Wanted, entry: Entry, key: tuple[str, str, int, str] | None) -> bool:
    """Does a document, whose identity key is `key` (None: it is known by name alone), fit what is wanted?"""
    if wanted.names:
        return entry.canonical in wanted.numbers or (key is None and fold(entry.canonical) in wanted.names)
    if key is None:
        return False
    kind, number, year, symbol = key
    return (
        number == wanted.number
        and wanted.kind in (None, kind)
        and wanted.year in (None, year)
        and wanted.symbol in (None, symbol)
    )
