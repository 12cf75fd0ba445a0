"""What the SQLite catalog answers of the graph: documents, the places that cite them, the links between them."""

import json
import sqlite3
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar, cast

from corpus.successions import Succession
from graph.filing import Card
from graph.homes import Whose
from graph.linkage import carrying
from graph.questions import ALWAYS, CitedBy, Period, Place, Stated, Wanted
from graph.registry import Entry
from graph.tree import Tree
from graph.votes import read
from index.sqlite_database import LISTED, Database, listed

_T = TypeVar("_T")
_COLUMNS = ("id", "file", "number", "issuer", "unit", "parent", "province", "level", "type", "date", "year", "title")
_CARD = ", ".join(f"r.{column}" for column in _COLUMNS)
SELECT_CARD = f"SELECT {_CARD} FROM report r"
# Cards take about 1 KB each.
_CARDS_KEPT = 50_000
_ASKED = "json_each(?) AS asked"
_OF_ENTRY = f"{_ASKED} CROSS JOIN vote v ON v.entry = asked.value"
_WHOSE = ", ".join(f"r.{name}" for name in Whose._fields)
PLACE = "c.report, v.entry, c.line, c.text, c.relation, c.locator, c.sentence, c.confidence, c.short_form, a.clauses"
WITH_ACTIONS = "LEFT JOIN action a ON a.report = c.report AND a.n = c.n AND a.start = c.start"


class SqliteGraph:
    """The edges in and out of each document, read from the catalog's tables (`graph.questions.Source`)."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._kept: dict[str, tuple[Hashable, object]] = {}

    def _once(self, name: str, made: Callable[[], _T]) -> _T:
        """What is made of the whole catalog, made again when that has changed."""
        state = self._db.state()
        if name not in self._kept or self._kept[name][0] != state:
            self._kept[name] = state, made()
        return cast("_T", self._kept[name][1])

    def find(self, wanted: Wanted) -> Sequence[Entry]:
        """The documents that fit, without their votes, in the order of their ids."""
        where, values = fitting(wanted)
        return [_entry(row) for row in self._db.rows(f"SELECT * FROM entry WHERE {where} ORDER BY id", *values)]

    def entries(self, ids: Iterable[str]) -> Sequence[Entry]:
        """The documents of these ids, in the order asked for, each once; one that is not there is left out."""
        known = "coalesce((SELECT entry FROM joined WHERE id = asked.value), asked.value)"  # what a person has joined
        found = f"SELECT entry.* FROM {_ASKED} CROSS JOIN entry ON entry.id = {known}"
        rows = self._db.rows(f"{found} GROUP BY entry.id ORDER BY min(asked.key)", listed(ids))
        return [_entry(row) for row in rows]

    def all_entries(self) -> Sequence[Entry]:
        """All documents, by id."""
        return [_entry(row) for row in self._db.rows("SELECT * FROM entry ORDER BY id")]

    def titles(self, entries: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Document → title → how many reports give it that title; its own title in a report is no vote."""
        sql = f"SELECT v.entry, b.said, v.report FROM {_OF_ENTRY} AND v.own = 0 CROSS JOIN ballot b ON b.key = v.ballot"
        found: dict[str, dict[str, set[str]]] = {}
        for entry, said, report in self._db.tuples(sql, listed(entries)):
            if title := read(said).title:
                found.setdefault(entry, {}).setdefault(title, set()).add(report)
        return {entry: {title: len(of) for title, of in titles.items()} for entry, titles in found.items()}

    def tree(self) -> Tree:
        """The units of all reports; made again when the catalog has changed."""
        return self._once("tree", self._tree)

    def _tree(self) -> Tree:
        columns = "before, before_parent, after, day, line, sentence"
        said = self._db.rows(f"SELECT {columns} FROM succession ORDER BY report, n")
        counts = {whose: len(reports) for whose, reports in self.owners().items()}
        return Tree(counts, [Succession(**row) for row in said])

    def places_of(self, entries: Collection[str]) -> Sequence[Place]:
        """All citations of these documents, by report and their order in it."""
        return self._places(_OF_ENTRY, listed(entries))

    def places_in(self, reports: Collection[str], of: Collection[str] | None = None) -> Sequence[Place]:
        """All citations in these reports, of the documents `of` alone if given, by report and their order in it."""
        votes = f"{_ASKED} CROSS JOIN vote v ON v.report = asked.value"
        if of is None:
            return self._places(votes, listed(reports))
        return self._places(f"{votes} AND v.entry IN {LISTED}", listed(reports), listed(of))

    def _places(self, votes: str, *asked: str) -> list[Place]:
        cited = "CROSS JOIN citation c ON c.report = v.report AND c.n = v.n"
        return self._as_places(f"SELECT {PLACE} FROM {votes} {cited} {WITH_ACTIONS} ORDER BY c.report, c.start", *asked)

    def _as_places(self, sql: str, *asked: str) -> list[Place]:
        """The places that a query for the columns `PLACE` finds."""
        rows = self._db.tuples(sql, *asked)
        cards = self._cards(row[0] for row in rows)
        return [
            Place(
                entry=entry,
                report=cards[report],
                line=line,
                text=text,
                relation=relation,
                locator=locator,
                sentence=sentence,
                confidence=confidence,
                short_form=bool(short_form),
                actions=tuple(json.loads(clauses)) if clauses else (),
            )
            for report, entry, line, text, relation, locator, sentence, confidence, short_form, clauses in rows
        ]

    def links_to(self, entries: Collection[str]) -> Sequence[Stated]:
        """The links that end at these documents, by report and line."""
        return self._links(f"{_OF_ENTRY} CROSS JOIN link l ON l.report = v.report AND l.target = v.n", entries)

    def links_from(self, entries: Collection[str]) -> Sequence[Stated]:
        """The links that begin at these documents, by report and line."""
        return self._links(f"{_OF_ENTRY} CROSS JOIN link l ON l.report = v.report AND l.source = v.n", entries)

    def links_in(self, reports: Collection[str], among: Collection[str] | None = None) -> Sequence[Stated]:
        """The links that these reports state, between the documents `among` if given, by report and line."""
        return self._links(f"{_ASKED} CROSS JOIN link l ON l.report = asked.value", reports, among)

    def _links(self, links: str, asked: Collection[str], among: Collection[str] | None = None) -> list[Stated]:
        both = "" if among is None else "WHERE " + " AND ".join(f"{end}.entry IN {LISTED}" for end in "st")
        sql = (
            f"SELECT l.report, s.entry, t.entry, l.relation, l.line, l.sentence FROM {links} "
            "JOIN vote s ON s.report = l.report AND s.n = l.source "
            f"JOIN vote t ON t.report = l.report AND t.n = l.target {both} "
            "ORDER BY l.report, l.line, l.source, l.target, l.relation"
        )
        rows = self._db.tuples(sql, listed(asked), *([] if among is None else [listed(among)] * 2))
        cards = self._cards(row[0] for row in rows)
        return [
            Stated(source=source, target=target, relation=relation, report=cards[report], line=line, sentence=sentence)
            for report, source, target, relation, line, sentence in rows
        ]

    def carriers(self, entries: Collection[str]) -> Sequence[tuple[str, str]]:
        """(A document, one of these that it is said to carry out), each pair once, in order."""
        sql = (
            f"SELECT DISTINCT s.entry, t.entry FROM {_ASKED} CROSS JOIN vote t ON t.entry = asked.value "
            "CROSS JOIN link l ON l.report = t.report AND l.target = t.n "
            "JOIN vote s ON s.report = l.report AND s.n = l.source "
            f"WHERE l.relation IN {LISTED} ORDER BY s.entry, t.entry"
        )
        return self._db.tuples(sql, listed(entries), listed(sorted(carrying())))

    def cited_by(self, entries: Collection[str], period: Period = ALWAYS) -> Sequence[CitedBy]:
        """Who cites these documents, by document and whose; its own number in a report is no citation."""
        day = "coalesce(r.date, CAST(r.year AS TEXT))"
        within, days = "", []
        for bound, is_before in ((period.since, ">="), (period.until, "<=")):
            if bound is not None:
                within += f" AND {day} {is_before} substr(?, 1, length({day}))"
                days.append(bound)
        sql = (
            f"SELECT v.entry, {_WHOSE}, count(DISTINCT r.id), min({day}), max(coalesce({day}, '') || ' ' || r.id) "
            f"FROM {_OF_ENTRY} AND v.own = 0 "
            "CROSS JOIN report r ON r.id = v.report "
            f"WHERE 1{within} GROUP BY v.entry, {_WHOSE} ORDER BY v.entry, {_WHOSE}"
        )
        return [
            CitedBy(
                entry=entry,
                whose=Whose(*whose),
                reports=count,
                first=first,
                last=last.partition(" ")[0] or None,
                report=last.partition(" ")[2],
            )
            for entry, *whose, count, first, last in self._db.tuples(sql, listed(entries), *days)
        ]

    def reports_of(self, whose: Collection[Whose]) -> Sequence[Card]:
        """The cards of the reports that say one of these of whose they are, by id."""
        return self.cards([report for of in dict.fromkeys(whose) for report in self.owners().get(of, ())])

    def owners(self) -> Mapping[Whose, Sequence[str]]:
        """What reports say of whose they are, with the ids of those that say it."""
        return self._once("owners", self._owners)

    def _owners(self) -> Mapping[Whose, Sequence[str]]:
        of: dict[Whose, list[str]] = {}
        for report, *whose in self._db.tuples(f"SELECT r.id, {_WHOSE} FROM report r ORDER BY r.id"):
            of.setdefault(Whose(*whose), []).append(report)
        return of

    def _cards(self, reports: Iterable[str]) -> dict[str, Card]:
        """The cards of these reports and others, by id; they are kept until the catalog changes."""
        read = self._once("cards", dict[str, Card])
        if len(read) > _CARDS_KEPT:
            read.clear()
        wanted = [report for report in dict.fromkeys(reports) if report not in read]
        if wanted:
            read.update((card.id, card) for card in self.cards(wanted))
        return read

    def cards(self, reports: Collection[str] | None = None) -> Sequence[Card]:
        """The cards of these reports, or of all, by id."""
        among = "" if reports is None else f"WHERE r.id IN {LISTED}"
        asked = [] if reports is None else [listed(reports)]
        return [card_from(row) for row in self._db.rows(f"{SELECT_CARD} {among} ORDER BY r.id", *asked)]


def fitting(wanted: Wanted) -> tuple[str, tuple[object, ...]]:
    """What is asked of a row of `entry` or `joined` that fits: the condition, and the values of its gaps."""
    if wanted.names:
        return f"canonical IN {LISTED} OR key_name IN {LISTED}", (listed(wanted.numbers), listed(wanted.names))
    where = (
        "key_number = ? AND key_type = coalesce(?, key_type) "
        "AND key_year = coalesce(?, key_year) AND key_symbol = coalesce(?, key_symbol)"
    )
    return where, (wanted.number, wanted.kind, wanted.year, wanted.symbol)


def card_from(row: sqlite3.Row) -> Card:
    """The card in a row of `SELECT_CARD`."""
    return Card(**dict(zip(_COLUMNS, row, strict=False)))


# Most documents have one day or none: a list of all reads few texts.
@lru_cache(maxsize=1 << 12)
def _dates(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((day, count) for day, count in json.loads(text))


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        **{k: row[k] for k in ("id", "type", "canonical", "date", "issuer", "title", "level", "report")},
        dates=_dates(row["dates"]),
        candidates=tuple(json.loads(row["candidates"])) if row["candidates"] != "[]" else (),
    )
