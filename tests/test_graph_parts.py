"""Date, issuer, title and locator are read where they stand around a number, and shared as a list shares them."""

from dataclasses import replace

import pytest

from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations
from graph.model import Citation, Cited, Reading

_HEADER = Header(type="Báo cáo", unit="xã Minh Tiến", parent_unit="huyện An Hòa", province="tỉnh Lạng Hà")


def _read(text: str) -> Reading:
    return find_citations(replace(report_of(text, file="x"), header=_HEADER))


def _documents(text: str) -> list[Cited]:
    """The document of each citation."""
    reading = _read(text)
    return [reading.cited[c.cited] for c in reading.citations]


def _one(text: str) -> tuple[Citation, Cited]:
    (citation,) = _read(text).citations
    (cited,) = _documents(text)
    return citation, cited


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("ngày 14 tháng 9 năm 2018", "2018-09-14"),
        ("ngày 14/9/2018", "2018-09-14"),
        (", ngày 14/9/2018", "2018-09-14"),
        ("(14/9/2018)", "2018-09-14"),
        ("(ngày 14/9/2018)", "2018-09-14"),
        ("14/9/2018", "2018-09-14"),
        ("ngày 14.9.2018", "2018-09-14"),
        ("ngày 14-9-2018", "2018-09-14"),
        ("ngày 4/09/2018", "2018-09-04"),
        ("ký ngày 14/9/2018", "2018-09-14"),
        ("ban hành ngày 14/9/2018", "2018-09-14"),
        ("ngày\n14/9/2018", "2018-09-14"),
        ("ngày \n\n 14/9/2018", "2018-09-14"),
        ("\n\nngày 14/9/2018", "2018-09-14"),
    ],
)
def test_the_date_beside_a_number_is_its_date_over_line_and_page_breaks(printed: str, iso: str) -> None:
    text = f"Trong kỳ báo cáo, xã đã thực hiện nghiêm túc Quyết định số 41/QĐ-UBND {printed} của UBND huyện An Hòa."
    citation, cited = _one(text)
    assert (cited.date, cited.issuer) == (iso, "Ủy ban nhân dân huyện An Hòa")
    assert citation.text == "Quyết định số 41/QĐ-UBND"


def test_a_date_of_another_thing_is_not_taken() -> None:
    _, cited = _one("Thực hiện Kế hoạch số 41/KH-UBND của UBND huyện, ngày 14/9/2022 xã đã họp.")
    assert cited.date in (None, "2022-09-14")
    _, cited = _one(
        "Ngày 14/9/2022, xã họp. Thực hiện Kế hoạch số 41/KH-UBND của UBND huyện về kiểm tra trong năm 2022."
    )
    assert cited.date is None


def test_an_issue_is_dated_by_the_day_with_which_its_sentence_begins() -> None:
    _, cited = _one("Ngày 14/9/2022, UBND xã đã ban hành Kế hoạch số 41/KH-UBND về kiểm tra.")
    assert (cited.date, cited.issued) == ("2022-09-14", True)


@pytest.mark.parametrize(
    ("after", "issuer"),
    [
        ("của UBND huyện An Hòa", "Ủy ban nhân dân huyện An Hòa"),
        ("của của UBND huyện An Hòa", "Ủy ban nhân dân huyện An Hòa"),
        ("của Ủy ban\nnhân dân huyện An Hòa", "Ủy ban nhân dân huyện An Hòa"),
        ("của Uỷ ban nhân dân huyện An Hoà", "Ủy ban nhân dân huyện An Hòa"),
        ("do Ủy ban nhân dân huyện An Hòa ban hành", "Ủy ban nhân dân huyện An Hòa"),
        ("ngày 14/9/2022 của Phòng Nội vụ huyện An Hòa", "Phòng Nội vụ huyện An Hòa"),
        ("của UBND tỉnh", "Ủy ban nhân dân tỉnh Lạng Hà"),
        ("của UBND huyện", "Ủy ban nhân dân huyện An Hòa"),
        ("của UBND xã", "Ủy ban nhân dân xã Minh Tiến"),
        ("của Thủ tướng Chính\n\nphủ về kỷ cương", "Thủ tướng Chính phủ"),
        ("của Ban Chấp hành Trung ương⁶ về kỷ cương", "Ban Chấp hành Trung ương"),
        ("của Bộ trưởng Bộ Nội vụ quy định về kỷ cương", "Bộ trưởng Bộ Nội vụ"),
        ("Bộ Chính trị về kỷ cương", "Bộ Chính trị"),
        ("CỦA BAN BÍ THƯ", "Ban Bí thư"),
    ],
)
def test_the_body_beside_a_number_issued_it(after: str, issuer: str) -> None:
    text = f"Trong kỳ báo cáo, xã đã tổ chức thực hiện nghiêm túc nội dung Quyết định số 41/XYZ {after}."
    _, cited = _one(text.replace("41/XYZ", "41/QĐ-XYZ"))
    assert (cited.issuer, cited.issuer_inferred) == (issuer, False)


def test_the_subject_of_the_clause_is_the_issuer() -> None:
    _, cited = _one("UBND xã đã kịp thời ban hành Kế hoạch số 41/KH-UBND về kiểm tra.")
    assert cited.issuer == "Ủy ban nhân dân xã Minh Tiến"


@pytest.mark.parametrize(
    ("after", "title"),
    [
        ("về kiểm tra công vụ.", "kiểm tra công vụ"),
        ("về việc kiểm tra công vụ.", "kiểm tra công vụ"),
        ("về việc về việc kiểm tra công vụ.", "kiểm tra công vụ"),
        ("v/v kiểm tra công vụ; đã họp.", "kiểm tra công vụ"),
        ("ngày 14/9/2022 của UBND huyện về kiểm tra\ncông vụ.", "kiểm tra công vụ"),
        ("về “kiểm tra công vụ”, xã đã họp.", "kiểm tra công vụ"),
        ('về đẩy mạnh "*kiểm tra công vụ*" trong toàn huyện.', 'đẩy mạnh "kiểm tra công vụ" trong toàn huyện'),
        ("về kiểm tra công vụ, nhằm chấn chỉnh kỷ cương.", "kiểm tra công vụ"),
        ("ban hành Quy chế kiểm tra.", "ban hành Quy chế kiểm tra"),
        ("về kiểm tra công vụ, theo đó các phòng đã họp.", "kiểm tra công vụ"),
        ("về kiểm tra công vụ, Trạm Khuyến nông đã đi 22 thôn.", "kiểm tra công vụ"),
        ("về kiểm tra công vụ, Hạt Kiểm lâm huyện đang họp.", "kiểm tra công vụ"),
        ("về kiểm tra công vụ, phân công 09 đảng viên phụ trách 8 thôn.", "kiểm tra công vụ"),
        ("về kiểm tra khai thác cát, đá trên địa bàn.", "kiểm tra khai thác cát, đá trên địa bàn"),
        ("về kiểm tra các mỏ, bãi đá đã cấp phép.", "kiểm tra các mỏ, bãi đá đã cấp phép"),
        ("về kiểm tra, phân công nhiệm vụ năm 2023.", "kiểm tra, phân công nhiệm vụ năm 2023"),
        (", xã đã họp.", None),
        ("đã được phổ biến.", None),
    ],
)
def test_a_title_begins_with_about_or_a_verb_of_titles_and_ends_with_its_clause(after: str, title: str | None) -> None:
    _, cited = _one(f"Thực hiện Quyết định số 41/QĐ-UBND {after}".replace(" ,", ","))
    assert cited.title == title


@pytest.mark.parametrize(
    "locator",
    [
        "Điều 12",
        "khoản 3 Điều 12",
        "điểm a, b khoản 2 Điều 10",
        "điểm a khoản 2 Điều 10 Mục 5 Chương II",
        "từ Điều 11 đến Điều 14",
        "Điều 11, Điều 12",
        "Phụ lục II",
    ],
)
@pytest.mark.parametrize("joint", [" ", " của ", ", "])
def test_a_locator_stands_before_its_document(locator: str, joint: str) -> None:
    citation, _ = _one(f"Theo quy định tại {locator}{joint}Nghị định số 61/2018/NĐ-CP của Chính phủ, xã đã họp.")
    assert citation.locator == locator
    assert citation.text == "Nghị định số 61/2018/NĐ-CP"


def test_what_points_into_the_text_itself_is_no_citation() -> None:
    assert _read("Theo khoản 1 Điều này, Quy chế này và Phụ lục kèm theo Kế hoạch này.").citations == ()


def test_numbers_that_share_a_symbol_share_date_and_issuer() -> None:
    first, second = _documents("Theo các Kế hoạch số 71, 72-KH/TU ngày 12/4/2017 của Tỉnh ủy Lạng Hà.")
    assert (first.date, first.issuer) == (second.date, second.issuer) == ("2017-04-12", "Tỉnh ủy Lạng Hà")


def test_a_date_behind_a_comma_is_that_of_all_full_forms_of_one_kind() -> None:
    text = "Nghị quyết số 26-NQ/TW, Nghị quyết số 27-NQ/TW, ngày 12/6/2018 của Ban Chấp hành Trung ương"
    assert [(d.date, d.issuer) for d in _documents(text)] == [("2018-06-12", "Ban Chấp hành Trung ương")] * 2


def test_a_date_without_a_comma_is_that_of_its_neighbour_alone() -> None:
    text = "Nghị quyết số 26-NQ/TW, Nghị quyết số 27-NQ/TW ngày 12/6/2018 của Ban Chấp hành Trung ương"
    assert [d.date for d in _documents(text)] == [None, "2018-06-12"]


def test_the_symbol_beats_the_body_named_behind_a_list() -> None:
    text = "Nghị quyết số 76/NQ-CP và Quyết định số 22/2018/QĐ-TTg của Thủ tướng Chính phủ"
    found = [(d.issuer, d.issuer_inferred) for d in _documents(text)]
    assert found == [("Chính phủ", True), ("Thủ tướng Chính phủ", False)]


def test_a_body_named_once_spreads_backwards_over_the_series_that_it_fits() -> None:
    text = (
        "Chỉ thị 41-CT/TW, ngày 12/3/1999; Kết luận 57-KL/TW ngày 17/4/2015 của Bộ Chính trị; "
        "Quyết định 88/QĐ-UBND ngày 01/02/2016 của UBND tỉnh"
    )
    found = [(d.date, d.issuer) for d in _documents(text)]
    assert found == [
        ("1999-03-12", "Bộ Chính trị"),
        ("2015-04-17", "Bộ Chính trị"),
        ("2016-02-01", "Ủy ban nhân dân tỉnh Lạng Hà"),
    ]


def test_a_table_gives_each_citation_the_date_of_its_own_cell() -> None:
    text = "| Kế hoạch số 14/KH-UBND ngày 11/01/2022 | Quyết định số 5/QĐ-UBND |\n| 12/01/2022 | đã xong |"
    assert [d.date for d in _documents(text)] == ["2022-01-11", None]


def test_the_name_of_a_committee_is_its_task_up_to_the_end_of_its_clause() -> None:
    _, cited = _one("Theo Kế hoạch số 9/KH-BCĐ của Ban Chỉ đạo thực hiện Quy chế dân chủ huyện về kiểm tra.")
    assert cited.issuer == "Ban Chỉ đạo thực hiện Quy chế dân chủ huyện An Hòa"
    assert cited.title == "kiểm tra"


def test_joint_issuers_are_both_named() -> None:
    _, cited = _one(
        "Theo Kế hoạch liên tịch số 9/KHLT-UBND-MTTQ của UBND huyện và Ủy ban MTTQ Việt Nam huyện về kiểm tra."
    )
    assert cited.issuer is not None
    assert "Ủy ban nhân dân huyện" in cited.issuer
    assert "Mặt trận" in cited.issuer or "MTTQ" in cited.issuer


def test_whose_document_it_is_may_stand_before_it() -> None:
    _, cited = _one("Xét đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 30/TTr-SNV ngày 14/9/2022.")
    assert cited.issuer is not None
    assert "Sở Nội vụ" in cited.issuer
