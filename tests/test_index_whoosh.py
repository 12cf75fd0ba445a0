"""The defects of Whoosh 2.7.4 that would reach a user: each is shown here, and does not."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from index.engine import Document, EngineError
from index.parser import parse
from index.whoosh_engine import WhooshEngine
from index.whoosh_package import whoosh
from index.whoosh_store import INDEX, open_index
from index.words import Prepared, prepare

ROOT = Path(__file__).resolve().parents[1]


def documents(*texts: str) -> list[Document]:
    return [Document(id=str(n), prepared=prepare(text)) for n, text in enumerate(texts)]


def naive(texts: list[str]) -> Any:
    """An index of Whoosh as its manual makes it."""
    from whoosh.fields import TEXT, Schema
    from whoosh.filedb.filestore import RamStorage

    index = RamStorage().create_index(Schema(text=TEXT))
    writer = index.writer()
    for text in texts:
        writer.add_document(text=text)
    writer.commit()
    return index


def whoosh_terms(*syllables: str) -> list[Any]:
    import whoosh.query

    return [whoosh.query.Term("text", syllable) for syllable in syllables]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    with WhooshEngine(tmp_path, patience=0) as made:
        yield made


def test_a_report_that_is_excluded_stays_out(engine: WhooshEngine) -> None:
    """AndNot lets the first positive document through when the negative list begins before it."""
    texts = ["quy ước", "hương ước, quy tắc", "hương hoa"]
    engine.add(documents(*texts))
    import whoosh.query

    with naive(texts).searcher() as searcher:
        wrong = searcher.search(whoosh.query.AndNot(*whoosh_terms("hương", "quy")), limit=None)
        assert {hit.docnum for hit in wrong} == {1, 2}
    assert [hit.id for hit in engine.search(parse("hương NOT quy")).hits] == ["2"]


def test_the_total_counts_all_that_was_found(engine: WhooshEngine) -> None:
    """A search with a limit counts too few where branches of Or are dropped on the way."""
    texts = [f"hộ {'' if n % 20 else 'thôn'} {n}" for n in range(600)]
    engine.add(documents(*texts))
    import whoosh.query

    with naive(texts).searcher() as searcher:
        assert len(searcher.search(whoosh.query.Or(whoosh_terms("hộ", "thôn")), limit=10, optimize=False)) < 600
    assert engine.search(parse("hộ OR thôn"), limit=10).total == 600


def racing_storage(folder: Path, engine: WhooshEngine, commits: int) -> Any:
    """A folder in which another process commits after each of the first listings."""
    remaining = iter(range(commits))
    whoosh()
    from whoosh.filedb.filestore import FileStorage

    class Racing(FileStorage):  # type: ignore[misc]
        def list(self) -> Any:
            names = super().list()
            for n in islice(remaining, 1):
                engine.add(documents("hộ khá", str(n)))
            return names

    return Racing(str(folder))


def test_opening_while_another_process_commits(engine: WhooshEngine, tmp_path: Path) -> None:
    """Whoosh lists the folder, then opens the newest table of contents, which is gone by then."""
    engine.add(documents("hộ nghèo"))
    with pytest.raises(FileNotFoundError):
        racing_storage(tmp_path, engine, 1).open_index(INDEX)
    opened = open_index(racing_storage(tmp_path, engine, 4))
    assert opened.doc_count() == engine.count() == 2


def test_segments_are_merged_where_four_are_too_large_together(engine: WhooshEngine) -> None:
    """Four segments of 1,200 are more than one may hold: they are merged as far as they fit."""
    for first in range(0, 9900, 300):
        engine.add(Document(id=str(n), prepared=Prepared("hộ nghèo")) for n in range(first, first + 300))
    segments = [len(segment.ids) for segment, _ in engine._latest().segments.values()]
    assert sum(segments) == 9900
    assert len(segments) <= 6, segments


def test_a_second_writer_is_told_to_wait(engine: WhooshEngine, tmp_path: Path) -> None:
    with engine._writer([]), WhooshEngine(tmp_path, patience=0) as other:
        with pytest.raises(EngineError, match="wait until it has finished"):
            other.add(documents("hộ nghèo"))
        assert other.count() == 0


def test_a_second_writer_waits_for_a_short_writing(engine: WhooshEngine, tmp_path: Path) -> None:
    from threading import Thread

    with WhooshEngine(tmp_path, patience=10) as other:
        with engine._writer([]):
            waiting = Thread(target=other.add, args=(documents("hộ nghèo"),))
            waiting.start()
        waiting.join()
        assert other.count() == 1


def test_an_addition_that_fails_leaves_the_index_as_it_was_and_free(engine: WhooshEngine) -> None:
    engine.add(documents("hộ nghèo"))

    def failing() -> Iterator[Document]:
        yield Document(id="1", prepared=prepare("hộ khá"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.add(failing())
    assert engine.ids() == {"0"}
    engine.add(documents("hộ nghèo", "hộ khá"))
    assert engine.count() == 2


# Whoosh leaves the files open that it could not write.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_batch_that_fails_in_the_writer_is_taken_back(engine: WhooshEngine) -> None:
    engine.add(documents("hộ nghèo"))
    unreadable = Document(id="0", prepared=None)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        engine.add([unreadable])
    assert engine.search(parse("hộ nghèo")).total == 1
    engine.add(documents("hộ khá"))
    assert engine.search(parse("hộ nghèo")).total == 0


# Whoosh leaves the files open that it could not write.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_says_so_and_leaves_the_index_as_it_was(engine: WhooshEngine) -> None:
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")
    engine.add(documents("hộ nghèo"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(EngineError, match="make room"):
            engine.add(documents("hộ khá " * 9000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert engine.search(parse("hộ nghèo")).total == 1
    engine.add(documents("hộ khá"))
    assert engine.search(parse("hộ khá")).total == 1


# Whoosh leaves the file open that it could not read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("damaged", "content"),
    [
        ("_*.toc", b""),
        ("_*.toc", b"\0" * 200),
        ("*.report.col", b""),
        ("*.report.col", b"\0" * 50),
        ("*.report.col", b"[]" + (2).to_bytes(16, "little")),
        ("*.trm", b""),
    ],
)
def test_a_damaged_index_says_what_to_do(tmp_path: Path, damaged: str, content: bytes) -> None:
    with WhooshEngine(tmp_path) as engine:
        engine.add(documents("hộ nghèo"))
    for path in tmp_path.glob(damaged):
        path.write_bytes(content)
    with pytest.raises(EngineError, match="builds it again"), closing(WhooshEngine(tmp_path)) as engine:
        engine.count()


def test_segments_stay_few_and_whole_however_reports_come(engine: WhooshEngine) -> None:
    for n in range(40):
        engine.add([Document(id=str(n), prepared=prepare(f"hộ nghèo thôn {n}"))])
        assert len(engine._latest().segments) <= 4
    engine.remove(map(str, range(0, 40, 2)))
    engine.add(documents(*(f"hộ khá thôn {n}" for n in range(500))))
    assert len(engine._latest().segments) <= 8
    assert engine.search(parse("hộ khá"), limit=0).total == 500
    assert engine.count() == 500


# What cannot be read leaves the files open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("place", [0.1, 0.25, 0.5, 0.95])
def test_a_changed_byte_is_told_when_the_index_is_verified(tmp_path: Path, place: float) -> None:
    with WhooshEngine(tmp_path) as engine:
        engine.add(documents("hộ nghèo", "hộ khá"))
        assert not engine.faults()
    (path,) = tmp_path.glob("*.report.col")
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 1
    path.write_bytes(data)
    try:
        with WhooshEngine(tmp_path) as engine:
            told = " ".join(engine.faults())
    except EngineError as error:  # what is needed to read at all
        told = error.remedy
    assert "is damaged" in told or "builds it again" in told


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EngineError, match="cannot be read"):
        WhooshEngine(tmp_path / "file" / "index")


def test_whoosh_is_imported_without_its_warnings(tmp_path: Path) -> None:
    """Its modules have bad escapes, of which Python warns when it compiles them for the first time."""
    script = (
        "from pathlib import Path\n"
        "from index.engine import Document\n"
        "from index.parser import parse\n"
        "from index.whoosh_engine import WhooshEngine\n"
        "from index.words import Prepared\n"
        f"with WhooshEngine(Path({str(tmp_path / 'index')!r})) as engine:\n"
        "    for name in 'ab':\n"
        "        engine.add([Document(id=name, prepared=Prepared('hộ nghèo'))])\n"
        "    engine.remove('a')\n"
        "    print(engine.search(parse('hộ nghèo')).total)\n"
    )
    command = [sys.executable, "-W", "error", "-X", f"pycache_prefix={tmp_path}", "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("1\n", "", 0)
