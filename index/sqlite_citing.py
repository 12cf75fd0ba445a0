"""What a search asks the SQLite catalog of citations: who cites a document, and what is cited most."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.registry import Entry
from index.sqlite_database import Database
from index.sqlite_graph import SqliteGraph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CITING = "FROM vote v WHERE v.own = 0 AND v.entry IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """Which report cites which document, each pair once; both by their place in `reports` and `entries`."""

    state: tuple[int, int]
    reports: dict[str, int]
    entries: Sequence[str]
    report: "NDArray[np.int32]"
    entry: "NDArray[np.int32]"


class SqliteCiting(SqliteGraph):
    """The citations as a search needs them: for many reports at once."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._loaded: _Pairs | None = None

    def citing(self, entries: Iterable[str]) -> frozenset[str]:
        """The ids of the reports that cite one of these documents; its own number in a report is no citation."""
        return frozenset(row["report"] for row in self._db.rows(f"SELECT v.report {_CITING}", json.dumps([*entries])))

    def spans(self, reports: Sequence[str], entries: Iterable[str]) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where in the texts of these reports these documents are cited, in order; without those that cite none."""
        rows = self._db.rows(
            'SELECT DISTINCT v.report, c.start, c."end" FROM json_each(?) AS asked '
            "JOIN vote v ON v.report = asked.value JOIN citation c ON c.report = v.report AND c.n = v.n "
            "WHERE v.entry IN (SELECT value FROM json_each(?)) ORDER BY v.report, c.start",
            *(json.dumps([*reports]), json.dumps([*entries])),
        )
        found: dict[str, list[tuple[int, int]]] = {}
        for report, start, end in rows:
            found.setdefault(report, []).append((start, end))
        return found

    def counted(self) -> Sequence[tuple[Entry, int]]:
        """All documents by id, each with the number of reports that cite it; its own report does not count."""
        import numpy as np

        pairs = self._pairs()
        counts = np.bincount(pairs.entry, minlength=len(pairs.entries)).tolist()
        reports = dict(zip(pairs.entries, counts, strict=True))
        return [(entry, reports.get(entry.id, 0)) for entry in self.all_entries()]

    def most_cited(self, reports: Collection[str] | None, limit: int) -> Sequence[tuple[str, str, int]]:
        """(id, label, number of reports) of the documents that most of these reports cite, most first, then by id.

        None asks for all reports.  The citations are read once, and again when the catalog has changed.
        """
        import numpy as np

        pairs = self._pairs()
        cited = pairs.entry
        if reports is not None:
            known = pairs.reports
            wanted = np.zeros(len(known), dtype=bool)
            wanted[[n for n in map(known.get, reports) if n is not None]] = True
            cited = cited[wanted[pairs.report]]
        counts = np.bincount(cited, minlength=len(pairs.entries))
        first = {
            pairs.entries[n]: int(counts[n]) for n in np.argsort(-counts, kind="stable")[:limit].tolist() if counts[n]
        }
        entries = self.entries(first)
        return [(entry.id, entry.full_label, first[entry.id]) for entry in entries]

    def _pairs(self) -> _Pairs:
        import numpy as np

        state = self._db.state()
        if self._loaded is None or self._loaded.state != state:
            rows = self._db.tuples("SELECT report, entry FROM vote WHERE own = 0 AND entry IS NOT NULL")
            reports, entries = zip(*rows, strict=True) if rows else ((), ())
            report_at = {name: n for n, name in enumerate(dict.fromkeys(reports))}
            known = sorted(set(entries))
            entry_at = {name: n for n, name in enumerate(known)}
            both = np.fromiter(map(report_at.__getitem__, reports), np.int64, len(rows)) * max(1, len(known))
            both = np.sort(both + np.fromiter(map(entry_at.__getitem__, entries), np.int64, len(rows)))
            both = both[np.diff(both, prepend=-1) > 0]  # each pair once; np.unique imports 50 ms of numpy
            self._loaded = _Pairs(
                state=state,
                reports=report_at,
                entries=known,
                report=(both // max(1, len(known))).astype(np.int32),
                entry=(both % max(1, len(known))).astype(np.int32),
            )
        return self._loaded
