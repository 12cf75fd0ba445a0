"""The graph itself: reports, documents and units with their typed edges, in memory, as networkx knows it.

A report and the document that it is are two nodes with an edge "is" between them: a document is settled by the votes
of all reports and is mostly there without its text, while a report has a file, a unit, and what it cites; so each
kind of node has attributes of its own, and the ids of reports do not move when a vote does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from corpus.units import parse_unit, place_of
from graph.filing import Card
from graph.linkage import linkages
from graph.questions import SHOWN, Place, Source, Stated
from graph.registry import Entry
from graph.tree import Tree, UnitEntry

if TYPE_CHECKING:
    from networkx import MultiDiGraph

# Nodes asked of at once: at 10,000 reports 100 to 10,000 take the same time, and 10,000 take 45 MB more (measured).
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where it is said: the sentence, in the file of a report; `line` is 1-based, None: in the report's head."""

    report: str
    file: str
    line: int | None
    sentence: str


def instrument_node(entry: str) -> str:
    """The node of a document."""
    return f"i:{entry}"


def report_node(report: str) -> str:
    """The node of a report."""
    return f"r:{report}"


def unit_node(unit: str) -> str:
    """The node of a unit."""
    return f"u:{unit}"


def whole_graph(source: Source) -> "MultiDiGraph[str]":
    """All reports, documents and units, with all edges between them."""
    cards, of = source.cards(), source.incidence().entries
    entries = [entry for chunk in _chunks(of) for entry in source.entries(chunk)]
    drawing = _Drawing(source, cards, entries, source.tree().units.values(), is_part=False)
    drawing.join()
    return drawing.graph


def part_of_graph(
    source: Source, reports: Collection[str], entries: Collection[str], units: Iterable[str]
) -> "MultiDiGraph[str]":
    """These reports, documents and units, with all edges between them."""
    tree = source.tree()
    among = [tree.units[unit] for unit in units]
    drawing = _Drawing(source, source.cards(reports), source.entries(entries), among, is_part=True)
    drawing.join()
    return drawing.graph


def issuing_units(tree: Tree, issuers: Iterable[str]) -> dict[str, str]:
    """Issuer → the unit whose place is in its name; those that name none, or one that several bear, are left out."""
    named = ((issuer, tree.named(str(place_of(issuer) or issuer))) for issuer in issuers)
    return {issuer: units[0].id for issuer, units in named if len(units) == 1}


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(ids)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


class _Drawing:
    """A graph of the nodes given, which `join` then joins; `is_part`: what lies beside them need not be read."""

    def __init__(
        self,
        source: Source,
        cards: Sequence[Card],
        entries: Sequence[Entry],
        units: Iterable[UnitEntry],
        *,
        is_part: bool,
    ) -> None:
        from networkx import MultiDiGraph

        self.graph: MultiDiGraph[str] = MultiDiGraph()
        self._source, self._tree = source, source.tree()
        self._cards = {card.id: card for card in cards}
        self._entries = {entry.id: entry for entry in entries}
        self._is_part = is_part
        for card in cards:
            unit = self._tree.of(card.whose)
            self.graph.add_node(report_node(card.id), **_report(card, unit))
        for entry in entries:
            self.graph.add_node(instrument_node(entry.id), **_instrument(entry))
        for unit in units:
            self.graph.add_node(unit_node(unit.id), **_unit(unit))

    def join(self) -> None:
        """Add the edges between the nodes."""
        own = dict.fromkeys(self._source.own_of(self._cards.keys()))
        for report, entry in own:
            self._edge(report_node(report), instrument_node(entry), "is", "là", [_head(self._cards[report])])
        for chunk in _chunks(self._cards):
            for place in self._source.places_in(chunk, self._entries if self._is_part else None):
                if (place.report.id, place.entry) not in own:
                    self._cite(place)
        self._link()
        self._belong()
        self._issue()

    def _cite(self, place: Place) -> None:
        kind = "issued" if place.relation == "ban hành" else "cites"
        self._edge(report_node(place.report.id), instrument_node(place.entry), kind, place.relation, [_said(place)])

    def _link(self) -> None:
        """From document to document, with the first sentences that say so."""
        here = set(self._entries)
        links = [link for link in self._source.linked() if link.source in here and link.target in here]
        said: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
        for chunk in _chunks(sorted({report for link in links for report in link.reports})):
            for stated in self._source.links_in(chunk, self._entries if self._is_part else None):
                _show(said[stated.source, stated.target, stated.relation], _said(stated))
        for link in links:
            row = linkages().get(link.relation)
            kind = row.kind if row else "link"  # a catalog may hold what an older table called a relation
            shown = said[link.source, link.target, link.relation]
            ends = instrument_node(link.source), instrument_node(link.target)
            self._edge(*ends, kind, link.relation, shown, count=link.count)

    def _belong(self) -> None:
        for card in self._cards.values():
            unit = self._tree.of(card.whose)
            if unit is not None:
                self._edge(report_node(card.id), unit_node(unit.id), "belongs_to", "của đơn vị", ())
        for node, parent in [*self.graph.nodes(data="parent")]:
            if parent is not None:
                self._edge(node, parent, "belongs_to", "thuộc", ())

    def _issue(self) -> None:
        """From a document to the unit that issued it: a sentence that names both, where there is one, or its head."""
        of = {entry.id: entry.issuer for entry in self._entries.values() if entry.issuer is not None}
        units = issuing_units(self._tree, set(of.values()))
        issued = {entry: units[issuer] for entry, issuer in of.items() if issuer in units}
        issued = {entry: unit for entry, unit in issued.items() if unit_node(unit) in self.graph}
        for chunk in _chunks(issued):
            words = {entry: _word(self._tree.units[issued[entry]].name) for entry in chunk}
            said = {place.entry: _said(place) for place in self._source.place_saying(words)}
            own = {entry: report for entry in chunk if entry not in said and (report := self._entries[entry].report)}
            heads = {card.id: _head(card) for card in self._source.cards(own.values())}
            said |= {entry: heads[report] for entry, report in own.items()}
            for entry in chunk:
                shown = [said[entry]] if entry in said else []
                self._edge(instrument_node(entry), unit_node(issued[entry]), "issued_by", "cơ quan ban hành", shown)

    def _edge(
        self, source: str, target: str, kind: str, relation: str, said: Iterable[Evidence], *, count: int = 1
    ) -> None:
        """So many more statements of an edge, where both its ends are there."""
        if source not in self.graph or target not in self.graph:
            return
        key = f"{kind}:{relation}"
        edge = self.graph.get_edge_data(source, target, key)
        if edge is None:
            self.graph.add_edge(source, target, key=key, kind=kind, relation=relation, count=0, evidence=[])
            edge = self.graph[source][target][key]
        edge["count"] += count
        for evidence in said:
            _show(edge["evidence"], evidence)


def _show(shown: list[Evidence], evidence: Evidence) -> None:
    """Show a place among others, where there are not enough yet, and none of its line."""
    if len(shown) < SHOWN and not any((e.report, e.line) == (evidence.report, evidence.line) for e in shown):
        shown.append(evidence)


def _report(card: Card, unit: UnitEntry | None) -> Mapping[str, object]:
    return {
        "kind": "report",
        "label": " ".join(str(part) for part in (card.type or "Văn bản", card.number or card.year) if part),
        "type": card.type,
        "number": card.number,
        "level": card.level,
        "date": card.date,
        "year": card.year,
        "title": card.title,
        "unit": unit.label if unit else None,
        "file": card.file,
    }


def _instrument(entry: Entry) -> Mapping[str, object]:
    return {
        "kind": "instrument",
        "label": entry.label,
        "type": entry.type,
        "canonical": entry.canonical,
        "level": entry.level,
        "date": entry.date,
        "year": int(entry.date[:4]) if entry.date else None,
        "issuer": entry.issuer,
        "title": entry.title,
    }


def _unit(unit: UnitEntry) -> Mapping[str, object]:
    return {
        "kind": "unit",
        "label": unit.label,
        "name": unit.name,
        "level": unit.level,
        "parent": unit_node(unit.parent) if unit.parent else None,
        "reports": unit.reports,
    }


def _head(card: Card) -> Evidence:
    """What the head of a report says: what it is, and of what."""
    said = " ".join(part for part in (card.type, card.number, card.title) if part)
    return Evidence(report=card.id, file=card.file, line=None, sentence=said)


def _said(told: Place | Stated) -> Evidence:
    return Evidence(report=told.report.id, file=told.report.file, line=told.line, sentence=told.sentence)


def _word(unit: str) -> str:
    """By what a sentence names a unit: "Huyện ủy Yên Sơn" is of huyện Yên Sơn; "phường 3" has no other name."""
    place = parse_unit(unit)
    return unit if place is None or place.name.isdigit() else place.name
