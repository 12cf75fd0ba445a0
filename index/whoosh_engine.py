"""The engine that is always there: Whoosh keeps the reports, arrays in its segments find the places."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Self

from index.abbreviations import Form
from index.engine import FACETS, Document, EngineError, Found, Hit, Sort
from index.fields import FIELDS
from index.postings import Coder
from index.query import Phrase, Query
from index.similar import similar
from index.whoosh_column import Kept
from index.whoosh_package import whoosh
from index.whoosh_snapshot import Snapshot
from index.whoosh_store import abandon, again, merge_small, open_index, open_writer, readable
from index.words import unsegmented

# A stop in the middle of a long run loses one batch; more of them make more segments.
_BATCH = 1000


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
        """Keep documents, in batches of 1,000, each committed as a whole; one that is known by its id is replaced."""
        remaining = iter(documents)
        while batch := {document.id: document for document in islice(remaining, _BATCH)}:
            coder = Coder()
            with self._writer(batch.keys() & self.ids()) as writer:
                for document in batch.values():
                    writer.add_document(id=document.id, report=_kept(document, coder))

    def remove(self, ids: Iterable[str]) -> None:
        """Forget documents; unknown ids are no error."""
        if known := self.ids().intersection(ids):
            with self._writer(known):
                pass

    @contextmanager
    def _writer(self, replaced: Iterable[str]) -> Iterator[Any]:
        """A writer that has deleted the documents `replaced`; it commits in the end, or cancels on an error."""
        try:
            writer = open_writer(self._index, self._patience)
        except whoosh().index.LockError as error:
            problem = f"another process is writing the full-text index in '{self._folder}'"
            raise EngineError(problem, "wait until it has finished, or end it, and try again") from error
        try:
            with writer.searcher() as searcher:
                for name in replaced:
                    writer.delete_by_term("id", name, searcher=searcher)
            yield writer
            writer.commit(mergetype=merge_small)
        except BaseException as error:
            abandon(writer)
            if isinstance(error, OSError):
                problem = f"the full-text index in '{self._folder}' cannot be written: {error.strerror}"
                raise EngineError(problem, "make room on the disk, see that you may write there, try again") from error
            raise

    def _latest(self) -> Snapshot:
        """The latest state of the index, which stays as it is however long it is used."""
        with self._lock, readable(self._folder):
            if self._snapshot is None or not self._snapshot.is_latest():
                self._snapshot = again(lambda: Snapshot(self._index, self._snapshot))
            return self._snapshot

    def search(self, query: Query, *, limit: int = 10, offset: int = 0, sort: Sort = "rank") -> Found:
        """All documents that fit `query`: counted, and `limit` of them in order from `offset` on."""
        snapshot = self._latest()
        ranks, order = snapshot.rank(query.root, sort)
        shown = order[offset : offset + limit]
        sought = query.sought()
        return Found(
            total=len(order),
            hits=tuple(
                Hit(
                    id=snapshot.ids[number],
                    score=float(ranks.score[number]),
                    whole_word=bool(ranks.whole[number]),
                    exact_accents=bool(ranks.exact[number]),
                    matches=snapshot.matches(sought, number),
                )
                for number in shown.tolist()
            ),
            reports=tuple(map(snapshot.ids.__getitem__, order.tolist())),
            kept=int(snapshot.alive.sum()),
            facets={name: snapshot.field(name).counts(order) for name in FACETS},
        )

    def state(self) -> Hashable:
        """Another value whenever what it keeps has changed."""
        generation: int = self._latest().generation
        return generation

    def similar(self, phrase: Phrase, *, letters: bool = True) -> Sequence[Form]:
        """What documents have in the place of a phrase, with other accents or `letters`; the likeliest first."""
        return similar([finder for _, _, finder in self._latest().parts], phrase.forms[0], letters=letters)

    def count(self) -> int:
        """How many documents it keeps."""
        return int(self._latest().alive.sum())

    def ids(self) -> frozenset[str]:
        """The ids of all documents."""
        snapshot = self._latest()
        return frozenset(name for name, alive in zip(snapshot.ids, snapshot.alive, strict=True) if alive)

    def faults(self) -> Sequence[str]:
        """What is damaged in its files, a sentence each; reads all of them."""
        segments = self._latest().segments.items()
        return [f"the segment {name} of the index is damaged" for name, (kept, _) in segments if not kept.is_whole()]

    def close(self) -> None:
        """Free its files, as soon as nobody looks at an answer any more."""
        self._snapshot = None


def _kept(document: Document, coder: Coder) -> Kept:
    values = tuple(None if value is None else str(value) for value in (getattr(document, name) for name in FIELDS))
    title = unsegmented(document.title or "").marked
    return Kept(document.id, values, coder.code(document.prepared.marked, document.headings), coder.code(title))
