"""One token repeated to a megabyte: the time of each stage grows as the text does, whatever the text is full of.

`python tests/bench/linear.py` cleans, reads the header and finds the citations of 250 KB, 500 KB and 1 MB of each
token, in a child process that is ended after a minute.  It marks what takes long or grows faster than the text
(linear: 4).  `--all` takes every entry of the tables besides; `--only TOKEN` one token.
"""

import argparse
import multiprocessing
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.clean import clean
from corpus.header import read_header
from corpus.model import Report
from corpus.tables import read_table
from graph.extract import find_citations

SIZES = (250_000, 500_000, 1_000_000)
LIMIT = 60.0
# Marked: more seconds for a megabyte, or more times the seconds of a quarter; below the last it is not asked.
SLOW, STEEP, SHORT = 3.0, 6.0, 0.1
# Bytes that a child may take: what grows with the square of the text would take the machine down.
_MEMORY = 6 << 30

# A lone surrogate cannot be written in TOML.
TOKENS: tuple[str, ...] = (
    *tomllib.loads(Path(__file__).with_name("tokens.toml").read_text(encoding="utf-8"))["tokens"],
    "\ud800",
)


def table_tokens() -> Iterator[str]:
    """Each word that a table of the field holds: types, codes, cues, wording, known titles, bodies."""
    for row in read_table("corpus", "types")["type"]:
        yield from (f"{row['name']} ", f"{row['name']} số ", *(f"{code}-" for code in row["codes"]))
    for row in read_table("graph", "issuers")["issuer"]:
        yield from (f"{row['code'].replace('#', '15')}/", f"{row['body']} ")
    for row in read_table("graph", "cues")["cue"]:
        yield from (f"{word} " for word in (row["name"], *row.get("also", ())))
    for row in read_table("graph", "wording")["list"]:
        yield from (f"{word} " for word in row["words"])
    for row in read_table("graph", "known")["known"]:
        yield f"{row['type']} {row['title']} "
    for row in read_table("graph", "refused")["refused"]:
        yield from (f"{text} " for text in row["examples"])
    for row in read_table("corpus", "bodies")["body"]:
        yield from (f"{word} " for word in (row["name"], *row.get("short", ())))


def stages(text: str) -> Iterator[tuple[str, float]]:
    """The name and the seconds of each stage through which `text` goes, as it is done."""
    start = time.perf_counter()
    cleaned = clean(text)
    yield "clean", time.perf_counter() - start
    start = time.perf_counter()
    header = read_header(cleaned)
    yield "header", time.perf_counter() - start
    report = Report(id="r", file="x", text=cleaned, header=header)
    start = time.perf_counter()
    find_citations(report)
    yield "citations", time.perf_counter() - start


def _measure(token: str, sizes: Sequence[int], told: Connection) -> None:
    """In the child: sends each time as soon as it is known, and a last word."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    list(stages("Báo cáo số 5/BC-UBND"))  # the tables are read, the patterns made
    for size in sizes:
        try:
            for stage, seconds in stages(token * (size // len(token.encode("utf-8", "surrogatepass")) + 1)):
                told.send((size, stage, seconds))
        except Exception as error:  # noqa: BLE001 - a token that cannot be read is a finding
            told.send((size, type(error).__name__, None))
            break
    told.send(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """The seconds of one token: (size, stage) → seconds; `broken` says what ended it before its time."""

    token: str
    seconds: dict[tuple[int, str], float] = field(default_factory=dict)
    broken: str | None = None

    def slowest(self, size: int) -> tuple[float, str]:
        """The stage that takes longest at that size, with its seconds."""
        return max(((s, stage) for (of, stage), s in self.seconds.items() if of == size), default=(0.0, "-"))

    def growth(self, stage: str, sizes: Sequence[int]) -> float | None:
        """How many times the seconds of the least size the greatest takes; None where either is not known."""
        least, most = (self.seconds.get((size, stage)) for size in (sizes[0], sizes[-1]))
        return most / least if least and most else None

    def marks(self, sizes: Sequence[int]) -> list[str]:
        """What is not as it should be."""
        found = [self.broken] if self.broken else []
        for stage in ("clean", "header", "citations"):
            seconds, growth = self.seconds.get((sizes[-1], stage), 0.0), self.growth(stage, sizes)
            if seconds > SLOW:
                found.append(f"{stage} takes {seconds:.1f} s")
            if growth is not None and growth > STEEP and seconds > SHORT:
                found.append(f"{stage} grows {growth:.1f} times")
        return found


def timed(token: str, sizes: Sequence[int] = SIZES, limit: float = LIMIT) -> Timed:
    """All times of a token, measured in a child that is ended where one measurement exceeds the limit."""
    heard, told = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=_measure, args=(token, sizes, told))
    child.start()
    told.close()
    seconds: dict[tuple[int, str], float] = {}
    broken = None
    try:
        while heard.poll(limit):
            if (message := heard.recv()) is None:
                break
            size, stage, spent = message
            if spent is None:
                broken = f"{stage} at {size:,} bytes"
            else:
                seconds[size, stage] = spent
        else:
            broken = f"ended after {limit:.0f} s, {len(seconds)} of {3 * len(sizes)} measurements done"
    except EOFError:
        broken = f"its process died, {len(seconds)} of {3 * len(sizes)} measurements done"
    finally:
        child.kill()
        child.join()
    return Timed(token=token, seconds=seconds, broken=broken)


def _row(result: Timed, sizes: Sequence[int]) -> str:
    size = max((of for of, stage in result.seconds if stage == "citations"), default=sizes[0])
    seconds, stage = result.slowest(size)
    growth = result.growth(stage, sizes)
    ratio = f"{growth:5.1f}" if growth else "    -"
    return f"  {size:9,} {stage:<9} {seconds:7.2f} s  {ratio}  {result.token!r:.60}  {'; '.join(result.marks(sizes))}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every entry of the tables too")
    parser.add_argument("--only", metavar="TOKEN", action="append", help="this token alone; may be given again")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds of one measurement (default 60)")
    parser.add_argument("--slowest", type=int, default=25, metavar="N", help="how many to print (default 25)")
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=SIZES,
        metavar="N,N,N",
        help="bytes of the texts, the greatest four times the least (default 250000,500000,1000000)",
    )
    given = parser.parse_args(arguments)
    sizes: Sequence[int] = given.sizes
    tokens = list(dict.fromkeys(given.only or [*TOKENS, *(table_tokens() if given.all else ())]))
    results = []
    for number, token in enumerate(tokens, 1):
        results.append(timed(token, sizes, given.limit))
        if marks := results[-1].marks(sizes):
            print(f"[{number}/{len(tokens)}] {token!r:.70}: {'; '.join(marks)}", flush=True)
    marked = [r for r in results if r.marks(sizes)]
    results.sort(key=lambda r: (r.broken is None, -r.slowest(sizes[-1])[0]))
    print(
        f"{len(results)} tokens, {len(marked)} marked; bytes, the slowest stage, its seconds, greatest to least size:"
    )
    print("\n".join(_row(result, sizes) for result in results[: given.slowest]))
    return int(bool(marked))


if __name__ == "__main__":
    sys.exit(main())
