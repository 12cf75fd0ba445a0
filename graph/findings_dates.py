"""One number with two days: inside a report, against what is known, and against what most reports say."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.dates import format_date
from corpus.folding import fold
from graph.findings_model import Checked, Finding, Said
from graph.identity import Instrument
from graph.known import Known, known_as
from graph.model import Citation
from graph.resolve import UNSURE
from graph.votes import term_of

_WHOLE = len("2016-01-07")
# Reports are copied from one another: two copies of a slip are no majority.  Chosen, not measured.
MANY, TIMES = 3, 3
"""How many reports make a majority against those that say as the one at hand, and how many times as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Right:
    """The day that a document probably has (None: of another year), how that is known, and who says what.

    `open`: two places differ, and nothing tells which of them is right.
    """

    day: str | None
    reason: str
    open: bool = False
    votes: tuple[Said, ...] = ()


def find_two_dates(checked: Checked) -> Iterator[Finding]:
    """Documents with a day that is not the one at another place, the known one, or the one of most reports."""
    for places in _same_documents(checked):
        document = checked.reading.cited[places[0].cited].instrument
        days = Counter(p.date for p in places if p.date)
        right = _right(checked, places, document, days)
        if right is None:
            continue
        wrong = next((p for p in places if _is_wrong(p.date, right, document)), None)
        if wrong is not None:
            yield checked.doubt(
                right.reason,
                wrong,
                str(document),
                span=checked.with_date(wrong),
                should_be=format_date(right.day) if right.day and not right.open else None,
                votes=right.votes,
                dates=", ".join(map(format_date, days)),
                reports=str(right.votes[0].reports if right.votes else 0),
                year=str(document.year or ""),
            )


def _is_wrong(day: str | None, right: _Right, document: Instrument) -> bool:
    return day is not None and (day != right.day if right.day else day[:4] != str(document.year))


def _right(checked: Checked, places: Sequence[Citation], document: Instrument, days: Counter[str]) -> _Right | None:
    """What day it should be, as the best witness says; None where nothing speaks against those that stand there."""
    row = _row_of(document, days)
    if row is not None:
        return _Right(day=row.date, reason="date_known")
    voted = _voted(checked, places, days)
    if voted is not None:
        return voted
    if document.year is not None and any(day[:4] != str(document.year) for day in days):
        return _Right(day=None, reason="date_year")
    if len(days) > 1 and _are_alike(places, document):
        (most, count), (_, next_count), *_ = days.most_common()
        return _Right(day=most, reason="dates_differ", open=count == next_count)
    return None


def _row_of(document: Instrument, days: Counter[str]) -> Known | None:
    """The known document that these days mean: of that number, and of the same year or, of the Party, the same term."""
    if not document.is_central:
        return None
    rows_of = [r for r in known_as(document.canonical) if document.type in (None, r.type)]
    if document.is_normative:
        return rows_of[0] if len(rows_of) == 1 else None
    periods = {_period(document, day) for day in days}
    fitting = [r for r in rows_of if _period(document, r.date) in periods]
    return fitting[0] if len(fitting) == 1 == len(periods) else None


def _period(document: Instrument, day: str) -> str:
    """In which period its number is given once: "CT/TW" in a term of the Central Committee, "QĐ-TTg" in a year."""
    return term_of(day) if document.party and document.is_central else day[:4]


def _voted(checked: Checked, places: Sequence[Citation], days: Counter[str]) -> _Right | None:
    """The day that most reports of the library give, where they are many more than those that say as this one."""
    known = checked.registered.get(places[0].cited)
    votes = Counter({day: count for day, count in known.entry.dates if len(day) == _WHOLE}) if known else Counter[str]()
    if not votes:
        return None
    most, count = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    against = max((votes[day] for day in days if day != most), default=0)
    if count < MANY or count < TIMES * against or not any(day != most for day in days):
        return None
    said = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    return _Right(day=most, reason="date_voted", votes=tuple(Said(value=day, reports=reports) for day, reports in said))


def _same_documents(checked: Checked) -> Iterator[list[Citation]]:
    """The places of each document that have a whole day of their own.

    Those of one number of the Central Committee are one document in one term, whatever their days.
    """
    groups: dict[object, list[Citation]] = defaultdict(list)
    for n, document, places in checked.cited:
        key: object = n
        if document.instrument.party and document.instrument.is_central and document.date:
            key = document.instrument.key, term_of(document.date)
        whole = (p for p in places if p.date and len(p.date) == _WHOLE and p.confidence > UNSURE)
        groups[key] += [p for p in whole if checked.with_date(p)]
    return (sorted(group, key=lambda p: p.start) for group in groups.values() if group)


def _are_alike(places: Sequence[Citation], document: Instrument) -> bool:
    """Do all these places name the same body?  UBND huyện and UBND xã have a plan of the same number each."""
    return document.is_central or len({fold(p.issuer or "") for p in places}) == 1
