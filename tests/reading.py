"""Where a phrase stands, told by reading a text syllable by syllable: what every engine is compared with."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.engine import Match
from index.query import Phrase, Prefix, Sought
from index.syllables import accepts, begins, has_accents, unaccented
from index.words import BETWEEN, CLAUSE, INSIDE, LEANS, Prepared

MARKS = BETWEEN + CLAUSE + INSIDE + LEANS


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable of a text and the marks at its sides; the text ends as a clause does."""

    syllable: str
    start: int
    before: str
    after: str

    @property
    def end(self) -> int:
        return self.start + len(self.syllable)


def tokens(marked: str) -> list[Token]:
    made: list[Token] = []
    at = 0
    for part in "".join(f"\0{c}\0" if c in MARKS else c for c in marked).split("\0"):
        if part and part not in MARKS:
            end = at + len(part)
            last = not marked[end:].strip(MARKS)
            before = marked[at - 1] if made else CLAUSE
            made.append(Token(part, at, before, CLAUSE if last else marked[end]))
        at += len(part)
    return made


def places(sought: Sought, text: Prepared) -> set[Match]:
    """All places of a phrase, syllable by syllable."""
    row, found = tokens(text.marked), set()
    if isinstance(sought, Prefix):
        for t in row:
            if begins(sought.stem, t.syllable):
                plain = t.syllable == unaccented(t.syllable) and sought.stem != unaccented(sought.stem)
                found.add(Match(t.start, t.end, whole_word=True, exact_accents=not plain))
        return found
    for form in sought.forms:
        for i in range(len(row) - len(form) + 1):
            part = row[i : i + len(form)]
            inner = [t.after for t in part[:-1]]
            if CLAUSE in inner or not all(accepts(a, b.syllable) for a, b in zip(form, part, strict=True)):
                continue
            nested = len(form) == 1 or set(inner) == {INSIDE}
            whole = nested or (part[0].before != INSIDE and part[-1].after in (BETWEEN, CLAUSE))
            exact = all(has_accents(a, b.syllable) for a, b in zip(form, part, strict=True))
            found.add(Match(part[0].start, part[-1].end, whole, exact))
    return found


def best(found: Iterable[Match]) -> tuple[bool, bool] | None:
    """The quality of the best place, None where there is none."""
    return max(((match.whole_word, match.exact_accents) for match in found), default=None)


def matches(sought: Iterable[Phrase | Prefix], text: Prepared) -> tuple[Match, ...]:
    """All places of phrases, in order; of two on the same place the better one."""
    found = {(m.start, m.end): m for m in sorted(match for phrase in sought for match in places(phrase, text))}
    return tuple(found.values())
