"""Reports that are related by what they cite: a shared instrument counts the more, the fewer reports cite it."""

from dataclasses import dataclass

from graph.filing import Card
from graph.questions import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A report that cites what another cites: `score` is 0 to 1, `shared` are the ids of what both cite, rare first."""

    card: Card
    score: float
    shared: tuple[str, ...]


def related(source: Source, report: str, limit: int = 10) -> tuple[Related, ...]:
    """The reports most like a report in what they cite, the most like first, then by id; empty where it cites nothing.

    The measure is the cosine of two reports as vectors of the documents that they cite, each with its inverse document
    frequency as weight (Salton and Buckley 1988, "Term-weighting approaches in automatic text retrieval").
    """
    import numpy as np

    incidence = source.incidence()
    at = incidence.report_at.get(report)
    if at is None:
        return ()
    reports, entries = incidence.report[~incidence.own], incidence.entry[~incidence.own]
    cited = np.bincount(entries, minlength=len(incidence.entries))
    weights = np.log1p(len(incidence.reports) / np.maximum(cited, 1))
    mine = np.zeros(len(incidence.entries), dtype=bool)
    mine[entries[reports == at]] = True
    squares, common = weights[entries] ** 2, mine[entries]
    size = len(incidence.reports)
    norms = np.sqrt(np.bincount(reports, squares, minlength=size))
    dots = np.bincount(reports[common], squares[common], minlength=size)
    scores = np.round(dots / np.maximum(norms * norms[at], 1e-12), 6)  # what differs less is no difference
    scores[at] = 0
    best = [n for n in np.argsort(-scores, kind="stable")[:limit].tolist() if scores[n] > 0]
    cards = {card.id: card for card in source.cards([incidence.reports[n] for n in best])}
    found = []
    for n in best:
        shared = sorted(entries[common & (reports == n)].tolist(), key=lambda e: (cited[e], e))
        card = cards[incidence.reports[n]]
        found.append(Related(card=card, score=float(scores[n]), shared=tuple(incidence.entries[e] for e in shared)))
    return tuple(found)
