"""Is an instrument in force: from when, until when, and what has taken its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as day_of
from datetime import timedelta
from typing import Literal

from corpus.folding import fold
from graph.identity import Instrument
from graph.known import Known, facts_of, known_as
from graph.questions import Stated
from graph.registry import Entry, label_of

ENDS: frozenset[str] = frozenset(("thay thế", "bãi bỏ"))
"""The relations of a link whose target is no longer in force."""

# What is replaced or repealed is a part alone: "bãi bỏ Điều 5 của Nghị định số …", "thay thế một số điều của …".
_PART = re.compile(
    r"\b(?:thay the|thay cho|bai bo|huy bo)\b[^.;/]*?"
    r"\b(?:(?:diem|khoan|dieu|muc|chuong|phan)\s+(?:[a-z]|[ivx]+|\d+)|mot so|mot phan|(?:cac )?noi dung|"
    r"phu luc|mau|cum tu|quy dinh (?:tai|ve))\b"
)
# A chain of replacements: the longest of the table has three steps.
_LONGEST_CHAIN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of the force of an instrument; days are ISO.

    `since` is the first day in force, `until` the last one; `until` may be unknown though `replaced_by` (type and
    number of what took its place) is known.  `known_by`: the table of known instruments, or the text of reports, whose
    links are `stated`.
    """

    since: str | None
    until: str | None
    replaced_by: str | None
    known_by: Literal["table", "text"]
    stated: tuple[Stated, ...] = ()


def standing_of(
    canonical: str, kind: str | None, date: str | None, ends: Iterable[tuple[Stated, Entry]] = ()
) -> Standing | None:
    """The standing of the instrument with this canonical number, type and ISO date of issue; None: nothing is known.

    `ends` are the links of `ENDS` that end at it, each with the document that they come from; the table is believed
    before them.
    """
    row = facts_of(canonical, kind, date)
    if row is not None and (row.until or row.replaced_by):
        return _by_table(row)
    told = [(stated, entry) for stated, entry in ends if stated.relation in ENDS and not _is_partial(stated)]
    if told:
        return _by_text(row, told)
    return None if row is None else _by_table(row)


def in_force_on(canonical: str, kind: str | None, date: str | None, day: str) -> Known | None:
    """What stood in the place of an instrument on an ISO day, as the table knows; None where it does not."""
    row = facts_of(canonical, kind, date)
    for _ in range(_LONGEST_CHAIN):
        following = None if row is None else _successor(row)
        if following is None or following.in_force_from > day:
            break
        row = following
    return row


def _by_table(row: Known) -> Standing:
    following = _successor(row)
    until = row.until
    # A normative instrument comes into force weeks after its issue, one of the Party on the day that it is signed.
    if until is None and following is not None and (following.since or following.year_in_number is None):
        until = _day_before(following.in_force_from)
    replaced_by = None
    if row.replaced_by:
        kind = following.type if following else Instrument.parse(row.replaced_by).type or row.type
        replaced_by = label_of(kind, row.replaced_by)
    return Standing(since=row.in_force_from, until=until, replaced_by=replaced_by, known_by="table")


def _by_text(row: Known | None, told: list[tuple[Stated, Entry]]) -> Standing:
    """What most reports say; the day is that on which the other document came into force, where that is known."""
    reports: dict[str, set[str]] = {}
    for stated, entry in told:
        reports.setdefault(entry.id, set()).add(stated.report.id)
    entries = {entry.id: entry for _, entry in told}
    chosen = entries[min(reports, key=lambda of: (-len(reports[of]), of))]
    return Standing(
        since=row.in_force_from if row else None,
        until=_last_day_before(chosen),
        replaced_by=chosen.full_label,
        known_by="text",
        stated=tuple(stated for stated, entry in told if entry.id == chosen.id),
    )


def _last_day_before(entry: Entry) -> str | None:
    """The last day before a document came into force; None where only its text could tell it."""
    row = facts_of(entry.canonical, entry.type, entry.date)
    if row is not None and row.since:
        return _day_before(row.since)
    is_whole = entry.date is not None and len(entry.date) == len("2023-07-01")
    # A decree names the day on which it comes into force; a plan or a decision for one case is so from its date on.
    is_normative = row.year_in_number is not None if row else Instrument.parse(entry.label).year is not None
    return _day_before(entry.date) if entry.date and is_whole and not is_normative else None


def _is_partial(stated: Stated) -> bool:
    return _PART.search(fold(stated.sentence)) is not None


def _successor(row: Known) -> Known | None:
    """The row of what took its place: of several with that number one of its own type, then the first after it."""
    later = [r for r in known_as(row.replaced_by) if r.date > row.date] if row.replaced_by else []
    return min(later, key=lambda r: (r.type != row.type, r.date), default=None)


def _day_before(day: str) -> str:
    return (day_of.fromisoformat(day) - timedelta(days=1)).isoformat()
