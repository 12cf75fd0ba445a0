"""The catalog in one SQLite file (WAL): what is written and read of reports and files.

What they cite is written by `sqlite_rows` and asked by `sqlite_graph`; here both are joined into one `Catalog`.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from corpus.model import Header, Report
from graph.filing import Card, Filed, card_of
from index import sqlite_rows
from index.catalog import Counts, Failure, FilePlace
from index.sqlite_database import Database
from index.sqlite_graph import SELECT_CARD, SqliteGraph, card_from

# How long a second writer waits for the first, in seconds.
_PATIENCE = 30.0


class SqliteCatalog(SqliteGraph):
    """A catalog in the file `path`, made where it is missing.

    Raises CatalogError where the file is no catalog, is of another version, or cannot be written.
    """

    def __init__(self, path: Path, *, patience: float = _PATIENCE) -> None:
        super().__init__(Database(path, patience=patience))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def writing(self) -> AbstractContextManager[None]:
        """All that is written inside becomes visible at its end; nothing of it if it fails."""
        return self._db.writing()

    def put(self, report: Report, filed: Filed, place: FilePlace) -> None:
        """Keep a report with all that it cites; a report of that id is replaced."""
        touched = sqlite_rows.remove_report(self._db, report.id)
        card = card_of(report)
        self._db.execute(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                report.id,
                report.file,
                report.text,
                report.extractor,
                json.dumps(report.warnings, ensure_ascii=False),
                json.dumps(asdict(report.header), ensure_ascii=False),
                card.number,
                card.issuer,
                card.unit,
                card.parent,
                card.province,
                card.level,
                card.type,
                card.date,
                card.year,
                card.title,
            ),
        )
        touched |= sqlite_rows.put_filed(self._db, filed)
        sqlite_rows.settle_buckets(self._db, touched)
        self.put_place(place)

    def put_place(self, place: FilePlace) -> None:
        """Note that a known report lies at one more path, or that its file was touched."""
        self._db.execute("DELETE FROM failure WHERE path = ?", (place.path,))
        self._db.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)",
            (place.path, place.hash, place.size, place.mtime_ns, place.report),
        )

    def forget(self, path: str) -> str | None:
        """Forget the file at `path`; returns the id of its report if it lay nowhere else and is forgotten too."""
        known = self.place(path)
        if known is None:
            return None
        self._db.execute("DELETE FROM file WHERE path = ?", (path,))
        other = self._db.execute("SELECT path FROM file WHERE report = ? ORDER BY path", (known.report,)).fetchone()
        if other is not None:
            self._db.execute(
                "UPDATE report SET file = ? WHERE id = ? AND file = ?", (other["path"], known.report, path)
            )
            return None
        sqlite_rows.settle_buckets(self._db, sqlite_rows.remove_report(self._db, known.report))
        return known.report

    def place(self, path: str) -> FilePlace | None:
        """What is known of the file at `path`."""
        row = self._db.execute("SELECT * FROM file WHERE path = ?", (path,)).fetchone()
        return FilePlace(**row) if row else None

    def places(self) -> Sequence[FilePlace]:
        """All files, by path."""
        return [FilePlace(**row) for row in self._db.rows("SELECT * FROM file ORDER BY path")]

    def report(self, report_id: str) -> Report | None:
        """The report of that id, with its text."""
        row = self._db.execute("SELECT * FROM report WHERE id = ?", (report_id,)).fetchone()
        if row is None:
            return None
        header: dict[str, Any] = json.loads(row["header"])
        header["addressee"] = tuple(header["addressee"])
        return Report(
            id=row["id"],
            file=row["file"],
            text=row["text"],
            header=Header(**header),
            extractor=row["extractor"],
            warnings=tuple(json.loads(row["warnings"])),
        )

    def card(self, report_id: str) -> Card | None:
        """The card of that report."""
        row = self._db.execute(SELECT_CARD + " WHERE r.id = ?", (report_id,)).fetchone()
        return card_from(row) if row else None

    def size(self) -> int:
        """How many reports there are."""
        count: int = self._db.execute("SELECT count(*) FROM report").fetchone()[0]
        return count

    def ids(self) -> frozenset[str]:
        """The ids of all reports."""
        return frozenset(row["id"] for row in self._db.rows("SELECT id FROM report"))

    def note_failures(self, failures: Iterable[Failure]) -> None:
        """Keep why files could not be read; the day on which one first failed stays."""
        self._db.executemany(
            "INSERT INTO failure VALUES (?, ?, ?) ON CONFLICT (path) DO UPDATE SET error = excluded.error",
            [(f.path, f.error, f.since) for f in failures],
        )

    def drop_failures(self, paths: Iterable[str]) -> None:
        """Take files off the list of those that could not be read."""
        self._db.executemany("DELETE FROM failure WHERE path = ?", [(path,) for path in paths])

    def failures(self) -> Sequence[Failure]:
        """The files that could not be read, by path."""
        return [Failure(**row) for row in self._db.rows("SELECT * FROM failure ORDER BY path")]

    def counts(self) -> Counts:
        """How much there is."""
        row = self._db.execute(
            "SELECT (SELECT count(*) FROM report) AS reports, (SELECT count(DISTINCT unit) FROM report) AS units, "
            "(SELECT count(*) FROM entry) AS instruments, (SELECT count(*) FROM citation) AS citations, "
            "(SELECT count(*) FROM link) AS links, (SELECT count(*) FROM failure) AS failures"
        ).fetchone()
        return Counts(**row)

    def check(self) -> Sequence[str]:
        """What is wrong with the stored data, a sentence each; empty where all is well."""
        found = [row[0] for row in self._db.rows("PRAGMA integrity_check") if row[0] != "ok"]
        broken = len(self._db.rows("PRAGMA foreign_key_check"))
        return found + ([f"{broken} rows point to nothing"] if broken else [])

    def close(self) -> None:
        """Free its files."""
        self._db.close()
