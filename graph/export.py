"""A graph as a file that other programs open: GraphML, GEXF, node-link JSON, CSV of the edges."""

import csv
import json
from collections.abc import Callable, Iterable
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from corpus.errors import CancuError

if TYPE_CHECKING:
    from networkx import MultiDiGraph

# What a spreadsheet would take for a formula is shown as text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _flat(graph: "MultiDiGraph[str]") -> "MultiDiGraph[str]":
    """The same graph with plain values only: no None, sentences joined."""
    from networkx import MultiDiGraph

    flat: MultiDiGraph[str] = MultiDiGraph()
    for node, data in graph.nodes(data=True):
        flat.add_node(node, **{k: v for k, v in data.items() if v is not None})
    for source, target, key, data in graph.edges(keys=True, data=True):
        plain = {k: v for k, v in data.items() if k != "evidence" and v is not None}
        sentences = "\n".join(f"{e['file']}:{e['line']}: {e['sentence']}" for e in data["evidence"])
        flat.add_edge(source, target, key=key, evidence=sentences, weight=data["count"], **plain)
    return flat


def _graphml(graph: "MultiDiGraph[str]") -> str:
    from networkx import write_graphml

    out = BytesIO()
    write_graphml(_flat(graph), out, encoding="utf-8", named_key_ids=True)
    return out.getvalue().decode("utf-8")


def _gexf(graph: "MultiDiGraph[str]") -> str:
    from networkx import generate_gexf

    # GEXF keeps "id" and "label" of an edge for itself; keys there must be unique over all edges.
    flat = _flat(graph)
    for number, (_, _, data) in enumerate(flat.edges(data=True)):
        data["id"] = str(number)
    return "\n".join(generate_gexf(flat)) + "\n"


def _json(graph: "MultiDiGraph[str]") -> str:
    from networkx import node_link_data

    data: dict[str, Any] = node_link_data(graph, edges="edges")
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def csv_line(cells: Iterable[object]) -> str:
    """One row of a table for spreadsheets; None is an empty cell, and no cell is a formula.

    >>> print(csv_line(["=1+1", None, 'a, b', 7]), end="")
    '=1+1,,"a, b",7
    """
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow("" if cell is None else _as_text(str(cell)) for cell in cells)
    return out.getvalue()


def _csv(graph: "MultiDiGraph[str]") -> str:
    lines = [csv_line(["from", "to", "kind", "relation", "count", "file", "line", "sentence", "from_id", "to_id"])]
    for source, target, data in graph.edges(data=True):
        first = data["evidence"][0] if data["evidence"] else {"file": "", "line": "", "sentence": ""}
        names = (graph.nodes[source]["label"], graph.nodes[target]["label"])
        row = [
            *names,
            data["kind"],
            data["relation"],
            data["count"],
            first["file"],
            first["line"],
            first["sentence"],
            source,
            target,
        ]
        lines.append(csv_line(row))
    return "".join(lines)


def _as_text(cell: str) -> str:
    cell = cell.replace("\r", " ")
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


EXPORTS: dict[str, Callable[["MultiDiGraph[str]"], str]] = {
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".json": _json,
    ".csv": _csv,
}


def export(graph: "MultiDiGraph[str]", suffix: str) -> str:
    """The text of a file of that suffix (".graphml", ".gexf", ".json", ".csv"); raises CancuError for any other."""
    try:
        write = EXPORTS[suffix.lower()]
    except KeyError:
        raise CancuError(
            f"no graph can be written as {suffix!r}", "end the name in .html .graphml .gexf .json or .csv"
        ) from None
    return write(graph)
