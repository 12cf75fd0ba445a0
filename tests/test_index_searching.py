"""What a person is told beside the hits: who cites, what was meant, what was looked for instead."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library, open_library
from index.results import Answer

TEXTS = {
    "a": "Thực hiện Nghị định số 59/2023/NĐ-CP ngày 14/8/2023 của Chính phủ, xã phát huy dân chủ.\nHộ nghèo giảm.",
    "b": "Căn cứ Nghị định 59/2023/NĐ-CP; xã có nhiều hộ dân, có hộ còn nghèo.",
    "c": "Xã họp bàn về nghị định 59 và phát huy dân chủ, hoà giải.",
    "d": "Thực hiện Kế hoạch số 12/KH-UBND ngày 03/4/2024 của UBND huyện Đại Khê, phát huy dân chủ ở thôn.",
    "e": "Phát huy dân chủ, thực hiện Kế hoạch số 12/KH-UBND ngày 03/4/2024 của UBND huyện Đại Khê.",
    "f": 'Phát huy dân chủ trong trường học; giảm hộ cận nghèo, xóa nhà "tạm bợ".',
}


def report(name: str, text: str) -> str:
    return f"""ỦY BAN NHÂN DÂN
XÃ PHONG {name.upper()}
Số: {ord(name)}/BC-UBND
Phong {name.upper()}, ngày 0{ord(name) - 96} tháng 6 năm 2024
BÁO CÁO
Kết quả công tác năm 2024

---------------

{text}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("searching")
    (folder / "reports").mkdir()
    for name, text in TEXTS.items():
        (folder / "reports" / f"{name}.txt").write_text(report(name, text), encoding="utf-8")
    with open_library(folder / "library", create=True) as opened:
        opened.add([folder / "reports"])
        yield opened


def files(answer: Answer) -> str:
    return "".join(sorted(Path(hit.card.file).stem for hit in answer.hits))


@pytest.mark.parametrize("query", ["nghị định 59", "59/2023/NĐ-CP", "59/2023/ND-CP", "nghi dinh 59/2023", "NĐ 59"])
def test_a_reference_also_finds_who_cites_it_in_another_form_and_the_answer_says_so(
    library: Library, query: str
) -> None:
    answer = library.search(query)
    assert set(files(answer)) >= {"a", "b"}
    assert answer.recognised
    assert all(hit.snippets for hit in answer.hits)
    shown = {hit.card.file[-5]: hit.snippets[0].text for hit in answer.hits}
    assert "59/2023/NĐ-CP" in shown["b"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('cites:"nghị định 59"', "ab"),
        ('cites:"12/KH-UBND" dân chủ', "de"),
        ('dân chủ -cites:"12/KH-UBND"', "acf"),
        ('cites:"34/2007/PL-UBTVQH11"', ""),
        ('căncứ:"nghị định 59" dân chủ', "a"),
    ],
)
def test_reports_are_found_by_what_they_cite(library: Library, query: str, expected: str) -> None:
    assert files(library.search(query)) == expected


def test_the_place_that_cites_is_shown(library: Library) -> None:
    (hit,) = library.search('cites:"nghị định 59" "cận nghèo" OR (cites:"nghị định 59" hộ còn)').hits
    shown = [snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.highlights]
    assert any("59/2023/NĐ-CP" in text for text in shown)


def test_the_documents_that_most_of_the_reports_cite_are_counted(library: Library) -> None:
    answer = library.search("dân chủ", limit=1)
    assert [(label, count) for _, label, count in answer.instruments] == [
        ("Kế hoạch 12/KH-UBND của Ủy ban nhân dân huyện Đại Khê", 2),
        ("Nghị định 59/2023/NĐ-CP", 1),
    ]
    everything = library.search("xã OR phong", limit=1)
    assert {label: count for _, label, count in everything.instruments}["Nghị định 59/2023/NĐ-CP"] == 2
    assert library.search("voọc").instruments == ()


@pytest.mark.parametrize(
    ("query", "total", "relaxed"),
    [
        ("chủ nghèo", 2, True),  # they stand there, but not side by side
        ('"chủ nghèo"', 0, False),
        ("hộ nghèo", 1, False),
        ("hộ voọc", 0, False),
    ],
)
def test_words_that_are_no_phrase_are_found_apart_and_the_answer_says_so(
    library: Library, query: str, total: int, *, relaxed: bool
) -> None:
    answer = library.search(query)
    assert (answer.found.total, answer.relaxed) == (total, relaxed)


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("dân chú", '"dân chủ"'),  # other accents
        ("phát huy dân chr", '"phát huy dân chủ"'),  # another letter
        ("phat huy dan chuu", '"phát huy dân chủ"'),
        ("hộ giàu OR dân chú", '("hộ giàu" OR "dân chủ")'),
        ("dân chú -thôn", '("dân chủ" AND NOT "thôn")'),
        ("dân chú in:title", None),  # no title has it in any form
        ("dân chú unit:voọc", None),  # the filter lets nothing through
        ("dân chú NOT dân chú", None),
        ("nhà tạm bở", '"nhà tạm bợ"'),  # a report has it in quotes
        ("chú*", "chu*"),
        ("dân chủ", None),  # it is there
        ("dan chu", None),
        ("hoà giải", None),
        ("nhân văn", None),  # nothing is like it
        ("nghị định 58", None),  # another number is another document
    ],
)
def test_what_was_meant_is_suggested_where_hardly_anything_is_found(
    library: Library, query: str, suggestion: str | None
) -> None:
    answer = library.search(query)
    assert answer.suggestion == suggestion
    if suggestion:
        assert library.search(suggestion).found.total > answer.found.total


def test_abbreviations_that_were_replaced_are_said(library: Library) -> None:
    assert "UBND = ủy ban nhân dân" in library.search("ủy ban nhân dân huyện").expanded
    assert not library.search("thôn").expanded


def test_by_date_the_newest_comes_first(library: Library) -> None:
    assert [Path(hit.card.file).stem for hit in library.search("dân chủ", sort="date").hits] == list("fedca")
