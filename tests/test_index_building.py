"""A library as it grows and is kept well: in processes, after accidents, by one writer, from an older version."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CancuError
from graph.answers_graph import trace_json
from graph.votes import read
from index import building, library, reading
from index.catalog import CatalogError
from index.documents import pack, unpack
from index.library import Library, open_library, repair_library
from index.lock import LibraryLockedError, writer_lock
from index.results import Added
from index.sqlite_catalog import SqliteCatalog
from index.words import prepare
from index.workers import DiedError, Workers

ROOT = Path(__file__).resolve().parents[1]
MANY = 30  # more than are read without processes


def text_of(number: int, word: str = "đường") -> str:
    return f"""ỦY BAN NHÂN DÂN
XÃ PHONG LỘC
Số: {number}/BC-UBND
Phong Lộc, ngày 05 tháng 6 năm 2024
BÁO CÁO
Kết quả việc số {number}
Thực hiện Kế hoạch số 38/KH-UBND ngày 02/02/2024 của UBND huyện Đại Khê, thôn {number} đã làm {word} mới.
"""


def fill(folder: Path, count: int, first: int = 1) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"{number:02}.txt").write_text(text_of(number), encoding="utf-8")
    return folder


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library", create=True) as found:
        yield found


def is_well(found: Library, count: int) -> None:
    assert found.check().problems == ()
    assert found.catalog.size() == found.search("thôn", limit=1).found.total == count


def all_of(found: Library) -> Any:
    """What a library says, but for where its files lie."""
    traced = trace_json(found.trace("Kế hoạch 38/KH-UBND"))
    return traced, found.catalog.counts(), sorted(p.path for p in found.catalog.places())


def schema_of(found: Library) -> list[tuple[str, str]]:
    """The tables and indexes of the catalog."""
    with closing(sqlite3.connect(found.folder / "catalog.sqlite")) as catalog:
        return catalog.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


# Processes: what they read is what one would, and no file and no process stops them.


def test_two_processes_read_what_one_reads(tmp_path: Path, opened: Library) -> None:
    reports = fill(tmp_path / "reports", MANY)
    (reports / "31.txt").write_text("", encoding="utf-8")
    (reports / "32.docx").write_text("no archive", encoding="utf-8")
    added = opened.add([reports], jobs=2)
    assert (added.added, [Path(path).name for path, _ in sorted(added.failed)]) == (MANY, ["31.txt", "32.docx"])
    is_well(opened, MANY)
    with open_library(tmp_path / "alone", create=True) as alone:
        assert alone.add([reports]).added == MANY
        assert all_of(alone) == all_of(opened)


def half(task: int) -> int:
    if task == 13:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)
    return task // 2


def test_what_kills_its_process_is_told_and_all_else_is_done() -> None:
    results = dict(Workers[int, int](half, jobs=2).results(range(40)))
    died = [task for task, result in results.items() if isinstance(result, DiedError)]
    assert died == [13]
    assert {task: result for task, result in results.items() if task != 13} == {n: n // 2 for n in range(40) if n != 13}


def slow(task: int) -> int:
    time.sleep(600 if task else 0)
    return task


def test_work_that_is_given_up_leaves_no_process() -> None:
    results = Workers[int, int](slow, jobs=2).results(range(5))
    assert next(results)[0] == 0
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < 60


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are listed in /proc")
def test_no_process_outlives_a_parent_that_is_killed() -> None:
    script = (
        "from tests.test_index_building import Workers, slow\n"
        "for _ in Workers(slow, jobs=2).results(range(5)): print(flush=True)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    parent.stdout.readline()
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text(encoding="ascii").split()
    assert len(children) >= 2
    parent.kill()
    parent.communicate()
    for _ in range(200):
        if not any(Path(f"/proc/{child}").exists() for child in children):
            return
        time.sleep(0.1)
    pytest.fail(f"{children} still run")


# --prune: what has vanished is forgotten, what is only out of reach is not.


def test_a_vanished_file_is_removed_when_asked(tmp_path: Path, opened: Library) -> None:
    reports = fill(tmp_path / "reports", 4)
    shutil.copy(reports / "01.txt", reports / "copy.txt")
    opened.add([reports])
    (reports / "01.txt").unlink()
    (reports / "02.txt").unlink()
    assert opened.add([reports]).removed == 0
    is_well(opened, 4)
    assert opened.add([reports], prune=True) == Added(unchanged=3, removed=2)
    is_well(opened, 3)  # the text of the first lies at another place too
    assert opened.add([reports], prune=True) == Added(unchanged=3)


def test_a_file_that_was_moved_stays_one_report(tmp_path: Path, opened: Library) -> None:
    reports = fill(tmp_path / "reports", 3)
    opened.add([reports])
    (reports / "2024").mkdir()
    (reports / "01.txt").rename(reports / "2024" / "01.txt")
    assert opened.add([reports], prune=True) == Added(unchanged=2, duplicates=1, removed=1)
    is_well(opened, 3)


def test_a_folder_that_was_removed_is_forgotten_with_all_below(tmp_path: Path, opened: Library) -> None:
    reports = fill(tmp_path / "reports", 2)
    fill(reports / "2023" / "old", 2, first=3)
    opened.add([reports])
    shutil.rmtree(reports / "2023")
    assert opened.add([reports], prune=True) == Added(unchanged=2, removed=2)


@pytest.mark.parametrize("away", ["missing", "empty", "link to nowhere", "another folder"])
def test_what_is_out_of_reach_is_not_removed(tmp_path: Path, opened: Library, away: str) -> None:
    """A share that is not mounted is an empty folder, a missing one, or a link to nowhere."""
    reports = fill(tmp_path / "reports", 2)
    share = fill(tmp_path / "share", 2, first=3)
    if away == "link to nowhere":
        (reports / "share").symlink_to(share, target_is_directory=True)
        opened.add([reports])
        shutil.rmtree(share)
        assert opened.add([reports], prune=True).removed == 0
    else:
        opened.add([reports, share])
        shutil.rmtree(share)
        if away == "empty":
            share.mkdir()
        asked = [reports] if away == "another folder" else [reports, share]
        assert opened.add(asked, prune=True).removed == 0
    is_well(opened, 4)


def test_a_file_that_can_no_longer_be_read_keeps_its_report(tmp_path: Path, opened: Library) -> None:
    reports = fill(tmp_path / "reports", 2)
    opened.add([reports])
    (reports / "01.txt").write_bytes(b"")
    added = opened.add([reports], prune=True)
    assert (added.removed, len(added.failed)) == (0, 1)
    is_well(opened, 2)


# The index is made again from what the catalog keeps, without segmenting a text twice.


@given(st.text("Nhân dân đã, làm. hòa\n_>ðĐ 12/-", max_size=200) | st.text(max_size=50))
def test_a_segmented_text_is_kept_whole(text: str) -> None:
    prepared = prepare(text)
    assert unpack(pack(prepared)) == prepared


class SegmentedAgainError(Exception):
    """A text was segmented whose words are kept."""


def test_what_was_segmented_once_is_not_segmented_again(
    tmp_path: Path, opened: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.add([fill(tmp_path / "reports", 3)])

    def never(_: str) -> None:
        raise SegmentedAgainError

    monkeypatch.setattr(reading, "prepare", never)
    assert opened.reindex(citations=True).read_again == 3
    shutil.rmtree(tmp_path / "library" / f"{library._INDEX}-2")
    opened._close_engine()
    assert opened.add([tmp_path / "reports"]) == Added(unchanged=3)
    shutil.copy(tmp_path / "reports" / "01.txt", tmp_path / "reports" / "copy.txt")
    (tmp_path / "reports" / "02.txt").write_bytes(b"\xef\xbb\xbf" + text_of(2).encode())
    assert opened.add([tmp_path / "reports"]) == Added(updated=1, unchanged=2, duplicates=1)
    is_well(opened, 3)


def test_a_new_index_replaces_the_old_one_also_for_those_who_have_it_open(tmp_path: Path, opened: Library) -> None:
    opened.add([fill(tmp_path / "reports", MANY)])
    with open_library(tmp_path / "library") as reader:
        assert reader.search("thôn").found.total == MANY
        assert opened.reindex(jobs=2).reports == MANY
        assert reader.search("thôn").found.total == MANY
        opened.add([fill(tmp_path / "more", 1, first=77)])
        assert reader.search("thôn").found.total == MANY + 1
    assert len([p for p in (tmp_path / "library").iterdir() if p.is_dir()]) == 1


def test_reindex_removes_old_indexes_and_no_other_folder(opened: Library) -> None:
    folder = opened.folder
    for name in ("index-7", "index-của-tôi", "index cũ"):
        fill(folder / name, 1)
    opened.reindex()
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["index cũ", "index-2", "index-của-tôi"]


def test_an_interrupted_reindex_leaves_the_old_index(tmp_path: Path, opened: Library) -> None:
    opened.add([fill(tmp_path / "reports", 3)])

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        opened.reindex(progress=interrupt)
    is_well(opened, 3)
    opened.reindex()
    is_well(opened, 3)


def test_reports_of_older_rules_are_named_and_read_again(tmp_path: Path, opened: Library) -> None:
    opened.add([fill(tmp_path / "reports", 3)])
    before = all_of(opened)
    with sqlite3.connect(tmp_path / "library" / "catalog.sqlite") as connection:
        connection.execute("UPDATE report SET reading = 0 WHERE id IN (SELECT id FROM report LIMIT 2)")
    connection.close()
    [problem] = opened.check().problems
    assert problem.startswith("2 reports")
    assert "cancu reindex" in problem
    assert opened.reindex().read_again == 2
    assert opened.check().problems == ()
    assert all_of(opened) == before


# One writer, and whoever comes second is told.


@pytest.mark.usefixtures("opened")
def test_a_second_writer_waits_and_is_told_who_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = fill(tmp_path / "reports", 1)
    monkeypatch.setattr(library, "_PATIENCE", 0.1)
    told: list[str] = []
    with open_library(tmp_path / "library", tell_waiting=told.append) as second:
        with writer_lock(tmp_path / "library", patience=0, tell=told.append):
            for change in (second.reindex, lambda: second.add([reports]), lambda: second.check(repair=True)):
                with pytest.raises(LibraryLockedError, match=f"process {os.getpid()}, since 20"):
                    change()
            assert len(told) == 3
            assert second.check().problems == ()  # reading goes on
        assert second.add([reports]) == Added(added=1)
    assert not (tmp_path / "library" / "writer.holder").exists()


# A damaged catalog: what can be read of it is saved, and the damaged file is kept.


@pytest.mark.parametrize("share", [0.75, 0.9, 0.98])
def test_what_can_be_read_of_a_truncated_catalog_is_saved(tmp_path: Path, share: float) -> None:
    folder, reports = tmp_path / "library", fill(tmp_path / "reports", MANY)
    with open_library(folder, create=True) as found:
        found.add([reports])
    catalog = folder / "catalog.sqlite"
    data = catalog.read_bytes()
    catalog.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(CatalogError) as told, open_library(folder) as found:
        found.check()
    assert "doctor --repair" in told.value.remedy
    health = repair_library(folder)
    assert health.problems == ()
    [kept] = [path for path in folder.iterdir() if "damaged" in path.name and path.name[-1].isdigit()]
    assert kept.read_bytes() == data[: int(len(data) * share)]
    with open_library(folder) as found:
        saved = found.catalog.size()
        assert 0 < saved <= MANY
        is_well(found, saved)
        found.add([reports])
        is_well(found, MANY)


def test_what_holds_no_report_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(CancuError, match="no report can be read"):
        repair_library(tmp_path)
    assert (tmp_path / "catalog.sqlite").read_bytes() == b"no database" * 1000
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("catalog.sqlite.")]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE ballot SET count = count + 1",
        "UPDATE vote SET entry = NULL",
        "DELETE FROM report WHERE id = (SELECT min(id) FROM report)",
        "DELETE FROM vote WHERE report = (SELECT min(id) FROM report)",
        "DELETE FROM citation WHERE report = (SELECT min(report) FROM action)",
        "DELETE FROM entry",
    ],
)
def test_a_catalog_out_of_joint_is_mended(tmp_path: Path, opened: Library, harm: str) -> None:
    opened.add([fill(tmp_path / "reports", 4)])
    with sqlite3.connect(tmp_path / "library" / "catalog.sqlite") as connection:
        connection.execute(harm)
    connection.close()
    assert opened.check().problems
    assert opened.check(repair=True).problems == ()
    opened.add([tmp_path / "reports"])
    assert opened.check().problems == ()
    with open_library(tmp_path / "new", create=True) as new:
        new.add([Path(place.path) for place in opened.catalog.places()])
        if "WHERE report = " not in harm:  # what a report said is then found again by `reindex --citations` alone
            assert all_of(new) == all_of(opened)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_explained_and_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("this system does not let root mount")
    try:
        with open_library(disk / "library", create=True) as found:
            found.add([fill(tmp_path / "reports", 2)])
        big = fill(tmp_path / "big", 1, first=40)
        words = "\n".join(f"Thôn {n} làm đường số {n}." for n in range(30_000))
        (big / "40.txt").write_text(text_of(40) + words, encoding="utf-8")
        with open_library(disk / "library") as found, pytest.raises(CancuError) as told:
            found.add([big])
        assert "disk" in told.value.remedy
        with open_library(disk / "library") as found:
            is_well(found, 2)
    finally:
        subprocess.run(["/bin/umount", str(disk)], check=True)


# An older catalog is brought to this version.

VERSION_1 = (ROOT / "tests" / "catalog_1.sql").read_text(encoding="utf-8")
VERSION_2 = (ROOT / "tests" / "catalog_2.sql").read_text(encoding="utf-8")


def empty(path: Path, tables: str) -> sqlite3.Connection:
    """A catalog without a report, with the tables of an older version."""
    made = sqlite3.connect(path)
    made.execute("PRAGMA journal_mode = WAL")
    made.executescript(tables)
    return made


def as_version_2(path: Path) -> None:
    """Make the catalog at `path` one of version 2 with the same reports."""
    new = sqlite3.connect(path)
    old = empty(path.with_name("old"), VERSION_2)
    for (table,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        rows = new.execute(f"SELECT * FROM {table}").fetchall()
        if rows:
            old.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    old.execute("UPDATE report SET reading = 1")
    old.execute("PRAGMA user_version = 2")
    old.commit()
    old.close()
    new.close()
    path.with_name("old").replace(path)


def as_version_1(path: Path) -> None:
    """Make the catalog at `path` one of version 1 with the same reports."""
    new = sqlite3.connect(path)
    new.row_factory = sqlite3.Row
    rows = {
        t: [dict(r) for r in new.execute(f"SELECT * FROM {t}")] for t in ("report", "file", "entry", "citation", "link")
    }
    said = {r["key"]: (read(r["said"]), r["bucket"]) for r in new.execute("SELECT * FROM ballot")}
    votes = [dict(r) for r in new.execute("SELECT * FROM vote")]
    new.close()
    path.unlink()
    old = empty(path, VERSION_1)
    for table, of in rows.items():
        for row in of:
            row.pop("reading", None)
            names = ", ".join(f'"{name}"' for name in row)
            old.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    for vote in votes:
        v, bucket = said[vote["ballot"]]
        i = v.instrument
        number = (i.type, i.number, i.year, i.symbol, i.party) if i else (None, None, None, None, False)
        values = (
            vote["report"],
            vote["n"],
            *number,
            v.name,
            v.date,
            v.issuer,
            v.issuer_inferred,
            v.title,
            v.own,
            v.day,
        )
        old.execute(f"INSERT INTO vote VALUES ({', '.join('?' * 16)})", (*values, bucket, vote["entry"]))
    old.execute("PRAGMA user_version = 1")
    old.commit()
    old.close()


def kept(told: Any) -> Any:
    """What of `all_of` an older catalog kept too: all but the actions, which are found when a report is read again."""
    trace, counts, places = told
    hidden = json.loads(json.dumps(trace), object_hook=lambda row: {**row, "actions": []} if "actions" in row else row)
    return hidden, counts, places


@pytest.mark.parametrize("make_old", [as_version_1, as_version_2])
def test_an_older_catalog_is_brought_to_this_version(tmp_path: Path, make_old: Callable[[Path], None]) -> None:
    with open_library(tmp_path / "library", create=True) as found:
        schema = schema_of(found)
        found.add([fill(tmp_path / "reports", 5)])
        before = all_of(found)
    make_old(tmp_path / "library" / "catalog.sqlite")
    with open_library(tmp_path / "library") as found:
        assert schema_of(found) == schema
        assert kept(all_of(found)) == kept(before)
        assert len(found.check().problems) == 1  # read by older rules
        with found.correcting() as correcting:
            made = correcting.unit("01.txt", "xã Khe Dẻ")
            assert made.why_not is None
            correcting.undo([made.correction.id])
        found.reindex()
        is_well(found, 5)
        assert all_of(found) == before


@pytest.mark.parametrize("tables", [VERSION_1, VERSION_2], ids=["1", "2"])
def test_a_catalog_that_cannot_be_brought_to_this_version_stays_as_it_was(tmp_path: Path, tables: str) -> None:
    path = tmp_path / "catalog.sqlite"
    old = empty(path, tables)
    old.execute("CREATE TABLE unindexed (mine TEXT)")  # in the way of the last new table
    version = 1 if tables is VERSION_1 else 2
    old.execute(f"PRAGMA user_version = {version}")
    old.commit()
    before = old.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    old.close()
    with pytest.raises(CancuError):
        SqliteCatalog(path)
    again = sqlite3.connect(path)
    assert again.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == before
    assert again.execute("PRAGMA user_version").fetchone() == (version,)
    again.close()


def test_batches_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = fill(tmp_path / "reports", 7)
    said = []
    for size in (1, 3, 200):
        monkeypatch.setattr(building, "_BATCH", size)
        with open_library(tmp_path / f"library-{size}", create=True) as found:
            found.add([reports])
            is_well(found, 7)
            said.append(all_of(found))
    assert said[0] == said[1] == said[2]
