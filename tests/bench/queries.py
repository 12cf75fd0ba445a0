"""Queries drawn from the texts that they are asked of: phrases, citations, AND/OR/NOT, filters, prefixes.

A query is drawn together with its meaning, so that neither an oracle nor another engine must parse it.
"""

import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.folding import fold
from index.syllables import SYLLABLE, clauses

CLASSES = ("common", "mid", "rare", "two", "citation", "boolean", "filter", "prefix")
FIELDS = ("unit", "year", "type")

# A phrase is common if this share of a sample of the reports holds it, mid above the second; rare: one report alone.
_COMMON, _MID = 0.3, 0.05
_SAMPLE = 50
_OPERATORS = frozenset("AND OR NOT VÀ HOẶC KHÔNG".split())


@dataclass(frozen=True, slots=True)
class Words:
    """A phrase, as it is typed, without quotes around it."""

    typed: str


@dataclass(frozen=True, slots=True)
class Stem:
    """A syllable that begins so."""

    typed: str


@dataclass(frozen=True, slots=True)
class Where:
    """Reports of a unit or a type whose name holds a phrase, or of the years "2020" or "2020-2022"."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class All:
    """What all parts find."""

    parts: tuple["Meaning", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """What one of the parts finds."""

    parts: tuple["Meaning", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What a part does not find."""

    part: "Meaning"


Meaning = Words | Stem | Where | All | Some | Without


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query of a class, as it is typed, and what it means."""

    kind: str
    text: str
    meaning: Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A report as queries are drawn from it: its text (cleaned), and the names that filters ask for."""

    text: str
    unit: str | None
    year: int | None
    type: str | None


def typed(meaning: Meaning) -> str:
    """A meaning in the query language, every phrase in quotes."""
    match meaning:
        case Words():
            return f'"{meaning.typed}"'
        case Stem():
            return f"{meaning.typed}*"
        case Where():
            return f'{meaning.field}:"{meaning.value}"' if meaning.field != "year" else f"year:{meaning.value}"
        case Without():
            return f"NOT {typed(meaning.part)}"
        case All() | Some():
            inner = (" AND " if isinstance(meaning, All) else " OR ").join(map(typed, meaning.parts))
            return f"({inner})"


class Draw:
    """Draws queries from reports: `plain` ones typed as they stand in the text, others in every way that finds it."""

    def __init__(self, reports: Sequence[Described], seed: int, *, plain: bool = False) -> None:
        self.rng = random.Random(f"queries {seed}")
        self.reports, self.plain = reports, plain
        step = max(1, len(reports) // _SAMPLE)
        self._pools = _pools([report.text for report in reports[::step]])

    def queries(self, kind: str, count: int) -> list[Asked]:
        """`count` different queries of a class, or as many as the texts give."""
        drawn = (self._one(kind) for _ in range(30 * count))
        return list(islice(dict.fromkeys(asked for asked in drawn if asked), count))

    def _one(self, kind: str) -> Asked | None:
        if kind in ("boolean", "filter", "prefix"):
            meaning = {"boolean": self._boolean, "filter": self._filter, "prefix": self._prefix}[kind]()
            return Asked(kind=kind, text=typed(meaning), meaning=meaning) if meaning else None
        words = self._words(kind)
        if words is None:
            return None
        # A reference without quotes may be read as the instrument that it names; in quotes it is a phrase.
        bare = self.plain if kind == "citation" else _is_bare(words.typed) and self.rng.random() < 0.5
        return Asked(kind=kind, text=words.typed if bare else typed(words), meaning=words)

    def _words(self, kind: str) -> Words | None:
        pool = self._pools[kind]
        if not pool:
            return None
        phrase = self.rng.choice(pool)
        return Words(phrase if self.plain else self._retyped(phrase))

    def _retyped(self, phrase: str) -> str:
        """The phrase in another case, form or without accents; one of eight with a syllable that may not fit."""
        ways: tuple[Callable[[str], str], ...] = (
            *(str, str, str.lower, str.upper, str.title, fold),
            *(lambda text: unicodedata.normalize("NFD", text), self._another),
        )
        return self.rng.choice(ways)(phrase)

    def _another(self, phrase: str) -> str:
        head, _, _ = phrase.rpartition(" ")
        return f"{head} {self.rng.choice(self._pools['syllable'])}".strip()

    def _boolean(self) -> Meaning | None:
        kinds = self.rng.choices(("common", "mid", "two", "rare"), (3, 3, 3, 1), k=3)
        found = [words for kind in kinds if (words := self._words(kind))]
        if len({words.typed for words in found}) < 3:
            return None
        a, b, c = found
        shapes: tuple[Meaning, ...] = (
            All((a, b)),
            Some((a, b)),
            All((a, Without(b))),
            All((Some((a, b)), c)),
            All((a, b, Without(c))),
            Some((a, All((b, c)))),
        )
        return self.rng.choice(shapes)

    def _filter(self) -> Meaning | None:
        report = self.rng.choice(self.reports)
        words = self._words(self.rng.choice(("common", "mid", "two")))
        field = self.rng.choice(FIELDS)
        value = getattr(report, field)
        if words is None or value is None:
            return None
        if field == "year" and self.rng.random() < 0.4:
            value = f"{value}-{value + self.rng.randint(1, 3)}"
        if field != "year" and not self.plain:
            value = self.rng.choice((str, str.upper, fold, lambda name: name.split()[-1]))(value)
        return All((words, Where(field, str(value))))

    def _prefix(self) -> Meaning | None:
        syllable = self.rng.choice(self._pools["syllable"])
        if len(syllable) < 3:
            return None
        stem = syllable[: self.rng.randint(3, len(syllable))]
        way = self.rng.choice((str, str.upper, fold, lambda text: unicodedata.normalize("NFD", text)))
        return Stem(stem if self.plain else way(stem))


def _is_bare(text: str) -> bool:
    """Is it typed without quotes as one phrase: words and commas, none of them an operator?"""
    return text.replace(",", "").replace(" ", "").isalnum() and not _OPERATORS.intersection(text.split())


def _spans(text: str) -> Iterator[tuple[str, int]]:
    """All runs of 2 to 7 syllables inside a clause, as they are written in a line, with their number of syllables."""
    line = text.replace("\n", " ")
    for clause in clauses(text):
        for start in range(len(clause)):
            for size in range(2, min(7, len(clause) - start) + 1):
                yield line[clause[start].start : clause[start + size - 1].end], size


def _pools(texts: Sequence[str]) -> dict[str, list[str]]:
    """Phrases of each class, in a fixed order; "syllable" holds syllables."""
    held: Counter[str] = Counter()
    sizes: dict[str, int] = {}
    syllables: dict[str, None] = {}
    for text in texts:
        spans = {span: size for span, size in _spans(text) if '"' not in span}
        held.update(dict.fromkeys(spans, 1))
        sizes.update(spans)
        syllables.update(dict.fromkeys(s.lower() for s in SYLLABLE.findall(text) if s.isalpha()))
    share = {span: count / len(texts) for span, count in held.items()}
    return {
        "common": [span for span, part in share.items() if part >= _COMMON and sizes[span] > 2],
        "mid": [span for span, part in share.items() if _MID <= part < _COMMON and sizes[span] > 2],
        "rare": [span for span, count in held.items() if count == 1 and sizes[span] > 2][:: len(texts)],
        "two": [span for span, part in share.items() if part >= _MID and sizes[span] == 2 and _is_bare(span)],
        "citation": [span for span in share if span[0].isdigit() and "/" in span and "-" in span and " " not in span],
        "syllable": list(syllables),
    }
