"""What looks like a citation and is none: two thousand invented sentences, none of which cites anything."""

import sys
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).parent / "eval"))

import near_misses

SENTENCES = near_misses.compose(2_160)
BY_PATTERN = defaultdict(list)
for _sentence in SENTENCES:
    BY_PATTERN[_sentence.pattern].append(_sentence)


@pytest.mark.parametrize("pattern", BY_PATTERN)
def test_no_near_miss_is_read_as_a_citation(pattern: str) -> None:
    found = {sentence.text: near_misses.read(sentence.text) for sentence in BY_PATTERN[pattern]}
    assert {text: read for text, read in found.items() if read} == {}


def test_the_near_misses_are_many_and_differ() -> None:
    assert len({sentence.text for sentence in SENTENCES}) == len(SENTENCES) == 2_160
    assert {sentence.form for sentence in SENTENCES} == near_misses.FORMS.keys()
    assert {sentence.pattern for sentence in SENTENCES} == {row["name"] for row in near_misses.table()["pattern"]}
    assert min(map(len, BY_PATTERN.values())) >= 20


def test_no_slot_stays_open_and_no_pattern_stands_twice() -> None:
    assert [s.text for s in SENTENCES if "{" in s.text or "}" in s.text] == []
    names = [row["name"] for row in near_misses.table()["pattern"]]
    assert len(names) == len(set(names))


def test_the_same_seed_gives_the_same_sentences() -> None:
    assert near_misses.compose(300) == near_misses.compose(300)
    assert near_misses.compose(300) != near_misses.compose(300, seed=1)


@pytest.mark.parametrize("form", near_misses.FORMS)
def test_a_real_citation_in_the_same_sentence_would_be_read(form: str) -> None:
    """In each form: what is silent here is not silent because nothing is read."""
    chance = Random(0)  # noqa: S311 - it hides nothing
    text = near_misses.FORMS[form]("Trong kỳ, đã ban hành Kế hoạch số 12/KH-UBND và Luật Đất đai.", chance)
    found = " ".join(near_misses.read(text))
    assert "Kế hoạch 12/KH-UBND" in found
    assert "Luật Đất đai" in found


def test_what_was_read_is_counted_and_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near_misses, "read", lambda _: [])
    assert near_misses.main(["--count", "100"]) == 0
    assert "0 of them give a citation" in capsys.readouterr().out
    monkeypatch.setattr(near_misses, "read", lambda text: ["'x' as Kế hoạch x"] if "Km" in text else [])
    assert near_misses.main(["--count", "500"]) == 1
    assert "\nđường, lý trình: " in capsys.readouterr().out
