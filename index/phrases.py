"""Where a phrase stands in a prepared text: the meaning of a hit, the same for every engine."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.abbreviations import Form
from index.query import Prefix, Sought
from index.syllables import accepts, unaccented
from index.words import BETWEEN, CLAUSE, INSIDE, LEANS, Searchable

_BEGINS_AFTER = frozenset((BETWEEN, LEANS, CLAUSE))
_ENDS_BEFORE = frozenset((BETWEEN, CLAUSE))
_MARKS = _BEGINS_AFTER | {INSIDE}
_EDGE = f"(?![^{BETWEEN}{CLAUSE}])"
_SPLIT = re.compile(f"[{INSIDE}{BETWEEN}{LEANS}]+")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """One place of a text where a phrase stands: offsets into the text, as a half-open range.

    `whole_word` is False where the phrase cuts a word that it does not contain ("nhân | dân chủ | tịch");
    `exact_accents` is False where accents were typed that the text, written without any, does not have.
    """

    start: int
    end: int
    whole_word: bool
    exact_accents: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What one text has of a phrase: about how many places, and whether the best is whole and then whether exact.

    `count` is for ranking: it may hold places with other accents.
    """

    count: int
    whole_word: bool
    exact_accents: bool


def find(sought: Sought, text: Searchable) -> Iterator[Match]:
    """All places where `sought` stands in `text`, in order for each of its forms."""
    if isinstance(sought, Prefix):
        yield from _beginnings(sought, text)
    else:
        for form in sought.forms:
            yield from _places(form, text)


def tally(sought: Sought, text: Searchable) -> Tally | None:
    """What `text` has of `sought`; None where it has nothing."""
    count, best = 0, (False, False)
    for match in find(sought, text):
        count, best = count + 1, max(best, (match.whole_word, match.exact_accents))
        if best == (True, True):
            # Nothing better will come; what is left is counted without looking at it.
            return Tally(sum(len(pattern.findall(text.folded)) for pattern in _patterns(sought)), *best)
    return Tally(count, *best) if count else None


def matches(sought: Sequence[Sought], text: Searchable) -> tuple[Match, ...]:
    """All places where one of the phrases stands, in order; of two on the same place, the better one."""
    best: dict[tuple[int, int], Match] = {}
    for match in sorted(match for phrase in sought for match in find(phrase, text)):
        best[match.start, match.end] = match
    return tuple(best.values())


def _patterns(sought: Sought) -> tuple[re.Pattern[str], ...]:
    """What is looked for in `Prepared.folded`."""
    return (_prefix(sought.stem),) if isinstance(sought, Prefix) else tuple(map(_pattern, sought.forms))


@lru_cache(maxsize=1024)
def _pattern(form: Form) -> re.Pattern[str]:
    # The literal comes first: `re` then looks for it as fast as str.find.  The other edge is tested afterwards.
    return re.compile(f"{BETWEEN}+".join(re.escape(unaccented(syllable)) for syllable in form) + _EDGE)


@lru_cache(maxsize=1024)
def _prefix(stem: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(unaccented(stem))}[^{BETWEEN}{CLAUSE}]*")


def _places(form: Form, text: Searchable) -> Iterator[Match]:
    pattern, folded = _pattern(form), text.folded
    found = pattern.search(folded)
    while found:
        start, end = found.span()
        if not start or folded[start - 1] in _MARKS:
            before, inner, after = text.around(start, end)
            written = _SPLIT.split(inner)
            if all(map(accepts, form, written)):
                whole = len(form) == 1 or _is_whole(before, inner, after)
                yield Match(start, end, whole, all(map(_has_accents, form, written)))
        found = pattern.search(folded, start + 1)


def _is_whole(before: str, inner: str, after: str) -> bool:
    """Does a phrase cut no word, or lie inside one as a whole?"""
    return (before in _BEGINS_AFTER and after in _ENDS_BEFORE) or _MARKS.intersection(inner) == {INSIDE}


def _has_accents(typed: str, written: str) -> bool:
    """Are the accents those that were typed?  Where none were, any may stand."""
    return typed in (written, unaccented(written))


def _beginnings(prefix: Prefix, text: Searchable) -> Iterator[Match]:
    for found in _prefix(prefix.stem).finditer(text.folded):
        start, end = found.span()
        if not start or text.folded[start - 1] in _MARKS:
            _, written, _ = text.around(start, end)
            if _begins(prefix.stem, written):
                plain = written == unaccented(written) and prefix.stem != unaccented(prefix.stem)
                yield Match(start, end, whole_word=True, exact_accents=not plain)


@lru_cache(maxsize=1 << 14)
def _begins(stem: str, written: str) -> bool:
    """Does a written syllable begin with a typed stem (both canonical)?

    A tone is set last, so a stem without one fits all tones; it stands on the first vowel, wherever it was typed.
    """
    plain = unaccented(stem)
    if stem == plain or written == unaccented(written):
        return unaccented(written).startswith(plain)
    return _letters(written).startswith(_letters(stem)) and _tone(stem) in ("", _tone(written))


def _letters(syllable: str) -> str:
    return unicodedata.normalize("NFC", _TONE.sub("", unicodedata.normalize("NFD", syllable)))


def _tone(syllable: str) -> str:
    return "".join(_TONE.findall(unicodedata.normalize("NFD", syllable)))
