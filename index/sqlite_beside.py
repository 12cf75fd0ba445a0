"""What the SQLite catalog answers of what stands beside a node, counted in SQL so that a graph need not be loaded."""

import json
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import TypeVar, cast

from graph.homes import Whose
from graph.incidence import Incidence
from graph.questions import Linked, Place
from index.sqlite_database import Database
from index.sqlite_graph import PLACE, SqliteGraph, listed

_T = TypeVar("_T")
_ASKED = "(SELECT value FROM json_each(?))"
# The statements that touch the documents asked for, each once, whichever end is asked for.
_TOUCHED = " UNION ".join(
    "SELECT l.report, l.source, l.target, l.relation FROM asked CROSS JOIN vote v ON v.entry = asked.value "
    f"CROSS JOIN link l ON l.report = v.report AND l.{end} = v.n"
    for end in ("source", "target")
)


class SqliteBeside(SqliteGraph):
    """The neighbours of nodes, and what is asked of all nodes at once."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._kept: dict[str, tuple[Hashable, object]] = {}

    def _once(self, name: str, made: Callable[[], _T]) -> _T:
        """What is made of the whole catalog, made again when that has changed."""
        state = self._db.state()
        if name not in self._kept or self._kept[name][0] != state:
            self._kept[name] = state, made()
        return cast("_T", self._kept[name][1])

    def owners(self) -> Mapping[str, Whose]:
        """What each report says of whose it is."""
        sql = f"SELECT id, {', '.join(Whose._fields)} FROM report"
        return self._once("owners", lambda: {report: Whose(*whose) for report, *whose in self._db.tuples(sql)})

    def issuers(self) -> Mapping[str, Sequence[str]]:
        """Who is named as issuer of documents, with the ids of these."""
        sql = "SELECT issuer, json_group_array(id) FROM entry WHERE issuer IS NOT NULL GROUP BY issuer"
        return self._once("issuers", lambda: {of: sorted(json.loads(ids)) for of, ids in self._db.tuples(sql)})

    def incidence(self) -> Incidence:
        """Which report names which document, for what is counted over all of them."""
        sql = "SELECT report, entry, own FROM vote WHERE entry IS NOT NULL"
        return self._once("incidence", lambda: Incidence.of(self._db.tuples(sql)))

    def own_of(self, reports: Collection[str]) -> Sequence[tuple[str, str]]:
        """(report, document) where one of these reports is that document: it bears its number."""
        sql = f"SELECT DISTINCT report, entry FROM vote WHERE own AND report IN {_ASKED} ORDER BY report, entry"
        return self._db.tuples(sql, listed(reports))

    def entries_by_report(self, reports: Collection[str]) -> Mapping[str, int]:
        """How many documents each of these reports names, itself among them."""
        sql = f"SELECT report, count(DISTINCT entry) FROM vote WHERE report IN {_ASKED} GROUP BY report"
        return dict(self._db.tuples(sql, listed(reports)))

    def reports_by_entry(self, entries: Collection[str]) -> Mapping[str, int]:
        """How many reports name each of these documents, the one that it is among them."""
        sql = f"SELECT entry, count(DISTINCT report) FROM vote WHERE entry IN {_ASKED} GROUP BY entry"
        return dict(self._db.tuples(sql, listed(entries)))

    def reports_beside(self, entries: Collection[str], limit: int) -> Sequence[str]:
        """The reports that name one of these documents: those that name most of any first, then by id."""
        return self._beside("report", "entry", entries, limit)

    def entries_beside(self, reports: Collection[str], limit: int) -> Sequence[str]:
        """The documents that one of these reports names: those that most reports name first, then by id."""
        return self._beside("entry", "report", reports, limit)

    def _beside(self, found: str, asked: str, ids: Collection[str], limit: int) -> list[str]:
        sql = (
            f"SELECT {found} FROM vote WHERE {found} IN (SELECT {found} FROM vote WHERE {asked} IN {_ASKED}) "
            f"GROUP BY {found} ORDER BY count(DISTINCT {asked}) DESC, {found} LIMIT ?"
        )
        return [row[0] for row in self._db.tuples(sql, listed(ids), limit)]

    def linked(self, entries: Collection[str] | None = None) -> Sequence[Linked]:
        """What is linked with one of these documents, or all that is linked, by source, target and relation."""
        links, asked = "link", []
        if entries is not None:
            links, asked = f"(WITH asked AS (SELECT value FROM json_each(?)) {_TOUCHED})", [listed(entries)]
        sql = (
            f"SELECT s.entry, t.entry, l.relation, count(*) FROM {links} AS l "
            "JOIN vote s ON s.report = l.report AND s.n = l.source "
            "JOIN vote t ON t.report = l.report AND t.n = l.target GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [
            Linked(source=source, target=target, relation=relation, count=count)
            for source, target, relation, count in self._db.tuples(sql, *asked)
        ]

    def place_saying(self, words: Mapping[str, str]) -> Sequence[Place]:
        """A place that cites each document, by its id: the first whose sentence holds the word, else the first."""
        first = "ORDER BY instr(c.sentence, asked.value) = 0, c.report, c.start"
        sql = (
            f"SELECT {PLACE.replace('c.', '').replace('v.', '')} FROM ("
            f"SELECT {PLACE}, row_number() OVER (PARTITION BY v.entry {first}) AS nth FROM json_each(?) AS asked "
            "CROSS JOIN vote v ON v.entry = asked.key CROSS JOIN citation c ON c.report = v.report AND c.n = v.n"
            ") WHERE nth = 1 ORDER BY entry"
        )
        return self._as_places(sql, json.dumps(dict(words)))
