"""Which places went into which: the law's mergers of the first level, and what a report tells of others."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.gazetteer import provinces
from corpus.model import Header, Report
from corpus.reading import report_of
from corpus.successions import Merger, Words, find_successions, mergers, words
from corpus.units import parse_unit

EXAMPLES = [(row, text, told) for row in words() for text, told in row.examples]
REJECTS = [(row, text) for row in words() for text in row.rejects]
YEAR_2025 = [row for row in mergers() if row.day == "2025-07-01"]
PARTS = st.sampled_from(
    [word for row in words() for word in row.words]
    + ["xã An Hòa", "Xã Bình Hòa", "các xã An Hòa, Bình Hòa và Tân Lập", "huyện Yên Sơn", "thôn Đông", "UBND"]
    + [",", ";", "(", ")", ".", "\n", "thành", "vào", "trên cơ sở", "từ ngày 01/7/2025", "3,40 km2", "<0>", "İ"]
)


def _told(text: str) -> list[str]:
    found = find_successions(report_of(text, file="x"))
    return [f"{s.before}{f' ({s.before_parent})' if s.before_parent else ''} -> {s.after}" for s in found]


@pytest.mark.parametrize("row", mergers(), ids=lambda row: row.into)
def test_a_merger_joins_places_of_the_first_level_of_its_time(row: Merger) -> None:
    known = {f"{p.kind} {p.name}": p for p in provinces()}
    assert {row.into, *row.of} <= set(known)
    assert date.fromisoformat(row.day).year >= known[row.into].since
    for name in (row.into, *row.of):
        assert str(parse_unit(name)) == name
    assert set(row.of) - {row.into}
    assert len(set(row.of)) == len(row.of)


def test_of_63_provinces_34_are_left_since_july_2025() -> None:
    """Nghị quyết 202/2025/QH15: 23 are made of 52, 11 stay; before it, Hà Tây and Thừa Thiên Huế had gone."""
    gone_before = {name for row in mergers() if row.day < "2025-07-01" for name in row.of if name != row.into}
    of = [name for row in YEAR_2025 for name in row.of]
    standing = {f"{p.kind} {p.name}" for p in provinces()} - gone_before
    assert (len(standing), len(YEAR_2025), len(of)) == (63, 23, 52)
    assert max(Counter(of).values()) == 1
    assert set(of) <= standing
    left = standing - set(of) | {row.into for row in YEAR_2025}
    assert (len(left), len(standing - set(of))) == (34, 11)
    assert sum(name.startswith("thành phố") for name in left) == 6


@pytest.mark.parametrize(("row", "text", "told"), EXAMPLES)
def test_the_example_of_a_row_tells_its_successions(row: Words, text: str, told: str) -> None:
    assert _told(text) == told.split("; "), row.name


@pytest.mark.parametrize(("row", "text"), REJECTS)
def test_the_reject_of_a_row_tells_none(row: Words, text: str) -> None:
    assert _told(text) == [], row.name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Xã An Bình là đơn vị hành chính mới, được hợp nhất từ 3 xã: An Hòa, Bình Hòa và Tân Lập.",
            ["xã An Hòa -> xã An Bình", "xã Bình Hòa -> xã An Bình", "xã Tân Lập -> xã An Bình"],
        ),
        (
            (
                "Xã An Bình, tỉnh Lạng Hà được thành lập trên cơ sở nhập nguyên trạng thị trấn Yên Hà, huyện Yên Sơn;"
                " xã Bình Hòa, huyện Yên Thủy."
            ),
            ["thị trấn Yên Hà (huyện Yên Sơn) -> xã An Bình", "xã Bình Hòa (huyện Yên Thủy) -> xã An Bình"],
        ),
        (
            "Phường Hà An (được thành lập từ việc sáp nhập phường 1 và phường 2) có 9 tổ.",
            ["phường 1 -> phường Hà An", "phường 2 -> phường Hà An"],
        ),
        (
            "Xã An Hòa sáp nhập với xã Bình Hòa thành xã Hòa Bình.",
            ["xã An Hòa -> xã Hòa Bình", "xã Bình Hòa -> xã Hòa Bình"],
        ),
        ("Chủ tịch UBND xã An Hòa (nay là xã An Bình) đã họp.", ["xã An Hòa -> xã An Bình"]),
        ("Nhập tỉnh Lạng Hà và tỉnh Sơn Hà thành tỉnh mới có tên gọi là tỉnh Sơn Hà.", ["tỉnh Lạng Hà -> tỉnh Sơn Hà"]),
    ],
)
def test_each_old_place_goes_into_the_new_one(text: str, told: list[str]) -> None:
    assert sorted(_told(text)) == told


def test_a_place_of_which_only_a_part_goes_is_no_predecessor() -> None:
    text = (
        "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã An Hòa và một phần diện tích tự nhiên của xã Tân Lập"
        " thành xã mới có tên gọi là xã An Bình."
    )
    assert _told(text) == ["xã An Hòa -> xã An Bình"]


@pytest.mark.parametrize(
    "text",
    [
        "Xã An Bình từ xã An Hòa đi 3 km, nay là đường nhựa.",
        "Các hộ dân của xã An Hòa được sắp xếp vào xã An Bình.",
        "Công an xã An Hòa và Công an xã Bình Hòa sáp nhập thành Công an xã An Bình.",
        "UBND xã nhập số liệu của xã An Hòa vào phần mềm của xã An Bình.",
        "Xã An Hòa họp với huyện Yên Sơn về việc sáp nhập thôn Đông.",
        "Trình HĐND tỉnh việc sáp nhập xã An Hòa vào xã Bình Hòa.",
    ],
)
def test_what_concerns_no_place_or_is_not_yet_done_tells_none(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kể từ ngày 01 tháng 7 năm 2025, xã An Hòa được sáp nhập vào xã An Bình.", "2025-07-01"),
        ("Sáp nhập xã An Hòa vào xã An Bình từ 01/01/2020.", "2020-01-01"),
        ("Sáp nhập xã An Hòa vào xã An Bình từ năm 2020.", None),
        ("Sáp nhập xã An Hòa vào xã An Bình.", None),
        (
            (
                "Xã An Bình được thành lập theo Nghị quyết số 99/NQ-UBTVQH15 ngày 16/6/2025 của Ủy ban Thường vụ Quốc"
                " hội trên cơ sở sáp nhập xã An Hòa, chính thức hoạt động từ ngày 01/7/2025."
            ),
            "2025-07-01",
        ),
    ],
)
def test_the_day_is_that_from_when_and_not_that_of_a_document(text: str, day: str | None) -> None:
    (found,) = find_successions(report_of(text, file="x"))
    assert (found.before, found.after, found.day) == ("xã An Hòa", "xã An Bình", day)


def test_a_pair_is_told_once_with_its_first_line_and_sentence() -> None:
    text = "BÁO CÁO\nXã An Hòa (nay là xã An Bình) đã họp.\nXã An Hòa được đổi tên thành xã An Bình."
    (found,) = find_successions(report_of(text, file="x"))
    assert (found.line, found.sentence) == (2, "Xã An Hòa (nay là xã An Bình) đã họp.")


@given(st.lists(PARTS, max_size=25).map(" ".join))
def test_what_is_told_stands_in_its_line(text: str) -> None:
    report = Report(id="x", file="x", text=text, header=Header())
    flat = " ".join(text.split())
    for found in find_successions(report):
        assert 1 <= found.line <= text.count("\n") + 1
        assert found.sentence in flat
        assert found.before != found.after
        for name in (found.before, found.after):
            assert str(parse_unit(name)) == name


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    assert find_successions(Report(id="x", file="x", text=text, header=Header())) == ()
