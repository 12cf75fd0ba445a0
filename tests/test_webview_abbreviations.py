"""`cancu abbreviations`: list, extend, switch off."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.abbreviations import shipped
from index.library import open_library
from search_cli import cli

REPORT = "BÁO CÁO\nKết quả làm tiểu vùng xanh năm 2024\nCác thôn đã làm TVX và quy chế dân chủ.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of one report."""
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    with open_library(tmp_path / "library", create=True) as library:
        library.add([tmp_path / "report.txt"])
    return tmp_path / "library"


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--library", str(folder), "--lang", "vi", *words])


def expanded(folder: Path, query: str) -> list[str]:
    found: list[str] = json.loads(run(folder, "search", query, "--json").output)["expanded"]
    return found


def test_all_are_listed_as_lines_and_for_programs(tmp_path: Path) -> None:
    rows = shipped().rows
    assert run(tmp_path, "abbreviations", "list").output.splitlines() == [str(row) for row in rows]
    told = json.loads(run(tmp_path, "abbreviations", "list", "--json").output)
    assert told == [{"short": r.name, "long": list(r.long), "inside": r.inside, "own": False} for r in rows]


def test_a_word_picks_those_that_have_it_without_accents_too(tmp_path: Path) -> None:
    assert run(tmp_path, "abbreviations", "list", "quy che dan").output == "QCDC = quy chế dân chủ\n"
    assert run(tmp_path, "abbreviations", "list", "qcdc").output == "QCDC = quy chế dân chủ\n"
    assert run(tmp_path, "abbreviations", "list", "zzz").output == "Không có chữ viết tắt nào như vậy: zzz\n"


def test_what_is_added_is_searched_and_listed_as_the_librarys_own(folder: Path) -> None:
    assert expanded(folder, "TVX") == []
    assert run(folder, "abbreviations", "add", "TVX", "tiểu vùng xanh").output == "Đã thêm: TVX = tiểu vùng xanh\n"
    assert expanded(folder, "TVX") == ["TVX = tiểu vùng xanh"]
    assert run(folder, "abbreviations", "list", "tvx").output == "TVX = tiểu vùng xanh (của thư viện này)\n"


def test_what_is_removed_is_no_longer_replaced(folder: Path) -> None:
    run(folder, "abbreviations", "add", "TVX", "tiểu vùng xanh")
    assert run(folder, "abbreviations", "remove", "tvx").output == "Đã bỏ: TVX = tiểu vùng xanh\n"
    assert run(folder, "abbreviations", "remove", "QCDC").output == "Đã bỏ: QCDC = quy chế dân chủ\n"
    assert expanded(folder, "TVX") == expanded(folder, "quy chế dân chủ") == []
    assert run(folder, "abbreviations", "list", "qcdc").output == "QCDC: đã tắt\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("remove", "ZZZ"), 1, "is no abbreviation here"),
        (("add", "ZZZ", "…"), 1, "texts with words"),
        (("add", "ZZZ"), 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, words: tuple[str, ...], code: int, said: str) -> None:
    ran = run(folder, "abbreviations", *words)
    assert ran.exit_code == code
    assert said in ran.stderr


def test_without_a_library_none_can_be_added(tmp_path: Path) -> None:
    ran = run(tmp_path / "none", "abbreviations", "add", "TVX", "tiểu vùng xanh")
    assert ran.exit_code == 4
    assert not (tmp_path / "none").exists()


def test_a_broken_file_is_told_by_search_and_list(folder: Path) -> None:
    (folder / "abbreviations.toml").write_text("[[abbreviation]]\nname =\n", encoding="utf-8")
    for words in (("search", "thôn"), ("abbreviations", "list")):
        ran = run(folder, *words)
        assert ran.exit_code == 1
        assert "abbreviations.toml" in ran.stderr
        assert "line 2" in ran.stderr
