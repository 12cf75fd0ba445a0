"""The commands that ask the graph: their JSON, their words, and what they say of what is not there."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from search_cli import cli

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


@pytest.mark.parametrize(
    "command", [["coverage"], ["instruments"], ["units"], ["drivers", "xã Phong Lộc"]], ids=" ".join
)
def test_both_languages_tell_the_same(library: Path, command: list[str]) -> None:
    vi, en = (lines(library, *command, lang=lang) for lang in ("vi", "en"))
    assert len(vi) == len(en)
    assert (vi == en) == (command == ["units"])
