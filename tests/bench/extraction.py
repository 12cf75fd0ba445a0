"""How fast citations are found: megabytes of UTF-8 a second on one core, beside a bare pattern scan and eyecite.

`python tests/bench/extraction.py` reads the sample reports and the reference texts again and again, one way after
the other in each round, and prints the median and the best round.  eyecite is no part of the
project and is left out where it cannot be imported; to have it, make a virtual environment that is thrown away:

    python -m venv /tmp/bench && /tmp/bench/bin/pip install eyecite && /tmp/bench/bin/pip install .
    PYTHONPATH=. /tmp/bench/bin/python tests/bench/extraction.py
"""

import argparse
import importlib.util
import itertools
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "eval"))

from reference import texts

from corpus.clean import clean
from corpus.header import read_header
from corpus.model import Report
from corpus.reading import report_of
from graph.extract import find_citations

# What a script of one evening would search for: number, perhaps a year, and a symbol in capitals.
_BARE = re.compile(
    r"\b\d{1,5}\s?[/-]\s?(?:(?:19|20)\d\d\s?/\s?)?[A-ZĐ][A-ZĐa-zđi&]{1,9}(?:\s?[-/]\s?[A-ZĐ][A-ZĐa-z&\d]*)*"
)
# Invented cases in the manner of an American opinion, with about as many citations a kilobyte as our reports have.
_ENGLISH = (
    "The board held the notice timely, and nothing in the record shows otherwise. The charter of the town asks for ten "
    "days; the clerk gave twelve, posted the paper at both doors of the hall, and read it aloud at the meeting before. "
    "Two neighbours say that they saw no paper. The court below heard them, walked the ground, and believed the clerk. "
    "See Harlow v. Penwick County, 512 U.S. 218, 231 (1994). We have no ground to think otherwise, although the record "
    "is thin and the parties agree on little else. The mill stood idle for a year before the sale, its books were kept "
    "by hand, and the one ledger that was found ends in March. What was owed then is not what was owed in June, and "
    "neither side has shown how the sum was reached. Marrow Mills, Inc. v. Odell, 87 F.3d 1140, 1146 (9th Cir. 1996), "
    "went further and is not followed. A buyer who takes the books as they are takes their gaps as well; that is what "
    "a warranty is for, and there was none. The rest of the argument was not made below, and we leave it for the day "
    "on which somebody makes it in time and with the papers that it needs. The order stands, and each side bears the "
    "costs that it has caused, as the parties had agreed before the hearing began. "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to read all texts: `run` returns how many citations it found, `size` is their bytes in UTF-8."""

    name: str
    size: int
    run: Callable[[], int]


def _eyecite(size: int) -> Way | None:
    """Run eyecite on English prose of that many bytes, where it can be imported."""
    if importlib.util.find_spec("eyecite") is None:
        return None
    eyecite: Any = importlib.import_module("eyecite")
    one = _ENGLISH * (20_000 // len(_ENGLISH))  # opinions of a usual length
    english = [one] * max(1, size // len(one.encode()))
    size = sum(len(text.encode()) for text in english)
    return Way(name="eyecite", size=size, run=lambda: sum(len(eyecite.get_citations(text)) for text in english))


def ways(raw: Sequence[str]) -> list[Way]:
    """All ways that are there; "find_citations" is the one by which the others are measured."""
    reports = [report_of(text, file="x") for text in raw]
    size = sum(len(report.text.encode()) for report in reports)

    def whole(text: str) -> int:
        cleaned = clean(text)
        return len(find_citations(Report(id="r", file="x", text=cleaned, header=read_header(cleaned))).citations)

    found = [
        Way(name="find_citations", size=size, run=lambda: sum(len(find_citations(r).citations) for r in reports)),
        Way(name="clean, header, find_citations", size=size, run=lambda: sum(map(whole, raw))),
        Way(name="bare pattern", size=size, run=lambda: sum(len(_BARE.findall(r.text)) for r in reports)),
    ]
    english = _eyecite(size)
    return [*found, english] if english else found


def measured(of: Sequence[Way], rounds: int) -> Iterator[tuple[Way, int, list[float]]]:
    """Each way with what it found and its seconds in each round; rounds are interleaved, the first is a rehearsal."""
    counts = [way.run() for way in of]
    seconds: list[list[float]] = [[] for _ in of]
    for _, (spent, way) in itertools.product(range(rounds), zip(seconds, of, strict=True)):
        start = time.perf_counter()
        way.run()
        spent.append(time.perf_counter() - start)
    yield from zip(of, counts, seconds, strict=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="rounds after the rehearsal (default 7)")
    given = parser.parse_args(arguments)
    raw = texts()
    rows = list(measured(ways(raw), given.rounds))
    ours = rows[0][0].size / median(rows[0][2])
    print(f"{len(raw)} texts, {rows[0][0].size / 1e6:.2f} MB of UTF-8, {given.rounds} rounds")
    print(f"{'':<30} {'MB/s median':>12} {'best':>8} {'of ours':>8} {'found':>7}")
    for way, count, seconds in rows:
        speed = way.size / median(seconds)
        print(f"{way.name:<30} {speed / 1e6:12.3f} {way.size / min(seconds) / 1e6:8.3f} {speed / ours:7.2f}× {count:7}")
    if importlib.util.find_spec("eyecite") is None:
        print("eyecite is not installed; the head of this file says how to have it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
