"""Dates as Vietnamese documents print them: one pattern to find them, one function to read them."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

# "ngày", its common misprints ("ngà", "ngay"), then blanks, a page break or the number of a page before the digits.
# It may be run on to the capitals of a symbol ("KH-UBNDngày").  Runs are possessive: a long run of blanks is read once.
_PAGE = r"[^\S\n]*+\n\s*+-? ?\d{1,3} ?-?[^\S\n]*+\n(?!\s*tháng)"
_NGAY = rf"(?:\b|(?-i:(?<=[A-ZĐ])))ng[àaáâầ]y?(?!\w)(?:[^\S\n]*+[:,])?(?:{_PAGE})?\s*+(?:mùng\s++)?"
_BLANK = r"[\s.…_]*+"
_YEAR = r"(?:19|20)\d\d"
_END = r"(?![\d/])"
_MARKS = ("/", "-", r"\.")

# <d>, <m> and <y> are day, month and year; the fuller form stands first.
_MONTH_AND_YEAR = rf"\btháng\s*+(?:<m>|{_BLANK})\s*+,?\s*+(?:\bnăm\s*+|[/.\-]\s*+)<y>{_END}"
_FORMS = (
    rf"{_NGAY}(?:<d>|{_BLANK})\s*+,?\s*+{_MONTH_AND_YEAR}",
    rf"(?:(?<![\d/.,])<d>\s++)?{_MONTH_AND_YEAR}",
    rf"{_NGAY}(?:<d>|{_BLANK})\s*+[/.\-]\s*+(?:<m>|{_BLANK})\s*+(?:[/.\-]|\bnăm\b)\s*+<y>{_END}",
    *(rf"(?<![\w/.\-])(?<!\d,)<d>\s*+{mark}\s*+<m>\s*+{mark}\s*+<y>{_END}" for mark in _MARKS),
    # "năm 2016 - 2020" is a term, no date.
    rf"\bnăm\s*+<y>(?!\s*+-\s*+\d{{4}}){_END}",
)
_SHORT_YEAR = rf"{_NGAY}<d>\s*+[/.\-]\s*+<m>\s*+[/.\-]\s*+<y>{_END}"
# Alone in its string a date needs no word beside it: what `format_date` prints, and ISO.
_ALONE = ("<d>/<m>/<y>", "<m>/<y>", "<y>", "<y>-<m>-<d>", "<y>-<m>")
# Two digits of a year: documents of the present state begin in 1945.
_PIVOT = 45


def _form(template: str, year: str, *, number: int | None = None) -> str:
    """The source of a form; with a `number` its parts are the groups d<number>, m<number>, y<number>."""
    for key, value in (("d", r"\d{1,2}"), ("m", r"\d{1,2}"), ("y", year)):
        template = template.replace(f"<{key}>", f"(?:{value})" if number is None else f"(?P<{key}{number}>{value})")
    return template


_WITH_YEAR = (*((form, _YEAR) for form in _FORMS), (_SHORT_YEAR, r"\d\d"))
DATE: str = "(?i:" + "|".join(_form(form, year) for form, year in _WITH_YEAR) + ")"
"""Source of a regular expression that matches a date, whole or partial, with its word "ngày"; it has no groups.

It matches impossible dates as well (31/02/2020), so that they are taken for dates and for nothing else.
"""


def _any(forms: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    found = (_form(form, year, number=number) for number, (form, year) in enumerate(forms))
    return re.compile("|".join(found), re.IGNORECASE)


_DATE = _any(_WITH_YEAR)
_DATE_ALONE = _any((form, _YEAR) for form in _ALONE)


# A report prints the same few days again and again; the bound keeps a long run from growing.
@lru_cache(maxsize=1 << 14)
def parse_date(text: str) -> str | None:
    """The first date of `text` as ISO, partial ("2023-10", "2016") where the text leaves the rest blank.

    None where there is none or where it is impossible (31/02/2020).

    >>> parse_date("ngày 20 tháng 4 năm 2007"), parse_date("ngày   tháng 10 năm 2023"), parse_date("ngày 31/02/2020")
    ('2007-04-20', '2023-10', None)
    """
    found = _DATE_ALONE.fullmatch(text.strip()) or _DATE.search(text)
    return None if found is None else _iso(found)


def _iso(match: re.Match[str]) -> str | None:
    parts = {name[0]: value for name, value in match.groupdict().items() if value is not None}
    day, month, year = (int(parts[key]) if key in parts else None for key in "dmy")
    if year is None:
        return None
    if year < 100:
        year += 1900 if year >= _PIVOT else 2000
    try:
        whole = date(year, 1 if month is None else month, 1 if day is None or month is None else day)
    except ValueError:
        return None
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else whole.isoformat()


def first_day(iso: str) -> str:
    """The first day that an ISO date, whole or partial, can mean.

    >>> first_day("2024-08"), first_day("2016")
    ('2024-08-01', '2016-01-01')
    """
    return f"{iso}-01-01"[: len("2016-01-01")]


def last_day(iso: str) -> str:
    """The last day that an ISO date, whole or partial, can mean; of a month always the 31st, for comparison alone.

    >>> last_day("2024-08"), last_day("2016"), last_day("2024-08-05")
    ('2024-08-31', '2016-12-31', '2024-08-05')
    """
    return {4: f"{iso}-12-31", 7: f"{iso}-31"}.get(len(iso), iso)


def format_date(iso: str) -> str:
    """An ISO date, whole or partial, as people write it: "20/04/2007", "10/2023", "2016".

    >>> format_date("2007-04-20")
    '20/04/2007'
    """
    return "/".join(reversed(iso.split("-")))
