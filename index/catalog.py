"""What a catalog is: it keeps reports and what they cite; it is the truth from which the index is derived."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from corpus.errors import CancuError
from corpus.model import Report
from graph.corrections import Correction
from graph.filing import Card, Filed
from graph.questions import Source


class CatalogError(CancuError):
    """A catalog that cannot be read or written."""


class CatalogDamagedError(CatalogError):
    """A catalog that is damaged, or a file that is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlace:
    """Where a report lies: absolute path, and hash, size in bytes and time (ns) of the file when it was read."""

    path: str
    hash: str
    size: int
    mtime_ns: int
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A file that could not be read: why, and since when (ISO, UTC)."""

    path: str
    error: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a catalog keeps."""

    reports: int
    units: int
    instruments: int
    citations: int
    links: int
    failures: int


WhyNot = Literal["no report", "no citation", "no instrument", "joined", "circular", "superseded"]
"""Why a correction does nothing now: what it is about is not there, is part of another, or has a later correction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A correction that is kept, and why it does nothing now; None where it is in effect."""

    correction: Correction
    why_not: WhyNot | None


class Catalog(Source, Protocol):
    """Reports with their text, citations, documents and links; answers the questions of the graph.

    Writing happens inside `writing()`: all of it or nothing.  Any number of readers may read meanwhile.
    What is put in is as it was extracted, what is answered as persons have corrected it.
    """

    def writing(self) -> AbstractContextManager[None]:
        """All that is written inside becomes visible at its end; nothing of it if it fails."""

    def put(self, report: Report, filed: Filed | None, place: FilePlace | None = None) -> None:
        """Keep a report with what it cites (None: not found yet); one of that id is replaced, and stays where it is."""

    def put_prepared(self, report_id: str, packed: bytes) -> None:
        """Keep the segmented text of a report (`index.documents.pack`)."""

    def prepared(self, report_id: str) -> bytes | None:
        """The segmented text of a report; None where it is not kept, or the rules have changed since."""

    def outdated(self) -> frozenset[str]:
        """The reports whose citations were found by older rules."""

    def setting(self, name: str) -> str | None:
        """What is noted under that name."""

    def set_setting(self, name: str, value: str) -> None:
        """Note something under a name."""

    def put_place(self, place: FilePlace) -> None:
        """Note that a known report lies at one more path, or that its file was touched."""

    def forget(self, path: str) -> str | None:
        """Forget the file at `path`; returns the id of its report if it lay nowhere else and is forgotten too."""

    def place(self, path: str) -> FilePlace | None:
        """What is known of the file at `path`."""

    def places(self) -> Sequence[FilePlace]:
        """All files, by path."""

    def report(self, report_id: str) -> Report | None:
        """The report of that id, with its text."""

    def extracted(self, report_id: str) -> Report | None:
        """The report of that id as its file says, without corrections."""

    def correct(self, corrections: Iterable[Correction], *, known: bool = True) -> None:
        """Keep corrections, each under a new id if it has none; they hold from the end of `writing()` on.

        `known`: the files that they name are those of this library, so that they hold for what these say later.
        """

    def uncorrect(self, ids: Iterable[int]) -> None:
        """Forget corrections: what was extracted holds again."""

    def corrections(self) -> Sequence[Standing]:
        """All corrections, the oldest first."""

    def unindexed(self) -> frozenset[str]:
        """The reports whose card has been corrected since the full-text index learnt it."""

    def set_indexed(self, reports: Iterable[str]) -> None:
        """Note that the full-text index knows the cards of these reports as they are."""

    def texts(self, ids: Sequence[str]) -> Mapping[str, tuple[Card, str]]:
        """The cards and texts of these reports, in their order; one that is not there is left out."""

    def citing(self, entries: Iterable[str]) -> frozenset[str]:
        """The ids of the reports that cite one of these documents; its own number in a report is no citation."""

    def most_cited(self, reports: Collection[str] | None, limit: int) -> Sequence[tuple[str, str, int]]:
        """(id, label, number of reports) of the documents that most of these reports cite, most first, then by id."""

    def spans(self, reports: Sequence[str], entries: Iterable[str]) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where in the texts of these reports these documents are cited, in order; without those that cite none."""

    def card(self, report_id: str) -> Card | None:
        """The card of that report."""

    def state(self) -> Hashable:
        """Another value whenever this or another process has written."""

    def size(self) -> int:
        """How many reports there are."""

    def ids(self) -> frozenset[str]:
        """The ids of all reports."""

    def note_failures(self, failures: Iterable[Failure]) -> None:
        """Keep why files could not be read; a file that is read later is taken off the list by `put`."""

    def drop_failures(self, paths: Iterable[str]) -> None:
        """Take files off the list of those that could not be read."""

    def failures(self) -> Sequence[Failure]:
        """The files that could not be read, by path."""

    def counts(self) -> Counts:
        """How much there is."""

    def require_whole(self) -> None:
        """Check that all of it can be read; raises CatalogDamagedError."""

    def check(self) -> Sequence[str]:
        """What is wrong with the stored data, a sentence each; empty where all is well."""

    def mend(self) -> None:
        """Drop what points to nothing, and settle all documents anew."""

    def close(self) -> None:
        """Free its files."""
