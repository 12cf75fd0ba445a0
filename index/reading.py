"""What is done with one file, and with one report that is read again: all that needs no catalog, so in any process."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from os.path import normpath
from pathlib import Path

from corpus.errors import CancuError
from corpus.model import Report
from corpus.reading import read_report
from corpus.source import content_hash
from graph.extract import find_citations
from graph.filing import Filed, file_reading
from index.catalog import FilePlace
from index.documents import pack
from index.words import Prepared, prepare


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A report with what is made of it; `filed` and `prepared` are None where they were not asked for."""

    report: Report
    filed: Filed | None = None
    prepared: Prepared | None = None
    packed: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file that was read; `work` is None where the library knows a file of the same bytes."""

    place: FilePlace
    work: Work | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A file that could not be read, and why."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the library knows already: hashes of files, each with the id of its report."""

    reports: Mapping[str, str]
    ids: frozenset[str]

    @classmethod
    def of(cls, places: Mapping[str, FilePlace]) -> "Known":
        """What these files are."""
        reports = {place.hash: place.report for place in places.values()}
        return cls(reports=reports, ids=frozenset(reports.values()))


NOTHING = Known(reports={}, ids=frozenset())


def take(file: Path, known: Known) -> Taken | Failed:
    """Read a file and find its citations and words; whatever goes wrong is told as a sentence."""
    try:
        return _take(file, known)
    except CancuError as error:
        return Failed(error=str(error))
    except MemoryError:
        return Failed(error=f"'{file}' needs more memory than there is — split it, or read it alone")
    except Exception as error:  # noqa: BLE001 — a fault of ours with one file must not stop the batch
        return Failed(error=fault_with(str(file), error))


def fault_with(file: str, error: Exception) -> str:
    """What is said of a fault of ours with one file."""
    return f"'{file}': {type(error).__name__}: {error} — please report this file"


def _take(file: Path, known: Known) -> Taken:
    name, digest, stat = name_of(file), content_hash(file), file.stat()
    place = FilePlace(path=name, hash=digest, size=stat.st_size, mtime_ns=stat.st_mtime_ns, report="")
    if (same := known.reports.get(digest)) is not None:
        return Taken(place=replace(place, report=same))
    report = replace(read_report(file), file=name)
    work = Work(report=report) if report.id in known.ids else make(report)
    return Taken(place=replace(place, report=report.id), work=work)


def make(report: Report, *, cite: bool = True, segment: bool = True) -> Work:
    """The citations and the words of a report."""
    filed = file_reading(report, find_citations(report)) if cite else None
    prepared = prepare(report.text) if segment else None
    return Work(report=report, filed=filed, prepared=prepared, packed=pack(prepared) if prepared else None)


def name_of(file: Path) -> str:
    """The one name of a file: absolute, without "..", and text even where its bytes are none."""
    return normpath(file.absolute()).encode("utf-8", "backslashreplace").decode("utf-8")
