"""Where words begin and end: Vietnamese writes a space between syllables, so a phrase can cut a word.

underthesea says which syllables are one word, clause by clause; its word list mends what it glues together.
The result is a text with marks between the syllables, which every engine can store and search.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, compress, islice, product
from operator import eq, not_

from corpus.tables import rows
from index.syllables import SYLLABLE, Range, canonical, clause_ranges
from index.tagger import inside, package_file, tokenize

# The marks between two syllables: of one word; of two words; of two words the first of which leans on the second
# (a phrase may begin after it, not end before it); of two clauses.
INSIDE, BETWEEN, LEANS, CLAUSE = "_", " ", ">", "\n"

VERSION = 1
"""Raised when the rules give another `Prepared.marked` than before: what is kept of older ones is then made again."""
# No word and no name is longer; of the word list the longest has 17 syllables.
_LONGEST = 20
# How many spellings of one word are tried: six of its syllables may be spelled in two ways.
_SPELLINGS = 64

Word = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text made ready for search; `marked` has one place for each character of the text, so offsets are shared.

    In it syllables stand in canonical form, and every other character is one of the marks.
    """

    marked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A row of `data/words.toml`: an expression whose first syllable belongs to the next."""

    name: str
    examples: tuple[tuple[str, str], ...]
    rejects: tuple[tuple[str, str], ...]


def prepare(text: str) -> Prepared:
    """`text` (NFC) made ready for search; a pure function, 0.02 s for a report of 14,000 characters.

    >>> prepare("Nhân dân chủ động, hoà giải.").marked
    'nhân_dân chủ_động  hòa_gỉai\\n'
    """
    spans = [match.span() for match in SYLLABLE.finditer(text)]
    keys = [canonical(text[start:end]) for start, end in spans]
    plain = text.replace("Ð", "Đ").replace("ð", "đ")  # letters of another alphabet, which the model does not know
    marks: list[str] = []
    for first, last in clause_ranges(text, spans):
        marks.append(CLAUSE)
        marks += _marks(plain, spans[first:last], tuple(keys[first:last]))
    return _mark(text, spans, keys, marks, CLAUSE)


def unsegmented(text: str) -> Prepared:
    """`text` (NFC) ready for search without words and clauses: for names, of which no phrase cuts a part."""
    spans = [match.span() for match in SYLLABLE.finditer(text)]
    keys = [canonical(text[start:end]) for start, end in spans]
    return _mark(text, spans, keys, [BETWEEN] * len(spans), BETWEEN)


def _mark(text: str, spans: Sequence[Range], keys: Sequence[str], marks: Sequence[str], last: str) -> Prepared:
    """`text` with `keys[i]` in the place of the syllable `spans[i]`, and `marks[i]` in all places before it."""
    marked: list[str] = []
    at = 0
    for mark, (start, end), key in zip(marks, spans, keys, strict=True):
        marked += (mark * (start - at), key)
        at = end
    marked.append(last * (len(text) - at))
    return Prepared("".join(marked))


def _marks(text: str, clause: Sequence[Range], keys: Word) -> list[str]:
    """The marks between the syllables of a clause."""
    marks = [BETWEEN] * (len(clause) - 1)
    for start, end in _words(text, clause):
        written = text[clause[start][0] : clause[end - 1][1]]
        marks[start : end - 1] = _inner(
            keys[start:end], name=not written.isupper() and all(text[span[0]].isupper() for span in clause[start:end])
        )
    if not _bound().keys().isdisjoint(keys):
        _lean(keys, marks)
    return marks


def _lean(keys: Word, marks: list[str]) -> None:
    for at, key in enumerate(keys):
        for bound in _bound().get(key, ()):
            if keys[at : at + len(bound)] == bound and marks[at] == BETWEEN:
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
    if len(word) > _LONGEST:
        return (BETWEEN,) * (len(word) - 1)
    known, head, tail = _is_known(word), _is_known(word[:-1]), _is_known(word[1:])
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
        best.append(min((o for o in options if len(o[-1]) == 1 or (o[-1] != word and _is_known(o[-1]))), key=_cost))
    return best[-1]


def _cost(parts: tuple[Word, ...]) -> tuple[int, int, list[int]]:
    lengths = [len(part) for part in parts]
    return lengths.count(1), len(parts), [-length for length in lengths]


def _words(text: str, clause: Sequence[Range]) -> Iterator[Range]:
    """The words of several syllables in a clause, as ranges of its syllables; only white space parts these."""
    written = text[clause[0][0] : clause[-1][1]]
    # A heading in capitals is segmented as badly as one long name.
    lower = written.lower() if written.isupper() else written
    tokens: list[str] = []
    homes: list[int] = []
    for chunk in lower.split():
        of_chunk, places = _tokens(chunk)
        homes += map(len(tokens).__add__, places)
        tokens += of_chunk
    if len(lower) != len(written):  # a letter has become two: nothing is known of its words
        return
    number = list(accumulate(map(not_, inside(tokens))))
    words = [number[home] for home in homes]
    start = end = 0
    for at in compress(range(1, len(words)), map(eq, words, words[1:])):
        if text[clause[at - 1][1] : clause[at][0]].isspace():
            if at != end:
                if end:
                    yield start, end
                start = at - 1
            end = at + 1
    if end:
        yield start, end


@lru_cache(maxsize=1 << 15)
def _tokens(chunk: str) -> tuple[list[str], list[int]]:
    """The tokens of a part of a clause without white space, and for each of its syllables the token it starts in."""
    found = tokenize(chunk)
    ends = list(accumulate(map(len, found)))
    return found, [bisect_right(ends, match.start()) for match in SYLLABLE.finditer(chunk)]


@lru_cache(maxsize=1 << 16)
def _is_known(word: Word) -> bool:
    """Does underthesea's list of words, names left out, hold a word of two syllables and more in some spelling?"""
    known, spellings = _lexicon()
    spelled = islice(product(*(spellings.get(key, ()) for key in word)), _SPELLINGS)
    return len(word) > 1 and any(" ".join(syllables) in known for syllables in spelled)


@cache
def _lexicon() -> tuple[frozenset[str], dict[str, list[str]]]:
    """The words as they are spelled, and for each canonical syllable its spellings."""
    text = unicodedata.normalize("NFC", package_file("transformer/Viet74K.txt").read_text(encoding="utf-8"))
    lines = [line for line in text.split("\n") if line.islower()]
    text = "\n".join(lines)
    for char in set(text) - {" ", "\n"}:
        if not SYLLABLE.fullmatch(char):
            text = text.replace(char, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    known = frozenset(map(str.strip, text.split("\n")))
    spellings: dict[str, list[str]] = {}
    for syllable in set(text.split()):
        spellings.setdefault(canonical(syllable), []).append(syllable)
    return known, spellings


@cache
def _bound() -> dict[str, list[Word]]:
    found: dict[str, list[Word]] = {}
    for row in rows("index", "words", "bound", Bound):
        word = _canonical_word(row.name)
        found.setdefault(word[0], []).append(word)
    return found


def _canonical_word(text: str) -> Word:
    return tuple(canonical(syllable) for syllable in SYLLABLE.findall(text))
