"""A graph is written so that other programs read all of it, and take nothing in it for a command."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import networkx as nx
import pytest

from corpus.errors import CancuError
from graph.export import EXPORTS, export

_SENTENCE = 'Thực hiện "Chỉ thị" số 28-CT/TW,\nUBND xã <họp> & bàn.'


def _evidence(line: int, sentence: str = _SENTENCE) -> dict[str, Any]:
    return {"report": "r", "file": "thư mục/báo cáo.docx", "line": line, "sentence": sentence}


def _graph() -> Any:
    graph = nx.MultiDiGraph()
    nodes = {
        "i:chi-thi": ("instrument", "Chỉ thị 28-CT/TW", "central", 2018),
        "i:ke-hoach": ("instrument", "Kế hoạch 14/KH-UBND", "district", None),
        "r:1": ("report", "Báo cáo 2023", None, 2023),
        "u:xã": ("unit", "xã Minh Tiến", "commune", None),
    }
    for node, (kind, label, level, year) in nodes.items():
        graph.add_node(node, kind=kind, label=label, title=label, level=level, year=year, focus=node == "i:chi-thi")
    for source, target, kind, relation, evidence in [
        ("r:1", "i:chi-thi", "cites", "thực hiện", [_evidence(3), _evidence(9)]),
        ("r:1", "i:chi-thi", "cites", "quán triệt", [_evidence(4)]),
        ("i:ke-hoach", "i:chi-thi", "link", "thay thế", [_evidence(5)]),
        ("r:1", "u:xã", "belongs", "của đơn vị", []),
    ]:
        count = max(1, len(evidence))
        key = f"{kind}:{relation}"
        graph.add_edge(source, target, key=key, kind=kind, relation=relation, count=count, evidence=evidence)
    return graph


def _nodes(graph: Any) -> dict[str, str]:
    return dict(graph.nodes(data="label"))


def _edges(graph: Any) -> list[tuple[str, str, str, str, int]]:
    return sorted((s, t, d["kind"], d["relation"], d["count"]) for s, t, d in graph.edges(data=True))


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_a_graph_is_read_back_with_all_nodes_and_edges(suffix: str, read: Any) -> None:
    graph = _graph()
    again = read(BytesIO(export(graph, suffix).encode("utf-8")))
    assert _nodes(again) == _nodes(graph)
    assert _edges(again) == _edges(graph)


def test_graphml_has_the_attributes_and_the_evidence_of_all_sentences() -> None:
    again = nx.read_graphml(BytesIO(export(_graph(), ".graphml").encode("utf-8")))
    assert again.nodes["i:chi-thi"]["year"] == 2018
    assert "year" not in again.nodes["i:ke-hoach"]
    evidence = again.edges["r:1", "i:chi-thi", "cites:thực hiện"]["evidence"]
    assert evidence == "\n".join(f"thư mục/báo cáo.docx:{line}: {_SENTENCE}" for line in (3, 9))


def test_json_is_the_node_link_form_of_networkx() -> None:
    graph = _graph()
    again = nx.node_link_graph(json.loads(export(graph, ".json")), edges="edges")
    assert nx.utils.graphs_equal(again, graph)


def test_csv_has_a_row_for_each_edge_with_its_first_evidence() -> None:
    rows = list(csv.reader(StringIO(export(_graph(), ".csv"))))
    assert rows[0] == ["from", "to", "kind", "relation", "count", "file", "line", "sentence", "from_id", "to_id"]
    assert sorted(row[3] for row in rows[1:]) == ["của đơn vị", "quán triệt", "thay thế", "thực hiện"]
    (row,) = [row for row in rows if row[3] == "thực hiện"]
    assert row == [
        *("Báo cáo 2023", "Chỉ thị 28-CT/TW", "cites", "thực hiện", "2", "thư mục/báo cáo.docx", "3", _SENTENCE),
        *("r:1", "i:chi-thi"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_csv_shows_as_text_what_a_spreadsheet_would_take_for_a_formula(start: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label=f"{start}HYPERLINK(1)")
    graph.add_node("b", label="b")
    evidence = [_evidence(1, f"{start}1+1")]
    graph.add_edge("a", "b", kind="cites", relation="khác", count=1, evidence=evidence)
    row = list(csv.reader(StringIO(export(graph, ".csv"), newline="")))[1]
    assert (row[0], row[7]) == (f"'{start}HYPERLINK(1)", f"'{start}1+1")


@pytest.mark.parametrize("suffix", EXPORTS)
def test_an_empty_graph_and_a_suffix_in_capitals_are_written_too(suffix: str) -> None:
    assert export(nx.MultiDiGraph(), suffix.upper()) == export(nx.MultiDiGraph(), suffix)


@pytest.mark.parametrize("suffix", ["", ".xlsx", "graphml"])
def test_an_unknown_suffix_is_an_error_that_names_the_known_ones(suffix: str) -> None:
    with pytest.raises(CancuError, match="no graph can be written as") as caught:
        export(nx.MultiDiGraph(), suffix)
    assert all(known in caught.value.remedy for known in EXPORTS)
