"""Trials of a library that is written: killed at any moment, read meanwhile, written twice at once."""

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

import corpora
from verdicts import EVERYWHERE, QUESTIONS, Gold, Verdict, library_of, told, written, wrong_at

from index.library import open_library

_READERS = 4
_PAUSE = 0.05  # seconds between two questions: the writer must come to write, too
_LOSES_NOTHING = "refused: the index of this library is gone or empty"


def kills(work: Path, count: int, size: int, seed: int = 0) -> Verdict:
    """`cancu add` of `size` reports is killed `count` times; it goes on each time where it stopped."""
    rng = random.Random(seed)
    gold = written(work / "reports", size)
    library = work / "library"
    states: Counter[str] = Counter()
    start = time.monotonic()
    faults = told(library, "add", work / "reports").faults("an add that nobody kills")
    longest = time.monotonic() - start
    shutil.rmtree(library)
    killed = 0
    while killed < count:
        wait = rng.uniform(0, longest)
        if _killed(library, work / "reports", wait):
            killed += 1
            faults += _after_kill(library, gold, states, f"kill {killed} after {wait:.2f} s")
        else:
            faults += wrong_at(library, gold, whole=True)
            shutil.rmtree(library)
    last = told(library, "add", work / "reports")
    faults += last.faults("the last add") + wrong_at(library, gold, whole=True)
    return Verdict(trial="kill -9", done=f"{count} kills, {dict(states)}", faults=tuple(faults))


def _killed(library: Path, folder: Path, wait: float) -> bool:
    """Begin to add, kill all its processes after `wait` seconds; False where it was done before."""
    process = subprocess.Popen(
        corpora.adding(library, folder, None),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(wait)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def _after_kill(library: Path, gold: Gold, states: Counter[str], when: str) -> list[str]:
    if not (library / "catalog.sqlite").exists():
        states["no catalog yet"] += 1
        return []
    found = wrong_at(library, gold)
    # Nothing of the first batch was indexed: it says so, and the next add makes good.
    if found and all(fault.startswith(_LOSES_NOTHING) for fault in found):
        states["no index yet, and says so"] += 1
        return []
    with open_library(library) as opened:
        size = opened.catalog.size()
        states["behind, and doctor says so" if opened.check().problems else "all well"] += 1
    return [f"{when}, {size} reports: {fault}" for fault in found]


def readers(work: Path, seconds: float, size: int, *, before: int) -> Verdict:
    """Four processes ask while one adds `size` reports: no error, no count that falls, no answer of two states.

    They ask until it is done, and for `seconds` at least; before it begins the library has `before` reports.
    """
    library, gold = library_of(work, before)
    more = written(work / "more", size, first=before)
    context = multiprocessing.get_context("spawn")
    pipes, asking, enough = [], [], context.Event()
    for number in range(_READERS):
        heard, tell = context.Pipe(duplex=False)
        asking.append(context.Process(target=_read, args=(library, enough, number % 2 == 0, tell)))
        pipes.append(heard)
    for process in asking:
        process.start()
    for heard in pipes:
        heard.recv()  # it has asked once
    start = time.monotonic()
    added = subprocess.run(corpora.adding(library, work / "more", None), capture_output=True, text=True, check=False)
    time.sleep(max(0.0, seconds - (time.monotonic() - start)))
    enough.set()
    faults: list[str] = []
    asked, seen = 0, set[int]()
    for heard, process in zip(pipes, asking, strict=True):
        questions, totals, found = heard.recv()
        process.join()
        asked, seen, faults = asked + questions, seen | totals, faults + found
    if added.returncode:
        faults.append(f"the writer ended with {added.returncode}: {added.stderr.strip()[-300:]}")
    faults += wrong_at(library, {**gold, **more}, whole=True)
    done = f"{asked} answers, {size} reports added, {len(seen)} states seen"
    return Verdict(trial=f"{_READERS} readers and a writer", done=done, faults=tuple(faults))


def _read(folder: Path, enough: Event, keeps: bool, tell: Connection) -> None:  # noqa: FBT001 - argument of a process
    """In a process: ask until it is enough; `keeps` the library open, or opens it for each question."""
    faults: list[str] = []
    totals: dict[str, int] = {}
    states: set[int] = set()
    asked, library = 0, open_library(folder)
    while not asked or not enough.wait(_PAUSE):
        phrase = (EVERYWHERE[0], *QUESTIONS)[asked % (len(QUESTIONS) + 1)]
        try:
            if not keeps:
                library.close()
                library = open_library(folder)
            answer = library.search(f'"{phrase}"')
            neither = library.search(f'"{EVERYWHERE[0]}" AND NOT "{EVERYWHERE[1]}"')
        except Exception as error:  # noqa: BLE001 - it is what the trial looks for
            faults.append(f"{phrase!r}: {type(error).__name__}: {error}")
        else:
            total = answer.found.total
            by_facet = {name: sum(values.values()) for name, values in answer.found.facets.items()}
            if total < totals.get(phrase, 0):
                faults.append(f"{phrase!r} fell from {totals[phrase]} to {total}")
            if {by_facet["year"], by_facet["type"]} != {total} or len(answer.hits) != min(10, total):
                faults.append(f"{phrase!r}: {total} found, {by_facet} by facet, {len(answer.hits)} shown")
            if neither.found.total:
                faults.append(f"{neither.found.total} reports have half of what all have")
            totals[phrase] = total
            if phrase == EVERYWHERE[0]:
                states.add(total)
        asked += 1
        if asked == 1:
            tell.send("asked")
    library.close()
    tell.send((asked, states, faults))


def writers(work: Path, size: int) -> Verdict:
    """Two commands add `size` reports each at once: the second waits or says why it cannot; a third completes both."""
    library, gold = library_of(work, 5)
    halves = [(work / name, written(work / name, size, first)) for name, first in (("a", 5), ("b", 5 + size))]
    line = [corpora.adding(library, folder, None) for folder, _ in halves]
    silent = subprocess.DEVNULL
    running = [
        subprocess.Popen(one, stdout=silent, stderr=subprocess.PIPE, text=True, encoding="utf-8") for one in line
    ]
    faults, codes = [], []
    for process in running:
        _, said = process.communicate()
        codes.append(process.returncode)
        if "Traceback" in said or (process.returncode and not said.strip()):
            faults.append(f"exit code {process.returncode}: {said.strip()[-300:]}")
    for folder, more in halves:
        faults += told(library, "add", folder).faults("a third writer")
        gold = {**gold, **more}
    faults += wrong_at(library, gold, whole=True)
    return Verdict(trial="two writers", done=f"exit codes {codes}, all {len(gold)} there", faults=tuple(faults))
