"""From a catalog of an older version to one of this: nothing that was read is lost."""

import re
import sqlite3
from itertools import groupby
from typing import Any

from graph.filing import Filed
from graph.identity import Instrument
from graph.votes import Vote
from index import sqlite_rows
from index.schema import SCHEMA, VERSION
from index.sqlite_database import Database
from index.sqlite_settling import settle_buckets

_TABLES = ("report", "file", "failure", "vote", "entry", "citation", "link")
_REPORT = (
    "id, file, number, issuer, unit, parent, province, level, type, date, year, title, "
    "extractor, warnings, header, text"
)
_VOTES = (
    "SELECT v.*, r.unit, r.parent, r.province FROM vote_1 v JOIN report_1 r ON r.id = v.report ORDER BY v.report, v.n"
)
_SINCE_2 = frozenset(
    "report_owner action succession succession_before succession_after correction laid joined joined_bucket "
    "joined_entry unindexed".split()
)
_MADE = re.compile(r"^CREATE (?:TABLE|INDEX) (?P<name>\w+)", re.MULTILINE)


def migrate(db: Database) -> None:
    """Bring a catalog of an older version to this one, as a whole or not at all.

    Version 1 did not keep ballots, segmented texts and by which rules a report was read: these are older than any.
    Version 2 did not keep corrections and which unit became which.
    """
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA legacy_alter_table = ON")  # what refers to a table that is renamed keeps its name
    with db.writing():
        version = db.rows("PRAGMA user_version")[0][0]
        if version < VERSION:  # no other process has done it meanwhile
            _from_version_1(db) if version == 1 else _from_version_2(db)
            db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("PRAGMA legacy_alter_table = OFF")
    db.execute("PRAGMA foreign_keys = ON")


def _from_version_1(db: Database) -> None:
    for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"):
        db.execute(f"DROP INDEX {row['name']}")
    for table in _TABLES:
        db.execute(f"ALTER TABLE {table} RENAME TO {table}_1")
    for statement in SCHEMA.split(";\n"):
        db.execute(statement)
    columns = _REPORT.replace("title,", "title, reading,")
    db.execute(f"INSERT INTO report ({columns}) SELECT {columns.replace('reading', '0')} FROM report_1")
    for table in ("file", "failure", "citation", "link"):
        db.execute(f"INSERT INTO {table} SELECT * FROM {table}_1")
    touched: set[str] = set()
    for report, rows in groupby(db.rows(_VOTES), key=lambda row: row["report"]):
        touched |= sqlite_rows.put_filed(db, report, Filed(votes=tuple(map(_vote, rows)), places=(), links=()))
    settle_buckets(db, touched)
    for table in reversed(_TABLES):
        db.execute(f"DROP TABLE {table}_1")


def _from_version_2(db: Database) -> None:
    for statement in SCHEMA.split(";\n"):
        made = _MADE.search(statement)
        if made and made["name"] in _SINCE_2:
            db.execute(statement)


def _vote(row: sqlite3.Row) -> Vote:
    instrument = None
    if row["number"] is not None:
        instrument = Instrument(
            type=row["type"], number=row["number"], year=row["year"], symbol=row["symbol"], party=bool(row["party"])
        )
    same: dict[str, Any] = {
        k: row[k] for k in ("report", "n", "name", "date", "issuer", "title", "unit", "parent", "province", "day")
    }
    return Vote(instrument=instrument, issuer_inferred=bool(row["issuer_inferred"]), own=bool(row["own"]), **same)
