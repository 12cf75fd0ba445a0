"""Where a paragraph and a sentence end: soft line and page breaks are not ends.

Cleaning keeps every line break of the file, so a paragraph may lie on several lines: broken by a page,
wrapped by a typist or by a PDF.  `blocks` joins such lines, `sentences` cuts the blocks.
"""

import re

from corpus.model import Span

_TERMINAL = re.compile(r"[.;:!?…][\"”’')\]]*$|/\.$")
_LIST_MARK = re.compile(
    r"[-+*•·–]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|\(?[a-zđA-Z][.)]\s|[IVXLivx]+[.)]\s|[¹²³⁴⁵⁶⁷⁸⁹⁰�*]|"
    r"(?:Điều|Chương|Mục|Phần|Phụ lục|Nơi nhận|Kính gửi|Căn cứ|Bảng|Biểu)\b",
)
# Words with which a citation goes on in the next line, however short the line above is.
_GOES_ON = re.compile(r"(?:ngày|của|về|số|năm|và)\b")
_RULE = re.compile(r"[-_=*. ]{3,}")
# Words after which a Vietnamese sentence cannot end.
_OPEN = re.compile(
    r"\b(?:của|và|các|những|về|số|ngày|theo|tại|cho|với|trong|do|là|từ|đến|được|thực hiện|ban hành)$", re.IGNORECASE
)
_FORMULA = re.compile(r"(?:CỘNG HÒA|CỘNG HOÀ|Độc lập|ĐẢNG CỘNG SẢN|Số\s*:|Số \d)")
# A line that short is a heading, a cell or a line of the letterhead: found on real reports, where
# lines cut by a page break inside a sentence all had more than 60 characters.
_SHORT = 30
_FULL = 60
# Hardly a line of a text that is cut by width is longer; a text with more such lines has a paragraph a line.
_WIDEST, _FEW = 130, 50
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:TT|TP|Tp|TX|Tx|P|Q|TM|KT|TL|TUQ|ThS|TS|PGS|GS|BS|KS|CN|Đ/c|đ/c|Ông|Nxb|tr|v\.v|Stt|STT|[A-ZĐ])$"
)
_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)")


def _lines(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            lead = len(line) - len(line.lstrip())
            found.append(Span(start + lead, start + lead + len(stripped)))
        start += len(line) + 1
    return found


def _continues(above: str, below: str, *, wrapped: bool) -> bool:
    """Does the sentence of the line above go on in the line below?  `wrapped`: the lines are cut by width."""
    if _TERMINAL.search(above) or _LIST_MARK.match(below) or _FORMULA.match(below) or _RULE.fullmatch(below):
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
    return len(above) >= _FULL and (bool(_OPEN.search(above)) or (wrapped and is_text))


def blocks(text: str) -> list[Span]:
    """The paragraphs of `text`, each over as many lines as its sentences need, in order."""
    found: list[Span] = []
    lines = _lines(text)
    wide = sum(line.end - line.start > _WIDEST for line in lines)
    narrow = wide * _FEW <= len(lines)
    for line in lines:
        wrapped = narrow and bool(found) and text.count("\n", found[-1].end, line.start) == 1
        if found and _continues(_last_line(text, found[-1]), line.of(text), wrapped=wrapped):
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
    return found


def _last_line(text: str, block: Span) -> str:
    return text[max(block.start, text.rfind("\n", block.start, block.end) + 1) : block.end]


def sentences(text: str) -> list[Span]:
    """The sentences of `text` in order; a sentence never crosses a block, a semicolon does not end it."""
    return [sentence for block in blocks(text) for sentence in _cut(text, block)]


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


def _skip_space(text: str, at: int, limit: int) -> int:
    while at < limit and text[at].isspace():
        at += 1
    return at
