"""One SQLite file, opened with the catalog's tables; whatever goes wrong there is explained with a remedy."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.catalog import CatalogError
from index.schema import SCHEMA, VERSION


class Database:
    """The SQLite file `path` (WAL), made with its tables where it is missing; a second writer waits `patience` seconds.

    Raises CatalogError where it is no catalog, is of another version, or cannot be read or written.
    """

    def __init__(self, path: Path, *, patience: float) -> None:
        self.path = path
        with self._explained():
            self._connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            self._open()
        except BaseException:
            self._connection.close()
            raise

    def _open(self) -> None:
        self._connection.row_factory = sqlite3.Row
        version = self.execute("PRAGMA user_version").fetchone()[0]
        tables = self.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version not in (0, VERSION) or (version == 0 and tables):
            raise CatalogError(
                f"{self.path} is of version {version}, this program reads {VERSION}",
                "use the cancu that wrote it, or make a new library from the files",
            )
        self.execute("PRAGMA foreign_keys = ON")
        if version == 0:
            with self._explained():
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")

    def execute(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """One statement."""
        with self._explained():
            return self._connection.execute(sql, values)

    def executemany(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """One statement for many rows."""
        with self._explained():
            self._connection.executemany(sql, values)

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._explained():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside becomes visible at its end; nothing of it if it fails."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Free the file."""
        self._connection.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise CatalogError(f"the catalog {self.path}: {error}", _remedy(str(error))) from error


def _remedy(problem: str) -> str:
    if "readonly" in problem or "unable to open" in problem:
        return "give this user the right to write there, or name another library with --library"
    if "locked" in problem:
        return "another cancu is writing; wait until it has finished"
    if "full" in problem:
        return "free space on the disk; what was committed is safe"
    return "it is no catalog or it is damaged: move it away and make a new library from the files with 'cancu add'"
