"""Inside one report: which mentions are one document, and what the report says of each."""

from dataclasses import replace

import pytest

from corpus.folding import fold
from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations
from graph.model import Cited, Reading

_HEADER = Header(
    type="Báo cáo",
    number="31",
    symbol="BC-UBND",
    issuer="Ủy ban nhân dân xã Minh Tiến",
    unit="xã Minh Tiến",
    parent_unit="huyện An Hòa",
    province="tỉnh Lạng Hà",
    date="2023-06-12",
)


def _read(text: str, header: Header = _HEADER) -> Reading:
    return find_citations(replace(report_of(text, file="x"), header=header))


def _others(text: str) -> list[Cited]:
    """The documents that are cited, without the report's own number."""
    return [cited for cited in _read(text).cited if not cited.own]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 14/KH-UBND ngày 11/01/2022 của UBND huyện. Theo Kế hoạch số 14/KH-UBND, xã họp.",
        "Theo Kế hoạch số 14/KH-UBND, xã họp. Kế hoạch số 14/KH-UBND ngày 11/01/2022 của UBND huyện.",
        "Kế hoạch số 14/KH-UBND của UBND huyện. Kế hoạch số 014/KH - UBND của Ủy ban nhân dân huyện An Hòa.",
        "Kế hoạch số 14/KH-UBND của Chủ tịch UBND huyện. Kế hoạch số 14/KH-UBND của UBND huyện.",
        "Quyết định số 14/QĐ-UBND của Uỷ ban nhân dân huyện. Quyết định số 14/QĐ-UBND của Ủy ban nhân dân huyện.",
        "Thông tư liên tịch số 03/2006/TTLT-BNV-BTC. Theo Thông tư liên tịch số 03/2006/TTLT, xã họp.",
        "Chỉ thị số 13-CT/TW. Theo 13-CT/TW, xã họp.",
        "Pháp lệnh số 20/2004/PL-UBTVQH11. Theo Pháp lệnh số 20, xã họp.",
        "Chỉ thị số 13-CT/TW của Ban Bí thư. Theo Chỉ thị 13, xã họp.",
        "Nghị định số 61/2018/NĐ-CP. Theo Nghị định 61/2018, xã họp.",
        "Nghị định số 42/2022/NĐ-CP (sau đây gọi tắt là Nghị định 42). Theo Nghị định 42, xã họp.",
        "Kế hoạch số 71-KH/TU, ngày 12/4/2017 của Ban Thường vụ Tỉnh ủy. Kế hoạch số 71-KH/TU của Tỉnh ủy.",
    ],
)
def test_full_and_short_forms_of_one_number_are_one_document(text: str) -> None:
    assert len(_others(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ thị số 28-CT/TW ngày 12/5/2013. Chỉ thị số 28-CT/TW ngày 20/6/2018.",
        "Kế hoạch số 14/KH-UBND của UBND xã Minh Tiến. Kế hoạch số 14/KH-UBND của UBND xã Hòa Lạc.",
        "Kế hoạch số 14/KH-UBND của UBND huyện. Kế hoạch số 14/KH-UBND của UBND tỉnh.",
        "Kế hoạch số 71-KH/TU của Tỉnh ủy. Kế hoạch số 71-KH/TU của Thành ủy.",
        "Kế hoạch số 14/KH-UBND ngày 11/01/2021 của UBND huyện. Kế hoạch số 14/KH-UBND ngày 10/01/2022 của UBND huyện.",
        "Kết luận 57-KL/TW. Kế hoạch 57/KH-UBND.",
        "Quyết định 212-QĐ/TU. Quyết định 212-QĐ/TW.",
        "Quy định số 44-QĐ/TW. Quyết định số 44-QĐ/TW.",
        "Quyết định số 27/QĐ-UBND. Quyết định số 27A/QĐ-UBND.",
        "Nghị định số 61/2018/NĐ-CP. Nghị định số 61/2019/NĐ-CP.",
    ],
)
def test_two_terms_two_places_two_kinds_are_two_documents(text: str) -> None:
    assert len(_others(text)) == 2


@pytest.mark.parametrize(
    ("one", "other", "documents"),
    [
        # a body gives a number once a year
        ("ngày 11/01/2022 của UBND huyện", "ngày 01/11/2022 của UBND huyện", 1),
        ("ngày 11/01/2022 của UBND huyện", "ngày 25/8/2022 của Ủy ban nhân dân huyện An Hòa", 1),
        ("ngày 11/01/2022", "ngày 25/8/2022", 1),
        # where one does not say whose it is, it may be of another body, unless its day is all but the same
        ("ngày 31/12/2022 của UBND huyện", "ngày 05/3/2022", 2),
        ("ngày 31/12/2022", "ngày 05/3/2022 của UBND huyện", 2),
        ("ngày 11/01/2022 của UBND huyện", "ngày 01/11/2022", 1),
        ("ngày 11/01/2022 của UBND huyện", "ngày 12/01/2022", 1),
        ("ngày 11/01/2022 của UBND huyện", "tháng 01/2022", 1),
        ("ngày 11/01/2022 của UBND huyện", "của UBND huyện", 1),
    ],
)
def test_another_day_is_a_slip_of_the_pen_or_another_document(one: str, other: str, documents: int) -> None:
    assert len(_others(f"Kế hoạch số 14/KH-UBND {one}. Kế hoạch số 14/KH-UBND {other}.")) == documents


def test_another_day_of_a_number_of_the_centre_is_a_slip_of_the_pen() -> None:
    assert len(_others("Chỉ thị số 28-CT/TW ngày 12/5/2013 của Ban Bí thư. Chỉ thị số 28-CT/TW ngày 20/9/2013.")) == 1


def test_a_number_of_another_year_is_not_meant_by_a_short_form() -> None:
    assert len(_others("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018. Nghị định số 61 ngày 05/5/2016.")) == 2


@pytest.mark.parametrize("place", ["xã Sín Cò", "xã Nhạn Đá", "xã Định Cồn", "xã Bản Hợp", "XÃ SÍN CÒ"])
@pytest.mark.parametrize("verb", ["đã ban hành", "đã có", "còn có", "ban hành"])
def test_a_name_that_sounds_like_an_auxiliary_verb_keeps_its_last_syllable(place: str, verb: str) -> None:
    (plan,) = _others(f"UBND {place} {verb} Kế hoạch số 14/KH-UBND về kiểm tra.")
    assert (plan.issuer or "").casefold() == f"ủy ban nhân dân {place.casefold()}"


@pytest.mark.parametrize(
    "text",
    [
        "UBND xã Minh Tiến cũng đã kịp thời ban hành Kế hoạch số 14/KH-UBND.",
        "UBND XÃ MINH TIẾN ĐÃ BAN HÀNH KẾ HOẠCH SỐ 14/KH-UBND.",
        "UBND xa Minh Tien da kip thoi ban hanh Ke hoach so 14/KH-UBND.",
        "UBND XA MINH TIEN DA BAN HANH KE HOACH SO 14/KH-UBND.",
    ],
)
def test_auxiliary_verbs_between_a_body_and_its_verb_are_no_part_of_its_name(text: str) -> None:
    (plan,) = _others(text)
    assert fold(plan.issuer or "") == "uy ban nhan dan xa minh tien"


def test_a_short_form_inherits_what_the_full_form_says() -> None:
    text = "Kế hoạch số 71-KH/TU ngày 12/4/2017 của Tỉnh ủy về dân vận. Theo Kế hoạch số 71, xã họp."
    reading = _read(text)
    full, short = reading.citations
    assert (full.cited, full.short_form, short.cited, short.short_form) == (full.cited, False, full.cited, True)
    cited = reading.cited[short.cited]
    assert (cited.date, cited.issuer, cited.title) == ("2017-04-12", "Tỉnh ủy Lạng Hà", "dân vận")


def test_a_short_form_that_fits_two_takes_the_nearest_before_it_and_is_less_sure() -> None:
    text = (
        "Kế hoạch số 14/KH-UBND ngày 11/01/2021 của UBND huyện. Kế hoạch số 14-KH/TU ngày 10/01/2022 của Tỉnh ủy. "
        "Theo Kế hoạch số 14, xã họp."
    )
    reading = _read(text)
    *_, short = reading.citations
    assert reading.cited[short.cited].instrument.canonical == "14-KH/TU"
    alone = _read("Kế hoạch số 14-KH/TU ngày 10/01/2022 của Tỉnh ủy. Theo Kế hoạch số 14, xã họp.").citations[-1]
    assert short.confidence < alone.confidence < 1


def test_a_number_alone_is_a_document_by_type_and_number() -> None:
    (cited,) = _others("Công văn số 366, ngày 12/5/2021 của Ban Thường vụ Huyện ủy về rà soát.")
    assert (cited.instrument.canonical, cited.date, cited.title) == ("366", "2021-05-12", "rà soát")
    assert cited.issuer == "Ban Thường vụ Huyện ủy An Hòa"


def test_the_own_number_is_kept_and_is_no_citation() -> None:
    reading = _read("Báo cáo số 31/BC-UBND nêu rõ. Thực hiện Kế hoạch số 5/KH-UBND của UBND huyện, xã họp.")
    assert [str(c.instrument) for c in reading.cited if c.own] == ["Báo cáo 31/BC-UBND"]
    assert [reading.cited[c.cited].instrument.canonical for c in reading.citations] == ["5/KH-UBND"]


_PLAN = """ỦY BAN NHÂN DÂN
XÃ MINH TIẾN
Số: 14/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Minh Tiến, ngày 06 tháng 3 năm 2022

KẾ HOẠCH

Kiểm tra năm 2022

Thực hiện {} của UBND huyện An Hòa, UBND xã ban hành Kế hoạch như sau:
"""


@pytest.mark.parametrize(
    "cited",
    [
        "Kế hoạch số 14/KH-UBND ngày 11/01/2022",
        "Kế hoạch số 14/KH-UBND ngày 06/3/2022",
        "Kế hoạch số 14/KH-UBND",
        "Kế hoạch số 15/KH-UBND",
    ],
)
def test_the_number_in_the_heading_is_the_reports_own_and_no_citation(cited: str) -> None:
    reading = find_citations(report_of(_PLAN.format(cited), file="x"))
    (own,) = (c for c in reading.cited if c.own)
    assert (own.instrument.canonical, own.date, own.issuer) == (
        "14/KH-UBND",
        "2022-03-06",
        "Ủy ban nhân dân xã Minh Tiến",
    )
    (citation,) = reading.citations
    assert (citation.line, reading.cited[citation.cited].issuer) == (13, "Ủy ban nhân dân huyện An Hòa")


def test_the_own_number_is_there_though_the_text_does_not_repeat_it() -> None:
    reading = _read("Thực hiện Kế hoạch số 5/KH-UBND của UBND huyện, xã họp.")
    (own,) = [c for c in reading.cited if c.own]
    assert (str(own.instrument), own.date, own.issuer) == ("Báo cáo 31/BC-UBND", "2023-06-12", _HEADER.issuer)


@pytest.mark.parametrize(
    "header",
    [replace(_HEADER, number=None), replace(_HEADER, symbol=None), Header()],
)
def test_a_report_without_a_number_has_no_own_document(header: Header) -> None:
    assert not [c for c in _read("Thực hiện Kế hoạch số 5/KH-UBND của UBND huyện, xã họp.", header).cited if c.own]


def test_the_same_number_of_another_year_is_not_the_own_one() -> None:
    reading = _read("So với Báo cáo số 31/BC-UBND ngày 12/6/2021 của UBND xã, kết quả tăng.")
    assert [c.date for c in reading.cited if not c.own] == ["2021-06-12"]


@pytest.mark.parametrize(
    ("text", "issuer", "inferred"),
    [
        ("Theo Kế hoạch số 14/KH-UBND của UBND tỉnh, xã họp.", "Ủy ban nhân dân tỉnh Lạng Hà", False),
        ("Theo Kế hoạch số 14/KH-UBND, xã họp.", "Ủy ban nhân dân xã Minh Tiến", True),
        ("Theo Kết luận số 57-KL/TW, xã họp.", None, False),
        ("Theo Kế hoạch số 71-KH/TU, xã họp.", None, False),
    ],
)
def test_whose_it_is_is_said_or_inferred_and_inference_is_marked(
    text: str, issuer: str | None, *, inferred: bool
) -> None:
    (cited,) = _others(text)
    assert (cited.issuer, cited.issuer_inferred) == (issuer, inferred)


def test_a_full_form_with_its_type_is_surest() -> None:
    text = "Theo Chỉ thị số 13-CT/TW, 57-KL/TW và Chỉ thị 13, xã họp."
    full, by_symbol, short = (c.confidence for c in _read(text).citations)
    assert full == 1 > by_symbol > short


def test_documents_stand_in_the_order_of_their_first_mention() -> None:
    text = "Kế hoạch số 5/KH-UBND, Chỉ thị số 13-CT/TW ngày 12/5/2013, Kế hoạch số 5/KH-UBND, Kết luận số 57-KL/TW."
    assert [c.instrument.canonical for c in _others(text)] == ["5/KH-UBND", "13-CT/TW", "57-KL/TW"]
