"""Which files there are to read, and what tells that one has changed."""

import os
from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path

from corpus.errors import ReadError
from corpus.formats import FORMATS


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files at `paths`: files as given, folders with all below them that can be read, in order of name.

    Lock files of Word ("~$…"), temporary and hidden files are left out; no folder is entered twice.  Raises ReadError
    for a path that is not there and for a folder that holds nothing readable.
    """
    for path in paths:
        if path.is_dir():
            found = list(_walk(path, set()))
            if not found:
                raise ReadError(f"'{path}' holds no file that can be read", f"these can: {', '.join(sorted(FORMATS))}")
            yield from found
        elif path.exists():
            yield path
        else:
            raise ReadError(f"'{path}' is not there", "check the name; put quotes around one with blanks")


def _walk(folder: Path, entered: set[Path]) -> Iterator[Path]:
    real = folder.resolve()
    if real in entered:
        return
    entered.add(real)
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise ReadError(f"'{folder}' cannot be listed: {error.strerror}", "check that you may read it") from error
    for name in names:
        path = folder / name
        if name.startswith((".", "~")) or name.endswith("~"):
            continue
        if path.is_dir():
            yield from _walk(path, entered)
        elif path.suffix.lower() in FORMATS:
            yield path


def content_hash(path: Path) -> str:
    """The sha256 of the bytes of a file, in hex; raises ReadError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"'{path}' cannot be read: {error.strerror}", "check that it is a file and that you may read it") from error
