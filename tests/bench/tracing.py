"""How fast the graph answers, how much memory it takes, and how both grow with the library.

`python tests/bench/tracing.py --count 1000 10000 --work FOLDER` builds libraries of invented chains (`chains.py`) where
they are not there, and asks each.  Each kind of question is a process of its own, which opens the library and asks all
of them in turn and then again; its memory is asked for ten times a second, with psutil.  Milliseconds are those of the
answer, without the start of Python; those of GraphML are of the whole command.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import building
import chains
import corpora
import reports
from asked import Judge, spread
from gold import Gold, read_gold
from offices import World
from search import p95

from index.library import Library, open_library

_ASK: Mapping[str, Callable[[Library, str], object]] = {
    "trace": lambda library, reference: library.trace(reference),
    "trace, shared number": lambda library, reference: library.trace(reference),
    "neighbourhood": lambda library, reference: library.graph(reference),
    "drivers": lambda library, unit: library.drivers(unit),
    "coverage": lambda library, top: library.coverage(top=int(top)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Milliseconds of each question when it is first asked and when it is asked again; bytes of the process."""

    asked: tuple[str, ...]
    first: tuple[float, ...]
    again: tuple[float, ...]
    memory: int | None

    def line(self, name: str, count: int) -> str:
        """What is printed."""
        slowest = max(range(len(self.first)), key=lambda n: self.first[n])
        numbers = (f"{value:8.1f}" for of in (self.first, self.again) for value in (median(of), p95(of), max(of)))
        return f"{name:<22}{count:>7}{''.join(numbers)}{_megabytes(self.memory):>9}  {self.asked[slowest]}"


HEAD = (
    f"{'milliseconds':<22}{'reports':>7}{'p50':>8}{'p95':>8}{'slowest':>8}{'p50':>8}{'p95':>8}{'slowest':>8}{'memory':>9}"
    "  the slowest (first three: asked the first time; then: again)"
)


def _megabytes(size: int | None) -> str:
    return "?" if size is None else f"{size / 1e6:.0f} MB"


def questions(library: Library, gold: Gold) -> dict[str, list[str]]:
    """What is asked: the 50 most cited documents and 150 of all other ranks, 20 numbers that many units give, 50 units.

    Neighbourhoods are those of 40 documents of all ranks.
    """
    cited, judge = gold.cited(), Judge(library, gold)
    ids = [judge.id_of(document) for document in (*cited[:50], *spread(cited[50:], 150))]
    numbers = {
        f"{d['kind']} {d['number']}": len(gold.numbered(document))
        for document in spread(cited, 400)
        if (d := gold.documents[document])["unit"]
    }
    return {
        "trace": ids,
        "trace, shared number": sorted(numbers, key=lambda number: (-numbers[number], number))[:20],
        "neighbourhood": ids[::5],
        "drivers": [judge.unit_id(unit) for unit in spread(gold.units, 50)],
        "coverage": ["20"] * 5,
    }


def ask(kind: str, path: Path, asked: Sequence[str]) -> dict[str, list[float]]:
    """Ask a library all of these, then all again; milliseconds of each."""
    with open_library(path) as library:
        return {which: [_spent(_ASK[kind], library, one) for one in asked] for which in ("first", "again")}


def _spent(work: Callable[[Library, str], object], library: Library, asked: str) -> float:
    start = time.perf_counter()
    work(library, asked)
    return (time.perf_counter() - start) * 1000


def measured(kind: str, path: Path, asked: Sequence[str], work: Path) -> Measured:
    """Ask in a process of its own."""
    told = work / "asked.json"
    told.write_text(json.dumps({"kind": kind, "library": str(path), "asked": list(asked)}), encoding="utf-8")
    run = building.run([sys.executable, __file__, "--child", str(told)])
    spent = json.loads(told.read_text(encoding="utf-8"))
    return Measured(asked=tuple(asked), first=tuple(spent["first"]), again=tuple(spent["again"]), memory=run.memory)


def whole_graph(path: Path, work: Path) -> Measured:
    """The whole graph as GraphML, by the command."""
    run = building.run(corpora.cancu("--library", path, "graph", "-o", work / "whole.graphml"))
    spent = (run.seconds * 1000,)
    return Measured(asked=("cancu graph -o whole.graphml",), first=spent, again=spent, memory=run.memory)


def library_of(work: Path, count: int, world: World | None = None) -> tuple[Path, Gold]:
    """The library of that many reports and their gold, written and built where they are not there."""
    folder, library = work / f"chains-{count}", work / f"library-chains-{count}"
    if not library.exists():
        for _ in chains.write(folder, range(count), world):
            pass
        half = library.with_suffix(".part")
        subprocess.run(corpora.adding(half, folder, None), check=True, stdout=subprocess.DEVNULL)
        half.rename(library)
    return library, read_gold(reports.gold_file(folder))


def measure(work: Path, count: int, world: World | None = None) -> Iterator[tuple[str, Measured]]:
    """All figures of the library of that many reports."""
    path, gold = library_of(work, count, world)
    with open_library(path) as library:
        asked = questions(library, gold)
    for kind, those in asked.items():
        yield kind, measured(kind, path, those, work)
    yield "whole graph, GraphML", whole_graph(path, work)


def growth(figures: Mapping[tuple[str, int], Measured], few: int, many: int) -> Iterator[str]:
    """How many times as long, and as much memory, it takes with many reports as with few."""
    for kind in dict.fromkeys(kind for kind, _ in figures):
        one, other = figures[kind, few], figures[kind, many]
        longer = " ".join(f"{f(other.first) / f(one.first):7.1f}" for f in (median, p95, max))
        more = f"{other.memory / one.memory:7.1f}" if one.memory and other.memory else "      ?"
        yield f"{kind:<22} p50, p95, slowest {longer}   memory {more}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, nargs="+", default=[1_000], help="reports of each library (default 1000)")
    parser.add_argument("--work", type=Path, default=Path("/tmp/bench"))  # noqa: S108
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.child:
        told = json.loads(given.child.read_text(encoding="utf-8"))
        given.child.write_text(json.dumps(ask(told["kind"], Path(told["library"]), told["asked"])), encoding="utf-8")
        return 0
    given.work.mkdir(parents=True, exist_ok=True)
    print(HEAD)
    figures = {}
    for count in given.count:
        for kind, found in measure(given.work, count):
            figures[kind, count] = found
            print(found.line(kind, count), flush=True)
    if len(given.count) > 1:
        print("growth from the first library to the last:", *growth(figures, given.count[0], given.count[-1]), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
