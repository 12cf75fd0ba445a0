"""A phrase lies inside one clause: it goes over line breaks, page breaks and commas, not over the end of a clause."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import read_report
from index.syllables import SYLLABLE, clause_ranges, clauses

LINE = "Ủy ban nhân dân xã Bình Lâm đã triển khai thực hiện đầy đủ quy chế"


def cut(text: str) -> list[str]:
    return [" ".join(span.of(text) for span in clause) for clause in clauses(text)]


def joined(text: str) -> str:
    return " ".join(SYLLABLE.findall(text))


@pytest.mark.parametrize(
    "text",
    [
        # lines and pages
        f"{LINE}\ndân chủ ở cơ sở",
        f"{LINE}\n\ndân chủ ở cơ sở",
        f"{LINE},\ncác xã, thị trấn",
        "phối hợp với Mặt trận Tổ quốc và các đoàn thể -\nHội Nông dân",
        "phối hợp với các cơ quan chuyên môn của Thủ tướng Chính\nphủ",
        # commas, quotes, brackets, dashes, slashes
        "các ban, ngành, đoàn thể",
        "nói “dân chủ”, (cơ sở) – và",
        "quy chế/dân chủ",
        "từ 15/3 - 20/3 và",
        "H’Mông và N'Thôn",
        "quy\u00a0chế dân chủ",
        "quy chế¹ dân chủ",
        "cấp ðảng bộ",
        # abbreviations
        "tại TP. Hồ Chí Minh",
        "đến Tp.Huế và Tp. Vinh",
        "ở TP.HCM",
        "ở P. Bình An, Q. Tân An",
        "tại TX. Bình An",
        "đồng chí ThS. Nguyễn Văn An",
        "GS.TS. Nguyễn Văn An",
        "PGS. TS. Nguyễn Văn An",
        "Đ/c. Nguyễn Văn An",
        "Nguyễn V. An và",
        "họp, hội nghị, v.v. và các việc",
        "xem tr. 15",
        "STT. Họ tên",
        # numbers, dates, times, codes, addresses
        "là 1.500.000 đồng",
        "đạt 98,5 % số hộ",
        "ngày 15.3.2023 tại",
        "ngày 5. tháng 6",
        "Thông tư số. 15 của",
        "lúc 10:30 ngày",
        "lúc 10:30:20 ngày",
        "tỷ lệ 1:500 bản đồ",
        "theo mục 2.1 của",
        "hồ sơ 000.12.H99-0017",
        "1. Quy chế",
        "I. Đặc điểm",
        "trang binhlam.gov.vn của xã",
        "thư ubnd@binhlam.gov.vn gửi",
        # what is left out in the middle of a sentence
        "quy chế… dân chủ",
        "quy chế... dân chủ",
    ],
)
def test_a_clause_goes_on(text: str) -> None:
    assert cut(text) == [joined(text)]


@pytest.mark.parametrize(
    "text",
    [
        # sentences; "¦" stands where the clause ends
        "xong nhiệm vụ. ¦Việc mới",
        "xong nhiệm vụ.¦Việc mới",
        "xong nhiệm vụ. ¦việc mới",
        "xong nhiệm vụ. ¦15 hộ dân",
        "xong nhiệm vụ… ¦Việc mới",
        "xong nhiệm vụ! ¦Việc mới",
        "xong nhiệm vụ.¹ ¦Việc mới",
        "xong nhiệm vụ¹. ¦Việc mới",
        "xong nhiệm vụ” .¦ Việc mới",
        "“xong nhiệm vụ.” ¦Việc mới",
        "“xong nhiệm vụ”.¦Việc mới",
        "(xong nhiệm vụ.) ¦Việc mới",
        "(xong nhiệm vụ).¦Việc mới",
        "(19 hộ). ¦100 hộ khác",
        "«Xong nhiệm vụ.» ¦Việc mới",
        "“Ai?” ¦Việc mới",
        "họp, hội nghị, v.v... ¦Việc khác",
        "trong năm 2022. ¦Việc mới",
        "trong năm 2022.¦Việc mới",
        "đạt 98,5%. ¦Việc mới",
        "đạt 98,5%.¦Việc mới",
        "của UBND. ¦Việc mới",
        "Điều 5. ¦Trách nhiệm của xã",
        # clauses
        "UBND xã: ¦tổ chức họp",
        "UBND xã:¦tổ chức họp",
        "Số:¦15/BC-UBND",
        "quy chế; ¦dân chủ",
        "quy chế;¦dân chủ",
        "quy chế |¦ dân chủ",
        "quy chế •¦ dân chủ",
        # paragraphs, headings, lists
        "Thực hiện quy chế\n\n¦Dân chủ ở cơ sở",
        "Thực hiện quy chế\r\n¦Dân chủ ở cơ sở",
        "KẾT QUẢ THỰC HIỆN QUY CHẾ\n¦Dân chủ được phát huy",
        "I. Đặc điểm tình hình\n¦Xã nằm ở phía tây huyện",
        "có 3 thôn;\n¦quy chế",
        "a) Quy chế\n¦b) Dân chủ",
        "- Thực hiện quy chế\n¦- Dân chủ cơ sở",
        "+ Thực hiện quy chế\n¦+ Dân chủ cơ sở",
        "1. Quy chế\n¦2. Dân chủ",
        "Nơi nhận:\n¦- Như trên;\n¦- Lưu",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n¦Độc lập - Tự do",
    ],
)
def test_a_clause_ends(text: str) -> None:
    assert cut(text.replace("¦", "")) == [joined(part) for part in text.split("¦")]


@pytest.mark.parametrize("text", ["xong nhiệm vụ. Việc mới", "xong; việc mới", f"{LINE}\ndân chủ ở cơ sở"])
def test_a_text_typed_with_separate_accents_has_the_same_clauses_once_it_is_read(text: str, tmp_path: Path) -> None:
    for name, form in (("NFC", text), ("NFD", unicodedata.normalize("NFD", text))):
        (tmp_path / name).with_suffix(".txt").write_text(form, encoding="utf-8")
    composed, separate = (cut(read_report(tmp_path / f"{name}.txt").text) for name in ("NFC", "NFD"))
    assert composed == separate


def test_a_page_number_between_two_pages_parts_no_sentence(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(f"{LINE}\n\n3\n\ndân chủ ở cơ sở", encoding="utf-8")
    assert cut(read_report(tmp_path / "report.txt").text) == [joined(f"{LINE} dân chủ ở cơ sở")]


@given(st.text(st.sampled_from("aẠđ1 \n.:;…”)|%•²-")))
def test_clauses_are_ranges_that_follow_each_other_and_hold_all_syllables(text: str) -> None:
    spans = [match.span() for match in SYLLABLE.finditer(unicodedata.normalize("NFC", text))]
    ranges = list(clause_ranges(unicodedata.normalize("NFC", text), spans))
    assert [at for first, last in ranges for at in range(first, last)] == list(range(len(spans)))
    assert all(first < last for first, last in ranges)
