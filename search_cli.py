"""cancu: search Vietnamese administrative reports, trace instruments to the units that carry them out, draw the graph.

The command line is a skin: it parses options, asks the library and prints.  Exit codes: 0 ok, 1 failure, 2 usage,
3 some files failed, 4 no library, 130 interrupted.
"""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webview.abbreviations import abbreviations
from webview.asked import coverage, drivers, trace
from webview.checking import check
from webview.console import (
    CITES_FORMS,
    SEARCH_FORMS,
    SOME_FAILED,
    State,
    Typed,
    as_json,
    explained,
    form_asked,
    language,
    require_apart,
    show,
    show_json,
    standard_input,
    written_to,
)
from webview.fixing import fix
from webview.inventory import instruments, units
from webview.keeping import add, doctor, reindex, status

if TYPE_CHECKING:
    from index.engine import Sort

# How many reports a search shows: to people, and in a table for a spreadsheet.
FIRST, ALL = 10, 10_000_000


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
@click.argument("query", type=Typed())
@click.option("--limit", type=click.IntRange(1), help="How many reports; 10, and in a table for spreadsheets all.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to skip.")
@click.option("--sort", type=click.Choice(["rank", "date"]), default="rank", help="The best or the newest first.")
@click.option("--format", "form", type=click.Choice(["table", *SEARCH_FORMS]), help="For people, or for programs.")
@written_to(*SEARCH_FORMS)
@as_json
@explained
def search(
    state: State,
    query: str,
    limit: int | None,
    offset: int,
    sort: "Sort",
    form: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Find reports by phrase, with or without accents.

    \b
    How to type (all of it in README.vi.md):
      quy chế dân chủ                   the phrase; "…" keeps phrases apart
      hộ nghèo AND (vay OR -nợ)         AND, OR, NOT in capitals (VÀ, HOẶC, KHÔNG); -word; thôn*
      in:title đối thoại                in the title of the report (trong:tiêuđề)
      nghị định 59                      the words, and all that cites the decree; cites:"nghị định 59"
      unit: issuer: type: level:        đơnvị:"xã …" banhành: loại:"kế hoạch" cấp:xã
      year: from: to:                   năm:2023 từ:3/2023 đến:15/6/2024

    \b
    Example:
      cancu search "quy che dan chu"
      cancu search '"cải cách hành chính" year:2024' -o found.xlsx
    """
    from webview.hits import hits_text, write_hits

    form = form_asked(form, output, as_json=as_json, forms=SEARCH_FORMS)
    if form == "xlsx" and output is None:
        raise click.UsageError("A workbook is a file: name it with -o found.xlsx.")
    with state.open() as library:
        first = limit or (ALL if form in {"csv", "xlsx"} else FIRST)
        answer = library.search(query, limit=first, offset=offset, sort=sort)
    if form and output:
        write_hits(output, form, answer, state.speaker)
        show([state.speaker.say("found_written", path=output, count=len(answer.hits))])
    elif form:
        click.echo(hits_text(form, answer), nl=False)
    else:
        show(state.speaker.search(answer, query, offset))


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(CITES_FORMS), help="A line for each file, a table, or the marked text."
)
@written_to(*CITES_FORMS)
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

    form = form_asked(form, output, as_json=as_json, forms=CITES_FORMS)
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
@click.argument("reference", type=Typed(), required=False)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help=".html .graphml .gexf .json .csv")
@click.option("--depth", type=click.IntRange(1, 4), default=2, show_default=True, help="Steps from the reference.")
@click.option(
    "--cap", type=click.IntRange(1), default=300, show_default=True, help="How many nodes, the nearest first."
)
@explained
def graph(state: State, reference: str | None, output: Path, depth: int, cap: int) -> None:
    """Write the graph around an instrument, a unit or a report, or the whole one, as a page or as data.

    A page opens without a network.  .csv makes two tables, FILE.nodes.csv and FILE.edges.csv.

    \b
    Example:
      cancu graph "Chỉ thị 30-CT/TW" -o chi-thi-30.html
      cancu graph -o all.graphml
    """
    from webview.drawing import PAGE, form_of, write_graph

    speaker, form = state.speaker, form_of(output)
    title = speaker.say("graph_of", reference=reference) if reference else speaker.say("graph_all")
    with state.open() as library:
        whole = reference is None and form == PAGE
        drawn = library.overview(cap) if whole else library.graph(reference, depth=depth, cap=cap)
    files = write_graph(drawn, output, title=title, lang=state.lang)
    nodes, edges = drawn.number_of_nodes(), drawn.number_of_edges()
    show([speaker.say("drawn", path=", ".join(map(str, files)), nodes=nodes, edges=edges)])


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


_COMMANDS = (add, reindex, status, doctor, abbreviations, fix, trace, drivers, coverage, check, instruments, units)
for command in _COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command line; output is UTF-8 whatever the console's code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    cli(prog_name="cancu")


if __name__ == "__main__":
    main()
