"""From a file to a `Report`: read, clean once, read the header."""

from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from corpus.clean import clean
from corpus.errors import ReadError
from corpus.formats import read_file
from corpus.header import read_header
from corpus.model import Report

PIPED = Path("-")
"""The name by which standard input is asked for, and by which the report in it goes."""

# 64 bits: two different texts among a hundred million meet with a chance of one in a few thousand.
_ID_LENGTH = 16


def read_report(path: Path) -> Report:
    """The report in the file at `path`; raises ReadError where its text cannot be had or it holds none."""
    raw = read_file(path)
    return report_of(raw.text, file=str(path), extractor=raw.extractor, warnings=raw.warnings)


def read_piped_report(stream: BinaryIO) -> Report:
    """The report whose text comes through `stream`, in one of the encodings of a .txt file; raises ReadError."""
    from corpus.formats.text import read_piped

    raw = read_piped(stream, PIPED)
    return report_of(raw.text, file=str(PIPED), extractor=raw.extractor, warnings=raw.warnings)


def report_of(text: str, *, file: str, extractor: str = "text", warnings: tuple[str, ...] = ()) -> Report:
    """The report whose text, as read from `file`, is `text`; raises ReadError where it holds no word."""
    cleaned = clean(text)
    if not cleaned.strip():
        raise ReadError(
            f"'{file}' holds no text", "check that it is the right file; a scan needs its text recognised first"
        )
    return Report(
        id=sha256(cleaned.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH],
        file=file,
        text=cleaned,
        header=read_header(cleaned),
        extractor=extractor,
        warnings=warnings,
    )
