"""The graph of reports, units and documents, whole and around one document."""

from dataclasses import replace

import pytest

from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.multigraph import ego_graph, whole_graph
from graph.network import Network
from graph.questions import resolve_reference

_IMPLEMENTS = "cụ thể hóa/thực hiện"
_TEXTS = [
    (
        Header(type="Báo cáo", unit="huyện An Hòa", parent_unit="tỉnh Lạng Hà", date="2023-01-10"),
        (
            "Thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư về dân vận, UBND huyện đã ban hành Kế hoạch "
            "số 14/KH-UBND ngày 11/01/2022 của UBND huyện."
        ),
    ),
    (
        Header(type="Báo cáo", unit="xã Minh Tiến", parent_unit="huyện An Hòa", date="2023-06-12"),
        (
            "Thực hiện Kế hoạch số 14/KH-UBND ngày 11/01/2022 của UBND huyện, UBND xã đã ban hành Kế hoạch số "
            "6/KH-UBND ngày 03/02/2023.\nTheo Kế hoạch số 14/KH-UBND của UBND huyện, xã họp.\nXã đã họp dân theo "
            "Kế hoạch số 14/KH-UBND của UBND huyện, phổ biến Luật Nuôi trồng."
        ),
    ),
    (Header(), "Không rõ đơn vị; theo Kế hoạch số 99/KH-UBND ngày 01/02/2023 của UBND xã Hòa Lạc."),
]


@pytest.fixture(scope="module")
def network() -> Network:
    reports = [replace(report_of(text, file=f"{n}.txt"), header=header) for n, (header, text) in enumerate(_TEXTS)]
    return Network((card_of(report), file_reading(report, find_citations(report))) for report in reports)


def test_the_whole_graph_has_every_report_unit_and_document(network: Network) -> None:
    graph = whole_graph(network)
    labels = {kind: {d["label"] for _, d in graph.nodes(data=True) if d["kind"] == kind} for kind in ("unit", "report")}
    assert labels == {"unit": {"huyện An Hòa", "xã Minh Tiến"}, "report": {"Báo cáo 2023", "Văn bản"}}
    assert {d["label"] for _, d in graph.nodes(data=True) if d["kind"] == "instrument"} == {
        *("Chỉ thị 28-CT/TW", "Kế hoạch 14/KH-UBND", "Kế hoạch 6/KH-UBND", "Kế hoạch 99/KH-UBND", "Luật Nuôi trồng")
    }


def test_every_edge_shows_its_evidence(network: Network) -> None:
    graph = whole_graph(network)
    edges = [(data["kind"], data["evidence"], data["count"]) for _, _, data in graph.edges(data=True)]
    assert {kind for kind, _, _ in edges} == {"belongs", "cites", "issued", "link"}
    assert all(bool(evidence) != (kind == "belongs") for kind, evidence, _ in edges)
    assert all(len(evidence) <= count for kind, evidence, count in edges if kind != "belongs")
    shown = [e for _, evidence, _ in edges for e in evidence]
    assert all(e["sentence"] and e["file"].endswith(".txt") and e["line"] >= 1 for e in shown)


def test_edges_lead_from_the_report_to_what_it_cites_and_between_documents_from_what_carries_out(
    network: Network,
) -> None:
    graph = whole_graph(network)
    label = dict(graph.nodes(data="label"))
    edges = {(label[s], label[t], d["relation"]) for s, t, d in graph.edges(data=True)}
    assert ("Kế hoạch 14/KH-UBND", "Chỉ thị 28-CT/TW", _IMPLEMENTS) in edges
    assert ("Kế hoạch 6/KH-UBND", "Kế hoạch 14/KH-UBND", _IMPLEMENTS) in edges
    assert ("Báo cáo 2023", "Kế hoạch 14/KH-UBND", "thực hiện") in edges
    assert ("Báo cáo 2023", "xã Minh Tiến", "của đơn vị") in edges


def test_a_link_that_is_met_from_both_ends_is_one_edge_counted_once(network: Network) -> None:
    graph = whole_graph(network)
    links = [data for _, _, data in graph.edges(data=True) if data["kind"] == "link"]
    assert [(data["count"], len(data["evidence"])) for data in links] == [(1, 1)] * 2


def test_the_picture_of_a_document_has_what_lies_within_its_steps(network: Network) -> None:
    (entry,) = resolve_reference(network, "Chỉ thị 28-CT/TW")
    seen = {}
    for depth in (0, 1, 2, 3):
        graph = ego_graph(network, entry, depth=depth)
        seen[depth] = {d["label"] for _, d in graph.nodes(data=True) if d["kind"] == "instrument"}
        assert [n for n, focus in graph.nodes(data="focus") if focus] == [f"i:{entry.id}"]
    assert seen[0] == {"Chỉ thị 28-CT/TW"}
    assert seen[1] == {"Chỉ thị 28-CT/TW", "Kế hoạch 14/KH-UBND"}
    assert seen[2] == seen[3] == {"Chỉ thị 28-CT/TW", "Kế hoạch 14/KH-UBND", "Kế hoạch 6/KH-UBND"}


def test_a_picture_is_a_part_of_the_whole(network: Network) -> None:
    (entry,) = resolve_reference(network, "Kế hoạch 14/KH-UBND")
    part, whole = ego_graph(network, entry), whole_graph(network)
    assert set(part.nodes) < set(whole.nodes)
    assert set(part.edges(keys=True)) < set(whole.edges(keys=True))
    assert all(part.edges[edge]["count"] == whole.edges[edge]["count"] for edge in part.edges(keys=True))


def test_an_edge_counts_all_places_that_say_the_same(network: Network) -> None:
    graph = whole_graph(network)
    label = dict(graph.nodes(data="label"))
    (edge,) = [
        d for _, t, d in graph.edges(data=True) if (label[t], d["relation"]) == ("Kế hoạch 14/KH-UBND", "căn cứ")
    ]
    assert (edge["count"], [e["line"] for e in edge["evidence"]]) == (2, [2, 3])
