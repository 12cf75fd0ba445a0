"""What the SQLite catalog answers of the graph: documents, the places that cite them, the links between them."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.filing import Card
from graph.questions import Place, Stated, Wanted
from graph.registry import Entry
from index.sqlite_database import Database

_COLUMNS = ("id", "file", "number", "issuer", "unit", "parent", "province", "level", "type", "date", "year", "title")
_CARD = ", ".join(f"r.{column}" for column in _COLUMNS)
_CARD_AS = ", ".join(f"r.{column} AS card_{column}" for column in _COLUMNS)
SELECT_CARD = f"SELECT {_CARD} FROM report r"
_PLACES = (
    f"SELECT v.entry, c.line, c.text, c.relation, c.locator, c.sentence, c.confidence, c.short_form, {_CARD_AS} "
    "FROM citation c JOIN vote v ON v.report = c.report AND v.n = c.n JOIN report r ON r.id = c.report "
)
_LINKS = (
    f"SELECT s.entry AS source, t.entry AS target, l.relation, l.line, l.sentence, {_CARD_AS} "
    "FROM link l JOIN vote s ON s.report = l.report AND s.n = l.source "
    "JOIN vote t ON t.report = l.report AND t.n = l.target JOIN report r ON r.id = l.report "
)


class SqliteGraph:
    """The edges in and out of each document, read from the catalog's tables (`graph.questions.Source`)."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, wanted: Wanted) -> Sequence[Entry]:
        """The documents that fit, without their votes, in the order of their ids."""
        if wanted.names:
            sql = (
                "SELECT * FROM entry WHERE canonical IN (SELECT value FROM json_each(?)) "
                "OR key_name IN (SELECT value FROM json_each(?)) ORDER BY id"
            )
            values: tuple[object, ...] = (json.dumps(wanted.numbers), json.dumps(wanted.names))
        else:
            sql = (
                "SELECT * FROM entry WHERE key_number = ? AND key_type = coalesce(?, key_type) "
                "AND key_year = coalesce(?, key_year) AND key_symbol = coalesce(?, key_symbol) ORDER BY id"
            )
            values = (wanted.number, wanted.kind, wanted.year, wanted.symbol)
        return [_entry(row) for row in self._db.rows(sql, *values)]

    def entries(self, ids: Iterable[str]) -> Sequence[Entry]:
        """The documents of these ids, without their votes, in the order asked for."""
        sql = "SELECT entry.* FROM json_each(?) AS asked JOIN entry ON entry.id = asked.value ORDER BY asked.key"
        return [_entry(row) for row in self._db.rows(sql, json.dumps([*ids]))]

    def entry(self, entry_id: str) -> Entry | None:
        """The document of that id."""
        found = self._db.rows("SELECT * FROM entry WHERE id = ?", entry_id)
        if not found:
            return None
        votes = self._db.rows("SELECT report, n FROM vote WHERE entry = ? ORDER BY report, n", entry_id)
        return replace(_entry(found[0]), votes=tuple((vote["report"], vote["n"]) for vote in votes))

    def places_of(self, entry_id: str) -> Sequence[Place]:
        """All citations of a document, by report and line."""
        return [
            _place(row) for row in self._db.rows(_PLACES + "WHERE v.entry = ? ORDER BY c.report, c.start", entry_id)
        ]

    def places_in(self, report_id: str) -> Sequence[Place]:
        """All citations in a report, by line."""
        return [_place(row) for row in self._db.rows(_PLACES + "WHERE c.report = ? ORDER BY c.start", report_id)]

    def links_to(self, entry_id: str) -> Sequence[Stated]:
        """The links that end at a document."""
        return [_stated(row) for row in self._db.rows(_LINKS + "WHERE t.entry = ? ORDER BY l.report, l.line", entry_id)]

    def links_from(self, entry_id: str) -> Sequence[Stated]:
        """The links that begin at a document."""
        return [_stated(row) for row in self._db.rows(_LINKS + "WHERE s.entry = ? ORDER BY l.report, l.line", entry_id)]

    def cards(self) -> Sequence[Card]:
        """The cards of all reports, by id."""
        return [card_from(row) for row in self._db.rows(SELECT_CARD + " ORDER BY r.id")]


def card_from(row: sqlite3.Row, prefix: str = "") -> Card:
    """The card in a row whose columns bear `prefix`."""
    return Card(**{name: row[prefix + name] for name in _COLUMNS})


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        **{k: row[k] for k in ("id", "type", "canonical", "date", "issuer", "title", "level", "report")},
        dates=tuple((day, count) for day, count in json.loads(row["dates"])),
        candidates=tuple(json.loads(row["candidates"])),
    )


def _place(row: sqlite3.Row) -> Place:
    return Place(
        entry=row["entry"],
        report=card_from(row, "card_"),
        line=row["line"],
        text=row["text"],
        relation=row["relation"],
        locator=row["locator"],
        sentence=row["sentence"],
        confidence=row["confidence"],
        short_form=bool(row["short_form"]),
    )


def _stated(row: sqlite3.Row) -> Stated:
    names = ("source", "target", "relation", "line", "sentence")
    return Stated(report=card_from(row, "card_"), **{name: row[name] for name in names})
