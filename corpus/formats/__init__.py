"""FORMATS: suffix → reader.  A new format is a module with `read(path) -> RawText` and one row here."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from corpus.errors import ReadError
from corpus.formats.raw import RawText, is_folder, require_file

__all__ = ["FORMATS", "UNREAD", "Format", "RawText", "read_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format: its name, the suffixes it is known by (lower case, with dot), and its reader.

    `read` raises ReadError, and nothing else, for a file whose text cannot be had.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], RawText]


def _reader(module: str) -> Callable[[Path], RawText]:
    """The `read` of a module of this package, imported when the first such file is read."""

    def read(path: Path) -> RawText:
        raw: RawText = import_module(f"{__name__}.{module}").read(path)
        return raw

    return read


_ROWS = (
    Format(name="Word", suffixes=(".docx", ".docm"), read=_reader("docx")),
    Format(name="PDF", suffixes=(".pdf",), read=_reader("pdf")),
    Format(name="HTML", suffixes=(".html", ".htm"), read=_reader("html")),
    Format(name="text", suffixes=(".txt", ".md"), read=_reader("text")),
)
FORMATS = MappingProxyType({suffix: row for row in _ROWS for suffix in row.suffixes})

_IN_WORD, _IN_EXCEL = "open it in Word and save it as .docx", "open it in Excel and save it as .pdf"
_RECOGNISE = "it is a picture: have its text recognised, and save that as a searchable .pdf"
# Documents that are not read yet, with what turns them into one that is; in a folder they are named, not passed over.
UNREAD = MappingProxyType(
    dict.fromkeys((".doc", ".dot", ".rtf", ".odt", ".wps", ".mht", ".mhtml"), _IN_WORD)
    | dict.fromkeys((".xls", ".xlsx", ".xlsm", ".ods"), _IN_EXCEL)
    | dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff"), _RECOGNISE)
    | dict.fromkeys((".zip", ".rar", ".7z"), "unpack it first")
)


def read_file(path: Path) -> RawText:
    """The text of a file, read as its suffix says (upper or lower case).

    Raises ReadError, and nothing else, for a file whose text cannot be had.
    """
    suffix = path.suffix.lower()
    if is_folder(path):
        raise ReadError(f"'{path}' is a folder", "name the files in it, or check that you may list it")
    require_file(path)
    if suffix in FORMATS:
        return FORMATS[suffix].read(path)
    remedy = UNREAD.get(suffix, f"give one of {', '.join(FORMATS)}")
    raise ReadError(f"'{path}': files that end in '{suffix}' are not read", remedy)
