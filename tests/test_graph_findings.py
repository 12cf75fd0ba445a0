"""What a careful clerk would want to know before signing: each doubt where it is due, and none where it is not."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Header, Report
from corpus.reading import report_of
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.findings import find_doubts
from graph.findings_model import KINDS, Finding
from graph.network import Network
from graph.witness import Witness

HEADER = Header(
    type="Báo cáo",
    issuer="Ủy ban nhân dân xã Tân Khê",
    unit="xã Tân Khê",
    parent_unit="huyện Vĩnh Sơn",
    province="tỉnh An Hà",
    date="2024-11-14",
    period="năm 2024",
    year=2024,
)


def _report(text: str, header: Header = HEADER, file: str = "x") -> Report:
    return replace(report_of(text, file=file), header=header)


def _found(text: str, header: Header = HEADER) -> list[Finding]:
    report = _report(text, header)
    return list(find_doubts(report, find_citations(report), {}))


def _kinds(text: str, header: Header = HEADER) -> list[str]:
    return [finding.kind for finding in _found(text, header)]


def _only(text: str, header: Header = HEADER) -> Finding:
    (finding,) = _found(text, header)
    return finding


ORDINANCE = "Pháp lệnh số 34/2007/PL-UBTVQH11"


@pytest.mark.parametrize(
    ("text", "words", "should_be"),
    [
        (f"Thực hiện {ORDINANCE} ngày 20/4/2007, xã đã công khai 11 nội dung.", ORDINANCE, "Luật 10/2022/QH15"),
        (
            "Căn cứ Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn;",
            "Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn",
            "Luật 10/2022/QH15",
        ),
        ("Căn cứ Luật Đất đai năm 2003, xã đã họp.", "Luật Đất đai", "Luật 31/2024/QH15"),
        ("Quán triệt Luật số 14/2003/QH11, xã đã họp.", "Luật số 14/2003/QH11", None),
    ],
)
def test_what_has_ended_is_not_cited_as_in_force(text: str, words: str, should_be: str | None) -> None:
    finding = _only(text)
    assert (finding.kind, finding.text, finding.should_be) == ("replaced", words, should_be)


@pytest.mark.parametrize(
    "text",
    [
        # It is still in force.
        "Thực hiện Luật số 10/2022/QH15, xã đã họp.",
        # The sentence speaks of the past, or of the end itself.
        f"Trước đây, thực hiện {ORDINANCE}, xã đã công khai 11 nội dung.",
        f"Giai đoạn 2007 - 2022, thực hiện {ORDINANCE}, xã đã họp.",
        f"Năm 2022 xã thực hiện {ORDINANCE} theo kế hoạch.",
        f"Căn cứ {ORDINANCE} (nay đã được thay thế bởi Luật số 10/2022/QH15), xã đã họp.",
        f"Tổng kết 15 năm thực hiện {ORDINANCE}, xã đã họp.",
        # It stands in the title of another document.
        f"Thực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2020 của UBND huyện về thực hiện {ORDINANCE}, xã đã họp.",
        # A short form that may mean either of two.
        f"Hội nghị nghe giới thiệu {ORDINANCE} và Pháp lệnh số 34/2001/PL-UBTVQH10. Thực hiện Pháp lệnh số 34, xã họp.",
        # It is named, not carried out.
        f"Hội nghị nghe giới thiệu {ORDINANCE}.",
    ],
)
def test_what_has_ended_may_be_told_of(text: str) -> None:
    assert "replaced" not in _kinds(text)


def test_a_report_made_before_the_end_may_rest_on_it() -> None:
    before = replace(HEADER, date="2023-06", period="6 tháng đầu năm 2023", year=2023)
    assert not _found(f"Thực hiện {ORDINANCE}, xã đã họp.", before)
    assert not _found(f"Thực hiện {ORDINANCE}, xã đã họp.", replace(before, date=None, year=2023))


def test_of_a_period_in_which_it_ended_the_new_law_is_told_unless_the_report_knows_it() -> None:
    of_that_year = replace(HEADER, date="2023-11-20", period="năm 2023", year=2023)
    text = f"Thực hiện {ORDINANCE}, xã đã họp."
    assert _only(text, of_that_year).reason == "replaced_in_period"
    assert not _found(f"{text} Từ 01/7/2023 xã thực hiện Luật Thực hiện dân chủ ở cơ sở.", of_that_year)
    # A plan speaks of what comes after its day.
    assert _only(text, replace(of_that_year, type="Kế hoạch")).reason == "replaced"


def test_each_instrument_that_has_ended_is_told_once() -> None:
    assert _kinds(f"Thực hiện {ORDINANCE}, xã đã họp. Căn cứ {ORDINANCE}, thôn đã họp.") == ["replaced"]


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Thực hiện Kế hoạch số 15/KH-UBND ngày 05/12/2024 của UBND huyện, xã đã họp.", HEADER),
        ("Thực hiện Kế hoạch số 15/KH-UBND ngày 05/12/2024 của UBND huyện.", replace(HEADER, date="2024-11")),
    ],
)
def test_nothing_is_dated_after_the_report(text: str, header: Header) -> None:
    finding = _only(text, header)
    assert (finding.kind, finding.text) == ("dated_after", "Kế hoạch số 15/KH-UBND ngày 05/12/2024")


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Thực hiện Kế hoạch số 15/KH-UBND ngày 14/11/2024 của UBND huyện.", HEADER),
        ("Thực hiện Kế hoạch số 15/KH-UBND ngày 05/12/2024 của UBND huyện.", replace(HEADER, date="2024-12")),
        ("Thực hiện Kế hoạch số 15/KH-UBND ngày 05/12/2024 của UBND huyện.", replace(HEADER, date=None)),
        ("Thực hiện Kế hoạch số 15/KH-UBND của UBND huyện, xã họp trước ngày 05/12/2024.", HEADER),
    ],
)
def test_a_day_that_may_be_before_the_report_is_none_after_it(text: str, header: Header) -> None:
    assert not _found(text, header)


@pytest.mark.parametrize(
    ("text", "reason", "words", "should_be"),
    [
        (
            "Căn cứ Kết luận số 120-KL/TW ngày 07/01/2015 của Bộ Chính trị.",
            "date_known",
            "Kết luận số 120-KL/TW ngày 07/01/2015",
            "07/01/2016",
        ),
        (
            "Căn cứ Kết luận số 120-KL/TW ngày 07/01/2016. Theo Kết luận số 120-KL/TW ngày 01/7/2015, xã họp.",
            "date_known",
            "Kết luận số 120-KL/TW ngày 01/7/2015",
            "07/01/2016",
        ),
        (
            "Căn cứ Nghị định số 04/2015/NĐ-CP ngày 09/01/2014 của Chính phủ.",
            "date_known",
            "Nghị định số 04/2015/NĐ-CP ngày 09/01/2014",
            "09/01/2015",
        ),
        (
            "Theo Hướng dẫn số 36-HD/VPTW ngày 03/4/2019 của Văn phòng Trung ương Đảng.",
            "date_known",
            "Hướng dẫn số 36-HD/VPTW ngày 03/4/2019",
            "03/04/2018",
        ),
        # What is known to be another day is not told again as a day after the report.
        (
            "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2025 của Chính phủ.",
            "date_known",
            "Nghị định số 30/2020/NĐ-CP ngày 05/3/2025",
            "05/03/2020",
        ),
        (
            "Căn cứ Quyết định số 21/2022/QĐ-UBND ngày 05/8/2023 của UBND tỉnh.",
            "date_year",
            "Quyết định số 21/2022/QĐ-UBND ngày 05/8/2023",
            None,
        ),
        (
            "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã. Kế hoạch số 14/KH-UBND ngày 01/11/2024 của UBND xã.",
            "dates_differ",
            "Kế hoạch số 14/KH-UBND ngày 01/11/2024",
            None,
        ),
        (
            (
                "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã, Kế hoạch số 14/KH-UBND ngày 01/11/2024 của UBND xã"
                " và Kế hoạch số 14/KH-UBND ngày 01/11/2024 của UBND xã."
            ),
            "dates_differ",
            "Kế hoạch số 14/KH-UBND ngày 11/01/2024",
            "01/11/2024",
        ),
    ],
)
def test_a_number_has_one_day(text: str, reason: str, words: str, should_be: str | None) -> None:
    finding = _only(text)
    assert (finding.kind, finding.reason) == ("two_dates", reason)
    assert (finding.text, finding.should_be) == (words, should_be)


@pytest.mark.parametrize(
    "text",
    [
        # The Party numbers anew each term: these are two.
        "Thực hiện Chỉ thị số 35-CT/TW ngày 26/5/2014 và Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị.",
        # UBND numbers anew each year, and each UBND for itself.
        "Kế hoạch số 14/KH-UBND ngày 11/01/2023 của UBND xã. Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã.",
        "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã. Kế hoạch số 14/KH-UBND ngày 12/01/2024 của UBND huyện.",
        "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã. Kế hoạch số 14/KH-UBND ngày 12/01/2024.",
        # A day given once for a list may be that of its last.
        "Nghị quyết số 26-NQ/TW, Nghị quyết số 27-NQ/TW, ngày 21/5/2018 của Ban Chấp hành Trung ương",
        # A month or a year alone contradicts no day.
        "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã. Kế hoạch số 14/KH-UBND tháng 01/2024 của UBND xã.",
        # A number known of one term alone, cited with a day of another.
        "Thực hiện Kết luận số 120-KL/TW ngày 07/01/2023 của Bộ Chính trị.",
    ],
)
def test_two_documents_have_two_days(text: str) -> None:
    assert not _found(text)


@pytest.mark.parametrize(
    ("text", "reason", "should_be"),
    [
        (
            "Căn cứ Nghị định số 04/2015/NĐ-CP ngày 09/01/2015 của Chính phủ về công tác văn thư lưu trữ hồ sơ.",
            "title_known",
            "Thực hiện dân chủ trong hoạt động của cơ quan hành chính nhà nước và đơn vị sự nghiệp công lập",
        ),
        (
            (
                "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã về trồng rừng ven suối.\n\n"
                "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã về chuyển đổi kỹ thuật số."
            ),
            "titles_differ",
            None,
        ),
    ],
)
def test_a_number_is_about_one_matter(text: str, reason: str, should_be: str | None) -> None:
    finding = _only(text)
    assert (finding.kind, finding.reason, finding.should_be) == ("two_titles", reason, should_be)


@pytest.mark.parametrize(
    "text",
    [
        # Other words for one matter, a part of the title, an abbreviation.
        "Căn cứ Nghị định số 04/2015/NĐ-CP ngày 09/01/2015 của Chính phủ về dân chủ trong cơ quan nhà nước.",
        "Căn cứ Nghị định số 04/2015/NĐ-CP ngày 09/01/2015 của Chính phủ về QCDC.",
        (
            "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã về kiểm soát TTHC năm nay.\n\n"
            "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã về cải cách thủ tục."
        ),
        # Too few words to tell.
        (
            "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã về trồng rừng.\n\n"
            "Kế hoạch số 14/KH-UBND ngày 11/01/2024 của UBND xã về khoanh nuôi."
        ),
        # Without a day they may be plans of two years.
        (
            "Kế hoạch số 14/KH-UBND của UBND xã về trồng rừng ven suối.\n\n"
            "Kế hoạch số 14/KH-UBND của UBND xã về chuyển đổi kỹ thuật số."
        ),
    ],
)
def test_titles_in_other_words_are_no_two_matters(text: str) -> None:
    assert not _found(text)


@pytest.mark.parametrize(
    ("text", "words", "should_be"),
    [
        ("Thực hiện Kết luận số 120/KL-TW, xã đã họp.", "Kết luận số 120/KL-TW", "120-KL/TW"),
        ("Theo Nghị quyết số 37-NQTW, xã đã họp.", "Nghị quyết số 37-NQTW", "37-NQ/TW"),
        ("Thực hiện Kế hoạch số 45-KH/UBND của UBND huyện.", "Kế hoạch số 45-KH/UBND", "45/KH-UBND"),
        ("Thực hiện Kế hoạch số 45/KH.UBND của UBND huyện.", "Kế hoạch số 45/KH.UBND", "45/KH-UBND"),
        ("Căn cứ Nghị định số 30/2020/ND-CP, xã đã họp.", "Nghị định số 30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("Căn cứ Nghị định số 30-2020/NĐ-CP, xã đã họp.", "30-2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("Căn cứ Nghị định số 59/NĐ-CP ngày 14/8/2023 của Chính phủ.", "Nghị định số 59/NĐ-CP", "59/2023/NĐ-CP"),
        ("Căn cứ Thông tư số 05/TT-BNV của Bộ Nội vụ.", "Thông tư số 05/TT-BNV", None),
        (
            "Căn cứ Nghị quyết số 12/KH-UBND ngày 01/02/2024 của UBND xã.",
            "Nghị quyết số 12/KH-UBND",
            None,
        ),
        (
            "Căn cứ Kế hoạch số 16/KH-MTTQ-BTT ngày 02/5/2024. Theo Kế hoạch số 16/KH-BTT-MTTQ ngày 02/5/2024, xã họp.",
            "Kế hoạch số 16/KH-BTT-MTTQ",
            None,
        ),
    ],
)
def test_a_number_is_written_as_its_kind_is(text: str, words: str, should_be: str | None) -> None:
    finding = _only(text)
    assert (finding.kind, finding.text, finding.should_be) == ("style", words, should_be)


def test_a_fault_of_style_is_told_once_for_each_document() -> None:
    text = "Thực hiện Kết luận số 120/KL-TW, xã đã họp. Theo Kết luận số 120/KL-TW, thôn đã họp."
    assert _kinds(text) == ["style"]
    assert _kinds(f"{text} Quán triệt Nghị quyết số 18/NQ-TW.") == ["style", "style"]


@pytest.mark.parametrize(
    "text",
    [
        # Blanks, capitals, zeros and the like are no fault of style that would matter.
        "Thực hiện Kết luận số 120- KL/TW, xã đã họp.",
        "Căn cứ nghị định số 30/2020/nđ-cp, xã đã họp.",
        "Căn cứ Nghị định số 30/2020/NÐ-CP, xã đã họp.",
        "Thực hiện Kế hoạch số 04/KH-UBND và Kế hoạch số 5/KH-UBND của UBND huyện.",
        # A text without any accents cannot have them in its numbers.
        "Can cu Nghi dinh so 30/2020/ND-CP, xa da hop.",
        # These series have no year in their numbers.
        "Thực hiện Quyết định số 45/QĐ-UBND ngày 02/3/2024 và Nghị quyết số 12/NQ-CP của Chính phủ.",
        "Thực hiện Thông tri số 04/TT-MTTW-BTT ngày 02/3/2024.",
        # Until 2016 decrees on boundaries had none.
        "Căn cứ Nghị định số 62/NĐ-CP ngày 11/12/2009 của Chính phủ.",
        # A regulation is cited by the number of the decision that issues it, a dispatch by any.
        "Theo Quy chế số 12/QĐ-UBND ngày 03/4/2024 của UBND xã, thôn đã họp.",
        "Theo Công văn số 311/UBND-VX ngày 03/4/2024 của UBND huyện, xã đã họp.",
        "Thực hiện Thông tư liên tịch số 01/2016/TTLT/BCA-BQP.",
        "Căn cứ Quy chế phối hợp số 02/QCPH/UBND-UBMTTQ ngày 27/10/2024.",
    ],
)
def test_what_is_petty_or_right_is_no_matter_of_style(text: str) -> None:
    assert not _found(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Căn cứ dự thảo Luật Đất đai, UBND xã đã rà soát.", "dự thảo Luật Đất đai"),
        ("Xã xử phạt theo quy định của dự thảo Nghị định số 12/2024/NĐ-CP.", "dự thảo Nghị định số 12/2024/NĐ-CP"),
    ],
)
def test_a_draft_is_not_in_force(text: str, words: str) -> None:
    finding = _only(text)
    assert (finding.kind, finding.text) == ("draft", words)


@pytest.mark.parametrize(
    "text",
    [
        "Xã tham gia góp ý dự thảo Luật Đất đai.",
        "Xã lấy ý kiến theo dự thảo Luật Đất đai đã gửi.",
        "Thực hiện việc lấy ý kiến đối với dự thảo Luật Đất đai.",
        "Thực hiện Luật Đất đai.",
    ],
)
def test_opinions_are_collected_on_a_draft(text: str) -> None:
    assert not _found(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Theo Pháp lệnh số 34, xã đã công khai.", "Pháp lệnh số 34"),
        ("Kế hoạch 15 được triển khai tốt. Theo Kế hoạch 15, thôn đã họp.", "Kế hoạch 15"),
        ("Chi trợ cấp theo QĐ số 91/2011.", "QĐ số 91/2011"),
    ],
)
def test_a_short_form_needs_its_full_form(text: str, words: str) -> None:
    finding = _only(text)
    assert (finding.kind, finding.text) == ("no_antecedent", words)


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Luật số 10/2022/QH15, xã đã họp. Theo Luật số 10, thôn đã họp.",
        "Công văn số 580 ngày 16/4/2024 được gửi đến các thôn.",
        "Theo Chỉ thị 30 của Bộ Chính trị, xã đã họp.",
        "Căn cứ Quy định\n377 của Bộ Chính trị, xã đã họp.",
        "Triển khai Đề án 06 trên địa bàn xã.",
        # One document alone can be meant.
        "Theo Nghị định số 59/2023, xã đã họp.",
    ],
)
def test_what_is_known_without_doubt_needs_no_full_form(text: str) -> None:
    assert not _found(text)


def _in_library(text: str, others: Iterable[str]) -> list[Finding]:
    """What is found in a report with this text beside others in a library."""
    reports = [_report(other, file=f"{n}.txt") for n, other in enumerate((text, *others))]
    read = [(report, find_citations(report)) for report in reports]
    witness = Witness(Network((card_of(report), file_reading(report, reading)) for report, reading in read))
    ((reading, registered), *_) = witness.of_reports(read)
    return list(find_doubts(reports[0], reading, registered))


def _beside_library(text: str, others: Iterable[str]) -> list[Finding]:
    """What is found in a report that is in no library."""
    reports = [_report(other, file=f"{n}.txt") for n, other in enumerate(others)]
    read = [(report, find_citations(report)) for report in reports]
    network = Network((card_of(report), file_reading(report, reading)) for report, reading in read)
    report = _report(text)
    reading = find_citations(report)
    return list(find_doubts(report, reading, Witness(network).of_file(report, reading)))


PLAN = "Kế hoạch số 52/KH-UBND ngày {} của UBND huyện Vĩnh Sơn"
SLIP = f"Thực hiện {PLAN.format('03/02/2024')}, xã đã họp."


@pytest.mark.parametrize("ask", [_in_library, _beside_library])
def test_most_reports_tell_the_day(ask: object) -> None:
    assert callable(ask)
    others = [f"Căn cứ {PLAN.format('02/3/2024')}, thôn {n} đã họp." for n in range(1, 4)]
    (finding,) = ask(SLIP, others)
    assert (finding.kind, finding.reason, finding.should_be) == ("two_dates", "date_voted", "02/03/2024")
    assert finding.votes[0].value == "2024-03-02"
    assert finding.votes[0].reports == 3
    # Two against one are no majority, nor are three against two.
    assert not ask(SLIP, others[:2])
    assert not ask(SLIP, [*others, f"Ghi chú: {SLIP}", f"Nhắc lại: {SLIP}"])
    # The same number of another year, or of another huyện, is another document.
    assert not ask(SLIP, [other.replace("2024", "2023") for other in others])
    assert not ask(SLIP, [other.replace("Vĩnh Sơn", "Đông Lĩnh") for other in others])


@pytest.mark.parametrize("ask", [_in_library, _beside_library])
def test_most_reports_tell_the_matter(ask: object) -> None:
    assert callable(ask)
    plan = PLAN.format("02/3/2024")
    text = f"Căn cứ {plan} về chuyển đổi kỹ thuật số."
    others = [f"{n}. Căn cứ {plan} về trồng rừng ven suối." for n in range(1, 4)]
    (finding,) = ask(text, others)
    assert (finding.kind, finding.reason, finding.should_be) == ("two_titles", "title_voted", "trồng rừng ven suối")
    assert (finding.votes[0].value, finding.votes[0].reports) == ("trồng rừng ven suối", 3)
    assert not ask(text, others[:2])
    assert not ask(text, [*others, f"Ghi chú: {text}", f"Nhắc lại: {text}"])
    assert not ask(text.replace("chuyển đổi kỹ thuật số", "khoanh nuôi rừng đầu nguồn"), others)
    assert not ask(text.replace(" ngày 02/3/2024", ""), others)


@pytest.mark.parametrize("ask", [_in_library, _beside_library])
def test_a_report_may_say_that_a_local_plan_is_replaced(ask: object) -> None:
    assert callable(ask)
    of_2022 = PLAN.format("03/02/2022")
    new = "Kế hoạch số 31/KH-UBND ngày 05/4/2023 của UBND huyện Vĩnh Sơn"
    (finding,) = ask(f"Thực hiện {of_2022}, xã đã họp.", [f"{new} thay thế {of_2022}."])
    assert (finding.kind, finding.reason) == ("replaced", "replaced_said")
    assert finding.should_be == "Kế hoạch 31/KH-UBND của Ủy ban nhân dân huyện Vĩnh Sơn"
    assert finding.votes[0].reports == 1
    assert not ask(f"Thực hiện {of_2022}, xã đã họp.", [f"{new} về thực hiện {of_2022}."])
    # What says itself that it replaces it may speak of that as it was.
    assert not ask(f"{new} thay thế {of_2022}. Năm đó đã làm 3 việc theo {of_2022}.", ["Xã đã họp."])
    assert not ask(f"Thực hiện {of_2022}, xã đã họp.", [f"{new.replace('2023', '2024')} thay thế {of_2022}."])


PIECES = st.sampled_from(
    (
        *("Thực hiện ", "Căn cứ dự thảo ", "theo ", "; ", ", ", ". ", "\n\n", " của UBND huyện", " ngày 05/12/2024"),
        *(
            ORDINANCE,
            "Kết luận số 120/KL-TW",
            " ngày 07/01/2015",
            "Kế hoạch 15",
            "59-2019/NĐ-CP",
            "Luật Đất đai năm 2003",
        ),
        *("Kế hoạch số 14/KH-UBND", " về trồng rừng ven suối", " ngày", "2023", "Nghị định số 59/ND-CP", "xã đã họp"),
    )
)


@given(st.lists(PIECES, min_size=1, max_size=25).map("".join).filter(str.strip))
def test_a_finding_stands_where_it_says(text: str) -> None:
    report = _report(text)
    found = find_doubts(report, find_citations(report), {})
    assert list(found) == sorted(found, key=lambda f: f.start)
    for finding in found:
        assert finding.kind in KINDS
        assert finding.line == report.line_of(finding.start)
        assert " ".join(report.text[finding.start :].split()).startswith(finding.text)
