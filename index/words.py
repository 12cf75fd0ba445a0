"""Where words begin and end: Vietnamese writes a space between syllables, so a phrase can cut a word.

underthesea says which syllables are one word, clause by clause; its word list mends what it glues together.
The result is a text with marks between the syllables, which every engine can store and search.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Protocol

from corpus.model import Span
from corpus.tables import rows
from index.syllables import ETH, SYLLABLE, canonical, clauses, unaccented

# The marks between two syllables: of one word; of two words; of two words the first of which leans on the second
# (a phrase may begin after it, not end before it); of two clauses.
INSIDE, BETWEEN, LEANS, CLAUSE = "_", " ", ">", "\n"

# underthesea needs 2.3 GB for a line of 1 MB.  Of 2,800 clauses of real reports the longest had 824 characters.
_LONGEST = 2000

VERSION = 1
"""Raised when the rules give another `Prepared.marked` than before: what is kept of older ones is then made again."""

Word = tuple[str, ...]


class Searchable(Protocol):
    """A text that can be searched: a `Prepared` one, or one that an index reads as far as it is asked."""

    @property
    def folded(self) -> bytes | memoryview:
        """See `Prepared`."""

    def around(self, start: int, end: int) -> tuple[str, str, str]:
        """A range of `marked`, between the mark before it and the mark after it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text made ready for search: both values have one place for each character of the text, so offsets are shared.

    In `marked` syllables stand in canonical form, and every other character is one of the marks.  In `folded` they
    stand as `fold_bytes` gives them, and the marks are BETWEEN and CLAUSE alone.
    """

    marked: str
    folded: bytes

    def around(self, start: int, end: int) -> tuple[str, str, str]:
        """A range of `marked`, between the characters before and after it; at the ends of the text CLAUSE."""
        before, after = self.marked[start - 1 : start] if start else "", self.marked[end : end + 1]
        return before or CLAUSE, self.marked[start:end], after or CLAUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A row of `data/words.toml`: an expression whose first syllable belongs to the next."""

    name: str
    examples: tuple[tuple[str, str], ...]
    rejects: tuple[tuple[str, str], ...]


def prepare(text: str) -> Prepared:
    """`text` (NFC) made ready for search; a pure function, 0.1 s for a report of 14,000 characters.

    >>> prepare("Nhân dân chủ động, hoà giải.").marked
    'nhân_dân chủ_động  hòa_gỉai\\n'
    """
    found = clauses(text)
    marks = [mark for clause in found for mark in (CLAUSE, *_marks(text, clause))]
    return _mark(text, [span for clause in found for span in clause], marks, CLAUSE)


def unsegmented(text: str) -> Prepared:
    """`text` (NFC) ready for search without words and clauses: for names, of which no phrase cuts a part."""
    spans = [Span(*match.span()) for match in SYLLABLE.finditer(text)]
    return _mark(text, spans, [BETWEEN] * len(spans), BETWEEN)


def _mark(text: str, spans: Sequence[Span], marks: Sequence[str], last: str) -> Prepared:
    """`text` with `marks[i]` in all places between the syllable `spans[i]` and the one before it."""
    marked, folded, at = [], [], 0
    for mark, span in zip(marks, spans, strict=True):
        syllable, gap = canonical(span.of(text)), span.start - at
        marked += [mark * gap, syllable]
        folded += [(CLAUSE if mark == CLAUSE else BETWEEN) * gap, syllable]
        at = span.end
    rest = last * (len(text) - at)
    return Prepared("".join([*marked, rest]), b"".join(map(fold_bytes, [*folded, rest])))


@lru_cache(maxsize=1 << 16)
def fold_bytes(syllable: str) -> bytes:
    """A canonical syllable without accents, one byte for each letter; all beyond Latin-1 are "?".

    It says where a phrase may stand, quickly; the accents, and the other letters, are compared there.
    """
    return unaccented(syllable).encode("latin-1", "replace")


def _marks(text: str, clause: Sequence[Span]) -> list[str]:
    """The marks between the syllables of a clause."""
    word = tuple(canonical(span.of(text)) for span in clause)
    marks = [BETWEEN] * (len(clause) - 1)
    for start, end in _tokens(text, clause):
        capitals = all(text[span.start].isupper() for span in clause[start:end])
        shouted = text[clause[start].start : clause[end - 1].end].isupper()
        marks[start : end - 1] = _inner(word[start:end], name=capitals and not shouted)
    _lean(word, marks)
    return marks


def _lean(word: Word, marks: list[str]) -> None:
    for at, syllable in enumerate(word):
        for bound in _bound().get(syllable, ()):
            if word[at : at + len(bound)] == bound and marks[at] == BETWEEN:
                marks[at] = LEANS
                if at and marks[at - 1] == INSIDE:
                    marks[at - 1] = BETWEEN


@lru_cache(maxsize=1 << 14)
def _inner(word: Word, *, name: bool) -> tuple[str, ...]:
    """The marks inside a token of underthesea.

    What the word list knows is one word, and so is the name of a person or a place.  Four syllables and more are a
    compound of words ("tập trung | dân chủ"); a token that the list does not know is taken apart by it.
    """
    whole = (INSIDE,) * (len(word) - 1)
    known, head, tail = word in _lexicon(), word[:-1] in _lexicon(), word[1:] in _lexicon()
    if len(word) <= 3 and known:
        return (LEANS, INSIDE) if tail else whole  # "phó bí thư": "bí thư chi bộ" begins inside it
    if len(word) == 3 and head and tail:  # "hành chính quyền": either may be meant
        return (BETWEEN, BETWEEN)
    parts = _parts(word)
    if (known and min(map(len, parts)) == 1) or (name and max(map(len, parts)) == 1):
        return whole
    marks = [mark for part in parts for mark in (*[INSIDE] * (len(part) - 1), BETWEEN)]
    return tuple(marks[:-1])


def _parts(word: Word) -> tuple[Word, ...]:
    """`word` in parts that the word list knows: few single syllables, then few parts, then long ones first."""
    best: list[tuple[Word, ...]] = [()]
    for end in range(1, len(word) + 1):
        options = [(*best[start], word[start:end]) for start in range(max(0, end - 3), end)]
        best.append(min((o for o in options if len(o[-1]) == 1 or (o[-1] in _lexicon() and o[-1] != word)), key=_cost))
    return best[-1]


def _cost(parts: tuple[Word, ...]) -> tuple[int, int, list[int]]:
    lengths = [len(part) for part in parts]
    return lengths.count(1), len(parts), [-length for length in lengths]


def _tokens(text: str, clause: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The tokens of several syllables in a clause, as ranges of its syllables; only white space parts them.

    underthesea gives strings without offsets; they are laid on the clause by counting what is no white space.
    """
    for first, last in _stretches(clause):
        written = text[clause[first].start : clause[last - 1].end]
        ends = list(accumulate(_dense(token) for token in _tokenize(written)))
        if ends[-1] != _dense(written):  # it has rewritten a character: no word of this stretch is known
            continue
        of_token, offset, before = [], 0, clause[first].start
        for span in clause[first:last]:
            offset += _dense(text[before : span.start])
            of_token.append(bisect_right(ends, offset))
            offset, before = offset + span.end - span.start, span.end
        start = first
        for at in range(first + 1, last + 1):
            same = at < last and of_token[at - first] == of_token[at - first - 1]
            if not (same and text[clause[at - 1].end : clause[at].start].isspace()):
                if at - start > 1:
                    yield start, at
                start = at


def _dense(text: str) -> int:
    """How many characters of `text` are no white space."""
    return len("".join(text.split()))


def _stretches(clause: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """A clause as ranges of syllables that are short enough for underthesea."""
    start = 0
    for at, span in enumerate(clause):
        if span.end - clause[start].start > _LONGEST and at > start:
            yield start, at
            start = at
    yield start, len(clause)


def _tokenize(text: str) -> list[str]:
    from underthesea.pipeline.word_tokenize import word_tokenize

    # A heading in capitals is segmented as badly as one long name; Ð is the letter of another alphabet.
    text = " ".join(text.translate(ETH).split())
    tokens: list[str] = word_tokenize(text.lower() if text.isupper() else text, use_token_normalize=False)
    return tokens


@cache
def _lexicon() -> frozenset[Word]:
    """The words of two syllables and more that underthesea ships, in canonical form; without names."""
    lines = files("underthesea").joinpath("transformer/Viet74K.txt").read_text(encoding="utf-8").splitlines()
    words = (_canonical_word(unicodedata.normalize("NFC", line)) for line in lines if line.islower())
    return frozenset(word for word in words if len(word) > 1)


@cache
def _bound() -> dict[str, list[Word]]:
    found: dict[str, list[Word]] = {}
    for row in rows("index", "words", "bound", Bound):
        word = _canonical_word(row.name)
        found.setdefault(word[0], []).append(word)
    return found


def _canonical_word(text: str) -> Word:
    return tuple(canonical(syllable) for syllable in SYLLABLE.findall(text))
