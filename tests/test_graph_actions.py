"""The main clause of a sentence tells what was done because of what it cites; openings, tasks and wishes do not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Level
from corpus.reading import report_of
from graph.actions import find_actions
from graph.clause_words import Verb, lists, verbs
from graph.clauses import clauses_of
from graph.extract import find_citations
from graph.wording import WordList, spaced

EXAMPLES = [(row, text, deed) for row in verbs() for text, deed in row.examples]
REJECTS = [(row, text) for row in verbs() for text in row.rejects]
LISTS = list(lists().values())
WORDS = st.sampled_from(
    [word for row in LISTS for word in row.words]
    + [word for verb in verbs() for word in (verb.name, *verb.also)]
    + ["Kế hoạch số 5/KH-UBND", "Chỉ thị số 40-CT/TW", "02 lớp", ",", ";", ":", ".", "…", "“", "”", "(", ")", "İ", "\n"]
)


def _of(sentence: str, kind: str | None = "Báo cáo", level: Level | None = None) -> list[str]:
    """The deeds that are told for the first citation of a sentence."""
    cited = find_citations(report_of(sentence, file="x")).citations[0]
    return [action.text for action in find_actions(cited.sentence, cited.text, kind=kind, level=level)]


@pytest.mark.parametrize(("row", "text", "deed"), EXAMPLES)
def test_the_example_of_a_verb_tells_its_deed(row: Verb, text: str, deed: str) -> None:
    assert _of(text) == [deed], row.name


@pytest.mark.parametrize(("row", "text"), REJECTS)
def test_the_reject_of_a_verb_tells_none(row: Verb, text: str) -> None:
    assert _of(text) == [], row.name


@pytest.mark.parametrize("row", LISTS, ids=lambda row: row.name)
def test_a_list_of_words_begins_its_examples_and_not_its_rejects(row: WordList) -> None:
    pattern = re.compile(rf"(?i:(?<!\w)(?:{spaced(row.words)})(?!\w))")
    assert [text for text in row.examples if not pattern.search(text)] == []
    assert [text for text in row.rejects if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        (
            (
                "Thực hiện Kết luận số 120-KL/TW ngày 07/01/2016 của Bộ Chính trị về việc xây dựng Quy chế, UBND xã đã"
                " ban hành Kế hoạch số 12/KH-UBND ngày 03/02/2022; tổ chức hội nghị quán triệt cho 120 cán bộ."
            ),
            [
                "UBND xã đã ban hành Kế hoạch số 12/KH-UBND ngày 03/02/2022",
                "tổ chức hội nghị quán triệt cho 120 cán bộ",
            ],
        ),
        (
            "Căn cứ Chỉ thị số 40-CT/TW; Kết luận số 57-KL/TW; các chi bộ đã họp bàn.",
            ["các chi bộ đã họp bàn"],
        ),
        (
            "Sau khi Chính phủ ban hành Nghị định số 61/2018/NĐ-CP, ngày 05/6/2019 Đảng ủy xã mở 02 lớp tập huấn.",
            ["ngày 05/6/2019 Đảng ủy xã mở 02 lớp tập huấn"],
        ),
        (
            "Thực hiện Chỉ thị số 40-CT/TW, các cơ quan, đơn vị đã rà soát quy chế.",
            ["các cơ quan, đơn vị đã rà soát quy chế"],
        ),
    ],
)
def test_what_follows_an_opening_is_done_because_of_what_the_opening_cites(text: str, deeds: list[str]) -> None:
    assert _of(text) == deeds


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("UBND xã đã tổ chức quán triệt Chỉ thị số 40-CT/TW.", "UBND xã đã tổ chức quán triệt Chỉ thị số 40-CT/TW"),
        (
            "- Công tác chỉ đạo: ngay từ đầu năm, Đảng ủy ban hành Kế hoạch số 9-KH/ĐU về kiểm tra.",
            "ngay từ đầu năm, Đảng ủy ban hành Kế hoạch số 9-KH/ĐU về kiểm tra",
        ),
        (
            "Công tác này được quan tâm UBND xã đã ban hành Kế hoạch số 5/KH-UBND.",
            "UBND xã đã ban hành Kế hoạch số 5/KH-UBND",
        ),
        ("Ngay từ đầu năm Tổ dân vận xã ban hành Kế hoạch số 5/KH-TDV.", None),
        (
            "UBND xã bố trí phòng riêng, ban hành Thông báo số 7/TB-UBND về lịch trực.",
            "ban hành Thông báo số 7/TB-UBND về lịch trực",
        ),
        (
            "UBND xã ban hành Kế hoạch số 5/KH-UBND, theo đó sẽ kiểm tra 02 thôn.",
            "UBND xã ban hành Kế hoạch số 5/KH-UBND",
        ),
    ],
)
def test_a_citation_in_the_main_clause_has_that_clause(text: str, deed: str | None) -> None:
    assert _of(text) == [deed or text.strip(" .")]


def test_a_sentence_that_holds_the_letterhead_was_not_cut_from_it_and_tells_no_deed() -> None:
    text = "UBND xã An Bình đã tổ chức 02 lớp học Chỉ thị số 40-CT/TW."
    assert _of(text)
    assert _of(f"UBND xã An BìnhCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúc {text}") == []


def test_of_a_list_of_documents_the_one_that_is_asked_for_is_shown() -> None:
    text = "UBND xã ban hành Kế hoạch số 5/KH-UBND về A; Kế hoạch số 6/KH-UBND về B; tổ chức 02 lớp."
    assert [find_actions(text, f"Kế hoạch số {n}/KH-UBND", kind="Báo cáo")[0].text for n in (5, 6)] == [
        "UBND xã ban hành Kế hoạch số 5/KH-UBND về A",
        "UBND xã ban hành … Kế hoạch số 6/KH-UBND về B",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Luật số 10/2022/QH15;",
        "Thực hiện Công văn số 14/UBND-VP, UBND xã báo cáo như sau:",
        "Tiếp tục quán triệt Chỉ thị số 40-CT/TW trong năm 2024.",
        "UBND xã tiếp tục quán triệt Chỉ thị số 40-CT/TW.",
        "Đề nghị UBND huyện, UBND xã bố trí kinh phí theo Kế hoạch số 5/KH-UBND.",
        "Phấn đấu mở 02 lớp theo Kế hoạch số 5/KH-UBND.",
        "Tổ chức 02 hội nghị theo Kế hoạch số 5/KH-UBND trước ngày 30/6.",
        "Tiếp tục thực hiện Kế hoạch số 5/KH-UBND; phối hợp mở 02 lớp.",
        "Chỉ đạo các cơ quan, đơn vị thực hiện Chỉ thị số 40-CT/TW.",
        "Kế hoạch số 5/KH-UBND được ban hành muộn.",
        "Việc học tập theo Chỉ thị số 40-CT/TW được duy trì.",
    ],
)
def test_tasks_wishes_recitals_and_passives_are_no_deeds(text: str) -> None:
    assert _of(text) == []


@pytest.mark.parametrize(
    ("text", "in_report", "in_plan"),
    [
        ("UBND xã tổ chức 03 lớp theo Kế hoạch số 5/KH-UBND.", 1, 0),
        ("UBND xã thực hiện tốt việc đối thoại theo Kế hoạch số 5/KH-UBND.", 1, 0),
        ("UBND xã đã tổ chức 03 lớp theo Kế hoạch số 5/KH-UBND.", 1, 1),
        ("Thực hiện Chỉ thị số 40-CT/TW, UBND xã ban hành Kế hoạch số 6/KH-UBND.", 1, 1),
        ("Thực hiện Chỉ thị số 40-CT/TW, UBND xã ban hành Kế hoạch tuyên truyền như sau:", 1, 1),
    ],
)
def test_in_a_plan_what_is_not_said_to_be_done_is_a_task(text: str, in_report: int, in_plan: int) -> None:
    assert (len(_of(text)), len(_of(text, "Kế hoạch"))) == (in_report, in_plan)
    assert _of(text, None) == _of(text, "Kế hoạch")


@pytest.mark.parametrize(
    ("subject", "level", "counts"),
    [
        ("UBND tỉnh", "commune", False),
        ("UBND huyện", "commune", False),
        ("UBND huyện", "district", True),
        ("các xã", "district", True),
        ("Ban Thường trực", "commune", True),
        ("UBND tỉnh", None, True),
    ],
)
def test_what_a_higher_body_did_is_no_deed_of_the_unit(subject: str, level: Level | None, *, counts: bool) -> None:
    text = f"Thực hiện Chỉ thị số 40-CT/TW, {subject} đã ban hành Kế hoạch số 6/KH-UBND."
    assert bool(_of(text, level=level)) is counts


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Thực hiện Chỉ thị số 40-CT/TW, Đảng ủy xã An Bình đã họp; mở 02 lớp.", "Đảng ủy xã An Bình"),
        ("Đến nay các cơ quan, đơn vị đã thực hiện Chỉ thị số 40-CT/TW.", "các cơ quan, đơn vị"),
        ("Tổ chức 02 hội nghị quán triệt Chỉ thị số 40-CT/TW.", None),
    ],
)
def test_who_acts_is_told_also_of_the_clauses_behind(text: str, subject: str | None) -> None:
    actions = find_actions(text, "Chỉ thị số 40-CT/TW", kind="Báo cáo")
    assert actions
    assert {action.subject for action in actions} == {subject}


def test_a_citation_that_was_broken_over_lines_is_found_in_its_sentence() -> None:
    assert find_actions("UBND xã đã ban hành Kế hoạch số 5/KH-UBND.", "Kế hoạch\nsố 5/KH-UBND")
    assert not find_actions("UBND xã đã ban hành Kế hoạch số 55/KH-UBND.", "Kế hoạch số 5")


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_clauses_lie_in_order_inside_any_sentence_and_actions_are_some_of_them(sentence: str) -> None:
    clauses = clauses_of(sentence)
    ends = [0, *(at for clause in clauses for at in (clause.start, clause.end)), len(sentence)]
    assert ends == sorted(ends)
    spans = {(clause.start, clause.end) for clause in clauses}
    for action in find_actions(sentence, "Chỉ thị số 40-CT/TW", kind="Báo cáo"):
        assert (action.start, action.end) in spans
        assert action.text in sentence or " … " in action.text or "\n" in sentence


@given(st.text(), st.text(max_size=12))
def test_any_text_can_be_asked(sentence: str, citation: str) -> None:
    assert all(0 <= a.start < a.end <= len(sentence) for a in find_actions(sentence, citation))
