"""What the SQLite catalog answers of what stands beside a node, counted in SQL so that a graph need not be loaded."""

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from graph.incidence import Incidence
from graph.questions import SHOWN, Linked, Place
from index.sqlite_database import LISTED, listed
from index.sqlite_graph import PLACE, WITH_ACTIONS, SqliteGraph


class SqliteBeside(SqliteGraph):
    """The neighbours of nodes, and what is asked of all nodes at once."""

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
        sql = f"SELECT DISTINCT report, entry FROM vote WHERE own AND report IN {LISTED} ORDER BY report, entry"
        return self._db.tuples(sql, listed(reports))

    def entries_by_report(self, reports: Collection[str]) -> Mapping[str, int]:
        """How many documents each of these reports names, itself among them."""
        sql = f"SELECT report, count(DISTINCT entry) FROM vote WHERE report IN {LISTED} GROUP BY report"
        return dict(self._db.tuples(sql, listed(reports)))

    def reports_by_entry(self, entries: Collection[str]) -> Mapping[str, int]:
        """How many reports name each of these documents, the one that it is among them."""
        sql = f"SELECT entry, count(DISTINCT report) FROM vote WHERE entry IN {LISTED} GROUP BY entry"
        return dict(self._db.tuples(sql, listed(entries)))

    def reports_beside(self, entries: Collection[str], limit: int) -> Sequence[str]:
        """The reports that name one of these documents: those that name most of any first, then by id."""
        return self._beside("report", "entry", entries, limit)

    def entries_beside(self, reports: Collection[str], limit: int) -> Sequence[str]:
        """The documents that one of these reports names: those that are named most often first, then by id."""
        return self._beside("entry", "report", reports, limit)

    def _beside(self, found: str, asked: str, ids: Collection[str], limit: int) -> list[str]:
        sql = (
            f"SELECT {found} FROM vote WHERE {found} IN (SELECT {found} FROM vote WHERE {asked} IN {LISTED}) "
            f"GROUP BY {found} ORDER BY count(*) DESC, {found} LIMIT ?"
        )
        return [row[0] for row in self._db.tuples(sql, listed(ids), limit)]

    def linked(self) -> Sequence[Linked]:
        """All documents that are linked, by source, target and relation."""
        return self._once("linked", self._linked)

    def _linked(self) -> list[Linked]:
        rows = self._db.tuples(
            "SELECT s.entry, t.entry, l.relation, l.report FROM link l "
            "JOIN vote s ON s.report = l.report AND s.n = l.source "
            "JOIN vote t ON t.report = l.report AND t.n = l.target ORDER BY 1, 2, 3, 4"
        )
        found = []
        for (source, target, relation), of in groupby(rows, key=itemgetter(0, 1, 2)):
            reports = [row[3] for row in of]
            shown = tuple(dict.fromkeys(reports))[:SHOWN]
            found.append(Linked(source=source, target=target, relation=relation, count=len(reports), reports=shown))
        return found

    def place_saying(self, words: Mapping[str, str]) -> Sequence[Place]:
        """A place that cites each document, by its id, of its first `SHOWN` votes: best one that says the word."""
        fifth = f"(SELECT report FROM vote WHERE entry = asked.key ORDER BY report LIMIT 1 OFFSET {SHOWN - 1})"
        best = "ORDER BY instr(c.sentence, asked.value) = 0, c.report, c.start"
        sql = (
            f"SELECT {PLACE.replace('c.', '').replace('v.', '').replace('a.', '')} FROM ("
            f"SELECT {PLACE}, row_number() OVER (PARTITION BY v.entry {best}) AS place "
            f"FROM json_each(?) AS asked CROSS JOIN vote v ON v.entry = asked.key AND v.report <= ifnull({fifth}, '~') "
            f"CROSS JOIN citation c ON c.report = v.report AND c.n = v.n {WITH_ACTIONS}) WHERE place = 1 ORDER BY entry"
        )
        return self._as_places(sql, json.dumps(dict(words)))
