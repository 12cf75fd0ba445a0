"""The invented reports: the same for the same number, gold by construction, hardly a clause twice."""

import json
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))

import corpora
import reports
from reports import Invented, invent

from corpus.folding import fold
from corpus.reading import read_report, report_of
from graph.extract import find_citations
from index.syllables import SYLLABLE, canonical, clauses

CLASSES = ("common", "mid", "rare", "word", "word-mid", "citation", "citation-rare")


@pytest.fixture(scope="module")
def invented() -> list[Invented]:
    return [invent(index) for index in range(40)]


def _clauses(report: Invented) -> list[str]:
    text = report_of(report.text, file="x").text
    return [f" {' '.join(canonical(span.of(text)) for span in clause)} " for clause in clauses(text)]


def _key(phrase: str) -> str:
    return f" {' '.join(map(canonical, SYLLABLE.findall(phrase)))} "


def test_a_report_depends_on_seed_and_number_alone(invented: list[Invented]) -> None:
    assert [invent(7), invent(3)] == [invented[7], invented[3]]
    assert invent(7).text == invented[7].text
    assert invent(7, seed=5).text != invented[7].text


def test_the_first_reports_of_many_are_those_of_few(tmp_path: Path, invented: list[Invented]) -> None:
    for count in (3, 5):
        assert reports.main([str(tmp_path / str(count)), "--count", str(count)]) == 0
    texts = {
        count: {
            path.relative_to(tmp_path / count).as_posix(): path.read_bytes() for path in tmp_path.glob(f"{count}/*/*")
        }
        for count in ("3", "5")
    }
    assert texts["3"].items() <= texts["5"].items()
    assert texts["5"] == {report.file: report.text.encode() for report in invented[:5]}
    gold = [json.loads(line) for line in reports.gold_file(tmp_path / "5").read_text(encoding="utf-8").splitlines()]
    assert [row["phrases"] for row in gold] == [list(report.phrases) for report in invented[:5]]
    assert "text" not in gold[0]


def test_the_working_folder_is_filled_once(tmp_path: Path) -> None:
    folder = corpora.folder_of(tmp_path, 2)
    (path, _) = sorted(folder.glob("*/*.txt"))
    path.write_text("kept", encoding="utf-8")
    assert corpora.folder_of(tmp_path, 2) == folder
    assert path.read_text(encoding="utf-8") == "kept"


def test_a_planted_phrase_stands_where_the_gold_says_and_nowhere_else(invented: list[Invented]) -> None:
    for report in invented:
        text = "".join(_clauses(report))
        for phrase in (phrase for name in CLASSES for phrase in reports.phrases(name)):
            planted = phrase in report.phrases or phrase in report.cites
            typed = (_key(phrase), _key(fold(phrase)))  # one sentence of thirty reports is typed without accents
            assert planted == any(key in text for key in typed), (report.file, phrase)


@pytest.mark.parametrize(
    ("name", "rate"), [("common", 0.55), ("mid", 0.14), ("word", 0.8), ("word-mid", 0.25), ("citation", 0.04)]
)
def test_a_class_is_planted_about_as_often_as_it_says(invented: list[Invented], name: str, rate: float) -> None:
    planted = reports.phrases(name)
    found = sum(phrase in (*report.phrases, *report.cites) for report in invented for phrase in planted)
    assert rate * 0.6 < found / len(planted) / len(invented) < rate * 1.5


def test_a_report_is_read_as_one(invented: list[Invented]) -> None:
    for report in invented:
        header = report_of(report.text, file="x").header
        assert (header.type, header.unit, header.year) == (report.type, report.unit, report.year)


def test_the_instruments_and_local_plans_of_the_gold_are_cited(invented: list[Invented]) -> None:
    for report in invented[:15]:
        cited = {
            c.instrument.canonical.rpartition(" ")[2] for c in find_citations(report_of(report.text, file="x")).cited
        }
        assert {*report.cites, *(plan.partition(" ")[0] for plan in report.plans)} <= cited


def test_reports_are_as_long_as_real_ones_and_few_clauses_repeat(invented: list[Invented]) -> None:
    sizes = [len(report.text.encode()) for report in invented]
    assert 16_000 < sum(sizes) / len(sizes) < 20_000
    found = [clause for report in invented for clause in _clauses(report)]
    assert 1 - len(set(found)) / len(found) < 0.15


def test_every_slot_of_the_table_is_filled(invented: list[Invented]) -> None:
    assert not [report.file for report in invented if re.search(r"[{}]", report.text)]


def test_a_written_report_can_be_read_back(tmp_path: Path, invented: list[Invented]) -> None:
    (only,) = list(reports.write(tmp_path / "r", 1))
    assert read_report(tmp_path / "r" / only.file).header.unit == invented[0].unit
