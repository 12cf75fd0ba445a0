"""What a full-text engine is: it keeps prepared texts and finds them; all engines find the same."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from corpus.errors import CancuError
from corpus.model import Level, Span
from index.abbreviations import Form
from index.query import Phrase, Query
from index.words import Prepared

Sort = Literal["rank", "date"]
FACETS = ("unit", "year", "type", "level")


class EngineError(CancuError):
    """An index that cannot be read or written just now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as an engine keeps it: its prepared text, and what filters, ranks and counts it.

    `headings` are the headings of the text, in order; `date` is ISO and may be partial; what is not known is None.
    """

    id: str
    prepared: Prepared
    headings: tuple[Span, ...] = ()
    title: str | None = None
    unit: str | None = None
    year: int | None = None
    type: str | None = None
    level: Level | None = None
    issuer: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """One place of a text where a phrase stands: offsets into the text, as a half-open range.

    `whole_word` is False where the phrase cuts a word that it does not contain ("nhân | dân chủ | tịch");
    `exact_accents` is False where accents were typed that the text, written without any, does not have.
    """

    start: int
    end: int
    whole_word: bool
    exact_accents: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report that was found.  `matches` are offsets into its text, in order; none where only filters were asked.

    `whole_word` and `exact_accents` are those of its best match; hits with both come first, hits that only cut words
    last.
    """

    id: str
    score: float
    whole_word: bool
    exact_accents: bool
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a query: how many reports, the hits asked for, and for each facet its values with their counts.

    `reports` are the ids of all that fit, in order, `kept` is the number of all that there are.
    """

    total: int
    hits: tuple[Hit, ...]
    reports: tuple[str, ...] = ()
    kept: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Engine(Protocol):
    """A full-text index.  It is derived: the catalog can build it again at any time."""

    def add(self, documents: Iterable[Document]) -> None:
        """Keep documents; one that is known by its id is replaced.  Written in batches, each as a whole."""

    def remove(self, ids: Iterable[str]) -> None:
        """Forget documents; unknown ids are no error."""

    def search(self, query: Query, *, limit: int = 10, offset: int = 0, sort: Sort = "rank") -> Found:
        """All documents that fit `query`: counted, and `limit` of them in order from `offset` on."""

    def state(self) -> Hashable:
        """Another value whenever what it keeps has changed."""

    def similar(self, phrase: Phrase, *, letters: bool = True) -> Sequence[Form]:
        """What documents have in the place of a phrase, with other accents or `letters`; the likeliest first."""

    def count(self) -> int:
        """How many documents it keeps."""

    def ids(self) -> frozenset[str]:
        """The ids of all documents, to compare with the catalog."""

    def faults(self) -> Sequence[str]:
        """What is damaged in its files, a sentence each; reads all of them."""

    def close(self) -> None:
        """Free its files."""
