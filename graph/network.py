"""The graph itself: documents, reports and units with their typed edges, in memory, as networkx knows it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.dates import format_date
from graph.filing import Card, Filed, Placed
from graph.questions import Place, Source, Stated, Wanted, matches
from graph.registry import Entry, Registry

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_MAX_EVIDENCE = 20


class Network:
    """All reports given, their documents and links; answers the questions of `Source` from memory."""

    def __init__(self, filed: Iterable[tuple[Card, Filed]]) -> None:
        self._cards: dict[str, Card] = {}
        self._filed: dict[str, Filed] = {}
        registry = Registry()
        for card, rows in filed:
            self._cards[card.id], self._filed[card.id] = card, rows
            registry.add(rows.votes)
        self._entries = registry.entries
        self._entry_of = {vote: entry.id for entry in self._entries.values() for vote in entry.votes}
        self._links_to: dict[str, list[Stated]] = defaultdict(list)
        self._links_from: dict[str, list[Stated]] = defaultdict(list)
        for report in sorted(self._filed):
            self._add_links(report)

    def _add_links(self, report: str) -> None:
        for link in self._filed[report].links:
            stated = Stated(
                source=self._entry_of[report, link.source],
                target=self._entry_of[report, link.target],
                relation=link.relation,
                report=self._cards[report],
                line=link.line,
                sentence=link.sentence,
            )
            self._links_to[stated.target].append(stated)
            self._links_from[stated.source].append(stated)

    def find(self, wanted: Wanted) -> Sequence[Entry]:
        """The documents that fit, without their votes, in the order of their ids."""
        return [replace(e, votes=()) for e in self._entries.values() if matches(wanted, e, self._key(e))]

    def _key(self, entry: Entry) -> tuple[str, str, int, str] | None:
        report, n = entry.votes[0]
        instrument = self._filed[report].votes[n].instrument
        return instrument.key if instrument else None

    def entry(self, entry_id: str) -> Entry | None:
        """The document of that id."""
        return self._entries.get(entry_id)

    def places_of(self, entry_id: str) -> Sequence[Place]:
        """All citations of a document, by report and line."""
        entry = self._entries[entry_id]
        return [self._place(report, p) for report, n in entry.votes for p in self._filed[report].places if p.n == n]

    def places_in(self, report_id: str) -> Sequence[Place]:
        """All citations in a report, by line."""
        return [self._place(report_id, p) for p in self._filed[report_id].places]

    def _place(self, report: str, placed: Placed) -> Place:
        return Place(
            entry=self._entry_of[report, placed.n],
            report=self._cards[report],
            line=placed.line,
            text=placed.text,
            relation=placed.relation,
            locator=placed.locator,
            sentence=placed.sentence,
            confidence=placed.confidence,
            short_form=placed.short_form,
        )

    def links_to(self, entry_id: str) -> Sequence[Stated]:
        """The links that end at a document."""
        return self._links_to[entry_id]

    def links_from(self, entry_id: str) -> Sequence[Stated]:
        """The links that begin at a document."""
        return self._links_from[entry_id]

    def cards(self) -> Sequence[Card]:
        """The cards of all reports, by id."""
        return [self._cards[report] for report in sorted(self._cards)]


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
            for place in source.places_of(entry_id):
                _add_place(source, graph, place)
            further += _add_links(source, graph, entry_id)
        ring = [e for e in dict.fromkeys(further) if e not in seen]
        seen.update(ring)
    return graph


def _add_report(source: Source, graph: "MultiDiGraph[str]", card: Card) -> None:
    _report_node(graph, card)
    for place in source.places_in(card.id):
        _add_place(source, graph, place)


def _add_place(source: Source, graph: "MultiDiGraph[str]", place: Place) -> None:
    entry = source.entry(place.entry)
    if entry is not None:
        _add_entry(graph, entry)
        _report_node(graph, place.report)
        kind = "issued" if place.relation == "ban hành" else "cites"
        _add_edge(graph, f"r:{place.report.id}", f"i:{entry.id}", kind, place.relation, place)


def _add_links(source: Source, graph: "MultiDiGraph[str]", entry_id: str) -> list[str]:
    """The links at a document as edges; returns the documents at their other ends."""
    others = []
    for link in (*source.links_to(entry_id), *source.links_from(entry_id)):
        for end in (link.source, link.target):
            entry = source.entry(end)
            if entry is not None:
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
