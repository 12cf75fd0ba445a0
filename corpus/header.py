"""What a document says of itself: type, number, issuer, place and date, subject, period, addressee, signer."""

import re

from corpus.dates import DATE, parse_date
from corpus.header_fields import Period, dispatch_subject, read_addressee, read_period, take_subject
from corpus.header_issuer import Printed, read_issuer
from corpus.header_lines import NUMBER, PLACE_AND_DATE, find_title, open_head, type_named, type_of_symbol
from corpus.header_places import Places
from corpus.model import Header, Unit
from corpus.signature import read_signature

# Number and date of a two-column print may come after the title; deeper in the text they belong to other documents.
_NEAR = 400
_ADDRESS = re.compile(r"^[^\w\n]*+K[íi]nh gửi", re.MULTILINE | re.IGNORECASE)


def read_header(text: str) -> Header:
    """The header of `text` (cleaned), None in each field that the text does not tell.

    Form and order of the parts: Nghị định 30/2020/NĐ-CP, Phụ lục I; for Party documents Hướng dẫn 36-HD/VPTW (2018).
    """
    head = open_head(text)
    title = find_title(head)
    before, after = (head[: title.start], head[title.end :]) if title else _parts_of_dispatch(head)
    subject, rest = take_subject(after) if title else (dispatch_subject(before), after)
    number, symbol, before = _take_number(before, after if title else "")
    place, date, letterhead = _take_date(before, after if title else "")
    kind = title.type if title else _type(symbol, text, before)
    if number is None and kind is not None:
        number, symbol, date = _annexed(text, kind) or (number, symbol, date)
    signature = read_signature(text)
    period = read_period(subject or "") or _opening_period(rest)
    printed = Printed(
        letterhead=letterhead, rest=rest, signed_for=signature.body, symbol=symbol, place=place, date=date
    )
    issuer, places = read_issuer(text, printed) if kind else (None, Places())
    return Header(
        type=kind,
        number=number,
        symbol=symbol,
        issuer=issuer,
        unit=_name(places.unit),
        parent_unit=_name(places.parent),
        province=_name(places.province),
        place=place,
        date=date,
        subject=subject,
        period=period.name if period else None,
        year=(period.year if period else None) or (int(date[:4]) if date else None),
        addressee=read_addressee(head),
        signer=signature.signer,
        signer_title=signature.title,
    )


def _name(unit: Unit | None) -> str | None:
    return None if unit is None else str(unit)


def _parts_of_dispatch(head: str) -> tuple[str, str]:
    """Letterhead and rest of a text without a title; what has no sign of a letterhead has none."""
    address = _ADDRESS.search(head)
    if address:
        return head[: address.start()], head[address.start() :]
    last = max(
        (m.end() for pattern in (NUMBER, PLACE_AND_DATE) for m in pattern.finditer(head[: 4 * _NEAR])), default=0
    )
    return head[:last], head[last:]


def _take_number(before: str, after: str) -> tuple[str | None, str | None, str]:
    """Number, symbol, and `before` without them."""
    match = NUMBER.search(before)
    if match is None:
        match = next((m for m in NUMBER.finditer(after[:_NEAR]) if after[: m.start()].endswith("\n")), None)
    if match is None:
        return None, None, before
    number = (match["number"] or match["bare"] or "").replace(" ", "") or None
    symbol = re.sub(r"\s", "", match["symbol"] or "") or None
    return number, symbol, NUMBER.sub("\n", before)


def _take_date(before: str, after: str) -> tuple[str | None, str | None, str]:
    """Place and ISO date of the line of place and date, and `before` without that line."""
    match = PLACE_AND_DATE.search(before)
    if match is None:
        match = next((m for m in PLACE_AND_DATE.finditer(after[:_NEAR]) if after[: m.start()].endswith("\n")), None)
    if match is None:
        return None, None, before
    return match["place"], parse_date(match["date"] or match["alone"]), PLACE_AND_DATE.sub("\n", before)


def _type(symbol: str | None, text: str, before: str) -> str | None:
    if symbol is not None:
        return type_of_symbol(symbol)
    at = text.rfind("Trên đây là ")
    if at >= 0 and (named := type_named(text[at + len("Trên đây là ") :][:60])):
        return named
    return "Công văn" if dispatch_subject(before) or _ADDRESS.search(text[:_NEAR]) else None


def _annexed(text: str, kind: str) -> tuple[str | None, str | None, str | None] | None:
    """Own number, symbol and date as the head of an annex repeats them: "(Kèm theo Hướng dẫn số 12-HD/TU ngày …)"."""
    for match in re.finditer(rf"(?i)\(\s*(?:ban hành\s+)?kèm theo\s+{kind}\s+", text):
        number = NUMBER.match(text[match.end() :][:80].replace("số", "Số", 1))
        if number and number["number"]:
            date = re.compile(rf"\s*,?\s*{DATE}").match(text, match.end() + number.end())
            return number["number"], re.sub(r"\s", "", number["symbol"]), parse_date(date.group()) if date else None
    return None


def _opening_period(rest: str) -> Period | None:
    opening = rest[: 4 * _NEAR]
    at = re.search(r"báo cáo (?:kết quả|tình hình|công tác|việc)", opening)
    return read_period(opening[at.start() :].split("\n\n")[0]) if at else None
