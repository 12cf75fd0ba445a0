"""How fast a library is built, how much it takes, and what one more report costs.

`python tests/bench/building.py --count 1000 10000 --work FOLDER` adds that many invented reports to new libraries with
the command line, as a user does, then one more report, then all files again with nothing to do.  Memory is that of
the command and all its children together, asked for ten times a second; without psutil it is that of the largest.
"""

import argparse
import importlib.util
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import corpora
import reports

from index.library import Library, open_library

_EVERY = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A command that ran: seconds, and the most bytes that its processes held together; None where unknown."""

    seconds: float
    memory: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The figures of one library: the runs, milliseconds of one report added in a process, bytes on disk."""

    count: int
    build: Run
    size: int
    one: Run
    one_in_process: float
    nothing: Run

    def lines(self) -> Iterator[str]:
        """What is printed."""
        yield (
            f"{self.count:>7} reports: {self.count / self.build.seconds:6.1f} a second ({self.build.seconds:.1f} s), "
            f"peak memory {_megabytes(self.build.memory)}, on disk {_megabytes(self.size)}"
        )
        yield (
            f"{'':>7} one more: {self.one.seconds * 1000:.0f} ms as a command, {self.one_in_process:.0f} ms in a "
            f"process; nothing to do: {self.nothing.seconds:.2f} s"
        )


def _megabytes(size: int | None) -> str:
    return "unknown" if size is None else f"{size / 1e6:.0f} MB"


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; raises CalledProcessError where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most = _watch(process) if importlib.util.find_spec("psutil") else None
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - start
    if most is None and sys.platform != "win32":
        import resource

        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return Run(seconds=seconds, memory=most)


def _watch(process: subprocess.Popen[bytes]) -> int:
    """The most bytes that a process and its children held together, asked again and again until it ends."""
    psutil: Any = importlib.import_module("psutil")
    most = 0
    while process.poll() is None:
        try:
            top = psutil.Process(process.pid)
            most = max(most, sum(_resident(psutil, one) for one in (top, *top.children(recursive=True))))
        except psutil.NoSuchProcess:
            break
        try:
            process.wait(_EVERY)
        except subprocess.TimeoutExpired:
            continue
    return most


def _resident(psutil: Any, process: Any) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def built(work: Path, count: int, jobs: int | None, seed: int = reports.SEED) -> Built:
    """Build a new library of `count` reports, add to it, and measure all of it."""
    folder, library = corpora.folder_of(work, count, seed), work / f"built-{count}"
    more = work / f"more-{count}"
    for old in (library, more):
        shutil.rmtree(old, ignore_errors=True)
    more.mkdir()
    command = corpora.adding(library, folder, jobs)
    build = run(command)
    size = sum(path.stat().st_size for path in library.rglob("*") if path.is_file())
    extra = [_one(more, count + at, seed) for at in range(6)]
    one = run(corpora.cancu("-q", "--library", library, "add", extra[0]))
    with open_library(library) as opened:
        opened.add([extra[1]])  # the models are loaded now
        seconds = [_seconds(opened, path) for path in extra[2:]]
    return Built(
        count=count, build=build, size=size, one=one, one_in_process=median(seconds) * 1000, nothing=run(command)
    )


def _one(folder: Path, index: int, seed: int) -> Path:
    path = folder / f"{index}.txt"
    path.write_text(reports.invent(index, seed).text, encoding="utf-8")
    return path


def _seconds(library: Library, path: Path) -> float:
    start = time.perf_counter()
    library.add([path])
    return time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, nargs="+", default=[1_000], help="reports of each library (default 1000)")
    parser.add_argument("--jobs", type=int, help="processes, where `cancu add` can be told")
    parser.add_argument("--work", type=Path, default=Path("/tmp/bench"))  # noqa: S108
    given = parser.parse_args(arguments)
    given.work.mkdir(parents=True, exist_ok=True)
    if importlib.util.find_spec("psutil") is None:
        print("psutil is not installed (`pip install cancu[bench]`): memory is that of the largest process alone")
    for count in given.count:
        print("\n".join(built(given.work, count, given.jobs).lines()), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
