"""What the SQLite catalog writes of citations: votes, places, links, and the documents settled from them."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from corpus.folding import fold
from graph.filing import Filed
from graph.identity import Instrument
from graph.registry import Entry, Vote, bucket_of, settle
from index.sqlite_database import Database


def remove_report(db: Database, report: str) -> set[str]:
    """Remove a report and all that it cites; returns the buckets that must be settled again."""
    touched = {row["bucket"] for row in db.rows("SELECT DISTINCT bucket FROM vote WHERE report = ?", report)}
    db.execute("DELETE FROM report WHERE id = ?", (report,))
    return touched


def put_filed(db: Database, filed: Filed) -> set[str]:
    """Write the rows of a reading; returns the buckets that must be settled."""
    db.executemany(
        "INSERT INTO vote VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        [_vote_row(v) for v in filed.votes],
    )
    report = filed.votes[0].report if filed.votes else ""
    db.executemany(
        "INSERT OR IGNORE INTO citation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (report, p.n, p.start, p.end, p.line, p.text, p.relation, p.locator, p.sentence, p.confidence, p.short_form)
            for p in filed.places
        ],
    )
    db.executemany(
        "INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?, ?, ?)",
        [(report, link.source, link.target, link.relation, link.line, link.sentence) for link in filed.links],
    )
    return {bucket_of(v) for v in filed.votes}


def settle_buckets(db: Database, buckets: Iterable[str]) -> None:
    """Settle the documents of these buckets anew from all their votes."""
    for bucket in sorted(buckets):
        votes = [
            _vote(row)
            for row in db.rows(
                "SELECT v.*, r.unit, r.parent, r.province FROM vote v JOIN report r ON r.id = report WHERE bucket = ?",
                bucket,
            )
        ]
        db.execute("UPDATE vote SET entry = NULL WHERE bucket = ?", (bucket,))
        db.execute("DELETE FROM entry WHERE bucket = ?", (bucket,))
        by_place = {(v.report, v.n): v for v in votes}
        for entry in settle(votes):
            db.execute(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                _entry_row(bucket, entry, by_place[entry.votes[0]]),
            )
            db.executemany(
                "UPDATE vote SET entry = ? WHERE report = ? AND n = ?", [(entry.id, *v) for v in entry.votes]
            )


def _vote_row(vote: Vote) -> tuple[object, ...]:
    i = vote.instrument
    parts = (i.type, i.number, i.year, i.symbol, i.party) if i else (None, None, None, None, False)
    of_report = (vote.date, vote.issuer, vote.issuer_inferred, vote.title, vote.own, vote.day)
    return (vote.report, vote.n, *parts, vote.name, *of_report, bucket_of(vote))


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


def _entry_row(bucket: str, entry: Entry, vote: Vote) -> tuple[object, ...]:
    key = vote.instrument.key if vote.instrument else (None, None, None, None)
    name = None if vote.instrument else fold(entry.canonical)
    facts = (entry.type, entry.canonical, entry.date, entry.issuer, entry.title, entry.level)
    lists = (json.dumps(entry.dates), json.dumps(entry.candidates))
    return (entry.id, bucket, *key, name, *facts, *lists, entry.report)
