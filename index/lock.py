"""One writer at a time: who changes a library holds its lock from beginning to end."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import CancuError

# No name of a document: a library may lie in a folder that is added.
_LOCK, _HOLDER = "writer.lock", "writer.holder"


class LibraryLockedError(CancuError):
    """Another process is changing the library."""


# SQLite's own lock is let go with each batch, and another writer would come between catalog and index; this one is held
# for the whole of a run.  The system frees it when its process ends, however it ends.
@contextmanager
def writer_lock(folder: Path, *, patience: float, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the writer's lock of the library in `folder`; `tell` is called if it must wait, `patience` seconds at most.

    Raises LibraryLockedError, which says who holds it, or CancuError where the folder may not be written.
    """
    lock = FileLock(folder / _LOCK)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            tell(_holder(folder))
            lock.acquire(timeout=patience)
    except Timeout:
        raise LibraryLockedError(
            f"another cancu is changing the library in '{folder}' ({_holder(folder)})",
            "wait until it has finished, or end it, and try again",
        ) from None
    except OSError as error:
        raise CancuError(
            f"the library in '{folder}' cannot be written: {error.strerror}",
            "give this user the right to write there, or name another library with --library",
        ) from error
    try:
        with suppress(OSError):  # it is a courtesy: the lock holds without it
            since = datetime.now(UTC).isoformat(timespec="seconds")
            (folder / _HOLDER).write_text(f"process {os.getpid()}, since {since}", encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        return (folder / _HOLDER).read_text(encoding="utf-8")
    except OSError:
        return "process not known"
