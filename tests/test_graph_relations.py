"""The clause around a citation tells what the text does with it, and what one instrument does to another."""

from dataclasses import replace

import pytest

from corpus.folding import fold
from corpus.model import Header
from corpus.reading import report_of
from graph import relations
from graph.extract import find_citations
from graph.linkage import linkages
from graph.model import Reading
from graph.relations import cues

_HEADER = Header(type="Báo cáo", unit="xã Minh Tiến", parent_unit="huyện An Hòa", province="tỉnh Lạng Hà")
IMPLEMENTS = "cụ thể hóa/thực hiện"


def _read(text: str, header: Header = _HEADER) -> Reading:
    return find_citations(replace(report_of(text, file="x"), header=header))


def _relations(text: str) -> list[str]:
    return [c.relation for c in _read(text).citations]


def _links(text: str, header: Header = _HEADER) -> list[tuple[str, str, str]]:
    reading = _read(text, header)
    return [
        (
            reading.cited[link.source].instrument.canonical,
            reading.named[link.target].name if link.to_named else reading.cited[link.target].instrument.canonical,
            link.relation,
        )
        for link in reading.links
    ]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Thực hiện Kế hoạch số 5/KH-UBND, xã đã họp.", "thực hiện"),
        ("Trong kỳ, xã đã tổ chức triển khai kịp thời, có hiệu quả Kế hoạch số 5/KH-UBND.", "thực hiện"),
        ("Để cụ thể hóa Kế hoạch số 5/KH-UBND, xã đã họp.", "thực hiện"),
        ("Xã đã quán triệt, triển khai thực hiện Kế hoạch số 5/KH-UBND.", "quán triệt"),
        ("Tổ chức học tập, quán triệt nghiêm túc nội dung Kế hoạch số 5/KH-UBND.", "quán triệt"),
        ("Căn cứ Kế hoạch số 5/KH-UBND của UBND huyện;", "căn cứ"),
        ("Việc chấm điểm được làm theo Kế hoạch số 5/KH-UBND.", "căn cứ"),
        ("Thực hiện việc chấm điểm theo Kế hoạch số 5/KH-UBND.", "thực hiện"),
        ("UBND xã đã ban hành Kế hoạch số 5/KH-UBND.", "ban hành"),
        ("UBND xã xây dựng Kế hoạch số 5/KH-UBND.", "ban hành"),
        ("Kế hoạch số 5/KH-UBND đã được niêm yết.", "khác"),
        ("thuc hien Ke hoach so 5/KH-UBND", "thực hiện"),
    ],
)
def test_the_nearest_verb_before_a_citation_tells_its_relation(text: str, relation: str) -> None:
    assert _relations(text) == [relation]


def test_a_cue_behind_a_citation_says_nothing_of_it() -> None:
    assert _relations("Kế hoạch số 5/KH-UBND được thực hiện tốt.") == ["khác"]


def test_an_attribute_of_another_document_is_no_cue() -> None:
    text = "UBND xã ban hành Kế hoạch thực hiện công tác dân vận trong toàn xã năm nay: Kế hoạch số 5/KH-UBND."
    assert _relations(text) == ["ban hành"]


def test_all_members_of_a_list_have_the_relation_of_the_first() -> None:
    text = "Thực hiện Chỉ thị số 13-CT/TW, Kết luận số 57-KL/TW và các Kế hoạch số 5, 6/KH-UBND của UBND huyện."
    assert _relations(text) == ["thực hiện"] * 4


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("Căn cứ Kế hoạch số 5/KH-UBND, Trạm đã lập danh sách 44 hộ; Kế hoạch số 6/KH-UBND được niêm yết.", ["khác"]),
        ("Căn cứ Kế hoạch số 5/KH-UBND, Trạm đã lập danh sách 44 hộ; Kế hoạch số 5 được niêm yết.", ["khác"]),
        ("Can cu Ke hoach so 5/KH-UBND, Tram da lap danh sach 44 ho; Ke hoach so 6/KH-UBND duoc niem yet.", ["khác"]),
        ("Căn cứ Kế hoạch số 5/KH-UBND, xã đang họp dân; triển khai Kế hoạch số 6/KH-UBND.", ["thực hiện"]),
        (
            "Căn cứ Kế hoạch số 5/KH-UBND, xã đã ban hành Chương trình hành động và Kế hoạch số 6/KH-UBND.",
            ["ban hành"],
        ),
        ("Căn cứ Kế hoạch số 5/KH-UBND về họp dân, bầu cử; Kế hoạch số 6/KH-UBND;", ["căn cứ"]),
        ("Căn cứ Kế hoạch số 5/KH-UBND, các văn bản đã ký, Kế hoạch số 6/KH-UBND;", ["căn cứ"]),
        ("Căn cứ Kế hoạch số 5/KH-UBND; Kế hoạch số 6/KH-UBND, Trạm đã lập danh sách.", ["căn cứ"]),
    ],
)
def test_a_list_ends_before_a_main_clause(text: str, relations: list[str]) -> None:
    assert _relations(text) == ["căn cứ", *relations]


def test_what_is_named_in_a_title_is_not_done_by_the_text() -> None:
    text = "UBND xã đã ban hành Kế hoạch số 5/KH-UBND về thực hiện Chỉ thị số 13-CT/TW."
    reading = _read(text)
    assert [c.relation for c in reading.citations] == ["ban hành", "thực hiện"]
    assert [c.in_title_of for c in reading.citations] == [None, reading.citations[0].cited]
    assert reading.cited[0].title == "thực hiện Chỉ thị số 13-CT/TW"


def test_each_clause_of_a_sentence_has_its_own_relation() -> None:
    text = "Căn cứ Luật số 10/2022/QH15, thực hiện Kế hoạch số 5/KH-UBND, UBND xã đã ban hành Kế hoạch số 6/KH-UBND."
    assert _relations(text) == ["căn cứ", "thực hiện", "ban hành"]


@pytest.mark.parametrize(
    ("opening", "relation"),
    [
        ("Thực hiện Kế hoạch số 5/KH-UBND của UBND huyện, UBND xã báo cáo kết quả như sau:", "báo cáo theo"),
        ("Theo Công văn số 311/UBND-VX của UBND huyện, UBND xã báo cáo kết quả như sau:", "báo cáo theo"),
        ("Thực hiện Kế hoạch số 5/KH-UBND của UBND huyện, UBND xã đã họp dân.", "thực hiện"),
    ],
)
def test_a_report_is_made_under_what_its_opening_names(opening: str, relation: str) -> None:
    reading = _read(f"{opening}\n\nI. KẾT QUẢ\n\nXã đã thực hiện Chỉ thị số 13-CT/TW.")
    assert [c.relation for c in reading.citations] == [relation, "thực hiện"]


def test_only_a_report_reports() -> None:
    text = "Thực hiện Kế hoạch số 5/KH-UBND của UBND huyện, UBND xã báo cáo kết quả như sau:\n\nI. KẾT QUẢ\n\nTốt."
    (citation,) = _read(text, replace(_HEADER, type="Kế hoạch")).citations
    assert citation.relation == "thực hiện"


def test_a_list_without_verb_of_what_the_own_unit_issued_tells_of_issue() -> None:
    text = "Kết quả:\n\n- Kế hoạch số 5/KH-UBND ngày 02/3/2022 của UBND xã Minh Tiến về kiểm tra.\n"
    assert _relations(text) == ["ban hành"]
    assert _relations(text.replace("UBND xã Minh Tiến", "UBND huyện An Hòa")) == ["khác"]


@pytest.mark.parametrize(
    ("unit", "issuer", "relation"),
    [
        ("xã Minh Tiến", "UBND xã Minh Tiến", "ban hành"),
        ("xã Minh Tiến", "Ủy ban nhân dân XÃ MINH TIẾN", "ban hành"),
        ("xã Hòa Lạc", "Chủ tịch UBND xã Hoà Lạc", "ban hành"),
        ("huyện An Hòa", "Huyện ủy An Hòa", "ban hành"),
        ("xã Nhạn Đá", "Ủy ban nhân dân huyện An Hòa", "khác"),
        ("xã An Hòa", "Ủy ban nhân dân huyện An Hòa", "khác"),
        ("xã Tiến", "UBND xã Minh Tiến", "khác"),
    ],
)
def test_a_listed_document_is_the_own_units_by_its_whole_place(unit: str, issuer: str, relation: str) -> None:
    text = f"Kết quả:\n\n- Hướng dẫn số 9/HD-UBND ngày 02/3/2022 của {issuer} về kiểm tra.\n"
    header = replace(_HEADER, unit=unit)
    assert [c.relation for c in _read(text, header).citations] == [relation]


@pytest.mark.parametrize(
    ("behind", "relation"),
    [
        ("", "ban hành"),
        (" về kiểm tra", "ban hành"),
        (" phê duyệt đề cương", "ban hành"),
        (" đã được ban hành", "ban hành"),
        (" được ban hành", "ban hành"),
        (" thay thế Quyết định số 3/QĐ-UBND ngày 02/3/2017", "khác"),
        (" THAY THẾ QUYẾT ĐỊNH SỐ 3/QĐ-UBND", "khác"),
        (" đã được gửi đến các thôn", "khác"),
        (" có hiệu lực từ ngày ký", "khác"),
    ],
)
@pytest.mark.parametrize("before", ["10. ", "- ", "- Quyết định số 8/QĐ-UBND và "])
def test_a_document_of_which_something_is_said_is_no_item_of_a_list(before: str, behind: str, relation: str) -> None:
    text = f"Kết quả:\n\n{before}Quyết định số 9/QĐ-UBND ngày 13/8/2017 của UBND xã Minh Tiến{behind}.\n"
    assert _relations(text)[0] == relation


def test_an_item_of_which_something_is_said_has_the_relation_of_its_heading() -> None:
    text = "UBND xã đã ban hành:\n\n- Quyết định số 9/QĐ-UBND thay thế Quyết định số 3/QĐ-UBND;\n"
    assert _relations(text)[0] == "ban hành"


@pytest.mark.parametrize("place", ["thị trấn Phượng An", "xã Nhạn Đá", "xã Đề An", "xã Hòa Lạc"])
def test_a_link_is_stated_behind_any_name_of_a_place(place: str) -> None:
    text = f"Quyết định số 15/QĐ-UBND của UBND {place} thay thế Quyết định số 1/QĐ-UBND ngày 05/7/2021 của UBND xã."
    assert _links(text) == [("15/QĐ-UBND", "1/QĐ-UBND", "thay thế")]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (
            "Kế hoạch số 5/KH-UBND về thực hiện Chỉ thị số 13-CT/TW đã được phổ biến.",
            ("5/KH-UBND", "13-CT/TW", IMPLEMENTS),
        ),
        (
            "Kết luận số 57-KL/TW về tiếp tục thực hiện Chỉ thị số 13-CT/TW đã được phổ biến.",
            ("57-KL/TW", "13-CT/TW", "tiếp tục thực hiện"),
        ),
        (
            "Kế hoạch số 6/KH-UBND sửa đổi, bổ sung Kế hoạch số 5/KH-UBND.",
            ("6/KH-UBND", "5/KH-UBND", "sửa đổi, bổ sung"),
        ),
        (
            "Luật số 80/2015/QH13 được sửa đổi, bổ sung bởi Luật số 63/2020/QH14.",
            ("63/2020/QH14", "80/2015/QH13", "sửa đổi, bổ sung"),
        ),
        ("Quyết định số 6/QĐ-UBND thay thế Quyết định số 5/QĐ-UBND.", ("6/QĐ-UBND", "5/QĐ-UBND", "thay thế")),
        ("Theo Quyết định số 6/QĐ-UBND (thay thế QĐ số 5/QĐ-UBND).", ("6/QĐ-UBND", "5/QĐ-UBND", "thay thế")),
        ("Quyết định số 6/QĐ-UBND bãi bỏ Quyết định số 5/QĐ-UBND.", ("6/QĐ-UBND", "5/QĐ-UBND", "bãi bỏ")),
        (
            "Thông tư số 12/2019/TT-BNV hướng dẫn Nghị định số 61/2018/NĐ-CP.",
            ("12/2019/TT-BNV", "61/2018/NĐ-CP", "hướng dẫn"),
        ),
        (
            "Thực hiện Chỉ thị số 13-CT/TW, UBND xã đã ban hành Kế hoạch số 5/KH-UBND về kiểm tra.",
            ("5/KH-UBND", "13-CT/TW", IMPLEMENTS),
        ),
        (
            "Căn cứ Chỉ thị số 13-CT/TW, UBND xã đã ban hành Kế hoạch số 5/KH-UBND về kiểm tra.",
            ("5/KH-UBND", "13-CT/TW", "căn cứ"),
        ),
        (
            "UBND xã ban hành Kế hoạch số 5/KH-UBND về thực hiện Luật Tiếp công dân.",
            ("5/KH-UBND", "Luật Tiếp công dân", IMPLEMENTS),
        ),
    ],
)
def test_a_sentence_states_what_one_instrument_does_to_another(text: str, link: tuple[str, str, str]) -> None:
    assert _links(text) == [link]


def test_what_amends_a_basis_is_one_too() -> None:
    reading = _read("Căn cứ Nghị định số 61/2018/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 107/2021/NĐ-CP;")
    assert [c.relation for c in reading.citations] == ["căn cứ", "căn cứ"]


def test_a_chain_in_one_sentence_links_the_local_document_to_each_that_it_carries_out() -> None:
    text = (
        "Thực hiện Chỉ thị số 13-CT/TW và Kế hoạch số 93-KH/TU của Tỉnh ủy, Đảng ủy xã đã ban hành "
        "Kế hoạch số 22-KH/ĐU về thực hiện Chỉ thị số 13-CT/TW."
    )
    assert set(_links(text)) == {
        ("22-KH/ĐU", "13-CT/TW", IMPLEMENTS),
        ("22-KH/ĐU", "93-KH/TU", IMPLEMENTS),
    }


def test_two_lists_of_one_length_are_linked_pair_by_pair() -> None:
    text = "Tỉnh ủy ban hành các Kế hoạch số 71, 72-KH/TU về thực hiện Nghị quyết số 26, 27-NQ/TW của Trung ương."
    assert _links(text) == [("71-KH/TU", "26-NQ/TW", IMPLEMENTS), ("72-KH/TU", "27-NQ/TW", IMPLEMENTS)]


def test_a_plan_carries_out_what_its_opening_names() -> None:
    header = Header(type="Kế hoạch", number="5", symbol="KH-UBND", unit="xã Minh Tiến", date="2022-03-02")
    text = "KẾ HOẠCH\nKiểm tra công vụ\n\nThực hiện Chỉ thị số 13-CT/TW của Ban Bí thư, UBND xã lập kế hoạch này."
    assert _links(text, header) == [("5/KH-UBND", "13-CT/TW", IMPLEMENTS)]
    assert _links(text) == []


def test_no_instrument_is_linked_to_itself() -> None:
    text = (
        "Thực hiện Kế hoạch số 5/KH-UBND, UBND xã đã ban hành Kế hoạch số 5/KH-UBND về thực hiện Kế hoạch số 5/KH-UBND."
    )
    assert _links(text) == []


def test_each_link_is_stated_once_with_the_sentence_of_its_evidence() -> None:
    sentence = "Kế hoạch số 6/KH-UBND thay thế Kế hoạch số 5/KH-UBND của UBND xã."
    reading = _read(f"Xã đã họp.\n{sentence}\n{sentence}\n")
    ((line, said),) = [(link.line, link.sentence) for link in reading.links]
    assert (line, said) == (2, sentence)


@pytest.mark.parametrize("between", [", ", "; ", " và ", ", và các ", " cùng với ", ", số ", " hoặc "])
def test_a_list_is_held_together_by_commas_and_conjunctions(between: str) -> None:
    folded = fold(between)
    assert relations.is_list_separator(folded, 0, len(folded))


@pytest.mark.parametrize("between", [" về ", ", UBND xã ", " của Chính phủ, ", ". "])
def test_other_words_between_two_citations_end_a_list(between: str) -> None:
    folded = fold(between)
    assert not relations.is_list_separator(folded, 0, len(folded))


@pytest.mark.parametrize(
    ("relation", "text", "source", "target"),
    [(row.name, *example) for row in linkages().values() for example in row.examples],
)
def test_every_relation_between_instruments_is_read_in_its_examples(
    relation: str, text: str, source: str, target: str
) -> None:
    reading = find_citations(report_of(text, file="x.txt"))
    number = [cited.instrument.canonical for cited in reading.cited]
    assert (number[reading.links[0].source], number[reading.links[0].target]) == (source, target)
    assert [link.relation for link in reading.links] == [relation]


def test_the_table_of_relations_between_instruments_has_every_word_of_the_cues() -> None:
    assert {cue.link for cue in cues() if cue.link} | {IMPLEMENTS, "căn cứ"} == linkages().keys()
