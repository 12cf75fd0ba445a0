"""What looks like a citation and is none stays silent, and is kept with its reason."""

import pytest

from corpus.model import Span
from corpus.reading import report_of
from graph.extract import find_citations
from graph.model import Reading, Refused
from graph.refused import Found, refusals, without


def _read(text: str) -> Reading:
    return find_citations(report_of(text, file="x"))


@pytest.mark.parametrize(
    "frame", ["{}", "Xã đã đạt {}, tăng so với năm trước.", "Kết quả {}.", "- {};\n", "Tổng số: {}"]
)
@pytest.mark.parametrize(
    "text",
    [
        "121/147 vụ việc",
        "410 lượt người/312 vụ việc",
        "271 đơn/246",
        "63/63",
        "11/11 phường",
        "183 đơn/164",
        "152/152 thôn",
        "41/57 hộ đã ký",
        "97,31%",
        "02/03 chỉ tiêu",
    ],
)
def test_ratios_and_counts_cite_nothing_and_are_refused(text: str, frame: str) -> None:
    reading = _read(frame.format(text))
    assert (reading.citations, reading.named, reading.links) == ((), (), ())
    assert ("/" in text) == bool(reading.refused)


@pytest.mark.parametrize("frame", ["{}", "Xã đã có {}, tăng so với năm trước.", "theo {} của xã", "thực hiện {}"])
@pytest.mark.parametrize(
    "text",
    [
        "12/11/2021",
        "124.750.000 đồng",
        "Km31+500",
        "ĐT.271",
        "22kV lộ 473",
        "Covid-19",
        "Covid - 19",
        "2015-2020",
        "nhiệm kỳ 2020 - 2025",
        "Tiểu học 2",
        "03 ngày/ tháng",
        "0971.334.556",
        "Mẫu số 05/ĐK",
        "Mẫu số 05/KH-UBND",
        "Biểu số 12a/BC-UBND",
        "Phụ lục số 02/QĐ-UBND",
        "số 27 Trần Phú",
        "tại số 27 Trần Phú",
        "địa chỉ: số 27/4 Trần Phú",
        "PAR INDEX",
        "Điều 07/2018",
        "24/ha",
        "60m2/hộ",
        "500.000 đồng/người",
        "Quốc lộ 1A",
        "HIV/AIDS",
    ],
)
def test_dates_money_places_telephones_and_forms_cite_nothing(text: str, frame: str) -> None:
    reading = _read(frame.format(text))
    assert (reading.citations, reading.named) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "kế hoạch phát triển kinh tế - xã hội năm 2022",
        "Kế hoạch năm 2022",
        "Kế hoạch 2021-2025",
        "báo cáo tổng kết",
        "báo cáo 6 tháng đầu năm",
        "quyết định giao chỉ tiêu",
        "Quyết định 12 hộ nghèo",
        "thực hiện Kế hoạch 9 tháng",
        "Nghị quyết 5 năm",
        "Thông báo 15 ngày",
        "Công văn 5 ngày làm việc",
        "Kết luận 3 nội dung",
        "hướng dẫn 20 hộ",
        "quyết định số tiền 20 triệu đồng",
        "Quyết định số lượng 15 người",
        "Thông báo số tài khoản 123",
        "chỉ thị, nghị quyết của Đảng",
        "các Nghị quyết của Ban Chấp hành Trung ương khóa XII",
        "97,31% KH tỉnh giao",
        "ban hành 12 kế hoạch",
        "12 văn bản",
        "Chương trình 3 năm",
        "quy định tại Điều 5",
        "hợp đồng lao động: 01 người",
    ],
)
def test_words_that_only_sound_like_an_instrument_cite_nothing(text: str) -> None:
    assert _read(f"Trong kỳ, xã đã có {text}, đạt yêu cầu.").citations == ()


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số …/QĐ-UBND",
        "Quyết định số ....../QĐ-UBND",
        "Kế hoạch số      /KH-UBND",
        "Kế hoạch số ____/KH-UBND",
        "Số: /BC-UBND",
        "Số:     /BC-UBND",
    ],
)
def test_a_number_left_blank_cites_nothing_and_is_refused(text: str) -> None:
    reading = _read(f"{text} ngày      tháng 10 năm 2022")
    assert reading.citations == ()
    assert "số để trống" in {refused.why for refused in reading.refused}


def test_a_citation_is_not_refused_and_its_date_is_not_either() -> None:
    reading = _read("Thực hiện Quyết định số 22/2018/QĐ-TTg ngày 24/4/2018 của Thủ tướng, xã họp ngày 02/5/2020.")
    assert [refused.text for refused in reading.refused] == ["02/5/2020"]


def test_what_is_refused_has_its_place_and_reason() -> None:
    text = "Xã đã họp.\nĐã giải quyết 121 / 147 vụ việc."
    (refused,) = _read(text).refused
    assert refused == Refused(text="121 / 147", start=25, end=34, line=2, why="tỷ lệ")
    assert text[refused.start : refused.end] == "121 / 147"


def test_nothing_is_refused_twice_nor_inside_what_is_taken() -> None:
    (row, *_) = refusals()
    found = [Found(Span(start, end), row) for start, end in [(0, 5), (3, 8), (10, 14), (20, 22)]]
    kept = without(found, [Span(12, 16), Span(30, 40)])
    assert [(item.span.start, item.span.end) for item in kept] == [(0, 5), (20, 22)]
