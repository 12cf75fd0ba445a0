"""The SQLite catalog as a file: of which version, damaged, locked, not to be written."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.reading import report_of
from graph.extract import find_citations
from graph.filing import file_reading
from index.catalog import CatalogError, FilePlace
from index.schema import VERSION
from index.sqlite_catalog import SqliteCatalog

PAGE = 4096


def put(catalog: SqliteCatalog, name: str) -> None:
    report = report_of(f"Thôn {name} thực hiện Kế hoạch số 38/KH-UBND. " * 200, file=f"/reports/{name}.txt")
    where = FilePlace(path=report.file, hash=name, size=1, mtime_ns=0, report=report.id)
    with catalog.writing():
        catalog.put(report, file_reading(report, find_citations(report)), where)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A catalog with a few reports."""
    with SqliteCatalog(tmp_path / "catalog.sqlite") as catalog:
        for name in "abc":
            put(catalog, name)
    return tmp_path / "catalog.sqlite"


def set_version(path: Path, version: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


@pytest.mark.parametrize("version", [VERSION + 1, VERSION + 100])
def test_a_catalog_of_another_version_is_refused_and_not_touched(path: Path, version: int) -> None:
    set_version(path, version)
    before = path.read_bytes()
    with pytest.raises(CatalogError, match=f"version {version}.*reads {VERSION}"):
        SqliteCatalog(path)
    assert path.read_bytes() == before
    set_version(path, VERSION)
    with SqliteCatalog(path) as catalog:
        assert catalog.counts().reports == 3


def test_a_database_of_something_else_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CatalogError):
        SqliteCatalog(path)
    assert path.read_bytes() == before


def not_a_database(path: Path) -> None:
    path.write_text("Kính gửi: UBND huyện\n" * 500, encoding="utf-8")


def head_overwritten(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def pages_overwritten(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:PAGE] + b"\xa5" * (len(data) - PAGE))


@pytest.mark.parametrize("damage", [not_a_database, head_overwritten, cut_short, pages_overwritten])
def test_a_damaged_file_is_named_with_a_remedy(path: Path, damage: Callable[[Path], None]) -> None:
    """Whether at opening, reading or checking: it is an error that says which file and what to do, or a finding."""
    damage(path)
    found = what_is_wrong(path)
    assert found
    assert all(str(path) in problem for problem in found if problem.startswith("the catalog"))


def what_is_wrong(path: Path) -> list[str]:
    """What somebody is told who opens, checks and reads the catalog."""
    try:
        with SqliteCatalog(path) as catalog:
            problems = list(catalog.check())
            for card in catalog.cards():
                catalog.report(card.id)
            return problems
    except CatalogError as error:
        return [error.problem]


def test_rows_that_point_to_nothing_are_found(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM entry")  # no foreign keys are enforced on this connection
    connection.commit()
    connection.close()
    with SqliteCatalog(path) as catalog:
        assert catalog.check()


def test_a_folder_is_no_catalog(tmp_path: Path) -> None:
    with pytest.raises(CatalogError):
        SqliteCatalog(tmp_path)


def test_a_catalog_in_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="right to write"):
        SqliteCatalog(tmp_path / "no" / "catalog.sqlite")


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(path: Path) -> None:
    with SqliteCatalog(path) as first, SqliteCatalog(path, patience=0.1) as second, first.writing():
        with pytest.raises(CatalogError, match="another cancu is writing"):
            put(second, "d")
        assert second.counts().reports == 3  # reading goes on


def test_a_writer_that_was_refused_can_write_later(path: Path) -> None:
    with SqliteCatalog(path) as first, SqliteCatalog(path, patience=0.1) as second:
        with first.writing(), pytest.raises(CatalogError):
            put(second, "d")
        put(second, "d")
        assert first.counts().reports == 4


def test_a_catalog_that_is_closed_leaves_one_file_that_can_be_copied(path: Path, tmp_path: Path) -> None:
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    copy = tmp_path / "copy.sqlite"
    shutil.copy(path, copy)
    with SqliteCatalog(copy) as catalog:
        assert (catalog.counts().reports, list(catalog.check())) == (3, [])


def test_a_catalog_that_may_not_be_written_says_so(path: Path) -> None:
    """SQLite needs to write beside a WAL database even to read it."""
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        if os.access(path.parent, os.W_OK):
            pytest.skip("this user (root, or any on Windows) may write everywhere")
        with pytest.raises(CatalogError, match="right to write"):
            SqliteCatalog(path)
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o644)
