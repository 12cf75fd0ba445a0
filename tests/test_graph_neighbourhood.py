"""What lies around a node: the nearest, the most important of them, and how many are left out."""

from dataclasses import replace
from typing import Any

import pytest

from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.multigraph import whole_graph
from graph.neighbourhood import neighbourhood, overview
from graph.network import Network
from graph.questions import resolve_reference

_DIRECTIVE = "Thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư"
_COMMUNES = 6


def _network() -> Network:
    """A directive, the plan of a district that carries it out, and communes that cite one, the other, or both."""
    plan = "Kế hoạch số 14/KH-UBND ngày 11/01/2022 của UBND huyện An Hòa"
    said = [("huyện An Hòa", "tỉnh Lạng Hà", f"{_DIRECTIVE}, UBND huyện đã ban hành {plan}.")]
    for n in range(1, _COMMUNES + 1):
        own = f"UBND xã đã ban hành Kế hoạch số {n}/KH-UBND ngày 03/02/2023."
        start = (f"Thực hiện {plan}", _DIRECTIVE, f"{_DIRECTIVE}; căn cứ Luật Nuôi trồng, {plan}")[n % 3]
        said.append((f"xã Đồng {'ABCDEFGH'[n]}", "huyện An Hòa", f"{start}, {own}"))
    reports = [
        replace(
            report_of(text, file=f"{n}.txt"),
            header=Header(type="Báo cáo", unit=unit, parent_unit=above, date="2023-05-02"),
        )
        for n, (unit, above, text) in enumerate(said)
    ]
    return Network((card_of(report), file_reading(report, find_citations(report))) for report in reports)


NETWORK = _network()
WHOLE: Any = whole_graph(NETWORK)
NODES = sorted(WHOLE)


def _beside(graph: Any, node: str) -> set[str]:
    return {*graph.successors(node), *graph.predecessors(node)} - {node}


def _distances(node: str) -> dict[str, int]:
    found, ring, steps = {node: 0}, {node}, 0
    while ring:
        steps += 1
        ring = {other for near in ring for other in _beside(WHOLE, near)} - found.keys()
        found |= dict.fromkeys(ring, steps)
    return found


def _importance(node: str) -> int:
    data = WHOLE.nodes[node]
    if data["kind"] == "unit":
        return int(data["reports"])
    other = "instrument" if data["kind"] == "report" else "report"
    return sum(WHOLE.nodes[near]["kind"] == other for near in _beside(WHOLE, node))


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("node", NODES)
def test_without_a_cap_it_is_all_within_its_steps(node: str, depth: int) -> None:
    part = neighbourhood(NETWORK, [node], depth=depth, cap=1000)
    distances = _distances(node)
    assert set(part) == {other for other, distance in distances.items() if distance <= depth}
    assert [other for other, focus in part.nodes(data="focus") if focus] == [node]


@pytest.mark.parametrize("cap", [1, 2, 5, 9, 14])
@pytest.mark.parametrize("node", NODES)
def test_the_nearest_are_kept_and_of_them_the_most_important(node: str, cap: int) -> None:
    part = neighbourhood(NETWORK, [node], depth=3, cap=cap)
    reached = {other: distance for other, distance in _distances(node).items() if distance <= 3}
    ranked = sorted(reached, key=lambda other: (reached[other], -_importance(other), other))
    # What hangs on nodes that are left out is not reached.
    assert len(part) <= cap
    farthest = max(reached[other] for other in part)
    whole_rings = [other for other in ranked if reached[other] < farthest]
    assert set(whole_rings) <= set(part)
    assert [other for other in ranked if other in part] == ranked[: len(part)]


@pytest.mark.parametrize("cap", [1, 2, 5, 9, 14, 1000])
@pytest.mark.parametrize("node", NODES)
def test_each_node_counts_its_neighbours_that_are_left_out(node: str, cap: int) -> None:
    part: Any = neighbourhood(NETWORK, [node], depth=2, cap=cap)
    more = {other: len(_beside(WHOLE, other) - set(part)) for other in part}
    assert dict(part.nodes(data="more")) == more


@pytest.mark.parametrize("cap", [3, 9, 1000])
@pytest.mark.parametrize("node", NODES)
def test_it_is_a_part_of_the_whole_with_all_edges_between(node: str, cap: int) -> None:
    part: Any = neighbourhood(NETWORK, [node], depth=2, cap=cap)
    inside = WHOLE.subgraph(part)
    assert {(s, t, key): d for s, t, key, d in part.edges(keys=True, data=True)} == {
        (s, t, key): d for s, t, key, d in inside.edges(keys=True, data=True)
    }
    assert all(data.items() >= WHOLE.nodes[other].items() for other, data in part.nodes(data=True))


def test_around_several_nodes_all_are_in_focus() -> None:
    two = [f"i:{entry.id}" for name in ("28-CT/TW", "14/KH-UBND") for entry in resolve_reference(NETWORK, name)]
    part = neighbourhood(NETWORK, two, depth=1, cap=4)
    assert {node for node, focus in part.nodes(data="focus") if focus} == set(two)
    assert len(part) == 4


def test_an_overview_is_the_whole_where_that_is_small_else_what_lies_around_the_most_cited() -> None:
    assert set(overview(NETWORK, cap=len(WHOLE))) == set(WHOLE)
    part = overview(NETWORK, cap=len(WHOLE) - 1)
    assert len(part) == len(WHOLE) - 1
    (focus,) = [node for node, is_focus in part.nodes(data="focus") if is_focus]
    assert part.nodes[focus]["label"] in {"Chỉ thị 28-CT/TW", "Kế hoạch 14/KH-UBND"}
    assert len(overview(Network([]), cap=5)) == 0
