"""Instruments named without a number ("Luật Đất đai năm 2024", "dự thảo Luật …"), and what the table of them says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.dates import DATE, parse_date
from corpus.folding import LOWER, UPPER, fold
from corpus.model import Header, Span
from graph import instruments
from graph.grammar import Surface
from graph.known import Known, laws_by_name, name_key
from graph.symbols import Core
from graph.wording import alternatives, spaced

_DRAFT = re.compile(r"\b(?:du thao|du an|gop y)\b[^.;:]{0,40}$")
_YEAR = re.compile(r"\s*\(?\s*(?:nam\s+)?(?P<year>(?:19|20)\d\d)(?![\d/])\)?")
_DAY = re.compile(rf"\s*,?\s*({DATE})")
# The words with which the name of a law begins; a pattern that begins with letters is found as fast as they are.
_HEAD = re.compile(r"(?:luat|phap lenh)(?![a-z0-9])")
_NO_HEAD = re.compile(r"(?:[a-z0-9]|(?<![a-z0-9])(?:ky|phap|quy|dao)\s+)\Z")
_CODE = re.compile(r"(?<![a-z0-9])bo\s+\Z")
_FAR = 10
_TYPE = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh)(?!\w)")
# A law that the table does not know: capitals after "Luật" go on to the first word that ends a name.
_UNKNOWN = re.compile(rf"\s+(?=[{UPPER}])(?:(?!Luật|số|[Ss]ửa)[^\W\d_]+(?:,\s(?=[{LOWER}])|\s)?){{1,10}}")
_ENDS_NAME = re.compile(rf"[\s,]+(?:{alternatives('after law')})(?!\w).*$|[\s,]+$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSurface(Surface):
    """An instrument named without number: its name, is it a draft, and the rows of the table that bear the name."""

    name: str
    draft: bool
    year: int | None
    rows: tuple[Known, ...]


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


def find_names(text: str, folded: str, numbered: Sequence[Surface]) -> list[Surface]:
    """`numbered` with the named instruments among them, in the order of the text.

    A name that leads to its own number ("Luật Đất đai số 31/2024/QH15") makes that citation longer instead.
    """
    taken = iter([*numbered, None])
    following = next(taken)
    found: list[Surface] = []
    for named in _names(text, folded):
        while following is not None and following.start < named.start:
            found.append(following)
            following = next(taken)
        if found and named.start < found[-1].end:
            continue
        if following is not None and _leads_to(folded, named, following):
            following = replace(following, start=named.start, type=named.type, says_type=True)
        elif following is None or named.end <= following.start:
            found.append(named)
    while following is not None:
        found.append(following)
        following = next(taken)
    return found


_LEADS_TO = re.compile(r"[\s,(]*(?:luat\s+)?(?:so\s*:?\s*)?")


def _leads_to(folded: str, named: Surface, numbered: Surface) -> bool:
    is_law = numbered.core.style == "law" or numbered.core.groups[:1] == ("PL",)
    return (
        is_law
        and named.end <= numbered.core.start
        and _LEADS_TO.fullmatch(folded, named.end, numbered.core.start) is not None
    )


def _names(text: str, folded: str) -> Iterator[NamedSurface]:
    end = 0
    for head in _HEAD.finditer(folded):
        if head.start() >= end and (span := _amending(text, folded, head) or _one_law(text, folded, head)):
            end = span.end
            yield _surface(text, folded, span)


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
    of_name = laws_by_name().get(name_key(folded[start:end]), ())
    year = _YEAR.match(folded, end)
    kind = next(row for row in ("bo luat", "luat", "phap lenh") if folded.startswith(row, start))
    printed = " ".join(text[start:end].split())
    return NamedSurface(
        start=start,
        end=end,
        type=instruments.type_by_word()[kind],
        core=Core(start=start, end=end, number="", year=None, groups=(), style="name"),
        says_type=True,
        name=of_name[0].full_name if of_name else printed,
        draft=_DRAFT.search(folded, max(0, start - 60), start) is not None,
        year=int(year["year"]) if year else _year_of_day(text, end),
        rows=of_name,
    )


def _year_of_day(text: str, end: int) -> int | None:
    match = _DAY.match(text, end)
    date = parse_date(match[1]) if match else None
    return int(date[:4]) if date else None


def type_of_name(name: str) -> str:
    """The type with which a name begins: "Bộ luật", "Luật", "Pháp lệnh"; of a draft that of what it drafts."""
    folded = fold(name).removeprefix("du thao ")
    return next((row.name for word, row in instruments.type_by_word().items() if folded.startswith(word + " ")), "Luật")


def named_like(reference: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded names and the numbers that a reference by name ("luat dat dai") can mean; empty for any other."""
    folded = " ".join(fold(reference).split())
    of_name = laws_by_name().get(name_key(_YEAR.sub("", folded)))
    year = _YEAR.search(folded)
    if of_name is None:
        kind = _TYPE.match(reference.strip())
        is_name = kind is not None and _UNKNOWN.fullmatch(reference.strip(), kind.end()) is not None
        return ((folded,), ()) if is_name else ((), ())
    meant_rows = [r for r in of_name if year is None or r.date.startswith(year["year"])]
    return (fold(of_name[0].full_name),), tuple(r.number for r in meant_rows)


def meant(named: NamedSurface, header: Header) -> Known | None:
    """Which of several laws of one name is meant: that of the year given, else the one then in force.

    None for a draft, for an unknown name, and where nothing tells which.
    """
    if named.draft or not named.rows:
        return None
    rows_of = [r for r in named.rows if named.year is None or r.date.startswith(str(named.year))]
    day = header.date or (f"{header.year}-12-31" if header.year else None)
    if len(rows_of) == 1:
        return rows_of[0] if named.year is not None or day is None or rows_of[0].date <= day else None
    in_force = [r for r in rows_of if day is not None and r.in_force_from <= day]
    return max(in_force, key=lambda r: r.in_force_from, default=None)
