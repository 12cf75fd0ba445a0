"""What the SQLite catalog writes of citations: votes, places, links, and the documents settled from them."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from corpus.folding import fold
from graph.filing import Filed
from graph.registry import Entry, settle_ballots
from graph.votes import Ballot, Vote, ballot_key, bucket_of, one_by_one, read, reduced, written
from index.sqlite_database import Database

# Buckets read at once: a query for each would be half the time, all of them too much memory.
_CHUNK = 500
_ENTRY = "id, bucket, key_type, key_number, key_year, key_symbol, key_name, type, canonical, date, issuer, title, level"
_ENTRY_COLUMNS = f"{_ENTRY}, dates, candidates, report"


def remove_report(db: Database, report: str) -> set[str]:
    """Remove a report and all that it cites; returns the buckets that must be settled again."""
    counts = db.rows("SELECT ballot, count(*) AS count FROM vote WHERE report = ? GROUP BY ballot", report)
    db.executemany("UPDATE ballot SET count = count - ? WHERE key = ?", [(r["count"], r["ballot"]) for r in counts])
    keys = json.dumps([row["ballot"] for row in counts])
    in_keys = "WHERE key IN (SELECT value FROM json_each(?))"
    touched = {row["bucket"] for row in db.rows(f"SELECT DISTINCT bucket FROM ballot {in_keys}", keys)}
    db.execute("DELETE FROM vote WHERE report = ?", (report,))
    db.execute("DELETE FROM report WHERE id = ?", (report,))
    return touched


def put_filed(db: Database, filed: Filed) -> set[str]:
    """Write the rows of a reading; returns the buckets that must be settled."""
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
    return {bucket for _, _, bucket in said}


def settle_buckets(db: Database, buckets: Iterable[str]) -> int:
    """Settle the documents of these buckets anew from all their ballots; returns how many documents have changed."""
    remaining, changed = iter(sorted(buckets)), 0
    while chunk := list(islice(remaining, _CHUNK)):
        among = json.dumps(chunk)
        here = "WHERE bucket IN (SELECT value FROM json_each(?))"
        db.execute(f"DELETE FROM ballot {here} AND count = 0", (among,))
        ballots: dict[str, list[tuple[int, str | None, Ballot]]] = defaultdict(list)
        for key, bucket, said, count, entry in db.rows(f"SELECT * FROM ballot {here}", among):
            ballots[bucket].append((key, entry, Ballot(said=read(said), count=count)))
        known = {row["id"]: tuple(row) for row in db.rows(f"SELECT {_ENTRY_COLUMNS} FROM entry {here}", among)}
        kept: set[str] = set()
        for bucket, of in ballots.items():
            for row in _settle(db, bucket, of):
                kept.add(str(row[0]))
                changed += _put_entry(db, row, known)
        gone = known.keys() - kept
        changed += len(gone)
        db.executemany("DELETE FROM entry WHERE id = ?", [(entry,) for entry in gone])
    return changed


def _settle(
    db: Database, bucket: str, ballots: Sequence[tuple[int, str | None, Ballot]]
) -> Iterator[tuple[object, ...]]:
    """The rows of a bucket's documents; the votes are pointed at them."""
    key_of = {id(ballot): key for key, _, ballot in ballots}
    before = {key: entry for key, entry, _ in ballots}

    def apart(ballot: Ballot) -> list[Ballot]:
        key = key_of[id(ballot)]
        reports = db.rows("SELECT report, count(*) FROM vote WHERE ballot = ? GROUP BY report", key)
        alone = one_by_one(ballot, [(report, count) for report, count in reports])
        key_of.update((id(one), key) for one in alone)
        split.add(key)
        return alone

    split: set[int] = set()
    for entry, of in settle_ballots([ballot for _, _, ballot in ballots], apart):
        yield _entry_row(bucket, entry, of[0].said)
        for ballot in of:
            key = key_of[id(ballot)]
            if key in split:
                _point_apart(db, entry.id, key, ballot.said.report, is_new=before[key] is not None)
            elif before[key] != entry.id:
                db.execute("UPDATE ballot SET entry = ? WHERE key = ?", (entry.id, key))
                db.execute("UPDATE vote SET entry = ? WHERE ballot = ? AND entry IS NOT ?", (entry.id, key, entry.id))


def _point_apart(db: Database, entry: str, ballot: int, report: str, *, is_new: bool) -> None:
    """Point the votes of one report at a document, where those of others for the same ballot mean another."""
    if is_new:
        db.execute("UPDATE ballot SET entry = NULL WHERE key = ?", (ballot,))
    db.execute(
        "UPDATE vote SET entry = ? WHERE report = ? AND ballot = ? AND entry IS NOT ?", (entry, report, ballot, entry)
    )


def _put_entry(db: Database, row: tuple[object, ...], known: dict[str, tuple[object, ...]]) -> bool:
    before = known.get(str(row[0]))
    if before == row:
        return False
    if before is None:
        db.execute(f"INSERT INTO entry VALUES ({', '.join('?' * len(row))})", row)
    else:
        names = ", ".join(f"{name} = ?" for name in _ENTRY_COLUMNS.split(", "))
        db.execute(f"UPDATE entry SET {names} WHERE id = ?", (*row, row[0]))
    return True


def _entry_row(bucket: str, entry: Entry, said: Vote) -> tuple[object, ...]:
    key = said.instrument.key if said.instrument else (None, None, None, None)
    name = None if said.instrument else fold(entry.canonical)
    facts = (entry.type, entry.canonical, entry.date, entry.issuer, entry.title, entry.level)
    lists = (json.dumps(entry.dates), json.dumps(entry.candidates))
    return (entry.id, bucket, *key, name, *facts, *lists, entry.report)


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
