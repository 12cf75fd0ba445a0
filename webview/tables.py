"""What the graph answers as tables: for a spreadsheet, or another program."""

import json
from collections.abc import Iterator
from pathlib import Path

from graph.answers_graph import coverage_json
from graph.coverage import Coverage
from graph.export import csv_line
from webview.output import write_whole

COVERAGE_COLUMNS = (
    *("unit", "level", "instrument", "instrument_date", "reports", "first_report", "first_document"),
    *("days_to_document", "days_to_report"),
)


def coverage_rows(coverage: Coverage) -> Iterator[tuple[str | int | None, ...]]:
    """A row for each unit and instrument, those without a report too: `COVERAGE_COLUMNS`."""
    for unit in coverage.units:
        for entry in coverage.entries:
            cell = coverage.cells.get((unit.id, entry.id))
            about = (unit.label, unit.level, entry.full_label, entry.date)
            if cell is None:
                yield (*about, 0, None, None, None, None)
            else:
                yield (*about, cell.reports, cell.first, cell.plan, *coverage.lag(cell, entry))


def write_coverage(path: Path, form: str, coverage: Coverage) -> None:
    """Write the coverage to `path`, as "json" or "csv"; raises CancuError where it cannot be written."""
    if form == "json":
        write_whole(path, json.dumps(coverage_json(coverage), ensure_ascii=False, indent=2) + "\n")
    else:
        write_whole(path, "".join(map(csv_line, [COVERAGE_COLUMNS, *coverage_rows(coverage)])), encoding="utf-8-sig")
