"""The documents of the registry in the SQLite catalog: settled from the ballots of their buckets, then corrected."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpus.folding import fold
from graph.corrections import join_entries
from graph.registry import Entry, settle_ballots
from graph.votes import Ballot, Vote, one_by_one, read
from index.sqlite_corrections import read_overlay
from index.sqlite_database import LISTED, Database

# Buckets read at once: a query for each would be half the time, all of them too much memory.
_CHUNK = 500
_ENTRY = "id, bucket, key_type, key_number, key_year, key_symbol, key_name, type, canonical, date, issuer, title, level"
_ENTRY_COLUMNS = f"{_ENTRY}, dates, candidates, report"
_HERE = f"WHERE bucket IN {LISTED}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """A document with its ballots: (key, the report whose votes alone are meant, or None for all of them)."""

    entry: Entry
    bucket: str
    said: Vote
    ballots: tuple[tuple[int, str | None], ...]


def settle_buckets(db: Database, buckets: Iterable[str]) -> int:
    """Settle the documents of these buckets anew from all their ballots; returns how many documents have changed.

    Where a person has joined documents, the buckets of all that are joined are settled with them.
    """
    return _Settling(db).settle(set(buckets))


class _Settling:
    """One run: what no join concerns is written bucket by bucket, the rest is held until all of it is there."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._overlay = read_overlay(db)
        self._changed = 0
        self._held: list[_Settled] = []
        self._before: dict[int, str | None] = {}  # ballot → document at which it points
        self._known: dict[str, tuple[object, ...]] = {}  # document → its row

    def settle(self, buckets: set[str]) -> int:
        done: set[str] = set()
        while waiting := sorted(buckets - done):
            remaining, concerned = iter(waiting), set[str]()
            while chunk := list(islice(remaining, _CHUNK)):
                concerned |= self._settle_chunk(json.dumps(chunk))
            done.update(waiting)
            buckets = self._buckets_of(self._overlay.joined_with(concerned)) if concerned else set()
        if self._held:
            self._write_joined()
        return self._changed

    def _buckets_of(self, entries: Iterable[str]) -> set[str]:
        where = f"WHERE id IN {LISTED}"
        asked = json.dumps([*entries])
        sql = f"SELECT bucket FROM entry {where} UNION SELECT bucket FROM joined {where}"
        return {row["bucket"] for row in self._db.rows(sql, asked, asked)}

    def _settle_chunk(self, among: str) -> set[str]:
        """Settle the buckets of a JSON list; returns which of their documents, of now and before, have been joined."""
        self._db.execute(f"DELETE FROM ballot {_HERE} AND count = 0", (among,))
        ballots: dict[str, list[tuple[int, Ballot]]] = defaultdict(list)
        before: dict[int, str | None] = {}
        for key, bucket, said, count, entry in self._db.rows(f"SELECT * FROM ballot {_HERE}", among):
            ballots[bucket].append((key, Ballot(said=read(said), count=count)))
            before[key] = entry
        known = {row["id"]: tuple(row) for row in self._db.rows(f"SELECT {_ENTRY_COLUMNS} FROM entry {_HERE}", among)}
        concerned = set(self._overlay.joined.intersection(known))
        concerned.update(row["id"] for row in self._db.rows(f"SELECT id FROM joined {_HERE}", among))
        self._db.execute(f"DELETE FROM joined {_HERE}", (among,))
        for bucket, of in ballots.items():
            settled = _settled(self._db, bucket, of)
            joined = self._overlay.joined.intersection(one.entry.id for one in settled)
            concerned |= joined
            if joined:
                self._held += settled
                self._before.update((key, before[key]) for key, _ in of)
                self._known.update((name, known.pop(name)) for one in settled if (name := one.entry.id) in known)
                continue
            for one in settled:
                self._write(replace(one, entry=self._overlay.lay(one.entry)), before, known.pop(one.entry.id, None))
        self._drop(known)
        return concerned

    def _write_joined(self) -> None:
        """Write what was held, joined."""
        held = {one.entry.id: one for one in self._held}
        left, became = join_entries((one.entry for one in self._held), self._overlay)
        ballots: dict[str, list[tuple[int, str | None]]] = {entry.id: [*held[entry.id].ballots] for entry in left}
        for name, final in became.items():
            ballots[final] += held[name].ballots
        for entry in left:
            one = replace(held[entry.id], entry=self._overlay.lay(entry), ballots=tuple(ballots[entry.id]))
            self._write(one, self._before, self._known.pop(entry.id, None))
        rows = [
            (name, held[name].bucket, *_key(held[name]), held[name].entry.canonical, final)
            for name, final in became.items()
        ]
        self._db.executemany("INSERT INTO joined VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._drop(self._known)

    def _drop(self, entries: Collection[str]) -> None:
        self._changed += len(entries)
        self._db.executemany("DELETE FROM entry WHERE id = ?", [(entry,) for entry in entries])

    def _write(self, one: _Settled, before: Mapping[int, str | None], known: tuple[object, ...] | None) -> None:
        """Write a document whose row is `known`, and point its votes at it."""
        row = _entry_row(one)
        if known is None:
            self._db.execute(f"INSERT INTO entry VALUES ({', '.join('?' * len(row))})", row)
        elif known != row:
            names = ", ".join(f"{name} = ?" for name in _ENTRY_COLUMNS.split(", "))
            self._db.execute(f"UPDATE entry SET {names} WHERE id = ?", (*row, row[0]))
        self._changed += known != row
        name = one.entry.id
        for key, report in one.ballots:
            if report is not None:  # the votes of others for the same ballot mean another document
                if before[key] is not None:
                    self._db.execute("UPDATE ballot SET entry = NULL WHERE key = ?", (key,))
                sql = "UPDATE vote SET entry = ? WHERE report = ? AND ballot = ? AND entry IS NOT ?"
                self._db.execute(sql, (name, report, key, name))
            elif before[key] != name:
                self._db.execute("UPDATE ballot SET entry = ? WHERE key = ?", (name, key))
                self._db.execute("UPDATE vote SET entry = ? WHERE ballot = ? AND entry IS NOT ?", (name, key, name))


def _settled(db: Database, bucket: str, ballots: Sequence[tuple[int, Ballot]]) -> list[_Settled]:
    """The documents of a bucket as the votes tell them."""
    key_of = {id(ballot): key for key, ballot in ballots}
    split: set[int] = set()

    def apart(ballot: Ballot) -> list[Ballot]:
        key = key_of[id(ballot)]
        reports = db.rows("SELECT report, count(*) FROM vote WHERE ballot = ? GROUP BY report", key)
        alone = one_by_one(ballot, [(report, count) for report, count in reports])
        key_of.update((id(one), key) for one in alone)
        split.add(key)
        return alone

    settled = []
    for entry, of in settle_ballots([ballot for _, ballot in ballots], apart):
        keys = [(key_of[id(ballot)], ballot.said.report) for ballot in of]
        pointing = tuple((key, report if key in split else None) for key, report in keys)
        settled.append(_Settled(entry=entry, bucket=bucket, said=of[0].said, ballots=pointing))
    return settled


def _entry_row(one: _Settled) -> tuple[object, ...]:
    entry = one.entry
    facts = (entry.type, entry.canonical, entry.date, entry.issuer, entry.title, entry.level)
    lists = (json.dumps(entry.dates), json.dumps(entry.candidates))
    return (entry.id, one.bucket, *_key(one), *facts, *lists, entry.report)


def _key(one: _Settled) -> tuple[object, ...]:
    """The key of its number, and that of its name where it has no number."""
    if one.said.instrument is not None:
        return (*one.said.instrument.key, None)
    return (None, None, None, None, fold(one.entry.canonical))
