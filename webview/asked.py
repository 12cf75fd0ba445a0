"""The commands that ask the graph: trace, drivers, coverage."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.model import LEVELS
from webview.console import (
    COVERAGE_FORMS,
    TRACE_FORMS,
    State,
    Typed,
    as_json,
    explained,
    form_asked,
    screen_width,
    show,
    show_json,
    written_to,
)

if TYPE_CHECKING:
    from corpus.model import Level
    from graph.questions import Period
    from graph.tracing import Trace
    from index.library import Library
    from webview.traced import Findings

whole = click.option("--all", "whole", is_flag=True, help="Show all, however long.")
within = click.option("--within", type=Typed(), metavar="UNIT", help="Only this unit and those below it.")
of_level = click.option("--level", type=click.Choice(LEVELS), help="Only of that level.")


class Day(click.ParamType[str]):
    """A day, month or year as people write it; as ISO, the first or the last day that it can mean."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day as ISO."""
        from corpus.dates import first_day, last_day, parse_date

        iso = parse_date(value)
        if iso is None:
            self.fail(f"{value!r} is no date: write 2023, 3/2023, 15/3/2023 or 2023-03-15.", param, ctx)
        return last_day(iso) if self._last else first_day(iso)


def in_period(command: Callable[..., None]) -> Callable[..., None]:
    """The options --since and --until, by the dates of the reports; the command gets them as its `period`."""

    @click.option("--since", type=Day(last=False), help="Only reports from this day on: 2023, 3/2023, 15/3/2023.")
    @click.option("--until", type=Day(last=True), help="Only reports up to this day.")
    @wraps(command)
    def run(*args: object, since: str | None, until: str | None, **kwargs: object) -> None:
        from graph.questions import Period

        if since and until and until < since:
            raise click.UsageError(f"The period ends before it begins: --until {until} is before --since {since}.")
        kwargs["period"] = Period(since=since, until=until)
        command(*args, **kwargs)

    return run


@click.command()
@click.argument("reference", type=Typed())
@in_period
@within
@click.option("--missing", is_flag=True, help="Only the units that never mention it, nor what carries it out.")
@whole
@written_to(*TRACE_FORMS)
@as_json
@explained
def trace(
    state: State,
    reference: str,
    *,
    period: "Period",
    within: str | None,
    missing: bool,
    whole: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show which units carry out an instrument, directly and along stated links, and which never mention it.

    REFERENCE is a number, a short form, a name, a nickname or an id.  With -o it becomes a dossier for print (.html,
    .docx), or a table with a row for each citation.

    \b
    Example:
      cancu trace "Kết luận 120"
      cancu trace "Luật Thực hiện dân chủ ở cơ sở" --since 2023
      cancu trace "Chỉ thị 30-CT/TW" --missing --within "huyện Đại Khê"
      cancu trace "Kết luận 120" -o dossier.docx
    """
    from graph.answers_graph import trace_json
    from webview.told import Teller

    form = form_asked(None, output, as_json=as_json, forms=TRACE_FORMS)
    if output and (missing or whole):
        raise click.UsageError("--missing and --all are for the screen; a file has all parts.")
    with state.open() as library:
        traced = library.trace(reference, period=period, within=within)
        found = _found(library, traced, period, within) if form and output else None
    if form and output and found:
        from webview.traced import write_trace

        write_trace(output, form, found, lang=state.lang)
        show([state.speaker.say("table_written", path=output)])
    elif form:
        show_json(trace_json(traced))
    elif missing:
        show([unit.label for unit in traced.missing] or [state.speaker.say("none_missing")])
    else:
        show(Teller(state.speaker, whole=whole).trace(traced))


def _found(library: "Library", traced: "Trace", period: "Period", within: str | None) -> "Findings":
    """A trace with what its files tell beside it."""
    from webview.dossier import Made
    from webview.phrases import today
    from webview.traced import Findings

    counts, tree = library.catalog.counts(), library.catalog.tree()
    made = Made(
        day=today(),
        library=str(library.folder),
        reports=counts.reports,
        units=len(tree.reporting()),
        period=period,
        within=tree.find_one(within).label if within else None,
    )
    return Findings(trace=traced, tree=tree, made=made)


@click.command()
@click.argument("name", metavar="UNIT|REPORT", type=Typed())
@in_period
@whole
@as_json
@explained
def drivers(state: State, name: str, *, period: "Period", whole: bool, as_json: bool) -> None:
    """Show what drives a unit or a report: the instruments that it cites, and on which its own documents rest.

    \b
    Example:
      cancu drivers "xã Phong Lộc"
      cancu drivers "xã Phong Lộc, huyện Đại Khê" --since 2024
      cancu drivers khe-thuong-bc-qcdc-6-thang-2022.txt
    """
    from graph.answers_graph import drivers_json
    from webview.told import Teller

    with state.open() as library:
        driven = library.drivers(name, period=period)
    if as_json:
        show_json(drivers_json(driven))
        return
    teller = Teller(state.speaker, whole=whole)
    for number, one in enumerate(driven):
        show([""] if number else [])
        show(teller.drivers(one))


@click.command()
@click.option(
    "--cites", "references", type=Typed(), multiple=True, metavar="REFERENCE", help="This instrument; repeat it."
)
@click.option(
    "--top", type=click.IntRange(1), default=20, show_default=True, help="Else those that are cited most there."
)
@of_level
@in_period
@within
@click.option("--lag", is_flag=True, help="Days to the unit's first document and first report, not numbers of reports.")
@written_to(*COVERAGE_FORMS)
@as_json
@explained
def coverage(
    state: State,
    *,
    references: tuple[str, ...],
    top: int,
    level: "Level | None",
    period: "Period",
    within: str | None,
    lag: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show which units cite which instruments, how often, since when, and how long it took them.

    \b
    Example:
      cancu coverage --top 10 --within "huyện Đại Khê"
      cancu coverage --cites "Chỉ thị 30-CT/TW" --cites "Kết luận 120" --lag
      cancu coverage -o coverage.xlsx
    """
    from graph.answers_graph import coverage_json
    from webview.told import Teller

    form = form_asked(None, output, as_json=as_json, forms=COVERAGE_FORMS)
    with state.open() as library:
        covered = library.coverage(references, top=top, level=level, period=period, within=within)
    if form and output:
        from webview.tables import write_coverage

        write_coverage(output, form, covered, state.speaker)
        show([state.speaker.say("table_written", path=output)])
    elif form:
        show_json(coverage_json(covered))
    else:
        show(Teller(state.speaker, width=screen_width()).coverage(covered, lag=lag))
