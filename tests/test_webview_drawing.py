"""A graph as a file: each format opens again, nothing is lost, and no half file is left."""

import csv
import html
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from networkx import MultiDiGraph

from corpus.errors import CancuError
from corpus.reading import report_of
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.multigraph import whole_graph
from graph.network import Network
from webview.drawing import write_graph

TEXT = """ỦY BAN NHÂN DÂN
XÃ PHONG LỘC
Số: 12/BC-UBND
Phong Lộc, ngày 05 tháng 6 năm 2024
BÁO CÁO
Kết quả <script>alert(1)</script> & "dân chủ"
Thực hiện Kế hoạch số 38/KH-UBND ngày 02/02/2024 của UBND huyện Đại Khê, UBND xã đã ban hành Kế hoạch số 04/KH-UBND \
ngày 19/02/2024 </script><b>để</b> thực hiện Chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị.
"""


@pytest.fixture(scope="module")
def graph() -> "MultiDiGraph[str]":
    report = report_of(TEXT, file="/reports/=cmd <b>.txt")
    return whole_graph(Network([(card_of(report), file_reading(report, find_citations(report)))]))


def read_graphml(path: Path) -> Any:
    return nx.read_graphml(path, force_multigraph=True)


def read_gexf(path: Path) -> Any:
    return nx.read_gexf(path)


def read_json(path: Path) -> Any:
    return nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")


@pytest.mark.parametrize("read", [read_graphml, read_gexf, read_json])
def test_a_graph_written_as_data_opens_again_whole(
    graph: "MultiDiGraph[str]", tmp_path: Path, read: Callable[[Path], Any]
) -> None:
    path = tmp_path / f"đồ thị.{read.__name__.removeprefix('read_')}"
    write_graph(graph, path, title="", lang="vi")
    again = read(path)
    assert set(again.nodes) == set(graph.nodes)
    assert sorted(again.edges()) == sorted(graph.edges())
    labels = {node: data["label"] for node, data in again.nodes(data=True)}
    assert labels == {node: data["label"] for node, data in graph.nodes(data=True)}
    assert "Chỉ thị số 30-CT/TW" in html.unescape(path.read_text(encoding="utf-8"))  # with the sentence


def test_tables_are_two_files_with_a_row_for_each_node_and_edge_and_no_formula(
    graph: "MultiDiGraph[str]", tmp_path: Path
) -> None:
    files = write_graph(graph, tmp_path / "graph.2024.csv", title="", lang="vi")
    assert files == (tmp_path / "graph.2024.nodes.csv", tmp_path / "graph.2024.edges.csv")
    assert sorted(tmp_path.iterdir()) == sorted(files)
    tables = []
    for file in files:
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
        with file.open(encoding="utf-8-sig", newline="") as rows:
            tables.append(list(csv.DictReader(rows)))
    nodes, edges = tables
    assert [len(nodes), len(edges)] == [graph.number_of_nodes(), graph.number_of_edges()]
    assert {row["from_id"] for row in edges} | {row["to_id"] for row in edges} <= {row["id"] for row in nodes}
    cells = [cell for row in (*nodes, *edges) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("taken", ["graph.nodes.csv", "graph.edges.csv"])
def test_of_two_tables_none_is_written_where_one_cannot_be(
    graph: "MultiDiGraph[str]", tmp_path: Path, taken: str
) -> None:
    (tmp_path / taken).mkdir()
    with pytest.raises(CancuError, match=re.escape(taken)):
        write_graph(graph, tmp_path / "graph.csv", title="", lang="vi")
    assert [path.name for path in tmp_path.iterdir()] == [taken]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_stands_alone_and_shows_text_as_text(graph: "MultiDiGraph[str]", tmp_path: Path, lang: str) -> None:
    write_graph(graph, tmp_path / "graph.html", title="</title><script>alert(3)</script>", lang=lang)
    page = (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert not re.search(r"<script>alert|</script><b>", page)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)  # it opens without a network
    assert re.search(rf"""<html[^>]*lang=["']?{lang}""", page)
    assert "30-CT/TW" in page


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("GRAPH.JSON", ["GRAPH.JSON"]),
        ("graph.Html", ["graph.Html"]),
        ("a.b.CSV", ["a.b.edges.CSV", "a.b.nodes.CSV"]),
    ],
)
def test_the_suffix_decides_in_either_case(
    graph: "MultiDiGraph[str]", tmp_path: Path, name: str, written: list[str]
) -> None:
    write_graph(graph, tmp_path / name, title="", lang="vi")
    assert sorted(path.name for path in tmp_path.iterdir()) == written


def test_a_file_is_replaced_and_a_name_without_a_folder_is_here(
    graph: "MultiDiGraph[str]", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("graph.json").write_text("old", encoding="utf-8")
    write_graph(graph, Path("graph.json"), title="", lang="vi")
    assert "nodes" in json.loads(Path("graph.json").read_text(encoding="utf-8"))
    assert [path.name for path in tmp_path.iterdir()] == ["graph.json"]


def test_an_empty_graph_is_written_too(tmp_path: Path) -> None:
    empty: MultiDiGraph[str] = MultiDiGraph()
    for suffix in (".html", ".graphml", ".gexf", ".json", ".csv"):
        for file in write_graph(empty, tmp_path / f"empty{suffix}", title="", lang="vi"):
            assert file.stat().st_size > 10


@pytest.mark.parametrize("name", ["graph.xyz", "graph", "graph.", ".json", "none/graph.json", "file/graph.json"])
def test_what_cannot_be_written_is_explained_and_leaves_nothing(
    graph: "MultiDiGraph[str]", tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CancuError) as told:
        write_graph(graph, tmp_path / name, title="", lang="vi")
    assert told.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_of_that_name_is_explained_and_no_half_file_is_left(
    graph: "MultiDiGraph[str]", tmp_path: Path
) -> None:
    (tmp_path / "graph.json").mkdir()
    with pytest.raises(CancuError):
        write_graph(graph, tmp_path / "graph.json", title="", lang="vi")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_written_file_can_be_read_by_those_whom_the_folder_lets_in(
    graph: "MultiDiGraph[str]", tmp_path: Path
) -> None:
    write_graph(graph, tmp_path / "graph.json", title="", lang="vi")
    assert (tmp_path / "graph.json").stat().st_mode & 0o777 == 0o644
