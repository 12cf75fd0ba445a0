"""What the SQLite catalog keeps of corrections, and how it lays them over what was read.

At the end of each change the reports are found that corrections reach now and did not reach before, or no longer reach:
these are read again from their text as it was extracted.  So no way of changing a library can forget a correction.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields

from corpus.model import Report
from graph.corrections import Correction, Overlay, correct_filed, correct_report, latest
from graph.filing import card_of, file_reading
from graph.model import READING_VERSION
from graph.questions import Wanted
from index import sqlite_rows
from index.catalog import Standing, WhyNot
from index.sqlite_database import LISTED, Database
from index.sqlite_graph import fitting
from index.sqlite_reports import read_report

_NAMES = tuple(field.name for field in fields(Correction))
COLUMNS = ", ".join(_NAMES)
"""What `correction_from` reads."""
_CARD = ("issuer", "unit", "parent", "province", "level", "date", "year")
# Which corrections reach which reports: by the report itself wherever it lies, and by the file of this library.
_REACHED = (
    "SELECT c.id AS correction, r.id AS report FROM correction c JOIN report r ON r.id = c.report "
    "UNION SELECT c.id, f.report FROM correction c JOIN file f ON f.path = c.file WHERE c.known"
)
# A file is updated: the correction holds for what it says now.  A file is moved: the report lies elsewhere now.
_FOLLOW_FILE = (
    "UPDATE correction SET report = (SELECT report FROM file WHERE path = correction.file) "
    "WHERE known AND report NOT IN (SELECT id FROM report) AND file IN (SELECT path FROM file)"
)
_FOLLOW_REPORT = (
    "UPDATE correction SET known = 1, file = coalesce((SELECT file FROM report WHERE id = correction.report), file) "
    "WHERE report IN (SELECT id FROM report) AND NOT (known AND file IN (SELECT path FROM file))"
)


def put_correction(db: Database, correction: Correction, *, known: bool) -> None:
    """Keep a correction, under a new id where it has none; `known`: its file is one of this library."""
    values = tuple(getattr(correction, name) or None for name in _NAMES)
    gaps = ", ".join("?" * len(values))
    db.execute(f"INSERT INTO correction ({COLUMNS}, known) VALUES ({gaps}, ?)", (*values, known))


def remove_corrections(db: Database, ids: Iterable[int]) -> None:
    """Forget corrections."""
    db.executemany("DELETE FROM correction WHERE id = ?", [(number,) for number in ids])


def read_corrections(db: Database) -> list[Correction]:
    """All corrections, the oldest first."""
    return [correction_from(row) for row in db.rows(f"SELECT {COLUMNS} FROM correction ORDER BY id")]


def read_overlay(db: Database) -> Overlay:
    """What persons say of documents."""
    return Overlay(map(correction_from, db.rows(f"SELECT {COLUMNS} FROM correction WHERE report IS NULL")))


def correction_from(row: sqlite3.Row) -> Correction:
    """The correction in a row of `COLUMNS`."""
    return Correction(**{name: row[name] for name in _NAMES})


def buckets_of(db: Database, corrections: Iterable[Correction]) -> set[str]:
    """The buckets of the documents that corrections are about."""
    named = [name for c in corrections if c.report is None for name in (c.instrument, c.value)]
    where = f"WHERE id IN {LISTED}"
    sql = f"SELECT bucket FROM entry {where} UNION SELECT bucket FROM joined {where}"
    return {row["bucket"] for row in db.rows(sql, json.dumps(named), json.dumps(named))}


def joined_like(db: Database, wanted: Wanted) -> list[str]:
    """The documents to which those are joined that fit what is wanted."""
    where, values = fitting(wanted)
    return [row["entry"] for row in db.rows(f"SELECT entry FROM joined WHERE {where}", *values)]


def lay_corrections(db: Database) -> set[str]:
    """Bring the reports in step with the corrections that reach them; returns the buckets that must be settled."""
    db.execute(_FOLLOW_FILE)
    db.execute(_FOLLOW_REPORT)
    wanted = {(row["report"], row["correction"]) for row in db.rows(_REACHED)}
    laid = {(row["report"], row["correction"]) for row in db.rows("SELECT report, correction FROM laid")}
    changed = {report for report, _ in wanted ^ laid}
    if not changed:
        return set()
    kept = {c.id: c for c in read_corrections(db)}
    reaching: dict[str, list[Correction]] = defaultdict(list)
    for report, number in wanted:
        reaching[report].append(kept[number])
    touched: set[str] = set()
    for report in sorted(changed):
        touched |= _lay(db, report, reaching[report])
    return touched


def _lay(db: Database, report_id: str, reaching: Sequence[Correction]) -> set[str]:
    """Read a report again with the corrections that reach it."""
    from graph.extract import find_citations  # its tables are loaded where they are needed alone

    holding = latest(reaching)
    extracted = read_report(db, report_id)
    if extracted is None:
        return set()
    report = correct_report(extracted, holding)
    filed, found = correct_filed(file_reading(report, find_citations(report)), holding)
    touched = sqlite_rows.remove_filed(db, report_id) | sqlite_rows.put_filed(db, report_id, filed)
    card = card_of(report)
    now = tuple(getattr(card, name) for name in _CARD)
    if now != tuple(db.rows(f"SELECT {', '.join(_CARD)} FROM report WHERE id = ?", report_id)[0]):
        db.execute("INSERT OR IGNORE INTO unindexed VALUES (?)", (report_id,))
    gaps = ", ".join(f"{name} = ?" for name in _CARD)
    db.execute(f"UPDATE report SET {gaps}, reading = ? WHERE id = ?", (*now, READING_VERSION, report_id))
    db.execute("DELETE FROM laid WHERE report = ?", (report_id,))
    holds = found | {c.id for c in holding if c.kind in ("unit", "date", "issuer")}
    db.executemany("INSERT INTO laid VALUES (?, ?, ?)", [(report_id, c.id, c.id in holds) for c in reaching])
    return touched


def corrected_report(db: Database, report_id: str) -> Report | None:
    """A report with its header as persons have corrected it."""
    report = read_report(db, report_id)
    sql = f"SELECT {COLUMNS} FROM correction WHERE id IN (SELECT correction FROM laid WHERE report = ?)"
    return report and correct_report(report, latest(map(correction_from, db.rows(sql, report_id))))


def standings(db: Database) -> list[Standing]:
    """All corrections, the oldest first, each with what it does now."""
    corrections = read_corrections(db)
    kept, of_report = {c.id: c for c in corrections}, defaultdict[str, list[Correction]](list)
    reaching, found = set[int](), set[int]()
    laid = "SELECT l.report, c.id, l.found FROM laid l JOIN correction c ON c.id = l.correction"
    for report, number, is_found in db.rows(laid):
        of_report[report].append(kept[number])
        reaching.add(number)
        found |= {number} if is_found else set()
    of_report[""] = [c for c in corrections if c.report is None]
    holding = {c.id for of in of_report.values() for c in latest(of)}
    documents = _Documents(db, of_report[""])

    def why_not(c: Correction) -> WhyNot | None:
        if c.report is not None and c.id not in reaching:
            return "no report"
        if c.id not in holding:
            return "superseded"
        if c.report is not None:
            return None if c.id in found else "no citation"
        return documents.why_not(c)

    return [Standing(correction=c, why_not=why_not(c)) for c in corrections]


class _Documents:
    """Which of the documents that corrections name are there, and which are joined."""

    def __init__(self, db: Database, corrections: Collection[Correction]) -> None:
        named = json.dumps([name for c in corrections for name in (c.instrument, c.value)])
        among = f"WHERE id IN {LISTED}"
        self._there = {row["id"] for row in db.rows(f"SELECT id FROM entry {among}", named)}
        self._joined = {row["id"] for row in db.rows(f"SELECT id FROM joined {among}", named)}
        self._overlay = Overlay(corrections)

    def why_not(self, c: Correction) -> WhyNot | None:
        """Why a correction of a document does nothing; None where it does."""
        name = c.instrument or ""
        if c.kind == "join":
            if name in self._joined:
                return None
            return "circular" if self._overlay.is_circular(name) else "no instrument"
        if name in self._there:
            return None
        return "joined" if name in self._joined else "no instrument"
