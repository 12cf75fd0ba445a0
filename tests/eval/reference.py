"""The texts on which the harnesses run: the sample reports, and the reference texts beside the project."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.formats import FORMATS, read_file

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "tests/samples/reports", ROOT.parent / "shared/seeds", ROOT.parent / "shared/real/texts")


def files(folders: Sequence[Path] = FOLDERS) -> Iterator[Path]:
    """The documents of those folders that are there, in order."""
    for folder in folders:
        yield from sorted(p for p in folder.rglob("*") if p.suffix.lower() in FORMATS and p.is_file())


def texts(folders: Sequence[Path] = FOLDERS) -> list[str]:
    """The text of each, as it is read from its file."""
    return [read_file(path).text for path in files(folders)]


def cores() -> int:
    """How many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
