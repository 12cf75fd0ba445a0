"""cancu: search Vietnamese administrative reports, trace instruments to the units that carry them out, draw the graph.

The command line is a skin: it parses options, asks the library and prints.  Exit codes: 0 ok, 1 failure, 2 usage,
3 some files failed, 4 no library, 130 interrupted.
"""

import sys
from io import TextIOWrapper
from pathlib import Path

import click

from webview.console import (
    FORMS,
    SOME_FAILED,
    State,
    Typed,
    explained,
    form_asked,
    language,
    not_standard_output,
    progress_bar,
    require_apart,
    show,
    show_json,
    standard_input,
    tell_failed,
)

in_processes = click.option("--jobs", type=click.IntRange(1), help="Processes that read; all cores if not told.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON (the shapes are stable).")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--library", type=click.Path(path_type=Path), envvar="CANCU_LIBRARY", help="Folder of the library.")
@click.option("--lang", type=click.Choice(["vi", "en"]), callback=language, help="Language of the answers.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.version_option(package_name="cancu", prog_name="cancu")
@click.pass_context
def cli(context: click.Context, library: Path | None, lang: str, quiet: bool) -> None:
    """Căn Cứ: where did we write that, who carries out this directive, what drives what.

    \b
    Example:
      cancu add reports
      cancu search "quy chế dân chủ"
      cancu trace "Kết luận 120-KL/TW"
    """
    context.obj = State(library, lang, quiet=quiet)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@in_processes
@click.option("--prune", is_flag=True, help="Remove files that have vanished from these folders.")
@as_json
@explained
def add(state: State, paths: tuple[Path, ...], jobs: int | None, prune: bool, as_json: bool) -> None:
    """Read files and folders into the library; unchanged files are skipped.

    \b
    Example:
      cancu add reports
      cancu add reports --prune
    """
    from index.answers import added_json
    from index.workers import cores

    speaker = state.speaker
    with state.open(create=True) as library, progress_bar(state, speaker) as progress:
        added = library.add(paths, jobs=jobs or cores(), prune=prune, progress=progress)
    if as_json:
        show_json(added_json(added))
    else:
        show([speaker.added(added)])
    tell_failed(added.failed)


@cli.command()
@click.argument("query", type=Typed())
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many reports to show.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to skip.")
@as_json
@explained
def search(state: State, query: str, limit: int, offset: int, as_json: bool) -> None:
    """Find reports by phrase, with or without accents.

    Also understood: "…", AND, OR, NOT, -word, prefix*, unit: year: type: level:.

    \b
    Example:
      cancu search "quy che dan chu"
      cancu search '"cải cách hành chính" year:2024'
    """
    from index.answers import search_json

    with state.open() as library:
        answer = library.search(query, limit=limit, offset=offset)
    if as_json:
        show_json(search_json(answer))
    else:
        show(state.speaker.search(answer, query, offset))


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMS), help="A line for each file, a table, or the marked text.")
@click.option(
    *("-o", "--output"),
    type=click.Path(path_type=Path),
    callback=not_standard_output,
    help="Write a file: .jsonl .csv .html",
)
@as_json
@explained
def cites(state: State, files: tuple[Path, ...], form: str | None, output: Path | None, as_json: bool) -> None:
    """Print what files cite, '-' being standard input; needs no library.

    \b
    Example:
      cancu cites reports/2022/khe-thuong-bc-qcdc-6-thang-2022.txt
      cancu cites reports/2022/khe-thuong-bc-qcdc-6-thang-2022.txt -o marked.html
    """
    from webview.listing import listing, read_all, write_listing

    form = form_asked(form, output, as_json=as_json)
    require_apart(files, output)
    failures: list[str] = []
    readings = read_all(files, standard_input, failures)
    if form and output:
        count, places = write_listing(output, form, readings, state.lang)
        if count:
            show([state.speaker.say("listed", path=output, files=count, places=places)])
    elif form:
        for piece in listing(form, readings, state.lang):
            click.echo(piece, nl=False)
    else:
        for read in readings:
            show(state.speaker.cites(*read))
    if failures:
        raise SystemExit(SOME_FAILED)


@cli.command()
@click.argument("reference", type=Typed())
@as_json
@explained
def trace(state: State, reference: str, as_json: bool) -> None:
    """Show which units carry out an instrument, directly and along stated links, and which never mention it.

    \b
    Example:
      cancu trace "Kết luận 120"
      cancu trace "Luật Thực hiện dân chủ ở cơ sở"
    """
    from graph.answers import trace_json

    with state.open() as library:
        traced = library.trace(reference)
    if as_json:
        show_json(trace_json(traced))
    else:
        show(state.speaker.trace(traced))


@cli.command()
@click.argument("reference", type=Typed(), required=False)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help=".html .graphml .gexf .json .csv")
@click.option("--depth", type=click.IntRange(1, 4), default=2, show_default=True, help="Steps from the instrument.")
@explained
def graph(state: State, reference: str | None, output: Path, depth: int) -> None:
    """Write the graph around an instrument, or the whole one, as a page that opens without a network or as data.

    \b
    Example:
      cancu graph "Chỉ thị 30-CT/TW" -o chi-thi-30.html
      cancu graph -o all.graphml
    """
    from webview.drawing import write_graph

    speaker = state.speaker
    title = speaker.say("graph_of", reference=reference) if reference else speaker.say("graph_all")
    with state.open() as library:
        drawn = library.graph(reference, depth=depth)
    write_graph(drawn, output, title=title, lang=state.lang)
    nodes, edges = drawn.number_of_nodes(), drawn.number_of_edges()
    show([speaker.say("drawn", path=output, nodes=nodes, edges=edges)])


@cli.command("show")
@click.argument("report", type=Typed())
@as_json
@explained
def show_report(state: State, report: str, as_json: bool) -> None:
    """Print a report of the library, by id or file name, as it was read.

    \b
    Example:
      cancu show khe-thuong-bc-qcdc-6-thang-2022.txt
    """
    from index.answers import report_json

    with state.open() as library:
        found = library.find_report(report)
    if as_json:
        show_json(report_json(found))
    else:
        show(state.speaker.report(found))


@cli.command()
@as_json
@explained
def status(state: State, as_json: bool) -> None:
    """Tell how much the library keeps.

    \b
    Example:
      cancu status
    """
    from index.answers import counts_json

    with state.open() as library:
        counts = library.catalog.counts()
    if as_json:
        show_json(counts_json(counts))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from webview.terminal import plain

    table = Table("", "", title=Text(plain(str(state.library))), show_header=False, title_justify="left")
    for name, value in state.speaker.counts(counts):
        table.add_row(name, str(value))
    Console(highlight=False).print(table)


@cli.command()
@click.option("--citations", is_flag=True, help="Find all citations again, not only those of older rules.")
@in_processes
@as_json
@explained
def reindex(state: State, citations: bool, jobs: int | None, as_json: bool) -> None:
    """Build the full-text index anew from what the library keeps; what older rules have read is read again.

    \b
    Example:
      cancu reindex
    """
    from index.answers import reindexed_json
    from index.workers import cores

    speaker = state.speaker
    with state.open() as library, progress_bar(state, speaker) as progress:
        done = library.reindex(citations=citations, jobs=jobs or cores(), progress=progress)
    if as_json:
        show_json(reindexed_json(done))
    else:
        show([speaker.reindexed(done)])
    tell_failed(done.failed)


@cli.command()
@click.option("--repair", is_flag=True, help="Mend catalog and index; what can be read of a damaged catalog is saved.")
@as_json
@explained
def doctor(state: State, repair: bool, as_json: bool) -> None:
    """Verify catalog and index; with --repair, mend what can be mended.

    \b
    Example:
      cancu doctor
    """
    from index.answers import health_json

    if repair:
        health = state.repair()
    else:
        with state.open() as library:
            health = library.check()
    if as_json:
        show_json(health_json(health))
    else:
        show(state.speaker.health(health))
    if health.problems:
        raise SystemExit(1)


def main() -> None:
    """Run the command line; output is UTF-8 whatever the console's code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    cli(prog_name="cancu")


if __name__ == "__main__":
    main()
