"""One SQLite file, opened with the catalog's tables; whatever goes wrong there is explained with a remedy."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.catalog import CatalogDamagedError, CatalogError
from index.schema import SCHEMA, VERSION

LISTED = "(SELECT value FROM json_each(?))"
"""The values of a list that is given as `listed` writes it: for IN."""

# A batch touches pages all over the indexes, more than SQLite's own 2 MB; a choice, other sizes were not measured.
_CACHE_KB = 32_000


class Database:
    """The SQLite file `path` (WAL), made with its tables where it is missing; a second writer waits `patience` seconds.

    Raises CatalogError where it is no catalog, is of another version, or cannot be read or written.
    """

    def __init__(self, path: Path, *, patience: float) -> None:
        self.path = path
        with self._explained():
            self._connection = _connected(path, patience)
        try:
            self._open()
        except BaseException:
            self._connection.close()
            raise

    def _open(self) -> None:
        self._connection.row_factory = sqlite3.Row
        version = self.execute("PRAGMA user_version").fetchone()[0]
        tables = self.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version > VERSION or (version == 0 and tables):
            raise CatalogError(
                f"{self.path} is of version {version}, this program reads {VERSION}",
                "use the cancu that wrote it, or make a new library from the files",
            )
        # With WAL a power cut then loses the last commits at most, and no order of writing damages the file.
        self.execute("PRAGMA synchronous = NORMAL")
        self.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        if version == 0:
            with self._explained():
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        self.version = version or VERSION
        self.execute("PRAGMA foreign_keys = ON")

    def execute(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """One statement."""
        with self._explained():
            return self._connection.execute(sql, values)

    def executemany(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """One statement for many rows."""
        with self._explained():
            self._connection.executemany(sql, values)

    def state(self) -> tuple[int, int]:
        """Changes whenever this or another process has written."""
        with self._explained():
            return self._connection.execute("PRAGMA data_version").fetchone()[0], self._connection.total_changes

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._explained():
            return self._connection.execute(sql, values).fetchall()

    def tuples(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query of many, as plain tuples, without an object for each row."""
        with self._explained():
            cursor = self._connection.cursor()
            cursor.row_factory = None
            return cursor.execute(sql, values).fetchall()

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
            problem = f"the catalog {self.path}: {error}"
            if type(error) is sqlite3.DatabaseError:  # "malformed", "not a database": its kinds say something else
                raise CatalogDamagedError(
                    problem, "'cancu doctor --repair' saves what can be read; else make a new library from the files"
                ) from error
            raise CatalogError(problem, _remedy(str(error))) from error


def listed(values: Iterable[object]) -> str:
    """Values, each once, as `json_each` takes them."""
    return json.dumps([*dict.fromkeys(values)])


def _remedy(problem: str) -> str:
    if "readonly" in problem or "unable to open" in problem:
        return "give this user the right to write there, or name another library with --library"
    if "locked" in problem:
        return "another cancu is writing; wait until it has finished"
    if "full" in problem:
        return "free space on the disk; what was committed is safe"
    return "'cancu doctor' says whether the library is well"


def _connected(path: Path, patience: float) -> sqlite3.Connection:
    """A connection; to a file in a folder that may only be read, one that takes it as it is.

    Readers of a WAL file write into its folder too.  Where they may not, and no commit is left in the WAL, nobody
    writes; else the connection is given that tells why it cannot read.
    """
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        wal = path.with_name(f"{path.name}-wal")
        is_barred = "readonly" in str(error) or ("unable to open" in str(error) and path.is_file())
        if not is_barred or (wal.exists() and wal.stat().st_size):
            return connection
        connection.close()
        name = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(name, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
    except sqlite3.Error:
        pass  # what is no catalog is explained when it is read
    return connection
