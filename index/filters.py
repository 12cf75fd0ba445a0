"""Filters of a query: from the field and the value that were typed to what is asked of a report."""

import re
from calendar import monthrange
from typing import Literal

from corpus.dates import first_day, last_day, parse_date
from corpus.errors import UnknownReferenceError
from corpus.folding import fold
from corpus.model import Level, Span
from index.abbreviations import Table, expand
from index.lexer import Lexeme
from index.query import AtLevel, Cites, Dated, Filter, Named, Phrase, QueryError, Years
from index.syllables import SYLLABLE

_LEVELS: dict[str, Level] = {
    **dict.fromkeys(("central", "trung uong", "trung-uong", "tw"), "central"),
    **dict.fromkeys(("province", "tinh"), "province"),
    **dict.fromkeys(("district", "huyen", "quan", "thi xa"), "district"),
    **dict.fromkeys(("commune", "xa", "phuong", "thi tran"), "commune"),
}
# What a filter asks for, and how to write it.
_NAME = '{0}:"…" with a part of the name, without *'
_DAY = "a year, month or day that there is: {0}:2023, {0}:3/2023, {0}:15/3/2023, {0}:2023-03-15"
_ASKS = {
    "unit": ("unit", _NAME),
    "type": ("type", _NAME),
    "issuer": ("issuer", _NAME),
    "level": ("level", "one of {0}:trung-ương, {0}:tỉnh, {0}:huyện, {0}:xã"),
    "year": ("year", "{0}:2023 or {0}:2020-2023"),
    "from": ("first day", _DAY),
    "to": ("last day", _DAY),
    "cites": ("instrument", '{0}:"…" with its type and number or its name, as in {0}:"nghị định 59"'),
}
_YEARS = re.compile(r"([0-9]{4})(?:[-–]([0-9]{4}))?")
# The dates that `parse_date` reads stand alone here, without a word.
_DATE = re.compile(r"[0-9]{1,4}(?:[-/.][0-9]{1,4}){0,2}")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){2,}\S*")


def read_filter(text: str, lexeme: Lexeme, table: Table) -> tuple[Filter, tuple[str, ...]]:
    """The filter that `lexeme` of the query `text` is, and the abbreviations that were replaced in it.

    Raises QueryError where its value says nothing.
    """
    value = lexeme.value
    found: Filter | None = None
    expanded: tuple[str, ...] = ()
    match lexeme.field:
        case "year":
            found = _years(value)
        case "level":
            found = AtLevel(_LEVELS[fold(value)]) if fold(value) in _LEVELS else None
        case "from" | "to" as bound:
            found = _dated(bound, value)
        case "cites":
            found = Cites(value) if _is_known(value) else None
        case "unit" | "type" | "issuer" as field:
            if SYLLABLE.search(value) and "*" not in value:
                found, expanded = _named(field, value, table)
    if found is None:
        typed = text[lexeme.start : lexeme.end]
        what, remedy = _ASKS[lexeme.field]
        reason = f"{typed!r} does not say which {what}"
        raise QueryError(reason, text, lexeme.start, f"write {remedy.format(typed.partition(':')[0])}")
    return found, expanded


def _years(value: str) -> Years | None:
    years = _YEARS.fullmatch(value)
    if not years:
        return None
    first, last = int(years[1]), int(years[2] or years[1])
    return Years(min(first, last), max(first, last))


def _dated(bound: Literal["from", "to"], value: str) -> Dated | None:
    day = parse_date(value) if _DATE.fullmatch(value) else None
    if day is None:
        return None
    if bound == "from":
        return Dated(first_day(day), None)
    # A day of the calendar, so that it can be shown and typed again.
    of_month = f"{day}-{monthrange(*map(int, day.split('-')))[1]}" if len(day) == len("2023-03") else last_day(day)
    return Dated(None, of_month)


def _is_known(reference: str) -> bool:
    """Does it name an instrument, or is it the id of one?"""
    from graph.questions import read_wanted

    try:
        return bool(_ID.fullmatch(reference) or read_wanted(reference))
    except UnknownReferenceError:
        return False


def _named(field: Literal["unit", "type", "issuer"], value: str, table: Table) -> tuple[Named, tuple[str, ...]]:
    spans = [Span(*match.span()) for match in SYLLABLE.finditer(value)]
    forms, expanded = expand(value, spans, table)
    return Named(field, Phrase(value[spans[0].start : spans[-1].end], forms)), expanded
