"""The table of well-known central instruments: what is certain of them, and the names by which texts cite them."""

import re
from dataclasses import dataclass
from functools import cache

from corpus.folding import fold
from corpus.tables import rows

_HAS_YEAR = re.compile(r"/(\d{4})/")
_LAWS = ("Bộ luật", "Luật", "Pháp lệnh")


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


@cache
def known() -> tuple[Known, ...]:
    """All rows of the table."""
    return rows("graph", "known", "known", Known)


def facts_of(canonical: str, kind: str | None, date: str | None) -> Known | None:
    """The row of the instrument with this canonical number; `kind` None: its type is not said.

    Number, year and symbol alone tell which a normative document is.  Any other number is given again each year or
    term (35-CT/TW of 2014 and of 2019): the row is meant only where `date` is its own.
    """
    rows_of = [r for r in known_as(canonical) if _agree(kind, r.type)]
    sure = [r for r in rows_of if r.year_in_number is not None or r.date == date]
    return sure[0] if len(sure) == 1 else None


def known_as(canonical: str) -> tuple[Known, ...]:
    """The rows with this canonical number: several where it is given again each year or term."""
    return _by_number().get(_without_misprints(canonical), ())


def days_of(canonical: str) -> frozenset[str]:
    """The days of issue of the rows of a number that is given again each year or term; none for any other number."""
    rows_of = known_as(canonical)
    return frozenset(row.date for row in rows_of if row.year_in_number is None)


def _agree(kind: str | None, known_type: str) -> bool:
    """Is it the same type? A code is a law too: "Luật số 91/2015/QH13" may be said of the Bộ luật Dân sự."""
    return kind in (None, known_type) or (kind == "Luật" and known_type == "Bộ luật")


@cache
def _by_number() -> dict[str, tuple[Known, ...]]:
    found: dict[str, tuple[Known, ...]] = {}
    for row in known():
        number = _without_misprints(row.number)
        found[number] = (*found.get(number, ()), row)
    return found


def _without_misprints(canonical: str) -> str:
    """A number without what misprints change: a leading zero, slash for hyphen, capitals, accents."""
    return fold(canonical).lstrip("0").replace("/", "-")


@cache
def constitutions() -> tuple[Known, ...]:
    """The rows of the constitution."""
    return tuple(row for row in known() if row.type == "Hiến pháp")


@cache
def laws_by_name() -> dict[str, tuple[Known, ...]]:
    """Type and title as `name_key` gives it → the laws of that name."""
    found: dict[str, tuple[Known, ...]] = {}
    for row in (r for r in known() if r.is_named_by_title):
        for name in {name_key(fold(f"{row.type} {title}")) for title in (row.title, *row.also)}:
            found[name] = (*found.get(name, ()), row)
    return found


def name_key(folded: str) -> str:
    """A folded name for comparison: "Luật Phòng, chống tham nhũng" is often printed without its comma."""
    return " ".join(folded.replace(",", "").split())
