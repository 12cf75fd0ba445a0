"""A report as a row of the SQLite catalog, and back."""

import json
import sqlite3
from dataclasses import asdict
from typing import Any

from corpus.model import Header, Report
from graph.filing import card_of
from index.sqlite_database import Database

SELECT_REPORT = "SELECT id, file, text, header, extractor, warnings FROM report"
"""What `report_from` reads."""


def insert_report(db: Database, report: Report, *, reading: int) -> None:
    """Keep a report, whose citations the rules of the version `reading` have found."""
    card = card_of(report)
    values = (
        *(card.id, card.file, card.number, card.issuer, card.unit, card.parent, card.province, card.level),
        *(card.type, card.date, card.year, card.title, reading, report.extractor),
        json.dumps(report.warnings, ensure_ascii=False),
        json.dumps(asdict(report.header), ensure_ascii=False),
        report.text,
    )
    db.execute(f"INSERT INTO report VALUES ({', '.join('?' * len(values))})", values)


def read_report(db: Database, report_id: str) -> Report | None:
    """The report of that id, as its file says."""
    found = db.rows(f"{SELECT_REPORT} WHERE id = ?", report_id)
    return report_from(found[0]) if found else None


def report_from(row: sqlite3.Row) -> Report:
    """The report in a row of `SELECT_REPORT`."""
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
