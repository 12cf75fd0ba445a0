"""What a search prints for programs and spreadsheets: all of it, and no text of a file is a formula."""

import csv
import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from corpus.errors import CancuError
from index.answers import SEARCH_COLUMNS
from index.library import Library, open_library
from index.results import Answer
from search_cli import cli
from webview.hits import hits_text, write_hits
from webview.terminal import Speaker

COUNT = 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of twelve reports; the subject of the first would be a formula."""
    made = tmp_path_factory.mktemp("hits")
    (made / "reports").mkdir()
    for number in range(COUNT):
        subject = '=HYPERLINK("x") đối thoại' if not number else f"Kết quả đối thoại lần {number}"
        (made / "reports" / f"{number:02}.txt").write_text(
            "ỦY BAN NHÂN DÂN\nXÃ PHONG LỘC\n"
            f"Số: {number + 1}/BC-UBND\nPhong Lộc, ngày {number + 1:02} tháng 6 năm 2024\nBÁO CÁO\n{subject}\n\n"
            f"=1+1 là cách đối thoại với dân trong tháng {number}.\n\n+ Đối thoại lần {number} nữa.\n",
            encoding="utf-8",
        )
    with open_library(made / "library", create=True) as library:
        library.add([made / "reports"])
    return made / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with open_library(folder) as opened:
        yield opened


@pytest.fixture
def answer(library: Library) -> Answer:
    return library.search("đối thoại", limit=100)


def test_a_table_has_a_row_for_each_passage(answer: Answer) -> None:
    rows = list(csv.DictReader(StringIO(hits_text("csv", answer))))
    assert tuple(rows[0]) == SEARCH_COLUMNS
    assert len(rows) == sum(len(hit.snippets) for hit in answer.hits) > COUNT
    assert {row["unit"] for row in rows} == {"xã Phong Lộc"}
    assert all("ối thoại" in row["passage"] for row in rows)


def test_no_text_of_a_report_becomes_a_formula(answer: Answer, tmp_path: Path) -> None:
    rows = list(csv.reader(StringIO(hits_text("csv", answer))))
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
    write_hits(tmp_path / "x.xlsx", "xlsx", answer, Speaker("vi"))
    cells = [c for sheet in load_workbook(tmp_path / "x.xlsx") for row in sheet.iter_rows() for c in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(str(cell.value).startswith("=1+1") for cell in cells)


@pytest.mark.parametrize(("lang", "sheets"), [("vi", ["Kết quả", "Thống kê"]), ("en", ["Found", "Counts"])])
def test_a_workbook_has_the_hits_and_the_counts(answer: Answer, tmp_path: Path, lang: str, sheets: list[str]) -> None:
    write_hits(tmp_path / "x.xlsx", "xlsx", answer, Speaker(lang))
    book = load_workbook(BytesIO((tmp_path / "x.xlsx").read_bytes()))
    assert book.sheetnames == sheets
    hits, facets = ([[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book)
    assert tuple(hits[0]) == SEARCH_COLUMNS
    assert [row[:2] for row in facets if row[0] == "xã Phong Lộc"] == [["xã Phong Lộc", COUNT]]


def test_a_file_that_cannot_be_written_says_so(answer: Answer, tmp_path: Path) -> None:
    with pytest.raises(CancuError, match="name another place"):
        write_hits(tmp_path / "none" / "x.xlsx", "xlsx", answer, Speaker("vi"))


def run(folder: Path, *arguments: object) -> Result:
    return CliRunner().invoke(cli, ["--library", str(folder), "search", "đối thoại", *map(str, arguments)])


@pytest.mark.parametrize(
    ("arguments", "rows"), [([], COUNT), (["--limit", 3], 3), (["--limit", 3, "--offset", 10], COUNT - 10)]
)
def test_a_table_for_a_spreadsheet_has_all_unless_fewer_are_asked_for(
    folder: Path, tmp_path: Path, arguments: list[object], rows: int
) -> None:
    ran = run(folder, "-o", tmp_path / "x.csv", *arguments)
    assert ran.exit_code == 0, ran.output
    text = (tmp_path / "x.csv").read_bytes().decode("utf-8-sig")
    assert len({row["report"] for row in csv.DictReader(StringIO(text))}) == rows


def test_people_and_programs_are_shown_ten(folder: Path, tmp_path: Path) -> None:
    assert len(json.loads(run(folder, "--format", "json").output)["hits"]) == 10
    assert run(folder, "-o", tmp_path / "x.json").exit_code == 0
    assert len(json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["hits"]) == 10
    assert run(folder, "--format", "table").output.splitlines()[0].startswith(f"{COUNT} ")


def test_sorted_by_date_the_newest_comes_first(folder: Path) -> None:
    dates = [hit["date"] for hit in json.loads(run(folder, "--json", "--sort", "date").output)["hits"]]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == f"2024-06-{COUNT}"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "xlsx"],  # a workbook needs a file
        ["--format", "csv", "--json"],
        ["--format", "table", "--json"],
        ["--format", "table", "-o", "x.csv"],
        ["-o", "x.doc"],
        ["--format", "html"],
        ["--sort", "size"],
    ],
)
def test_what_contradicts_itself_is_refused(folder: Path, arguments: list[str]) -> None:
    ran = run(folder, *arguments)
    assert ran.exit_code == 2
    assert "Error: " in ran.output
