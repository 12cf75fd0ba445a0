"""The one door: a library is a folder with a catalog (the truth) and a full-text index (derived from it)."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Self

from corpus.errors import CancuError, ReadError
from corpus.model import Report
from corpus.reading import read_report
from corpus.source import content_hash, find_files
from graph import network, questions
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.questions import Trace
from index import user_abbreviations
from index.abbreviations import Table
from index.catalog import Catalog, Failure, FilePlace
from index.engine import Document, Engine, EngineError, Sort
from index.parser import parse
from index.results import Added, Answer, Health
from index.searching import search
from index.sqlite_catalog import SqliteCatalog
from index.words import prepare

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_CATALOG = "catalog.sqlite"
_INDEX = "index"
# Reports written at once: an interrupted run loses at most these.
_BATCH = 50


class LibraryError(CancuError):
    """There is no library where one was named."""

    exit_code = 4


def open_library(folder: Path, *, create: bool = False) -> "Library":
    """The library in `folder`, made if `create` is set; raises LibraryError where there is none or none can be made."""
    if not (folder / _CATALOG).is_file():
        if not create:
            raise LibraryError(
                f"there is no library in '{folder}'", "make one with 'cancu add FOLDER', or name it with --library"
            )
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise LibraryError(
                f"'{folder}' is not empty and no library", "name a new or an empty folder with --library"
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"no library can be made in '{folder}': {error.strerror}", "name another folder with --library"
            ) from error
    return Library(SqliteCatalog(folder / _CATALOG), folder / _INDEX)


class Library:
    """Reports that can be added, searched, traced and drawn; use it as a context manager, or close it."""

    def __init__(self, catalog: Catalog, index: Path) -> None:
        self.catalog = catalog
        self._index = index
        self._opened: Engine | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _engine(self) -> Engine:
        """The full-text index, opened when it is first asked: tracing needs none."""
        if self._opened is None:
            from index.whoosh_engine import WhooshEngine

            self._opened = WhooshEngine(self._index)
        return self._opened

    @property
    def folder(self) -> Path:
        """Where the library lies."""
        return self._index.parent

    @property
    def abbreviations(self) -> Table:
        """The shipped abbreviations with those of this library; raises TableError where its file is broken."""
        return user_abbreviations.read_table(self.folder)

    def add(self, paths: Sequence[Path], *, progress: Callable[[int, int, str], None] | None = None) -> Added:
        """Read the files at `paths` (folders with all below them) and keep what they say and cite.

        A file that cannot be read is listed, the others go in.  `progress(done, of, file)` is called for each file.
        """
        files, absent = _files(paths)
        failed: list[tuple[Path, str]] = []
        counts = {"added": 0, "updated": 0, "unchanged": 0, "duplicates": 0}
        self._catch_up()
        batch: list[Report] = []
        try:
            for done, path in enumerate(files):
                if progress:
                    progress(done, len(files), str(path))
                try:
                    what, report = self._take(path)
                except CancuError as error:
                    failed.append((path, str(error)))
                    continue
                except Exception as error:  # noqa: BLE001 — a fault of ours with one file must not stop the batch
                    failed.append((path, f"'{path}': {type(error).__name__}: {error} — please report this file"))
                    continue
                counts[what] += 1
                batch += [report] if report else []
                if len(batch) >= _BATCH:
                    self._engine.add(map(_document, batch))
                    batch = []
        finally:  # also when interrupted: what is in the catalog must be found
            self._engine.add(map(_document, batch))
            self._engine.remove(self._engine.ids() - self.catalog.ids())
            self._note(files[: sum(counts.values()) + len(failed)], failed)
        return Added(**counts, failed=(*absent, *((str(path), error) for path, error in failed)))

    def _note(self, files: Sequence[Path], failed: Sequence[tuple[Path, str]]) -> None:
        """Keep the list of files that cannot be read: these now, those of before unless they were read or are gone."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        errors = {_name(path): error for path, error in failed}
        read = {_name(path) for path in files} - errors.keys()
        with self.catalog.writing():
            self.catalog.note_failures(Failure(path=path, error=error, since=now) for path, error in errors.items())
            gone = [f.path for f in self.catalog.failures() if f.path in read or not Path(f.path).exists()]
            self.catalog.drop_failures(path for path in gone if path not in errors)

    def _take(self, path: Path) -> tuple[str, Report | None]:
        """Bring the catalog up to date with one file: what was done, and the report that the index must learn."""
        name = _name(path)
        digest, stat = content_hash(path), path.stat()
        known = self.catalog.place(name)
        if known is not None and known.hash == digest:
            return "unchanged", None
        report = replace(read_report(path), file=name)
        place = FilePlace(path=name, hash=digest, size=stat.st_size, mtime_ns=stat.st_mtime_ns, report=report.id)
        is_new = self.catalog.card(report.id) is None
        filed = file_reading(report, find_citations(report)) if is_new else None
        with self.catalog.writing():
            if known is not None and known.report != report.id:
                self.catalog.forget(name)
            if filed is None:
                self.catalog.put_place(place)
            else:
                self.catalog.put(report, filed, place)
        if known is not None:
            return "updated", report if is_new else None
        return ("added", report) if is_new else ("duplicates", None)

    def _catch_up(self) -> int:
        """Index what an interrupted run left in the catalog alone; returns how many reports that were."""
        missing = sorted(self.catalog.ids() - self._engine.ids())
        self._engine.add(_document(report) for i in missing if (report := self.catalog.report(i)) is not None)
        return len(missing)

    def search(self, text: str, *, limit: int = 10, offset: int = 0, sort: Sort = "rank") -> Answer:
        """The reports that fit a query, `limit` of them from `offset` on, by rank or by date.

        Raises QueryError where it cannot be understood, LibraryError where the index is gone.
        """
        if not self._engine.count() and self.catalog.size():
            raise LibraryError(
                "the index of this library is gone or empty", "make it anew with 'cancu doctor --repair'"
            )
        query = parse(text, self.abbreviations)
        return search(self.catalog, self._engine, query, limit=limit, offset=offset, sort=sort)

    def trace(self, reference: str) -> Trace:
        """Who carries out what `reference` can mean; raises UnknownReferenceError where it means nothing here."""
        return questions.trace(self.catalog, reference)

    def graph(self, reference: str | None = None, *, depth: int = 2) -> "MultiDiGraph[str]":
        """The graph around the documents that `reference` can mean, or the whole one."""
        if reference is None:
            return network.whole_graph(self.catalog)
        from networkx import compose_all

        return compose_all(
            network.ego_graph(self.catalog, entry, depth=depth)
            for entry in questions.resolve_reference(self.catalog, reference)
        )

    def find_report(self, name: str) -> Report:
        """The report of that id, file or file name; raises ReadError where none or several bear it."""
        fitting = [c.id for c in self.catalog.cards() if name in (c.id, c.file, Path(c.file).name, Path(c.file).stem)]
        if len(fitting) > 1:
            raise ReadError(f"{len(fitting)} reports are called {name!r}", f"give the id: {', '.join(fitting)}")
        report = self.catalog.report(fitting[0]) if fitting else None
        if report is None:
            raise ReadError(
                f"no report of the library is called {name!r}", "give its id or file name as 'cancu search' shows it"
            )
        return report

    def check(self, *, repair: bool = False) -> Health:
        """Is all well?  With `repair` the index is brought in step with the catalog."""
        problems = list(self.catalog.check())
        repaired: list[str] = []
        try:
            self._engine.count()
        except EngineError as error:
            if not repair:
                return Health(counts=self.catalog.counts(), problems=(*problems, str(error)), repaired=())
            if self._opened is not None:
                self._opened.close()
                self._opened = None
            rmtree(self._index, ignore_errors=True)
            repaired.append(error.problem)
        lost, extra = self.catalog.ids() - self._engine.ids(), self._engine.ids() - self.catalog.ids()
        if lost or extra:
            said = f"the index lacks {len(lost)} reports and has {len(extra)} too many"
            (repaired if repair else problems).append(said)
        if repair:
            self._catch_up()
            self._engine.remove(extra)
        return Health(counts=self.catalog.counts(), problems=tuple(problems), repaired=tuple(repaired))

    def close(self) -> None:
        """Free all files."""
        if self._opened is not None:
            self._opened.close()
        self.catalog.close()


def _files(paths: Sequence[Path]) -> tuple[list[Path], list[tuple[str, str]]]:
    """The files at `paths`, each once, and the paths that hold none."""
    files: dict[Path, None] = {}
    failed = []
    for path in paths:
        try:
            files.update(dict.fromkeys(find_files([path])))
        except ReadError as error:
            failed.append((str(path), str(error)))
    return list(files), failed


def _name(path: Path) -> str:
    """The one name of a file: absolute, without "..", and text even where its bytes are none."""
    return os.path.normpath(path.absolute()).encode("utf-8", "backslashreplace").decode("utf-8")


def _document(report: Report) -> Document:
    """A report as an engine takes it in: segmentation is the slow part of adding."""
    card = card_of(report)
    return Document(
        id=report.id,
        prepared=prepare(report.text),
        title=card.title,
        unit=card.unit,
        year=card.year,
        type=card.type,
        level=card.level,
        date=card.date,
    )
