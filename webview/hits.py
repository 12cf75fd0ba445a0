"""What a search found as a table: for a spreadsheet, or another program."""

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.export import csv_line
from index.answers import SEARCH_COLUMNS, search_json, search_rows
from index.results import Answer
from webview.output import write_whole
from webview.terminal import Speaker, plain

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# Of a passage 70 characters are seen, of the others what a column of Excel shows unless it is widened.
_WIDTHS = {"passage": 70, "title": 45, "unit": 25, "file": 40}
_WIDTH = 14


def hits_text(form: str, answer: Answer) -> str:
    """What was found as "json", or as "csv": a head, and a line for each passage."""
    if form == "json":
        return json.dumps(search_json(answer), ensure_ascii=False, indent=2) + "\n"
    return "".join(map(csv_line, [SEARCH_COLUMNS, *search_rows(answer)]))


def write_hits(path: Path, form: str, answer: Answer, speaker: Speaker) -> None:
    """Write what was found to `path`: a workbook has the facets too, other tables begin with what tells Excel UTF-8.

    Raises CancuError where it cannot be written.
    """
    if form == "xlsx":
        write_whole(path, _workbook(answer, speaker))
    else:
        write_whole(path, hits_text(form, answer), encoding="utf-8-sig" if form == "csv" else "utf-8")


def _workbook(answer: Answer, speaker: Speaker) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    hits = book.create_sheet(speaker.say("sheet_hits"))
    hits.freeze_panes = "A2"
    for number, name in enumerate(SEARCH_COLUMNS):
        hits.column_dimensions[chr(ord("A") + number)].width = _WIDTHS.get(name, _WIDTH)
    _write(hits, SEARCH_COLUMNS, bold=True)
    for row in search_rows(answer):
        _write(hits, row)
    facets = book.create_sheet(speaker.say("sheet_facets"))
    for heading, values in speaker.facets(answer):
        _write(facets, (heading, None), bold=True)
        for value in values:
            _write(facets, value)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write(sheet: "WriteOnlyWorksheet", values: tuple[str | int | None, ...], *, bold: bool = False) -> None:
    """A row of texts and numbers: whatever a text begins with, it is no formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cells = []
    for value in values:
        cell: Any = WriteOnlyCell(sheet, plain(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)
