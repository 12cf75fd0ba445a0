"""What the measuring scripts share: reports and libraries that are made once in a working folder, and the command."""

import subprocess
import sys
from pathlib import Path

import reports

ROOT = Path(__file__).resolve().parents[2]


def cancu(*arguments: str | Path) -> list[str]:
    """The command line of this checkout, whatever is installed."""
    return [sys.executable, str(ROOT / "search_cli.py"), *map(str, arguments)]


def knows(command: str, option: str) -> bool:
    """Has `cancu COMMAND` that option?"""
    told = subprocess.run(cancu(command, "--help"), check=True, capture_output=True, text=True, encoding="utf-8")
    return option in told.stdout


def adding(library: Path, folder: Path, jobs: int | None) -> list[str]:
    """The command that adds a folder to a library; raises SystemExit where it has no --jobs and jobs are asked for."""
    if jobs is not None and not knows("add", "--jobs"):
        sys.exit("cancu add knows no --jobs; leave it out")
    return cancu("-q", "--library", library, "add", folder, *(["--jobs", str(jobs)] if jobs is not None else []))


def folder_of(work: Path, count: int, seed: int = reports.SEED) -> Path:
    """The folder with that many reports, written if it is not there."""
    folder = work / f"reports-{count}-{seed}"
    if not reports.gold_file(folder).exists() or len(list(folder.glob("*/*.txt"))) != count:
        for _ in reports.write(folder, count, seed):
            pass
    return folder


def library_of(work: Path, count: int, seed: int = reports.SEED, jobs: int | None = None) -> Path:
    """The library of that many reports, built if it is not there."""
    library = work / f"library-{count}-{seed}"
    if not library.exists():
        half = library.with_suffix(".part")  # an interrupted run goes on where it stopped
        print(f"building {library} …", flush=True)
        subprocess.run(adding(half, folder_of(work, count, seed), jobs), check=True, stdout=subprocess.DEVNULL)
        half.rename(library)
    return library
