"""Corrections in a library: they survive whatever happens to it, and go without a trace when they are taken back."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import CancuError, ReadError, UnknownReferenceError
from graph.correction_values import read_json
from graph.corrections import CorrectionError
from index.answers import correction_json
from index.catalog import Standing
from index.correcting import Correcting
from index.library import Library, open_library, repair_library
from index.lock import LibraryLockedError, writer_lock

ROOT = Path(__file__).resolve().parents[1]
DISTRICT = "Kế hoạch 38/KH-UBND"


def text_of(number: int, word: str = "đường") -> str:
    return f"""ỦY BAN NHÂN DÂN
XÃ PHONG LỘC
Số: {number}/BC-UBND
Phong Lộc, ngày 05 tháng 6 năm 2024
BÁO CÁO
Kết quả việc số {number}
Thực hiện Kế hoạch số 38/KH-UBND ngày 02/02/2024 của UBND huyện Đại Khê, thôn {number} đã làm {word} mới. \
Căn cứ Chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị; theo Chỉ thị số 30-CT/TW, các thôn đã họp.
UBND xã đã ban hành Kế hoạch số 0{number}/KH-UBND ngày 19/02/2024 để thực hiện Kế hoạch số 38/KH-UBND.
Xã Phong Lộc được thành lập trên cơ sở sáp nhập xã An Hòa và xã Tân Lập từ ngày 01/12/2023.
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(text_of(number), encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, reports: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library", create=True) as opened:
        opened.add([reports])
        yield opened


TABLES = (
    *("report", "ballot", "vote", "citation", "action", "link", "succession", "entry", "joined", "file", "prepared"),
)


def dump(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """All that is derived from the files, as it stands in the catalog."""
    with closing(sqlite3.connect(library.folder / "catalog.sqlite")) as catalog:
        return {table: sorted(catalog.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


def correct_all(library: Library) -> None:
    """One correction of each kind."""
    with library.correcting() as fix:
        fix.unit("1.txt", "xã Khe Dẻ", parent="huyện Đại Khê", province="tỉnh Lạc Giang", note="theo con dấu")
        fix.date("1.txt", "6/7/2023")
        fix.issuer("2.txt", "Đảng ủy xã Phong Lộc")
        fix.relation("2.txt", 7, DISTRICT, "quán triệt")
        fix.wrong("3.txt", 7, "30-CT/TW", nth=1)
        fix.wrong("3.txt", 7, "30-CT/TW")
        fix.title(DISTRICT, "dân chủ ở cơ sở")
        fix.date(DISTRICT, "3/2/2024")
        fix.issuer("Kế hoạch 02/KH-UBND", "Đảng ủy xã Phong Lộc")
        fix.join("Kế hoạch 03/KH-UBND", "Kế hoạch 02/KH-UBND")
        fix.separate("30-CT/TW", ["1.txt", "2.txt"])


def holds(library: Library) -> None:
    """All of these corrections are in effect, and everything knows of them."""
    cards = {Path(card.file).name: card for card in library.catalog.cards()}
    first, second = cards["1.txt"], cards["2.txt"]
    assert (first.unit, first.parent, first.province, first.date) == (
        *("xã Khe Dẻ", "huyện Đại Khê"),
        *("tỉnh Lạc Giang", "2023-07-06"),
    )
    assert second.issuer == "Đảng ủy xã Phong Lộc"
    assert library.find_report("1.txt").header.unit == "xã Khe Dẻ"
    [plan] = [e for e in library.catalog.all_entries() if e.canonical == "38/KH-UBND"]
    assert (plan.title, plan.date) == ("dân chủ ở cơ sở", "2024-02-03")
    relations = {p.relation for p in library.catalog.places_of([plan.id]) if p.report == second and p.line == 7}
    assert relations == {"quán triệt"}
    directives = [e.id for e in library.catalog.all_entries() if e.canonical == "30-CT/TW"]
    assert len(directives) == 1
    assert "--" in directives[0]  # 1 and 2 cite another one, 3 cites none
    assert {p.report for p in library.catalog.places_of(directives)} == {first, second}
    own = [e for e in library.catalog.all_entries() if e.canonical in ("02/KH-UBND", "03/KH-UBND")]
    assert [(e.canonical, e.issuer) for e in own] == [("02/KH-UBND", "Đảng ủy xã Phong Lộc")]
    assert [s.why_not for s in library.catalog.corrections()] == [None] * len(library.catalog.corrections())
    assert {Path(h.card.file).name for h in library.search('unit:"xã Khe Dẻ"').hits} == {"1.txt"}
    assert {Path(h.card.file).name for h in library.search("thôn from:1/7/2023 to:31/7/2023").hits} == {"1.txt"}
    assert {Path(h.card.file).name for h in library.search("thôn").hits} == {"1.txt", "2.txt", "3.txt"}
    assert library.check().problems == ()


# What becomes of a library.


def nothing(_: Library, __: Path) -> None:
    pass


def added_again(library: Library, reports: Path) -> None:
    library.add([reports])


def reindexed(library: Library, _: Path) -> None:
    library.reindex()


def cited_again(library: Library, _: Path) -> None:
    library.reindex(citations=True)


def read_by_new_rules(library: Library, _: Path) -> None:
    with closing(sqlite3.connect(library.folder / "catalog.sqlite")) as catalog:
        catalog.execute("UPDATE report SET reading = 0")
        catalog.commit()
    library.reindex()


def updated(library: Library, reports: Path) -> None:
    for number in (1, 2, 3):
        (reports / f"{number}.txt").write_text(text_of(number) + "Xã đã họp thôn thêm một lần.\n", encoding="utf-8")
    assert library.add([reports]).updated == 3


def removed_and_added(library: Library, reports: Path) -> None:
    shutil.move(reports, reports.with_name("away"))
    reports.mkdir()
    (reports / "0.txt").write_text("Xã đã họp.", encoding="utf-8")  # a folder that is empty may be out of reach
    assert library.add([reports], prune=True).removed == 3
    assert {s.why_not for s in library.catalog.corrections()} == {"no report", "no instrument"}
    for path in (reports.with_name("away")).iterdir():
        shutil.move(path, reports / path.name)
    assert library.add([reports]).added == 3


def moved_then_updated(library: Library, reports: Path) -> None:
    elsewhere = Path(shutil.move(reports, reports.with_name("elsewhere")))
    assert library.add([reports.parent], prune=True).removed == 3
    for number in (1, 2, 3):
        (elsewhere / f"{number}.txt").write_text(text_of(number) + "Xã đã họp thêm một lần.\n", encoding="utf-8")
    assert library.add([elsewhere]).updated == 3


def index_lost(library: Library, _: Path) -> None:
    library.close()
    for folder in library.folder.glob("index*"):
        shutil.rmtree(folder)
    repair_library(library.folder)


def catalog_out_of_joint(library: Library, _: Path) -> None:
    library.close()
    with closing(sqlite3.connect(library.folder / "catalog.sqlite")) as catalog:
        catalog.execute("DELETE FROM entry")
        catalog.execute("UPDATE ballot SET count = 7")
        catalog.commit()
    repair_library(library.folder)


def catalog_damaged(library: Library, _: Path) -> None:
    """The first page of the entries is lost; what can be read of the catalog is saved."""
    library.close()
    path = library.folder / "catalog.sqlite"
    with closing(sqlite3.connect(path)) as catalog:
        catalog.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(page,)] = catalog.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entry'").fetchall()
        [(size,)] = catalog.execute("PRAGMA page_size").fetchall()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    assert "saved" in repair_library(library.folder).repaired[0]


EVENTS = [
    *(nothing, added_again, reindexed, cited_again, read_by_new_rules, updated, removed_and_added, moved_then_updated),
    *(index_lost, catalog_out_of_joint, catalog_damaged),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_corrections_survive(library: Library, reports: Path, event: Callable[[Library, Path], None]) -> None:
    correct_all(library)
    event(library, reports)
    with open_library(library.folder) as again:
        holds(again)


@pytest.mark.parametrize("event", [added_again, cited_again, updated], ids=lambda event: event.__name__)
def test_taken_back_they_leave_no_trace(
    library: Library, reports: Path, event: Callable[[Library, Path], None]
) -> None:
    before = dump(library)
    correct_all(library)
    corrected = dump(library)
    assert corrected != before
    assert corrected["succession"] == before["succession"] != []  # of that nothing was corrected
    assert {row[0] for row in corrected["action"]} == {row[0] for row in before["action"]} != set()
    if event is not updated:
        event(library, reports)
    with library.correcting() as fix:
        fix.undo([s.correction.id for s in library.catalog.corrections()])
    assert dump(library) == before
    assert not library.search('unit:"xã Khe Dẻ"').hits
    assert library.check().problems == ()
    if event is updated:  # what holds then is what a library has that never knew them
        event(library, reports)
        with open_library(library.folder.with_name("other"), create=True) as other:
            other.add([reports])
            assert dump(other) == dump(library)


def test_a_copy_of_a_corrected_report_is_corrected_wherever_it_lies(library: Library, reports: Path) -> None:
    with library.correcting() as fix:
        fix.unit("1.txt", "xã Khe Dẻ")
    shutil.copy(reports / "1.txt", reports / "copy.txt")
    library.add([reports])
    (reports / "1.txt").write_text(text_of(1, "chợ"), encoding="utf-8")
    library.add([reports])
    corrected = {Path(c.file).name for c in library.catalog.cards() if c.unit == "xã Khe Dẻ"}
    assert corrected == {"1.txt", "copy.txt"}  # the file, and the text that was meant


def test_a_sentence_that_has_changed_is_not_corrected_and_one_that_comes_back_is(
    library: Library, reports: Path
) -> None:
    text = text_of(1)
    with library.correcting() as fix:
        fix.relation("1.txt", 7, DISTRICT, "quán triệt")
    (reports / "1.txt").write_text(text.replace("Thực hiện Kế hoạch", "Theo Kế hoạch"), encoding="utf-8")
    library.add([reports])
    assert [s.why_not for s in library.catalog.corrections()] == ["no citation"]
    assert "quán triệt" not in {p.relation for c in library.catalog.cards() for p in library.catalog.places_in([c.id])}
    (reports / "1.txt").write_text("Trang đầu.\n\n" + text.replace("Thực hiện Kế", "THỰC  HIỆN Kế"), encoding="utf-8")
    library.add([reports])
    assert [s.why_not for s in library.catalog.corrections()] == [None]


# What cannot be corrected is told, and nothing is written.

WRONG: list[tuple[Callable[[Correcting], object], type[CancuError], str]] = [
    (lambda fix: fix.unit("9.txt", "xã Khe Dẻ"), ReadError, "no report"),
    (lambda fix: fix.unit("1.txt", "Khe Dẻ"), CorrectionError, "no unit"),
    (lambda fix: fix.date("9.txt", "2024"), CorrectionError, "no report of the library is called"),
    (lambda fix: fix.date("1.txt", "30/2/2024"), CorrectionError, "no date"),
    (lambda fix: fix.date("Kế hoạch 99/KH-UBND", "2024"), CorrectionError, "none cites such a document"),
    (lambda fix: fix.title("Kế hoạch 99/KH-UBND", "x"), UnknownReferenceError, "no report of the library cites"),
    (lambda fix: fix.title(DISTRICT, " "), CorrectionError, "no text"),
    (lambda fix: fix.relation("1.txt", 7, DISTRICT, "thi hành"), CorrectionError, "no relation"),
    (lambda fix: fix.relation("1.txt", 6, DISTRICT, "khác"), CorrectionError, "does not cite .* line 7, 8"),
    (lambda fix: fix.wrong("1.txt", 7, "Kế hoạch 02/KH-UBND"), CorrectionError, "does not cite .* 'cancu cites'"),
    (lambda fix: fix.wrong("1.txt", 7, "30-CT/TW"), CorrectionError, "cites it 2 times .*--nth: 1: .*Căn cứ Chỉ thị"),
    (lambda fix: fix.wrong("1.txt", 7, "30-CT/TW", nth=3), CorrectionError, "cites it 2 times"),
    (lambda fix: fix.join(DISTRICT, DISTRICT), CorrectionError, "one document already"),
    (lambda fix: fix.join(DISTRICT, "Kế hoạch 99/KH-UBND"), UnknownReferenceError, "no report of the library cites"),
    (lambda fix: fix.separate("Kế hoạch 02/KH-UBND", ["2.txt", "1.txt"]), CorrectionError, "1.txt' does not cite"),
    (lambda fix: fix.undo([1, 7, 9]), CorrectionError, "no correction 1, 7, 9"),
]


@pytest.mark.parametrize(("ask", "error", "problem"), WRONG, ids=[str(n) for n in range(len(WRONG))])
def test_what_cannot_be_corrected_is_told_and_nothing_is_written(
    library: Library, ask: Callable[[Correcting], object], error: type[CancuError], problem: str
) -> None:
    before = dump(library)
    with pytest.raises(error, match=problem) as told, library.correcting() as fix:
        ask(fix)
    assert told.value.remedy
    assert (dump(library), library.catalog.corrections()) == (before, [])


def test_a_reference_that_means_several_is_told_with_their_ids(library: Library, reports: Path) -> None:
    (reports / "4.txt").write_text(text_of(1).replace("PHONG LỘC", "KHE DẺ"), encoding="utf-8")
    library.add([reports])
    with library.correcting() as fix, pytest.raises(CorrectionError, match="can be 2 documents") as told:
        fix.title("Kế hoạch 01/KH-UBND", "x")
    assert "ke-hoach-1-kh-ubnd-xa-khe-de-2024 (" in told.value.remedy
    with library.correcting() as fix:  # in one report it is one of them
        standing = fix.relation("4.txt", 8, "Kế hoạch 01/KH-UBND", "khác")
        assert standing.correction.instrument == "Kế hoạch 01/KH-UBND"
        assert fix.title("ke-hoach-1-kh-ubnd-xa-khe-de-2024", "x").why_not is None


def test_a_name_that_is_a_report_and_a_document_is_asked_back(library: Library, reports: Path) -> None:
    shutil.move(reports / "1.txt", reports / "Chỉ thị 30.txt")
    library.add([reports], prune=True)
    with library.correcting() as fix, pytest.raises(CorrectionError, match="is a report and a document") as told:
        fix.date("Chỉ thị 30", "2024")
    assert "chi-thi-30-ct-tw-viii" in told.value.remedy


def test_what_is_joined_is_named_by_what_it_is_now(library: Library) -> None:
    with library.correcting() as fix:
        made = fix.join("Kế hoạch 03/KH-UBND", "Kế hoạch 02/KH-UBND")
        name = made.correction.instrument or ""
        with pytest.raises(CorrectionError, match=f"{name} is joined to .*undo {made.correction.id}"):
            fix.title(name, "x")
        with pytest.raises(CorrectionError, match=r"joined to"):
            fix.join("Kế hoạch 02/KH-UBND", name)


def test_the_old_id_of_what_is_joined_finds_what_it_is_now(library: Library) -> None:
    old, kept = (library.trace(f"Kế hoạch {n}/KH-UBND").instruments[0].entry.id for n in ("03", "02"))
    with library.correcting() as fix:
        fix.join("Kế hoạch 03/KH-UBND", "Kế hoạch 02/KH-UBND")
    assert [entry.id for entry in library.catalog.entries([old, kept, old])] == [kept]
    assert library.trace(old).instruments == library.trace(kept).instruments


def test_what_holds_already_is_not_kept_twice(library: Library) -> None:
    with library.correcting() as fix:
        first = fix.unit("1.txt", "xã Khe Dẻ")
        assert fix.unit("1.txt", "Xã KHE DẺ") == first
        other = fix.unit("1.txt", "xã Trung Lạc")
        assert other.correction.id != first.correction.id
        assert fix.unit("1.txt", "xã Khe Dẻ").correction.id > other.correction.id
    assert [s.why_not for s in library.catalog.corrections()] == ["superseded", "superseded", None]


def test_what_is_corrected_now_holds_though_another_clock_was_ahead(library: Library) -> None:
    report = library.find_report("1.txt").id
    row = {"kind": "unit", "report": report, "value": "xã Khe Dẻ", "made": "2999-01-01T00:00:00Z"}
    with library.correcting() as fix:
        fix.take_over(read_json(json.dumps([row])))
        fix.unit("1.txt", "xã Trung Lạc")
        fix.date("1.txt", "2023")
    assert library.find_report("1.txt").header.unit == "xã Trung Lạc"
    assert [s.why_not for s in library.catalog.corrections()] == ["superseded", None, None]


# They are handed on.


def handed_on(library: Library) -> str:
    return json.dumps([correction_json(standing) for standing in library.catalog.corrections()])


def test_corrections_are_handed_on_to_another_library_of_the_same_reports(library: Library, reports: Path) -> None:
    correct_all(library)
    elsewhere = reports.with_name("elsewhere")
    shutil.copytree(reports, elsewhere)
    with open_library(library.folder.with_name("other"), create=True) as other:
        other.add([elsewhere])
        with other.correcting() as fix:
            assert len(fix.take_over(read_json(handed_on(library)))) == len(library.catalog.corrections())
        holds(other)
        with other.correcting() as fix:
            assert fix.take_over(read_json(handed_on(library))) == []
            assert fix.take_over(read_json(handed_on(other))) == []
        updated(other, elsewhere)  # from now on they follow the files that are here
        holds(other)
        with other.correcting() as fix:
            assert fix.take_over(read_json(handed_on(other))) == []


def test_what_comes_before_its_report_waits_for_it(library: Library, reports: Path) -> None:
    correct_all(library)
    with open_library(library.folder.with_name("other"), create=True) as other:
        with other.correcting() as fix:
            new = fix.take_over(read_json(handed_on(library)))
        assert {standing.why_not for standing in new} == {"no report", "no instrument"}
        other.add([reports])
        holds(other)


def test_a_file_of_the_same_name_elsewhere_is_not_what_was_meant(library: Library, reports: Path) -> None:
    correct_all(library)
    sent = read_json(handed_on(library))
    for number in (1, 2, 3):
        (reports / f"{number}.txt").write_text(text_of(number + 3), encoding="utf-8")
    with open_library(library.folder.with_name("other"), create=True) as other:
        other.add([reports])
        with other.correcting() as fix:
            fix.take_over(correction for correction in sent if correction.report)
        assert {s.why_not for s in other.catalog.corrections()} == {"no report"}


# One at a time, whole or not at all.


def test_nobody_corrects_while_another_changes_the_library(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.library._PATIENCE", 0.1)
    with (
        writer_lock(library.folder, patience=1, tell=print),
        pytest.raises(LibraryLockedError, match="another cancu"),
        library.correcting() as fix,
    ):
        fix.unit("1.txt", "xã Khe Dẻ")
    assert library.catalog.corrections() == []


KILLED = """
import os, sys
from pathlib import Path
from index.library import open_library
library = open_library(Path(sys.argv[1]))
with library.correcting() as fix:
    fix.unit("1.txt", "xã Khe Dẻ")
    os._exit(9)  # between the catalog and the index
"""


def test_what_is_killed_between_catalog_and_index_is_told_and_completed(library: Library, reports: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(library.folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert ran.returncode == 9
    assert [c.unit for c in library.catalog.cards()].count("xã Khe Dẻ") == 1
    assert library.check().problems == ("the index does not know the corrections of 1 reports",)
    library.add([reports])
    assert library.check().problems == ()
    assert {Path(h.card.file).name for h in library.search('unit:"xã Khe Dẻ"').hits} == {"1.txt"}


def test_a_repair_completes_it_too(library: Library) -> None:
    with library.catalog.writing():
        report = library.find_report("1.txt")
        [made] = read_json(
            f'[{{"kind": "unit", "value": "xã Khe Dẻ", "made": "2026-01-01T00:00:00+00:00", "report": "{report.id}"}}]'
        )
        library.catalog.correct([replace(made, file=report.file)])
    library.check(repair=True)
    assert library.check().problems == ()
    assert len(library.search('unit:"xã Khe Dẻ"').hits) == 1


def test_a_correction_tells_whether_it_holds(library: Library) -> None:
    with library.correcting() as fix:
        made = fix.unit("1.txt", "xã Khe Dẻ", note="theo con dấu")
    assert isinstance(made, Standing)
    told = correction_json(made)
    names = ("id", "kind", "value", "note", "in_effect", "why_not", "instrument")
    assert [told[name] for name in names] == [1, "unit", "xã Khe Dẻ", "theo con dấu", True, None, None]
