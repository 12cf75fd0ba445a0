"""`cancu check`: files and reports of the library, the votes of the others, and exit codes for use before sending."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from corpus.reading import read_report
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.findings_model import KINDS, REASONS
from graph.network import Network
from index.library import open_library
from search_cli import cli
from webview.terminal_check import _WHY

HEAD = """\
ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ TÂN KHÊ                     Độc lập - Tự do - Hạnh phúc
Số: {number}/BC-UBND           Tân Khê, ngày 14 tháng 11 năm 2024

BÁO CÁO
Kết quả thực hiện Quy chế dân chủ ở cơ sở năm 2024

"""
PLAN = "Kế hoạch số 52/KH-UBND ngày {} của UBND huyện Vĩnh Sơn"
CLEAN = "Thực hiện Luật số 10/2022/QH15 ngày 10/11/2022, xã đã họp."
ENDED = "Thực hiện Pháp lệnh số 34/2007/PL-UBTVQH11 ngày 20/4/2007, xã đã họp."


def _write(folder: Path, name: str, text: str, number: int = 1) -> str:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(HEAD.format(number=number) + text + "\n", encoding="utf-8")
    return str(path)


def _run(*arguments: str, piped: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["--lang", "vi", *arguments], input=piped)


def _json(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def _kinds(result: Result) -> list[list[str]]:
    return [[finding["kind"] for finding in one["findings"]] for one in _json(result)]


@pytest.fixture
def library(tmp_path: Path) -> list[str]:
    """The options that name a library of five reports, one of which has the day of a plan wrong."""
    folder = tmp_path / "reports"
    for n in range(1, 4):
        _write(folder, f"right-{n}.txt", f"Căn cứ {PLAN.format('02/3/2024')}, thôn {n} đã họp.", n)
    _write(folder, "slip.txt", f"Thực hiện {PLAN.format('03/02/2024')}, xã đã họp.", 4)
    _write(folder, "ended.txt", ENDED, 5)
    options = ["--library", str(tmp_path / "library")]
    assert _run(*options, "-q", "add", str(folder)).exit_code == 0
    return options


def test_a_file_needs_no_library(tmp_path: Path) -> None:
    ended, clean = _write(tmp_path, "a.txt", ENDED), _write(tmp_path, "b.txt", CLEAN)
    result = _run("check", ended)
    assert result.exit_code == 1
    assert "dòng 8 · «Pháp lệnh số 34/2007/PL-UBTVQH11»" in result.stdout
    assert "đã được Luật 10/2022/QH15 thay thế" in result.stdout
    good = _run("check", clean)
    assert (good.exit_code, good.stdout) == (0, "Không thấy chỗ nào cần xem lại; đã kiểm tra 1 văn bản.\n")


def test_json_is_one_object_a_line_with_stable_keys(tmp_path: Path) -> None:
    ended, clean = _write(tmp_path, "a.txt", ENDED), _write(tmp_path, "b.txt", CLEAN)
    result = _run("check", "--json", ended, clean)
    assert result.exit_code == 1
    first, second = _json(result)
    assert (first["file"], second["findings"]) == (ended, [])
    (finding,) = first["findings"]
    assert finding == {
        "kind": "replaced",
        "line": 8,
        "text": "Pháp lệnh số 34/2007/PL-UBTVQH11",
        "why": "đã được Luật 10/2022/QH15 thay thế, chỉ có hiệu lực đến ngày 30/06/2023",
        "should_be": "Luật 10/2022/QH15",
        "instrument": "Pháp lệnh 34/2007/PL-UBTVQH11",
        "votes": [],
    }
    english = CliRunner().invoke(cli, ["--lang", "en", "check", "--json", ended])
    assert _json(english)[0]["findings"][0]["why"] == "replaced by Luật 10/2022/QH15; it was in force until 30/06/2023"


def test_a_draft_can_be_piped(tmp_path: Path) -> None:
    text = Path(_write(tmp_path, "a.txt", ENDED)).read_bytes()
    assert _kinds(_run("check", "--json", "-", piped=text)) == [["replaced"]]
    assert _run("check", "-", "-", piped=text).exit_code == 2


@pytest.mark.parametrize(
    ("texts", "lost", "code"), [([], 1, 3), ([CLEAN], 1, 3), ([ENDED], 1, 1), ([CLEAN], 0, 0), ([ENDED], 0, 1)]
)
def test_the_exit_code_tells_what_was_found_before_what_could_not_be_read(
    tmp_path: Path, texts: Sequence[str], lost: int, code: int
) -> None:
    names = [_write(tmp_path, f"{n}.txt", text) for n, text in enumerate(texts)]
    result = _run("check", *([str(tmp_path / "lost.txt")] * lost), *names)
    assert result.exit_code == code
    assert ("lost.txt" in result.stderr) == bool(lost)
    assert "Traceback" not in result.output


def test_without_names_all_reports_are_checked(library: list[str]) -> None:
    result = _run(*library, "check", "--json")
    assert result.exit_code == 1
    assert [Path(one["file"]).name for one in _json(result)] == [
        "ended.txt",
        *(f"right-{n}.txt" for n in (1, 2, 3)),
        "slip.txt",
    ]
    assert _kinds(result) == [["replaced"], [], [], [], ["two_dates"]]
    assert "2 chỗ cần xem lại trong 2 văn bản; đã kiểm tra 5 văn bản." in _run(*library, "check").stdout


def test_a_report_of_the_library_is_asked_for_by_name(library: list[str]) -> None:
    result = _run(*library, "check", "--json", "slip.txt")
    (finding,) = _json(result)[0]["findings"]
    assert (finding["kind"], finding["should_be"]) == ("two_dates", "02/03/2024")
    # The report itself has a vote too.
    assert finding["votes"] == [{"value": "2024-03-02", "reports": 3}, {"value": "2024-02-03", "reports": 1}]
    assert "02/03/2024: 3 báo cáo" in _run(*library, "check", "slip").stdout


def test_a_file_that_is_in_no_library_is_compared_with_the_reports(library: list[str], tmp_path: Path) -> None:
    draft = _write(tmp_path / "drafts", "draft.txt", f"Căn cứ {PLAN.format('20/3/2024')}, xã đã họp.", 9)
    (one,) = _json(_run(*library, "check", "--json", draft))
    assert [finding["should_be"] for finding in one["findings"]] == ["02/03/2024"]
    assert _run("check", draft).exit_code == 0, "without the library nobody knows"


def test_the_titles_that_most_reports_give_are_counted(tmp_path: Path) -> None:
    folder, plan = tmp_path / "reports", PLAN.format("02/3/2024")
    for n in range(1, 4):
        # Said twice in one report, it is one vote.
        text = f"Căn cứ {plan} về trồng rừng ven suối.\n\nThực hiện {plan} về trồng rừng ven suối."
        _write(folder, f"{n}.txt", text, n)
    _write(folder, "other.txt", f"Căn cứ {plan} về chuyển đổi kỹ thuật số.", 4)
    options = ["--library", str(tmp_path / "library")]
    assert _run(*options, "-q", "add", str(folder)).exit_code == 0
    result = _run(*options, "check", "--json")
    assert _kinds(result) == [[], [], [], ["two_titles"]]
    (finding,) = _json(result)[3]["findings"]
    assert finding["should_be"] == "trồng rừng ven suối"
    assert finding["votes"] == [
        {"value": "trồng rừng ven suối", "reports": 3},
        {"value": "chuyển đổi kỹ thuật số", "reports": 1},
    ]
    with open_library(tmp_path / "library") as library:
        ids = [entry.id for entry in library.catalog.all_entries()]
        titles = library.catalog.titles([*ids, "none", *ids])
    reports = [read_report(path) for path in sorted(folder.iterdir())]
    network = Network((card_of(report), file_reading(report, find_citations(report))) for report in reports)
    assert titles == network.titles(ids)
    assert list(titles.values()) == [{"trồng rừng ven suối": 3, "chuyển đổi kỹ thuật số": 1}]


def test_what_a_person_has_corrected_is_not_doubted_again(library: list[str]) -> None:
    number = "Pháp lệnh 34/2007/PL-UBTVQH11"
    assert _run(*library, "fix", "relation", "ended.txt", "8", number, "khác").exit_code == 0
    assert _kinds(_run(*library, "check", "--json", "ended.txt")) == [[]]
    assert _run(*library, "fix", "wrong", "slip.txt", "8", "Kế hoạch 52/KH-UBND").exit_code == 0
    assert _kinds(_run(*library, "check", "--json")) == [[]] * 5


def test_a_file_goes_before_a_report_of_that_name(
    library: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path / "here", "slip.txt", CLEAN)
    monkeypatch.chdir(tmp_path / "here")
    assert _kinds(_run(*library, "check", "--json", "slip.txt")) == [[]]
    assert _kinds(_run(*library, "check", "--json", "ended.txt")) == [["replaced"]]


def test_a_name_that_is_nothing_is_told_and_the_others_are_checked(library: list[str]) -> None:
    result = _run(*library, "check", "nobody.txt", "right-1.txt")
    assert result.exit_code == 3
    assert "'nobody.txt'" in result.stderr
    assert "đã kiểm tra 1 văn bản" in result.stdout


def test_without_a_library_there_are_no_reports_to_check(tmp_path: Path) -> None:
    draft = _write(tmp_path, "draft.txt", CLEAN)
    nowhere = ["--library", str(tmp_path / "nowhere")]
    assert _run("check").exit_code == 4
    assert _run(*nowhere, "check", draft).exit_code == 4, "a library that was named must be there"


def test_every_reason_has_its_words() -> None:
    assert _WHY.keys() == REASONS.keys()
    assert set(REASONS.values()) == set(KINDS)


def test_the_samples_give_no_cause_for_doubt(samples: Path) -> None:
    """They were written without faults: whatever is found in them is a false alarm."""
    files = sorted(str(path) for path in (samples / "reports").rglob("*") if path.is_file())
    result = _run("check", *files)
    assert (result.exit_code, result.stderr) == (0, ""), result.stdout
