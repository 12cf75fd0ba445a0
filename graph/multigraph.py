"""The graph itself: documents, reports and units with their typed edges, in memory, as networkx knows it."""

from typing import TYPE_CHECKING

from corpus.dates import format_date
from graph.filing import Card
from graph.questions import Place, Source, Stated
from graph.registry import Entry

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_MAX_EVIDENCE = 20


def whole_graph(source: Source) -> "MultiDiGraph[str]":
    """All reports with the documents they cite, the links between these, and the units."""
    from networkx import MultiDiGraph

    graph: MultiDiGraph[str] = MultiDiGraph()
    for card in source.cards():
        _add_report(source, graph, card)
    for node in [n for n, kind in graph.nodes(data="kind") if kind == "instrument"]:
        _add_links(source, graph, node.removeprefix("i:"))
    return graph


def ego_graph(source: Source, entry: Entry, *, depth: int = 2) -> "MultiDiGraph[str]":
    """What lies within `depth` steps of a document: who cites it, what carries it out, and what these rest on."""
    from networkx import MultiDiGraph

    graph: MultiDiGraph[str] = MultiDiGraph()
    _add_entry(graph, entry, focus=True)
    ring, seen = [entry.id], {entry.id}
    for _ in range(depth):
        further: list[str] = []
        for entry_id in ring:
            for place in source.places_of([entry_id]):
                _add_place(source, graph, place)
            further += _add_links(source, graph, entry_id)
        ring = [e for e in dict.fromkeys(further) if e not in seen]
        seen.update(ring)
    return graph


def _add_report(source: Source, graph: "MultiDiGraph[str]", card: Card) -> None:
    _report_node(graph, card)
    for place in source.places_in([card.id]):
        _add_place(source, graph, place)


def _add_place(source: Source, graph: "MultiDiGraph[str]", place: Place) -> None:
    for entry in source.entries([place.entry]):
        _add_entry(graph, entry)
        _report_node(graph, place.report)
        kind = "issued" if place.relation == "ban hành" else "cites"
        _add_edge(graph, f"r:{place.report.id}", f"i:{entry.id}", kind, place.relation, place)


def _add_links(source: Source, graph: "MultiDiGraph[str]", entry_id: str) -> list[str]:
    """The links at a document as edges; returns the documents at their other ends."""
    others = []
    for link in (*source.links_to([entry_id]), *source.links_from([entry_id])):
        for end in (link.source, link.target):
            for entry in source.entries([end]):
                _add_entry(graph, entry)
        if not _has_evidence(graph, link):
            _add_edge(graph, f"i:{link.source}", f"i:{link.target}", "link", link.relation, link)
        others.append(link.source if link.target == entry_id else link.target)
    return others


def _has_evidence(graph: "MultiDiGraph[str]", link: Stated) -> bool:
    """Is this very sentence already on the edge (it was reached from the other end)?"""
    edges = graph.get_edge_data(f"i:{link.source}", f"i:{link.target}") or {}
    here = (link.report.id, link.line)
    return any((e["report"], e["line"]) == here for edge in edges.values() for e in edge["evidence"])


def _add_entry(graph: "MultiDiGraph[str]", entry: Entry, *, focus: bool = False) -> None:
    node = f"i:{entry.id}"
    if node in graph:
        return
    lines = [
        entry.label,
        f"ngày {format_date(entry.date)}" if entry.date else "",
        entry.issuer or "",
        entry.title or "",
    ]
    graph.add_node(
        node,
        kind="instrument",
        label=entry.label,
        title="\n".join(line for line in lines if line),
        level=entry.level,
        year=int(entry.date[:4]) if entry.date else None,
        focus=focus,
    )


def _report_node(graph: "MultiDiGraph[str]", card: Card) -> None:
    node = f"r:{card.id}"
    if node in graph:
        return
    label = " ".join(str(part) for part in (card.type or "Văn bản", card.number or card.year) if part)
    title = "\n".join(part for part in (card.title, card.unit, card.file) if part)
    graph.add_node(node, kind="report", label=label, title=title, level=card.level, year=card.year, focus=False)
    if card.owner:
        unit = f"u:{card.owner}"
        graph.add_node(unit, kind="unit", label=card.owner, title=card.owner, level=card.level, year=None, focus=False)
        graph.add_edge(node, unit, key="belongs", kind="belongs", relation="của đơn vị", count=1, evidence=[])


def _add_edge(
    graph: "MultiDiGraph[str]", source: str, target: str, kind: str, relation: str, evidence: Place | Stated
) -> None:
    shown = {
        "report": evidence.report.id,
        "file": evidence.report.file,
        "line": evidence.line,
        "sentence": evidence.sentence,
    }
    key = f"{kind}:{relation}"
    if graph.has_edge(source, target, key=key):
        edge = graph[source][target][key]
        if (shown["report"], shown["line"]) not in {(e["report"], e["line"]) for e in edge["evidence"]}:
            edge["evidence"] = [*edge["evidence"], shown][:_MAX_EVIDENCE]
        edge["count"] += 1
    else:
        graph.add_edge(source, target, key=key, kind=kind, relation=relation, count=1, evidence=[shown])
