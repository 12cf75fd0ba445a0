"""The letters of Vietnamese: tone placement, folding, case of names."""

import re
import unicodedata
from functools import lru_cache

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0309\u0303\u0323"
LOWER = "bcdđghklmnpqrstvxfjwz" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in ("", *_TONES)
)
UPPER = LOWER.upper()
"""The letters of Vietnamese, for character classes of regular expressions."""


def _shift(opened: str, closed: str) -> tuple[tuple[str, str], ...]:
    """(pair with the tone on the second vowel, pair with the tone on the first), lower and upper case."""
    made = []
    for tone in _TONES:
        new = opened + unicodedata.normalize("NFC", closed + tone)
        old = unicodedata.normalize("NFC", opened + tone) + closed
        made += [(new, old), (new.upper(), old.upper()), (new.capitalize(), old.capitalize())]
    return tuple(made)


_PAIRS = (*_shift("o", "a"), *_shift("o", "e"), *_shift("u", "y"))
_TO_FIRST = dict(_PAIRS)
_TO_SECOND = {old: new for new, old in _PAIRS}
# In an open syllable the tone stands on the first vowel (hòa, ủy, thúy), in a closed one on the second (hoàn, huỳnh);
# "qu" is a consonant, so its y keeps the tone (quý).
_SECOND = re.compile(f"[oOuU][{''.join(sorted({new[1] for new in _TO_FIRST}))}]")
_FIRST = re.compile(f"[{''.join(sorted({old[0] for old in _TO_SECOND}))}][aAeEyY]")


def _closed(match: re.Match[str]) -> bool:
    """Whether a letter of the same word follows; a capital behind a small letter begins another word."""
    after = match.string[match.end() : match.end() + 1]
    return after.isalpha() and after.islower() == match.group()[1].islower()


def _after_q(match: re.Match[str]) -> bool:
    return match.string[match.start() - 1 : match.start()] in ("q", "Q")


def _move_to_first(match: re.Match[str]) -> str:
    pair = match.group()
    return pair if _after_q(match) or _closed(match) else _TO_FIRST.get(pair, pair)


def _move_to_second(match: re.Match[str]) -> str:
    pair = match.group()
    return _TO_SECOND.get(pair, pair) if _closed(match) or _after_q(match) else pair


def normalize_tone(text: str) -> str:
    """`text` (NFC) with every tone mark where the older spelling sets it; as long as before.

    The older placement (hòa, khỏe, ủy) is the canonical one: it is that of most offices and keyboards.

    >>> normalize_tone("Uỷ ban, hoà giải, tòan dân, quý, thuý, HOÀN")
    'Ủy ban, hòa giải, toàn dân, quý, thúy, HOÀN'
    """
    return _FIRST.sub(_move_to_second, _SECOND.sub(_move_to_first, text))


class _Folding(dict[int, str]):
    """Folded letters, made when they are first met: a table with gaps makes `str.translate` slow."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = unicodedata.normalize("NFD", chr(code))[0].lower()
        return folded


_FOLDED = _Folding({ord("đ"): "d", ord("Đ"): "d", ord("Ð"): "d", ord("ð"): "d"})
# A whole text is folded three times faster by one pass for each letter than by a table; a name is not.
_SHORT = 120
_PASSES = tuple((letter, _FOLDED[ord(letter)]) for letter in LOWER if not letter.isascii())
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """`text` in NFC, lower case, without diacritics, đ as d; as long as the NFC text.

    >>> fold("Đảng ủy Phường")
    'dang uy phuong'
    """
    return _fold_name(text) if len(text) < _SHORT else _fold_text(unicodedata.normalize("NFC", text))


# A report names the same few types, codes and places again and again; the bound keeps a long run from growing.
@lru_cache(maxsize=1 << 15)
def _fold_name(name: str) -> str:
    return unicodedata.normalize("NFC", name).translate(_FOLDED)


def _fold_text(text: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):  # "İ" is two letters in lower case
        return text.translate(_FOLDED)
    for letter, folded in _PASSES:
        lower = lower.replace(letter, folded)
    for letter in set(_NOT_ASCII.findall(lower)):
        lower = lower.replace(letter, _FOLDED[ord(letter)])
    return lower


def title_name(name: str) -> str:
    """The name of a place in its usual case: "QUANG MINH" → "Quang Minh"; what is not all capitals stays.

    >>> title_name("PHAN RANG - THÁP CHÀM"), title_name("IaLy"), title_name("IV")
    ('Phan Rang - Tháp Chàm', 'IaLy', 'IV')
    """
    name = normalize_tone(" ".join(name.split()))
    if not name.isupper() or re.fullmatch(r"[IVX]+|\w", name):
        return name
    return re.sub(r"[\w'’]+", lambda m: m.group().capitalize(), name)
