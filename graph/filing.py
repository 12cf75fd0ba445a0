"""From what one report cites to what is kept of it: one row for each document, each place and each stated link."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from corpus.dates import last_day
from corpus.model import Header, Level, Report
from corpus.successions import Succession, find_successions
from corpus.units import parse_unit
from graph.actions import find_actions
from graph.homes import Whose
from graph.identity import Instrument
from graph.model import Citation, Named, Reading
from graph.named import NICKNAME
from graph.names import type_of_name
from graph.votes import Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A report as it is listed: what it is, whose, and of when; `date` is ISO and may be partial.

    `number` is its own number in canonical form.
    """

    id: str
    file: str
    number: str | None
    issuer: str | None
    unit: str | None
    parent: str | None
    province: str | None
    level: Level | None
    type: str | None
    date: str | None
    year: int | None
    title: str | None

    @property
    def name(self) -> str:
        """The name of its file, without the folders."""
        return PurePath(self.file).name

    @property
    def owner(self) -> str | None:
        """Whose report it is, as it says itself: the unit, or the body that issued it where it names no place."""
        return self.unit or self.issuer

    @property
    def whose(self) -> Whose:
        """All that it says of whose it is; `graph.tree.Tree` knows the unit."""
        return Whose(self.unit, self.parent, self.province, self.issuer)

    @property
    def day(self) -> str | None:
        """Its date, or the year that it is of: ISO, maybe partial."""
        return self.date or (str(self.year) if self.year else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One citation of one report: `n` is the row of the document that it means.

    `actions` are the clauses of its sentence that say what was done because of it (`graph.actions`).
    """

    n: int
    text: str
    start: int
    end: int
    line: int
    relation: str
    locator: str | None
    sentence: str
    confidence: float
    short_form: bool
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLink:
    """One stated link of one report: `source` and `target` are rows of documents."""

    source: int
    target: int
    relation: str
    line: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What is kept of one reading; `votes[n]` is document `n`."""

    votes: tuple[Vote, ...]
    places: tuple[Placed, ...]
    links: tuple[PlacedLink, ...]
    successions: tuple[Succession, ...] = ()


def card_of(report: Report) -> Card:
    """The card of a report."""
    header = report.header
    unit = parse_unit(header.unit) if header.unit else None
    return Card(
        id=report.id,
        file=report.file,
        number=_own_number(header),
        issuer=header.issuer,
        unit=header.unit,
        parent=header.parent_unit,
        province=header.province,
        level=unit.level if unit else None,
        type=header.type,
        date=header.date,
        year=header.year or (int(header.date[:4]) if header.date else None),
        title=header.subject,
    )


def _own_number(header: Header) -> str | None:
    if header.number is None or header.symbol is None:
        return None
    return f"{header.number}{'-' if '/' in header.symbol else '/'}{header.symbol}"


def file_reading(report: Report, reading: Reading) -> Filed:
    """The rows of one reading: documents by number first, then those by name, one for each name and number meant."""
    names = _names(reading.named)
    row_of_name = {key: len(reading.cited) + i for i, key in enumerate(names)}
    votes = [*_votes_by_number(report, reading), *(_vote_by_name(report, n, *key) for key, n in row_of_name.items())]
    rows = [row_of_name[_name_key(n)] if n.cited is None else n.cited for n in reading.named]
    places = [_placed(c, c.cited) for c in reading.citations]
    places += [_placed_name(named, row) for named, row in zip(reading.named, rows, strict=True)]
    places = [_with_actions(place, report.header) for place in sorted(places, key=lambda p: p.start)]
    links = tuple(
        PlacedLink(
            source=link.source,
            target=rows[link.target] if link.to_named else link.target,
            relation=link.relation,
            line=link.line,
            sentence=link.sentence,
        )
        for link in reading.links
    )
    return Filed(votes=tuple(votes), places=tuple(places), links=links, successions=find_successions(report))


def _name_key(named: Named) -> tuple[str, str | None, str | None]:
    """(name, number, date).  A draft is not the law, and a nickname not for certain what it usually means."""
    if named.draft or named.confidence <= NICKNAME:
        return f"Dự thảo {named.name}" if named.draft else named.name, None, None
    return named.name, named.instrument, named.date


def _names(named: Sequence[Named]) -> list[tuple[str, str | None, str | None]]:
    """The documents by name; a name that the text gives to what it cites by number makes none."""
    return list(dict.fromkeys(_name_key(n) for n in named if n.cited is None))


def _day(header: Header) -> str | None:
    """The day after which the report cannot have been made: its date, else the end of its month or year."""
    if header.date and len(header.date) > len("2023"):
        return last_day(header.date)
    return last_day(str(header.year)) if header.year else None


def _votes_by_number(report: Report, reading: Reading) -> list[Vote]:
    header = report.header
    return [
        Vote(
            report=report.id,
            n=n,
            instrument=cited.instrument,
            date=cited.date,
            issuer=cited.issuer,
            issuer_inferred=cited.issuer_inferred,
            title=cited.title,
            own=cited.own,
            unit=header.unit,
            parent=header.parent_unit,
            province=header.province,
            day=_day(header),
        )
        for n, cited in enumerate(reading.cited)
    ]


def _vote_by_name(report: Report, n: int, name: str, number: str | None, date: str | None) -> Vote:
    instrument = Instrument.parse(f"{type_of_name(name)} {number}") if number else None
    return Vote(
        report=report.id,
        n=n,
        instrument=instrument,
        name=name,
        date=date,
        unit=report.header.unit,
        day=_day(report.header),
    )


def _with_actions(place: Placed, header: Header) -> Placed:
    unit = parse_unit(header.unit) if header.unit else None
    found = find_actions(place.sentence, place.text, kind=header.type, level=unit.level if unit else None)
    return replace(place, actions=tuple(action.text for action in found)) if found else place


def _placed(citation: Citation, row: int) -> Placed:
    return Placed(
        n=row,
        text=citation.text,
        start=citation.start,
        end=citation.end,
        line=citation.line,
        relation=citation.relation,
        locator=citation.locator,
        sentence=citation.sentence,
        confidence=citation.confidence,
        short_form=citation.short_form,
    )


def _placed_name(named: Named, row: int) -> Placed:
    return Placed(
        n=row,
        text=named.text,
        start=named.start,
        end=named.end,
        line=named.line,
        relation=named.relation,
        locator=named.locator,
        sentence=named.sentence,
        confidence=named.confidence,
        short_form=True,
    )
