"""Syllables: what a Vietnamese text is searched by, and where a phrase must end.

A syllable is a run of letters and digits.  Commas, quotes, brackets, dashes and soft line breaks between two
syllables say nothing; the end of a clause, of a sentence or of a block does: no phrase goes over it.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus.folding import fold
from corpus.model import Span
from corpus.sentences import sentences

# Superscripts and subscripts are marks of footnotes and exponents, glued to the syllable before them; what lies
# beyond U+FFFF is no letter of a language of the administration.
SYLLABLE = re.compile(r"[^\W_⁰¹²³⁴-⁹₀-₉\U00010000-\U0010ffff]+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONE = re.compile(f"[{''.join(sorted(_TONES))}]")
_VOWELS = frozenset("aeiouy")
_ETH = str.maketrans("Ðð", "Đđ")
# "|" parts the cells of a table that was typed as text.
_CLAUSE_END = re.compile(r"[;:!?|•]")
_MAY_END = re.compile(r"[;:!?|•.…]")
_GLUED_END = re.compile(r"[\"”’»)\]%]*[.…]\S*")
_STOP = re.compile(r"[\"”’»)\]%]*\.[\"”’»)\]]*\s\W*")
# A typist sets a full stop also where a number follows: "số. 15".
_BEFORE_NUMBER = frozenset(("số", "ngày", "tháng", "năm", "điều", "khoản", "mục"))

# Where something starts and ends, in characters or in syllables.
Range = tuple[int, int]


@lru_cache(maxsize=1 << 16)
def canonical(syllable: str) -> str:
    """`syllable` (NFC) as it is compared: lower case, ð as đ, the tone on the first vowel; as long as before.

    Offices and keyboards set a tone on either vowel (hoà, hòa); a syllable has one tone, so that the place
    where it stands carries no meaning.  The result is a key, no spelling.

    >>> canonical("Hoà") == canonical("hòa"), canonical("Ủy") == canonical("uỷ"), canonical("hoa") == canonical("hóa")
    (True, True, False)
    """
    letters = [_letter(char) for char in syllable]
    tones = "".join(letter.tones for letter in letters)
    vowel = next((at for at, letter in enumerate(letters) if letter.is_vowel), None)
    if len(tones) == 1 and vowel is not None:
        moved = [letter.bare for letter in letters]
        moved[vowel] = unicodedata.normalize("NFC", moved[vowel] + tones)
        if all(len(char) == 1 for char in moved):
            return "".join(moved)
    return "".join(letter.lower for letter in letters)


class _Letter(NamedTuple):
    """A letter in lower case, with its tone and without."""

    lower: str
    bare: str
    tones: str
    is_vowel: bool


@lru_cache(maxsize=1 << 12)
def _letter(char: str) -> _Letter:
    lower = char.translate(_ETH).lower()[0]
    parts = unicodedata.normalize("NFD", lower)
    tones = "".join(part for part in parts if part in _TONES)
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return _Letter(lower, bare, tones, parts[0] in _VOWELS)


@lru_cache(maxsize=1 << 16)
def unaccented(syllable: str) -> str:
    """A canonical syllable without accents, as long as before.

    >>> unaccented(canonical("Đường"))
    'duong'
    """
    folded = fold(syllable)
    return folded if len(folded) == len(syllable) else syllable


def accepts(typed: str, written: str) -> bool:
    """Does a typed syllable find a written one (both canonical)?

    Typed without accents it finds all; typed with accents, the same accents or none at all.

    >>> accepts("chu", "chủ"), accepts("chủ", "chu"), accepts("chủ", "chú")
    (True, True, False)
    """
    plain = unaccented(typed)
    return unaccented(written) == plain if typed == plain else written in (typed, plain)


def has_accents(typed: str, written: str) -> bool:
    """Are the accents of a syllable that was found those that were typed?  Where none were, any may stand."""
    return typed in (written, unaccented(written))


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


def clauses(text: str) -> list[list[Span]]:
    """The syllables of `text` (NFC) as spans, in order, one list for each clause; a phrase lies inside one."""
    spans = [match.span() for match in SYLLABLE.finditer(text)]
    return [[Span(*span) for span in spans[first:last]] for first, last in clause_ranges(text, spans)]


def clause_ranges(text: str, syllables: Sequence[Range]) -> Iterator[Range]:
    """The clauses of `text` (NFC) as ranges of its syllables, which are given as ranges of characters."""
    starts = [start for start, _ in syllables]
    cuts = {bisect_left(starts, sentence.end) for sentence in sentences(text)}
    for mark in _MAY_END.finditer(text):
        right = bisect_left(starts, mark.end())
        if 0 < right < len(syllables) and _ends_clause(text, syllables[right - 1], syllables[right]):
            cuts.add(right)
    yield from pairwise(sorted(cuts | {0, len(syllables)}))


def _ends_clause(text: str, left: Range, right: Range) -> bool:
    """Does a clause end between two syllables of one sentence?"""
    gap = text[left[1] : right[0]]
    if gap == ":" and text[left[1] - 1].isdigit() and text[right[0]].isdigit():  # 10:30
        return False
    if _CLAUSE_END.search(gap):
        return True
    before, after = text[slice(*left)], text[slice(*right)]
    if _GLUED_END.fullmatch(gap):  # "nhiệm vụ.Việc", "năm 2022.Việc"
        return (_is_word(before) and after[0].isupper()) or (
            before.isdigit() and after.isalpha() and after.istitle() and len(after) > 1
        )
    # In one sentence, so a small letter or a digit follows: "nhiệm vụ. việc", "nhiệm vụ. 15 hộ".
    is_stop = _STOP.fullmatch(gap) and len(before) > 1 and _is_word(before)
    return bool(is_stop) and not (after[0].isdigit() and canonical(before) in _BEFORE_NUMBER)


def _is_word(syllable: str) -> bool:
    """Is what stands before a full stop a word, and no number or abbreviation ("TP.HCM", "Tp.Huế")?"""
    return syllable[-1].islower() and not _VOWELS.isdisjoint(unaccented(canonical(syllable)))
