"""Dates as they are printed beside a citation."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import DATE, format_date, parse_date

WRITTEN = [
    ("ngày 20 tháng 4 năm 2007", "2007-04-20"),
    ("ngày 20/4/2007", "2007-04-20"),
    ("20/4/2007", "2007-04-20"),
    ("20.4.2007", "2007-04-20"),
    ("20-4-2007", "2007-04-20"),
    ("20 tháng 4 năm 2007", "2007-04-20"),
    ("ngày 9/01/2015", "2015-01-09"),
    ("NGÀY 30/4/2025", "2025-04-30"),
    ("ngà 04/10/2006", "2006-10-04"),
    ("ngay 04/10/2006", "2006-10-04"),
    ("ngày 31 / 7 / 2013", "2013-07-31"),
    ("31 / 7 / 2013", "2013-07-31"),
    ("ngày 17/8-2006", "2006-08-17"),
    ("ngày 17/8 năm 2006", "2006-08-17"),
    ("ngày 17 tháng 8/2006", "2006-08-17"),
    ("ngày 02, tháng 3, năm 2020", "2020-03-02"),
    ("ngày mùng 2 tháng 9 năm 2020", "2020-09-02"),
    ("ngày\n20/4/2007", "2007-04-20"),
    ("ngày\n\n\f\n20/4/2007", "2007-04-20"),
    ("ngày\n\n7\n\n20/4/2007", "2007-04-20"),
    ("ngày 20\ntháng 11\nnăm 2025", "2025-11-20"),
    ("ngày 15/3/08", "2008-03-15"),
    ("ngày 15/3/96", "1996-03-15"),
    ("tháng 10/2023", "2023-10"),
    ("tháng 10 năm 2023", "2023-10"),
    ("ngày tháng 10 năm 2023", "2023-10"),
    ("ngày   /10/2023", "2023-10"),
    ("ngày … tháng 10 năm 2023", "2023-10"),
    ("ngày … tháng … năm 2024", "2024"),
    ("ngày ..... tháng ..... năm 2024", "2024"),
    ("ngày ____ tháng ____ năm 2024", "2024"),
    ("ngày tháng năm 2024", "2024"),
    ("năm 2016", "2016"),
]


@pytest.mark.parametrize(("text", "iso"), WRITTEN)
def test_a_date_is_read_in_whatever_form_it_is_printed(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(("text", "iso"), WRITTEN)
def test_the_pattern_takes_the_whole_date_and_nothing_else(text: str, iso: str) -> None:
    match = re.search(DATE, f"Quyết định số 15/QĐ-CP {text} của Chính phủ")
    assert match is not None
    assert match.group() == text
    assert parse_date(f"Quyết định số 15/QĐ-CP {text} của Chính phủ") == iso


@pytest.mark.parametrize(
    "text",
    [
        "ngày 31/02/2020",
        "ngày 45/13/2020",
        "ngày 0 tháng 5 năm 2020",
        "tháng 13/2020",
        "ngày 30 tháng 2 năm 2020",
        "32/1/2020",
    ],
)
def test_an_impossible_date_is_taken_for_a_date_and_has_no_value(text: str) -> None:
    assert re.search(DATE, text)
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "01/2023/QĐ-UBND",
        "34/2007/PL-UBTVQH11",
        "138/157 vụ việc",
        "1.619.2007 đồng",
        "ngày 1718/2006",
        "ngày hội 20",
        "giai đoạn năm 2016 - 2020",
        "120/2/2023/QĐ-TTg",
        "",
    ],
)
def test_numbers_that_are_no_dates_are_left_alone(text: str) -> None:
    assert re.search(DATE, text) is None
    assert parse_date(text) is None


def test_the_first_of_several_dates_counts() -> None:
    assert parse_date("ngày 07/01/2016 và ngày 18/02/1998") == "2016-01-07"


@pytest.mark.parametrize(
    ("iso", "printed"),
    [("2007-04-20", "20/04/2007"), ("2023-10", "10/2023"), ("2016", "2016"), ("2016-12-01", "01/12/2016")],
)
def test_people_read_dates_day_first(iso: str, printed: str) -> None:
    assert format_date(iso) == printed
    assert parse_date(printed) == iso
    assert parse_date(iso) == iso


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from([" ", "\n", "  "]), st.sampled_from("/.-"))
def test_every_day_of_the_calendar_survives_every_form(day: date, gap: str, mark: str) -> None:
    forms = [
        f"ngày{gap}{day.day:02} tháng {day.month} năm{gap}{day.year}",
        f"ngày{gap}{day.day}{mark}{day.month}{mark}{day.year}",
        format_date(day.isoformat()),
    ]
    assert {parse_date(form) for form in forms} == {day.isoformat()}


@given(st.text(alphabet="ngày thánăm0123456789/.-…_\n"))
def test_whatever_is_read_is_an_iso_date(text: str) -> None:
    iso = parse_date(text)
    assert iso is None or re.fullmatch(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?", iso)
