"""A number is read with its type and symbol however it is typed, and every number of a list is found."""

import unicodedata

import pytest

from corpus.folding import fold
from corpus.reading import report_of
from graph.extract import find_citations
from graph.grammar import read_reference, scan


def _cited(text: str) -> list[tuple[str, str]]:
    """(as printed, canonical form with its type) of each citation."""
    reading = find_citations(report_of(text, file="x"))
    return [(c.text, str(reading.cited[c.cited].instrument)) for c in reading.citations]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Kết luận số 57- KL/TW", "Kết luận 57-KL/TW"),
        ("Kết luận số 57 -KL/TW", "Kết luận 57-KL/TW"),
        ("Kết luận số 57 - KL / TW", "Kết luận 57-KL/TW"),
        ("Kế hoạch số 418/KH - UBND", "Kế hoạch 418/KH-UBND"),
        ("Kế hoạch số 418/KH- UBND", "Kế hoạch 418/KH-UBND"),
        ("Quyết định số 77 /QĐ -UBND", "Quyết định 77/QĐ-UBND"),
        ("Pháp lệnh số 20/2004/PL-\nUBTVQH11", "Pháp lệnh 20/2004/PL-UBTVQH11"),
        ("Kế hoạch số 418/KH-\n\n\nUBND", "Kế hoạch 418/KH-UBND"),
        ("Chỉ thị\nsố 13-CT/TW", "Chỉ thị 13-CT/TW"),
        ("Chỉ thị số13-CT/TW", "Chỉ thị 13-CT/TW"),
        ("Chỉ thị số: 13-CT/TW", "Chỉ thị 13-CT/TW"),
        ("Quyết định (QĐ) số 77/QĐ-UBND", "Quyết định 77/QĐ-UBND"),
    ],
)
def test_blanks_and_line_ends_inside_a_citation_belong_to_it(printed: str, meant: str) -> None:
    assert _cited(f"Thực hiện {printed} của cấp trên, xã đã họp.") == [(printed, meant)]


@pytest.mark.parametrize(
    "printed",
    [
        "kế hoạch số 45/KH-UBND",
        "KẾ HOẠCH SỐ 45/KH-UBND",
        "Ke hoach so 45/KH-UBND",
        "Kế hoạch số 45/kh-ubnd",
        "Kế hoạch 45/KH-UBND",
        "KH 45/KH-UBND",
        "KH số 45/KH-UBND",
        "Kế hoạch số 45/KH/UBND",
        "Kế hoạch số 45-KH/UBND",
        "Kế hoạch số 45/KH.UBND",
        "Kế hoạch số 045/KH-UBND",
    ],
)
def test_case_accents_and_the_wrong_mark_do_not_hide_a_citation(printed: str) -> None:
    (found,) = _cited(f"Xã triển khai {printed} đến nhân dân.")
    assert found[0] == printed
    assert found[1].replace(" 045/", " 45/") == "Kế hoạch 45/KH-UBND"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Kết luận số 57/KL-TW", "Kết luận 57-KL/TW"),
        ("Nghị quyết số 29-NQTW", "Nghị quyết 29-NQ/TW"),
        ("Kế hoạch số 14-KH/UBND", "Kế hoạch 14/KH-UBND"),
        ("Kế hoạch 08b/KH-ĐU", "Kế hoạch 08B-KH/ĐU"),
        ("Nghị quyết 05-NQ/HĐND", "Nghị quyết 05/NQ-HĐND"),
    ],
)
def test_a_number_is_brought_to_the_style_of_its_issuer(printed: str, meant: str) -> None:
    assert _cited(printed) == [(printed, meant)]


@pytest.mark.parametrize("dash", "-–—‐‑−")
def test_any_dash_is_a_hyphen(dash: str) -> None:
    ((printed, meant),) = _cited(f"Nghị quyết số 26{dash}NQ/TW của Ban Chấp hành Trung ương.")
    assert (len(printed), meant) == (len("Nghị quyết số 26-NQ/TW"), "Nghị quyết 26-NQ/TW")


@pytest.mark.parametrize("letter", ["\u0110", "\u00d0", "\u0189", "D"])
def test_any_letter_that_looks_like_it_is_a_d_with_stroke(letter: str) -> None:
    assert [meant for _, meant in _cited(f"Nghị định số 61/2018/N{letter}-CP.")] == ["Nghị định 61/2018/NĐ-CP"]


def test_letters_and_marks_may_be_decomposed() -> None:
    text = unicodedata.normalize("NFD", "Thực hiện Nghị định số 61/2018/NĐ-CP của Chính phủ.")
    assert _cited(text) == [("Nghị định số 61/2018/NĐ-CP", "Nghị định 61/2018/NĐ-CP")]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Quyết định số 27A/QĐ-UBND", "27A"),
        ("Quyết định số 27a/QĐ-UBND", "27A"),
        ("Quyết định số 27^A/QĐ-UBND", "27A"),
        ("Quyết định số 14 bis/QĐ-UBND", "14 bis"),
        ("Quyết định số 27 b/QĐ-UBND", "27B"),
    ],
)
def test_a_letter_behind_the_number_is_part_of_it(printed: str, number: str) -> None:
    ((_, meant),) = _cited(f"Theo {printed} của UBND huyện.")
    assert meant == f"Quyết định {number}/QĐ-UBND"


def test_a_footnote_mark_is_no_part_of_a_citation() -> None:
    assert _cited("Kế hoạch số 88/KH-UBND⁶ của UBND huyện⁵.") == [("Kế hoạch số 88/KH-UBND", "Kế hoạch 88/KH-UBND")]


def test_a_symbol_tells_the_type_where_no_word_does() -> None:
    """That of the National Assembly does not: laws, codes and resolutions bear it."""
    text = "Rà soát theo 13-CT/TW, 61/2018/NĐ-CP, 311/UBND-VX và 10/2022/QH15."
    assert [meant for _, meant in _cited(text)] == [
        "Chỉ thị 13-CT/TW",
        "Nghị định 61/2018/NĐ-CP",
        "Công văn 311/UBND-VX",
        "10/2022/QH15",
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Quy định số 14-QĐi/TW", "Quy định 14-QĐi/TW"),
        ("Quy định số 44-QĐ/TW", "Quy định 44-QĐ/TW"),
        ("Quyết định số 44-QĐ/TW", "Quyết định 44-QĐ/TW"),
        ("Thông báo kết luận số 44-TB/TW", "Thông báo kết luận 44-TB/TW"),
        ("Kế hoạch liên tịch số 4/KHLT-UBND-MTTQ", "Kế hoạch liên tịch 4/KHLT-UBND-MTTQ"),
        ("NQ 76/NQ-CP", "Nghị quyết 76/NQ-CP"),
        ("NQ số 76/NQ-CP", "Nghị quyết 76/NQ-CP"),
        ("Công văn số 318/PNV", "Công văn 318/PNV"),
        ("Công văn số 1187/UBND-PNV", "Công văn 1187/UBND-PNV"),
        ("Công văn số 366", "Công văn 366"),
        ("QĐ số 52/2013", "Quyết định 52/2013"),
    ],
)
def test_the_word_beats_the_code_and_both_together_are_one_citation(text: str, meant: str) -> None:
    assert _cited(f"Xã triển khai {text} của cấp trên.") == [(text, meant)]


def test_unknown_codes_in_capitals_are_taken_as_printed() -> None:
    assert _cited("Công văn số 45/XYZ-QWT của đơn vị.") == [("Công văn số 45/XYZ-QWT", "Công văn 45/XYZ-QWT")]


def test_a_word_run_on_to_a_symbol_is_cut_off() -> None:
    assert _cited("Quyết định số 12/QĐ-UBNDCăn cứ quy định.")[0] == (
        "Quyết định số 12/QĐ-UBND",
        "Quyết định 12/QĐ-UBND",
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Nghị quyết số 26, 27-NQ/TW", ["26-NQ/TW", "27-NQ/TW"]),
        ("Nghị quyết số 26 và số 27-NQ/TW", ["26-NQ/TW", "27-NQ/TW"]),
        ("các Kế hoạch số 71, 72, 73-KH/TU", ["71-KH/TU", "72-KH/TU", "73-KH/TU"]),
        ("Chỉ thị 21, 22/CT-TTg", ["21/CT-TTg", "22/CT-TTg"]),
        ("Chỉ thị 21; 22/CT-TTg", ["21/CT-TTg", "22/CT-TTg"]),
        ("Nghị quyết 26-27/NQ-TW", ["26-NQ/TW", "27-NQ/TW"]),
        ("Công văn số 12a, 13/UBND-VX", ["12A/UBND-VX", "13/UBND-VX"]),
        ("các Quyết định từ số 21 đến số 24/QĐ-UBND", [f"{n}/QĐ-UBND" for n in range(21, 25)]),
        ("Kế hoạch số 201-205/KH-UBND", [f"{n}/KH-UBND" for n in range(201, 206)]),
        (
            "Nghị định 20/2014/NĐ-CP, 61/2018/NĐ-CP và 42/2022/NĐ-CP",
            ["20/2014/NĐ-CP", "61/2018/NĐ-CP", "42/2022/NĐ-CP"],
        ),
    ],
)
def test_a_symbol_printed_once_belongs_to_every_number_of_its_list(text: str, meant: list[str]) -> None:
    found = [canonical.partition(" ")[2].removeprefix("hoạch ") for _, canonical in _cited(f"Theo {text} đã nêu.")]
    assert [canonical.split(" ")[-1] for canonical in found] == meant


def test_a_hyphen_before_a_party_symbol_begins_no_range() -> None:
    assert _cited("Kế hoạch số 201-KH/TU.") == [("Kế hoạch số 201-KH/TU", "Kế hoạch 201-KH/TU")]


def test_two_kinds_side_by_side_share_no_symbol() -> None:
    found = [meant for _, meant in _cited("Theo Chỉ thị 41, 57-KL/TW của Bộ Chính trị.")]
    assert "Chỉ thị 41-KL/TW" not in found
    assert found[-1] == "Kết luận 57-KL/TW"


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ thị 41 của Ban Bí thư",
        "Chỉ thị 41, xã đã họp",
        "Chỉ thị số 41",
        "Quy định 41) của Đảng",
        "Nghị định 61/2018",
        "Pháp lệnh số 20 về ưu đãi",
    ],
)
def test_a_type_and_a_number_alone_are_a_citation(text: str) -> None:
    assert len(_cited(f"Thực hiện {text}")) == 1


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Kế hoạch của UBND thị trấn Phượng An số 418/KH-UBND", "Kế hoạch 418/KH-UBND"),
        ("Kế hoạch của UBND xã Bản Đá số 418/KH-UBND", "Kế hoạch 418/KH-UBND"),
        ("PHƯƠNG ÁN số 418/PA-UBND", "Phương án 418/PA-UBND"),
        ("Phuong an số 418/PA-UBND", "Phương án 418/PA-UBND"),
        ("Kê hoạch số 418/KH-UBND", "Kế hoạch 418/KH-UBND"),
        ("Kế họach số 418/KH-UBND", "Kế hoạch 418/KH-UBND"),
        ("ĐA số 418/ĐA-UBND", "Đề án 418/ĐA-UBND"),
    ],
)
def test_a_type_word_may_lose_its_marks_and_has_no_others(printed: str, meant: str) -> None:
    assert _cited(f"Thực hiện {printed} về kiểm tra, xã đã họp.") == [(printed, meant)]


@pytest.mark.parametrize(
    ("place", "symbol", "meant"),
    [
        ("PHƯỜNG ĐÁ VỤNG", "KH-UBND", "Kế hoạch 1/KH-UBND"),
        ("XÃ NHẠN ĐÁ", "BC-UBND", "Báo cáo 1/BC-UBND"),
        ("THỊ TRẤN PHƯỢNG AN", "BC-UBND", "Báo cáo 1/BC-UBND"),
        ("THỊ TRẤN PHƯỢNG AN", "PA-UBND", "Phương án 1/PA-UBND"),
    ],
)
def test_the_place_above_the_own_number_is_no_type_word(place: str, symbol: str, meant: str) -> None:
    text = f"ỦY BAN NHÂN DÂN\n{place}\nSố: 1/{symbol}\n\nCăn cứ Luật số 10/2022/QH15;\n"
    (own,) = (c for c in find_citations(report_of(text, file="x")).cited if c.own)
    assert str(own.instrument) == meant


@pytest.mark.parametrize(
    "reference",
    ["kết luận 57", "Kết luận 57-KL/TW", "57-kl/tw", "KL 57", "  Kết   luận số 57- KL/TW "],
)
def test_a_reference_is_read_however_loosely_it_is_typed(reference: str) -> None:
    surface = read_reference(reference)
    assert surface is not None
    assert surface.type is not None
    assert (surface.type.name, surface.core.number) == ("Kết luận", "57")


@pytest.mark.parametrize(
    "reference", ["", "57", "kế hoạch năm tới", "Kết luận 57-KL/TW và Chỉ thị 13-CT/TW", "tiền 57"]
)
def test_what_is_not_exactly_one_citation_is_no_reference(reference: str) -> None:
    assert read_reference(reference) is None


def test_a_scan_gives_surfaces_in_order_that_begin_at_their_number() -> None:
    text = "Theo Chỉ thị số 13-CT/TW và Nghị quyết số 26, 27-NQ/TW."
    found = list(scan(text, fold(text)))
    assert [s.start for s in found] == sorted(s.start for s in found)
    assert [text[s.core.start :].startswith(n) for s, n in zip(found, ("13", "26", "27"), strict=True)] == [
        True,
        False,
        True,
    ]
    assert found[1].list_id == found[2].list_id != found[0].list_id
