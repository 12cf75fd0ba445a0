"""What a person may set: the value of each kind of correction, brought to its one form; and corrections as JSON."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from corpus.dates import DATE, parse_date
from corpus.folding import fold
from corpus.model import LEVELS, Span, Unit
from corpus.units import expand_body, find_units
from graph.corrections import KINDS, Correction, CorrectionError, Kind
from graph.model import RELATIONS

_MARK = re.compile(r"[0-9a-f]{6}")
_LAST_YEAR = 9000
# What a database takes: numbers of 64 bits with their sign, no half of a character.
_BITS, _HALF = 63, re.compile("[\ud800-\udfff]")
# Of bad rows so many are named: a file that is of another kind has nothing else.
_NAMED = 20
_NUMBERS = frozenset({"id", "line", "nth"})
_NAMES = tuple(field.name for field in fields(Correction))
# What a correction of a kind names; what may be left out.
_REPORT, _CITATION = ("report", "file"), ("report", "file", "instrument", "line", "sentence", "nth")
_ABOUT: Mapping[Kind, tuple[str, ...]] = {
    "unit": (*_REPORT, "parent", "province"),
    "date": _REPORT,
    "issuer": _REPORT,
    "title": ("instrument",),
    "relation": _CITATION,
    "wrong": _CITATION,
    "separate": (*_REPORT, "instrument", "date", "issuer"),
    "join": ("instrument",),
}
_OPTIONAL = frozenset({"file", "line", "date", "issuer", "parent", "province"})
_TYPED = re.compile(rf"[\d/ -]+|{DATE}", re.IGNORECASE)


def checked(correction: Correction) -> Correction:
    """`correction` with all that it says in its one form; raises CorrectionError, which tells what is allowed."""
    note = _text(correction.note or "") or None
    fitting = replace(correction, note=note, value=_VALUES[correction.kind](correction.value or ""))
    if correction.kind != "unit":
        return fitting
    unit, parent, province = (
        _place(p) if p else None for p in (correction.value, correction.parent, correction.province)
    )
    if unit and parent and LEVELS.index(parent.level) >= LEVELS.index(unit.level):
        raise CorrectionError(
            f"'{parent}' does not lie above '{unit}'", "give the place above it, as in 'huyện Yên Sơn'"
        )
    if province and province.level != "province":
        raise CorrectionError(f"'{province}' is no province", "give a province, as in 'tỉnh Sơn Hà'")
    if province and parent and parent.level == "province" and str(parent) != str(province):
        raise CorrectionError(f"'{parent}' and '{province}' are two provinces", "give the one in which it lies")
    return replace(fitting, parent=str(parent) if parent else None, province=str(province) if province else None)


def _text(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).split())


def _said(value: str) -> str:
    if not (text := _text(value)):
        raise CorrectionError("there is no text", "give one")
    return text


def _place(value: str) -> Unit:
    text = _text(value)
    found = list(find_units(text))
    if [span for span, _ in found] != [Span(0, len(text))]:
        raise CorrectionError(
            f"{value!r} is no unit", "give its kind and its name with capitals, as in 'xã An Bình', 'huyện Yên Sơn'"
        )
    return found[0][1]


def _unit(value: str) -> str:
    return str(_place(value))


def _date(value: str) -> str:
    text = _text(value)
    day = parse_date(text) if _TYPED.fullmatch(text) else None
    if day is None:
        raise CorrectionError(
            f"{value!r} is no date", "give a day as 2023-05-01 or 1/5/2023, a month as 5/2023, or a year"
        )
    return day


def _body(value: str) -> str:
    return expand_body(_said(value))


def _relation(value: str) -> str:
    asked = " ".join(fold(value).replace("-", " ").split())
    found = next((relation for relation in RELATIONS if fold(relation) == asked), None)
    if found is None:
        raise CorrectionError(f"{value!r} is no relation", f"give one of: {', '.join(RELATIONS)}")
    return found


def _nothing(value: str) -> None:
    if value:
        raise CorrectionError(f"a wrong citation has no value {value!r}", "leave it out")


def _mark(value: str) -> str:
    if not _MARK.fullmatch(value):
        raise CorrectionError(f"{value!r} marks no document", "'cancu fix separate' makes marks")
    return value


_VALUES: Mapping[Kind, Callable[[str], str | None]] = {
    "unit": _unit,
    "date": _date,
    "issuer": _body,
    "title": _said,
    "relation": _relation,
    "wrong": _nothing,
    "separate": _mark,
    "join": _said,
}


def read_json(text: str) -> tuple[Correction, ...]:
    """The corrections of a JSON list, as `cancu fix export` writes it; what else a row says is passed over.

    Raises CorrectionError that names the rows that are none, of very many the first.
    """
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CorrectionError(f"that is no JSON: {error}", _SHAPE) from error
    if not isinstance(rows, list):
        raise CorrectionError("that is no list of corrections", _SHAPE)
    read, faults = [], []
    for number, row in enumerate(rows, 1):
        try:
            read.append(_read(row))
        except CorrectionError as error:
            faults.append(f"{number}: {error.problem}")
    if faults:
        rest = [f"and {len(faults) - _NAMED} more"] if len(faults) > _NAMED else []
        raise CorrectionError(f"of the corrections these are none: {'; '.join([*faults[:_NAMED], *rest])}", _SHAPE)
    return tuple(read)


_SHAPE = "give a file that 'cancu fix export' has written"


def _read(row: object) -> Correction:
    if not isinstance(row, dict):
        raise CorrectionError("it has no names", _SHAPE)
    values: dict[str, Any] = {name: row[name] for name in _NAMES if row.get(name) is not None}
    wrong = [name for name, value in values.items() if not _fits(name, value)]
    kind = values.get("kind")
    if wrong or kind not in KINDS:
        raise CorrectionError(f"{', '.join(wrong)} cannot be read" if wrong else f"its kind is {kind!r}", _SHAPE)
    # A date or an issuer is that of a report, or of a document.
    about = ("instrument",) if kind in ("date", "issuer") and "report" not in values else _ABOUT[kind]
    if missing := [name for name in about if name not in values and name not in _OPTIONAL]:
        raise CorrectionError(f"{', '.join(missing)} is missing", _SHAPE)
    try:
        made = _time(values.get("made", ""))
    except (ValueError, OverflowError) as error:
        raise CorrectionError("made is no time", _SHAPE) from error
    told = {name: values[name] for name in (*about, "kind", "value", "note") if name in values}
    return checked(Correction(**told, made=made))


def _fits(name: str, value: object) -> bool:
    if name in _NUMBERS:
        return type(value) is int and value > 0 and value.bit_length() <= _BITS
    return type(value) is str and _HALF.search(value) is None


def _time(text: str) -> str:
    """A time as `Correction.made` has it; raises ValueError or OverflowError where it is none that can have a later."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None or read.year > _LAST_YEAR:
        raise ValueError
    return read.astimezone(UTC).isoformat(timespec="microseconds")
