"""Which reports fit a query, and how well: arrays with one place for each report of an index.

It asks a `Source`: any index whose texts lie in bundles.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import log1p
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.fields import Field
from index.places import Finder, Flags
from index.query import And, AtLevel, Cites, Dated, Named, Node, Not, Or, Phrase, Prefix, Sought, Years

Scores = npt.NDArray[np.float64]

# BM25 with the usual constants.
_SATURATION = 1.2
_LENGTH_WEIGHT = 0.75
# A phrase in the title weighs as much as two places in the text: a report on the matter before one that mentions it.
# One in a heading counts as three places: what a whole section is about.
_TITLE_WEIGHT = 2.0
_HEADING_WEIGHT = 2.0


class Source(Protocol):
    """One state of an index; reports have numbers."""

    @property
    def alive(self) -> Flags:
        """The reports that were not removed."""

    @property
    def lengths(self) -> npt.NDArray[np.float64]:
        """The number of syllables of each text, in means of all."""

    @property
    def parts(self) -> Sequence[tuple[int, int, Finder]]:
        """(number of the first report, number of reports, finder): the texts of a finder, then their titles."""

    def field(self, name: str) -> Field:
        """unit, type, level, issuer, date, year."""

    def numbers(self, ids: frozenset[str]) -> Sequence[int]:
        """The reports of these ids that there are."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """For each report: does it fit, how well, and are its best places whole words, with exact accents?"""

    fits: Flags
    score: Scores
    whole: Flags
    exact: Flags

    def both(self, other: "Ranks") -> "Ranks":
        """The ranks of what fits both."""
        return Ranks(
            self.fits & other.fits, self.score + other.score, self.whole & other.whole, self.exact & other.exact
        )

    def either(self, other: "Ranks") -> "Ranks":
        """The ranks of what fits one; of two places the better one counts."""
        one, two = (np.where(r.fits, 2 * r.whole.view(np.uint8) + r.exact, 0) for r in (self, other))
        best = np.maximum(one, two)
        return Ranks(self.fits | other.fits, self.score + other.score, best > 1, best % 2 == 1)


def rank(node: Node, source: Source) -> Ranks:
    """How all reports of `source` fit `node`; those that were removed do not."""
    match node:
        case And():
            return reduce(Ranks.both, (rank(part, source) for part in node.parts))
        case Or():
            return reduce(Ranks.either, (rank(part, source) for part in node.parts))
        case Not():
            return _unranked(source.alive & ~rank(node.part, source).fits)
        case Phrase() | Prefix():
            return _sought(node, source)
        case Cites():
            return _cited(node, source)
        case _:
            return _unranked(source.alive & _filtered(node, source))


def _unranked(fits: Flags) -> Ranks:
    """What is no better or worse: the result of a filter."""
    all_good = np.ones(len(fits), bool)
    return Ranks(fits, np.zeros(len(fits)), all_good, all_good)


def _sought(sought: Sought, source: Source) -> Ranks:
    count = len(source.alive)
    weight, in_title = np.zeros(count), np.zeros(count, bool)
    whole, exact = np.zeros(count, bool), np.zeros(count, bool)
    for first, size, finder in source.parts:
        tally = finder.tally(sought)
        if not len(tally.texts):
            continue
        split = int(np.searchsorted(tally.texts, size))
        titles = tally.texts[split:] + (first - size)
        in_title[titles] = True
        shown = slice(split, None) if sought.in_title else slice(split)
        texts = titles if sought.in_title else tally.texts[shown] + first
        weight[texts] = tally.places[shown] + _HEADING_WEIGHT * tally.headings[shown]
        whole[texts], exact[texts] = tally.whole[shown], tally.exact[shown]
    fits = (weight > 0) & source.alive
    found = np.flatnonzero(fits)
    score = np.zeros(count)
    damping = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * source.lengths[found])
    saturated = weight[found] * (_SATURATION + 1) / (weight[found] + damping)
    score[found] = _rarity(len(found), source) * (saturated + _TITLE_WEIGHT * in_title[found])
    return Ranks(fits, score, whole, exact)


def _cited(cites: Cites, source: Source) -> Ranks:
    """Reports that cite an instrument, wherever and however often: as good as one place in the text."""
    fits = np.zeros(len(source.alive), bool)
    fits[source.numbers(cites.reports or frozenset())] = True
    found = _unranked(fits & source.alive)
    return replace(found, score=np.where(found.fits, _rarity(int(found.fits.sum()), source), 0.0))


def _rarity(having: int, source: Source) -> float:
    return log1p((int(source.alive.sum()) - having + 0.5) / (having + 0.5))


def _filtered(node: Years | AtLevel | Dated | Named, source: Source) -> Flags:
    match node:
        case Years():
            return source.field("year").where(lambda year: node.first <= int(year) <= node.last)
        case AtLevel():
            return source.field("level").where(lambda level: level == node.level)
        case Dated():
            return source.field("date").where(node.fits)
        case Named():
            return source.field(node.field).holding(node.phrase)
