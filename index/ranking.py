"""Which documents fit a query, and how well: sets of documents, narrowed part by part.

It asks a `Source`: any index that names candidates and gives their texts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Protocol

from corpus.model import Level
from index.phrases import best, find
from index.query import And, AtLevel, Filter, Named, Node, Not, Or, Phrase, Prefix, Sought, Years
from index.words import Searchable, fold_bytes, unsegmented

# BM25 with the usual constants.
_SATURATION = 1.2
_LENGTH_WEIGHT = 0.75
# A phrase in the title weighs as much as two places in the text: a report on the matter before one that mentions it.
_TITLE_WEIGHT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a document beside its text.

    `title` is folded, with one blank between syllables and at both ends; `length` counts the syllables of the text.
    """

    id: str
    title: str
    unit: str | None
    year: int | None
    type: str | None
    level: Level | None
    date: str | None
    length: int


class Source(Protocol):
    """One state of an index; documents have numbers."""

    @property
    def about(self) -> Mapping[int, About]:
        """All documents."""

    @property
    def length(self) -> float:
        """The mean number of syllables."""

    def candidates(self, sought: Sought) -> Mapping[int, float]:
        """The documents that may hold `sought`, each with about how many places; no other does."""

    def text(self, number: int) -> Searchable:
        """The text of a document."""


@dataclass(frozen=True, slots=True)
class Rank:
    """How well a document fits: the score, and whether its best matches are whole words with exact accents."""

    score: float = 0.0
    whole_word: bool = True
    exact_accents: bool = True


def rank(node: Node, source: Source) -> dict[int, Rank]:
    """The numbers of all documents that fit `node`, with their ranks."""
    return _Ranking(source).rank(node, set(source.about))


class _Ranking:
    """One run through a query."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.candidates = cache(source.candidates)  # AND and the phrase itself ask for them

    def rank(self, node: Node, among: set[int]) -> dict[int, Rank]:
        match node:
            case And():
                return self._all(node, among)
            case Or():
                return self._any(node, among)
            case Not():
                return dict.fromkeys(among - self.rank(node.part, among).keys(), Rank())
            case Phrase() | Prefix():
                return self._sought(node, among)
            case _:
                return dict.fromkeys(_filtered(node, self.source, among), Rank())

    def _all(self, node: And, among: set[int]) -> dict[int, Rank]:
        """What all parts find.  Only what has candidates for all phrases is read, and NOT comes last."""
        for part in node.parts:
            if isinstance(part, Phrase | Prefix):
                among = among & self.candidates(part).keys()
        ranks = dict.fromkeys(among, Rank())
        for part in sorted(node.parts, key=_cost):
            found = self.rank(part, set(ranks))
            ranks = {number: _both(ranks[number], other) for number, other in found.items()}
        return ranks

    def _any(self, node: Or, among: set[int]) -> dict[int, Rank]:
        ranks: dict[int, Rank] = {}
        for part in node.parts:
            for number, other in self.rank(part, among).items():
                ranks[number] = _either(ranks[number], other) if number in ranks else other
        return ranks

    def _sought(self, sought: Sought, among: set[int]) -> dict[int, Rank]:
        candidates, total = self.candidates(sought), len(self.source.about)
        rarity = log(1 + (total - len(candidates) + 0.5) / (len(candidates) + 0.5))
        in_title = _in_title(sought)
        found = {}
        for number in candidates.keys() & among:
            if match := best(sought, self.source.text(number)):
                about = self.source.about[number]
                weight = _weight(candidates[number], about.length / self.source.length)
                score = rarity * (weight + _TITLE_WEIGHT * in_title(about.title))
                found[number] = Rank(score, match.whole_word, match.exact_accents)
        return found


def _cost(node: Node) -> int:
    match node:
        case Phrase() | Prefix():
            return 1
        case And() | Or():
            return 2
        case Not():
            return 3
        case _:
            return 0


def _both(one: Rank, other: Rank) -> Rank:
    score = one.score + other.score
    return Rank(score, one.whole_word and other.whole_word, one.exact_accents and other.exact_accents)


def _either(one: Rank, other: Rank) -> Rank:
    whole, exact = max((one.whole_word, one.exact_accents), (other.whole_word, other.exact_accents))
    return Rank(one.score + other.score, whole, exact)


def _weight(places: float, length: float) -> float:
    damping = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length)
    return places * (_SATURATION + 1) / (places + damping)


def _in_title(sought: Sought) -> Callable[[str], bool]:
    if isinstance(sought, Prefix):
        stem = f" {_folded(sought.stem)}"
        return lambda title: stem in title
    forms = [f" {' '.join(map(_folded, form))} " for form in sought.forms]
    return lambda title: any(form in title for form in forms)


def _folded(syllable: str) -> str:
    return fold_bytes(syllable).decode("latin-1")


def _filtered(node: Filter, source: Source, among: set[int]) -> set[int]:
    match node:
        case Years():
            return {n for n in among if node.first <= (source.about[n].year or -1) <= node.last}
        case AtLevel():
            return {n for n in among if source.about[n].level == node.level}
        case Named():
            return _named(node, source, among)


def _named(node: Named, source: Source, among: set[int]) -> set[int]:
    """The documents whose unit or type holds the phrase; each name is read once."""
    names = {n: source.about[n].unit if node.field == "unit" else source.about[n].type for n in among}
    fits = {name for name in set(names.values()) if name and any(find(node.phrase, unsegmented(name)))}
    return {n for n, name in names.items() if name in fits}
