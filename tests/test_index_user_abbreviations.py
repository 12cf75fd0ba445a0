"""A library may have abbreviations of its own, in a file that a person may edit."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import TableError
from index.abbreviations import Form, Table, form_of, shipped
from index.parser import parse
from index.query import Phrase
from index.user_abbreviations import add, read_own, read_table, remove

FILE = "abbreviations.toml"
BY_HAND = """# Ours.
[[abbreviation]]
name = "TVX"   # since last year
long = ["tiểu vùng xanh"]

[[abbreviation]]
name = "QCDC"
long = ["quy chuẩn dân cư", "quy chế dân chủ"]
inside = true
"""


def write(folder: Path, text: str) -> Path:
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    return path


def forms(typed: str, table: Table) -> tuple[Form, ...]:
    (found,) = parse(typed, table).sought()
    assert isinstance(found, Phrase)
    return found.forms


def test_a_library_without_a_file_has_the_shipped_table(tmp_path: Path) -> None:
    assert read_table(tmp_path) is shipped()


def test_rows_of_the_library_stand_beside_the_shipped_ones_and_before_those_of_their_name(tmp_path: Path) -> None:
    write(tmp_path, BY_HAND)
    table = read_table(tmp_path)
    assert len(table.rows) == len(shipped().rows) + 1
    assert parse("TVX", table).expanded == ("TVX = tiểu vùng xanh",)
    assert parse("QCDC", table).expanded == ("QCDC = quy chuẩn dân cư / quy chế dân chủ",)


def test_what_is_added_is_found_both_ways(tmp_path: Path) -> None:
    row = add(tmp_path, "TVX", ["tiểu vùng xanh", "tư vấn xây dựng"])
    table = read_table(tmp_path)
    assert read_own(tmp_path) == (row,)
    for long in row.long:
        assert forms(long, table) == (form_of(long), form_of("TVX"))
    assert forms("TVX", table) == tuple(map(form_of, ("TVX", *row.long)))


def test_adding_again_replaces_and_leaves_the_rest_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, BY_HAND)
    add(tmp_path, "qcdc", ["quy chế mới"])  # in letters of any case
    assert path.read_text(encoding="utf-8") == BY_HAND.partition('[[abbreviation]]\nname = "QCDC"')[0] + (
        '[[abbreviation]]\nname = "QCDC"\nlong = ["quy chế mới"]\n'
    )


def test_a_row_of_the_library_is_removed_and_the_shipped_one_holds_again(tmp_path: Path) -> None:
    write(tmp_path, BY_HAND)
    assert remove(tmp_path, "qcdc").long[0] == "quy chuẩn dân cư"
    assert parse("QCDC", read_table(tmp_path)).expanded == ("QCDC = quy chế dân chủ",)


def test_the_comments_before_the_next_row_stay(tmp_path: Path) -> None:
    first, next_one = BY_HAND[: BY_HAND.index("[[")], BY_HAND[BY_HAND.rindex("[[") :]
    path = write(tmp_path, BY_HAND.replace("]\n\n[[", "]\n\n# Of the office.\n#\n[["))
    remove(tmp_path, "TVX")
    assert path.read_text(encoding="utf-8") == f"{first}\n# Of the office.\n#\n{next_one}"


def test_a_shipped_row_is_switched_off_and_may_be_added_again(tmp_path: Path) -> None:
    remove(tmp_path, "QCDC")
    assert parse("QCDC", read_table(tmp_path)).expanded == ()
    assert read_own(tmp_path)[0].long == ()
    with pytest.raises(TableError, match="is no abbreviation here"):
        remove(tmp_path, "QCDC")
    add(tmp_path, "QCDC", ["quy chế dân chủ"])
    assert parse("QCDC", read_table(tmp_path)).expanded == ("QCDC = quy chế dân chủ",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[abbreviation]]\nname =\nlong = []\n", "at line 2"),
        ('[[abbreviation]]\nname = "A1"\nlong = ["x y"]\n\n[[abbreviation]]\nname = "B1"\n', "line 5: long of 'B1'"),
        ('# x\n[[abbreviation]]\nlong = ["x"]\n', "line 2: name must be"),
        ('[[abbreviation]]\nname = "…"\nlong = ["x"]\n', "line 1: name must be"),
        ('[[abbreviation]]\nname = 5\nlong = ["x"]\n', "line 1: name must be"),
        ('[[abbreviation]]\nname = "A1"\nlong = "x"\n', "line 1: long of 'A1'"),
        ('[[abbreviation]]\nname = "A1"\nlong = ["…"]\n', "line 1: long of 'A1'"),
        ('[[abbreviation]]\nname = "A1"\nlong = ["a1"]\n', "line 1: 'A1' stands for itself"),
        ('[[abbreviation]]\nname = "A1"\nlong = ["x"]\ninside = 1\n', "line 1: inside of 'A1'"),
        ('[[abbreviation]]\nname = "A1"\nlong = ["x"]\nlang = 1\n', "line 1: unknown key lang"),
        ('[[short]]\nname = "A1"\n', "holds something else: short"),
        ("abbreviation = 5", "holds something else"),
    ],
)
def test_a_broken_file_is_refused_with_the_line_and_the_shape_of_a_row(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    for read in (read_table, read_own, lambda folder: add(folder, "TVX", ["x"])):
        with pytest.raises(TableError) as caught:
            read(tmp_path)
        assert said in caught.value.problem
        assert FILE in caught.value.problem
        assert "[[abbreviation]]" in caught.value.remedy
    assert path.read_text(encoding="utf-8") == text


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TableError, match="cannot be read"):
        read_table(tmp_path)


@pytest.mark.parametrize(("short", "long"), [("", ["x"]), ("…", ["x"]), ("TVX", ["…"]), ("TVX", [""]), ("x", ["X"])])
def test_nothing_is_added_that_holds_no_word_or_stands_for_itself(tmp_path: Path, short: str, long: list[str]) -> None:
    with pytest.raises(TableError):
        add(tmp_path, short, long)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_lost_where_the_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(TableError, match="cannot be"):
        add(tmp_path, "TVX", ["tiểu vùng xanh"])
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


WORDS = st.text(min_size=1, max_size=12)


@given(st.lists(st.tuples(WORDS, st.lists(WORDS, min_size=1, max_size=3)), max_size=4))
def test_whatever_is_added_can_be_read_again(
    tmp_path_factory: pytest.TempPathFactory, typed: list[tuple[str, list[str]]]
) -> None:
    folder = tmp_path_factory.mktemp("library")
    for short, long in typed:
        before = read_own(folder)
        try:
            row = add(folder, short, long)
        except TableError:
            assert read_own(folder) == before
        else:
            assert read_own(folder)[-1] == row
            assert row in read_table(folder).rows
