"""A graph as GraphML and as GEXF, written line by line.

The writers of networkx want a copy of the graph with plain values, and one of them keeps the document in memory: at
10,000 reports (26,000 nodes, 190,000 edges) 11 s and 160 MB for GraphML, 13 s and 720 MB for GEXF, where these take
3 s and 5 s and no memory.  What they write, networkx reads back (tests do).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from graph.multigraph import Evidence

if TYPE_CHECKING:
    from networkx import MultiDiGraph

# What XML 1.0 has no way to write, not even escaped (W3C, Extensible Markup Language 1.0, production 2: Char).
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TYPES: Mapping[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}
_OF_EDGE = {"kind": "string", "relation": "string", "count": "long", "weight": "long", "evidence": "string"}
_WHOLE = len("2024-08-05")


def graphml_lines(graph: "MultiDiGraph[str]") -> Iterator[str]:
    """GraphML: edges are numbered by their ids, which must be of one kind each among all edges."""
    yield _HEAD + '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    of_node = _types(data for _, data in graph.nodes(data=True))
    for scope, types in (("node", of_node), ("edge", _OF_EDGE)):
        for number, (name, kind) in enumerate(types.items()):
            key = f'id="{scope[0]}{number}" for="{scope}"'
            yield f'<key {key} attr.name={quoteattr(name)} attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    node_keys, edge_keys = _numbered("n", of_node), _numbered("e", _OF_EDGE)
    for node, data in graph.nodes(data=True):
        yield _legal(f"<node id={quoteattr(node)}>{_data(data, node_keys)}</node>\n")
    for number, source, target, data in _edges(graph):
        ends = f'<edge id="{number}" source={quoteattr(source)} target={quoteattr(target)}>'
        yield _legal(f"{ends}{_data(data, edge_keys)}</edge>\n")
    yield "</graph>\n</graphml>\n"


def gexf_lines(graph: "MultiDiGraph[str]") -> Iterator[str]:
    """GEXF 1.3 with a time line: a node is there from its day on, where that is known to the day."""
    timed = 'mode="dynamic" timeformat="date"'
    yield f'{_HEAD}<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="directed" {timed}>\n'
    of_node = _types(data for _, data in graph.nodes(data=True))
    of_node.pop("label", None)
    of_edge = {name: kind for name, kind in _OF_EDGE.items() if name != "weight"}
    for scope, types in (("node", of_node), ("edge", of_edge)):
        yield f'<attributes class="{scope}" mode="static">\n'
        for number, (name, kind) in enumerate(types.items()):
            yield f'<attribute id="{scope[0]}{number}" title={quoteattr(name)} type="{kind}"/>\n'
        yield "</attributes>\n"
    node_keys, edge_keys = _numbered("n", of_node), _numbered("e", of_edge)
    yield "<nodes>\n"
    for node, data in graph.nodes(data=True):
        date = data.get("date") or ""
        start = f" start={quoteattr(date)}" if len(date) == _WHOLE else ""
        head = f"<node id={quoteattr(node)} label={quoteattr(data['label'])}{start}>"
        yield _legal(f"{head}{_values(data, node_keys)}</node>\n")
    yield "</nodes>\n<edges>\n"
    for number, source, target, data in _edges(graph):
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        shown = f'kind={quoteattr(data["kind"])} label={quoteattr(data["relation"])} weight="{data["weight"]}"'
        yield _legal(f'<edge id="{number}" {ends} {shown}>{_values(data, edge_keys)}</edge>\n')
    yield "</edges>\n</graph>\n</gexf>\n"


def _edges(graph: "MultiDiGraph[str]") -> Iterator[tuple[int, str, str, dict[str, Any]]]:
    """Number, source, target and values of each edge; its sentences are one text."""
    for number, (source, target, data) in enumerate(graph.edges(data=True)):
        evidence = "\n".join(map(_as_line, data["evidence"]))
        yield number, source, target, {**data, "weight": data["count"], "evidence": evidence}


def _as_line(evidence: Evidence) -> str:
    at = evidence.file if evidence.line is None else f"{evidence.file}:{evidence.line}"
    return f"{at}: {evidence.sentence}"


def _types(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Name → type of all values that are there."""
    return {name: _TYPES[type(value)] for row in rows for name, value in row.items() if value is not None}


def _numbered(scope: str, types: Iterable[str]) -> dict[str, str]:
    return {name: f"{scope}{number}" for number, name in enumerate(types)}


def _data(values: Mapping[str, Any], keys: Mapping[str, str]) -> str:
    """Values as GraphML holds them; a carriage return would be read as a line feed."""
    escaped = ((keys[name], escape(_text(values[name]))) for name in keys if _has(values, name))
    return "".join(f'<data key="{key}">{text}</data>' for key, text in escaped).replace("\r", "&#13;")


def _values(values: Mapping[str, Any], keys: Mapping[str, str]) -> str:
    """Values as GEXF holds them."""
    quoted = ((keys[name], quoteattr(_text(values[name]))) for name in keys if _has(values, name))
    rows = "".join(f'<attvalue for="{key}" value={text}/>' for key, text in quoted)
    return f"<attvalues>{rows}</attvalues>"


def _has(values: Mapping[str, Any], name: str) -> bool:
    return values.get(name) is not None


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _legal(line: str) -> str:
    """What XML cannot hold (a control character, half of a file name of unknown encoding) is shown as not readable."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", line)
