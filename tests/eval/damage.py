"""Ways in which a text arrives broken: each takes a text and a source of chance, and gives the damaged text."""

import random
import re
import unicodedata
from collections.abc import Callable, Iterable

Damage = Callable[[str, random.Random], str]

_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u0338\u20dd"
_HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\ufe0f"
_TURNS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
_BLANKS = "\u00a0\u1680\u2000\u2003\u2009\u200a\u202f\u205f\u3000\t\v\f\r\x85\u2028\u2029\x1c\x1e"
_BROKEN = "\x00\x01\x1b\x7f\x9f\ud800\udbff\udc00\udfff\ufffd\ufffe\uffff\U0010ffff\ue000\uf0b7"
_LETTERS = "ĐđÐðƉİıſßŒﬁﬀǅΣςKÅªº²³¹½Ⅷⅻ①⑩٣৩५𝟓🄂한漢🏛️"
_SIGNS = "–—‑−／⁄∕·•…“”‘’«»№*_^#[](){}|\\<>&;:,.-/"
_WIDE = {**{ord(str(n)): 0xFF10 + n for n in range(10)}, ord("/"): 0xFF0F, ord("-"): 0xFF0D}
_CITED = (
    *("Kế hoạch số 12/KH-UBND", "12-KL/TW", "Luật Đất đai", "Quyết định này", "từ số 5 đến số 9/QĐ-UBND", "05/2019/"),
    *("Nghị định số 41/2017/NĐ-CP ngày 02/3/2017", "số …/BC-UBND", "Mẫu số 02/ĐK", "Điều 10", "của UBND xã An Hạ"),
    *("121/147", "khoản 1 Điều 2", "ngày 30/02/2023", "ngày 00 tháng 13 năm 0000", "99999/99999", "Số: 7/BC-UBND"),
)


def _cut(text: str, chance: random.Random) -> str:
    """A piece of it."""
    start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return chance.choice((text[start:end], text[:start] + text[end:]))


def _split_by(pattern: str) -> Damage:
    """Shuffles the pieces between which the pattern lies: lines, words, characters."""

    def shuffle(text: str, chance: random.Random) -> str:
        pieces = re.split(pattern, text)
        chance.shuffle(pieces)
        return "".join(pieces)

    return shuffle


def _swapped(text: str, chance: random.Random) -> str:
    """A few neighbours of characters change places."""
    letters = list(text)
    for _ in range(chance.randint(1, 30) if len(letters) > 1 else 0):
        at = chance.randrange(len(letters) - 1)
        letters[at : at + 2] = letters[at + 1], letters[at]
    return "".join(letters)


def _repeated(text: str, chance: random.Random) -> str:
    """A piece stands there again and again."""
    start = chance.randint(0, len(text))
    piece = text[start : start + chance.choice((1, 2, 5, 20, 80))]
    return text[:start] + piece * chance.choice((2, 3, 20, 200)) + text[start:]


def _strewn(signs: Iterable[str], many: int) -> Damage:
    """Some of the signs stand at any places."""
    choices = list(signs)

    def strew(text: str, chance: random.Random) -> str:
        for _ in range(chance.randint(1, many)):
            at = chance.randint(0, len(text))
            text = text[:at] + chance.choice(choices) + text[at:]
        return text

    return strew


def _instead(pattern: str, replacement: str | Callable[[str], str], share: float) -> Damage:
    """A share of what the pattern finds becomes something else."""
    give = replacement if callable(replacement) else lambda _: replacement

    def replace(text: str, chance: random.Random) -> str:
        return re.sub(pattern, lambda m: give(m[0]) if chance.random() < share else m[0], text)

    return replace


def _forms(text: str, chance: random.Random) -> str:
    """Another Unicode form, or another case."""
    decomposed = unicodedata.normalize("NFD", text)
    forms = (
        *(decomposed, unicodedata.normalize("NFKD", text), unicodedata.normalize("NFKC", text)),
        *(text.upper(), text.lower(), text.title(), text.swapcase()),
        "".join(c for c in decomposed if not unicodedata.combining(c)),
    )
    return chance.choice(forms)


def _misread(text: str, chance: random.Random) -> str:
    """Bytes of one encoding read as another."""
    raw = text.encode("utf-8", "replace")
    return raw.decode(chance.choice(("cp1252", "cp1258", "latin-1", "utf-16-le")), "replace")


DAMAGES: tuple[Damage, ...] = (
    *(_cut, _swapped, _repeated, _forms, _forms, _misread),
    *(_split_by(r"(?<=\n)"), _split_by(r"(?<=\s)"), _split_by(r"(?=[\d/.-])"), _split_by(r"")),
    *(_strewn(signs, many) for signs in (_MARKS, _HIDDEN, _TURNS, _BLANKS, _BROKEN, _LETTERS) for many in (3, 60)),
    *(
        _strewn(_SIGNS, 60),
        _strewn(_CITED, 12),
        _strewn(("\n", "\n\n", "\r\n", "\n \n"), 30),
        _strewn("0123456789", 40),
    ),
    *(_instead(r"\s", "", share) for share in (0.05, 0.5, 1.0)),
    *(_instead(r"(?<=\w) (?=\w)", glue, 0.3) for glue in ("\n", "  ", "\u00a0", "-", "/", ".")),
    *(_instead(r"[\d/-]", lambda sign: sign.translate(_WIDE), share) for share in (0.2, 1.0)),
    *(
        _instead(r"\d", "", 0.5),
        _instead(r"[^\W\d_]", "", 0.3),
        _instead(r"[-/]", " - ", 0.5),
        _instead(r"[.,;:]", "", 0.7),
    ),
)
