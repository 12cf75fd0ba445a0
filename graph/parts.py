"""What stands around a number and belongs to it: date, issuer, title and locator, over line and page breaks."""

import re
from dataclasses import dataclass

from corpus.dates import DATE, parse_date
from corpus.folding import UPPER
from corpus.units import find_units
from graph.bodies import body_at, is_subject
from graph.grammar import Surface
from graph.wording import alternatives, toned

# The next cell of a table gives its date where it holds nothing else.
_DATE_AFTER = re.compile(
    rf"\s*(?:[,(]\s*|\|\s*(?={DATE}\s*(?:\||\n|$)))?"
    rf"(?:(?:ban\s+hành|ký|đã\s+ký|ngày(?=\s+ngày))\s+)?({DATE})(?:\s*\))?"
)
_SAME_DAY = re.compile(r"\s*,?\s*(?:ban hanh\s+)?cung ngay\b")
# "Kế hoạch số 5 tháng 10/2023", "Kế hoạch thực hiện Nghị quyết số 5 năm 2023" are plans for that time.
_PERIOD, _OF_BODY = re.compile(r"(?i:tháng|năm)"), re.compile(r"\s+của\b")
_DATE_BEFORE = re.compile(rf"({DATE})\s*,?\s*$")
_DATE_REACH = 50
# The word that follows a citation tells what can stand there; most patterns need not be tried.
_NEXT = re.compile(r"[\s,(|]*([a-z0-9.…_]*)")
_DATE_WORDS = frozenset(("ngay", "nga", "thang", "nam", "ban", "ky", "da"))
_SAME_WORDS = frozenset(("cung", "ban"))
_TERM_WORDS = frozenset(("dang", "khoa", "lan", "nhiem"))
_OF = re.compile(r"\s*(?:,\s*)?(?:(?:do|cua)\s+)+")
_AFTER_COMMA = re.compile(r"\s*,\s*")
_TERM = re.compile(
    r"\s*,?\s*\(?\s*(?:(?:dang\s+)?khoa\s+[ivxlcd\d]+|lan\s+thu\s+\w+|nhiem\s+ky\s+\d{4}\s*-\s*\d{4})\s*\)?"
)
_TITLE_MARK = re.compile(
    r"\s*[,:]?\s*(?P<about>(?:ve viec|v/v|ve)\s+(?:(?:ve viec|viec|ve)\s+)?)|"
    rf"\s*,?\s*(?P<verb>(?=(?:{alternatives('title verb')})\b))|"
    r"\s*,?\s*(?P<quote>(?=[“\"]))"
)
# A title ends with its clause, before a subject that does something (", UBND xã đã ban hành"), and before "(sau đây …".
_TITLE_END = re.compile(
    r"\.(?=\s|$|[a-z“\"])|:(?=\s|$|[a-z“\"])|;|/\.|\(\s*(?=(?:sau\s+day|viet\s+tat|goi\s+tat)\b)|"
    r",\s+(?=(?:ubnd|hdnd|ban thuong vu|ban chap hanh)\b|"
    rf"(?:{alternatives('subject')})\s[^,.;:]{{0,80}}?(?:{alternatives('main verb')})\b)"
)
# What only its tones and capitals tell: ", theo đó", ", Hạt Kiểm lâm đã đi", ", phân công 09 đảng viên"; not "cát, đá".
_TITLE_END_PRINTED = re.compile(
    rf",\s+(?=(?:{toned('after title')})\b|[{UPPER}][^,.;:\d]{{0,50}}\s(?:{toned('tense')})\s|"
    rf"(?:{toned('counted action')})\s+\d+\s+\w)"
)
# "điểm a, b khoản 2 Điều 10 của", "từ Điều 11 đến Điều 14".
_STEP = r"(?:diem|khoan|dieu|muc|chuong|phan|phu\s+luc)\s+(?:so\s+)?[0-9a-z]{1,4}"
_MORE = r"\s*(?:,|va|den|-)\s*(?:(?:diem|khoan|dieu)\s+)?\d{1,3}[a-z]?|\s*,\s*[a-z]\b"
_LOCATOR = re.compile(rf"(?:(?:tu\s+)?{_STEP}(?:{_MORE})*[\s,]*(?:cua\s+)?(?:ban\s+quy\s+dinh\s+)?)+$")
_LOCATOR_REACH, _STEP_REACH = 90, 45
# The end of a locator, read backwards: a quick look before the search for where it begins.
_STEP_TURNED = re.compile(
    r"(?:\s*hnid\s+yuq\s+nab)?(?:\s*auc)?[\s,]*[0-9a-z]{1,4}"
    r"(?:\s+(?:os\s+)?(?:meid|naohk|ueid|cum|gnouhc|nahp|cul\s+uhp)|\s*(?:,|av|ned|-))"
)
_PROPOSED = re.compile(
    r"(?:de nghi|bao cao|y kien|tham dinh|ket luan[^.;:,]{0,40})\s+cua\s+"
    r"(?=(?P<body>[^.;:]{3,120}?)\s+tai\s+(?:cac\s+)?$)"
)
_PROPOSER_REACH = 170
_AT_REACH = 12
_UNIT_REACH, _COLON_REACH = 60, 8
_OF_AT_END = re.compile(r"[\s,]*(?:của)?(?:\s+bản quy định)?$", re.IGNORECASE)
_LOOSE_WORDS = frozenset(("và", "các", "cùng", "những"))
_MARKS_AT_END = ",; \n\t"


@dataclass(slots=True, kw_only=True)
class Parts:
    """What a citation carries: ISO date (may be partial), offsets of issuer and title, locator, and where it all ends.

    `start` is where its locator or number begins; `after` the end of date and issuer (the title begins there at the
    earliest), `end` that of the title;
    `comma_date`: a comma stands before the date; `same_day`: it is that of the citation before ("cùng ngày");
    `head_issuer`: the issuer stands before the number and is that of the numbers that follow without a type word.
    """

    date: str | None
    issuer: tuple[int, int] | None
    title: tuple[int, int] | None
    locator: str | None
    start: int
    after: int
    end: int
    comma_date: bool = False
    same_day: bool = False
    head_issuer: bool = False


def read_parts(text: str, folded: str, surface: Surface, floor: int, limit: int) -> Parts:
    """The parts of the citation `surface`; `floor` and `limit` bound the sentence, less its neighbour citations."""
    at = surface.end
    same_day = False
    date, issuer, comma = None, surface.by and _body_of(text, folded, surface.by), False
    issuer = issuer or _proposer(text, folded, floor, surface.start) or _heading_unit(text, floor, surface.start)
    for _ in range(4):
        following = _NEXT.match(folded, at, limit)
        word = following[1] if following else ""
        if not word:
            break
        if (word in _DATE_WORDS or not word[0].isalpha()) and (match := _DATE_AFTER.match(text, at, limit)):
            if date is None and _is_date(text, match):
                date, comma = parse_date(match[1]), "," in match[0][:3]
            at = match.end()  # a term, a month that is no day of issue is stepped over
        elif issuer is None and (found := _issuer_after(text, folded, at, limit)):
            issuer, at = found, found[1]
        elif date is None and word in _SAME_WORDS and (match := _SAME_DAY.match(folded, at, limit)):
            same_day, at = True, match.end()
        elif word in _TERM_WORDS and (match := _TERM.match(folded, at, limit)):
            at = match.end()
        else:
            break
    title = _title(text, folded, at, limit)
    locator, start = _locator(text, folded, floor, surface.start)
    return Parts(
        date=date,
        issuer=issuer,
        title=title,
        locator=locator,
        start=start,
        after=at,
        end=title[1] if title else at,
        comma_date=comma,
        same_day=same_day,
        head_issuer=surface.by is not None,
    )


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Is it the day of the document?  A month or year alone is, where its issuer follows."""
    return _PERIOD.match(match[1]) is None or _OF_BODY.match(text, match.end()) is not None


def date_before(text: str, start: int, end: int) -> str | None:
    """The date that ends at `end`, before a subject: "ngày 13/01/2023, UBND xã ban hành Kế hoạch số …"."""
    match = _DATE_BEFORE.search(text, max(start, end - _DATE_REACH), end)
    return parse_date(match[1]) if match else None


def _body_of(text: str, folded: str, by: tuple[int, int]) -> tuple[int, int] | None:
    """The body of "của …" between a type and its number."""
    match = _OF.match(folded, *by)
    start = match.end() if match else by[0]
    end = body_at(text, folded, start, by[1])
    return None if end is None else (start, end)


def _issuer_after(text: str, folded: str, at: int, limit: int) -> tuple[int, int] | None:
    of = _OF.match(folded, at, limit)
    if of is None:
        # "Quyết định 217-QĐ/TW Bộ Chính trị": without a comma only, else a subject begins there.
        if _AFTER_COMMA.match(folded, at) or not folded[at : at + 1].isspace():
            return None
        start = at + len(folded[at:limit]) - len(folded[at:limit].lstrip())
        if not text[start : start + 1].isupper():
            return None
    else:
        start = of.end()
    end = body_at(text, folded, start, limit)
    if end is None or end <= start or (of is None and is_subject(folded, end, limit)):
        return None
    return start, end


def opens_title(text: str, folded: str, start: int, end: int) -> bool:
    """Does a title begin right at `start` and still run at `end`?"""
    return _TITLE_MARK.match(folded, start, end) is not None and _title_end(text, folded, start, end) is None


def _title_end(text: str, folded: str, start: int, limit: int) -> int | None:
    """Where a title ends that runs at `start`; None where it runs up to `limit`."""
    end = _TITLE_END.search(folded, start, limit)
    before = _TITLE_END_PRINTED.search(text, start, end.start() if end else limit)
    first = before or end
    return first.start() if first else None


def _proposer(text: str, folded: str, floor: int, start: int) -> tuple[int, int] | None:
    """Whose document it is where the sentence says so first: "đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số"."""
    if "tai" not in folded[max(floor, start - _AT_REACH) : start]:
        return None
    of = _PROPOSED.search(folded, max(floor, start - _PROPOSER_REACH), start)
    if of is None:
        return None
    end = body_at(text, folded, of.end(), of.end("body"))
    return (of.end(), end) if end == of.end("body") else None


def _heading_unit(text: str, floor: int, start: int) -> tuple[int, int] | None:
    """A unit that stands with a colon before a number: "(xã An Bình: 06/KH-UBND; xã An Hòa: 09/KH-UBND)"."""
    before = max(floor, start - _UNIT_REACH)
    if ":" not in text[max(floor, start - _COLON_REACH) : start] or not text[before:start].rstrip().endswith(":"):
        return None
    end = before + len(text[before:start].rstrip()) - 1
    return next(
        ((before + s.start, before + s.end) for s, _ in find_units(text[before:end]) if before + s.end == end), None
    )


def _title(text: str, folded: str, at: int, limit: int) -> tuple[int, int] | None:
    mark = _TITLE_MARK.match(folded, at, limit)
    if mark is None:
        return None
    start = mark.end()
    quoted = text[start : start + 1] in '“"'
    if quoted:
        close = next((i for i in range(start + 1, limit) if text[i] in '”"'), None)
        if close is not None:
            return (start, close + 1)
    end = _title_end(text, folded, start, limit)
    stop = limit if end is None else end
    stop = start + len(_without_loose_end(text[start:stop]))
    return (start, stop) if stop > start else None


def _without_loose_end(title: str) -> str:
    """A title without the comma or "và các" at its end."""
    title = title.rstrip().rstrip(_MARKS_AT_END)
    while title and title.split()[-1].lower() in _LOOSE_WORDS:
        title = title[: -len(title.split()[-1])].rstrip(_MARKS_AT_END)
    return title


def _locator(text: str, folded: str, floor: int, start: int) -> tuple[str | None, int]:
    """The locator before a citation ("điểm a, b khoản 2 Điều 10") and where it begins."""
    if _STEP_TURNED.match(folded[max(floor, start - _STEP_REACH) : start][::-1]) is None:
        return None, start
    match = _LOCATOR.search(folded, max(floor, start - _LOCATOR_REACH), start)
    if match is None:
        return None, start
    printed = " ".join(text[match.start() : match.end()].split())
    return _OF_AT_END.sub("", printed).strip(" ,"), match.start()
