"""What a person sets right: kept apart from what was extracted, and laid over it whenever that is found anew.

A report is named by its id and its file, a citation by the words around it, a document of the registry by its id:
nothing here is a place in a text, which moves with each update.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from corpus.errors import CancuError
from corpus.folding import fold
from corpus.model import Header, Report
from corpus.units import body_level
from graph.filing import Filed, Placed
from graph.registry import Entry
from graph.votes import Vote

Kind = Literal["unit", "date", "issuer", "title", "relation", "wrong", "separate", "join"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class CorrectionError(CancuError):
    """A correction that is none: of what is not there, or with a value that is none of its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One thing that a person has set right: `value` is what holds, `made` when (ISO, UTC), `id` 0 until it is kept.

    Of a report: `report` and `file`; for a unit also `parent` and `province`, None where these stay as they are.
    Of a citation: in that report the `nth` of those that name `instrument` in a sentence of these words (`line`: where
    it stood).  "separate": what the report calls `instrument`, of `date` and by `issuer`, is document `value` apart.
    Of a document of the registry: `instrument` is its id; for "join" `value` is the id of that which it is.
    """

    kind: Kind
    made: str
    id: int = 0
    value: str | None = None
    report: str | None = None
    file: str | None = None
    instrument: str | None = None
    line: int | None = None
    sentence: str | None = None
    nth: int | None = None
    date: str | None = None
    issuer: str | None = None
    parent: str | None = None
    province: str | None = None
    note: str | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        """What it is about, the report left out: of two in one report that agree in it the later holds."""
        return self.kind, self.instrument, words_of(self.sentence or ""), self.nth, self.date, self.issuer

    @property
    def rank(self) -> tuple[str, ...]:
        """The later one holds; of two made at once always the same."""
        return self.made, *(text or "" for text in (self.value, self.parent, self.province))


def latest(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that hold: of all that are about one thing the last."""
    return list({c.subject: c for c in sorted(corrections, key=lambda c: c.rank)}.values())


def words_of(sentence: str) -> str:
    """The words of a sentence, which stay when its blanks, breaks, case and accents are printed otherwise."""
    return " ".join(fold(sentence).split())


def name_in_report(vote: Vote) -> str:
    """What a report calls a document: type and number, or the name: "Kế hoạch 38/KH-UBND"."""
    return str(vote.instrument) if vote.instrument is not None else vote.name or ""


def correct_report(report: Report, corrections: Iterable[Correction]) -> Report:
    """`report` with the unit, date and issuer that hold in its header."""
    header = report.header
    for c in corrections:
        if c.kind == "unit":
            parent, province = c.parent or header.parent_unit, c.province or header.province
            header = replace(header, unit=c.value, parent_unit=parent, province=province)
        elif c.kind == "date" and c.value:
            header = replace(header, date=c.value, year=_year(header, c.value))
        elif c.kind == "issuer":
            header = replace(header, issuer=c.value)
    return replace(report, header=header)


def _year(header: Header, date: str) -> int:
    """The year that a report is about: of its period, else of its date."""
    about = header.year is not None and str(header.year) in (header.period or "")
    return header.year if about and header.year is not None else int(date[:4])


def places_like(filed: Filed, place: Placed) -> list[Placed]:
    """The places of a report that name the same in a sentence of the same words, in the order of the text."""
    same = name_in_report(filed.votes[place.n]), words_of(place.sentence)
    return [p for p in filed.places if (name_in_report(filed.votes[p.n]), words_of(p.sentence)) == same]


def correct_filed(filed: Filed, corrections: Iterable[Correction]) -> tuple[Filed, frozenset[int]]:
    """`filed` as the corrections of its citations want it, and the ids of those that found what they are about."""
    found: set[int] = set()
    votes, places, wrong = list(filed.votes), list(filed.places), set[Placed]()
    for c in corrections:
        if c.kind == "separate":
            rows = _called(filed.votes, c)
            for n in rows:
                votes[n] = replace(votes[n], apart=c.value)
            found |= {c.id} if rows else set()
        elif c.kind in ("relation", "wrong"):
            at = _place(filed, c)
            if at is None:
                continue
            found.add(c.id)
            if c.kind == "wrong":
                wrong.add(filed.places[at])
            elif c.value:
                places[at] = replace(places[at], relation=c.value)
    kept = [new for old, new in zip(filed.places, places, strict=True) if old not in wrong]
    changed = replace(filed, votes=tuple(votes), places=tuple(kept))
    return _without(changed, wrong) if wrong else changed, frozenset(found)


def _called(votes: Sequence[Vote], c: Correction) -> list[int]:
    """The document that a "separate" means: by what the report calls it and its day; of several also by its issuer."""
    rows = [n for n, v in enumerate(votes) if (name_in_report(v), v.date) == (c.instrument, c.date)]
    if len(rows) > 1:
        rows = [n for n in rows if votes[n].issuer == c.issuer]
    return rows if len(rows) == 1 else []


def _place(filed: Filed, c: Correction) -> int | None:
    wanted = c.instrument, words_of(c.sentence or "")
    like = [n for n, p in enumerate(filed.places) if (name_in_report(filed.votes[p.n]), words_of(p.sentence)) == wanted]
    return like[(c.nth or 1) - 1] if 1 <= (c.nth or 1) <= len(like) else None


def _without(filed: Filed, wrong: Collection[Placed]) -> Filed:
    """Without what was said by the wrong places alone: links of these sentences, documents that nothing names now."""
    still = {(p.n, p.sentence) for p in filed.places}
    lost = {(p.n, p.sentence) for p in wrong} - still
    links = [k for k in filed.links if not {(k.source, k.sentence), (k.target, k.sentence)} & lost]
    named = {p.n for p in filed.places} | {n for k in links for n in (k.source, k.target)}
    gone = {p.n for p in wrong if p.n not in named and not filed.votes[p.n].own}
    kept = [n for n in range(len(filed.votes)) if n not in gone]
    row = {old: new for new, old in enumerate(kept)}
    return replace(
        filed,
        votes=tuple(replace(filed.votes[n], n=row[n]) for n in kept),
        places=tuple(replace(p, n=row[p.n]) for p in filed.places),
        links=tuple(replace(k, source=row[k.source], target=row[k.target]) for k in links),
    )


class Overlay:
    """What persons say of the documents of the registry: which are one, and their dates, issuers and titles."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        holding = [c for c in latest(corrections) if c.instrument and c.value]
        self._into = {str(c.instrument): str(c.value) for c in holding if c.kind == "join"}
        self._facts: dict[str, dict[str, str]] = {}
        for c in holding:
            if c.kind in ("date", "issuer", "title"):
                self._facts.setdefault(str(c.instrument), {})[c.kind] = str(c.value)
        self.joined = frozenset(self._into) | frozenset(self._into.values())
        self._circular = frozenset(name for name in self._into if name in list(self._way(name))[1:])

    def is_circular(self, entry: str) -> bool:
        """Would a document be joined, over others, to itself?  Such joins are void."""
        return entry in self._circular

    def joined_with(self, entries: Iterable[str]) -> frozenset[str]:
        """All documents that are joined, over others too, with one of these; these among them."""
        beside: dict[str, set[str]] = {name: set() for name in self.joined}
        for name, into in self._into.items():
            beside[name].add(into)
            beside[into].add(name)
        found, waiting = set[str](), [name for name in entries if name in beside]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += beside[name] - found
        return frozenset(found)

    def final(self, entry: str, there: Collection[str]) -> str:
        """The document that `entry` is: the last on its way that is `there`; a circle ends where it began."""
        last = entry
        for name in self._way(entry):
            if name in there:
                last = name
        return last

    def _way(self, entry: str) -> Iterator[str]:
        """From a document over what it is joined to; where the way comes to a place again, it ends there."""
        seen = set[str]()
        at: str | None = entry
        while at is not None:
            yield at
            if at in seen:
                return
            seen.add(at)
            at = self._into.get(at)

    def lay(self, entry: Entry) -> Entry:
        """A document with the facts that persons have set."""
        facts = self._facts.get(entry.id)
        if not facts:
            return entry
        issuer = facts.get("issuer")
        level = entry.level if issuer is None or entry.level == "central" else body_level(issuer) or entry.level
        return replace(
            entry,
            date=facts.get("date", entry.date),
            issuer=issuer or entry.issuer,
            title=facts.get("title", entry.title),
            level=level,
        )


def join_entries(entries: Iterable[Entry], overlay: Overlay) -> tuple[list[Entry], Mapping[str, str]]:
    """The documents that are left of these when what persons have joined is one, and (id → id) which became which.

    What is joined gives the other its votes, and what it does not know itself; which document may be the same as which
    is told of those that are left.
    """
    given = {entry.id: entry for entry in entries}
    became = {name: final for name in given if (final := overlay.final(name, given)) != name}
    parts: dict[str, list[Entry]] = {}
    for name in sorted(became):
        parts.setdefault(became[name], []).append(given[name])
    left = (_joined(e, parts.get(name, ())) for name, e in given.items() if name not in became)
    return [_with_candidates(entry, became.get) for entry in left], became


def _joined(entry: Entry, parts: Sequence[Entry]) -> Entry:
    dates = Counter(dict(entry.dates))
    for part in parts:
        dates.update(dict(part.dates))
        entry = replace(
            entry,
            type=entry.type or part.type,
            date=entry.date or part.date,
            issuer=entry.issuer or part.issuer,
            title=entry.title or part.title,
            level=entry.level or part.level,
            report=entry.report or part.report,
            votes=tuple(sorted({*entry.votes, *part.votes})),
        )
    return replace(entry, dates=tuple(sorted(dates.items())))


def _with_candidates(entry: Entry, became: Callable[[str], str | None]) -> Entry:
    candidates = dict.fromkeys(became(name) or name for name in entry.candidates)
    candidates.pop(entry.id, None)
    return entry if tuple(candidates) == entry.candidates else replace(entry, candidates=tuple(candidates))
