"""Laws and the constitution named without a number: "Luật Đất đai năm 2024", "dự thảo Luật …", "Hiến pháp"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from corpus.dates import DATE, parse_date
from corpus.folding import LOWER, UPPER, fold
from corpus.model import Span
from graph import instruments
from graph.known import constitutions, laws_by_name, name_key
from graph.named import NamedSurface, named_surface
from graph.wording import alternatives, spaced

_DRAFT = re.compile(
    r"\bdu\s+an\s+\Z|\b(?:du thao|gop y)\b(?:(?!\b(?:theo|huong dan|quy dinh|thuoc|can cu)\b)[^.;:]){0,40}\Z"
)
_DRAFT_REACH = 60
_YEAR = re.compile(r"\s*\(?\s*(?:nam\s+)?(?P<year>(?:19|20)\d\d)(?![\d/])\)?")
_DAY = re.compile(rf"\s*,?\s*({DATE})")
# The words with which the name of a law begins; a pattern that begins with letters is found as fast as they are.
_HEAD = re.compile(r"(?:luat|phap lenh)(?![a-z0-9])")
_NO_HEAD = re.compile(
    r"(?:[a-z0-9]|(?<![a-z0-9])(?:ky|phap|quy|dao|dai hoc|khoa|cong ty|van phong|truong|hoi|doan)\s+)\Z"
)
_CODE = re.compile(r"(?<![a-z0-9])bo\s+\Z")
_FAR = 14
_TYPE = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh)(?!\w)")
# A law that the table does not know: capitals after "Luật" go on to the first word that ends a name.
_UNKNOWN = re.compile(rf"\s+(?=[{UPPER}])(?:(?!Luật|số|[Ss]ửa|Điều|Khoản)[^\W\d_]+(?:,\s(?=[{LOWER}])|\s)?){{1,10}}")
_ENDS_NAME = re.compile(rf"[\s,]+(?:{alternatives('after law')})(?!\w).*$|[\s,]+$", re.DOTALL)
_CONSTITUTION = re.compile(r"hien phap(?![a-z0-9])")
_OF_STATE = re.compile(r"(?:\s+nuoc\s+cong\s+hoa[^.;:,()]{0,40}?viet\s+nam)?")


@cache
def _titles() -> dict[str, re.Pattern[str]]:
    """Folded type → pattern of the titles of that type, with the blanks before them."""
    found = {}
    for kind in ("bo luat", "luat", "phap lenh"):
        titles = (name.removeprefix(f"{kind} ") for name in laws_by_name() if name.startswith(f"{kind} "))
        # A comma may stand between any two words: "Luật Phòng, chống tham nhũng" is often printed without.
        pattern = spaced(tuple(titles)).replace(r"\s+", r",?\s+")
        found[kind] = re.compile(rf"\s+(?:{pattern})(?![a-z0-9])")
    return found


def find_laws(text: str, folded: str) -> Iterator[NamedSurface]:
    """The laws, codes and ordinances that `text` names, in order."""
    end = 0
    for head in _HEAD.finditer(folded):
        if head.start() >= end and (span := _amending(text, folded, head) or _one_law(text, folded, head)):
            end = span.end
            yield _surface(text, folded, span)


def find_constitutions(text: str, folded: str) -> Iterator[NamedSurface]:
    """The places that name the constitution, in order; in small letters without a year it is the law at large."""
    for head in _CONSTITUTION.finditer(folded):
        start = head.start()
        state = _OF_STATE.match(folded, head.end())
        year = _year(text, folded, state.end() if state else head.end())
        if (year is None and not text[start].isupper()) or folded[start - 1 : start].isalnum():
            continue
        found = named_surface(start, head.end(), instruments.type_by_word()["hien phap"], "Hiến pháp")
        yield replace(found, year=year, rows=constitutions(), draft=_is_draft(folded, start))


def _one_law(text: str, folded: str, head: re.Match[str]) -> Span | None:
    """The name of the law that begins with `head`: one that the table knows, else capitals."""
    near = max(0, head.start() - _FAR)
    if _NO_HEAD.search(folded, near, head.start()):
        return None
    code = _CODE.search(folded, near, head.start()) if head[0] == "luat" else None
    start = code.start() if code else head.start()
    title = _titles()["bo luat" if code else head[0]].match(folded, head.end())
    if title is not None:
        return Span(start, title.end())
    unknown = _UNKNOWN.match(text, head.end()) if _TYPE.match(text, start) else None
    name = _ENDS_NAME.sub("", unknown[0]) if unknown else ""
    return Span(start, head.end() + len(name)) if name else None


_AMENDING = re.compile(r"\s+sua doi,?\s+bo sung\s+(?:mot so\s+dieu\s+)?cua\s+(?:cac\s+)?")
_AND = re.compile(r"\s*(?:,|va|;)\s*")
_BEFORE_HEAD = re.compile(r"(?:bo\s+)?(?=luat|phap lenh)")


def _amending(text: str, folded: str, head: re.Match[str]) -> Span | None:
    """A law that amends others is one law, not each of those it names ("Luật sửa đổi … của Luật A và Luật B")."""
    opening = _AMENDING.match(folded, head.end())
    at, end = opening.end() if opening else 0, 0
    while opening is not None and (before := _BEFORE_HEAD.match(folded, at)):
        law = _HEAD.match(folded, before.end())
        amended = _one_law(text, folded, law) if law else None
        if amended is None:
            break
        end = amended.end
        further = _AND.match(folded, end)
        at = further.end() if further else len(folded)
    return Span(head.start(), end) if end else None


def _surface(text: str, folded: str, span: Span) -> NamedSurface:
    start, end = span.start, span.end
    key = name_key(folded[start:end])
    of_name = laws_by_name().get(key, ())
    kind = next(name for name in _titles() if key.startswith(name))
    printed = " ".join(text[start:end].split())
    found = named_surface(
        start, end, instruments.type_by_word()[kind], of_name[0].full_name if of_name else printed, rows=of_name
    )
    return replace(found, draft=_is_draft(folded, start), year=_year(text, folded, end))


def _is_draft(folded: str, start: int) -> bool:
    return _DRAFT.search(folded, max(0, start - _DRAFT_REACH), start) is not None


def _year(text: str, folded: str, at: int) -> int | None:
    year = _YEAR.match(folded, at)
    if year is not None:
        return int(year["year"])
    day = _DAY.match(text, at)
    date = parse_date(day[1]) if day else None
    return int(date[:4]) if date else None


def laws_like(reference: str, folded: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded names and the numbers that a reference by name ("luat dat dai") can mean; empty for any other."""
    of_name = laws_by_name().get(name_key(_YEAR.sub("", folded)))
    year = _YEAR.search(folded)
    if of_name is None:
        kind = _TYPE.match(reference.strip())
        is_name = kind is not None and _UNKNOWN.fullmatch(reference.strip(), kind.end()) is not None
        return ((folded,), ()) if is_name else ((), ())
    meant_rows = [r for r in of_name if year is None or r.date.startswith(year["year"])]
    return (fold(of_name[0].full_name),), tuple(r.number for r in meant_rows)


def constitution_like(folded: str) -> tuple[str, ...]:
    """The folded names that a reference to the constitution can mean; empty for any other."""
    if re.fullmatch(r"hien phap(?: (?:nam )?(?:19|20)\d\d)?", folded) is None:
        return ()
    year = _YEAR.search(folded)
    return tuple(f"hien phap nam {row.number}" for row in constitutions() if year is None or row.number == year["year"])
