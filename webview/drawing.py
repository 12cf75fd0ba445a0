"""A graph as a file: a page for people, or data for other programs, as the suffix of the name says."""

from pathlib import Path
from typing import TYPE_CHECKING

from graph.export import export
from webview.output import write_whole

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def write_graph(graph: "MultiDiGraph[str]", path: Path, *, title: str, lang: str) -> None:
    """Write `graph` to `path` (.html .graphml .gexf .json .csv), beside it first, so that no half file is left.

    Raises CancuError for an unknown suffix or a place that cannot be written.
    """
    if path.suffix.lower() == ".html":
        from webview.picture import picture_html

        text = picture_html(graph, title=title, lang=lang)
    else:
        text = export(graph, path.suffix)
    write_whole(path, text)
