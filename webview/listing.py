"""What files cite, in every form in which `cancu cites` prints it: for people, as JSON lines, as a table, as a page."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from corpus.errors import CancuError
from corpus.model import Report
from corpus.reading import PIPED, read_piped_report, read_report
from graph.answers import CITES_COLUMNS, cites_json, cites_rows
from graph.export import csv_line
from graph.extract import find_citations
from graph.model import Reading
from webview.console import warn
from webview.output import write_whole

Read = tuple[Report, Reading]


def read_all(files: Iterable[Path], piped: Callable[[], BinaryIO], failures: list[str]) -> Iterator[Read]:
    """What each file cites, one after the other; "-" is the stream that `piped` gives.

    What cannot be read is said on stderr at once, and added to `failures`.
    """
    for file in files:
        try:
            report = read_piped_report(piped()) if file == PIPED else read_report(file)
        except CancuError as error:
            warn(str(error))
            failures.append(str(error))
        else:
            yield report, find_citations(report)


def listing(form: str, readings: Iterable[Read], lang: str) -> Iterator[str]:
    """The text of a form ("jsonl", "csv", "html"), piece by piece as the readings come; none of them gives no text."""
    if form == "jsonl":
        return (json.dumps(cites_json(*read), ensure_ascii=False) + "\n" for read in readings)
    return _table(readings) if form == "csv" else _page(readings, lang)


def write_listing(path: Path, form: str, readings: Iterable[Read], lang: str) -> tuple[int, int]:
    """Write the text of a form to `path`, where there is any; how many reports and citations are in it.

    A table begins with a byte order mark, by which Excel knows UTF-8.  Raises CancuError where it cannot be written.
    """
    all_read = list(readings)
    if all_read:
        text = "".join(listing(form, all_read, lang))
        write_whole(path, text, encoding="utf-8-sig" if form == "csv" else "utf-8")
    return len(all_read), sum(len(reading.citations) for _, reading in all_read)


def _table(readings: Iterable[Read]) -> Iterator[str]:
    for number, read in enumerate(readings):
        if not number:
            yield csv_line(CITES_COLUMNS)
        yield from map(csv_line, cites_rows(*read))


def _page(readings: Iterable[Read], lang: str) -> Iterator[str]:
    from webview.marked import marked_html

    if all_read := list(readings):
        yield marked_html(all_read, lang=lang) + "\n"
