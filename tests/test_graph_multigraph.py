"""The graph of reports, units and documents: what its nodes tell, how they are joined, and by which sentences."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.homes import Whose
from graph.linkage import linkages
from graph.multigraph import issuing_units, part_of_graph, whole_graph
from graph.network import Network
from graph.questions import SHOWN, resolve_reference
from graph.tree import Tree

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
    (
        Header(
            type="Kế hoạch",
            number="14",
            symbol="KH-UBND",
            unit="huyện An Hòa",
            parent_unit="tỉnh Lạng Hà",
            issuer="UBND huyện An Hòa",
            date="2022-01-11",
            subject="Dân vận",
        ),
        "Kế hoạch số 14/KH-UBND thay thế Kế hoạch số 3/KH-UBND ngày 04/01/2021 của UBND huyện An Hòa.",
    ),
]


@pytest.fixture(scope="module")
def network() -> Network:
    reports = [replace(report_of(text, file=f"{n}.txt"), header=header) for n, (header, text) in enumerate(_TEXTS)]
    return Network((card_of(report), file_reading(report, find_citations(report))) for report in reports)


@pytest.fixture(scope="module")
def graph(network: Network) -> Any:
    return whole_graph(network)


def _edges(graph: Any) -> set[tuple[str, str, str]]:
    label = dict(graph.nodes(data="label"))
    return {(label[s], d["kind"], label[t]) for s, t, d in graph.edges(data=True)}


def _node(graph: Any, kind: str, label: str) -> dict[str, Any]:
    (data,) = [d for _, d in graph.nodes(data=True) if (d["kind"], d["label"]) == (kind, label)]
    return dict(data)


def test_it_has_every_report_unit_and_document(graph: Any) -> None:
    labels = Counter((data["kind"], data["label"]) for _, data in graph.nodes(data=True))
    assert labels == Counter(
        [
            *(("unit", unit) for unit in ("tỉnh Lạng Hà", "huyện An Hòa", "xã Minh Tiến")),
            *(("report", report) for report in ("Báo cáo 2023", "Báo cáo 2023", "Văn bản", "Kế hoạch 14/KH-UBND")),
            *(("instrument", f"Kế hoạch {n}/KH-UBND") for n in (3, 6, 14, 99)),
            *(("instrument", name) for name in ("Chỉ thị 28-CT/TW", "Luật Nuôi trồng")),
        ]
    )


def test_a_node_tells_what_is_known_of_it(graph: Any) -> None:
    assert _node(graph, "instrument", "Chỉ thị 28-CT/TW") == {
        "kind": "instrument",
        "label": "Chỉ thị 28-CT/TW",
        "type": "Chỉ thị",
        "canonical": "28-CT/TW",
        "level": "central",
        "date": "2018-06-20",
        "year": 2018,
        "issuer": "Ban Bí thư",
        "title": "dân vận",
    }
    assert _node(graph, "report", "Kế hoạch 14/KH-UBND") == {
        "kind": "report",
        "label": "Kế hoạch 14/KH-UBND",
        "type": "Kế hoạch",
        "number": "14/KH-UBND",
        "level": "district",
        "date": "2022-01-11",
        "year": 2022,
        "title": "Dân vận",
        "unit": "huyện An Hòa",
        "file": "3.txt",
    }
    assert _node(graph, "unit", "huyện An Hòa") == {
        "kind": "unit",
        "label": "huyện An Hòa",
        "name": "huyện An Hòa",
        "level": "district",
        "parent": "u:tinh-lang-ha",
        "reports": 2,
    }


EDGES = [
    ("Báo cáo 2023", "cites", "Chỉ thị 28-CT/TW"),
    ("Báo cáo 2023", "issued", "Kế hoạch 6/KH-UBND"),
    ("Báo cáo 2023", "belongs_to", "xã Minh Tiến"),
    ("xã Minh Tiến", "belongs_to", "huyện An Hòa"),
    ("huyện An Hòa", "belongs_to", "tỉnh Lạng Hà"),
    ("Kế hoạch 14/KH-UBND", "is", "Kế hoạch 14/KH-UBND"),
    ("Kế hoạch 14/KH-UBND", "issued_by", "huyện An Hòa"),
    ("Kế hoạch 14/KH-UBND", "implements", "Chỉ thị 28-CT/TW"),
    ("Kế hoạch 6/KH-UBND", "implements", "Kế hoạch 14/KH-UBND"),
    ("Kế hoạch 14/KH-UBND", "replaces", "Kế hoạch 3/KH-UBND"),
]


@pytest.mark.parametrize("edge", EDGES, ids=" ".join)
def test_an_edge_says_what_is_so(graph: Any, edge: tuple[str, str, str]) -> None:
    assert edge in _edges(graph)


def test_its_own_number_in_a_report_is_no_citation(graph: Any) -> None:
    assert ("Kế hoạch 14/KH-UBND", "cites", "Kế hoạch 14/KH-UBND") not in _edges(graph)


def test_an_issuer_that_is_no_unit_of_the_library_has_no_edge(graph: Any) -> None:
    assert {target for _, kind, target in _edges(graph) if kind == "issued_by"} == {"huyện An Hòa", "xã Minh Tiến"}


def test_every_edge_but_belonging_shows_its_sentence_and_file(graph: Any) -> None:
    kinds = {"cites", "issued", "is", "issued_by", "belongs_to", "implements", "replaces"}
    assert {data["kind"] for *_, data in graph.edges(data=True)} == kinds
    for *_, data in graph.edges(data=True):
        assert bool(data["evidence"]) != (data["kind"] == "belongs_to")
        assert all(e.sentence and e.file.endswith(".txt") for e in data["evidence"])
        assert all((e.line is None) == (data["kind"] == "is") for e in data["evidence"])


def test_that_a_unit_issued_it_is_shown_by_a_sentence_that_names_it() -> None:
    texts = ["Theo Kế hoạch số 3/KH-UBND ngày 04/01/2021.", "Theo Kế hoạch số 3/KH-UBND của UBND xã Hòa Lạc."]
    headers = [Header(unit="xã Hòa Lạc", date="2022-01-01"), Header(unit="xã Hòa Lạc", date="2022-02-01")]
    reports = [replace(report_of(t, file=t), header=h) for t, h in zip(texts, headers, strict=True)]
    network = Network((card_of(report), file_reading(report, find_citations(report))) for report in reports)
    graph = whole_graph(network)
    (edge,) = [data for *_, data in graph.edges(data=True) if data["kind"] == "issued_by"]
    assert [e.sentence for e in edge["evidence"]] == [texts[1]]


def test_that_a_unit_issued_what_nobody_cites_is_shown_by_its_head() -> None:
    header = Header(type="Kế hoạch", number="5", symbol="KH-UBND", unit="xã Hòa Lạc", issuer="UBND xã Hòa Lạc")
    report = replace(report_of("Xã họp.", file="5.txt"), header=replace(header, date="2022-01-01", subject="Dân vận"))
    alone = Network([(card_of(report), file_reading(report, find_citations(report)))])
    plan, *_ = alone.incidence().entries
    graphs = (whole_graph(alone), part_of_graph(alone, [], [plan], ["xa-hoa-lac"]))
    for graph in graphs:
        (edge,) = [data for *_, data in graph.edges(data=True) if data["kind"] == "issued_by"]
        assert [(e.line, e.sentence) for e in edge["evidence"]] == [(None, "Kế hoạch 5/KH-UBND Dân vận")]


def test_an_edge_counts_all_places_that_say_the_same(graph: Any) -> None:
    label = dict(graph.nodes(data="label"))
    (edge,) = [
        d for _, t, d in graph.edges(data=True) if (label[t], d["relation"]) == ("Kế hoạch 14/KH-UBND", "căn cứ")
    ]
    assert (edge["count"], [e.line for e in edge["evidence"]]) == (2, [2, 3])


def test_of_many_statements_the_first_are_shown_and_all_counted() -> None:
    said = "Thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018, UBND xã đã ban hành Kế hoạch số 6/KH-UBND ngày 03/02/2023."
    header = Header(unit="xã Minh Tiến", date="2023-06-12")
    reports = [replace(report_of(f"{said}\n{n}", file=f"{n}.txt"), header=header) for n in range(SHOWN + 2)]
    graph = whole_graph(Network((card_of(r), file_reading(r, find_citations(r))) for r in reports))
    (link,) = [data for *_, data in graph.edges(data=True) if data["kind"] == "implements"]
    assert link["count"] == SHOWN + 2
    assert [e.report for e in link["evidence"]] == sorted(report.id for report in reports)[:SHOWN]


def test_a_part_has_the_edges_of_the_whole_between_its_nodes(network: Network, graph: Any) -> None:
    plan, *_ = resolve_reference(network, "Kế hoạch 14/KH-UBND")
    cited = network.incidence().entries
    reports = [card.id for card in network.cards()]
    for part in (
        part_of_graph(network, reports, [plan.id], ["huyen-an-hoa"]),
        part_of_graph(network, reports[:1], cited, ["tinh-lang-ha", "huyen-an-hoa"]),
        part_of_graph(network, [], cited, []),
    ):
        inside = graph.subgraph(part.nodes)
        assert len(part) == len(inside) > 1
        edges = {(s, t, key): d for s, t, key, d in part.edges(keys=True, data=True)}
        assert edges == {(s, t, key): d for s, t, key, d in inside.edges(keys=True, data=True)}


def test_every_relation_of_the_table_has_a_kind_of_its_own() -> None:
    kinds = [row.kind for row in linkages().values()]
    assert len({*kinds, "cites", "issued", "is", "issued_by", "belongs_to"}) == len(kinds) + 5


@pytest.mark.parametrize(
    ("issuer", "unit"),
    [
        ("UBND xã An Bình", None),
        ("UBND huyện Yên Sơn", "huyen-yen-son"),
        ("Huyện ủy Yên Sơn", "huyen-yen-son"),
        ("Bộ Chính trị", None),
    ],
)
def test_an_issuer_is_the_unit_that_it_names_unless_two_bear_the_name(issuer: str, unit: str | None) -> None:
    namesakes = {Whose("xã An Bình", f"huyện {district}", None, None): 1 for district in ("Yên Sơn", "Hà Sơn")}
    assert issuing_units(Tree(namesakes), [issuer]) == ({issuer: unit} if unit else {})
