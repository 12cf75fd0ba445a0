"""How a library grows: files are read in processes, their reports written in batches, the catalog always first.

The catalog is the truth.  What it has and the index lacks, after whatever interruption, the next run brings to the
index from the segmented texts that the catalog keeps.
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from corpus.errors import ReadError
from corpus.model import Report
from corpus.source import content_hash, find_files, has_vanished
from index.catalog import Catalog, Failure, FilePlace
from index.documents import document_of, unpack
from index.engine import Document, Engine
from index.reading import NOTHING, Failed, Known, Taken, Work, fault_with, make, name_of, take
from index.results import Added, Progress
from index.workers import DiedError, Workers

# Written to the catalog at once: as many files, or those of as many seconds; an interrupted run reads them again.
# Chosen so that progress moves every two seconds; other sizes were not measured.
_BATCH = 200
_PAUSE = 2.0
# Fewer files are read without processes, which take seconds to start; a guess, to be measured with the engine.
_ALONE = 24

Tell = Callable[[Progress], None]


class Building:
    """One run of changing a library, whose lock is held; `jobs` processes read, this one writes."""

    def __init__(self, catalog: Catalog, engine: Engine, *, jobs: int = 1, tell: Tell | None = None) -> None:
        self._catalog, self._engine, self._jobs = catalog, engine, jobs
        self._tell = tell or (lambda _: None)
        self._places: dict[str, FilePlace] = {}
        self._failed: dict[Path, str] = {}
        self._behind: list[tuple[str, str]] = []
        self._counts = {"added": 0, "updated": 0, "unchanged": 0, "duplicates": 0, "removed": 0}
        self._documents: list[Document] = []
        self._gone: set[str] = set()
        self._of = 0

    def add(self, paths: Sequence[Path], *, prune: bool = False) -> Added:
        """Bring the library in step with the files at `paths`; with `prune` forget what has vanished there."""
        self.catch_up()
        files, listed, absent = _files(paths)
        self._of = len(files)
        self._places = {place.path: place for place in self._catalog.places()}
        waiting = self._changed(files)
        with closing(self._read(waiting)) as done:
            self._write(done)
        if prune:
            self._prune(listed, {name_of(file) for file in files})
        self._index()
        self._index_corrected()
        self._drop_failures(files)
        failed = (*absent, *self._behind, *((str(path), error) for path, error in self._failed.items()))
        return Added(**self._counts, failed=failed)

    def catch_up(self) -> None:
        """Bring the index in step with the catalog, from which an interruption may have kept it."""
        kept, indexed = self._catalog.ids(), self._engine.ids()
        self._engine.remove(indexed - kept)
        self._index_again(kept - indexed)
        self._index_corrected()

    def _index_corrected(self) -> None:
        """Bring the cards to the index that persons have corrected."""
        if corrected := self._catalog.unindexed():
            done = self._index_again(corrected)
            with self._catalog.writing():
                self._catalog.set_indexed(done)

    def _index_again(self, ids: Iterable[str]) -> set[str]:
        """Bring these reports to the index; returns those that could be brought."""
        done = set()
        for work in remade(self._catalog, sorted(ids), jobs=self._jobs):
            if isinstance(work, Work):
                self._keep_words(work)
                self._index(at_least=_BATCH)
                done.add(work.report.id)
            else:
                self._behind.append((work[0].file, work[1]))
        self._index()
        return done

    def _keep_words(self, work: Work) -> None:
        if work.packed is not None:
            with self._catalog.writing():
                self._catalog.put_prepared(work.report.id, work.packed)
        self._document(work)

    def _document(self, work: Work) -> None:
        card = self._catalog.card(work.report.id)
        if work.prepared is not None and card is not None:
            self._documents.append(document_of(work.report, card, work.prepared))

    def _changed(self, files: Sequence[Path]) -> list[Path]:
        """The files that are not as they were when they were read; the others are done."""
        waiting = []
        for file in files:
            known = self._places.get(name_of(file))
            if known is None:
                waiting.append(file)
                continue
            try:
                same = content_hash(file) == known.hash
            except ReadError as error:
                self._done(file, Failed(error=str(error)))
                continue
            if same:
                self._done(file, "unchanged")
            else:
                waiting.append(file)
        return waiting

    def _done(self, file: Path, what: str | Failed) -> None:
        if isinstance(what, Failed):
            self._failed[file] = what.error
        else:
            self._counts[what] += 1
        done = sum(self._counts.values()) - self._counts["removed"] + len(self._failed)
        self._tell(Progress(done=done, of=self._of, failed=len(self._failed), file=str(file)))

    def _read(self, files: Sequence[Path]) -> Generator[tuple[Path, Taken | Failed], None, None]:
        known = Known.of(self._places)
        if self._jobs == 1 or len(files) < _ALONE:
            for file in files:
                yield file, take(file, known)
            return
        with closing(Workers[Path, Taken | Failed](take, known, jobs=self._jobs).results(files)) as results:
            for file, result in results:
                yield file, _died(str(file)) if isinstance(result, DiedError) else result

    def _write(self, read: Iterable[tuple[Path, Taken | Failed]]) -> None:
        batch: list[tuple[Path, Taken | Failed]] = []
        until = monotonic() + _PAUSE
        try:
            for one in read:
                batch.append(one)
                if len(batch) >= _BATCH or monotonic() > until:
                    self._commit(batch)
                    batch, until = [], monotonic() + _PAUSE
            self._commit(batch)
        except KeyboardInterrupt:
            self._tell = lambda _: None
            self._commit(batch)  # again, where it was interrupted itself: writing it twice changes nothing
            self._index()
            raise

    def _commit(self, batch: Sequence[tuple[Path, Taken | Failed]]) -> None:
        """Write a batch, as a whole, and say of its files that they are done."""
        with self._catalog.writing():
            outcomes = [(file, self._keep(file, what)) for file, what in batch]
            now = datetime.now(UTC).isoformat(timespec="seconds")
            failed = [(name_of(file), what.error) for file, what in outcomes if isinstance(what, Failed)]
            self._catalog.note_failures(Failure(path=path, error=error, since=now) for path, error in failed)
        self._index(at_least=_BATCH)
        for file, what in outcomes:
            self._done(file, what)

    def _keep(self, file: Path, taken: Taken | Failed) -> str | Failed:
        """Write one file; returns what was done."""
        if isinstance(taken, Failed):
            return taken
        is_new = self._catalog.card(taken.place.report) is None
        if is_new and (taken.work is None or taken.work.filed is None):
            # Its text was known when it was read, and then the last file that held it has changed.
            taken = take(file, NOTHING)
            if isinstance(taken, Failed):
                return taken
        known = self._places.get(taken.place.path)
        if known is not None and known.report != taken.place.report:
            self._forget(known.path)
        if is_new and taken.work is not None and taken.work.filed is not None:
            self._catalog.put(taken.work.report, taken.work.filed, taken.place)
            if taken.work.packed is not None and taken.work.prepared is not None:
                self._catalog.put_prepared(taken.place.report, taken.work.packed)
                self._document(taken.work)
            self._gone.discard(taken.place.report)
        else:
            self._catalog.put_place(taken.place)
        self._places[taken.place.path] = taken.place
        if known is not None:
            return "updated"
        return "added" if is_new else "duplicates"

    def _forget(self, path: str) -> None:
        gone = self._catalog.forget(path)
        if gone is not None:
            self._gone.add(gone)

    def _index(self, *, at_least: int = 1) -> None:
        """Bring to the index what the catalog has learnt and forgotten, if it is as much."""
        if len(self._documents) >= at_least or (self._gone and at_least == 1):
            self._engine.add(d for d in self._documents if d.id not in self._gone)
            self._engine.remove(self._gone)
            self._documents, self._gone = [], set()

    def _prune(self, listed: Sequence[Path], found: set[str]) -> None:
        """Forget the files below these folders that have vanished."""
        gone = [
            path
            for folder in listed
            for path in self._places
            if path not in found and Path(path).is_relative_to(name_of(folder)) and has_vanished(Path(path), folder)
        ]
        with self._catalog.writing():
            for path in dict.fromkeys(gone):
                self._forget(path)
                self._counts["removed"] += 1

    def _drop_failures(self, files: Sequence[Path]) -> None:
        """Take off the list of what cannot be read those files that can be read again or are gone."""
        failed = {name_of(file) for file in self._failed}
        read = {name_of(file) for file in files} - failed
        now_read = [f.path for f in self._catalog.failures() if f.path in read or not Path(f.path).exists()]
        if drop := [path for path in now_read if path not in failed]:
            with self._catalog.writing():
                self._catalog.drop_failures(drop)


def remade(
    catalog: Catalog, ids: Sequence[str], *, jobs: int, cite: frozenset[str] = frozenset()
) -> Generator[Work | tuple[Report, str], None, None]:
    """These reports with their words, and those in `cite` with their citations found again; or (report, error).

    Words that the catalog keeps are not made again.
    """
    slow = []
    for report_id in ids:
        report, packed = catalog.extracted(report_id), catalog.prepared(report_id)
        if report is not None and packed is not None and report_id not in cite:
            yield Work(report=report, prepared=unpack(packed))
        else:
            slow.append(report_id)
    tasks = ((r, i in cite, catalog.prepared(i)) for i in slow if (r := catalog.extracted(i)) is not None)
    if jobs == 1 or len(slow) < _ALONE:
        for task in tasks:
            yield remake(task)
        return
    workers = Workers[Remaking, Work | tuple[Report, str]](remake, jobs=jobs)
    with closing(workers.results(tasks)) as results:
        for task, result in results:
            yield (task[0], _died(task[0].file).error) if isinstance(result, DiedError) else result


Remaking = tuple[Report, bool, bytes | None]


def remake(task: Remaking) -> Work | tuple[Report, str]:
    """In any process: what is missing of a report, by (report, is it to be cited again, its words as kept)."""
    report, cite, packed = task
    try:
        work = make(report, cite=cite, segment=packed is None)
    except Exception as error:  # noqa: BLE001 — a fault of ours with one report must not stop the others
        return report, fault_with(report.file, error)
    return work if packed is None else Work(report=report, filed=work.filed, prepared=unpack(packed))


def _died(file: str) -> Failed:
    return Failed(
        error=f"'{file}': the process that read it ended — it needs too much memory, or was killed; add it alone"
    )


def _files(paths: Sequence[Path]) -> tuple[list[Path], list[Path], list[tuple[str, str]]]:
    """The files at `paths`, each once, the paths that could be listed, and (path, error) of those that hold none."""
    files: dict[Path, None] = {}
    listed, failed = [], []
    for path in paths:
        try:
            files.update(dict.fromkeys(find_files([path])))
            listed.append(path)
        except ReadError as error:
            failed.append((str(path), str(error)))
    return list(files), listed, failed
