"""The evaluation gate: no gold set falls below its floors; and a gate that would not notice is no gate."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "eval"))

import gate
import questions
from score import fold, fold_body, fold_number, score

from index.library import open_library

Json = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
SCORER = ROOT.parent / "shared" / "tools" / "score_citations.py"
# What the project promises of the reference texts, however the floors are updated.
REQUIRED = {"f1": 0.96, "mention_f1": 0.95, "date": 0.95, "report": 0.85, "tracing": 5 / 6, "phrase": 0.9}
# Our figures, and what the reference scorer calls them.
SAME = {
    **{name: name for name in ("precision", "recall", "f1", "mention_f1", "link_f1")},
    **{name: f"{name}_accuracy" for name in ("type", "date", "issuer", "relation", "report")},
}


@pytest.fixture(scope="module", params=gate.SETS, ids=lambda gold_set: gold_set.name)
def gold_set(request: pytest.FixtureRequest) -> gate.GoldSet:
    found: gate.GoldSet = request.param
    if not found.is_here:
        pytest.skip(f"the gold set is not at {found.gold}")
    return found


@pytest.fixture(scope="module")
def measured(gold_set: gate.GoldSet) -> gate.Measured:
    return gate.measure(gold_set)


def test_no_figure_is_below_its_floor_and_the_gold_is_unchanged(
    gold_set: gate.GoldSet, measured: gate.Measured
) -> None:
    known = json.loads(gate.FLOORS.read_text(encoding="utf-8"))[gold_set.name]
    wrong = "\n".join(measured.errors)
    assert not list(gate.shortfalls(measured, known)), wrong


def test_the_floors_of_the_reference_texts_hold_what_is_promised() -> None:
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))["shared/gold"]["floors"]
    assert {name: floors.get(name) for name, least in REQUIRED.items() if floors.get(name, 0) < least - 1e-4} == {}


@pytest.mark.skipif(not SCORER.exists(), reason=f"{SCORER} is not here")
def test_the_scorer_agrees_with_the_reference_scorer(
    gold_set: gate.GoldSet, measured: gate.Measured, tmp_path: Path
) -> None:
    found, _ = gate.predict(gold_set.documents())
    predictions = tmp_path / "found.jsonl"
    predictions.write_text("\n".join(json.dumps(row) for row in found), encoding="utf-8")
    command = [sys.executable, str(SCORER), str(gold_set.gold), str(predictions), "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    common = {ours: theirs[name] for ours, name in SAME.items() if name in theirs}
    assert len(common) >= 7
    assert {name: measured.figures[name] for name in common} == pytest.approx(common, abs=0.01)


FOLDINGS = [
    (fold, "Hoà Bình", "HÒA  BÌNH"),
    (fold, "thuỷ lợi", "thủy lợi."),
    (fold, "NQ–TW", "nq-tw"),
    (fold, "e\u0302\u0301", "ế"),
    (fold_number, "04/KH- UBND", "4/KH-UBND"),
    (fold_number, "19^A/QĐ-UBND", "19A/QĐ - UBND"),
    (fold_body, "UBND huyện", "Ủy ban nhân dân huyện"),
    (fold_body, "Ban Thường trực UB MTTQ", "Ban thường trực Uỷ ban Mặt trận Tổ quốc"),
    (fold_body, "BCĐ 35, Tỉnh ủy", "Ban Chỉ đạo 35 Tỉnh uỷ"),
]
KEPT_APART = [
    (fold, "hoá", "hoà"),
    (fold, "Đại", "Dại"),
    (fold, None, "None"),
    (fold_number, "10/KH-UBND", "1/KH-UBND"),
    (fold_number, "04/KH-UBND", "04/KH-HĐND"),
    (fold_body, "UBND xã", "HĐND xã"),
]


@pytest.mark.parametrize(("folded", "one", "other"), FOLDINGS)
def test_what_a_reader_takes_for_the_same_is_the_same(folded: Any, one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("folded", "one", "other"), KEPT_APART)
def test_what_differs_stays_apart(folded: Any, one: str | None, other: str) -> None:
    assert folded(one) != folded(other)


# One document, as a reader has it; each row below changes what the program says of it.
GOLD: Json = {
    "own": {"canonical": "5/BC-UBND"},
    "optional": ["Đề án 06"],
    "report": {"type": "Báo cáo", "number": "5"},
    "instruments": [
        {
            "type": "Kế hoạch",
            "canonical": "04/KH-UBND",
            "date": "2024-02-19",
            "issuer": "UBND xã",
            "mentions": [{"line": 3, "relation": "thực hiện"}, {"line": 9, "relation": "khác"}],
        },
        {"type": "Chỉ thị", "canonical": "35-CT/TW", "date": "2014-05-26", "issuer": "Bộ Chính trị", "mentions": 1},
        {"type": "Chỉ thị", "canonical": "35-CT/TW", "date": "2019-05-30", "issuer": None, "mentions": 1},
    ],
    "links": [{"from": "04/KH-UBND", "to": "35-CT/TW"}],
}


def found() -> Json:
    """What a perfect program says of the document."""
    names = ("own", "type", "canonical", "date", "issuer")
    rows = [
        (True, "Báo cáo", "5/BC-UBND", None, None),
        (False, "Chỉ thị", "35-CT/TW", "2019-05-30", None),
        (False, "Kế hoạch", "4/KH-UBND", "2024-02-19", "Ủy ban nhân dân xã"),
        (False, "Chỉ thị", "35-CT/TW", "2014-05-26", "Bộ Chính trị"),
        (False, "Đề án", "06", None, None),
    ]
    cited = [(1, 20, "khác"), (2, 3, "thực hiện"), (2, 10, "khác"), (3, 12, "căn cứ")]
    return {
        "file": "folder/a.docx",
        "report": {"type": "BÁO CÁO", "number": 5},
        "instruments": [{"id": n, **dict(zip(names, row, strict=True))} for n, row in enumerate(rows)],
        "citations": [{"instrument": i, "line": line, "relation": relation} for i, line, relation in cited],
        "links": [{"from": "04/KH-UBND", "to": "35-CT/TW"}],
    }


def test_a_perfect_reading_has_no_error() -> None:
    judged = score({"a": GOLD}, [found()])
    assert judged.errors == []
    assert set(judged.figures.values()) == {1.0}
    assert judged.instruments.wanted == 3


def _no_date(said: Json) -> None:
    said["instruments"][2]["date"] = None


def _other_issuer(said: Json) -> None:
    said["instruments"][2]["issuer"] = "Ủy ban nhân dân huyện"


def _other_type(said: Json) -> None:
    said["instruments"][2]["type"] = "Công văn"


def _other_number(said: Json) -> None:
    said["instruments"][2]["canonical"] = "40/KH-UBND"


def _one_more(said: Json) -> None:
    said["instruments"].append({**said["instruments"][2], "id": 9, "canonical": "9/KH-UBND"})


def _one_merged(said: Json) -> None:
    del said["instruments"][1], said["citations"][0]


def _place_lost(said: Json) -> None:
    del said["citations"][1]


def _other_relation(said: Json) -> None:
    said["citations"][1]["relation"] = "quán triệt"


def _far_away(said: Json) -> None:
    said["citations"][1]["line"] = 6


def _other_link(said: Json) -> None:
    said["links"][0]["to"] = "5/BC-UBND"


def _other_header(said: Json) -> None:
    said["report"]["number"] = None


def _not_read(said: Json) -> None:
    said["file"] = "b.docx"


WORSE = [
    (_no_date, {"date": 2 / 3}),
    (_other_issuer, {"issuer": 1 / 2}),
    (_other_type, {"type": 2 / 3}),
    (_other_number, {"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "mention_f1": 2 / 4}),
    (_one_more, {"precision": 3 / 4, "recall": 1.0, "f1": 6 / 7}),
    (_one_merged, {"precision": 1.0, "recall": 2 / 3, "mention_f1": 6 / 7}),
    (_place_lost, {"mention_f1": 6 / 7, "relation": 1 / 2, "f1": 1.0}),
    (_other_relation, {"relation": 1 / 2}),
    (_far_away, {"relation": 1 / 2}),
    (_other_link, {"link_f1": 0.0}),
    (_other_header, {"report": 1 / 2}),
    (_not_read, {"recall": 0.0, "mention_f1": 0.0, "report": 0.0, "link_f1": 0.0}),
]


@pytest.mark.parametrize(("worsen", "figures"), WORSE, ids=lambda value: getattr(value, "__name__", ""))
def test_each_fault_lowers_its_figure(worsen: Any, figures: dict[str, float]) -> None:
    said = found()
    worsen(said)
    judged = score({"a": GOLD}, [said])
    assert {name: judged.figures[name] for name in figures} == pytest.approx(figures)
    assert judged.errors


def test_a_reading_that_is_right_as_well_counts() -> None:
    said = found()
    said["instruments"][2]["issuer"] = "Chủ tịch UBND xã"
    gold = {**GOLD, "instruments": [{**i, "issuer_alt": "Chủ tịch UBND xã"} for i in GOLD["instruments"][:1]]}
    assert score({"a": gold}, [said]).facts["issuer"].recall == 1.0


@pytest.fixture
def small(tmp_path: Path) -> gate.GoldSet:
    """A gold set of one document that the program reads rightly, and one question of each kind."""
    small = gate.GoldSet(name="small", gold=tmp_path / "gold", texts=tmp_path / "texts")
    small.gold.mkdir()
    small.texts.mkdir()
    text = "Căn cứ Nghị định số 59/2023/NĐ-CP ngày 14/8/2023 của Chính phủ, thôn Hạ đã làm đường.\n"
    (small.texts / "one.txt").write_text(text, encoding="utf-8")
    instrument = {"type": "Nghị định", "canonical": "59/2023/NĐ-CP", "date": "2023-08-14", "issuer": "Chính phủ"}
    mention = {"line": 1, "relation": "căn cứ"}
    write(small.gold / "one.json", {"instruments": [{**instrument, "mentions": [mention]}]})
    phrase = {"id": "P1", "query": "làm đường", "files": ["one.txt"]}
    trace = {"id": "T1", "ask": "Nghị định 59", "answer_units": [None], "ambiguous": False}
    write(small.gold / "queries.json", {"tracing": [trace], "phrases": [phrase]})
    return small


def write(path: Path, value: Json) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_update_sets_floors_that_are_then_held(
    small: gate.GoldSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.json"
    assert gate.run([small], floors) == 1  # a gold set without floors is not passed over
    assert gate.run([small], floors, update=True) == 0
    capsys.readouterr()
    assert gate.run([small], floors) == 0
    out = capsys.readouterr().out
    assert "small: 1 documents" in out
    assert {"f1", "date", "relation", "tracing", "phrase"} <= set(out.split())
    assert json.loads(floors.read_text(encoding="utf-8"))["small"]["lowered"] == []


def test_a_regression_fails(small: gate.GoldSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    gate.run([small], floors, update=True)
    measured = gate.measure(small)
    worse = gate.Measured(digest=measured.digest, figures={**measured.figures, "date": 0.0}, errors=())
    known = json.loads(floors.read_text(encoding="utf-8"))["small"]
    assert list(gate.shortfalls(worse, known)) == ["date fell from 1.0000 to 0.0000"]
    change(small.gold / "one.json", "2023-08-14", "2023-08-15")  # the program's date is now wrong
    assert gate.run([small], floors) == 1
    assert "date fell from 1.0000 to 0.0000" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["gold/one.json", "gold/queries.json", "texts/one.txt"])
def test_a_changed_gold_set_is_noticed(
    small: gate.GoldSet, tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.json"
    gate.run([small], floors, update=True)
    path = tmp_path / what
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")  # means the same, is not the same
    assert gate.run([small], floors) == 1
    out = capsys.readouterr().out
    assert "the gold set has changed" in out
    assert "fell" not in out


def test_an_update_lowers_no_floor_without_a_reason(
    small: gate.GoldSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.json"
    gate.run([small], floors, update=True)
    before = floors.read_bytes()
    change(small.gold / "one.json", "2023-08-14", "2023-08-15")
    assert gate.run([small], floors, update=True) == 1
    assert "refused to lower date 1.0000 → 0.0" in capsys.readouterr().out
    assert floors.read_bytes() == before
    assert gate.run([small], floors, update=True, reason="the gold was wrong") == 0
    known = json.loads(floors.read_text(encoding="utf-8"))["small"]
    assert known["floors"]["date"] == 0.0
    note = known["lowered"][0]
    assert (note["figure"], note["from"], note["to"], note["reason"]) == ("date", 1.0, 0.0, "the gold was wrong")
    assert gate.run([small], floors) == 0


def test_a_figure_that_is_gone_counts_as_fallen(small: gate.GoldSet, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    gate.run([small], floors, update=True)
    (small.gold / "queries.json").unlink()
    assert gate.run([small], floors) == 1
    assert gate.run([small], floors, update=True) == 1


def test_a_file_that_cannot_be_read_is_a_document_with_nothing_found(
    small: gate.GoldSet, capsys: pytest.CaptureFixture[str]
) -> None:
    (small.texts / "one.txt").write_bytes(b"")
    measured = gate.measure(small)
    assert measured.figures["recall"] == 0.0
    assert any("one.txt" in error for error in measured.errors)
    gate.run([small], small.gold.parent / "floors.json", errors=True)
    assert "one: was not read" in capsys.readouterr().out


def test_a_gold_set_that_is_not_here_is_said_and_its_floors_stay(
    small: gate.GoldSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.json"
    gate.run([small], floors, update=True)
    before = floors.read_bytes()
    absent = gate.GoldSet(name="small", gold=tmp_path / "none", texts=tmp_path / "none")
    assert gate.run([absent], floors, update=True) == 0
    assert "small: not here, not measured" in capsys.readouterr().out
    assert floors.read_bytes() == before


WRONG_ANSWERS = [
    ("T1", "answer_units", ["xã Khác"]),
    ("T1", "ambiguous", True),
    ("T1", "ask", "Nghị định 60"),
    ("T1", "missing", ["xã Khác"]),
    ("T1", "indirect", [{"unit": "xã Khác", "via": []}]),
    ("P1", "files", []),
    ("P1", "files", ["one.txt", "two.txt"]),
    ("P1", "query", "àm đường"),
    ("P1", "query", "đường làm"),  # the words, but not the phrase
    ("P1", "query", "..."),
]


@pytest.mark.parametrize(("question", "key", "value"), WRONG_ANSWERS)
def test_a_wrong_answer_to_a_question_is_counted(small: gate.GoldSet, question: str, key: str, value: Any) -> None:
    path = small.gold / "queries.json"
    queries = json.loads(path.read_text(encoding="utf-8"))
    row = next(row for row in queries["tracing"] + queries["phrases"] if row["id"] == question)
    row[key] = value
    write(path, queries)
    measured = gate.measure(small)
    kinds = {name for name in ("tracing", "indirect", "missing", "phrase") if measured.figures.get(name) == 0.0}
    assert kinds == {{"P1": "phrase"}.get(question, key if key in {"missing", "indirect"} else "tracing")}
    assert any(error.startswith(question) for error in measured.errors)


@pytest.mark.parametrize("arguments", [["--allow-regression", "why"], ["--update", "--allow-regression", " "]])
def test_a_reason_belongs_to_an_update_and_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        gate.main(arguments)
    assert stopped.value.code == 2
    assert "a reason" in capsys.readouterr().err


def test_questions_are_all_asked(small: gate.GoldSet, tmp_path: Path) -> None:
    with open_library(tmp_path / "library", create=True) as library:
        library.add([small.texts])
        asked = list(questions.ask_all(library, json.loads((small.gold / "queries.json").read_text(encoding="utf-8"))))
    assert [(judged.kind, judged.error) for judged in asked] == [("tracing", None), ("phrase", None)]
