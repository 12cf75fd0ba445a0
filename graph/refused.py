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
    """A row of graph/data/refused.toml; `blocks` forbids to read a citation inside what it matches."""

    name: str
    pattern: str
    blocks: bool = False
    examples: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern, a whole word at its left side."""
        return re.compile(rf"(?<![a-z0-9])(?:{self.pattern})")


@cache
def refusals() -> tuple[Refusal, ...]:
    """All rows of the table."""
    return rows("graph", "refused", "refused", Refusal)


@cache
def _compiled() -> tuple[tuple[Refusal, re.Pattern[str]], ...]:
    return tuple((row, row.regex) for row in refusals())


def find_refused(report: Report, folded: str) -> tuple[list[Refused], list[Span]]:
    """All places that the table refuses, in order, and the spans inside which no citation may be read."""
    found, blocked = [], []
    for row, regex in _compiled():
        for match in regex.finditer(folded):
            span = Span(match.start(), match.end())
            printed = " ".join(span.of(report.text).split())
            found.append(
                Refused(text=printed, start=span.start, end=span.end, line=report.line_of(span.start), why=row.name)
            )
            if row.blocks:
                blocked.append(span)
    return sorted(found, key=lambda r: r.start), blocked


def without(refused: Iterable[Refused], taken: Iterable[Span]) -> tuple[Refused, ...]:
    """The refused places that no citation, date or other refused place (`taken`, ordered) covers."""
    kept: list[Refused] = []
    spans = sorted(taken)
    at = 0
    for item in refused:
        while at < len(spans) and spans[at].end <= item.start:
            at += 1
        if (at == len(spans) or spans[at].start >= item.end) and not (kept and kept[-1].end > item.start):
            kept.append(item)
    return tuple(kept)
