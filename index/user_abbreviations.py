"""Abbreviations of one library: a file in its folder, in the shape of the shipped table, that a person may edit."""

import os
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from json import dumps
from pathlib import Path
from typing import Any

from corpus.errors import TableError
from index.abbreviations import Abbreviation, Table, form_of, shipped

_FILE = "abbreviations.toml"
_ROW = re.compile(r"^\s*\[\[\s*abbreviation\s*\]\]", re.MULTILINE)
_TAIL = re.compile(r"(?:^[ \t]*(?:#[^\n]*)?(?:\n|\Z))*\Z", re.MULTILINE)  # comments after a row speak of the next one
_SHAPE = 'write a row as: [[abbreviation]], name = "QCDC", long = ["quy chế dân chủ"], each on its line'


def read_table(folder: Path) -> Table:
    """The shipped abbreviations with those of the library in `folder`, of which a row with a shipped name holds.

    Raises TableError where its file cannot be understood; it names the line.
    """
    own = read_own(folder)
    return _joined(own) if own else shipped()


def read_own(folder: Path) -> tuple[Abbreviation, ...]:
    """The rows of the library in `folder`; none where it has no file.  Raises TableError as `read_table` does."""
    path = folder / _FILE
    return _rows(path, _text(path))


def add(folder: Path, name: str, long: Sequence[str]) -> Abbreviation:
    """Write a row into the file of the library, in place of one of the same short form; the rest of the file stays.

    Raises TableError where a form holds no word, or the file can be neither read nor written.
    """
    known = read_table(folder).short(_nfc(name))
    return _put(folder, known.name if known else _nfc(name), long)


def remove(folder: Path, name: str) -> Abbreviation:
    """Take the row of a short form out of the file of the library, or switch a shipped one off; returns that row.

    Raises TableError where there is none.
    """
    known = read_table(folder).short(_nfc(name))
    if known is None:
        raise TableError(f"{name!r} is no abbreviation here", "list them with 'cancu abbreviations list'")
    if known in read_own(folder):
        _write(folder, _without(_text(folder / _FILE), known.name))
    else:
        _put(folder, known.name, ())
    return known


def _put(folder: Path, name: str, long: Sequence[str]) -> Abbreviation:
    if fault := _fault({"name": name, "long": list(long)}):
        raise TableError(fault, 'give both, as in: cancu abbreviations add "QCDC" "quy chế dân chủ"')
    text = _without(_text(folder / _FILE), name)
    row = f"[[abbreviation]]\nname = {_quoted(name)}\nlong = [{', '.join(map(_quoted, long))}]\n"
    return _write(folder, f"{text.rstrip()}\n\n{row}".lstrip())[-1]


@lru_cache(maxsize=8)
def _joined(own: tuple[Abbreviation, ...]) -> Table:
    return Table((*shipped().rows, *own))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"'{path}' cannot be read: {error}", "save it as UTF-8 text, or take it away") from error


def _write(folder: Path, text: str) -> tuple[Abbreviation, ...]:
    """Replace the file as a whole, once it is known that it can be read again."""
    path = folder / _FILE
    rows = _rows(path, text)
    new = path.with_name(f"{_FILE}.{os.getpid()}.new")
    try:
        new.write_text(text, encoding="utf-8", newline="\n")
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise TableError(f"'{path}' cannot be written: {error.strerror}", "make the folder writable") from error
    return rows


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _quoted(text: str) -> str:
    return dumps(text, ensure_ascii=False)  # a string of JSON is one of TOML


def _without(text: str, name: str) -> str:
    """The text of the file without the rows of that name."""
    starts = [match.start() for match in _ROW.finditer(text)]
    kept = [text[: starts[0]] if starts else text]
    for start, end in pairwise([*starts, len(text)]):
        (row,) = _rows(Path(_FILE), text[start:end])
        kept.append(_TAIL.findall(text, start, end)[0] if row.name == name else text[start:end])
    return "".join(kept)


@lru_cache(maxsize=8)
def _rows(path: Path, text: str) -> tuple[Abbreviation, ...]:
    """The rows of a file; raises TableError that names all bad ones, each with its line."""
    try:
        read: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"'{path}': {error}", _SHAPE) from error
    found, lines = read.pop("abbreviation", []), [text.count("\n", 0, m.end()) + 1 for m in _ROW.finditer(text)]
    if read or not isinstance(found, list) or len(found) != len(lines):
        raise TableError(f"'{path}' holds something else: {', '.join(read) or 'abbreviation = …'}", _SHAPE)
    faults = [f"line {line}: {fault}" for line, raw in zip(lines, found, strict=True) if (fault := _fault(raw))]
    if faults:
        raise TableError(f"'{path}': {'; '.join(faults)}", _SHAPE)
    return tuple(
        Abbreviation(name=_nfc(raw["name"]), long=tuple(map(_nfc, raw["long"])), inside=raw.get("inside", False))
        for raw in found
    )


def _fault(raw: Mapping[str, Any]) -> str | None:
    """What is wrong with a row; None where it is well."""
    unknown = sorted(raw.keys() - {"name", "long", "inside", "examples"})
    if unknown:
        return f"unknown key {', '.join(unknown)}"
    name, long = raw.get("name"), raw.get("long")
    if not isinstance(name, str) or not form_of(_nfc(name)):
        return "name must be a short form"
    if not isinstance(long, list) or not all(isinstance(text, str) and form_of(_nfc(text)) for text in long):
        return f"long of {name!r} must be a list of texts with words in them"
    if any(form_of(_nfc(text)) == form_of(_nfc(name)) for text in long):
        return f"{name!r} stands for itself"
    return None if isinstance(raw.get("inside", False), bool) else f"inside of {name!r} must be true or false"
