"""What the graph answers as tables: for a spreadsheet, or another program."""

from collections.abc import Iterator
from pathlib import Path

from graph.answers_graph import coverage_json
from graph.coverage import Coverage
from graph.export import csv_line
from graph.registry import Entry
from graph.tree import UnitEntry
from webview.output import json_text, write_whole
from webview.terminal import Speaker
from webview.workbook import Row, Sheet, workbook

COVERAGE_COLUMNS = (
    *("unit", "level", "instrument", "instrument_date", "reports", "first_report", "first_document"),
    *("days_to_document", "days_to_report"),
)
_WIDTHS = (30, 10, 40, 14, 9, 14, 14, 12, 12)


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


def write_coverage(path: Path, form: str, coverage: Coverage, speaker: Speaker) -> None:
    """Write the coverage to `path`, as "json", "csv" or "xlsx"; raises CancuError where it cannot be written."""
    if form == "json":
        write_whole(path, json_text(coverage_json(coverage)))
    elif form == "csv":
        write_whole(path, "".join(map(csv_line, [COVERAGE_COLUMNS, *coverage_rows(coverage)])), encoding="utf-8-sig")
    else:
        write_whole(path, workbook([_matrix(coverage, speaker), _long(coverage, speaker)]))


def _matrix(coverage: Coverage, speaker: Speaker) -> Sheet:
    """A row for each unit, a column for each instrument, in each cell how many reports."""
    rows = (
        Row(values=(unit.label, *(_reports(coverage, unit, entry) for entry in coverage.entries)))
        for unit in coverage.units
    )
    heads = (speaker.say("facet_unit"), *(entry.full_label for entry in coverage.entries))
    return Sheet(title=speaker.say("sheet_matrix"), heads=heads, widths=(30, *[18] * len(coverage.entries)), rows=rows)


def _reports(coverage: Coverage, unit: UnitEntry, entry: Entry) -> int | None:
    cell = coverage.cells.get((unit.id, entry.id))
    return cell.reports if cell else None


def _long(coverage: Coverage, speaker: Speaker) -> Sheet:
    rows = (Row(values=row) for row in coverage_rows(coverage))
    return Sheet(title=speaker.say("sheet_cells"), heads=COVERAGE_COLUMNS, widths=_WIDTHS, rows=rows)
