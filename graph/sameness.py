"""Inside one report: may two mentions be one document?

Full forms with one number and symbol are, unless their dates or issuers say otherwise (35-CT/TW of 2014 and of 2019).
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.folding import fold
from corpus.units import body_key, place_of
from graph.identity import Instrument
from graph.mentions import Mention

_KIND_AT_END = re.compile(r"(?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran)$")


@dataclass(slots=True)
class Group:
    """The mentions (indexes, in order) that are one document, growing as the report is read.

    `own`: the number in the heading is among them, so it is the report itself.
    """

    members: list[int] = field(default_factory=list)
    dates: Counter[str] = field(default_factory=Counter)
    issuers: Counter[str] = field(default_factory=Counter)
    instruments: list[Instrument] = field(default_factory=list)
    own: bool = False


def same_document(group: Group, mention: Mention, issuer: str | None) -> bool:
    """Is a full form the document of this group: by number, type, symbol, and what they tell of date and issuer?"""
    ours, theirs = mention.instrument, group.instruments[0]
    if not _same_number(ours, theirs) or not _same_type(ours, theirs):
        return False
    date = mention.parts.date
    if _same_symbol(ours, theirs) and ours.year == theirs.year:
        same_date = ours.is_normative or _same_date(group, date, issuer, ours)
        return same_date and _same_issuer(group, issuer, ours)
    dropped = _same_symbol(ours, theirs) or _is_cut_symbol(ours, theirs) or sorted(ours.codes) == sorted(theirs.codes)
    years = {ours.year, theirs.year}
    if not dropped or (None not in years and len(years) > 1):
        return False
    # The year or a part of the symbol is missing in one: the same day, or a cut symbol without a day, tells it; not
    # the year alone, for Quyết định 5/2022/QĐ-UBND and Quyết định 5/QĐ-UBND are of two series.
    return date in group.dates if date else _is_cut_symbol(ours, theirs) or len(years) == 1


def same_bare(group: Group, mention: Mention, issuer: str | None) -> bool:
    """Is a number without symbol the document of this group, which has none either?"""
    theirs = group.instruments[0]
    return (
        theirs.symbol is None
        and mention.instrument == theirs
        and _same_date(group, mention.parts.date, issuer, theirs)
        and _same_issuer(group, issuer, theirs)
    )


def may_mean(group: Group, mention: Mention, issuer: str | None) -> bool:
    """May a number without symbol ("Pháp lệnh số 34") mean this document?"""
    ours, theirs = mention.instrument, group.instruments[0]
    year_fits = ours.year is None or ours.year == theirs.year or any(d.startswith(str(ours.year)) for d in group.dates)
    return (
        theirs.symbol is not None
        and _same_number(ours, theirs)
        and _same_type(ours, theirs)
        and year_fits
        and _same_date(group, mention.parts.date, issuer, theirs)
        and _same_issuer(group, issuer, theirs)
    )


def _same_number(one: Instrument, other: Instrument) -> bool:
    return one.key[1] == other.key[1]


def _same_type(one: Instrument, other: Instrument) -> bool:
    """Equal, or one more general than the other ("Thông tư" for "Thông tư liên bộ"), or not told."""
    a, b = one.key[0], other.key[0]
    return a == b or not a or not b or a.startswith(b) or b.startswith(a) or "van ban" in (a, b)


def _same_symbol(one: Instrument, other: Instrument) -> bool:
    return one.key[3] == other.key[3]


def _is_cut_symbol(one: Instrument, other: Instrument) -> bool:
    """Is one symbol the beginning of the other ("03/TTLT" of "03/2006/TTLT-BYT-BTC")?"""
    short, long = sorted((one.codes, other.codes), key=len)
    return bool(short) and len(short) < len(long) and long[: len(short)] == short


def _same_date(group: Group, date: str | None, issuer: str | None, instrument: Instrument) -> bool:
    """One date left out, or the same year, in which a body gives a number once: then another day is a slip of the pen.

    Where one does not say whose it is, it may be of another body, unless the other day is all but the same; nor does a
    document err in its own day by more.
    """
    if date is None or not group.dates:
        return True
    same_series = not group.own and (instrument.is_central or (issuer is None) == (not group.issuers))
    return any(date[:4] == known[:4] and (same_series or _is_slip(date, known)) for known in group.dates)


def _is_slip(one: str, other: str) -> bool:
    """Is one day the other: as far as both are told, but for one digit, or with day and month exchanged?"""
    if len(one) != len(other):
        return one.startswith(other) or other.startswith(one)
    if one[5:7] == other[8:] and one[8:] == other[5:7]:
        return True
    return sum(a != b for a, b in zip(one, other, strict=True)) <= 1


def _same_issuer(group: Group, issuer: str | None, instrument: Instrument) -> bool:
    """One issuer left out, or the same place: "Chủ tịch UBND tỉnh" signs in the series of "UBND tỉnh"."""
    if issuer is None or not group.issuers or instrument.is_central:
        return True
    return any(same_place(place_named(issuer), place_named(known)) for known in group.issuers)


def same_place(one: str, other: str) -> bool:
    """Equal, or one is the other without its name ("tỉnh", "tỉnh An Hà")."""
    return one.startswith(other) or other.startswith(one)


@lru_cache(maxsize=1 << 14)
def place_named(body: str) -> str:
    """The place of a body as far as it is named, else the body: "tinh an ha", "tinh", "tinh uy"."""
    unit = place_of(body)
    if unit:
        return fold(str(unit))
    kind = _KIND_AT_END.search(fold(body))
    return kind[0] if kind else body_key(body)
