"""The catalog in one SQLite file (WAL): what is written and read of reports and files.

What they cite is written by `sqlite_rows` and asked by `sqlite_graph`; here both are joined into one `Catalog`.
"""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from corpus.model import Report
from graph.corrections import Correction
from graph.filing import Card, Filed
from graph.model import READING_VERSION
from graph.questions import Wanted
from graph.registry import Entry
from index import sqlite_corrections, sqlite_rows, words
from index.catalog import CatalogDamagedError, Counts, Failure, FilePlace, Standing
from index.schema import VERSION
from index.sqlite_citing import SqliteCiting
from index.sqlite_database import LISTED, Database
from index.sqlite_graph import SELECT_CARD, card_from
from index.sqlite_migration import migrate
from index.sqlite_reports import insert_report, read_report
from index.sqlite_settling import settle_buckets

# As the version of the rules: older than any.
_UNREAD = 0
# How long a second writer waits for the first, in seconds.
_PATIENCE = 30.0


class SqliteCatalog(SqliteCiting):
    """A catalog in the file `path`, made where it is missing.

    Raises CatalogError where the file is no catalog, is of another version, or cannot be written.
    """

    def __init__(self, path: Path, *, patience: float = _PATIENCE) -> None:
        super().__init__(Database(path, patience=patience))
        self._touched: set[str] = set()
        if self._db.version < VERSION:
            migrate(self._db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside becomes visible at its end; nothing of it if it fails.

        What the reports cite is corrected and settled at the end, once for all of them.
        """
        with self._db.writing():
            self._touched = set()
            yield
            self._touched |= sqlite_corrections.lay_corrections(self._db)
            settle_buckets(self._db, self._touched)

    def put(self, report: Report, filed: Filed | None, place: FilePlace | None = None) -> None:
        """Keep a report with what it cites (None: not found yet); one of that id is replaced, and stays where it is."""
        at = self._db.rows("SELECT * FROM file WHERE report = ?", report.id)
        packed = self._db.rows("SELECT * FROM prepared WHERE report = ?", report.id)
        self._touched |= sqlite_rows.remove_report(self._db, report.id)
        insert_report(self._db, report, reading=READING_VERSION if filed else _UNREAD)
        if filed:
            self._touched |= sqlite_rows.put_filed(self._db, report.id, filed)
        self._db.executemany("INSERT INTO file VALUES (?, ?, ?, ?, ?)", map(tuple, at))
        self._db.executemany("INSERT INTO prepared VALUES (?, ?, ?)", map(tuple, packed))
        if place is not None:
            self.put_place(place)

    def put_prepared(self, report_id: str, packed: bytes) -> None:
        """Keep the segmented text of a report."""
        self._db.execute("INSERT OR REPLACE INTO prepared VALUES (?, ?, ?)", (report_id, words.VERSION, packed))

    def prepared(self, report_id: str) -> bytes | None:
        """The segmented text of a report; None where it is not kept, or the rules have changed since."""
        found = self._db.rows("SELECT marked FROM prepared WHERE report = ? AND version = ?", report_id, words.VERSION)
        return found[0]["marked"] if found else None

    def outdated(self) -> frozenset[str]:
        """The reports whose citations were found by older rules."""
        return frozenset(r["id"] for r in self._db.rows("SELECT id FROM report WHERE reading != ?", READING_VERSION))

    def setting(self, name: str) -> str | None:
        """What is noted under that name."""
        found = self._db.rows("SELECT value FROM setting WHERE name = ?", name)
        return found[0]["value"] if found else None

    def set_setting(self, name: str, value: str) -> None:
        """Note something under a name."""
        self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def find(self, wanted: Wanted) -> Sequence[Entry]:
        """The documents that fit, or to which one that fits is joined, in the order of their ids."""
        found = super().find(wanted)
        into = sqlite_corrections.joined_like(self._db, wanted)
        return sorted({e.id: e for e in (*found, *self.entries(into))}.values(), key=lambda e: e.id) if into else found

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
        self._touched |= sqlite_rows.remove_report(self._db, known.report)
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
        return sqlite_corrections.corrected_report(self._db, report_id)

    def extracted(self, report_id: str) -> Report | None:
        """The report of that id as its file says, without corrections."""
        return read_report(self._db, report_id)

    def correct(self, corrections: Iterable[Correction], *, known: bool = True) -> None:
        """Keep corrections, each under a new id if it has none; they hold from the end of `writing()` on."""
        kept = list(corrections)
        for correction in kept:
            sqlite_corrections.put_correction(self._db, correction, known=known)
        self._touched |= sqlite_corrections.buckets_of(self._db, kept)

    def uncorrect(self, ids: Iterable[int]) -> None:
        """Forget corrections: what was extracted holds again."""
        gone = frozenset(ids)
        kept = [c for c in sqlite_corrections.read_corrections(self._db) if c.id in gone]
        sqlite_corrections.remove_corrections(self._db, gone)
        self._touched |= sqlite_corrections.buckets_of(self._db, kept)

    def corrections(self) -> Sequence[Standing]:
        """All corrections, the oldest first."""
        return sqlite_corrections.standings(self._db)

    def unindexed(self) -> frozenset[str]:
        """The reports whose card has been corrected since the full-text index learnt it."""
        return frozenset(row["report"] for row in self._db.rows("SELECT report FROM unindexed"))

    def set_indexed(self, reports: Iterable[str]) -> None:
        """Note that the full-text index knows the cards of these reports as they are."""
        self._db.executemany("DELETE FROM unindexed WHERE report = ?", [(report,) for report in reports])

    def texts(self, ids: Sequence[str]) -> Mapping[str, tuple[Card, str]]:
        """The cards and texts of these reports, in their order; one that is not there is left out."""
        sql = SELECT_CARD.replace(" FROM", ", r.text FROM") + f" WHERE r.id IN {LISTED}"
        found = {row["id"]: (card_from(row), row["text"]) for row in self._db.rows(sql, json.dumps([*ids]))}
        return {report: found[report] for report in ids if report in found}

    def card(self, report_id: str) -> Card | None:
        """The card of that report."""
        row = self._db.execute(SELECT_CARD + " WHERE r.id = ?", (report_id,)).fetchone()
        return card_from(row) if row else None

    def state(self) -> Hashable:
        """Another value whenever this or another process has written."""
        return self._db.state()

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

    def require_whole(self) -> None:
        """Check that all of it can be read; raises CatalogDamagedError."""
        found = [row[0] for row in self._db.rows("PRAGMA integrity_check") if row[0] != "ok"]
        if found:
            raise CatalogDamagedError(
                f"the catalog {self._db.path} is damaged: {found[0].splitlines()[-1]}",
                "'cancu doctor --repair' saves what can be read; else make a new library from the files",
            )

    def check(self) -> Sequence[str]:
        """What is wrong with the stored data, a sentence each; empty where all is well."""
        found = []
        broken = len(self._db.rows("PRAGMA foreign_key_check"))
        lost, lonely = sqlite_rows.unsettled(self._db)
        found += [f"{broken} rows of the catalog point to nothing"] if broken else []
        found += [f"{lost} citations and {len(lonely)} documents are not settled"] if lost or lonely else []
        return found

    def mend(self) -> None:
        """Drop what points to nothing, and settle all documents anew."""
        with self.writing():
            for table in ("vote", "file", "prepared", "succession", "laid", "unindexed"):
                self._db.execute(f"DELETE FROM {table} WHERE report NOT IN (SELECT id FROM report)")
            for table, owner, key in (("citation", "vote", "report, n"), ("action", "citation", "report, n, start")):
                self._db.execute(f"DELETE FROM {table} WHERE ({key}) NOT IN (SELECT {key} FROM {owner})")
            for end in ("source", "target"):
                self._db.execute(f"DELETE FROM link WHERE (report, {end}) NOT IN (SELECT report, n FROM vote)")
            self._touched = sqlite_rows.recount(self._db)

    def close(self) -> None:
        """Free its files."""
        self._db.close()
