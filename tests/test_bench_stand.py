"""The trials of a library are made on a small scale, and they find the faults that are put before them."""

import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))

import building
import fuzz
import harm
import stand
import verdicts
from verdicts import Gold, Told, Verdict

from index.library import open_library

Small = tuple[Path, Gold]
posix = pytest.mark.skipif(sys.platform == "win32", reason="a group of processes is killed as POSIX does it")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return verdicts.library_of(tmp_path_factory.mktemp("stand"), 6)


def test_a_library_that_is_well_has_no_faults(small: Small) -> None:
    folder, gold = small
    assert verdicts.wrong_at(folder, gold, whole=True) == []


def test_a_wrong_count_and_a_missing_report_are_faults(small: Small) -> None:
    folder, gold = small
    empty = {name: replace(report, phrases=()) for name, report in gold.items()}
    with open_library(folder) as library:
        assert any("is found in" in fault for fault in verdicts.wrong(library, empty))
    one_more = {**gold, "another.txt": next(iter(gold.values()))}
    assert verdicts.wrong_at(folder, one_more, whole=True) == ["6 of 7 reports are there"]


def test_a_library_that_cannot_be_opened_is_a_fault(tmp_path: Path) -> None:
    (fault,) = verdicts.wrong_at(tmp_path / "nowhere", {})
    assert fault.startswith("refused: there is no library")


@pytest.mark.parametrize(
    ("told", "faults"),
    [
        (Told(code=0, answer={}, said=""), 0),
        (Told(code=1, answer=None, said="cancu: the disk is full — make room"), 0),
        (Told(code=1, answer={"problems": ["a"]}, said=""), 0),
        (Told(code=1, answer=None, said=""), 1),
        (Told(code=1, answer=None, said="Traceback (most recent call last):\nOSError"), 1),
    ],
)
def test_a_failure_must_say_what_it_is(told: Told, faults: int) -> None:
    assert len(told.faults("add")) == faults


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (Verdict(trial="a", done="3 kills"), "ok       a: 3 kills"),
        (Verdict(trial="a", done="3 kills", faults=("b", "b")), "FAULT    a: 3 kills\n           b"),
        (Verdict(trial="a", skipped="no root"), "skipped  a: no root"),
    ],
)
def test_a_verdict_is_a_line(verdict: Verdict, line: str) -> None:
    assert str(verdict) == line


def test_nonsense_is_answered_or_refused(small: Small) -> None:
    folder, _ = small
    verdict = fuzz.fuzz(folder, 300)
    assert verdict.faults == ()
    assert fuzz.query(random.Random(1)) == fuzz.query(random.Random(1))  # noqa: S311 - it keeps no secret


def test_an_index_that_is_gone_is_told_of_and_made_again(small: Small, tmp_path: Path) -> None:
    folder, gold = small
    library = Path(shutil.copytree(folder, tmp_path / "library"))
    assert harm.index_deleted(library, gold).faults == ()


@posix
@pytest.mark.parametrize(
    "arguments",
    [
        ["--only", "kill", "--kills", "2", "--reports", "6"],
        ["--only", "readers", "--seconds", "2", "--reports", "4"],
    ],
    ids=["kill", "readers"],
)
def test_a_library_stands_a_trial(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert stand.main(arguments) == 0
    assert capsys.readouterr().out.startswith("ok ")


def test_the_exit_code_tells_of_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(_: Path, __: object) -> Iterator[Verdict]:
        yield Verdict(trial="a", faults=("b",))

    monkeypatch.setitem(stand.TRIALS, "kill", faulty)
    assert stand.main(["--only", "kill"]) == 1


def test_a_command_that_is_built_with_is_measured() -> None:
    run = building.run([sys.executable, "-c", "x = b'x' * 60_000_000; import time; time.sleep(0.4)"])
    assert run.seconds > 0.3
    assert run.memory is None or run.memory > 60_000_000
