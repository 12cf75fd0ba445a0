"""The letters of Vietnamese: tone placement, folding, case of names."""

import re
import unicodedata

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
_TO_FIRST = {new: old for new, old in _PAIRS}
_TO_SECOND = {old: new for new, old in _PAIRS}
# In an open syllable the tone stands on the first vowel (hòa, ủy, thúy), in a closed one on the second (hoàn, huỳnh);
# "qu" is a consonant, so its y keeps the tone (quý).
_OPEN = re.compile(
    rf"(?<![qQ])(?:{'|'.join(n for n, o in _PAIRS if n[1].islower())})(?![{LOWER}])"
    rf"|(?<![qQ])(?:{'|'.join(n for n, o in _PAIRS if n.isupper())})(?![{UPPER}])"
)
_CLOSED = re.compile(
    rf"(?:{'|'.join(o for n, o in _PAIRS if n[1].islower())})(?=[{LOWER}])"
    rf"|(?:{'|'.join(o for n, o in _PAIRS if n.isupper())})(?=[{UPPER}])"
    rf"|(?<=[qQ])(?:{'|'.join(o for n, o in _PAIRS if n[0] in 'uU')})"
)


def normalize_tone(text: str) -> str:
    """`text` (NFC) with every tone mark where the older spelling sets it; as long as before.

    The older placement (hòa, khỏe, ủy) is the canonical one: it is that of most offices and keyboards.

    >>> normalize_tone("Uỷ ban, hoà giải, tòan dân, quý, thuý, HOÀN")
    'Ủy ban, hòa giải, toàn dân, quý, thúy, HOÀN'
    """
    text = _OPEN.sub(lambda m: _TO_FIRST[m.group()], text)
    return _CLOSED.sub(lambda m: _TO_SECOND[m.group()], text)


def _base(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0].lower()


_FOLD = {code: _base(chr(code)) for start, end in ((0xC0, 0x250), (0x1E00, 0x1F00)) for code in range(start, end)} | {
    ord("đ"): "d",
    ord("Đ"): "d",
    ord("Ð"): "d",
}


def fold(text: str) -> str:
    """`text` in NFC, lower case, without diacritics, đ as d; as long as the NFC text.

    >>> fold("Đảng ủy Phường")
    'dang uy phuong'
    """
    return unicodedata.normalize("NFC", text).translate(_FOLD).lower()


def title_name(name: str) -> str:
    """The name of a place in its usual case: "QUANG MINH" → "Quang Minh"; what is not all capitals stays.

    >>> title_name("PHAN RANG - THÁP CHÀM"), title_name("IaLy"), title_name("IV")
    ('Phan Rang - Tháp Chàm', 'IaLy', 'IV')
    """
    name = normalize_tone(" ".join(name.split()))
    if not name.isupper() or re.fullmatch(r"[IVX]+|\w", name):
        return name
    return re.sub(r"[\w'’]+", lambda m: m.group().capitalize(), name)
