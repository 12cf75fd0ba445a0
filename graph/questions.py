"""Questions about the graph, asked through a small protocol that a graph in memory and the catalog both answer."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.errors import UnknownReferenceError
from corpus.folding import fold
from graph.filing import Card
from graph.grammar import read_reference
from graph.homes import Whose
from graph.identity import Instrument
from graph.incidence import Incidence
from graph.known import days_of
from graph.names import named_like
from graph.nicknames import nicknamed
from graph.registry import Entry
from graph.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days, ISO, from which and to which reports are asked of; None: without end."""

    since: str | None = None
    until: str | None = None

    def holds(self, date: str | None) -> bool:
        """May a report of that date, whole or partial, be of the period?  One without a date only where all are."""
        if date is None:
            return self == Period()
        since, until = self.since or "", self.until or "9"
        return since[: len(date)] <= date <= until[: len(date)]


ALWAYS = Period()

# How many of all who say the same are shown: an edge is believed for its first sentences; a trace lists them all.
SHOWN = 5


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
    """One citation, with its evidence: where it stands and what it says; `text` is the citation in its `sentence`.

    `actions` are the clauses of its sentence that say what was done because of it.
    """

    entry: str
    report: Card
    line: int
    text: str
    relation: str
    locator: str | None
    sentence: str
    confidence: float
    short_form: bool
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One stated link between two documents, with its evidence."""

    source: str
    target: str
    relation: str
    report: Card
    line: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """That one document is linked to another: how many statements say so, and the first `SHOWN` reports that do."""

    source: str
    target: str
    relation: str
    count: int
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedBy:
    """How reports that say the same of whose they are cite a document: how many, and the days of the first and last.

    `report` is the id of the last of them; days are ISO, maybe partial, None where no report tells its own.
    """

    entry: str
    whose: Whose
    reports: int
    first: str | None
    last: str | None
    report: str


class Source(Protocol):
    """Who knows the edges in and out of many nodes at once: a `Network` in memory, or the catalog."""

    def find(self, wanted: Wanted) -> Sequence[Entry]:
        """The documents that fit, in the order of their ids; documents come without their votes, which are many."""

    def entries(self, ids: Iterable[str]) -> Sequence[Entry]:
        """The documents of these ids, in the order asked for, each once; one that is not there is left out."""

    def titles(self, entries: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Document → title → how many reports give it that title; its own title in a report is no vote."""

    def tree(self) -> Tree:
        """The units of all reports."""

    def places_of(self, entries: Collection[str]) -> Sequence[Place]:
        """All citations of these documents, by report and their order in it."""

    def places_in(self, reports: Collection[str], of: Collection[str] | None = None) -> Sequence[Place]:
        """All citations in these reports, of the documents `of` alone if given, by report and their order in it."""

    def place_saying(self, words: Mapping[str, str]) -> Sequence[Place]:
        """A place that cites each document, by its id, of its first `SHOWN` votes: best one that says the word."""

    def links_to(self, entries: Collection[str]) -> Sequence[Stated]:
        """The links that end at these documents, by report and line."""

    def links_from(self, entries: Collection[str]) -> Sequence[Stated]:
        """The links that begin at these documents, by report and line."""

    def carriers(self, entries: Collection[str]) -> Sequence[tuple[str, str]]:
        """(A document, one of these that it is said to carry out), each pair once, in order (`graph.linkage`)."""

    def links_in(self, reports: Collection[str], among: Collection[str] | None = None) -> Sequence[Stated]:
        """The links that these reports state, between the documents `among` if given, by report and line."""

    def linked(self) -> Sequence[Linked]:
        """All documents that are linked, by source, target and relation."""

    def cited_by(self, entries: Collection[str], period: Period = ALWAYS) -> Sequence[CitedBy]:
        """Who cites these documents, by document and whose; its own number in a report is no citation."""

    def all_entries(self) -> Sequence[Entry]:
        """All documents, by id."""

    def reports_of(self, whose: Collection[Whose]) -> Sequence[Card]:
        """The cards of the reports that say one of these of whose they are, by id."""

    def cards(self, reports: Collection[str] | None = None) -> Sequence[Card]:
        """The cards of these reports, or of all, by id."""

    def owners(self) -> Mapping[Whose, Sequence[str]]:
        """What reports say of whose they are, with the ids of those that say it."""

    def issuers(self) -> Mapping[str, Sequence[str]]:
        """Who is named as issuer of documents, with the ids of these."""

    def own_of(self, reports: Collection[str]) -> Sequence[tuple[str, str]]:
        """(report, document) where one of these reports is that document: it bears its number."""

    def entries_by_report(self, reports: Collection[str]) -> Mapping[str, int]:
        """How many documents each of these reports names, itself among them."""

    def reports_by_entry(self, entries: Collection[str]) -> Mapping[str, int]:
        """How many reports name each of these documents, the one that it is among them."""

    def reports_beside(self, entries: Collection[str], limit: int) -> Sequence[str]:
        """The reports that name one of these documents: those that name documents most often first, then by id."""

    def entries_beside(self, reports: Collection[str], limit: int) -> Sequence[str]:
        """The documents that one of these reports names: those that are named most often first, then by id."""

    def incidence(self) -> Incidence:
        """Which report names which document, for what is counted over all of them."""


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
    by_id = source.entries([reference])
    if by_id:
        return tuple(by_id)
    found = {entry.id: entry for wanted in read_wanted(reference) for entry in _meant(source, wanted)}
    if not found:
        raise UnknownReferenceError(
            f"no report of the library cites {reference!r}",
            "search for its title, or list what is cited with 'cancu instruments'",
        )
    return tuple(found[entry_id] for entry_id in sorted(found))


def _meant(source: Source, wanted: Wanted) -> Iterator[Entry]:
    """What fits a reference; a number of the Party, told by a name, is that of its own term and day alone."""
    for entry in source.find(wanted):
        days = days_of(entry.canonical) if entry.canonical in wanted.numbers else frozenset()
        if not days or entry.date is None or entry.date in days:
            yield entry


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
