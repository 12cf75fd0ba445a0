"""What a library answers: frozen values, for programs (`index.answers`) and for people (`webview.terminal`)."""

from dataclasses import dataclass

from graph.filing import Card
from index.catalog import Counts
from index.engine import Found
from index.snippet import Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is: files that are done and written, of how many, those among them that failed, and the last."""

    done: int
    of: int
    failed: int
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What `add` did with the files: counts, and (path, error) of those that could not be read.

    `removed` counts files that have vanished.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    removed: int = 0
    failed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reindexed:
    """What `reindex` did: reports in the new index, those whose citations were found again, and (file, error)."""

    reports: int
    read_again: int
    failed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A report found: its card, rank, and the passages that prove it."""

    card: Card
    score: float
    whole_word: bool
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a search: what the engine found, the hits asked for, and how long it took.

    `instruments` are the documents that these reports cite most: (id, label, number of reports).  `expanded` lists the
    abbreviations that were replaced, `recognised` the instruments that were looked for in every form.  `relaxed` says
    that nothing had the phrase as typed, and that these reports have all of its syllables.  `suggestion` is a query
    that finds far more.  `behind` is the number of reports that the index has not learnt yet.
    """

    found: Found
    hits: tuple[SearchHit, ...]
    took_ms: float = 0.0
    instruments: tuple[tuple[str, str, int], ...] = ()
    expanded: tuple[str, ...] = ()
    recognised: tuple[str, ...] = ()
    relaxed: bool = False
    suggestion: str | None = None
    behind: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a library is: its counts, what is wrong (a sentence each), and what was repaired."""

    counts: Counts
    problems: tuple[str, ...]
    repaired: tuple[str, ...]
