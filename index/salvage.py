"""What can be read of a damaged catalog, brought into a new one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import CancuError
from index.catalog import FilePlace
from index.sqlite_catalog import SqliteCatalog
from index.sqlite_corrections import COLUMNS, correction_from
from index.sqlite_reports import SELECT_REPORT, report_from

# Rows that cannot be read one after the other before the end of a table is taken to be reached: a lost page of the tree
# takes some thousands of reports with it.
_LOST = 20_000
_TAILS = ("", "-wal", "-shm")


def salvage(path: Path) -> tuple[Path, int]:
    """Bring the reports that can be read of a damaged catalog into a new one in its place.

    Returns where the damaged one is kept, and how many reports were saved; their citations must be found again.
    Raises CancuError where no report can be read, or the catalog cannot be written; then nothing is changed.
    """
    beside = path.with_name(f"{path.name}.new")
    _remove(beside)
    try:
        count = _copy(path, beside)
    except sqlite3.Error:
        count = 0
    if not count:
        _remove(beside)
        raise CancuError(
            f"no report can be read of the damaged catalog {path}",
            "move it away and make a new library from the files with 'cancu add'",
        )
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"{path.name}.damaged-{stamp}")
    for tail in _TAILS:
        with suppress(FileNotFoundError):
            path.with_name(path.name + tail).rename(kept.with_name(kept.name + tail))
    beside.rename(path)
    return kept, count


def _copy(path: Path, beside: Path) -> int:
    """Write all that can be read to the catalog `beside`; returns the number of reports."""
    log = path.with_name(f"{path.name}-wal")
    # Without a log nothing need be written beside a file that is only read.
    alone = "" if log.exists() and log.stat().st_size else "&immutable=1"
    uri = f"{path.absolute().as_uri()}?mode=ro{alone}"
    with closing(sqlite3.connect(uri, uri=True)) as damaged, SqliteCatalog(beside) as new, new.writing():
        damaged.row_factory = sqlite3.Row
        damaged.execute("PRAGMA writable_schema = ON")  # else SQLite reads nothing of a file that is too short
        for row in _readable(damaged, f"{SELECT_REPORT} WHERE rowid = ?"):
            with suppress(ValueError, TypeError):  # a header that is no JSON any more
                new.put(report_from(row), None)
        kept = new.ids()
        for row in _readable(damaged, "SELECT * FROM file WHERE rowid = ?"):
            if row["report"] in kept:
                new.put_place(FilePlace(**row))
        for row in _readable(damaged, f"SELECT {COLUMNS}, known FROM correction WHERE rowid = ?"):
            new.correct([correction_from(row)], known=bool(row["known"]))
        return len(kept)


def _readable(damaged: sqlite3.Connection, sql: str) -> Iterator[sqlite3.Row]:
    """All rows of a table that can be read, one by one, for a query of many ends with the first that cannot."""
    number = lost = 0
    while lost < _LOST:
        number += 1
        try:
            row = damaged.execute(sql, (number,)).fetchone()
        except sqlite3.DatabaseError:
            row = None
        lost = 0 if row else lost + 1
        if row:
            yield row


def _remove(catalog: Path) -> None:
    for tail in _TAILS:
        catalog.with_name(catalog.name + tail).unlink(missing_ok=True)
