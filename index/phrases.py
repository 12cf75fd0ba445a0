"""Where a phrase stands in a prepared text: the meaning of a hit, the same for every engine."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.abbreviations import Form
from index.query import Prefix, Sought
from index.syllables import accepts, unaccented
from index.words import BETWEEN, CLAUSE, INSIDE, LEANS, Searchable, fold_bytes

_BEGINS_AFTER = frozenset((BETWEEN, LEANS, CLAUSE))
_ENDS_BEFORE = frozenset((BETWEEN, CLAUSE))
_MARKS = _BEGINS_AFTER | {INSIDE}
_FOLDED_MARKS = (BETWEEN + CLAUSE).encode()
_GAP = BETWEEN.encode() + b"+"
_EDGE = b"(?![^%b])" % _FOLDED_MARKS
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


def find(sought: Sought, text: Searchable) -> Iterator[Match]:
    """All places where `sought` stands in `text`, in order for each of its forms."""
    if isinstance(sought, Prefix):
        yield from _beginnings(sought, text)
    else:
        for form in sought.forms:
            yield from _places(form, text)


def best(sought: Sought, text: Searchable) -> Match | None:
    """One of the places that nothing beats: whole words before cut ones, then exact accents before others."""
    found: Match | None = None
    for match in find(sought, text):
        if found is None or _quality(match) > _quality(found):
            found = match
        if _quality(found) == (True, True):
            break
    return found


def _quality(match: Match) -> tuple[bool, bool]:
    return match.whole_word, match.exact_accents


def matches(sought: Sequence[Sought], text: Searchable) -> tuple[Match, ...]:
    """All places where one of the phrases stands, in order; of two on the same place, the better one."""
    places: dict[tuple[int, int], Match] = {}
    for match in sorted(match for phrase in sought for match in find(phrase, text)):
        places[match.start, match.end] = match
    return tuple(places.values())


@lru_cache(maxsize=1024)
def _pattern(form: Form) -> re.Pattern[bytes]:
    """Where `form` may stand in `Prepared.folded`; the edge before it is still to be looked at."""
    # The literal comes first: `re` then reads a gigabyte in a second.
    return re.compile(_GAP.join(re.escape(fold_bytes(s)) for s in form) + _EDGE)


@lru_cache(maxsize=1024)
def _prefix(stem: str) -> re.Pattern[bytes]:
    return re.compile(b"%b[^%b]*" % (re.escape(fold_bytes(stem)), _FOLDED_MARKS))


def _places(form: Form, text: Searchable) -> Iterator[Match]:
    pattern, folded = _pattern(form), text.folded
    found = pattern.search(folded)
    while found:
        start, end = found.span()
        if not start or folded[start - 1] in _FOLDED_MARKS:
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
        if not start or text.folded[start - 1] in _FOLDED_MARKS:
            _, written, _ = text.around(start, end)
            if begins(prefix.stem, written):
                plain = written == unaccented(written) and prefix.stem != unaccented(prefix.stem)
                yield Match(start, end, whole_word=True, exact_accents=not plain)


@lru_cache(maxsize=1 << 14)
def begins(stem: str, written: str) -> bool:
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
