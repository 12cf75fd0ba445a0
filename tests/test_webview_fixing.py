"""`cancu fix`: what is set right, listed, taken back and handed on, and what is said when it cannot be."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from corpus.tables import read_table
from index.library import open_library
from search_cli import cli

TEXT = """ỦY BAN NHÂN DÂN
XÃ PHONG LỘC
Số: 12/BC-UBND
Phong Lộc, ngày 05 tháng 6 năm 2024
BÁO CÁO
Kết quả thực hiện dân chủ
Thực hiện Kế hoạch số 38/KH-UBND ngày 02/02/2024 của UBND huyện Đại Khê, thôn đã làm đường mới.
Căn cứ Chỉ thị số 30-CT/TW ngày 18/02/1998; theo Chỉ thị số 30-CT/TW, các thôn đã họp.
"""
# (what is typed after "cancu fix", what is answered): the number and the day stand before it.
SAID: list[tuple[list[str], str]] = [
    (["unit", "a.txt", "xã Khe Dẻ"], "Đơn vị của a.txt: xã Khe Dẻ"),
    (
        ["unit", "a.txt", "xã Khe Dẻ", "--parent", "huyện Đại Khê", "--province", "tỉnh Lạc Giang"],
        "Đơn vị của a.txt: xã Khe Dẻ, huyện Đại Khê, tỉnh Lạc Giang",
    ),
    (["date", "a.txt", "6/7/2024"], "Ngày của a.txt: 06/07/2024"),
    (["date", "Kế hoạch 38", "2024-02"], "Ngày của ke-hoach-38-kh-ubnd-huyen-dai-khe-2024: 02/2024"),
    (["issuer", "a.txt", "Đảng uỷ xã Phong Lộc"], "Cơ quan ban hành a.txt: Đảng ủy xã Phong Lộc"),
    (
        ["issuer", "Kế hoạch 38", "UBND huyện Khe Dẻ"],
        "Cơ quan ban hành ke-hoach-38-kh-ubnd-huyen-dai-khe-2024: Ủy ban nhân dân huyện Khe Dẻ",
    ),
    (["title", "Kế hoạch 38", "dân chủ"], "Trích yếu của ke-hoach-38-kh-ubnd-huyen-dai-khe-2024: dân chủ"),
    (["relation", "a.txt", "7", "Kế hoạch 38", "quan-triet"], "a.txt, dòng 7: quán triệt Kế hoạch 38/KH-UBND"),
    (["wrong", "a.txt", "8", "30-CT/TW", "--nth", "2"], "a.txt, dòng 8: không phải viện dẫn Chỉ thị 30-CT/TW"),
    (
        ["join", "30-CT/TW", "Kế hoạch 38"],
        "chi-thi-30-ct-tw-viii là ke-hoach-38-kh-ubnd-huyen-dai-khe-2024",
    ),
    (["separate", "30-CT/TW", "a.txt"], "a.txt: Chỉ thị 30-CT/TW là văn bản khác (--"),
]
FAILS: list[tuple[list[str], int, str]] = [
    (["unit", "b.txt", "xã Khe Dẻ"], 1, "no report of the library is called 'b.txt'"),
    (["unit", "a.txt", "Khe Dẻ"], 1, "'Khe Dẻ' is no unit — give its kind and its name with capitals"),
    (["date", "a.txt", "hôm qua"], 1, "'hôm qua' is no date — give a day as 2023-05-01 or 1/5/2023"),
    (["title", "Kế hoạch 99", "x"], 1, "no report of the library cites 'Kế hoạch 99'"),
    (["relation", "a.txt", "7", "Kế hoạch 38", "làm"], 1, "is no relation — give one of: căn cứ, thực hiện"),
    (["relation", "a.txt", "bảy", "Kế hoạch 38", "khác"], 2, "is not a valid integer"),
    (["wrong", "a.txt", "7", "30-CT/TW"], 1, "line 7 of"),
    (["wrong", "a.txt", "8", "30-CT/TW"], 1, "cites it 2 times — say which with --nth: 1: Căn cứ Chỉ thị"),
    (["join", "Kế hoạch 38", "Kế hoạch 38"], 1, "are one document already"),
    (["undo", "7"], 1, "there is no correction 7 — 'cancu fix list'"),
    (["undo"], 2, "or --all"),
    (["undo", "7", "--all"], 2, "or --all"),
    (["separate", "30-CT/TW"], 2, "Missing argument"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of one report."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with open_library(tmp_path / "library", create=True) as library:
        library.add([tmp_path / "a.txt"])
    return tmp_path / "library"


def run(folder: Path, *words: str, lang: str = "vi") -> Result:
    return CliRunner().invoke(cli, ["--library", str(folder), "--lang", lang, "fix", *words])


def listed(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run(folder, "list", "--json").output)
    return rows


@pytest.mark.parametrize(("words", "answer"), SAID, ids=[" ".join(words) for words, _ in SAID])
def test_what_is_set_right_is_told_listed_and_taken_back(folder: Path, words: list[str], answer: str) -> None:
    told = run(folder, *words, "--note", "theo bản gốc")
    assert told.exit_code == 0, told.output
    first, note = told.output.splitlines()
    assert re.fullmatch(rf"1 · \d\d/\d\d/\d{{4}} · {re.escape(answer)}.*", first)
    assert note == "    theo bản gốc"
    assert run(folder, "list").output == told.output
    [row] = listed(folder)
    assert (row["id"], row["kind"], row["note"], row["in_effect"]) == (1, words[0], "theo bản gốc", True)
    assert run(folder, "undo", "1").output.startswith(f"Đã bỏ: {answer}")
    assert (run(folder, "list").output, listed(folder)) == ("Chưa có chỗ nào được sửa.\n", [])


@pytest.mark.parametrize(("words", "code", "problem"), FAILS, ids=[" ".join(words) for words, _, _ in FAILS])
def test_what_cannot_be_set_right_is_told_in_a_line(folder: Path, words: list[str], code: int, problem: str) -> None:
    told = run(folder, *words)
    assert (told.exit_code, told.stdout) == (code, "")
    assert problem in told.stderr
    assert "Traceback" not in told.stderr
    assert code == 2 or told.stderr.count("\n") == 1
    assert listed(folder) == []


def test_what_has_no_effect_is_listed_with_the_reason(folder: Path) -> None:
    run(folder, "unit", "a.txt", "xã Khe Dẻ")
    run(folder, "unit", "a.txt", "xã Trung Lạc")
    run(folder, "relation", "a.txt", "7", "Kế hoạch 38", "khác")
    run(folder, "title", "30-CT/TW", "dân chủ")
    (folder.parent / "a.txt").write_text("Xã đã họp.", encoding="utf-8")
    with open_library(folder) as library:
        library.add([folder.parent / "a.txt"])
    lines = run(folder, "list").output.splitlines()
    assert [line.strip() for line in lines if line.startswith(" ")] == [
        "chưa có tác dụng: đã có lần sửa sau",
        "chưa có tác dụng: báo cáo không còn câu viện dẫn này",
        "chưa có tác dụng: không báo cáo nào viện dẫn văn bản này",
    ]
    assert [row["why_not"] for row in listed(folder)] == ["superseded", None, "no citation", "no instrument"]


def test_the_json_has_all_keys_and_null_for_what_is_absent(folder: Path) -> None:
    run(folder, "wrong", "a.txt", "7", "Kế hoạch 38")
    [row] = listed(folder)
    assert row.keys() >= {
        *("id", "kind", "report", "file", "instrument", "line", "sentence", "value", "made", "note", "in_effect")
    }
    assert (row["line"], row["value"], row["note"]) == (7, None, None)
    assert row["sentence"].startswith("Thực hiện Kế hoạch số 38/KH-UBND")
    assert row["file"] == str(folder.parent / "a.txt")


def test_what_was_exported_is_imported_once(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    for words, _ in SAID[1:3]:
        run(folder, *words)
    assert run(folder, "export", "-o", str(file)).output == f"Đã ghi {file}: 2 chỗ sửa.\n"
    assert json.loads(run(folder, "export").output) == json.loads(file.read_text(encoding="utf-8")) == listed(folder)
    assert run(folder, "import", str(file)).output == "Đã nhận 0 chỗ sửa, 2 chỗ có sẵn.\n"
    assert run(folder, "undo", "--all").exit_code == 0
    assert run(folder, "import", str(file)).output == "Đã nhận 2 chỗ sửa, 0 chỗ có sẵn.\n"
    assert [(row["kind"], row["value"], row["in_effect"]) for row in listed(folder)] == [
        ("unit", "xã Khe Dẻ", True),
        ("date", "2024-07-06", True),
    ]
    assert run(folder, "undo", "--all").exit_code == 0
    assert run(folder, "undo", "--all").exit_code == 0  # there is nothing any more


def test_what_means_nothing_here_is_taken_over_and_said(folder: Path, tmp_path: Path) -> None:
    row = {"kind": "unit", "report": "0123456789abcdef", "file": "C:\\bao cao\\b.txt", "value": "xã Khe Dẻ"}
    (tmp_path / "sent.json").write_text(json.dumps([{**row, "made": "2024-05-01T00:00:00Z"}]), encoding="utf-8-sig")
    assert run(folder, "import", str(tmp_path / "sent.json"), lang="en").output.splitlines() == [
        "Took over 1 corrections, 0 were here already.",
        "1 · 01/05/2024 · Unit of b.txt: xã Khe Dẻ",
        "    no effect now: the library has no such report",
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b'[{"kind": "unit"}]', None])
def test_a_file_that_is_none_is_refused_whole(folder: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "sent.json"
    if content is not None:
        file.write_bytes(content)
    told = run(folder, "import", str(file))
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert listed(folder) == []


def test_a_place_that_cannot_be_written_is_said(folder: Path, tmp_path: Path) -> None:
    told = run(folder, "export", "-o", str(tmp_path / "no" / "x.json"))
    assert told.exit_code == 1
    assert "cannot be written" in told.stderr


def test_there_must_be_a_library(tmp_path: Path) -> None:
    for words in (["list"], ["unit", "a.txt", "xã Khe Dẻ"], ["undo", "--all"], ["export"]):
        assert run(tmp_path / "none", *words).exit_code == 4


def test_what_a_note_holds_cannot_steer_the_terminal(folder: Path) -> None:
    assert "\x1b" not in run(folder, "unit", "a.txt", "xã Khe Dẻ", "--note", "\x1b[31m đỏ\u202e").output
    assert "\x1b" not in run(folder, "list").output


def test_both_languages_have_the_same_words() -> None:
    words = read_table("webview", "terminal")
    for key in (key for key in words["vi"] if key.startswith("fix_")):
        assert re.findall(r"\{\w+\}", words["vi"][key]) == re.findall(r"\{\w+\}", words["en"][key])
