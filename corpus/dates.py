"""Dates as Vietnamese documents print them: one pattern to find them, one function to read them."""

import re
from datetime import date

# "ngày", its common misprints ("ngà", "ngay"), then blanks, a page break or the number of a page before the digits.
# Runs are possessive: a long run of blanks is read once.
_PAGE = r"[^\S\n]*+\n\s*+-? ?\d{1,3} ?-?[^\S\n]*+\n(?!\s*tháng)"
_NGAY = rf"\bng[àaáâầ]y?(?!\w)(?:[^\S\n]*+[:,])?(?:{_PAGE})?\s*+(?:mùng\s++)?"
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


def _form(template: str, year: str, *, named: bool) -> str:
    for key, value in (("d", r"\d{1,2}"), ("m", r"\d{1,2}"), ("y", year)):
        template = template.replace(f"<{key}>", f"(?P<{key}>{value})" if named else f"(?:{value})")
    return template


DATE: str = (
    "(?i:" + "|".join([*(_form(f, _YEAR, named=False) for f in _FORMS), _form(_SHORT_YEAR, r"\d\d", named=False)]) + ")"
)
"""Source of a regular expression that matches a date, whole or partial, with its word "ngày"; it has no groups.

It matches impossible dates as well (31/02/2020), so that they are taken for dates and for nothing else.
"""

_DATE = re.compile(DATE)
_PARTS = tuple(
    re.compile(_form(template, year, named=True), re.IGNORECASE)
    for templates, year in ((_FORMS, _YEAR), ((_SHORT_YEAR,), r"\d\d"))
    for template in templates
)
_PARTS_ALONE = tuple(re.compile(_form(template, _YEAR, named=True)) for template in _ALONE)


def parse_date(text: str) -> str | None:
    """The first date of `text` as ISO, partial ("2023-10", "2016") where the text leaves the rest blank.

    None where there is none or where it is impossible (31/02/2020).

    >>> parse_date("ngày 20 tháng 4 năm 2007"), parse_date("ngày   tháng 10 năm 2023"), parse_date("ngày 31/02/2020")
    ('2007-04-20', '2023-10', None)
    """
    for pattern in _PARTS_ALONE:
        if match := pattern.fullmatch(text.strip()):
            return _iso(match)
    found = _DATE.search(text)
    if found is None:
        return None
    # Matched in place, not cut out: the form's look-around needs what stands beside it.
    return next((_iso(m) for p in _PARTS if (m := p.match(text, found.start())) and m.end() == found.end()), None)


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if year < 100:
        year += 1900 if year >= _PIVOT else 2000
    day, month = (int(value) if (value := parts.get(key)) else None for key in ("d", "m"))
    try:
        whole = date(year, 1 if month is None else month, 1 if day is None or month is None else day)
    except ValueError:
        return None
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else whole.isoformat()


def format_date(iso: str) -> str:
    """An ISO date, whole or partial, as people write it: "20/04/2007", "10/2023", "2016".

    >>> format_date("2007-04-20")
    '20/04/2007'
    """
    return "/".join(reversed(iso.split("-")))
