"""Which files to read: those that are named, and those in the folders that are named; and what a file is known by."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from corpus.errors import ReadError
from corpus.formats import FORMATS, UNREAD
from corpus.formats.raw import is_folder, require_file

# "~$Báo cáo.docx" is Word's lock file, "~WRL0001.tmp" a temporary one; a dot hides a file, on Windows too from us.
_NOT_A_DOCUMENT = ("~", ".")


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to read: a file as it is named, a folder with all folders in it, in the order of names.

    In folders only documents are found, also those that reading refuses with a remedy (.doc, pictures); hidden, lock
    and temporary ones are left out.  A folder within that may not be listed is given itself, so that reading it says
    why.  Links to folders are followed, each folder once.
    Raises ReadError where a path does not exist, or a folder has no file that can be read.
    """
    for path in paths:
        if not is_folder(path):
            yield _existing(path)
            continue
        found = False
        for file in _walk(path, set()):
            found = True
            yield file
        if not found:
            raise ReadError(f"'{path}' has no file that can be read", f"readable are {', '.join(FORMATS)}")


def content_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes, in 64 hexadecimal digits; raises ReadError where it cannot be read."""
    require_file(path)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"'{path}' cannot be read: {error.strerror}", "check that it is a file you may read") from error


def has_vanished(file: Path, folder: Path) -> bool:
    """Is a file below `folder`, which was read once, there no longer?

    A file in a folder that cannot be looked at, or is a link to nowhere (a share that is away), has not vanished.
    """
    for path in (file, *file.parents):
        try:
            path.lstat()
        except FileNotFoundError:
            continue
        except OSError:
            return False
        if path == file or not path.is_relative_to(folder.absolute()):
            return False
        try:
            next(path.iterdir(), None)
        except OSError:
            return False
        return True
    return False


def _existing(path: Path) -> Path:
    """`path` as it is; raises ReadError where it does not exist.  One that may not be looked at does."""
    with suppress(OSError):
        if not path.exists():
            raise ReadError(f"'{path}' does not exist", "check the path")
    return path


def _walk(folder: Path, seen: set[str]) -> Iterator[Path]:
    """The documents in a folder; `seen` holds the real paths of the folders that were walked, against loops."""
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith(_NOT_A_DOCUMENT):
            continue
        if is_folder(entry):
            yield from _walk(entry, seen)
        elif entry.suffix.lower() in FORMATS or entry.suffix.lower() in UNREAD:
            yield entry
