"""Answers as lines: the answer first, its evidence under it, and no text that could steer the terminal."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import read_report
from corpus.tables import read_table
from graph.extract import find_citations
from index.library import Library, open_library
from index.results import Added, Health
from webview.terminal import Speaker, plain
from webview.told import Teller

WORDS = read_table("webview", "terminal")
GAPS = string.Formatter()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Library]:
    with open_library(tmp_path_factory.mktemp("terminal") / "library", create=True) as opened:
        opened.add([samples / "reports"])
        yield opened


@pytest.fixture(params=["vi", "en"])
def speaker(request: pytest.FixtureRequest) -> Speaker:
    return Speaker(request.param)


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in GAPS.parse(sentence) if name}


def test_both_languages_say_the_same_things() -> None:
    assert set(WORDS["vi"]) == set(WORDS["en"])
    assert {key: gaps(text) for key, text in WORDS["vi"].items()} == {k: gaps(t) for k, t in WORDS["en"].items()}


def test_every_sentence_is_said_somewhere() -> None:
    root = Path(__file__).resolve().parents[1]
    sources = [*(root / "webview").glob("*.py"), root / "search_cli.py"]
    code = "".join(path.read_text(encoding="utf-8") for path in sources)
    assert [key for key in WORDS["vi"] if not re.search(rf"""["']{key}["']""", code)] == []


def test_a_trace_names_the_document_then_the_units_with_their_sentences(library: Library, speaker: Speaker) -> None:
    trace = library.trace("Kết luận 120-KL/TW")
    lines = list(Teller(speaker).trace(trace))
    assert lines[0].startswith("Kết luận 120-KL/TW")
    assert "07/01/2016" in lines[0] + lines[1]
    [traced] = trace.instruments
    for unit in traced.units:
        assert any(line.strip() == (unit.unit and unit.unit.label) for line in lines)
    quoted = [line for line in lines if "«" in line]
    assert len(quoted) >= sum(len(report.places) for unit in traced.units for report in unit.reports) > 3
    assert all(re.search(r"“.*«.+».*”", line) for line in quoted)
    assert any("120" in line.partition("«")[2].partition("»")[0] for line in quoted)
    assert all(unit.label in lines[-1] for unit in trace.missing)


def test_a_reference_to_two_documents_says_so_first(library: Library, speaker: Speaker) -> None:
    lines = list(Teller(speaker).trace(library.trace("Chỉ thị 35-CT/TW")))
    assert "2" in lines[0]
    assert "«" in lines[0] or "“" in lines[0]
    assert len([line for line in lines if line.startswith("Chỉ thị 35-CT/TW")]) == 2


def test_a_hit_is_numbered_and_shows_its_passage_with_the_words_marked(library: Library, speaker: Speaker) -> None:
    answer = library.search("đối thoại", limit=2)
    lines = list(speaker.search(answer, "đối thoại", 0))
    assert lines[0].startswith(str(answer.found.total))
    assert [line[:2] for line in lines if re.match(r"\d\. ", line)] == ["1.", "2."]
    assert any("«đối thoại»" in line.lower() for line in lines)
    assert "--offset 2" in lines[-1]
    second = list(speaker.search(library.search("đối thoại", limit=2, offset=2), "đối thoại", 2))
    assert any(line.startswith("3. ") for line in second)


def test_nothing_found_is_said_with_the_query(library: Library, speaker: Speaker) -> None:
    lines = list(speaker.search(library.search("xyzabc"), "xyzabc", 0))
    assert any("xyzabc" in line for line in lines)
    assert not any(re.match(r"\d+\.", line) for line in lines)


def test_an_abbreviation_that_was_replaced_is_said(library: Library, speaker: Speaker) -> None:
    assert "quy chế dân chủ" in next(speaker.search(library.search("QCDC"), "QCDC", 0))


def test_cites_has_a_line_for_each_instrument(samples: Path, speaker: Speaker) -> None:
    report = read_report(next((samples / "reports").rglob("phong-loc-bc-dan-chu-2024.docx")))
    reading = find_citations(report)
    lines = list(speaker.cites(report, reading))
    assert lines[0] == report.file
    for cited in reading.cited:
        [line] = [line for line in lines if line.startswith(f"  {cited.instrument} ·") and "→" not in line]
        places = [c for c in reading.citations if reading.cited[c.cited] == cited]
        assert all(place.relation in line and str(place.line) in line for place in places)
        assert cited.issuer is None or cited.issuer in line
    for link in reading.links:
        assert any(link.relation in line and "→" in line for line in lines)
    assert any(refused.text in lines[-1] for refused in reading.refused)


def test_a_report_is_shown_with_its_line_numbers(library: Library, speaker: Speaker) -> None:
    report = library.find_report("khe-thuong-bc-qcdc-6-thang-2022.txt")
    lines = list(speaker.report(report))
    assert report.id in lines[0]
    numbered = lines[-(report.text.count("\n") + 1) :]
    assert [int(line[:5]) for line in numbered] == list(range(1, len(numbered) + 1))


def test_what_was_added_is_counted(speaker: Speaker) -> None:
    line = speaker.added(
        Added(added=5, updated=4, unchanged=3, duplicates=2, removed=6, failed=(("a", "'a' is b — c"),))
    )
    assert re.findall(r"\d+", line) == ["5", "4", "3", "2", "6", "1"]


def test_health_says_each_problem_and_each_repair(library: Library, speaker: Speaker) -> None:
    counts = library.catalog.counts()
    ill = list(speaker.health(Health(counts=counts, problems=("one", "two"), repaired=("three",))))
    assert [next((w for w in ("one", "two", "three") if w in line), None) for line in ill] == ["three", "one", "two"]
    [well] = speaker.health(Health(counts=counts, problems=(), repaired=()))
    assert well in {WORDS["vi"]["well"], WORDS["en"]["well"]}


def test_counts_are_in_words_and_in_order(library: Library, speaker: Speaker) -> None:
    counts = library.catalog.counts()
    rows = list(speaker.counts(counts))
    assert [value for _, value in rows] == [
        *(counts.reports, counts.units, counts.instruments, counts.citations, counts.links, counts.failures)
    ]
    assert len({name for name, _ in rows}) == 6


@given(text=st.text())
def test_plain_text_is_one_line_of_what_can_be_printed(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert shown.isprintable()
    assert all(a == b for a, b in zip(text, shown, strict=True) if a.isprintable())


STEERING = "\x1b]0;owned\x07\x1b[31m\u202e\r"


def test_no_answer_steers_the_terminal(tmp_path: Path, speaker: Speaker) -> None:
    """Escapes can stand in a name, a title, a unit, a sentence, and in what is asked."""
    text = f"""ỦY BAN NHÂN DÂN
XÃ PHONG {STEERING} LỘC
Số: 12/BC-UBND
Phong Lộc, ngày 05 tháng 6 năm 2024
BÁO CÁO
Kết quả {STEERING} dân chủ
Thực hiện Kế hoạch số 38/KH-UBND ngày 02/02/2024 của UBND huyện {STEERING} Đại Khê về dân chủ {STEERING} ở cơ sở.
"""
    (tmp_path / "reports").mkdir()
    path = tmp_path / "reports" / "a\u202eb.txt"
    path.write_text(text, encoding="utf-8", newline="")
    with open_library(tmp_path / "library", create=True) as library:
        library.add([tmp_path / "reports"])
        [card] = library.catalog.cards()
        report = library.find_report(card.id)
        query = f"dân chủ{STEERING}"
        lines = [
            *Teller(speaker).trace(library.trace("Kế hoạch 38/KH-UBND")),
            *speaker.search(library.search("dân chủ"), query, 0),
            *speaker.search(library.search("xyzabc"), query, 0),
            *speaker.cites(report, find_citations(report)),
            *speaker.report(report),
            speaker.added(Added(failed=((str(path), f"'{path}{STEERING}' is damaged — copy it again"),))),
            *speaker.health(Health(counts=library.catalog.counts(), problems=(f"{path}{STEERING}",), repaired=())),
        ]
    assert [line for line in lines if not line.isprintable()] == []
