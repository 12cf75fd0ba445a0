"""Where a phrase stands in a prepared text: the meaning of a hit, the same for every engine."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.abbreviations import Form
from index.query import Phrase, Prefix, Sought
from index.syllables import accepts, unaccented
from index.words import BETWEEN, CLAUSE, INSIDE, LEANS, Prepared

_MARKS = frozenset((INSIDE, BETWEEN, LEANS, CLAUSE))
_BEGINS_AFTER = frozenset((BETWEEN, LEANS, CLAUSE))
_ENDS_BEFORE = frozenset((BETWEEN, CLAUSE))
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_EDGE = f"(?![^{BETWEEN}{CLAUSE}])"
_MARKED_EDGE = f"(?![^{INSIDE}{BETWEEN}{LEANS}{CLAUSE}])"
_SPLIT = re.compile(f"[{INSIDE}{BETWEEN}{LEANS}]+")


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """One place of a text where a phrase stands: offsets into the text, as a half-open range.

    `whole_word` is False where the phrase cuts a word that it does not contain ("nhân | dân chủ | tịch");
    `exact_accents` is False where the text has accents that were not typed, or lacks those that were.
    """

    start: int
    end: int
    whole_word: bool
    exact_accents: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What one text has of a phrase: about how many places, and whether the best is whole and then whether exact.

    `count` is an estimate for ranking: it takes no account of accents, and of no punctuation inside the phrase.
    """

    count: int
    whole_word: bool
    exact_accents: bool


def find(sought: Sought, text: Prepared) -> Iterator[Match]:
    """All places where `sought` stands in `text`, in order for each of its forms."""
    if isinstance(sought, Prefix):
        yield from _syllables(sought, text)
    else:
        for form in sought.forms:
            yield from _places(form, text, _pattern(form), text.folded)


def tally(sought: Sought, text: Prepared) -> Tally | None:
    """What `text` has of `sought`; None where it has nothing."""
    best = _best(sought, text)
    if best is None:
        return None
    literals = [sought.stem] if isinstance(sought, Prefix) else map(" ".join, sought.forms)
    return Tally(max(1, sum(text.folded.count(unaccented(literal)) for literal in literals)), *best)


def _best(sought: Sought, text: Prepared) -> tuple[bool, bool] | None:
    """Whether the best place is a whole word, and has exact accents; it reads no more places than it must."""
    if isinstance(sought, Phrase):
        exact = (match for form in sought.forms for match in _places(form, text, _exact(form), text.marked))
        if any(match.whole_word for match in exact):
            return True, True
    best = None
    for match in find(sought, text):
        best = max(best or (False, False), (match.whole_word, match.exact_accents))
        if match.whole_word and (match.exact_accents or isinstance(sought, Phrase)):
            break  # a phrase that is whole and exact has been found above
    return best


def matches(sought: Sequence[Sought], text: Prepared) -> tuple[Match, ...]:
    """All places where one of the phrases stands, in order; of two on the same place, the better one."""
    best: dict[tuple[int, int], Match] = {}
    for match in sorted(match for phrase in sought for match in find(phrase, text)):
        best[match.start, match.end] = match
    return tuple(best.values())


def stems(sought: Sought) -> tuple[re.Pattern[str], ...]:
    """Patterns for `Prepared.folded`, one of which fits wherever `sought` stands: a quick first test."""
    return (_prefix(sought.stem),) if isinstance(sought, Prefix) else tuple(map(_pattern, sought.forms))


@lru_cache(maxsize=1024)
def _pattern(form: Form) -> re.Pattern[str]:
    # The literal comes first: `re` then looks for it as fast as str.find.  The other edge is tested afterwards.
    return re.compile(f"{BETWEEN}+".join(re.escape(unaccented(syllable)) for syllable in form) + _EDGE)


@lru_cache(maxsize=1024)
def _exact(form: Form) -> re.Pattern[str]:
    """A pattern for `Prepared.marked`."""
    return re.compile(f"[{INSIDE}{BETWEEN}{LEANS}]+".join(map(re.escape, form)) + _MARKED_EDGE)


@lru_cache(maxsize=1024)
def _prefix(stem: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(unaccented(stem))}[^{BETWEEN}{CLAUSE}]*")


def _places(form: Form, text: Prepared, pattern: re.Pattern[str], where: str) -> Iterator[Match]:
    """The places that `pattern` finds in one of the strings of `text`, and that `form` accepts."""
    found = pattern.search(where)
    while found:
        start, end = found.span()
        if _begins_syllable(text.marked, start):
            written = _SPLIT.split(text.marked[start:end])
            if all(map(accepts, form, written)):
                yield Match(start, end, _is_whole(text.marked, start, end, len(form)), tuple(written) == form)
        found = pattern.search(where, start + 1)


def _syllables(prefix: Prefix, text: Prepared) -> Iterator[Match]:
    for found in _prefix(prefix.stem).finditer(text.folded):
        start, end = found.span()
        written = text.marked[start:end]
        if _begins_syllable(text.marked, start) and _begins(prefix.stem, written):
            yield Match(start, end, whole_word=True, exact_accents=_letters(written).startswith(_letters(prefix.stem)))


def _begins_syllable(marked: str, start: int) -> bool:
    return not start or marked[start - 1] in _MARKS


def _is_whole(marked: str, start: int, end: int, length: int) -> bool:
    """Does a phrase of so many syllables cut no word, or lie inside one as a whole?"""
    begins = not start or marked[start - 1] in _BEGINS_AFTER
    ends = end == len(marked) or marked[end] in _ENDS_BEFORE
    return length == 1 or (begins and ends) or _MARKS.intersection(marked[start:end]) == {INSIDE}


def _begins(stem: str, written: str) -> bool:
    """Does a written syllable begin with a typed stem (both canonical)?

    A tone is set last, so a stem without one fits all tones, and stands wherever the syllable has it.
    """
    plain = unaccented(stem)
    if stem == plain or written == unaccented(written):
        return unaccented(written).startswith(plain)
    return _letters(written).startswith(_letters(stem)) and _tone(stem) in ("", _tone(written))


@lru_cache(maxsize=1 << 14)
def _letters(syllable: str) -> str:
    return unicodedata.normalize("NFC", _TONE.sub("", unicodedata.normalize("NFD", syllable)))


def _tone(syllable: str) -> str:
    return "".join(_TONE.findall(unicodedata.normalize("NFD", syllable)))
