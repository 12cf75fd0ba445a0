"""Which report cites which document, as arrays: what is counted over a whole library is counted here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Incidence:
    """Each pair of a report and a document that it names once, by their places in `reports` and `entries`.

    Both are in the order of their ids, and pairs in that of their reports.  `own`: the document is known in the report
    by the report's own number alone, which is no citation.
    """

    reports: Sequence[str]
    entries: Sequence[str]
    report_at: Mapping[str, int]
    entry_at: Mapping[str, int]
    report: "NDArray[np.int64]"
    entry: "NDArray[np.int64]"
    own: "NDArray[np.bool_]"

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, int]]) -> "Incidence":
        """From (report, document, is it its own?), in any order; a pair may occur more than once."""
        import numpy as np

        reports, entries, own = zip(*rows, strict=True) if (rows := [*rows]) else ((), (), ())
        report_at = {name: n for n, name in enumerate(sorted(set(reports)))}
        entry_at = {name: n for n, name in enumerate(sorted(set(entries)))}
        width = max(1, len(entry_at))
        both = np.fromiter(map(report_at.__getitem__, reports), np.int64, len(rows)) * width
        both += np.fromiter(map(entry_at.__getitem__, entries), np.int64, len(rows))
        both = np.sort(both * 2 + np.fromiter(map(bool, own), np.int64, len(rows)))
        once = np.diff(both >> 1, prepend=-1) != 0  # np.unique imports 50 ms of numpy
        pairs, is_own = both[once] >> 1, (both[once] & 1).astype(bool)
        return cls(
            reports=[*report_at],
            entries=[*entry_at],
            report_at=report_at,
            entry_at=entry_at,
            report=pairs // width,
            entry=pairs % width,
            own=is_own,
        )

    def reports_by_entry(self) -> "NDArray[np.int64]":
        """How many reports name each document."""
        import numpy as np

        return np.bincount(self.entry, minlength=len(self.entries))

    def entries_by_report(self) -> "NDArray[np.int64]":
        """How many documents each report names."""
        import numpy as np

        return np.bincount(self.report, minlength=len(self.reports))
