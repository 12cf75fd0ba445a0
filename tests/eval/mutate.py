"""Reports that are broken in every way a file can be: reading one never fails, and every place lies in its text.

`python tests/eval/mutate.py` reads 100,000 inputs, each a piece of a real report that is cut, shuffled, repeated or
strewn with noise.  An input depends on its number and the seed alone: `--only NUMBER --shrink` shows one that failed.
"""

import argparse
import json
import random
import signal
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from multiprocessing import Pool
from pathlib import Path

from damage import DAMAGES
from reference import ROOT, cores, texts

from corpus.clean import clean
from corpus.errors import ReadError, UnknownReferenceError
from corpus.model import Report
from corpus.reading import report_of
from graph.answers import cites_json
from graph.extract import find_citations
from graph.filing import Filed, card_of, file_reading
from graph.identity import Instrument
from graph.model import Citation, Named, Reading, Refused

LONGEST = 3_000
_SHOWN = 10
# Seconds for one input.  A real report of that length takes a hundredth of a second.
PATIENCE = 10.0


@cache
def _texts() -> tuple[str, ...]:
    return tuple(texts())


def mutated(number: int, seed: int, sources: Sequence[str] = ()) -> str:
    """The input of that number: one to four damages to a piece of one report (`sources`: all here)."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - it hides nothing
    source = chance.choice(sources or _texts())
    length = chance.choice((60, 300, 1_000, LONGEST))
    start = chance.randrange(max(1, len(source) - length))
    text = source[start : start + length]
    for damage in chance.choices(DAMAGES, k=chance.randint(1, 4)):
        text = damage(text, chance)[:LONGEST]
    return text


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raises TimeoutError inside when the seconds are over, where the system can do that (not on Windows)."""

    def over(*_: object) -> None:
        raise TimeoutError

    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def faults(text: str) -> list[str]:
    """What goes wrong when `text` is read, one line for each kind; nothing where all is well."""
    try:
        with _limited(PATIENCE):
            return _faults(text)
    except ReadError:
        return []  # no word is left; a person is told so
    except Exception as error:  # noqa: BLE001 - every kind is what we look for
        return [_raised(error)]


def _faults(text: str) -> list[str]:
    report = report_of(text, file="x")
    reading = find_citations(report)
    filed = file_reading(report, reading)
    card_of(report)
    json.dumps(cites_json(report, reading), ensure_ascii=False)
    wrong = [*_wrong_places(report, reading), *_wrong_order(reading), *_wrong_rows(reading, filed)]
    return list(dict.fromkeys([*wrong, *_wrong_forms(report, reading)]))


def _raised(error: Exception) -> str:
    """The kind of an error and the way from the stage that was called to the place where it arose."""
    whole = [f for f in traceback.extract_tb(error.__traceback__)[2:] if Path(f.filename).is_relative_to(ROOT)]
    frames = [f for f in whole if Path(f.filename) != Path(__file__)]
    return f"{type(error).__name__} in {' → '.join(f'{Path(f.filename).stem}.{f.name}' for f in frames)}"


def _wrong_places(report: Report, reading: Reading) -> Iterator[str]:
    text = report.text
    places: list[Citation | Named] = [*reading.citations, *reading.named]
    for place in places:
        if not 0 <= place.start < place.end <= len(text):
            yield f"a {type(place).__name__} outside the text"
        if text[place.start : place.end] != place.text:
            yield f"a {type(place).__name__} that is not the text at its place"
    for refused in reading.refused:
        if " ".join(text[refused.start : refused.end].split()) != refused.text:
            yield "a refused place that is not the text there"
    found: list[Citation | Named | Refused] = [*reading.citations, *reading.named, *reading.refused]
    for one in found:
        if one.line != text.count("\n", 0, one.start) + 1:
            yield f"a {type(one).__name__} on a wrong line"


def _wrong_order(reading: Reading) -> Iterator[str]:
    """Places in order and apart; only the numbers inside a range stand at the number of its first."""
    spans = {
        "citations": [(c.start, c.end) for c in reading.citations],
        "names": [(n.start, n.end) for n in reading.named],
        "refused places": [(r.start, r.end) for r in reading.refused],
    }
    yield from (f"{kind} out of order" for kind, of in spans.items() if of != sorted(of))
    ends = {c.end for c in reading.citations if not c.text.isdigit()}
    of_range = {(c.start, c.end) for c in reading.citations if c.text.isdigit() and c.end in ends}
    apart = sorted([*({*spans["citations"]} - of_range), *spans["names"], *spans["refused places"]])
    if any(end > start for (_, end), (start, _) in pairwise(apart)):
        yield "two places that overlap"


def _wrong_rows(reading: Reading, filed: Filed) -> Iterator[str]:
    """Each index names a row that is there; confidence lies in 0..1; whatever is cited has its citation."""
    cited, named = range(len(reading.cited)), range(len(reading.named))
    for citation in reading.citations:
        if citation.cited not in cited or (citation.in_title_of is not None and citation.in_title_of not in cited):
            yield "a citation of a document that is not there"
        elif reading.cited[citation.cited].own:
            yield "a citation of the own number"
    if not {n for n in cited if not reading.cited[n].own} <= {c.cited for c in reading.citations}:
        yield "a document that is nowhere cited"
    ends = [(link.source in cited, link.target in (named if link.to_named else cited)) for link in reading.links]
    if not all(source and target for source, target in ends):
        yield "a link of a document that is not there"
    if [vote.n for vote in filed.votes] != list(range(len(filed.votes))):
        yield "votes out of order"
    rows = range(len(filed.votes))
    if any(place.n not in rows for place in filed.places):
        yield "a place of a row that is not there"
    if any(link.source not in rows or link.target not in rows for link in filed.links):
        yield "a filed link of a row that is not there"
    sure = [*(c.confidence for c in reading.citations), *(p.confidence for p in filed.places)]
    if any(not 0 <= confidence <= 1 for confidence in sure):
        yield "a confidence outside 0..1"


def _wrong_forms(report: Report, reading: Reading) -> Iterator[str]:
    """What is in canonical form stays as it is: the cleaned text, and each instrument as it is printed."""
    if clean(report.text) != report.text:
        yield "a cleaned text that cleaning changes"
    for cited in reading.cited:
        try:
            again = Instrument.parse(str(cited.instrument))
        except UnknownReferenceError:
            yield "an instrument that is not read from what it prints"
        else:
            if again != cited.instrument or str(again) != str(cited.instrument):
                yield "an instrument that is read as another from what it prints"


def shrunk(text: str, fault: str) -> str:
    """A small part of `text` in which the same fault shows."""
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text):
            less = text[:at] + text[at + size :]
            if fault in faults(less):
                text = less
            else:
                at += size
        size //= 2
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One input that was read: its number, its length, what was wrong, what was found, and the seconds it took."""

    number: int
    length: int
    faults: tuple[str, ...]
    seconds: float


def tried(number: int, seed: int) -> Tried:
    """Read the input of that number."""
    text = mutated(number, seed)
    start = time.perf_counter()
    found = tuple(faults(text))
    return Tried(number=number, length=len(text), faults=found, seconds=time.perf_counter() - start)


def run(count: int, seed: int, processes: int) -> Iterator[Tried]:
    """All inputs, as they are read."""
    if processes == 1:
        yield from (tried(number, seed) for number in range(count))
        return
    with Pool(processes) as pool:
        yield from pool.imap_unordered(partial(tried, seed=seed), range(count), chunksize=50)


def _watched(results: Iterable[Tried]) -> Iterator[Tried]:
    """The same, with a word on the way every thousand inputs."""
    wrong = 0
    for number, result in enumerate(results, 1):
        wrong += bool(result.faults)
        if number % 1_000 == 0:
            print(f"{number:,} read, {wrong:,} with a fault", file=sys.stderr, flush=True)
        yield result


def _print(results: Sequence[Tried], seconds: float, seed: int) -> None:
    by_fault: dict[str, list[Tried]] = defaultdict(list)
    for result in results:
        for fault in result.faults:
            by_fault[fault].append(result)
    size = sum(r.length for r in results) / 1e6
    bad = sum(bool(r.faults) for r in results)
    print(f"{len(results):,} inputs ({size:.1f} million characters) of seed {seed}, {bad:,} with a fault")
    print(f"{seconds:.0f} s, {len(results) / seconds:.0f} inputs a second")
    slow = sorted(results, key=lambda r: -r.seconds)[:3]
    print("slowest: " + ", ".join(f"{r.number} ({r.length} characters, {r.seconds * 1000:.0f} ms)" for r in slow))
    for fault, count in Counter({fault: len(found) for fault, found in by_fault.items()}).most_common():
        numbers = [r.number for r in sorted(by_fault[fault], key=lambda r: (r.length, r.number))[:_SHOWN]]
        print(f"  {count:6,} {fault}\n         numbers {', '.join(map(str, numbers))}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000, help="how many inputs (default 100,000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=cores())
    parser.add_argument("--only", type=int, metavar="NUMBER", help="show this input and what is wrong with it")
    parser.add_argument("--shrink", action="store_true", help="with --only: show a small part with the same fault")
    given = parser.parse_args(arguments)
    if given.only is not None:
        text = mutated(given.only, given.seed)
        found = faults(text)
        for fault in found:
            print(f"{fault}\n{shrunk(text, fault)!r}")
        if not (found and given.shrink):
            print(repr(text))
        return int(bool(found))
    start = time.perf_counter()
    results = list(_watched(run(given.count, given.seed, given.processes)))
    _print(results, time.perf_counter() - start, given.seed)
    return int(any(r.faults for r in results))


if __name__ == "__main__":
    sys.exit(main())
