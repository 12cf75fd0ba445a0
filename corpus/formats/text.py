"""Plain text and Markdown: which encoding the bytes are in; the characters stay as they are."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.errors import ReadError
from corpus.formats.raw import (
    RawText,
    expect_format,
    one_line_end,
    read_bytes,
    read_stream,
    require_bounded,
    require_text,
)

# Besides UTF-8, what Windows and Word write Vietnamese in; any wider choice lets the detector find
# Romanian or Greek in it.  (TCVN3 and VNI are no code pages: their bytes come out as cp1258, and say so.)
_CANDIDATES = ["cp1258", "utf_16_le", "utf_16_be"]
# Vietnamese needs Latin letters and marks, and common punctuation: 1.0 on reports in each candidate encoding.
# Random bytes: of 300 strings of 64 bytes and more, none that the detector accepts exceeds 0.6.
_MIN_LATIN = 0.9
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The characters of a file, the encoding they were in, and what was assumed or lost."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def read(path: Path) -> RawText:
    """The text of a .txt or .md file; line n of the text is line n of the file.

    Raises ReadError where the bytes are no text, or in no encoding that Vietnamese is written in.
    """
    return _read(path, read_bytes(path))


def read_piped(stream: BinaryIO, name: Path) -> RawText:
    """The text that comes through a stream, read as a .txt file is; messages call it `name`.

    Raises ReadError as `read` does.
    """
    return _read(name, read_stream(stream, name))


def _read(path: Path, data: bytes) -> RawText:
    expect_format(path, require_bounded(path, data), signature=None)
    decoded = decode(path, data)
    return RawText(
        text=require_text(path, one_line_end(decoded.text), "check that the right file was saved"),
        extractor=f"text ({decoded.encoding})",
        warnings=decoded.warnings,
    )


def decode(path: Path, data: bytes) -> Decoded:
    """The characters of `data`: a byte order mark decides, then valid UTF-8, then what the bytes look like.

    Raises ReadError that names `path` where no encoding fits.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_as(path, data, "utf-16")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return decode_as(path, data, "utf-8") if _is_damaged_utf8(data) else _detect(path, data)
    # UTF-16 without its mark can be valid UTF-8, full of NULs.
    return Decoded(text=text, encoding="utf-8") if "\0" not in text else _detect(path, data)


def decode_as(path: Path, data: bytes, encoding: str) -> Decoded:
    """`data` in an encoding that is known; what does not fit is replaced, with a warning.

    Raises ReadError where the result is no text.
    """
    warnings: tuple[str, ...] = (
        () if encoding == "utf-8" else (f"the text is in {encoding}, not in UTF-8: check its letters",)
    )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        warnings += (f"some bytes are not valid {encoding}: '{_REPLACEMENT}' stands in their place",)
    if _latin_share(text) < _MIN_LATIN:
        raise _undecodable(path)
    return Decoded(text=text, encoding=encoding, warnings=warnings)


def _is_damaged_utf8(data: bytes) -> bool:
    """More letters beyond ASCII decode than fail; of Vietnamese in Windows-1258 nearly all fail."""
    text = data.decode("utf-8", "replace")
    failed = text.count(_REPLACEMENT)
    return "\0" not in text and sum(char > "\x7f" for char in text) - failed > failed


def _detect(path: Path, data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    for match in from_bytes(data, cp_isolation=_CANDIDATES):
        if _latin_share(str(match)) >= _MIN_LATIN:
            return decode_as(path, data, match.encoding)
    raise _undecodable(path)


def _latin_share(text: str) -> float:
    """Which part of the characters Vietnamese text can have: Latin letters, marks, punctuation, blanks (0..1)."""
    return sum(_is_latin(char) for char in text) / max(len(text), 1)


def _is_latin(char: str) -> bool:
    return char in "\t\n\r\f" or " " <= char <= "~" or "\xa0" <= char <= "\u036f" or "\u1e00" <= char <= "\u20bf"


def _undecodable(path: Path) -> ReadError:
    return ReadError(f"'{path}' is no text in UTF-8, UTF-16 or Windows-1258", "save it again as text in UTF-8")
