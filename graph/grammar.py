"""The surface of a citation: a number with its symbol (`symbols`) and what stands before it (type, "số", a list).

Numbers are found first and read outwards, which keeps the scan linear: no pattern guesses where a citation begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from corpus.folding import fold
from graph import instruments
from graph.instruments import InstrumentType
from graph.symbols import BLANK, Core, read_bare, read_core
from graph.wording import alternatives, spaced

# Digits that a citation can begin with: not inside a number, a word or a ratio; "số05" and "18,19-NQ/TW" are allowed.
_START = re.compile(r"(?:(?<![\w./,-])|(?<=[^a-z]so)|(?<=\d[,-]))\d{1,5}(?!\d)")
_LIST_AHEAD = re.compile(
    rf"(?:{BLANK}(?:,|;|&|va\b|den\b|-){BLANK}(?:so\b{BLANK})?(?P<last>\d{{1,5}}[a-z]?(?![a-z]))){{1,30}}"
)
_IN_LIST = re.compile(r"\d{1,5}[a-z]?")
_LOOSE = re.compile(
    r"(?P<type>[a-z][a-z ]*?)\s*(?:so\s*)?(?P<number>\d{1,5}\s?(?:[a-z]|bis)?(?:\s?/\s?(?:19|20)\d\d)?)"
)
# How far before a number its type word may begin: "Nghị quyết của Hội đồng nhân dân tỉnh … số" has at most that.
_REACH = 110
_MAX_RANGE = 40
_TO = re.compile(r"\s*(?:den|-)\s*(?:het\s+)?(?:so\s*)?")
# "Luật Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân số 85/2015/QH13": the name lies between.
_LAW_NAME = re.compile(r"(?<!\w)(?<!ky )(?P<type>bo\s+luat|luat|nghi\s+quyet|phap\s+lenh)\b(?=[^.;:]*$)")
_LAW_REACH = 250
# What follows a type and a bare number without "số": "Chỉ thị 30 của …", "Quy định 377)"; after other words it is a
# citation only if the text has its full form, and never before what is counted ("Kế hoạch 6 tháng").
_COUNTED = re.compile(rf"\s*(?:{alternatives('count noun')})\b")
_AFTER_BARE = re.compile(
    r"\s*(?:$|\n\s*\n|[.,;:()\"”\]]|(?:cua|ve|ngay|va|voi|la|tren|tai|theo|thi|da|duoc|neu|do|nay|khong|co|nham)\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One citation as printed, unresolved.

    `type` is None where neither a word nor the symbol tells it; `says_type`: a type word stands there;
    `by`: offsets of "của …" between the type and the number; `list_id`: equal for the members of one list,
    which share type and symbol; `weak`: a bare number that is a citation only if the text has its full form.
    """

    start: int
    end: int
    type: InstrumentType | None
    core: Core
    says_type: bool = False
    says_number: bool = False
    by: tuple[int, int] | None = None
    list_id: int | None = None
    weak: bool = False


@cache
def _lead() -> re.Pattern[str]:
    words = spaced(tuple(instruments.type_by_word()))
    codes = spaced(tuple(c for c in instruments.types_by_code() if len(c) > 1))
    return re.compile(
        rf"(?<![a-z0-9])(?P<type>{words}|(?P<code>{codes})(?=[\s(:.]))"
        rf"(?:{BLANK}\((?:{codes})\))?(?:\s+lien\s+(?:so|nganh|bo|tich))?(?:\s+(?:{codes})(?=\s))?"
        rf"(?P<by>\s+(?:cua|do)\s+[^,.;:()\d\"“”]{{3,70}}?(?=\s+so\b|\s*:))?"
        rf"(?P<so>{BLANK}:?{BLANK}(?:\btu\s+)?(?<![a-z])so{BLANK}[:.]?)?{BLANK}"
        rf"(?P<list>(?:\d{{1,5}}[a-z]?{BLANK}(?:,|;|&|va\b|den\b|-){BLANK}(?:so\b{BLANK})?){{1,30}})?{BLANK}$"
    )


def scan(text: str, folded: str) -> Iterator[Surface]:
    """All that looks like a citation of a numbered instrument in `text`, in order, without overlap.

    `folded` is `fold(text)`: offsets are the same in both.
    """
    last: Surface | None = None
    for digits in _START.finditer(folded):
        floor = last.end if last else 0
        if digits.start() < floor:
            continue
        for surface in _read_at(text, folded, digits.start(), floor):
            whole = surface if last is None else _end_of_range(folded, last, surface)
            yield from _between(last, whole)
            yield whole
            last = whole


def _end_of_range(folded: str, first: Surface, last: Surface) -> Surface:
    """`last` as the end of a range that is printed with two whole numbers ("từ số 5/QĐ-UBND đến số 9/QĐ-UBND")."""
    same = first.core.groups == last.core.groups and bool(first.core.groups)
    if not same or _TO.fullmatch(folded, first.end, last.start) is None:
        return last
    return replace(last, type=first.type, says_type=first.says_type, list_id=first.start)


def _between(first: Surface | None, last: Surface) -> Iterator[Surface]:
    """The documents inside a range, at the place of its first; `first` joins the list by its own start."""
    if first is None or last.list_id != first.start or first.list_id is not None:
        return
    start, end = first.core.number, last.core.number
    if start.isdigit() and end.isdigit() and 1 < int(end) - int(start) <= _MAX_RANGE:
        for number in range(int(start) + 1, int(end)):
            core = replace(first.core, number=str(number).zfill(len(start)))
            yield replace(first, core=core, list_id=first.start)


def read_reference(text: str) -> Surface | None:
    """The one citation that `text` is, however loosely it is typed ("chỉ thị 30", "120-kl/tw"); None if it is none."""
    text = " ".join(text.split())
    folded = fold(text)
    found = list(scan(text, folded)) or list(scan(text.upper(), folded))
    if not found:
        loose = _LOOSE.fullmatch(folded)
        row = instruments.type_by_word().get(loose["type"]) or _by_code(loose["type"]) if loose else None
        core = read_bare(folded, loose.start("number")) if loose and row else None
        return None if core is None else Surface(start=0, end=len(text), type=row, core=core, says_type=True)
    return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None


def _by_code(word: str) -> InstrumentType | None:
    return next(iter(instruments.types_by_code().get(word, ())), None)


def _read_at(text: str, folded: str, at: int, floor: int) -> list[Surface]:
    core = read_core(text, folded, at)
    lead = _find_lead(text, folded, at, floor)
    if core is not None:
        if lead is None:
            return [] if len(core.groups) < 2 and core.style != "law" else [_alone(folded, core)]
        return _members(lead, core, at)
    core = read_bare(folded, at)
    if core is None or lead is None or not _may_be_bare(text, folded, lead, core):
        return []
    return [] if _opens_list(text, folded, lead, core) else _members(lead, core, at)


def _find_lead(text: str, folded: str, at: int, floor: int) -> re.Match[str] | None:
    """The nearest type word that leads to the number at `at`."""
    lead = _lead().search(folded, max(floor, at - _REACH), at)
    while lead is not None and lead["by"] and (inner := _lead().search(folded, lead.start("by"), at)):
        lead = inner  # "các quy định của Pháp lệnh số 34": the nearer one is meant
    if lead is None or lead["code"] is None:
        return lead
    # A code that is used as a word is printed in capitals: "QĐ số 40", not "kh 40".
    return lead if text[lead.start("code") : lead.end("code")][:2].isupper() else None


def _opens_list(text: str, folded: str, lead: re.Match[str], core: Core) -> bool:
    """Does a list of numbers begin here, whose symbol stands at its last ("số 18, 19-NQ/TW")?"""
    ahead = _LIST_AHEAD.match(folded, core.end)
    last = read_core(text, folded, ahead.start("last")) if ahead else None
    return last is not None and _shares_symbol(lead, last)


def _shares_symbol(lead: re.Match[str], core: Core) -> bool:
    """May the numbers of this lead share the symbol of `core`?  "Chỉ thị 30, 120-KL/TW" are two of two kinds."""
    row = _type_of(lead, core)
    return (
        not row.codes or "dispatch" in row.style or fold(core.groups[0]) in map(fold, row.codes) or core.style == "law"
    )


def _may_be_bare(text: str, folded: str, lead: re.Match[str], core: Core) -> bool:
    row = _type_of(lead, core)
    if not row.bare or (lead["list"] and not lead["so"]):
        return False
    if lead["so"]:
        return True
    if not text[lead.start("type")].isupper():
        return False
    return _COUNTED.match(folded, core.end) is None


def _type_of(lead: re.Match[str], core: Core) -> InstrumentType:
    if lead["code"] is None:
        return instruments.type_by_word()[re.sub(r"\s+", " ", lead["type"])]
    rows = instruments.types_by_code()[lead["code"]]
    return next((row for row in rows if core.style in row.style), rows[0])


def _alone(folded: str, core: Core) -> Surface:
    """A citation without a type word beside it: its symbol tells the type, or the name of a law before it."""
    row = instruments.type_of_symbol(tuple(fold(g) for g in core.groups), core.style)
    if core.style == "law" and (named := list(_LAW_NAME.finditer(folded, max(0, core.start - _LAW_REACH), core.start))):
        row = instruments.type_by_word()[re.sub(r"\s+", " ", named[-1]["type"])]
    return Surface(start=core.start, end=core.end, type=row, core=core)


def _members(lead: re.Match[str], core: Core, at: int) -> list[Surface]:
    """The citation with its type word; for a list, one for each number that shares the symbol."""
    by = (lead.start("by"), lead.end("by")) if lead["by"] else None
    start = lead.start("type")
    last = Surface(
        start=start,
        end=core.end,
        weak=not (core.groups or lead["so"] or core.year or _AFTER_BARE.match(lead.string, core.end)),
        type=_type_of(lead, core),
        core=core,
        says_type=True,
        says_number=bool(lead["so"]),
        by=by,
    )
    numbers = _list_numbers(lead, core)
    if not numbers:
        return [last]
    first, *others = numbers
    members = [replace(last, start=start, end=first[1], core=replace(core, number=first[2]), list_id=start)]
    members += [replace(last, start=s, end=e, core=replace(core, number=n), list_id=start) for s, e, n in others]
    return [*members, replace(last, start=at, list_id=start)]


def _list_numbers(lead: re.Match[str], core: Core) -> list[tuple[int, int, str]]:
    """(start, end, number) of the numbers before the last of a list; those inside a range stand at its first."""
    if not lead["list"] or (core.groups and not _shares_symbol(lead, core)):
        return []
    offset, printed = lead.start("list"), lead["list"]
    found = [(offset + m.start(), offset + m.end(), m[0].upper()) for m in _IN_LIST.finditer(printed)]
    if len(found) == 1 and re.search(r"(?:den|-)\s*(?:so\s*)?$", printed):
        start, end, first = found[0]
        if first.isdigit() and core.number.isdigit() and 1 < int(core.number) - int(first) <= _MAX_RANGE:
            between = range(int(first) + 1, int(core.number))
            found += [(start, end, str(n).zfill(len(first))) for n in between]
    return found
