"""How fast a library answers, beside SQLite FTS5, tantivy and ripgrep: count, first ten, passages.

`python tests/bench/search.py --count 10000 --work FOLDER` makes the reports, the library and the indexes of the others
in FOLDER once, then asks all engines the same queries in one process, one after the other, in rounds.  Each round has
its own queries and a new library object, which has answered others before: no answer that was kept is measured.
What an engine finds may differ: FTS5 and tantivy know no clauses and no abbreviations, ripgrep no commas.
"""

import argparse
import itertools
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import corpora
import peers
from correct import described
from queries import CLASSES, Asked, Described, Draw

from index.library import Library, open_library

OURS = "cancu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """The milliseconds of each engine for each class, and in how many queries its count was ours."""

    spent: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    same: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def middle(self, kind: str, engine: str) -> float:
        """The median milliseconds."""
        return median(self.spent[kind, engine])

    def slow(self, kind: str, engine: str) -> float:
        """The milliseconds that one query of twenty exceeds."""
        return p95(self.spent[kind, engine])


def p95(values: Sequence[float]) -> float:
    """What one of twenty values exceeds."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Milliseconds, and what came out."""
    start = time.perf_counter()
    found = work()
    return (time.perf_counter() - start) * 1000, found


def rounds(reports: Sequence[Described], each: int, count: int) -> Iterator[tuple[list[Asked], list[Asked]]]:
    """For each round queries to warm up with and queries to time, none of them asked in another round."""
    drawn = Draw(reports, seed=2, plain=True)
    pools = {kind: iter(drawn.queries(kind, (each + 2) * count)) for kind in CLASSES}
    for _ in range(count):
        warm = [asked for pool in pools.values() for asked in itertools.islice(pool, 2)]
        yield warm, [asked for pool in pools.values() for asked in itertools.islice(pool, each)]


def measure(folder: Path, others: Sequence[peers.Peer], asked: Iterator[tuple[list[Asked], list[Asked]]]) -> Timed:
    """All engines asked all queries; which comes first changes from query to query."""
    result = Timed()
    for warm, queries in asked:
        with open_library(folder) as library:
            ways: list[tuple[str, Callable[[Asked], int]]] = [(OURS, _ours(library))]
            ways += [(peer.name, _theirs(peer)) for peer in others]
            for one, (_, way) in itertools.product(warm, ways):
                way(one)
            for number, one in enumerate(queries):
                shift = number % len(ways)
                counts = {}
                for name, way in (*ways[shift:], *ways[:shift]):
                    spent, counts[name] = timed(partial(way, one))
                    result.spent[one.kind, name].append(spent)
                for name, found in counts.items():
                    result.same[one.kind, name] += found == counts[OURS]
    return result


def _ours(library: Library) -> Callable[[Asked], int]:
    return lambda asked: library.search(asked.text, limit=10).found.total


def _theirs(peer: peers.Peer) -> Callable[[Asked], int]:
    return lambda asked: peer.ask(asked.meaning)


def table(result: Timed, engines: Sequence[str]) -> Iterator[str]:
    """A line for each class: median and p95 of each engine, ours to theirs, how often the counts agree."""
    others = engines[1:]
    yield (
        f"{'ms: median / p95':<18}"
        + "".join(f"{name:>17}" for name in engines)
        + "".join(f"{'/ ' + name:>10}" for name in others)
        + "   same count"
    )
    for kind in CLASSES:
        times = "".join(f"{result.middle(kind, e):9.2f} /{result.slow(kind, e):6.1f}" for e in engines)
        ratios = "".join(f"{result.middle(kind, OURS) / result.middle(kind, e):10.2f}" for e in others)
        same = " ".join(f"{result.same[kind, e]}" for e in others)
        yield f"{kind:<11} n={len(result.spent[kind, OURS]):<4} {times}{ratios}   {same}"
    spent = [value for kind in CLASSES for value in result.spent[kind, OURS]]
    yield f"all classes: median {median(spent):.2f} ms, p95 {p95(spent):.1f} ms, slowest {max(spent):.1f} ms"


def openings(folder: Path, queries: Sequence[Asked]) -> Iterator[str]:
    """How long a library takes from nothing to its first answer, and to one that it gave before."""

    def opened(asked: Asked) -> int:
        with open_library(folder) as library:
            return library.search(asked.text, limit=10).found.total

    def command(asked: Asked) -> int:
        line = corpora.cancu("--library", folder, "search", asked.text, "--json")
        return subprocess.run(line, check=False, capture_output=True).returncode

    spent = [timed(partial(opened, asked))[0] for asked in queries]
    yield f"opening and first answer, same process: median {median(spent):.0f} ms, slowest {max(spent):.0f} ms"
    spent = [timed(partial(command, asked))[0] for asked in queries]
    yield f"opening and first answer, new process:  median {median(spent):.0f} ms, slowest {max(spent):.0f} ms"
    with open_library(folder) as library:
        ask = _ours(library)
        for asked in queries:
            ask(asked)
        spent = [timed(partial(ask, asked))[0] for _ in range(5) for asked in queries]
    yield f"a repeated query: median {median(spent):.2f} ms, slowest {max(spent):.2f} ms"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000, help="reports (default 1000)")
    parser.add_argument("--each", type=int, default=15, help="queries of each class in a round (default 15)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds (default 3)")
    parser.add_argument("--jobs", type=int, help="processes that build the library")
    parser.add_argument("--work", type=Path, default=Path("/tmp/bench"), help="where all of it is kept")  # noqa: S108
    given = parser.parse_args(arguments)
    given.work.mkdir(parents=True, exist_ok=True)
    folder = corpora.library_of(given.work, given.count, jobs=given.jobs)
    files = corpora.folder_of(given.work, given.count)
    with open_library(folder) as library:
        reports = described(library)
        names = [report.file for i in sorted(library.catalog.ids()) if (report := library.catalog.report(i))]
    found = [
        peers.fts5(given.work / f"fts5-{given.count}.sqlite", reports),
        peers.tantivy(given.work / f"tantivy-{given.count}", reports),
        peers.ripgrep(files, reports, names),
    ]
    for name, peer in zip(("FTS5", "tantivy", "ripgrep"), found, strict=True):
        if peer is None:
            print(f"{name} is not installed; `pip install cancu[bench]` or `apt-get install ripgrep`")
    others = [peer for peer in found if peer]
    result = measure(folder, others, rounds(reports, given.each, given.rounds))
    print(f"{len(reports)} reports, {given.rounds} rounds, {given.each} queries of each class in each")
    print("\n".join(table(result, [OURS, *(peer.name for peer in others)])))
    fresh = Draw(reports, seed=3, plain=True)
    print("\n".join(openings(folder, [asked for kind in CLASSES for asked in fresh.queries(kind, 1)])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
