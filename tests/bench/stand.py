"""Does a library stand what happens to it?  Killed, read while it is written, damaged, asked nonsense.

`python tests/bench/stand.py` makes all trials; `--only kill readers` some of them, `--kills`, `--seconds`, `--reports`
and `--queries` say how much.  It prints a verdict for each and returns 1 where one found a fault.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import crashes
import fuzz
import harm
from verdicts import Verdict, library_of

Trial = Callable[[Path, argparse.Namespace], Iterator[Verdict]]


def _kill(work: Path, given: argparse.Namespace) -> Iterator[Verdict]:
    yield crashes.kills(work, given.kills, given.reports)


def _readers(work: Path, given: argparse.Namespace) -> Iterator[Verdict]:
    yield crashes.readers(work, given.seconds, given.reports, before=min(20, given.reports))


def _writers(work: Path, given: argparse.Namespace) -> Iterator[Verdict]:
    yield crashes.writers(work, max(1, given.reports // 10))


def _damage(work: Path, given: argparse.Namespace) -> Iterator[Verdict]:
    yield from harm.damages(work, max(5, given.reports // 25))


def _fuzz(work: Path, given: argparse.Namespace) -> Iterator[Verdict]:
    library, _ = library_of(work, 15)
    yield fuzz.fuzz(library, given.queries)


TRIALS: dict[str, Trial] = {
    "kill": _kill,
    "readers": _readers,
    "writers": _writers,
    "damage": _damage,
    "fuzz": _fuzz,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code: 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=TRIALS, default=list(TRIALS))
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=60.0, help="of the readers")
    parser.add_argument("--reports", type=int, default=500, help="that are added meanwhile")
    parser.add_argument("--queries", type=int, default=10_000, help="of the fuzz")
    given = parser.parse_args(arguments)
    faults = 0
    for name in given.only:
        with tempfile.TemporaryDirectory(prefix=f"stand-{name}-") as work:
            Path(work).chmod(0o755)  # another user reads it
            for verdict in TRIALS[name](Path(work), given):
                faults += bool(verdict.faults)
                print(verdict, flush=True)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
