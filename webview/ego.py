"""What a picture and its table show of a graph: its nodes and edges, as plain text with integer ids."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.dates import format_date
from graph.multigraph import Evidence

if TYPE_CHECKING:
    from networkx import MultiDiGraph

# What no XML may hold (controls, lone surrogates, which a file name of unknown encoding has, non-characters), and marks
# that reorder or hide what stands around them: Vietnamese is written left to right alone and needs none.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
_UNNAMED = "—"
# What is told of a node under its label, after its day.
_FACTS = ("issuer", "title", "unit", "file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node as it is shown: `facts` are lines of text, `more` counts its neighbours that the graph leaves out.

    `detail` (a unit, an issuer) tells it from others of the same label; `name` is label and detail, and is unique.
    """

    id: int
    kind: str
    label: str
    detail: str
    name: str
    facts: tuple[str, ...]
    band: str
    focus: bool
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a file says so: the sentence, and the 1-based line in which it stands (None: not known)."""

    file: str
    line: int | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One edge as it is shown, from node id to node id; `relation` is None where the graph has no word for it."""

    id: int
    source: int
    target: int
    kind: str
    relation: str | None
    count: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ego:
    """What is shown of a graph."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def is_cut(self) -> bool:
        """Have nodes neighbours that the graph leaves out?"""
        return any(node.more for node in self.nodes)


def plain_text(value: object) -> str:
    """`value` as one line: blanks and line breaks of any kind become one blank, what cannot be seen is dropped."""
    return "" if value is None else " ".join(_UNSEEN.sub("", str(value)).split())


def read_ego(graph: "MultiDiGraph[str]") -> Ego:
    """The nodes and edges of `graph`, which is not changed.

    The same graph gives the same ids in the same order, whatever the order in which it was built.
    """
    keys = sorted(graph, key=lambda key: (plain_text(graph.nodes[key].get("label")), key))
    ids = {key: number for number, key in enumerate(keys)}
    nodes = [_node(graph, key, ids) for key in keys]
    return Ego(nodes=_named(nodes, graph, ids), edges=tuple(_edges(graph, ids)))


def _neighbours(graph: "MultiDiGraph[str]", key: str) -> set[str]:
    return {*graph.successors(key), *graph.predecessors(key)} - {key}


def _node(graph: "MultiDiGraph[str]", key: str, ids: Mapping[str, int]) -> Node:
    given = graph.nodes[key]
    label = plain_text(given.get("label")) or _UNNAMED
    date = given.get("date")
    told = (f"ngày {format_date(date)}" if date else None, *map(given.get, _FACTS))
    facts = (plain_text(fact) for fact in told)
    return Node(
        id=ids[key],
        kind=given["kind"],
        label=label,
        detail="",
        name=label,
        facts=tuple(fact for fact in facts if fact and fact != label),
        band="reports" if given["kind"] == "report" else given.get("level") or "unknown",
        focus=bool(given.get("focus")),
        more=int(given.get("more") or 0),
    )


def _named(nodes: list[Node], graph: "MultiDiGraph[str]", ids: Mapping[str, int]) -> tuple[Node, ...]:
    """The same nodes with details, and with names that are unique: a number where the detail is not enough."""
    keys = {number: key for key, number in ids.items()}
    alike = Counter(node.label for node in nodes)
    facts = Counter((node.label, fact) for node in nodes for fact in set(node.facts))
    seen: Counter[str] = Counter()
    named = []
    for node in nodes:
        detail = ""
        if node.kind == "report" or alike[node.label] > 1:
            own = (fact for fact in node.facts if facts[node.label, fact] == 1)
            detail = _unit(keys[node.id], graph) or next(own, "")
        name = f"{node.label} · {detail}" if detail else node.label
        seen[name] += 1
        named.append(replace(node, detail=detail, name=name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return tuple(named)


def _unit(key: str, graph: "MultiDiGraph[str]") -> str:
    """The label of the only unit beside a node."""
    units = {plain_text(graph.nodes[other].get("label")) for other in _neighbours(graph, key) if _is_unit(graph, other)}
    return units.pop() if len(units) == 1 else ""


def _is_unit(graph: "MultiDiGraph[str]", key: str) -> bool:
    return bool(graph.nodes[key]["kind"] == "unit")


def _edges(graph: "MultiDiGraph[str]", ids: Mapping[str, int]) -> Iterable[Edge]:
    drawn = [(ids[a], ids[b], given) for a, b, given in graph.edges(data=True)]
    drawn.sort(key=lambda edge: (edge[0], edge[1], edge[2]["kind"], plain_text(edge[2].get("relation"))))
    for number, (source, target, given) in enumerate(drawn):
        yield Edge(
            id=number,
            source=source,
            target=target,
            kind=given["kind"],
            relation=plain_text(given.get("relation")) or None,
            count=int(given.get("count") or 1),
            places=tuple(_place(place) for place in given.get("evidence") or ()),
        )


def _place(given: Evidence) -> Place:
    return Place(file=plain_text(given.file), line=given.line, sentence=plain_text(given.sentence))
