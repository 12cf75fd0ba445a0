"""What leads to a number: type word, "của …", "số" and the numbers of a list, read backwards from the number.

The text before a number is turned round, so one match from its first character tells the lead, however far it
reaches: nothing is searched, and the nearest type word is found first.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.folding import fold
from graph import instruments
from graph.instruments import InstrumentType, Style
from graph.symbols import BLANK
from graph.wording import word_lists

# How far before a number its type word may begin: "Nghị quyết của Hội đồng nhân dân tỉnh … số" has at most that.
_REACH = 110
# More than the longest type word of the table, with blanks and line ends in it.
_LONGEST_TYPE = 40
_LAST_WORD = 16
# Blanks that nothing else may take: the runs between two parts are read once.
_GAP = f"{BLANK}+"
_IN_LIST = re.compile(r"[0-9]{1,5}[a-z]?")
_RANGE_AT_END = re.compile(r"(den|-)\s*(?:so\s*)?$")


class Lead(NamedTuple):
    """The words before a number: where they begin, the folded type word or code, "của …" and "số".

    `word` has no blanks: "Kếhoạch" is often printed so; `listed` are (start, end, printed) of the numbers before it in
    its list; `to` is the "-" or "den" with which the last of them opens a range, else ""; `is_loose`: a word or two
    stand between type and number ("Chương trình công tác số").
    """

    start: int
    word: str
    is_code: bool
    by: tuple[int, int] | None
    says_number: bool
    listed: tuple[tuple[int, int, str], ...]
    to: str
    is_loose: bool

    def type_in(self, style: Style) -> InstrumentType:
        """The type that the word names, or the code where it leads to a number of that style."""
        return _type_of_code(self.word, style) if self.is_code else instruments.type_by_glued_word()[self.word]


@lru_cache(maxsize=1 << 12)
def _type_of_code(code: str, style: Style) -> InstrumentType:
    rows = instruments.types_by_code()[code]
    return next((row for row in rows if style in row.style), rows[0])


def _turned(words: tuple[str, ...]) -> str:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word[::-1]).replace(r"\ ", r"\s*+") for word in longest_first)


@cache
def _pattern() -> re.Pattern[str]:
    words = _turned(tuple(instruments.type_by_word()))
    codes = _turned(_codes())
    listed = rf"(?:{_GAP}(?:\bos{_GAP})?(?:,|;|&|\bav|\bned|-){_GAP}[a-z]?[0-9]{{1,5}})"
    so = rf"{_GAP}[:.]?{_GAP}os(?![a-z])(?:\s++ut\b)??{_GAP}:?{_GAP}"
    counts = _turned(tuple(fold(word) for word in word_lists()["before số"].words))
    by = r"(?P<by>[^,.;:()\d\"“”]{3,70}?\s++(?:auc|od))\s++"
    between = rf"(?!(?:{counts})(?![a-z0-9]))(?:{by}|(?P<loose>(?:[a-z]+\s++){{1,3}}?))"
    return re.compile(
        rf"(?P<list>{listed}{{1,30}}+)?+(?:(?P<so>{so})(?:{between})??)?{_GAP}"
        rf"(?:(?<=\s)(?:{codes})\s++)?(?:(?:os|hnagn|ob|hcit)\s++neil\s++)??(?:\)(?:{codes})\({_GAP})?"
        rf"(?P<type>(?:{words})|(?P<code>(?<=[\s(:.])(?:{codes})(?!/|\s++os(?![a-z]))))(?![a-z0-9])"
    )


def _codes() -> tuple[str, ...]:
    return tuple(code for code in instruments.types_by_code() if len(code) > 1)


@cache
def _quick() -> re.Pattern[str]:
    """The last word of all that may stand right before a number without symbol, or a number of its list."""
    types = _turned(tuple(word.split()[-1] for word in instruments.type_by_word()))
    words = _turned((*_codes(), "so"))
    return re.compile(rf"[\s:.]*+(?:(?:{types})|(?:{words})(?![a-z0-9])|\)|(?:,|;|&|\bav|\bned|-)\s*+[a-z]?[0-9])")


def may_lead(folded: str, at: int) -> bool:
    """May the words before `at` lead to a number?  A quick look that spares most numbers of a text the reading."""
    return _quick().match(folded[max(0, at - _LAST_WORD) : at][::-1]) is not None


def find_lead(text: str, folded: str, at: int, floor: int) -> Lead | None:
    """The nearest type word that leads to the number at `at`; it does not begin before `floor`."""
    found = _nearest(text, folded[max(floor, at - _REACH) : at][::-1], at)
    if found is None:
        return None
    start, end = at - found.end("type"), at - found.start("type")
    # A code that is used as a word is printed in capitals: "QĐ số 40", not "kh 40".
    is_code = found["code"] is not None
    if is_code and not text[start : start + 2].isupper():
        return None
    by = (at - found.end("by"), at - found.start("by")) if found["by"] else None
    listed, to = _read_list(at - found.end("list"), found["list"][::-1]) if found["list"] else ((), "")
    return Lead(
        start,
        "".join(folded[start:end].split()),
        is_code,
        by,
        found["so"] is not None,
        listed,
        to,
        found["loose"] is not None,
    )


def _nearest(text: str, before: str, at: int) -> re.Match[str] | None:
    """The lead in `before`, the text before `at` turned round; the name of a place ("Phượng An") is no type word."""
    while found := _pattern().match(before):
        printed = text[at - found.end("type") : at - found.start("type")]
        if instruments.may_be_code(printed) if found["code"] else instruments.may_be_type(printed):
            break
        before = before[: found.start("type")] + "x" * len(printed) + before[found.end("type") :]
    return found


def _read_list(at: int, printed: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """The numbers of a list that is printed from `at` on, and the word with which the last of them opens a range."""
    numbers = tuple((at + m.start(), at + m.end(), m[0].upper()) for m in _IN_LIST.finditer(printed))
    opens = _RANGE_AT_END.search(printed)
    return numbers, opens[1] if opens else ""


@cache
def _type_turned() -> re.Pattern[str]:
    return re.compile(rf"\s++(?:{_turned(tuple(instruments.type_by_word()))})")


def type_before(folded: str, at: int) -> int | None:
    """Where the type word begins that stands right before `at`; None where none does."""
    found = _type_turned().match(folded[max(0, at - _LONGEST_TYPE) : at][::-1])
    return None if found is None else at - found.end()
