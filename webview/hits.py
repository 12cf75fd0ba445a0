"""What a search found as a table: for a spreadsheet, or another program."""

from collections.abc import Iterator
from pathlib import Path

from graph.export import csv_line
from index.answers import SEARCH_COLUMNS, search_json, search_rows
from index.results import Answer
from webview.output import json_text, write_whole
from webview.terminal import Speaker
from webview.workbook import Row, Sheet, workbook

# Of a passage 70 characters are seen, of the others what a column of Excel shows unless it is widened.
_WIDTHS = {"passage": 70, "title": 45, "unit": 25, "file": 40}
_WIDTH = 14
_FACET_WIDTHS = (45, 10)


def hits_text(form: str, answer: Answer) -> str:
    """What was found as "json", or as "csv": a head, and a line for each passage."""
    if form == "json":
        return json_text(search_json(answer))
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
    hits = Sheet(
        title=speaker.say("sheet_hits"),
        heads=SEARCH_COLUMNS,
        rows=(Row(values=row) for row in search_rows(answer)),
        widths=tuple(_WIDTHS.get(name, _WIDTH) for name in SEARCH_COLUMNS),
    )
    facets = Sheet(title=speaker.say("sheet_facets"), rows=_facets(answer, speaker), widths=_FACET_WIDTHS)
    return workbook([hits, facets])


def _facets(answer: Answer, speaker: Speaker) -> Iterator[Row]:
    for heading, values in speaker.facets(answer):
        yield Row(values=(heading, None), strong=True)
        yield from (Row(values=value) for value in values)
