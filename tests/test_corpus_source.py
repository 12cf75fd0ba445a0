"""Which files are read: what is named, and every document in a named folder, once and in the order of names."""

import hashlib
import os
from pathlib import Path

import pytest

from corpus.errors import ReadError
from corpus.formats import FORMATS, read_file
from corpus.source import content_hash, find_files


def make(folder: Path, *names: str) -> Path:
    """A folder with these files in it."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def found(folder: Path) -> list[str]:
    """The files found in a folder, as paths within it."""
    return [path.relative_to(folder).as_posix() for path in find_files([folder])]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        # all folders, in the order of names
        (["b.txt", "a.docx", "c/d/e.pdf", "c/a.html"], ["a.docx", "b.txt", "c/a.html", "c/d/e.pdf"]),
        # whatever the case of the suffix; nothing that is no document
        (["a.PDF", "b.Docx", "c.mp3", "d.py", "e"], ["a.PDF", "b.Docx"]),
        # documents of a format that is not read are given too, so that reading names them as failed
        (["a.doc", "b.xlsx", "c.JPG", "d.zip"], ["a.doc", "b.xlsx", "c.JPG", "d.zip"]),
        # no lock, temporary or hidden file
        (["~$a.docx", "~b.docx", ".c.txt", ".d/e.txt", "f.tmp", "g.docx"], ["g.docx"]),
        # names as clerks give them
        (["Báo cáo số 12.docx", "Kế hoạch (bản 2).docx"], ["Báo cáo số 12.docx", "Kế hoạch (bản 2).docx"]),
    ],
)
def test_a_folder_gives_its_documents(tmp_path: Path, names: list[str], expected: list[str]) -> None:
    assert found(make(tmp_path, *names)) == expected


def test_files_come_as_they_are_named(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.txt", "c.jpg", ".d.txt")
    named = [tmp_path / name for name in ("b.txt", "c.jpg", ".d.txt", "a.txt")]
    assert list(find_files(named)) == named


def test_links_to_folders_are_followed_once(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "in/deep/b.txt", "out/c.txt")
    try:
        (tmp_path / "in" / "deep" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
        (tmp_path / "in" / "link").symlink_to(tmp_path / "out", target_is_directory=True)
    except OSError:
        pytest.skip("this system does not let the user make links")
    assert found(tmp_path / "in") == ["a.txt", "deep/b.txt", "link/c.txt"]


def test_a_missing_path_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"'.*none\.docx' does not exist"):
        list(find_files([tmp_path / "none.docx"]))


@pytest.mark.parametrize("names", [[], ["a.mp3"], ["~$a.docx", "b/c.py"]])
def test_a_folder_without_documents_is_a_read_error_that_names_the_formats(tmp_path: Path, names: list[str]) -> None:
    with pytest.raises(ReadError, match="has no file that can be read") as caught:
        found(make(tmp_path, *names))
    assert str(tmp_path) in caught.value.problem
    assert all(suffix in caught.value.remedy for suffix in FORMATS)


def test_what_was_found_before_a_missing_path_is_given(tmp_path: Path) -> None:
    files = find_files([make(tmp_path, "a.txt") / "a.txt", tmp_path / "none.txt"])
    assert next(files).name == "a.txt"
    with pytest.raises(ReadError):
        next(files)


def test_a_folder_that_may_not_be_listed_does_not_stop_the_others(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt", "b/y.txt")
    (tmp_path / "a").chmod(0)
    try:
        if os.access(tmp_path / "a", os.R_OK):
            pytest.skip("this user may list every folder")
        assert found(tmp_path) == ["a", "b/y.txt"]
        for name in ("a", "a/x.txt"):
            with pytest.raises(ReadError, match="may"):
                read_file(tmp_path / name)
    finally:
        (tmp_path / "a").chmod(0o700)


def test_the_hash_tells_contents_not_names(tmp_path: Path) -> None:
    for name, content in (("a.txt", "một"), ("b.txt", "một"), ("c.txt", "hai")):
        (tmp_path / name).write_text(content, encoding="utf-8")
    a, b, c = (content_hash(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt"))
    assert a == b == hashlib.sha256("một".encode()).hexdigest()
    assert a != c


@pytest.mark.parametrize("name", ["none.txt", ""])
def test_what_cannot_be_hashed_is_a_read_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        content_hash(tmp_path / name)
