"""The values of a check: what is doubtful in a report before it is signed, and what is looked at for that."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from corpus.dates import DATE, first_day, parse_date
from corpus.folding import fold
from corpus.model import Report, Span
from corpus.sentences import Sentences
from graph.model import Citation, Cited, Named, Reading
from graph.questions import Stated
from graph.registry import Entry

Kind = Literal["replaced", "dated_after", "two_dates", "two_titles", "style", "draft", "no_antecedent"]
_DATE = re.compile(DATE)
# Between a number and its day stands the name of a body at most.
_DATE_REACH = 100
KINDS: tuple[Kind, ...] = get_args(Kind)
REASONS: Mapping[str, Kind] = {
    "replaced": "replaced",
    "expired": "replaced",
    "replaced_said": "replaced",
    "replaced_in_period": "replaced",
    "dated_after": "dated_after",
    "date_known": "two_dates",
    "date_voted": "two_dates",
    "date_year": "two_dates",
    "dates_differ": "two_dates",
    "title_known": "two_titles",
    "title_voted": "two_titles",
    "titles_differ": "two_titles",
    "style": "style",
    "style_type": "style",
    "style_year": "style",
    "symbols_differ": "style",
    "draft": "draft",
    "no_antecedent": "no_antecedent",
}
"""Why something is doubtful → the kind of doubt that it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What so many reports say: a day (ISO), a title, or the document that replaces another."""

    value: str
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A doubt about one place of a report.

    `reason` tells which sentence explains it, `values` fill the gaps of that; `text` are the words as they stand,
    `should_be` what they probably should be (None: not known); `instrument` is type and number, `votes` who says what.
    """

    kind: Kind
    reason: str
    line: int
    start: int
    text: str
    instrument: str
    values: Mapping[str, str] = field(default_factory=dict)
    should_be: str | None = None
    votes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What a library knows of a document: its entry, and the links that say that another has taken its place.

    `titles` are (title, how many reports give it), most first; only where the report at hand gives quite another.
    """

    entry: Entry
    ends: tuple[tuple[Stated, Entry], ...] = ()
    titles: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A report, what it cites, and what a library knows of that: index in `Reading.cited` → document."""

    report: Report
    reading: Reading
    registered: Mapping[int, Registered]

    @cached_property
    def folded(self) -> str:
        """The text without case and accents; offsets are the same."""
        return fold(self.report.text)

    @cached_property
    def has_accents(self) -> bool:
        """Is it typed as Vietnamese is printed, with đ?"""
        return "đ" in self.report.text.lower()

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of the text."""
        return Sentences(self.report.text)

    @cached_property
    def day(self) -> str | None:
        """The first day on which the report can have been made; None where it names neither date nor year."""
        header = self.report.header
        told = header.date or (str(header.year) if header.year else None)
        return first_day(told) if told else None

    @cached_property
    def cited(self) -> tuple[tuple[int, Cited, tuple[Citation, ...]], ...]:
        """(index, document, its places), for all documents but the report itself, in their order."""
        return tuple(self._cited())

    def _cited(self) -> Iterator[tuple[int, Cited, tuple[Citation, ...]]]:
        places = self.reading.by_document()
        for n, document in enumerate(self.reading.cited):
            if not document.own and n in places:
                yield n, document, tuple(citation for _, citation in places[n])

    @cached_property
    def _starts(self) -> list[int]:
        named = (n.start for n in self.reading.named)
        return sorted({*(c.start for c in self.reading.citations), *named})

    def with_date(self, place: Citation) -> Span | None:
        """A citation with the day that stands right behind it; None where it has none, or only that of its list."""
        following = bisect_right(self._starts, place.start)
        limit = self._starts[following] if following < len(self._starts) else len(self.report.text)
        day = _DATE.search(self.report.text, place.end, min(limit, place.end + _DATE_REACH))
        is_own = day is not None and place.date is not None and parse_date(day[0]) == place.date
        return Span(place.start, day.end()) if day is not None and is_own else None

    def doubt(
        self,
        reason: str,
        place: Citation | Named,
        instrument: str,
        *,
        span: Span | None = None,
        should_be: str | None = None,
        votes: tuple[Said, ...] = (),
        **values: str,
    ) -> Finding:
        """A finding about the words of `place`, or of `span` around it."""
        start, end = (span.start, span.end) if span else (place.start, place.end)
        return Finding(
            kind=REASONS[reason],
            reason=reason,
            line=self.report.line_of(start),
            start=start,
            text=" ".join(self.report.text[start:end].split()),
            instrument=instrument,
            values=values,
            should_be=should_be,
            votes=votes,
        )
