"""How important each instrument is: who cites it, who carries it out, and what would fall apart without it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.linkage import carrying
from graph.questions import Linked, Source

# Betweenness takes a search from every node: at 10,000 reports (6,400 linked documents) 22 to 28 s, from a sample of so
# many 3 s, and of the ten highest eight are the same; a sample of 300 has seven, of 1,000 and of 1,500 nine (measured).
_SAMPLE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """How important an instrument is.

    `reports` cite it, of so many `units`; so many `documents` of localities are said to carry it out; `bridge` is its
    betweenness in the graph of links, 0 to 1: how many of the shortest ways between others lead over it; None where
    that was not asked for.
    """

    entry: str
    reports: int
    units: int
    documents: int
    bridge: float | None


def importance(source: Source, *, bridges: bool) -> dict[str, Importance]:
    """How important each document of a library is, by id; `bridges` takes seconds."""
    reports, units = _cited(source)
    linked = source.linked()
    documents, between = _carried_out(source, linked), _bridges(linked) if bridges else None
    return {
        entry: Importance(
            entry=entry,
            reports=reports[entry],
            units=units[entry],
            documents=documents.get(entry, 0),
            bridge=between.get(entry, 0.0) if between is not None else None,
        )
        for entry in source.incidence().entries
    }


def _cited(source: Source) -> tuple[dict[str, int], dict[str, int]]:
    """How many reports cite each document, and of how many units."""
    import numpy as np

    incidence, tree = source.incidence(), source.tree()
    number = {unit: n for n, unit in enumerate(tree.units)}
    unit_at = np.full(len(incidence.reports), -1, dtype=np.int64)
    for whose, reports in source.owners().items():
        unit = tree.of(whose)
        if unit is not None:
            unit_at[[incidence.report_at[r] for r in reports if r in incidence.report_at]] = number[unit.id]
    cited, of = incidence.entry[~incidence.own], unit_at[incidence.report[~incidence.own]]
    size, width = len(incidence.entries), max(1, len(number))
    pairs = np.sort(cited[of >= 0] * width + of[of >= 0])
    once = pairs[np.diff(pairs, prepend=-1) > 0]
    reports_of, units_of = np.bincount(cited, minlength=size), np.bincount(once // width, minlength=size)
    names = incidence.entries
    return (
        dict(zip(names, reports_of.tolist(), strict=True)),
        dict(zip(names, units_of.tolist(), strict=True)),
    )


def _carried_out(source: Source, linked: Iterable[Linked]) -> dict[str, int]:
    """How many local documents are said to carry out each document."""
    under: dict[str, set[str]] = defaultdict(set)
    for link in linked:
        if link.relation in carrying() and link.source != link.target:
            under[link.target].add(link.source)
    local = {e.id for e in source.entries({s for of in under.values() for s in of}) if e.level != "central"}
    return {entry: len(of & local) for entry, of in under.items()}


def _bridges(linked: Iterable[Linked]) -> dict[str, float]:
    """Betweenness over the links; the same for the same links."""
    from networkx import DiGraph, betweenness_centrality

    graph: DiGraph[str] = DiGraph((link.source, link.target) for link in linked)
    sample = _SAMPLE if len(graph) > _SAMPLE else None
    bridges: dict[str, float] = betweenness_centrality(graph, k=sample, seed=7)
    return bridges
