"""The commands that ask the graph: their JSON, their words, and what they say of what is not there."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from index.library import open_library
from search_cli import cli
from webview.terminal import Speaker
from webview.told import Teller

PLAN = "Kế hoạch 15/KH-UBND"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A library of all samples."""
    folder = tmp_path_factory.mktemp("asked") / "library"
    assert run(folder, "add", str(samples / "reports")).exit_code == 0
    return folder


def run(folder: Path, *words: object, lang: str = "vi") -> Result:
    ran = CliRunner().invoke(cli, ["--library", str(folder), "--lang", lang, *map(str, words)], prog_name="cancu")
    assert "Traceback" not in ran.output
    return ran


def answer(folder: Path, *words: object) -> Any:
    """The JSON that a command prints; it prints nothing else."""
    ran = run(folder, *words, "--json")
    assert (ran.exit_code, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


def lines(folder: Path, *words: object, lang: str = "vi") -> list[str]:
    ran = run(folder, *words, lang=lang)
    assert (ran.exit_code, ran.stderr) == (0, "")
    return ran.stdout.splitlines()


def test_missing_alone_is_a_line_for_each_unit(library: Path) -> None:
    whole = answer(library, "trace", PLAN)
    assert lines(library, "trace", PLAN, "--missing") == whole["missing"] != []
    assert [unit["unit"] for unit in whole["instruments"][0]["missing"]] == whole["missing"]


def test_where_nobody_is_missing_it_is_said(library: Path) -> None:
    assert lines(library, "trace", PLAN, "--missing", "--within", "xã Phong Lộc") == [
        "Không còn đơn vị nào chưa nhắc đến."
    ]


def test_a_trace_within_a_unit_has_it_and_those_below_it_alone(library: Path) -> None:
    within = answer(library, "trace", PLAN, "--within", "huyện Đại Khê")
    [instrument] = within["instruments"]
    named = {unit["unit"] for unit in (*instrument["units"], *instrument["indirect"], *instrument["missing"])}
    below = {unit["unit"] for unit in answer(library, "units", "--within", "huyện Đại Khê")}
    assert named == below > {"huyện Đại Khê", "xã Phong Lộc"}


@pytest.mark.parametrize(
    ("period", "dates"),
    [
        (["--since", "2024-11-01"], {"2024-11-08"}),
        (["--until", "2/2024"], {"2024-02-02"}),
        (["--since", "1/1/2024", "--until", "31/12/2024"], {"2024-02-02", "2024-11-08"}),
        (["--until", "2020"], set()),
    ],
    ids=" ".join,
)
def test_a_trace_of_a_period_has_its_reports_alone(library: Path, period: list[str], dates: set[str]) -> None:
    [instrument] = answer(library, "trace", PLAN, *period)["instruments"]
    assert {report["date"] for unit in instrument["units"] for report in unit["reports"]} == dates


def test_an_action_is_told_in_the_words_of_the_report(library: Path) -> None:
    [instrument] = answer(library, "trace", PLAN)["instruments"]
    actions = [a for unit in instrument["units"] for report in unit["reports"] for a in report["actions"]]
    assert {a["canonical"] for a in actions} >= {"38/KH-UBND", "31/KH-UBND"}
    told = "\n".join(lines(library, "trace", PLAN))
    assert "→ Ủy ban nhân dân huyện Đại Khê ban hành Kế hoạch: Kế hoạch 38/KH-UBND (02/02/2024)" in told
    assert len(actions) == 2
    for action in actions:
        assert (action["text"] or action["canonical"]) in told


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "html", "docx"])
def test_a_trace_is_written_in_every_form(library: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"x.{form}"
    assert lines(library, "trace", PLAN, "--within", "huyện Đại Khê", "-o", path) == [f"Đã ghi {path}."]
    assert path.stat().st_size > 500
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("option", ["--missing", "--all"])
def test_what_is_for_the_screen_does_not_stand_beside_a_file(library: Path, tmp_path: Path, option: str) -> None:
    ran = run(library, "trace", PLAN, option, "-o", tmp_path / "x.csv")
    assert (ran.exit_code, ran.stdout, list(tmp_path.iterdir())) == (2, "", [])


def test_a_trace_tells_whether_it_is_in_force_and_what_it_does_with_others(library: Path) -> None:
    [instrument] = answer(library, "trace", "Pháp lệnh 34/2007/PL-UBTVQH11")["instruments"]
    assert instrument["standing"]["until"] == "2023-06-30"
    assert "10/2022/QH15" in instrument["standing"]["replaced_by"]
    assert any("hết hiệu lực sau ngày 30/06/2023" in line for line in lines(library, "trace", "Pháp lệnh 34"))
    [plan] = answer(library, "trace", "Kế hoạch 38/KH-UBND")["instruments"]
    assert plan["standing"] is None
    does = {tie["canonical"]: tie["relation"] for tie in plan["chain"]["does"]}
    assert does["15/KH-UBND"] == "cụ thể hóa/thực hiện"
    told = lines(library, "trace", "Kế hoạch 38/KH-UBND", "--all")
    assert all(any(f"{relation} " in line and number in line for line in told) for number, relation in does.items())


def test_of_two_citations_in_one_sentence_each_is_marked_where_it_stands(library: Path) -> None:
    told = [line.strip() for line in lines(library, "trace", "Luật 10/2022/QH15", "--all")]
    marked = [
        after for line in told for name, _, after in [line.partition("«Luật Thực hiện dân chủ ở cơ sở»")] if after
    ]
    assert marked
    assert not any(after.startswith(" số 10/2022/QH15") for after in marked)


def test_what_a_reference_can_mean_stands_first_and_the_first_are_answered_for(tmp_path: Path) -> None:
    for number in range(1, 8):
        plan = f"Kế hoạch số 9/KH-UBND ngày 05/0{number}/201{number} của UBND huyện Yên Sơn"
        text = f"UBND XÃ AN HÒA {number}\nThực hiện {plan}, xã đã họp."
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    assert run(tmp_path / "library", "add", tmp_path).exit_code == 0
    some, whole = (lines(tmp_path / "library", "trace", "Kế hoạch 9/KH-UBND", *more) for more in ([], ["--all"]))
    listed = [line for line in some if line.startswith("  Kế hoạch 9/KH-UBND của ")]
    assert len(listed) == 7
    assert some[1:8] == listed
    answered = [sum(line.startswith("Kế hoạch 9/KH-UBND ngày") for line in told) for told in (some, whole)]
    assert answered == [5, 7]
    ids = [line.rpartition(" · ")[2] for line in listed]
    assert all(answer(tmp_path / "library", "trace", one)["instruments"][0]["id"] == one for one in ids)


def test_bridges_are_shown_where_they_are_the_order(library: Path) -> None:
    by = {order: lines(library, "instruments", "--sort", order, "--limit", 3) for order in ("cited", "bridges")}
    assert [len(told[0].split()) for told in by.values()] == [6, 8]  # "báo cáo", "đơn vị", "văn bản", "cầu nối"
    bridges = [float(line.split()[3]) for line in by["bridges"][1:4]]
    assert bridges == sorted(bridges, reverse=True) != [0.0] * 3


def test_what_drives_a_unit_is_told_by_group_and_own_document(library: Path) -> None:
    [driven] = answer(library, "drivers", "xã Phong Lộc")
    assert (driven["unit"], driven["reports"]) == ("xã Phong Lộc", 2)
    groups = {driver["canonical"]: driver["group"] for driver in driven["drivers"]}
    assert (groups["61/2018/NĐ-CP"], groups["38/KH-UBND"], groups["04/KH-UBND"]) == ("central", "district", "own")
    told = lines(library, "drivers", "phong loc")
    assert told[0].startswith("xã Phong Lộc · 2 báo cáo viện dẫn")
    for driver in driven["drivers"]:
        assert any(driver["canonical"] in line for line in told)
    for own in driven["own"]:
        assert own["citation"] is None or own["canonical"] in own["citation"]["sentence"]
        for ground in own["rests_on"]:
            assert any("←" in line and ground["canonical"] in line for line in told)


def test_what_drives_a_report_is_asked_by_its_file(library: Path) -> None:
    [driven] = answer(library, "drivers", "khe-thuong-bc-qcdc-6-thang-2022.txt")
    assert (driven["reports"], driven["unit"]) == (1, "xã Khe Thượng")
    assert {driver["reports"] for driver in driven["drivers"]} == {1}
    assert lines(library, "drivers", "khe-thuong-bc-qcdc-6-thang-2022")[0].startswith("khe-thuong-bc-qcdc")


def test_what_drives_a_report_is_asked_within_a_period(library: Path) -> None:
    name = "khe-thuong-bc-qcdc-6-thang-2022"
    assert answer(library, "drivers", name, "--until", "2022") == answer(library, "drivers", name)
    [later] = answer(library, "drivers", name, "--since", "2023")
    assert (later["reports"], later["drivers"], later["own"], later["related"]) == (0, [], [], [])


@pytest.fixture
def alike(tmp_path: Path) -> Path:
    """A library of two reports of one file name, and of one that does not say whose it is."""
    said = "Thực hiện Chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị, thôn đã họp."
    texts = {
        "a/bc.txt": f"ỦY BAN NHÂN DÂN\nXÃ ĐỒNG HẠ\nSố: 1/BC-UBND\nBÁO CÁO\n{said}",
        "b/bc.txt": f"ỦY BAN NHÂN DÂN\nXÃ HÀ NAM\nSố: 2/BC-UBND\nBÁO CÁO\n{said}",
        "c/x.txt": said,
    }
    for name, text in texts.items():
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    assert run(tmp_path / "library", "add", tmp_path / "reports").exit_code == 0
    return tmp_path / "library"


def test_of_several_reports_of_one_name_the_id_is_asked_for(alike: Path) -> None:
    ran = run(alike, "drivers", "bc.txt")
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert "2 reports are called 'bc.txt' — give the id: " in ran.stderr


def test_a_report_of_nobody_is_counted_as_a_report_and_not_as_a_unit(alike: Path) -> None:
    told = lines(alike, "trace", "Chỉ thị 30-CT/TW")
    assert "Thực hiện trực tiếp · 2 đơn vị, 3 báo cáo, 3 chỗ" in told
    assert lines(alike, "instruments")[1].split()[:2] == ["3", "2"]


def test_units_stand_in_the_order_of_the_alphabet(alike: Path) -> None:
    assert lines(alike, "units") == ["xã Đồng Hạ (1)", "xã Hà Nam (1)"]
    rows = [line.split(" ·")[0].rsplit(maxsplit=1)[0] for line in lines(alike, "coverage") if line.startswith("  xã")]
    assert rows == ["  xã Đồng Hạ", "  xã Hà Nam"]


def test_names_that_hold_commas_are_told_apart(tmp_path: Path) -> None:
    for number, district in enumerate(("HÀ LÂM", "YÊN SƠN")):
        head = f"ỦY BAN NHÂN DÂN\nHUYỆN {district}\nỦY BAN NHÂN DÂN\nXÃ AN BÌNH"
        text = f"{head}\nSố: 1/BC-UBND\nBÁO CÁO\nUBND xã An Bình, {district.title()} đã họp lần {number}."
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "2.txt").write_text("Chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị.", encoding="utf-8")
    run(tmp_path / "library", "add", *tmp_path.glob("*.txt"))
    assert lines(tmp_path / "library", "trace", "Chỉ thị 30")[-1] == (
        "Chưa thấy nhắc đến: xã An Bình, huyện Hà Lâm; xã An Bình, huyện Yên Sơn"
    )


def test_an_empty_library_says_that_nothing_is_there(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    run(tmp_path / "library", "add", tmp_path / "reports")
    assert lines(tmp_path / "library", "units") == ["Không có đơn vị nào như vậy."]
    assert lines(tmp_path / "library", "check") == ["Không thấy chỗ nào cần xem lại; đã kiểm tra 0 văn bản."]


def test_coverage_has_a_cell_for_each_pair_that_a_report_makes(library: Path) -> None:
    covered = answer(library, "coverage", "--cites", PLAN, "--cites", "Chỉ thị 30-CT/TW")
    assert [one["canonical"] for one in covered["instruments"]] == ["15/KH-UBND", "30-CT/TW"]
    for number, instrument in enumerate(covered["instruments"]):
        [traced] = answer(library, "trace", instrument["id"])["instruments"]
        cells = {cell["unit"]: cell["reports"] for cell in covered["cells"] if cell["instrument"] == instrument["id"]}
        assert cells == {unit["unit_id"]: len(unit["reports"]) for unit in traced["units"]}
        told = lines(library, "coverage", "--cites", PLAN, "--cites", "Chỉ thị 30-CT/TW")
        assert f"[{number + 1}] {instrument['type']} {instrument['canonical']}" in told[number + 1]


@pytest.mark.parametrize("level", ["central", "province", "district"])
def test_coverage_of_the_most_cited_is_of_one_level_where_that_is_asked_for(library: Path, level: str) -> None:
    covered = answer(library, "coverage", "--top", 3, "--level", level)
    assert [one["level"] for one in covered["instruments"]] == [level] * 3
    listed = answer(library, "instruments", "--level", level, "--limit", 3)
    assert [one["id"] for one in covered["instruments"]] == [one["id"] for one in listed["instruments"]]


@pytest.mark.parametrize(
    "asked",
    [["--within", "phường Lộc Vân"], ["--since", "2020", "--until", "2021"], ["--within", "xã Khe Thượng"]],
    ids=" ".join,
)
def test_the_most_cited_are_those_of_the_reports_that_are_asked(library: Path, asked: list[str]) -> None:
    covered = answer(library, "coverage", "--top", 4, *asked)
    assert {cell["instrument"] for cell in covered["cells"]} == {one["id"] for one in covered["instruments"]}
    assert len(covered["instruments"]) == 4
    rest = answer(library, "coverage", "--top", 1000, *asked)
    reports = {one["id"]: 0 for one in rest["instruments"]}
    for cell in rest["cells"]:
        reports[cell["instrument"]] += cell["reports"]
    assert [reports[one["id"]] for one in covered["instruments"]] == sorted(reports.values(), reverse=True)[:4]


def test_a_lag_is_told_in_days(library: Path) -> None:
    told = lines(library, "coverage", "--cites", PLAN, "--lag", "--within", "huyện Đại Khê")
    assert any(line.split()[-1] == "14/14" for line in told if line.startswith("  huyện Đại Khê"))
    assert "số ngày" in told[-1]


def test_coverage_as_a_workbook_has_the_matrix_and_its_cells(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    assert lines(library, "coverage", "--top", 4, "-o", path) == [f"Đã ghi {path}."]
    covered = answer(library, "coverage", "--top", 4)
    matrix, cells = ([[cell.value for cell in row] for row in sheet.rows] for sheet in load_workbook(path))
    assert matrix[0][0] == "Đơn vị"
    assert [row[0] for row in matrix[1:]] == [unit["unit"] for unit in covered["units"]]
    counts = {(cell["unit"], cell["instrument"]): cell["reports"] for cell in covered["cells"]}
    for unit, row in zip(covered["units"], matrix[1:], strict=True):
        assert row[1:] == [counts.get((unit["unit_id"], one["id"])) for one in covered["instruments"]]
    assert len(cells) == 1 + 4 * len(covered["units"])


def test_the_cells_of_a_row_stand_apart_and_end_under_their_heads(library: Path) -> None:
    told = lines(library, "coverage", "--top", 12, "--lag")
    heads = next(line for line in told if line.split()[:2] == ["[1]", "[2]"])
    ends = [heads.index(f"[{number}]") + len(f"[{number}]") for number in range(1, 13)]
    units = answer(library, "coverage", "--top", 12)["units"]
    for unit in units:
        [row] = [line for line in told if line.startswith(f"  {unit['unit']} ")]
        assert len(row.removeprefix(f"  {unit['unit']} ").split()) == 12
        assert all(f"{row} "[end - 1 : end + 1].strip() == row[end - 1] for end in ends)


@pytest.mark.parametrize("width", [30, 60, 80, 1000])
@pytest.mark.parametrize("lag", [False, True])
def test_a_matrix_wider_than_the_screen_is_told_in_parts(library: Path, width: int, *, lag: bool) -> None:
    with open_library(library) as opened:
        covered = opened.coverage(top=15)
    told = list(Teller(Speaker("vi"), width=width).coverage(covered, lag=lag))
    parts = [line.split() for line in told if line.strip().startswith("[") and line.rstrip().endswith("]")]
    assert [head for part in parts for head in part] == [f"[{number}]" for number in range(1, 16)]
    assert (len(parts) == 1) == (width == 1000)
    rows = [line for line in told if any(line.startswith(f"  {unit.label} ") for unit in covered.units)]
    assert len(rows) == len(parts) * len(covered.units)
    assert all(len(row) <= width for row in rows) or all(len(part) == 1 for part in parts)


def test_a_unit_without_a_document_under_an_instrument_has_no_unknown_lag_to_one(library: Path) -> None:
    told = lines(library, "coverage", "--cites", "Luật 10/2022/QH15", "--lag", "--within", "xã Mạc Sơn")
    assert [line.split()[-1] for line in told if line.startswith("  xã Mạc Sơn")] == ["·/1103"]


def test_an_instrument_that_is_asked_for_twice_is_one_column(library: Path) -> None:
    covered = answer(library, "coverage", "--cites", "Chỉ thị 30", "--cites", "Chỉ thị 30-CT/TW")
    assert [one["canonical"] for one in covered["instruments"]] == ["30-CT/TW"]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_coverage_is_written_whole(library: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"x.{form}"
    assert lines(library, "coverage", "--top", 4, "-o", path) == [f"Đã ghi {path}."]
    text = path.read_text(encoding="utf-8-sig")
    units = answer(library, "units", "--level", "commune")
    assert all(unit["unit"] in text for unit in units)
    if form == "csv":
        assert len(text.splitlines()) == 1 + 4 * len([u for u in answer(library, "units") if u["reports"]])
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_table_that_cannot_be_written_is_explained_and_leaves_nothing(library: Path, tmp_path: Path) -> None:
    ran = run(library, "coverage", "-o", tmp_path / "none" / "x.csv")
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert "cannot be written" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_instruments_are_counted_as_a_trace_counts_them(library: Path) -> None:
    listed = answer(library, "instruments", "dan chu", "--limit", 5)
    assert len(listed["instruments"]) == 5 < listed["total"]
    for one in listed["instruments"]:
        [traced] = answer(library, "trace", one["id"])["instruments"]
        assert one["reports"] == sum(len(unit["reports"]) for unit in traced["units"])
    assert len(lines(library, "instruments", "dan chu", "--limit", 5)) == 1 + 5 + 1  # a head, and that there are more
    assert lines(library, "instruments", "khongcogica") == ["Không có văn bản nào như vậy."]


def test_units_stand_under_what_lies_above_them(library: Path) -> None:
    told = lines(library, "units")
    assert "  huyện Đại Khê (2)" in told
    assert "    xã Phong Lộc (2)" in told
    ids = {unit["unit_id"] for unit in answer(library, "units")}
    assert all(unit["parent"] in {None, *ids} for unit in answer(library, "units"))


@pytest.mark.parametrize(
    "command",
    [
        ["drivers"],
        ["trace", PLAN, "--within"],
        ["coverage", "--within"],
        ["units", "--within"],
        ["instruments", "--unit"],
    ],
    ids=" ".join,
)
def test_a_unit_that_is_not_known_is_an_error_that_names_the_nearest(library: Path, command: list[str]) -> None:
    ran = run(library, *command, "xã Phong Lốc Xa")
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert "no report of the library is of" in ran.stderr
    assert "xã Phong Lộc" in ran.stderr


@pytest.mark.parametrize("command", [["trace", PLAN], ["drivers", "xã Phong Lộc"], ["coverage"]], ids=" ".join)
@pytest.mark.parametrize("date", ["32/1/2024", "hôm qua", "", "2024-13"])
def test_what_is_no_date_is_wrong_usage(library: Path, command: list[str], date: str) -> None:
    ran = run(library, *command, "--since", date)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "is no date" in ran.stderr


@pytest.mark.parametrize("command", [["trace", PLAN], ["drivers", "xã Phong Lộc"], ["coverage"]], ids=" ".join)
def test_a_period_that_ends_before_it_begins_is_wrong_usage(library: Path, command: list[str]) -> None:
    ran = run(library, *command, "--since", "2024", "--until", "12/2023")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "ends before it begins" in ran.stderr
    assert run(library, *command, "--since", "2024", "--until", "2024").exit_code == 0


@pytest.mark.parametrize(
    "command", [["coverage"], ["instruments"], ["units"], ["drivers", "xã Phong Lộc"]], ids=" ".join
)
def test_both_languages_tell_the_same(library: Path, command: list[str]) -> None:
    vi, en = (lines(library, *command, lang=lang) for lang in ("vi", "en"))
    assert len(vi) == len(en)
    assert (vi == en) == (command == ["units"])
