"""Instruments named without a number ("Luật Đất đai năm 2024", "dự thảo Luật …"), and what the table of them says."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.dates import DATE, parse_date
from corpus.folding import LOWER, UPPER, fold
from corpus.model import Header, Span
from corpus.tables import rows
from graph import instruments
from graph.grammar import Surface
from graph.symbols import Core
from graph.wording import alternatives, spaced

_HAS_YEAR = re.compile(r"/(\d{4})/")
_LAWS = ("Bộ luật", "Luật", "Pháp lệnh")
_DRAFT = re.compile(r"\b(?:du thao|du an|gop y)\b[^.;:]{0,40}$")
_YEAR = re.compile(r"\s*\(?\s*(?:nam\s+)?(?P<year>(?:19|20)\d\d)(?![\d/])\)?")
_DAY = re.compile(rf"\s*,?\s*({DATE})")
# A law that the table does not know: capitals after "Luật" go on to the first word that ends a name.
_UNKNOWN = re.compile(
    rf"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh)\s+(?=[{UPPER}])"
    rf"(?:(?!Luật|số|[Ss]ửa)[^\W\d_]+(?:,\s(?=[{LOWER}])|\s)?){{1,10}}"
)
_ENDS_NAME = re.compile(rf"[\s,]+(?:{alternatives('after law')})(?!\w).*$|[\s,]+$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A row of graph/data/known.toml: a central instrument that many reports cite, and what is certain of it.

    `names` mean it with certainty, `nicknames` usually; both are of what is no law (a law is named by its title).
    """

    type: str
    title: str
    number: str
    date: str
    issuer: str | None = None
    since: str | None = None
    until: str | None = None
    replaced_by: str | None = None
    also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """Type and title: "Luật Đất đai"."""
        return f"{self.type} {self.title}"

    @property
    def in_force_from(self) -> str:
        """The first day in force; the day of issue where that day is not known."""
        return self.since or self.date

    @property
    def year_in_number(self) -> int | None:
        """The year that its number carries; None where the number is given again each year or term."""
        match = _HAS_YEAR.search(self.number)
        return int(match[1]) if match else None

    @property
    def is_named_by_title(self) -> bool:
        """Do texts name it by type and title, without a number: "Luật Đất đai"?"""
        return self.type in _LAWS


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSurface(Surface):
    """An instrument named without number: its name, is it a draft, and the rows of the table that bear the name."""

    name: str
    draft: bool
    year: int | None
    rows: tuple[Known, ...]


@cache
def known() -> tuple[Known, ...]:
    """All rows of the table."""
    return rows("graph", "known", "known", Known)


def facts_of(canonical: str, kind: str | None, date: str | None) -> Known | None:
    """The row of the instrument with this canonical number; `kind` None: its type is not said.

    Number, year and symbol alone tell which a normative document is.  Any other number is given again each year or
    term (35-CT/TW of 2014 and of 2019): the row is meant only where `date` is its own.
    """
    rows_of = [r for r in _by_number().get(_bare(canonical), ()) if _agree(kind, r.type)]
    sure = [r for r in rows_of if r.year_in_number is not None or r.date == date]
    return sure[0] if len(sure) == 1 else None


def _agree(kind: str | None, known_type: str) -> bool:
    """Is it the same type? A code is a law too: "Luật số 91/2015/QH13" may be said of the Bộ luật Dân sự."""
    return kind in (None, known_type) or (kind == "Luật" and known_type == "Bộ luật")


@cache
def _by_number() -> dict[str, tuple[Known, ...]]:
    found: dict[str, tuple[Known, ...]] = {}
    for row in known():
        found[_bare(row.number)] = (*found.get(_bare(row.number), ()), row)
    return found


def _bare(canonical: str) -> str:
    """A number without what misprints change: a leading zero, slash for hyphen, capitals, accents."""
    return fold(canonical).lstrip("0").replace("/", "-")


@cache
def _by_name() -> dict[str, tuple[Known, ...]]:
    found: dict[str, tuple[Known, ...]] = {}
    for row in (r for r in known() if r.is_named_by_title):
        for title in (row.title, *row.also):
            name = fold(f"{row.type} {title}")
            found[name] = (*found.get(name, ()), row)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    # A comma may stand between any two words of a title: "Luật Phòng, chống tham nhũng" is often printed without.
    names = spaced(tuple(_key(name) for name in _by_name())).replace(r"\s+", r",?\s+")
    names = names.replace("luat,?", "luat").replace("lenh,?", "lenh")
    return re.compile(rf"(?<![a-z0-9])(?<!ky\s)(?<!phap\s)(?:{names})(?![a-z0-9])")


def _key(printed: str) -> str:
    return " ".join(printed.replace(",", "").split())


@cache
def _by_key() -> dict[str, tuple[Known, ...]]:
    return {_key(name): of for name, of in _by_name().items()}


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


def _names(text: str, folded: str) -> Iterable[NamedSurface]:
    spans = [Span(m.start(), m.end()) for m in _pattern().finditer(folded)]
    for match in _UNKNOWN.finditer(text):
        at = bisect_right(spans, Span(match.end(), -1)) - 1  # the last known name that begins before its end
        name = _ENDS_NAME.sub("", match[0])
        if (at < 0 or spans[at].end <= match.start()) and _HAS_TITLE.match(name):
            insort(spans, Span(match.start(), match.start() + len(name)))
    return [_surface(text, folded, span) for span in _with_amending(folded, spans)]


_HAS_TITLE = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh)\s+\S")
_AMENDING = re.compile(
    r"(?<![a-z0-9])(?:bo luat|luat|phap lenh)\s+sua doi,?\s+bo sung\s+(?:mot so\s+dieu\s+)?cua\s+(?:cac\s+)?"
)
_AND = re.compile(r"\s*(?:,|va|;)\s*")


def _with_amending(folded: str, spans: list[Span]) -> list[Span]:
    """A law that amends others is one law, not each of those it names ("Luật sửa đổi … của Luật A và Luật B")."""
    found = list(spans)
    for match in _AMENDING.finditer(folded):
        end = match.end()
        amended = [s for s in spans if s.start >= end]
        for span in amended:
            if span.start != end and _AND.fullmatch(folded, end, span.start) is None:
                break
            end = span.end
        if end > match.end():
            found = [s for s in found if s.end <= match.start() or s.start >= end]
            insort(found, Span(match.start(), end))
    return found


def _surface(text: str, folded: str, span: Span) -> NamedSurface:
    start, end = span.start, span.end
    of_name = _by_key().get(_key(folded[start:end]), ())
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
    match = _pattern().fullmatch(_YEAR.sub("", folded).strip())
    year = _YEAR.search(folded)
    if match is None:
        return ((folded,), ()) if _UNKNOWN.fullmatch(reference.strip()) else ((), ())
    of_name = _by_key()[_key(match[0])]
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
