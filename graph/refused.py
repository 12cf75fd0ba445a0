"""What looks like a citation and is none, with the reason: patterns of a table over the folded text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from corpus.model import Report, Span
from corpus.tables import rows
from graph.model import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row of graph/data/refused.toml; `blocks` forbids to read a citation inside what it matches.

    What it matches begins with one of `words`, or with a digit where none is given.
    """

    name: str
    pattern: str
    words: tuple[str, ...] = ()
    blocks: bool = False
    examples: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a row refuses."""

    span: Span
    row: Refusal


@cache
def refusals() -> tuple[Refusal, ...]:
    """All rows of the table."""
    return rows("graph", "refused", "refused", Refusal)


# Every pattern begins with its letters and looks back afterwards: so the search is as fast as one for the letters.
# A number is looked at only where a mark follows that one of the rows asks for, or where it begins with a zero.
_NUMBER = re.compile(r"[0-9](?<![a-z0-9][0-9])(?:(?<=0)|(?=[0-9]{0,3}+\s?[.-]|[^/]{0,24}/))")


@cache
def _by_word() -> tuple[tuple[Refusal, re.Pattern[str]], ...]:
    return tuple(
        (row, re.compile(rf"{word}(?<![a-z0-9]{word})(?:{row.pattern})")) for row in refusals() for word in row.words
    )


@cache
def _by_number() -> tuple[tuple[Refusal, ...], re.Pattern[str]]:
    """The rows that begin with a digit, and one pattern in whose groups they stand in order."""
    found = tuple(row for row in refusals() if not row.words)
    return found, re.compile("|".join(f"({row.pattern})" for row in found))


def find_refused(folded: str) -> list[Found]:
    """All places that the table refuses, in order; of the rows that begin with a digit the first one that fits."""
    found = [Found(Span(*match.span()), row) for row, pattern in _by_word() for match in pattern.finditer(folded)]
    of_number, pattern = _by_number()
    end = 0
    for digit in _NUMBER.finditer(folded):
        match = pattern.match(folded, digit.start()) if digit.start() >= end else None
        if match is not None and match.lastindex is not None:
            found.append(Found(Span(*match.span()), of_number[match.lastindex - 1]))
            end = match.end()
    return sorted(found, key=lambda f: f.span)


def without(found: Iterable[Found], taken: Iterable[Span]) -> list[Found]:
    """The refused places that no citation, date or other refused place (`taken`, ordered) covers."""
    kept: list[Found] = []
    spans = sorted(taken)
    at = 0
    for item in found:
        start, end = item.span.start, item.span.end
        while at < len(spans) and spans[at].end <= start:
            at += 1
        if (at == len(spans) or spans[at].start >= end) and not (kept and kept[-1].span.end > start):
            kept.append(item)
    return kept


def as_printed(report: Report, found: Iterable[Found]) -> tuple[Refused, ...]:
    """The refused places with their words and lines."""
    return tuple(
        Refused(
            text=" ".join(f.span.of(report.text).split()),
            start=f.span.start,
            end=f.span.end,
            line=report.line_of(f.span.start),
            why=f.row.name,
        )
        for f in found
    )
