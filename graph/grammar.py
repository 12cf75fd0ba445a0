"""The surface of a citation: a number with its symbol (`symbols`) and what leads to it (`lead`).

Numbers are found first and read outwards, which keeps the scan linear: no pattern guesses where a citation begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.folding import fold
from graph import instruments
from graph.instruments import InstrumentType
from graph.lead import Lead, find_lead, may_lead
from graph.symbols import BLANK, Core, folded_groups, may_be_symbol, read_bare, read_core
from graph.wording import alternatives

# Digits that a citation can begin with: not inside a number, a word or a ratio; "số05" and "18,19-NQ/TW" are allowed.
# It begins with a digit and looks back afterwards: so the search is as fast as one for digits.
_START = re.compile(r"[0-9](?:(?<![\w./,-][0-9])|(?<=[^a-z]so[0-9])|(?<=[0-9][,-][0-9]))[0-9]{0,4}(?![0-9])")
_SEPARATOR = rf"{BLANK}(?:,|;|&|va\b|den\b|-){BLANK}(?:so\b{BLANK})?"
_LIST_AHEAD = re.compile(rf"(?:{_SEPARATOR}(?P<last>\d{{1,5}}[a-z]?(?![a-z]))){{1,30}}")
_LOOSE = re.compile(
    r"(?P<type>[a-z][a-z ]*?)\s*(?:so\s*)?(?P<number>\d{1,5}\s?(?:[a-z]|bis)?(?:\s?/\s?(?:19|20)\d\d)?)"
)
_MAX_RANGE = 40
_JOINS = re.compile(_SEPARATOR)
_IN_LIST = re.compile(r"\s*(?:[,;]|va\b|[,;]\s*va\b)\s*(?:so\s*)?")
_TO = re.compile(r"\s*(?:den|-)\s*(?:het\s+)?(?:so\s*)?")
# "Luật Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân số 85/2015/QH13": the name lies between.
_LAW_NAME = re.compile(r"(?<!\w)(?<!ky )(?P<type>bo\s+luat|luat|nghi\s+quyet|phap\s+lenh)\b(?=[^.;:]*$)")
_LAW_REACH = 250
# A bare number is no citation before what is counted ("Kế hoạch 6 tháng", "Quyết định 16, Kế hoạch 13 (văn bản)");
# "Công văn số 5 ngày 16/4/2020" counts no days.
_COUNTED = re.compile(
    rf"\s*(?!ngay\s*\d)(?:{alternatives('count noun')})\b|"
    r"\s*(?:[,;]\s*[a-z][a-z\s]{2,20}\d{1,4}\s*){0,8}\(\s*van\s+ban\s*\)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# "QĐ 880 của huyện"; "CT 4" may be a block of flats.
_AFTER_CODE = re.compile(r"\s*(?:cua|ngay)\b")
# What follows a type and a bare number without "số": "Chỉ thị 30 của …", "Quy định 377)"; after other words it is a
# citation only if the text has its full form.
_AFTER_BARE = re.compile(
    r"\s*(?:$|\n\s*\n|[.,;:()\"”\]]|(?:cua|ve|ngay|va|voi|la|tren|tai|theo|thi|da|duoc|neu|do|nay|khong|co|nham)\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One citation as printed, unresolved.

    `type` is None where neither a word nor the symbol tells it; `says_type`: a type word stands there;
    `by`: offsets of "của …" between the type and the number; `list_id`: equal for the members of one list,
    which share type and symbol; `weak`: a bare number that is a citation only if the text has its full form;
    `misread`: letters of it were set right that a machine misread.
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
    misread: bool = False


def scan(text: str, folded: str) -> Iterator[Surface]:
    """All that looks like a citation of a numbered instrument in `text`, in order, without overlap.

    `folded` is `fold(text)`: offsets are the same in both.
    """
    last: Surface | None = None
    orphan = 0  # the end of the last number that nothing leads to: nor does it to those that follow in one list
    for digits in _START.finditer(folded):
        at, floor = digits.start(), last.end if last else 0
        if at < floor:
            continue
        core = read_core(text, folded, at) if may_be_symbol(folded, at) else None
        if core is None and (not may_lead(folded, at) or _JOINS.fullmatch(folded, orphan, at)):
            orphan = digits.end()
            continue
        found = _read_at(text, folded, core, at, last)
        orphan = 0 if found else digits.end()
        for surface in found:
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
            core = first.core._replace(number=str(number).zfill(len(start)))
            yield replace(first, core=core, list_id=first.start)


def read_reference(text: str) -> Surface | None:
    """The one citation that `text` is, however loosely it is typed ("chỉ thị 30", "120-kl/tw"); None if it is none."""
    text = " ".join(text.split())
    folded = fold(text)
    found = list(scan(text, folded)) or list(scan(text.upper(), folded))
    if not found:
        loose = _LOOSE.fullmatch(folded)
        row = instruments.type_by_word().get(loose["type"]) or _by_code(loose["type"]) if loose else None
        core = read_bare(text, folded, loose.start("number")) if loose and row else None
        return None if core is None else Surface(start=0, end=len(text), type=row, core=core, says_type=True)
    return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None


def _by_code(word: str) -> InstrumentType | None:
    return next(iter(instruments.types_by_code().get(word, ())), None)


def _read_at(text: str, folded: str, core: Core | None, at: int, last: Surface | None) -> list[Surface]:
    lead = find_lead(text, folded, at, last.end if last else 0)
    if core is not None:
        if lead is None:
            return [_alone(folded, core, last)] if _tells_itself(core) else []
        return _members(folded, lead, core, at)
    core = read_bare(text, folded, at) if lead is not None else None
    if core is None or lead is None or not _may_be_bare(text, folded, lead, core):
        return []
    return [] if _opens_list(text, folded, lead, core) else _members(folded, lead, core, at)


def _opens_list(text: str, folded: str, lead: Lead, core: Core) -> bool:
    """Does a list of numbers begin here, whose symbol stands at its last ("số 18, 19-NQ/TW")?"""
    ahead = _LIST_AHEAD.match(folded, core.end)
    last = read_core(text, folded, ahead.start("last")) if ahead else None
    return last is not None and _shares_symbol(lead, last)


def _shares_symbol(lead: Lead, core: Core) -> bool:
    """May the numbers of this lead share the symbol of `core`?  "Chỉ thị 30, 120-KL/TW" are two of two kinds."""
    row = lead.type_in(core.style)
    return (
        not row.codes or "dispatch" in row.style or fold(core.groups[0]) in map(fold, row.codes) or core.style == "law"
    )


def _tells_itself(core: Core) -> bool:
    """Does a symbol without a type word tell what it is?  "45/CB-CNV" and "4-TT/LK" may be anything."""
    if len(core.groups) < 2 or core.style == "law":
        return core.style == "law"
    groups = folded_groups(core.groups)
    if core.style == "party":
        return instruments.issuer_of_code(groups[1]) is not None
    return instruments.type_of_symbol(groups, core.style) is not None


def _may_be_bare(text: str, folded: str, lead: Lead, core: Core) -> bool:
    # "Báo cáo của Trường Tiểu học số 2": the number may be that of a body.
    is_of_body = lead.by is not None and core.year is None
    if not lead.type_in(core.style).bare or lead.is_loose or is_of_body or _COUNTED.match(folded, core.end):
        return False
    if lead.says_number:
        return True
    # "Nghị quyết ⏎ 2. Kinh phí", "Báo cáo 2022"
    opens_item = "\n" in text[lead.start : core.start] and text[core.end : core.end + 1] in (".", ")")
    is_year = core.year is None and _YEAR.fullmatch(core.number) is not None
    return not lead.listed and not opens_item and not is_year and text[lead.start].isupper()


def _alone(folded: str, core: Core, last: Surface | None) -> Surface:
    """A citation without a type word beside it: its list or symbol tells the type, or the name of a law before it."""
    if last is not None and last.core.groups == core.groups and _IN_LIST.fullmatch(folded, last.end, core.start):
        return Surface(start=core.start, end=core.end, type=last.type, core=core)
    row = instruments.type_of_symbol(folded_groups(core.groups), core.style)
    if core.style == "law" and (named := list(_LAW_NAME.finditer(folded, max(0, core.start - _LAW_REACH), core.start))):
        row = instruments.type_by_word()[" ".join(named[-1]["type"].split())]
    return Surface(start=core.start, end=core.end, type=row, core=core)


def _members(folded: str, lead: Lead, core: Core, at: int) -> list[Surface]:
    """The citation with its type word; for a list, one for each number that shares the symbol."""
    numbers = _list_numbers(lead, core)
    start, kind, by = lead.start, lead.type_in(core.style), lead.by
    if not numbers:
        is_short = (_AFTER_CODE if lead.is_code else _AFTER_BARE).match(folded, core.end) is not None
        is_whole = core.groups or lead.says_number or core.year or is_short
        return [
            Surface(
                start=start,
                end=core.end,
                type=kind,
                core=core,
                says_type=True,
                says_number=lead.says_number,
                by=by,
                weak=not is_whole,
            )
        ]
    last = Surface(
        start=at, end=core.end, type=kind, core=core, says_type=True, says_number=lead.says_number, by=by, list_id=start
    )
    first, *others = numbers
    members = [replace(last, start=start, end=first[1], core=core._replace(number=first[2]))]
    members += [replace(last, start=s, end=e, core=core._replace(number=n)) for s, e, n in others]
    return [*members, last]


def _list_numbers(lead: Lead, core: Core) -> list[tuple[int, int, str]]:
    """(start, end, number) of the numbers before the last of a list; those inside a range stand at its first."""
    if not lead.listed or (core.groups and not _shares_symbol(lead, core)):
        return []
    found = list(lead.listed)
    if len(found) == 1 and (lead.to == "den" or (lead.to == "-" and core.style != "party")):
        start, end, first = found[0]
        if first.isdigit() and core.number.isdigit() and 1 < int(core.number) - int(first) <= _MAX_RANGE:
            between = range(int(first) + 1, int(core.number))
            found += [(start, end, str(n).zfill(len(first))) for n in between]
    return found
