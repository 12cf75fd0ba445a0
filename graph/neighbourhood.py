"""What lies around nodes of the graph: the nearest first, of equally near the most important; the others counted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from graph.multigraph import instrument_node, issuing_units, part_of_graph, report_node, unit_node, whole_graph
from graph.questions import Source

if TYPE_CHECKING:
    from networkx import MultiDiGraph

# A choice: more boxes than that nobody reads on one screen.
CAP = 300


def neighbourhood(source: Source, focus: Sequence[str], *, depth: int = 2, cap: int = CAP) -> "MultiDiGraph[str]":
    """The nodes at most `depth` steps from the nodes `focus`, at most `cap`, with all edges between them.

    Important is a document that many reports name, a report that names many, a unit that has many.  Each node has
    `focus`, and `more`: how many of its neighbours in the whole graph are left out.
    """
    beside = _Beside(source)
    ring = [*dict.fromkeys(focus)][:cap]
    kept = dict.fromkeys(ring)
    for _ in range(depth):
        ring = beside.nearest(ring, kept, cap - len(kept))
        kept.update(dict.fromkeys(ring))
    reports, entries, units = _by_kind(kept)
    graph = part_of_graph(source, reports, entries, units)
    for node, degree in beside.degrees(kept).items():
        near = {*graph.successors(node), *graph.predecessors(node)} - {node}
        graph.nodes[node].update(focus=node in focus, more=degree - len(near))
    return graph


def overview(source: Source, cap: int = CAP) -> "MultiDiGraph[str]":
    """The whole graph, where it has no more than `cap` nodes; else what lies around the document most cited."""
    incidence = source.incidence()
    nodes = sum(map(len, source.owners().values())) + len(incidence.entries) + len(source.tree().units)
    if nodes <= cap:
        return whole_graph(source)
    counts = incidence.reports_by_entry()
    most = [instrument_node(incidence.entries[int(counts.argmax())])] if incidence.entries else []
    return neighbourhood(source, most, depth=4, cap=cap)


def _by_kind(nodes: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """The ids of the reports, documents and units among nodes."""
    ids: dict[str, list[str]] = {report_node(""): [], instrument_node(""): [], unit_node(""): []}
    for node in nodes:
        ids[node[:2]].append(node[2:])
    reports, entries, units = ids.values()
    return reports, entries, units


class _Beside:
    """Who the neighbours of nodes are, and how many they have."""

    def __init__(self, source: Source) -> None:
        self._source, self._tree = source, source.tree()
        self._named: dict[str, int] = {}
        self._naming: dict[str, int] = {}

    def _count(self, reports: Iterable[str], entries: Iterable[str]) -> None:
        """Learn how many documents these reports name, and how many reports name these documents."""
        new_reports = [report for report in reports if report not in self._named]
        new_entries = [entry for entry in entries if entry not in self._naming]
        self._named |= dict.fromkeys(new_reports, 0) | dict(self._source.entries_by_report(new_reports))
        self._naming |= dict.fromkeys(new_entries, 0) | dict(self._source.reports_by_entry(new_entries))

    def nearest(self, ring: Iterable[str], kept: Collection[str], room: int) -> list[str]:
        """The neighbours of the nodes of a ring that are not kept yet, the most important first, `room` at most."""
        if room <= 0:
            return []
        reports, entries, units = _by_kind(ring)
        found = {report_node(report) for report in self._source.reports_beside(entries, room + len(kept))}
        found |= {instrument_node(entry) for entry in self._source.entries_beside(reports, room + len(kept))}
        found |= {instrument_node(other) for entry in entries for other in self._linked.get(entry, ())}
        found |= {unit_node(unit) for report in reports if (unit := self._unit_of.get(report))}
        found |= {unit_node(self._issuer_of[entry]) for entry in entries if entry in self._issuer_of}
        for unit in units:
            found |= {report_node(report) for report in self._reports_of.get(unit, ())}
            found |= {instrument_node(entry) for entry in self._issued_by.get(unit, ())}
            found |= {unit_node(other) for other in self._joined.get(unit, ())}
        important = self._importance(found.difference(kept))
        return sorted(important, key=lambda node: (-important[node], node))[:room]

    def _importance(self, nodes: Iterable[str]) -> dict[str, int]:
        reports, entries, units = _by_kind(nodes)
        self._count(reports, entries)
        important = {report_node(report): self._named[report] for report in reports}
        important |= {instrument_node(entry): self._naming[entry] for entry in entries}
        return important | {unit_node(unit): self._tree.units[unit].reports for unit in units}

    def degrees(self, nodes: Iterable[str]) -> dict[str, int]:
        """How many neighbours each of these nodes has in the whole graph."""
        reports, entries, units = _by_kind(nodes)
        self._count(reports, entries)
        degrees = {report_node(r): self._named[r] + (r in self._unit_of) for r in reports}
        for entry in entries:
            linked, issued = len(self._linked.get(entry, ())), entry in self._issuer_of
            degrees[instrument_node(entry)] = self._naming[entry] + linked + issued
        for unit in units:
            lists: list[Mapping[str, Collection[str]]] = [self._reports_of, self._issued_by, self._joined]
            degrees[unit_node(unit)] = sum(len(of.get(unit, ())) for of in lists)
        return degrees

    @cached_property
    def _linked(self) -> Mapping[str, set[str]]:
        """Document → those that it is linked with."""
        found: dict[str, set[str]] = defaultdict(set)
        for link in self._source.linked():
            if link.source != link.target:
                found[link.source].add(link.target)
                found[link.target].add(link.source)
        return found

    @cached_property
    def _reports_of(self) -> Mapping[str, list[str]]:
        """Unit → its reports."""
        found: dict[str, list[str]] = defaultdict(list)
        for whose, reports in self._source.owners().items():
            unit = self._tree.of(whose)
            if unit is not None:
                found[unit.id] += reports
        return found

    @cached_property
    def _unit_of(self) -> Mapping[str, str]:
        """Report → its unit."""
        return {report: unit for unit, reports in self._reports_of.items() for report in reports}

    @cached_property
    def _issued_by(self) -> Mapping[str, list[str]]:
        """Unit → the documents that it issued."""
        issuers, found = self._source.issuers(), defaultdict[str, list[str]](list)
        for issuer, unit in issuing_units(self._tree, issuers).items():
            found[unit] += issuers[issuer]
        return found

    @cached_property
    def _issuer_of(self) -> Mapping[str, str]:
        """Document → the unit that issued it."""
        return {entry: unit for unit, entries in self._issued_by.items() for entry in entries}

    @cached_property
    def _joined(self) -> Mapping[str, list[str]]:
        """Unit → the unit above it and those right below it."""
        found: dict[str, list[str]] = defaultdict(list)
        for unit in self._tree.units.values():
            if unit.parent is not None:
                found[unit.id].append(unit.parent)
                found[unit.parent].append(unit.id)
        return found
