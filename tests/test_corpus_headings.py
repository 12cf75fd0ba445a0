"""A heading is a line that opens a section with a number or a letter, and is no sentence."""

import pytest

from corpus.headings import headings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I. KẾT QUẢ THỰC HIỆN\n1. Công tác tuyên truyền\n", ["KẾT QUẢ THỰC HIỆN", "Công tác tuyên truyền"]),
        ("PHẦN I  ĐẶC ĐIỂM TÌNH HÌNH\nPhần thứ hai NHIỆM VỤ", ["ĐẶC ĐIỂM TÌNH HÌNH", "NHIỆM VỤ"]),
        ("Chương II QUYỀN CỦA NHÂN DÂN", ["QUYỀN CỦA NHÂN DÂN"]),
        ("  2.1. Về kinh tế\n3.2.1 Về xã hội", ["Về kinh tế", "Về xã hội"]),
        ("a) Ưu điểm\nB. HẠN CHẾ:", ["Ưu điểm", "HẠN CHẾ:"]),
        ("I. Kết quả\nĐảng ủy đã họp.\n2. Tồn tại\nỦy ban đã họp.\n", ["Kết quả", "Tồn tại"]),  # a new sentence
    ],
)
def test_lines_that_open_a_section(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in headings(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "1. Tổ chức 12 hội nghị cho nhân dân.",  # a sentence
        "a) Giảm hộ nghèo;\nb) giảm hộ cận nghèo,",  # items of a list
        "2. Chủ tịch xã giao công chức tư pháp theo dõi việc tiếp dân và báo cáo\nkết quả trước ngày 20",  # goes on
        "2. Chủ tịch xã giao công chức tư pháp báo cáo\nđúng hạn",  # goes on
        "ỦY BAN NHÂN DÂN\nXÃ KHE THƯỢNG",  # a letterhead
        "12 thôn có nhà văn hoá.",
        "1. " + "việc " * 40,  # a paragraph without its full stop
        "",
    ],
)
def test_what_opens_no_section(text: str) -> None:
    assert headings(text) == ()
