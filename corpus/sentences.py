"""Where a paragraph and a sentence end: soft line and page breaks are not ends.

Cleaning keeps every line break of the file, so a paragraph may lie on several lines: broken by a page,
wrapped by a typist or by a PDF.  Whether two lines are one paragraph is told by these two alone, so the sentence
around a place is found without reading the rest of the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from corpus.model import Span

_TERMINAL, _CLOSING = frozenset(".;:!?…"), "\"”’»')]"
_LIST_MARK = re.compile(
    r"[-+*•·–]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|\(?[a-zđA-Z][.)]\s|[IVXLivx]+[.)]\s|[¹²³⁴⁵⁶⁷⁸⁹⁰�*]|"
    r"(?:Điều|Chương|Mục|Phần|Phụ lục|Nơi nhận|Kính gửi|Căn cứ|Bảng|Biểu)\b",
)
# Words with which a citation goes on in the next line, however short the line above is.
_GOES_ON = re.compile(r"(?:ngày|của|về|số|năm|và)\b")
_RULE = re.compile(r"[-_=*. ]{3,}")
# Words after which a Vietnamese sentence cannot end.
_OPEN = frozenset("của và các những về số ngày theo tại cho với trong do là từ đến được".split())
_OPEN_PAIRS = frozenset(("thực hiện", "ban hành"))
_FORMULA = re.compile(r"(?:CỘNG HÒA|CỘNG HOÀ|Độc lập|ĐẢNG CỘNG SẢN|Số\s*:|Số \d)")
# A line that short is a heading, a cell or a line of the letterhead: found on real reports, where
# lines cut by a page break inside a sentence all had more than 60 characters.
_SHORT = 30
_FULL = 60
# Hardly a line of a text that is cut by width is longer; a text with more such lines has a paragraph a line.
_WIDEST, _FEW = 130, 50
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:TT|TP|Tp|TX|Tx|P|Q|TM|KT|TL|TUQ|ThS|TS|PGS|GS|BS|KS|CN|Đ/c|đ/c|Ông|Nxb|tr|Stt|STT|[A-ZĐ])$"
)
# The mark of a footnote stands behind the full stop.
_END = re.compile(r"[.!?…][.!?…]*[\"”’»)\]⁰¹²³⁴-⁹]*(?=\s|$)")


def _continues(above: str, below: str, *, wrapped: bool) -> bool:
    """Does the sentence of the line above go on in the line below?  `wrapped`: the lines are cut by width."""
    if (
        above.rstrip(_CLOSING)[-1:] in _TERMINAL
        or _LIST_MARK.match(below)
        or _FORMULA.match(below)
        or _RULE.fullmatch(below)
    ):
        return False
    first = below[0]
    if first.islower() or first in ",;.)”":
        is_open = len(above) >= _SHORT or wrapped or above.endswith((",", "-", "/"))
        return is_open or above.islower() or bool(_GOES_ON.match(below))
    if above.endswith((",", "-", "/", "(")):
        return len(above) >= _SHORT
    if first.isdigit() and above.endswith(("ngày", "tháng", "số")):
        return True
    is_text = not below[:12].isupper() and not above.isupper()
    return len(above) >= _FULL and (_is_open(above) or (wrapped and is_text))


def _is_open(line: str) -> bool:
    *before, last = ("", *re.findall(r"\w+", line[-_SHORT:].lower()))
    return line[-1].isalpha() and (last in _OPEN or f"{before[-1]} {last}" in _OPEN_PAIRS)


class Sentences:
    """The sentences of a text, found where they are asked for; most of a report cites nothing.

    A sentence never crosses a paragraph; a semicolon does not end it.  Every character but blanks lies in one.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._block = Span(0, 0)
        self._cut: list[Span] = []

    def __iter__(self) -> Iterator[Span]:
        at = _skip_space(self._text, 0, len(self._text))
        while at < len(self._text):
            yield from self._sentences_around(at)
            at = _skip_space(self._text, self._block.end, len(self._text))

    def around(self, at: int) -> Span:
        """The sentence in which the character at `at`, which is no blank, stands."""
        cut = self._sentences_around(at)
        return cut[bisect_right(cut, at, key=_start_of) - 1]

    def before(self, sentence: Span) -> Span | None:
        """The sentence before a sentence; None before the first."""
        end = _back_over_space(self._text, sentence.start)
        return self.around(end - 1) if end else None

    def _sentences_around(self, at: int) -> list[Span]:
        if not self._block.start <= at < self._block.end:
            self._block = self._block_around(at)
            self._cut = _cut(self._text, self._block)
        return self._cut

    def _block_around(self, at: int) -> Span:
        first = last = self._line_around(at)
        while (above := self._line_above(first)) is not None and self._are_one(above, first):
            first = above
        while (below := self._line_below(last)) is not None and self._are_one(last, below):
            last = below
        return Span(first.start, last.end)

    def _line_around(self, at: int) -> Span:
        start, end = self._text.rfind("\n", 0, at) + 1, self._text.find("\n", at)
        end = len(self._text) if end < 0 else end
        return Span(_skip_space(self._text, start, end), _back_over_space(self._text, end))

    def _line_above(self, line: Span) -> Span | None:
        end = _back_over_space(self._text, line.start)
        return self._line_around(end - 1) if end else None

    def _line_below(self, line: Span) -> Span | None:
        start = _skip_space(self._text, line.end, len(self._text))
        return self._line_around(start) if start < len(self._text) else None

    def _are_one(self, above: Span, below: Span) -> bool:
        wrapped = self._is_narrow and self._text.count("\n", above.end, below.start) == 1
        return _continues(above.of(self._text), below.of(self._text), wrapped=wrapped)

    @cached_property
    def _is_narrow(self) -> bool:
        """Are the lines of the text cut by width?"""
        widths = [len(stripped) for line in self._text.split("\n") if (stripped := line.strip())]
        return sum(width > _WIDEST for width in widths) * _FEW <= len(widths)


def sentences(text: str) -> list[Span]:
    """All sentences of `text` in order."""
    return list(Sentences(text))


def _start_of(span: Span) -> int:
    return span.start


def _cut(text: str, block: Span) -> list[Span]:
    found, start = [], block.start
    for end in _END.finditer(text, block.start, block.end):
        if _is_end(text, start, end.start(), end.end(), block.end):
            found.append(Span(start, end.end()))
            start = _skip_space(text, end.end(), block.end)
    if start < block.end:
        found.append(Span(start, block.end))
    return found


def _is_end(text: str, start: int, dot: int, after: int, limit: int) -> bool:
    following = _skip_space(text, after, limit)
    if following >= limit:
        return True
    if text[following].islower() or (text[following].isdigit() and text[dot] == "."):
        return False
    before = text[max(start, dot - 8) : dot]
    if text[dot] == "." and _ABBREVIATION.search(before):
        return False
    is_list_mark = not text[start:dot].strip("()IVX0123456789. ")  # "1. Thường xuyên"
    return not is_list_mark


def _back_over_space(text: str, at: int) -> int:
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _skip_space(text: str, at: int, limit: int) -> int:
    while at < limit and text[at].isspace():
        at += 1
    return at
