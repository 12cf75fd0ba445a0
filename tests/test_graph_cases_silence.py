"""The hard cases of what only looks like a citation (35, 74-76): nothing is cited, whatever stands around it."""

import pytest
from cases import read

_FRAMES = (
    "{}",
    "Kết quả: {}.",
    "- {};\n",
    "| 3 | {} | đạt |",
    "Trong năm, huyện đã có {}, tăng so với cùng kỳ năm trước.",
    "Thực hiện Kế hoạch của UBND tỉnh, đến nay {} đã hoàn thành theo quy định",
)


# --- case 35
@pytest.mark.parametrize(
    "text",
    [
        "các Nghị quyết của Ban Chấp hành Trung ương khóa XII",
        "các Chỉ thị, Nghị quyết của Bộ Chính trị, Ban Bí thư khóa XIII",
        "các Nghị quyết Trung ương",
        "những Quyết định của Thủ tướng Chính phủ về cải cách hành chính",
        "các văn bản chỉ đạo của Huyện ủy, HĐND và UBND huyện",
        "các Kế hoạch của Tỉnh ủy và UBND tỉnh năm 2022",
        "một số Nghị định, Thông tư mới ban hành",
    ],
)
@pytest.mark.parametrize("verb", ["Quán triệt", "Thực hiện", "Theo"])
def test_a_class_of_documents_without_number_cites_none(text: str, verb: str) -> None:
    reading = read(f"{verb} {text}, huyện đã tổ chức hội nghị.")
    assert (reading.cited, reading.citations) == ((), ())
    assert [n.instrument for n in reading.named if n.instrument] == []


# --- case 74
_RATIOS = [
    "117/132 vụ việc",
    "426 lượt người/318 vụ việc",
    "271 đơn/246",
    "271 đơn/246 vụ việc",
    "53/53",
    "11/11 phường",
    "164 đơn/149",
    "126/126 thôn",
    "61/69 đơn",
    "1.245/1.302 hộ",
    "15/15 xã, thị trấn",
    "32 tổ/410 thành viên",
    "4/7 chỉ tiêu",
    "98/2021 hộ",
    "17/19 kiến nghị (đạt 89,4%)",
    "243 hồ sơ/243 hồ sơ",
]


@pytest.mark.parametrize("frame", _FRAMES)
@pytest.mark.parametrize("text", _RATIOS)
def test_a_ratio_or_a_count_cites_nothing(text: str, frame: str) -> None:
    reading = read(frame.format(text))
    assert (reading.cited, reading.citations, reading.named, reading.links) == ((), (), (), ())


# --- case 75
_OTHER_NUMBERS = [
    "17/11/2021",
    "từ 01/01 đến 30/6/2022",
    "428.750.000 đồng",
    "1,25 tỷ đồng/công trình",
    "Km31+650",
    "ĐT.271",
    "ĐH.08",
    "Quốc lộ 14B",
    "22kV lộ 473",
    "Covid-19",
    "Covid - 19",
    "COVID - 19",
    "2017-2021",
    "giai đoạn 2021 - 2025",
    "nhiệm kỳ 2020 - 2025",
    "Trường Tiểu học 2",
    "Tổ dân phố số 4",
    "03 ngày/ tháng",
    "02 buổi / tuần",
    "0971.334.556",
    "0254 3737 218",
    "Mẫu số 06/ĐK",
    "mẫu số 2c/TCTW",
    "Biểu số 04/BC-DVC",
    "Phụ lục số 03/PL",
    "số 27 Trần Phú",
    "nhà số 112/4 đường Hùng Vương",
    "PAR INDEX",
    "chỉ số PAPI 2022",
    "Điều 07/2018",
    "khoản 2/2019",
    "tờ bản đồ số 14, thửa đất số 218",
    "ISO 9001:2015",
    "công suất 2x25MVA",
    "máy bay A320/A321",
    "tàu SH-218 TS",
    "biển số 76C-118.42",
    "lớp 9/3",
    "8h30-11h30",
    "vắc xin AstraZeneca mũi 3/4",
    "căn cước công dân số 051088001234",
    "tài khoản số 1012345678/VCB",
]


@pytest.mark.parametrize("frame", _FRAMES)
@pytest.mark.parametrize("text", _OTHER_NUMBERS)
def test_a_date_a_sum_a_place_a_telephone_or_a_form_cites_nothing(text: str, frame: str) -> None:
    reading = read(frame.format(text))
    assert (reading.cited, reading.citations, reading.named, reading.links) == ((), (), (), ())


# --- case 76
_WORDS = [
    "kế hoạch phát triển kinh tế - xã hội năm 2022",
    "Kế hoạch phát triển kinh tế - xã hội 5 năm 2021-2025",
    "báo cáo tổng kết năm",
    "báo cáo 9 tháng đầu năm 2022",
    "quyết định giao chỉ tiêu biên chế",
    "Quyết định 14 trường hợp hưởng trợ cấp",
    "Kế hoạch 9 tháng",
    "Kế hoạch quý 3/2022",
    "chỉ thị, nghị quyết của Đảng",
    "chủ trương, nghị quyết, chỉ thị của cấp trên",
    "97,31% KH tỉnh giao",
    "112% KH năm",
    "đạt 85,5% KH",
    "hướng dẫn 120 lượt người",
    "Thông báo 03 ngày trước khi họp",
    "Công văn đi 1.245, công văn đến 2.310",
    "ban hành 27 quyết định, 14 kế hoạch và 108 công văn",
    "quyết định số tiền hỗ trợ 25 triệu đồng",
    "Thông báo số điện thoại đường dây nóng",
    "chương trình 2 ngày",
    "Chương trình 60 phút mở",
    "Đề án phát triển du lịch",
    "Tờ trình xin ý kiến",
    "hợp đồng 68 lao động",
    "quy định tại Điều 9 và Điều 12",
    "QĐ của UBND huyện",
    "tổng số NQ đã ban hành là 12",
    "nghị quyết 1 lần, 2 lần",
    "kết luận 06 đơn tố cáo",
    "luật sư và hội luật gia",
    "quyết định 3 phương án",
    "Kết luận thanh tra đối với 4 đơn vị",
]


@pytest.mark.parametrize("frame", _FRAMES)
@pytest.mark.parametrize("text", _WORDS)
def test_words_that_are_also_names_of_types_cite_nothing(text: str, frame: str) -> None:
    reading = read(frame.format(text))
    assert (reading.cited, reading.citations, reading.named, reading.links) == ((), (), (), ())


@pytest.mark.parametrize("text", [*_RATIOS, *_WORDS])
def test_what_cites_nothing_does_not_disturb_the_citation_beside_it(text: str) -> None:
    reading = read(f"Thực hiện Kết luận số 63-KL/TW ngày 27/5/2020 của Bộ Chính trị, huyện đã có {text}.")
    assert [(str(c.instrument), c.date, c.issuer) for c in reading.cited] == [
        ("Kết luận 63-KL/TW", "2020-05-27", "Bộ Chính trị")
    ]
