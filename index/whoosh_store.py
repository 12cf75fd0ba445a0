"""Whoosh as a store of reports: its files and its schema.

Found in Whoosh 2.7.4 and kept away from here: its phrase query reads all positions, AndNot lets a wrong document
through, a collector with a limit counts too few, and opening races with a commit.
"""

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import accumulate
from math import ceil, log
from pathlib import Path
from typing import Any, TypeVar

from index.engine import EngineError
from index.whoosh_column import ReportColumn
from index.whoosh_package import whoosh

Result = TypeVar("Result")

# The number grows with the schema and with the marks of a prepared text: an older index is then not read as a newer.
INDEX = "cancu2"
# One opening in 167 met a commit, where another process did nothing but commit; a second is longer than any commit.
_ATTEMPTS = 20
_PAUSE = 0.05
# Merging takes 1 ms a report, a segment 0.1 ms of each search.  With a fold of four, 10,000 reports that come 200 at a
# time are each written three times and lie in seven segments, and one more waits for the merging of 400 at most.  The
# largest segment bounds the memory of a merge (400 MB).
_SMALL, _FOLD, _LARGEST = 100, 4, 4000


def open_index(storage: Any) -> Any:
    """The index in a Whoosh storage; an empty one is made where there is none.

    Between the listing of a folder and the opening of its table of contents a commit may replace the latter: then it
    is opened again, never made anew.
    """
    if whoosh().index.TOC._latest_generation(storage, INDEX) < 0:  # noqa: SLF001  # `exists` opens the file, and races
        column = whoosh().fields.COLUMN(ReportColumn())
        schema = whoosh().fields.Schema(id=whoosh().fields.ID(unique=True), report=column)
        whoosh().index.TOC.create(storage, schema, INDEX)
    return again(lambda: storage.open_index(INDEX))


def again(attempt: Callable[[], Result]) -> Result:
    """The result of `attempt`, which is repeated while a commit takes files away under it."""
    for _ in range(_ATTEMPTS):
        try:
            return attempt()
        except FileNotFoundError:
            time.sleep(_PAUSE)
    return attempt()


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Turns what opening a damaged index raises into EngineError."""
    try:
        yield
    except Exception as error:  # a damaged pickle can raise anything
        problem = f"the full-text index in '{folder}' cannot be read ({type(error).__name__}: {error})"
        raise EngineError(problem, "'cancu doctor --repair' builds it again from the library") from error


def open_writer(index: Any, patience: float) -> Any:
    """A writer of Whoosh; raises its LockError after `patience` seconds of waiting for another."""
    codec = whoosh().codec.whoosh3.W3Codec()
    codec.length_stats = False  # no field has a length, and Whoosh would look for it at each posting
    # One file for each column: in a compound file the arrays would not be aligned.
    return index.writer(codec=codec, timeout=patience, compound=False)


def abandon(writer: Any) -> None:
    """Give up what was written, whatever state it is in: Whoosh's own cancelling keeps the lock where it fails."""
    with suppress(Exception):
        writer.cancel()
    if not writer.is_closed:
        writer._finish()  # noqa: SLF001  # frees the lock


def merge_small(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """A merge policy of Whoosh: four segments of one size become one of the next; the others are given back.

    Of those that would be too large together the smallest are taken: else none of this size would ever be merged.
    """
    size, left = writer.doc_count(), sorted(segments, key=lambda segment: segment.doc_count())
    while True:
        same = [segment for segment in left if _tier(segment.doc_count()) <= _tier(size)]
        sizes = list(accumulate((segment.doc_count() for segment in same), initial=size))
        fitting = bisect_right(sizes, _LARGEST) - 1
        if len(same) < _FOLD - 1 or fitting < 1:
            return [segment for segment in left if segment.doc_count()]
        size = sizes[fitting]
        for segment in same[:fitting]:
            left.remove(segment)
            reader = whoosh().reading.SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()


def _tier(size: int) -> int:
    """0 up to 100 reports, 1 up to 400, and so on."""
    return max(0, ceil(log(max(1, size) / _SMALL, _FOLD)))
