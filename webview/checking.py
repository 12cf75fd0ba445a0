"""The command that looks at reports before they are signed: check."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import CancuError
from webview.console import (
    SOME_FAILED,
    State,
    Typed,
    as_json,
    explained,
    progress_bar,
    require_apart,
    show,
    show_json,
    standard_input,
    warn,
)

if TYPE_CHECKING:
    from corpus.model import Report
    from graph.findings_model import Finding, Registered
    from index.library import Library
    from index.results import Progress

    Checked = tuple[Report, tuple[Finding, ...]]

# Reports that are read before the library is asked about them: some 1,500 citations, a few MB.
_BATCH = 100
_FOUND = 1


@click.command()
@click.argument("names", nargs=-1, metavar="[FILE|REPORT]...", type=Typed())
@as_json
@explained
def check(state: State, names: tuple[str, ...], *, as_json: bool) -> None:
    """Tell what in reports should be looked at before they are signed: what has ended, wrong days, wrong numbers.

    Each name is a file ('-': standard input) or, where there is no such file, a report of the library; without names
    all reports of the library are checked.  Where there is a library, it is asked what most of its reports say.
    Ends with 1 where something was found, with 3 where nothing was found but a file could not be read.

    \b
    Example:
      cancu check reports/2022/khe-thuong-bc-qcdc-6-thang-2022.txt
      cancu check
    """
    from webview.terminal_check import check_json, check_lines

    require_apart([Path(name) for name in names], None)
    speaker, failures = state.speaker, list[str]()
    reports = places = wrong = 0
    # On the screen what is found shows how far it is.
    bar = nullcontext() if names or sys.stdout.isatty() else progress_bar(state, speaker)
    with state.open_if_any() if names else state.open() as library, bar as tell:
        for report, found in _named(names, library, failures) if names else _all(library, tell):
            reports, places, wrong = reports + 1, places + len(found), wrong + bool(found)
            if as_json:
                show_json(check_json(speaker, report, found), indent=None)
            elif found:
                show(check_lines(speaker, report, found))
    if not as_json and places:
        show([speaker.say("check_found", places=places, wrong=wrong, reports=reports)])
    elif not as_json and (reports or not names):
        show([speaker.say("check_none", reports=reports)])
    if places or failures:
        raise SystemExit(_FOUND if places else SOME_FAILED)


def _named(names: Sequence[str], library: "Library | None", failures: list[str]) -> "Iterator[Checked]":
    """The findings of files and of reports of the library; what cannot be read is said at once, and kept."""
    from graph.extract import find_citations
    from graph.findings import find_doubts
    from graph.witness import Witness

    witness = Witness(library.catalog) if library else None
    for name in names:
        try:
            report, is_kept = _read(name, library)
        except CancuError as error:
            warn(str(error))
            failures.append(str(error))
            continue
        reading = find_citations(report)
        registered: Mapping[int, Registered] = {}
        if witness is not None and is_kept:
            ((reading, registered),) = witness.of_reports([(report, reading)])
        elif witness is not None:
            registered = witness.of_file(report, reading)
        yield report, find_doubts(report, reading, registered)


def _read(name: str, library: "Library | None") -> "tuple[Report, bool]":
    """The report of a name, and is it one of the library."""
    from corpus.reading import PIPED, read_piped_report, read_report

    path = Path(name)
    if path == PIPED:
        return read_piped_report(standard_input()), False
    if library is None or _is_there(path):
        return read_report(path), False
    return library.find_report(name), True


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _all(library: "Library | None", tell: "Callable[[Progress], None] | None") -> "Iterator[Checked]":
    """The findings of all reports of a library, by file; a batch of them is in memory at a time."""
    from graph.extract import find_citations
    from graph.findings import find_doubts
    from graph.witness import Witness
    from index.results import Progress

    assert library is not None  # noqa: S101 — without names it was opened
    witness = Witness(library.catalog)
    cards = sorted(library.catalog.cards(), key=lambda card: (card.file, card.id))
    for done in range(0, len(cards), _BATCH):
        batch = cards[done : done + _BATCH]
        if tell:
            tell(Progress(done=done, of=len(cards), failed=0, file=batch[0].file))
        reports = [report for card in batch if (report := library.catalog.report(card.id)) is not None]
        read = [(report, find_citations(report)) for report in reports]
        for report, (reading, registered) in zip(reports, witness.of_reports(read), strict=True):
            yield report, find_doubts(report, reading, registered)
