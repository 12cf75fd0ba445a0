"""Identity across reports: all votes for one number are brought to the documents they mean.

The registry is a pure function of all votes, whatever the order in which reports come.  It works bucket by bucket
(type, number, year, symbol): a new report settles again only the buckets that it touches.
Never guessed in silence: a vote that fits two documents makes an entry of its own that names both as candidates.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from corpus.folding import fold, normalize_tone
from corpus.model import Level
from corpus.tables import read_table
from corpus.units import body_level, place_of
from graph.identity import Instrument
from graph.known import Known, facts_of
from graph.names import type_of_name

# In an id: cited without a date, and by that no document of the registry.
_UNDATED = "khong ro ngay"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one report says of one document: (`report`, `n`) is its place in `Reading.cited` order.

    `name` is set for what is named without a number (then `instrument` is the number a table knows, or None).
    `unit`, `parent` and `province` are the places of the report, `day` its date or the last day of its year.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document of the registry: what most votes say of it, and who voted.

    `votes` are (report, n); `dates` counts the days that reports give (two: a slip in one of them);
    `candidates` are the ids of documents that it may be the same as; `report` is the id of the report that it is.
    """

    id: str
    type: str | None
    canonical: str
    date: str | None
    issuer: str | None
    title: str | None
    level: Level | None
    votes: tuple[tuple[str, int], ...]
    dates: tuple[tuple[str, int], ...] = ()
    candidates: tuple[str, ...] = ()
    report: str | None = None

    @property
    def label(self) -> str:
        """Type and number as they are read: "Kết luận 120-KL/TW"; for a law by name its name."""
        return (
            f"{self.type} {self.canonical}"
            if self.type and not self.canonical.startswith(self.type)
            else self.canonical
        )


def bucket_of(vote: Vote) -> str:
    """The bucket in which a vote is settled; votes of two buckets never mean one document."""
    if vote.instrument is None:
        return f"name|{fold(vote.name or '')}"
    kind, number, year, symbol = vote.instrument.key
    return f"{kind}|{number}|{year}|{symbol}"


def settle(votes: Iterable[Vote]) -> tuple[Entry, ...]:
    """The documents that the votes of one bucket mean, in the order of their ids."""
    ordered = sorted(votes, key=lambda v: (v.report, v.n))
    places = _places(ordered)
    groups: dict[tuple[str, str], list[Vote]] = defaultdict(list)
    undated: list[Vote] = []
    for vote in ordered:
        period = _period(vote)
        if period is None:
            undated.append(vote)
        else:
            groups[places[vote.report, vote.n], period].append(vote)
    ambiguous: dict[tuple[str, str], list[Vote]] = defaultdict(list)
    candidates: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    dated = dict(groups)
    for vote in undated:
        place = places[vote.report, vote.n]
        fitting = [key for key, members in dated.items() if key[0] == place and _not_later(members, vote)]
        if len(fitting) == 1:
            groups[fitting[0]].append(vote)
        else:
            year = "" if _is_central(vote) or vote.day is None else vote.day[:4]
            key = (place, f"{_UNDATED} {year}" if fitting else f"~{year}")
            ambiguous[key].append(vote)
            candidates[key] = tuple(sorted({*candidates.get(key, ()), *fitting}))
    ids = _ids({**groups, **ambiguous})
    entries = [_entry(ids[key], members) for key, members in groups.items()]
    entries += [_entry(ids[key], members, tuple(ids[c] for c in candidates[key])) for key, members in ambiguous.items()]
    return tuple(sorted(entries, key=lambda e: e.id))


class Registry:
    """All documents known from the votes of all reports, kept in memory."""

    def __init__(self) -> None:
        self._buckets: dict[str, dict[tuple[str, int], Vote]] = defaultdict(dict)
        self._settled: dict[str, tuple[Entry, ...]] = {}

    def add(self, votes: Iterable[Vote]) -> None:
        """Take in the votes of a report; settles the buckets that they touch."""
        touched = set()
        for vote in votes:
            bucket = bucket_of(vote)
            self._buckets[bucket][vote.report, vote.n] = vote
            touched.add(bucket)
        for bucket in touched:
            self._settled[bucket] = settle(self._buckets[bucket].values())

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Id → document, in the order of the ids."""
        return {e.id: e for e in sorted((e for of in self._settled.values() for e in of), key=lambda e: e.id)}


def _is_central(vote: Vote) -> bool:
    return vote.instrument is None or vote.instrument.is_central


def _places(votes: Sequence[Vote]) -> dict[tuple[str, int], str]:
    """Whose number series each vote is of: "" for the centre, a place, or "?…" where its report alone knows.

    "xã An Bình" exists many times: where the votes lie under more than one higher place, it is told apart by that.
    """
    bases = {(v.report, v.n): _base(v) for v in votes}
    above = {(v.report, v.n): _above(v, bases[v.report, v.n]) for v in votes}
    known: dict[str, set[str]] = defaultdict(set)
    for key, base in bases.items():
        if above[key]:
            known[base].add(above[key] or "")
    return {k: f"{base}, {above[k] or '?' + k[0]}" if len(known[base]) > 1 else base for k, base in bases.items()}


def _base(vote: Vote) -> str:
    if _is_central(vote):
        return ""
    place = place_of(vote.issuer) if vote.issuer else None
    if place is None:
        return f"?{vote.report}|{(vote.issuer or '').casefold()}"
    return normalize_tone(str(place)).casefold()


def _above(vote: Vote, base: str) -> str | None:
    """The place above the issuer, as far as the report knows: its own parent, or the province of its parent."""
    own, parent = (normalize_tone(p).casefold() if p else None for p in (vote.unit, vote.parent))
    if base == own:
        return parent
    return vote.province.casefold() if base == parent and vote.province else None


def _period(vote: Vote) -> str | None:
    """In which period its number is unique: the year in the number, the Party's term, else the year of its date."""
    instrument = vote.instrument
    if instrument is None:
        return "name"
    if instrument.year is not None:
        return str(instrument.year)
    if vote.date is None:
        return None
    if instrument.party and instrument.is_central:
        return term_of(vote.date)
    return vote.date[:4]


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    return tuple((row["until"], row["name"]) for row in read_table("graph", "terms")["term"])


def term_of(date: str) -> str:
    """The term of the central committee in which an ISO date (partial: its beginning) lies."""
    return next(name for until, name in _terms() if date <= until)


def _not_later(members: Sequence[Vote], vote: Vote) -> bool:
    """May a vote without a date mean this dated document: it was issued before the report was made?"""
    first = min((m.date for m in members if m.date), default=None)
    return first is None or vote.day is None or first <= vote.day


def _ids(groups: Mapping[tuple[str, str], Sequence[Vote]]) -> dict[tuple[str, str], str]:
    """An id for each group; places that differ only in what an id drops (accents) are told apart by a hash of them."""
    plain = {key: _entry_id(key, members) for key, members in groups.items()}
    often = Counter(plain.values())
    return {
        key: entry_id if often[entry_id] == 1 else f"{entry_id}-{sha256(repr(key).encode()).hexdigest()[:6]}"
        for key, entry_id in plain.items()
    }


def _entry_id(key: tuple[str, str], members: Sequence[Vote]) -> str:
    place, period = key
    first = members[0]
    slug = first.instrument.slug() if first.instrument else _slug(first.name or "")
    if first.instrument is not None and first.instrument.year is not None:
        period = ""
    return "-".join(
        part for part in (slug, _slug(place.lstrip("?")), _slug(period if period != "name" else "")) if part
    )


def _slug(text: str) -> str:
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def _entry(entry_id: str, votes: Sequence[Vote], candidates: tuple[str, ...] = ()) -> Entry:
    instrument = votes[0].instrument
    dates = Counter(v.date for v in votes if v.date)
    names = Counter(v.name for v in votes if v.name)
    name = names.most_common(1)[0][0] if names else None
    kind = _most(v.instrument.type for v in votes if v.instrument) or (type_of_name(name) if name else None)
    canonical = _fullest(votes) if instrument else (name or "")
    fact = facts_of(canonical, kind, _most_complete(dates)) if instrument else None
    issuer = _issuer(votes, fact)
    return Entry(
        id=entry_id,
        type=kind,
        canonical=canonical,
        date=fact.date if fact else _most_complete(dates),
        issuer=issuer,
        title=(fact.title if fact else None)
        or _most(v.title for v in votes if not v.own)
        or _most(v.title for v in votes),
        level=_level(instrument, issuer),
        votes=tuple((v.report, v.n) for v in votes),
        dates=tuple(sorted(dates.items())),
        candidates=candidates,
        report=next((v.report for v in votes if v.own), None),
    )


def _issuer(votes: Sequence[Vote], fact: Known | None) -> str | None:
    """Who issued it: as the votes say, else as the table knows, as the reports let one infer, as the symbol tells."""
    stated = _most(v.issuer for v in votes if not v.issuer_inferred)
    issuer = stated or (fact.issuer if fact else None) or _most(v.issuer for v in votes)
    code = votes[0].instrument.issuer_code if votes[0].instrument else None
    return issuer or (code.body if code is not None and code.level == "central" else None)


def _fullest(votes: Sequence[Vote]) -> str:
    forms = Counter(v.instrument.canonical for v in votes if v.instrument)
    return min(forms, key=lambda form: (-forms[form], form))


def _most(values: Iterable[str | None]) -> str | None:
    """The value with most votes, the first in alphabetical order among equals; None without any."""
    counts = Counter(v for v in values if v)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _most_complete(dates: Counter[str]) -> str | None:
    return min(dates, key=lambda date: (-len(date), -dates[date], date), default=None)


def _level(instrument: Instrument | None, issuer: str | None) -> Level | None:
    code = instrument.issuer_code if instrument else None
    if instrument is None or (code is not None and code.level == "central"):
        return "central"
    of_body = body_level(issuer) if issuer else None
    return of_body or (code.level if code is not None and code.level != "local" else None)
