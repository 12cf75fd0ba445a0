"""What is cited at a time when it was not in force: replaced before the report was made, or issued after it."""

import re
from collections.abc import Iterator, Sequence

from corpus.dates import first_day, format_date, last_day
from graph.findings_model import Checked, Finding, Said
from graph.model import Citation, Named
from graph.named import NICKNAME
from graph.names import type_of_name
from graph.registry import label_of
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


def find_replaced(checked: Checked) -> Iterator[Finding]:
    """Instruments that are cited as in force by a report that was made after they had ended."""
    if checked.day is None:
        return
    for n, document, places in checked.cited:
        registered = checked.registered.get(n)
        kind, canonical = document.instrument.type, document.instrument.canonical
        date = document.date or (registered.entry.date if registered else None)
        standing = standing_of(canonical, kind, date, registered.ends if registered else ())
        if standing is not None and standing.until is not None and checked.day > standing.until:
            sure = [p for p in places if p.confidence > UNSURE and p.in_title_of is None]
            yield from _ended(checked, sure, canonical, kind, date, standing)
    for named in checked.reading.named:
        if named.instrument is None or named.draft or named.confidence <= NICKNAME or named.cited is not None:
            continue
        kind = type_of_name(named.name)
        standing = standing_of(named.instrument, kind, named.date)
        if standing is not None and standing.until is not None and checked.day > standing.until:
            yield from _ended(checked, (named,), named.instrument, kind, named.date, standing)


def _ended(
    checked: Checked,
    places: Sequence[Citation | Named],
    canonical: str,
    kind: str | None,
    date: str | None,
    standing: Standing,
) -> Iterator[Finding]:
    """The first place that cites what has ended as if it were in force: to mend that one is to see the others."""
    until = standing.until or ""
    place = next((p for p in places if p.relation in _AS_IN_FORCE and not _is_of_past(checked, p, until)), None)
    if place is None:
        return
    following = in_force_on(canonical, kind, date, checked.day or "") if standing.known_by == "table" else None
    now = label_of(following.type, following.number) if following else standing.replaced_by
    now = now if standing.replaced_by else None
    in_period = _began(checked) <= until
    if in_period and (standing.replaced_by is None or _cites(checked, standing.replaced_by, now)):
        return
    reason = "replaced_in_period" if in_period else "replaced" if standing.replaced_by else "expired"
    reports = len({stated.report.id for stated in standing.stated})
    yield checked.doubt(
        "replaced_said" if reports else reason,
        place,
        label_of(kind, canonical),
        should_be=now,
        votes=(Said(value=standing.replaced_by or "", reports=reports),) if reports else (),
        until=format_date(until),
        by=standing.replaced_by or "",
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
        dated = (p for p in places if checked.end_with_date(p))
        late = next((p for p in dated if p.date and first_day(p.date) > last_day(own)), None)
        if late is not None and late.date is not None:
            yield checked.doubt(
                "dated_after",
                late,
                str(document.instrument),
                end=checked.end_with_date(late),
                date=format_date(late.date),
                own=format_date(own),
            )
