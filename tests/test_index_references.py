"""A typed text is a reference only when it can be nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Span
from index.references import instrument_of, references_in


@pytest.mark.parametrize(
    ("typed", "instrument"),
    [
        ("nghị định 59", "Nghị định 59"),
        ("nghi dinh so 59", "Nghị định 59"),
        ("Nghị định 59/2023", "Nghị định 59/2023"),
        ("59/2023/ND-CP", "Nghị định 59/2023/NĐ-CP"),
        ("120-KL/TW", "Kết luận 120-KL/TW"),
        ("120 - kl/tw", "Kết luận 120-KL/TW"),
        ("Kết luận số 120-KL/TW", "Kết luận 120-KL/TW"),
        ("QĐ 1719/QĐ-TTg", "Quyết định 1719/QĐ-TTg"),
        ("nđ 59", "Nghị định 59"),
        ("KL120", "Kết luận 120"),
        ("12/BC-UBND", "Báo cáo 12/BC-UBND"),
        ("đề án 06", "Đề án 06"),  # a nickname
        ("chương trình 135", "Chương trình 135"),
    ],
)
def test_a_number_with_a_symbol_or_after_a_type_that_is_cited_so_is_a_reference(typed: str, instrument: str) -> None:
    assert instrument_of(typed) == instrument


@pytest.mark.parametrize(
    "typed",
    [
        *("năm 2023", "quý 3", "khóa 12", "tổ 5", "khu phố 3", "Điều 10", "mục 4", "phụ lục 2", "giai đoạn 2021-2025"),
        *("15/3/2023", "138/157", "2021-2025", "số 12", "A1", "05/CB-CNV", "nhà cấp 4", "trường tiểu học số 2"),
        *("báo cáo 2023", "kế hoạch 2024", "KH 2024", "báo cáo 6 tháng", "kế hoạch 5 năm"),  # a year, what is counted
        *("đề án 5", "dự án 3", "phương án 2", "hợp đồng 111", "quy chế 5"),  # such a type is not cited by number alone
        *("TT 5", "CT 4", "TB 7"),  # the code means several things
        *("nghị định", "luật đất đai", "thực hiện nghị định 59", "nghị định 59 của Chính phủ", "nghị định 59 và 60"),
    ],
)
def test_what_may_be_something_else_is_none(typed: str) -> None:
    assert instrument_of(typed) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("thực hiện nghị định 59 của Chính phủ", ["nghị định 59"]),
        ("theo Kết luận số 120-KL/TW và 59/2023/NĐ-CP", ["Kết luận số 120-KL/TW", "59/2023/NĐ-CP"]),
        ("kế hoạch 5 năm và quý 3", []),
        ("tổ chức kế hoạch 2024", []),
        ("hộ nghèo", []),
    ],
)
def test_references_are_found_inside_a_longer_text(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in references_in(text)] == found


@given(st.text() | st.lists(st.sampled_from(["nghị định", "59", "120-KL/TW", "và", ",", "NĐ", "12/"])).map(" ".join))
def test_references_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = references_in(text)
    assert found == sorted(found)
    assert all(left.end <= right.start for left, right in zip([Span(0, 0), *found], found, strict=False))
    assert all(span.end <= len(text) for span in found)
