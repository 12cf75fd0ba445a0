"""A graph as a file: a page for people, or data for other programs, as the suffix of the name says."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from corpus.errors import CancuError
from graph.export import export

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
    try:
        with NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, delete=False) as file:
            file.write(text)
        beside = Path(file.name)
        try:
            beside.chmod(0o644)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CancuError(f"'{path}' cannot be written: {error.strerror}", "name another place with -o") from error
