"""What the trials of `stand.py` share: a small library with gold, questions whose counts are known, verdicts."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import corpora
import reports

from corpus.errors import CancuError
from index.library import Library, open_library

QUESTIONS = tuple(phrase for kind in ("common", "mid", "word", "word-mid") for phrase in reports.phrases(kind)[::3])
# Every invented report has both, once and outside its body.
EVERYWHERE = ("cộng hòa xã hội chủ nghĩa việt nam", "độc lập tự do hạnh phúc")

Gold = Mapping[str, reports.Invented]
"""The gold of each report by the name of its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a trial found: what was done, and what was wrong; `skipped` says why it could not be made."""

    trial: str
    done: str = ""
    faults: tuple[str, ...] = ()
    skipped: str | None = None

    def __str__(self) -> str:
        if self.skipped:
            return f"skipped  {self.trial}: {self.skipped}"
        faults = "".join(f"\n           {fault}" for fault in dict.fromkeys(self.faults))
        return f"{'FAULT' if self.faults else 'ok':<8} {self.trial}: {self.done}{faults}"


def written(folder: Path, count: int, first: int = 0) -> Gold:
    """Write `count` invented reports, from number `first` on, into `folder`; gives their gold."""
    folder.mkdir(parents=True)
    made = [reports.invent(first + at) for at in range(count)]
    for report in made:
        (folder / Path(report.file).name).write_text(report.text, encoding="utf-8")
    return {Path(report.file).name: report for report in made}


def library_of(folder: Path, count: int) -> tuple[Path, Gold]:
    """A library of `count` reports in `folder`, with their gold."""
    gold = written(folder / "reports", count)
    with open_library(folder / "library", create=True) as library:
        library.add([folder / "reports"])
    return folder / "library", gold


def wrong(library: Library, gold: Gold) -> Iterator[str]:
    """What a library answers otherwise than its catalog and the gold say, a sentence each.

    An index that says how many reports it has not learnt yet may find fewer by that number.
    """
    held = [gold[Path(card.file).name] for card in library.catalog.cards()]
    for phrase in QUESTIONS:
        true = sum(phrase in report.phrases for report in held)
        answer = library.search(f'"{phrase}"')
        if not true - answer.behind <= answer.found.total <= true:
            yield f"{phrase!r} is found in {answer.found.total}, not {true} of {len(held)} reports"
        if len(answer.hits) != min(10, answer.found.total):
            yield f"{phrase!r}: {len(answer.hits)} hits are shown of {answer.found.total}"


def wrong_at(folder: Path, gold: Gold, *, whole: bool = False) -> list[str]:
    """The same of the library in `folder`; `whole`: all reports must be there, indexed, and well for `doctor`."""
    try:
        with open_library(folder) as library:
            found = list(wrong(library, gold))
            if whole and library.catalog.size() != len(gold):
                found.append(f"{library.catalog.size()} of {len(gold)} reports are there")
            if whole:
                found += [f"doctor: {problem}" for problem in library.check().problems]
                found += ["the index is behind"] if library.search("báo cáo").behind else []
            return found
    except CancuError as error:
        return [f"refused: {error}"]
    except Exception as error:  # noqa: BLE001 - it is what the trial looks for
        return [f"{type(error).__name__}: {error}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How a command ended: its exit code, what it printed as JSON, and what it said."""

    code: int
    answer: Any
    said: str

    def faults(self, doing: str) -> list[str]:
        """A traceback, or a failure without a word."""
        if "Traceback" in self.said:
            return [f"{doing}: {self.said.strip().splitlines()[-1]} (with a traceback)"]
        silent = self.code and self.answer is None and not self.said.strip()
        return [f"{doing}: exit code {self.code} without a word"] if silent else []


def told(folder: Path, *arguments: str | Path, under: Sequence[str] = ()) -> Told:
    """Run `cancu --library FOLDER ARGUMENTS --json` to its end, `under` another command that runs it."""
    line = [*under, *corpora.cancu("-q", "--library", folder, *arguments, "--json")]
    done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    said = done.stderr if answer is not None else done.stderr + done.stdout
    return Told(code=done.returncode, answer=answer, said=said)
