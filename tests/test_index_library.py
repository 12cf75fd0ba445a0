"""The library as a user lives with it: adding again and again, stopping in the middle, reading while another writes."""

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import CancuError, ReadError, UnknownReferenceError
from graph.answers_graph import trace_json
from index.library import Library, LibraryError, open_library
from index.results import Added, Progress

ROOT = Path(__file__).resolve().parents[1]


def text_of(number: int, word: str = "đường") -> str:
    """A short report that no other number has: a commune's, under one plan of the district."""
    return f"""ỦY BAN NHÂN DÂN
XÃ PHONG LỘC
Số: {number}/BC-UBND
Phong Lộc, ngày 05 tháng 6 năm 2024
BÁO CÁO
Kết quả việc số {number}
Thực hiện Kế hoạch số 38/KH-UBND ngày 02/02/2024 của UBND huyện Đại Khê, thôn {number} đã làm {word} mới.
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of three reports."""
    for number in (1, 2, 3):
        write(tmp_path / "reports" / f"{number}.txt", text_of(number))
    return tmp_path / "reports"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library", create=True) as opened:
        yield opened


def found(library: Library, query: str) -> set[str]:
    """The names of the files that a search finds."""
    return {Path(hit.card.file).name for hit in library.search(query, limit=1000).hits}


def is_well(library: Library, *names: str) -> None:
    """Nothing is wrong, and what is kept, found and traced are the reports in these files."""
    health = library.check()
    assert (health.problems, health.repaired) == ((), ())
    assert {Path(card.file).name for card in library.catalog.cards()} == set(names)
    assert found(library, "thôn") == set(names)
    if names:
        [traced] = library.trace("Kế hoạch 38/KH-UBND").instruments
        assert {Path(r.report.file).name for unit in traced.units for r in unit.reports} == set(names)


# Files are known by what they hold; adding is repeated without harm.


def test_new_files_go_in_and_are_then_unchanged(library: Library, reports: Path) -> None:
    assert library.add([reports]) == Added(added=3)
    is_well(library, "1.txt", "2.txt", "3.txt")
    assert library.add([reports]) == Added(unchanged=3)
    is_well(library, "1.txt", "2.txt", "3.txt")


def test_a_file_that_is_only_touched_is_unchanged(library: Library, reports: Path) -> None:
    library.add([reports])
    os.utime(reports / "1.txt", (1, 1))
    assert library.add([reports]) == Added(unchanged=3)


def test_a_file_with_a_new_text_replaces_the_old_one(library: Library, reports: Path) -> None:
    library.add([reports])
    write(reports / "2.txt", text_of(2, word="chợ"))
    assert library.add([reports]) == Added(updated=1, unchanged=2)
    is_well(library, "1.txt", "2.txt", "3.txt")
    assert found(library, "làm đường mới") == {"1.txt", "3.txt"}
    assert found(library, "làm chợ mới") == {"2.txt"}


def test_a_file_saved_anew_with_the_same_text_is_updated_and_is_the_same_report(
    library: Library, reports: Path
) -> None:
    library.add([reports])
    before = library.catalog.ids()
    (reports / "1.txt").write_bytes(b"\xef\xbb\xbf" + (reports / "1.txt").read_bytes())
    assert library.add([reports]) == Added(updated=1, unchanged=2)
    assert library.catalog.ids() == before
    is_well(library, "1.txt", "2.txt", "3.txt")


def test_the_same_text_at_two_paths_is_one_report(library: Library, reports: Path) -> None:
    library.add([reports])
    shutil.copy(reports / "1.txt", reports / "copy.txt")
    assert library.add([reports]) == Added(unchanged=3, duplicates=1)
    is_well(library, "1.txt", "2.txt", "3.txt")
    assert len(library.catalog.places()) == 4


def test_when_one_of_two_copies_changes_both_texts_are_there(library: Library, reports: Path) -> None:
    shutil.copy(reports / "1.txt", reports / "copy.txt")
    library.add([reports])
    write(reports / "1.txt", text_of(1, word="chợ"))
    assert library.add([reports]) == Added(updated=1, unchanged=3)
    is_well(library, "1.txt", "2.txt", "3.txt", "copy.txt")


def test_when_a_file_becomes_a_copy_of_another_its_old_text_is_gone(library: Library, reports: Path) -> None:
    library.add([reports])
    shutil.copy(reports / "1.txt", reports / "2.txt")
    assert library.add([reports]) == Added(updated=1, unchanged=2)
    is_well(library, "1.txt", "3.txt")


def test_when_two_files_change_places_both_stay(library: Library, reports: Path) -> None:
    library.add([reports])
    write(reports / "1.txt", text_of(2))
    write(reports / "2.txt", text_of(1))
    library.add([reports])
    is_well(library, "1.txt", "2.txt", "3.txt")


def test_a_file_named_twice_is_read_once(library: Library, reports: Path) -> None:
    assert library.add([reports, reports / "1.txt", reports]) == Added(added=3)


def test_a_path_is_the_same_from_wherever_it_is_named(
    library: Library, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([reports])
    monkeypatch.chdir(reports)
    assert library.add([Path("1.txt")]) == Added(unchanged=1)
    assert library.add([Path()]) == Added(unchanged=3)


def test_every_file_is_told_when_it_is_done_and_written(library: Library, reports: Path) -> None:
    write(reports / "2.txt", "")
    told: list[Progress] = []
    kept: list[int] = []

    def tell(progress: Progress) -> None:
        told.append(progress)
        kept.append(library.catalog.size())

    library.add([reports], progress=tell)
    names = [str(reports / f"{n}.txt") for n in (1, 2, 3)]
    assert told == [
        Progress(done=1, of=3, failed=0, file=names[0]),
        Progress(done=2, of=3, failed=1, file=names[1]),
        Progress(done=3, of=3, failed=1, file=names[2]),
    ]
    assert all(reports >= progress.done - progress.failed for reports, progress in zip(kept, told, strict=True))
    told.clear()
    library.add([reports], progress=tell)
    assert [(p.done, p.of) for p in told] == [(1, 3), (2, 3), (3, 3)]


def test_nothing_to_add_is_nothing_done(library: Library) -> None:
    assert library.add([]) == Added()


def test_a_library_can_be_carried_elsewhere(tmp_path: Path, reports: Path) -> None:
    with open_library(tmp_path / "here", create=True) as library:
        library.add([reports])
    shutil.move(tmp_path / "here", tmp_path / "there")
    with open_library(tmp_path / "there") as library:
        is_well(library, "1.txt", "2.txt", "3.txt")


PATHS, WORDS = ("a.txt", "b.txt", "c.txt"), ("đường", "chợ", "cầu", "cống")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from(WORDS)), min_size=1, max_size=5))
def test_a_library_depends_on_what_the_files_hold_now_alone(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    with open_library(folder / "library", create=True) as grown, open_library(folder / "new", create=True) as new:
        for path, word in steps:
            write(folder / "reports" / path, text_of(1, word))
            grown.add([folder / "reports"])
        new.add([folder / "reports"])
        assert {p.path: p.report for p in grown.catalog.places()} == {p.path: p.report for p in new.catalog.places()}
        assert grown.catalog.counts() == new.catalog.counts()
        assert [i.entry for i in grown.trace("Kế hoạch 38").instruments] == [
            i.entry for i in new.trace("Kế hoạch 38").instruments
        ]
        for word in WORDS:
            assert {h.card.id for h in grown.search(word).hits} == {h.card.id for h in new.search(word).hits}
        assert grown.check().problems == ()


# A file that cannot be read is listed with the reason, and the others go in.


def test_the_rest_of_the_batch_goes_in(library: Library, reports: Path) -> None:
    write(reports / "0.docx", "no archive")
    write(reports / "9.txt", "")
    added = library.add([reports, reports / "none.txt"])
    assert (added.added, len(added.failed)) == (3, 3)
    names = {Path(path).name: error for path, error in added.failed}
    assert set(names) == {"0.docx", "9.txt", "none.txt"}
    assert all(" — " in error for error in names.values())
    is_well(library, "1.txt", "2.txt", "3.txt")
    assert library.catalog.counts().failures == 2  # what is not there is no file that could be read later


def test_a_file_that_is_mended_is_no_failure_any_more(library: Library, reports: Path) -> None:
    write(reports / "9.txt", "")
    library.add([reports])
    write(reports / "9.txt", text_of(9))
    assert library.add([reports]) == Added(added=1, unchanged=3)
    assert list(library.catalog.failures()) == []


def test_a_file_named_from_its_folder_is_no_failure_any_more_when_it_is_mended(
    library: Library, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reports)
    write(Path("9.txt"), "")
    library.add([Path("9.txt")])
    write(Path("9.txt"), text_of(9))
    library.add([Path("9.txt")])
    assert list(library.catalog.failures()) == []


def test_a_file_that_fails_and_gets_its_old_text_back_is_no_failure_any_more(library: Library, reports: Path) -> None:
    library.add([reports])
    write(reports / "1.txt", "")
    assert len(library.add([reports]).failed) == 1
    assert found(library, "thôn") == {"1.txt", "2.txt", "3.txt"}  # what it said is still known
    write(reports / "1.txt", text_of(1))
    assert library.add([reports]).failed == ()
    assert list(library.catalog.failures()) == []


def test_a_failure_is_noted_once_with_its_first_day(library: Library, reports: Path) -> None:
    write(reports / "9.txt", "")
    library.add([reports])
    first = library.catalog.failures()
    library.add([reports])
    assert library.catalog.failures() == first
    assert len(first) == 1


def test_a_file_that_vanishes_while_others_are_read_is_a_failure(library: Library, reports: Path) -> None:
    def vanish(_: Progress) -> None:
        (reports / "2.txt").unlink(missing_ok=True)

    library.add([reports / "1.txt"])
    added = library.add([reports], progress=vanish)
    assert (added.unchanged, added.added, len(added.failed)) == (1, 1, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_a_file_name_that_is_no_text_does_not_stop_the_batch(library: Library, reports: Path) -> None:
    """Archives from old Windows systems unpack to names in a code page."""
    (reports / os.fsdecode(b"b\xe1o c\xe1o.txt")).write_text(text_of(9), encoding="utf-8")
    added = library.add([reports])
    assert added.added + len(added.failed) == 4
    assert added.added >= 3
    assert {"1.txt", "2.txt", "3.txt"} <= found(library, "thôn")


# A library is a folder that this program made; anything else is left alone.


def test_there_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        open_library(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_with_other_files_is_none_and_is_left_alone(reports: Path, *, create: bool) -> None:
    with pytest.raises(LibraryError):
        open_library(reports, create=create)
    assert sorted(p.name for p in reports.iterdir()) == ["1.txt", "2.txt", "3.txt"]


@pytest.mark.parametrize("below", ["", "below", "far/below"])
def test_a_file_is_none(reports: Path, below: str) -> None:
    with pytest.raises(LibraryError):
        open_library(reports / "1.txt" / below, create=True)


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    with open_library(tmp_path / "a" / "thư mục" / "c", create=True) as library:
        is_well(library)


def test_a_catalog_of_another_version_is_refused(tmp_path: Path, reports: Path) -> None:
    with open_library(tmp_path / "library", create=True) as library:
        library.add([reports])
    connection = sqlite3.connect(tmp_path / "library" / "catalog.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(CancuError, match="version 99"):
        open_library(tmp_path / "library")


def test_a_damaged_catalog_is_named_with_a_remedy_that_works(tmp_path: Path, reports: Path) -> None:
    """A catalog that cannot be opened cannot be doctored either: the library is made anew from the files."""
    write(tmp_path / "library" / "catalog.sqlite", "no database" * 100)
    with pytest.raises(CancuError) as told:
        open_library(tmp_path / "library")
    assert "catalog.sqlite" in told.value.problem
    assert "from the files" in told.value.remedy
    with open_library(tmp_path / "anew", create=True) as library:
        assert library.add([reports]).added == 3


# The catalog is the truth: an index that is lost, old or damaged can be made again from it.


@pytest.fixture
def closed(tmp_path: Path, reports: Path) -> Path:
    with open_library(tmp_path / "library", create=True) as library:
        library.add([reports])
    return tmp_path / "library"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves the damaged file open
def test_a_damaged_index_is_said_and_repaired(closed: Path) -> None:
    for file in (closed / "index").glob("*.report.col"):
        file.write_bytes(b"bad")
    with open_library(closed) as library:
        assert len(library.check().problems) == 1
        assert len(library.check(repair=True).repaired) == 1
        is_well(library, "1.txt", "2.txt", "3.txt")


def test_a_lost_index_is_said_and_repaired(closed: Path) -> None:
    shutil.rmtree(closed / "index")
    with open_library(closed) as library:
        assert len(library.check().problems) == 1
        assert len(library.check(repair=True).repaired) == 1
        is_well(library, "1.txt", "2.txt", "3.txt")


def test_a_lost_index_is_made_again_by_the_next_add(closed: Path, reports: Path) -> None:
    shutil.rmtree(closed / "index")
    with open_library(closed) as library:
        assert library.add([reports / "1.txt"]) == Added(unchanged=1)
        is_well(library, "1.txt", "2.txt", "3.txt")


def test_a_search_does_not_pass_a_lost_index_over_in_silence(closed: Path) -> None:
    """Nothing found would be a wrong answer."""
    shutil.rmtree(closed / "index")
    with open_library(closed) as library:
        try:
            names = found(library, "thôn")
        except CancuError:
            return
        assert names == {"1.txt", "2.txt", "3.txt"}


def test_tracing_needs_no_index(closed: Path) -> None:
    shutil.rmtree(closed / "index")
    with open_library(closed) as library:
        assert len(library.trace("Kế hoạch 38").instruments) == 1
    assert not (closed / "index").exists()


def test_an_index_with_too_much_is_repaired(closed: Path, reports: Path) -> None:
    shutil.copytree(closed / "index", closed.parent / "kept")
    with open_library(closed) as library:
        write(reports / "1.txt", text_of(1, word="chợ"))
        library.add([reports])
    shutil.rmtree(closed / "index")
    shutil.move(closed.parent / "kept", closed / "index")
    with open_library(closed) as library:
        assert library.check().problems == ("the index lacks 1 reports and has 1 too many",)
        library.check(repair=True)
        is_well(library, "1.txt", "2.txt", "3.txt")


def test_a_damaged_index_is_named_and_its_remedy_works(closed: Path) -> None:
    for path in (closed / "index").iterdir():
        path.write_bytes(b"\xa5" * 300)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # whoosh leaves the damaged file open …
        problem = search_problem(closed)
        gc.collect()  # … and a later test would be blamed
    assert str(closed / "index") in problem
    shutil.rmtree(closed / "index")  # what the remedy says
    with open_library(closed) as library:
        library.check(repair=True)
        is_well(library, "1.txt", "2.txt", "3.txt")


def search_problem(folder: Path) -> str:
    """What is wrong when the library is searched."""
    with pytest.raises(CancuError) as told, open_library(folder) as library:
        library.search("thôn")
    return told.value.problem


def test_a_repair_of_what_is_well_does_nothing(closed: Path) -> None:
    with open_library(closed) as library:
        health = library.check(repair=True)
        assert (health.problems, health.repaired, health.counts.reports) == ((), (), 3)


# Adds the folder argv[2] to the library argv[1], in argv[3] processes and batches of ten, and says what is written.
ADD = """
import sys
from pathlib import Path
from index import building
from index.library import open_library
building._BATCH = 10
with open_library(Path(sys.argv[1]), create=True) as library:
    library.add([Path(sys.argv[2])], jobs=int(sys.argv[3]), progress=lambda p: print(p.done, flush=True))
print("indexed", flush=True)
"""
MANY = 54


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    for number in range(MANY):
        write(folder / f"{number:03}.txt", text_of(number + 1))
    return folder


def adding(library: Path, reports: Path, jobs: int = 1) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", ADD, str(library), str(reports), str(jobs)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def kill_at(process: "subprocess.Popen[str]", line: str, pause: float) -> None:
    """Kill without warning when the process has said `line`, `pause` seconds later."""
    assert process.stdout is not None
    for said in process.stdout:
        if said.strip() == line:
            break
    time.sleep(pause)
    process.kill()
    process.communicate()


# (what it has said, seconds later, processes): between a batch in the catalog and in the index; while the next is read,
# is written; the last.
MOMENTS = [("10", 0.0, 1), ("10", 0.05, 1), ("20", 0.2, 1), ("20", 0.1, 2), ("40", 0.03, 2), ("54", 0.0, 1)]


@pytest.mark.parametrize(("line", "pause", "jobs"), MOMENTS)
def test_what_is_killed_in_the_middle_is_completed_by_the_next_add(
    tmp_path: Path, many: Path, line: str, pause: float, jobs: int
) -> None:
    kill_at(adding(tmp_path / "library", many, jobs), line, pause)
    with open_library(tmp_path / "library") as library:
        kept = len(library.catalog.ids())
        assert int(line) <= kept <= MANY  # what was committed is safe
        health = library.check()
        lost = kept - len(found(library, "thôn")) if not health.problems else None
        assert lost in (0, None)  # what is not found is said
        library.check(repair=True)
        assert len(found(library, "thôn")) == kept
        added = library.add([many])
        assert (added.added, added.unchanged, added.failed) == (MANY - kept, kept, ())
        is_well(library, *(path.name for path in many.iterdir()))


def test_a_new_library_that_is_killed_at_once_can_be_opened_or_made(tmp_path: Path, reports: Path) -> None:
    for pause in (0.15, 0.25, 0.35, 0.5, 0.8):
        folder = tmp_path / f"library-{pause}"
        process = adding(folder, reports)
        time.sleep(pause)
        process.kill()
        process.communicate()
        with open_library(folder, create=True) as library:
            library.add([reports])
            is_well(library, "1.txt", "2.txt", "3.txt")


def test_what_is_interrupted_by_the_keyboard_is_completed_by_the_next_add(library: Library, reports: Path) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    write(reports / "0.txt", text_of(10))
    library.add([reports / "0.txt"])
    with pytest.raises(KeyboardInterrupt):
        library.add([reports], progress=interrupt)
    is_well(library, "0.txt", "1.txt", "2.txt", "3.txt")  # what is read is kept
    assert library.add([reports]) == Added(unchanged=4)


def test_reading_goes_on_while_another_process_adds(tmp_path: Path, many: Path, reports: Path) -> None:
    with open_library(tmp_path / "library", create=True) as library:
        library.add([reports])
        process = adding(tmp_path / "library", many)
        seen = [3]
        while process.poll() is None:
            names = found(library, "thôn")
            seen.append(len(names))
            assert {"1.txt", "2.txt", "3.txt"} <= names
            answer = trace_json(library.trace("Kế hoạch 38/KH-UBND"))
            assert len(answer["instruments"]) == 1
            library.catalog.counts()
        assert process.communicate()[0].endswith("indexed\n")
        assert process.returncode == 0
        assert seen == sorted(seen)
        assert len(found(library, "thôn")) == MANY  # three of them are the same as those that were there


def test_two_processes_that_add_at_once_both_finish(tmp_path: Path, many: Path) -> None:
    halves = [tmp_path / "even", tmp_path / "odd"]
    for number, path in enumerate(sorted(many.iterdir())):
        write(halves[number % 2] / path.name, path.read_text(encoding="utf-8"))
    open_library(tmp_path / "library", create=True).close()
    processes = [adding(tmp_path / "library", half) for half in halves]
    assert [process.communicate()[0].splitlines()[-1] for process in processes] == ["indexed", "indexed"]
    with open_library(tmp_path / "library") as library:
        is_well(library, *(path.name for path in many.iterdir()))


# What is asked of a library is answered from its reports, or with an error that says what to do.


@pytest.fixture
def filled(library: Library, reports: Path) -> Library:
    library.add([reports])
    return library


def test_hits_can_be_turned_over(filled: Library) -> None:
    whole = [hit.card.id for hit in filled.search("thôn").hits]
    pages = [hit.card.id for n in range(4) for hit in filled.search("thôn", limit=1, offset=n).hits]
    assert len(whole) == 3
    assert pages == whole


def test_the_passage_of_a_hit_stands_in_its_line(filled: Library) -> None:
    [hit] = filled.search('"thôn 2"').hits
    report = filled.catalog.report(hit.card.id)
    assert report is not None
    [snippet] = hit.snippets
    [(start, end)] = snippet.highlights
    assert snippet.text[start:end] == "thôn 2"
    assert "thôn 2" in report.text.split("\n")[snippet.line - 1]


@pytest.mark.parametrize("name", ["id", "file", "2.txt", "2"])
def test_a_report_is_found_by_its_id_its_file_or_its_name(filled: Library, reports: Path, name: str) -> None:
    wanted = next(card for card in filled.catalog.cards() if card.file == str(reports / "2.txt"))
    name = {"id": wanted.id, "file": wanted.file}.get(name, name)
    assert filled.find_report(name).id == wanted.id


def test_a_name_that_several_bear_is_told_with_their_ids(filled: Library, tmp_path: Path) -> None:
    filled.add([write(tmp_path / "elsewhere" / "2.txt", text_of(22))])
    with pytest.raises(ReadError) as told:
        filled.find_report("2.txt")
    ids = [card.id for card in filled.catalog.cards() if card.file.endswith("2.txt")]
    assert len(ids) == 2
    assert all(report in told.value.remedy for report in ids)


@pytest.mark.parametrize("ask", [Library.trace, Library.graph])
@pytest.mark.parametrize("reference", ["", "...", "thôn", "Nghị định 999/2099/NĐ-CP", "\x1b[31m", "%' OR 1=1"])
def test_a_reference_that_means_nothing_here_is_said(
    filled: Library, ask: Callable[[Library, str], object], reference: str
) -> None:
    with pytest.raises(UnknownReferenceError) as told:
        ask(filled, reference)
    assert told.value.remedy


def test_the_graph_of_a_reference_lies_in_the_whole_one(filled: Library) -> None:
    whole, near = filled.graph(), filled.graph("Kế hoạch 38/KH-UBND", depth=1)
    assert set(near.nodes) <= set(whole.nodes)
    assert len(near) > 3
