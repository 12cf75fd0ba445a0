"""What one report says of one document, and ballots: votes taken together that settling cannot tell apart.

Thousands of reports cite one law in a few dozen ways.  A registry that settles the ways, each with its number of
votes, takes time for what is new alone, not for all that was said before.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from typing import Any

from corpus.folding import fold, normalize_tone
from corpus.model import LEVELS
from corpus.tables import read_table
from corpus.units import parse_unit, place_of
from graph.identity import Instrument

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


# Without slots: what follows from a vote is found once, for a ballot that is settled again and again.
@dataclass(frozen=True, kw_only=True)
class Vote:
    """What one report says of one document: (`report`, `n`) is its place in `Reading.cited` order.

    `name` is set for what is named without a number (then `instrument` is the number a table knows, or None).
    `unit`, `parent` and `province` are the places of the report, `day` its date or the last day of its year.
    `apart` is set where a person has said that it is another document than the words tell: all votes with the same mark
    are settled among themselves.
    """

    report: str
    n: int
    instrument: Instrument | None
    name: str | None = None
    date: str | None = None
    issuer: str | None = None
    issuer_inferred: bool = False
    title: str | None = None
    own: bool = False
    unit: str | None = None
    parent: str | None = None
    province: str | None = None
    day: str | None = None
    apart: str | None = None

    @cached_property
    def is_central(self) -> bool:
        """Is the number, or the name, of a series of the centre?"""
        return self.instrument is None or self.instrument.is_central

    @cached_property
    def base(self) -> str:
        """Whose number series it is of: "" for the centre, a place, or "?…" where its report alone knows."""
        if self.is_central:
            return ""
        return _place(self.issuer) or f"?{self.report}|{(self.issuer or '').casefold()}"

    @cached_property
    def above(self) -> str | None:
        """The place above `base`, as far as the report knows: its own parent, or the province of its parent."""
        base = self.base
        own, parent = _key(self.unit), _key(self.parent)
        if base == own:
            return parent
        return self.province.casefold() if base == parent and self.province else None

    @cached_property
    def within(self) -> str | None:
        """The place of the report where it stands higher than `base`: a district names the plans of its communes.

        It tells of two places of one name which is meant, not where the only one lies.
        """
        place, own = (place_of(self.issuer) if self.issuer else None), (parse_unit(self.unit) if self.unit else None)
        if self.is_central or place is None or own is None or LEVELS.index(own.level) >= LEVELS.index(place.level):
            return None
        return _key(self.unit)

    @cached_property
    def period(self) -> str | None:
        """In which period its number is unique: the year in the number, the Party's term, else the year of its date."""
        if self.instrument is None:
            return "name"
        if self.instrument.year is not None:
            return str(self.instrument.year)
        if self.date is None:
            return None
        if self.instrument.party and self.instrument.is_central:
            return term_of(self.date)
        return self.date[:4]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """Votes that say the same: `said` is what they say, reduced to what settling looks at; `count` how many they are.

    `report` of `said` is empty, unless it matters whose vote it is: an own number, one whose place it alone knows.
    """

    said: Vote
    count: int


def bucket_of(vote: Vote) -> str:
    """The bucket in which a vote is settled; votes of two buckets never mean one document."""
    apart = f"|{vote.apart}" if vote.apart else ""
    if vote.instrument is None:
        return f"name|{fold(vote.name or '')}{apart}"
    kind, number, year, symbol = vote.instrument.key
    return f"{kind}|{number}|{year}|{symbol}|{slug(vote.base)}{apart}"


def reduced(vote: Vote) -> Vote:
    """`vote` without what settling never looks at, so that votes that say the same are equal."""
    base, own, parent = vote.base, vote.unit, vote.parent
    is_own = _key(own) == base
    is_parent = not is_own and _key(parent) == base
    return replace(
        vote,
        report=vote.report if vote.own or base.startswith("?") else "",
        n=0,
        unit=own if is_own or vote.within else None,
        parent=parent if is_own or is_parent else None,
        province=vote.province if is_parent else None,
        day=None if vote.period else vote.day,
    )


def written(vote: Vote) -> str:
    """A reduced vote as JSON; equal texts are one ballot."""
    i = vote.instrument
    number = (i.type, i.number, i.year, i.symbol, i.party) if i else None
    said = [number, *(getattr(vote, name) for name in _SAID), *([vote.apart] if vote.apart else [])]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


# Some 20 MB at most.  Settling 13,800 ballots took 0.60 s when they were read, 0.23 s when they were known.
@lru_cache(maxsize=1 << 15)
def read(text: str) -> Vote:
    """The reduced vote that `written` made this of."""
    number, *values = json.loads(text)
    instrument = None
    if number is not None:
        kind, digits, year, symbol, party = number
        instrument = Instrument(type=kind, number=digits, year=year, symbol=symbol, party=party)
    said: dict[str, Any] = dict(zip((*_SAID, "apart"), values, strict=False))
    return Vote(n=0, instrument=instrument, **said)


_SAID = (
    *("report", "name", "date", "issuer", "issuer_inferred", "title", "own"),
    *("unit", "parent", "province", "day"),
)


def ballot_key(text: str) -> int:
    """The number of a ballot, 63 bits of the hash of its text: two of a million meet once in ten million libraries."""
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]) >> 1


def one_by_one(ballot: Ballot, reports: Iterable[tuple[str, int]]) -> list[Ballot]:
    """A ballot as those of its reports, each given with the number of its votes."""
    return [Ballot(said=replace(ballot.said, report=report), count=count) for report, count in reports]


def slug(text: str) -> str:
    """`text` as a part of an id: letters without accents and digits, all else one hyphen."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


@lru_cache(maxsize=1 << 14)
def _place(issuer: str | None) -> str | None:
    place = place_of(issuer) if issuer else None
    return None if place is None else _key(str(place))


def _key(place: str | None) -> str | None:
    return normalize_tone(place).casefold() if place else None


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    return tuple((row["until"], row["name"]) for row in read_table("graph", "terms")["term"])


def term_of(date: str) -> str:
    """The term of the central committee in which an ISO date (partial: its beginning) lies."""
    return next(name for until, name in _terms() if date <= until)
