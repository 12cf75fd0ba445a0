"""The measuring scripts measure: each stage of each token, each way to extract.  No test asserts a time."""

import importlib.util
import multiprocessing
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))
sys.path.insert(0, str(Path(__file__).parent / "eval"))

import extraction
import linear
import mutate
from linear import Timed

SMALL = (500, 1_000, 2_000)
needs_fork = pytest.mark.skipif(
    multiprocessing.get_start_method() != "fork", reason="a child that is started anew is not patched"
)


def test_the_tokens_are_many_and_hold_every_word_of_the_tables() -> None:
    words = list(linear.table_tokens())
    assert len(set(linear.TOKENS)) == len(linear.TOKENS) >= 60
    assert {"Nghị định ", "NĐ-", "UBND/", "Ban Chỉ đạo ", "thực hiện ", "Luật Đất đai "} <= {*words, *linear.TOKENS}


@pytest.mark.parametrize("token", linear.TOKENS)
def test_one_token_without_end_is_read_without_a_fault(token: str) -> None:
    assert mutate.faults(token * (1_500 // len(token))) == []


@needs_fork
def test_each_stage_is_measured_at_each_size() -> None:
    result = linear.timed("Kế hoạch số 5/KH-UBND, ", SMALL)
    assert result.broken is None
    assert result.seconds.keys() == {(size, stage) for size in SMALL for stage in ("clean", "header", "citations")}


@needs_fork
def test_a_child_that_does_not_come_back_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(text: str) -> Iterator[tuple[str, float]]:
        yield "clean", 0.1
        time.sleep(60 if len(text) > 100 else 0)

    monkeypatch.setattr(linear, "stages", slow)
    result = linear.timed("a", SMALL, limit=1.0)
    assert (result.broken, result.seconds) == ("ended after 1 s, 1 of 9 measurements done", {(500, "clean"): 0.1})


@needs_fork
def test_an_error_in_the_child_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(text: str) -> Iterator[tuple[str, float]]:
        yield "clean", 0.1
        if len(text) > 100:
            raise MemoryError

    monkeypatch.setattr(linear, "stages", failing)
    assert linear.timed("a", SMALL).broken == "MemoryError at 500 bytes"


@pytest.mark.parametrize(
    ("at_250", "at_1000", "marks"),
    [
        (0.5, 2.0, []),
        (0.9, 3.6, ["citations takes 3.6 s"]),
        (0.2, 1.6, ["citations grows 8.0 times"]),
        (0.01, 0.1, []),
        (0.5, 8.0, ["citations takes 8.0 s", "citations grows 16.0 times"]),
    ],
)
def test_what_is_slow_or_grows_faster_than_the_text_is_marked(at_250: float, at_1000: float, marks: list[str]) -> None:
    seconds = {(linear.SIZES[0], "citations"): at_250, (linear.SIZES[-1], "citations"): at_1000}
    timed = Timed(token="a", seconds=seconds)  # noqa: S106 - a piece of text
    assert timed.marks(linear.SIZES) == marks


def test_every_way_finds_citations_and_is_timed_in_each_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    ways = extraction.ways(["Thực hiện Kế hoạch số 5/KH-UBND và Kết luận 57-KL/TW, Nghị định số 61/2018/NĐ-CP."] * 3)
    rows = {way.name: (count, len(seconds)) for way, count, seconds in extraction.measured(ways, rounds=2)}
    assert rows == dict.fromkeys(("find_citations", "clean, header, find_citations", "bare pattern"), (9, 2))


def test_the_invented_english_prose_is_as_long_as_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Eyecite:
        @staticmethod
        def get_citations(text: str) -> list[str]:
            return text.split(" v. ")[1:]

    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    monkeypatch.setattr(importlib, "import_module", lambda _: Eyecite)
    way = extraction._eyecite(60_000)
    assert way is not None
    assert 50_000 <= way.size <= 60_000
    assert way.run() > 80
