"""Broken reports are read without an error; and a harness that would not notice is no harness."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus.model import Report
from corpus.reading import report_of
from graph.answers import cites_json
from graph.extract import find_citations
from graph.model import Reading

sys.path.insert(0, str(Path(__file__).parent / "eval"))

import mutate
from damage import DAMAGES
from reference import FOLDERS, texts

_TEXT = (
    "Thực hiện Kế hoạch số 12/KH-UBND của UBND huyện An Hạ và Luật Đất đai,\nUBND xã đã ban hành Quyết định số "
    "7/QĐ-UBND ngày 02/3/2022; giải quyết 121/147 vụ việc."
)


@pytest.fixture(scope="module")
def samples_only() -> list[str]:
    """The texts that every checkout has: an input of a number is the same wherever the tests run."""
    return texts(FOLDERS[:1])


def test_broken_reports_are_read_without_a_fault(samples_only: list[str]) -> None:
    found = {number: mutate.faults(mutate.mutated(number, 1, samples_only)) for number in range(250)}
    assert {number: faults for number, faults in found.items() if faults} == {}


def _chance(number: int) -> Random:
    return Random(number)  # noqa: S311 - it hides nothing


@pytest.mark.parametrize("damage", range(len(DAMAGES)))
def test_every_damage_changes_a_text_and_depends_on_its_number_alone(damage: int) -> None:
    damaged = {DAMAGES[damage](_TEXT, _chance(n)) for n in range(20)}
    again = {DAMAGES[damage](_TEXT, _chance(n)) for n in range(20)}
    assert damaged == again
    assert damaged != {_TEXT}


def test_an_input_is_short_and_depends_on_number_and_seed(samples_only: list[str]) -> None:
    inputs = [mutate.mutated(number, 1, samples_only) for number in range(100)]
    assert max(map(len, inputs)) <= mutate.LONGEST
    assert len(set(inputs)) > 95
    assert inputs == [mutate.mutated(number, 1, samples_only) for number in range(100)]
    assert inputs[7] != mutate.mutated(7, 2, samples_only)


def test_a_sound_reading_has_no_fault() -> None:
    assert mutate.faults(_TEXT) == []
    assert mutate.faults("\u200b \n") == []


def _citation(**changed: Any) -> Callable[[Reading], Reading]:
    """A reading whose second citation says something else."""
    return lambda reading: replace(
        reading, citations=(reading.citations[0], replace(reading.citations[1], **changed), *reading.citations[2:])
    )


WRONG = [
    (_citation(start=3), "a Citation that is not the text at its place"),
    (_citation(end=9_999), "a Citation outside the text"),
    (_citation(line=7), "a Citation on a wrong line"),
    (_citation(confidence=1.5), "a confidence outside 0..1"),
    (_citation(cited=9), "a citation of a document that is not there"),
    (_citation(in_title_of=9), "a citation of a document that is not there"),
    (_citation(cited=0), "a document that is nowhere cited"),
    (lambda reading: replace(reading, citations=reading.citations[::-1]), "citations out of order"),
    (lambda reading: replace(reading, refused=(*reading.refused, *reading.refused)), "two places that overlap"),
]


@pytest.mark.parametrize(("spoil", "fault"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_with_a_reading_is_noticed(
    spoil: Callable[[Reading], Reading], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutate, "find_citations", lambda report: spoil(find_citations(report)))
    # What does not lie in its rows cannot be printed either.
    monkeypatch.setattr(mutate, "cites_json", lambda *_: {})
    assert fault in mutate.faults(_TEXT)


def test_an_error_is_a_fault_that_says_where_it_arose(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(report: Report) -> Reading:
        raise ZeroDivisionError(report.text)

    monkeypatch.setattr(mutate, "find_citations", broken)
    (fault,) = mutate.faults(_TEXT)
    assert fault.startswith("ZeroDivisionError in test_eval_mutate.broken")


def test_a_fault_is_shown_by_a_small_part_of_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutate, "faults", lambda text: ["x"] if "12" in text and "7" in text else [])
    assert mutate.shrunk(_TEXT, "x") in {"127", "712"}


def test_the_same_numbers_are_tried_in_one_process_and_in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutate, "_texts", lambda: (_TEXT * 5,))
    if sys.platform != "linux":
        pytest.skip("other systems start processes anew, with all texts that are here")
    one, two = mutate.run(20, 1, 1), mutate.run(20, 1, 2)
    assert [(t.number, t.length) for t in one] == sorted((t.number, t.length) for t in two)


def test_the_answers_of_a_program_can_be_written_for_a_broken_report() -> None:
    report = report_of("Kế hoạch số 5/KH-UBND \ud800 của UBND xã\x00", file="x")
    assert cites_json(report, find_citations(report))["citations"]
