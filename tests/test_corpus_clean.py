"""The one text to which all spans refer."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.clean import CLEANERS, clean


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        (unicodedata.normalize("NFD", "Ủy ban nhân dân xã"), "Ủy ban nhân dân xã"),
        ("a\u0301\u0302n", "ấn"),
        ("dòng một\r\ndòng hai\r\n", "dòng một\ndòng hai\n"),
        ("trang một\ftrang hai\vba\u2028bốn\rnăm", "trang một trang hai ba bốn năm"),
        ("NÐ-CP, ðơn vị, ƉẢNG", "NĐ-CP, đơn vị, ĐẢNG"),
        ("18–NQ/TW, 296\u2011QĐ/TW, 5—6, 7−8, 9‒1", "18-NQ/TW, 296-QĐ/TW, 5-6, 7-8, 9-1"),
        ("Kế hoạch số ０５／KH－UBND", "Kế hoạch số 05/KH-UBND"),
        ("dân\u00adchủ", "dânchủ"),
        ("số\u202f296\u00a0ngày\u2009tháng\t5", "số 296 ngày tháng 5"),
        ("\ufeffBÁO\u200b CÁO\u2060", "BÁO CÁO"),
        ("chữ\x00 có\x07 mã\x9f", "chữ có mã"),
        ("\ufffd Công văn số 580", "Công văn số 580"),
        ("\uf0b7 mục một", "mục một"),
        ("hai   chữ  \n   thụt   vào\n", "hai chữ\nthụt vào\n"),
    ],
)
def test_one_character_stands_for_one_meaning(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("**BÁO CÁO**", "BÁO CÁO"),
        ("**TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH**", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
        ("**ỦY BAN NHÂN DÂN\n**", "ỦY BAN NHÂN DÂN\n"),
        ("***đậm và nghiêng***", "đậm và nghiêng"),
        ("**đậm *và* nghiêng**", "đậm và nghiêng"),
        ("“*Dân biết, dân bàn*”;", "“Dân biết, dân bàn”;"),
        ("*(chức vụ) *cao hơn", "(chức vụ) cao hơn"),
        ("Kế hoạch số **12/KH-UBND** ngày", "Kế hoạch số 12/KH-UBND ngày"),
        ("_gạch chân_ và __đậm__", "gạch chân và đậm"),
        ("## I. ĐẶC ĐIỂM\n# BÁO CÁO", "I. ĐẶC ĐIỂM\nBÁO CÁO"),
        ("[Luật 10/2022/QH15](https://vbpl.vn/x?id=1) này", "Luật 10/2022/QH15 này"),
        ("1\\. Mục, 5\\-6", "1. Mục, 5-6"),
    ],
)
def test_markup_is_taken_away(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "* mục một\n* mục hai",
        "5*3*2 = 30",
        "2**3**4",
        "*****",
        "*",
        "(*) Ghi chú: số liệu (*) đến tháng 6",
        "*một\n*hai",
        "một **hai\n\nba** bốn",
        "Số: ____/BC-UBND ngày ___ tháng ___",
        "tệp bao_cao_2023.txt và ten_tep",
        "#12 và C#",
        "[1] chú thích đầu dòng",
        "mảng [3] phần tử",
        "C:\\Users",
    ],
)
def test_stars_lines_and_brackets_that_mark_nothing_stay(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Ban Chấp hành Trung ương⁶ về", "Ban Chấp hành Trung ương về"),
        ("sinh sống¹; có 17 xã²", "sinh sống; có 17 xã"),
        ("Trung ương⁶khóa XII", "Trung ương khóa XII"),
        ("Trung ương ¹² về", "Trung ương về"),
        ("Trung ương[6] về", "Trung ương về"),
        ("Trung ương^6^ về", "Trung ương về"),
        ("Quyết định số 19^A/QĐ-UBND", "Quyết định số 19A/QĐ-UBND"),
        ("⁴ Tổng số lượt tiếp dân", "⁴ Tổng số lượt tiếp dân"),
        ("a\n ⁴ Tổng số", "a\n⁴ Tổng số"),
        ("300m², 12 km², 5 m³ và 7 km^2", "300m², 12 km², 5 m³ và 7 km^2"),
        ("10^6", "10^6"),
    ],
)
def test_a_mark_of_a_footnote_is_no_part_of_its_word_and_one_that_opens_a_line_stays(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


# What breaks cleaners: marks, blanks and letters that take each other up.
TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "*_#[]()\\^{}|- \n\r\t\f\u00a0\u200b\u00ad\ufffd⁰¹²³⁶mkAaĐÐđ19.,;\u0301\u0302\u031b\u0323ươ\uf0b7"
        ),
        st.characters(),
    ),
    max_size=60,
)


@given(TRICKY)
@example("*a**b*")
@example("a*\u0301*b*")
@example("\\*a\\*")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(TRICKY)
def test_the_lines_of_the_cleaned_text_are_those_of_the_file(text: str) -> None:
    assert clean(text).count("\n") == text.count("\n")


@pytest.mark.parametrize("cleaner", CLEANERS, ids=lambda cleaner: cleaner.__name__)
@given(text=TRICKY)
def test_no_cleaner_touches_a_line_break(cleaner: object, text: str) -> None:
    assert callable(cleaner)
    assert cleaner(text).count("\n") == text.count("\n")


@given(TRICKY)
def test_the_cleaned_text_is_in_one_unicode_form(text: str) -> None:
    assert unicodedata.is_normalized("NFC", clean(text))


@pytest.mark.parametrize("piece", ["*a ", "**a ", "[a", "_a ", "^1", "[1](", "a¹", "**\n", "\\*", "a\u0301\u0302 "])
def test_time_grows_with_the_text_whatever_it_is_full_of(piece: str) -> None:
    start = time.perf_counter()
    clean(piece * 20_000)
    # A quadratic pattern takes minutes here; 5 s leave room for a slow machine.
    assert time.perf_counter() - start < 5
