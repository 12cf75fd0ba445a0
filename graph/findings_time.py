"""What is cited at a time when it was not in force: replaced before the report was made, or issued after it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.dates import first_day, format_date, last_day
from graph.findings_model import Checked, Finding, Said
from graph.model import Citation, Named
from graph.named import NICKNAME
from graph.names import type_of_name
from graph.questions import Stated
from graph.registry import Entry, label_of
from graph.resolve import UNSURE
from graph.standing import Standing, in_force_on, standing_of
from graph.wording import alternatives

# What a report rests on or carries out; "khác" and "ban hành" do not say that it is in force.
_AS_IN_FORCE = frozenset(("căn cứ", "thực hiện", "quán triệt", "báo cáo theo"))
_PAST = re.compile(rf"(?<![a-z])(?:{alternatives('past')})(?![a-z])")
# A year or a term that a sentence speaks of, not the year of a date: "ngày 20 tháng 4 năm 2007", "tháng 4/2007".
_YEAR = re.compile(r"(?<!\d )\b(?:nam|giai doan|nhiem ky|khoa|tu|den)\s+(?P<year>(?:19|20)\d\d)(?![\d/])")
_FIRST_YEAR = re.compile(r"(?:19|20)\d\d")
# The year behind a name is that of its issue: "Luật Đất đai năm 2013".
_BEHIND_NAME = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cited:
    """A document, by number or by name, with the places that surely mean it, and who says that it is replaced."""

    canonical: str
    kind: str | None
    date: str | None
    places: Sequence[Citation | Named]
    ends: tuple[tuple[Stated, Entry], ...] = ()


def find_replaced(checked: Checked) -> Iterator[Finding]:
    """Instruments that are cited as in force by a report that was made after they had ended.

    One finding each, at the first place: whoever mends that sees the others.
    """
    day = checked.day
    if day is None:
        return
    for cited in (*_by_number(checked), *_by_name(checked)):
        standing = standing_of(cited.canonical, cited.kind, cited.date, cited.ends)
        if standing is None or standing.until is None or day <= standing.until:
            continue
        until = standing.until
        as_in_force = (p for p in cited.places if p.relation in _AS_IN_FORCE)
        place = next((p for p in as_in_force if not _is_of_past(checked, p, until)), None)
        if place is not None:
            yield from _ended(checked, place, cited, standing, day)


def _by_number(checked: Checked) -> Iterator[_Cited]:
    for n, document, places in checked.cited:
        registered = checked.registered.get(n)
        yield _Cited(
            canonical=document.instrument.canonical,
            kind=document.instrument.type,
            date=document.date or (registered.entry.date if registered else None),
            places=[p for p in places if p.confidence > UNSURE and p.in_title_of is None],
            # What itself says that it takes the place of a document may speak of that as it was.
            ends=tuple(e for e in registered.ends if e[0].report.id != checked.report.id) if registered else (),
        )


def _by_name(checked: Checked) -> Iterator[_Cited]:
    places: dict[tuple[str, str, str | None], list[Named]] = {}
    for named in checked.reading.named:
        if named.instrument is not None and named.confidence > NICKNAME and named.cited is None and not named.draft:
            places.setdefault((named.instrument, named.name, named.date), []).append(named)
    for (canonical, name, date), of in places.items():
        yield _Cited(canonical=canonical, kind=type_of_name(name), date=date, places=of)


def _ended(checked: Checked, place: Citation | Named, cited: _Cited, standing: Standing, day: str) -> Iterator[Finding]:
    """The finding at `place`, which cites on `day` what has ended.

    A report of a time in which it was still in force, for a part, is only told what the law is now, if it does not
    know that.
    """
    until, replaced_by = standing.until or "", standing.replaced_by
    following = in_force_on(cited.canonical, cited.kind, cited.date, day) if standing.known_by == "table" else None
    now = label_of(following.type, following.number) if following and replaced_by else replaced_by
    reason = "replaced" if replaced_by else "expired"
    if _began(checked) <= until:
        if replaced_by is None or standing.known_by == "text" or _cites(checked, replaced_by, now):
            return
        reason = "replaced_in_period"
    reports = len({stated.report.id for stated in standing.stated})
    yield checked.doubt(
        "replaced_said" if reports else reason,
        place,
        label_of(cited.kind, cited.canonical),
        should_be=now,
        votes=(Said(value=replaced_by or "", reports=reports),) if reports else (),
        until=format_date(until),
        by=replaced_by or "",
        reports=str(reports),
    )


def _began(checked: Checked) -> str:
    """The first day of what a report tells of: the period of a báo cáo; any other document speaks of its own day."""
    header, day = checked.report.header, checked.day or ""
    years = _FIRST_YEAR.findall(header.period or "") if header.type == "Báo cáo" else []
    return min([day, *(first_day(year) for year in years)])


def _cites(checked: Checked, *labels: str | None) -> bool:
    """Does the report cite one of these documents: does whoever wrote it know what is in force now?"""
    numbers = {label.rpartition(" ")[2] for label in labels if label}
    by_number = (document.instrument.canonical for document in checked.reading.cited)
    return any(number in numbers for number in (*by_number, *(n.instrument for n in checked.reading.named)))


def _is_of_past(checked: Checked, place: Citation | Named, until: str) -> bool:
    """Does its sentence speak of the time when it was in force, or of its end?"""
    sentence = checked.sentences.around(place.start)
    start, end = sentence.start, max(sentence.end, place.end)
    if _PAST.search(checked.folded, start, end):
        return True
    years = (y for y in _YEAR.finditer(checked.folded, start, end) if not 0 <= y.start() - place.end < _BEHIND_NAME)
    return any(year["year"] <= until[:4] for year in years)


def find_dated_after(checked: Checked) -> Iterator[Finding]:
    """Citations with a day that is later than that of the report; the first of each document."""
    own = checked.report.header.date
    if own is None:
        return
    for _, document, places in checked.cited:
        dated = (p for p in places if checked.with_date(p))
        late = next((p for p in dated if p.date and first_day(p.date) > last_day(own)), None)
        if late is not None and late.date is not None:
            yield checked.doubt(
                "dated_after",
                late,
                str(document.instrument),
                span=checked.with_date(late),
                date=format_date(late.date),
                own=format_date(own),
            )
