"""What the SQLite catalog writes of citations: votes, places, links; `sqlite_settling` settles documents from them."""

import json
from collections import Counter

from graph.filing import Filed
from graph.votes import ballot_key, bucket_of, reduced, written
from index.sqlite_database import LISTED, Database


def remove_report(db: Database, report: str) -> set[str]:
    """Remove a report and all that it cites; returns the buckets that must be settled again."""
    touched = remove_filed(db, report)
    db.execute("DELETE FROM report WHERE id = ?", (report,))
    return touched


def remove_filed(db: Database, report: str) -> set[str]:
    """Remove all that a report cites; returns the buckets that must be settled again."""
    counts = db.rows("SELECT ballot, count(*) AS count FROM vote WHERE report = ? GROUP BY ballot", report)
    db.executemany("UPDATE ballot SET count = count - ? WHERE key = ?", [(r["count"], r["ballot"]) for r in counts])
    keys = json.dumps([row["ballot"] for row in counts])
    in_keys = f"WHERE key IN {LISTED}"
    touched = {row["bucket"] for row in db.rows(f"SELECT DISTINCT bucket FROM ballot {in_keys}", keys)}
    db.execute("DELETE FROM vote WHERE report = ?", (report,))
    db.execute("DELETE FROM succession WHERE report = ?", (report,))
    return touched


def put_filed(db: Database, report: str, filed: Filed) -> set[str]:
    """Write the rows of a reading of that report; returns the buckets that must be settled."""
    said = [(vote, written(reduced(vote)), bucket_of(vote)) for vote in filed.votes]
    keys = [ballot_key(text) for _, text, _ in said]
    db.executemany(
        "INSERT INTO ballot VALUES (?, ?, ?, 1, NULL) ON CONFLICT (key) DO UPDATE SET count = count + 1",
        [(key, bucket, text) for key, (_, text, bucket) in zip(keys, said, strict=True)],
    )
    # A way of citing that is known is settled already; settling then need not touch the vote.
    db.executemany(
        "INSERT INTO vote VALUES (?, ?, ?, ?, (SELECT entry FROM ballot WHERE key = ?))",
        [(vote.report, vote.n, vote.own, key, key) for key, (vote, _, _) in zip(keys, said, strict=True)],
    )
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
    db.executemany(
        "INSERT OR IGNORE INTO action VALUES (?, ?, ?, ?)",
        [(report, p.n, p.start, json.dumps(p.actions, ensure_ascii=False)) for p in filed.places if p.actions],
    )
    db.executemany(
        "INSERT OR REPLACE INTO succession VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (report, n, s.before, s.before_parent, s.after, s.day, s.line, s.sentence)
            for n, s in enumerate(filed.successions)
        ],
    )
    return {bucket for _, _, bucket in said}


def unsettled(db: Database) -> tuple[int, set[str]]:
    """How many votes are miscounted or point at no document, and the buckets of the documents that nobody cites."""
    miscounted = db.rows(
        "SELECT key, count - (SELECT count(*) FROM vote WHERE ballot = key) AS off FROM ballot WHERE off != 0"
    )
    lost = db.rows("SELECT count(*) FROM vote WHERE entry IS NULL")[0][0]
    lonely = db.rows("SELECT bucket FROM entry e WHERE NOT EXISTS (SELECT 1 FROM vote WHERE entry = e.id)")
    return len(miscounted) + lost, {row["bucket"] for row in lonely}


def recount(db: Database) -> set[str]:
    """Count all ballots anew; returns all buckets, which must then be settled."""
    counts = Counter({row[0]: row[1] for row in db.rows("SELECT ballot, count(*) FROM vote GROUP BY ballot")})
    wrong = [(counts[row["key"]], row["key"]) for row in db.rows("SELECT key, count FROM ballot")]
    db.executemany("UPDATE ballot SET count = ? WHERE key = ?", wrong)
    db.execute("UPDATE ballot SET entry = NULL")
    return {row[0] for row in db.rows("SELECT bucket FROM ballot UNION SELECT bucket FROM entry")}
