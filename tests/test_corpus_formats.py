"""Every format: the text comes out whole; a file without text is a ReadError that names it and says what to do."""

import random
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ReadError
from corpus.formats import FORMATS, RawText, read_file

HEAVY = ("lxml", "pypdfium2", "selectolax", "charset_normalizer")


def write(path: Path, data: bytes) -> Path:
    """A file with these bytes."""
    path.write_bytes(data)
    return path


def test_a_row_of_the_table_is_known_by_each_of_its_suffixes() -> None:
    assert {".txt", ".md", ".docx", ".html", ".htm", ".pdf"} <= set(FORMATS)
    assert all(suffix in row.suffixes and suffix == suffix.lower() for suffix, row in FORMATS.items())


def test_the_table_loads_no_library() -> None:
    program = f"import sys, corpus.formats; print(*[name for name in {HEAVY} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert run.stdout.split() == []


# Plain text.

LETTERS = "Ủy ban nhân dân xã An Bình: Kế hoạch số 10/KH-UBND, “dân chủ ở cơ sở” – Đặng Thị Ngọc\nđiều 2.\n"


def as_windows_1258(text: str) -> bytes:
    """Vietnamese as Windows-1258 has it: letters with ă, â, ê, ô, ơ, ư whole, tone marks after them."""
    marks = "".join("\u0300\u0301\u0303\u0309\u0323")
    out = ""
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(part for part in parts if part in marks)
        out += unicodedata.normalize("NFC", "".join(part for part in parts if part not in marks)) + tone
    return out.encode("cp1258")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LETTERS.encode(), "utf-8"),
        (LETTERS.encode("utf-8-sig"), "utf-8"),
        (unicodedata.normalize("NFD", LETTERS).encode(), "utf-8"),
        (LETTERS.encode("utf-16"), "utf-16"),
        (LETTERS.encode("utf-16-be"), "utf_16_be"),
        (LETTERS.encode("utf-16-le"), "utf_16_le"),
        (as_windows_1258(LETTERS), "cp1258"),
        (as_windows_1258("Báo cáo"), "cp1258"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_text_is_read_in_whatever_vietnamese_is_written_in(
    tmp_path: Path, data: bytes, encoding: str, suffix: str
) -> None:
    raw = read_file(write(tmp_path / f"a{suffix}", data))
    assert unicodedata.normalize("NFC", raw.text) in {LETTERS, "Báo cáo"}
    assert raw.extractor == f"text ({encoding})"
    assert [encoding in warning for warning in raw.warnings] == ([] if encoding == "utf-8" else [True])


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        ("\n\na\n\n\n\nb\n", ["", "", "a", "", "", "", "b", ""]),
        ("a\fb\vc\u2028d\x1de\x85f", ["a b c d e f"]),
        ("**Điều 1.**\n- *a*", ["**Điều 1.**", "- *a*"]),
        ("UBTV\u00adQH11", ["UBTV\u00adQH11"]),
    ],
)
def test_line_n_of_a_text_is_line_n_of_the_file(tmp_path: Path, data: str, lines: list[str]) -> None:
    assert read_file(write(tmp_path / "a.txt", b"\xef\xbb\xbf" + data.encode())).text.split("\n") == lines


def test_a_damaged_letter_does_not_turn_the_text_into_another_encoding(tmp_path: Path) -> None:
    data = LETTERS.encode()
    raw = read_file(write(tmp_path / "a.txt", data[:40] + b"\xff" + data[40:]))
    assert raw.text.startswith(LETTERS[:20])
    assert "�" in raw.text
    assert "not valid utf-8" in raw.warnings[0]


# Web pages.

LETTERHEAD = (
    "<table{}><tr><td><p>ỦY BAN NHÂN DÂN<br>XÃ TÂN LẬP</p></td><td>CỘNG HÒA</td></tr>"
    "<tr><td>Số: 12/BC-UBND</td><td>An Bình</td></tr></table>"
)
BY_COLUMN = "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\nSố: 12/BC-UBND\nCỘNG HÒA\nAn Bình"
BY_ROW = "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\nCỘNG HÒA\nSố: 12/BC-UBND\nAn Bình"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>I. ĐẶC ĐIỂM</h1><p>Ủy ban <b>nhân dân</b> xã</p>", "I. ĐẶC ĐIỂM\nỦy ban nhân dân xã"),
        ("<p>Nghị   định\n số&nbsp;04&#47;2015&amp;</p>", "Nghị định số\xa004/2015&"),
        ("một<br>hai<div>ba</div>bốn", "một\nhai\nba\nbốn"),
        ("<p>34/2007/<span>PL</span>-<i>UBTVQH11</i></p>", "34/2007/PL-UBTVQH11"),
        ("<p>Bộ Chính trị<sup>1</sup>, 100 m<sup>2</sup>, 19<sup>A</sup></p>", "Bộ Chính trị¹, 100 m², 19A"),
        ("<style>p{}</style><script>x</script><p>a</p><p hidden>b</p><p style='display: none'>c</p><!--d-->", "a"),
        ("<title>tên</title><header>đầu trang</header><p>thân</p><footer>chân</footer>", "đầu trang\nthân\nchân"),
        ("<ol start=3><li>ba<ul><li>gạch</ul><li>bốn</ol>", "3. ba\n• gạch\n4. bốn"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("văn bản trần", "văn bản trần"),
        # a letterhead by column, a table with rules by row
        (LETTERHEAD.format(""), BY_COLUMN),
        (LETTERHEAD.format(" border=0 style='border: none'"), BY_COLUMN),
        (LETTERHEAD.format(" border=1"), BY_ROW),
        (LETTERHEAD.format(" style='border-left: solid 1pt'"), BY_ROW),
        ("trước<table border=1><tr><th>TT<td><table><tr><td>a</table></table>sau", "trước\nTT\na\nsau"),
        ("<div>" * 3000 + "sâu", "sâu"),
    ],
)
def test_a_page_is_read_as_a_browser_shows_it(tmp_path: Path, html: str, expected: str) -> None:
    raw = read_file(write(tmp_path / "a.html", html.encode()))
    assert (raw.text, raw.warnings) == (expected, ())
    assert raw.extractor.startswith("html (selectolax ")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LETTERS.encode("utf-16"), "utf-16"),
        (b"<meta charset=windows-1258>" + as_windows_1258(LETTERS), "cp1258"),
        (b"<meta http-equiv=x content='text/html; charset=windows-1258'>" + as_windows_1258(LETTERS), "cp1258"),
        (b"<meta charset=nonsense>" + as_windows_1258(LETTERS), "cp1258"),
        (b"<meta charset=idna>" + as_windows_1258(LETTERS), "cp1258"),
        (b"<meta charset=iso-8859-99>" + as_windows_1258(LETTERS), "cp1258"),
        (b"<meta charset=iso-8859-1>" + LETTERS.encode(), "utf-8"),
    ],
)
def test_the_encoding_of_a_page_is_what_it_is_and_not_what_it_says(tmp_path: Path, data: bytes, encoding: str) -> None:
    raw = read_file(write(tmp_path / "a.htm", data))
    assert unicodedata.normalize("NFC", raw.text) == LETTERS.strip().replace("\n", " ")
    assert [encoding in warning for warning in raw.warnings] == ([] if encoding == "utf-8" else [True])


# Bad files.

WORD, OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RANDOM = random.Random(5).randbytes(400)  # noqa: S311 - it is no secret
ALL = sorted(FORMATS)


@pytest.mark.parametrize(
    ("name", "data", "problem", "remedy"),
    [
        *((f"a{suffix}", b"", "empty", "again") for suffix in ALL),
        *((f"a{suffix}", RANDOM, "", "") for suffix in ALL),
        *((f"a{suffix}", OLD_WORD + RANDOM, "old Word.*password", "save it as .docx") for suffix in ALL),
        *((f"a{suffix}", rb"{\rtf1 x}", "RTF", "save it as .docx") for suffix in ALL),
        *((f"a{suffix}", WORD + RANDOM, "", ".docx") for suffix in ALL if not suffix.startswith(".doc")),
        *((f"a{suffix}", b"%PDF-1.7\n" + RANDOM, "", "") for suffix in ALL),
        *((f"a{suffix}", b" \n\t\r\n ", "", "") for suffix in ALL),
        ("a.html", b"<p>&nbsp;</p><script>x</script>", "no text", "browser"),
        ("a.docx", b"<html><p>x</p>", "not of that format", "save it again"),
        ("a.docx", WORD + RANDOM, "damaged", "again"),
        ("a.pdf", b"%PDF-1.7\n" + RANDOM, "damaged", "again"),
        ("a.txt", b"\xff\xfe\x00", "no text in UTF-8", "UTF-8"),
        ("a.doc", OLD_WORD, "'.doc'", "save it as .docx"),
        ("a.rtf", rb"{\rtf1 x}", "'.rtf'", "save it as .docx"),
        ("a.xlsx", WORD, "'.xlsx'", "save it as .pdf"),
        ("a", b"x", "''", ".docx"),
    ],
)
def test_a_file_without_text_is_a_read_error_with_a_remedy(
    tmp_path: Path, name: str, data: bytes, problem: str, remedy: str
) -> None:
    path = write(tmp_path / name, data)
    with pytest.raises(ReadError, match=rf"(?s){problem}.* — .*{remedy}") as caught:
        read_file(path)
    assert f"'{path}'" in caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize("suffix", [*ALL, ".xyz"])
def test_what_is_missing_or_a_folder_is_a_read_error(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"folder{suffix}").mkdir()
    for name in ("folder", "missing"):
        with pytest.raises(ReadError, match=name):
            read_file(tmp_path / f"{name}{suffix}")


def test_a_file_that_may_not_be_read_is_a_read_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"x")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        with pytest.raises(ReadError, match="may not be read"):
            read_file(path)
    else:
        pytest.skip("this user may read every file")


def outcome_of(path: Path) -> RawText | ReadError:
    """What reading a file gives or raises."""
    try:
        return read_file(path)
    except ReadError as error:
        return error


STARTS = [b"", WORD, b"%PDF-1.7\n", b"<html>", b"\xff\xfe"]


@settings(max_examples=60)
@given(st.sampled_from(ALL), st.binary(max_size=300), st.sampled_from(STARTS))
def test_any_bytes_are_read_or_are_a_read_error(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes, start: bytes
) -> None:
    path = write(tmp_path_factory.mktemp("any") / f"a{suffix}", start + data)
    outcome = outcome_of(path)
    if isinstance(outcome, ReadError):
        assert f"'{path}'" in outcome.problem
    else:
        assert outcome.text.strip()
        assert "\r" not in outcome.text
