"""What a search asks the SQLite catalog of citations: who cites a document, and what is cited most."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from index.sqlite_beside import SqliteBeside
from index.sqlite_database import LISTED

_CITING = f"FROM vote v WHERE v.own = 0 AND v.entry IN {LISTED}"


class SqliteCiting(SqliteBeside):
    """The citations as a search needs them: for many reports at once."""

    def citing(self, entries: Iterable[str]) -> frozenset[str]:
        """The ids of the reports that cite one of these documents; its own number in a report is no citation."""
        return frozenset(row["report"] for row in self._db.rows(f"SELECT v.report {_CITING}", json.dumps([*entries])))

    def spans(self, reports: Sequence[str], entries: Iterable[str]) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where in the texts of these reports these documents are cited, in order; without those that cite none."""
        rows = self._db.rows(
            'SELECT DISTINCT v.report, c.start, c."end" FROM json_each(?) AS asked '
            "JOIN vote v ON v.report = asked.value JOIN citation c ON c.report = v.report AND c.n = v.n "
            f"WHERE v.entry IN {LISTED} ORDER BY v.report, c.start",
            *(json.dumps([*reports]), json.dumps([*entries])),
        )
        found: dict[str, list[tuple[int, int]]] = {}
        for report, start, end in rows:
            found.setdefault(report, []).append((start, end))
        return found

    def most_cited(self, reports: Collection[str] | None, limit: int) -> Sequence[tuple[str, str, int]]:
        """(id, label, number of reports) of the documents that most of these reports cite, most first, then by id.

        None asks for all reports.  The citations are read once, and again when the catalog has changed.
        """
        import numpy as np

        pairs = self.incidence()
        counted = ~pairs.own
        if reports is not None:
            wanted = np.zeros(len(pairs.reports), dtype=bool)
            wanted[[n for n in map(pairs.report_at.get, reports) if n is not None]] = True
            counted &= wanted[pairs.report]
        cited = pairs.entry[counted]
        counts = np.bincount(cited, minlength=len(pairs.entries))
        first = {
            pairs.entries[n]: int(counts[n]) for n in np.argsort(-counts, kind="stable")[:limit].tolist() if counts[n]
        }
        entries = self.entries(first)
        return [(entry.id, entry.full_label, first[entry.id]) for entry in entries]
