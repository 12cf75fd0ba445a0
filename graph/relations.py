"""What a text does with the instrument it cites, told by the clause around the citation.

Never asked of the citation itself: the cue is searched before it, up to the previous citation, which it
shares a list with or in whose title it stands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from corpus.folding import fold
from corpus.tables import rows
from graph.lead import type_before
from graph.model import Relation
from graph.wording import whole_words

_FILLER = re.compile(r"\s*(?:[a-z]+\s+){0,6}?(?:[a-z]+)?\s*")
_SEPARATOR = re.compile(
    r"[\s\"”’)]*(?:[,;]|\b(?:va|cung(?:\s+voi)?|hoac|den)\b)?\s*(?:va\s+)?(?:(?:cac|nhung|mot so)\s+)?"
    r"(?:so\s*:?\s*)?"
)
_ENDS_AS_LIST = re.compile(r"(?:[,;]|\b(?:va|cung|hoac|cung voi))\s*(?:(?:cac|nhung)\s+)?$")
_AROUND_PREDICATE = re.compile(r"\s*[,(]?\s*(?:(?:da|nham|de)\s+)?")
_CLAUSE_MARKS = '.;:“”"'
# A cue that near governs over up to six words.
_NEAR = 40
IMPLEMENTS = "cụ thể hóa/thực hiện"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A row of graph/data/cues.toml: words, the relation they state, the link they make between two instruments.

    `passive`: the second does it to the first ("được sửa đổi, bổ sung bởi").
    """

    name: str
    relation: Literal["căn cứ", "thực hiện", "quán triệt", "ban hành", "khác", "theo"]
    link: str | None = None
    passive: bool = False
    also: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    rejects: tuple[str, ...] = ()


class FoundCue(NamedTuple):
    """A cue in a text: the row, and the offsets of its words."""

    cue: Cue
    start: int
    end: int


@cache
def cues() -> tuple[Cue, ...]:
    """All rows of the cue table."""
    return rows("graph", "cues", "cue", Cue)


@cache
def _by_words() -> dict[str, Cue]:
    return {fold(words): cue for cue in cues() for words in (cue.name, *cue.also)}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(whole_words(tuple(_by_words())))


def find_cues(folded: str, start: int, end: int) -> list[FoundCue]:
    """The cues between two offsets, in order."""
    by_words = _by_words()
    return [
        FoundCue(by_words[" ".join(m[0].split())], m.start(), m.end()) for m in _pattern().finditer(folded, start, end)
    ]


def is_list_separator(folded: str, start: int, end: int) -> bool:
    """Is there nothing but "," ";" "và" "các" between two citations?"""
    return _SEPARATOR.fullmatch(folded, start, end) is not None


def ends_as_list(folded: str, start: int, end: int) -> bool:
    """Does the text before a citation end in "," ";" or "và": is it one more member of a list?"""
    return _ENDS_AS_LIST.search(folded, start, end) is not None


def governing(folded: str, cues: Sequence[FoundCue], end: int) -> FoundCue | None:
    """The one of `cues` that governs the citation at `end`: the nearest that is no attribute of another document.

    "ban hành Kế hoạch thực hiện công tác …: Kế hoạch số 31": the plan is issued; its "thực hiện" is an attribute.
    """
    for cue in reversed(cues):
        if end - cue.end < _NEAR and _FILLER.fullmatch(folded, cue.end, end):
            return cue
        if type_before(folded, cue.start) is None:
            return cue
    return cues[-1] if cues else None


def relation_of(folded: str, start: int, cue: FoundCue, cues: Sequence[FoundCue]) -> Relation:
    """What a cue, one of `cues`, states in its clause, which begins at `start` at the earliest."""
    stated = cue.cue.relation
    if stated == "theo":
        return "thực hiện" if "thực hiện" in _before(folded, start, cue, cues) else "căn cứ"
    if stated == "thực hiện" and "quán triệt" in _before(folded, start, cue, cues):
        return "quán triệt"
    return stated


def _before(folded: str, start: int, cue: FoundCue, cues: Sequence[FoundCue]) -> set[str]:
    clause = max(start, *(folded.rfind(mark, start, cue.start) + 1 for mark in _CLAUSE_MARKS))
    return {c.cue.relation for c in cues if clause <= c.start < cue.start}


def is_predicate(folded: str, start: int, end: int, cue: FoundCue) -> bool:
    """Is the cue all that stands between two citations: "Kế hoạch số 5 cụ thể hóa Chỉ thị số 6"?"""
    return _AROUND_PREDICATE.fullmatch(folded, start, cue.start) is not None and cue.end + 1 >= end


def link_of(cues: Sequence[FoundCue]) -> str | None:
    """What the cues between two citations say that the first does to the second: the nearest that makes a link."""
    made = (c.cue.link or (IMPLEMENTS if c.cue.relation == "thực hiện" else None) for c in reversed(cues))
    return next((link for link in made if link), None)
