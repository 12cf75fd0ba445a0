"""A graph as files that other programs open: GraphML, GEXF, node-link JSON, and tables of its nodes and edges."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from io import StringIO
from typing import TYPE_CHECKING, Any

from graph.export_xml import gexf_lines, graphml_lines
from graph.multigraph import Evidence

if TYPE_CHECKING:
    from networkx import MultiDiGraph

# What a spreadsheet would take for a formula is shown as text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

NODE_COLUMNS = (
    *("id", "kind", "label", "type", "number", "canonical", "name", "level", "date", "year", "issuer", "title"),
    *("unit", "parent", "reports", "file", "focus", "more"),
)
EDGE_COLUMNS = ("from", "to", "kind", "relation", "count", "file", "line", "sentence", "from_id", "to_id")


def json_lines(graph: "MultiDiGraph[str]") -> Iterator[str]:
    """The node-link form of networkx, a node or an edge a line."""
    nodes = ({**data, "id": node} for node, data in graph.nodes(data=True))
    edges = ({**d, "source": s, "target": t, "key": key} for s, t, key, d in graph.edges(keys=True, data=True))
    yield '{"directed": true, "multigraph": true, "graph": {}, "nodes": ['
    yield from _json_rows(nodes)
    yield '], "edges": ['
    yield from _json_rows(edges)
    yield "]}\n"


def _json_rows(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{json.dumps(row, ensure_ascii=False, default=_as_dict)}"


def _as_dict(evidence: Evidence) -> dict[str, Any]:
    return {field.name: getattr(evidence, field.name) for field in fields(evidence)}


def csv_line(cells: Iterable[object]) -> str:
    """One row of a table for spreadsheets; None is an empty cell, and no cell is a formula.

    >>> print(csv_line(["=1+1", None, 'a, b', 7]), end="")
    '=1+1,,"a, b",7
    """
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow("" if cell is None else _as_text(str(cell)) for cell in cells)
    return out.getvalue()


def node_lines(graph: "MultiDiGraph[str]") -> Iterator[str]:
    """A table of the nodes: a head, and a line for each."""
    yield csv_line(NODE_COLUMNS)
    for node, data in graph.nodes(data=True):
        yield csv_line([node, *(data.get(name) for name in NODE_COLUMNS[1:])])


def edge_lines(graph: "MultiDiGraph[str]") -> Iterator[str]:
    """A table of the edges: a head, and a line for each, with the first place that says so."""
    yield csv_line(EDGE_COLUMNS)
    label = dict(graph.nodes(data="label"))
    for source, target, data in graph.edges(data=True):
        first = data["evidence"][0] if data["evidence"] else None
        said = (first.file, first.line, first.sentence) if first else (None, None, None)
        what = (data["kind"], data["relation"], data["count"])
        yield csv_line([label[source], label[target], *what, *said, source, target])


def _as_text(cell: str) -> str:
    cell = cell.replace("\r", " ")
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


EXPORTS: Mapping[str, Callable[["MultiDiGraph[str]"], Iterator[str]]] = {
    ".graphml": graphml_lines,
    ".gexf": gexf_lines,
    ".json": json_lines,
}
"""Suffix → the pieces of the text of a file."""
