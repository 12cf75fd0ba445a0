"""What a trace found as tables: each citation is a row, nothing is a formula, and a workbook is ready for print."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from corpus.errors import CancuError
from graph.answers_graph import trace_json
from graph.questions import Period
from index.library import open_library
from webview.console import TRACE_FORMS
from webview.dossier import Made
from webview.traced import TRACE_COLUMNS, Findings, write_trace
from webview.workbook import Row, Sheet, day, workbook

MADE = Made(day="2024-12-01", library="thu-vien", reports=4, units=4, period=Period(), within=None)
HEAD = "ỦY BAN NHÂN DÂN\n{unit}\nSố: {number}/BC-UBND\nTân Lạc, ngày {day:02} tháng 6 năm 2024\nBÁO CÁO\n{subject}\n\n"
TEXTS = (
    (
        "HUYỆN ĐẠI KHÊ",
        "=HYPERLINK(1)",
        (
            "=1+1 Thực hiện Chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị, UBND huyện đã ban hành Kế hoạch "
            "số 38/KH-UBND ngày 02/02/2024 của UBND huyện Đại Khê.\n\n"
            "@SUM Quán triệt Chỉ thị số 30-CT/TW của Bộ Chính trị."
        ),
    ),
    (
        "XÃ PHONG LỘC",
        "+cmd",
        "-2+3 Thực hiện Kế hoạch số 38/KH-UBND ngày 02/02/2024 của UBND huyện Đại Khê, UBND xã đã mở 02 lớp.",
    ),
    ("XÃ MẠC SƠN", "@x", "Xã đã họp, đạt 121/147 chỉ tiêu."),
)
SHEETS = {
    "vi": ["Tổng hợp", "Trực tiếp", "Gián tiếp", "Chưa nhắc đến"],
    "en": ["Summary", "Directly", "Indirectly", "Not mentioned"],
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """Who carries out a directive in a library of three reports, one of them by way of a plan of its district."""
    folder = tmp_path_factory.mktemp("traced")
    (folder / "reports").mkdir()
    for number, (unit, subject, text) in enumerate(TEXTS, 1):
        head = HEAD.format(unit=unit, number=number, day=number, subject=subject)
        (folder / "reports" / f"=b{number}.txt").write_text(head + text + "\n", encoding="utf-8")
    with open_library(folder / "library", create=True) as library:
        library.add([folder / "reports"])
        return Findings(trace=library.trace("Chỉ thị 30"), tree=library.catalog.tree(), made=MADE)


def written(found: Findings, folder: Path, lang: str = "vi") -> Workbook:
    write_trace(folder / "x.xlsx", "xlsx", found, lang=lang)
    return load_workbook(folder / "x.xlsx")


def table(book: Workbook, title: str) -> list[dict[str, Any]]:
    """The rows of a sheet by its heads."""
    heads, *rows = book[title].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_each_citation_is_a_row_with_its_evidence(found: Findings, tmp_path: Path) -> None:
    rows = table(written(found, tmp_path), "Trực tiếp")
    assert [(row["Đơn vị"], row["Dòng"], row["Quan hệ"], row["Ngày báo cáo"].date()) for row in rows] == [
        ("huyện Đại Khê", 8, "thực hiện", date(2024, 6, 1)),
        ("huyện Đại Khê", 10, "quán triệt", date(2024, 6, 1)),
    ]
    assert rows[0]["Văn bản"] == "Chỉ thị 30-CT/TW (18/02/1998)"
    assert rows[0]["Báo cáo"] == "Báo cáo 1/BC-UBND ngày 01/06/2024"
    assert rows[0]["Câu văn"].startswith("=1+1 Thực hiện Chỉ thị số 30-CT/TW")
    assert "Kế hoạch 38/KH-UBND" in rows[0]["Việc đã làm, văn bản đã ban hành"]
    assert rows[1]["Việc đã làm, văn bản đã ban hành"] is None
    assert Path(rows[0]["Tệp"]).name == "=b1.txt"


def test_an_indirect_unit_has_its_way_in_words(found: Findings, tmp_path: Path) -> None:
    [row] = table(written(found, tmp_path), "Gián tiếp")
    assert (row["Đơn vị"], row["Số báo cáo"], row["Dòng"]) == ("xã Phong Lộc", 1, 8)
    assert row["Con đường"] == (
        "viện dẫn Kế hoạch 38/KH-UBND của Ủy ban nhân dân huyện Đại Khê (02/02/2024) (1 báo cáo) → "
        "cụ thể hóa/thực hiện Chỉ thị 30-CT/TW (18/02/1998) (theo huyện Đại Khê, dòng 8: =b1.txt)"
    )


def test_who_does_not_mention_it_is_listed(found: Findings, tmp_path: Path) -> None:
    assert [row["Đơn vị"] for row in table(written(found, tmp_path), "Chưa nhắc đến")] == ["xã Mạc Sơn"]


def test_the_first_sheet_says_what_it_is(found: Findings, tmp_path: Path) -> None:
    facts = dict(row[:2] for row in written(found, tmp_path)["Tổng hợp"].iter_rows(values_only=True))
    assert "Chỉ thị 30-CT/TW ngày 18/02/1998 của Bộ Chính trị" in facts
    assert facts["Tóm tắt"] == (
        "Thực hiện trực tiếp: 1 đơn vị, 1 báo cáo. Gián tiếp: 1 đơn vị. Chưa thấy nhắc đến: 1 đơn vị."
    )
    assert str(facts["Hiệu lực"]).startswith("có hiệu lực từ 18/02/1998")
    assert facts["Ngày lập"] == "01/12/2024"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_workbook_is_ready_to_be_filtered_and_printed(found: Findings, tmp_path: Path, lang: str) -> None:
    book = written(found, tmp_path, lang)
    assert book.sheetnames == SHEETS[lang]
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert {cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row} == {True}
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(sheet.column_dimensions[cell.column_letter].width for cell in sheet[1])
        assert all(cell.font.bold for cell in sheet[1])


def test_no_cell_is_a_formula(found: Findings, tmp_path: Path) -> None:
    cells = [c for sheet in written(found, tmp_path).worksheets for row in sheet.iter_rows() for c in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell for cell in cells if str(cell.value).startswith(("=", "@", "-"))]
    write_trace(tmp_path / "x.csv", "csv", found)
    rows = list(csv.reader(StringIO((tmp_path / "x.csv").read_bytes().decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell and cell[:1] in "=+-@"]


def test_a_table_for_programs_has_all_in_one(found: Findings, tmp_path: Path) -> None:
    write_trace(tmp_path / "x.csv", "csv", found)
    rows = list(csv.DictReader(StringIO((tmp_path / "x.csv").read_bytes().decode("utf-8-sig"))))
    assert tuple(rows[0]) == TRACE_COLUMNS
    assert [(row["how"], row["unit"], row["date"]) for row in rows] == [
        ("direct", "huyện Đại Khê", "2024-06-01"),
        ("direct", "huyện Đại Khê", "2024-06-01"),
        ("indirect", "xã Phong Lộc", "2024-06-02"),
        ("missing", "xã Mạc Sơn", ""),
    ]


def test_json_is_that_of_the_command(found: Findings, tmp_path: Path) -> None:
    write_trace(tmp_path / "x.json", "json", found)
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8")) == json.loads(
        json.dumps(trace_json(found.trace))
    )


@pytest.mark.parametrize("form", TRACE_FORMS)
def test_a_file_that_cannot_be_written_says_so(found: Findings, tmp_path: Path, form: str) -> None:
    with pytest.raises(CancuError, match="name another place"):
        write_trace(tmp_path / "none" / f"x.{form}", form, found)


def test_a_month_alone_is_no_day(tmp_path: Path) -> None:
    values = ("2024-06-05", "2024-06", "2024", None)
    rows = [Row(values=(day(value),)) for value in values]
    (tmp_path / "x.xlsx").write_bytes(workbook([Sheet(title="x", rows=rows, widths=(10,))]))
    cells = [row[0] for row in load_workbook(tmp_path / "x.xlsx").worksheets[0].iter_rows(min_row=1, max_row=4)]
    assert (cells[0].value.date(), cells[0].number_format) == (date(2024, 6, 5), "dd/mm/yyyy")
    assert [cell.value for cell in cells[1:]] == ["06/2024", "2024", None]
