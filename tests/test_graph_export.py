"""A graph is written so that other programs read all of it back, and take nothing in it for a command."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import asdict
from io import BytesIO, StringIO
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from graph.export import EXPORTS, NODE_COLUMNS, edge_lines, node_lines
from graph.multigraph import Evidence

_SENTENCE = 'Thực hiện "Chỉ thị" số 28-CT/TW,\nUBND xã <họp> & bàn.'


def _evidence(line: int | None, text: str = "") -> Evidence:
    return Evidence(report="r", file=f"thư mục/báo cáo.docx{text}", line=line, sentence=f"{_SENTENCE}{text}")


def _graph(text: str = "") -> Any:
    """Nodes of each kind and parallel edges; `text` is in every field that a file can fill."""
    graph = nx.MultiDiGraph()
    directive = {"level": "central", "date": "2018-06-20", "year": 2018, "issuer": f"Ban Bí thư{text}", "title": text}
    plan = {"level": "district", "date": "2022-01", "year": 2022, "issuer": None, "title": None}
    graph.add_node("i:chi-thi", kind="instrument", label=f"Chỉ thị 28-CT/TW{text}", **directive, focus=True, more=3)
    graph.add_node("i:ke-hoach", kind="instrument", label="Kế hoạch 14/KH-UBND", **plan, focus=False, more=0)
    graph.add_node("r:1", kind="report", label="Báo cáo 2023", type="Báo cáo", date=None, year=2023, file=f"a{text}")
    graph.add_node("u:xa", kind="unit", label="xã Minh Tiến", name="xã Minh Tiến", parent="u:huyen", reports=1)
    graph.add_node("u:huyen", kind="unit", label=f"huyện An Hòa{text}", name="huyện An Hòa", parent=None, reports=0)
    for source, target, kind, relation, evidence in [
        ("r:1", "i:chi-thi", "cites", "thực hiện", [_evidence(3, text), _evidence(9, text)]),
        ("r:1", "i:chi-thi", "cites", "quán triệt", [_evidence(4, text)]),
        ("r:1", "i:ke-hoach", "is", "là", [_evidence(None, text)]),
        ("i:ke-hoach", "i:chi-thi", "implements", "cụ thể hóa/thực hiện", [_evidence(5, text)]),
        ("r:1", "u:xa", "belongs_to", "của đơn vị", []),
        ("u:xa", "u:huyen", "belongs_to", "thuộc", []),
    ]:
        count, key = max(1, len(evidence)), f"{kind}:{relation}"
        graph.add_edge(source, target, key=key, kind=kind, relation=relation, count=count, evidence=evidence)
    return graph


def _file(graph: Any, suffix: str) -> BytesIO:
    return BytesIO("".join(EXPORTS[suffix](graph)).encode("utf-8"))


def _read_graphml(graph: Any) -> Any:
    return nx.read_graphml(_file(graph, ".graphml"), force_multigraph=True)


def _read_gexf(graph: Any) -> Any:
    return nx.read_gexf(_file(graph, ".gexf"))


# What XML cannot hold: W3C, Extensible Markup Language 1.0, production 2.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _shown(value: Any) -> Any:
    return _NO_CHARACTER.sub("\ufffd", value) if isinstance(value, str) else value


def _nodes(graph: Any, **more: Callable[[Any], Any]) -> dict[str, Any]:
    """The nodes of a graph as a file can hold them: without what is not known."""
    return {
        node: {name: _shown(value) for name, value in data.items() if value is not None}
        | {name: found for name, made in more.items() if (found := made(data)) is not None}
        for node, data in graph.nodes(data=True)
    }


def _edges(graph: Any, **more: Callable[[int, Any], Any]) -> dict[tuple[str, str, int], Any]:
    """The edges of a graph as a file holds them, by their ends and number."""
    return {
        (source, target, number): {
            **{name: data[name] for name in ("kind", "relation", "count")},
            "weight": data["count"],
            "evidence": _shown("\n".join(_line(evidence) for evidence in data["evidence"])),
            **{name: made(number, data) for name, made in more.items()},
        }
        for number, (source, target, data) in enumerate(graph.edges(data=True))
    }


def _line(evidence: Evidence) -> str:
    line = "" if evidence.line is None else f":{evidence.line}"
    return f"{evidence.file}{line}: {evidence.sentence}"


AWKWARD = [
    *(
        "",
        " ",
        "<script>alert(1)</script>",
        "]]> & &amp; &#0; \"'",
        "😀 𝐀",
        "Tiê\u0301ng Viê\u0323t NFD",
        "\u202e\u2066",
    ),
    *("\x00\x01\x08\x0b\x0c\x1b[31m", "\ud800 \udfff", "a\r\nb\rc\td\u0085e\u2028", "\ufffe\uffff", "  hai  "),
]


def _reads_back(text: str) -> None:
    graph = _graph(text)
    again = _read_graphml(graph)
    assert dict(again.nodes(data=True)) == _nodes(graph)
    assert {(s, t, key): data for s, t, key, data in again.edges(keys=True, data=True)} == _edges(graph)
    again = _read_gexf(graph)
    whole = {"2018-06-20"}  # a day that is not whole is on no time line
    assert dict(again.nodes(data=True)) == _nodes(
        graph, start=lambda d: d.get("date") if d.get("date") in whole else None
    )
    numbered = _edges(graph, id=lambda number, _: str(number), label=lambda _, data: data["relation"])
    assert {(s, t, int(key)): data for s, t, key, data in again.edges(keys=True, data=True)} == numbered


@pytest.mark.parametrize("text", AWKWARD, ids=ascii)
def test_graphml_and_gexf_are_read_back_equal(text: str) -> None:
    _reads_back(text)


@given(st.text(st.characters(codec=None), max_size=20))
def test_any_text_is_read_back(text: str) -> None:
    _reads_back(text)


def test_gexf_has_a_time_line_of_days_and_kinds_of_parallel_edges() -> None:
    root = etree.parse(_file(_graph(), ".gexf")).getroot()
    names = {None: "http://gexf.net/1.3"}
    graph = root.find("graph", names)
    assert graph is not None
    assert {"mode": "dynamic", "timeformat": "date", "defaultedgetype": "directed"}.items() <= dict(
        graph.attrib
    ).items()
    assert [node.get("start") for node in graph.findall("nodes/node", names)] == ["2018-06-20", *[None] * 4]
    edges = graph.findall("edges/edge", names)
    assert [edge.get("weight") for edge in edges if edge.get("kind") == "cites"] == ["2", "1"]
    assert len({edge.get("id") for edge in edges}) == len(edges)


def test_graphml_keys_and_edge_ids_are_of_one_kind_each() -> None:
    root = etree.parse(_file(_graph(), ".graphml")).getroot()
    names = {None: "http://graphml.graphdrawing.org/xmlns"}
    for found in (root.findall("key", names), root.findall("graph/edge", names), root.findall("graph/node", names)):
        ids = [element.get("id") for element in found]
        assert len(set(ids)) == len(ids) > 3


@pytest.mark.parametrize("text", AWKWARD, ids=ascii)
def test_json_is_the_node_link_form_of_networkx(text: str) -> None:
    graph = _graph(text)
    again = nx.node_link_graph(json.loads("".join(EXPORTS[".json"](graph))), edges="edges")
    for *_, data in graph.edges(data=True):
        data["evidence"] = [asdict(evidence) for evidence in data["evidence"]]
    assert nx.utils.graphs_equal(again, graph)


def _table(lines: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO("".join(lines), newline="")))


def test_the_table_of_edges_has_a_row_for_each_with_its_first_evidence() -> None:
    rows = _table(edge_lines(_graph()))
    assert [row["relation"] for row in rows].count("thuộc") == 1
    assert len(rows) == 6
    (row,) = [row for row in rows if row["relation"] == "thực hiện"]
    assert row == {
        "from": "Báo cáo 2023",
        "to": "Chỉ thị 28-CT/TW",
        "kind": "cites",
        "relation": "thực hiện",
        "count": "2",
        "file": "thư mục/báo cáo.docx",
        "line": "3",
        "sentence": _SENTENCE,
        "from_id": "r:1",
        "to_id": "i:chi-thi",
    }


def test_the_table_of_nodes_has_a_row_for_each_with_all_that_is_known() -> None:
    graph = _graph()
    rows = _table(node_lines(graph))
    assert [row["id"] for row in rows] == list(graph)
    for row, (_, data) in zip(rows, graph.nodes(data=True), strict=True):
        assert {name for _, values in graph.nodes(data=True) for name in values} <= set(NODE_COLUMNS)
        assert {name: cell for name, cell in row.items() if cell and name != "id"} == {
            name: str(value) for name, value in data.items() if value not in (None, "")
        }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_table_shows_as_text_what_a_spreadsheet_would_take_for_a_formula(start: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", kind="report", label=f"{start}HYPERLINK(1)", file=f"{start}cmd.txt")
    graph.add_node("b", kind="unit", label="b")
    evidence = [Evidence(report="a", file="a", line=1, sentence=f"{start}1+1")]
    graph.add_edge("a", "b", kind="cites", relation="khác", count=1, evidence=evidence)
    cells = [cell for lines in (node_lines(graph), edge_lines(graph)) for row in _table(lines) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(cell.endswith("HYPERLINK(1)") for cell in cells)


@pytest.mark.parametrize("suffix", EXPORTS)
def test_an_empty_graph_is_written_too(suffix: str) -> None:
    assert "".join(EXPORTS[suffix](nx.MultiDiGraph()))
    if suffix != ".json":
        etree.parse(_file(nx.MultiDiGraph(), suffix))
