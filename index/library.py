"""The one door: a library is a folder with a catalog (the truth) and a full-text index (derived from it)."""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from time import perf_counter
from typing import TYPE_CHECKING, Self

from corpus.errors import CancuError
from index import user_abbreviations
from index.abbreviations import Table
from index.asking import Asking
from index.catalog import Catalog, CatalogDamagedError
from index.engine import Engine, EngineError, Sort
from index.parser import parse
from index.recent import Recent
from index.results import Added, Answer, Health, Progress, Reindexed
from index.searching import search
from index.sqlite_catalog import SqliteCatalog

if TYPE_CHECKING:
    from index.correcting import Correcting

_CATALOG = "catalog.sqlite"
_INDEX = "index"
_INDEX_NAME = re.compile(rf"{_INDEX}(-[0-9]+)?")  # a folder of another name is somebody's own
# How long a second writer waits for the first, in seconds: long enough for one report, too short to seem dead.
_PATIENCE = 30.0


# A person goes back and forth between some pages; one of ten reports takes 50 KB, and what is longer is no page.
_REMEMBERED, _PAGE = 32, 100


class LibraryError(CancuError):
    """There is no library where one was named."""

    exit_code = 4


def holds_library(folder: Path) -> bool:
    """Is there a library in `folder`?"""
    return (folder / _CATALOG).is_file()


def open_library(folder: Path, *, create: bool = False, tell_waiting: Callable[[str], None] | None = None) -> "Library":
    """The library in `folder`, made if `create` is set; raises LibraryError where there is none or none can be made.

    `tell_waiting` is called with who holds the writer's lock when a change must wait for it.
    """
    if not holds_library(folder):
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
    return Library(folder, tell_waiting=tell_waiting)


def repair_library(folder: Path, *, jobs: int = 1, tell_waiting: Callable[[str], None] | None = None) -> Health:
    """Mend what is wrong with the library in `folder`; what can be read of a damaged catalog is saved first."""
    from index.lock import writer_lock
    from index.salvage import salvage

    path, saved = folder / _CATALOG, []
    try:
        with open_library(folder, tell_waiting=tell_waiting) as library:
            library.catalog.require_whole()
    except CatalogDamagedError as error:
        with writer_lock(folder, patience=_PATIENCE, tell=tell_waiting or (lambda _: None)):
            kept, count = salvage(path)
        saved.append(f"{error.problem}; {count} reports were saved, the damaged file is kept as {kept}")
    with open_library(folder, tell_waiting=tell_waiting) as library:
        if saved:
            library.reindex(jobs=jobs)
        health = library.check(repair=True, jobs=jobs)
    return replace(health, repaired=(*saved, *health.repaired))


class Library(Asking):
    """Reports that can be added, searched, traced and drawn; use it as a context manager, or close it."""

    def __init__(self, folder: Path, *, tell_waiting: Callable[[str], None] | None = None) -> None:
        self.folder = folder
        self._tell_waiting = tell_waiting or (lambda _: None)
        self.catalog: Catalog = SqliteCatalog(folder / _CATALOG)
        self._opened: tuple[Path, Engine] | None = None
        self._answers: Recent[Hashable, Answer] = Recent(_REMEMBERED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _index(self) -> Path:
        """The folder of the full-text index: each time it is built anew it is another."""
        return self.folder / (self.catalog.setting(_INDEX) or _INDEX)

    @property
    def _engine(self) -> Engine:
        """The full-text index, opened when it is first asked, and again where it was built anew: tracing needs none."""
        if self._opened is None or self._opened[0] != self._index:
            from index.whoosh_engine import WhooshEngine

            self._close_engine()
            self._opened = self._index, WhooshEngine(self._index)
        return self._opened[1]

    @property
    def abbreviations(self) -> Table:
        """The shipped abbreviations with those of this library; raises TableError where its file is broken."""
        return user_abbreviations.read_table(self.folder)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        from index.lock import writer_lock

        with writer_lock(self.folder, patience=_PATIENCE, tell=self._tell_waiting):
            yield

    def add(
        self,
        paths: Sequence[Path],
        *,
        jobs: int = 1,
        prune: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> Added:
        """Read the files at `paths` (folders with all below them) and keep what they say and cite.

        A file that cannot be read is listed, the others go in; one that was read before keeps what it said then.
        `jobs` processes read (a script that asks for more than one needs `if __name__ == "__main__"`).  With `prune`
        files that have vanished from these folders are removed.
        Raises LibraryLockedError where another process changes the library.
        """
        from index.building import Building

        with self._writing():
            return Building(self.catalog, self._engine, jobs=jobs, tell=progress).add(paths, prune=prune)

    def reindex(
        self, *, citations: bool = False, jobs: int = 1, progress: Callable[[Progress], None] | None = None
    ) -> Reindexed:
        """Build the full-text index anew from the catalog, beside the old one, which it then replaces.

        Citations that older rules have found are found again, with `citations` all of them.
        """
        with self._writing():
            return self._reindex(citations=citations, jobs=jobs, progress=progress)

    def _reindex(
        self, *, citations: bool = False, jobs: int = 1, progress: Callable[[Progress], None] | None = None
    ) -> Reindexed:
        from index.reindex import reindex
        from index.whoosh_engine import WhooshEngine

        current = self._index.name
        self._remove_indexes(but=current)
        number = int(current.partition("-")[2] or 1) + 1
        cite = self.catalog.ids() if citations else self.catalog.outdated()
        with WhooshEngine(self.folder / f"{_INDEX}-{number}") as engine:
            done = reindex(self.catalog, engine, cite=cite, jobs=jobs, tell=progress)
        with self.catalog.writing():
            self.catalog.set_setting(_INDEX, f"{_INDEX}-{number}")
            self.catalog.set_indexed(self.catalog.unindexed())
        self._close_engine()
        self._remove_indexes(but=f"{_INDEX}-{number}")
        return done

    def _remove_indexes(self, *, but: str) -> None:
        """Remove what an interrupted run, or a reader that had an old index open on Windows, has left."""
        for folder in self.folder.glob(f"{_INDEX}*"):
            if folder.is_dir() and folder.name != but and _INDEX_NAME.fullmatch(folder.name):
                rmtree(folder, ignore_errors=True)

    @contextmanager
    def correcting(self) -> Iterator["Correcting"]:
        """Who sets right what was extracted, while no other process changes it; the index learns it at the end.

        Raises LibraryLockedError where another process changes the library.
        """
        from index.building import Building
        from index.correcting import Correcting

        with self._writing():
            yield Correcting(self.catalog)
            if self.catalog.unindexed():
                Building(self.catalog, self._engine).catch_up()

    def search(self, text: str, *, limit: int = 10, offset: int = 0, sort: Sort = "rank") -> Answer:
        """The reports that fit a query, `limit` of them from `offset` on, by rank or by date.

        Raises QueryError where it cannot be understood, LibraryError where the index is gone.
        """
        began, engine, table = perf_counter(), self._engine, self.abbreviations

        def ask(_: Hashable) -> Answer:
            return search(self.catalog, engine, parse(text, table), limit=limit, offset=offset, sort=sort)

        # `engine` stands for itself: an index that was built anew has another.
        key = (text, limit, offset, sort, table, engine, engine.state(), self.catalog.state())
        answer = self._answers.get(key, ask) if limit <= _PAGE else ask(key)
        if answer.behind and not answer.found.kept:
            raise LibraryError(
                "the index of this library is gone or empty", "make it anew with 'cancu doctor --repair'"
            )
        return replace(answer, took_ms=(perf_counter() - began) * 1000)

    def check(self, *, repair: bool = False, jobs: int = 1) -> Health:
        """Is all well?  With `repair` what is wrong with catalog and index is mended.

        Raises CatalogDamagedError where the catalog cannot be read (`repair_library`).
        """
        self.catalog.require_whole()
        if not repair:
            problems = (*self.catalog.check(), *self._unlike(), *self._outdated())
            return Health(counts=self.catalog.counts(), problems=problems, repaired=())
        with self._writing():
            repaired = [*self.catalog.check(), *self._unlike()]
            if self.catalog.check():
                self.catalog.mend()
            if self._unlike():
                self._reindex(jobs=jobs)
            return Health(counts=self.catalog.counts(), problems=self._outdated(), repaired=tuple(repaired))

    def _outdated(self) -> tuple[str, ...]:
        old = len(self.catalog.outdated())
        return (f"{old} reports were read by older rules: 'cancu reindex' finds their citations again",) if old else ()

    def _unlike(self) -> tuple[str, ...]:
        """What the index has too much or too little, and what is damaged in it."""
        try:
            kept, indexed, faults = self.catalog.ids(), self._engine.ids(), tuple(self._engine.faults())
        except EngineError as error:
            return (str(error),)
        lost, extra = len(kept - indexed), len(indexed - kept)
        unlike = (f"the index lacks {lost} reports and has {extra} too many",) if lost or extra else ()
        old = len(self.catalog.unindexed())
        corrected = (f"the index does not know the corrections of {old} reports",) if old else ()
        return (*faults, *unlike, *corrected)

    def close(self) -> None:
        """Free all files."""
        self._close_engine()
        self.catalog.close()

    def _close_engine(self) -> None:
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None
