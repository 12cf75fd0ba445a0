"""Identity across reports: all votes for one number are brought to the documents they mean.

The registry is a pure function of all votes, whatever the order in which reports come.  It works bucket by bucket
(type, number, year, symbol, place): a new report settles again only the buckets that it touches, and in a bucket the
ways in which its documents are cited, not every vote (`graph.votes`).
Never guessed in silence: a vote that fits two documents makes an entry of its own that names both as candidates.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from corpus.model import Level, Unit
from corpus.units import body_level, place_of
from graph.identity import Instrument
from graph.known import Known, facts_of
from graph.names import type_of_name
from graph.votes import Ballot, Vote, bucket_of, one_by_one, reduced, slug, written

# In an id: cited without a date, and by that no document of the registry.
_UNDATED = "khong ro ngay"

_Key = tuple[str, str]
"""(place, period): in it a number is given once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document of the registry: what most votes say of it, and who voted.

    `votes` are (report, n), left out where documents are only found; `dates` counts the days that reports give (two: a
    slip in one of them); `candidates` are the ids of documents that it may be the same as; `report` is the id
    of the report that it is.
    """

    id: str
    type: str | None
    canonical: str
    date: str | None
    issuer: str | None
    title: str | None
    level: Level | None
    votes: tuple[tuple[str, int], ...] = ()
    dates: tuple[tuple[str, int], ...] = ()
    candidates: tuple[str, ...] = ()
    report: str | None = None

    @property
    def label(self) -> str:
        """Type and number as they are read: "Kết luận 120-KL/TW"; for a law by name its name."""
        return label_of(self.type, self.canonical)

    @property
    def place(self) -> Unit | None:
        """The place in the name of who issued it; None where that names none, or is not known."""
        return place_of(self.issuer) if self.issuer else None

    @property
    def full_label(self) -> str:
        """The label, and of what is not of the centre whose it is: each commune has a plan 27/KH-UBND."""
        whose = self.issuer and self.level != "central"
        return f"{self.label} của {self.issuer}" if whose else self.label


def label_of(kind: str | None, canonical: str) -> str:
    """Type and number as they are read; a name says itself what it is.

    >>> label_of("Kết luận", "120-KL/TW"), label_of("Luật", "Dự thảo Luật Đất đai")
    ('Kết luận 120-KL/TW', 'Dự thảo Luật Đất đai')
    """
    return f"{kind} {canonical}" if kind and canonical[:1].isdigit() else canonical


def settle(votes: Iterable[Vote]) -> tuple[Entry, ...]:
    """The documents that the votes of one bucket mean, in the order of their ids."""
    said: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        said[written(reduced(vote))].append(vote)
    text_of: dict[int, str] = {}
    ballots = []
    for text, members in said.items():
        ballots.append(Ballot(said=reduced(members[0]), count=len(members)))
        text_of[id(ballots[-1])] = text

    def apart(ballot: Ballot) -> list[Ballot]:
        text = text_of[id(ballot)]
        alone = one_by_one(ballot, sorted(Counter(v.report for v in said[text]).items()))
        text_of.update((id(one), text) for one in alone)
        return alone

    settled = []
    for entry, of in settle_ballots(ballots, apart):
        named = [(v.report, v.n) for b in of for v in said[text_of[id(b)]] if b.said.report in ("", v.report)]
        settled.append(replace(entry, votes=tuple(sorted(named))))
    return tuple(settled)


def settle_ballots(
    ballots: Iterable[Ballot], apart: Callable[[Ballot], Iterable[Ballot]]
) -> list[tuple[Entry, list[Ballot]]]:
    """The documents that the ballots of one bucket mean, in the order of their ids, each with its ballots.

    `apart` gives a ballot as those of its reports, which it is asked for where a place has a namesake and the reports
    do not tell which is meant; these then stand in the place of it.  The entries name no votes.
    """
    placed = _placed(ballots, apart)
    groups: dict[_Key, list[Ballot]] = defaultdict(list)
    for place, ballot in placed:
        if (period := ballot.said.period) is not None:
            groups[place, period].append(ballot)
    first = {key: min((b.said.date for b in of if b.said.date), default=None) for key, of in groups.items()}
    dated: dict[str, list[_Key]] = defaultdict(list)
    for key in groups:
        dated[key[0]].append(key)
    ambiguous: dict[_Key, list[Ballot]] = defaultdict(list)
    candidates: dict[_Key, set[_Key]] = defaultdict(set)
    for place, ballot in placed:
        said = ballot.said
        if said.period is not None:
            continue
        fitting = [key for key in dated[place] if _not_later(first[key], said.day)]
        if len(fitting) == 1:
            groups[fitting[0]].append(ballot)
        else:
            year = "" if said.is_central or said.day is None else said.day[:4]
            key = (place, f"{_UNDATED} {year}" if fitting else f"~{year}")
            ambiguous[key].append(ballot)
            candidates[key].update(fitting)
    ids = _ids({**groups, **ambiguous})
    entries = [(_entry(ids[key], of), of) for key, of in groups.items()]
    entries += [(_entry(ids[k], of, tuple(ids[c] for c in sorted(candidates[k]))), of) for k, of in ambiguous.items()]
    return sorted(entries, key=lambda settled: settled[0].id)


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


def _placed(ballots: Iterable[Ballot], apart: Callable[[Ballot], Iterable[Ballot]]) -> list[tuple[str, Ballot]]:
    """Each ballot with the place in whose number series it is.

    "xã An Bình" exists many times: where the votes lie under more than one higher place, it is told apart by that.  A
    report of one of these places means the one that lies in it.
    """
    told = [(ballot.said.base, ballot.said.above, ballot) for ballot in ballots]
    known: dict[str, set[str]] = defaultdict(set)
    for base, above, _ in told:
        if above:
            known[base].add(above)
    placed = []
    for base, own_above, ballot in told:
        above = own_above or (ballot.said.within if ballot.said.within in known[base] else None)
        if len(known[base]) <= 1:
            placed.append((base, ballot))
        elif above:
            placed.append((f"{base}, {above}", ballot))
        else:
            alone = [ballot] if ballot.said.report else apart(ballot)
            placed += [(f"{base}, ?{one.said.report}", one) for one in alone]
    return placed


def _not_later(first: str | None, day: str | None) -> bool:
    """May a vote without a date mean this dated document: it was issued before the report was made?"""
    return first is None or day is None or first <= day


def _ids(groups: Mapping[_Key, Sequence[Ballot]]) -> dict[_Key, str]:
    """An id for each group; places that differ only in what an id drops (accents) are told apart by a hash of them."""
    plain = {key: _entry_id(key, members[0].said) for key, members in groups.items()}
    often = Counter(plain.values())
    return {
        key: entry_id if often[entry_id] == 1 else f"{entry_id}-{sha256(repr(key).encode()).hexdigest()[:6]}"
        for key, entry_id in plain.items()
    }


def _entry_id(key: _Key, said: Vote) -> str:
    place, period = key
    name = said.instrument.slug() if said.instrument else slug(said.name or "")
    if said.instrument is not None and said.instrument.year is not None:
        period = ""
    parts = (name, slug(place.lstrip("?")), slug(period if period != "name" else ""))
    # Two hyphens stand in no other id.
    return "-".join(part for part in parts if part) + (f"--{said.apart}" if said.apart else "")


def _entry(entry_id: str, ballots: Sequence[Ballot], candidates: tuple[str, ...] = ()) -> Entry:
    instrument = _fullest(ballots)
    dates = Counter[str]()
    for ballot in ballots:
        if ballot.said.date:
            dates[ballot.said.date] += ballot.count
    name = _most((b.said.name, b.count) for b in ballots)
    types = ((b.said.instrument.type, b.count) for b in ballots if b.said.instrument)
    kind = _most(types) or (type_of_name(name) if name else None)
    canonical = instrument.canonical if instrument else (name or "")
    fact = facts_of(canonical, kind, _most_complete(dates)) if instrument else None
    issuer = _issuer(ballots, instrument, fact)
    return Entry(
        id=entry_id,
        type=kind,
        canonical=canonical,
        date=fact.date if fact else _most_complete(dates),
        issuer=issuer,
        title=(fact.title if fact else None)
        or _most((b.said.title, b.count) for b in ballots if not b.said.own)
        or _most((b.said.title, b.count) for b in ballots),
        level=_level(instrument, issuer),
        votes=(),
        dates=tuple(sorted(dates.items())),
        candidates=candidates,
        report=min((b.said.report for b in ballots if b.said.own), default=None),
    )


def _issuer(ballots: Sequence[Ballot], instrument: Instrument | None, fact: Known | None) -> str | None:
    """Who issued it: as the votes say, else as the table knows, as the reports let one infer, as the symbol tells."""
    stated = _most((b.said.issuer, b.count) for b in ballots if not b.said.issuer_inferred)
    issuer = stated or (fact.issuer if fact else None) or _most((b.said.issuer, b.count) for b in ballots)
    code = instrument.issuer_code if instrument else None
    return issuer or (code.body if code is not None and code.level == "central" else None)


def _fullest(ballots: Sequence[Ballot]) -> Instrument | None:
    """The number as most print it, the first in alphabetical order among equals; None where it is known by its name."""
    forms, of = Counter[str](), dict[str, Instrument]()
    for ballot in ballots:
        if (instrument := ballot.said.instrument) is not None:
            form = instrument.canonical
            forms[form] += ballot.count
            known = of.setdefault(form, instrument)
            if known.type != instrument.type:
                of[form] = min(known, instrument, key=str)
    return of[min(forms, key=lambda form: (-forms[form], form))] if forms else None


def _most(values: Iterable[tuple[str | None, int]]) -> str | None:
    """The value with most votes, the first in alphabetical order among equals; None without any."""
    counts = Counter[str]()
    for value, count in values:
        if value:
            counts[value] += count
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _most_complete(dates: Counter[str]) -> str | None:
    return min(dates, key=lambda date: (-len(date), -dates[date], date), default=None)


def _level(instrument: Instrument | None, issuer: str | None) -> Level | None:
    code = instrument.issuer_code if instrument else None
    if instrument is None or (code is not None and code.level == "central"):
        return "central"
    of_body = body_level(issuer) if issuer else None
    return of_body or (code.level if code is not None and code.level != "local" else None)
