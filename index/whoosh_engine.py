"""The engine that is always there: Whoosh names the candidates, their texts decide.

Whoosh's own phrase search is slower than reading all texts.  Here it names the documents that hold the rarest pair
of syllables of a phrase; the phrase is looked for in their texts, which lie in the index too.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Self

from index.engine import FACETS, Document, EngineError, Found, Hit
from index.phrases import matches
from index.query import Query
from index.ranking import Rank, rank
from index.whoosh_snapshot import Snapshot
from index.whoosh_store import codec, fields_of, open_index, readable, whoosh

# A stop in the middle of a long run loses one batch; more of them make more segments.
_BATCH = 500
_MEMORY_MB = 128  # more makes indexing no faster


class WhooshEngine:
    """A full-text index in a folder, which is made where it is missing.

    Several threads may use one object, several processes may read while one writes; a second writer waits for
    `patience` seconds and then raises EngineError.
    """

    def __init__(self, folder: Path, *, patience: float = 10.0) -> None:
        self._folder, self._patience, self._lock = folder, patience, Lock()
        self._snapshot: Snapshot | None = None
        with readable(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._index = open_index(whoosh().filedb.filestore.FileStorage(str(folder)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, documents: Iterable[Document]) -> None:
        """Keep documents, in batches of 500, each committed as a whole; one that is known by its id is replaced."""
        remaining = iter(documents)
        while batch := {document.id: document for document in islice(remaining, _BATCH)}:
            with self._writer(batch.keys() & self.ids()) as writer:
                for document in batch.values():
                    writer.add_document(**fields_of(document))

    def remove(self, ids: Iterable[str]) -> None:
        """Forget documents; unknown ids are no error."""
        if known := self.ids().intersection(ids):
            with self._writer(known):
                pass

    @contextmanager
    def _writer(self, replaced: Iterable[str]) -> Iterator[Any]:
        """A writer that has deleted the documents `replaced`; it commits in the end, or cancels on an error."""
        try:
            writer = self._index.writer(codec=codec(), limitmb=_MEMORY_MB, timeout=self._patience)
        except whoosh().index.LockError as error:
            problem = f"another process is writing the full-text index in '{self._folder}'"
            raise EngineError(problem, "wait until it has finished, or end it, and try again") from error
        try:
            with writer.searcher() as searcher:
                for name in replaced:
                    writer.delete_by_term("id", name, searcher=searcher)
            yield writer
            writer.commit()
        except BaseException as error:
            writer.cancel()
            if isinstance(error, OSError):
                problem = f"the full-text index in '{self._folder}' cannot be written: {error.strerror}"
                raise EngineError(problem, "make room on the disk, see that you may write there, try again") from error
            raise

    @contextmanager
    def _latest(self) -> Iterator[Snapshot]:
        """The latest state of the index, for one thread at a time: Whoosh's readers share file positions."""
        with self._lock:
            if self._snapshot and not self._snapshot.is_latest():
                self._snapshot.close()
                self._snapshot = None
            if self._snapshot is None:
                with readable(self._folder):
                    self._snapshot = Snapshot(self._index)
            yield self._snapshot

    def search(self, query: Query, *, limit: int = 10, offset: int = 0) -> Found:
        """All documents that fit `query`: counted, and `limit` of them in order of rank from `offset` on."""
        with self._latest() as snapshot:
            ranks = rank(query.root, snapshot)
            newest = sorted(ranks, key=lambda number: snapshot.about[number].date or "", reverse=True)
            first = nsmallest(offset + limit, newest, key=lambda number: _order(ranks[number]))
            return Found(
                total=len(ranks),
                hits=tuple(_hit(query, snapshot, number, ranks[number]) for number in first[offset:]),
                facets=_facets(snapshot, ranks),
                expanded=query.expanded,
            )

    def count(self) -> int:
        """How many documents it keeps."""
        return len(self.ids())

    def ids(self) -> frozenset[str]:
        """The ids of all documents."""
        with self._latest() as snapshot:
            return frozenset(about.id for about in snapshot.about.values())

    def close(self) -> None:
        """Free its files."""
        with self._lock:
            if self._snapshot:
                self._snapshot.close()
                self._snapshot = None


def _order(found: Rank) -> tuple[bool, bool, float]:
    """Whole words first, then exact accents, then the score."""
    return not found.whole_word, not found.exact_accents, -found.score


def _hit(query: Query, snapshot: Snapshot, number: int, found: Rank) -> Hit:
    sought = query.sought()
    return Hit(
        id=snapshot.about[number].id,
        score=found.score,
        whole_word=found.whole_word,
        exact_accents=found.exact_accents,
        matches=matches(sought, snapshot.text(number)) if sought else (),
    )


def _facets(snapshot: Snapshot, numbers: Iterable[int]) -> dict[str, dict[str, int]]:
    """The values of each facet with their counts, the commonest first."""
    abouts = [snapshot.about[number] for number in numbers]
    counts = {
        facet: Counter(str(value) for about in abouts if (value := getattr(about, facet)) is not None)
        for facet in FACETS
    }
    return {facet: dict(sorted(count.items(), key=lambda item: (-item[1], item[0]))) for facet, count in counts.items()}
