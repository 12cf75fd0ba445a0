"""A graph as files: a page for people, or data for other programs, as the suffix of the name says."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import CancuError
from graph.export import EXPORTS, edge_lines, node_lines
from webview.output import write_whole, written_whole

if TYPE_CHECKING:
    from networkx import MultiDiGraph

PAGE, TABLES = ".html", ".csv"


def form_of(path: Path) -> str:
    """In which form a graph is written to `path`: its suffix; raises CancuError for one that is none."""
    suffix = path.suffix.lower()
    if suffix not in (PAGE, TABLES, *EXPORTS):
        raise CancuError(
            f"no graph can be written as {path.suffix!r}", "end the name in .html .graphml .gexf .json or .csv"
        )
    return suffix


def write_graph(graph: "MultiDiGraph[str]", path: Path, *, title: str, lang: str) -> tuple[Path, ...]:
    """Write `graph` to `path` (.html .graphml .gexf .json), or to two tables, of nodes and of edges (.csv).

    Returns the files, each written whole or not at all.
    Raises CancuError for an unknown suffix or a place that cannot be written.
    """
    form = form_of(path)
    if form == TABLES:
        return _write_tables(graph, path)
    if form == PAGE:
        from webview.picture import picture_html

        write_whole(path, picture_html(graph, title=title, lang=lang))
    else:
        with written_whole(path) as file:
            file.writelines(piece.encode("utf-8", "replace") for piece in EXPORTS[form](graph))
    return (path,)


def _write_tables(graph: "MultiDiGraph[str]", path: Path) -> tuple[Path, Path]:
    nodes, edges = (path.with_suffix(f".{what}{path.suffix}") for what in ("nodes", "edges"))
    with written_whole(nodes) as node_file, written_whole(edges) as edge_file:
        for file, lines in ((node_file, node_lines(graph)), (edge_file, edge_lines(graph))):
            file.writelines(_encoded(lines))
    return nodes, edges


def _encoded(lines: Iterable[str]) -> Iterable[bytes]:
    """A table begins with a byte order mark, by which Excel knows UTF-8."""
    for number, line in enumerate(lines):
        yield line.encode("utf-8" if number else "utf-8-sig", "replace")
