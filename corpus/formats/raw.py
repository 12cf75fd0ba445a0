"""What every reader gives back, and the checks that all of them share at the edge of the file system."""

import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.errors import ReadError

# The first bytes of formats that often carry a wrong suffix, what to call them, and what to do about it.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "rename it so that it ends in .pdf"),
    (b"PK\x03\x04", "a zip package", "rename it so that it ends in .docx if Word wrote it"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word document (.doc), or one that is protected by a password",
        "open it in Word and save it as .docx without a password",
    ),
    (b"{\\rtf", "an RTF document", "open it in Word and save it as .docx"),
)
# No report is larger; what never ends (`yes | cancu cites -`) is, and so is a disk image by the name of a text.
_MAX_BYTES = 100_000_000
_LINE_END = re.compile(r"\r\n?")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_PADDING = re.compile(r"[ \t\xa0]+$", re.MULTILINE)
SYMBOL_FONTS = range(0xF000, 0xF100)  # where Word puts the characters of Symbol and Wingdings
_SYMBOL_HYPHEN = 0xF02D
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """The text of one file before cleaning: lines end in "\\n", and no other character breaks a line.

    `extractor` names the reader and what it used ("docx", "pdf (pypdfium2 5.15.2)"); `warnings` say in
    English what could not be read, or was assumed.
    """

    text: str
    extractor: str
    warnings: tuple[str, ...] = ()


def is_folder(path: Path) -> bool:
    """Whether a path is a folder, as far as it may be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def require_file(path: Path) -> None:
    """Check that `path` is a file that ends: a pipe or a device could be read for ever; raises ReadError."""
    with suppress(OSError, ValueError):  # what cannot be looked at is explained when it is read
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise ReadError(f"'{path}' is a pipe or a device, no file", "name a file that lies on a disk")


def read_bytes(path: Path) -> bytes:
    """All bytes of a file; raises ReadError where there are none or they cannot be had."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"'{path}' does not exist", "check the path") from error
    except IsADirectoryError as error:
        raise ReadError(f"'{path}' is a folder", "name the files in it") from error
    except PermissionError as error:
        raise ReadError(f"'{path}' may not be read", "close it elsewhere, or ask for permission to read it") from error
    except (OSError, ValueError) as error:  # ValueError: a path that no file system takes
        raise ReadError(f"'{path}' cannot be read: {error}", "copy it to a local disk and try again") from error
    if not data:
        raise ReadError(f"'{path}' is empty (0 bytes)", "copy it again from where it came")
    return data


def read_stream(stream: BinaryIO, name: Path) -> bytes:
    """All bytes of a stream, which messages call `name`; raises ReadError where there are none or they never end."""
    try:
        data = stream.read(_MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: it was closed
        raise ReadError(f"'{name}' cannot be read: {error}", "name a file instead") from error
    if not data:
        raise ReadError(f"'{name}' is empty (0 bytes)", "pipe a text into the command, or name a file")
    return data


def require_bounded(path: Path, data: bytes) -> bytes:
    """`data` as it is; raises ReadError where it is too long to be the text of a report."""
    if len(data) > _MAX_BYTES:
        raise ReadError(f"'{path}' has more than {_MAX_BYTES // 1_000_000} MB of text", "cut it into its reports")
    return data


def expect_format(path: Path, data: bytes, *, signature: bytes | None) -> None:
    """Check that the bytes are what the suffix promises: they start with `signature`, or None for plain text.

    Raises ReadError that says what the file is instead.
    """
    if signature is not None and data.startswith(signature):
        return
    for known, name, remedy in _SIGNATURES:
        if data.startswith(known) and path.suffix:
            raise ReadError(f"'{path}' ends in '{path.suffix}' but is {name}", remedy)
        if data.startswith(known):
            raise ReadError(f"'{path}' is {name}, and no text", "name the file: what is piped is read as text")
    if signature is not None:
        raise ReadError(
            f"'{path}' ends in '{path.suffix}' but is not of that format, or is damaged",
            "open it in the program that wrote it and save it again",
        )


def one_line_end(text: str) -> str:
    """`text` with "\\n" as the only line end; what is no character, or breaks a line too, becomes a space.

    So that line n is the line n that an editor and grep show.
    """
    return _CONTROLS.sub(" ", _LINE_END.sub("\n", text))


def tidy_lines(text: str) -> str:
    """`text` without blanks at line ends, without blank lines at either end, and never two blank lines together."""
    return _BLANK_LINES.sub("\n\n", _LINE_PADDING.sub("", one_line_end(text))).strip("\n")


def raise_marks(text: str) -> str:
    """Digits as superscripts: a note's mark stays apart from the word it is glued to ("Trung ương⁶")."""
    return text.translate(_SUPERSCRIPTS)


def symbol_char(code: int) -> str:
    """What a character of Symbol or Wingdings shows: its hyphen, or some bullet."""
    return "-" if code == _SYMBOL_HYPHEN else "•"


def require_text(path: Path, text: str, remedy: str) -> str:
    """`text` as it is; raises ReadError with `remedy` where nothing but blanks was found."""
    if not text.strip():
        raise ReadError(f"'{path}' has no text", remedy)
    return text
