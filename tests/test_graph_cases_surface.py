"""The hard cases of the surface (1-23): noise changes nothing of what is cited.

The other cases stand beside: `_short`, `_names`, `_lists`, `_pointing`, `_identity`, `_silence`.
"""

import unicodedata
from dataclasses import replace

import pytest
from cases import HEADER, only, pairs, read

from corpus.reading import report_of
from graph.extract import find_citations


def _cited(text: str) -> list[tuple[str, str]]:
    """(as printed, type and canonical form) of each citation."""
    return [(c.text, str(d.instrument)) for c, d in pairs(text)]


# --- cases 1-3
@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Kết luận số 63- KL/TW", "Kết luận 63-KL/TW"),
        ("Quy định số 214 -QĐ/TW", "Quy định 214-QĐ/TW"),
        ("Chương trình số 11- CTr/ TU", "Chương trình 11-CTr/TU"),
        ("Kế hoạch số 812/KH - UBND", "Kế hoạch 812/KH-UBND"),
        ("Báo cáo số 7/BC - HĐND", "Báo cáo 7/BC-HĐND"),
        ("Công văn số 2310/UBND - KGVX", "Công văn 2310/UBND-KGVX"),
        ("Kế hoạch 33/KH- UBND", "Kế hoạch 33/KH-UBND"),
        ("Quyết định số 615/QĐ -UBND", "Quyết định 615/QĐ-UBND"),
        ("Nghị định số 61 /2018/ NĐ-CP", "Nghị định 61/2018/NĐ-CP"),
    ],
)
@pytest.mark.parametrize("frame", ["Huyện đã phổ biến {} đến nhân dân.", "- {};\n", "(theo {})"])
def test_blanks_round_a_hyphen_or_a_slash_belong_to_the_citation(printed: str, meant: str, frame: str) -> None:
    assert _cited(frame.format(printed)) == [(printed, meant)]


# --- cases 4-5
@pytest.mark.parametrize(
    ("text", "printed", "date"),
    [
        ("Chỉ thị số 40-CT/TW ngày \n\n 22/11/2014 của Ban Bí thư", "Chỉ thị số 40-CT/TW", "2014-11-22"),
        ("Kế hoạch số 812/KH-UBND ngày\n\n\n08 tháng 3 năm 2022", "Kế hoạch số 812/KH-UBND", "2022-03-08"),
        ("Công văn số 512-CV/HU \n\n ngày 03/4/2022 của Huyện ủy", "Công văn số 512-CV/HU", "2022-04-03"),
        ("Kết luận số 63-KL/TW,\n\n14\n\nngày 27/5/2020 của Bộ Chính trị", "Kết luận số 63-KL/TW", "2020-05-27"),
        ("Quyết định số 615/QĐ-UBND ngày\n\n- 6 -\n\n19/7/2021", "Quyết định số 615/QĐ-UBND", "2021-07-19"),
    ],
)
def test_a_page_break_parts_no_date_from_its_number(text: str, printed: str, date: str) -> None:
    citation, cited = only(f"Tiếp tục thực hiện {text}.")
    assert (citation.text, cited.date) == (printed, date)


# --- case 6
@pytest.mark.parametrize(
    ("after", "issuer"),
    [
        ("Quyết định số 733/QĐ-TTg của Thủ tướng \n\n Chính phủ", "Thủ tướng Chính phủ"),
        ("Quyết định số 733/QĐ-TTg của Thủ\n\ntướng Chính phủ", "Thủ tướng Chính phủ"),
        ("Kế hoạch số 91/KH-UBND của Ủy ban nhân\n\ndân huyện Phước Lâm", "Ủy ban nhân dân huyện Phước Lâm"),
        ("Nghị quyết số 37-NQ/TW của Ban Chấp\n\n3\n\nhành Trung ương", "Ban Chấp hành Trung ương"),
        ("Chỉ thị số 40-CT/TW của Ban\n\nBí thư", "Ban Bí thư"),
    ],
)
def test_a_page_break_parts_no_name_of_an_issuer(after: str, issuer: str) -> None:
    assert only(f"Thực hiện {after} về công tác dân vận, huyện đã họp.")[1].issuer == issuer


# --- case 7
_FOOTNOTE = "⁴ Tổng số 19 cuộc họp, 540 người dự, theo Công văn số 73/PNV ngày 05/3/2022 của Phòng Nội vụ."
_HALVES = ("Trong quý, các phòng đã nghiêm túc triển khai", "Kế hoạch số 58/KH-UBND của UBND tỉnh về chuyển đổi số.")


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n7\n\n"])
def test_a_footnote_is_a_scope_of_its_own_between_two_halves_of_a_sentence(gap: str) -> None:
    (foot, note), (body, plan) = pairs(gap.join((_HALVES[0], _FOOTNOTE, _HALVES[1])))
    assert (note.instrument.canonical, note.date) == ("73/PNV", "2022-03-05")
    assert (plan.instrument.canonical, plan.date, plan.issuer) == (
        *("58/KH-UBND", None, "Ủy ban nhân dân tỉnh Sơn Hà"),
    )
    assert "Tổng số" not in body.sentence
    assert "Trong quý" not in foot.sentence
    assert "chuyển đổi số" not in foot.sentence


@pytest.mark.parametrize("mark", ["⁴", "\ufffd", "[4]"])
def test_a_date_or_body_of_a_footnote_is_not_that_of_the_citation_before_it(mark: str) -> None:
    text = f"Huyện triển khai Chỉ thị số 40-CT/TW\n\n{mark} Ngày 03/4/2022 của Huyện ủy có 12 hộ dự.\n\nđến nhân dân."
    _, cited = only(text)
    assert (cited.date, cited.issuer) == (None, None)


# --- case 8
@pytest.mark.parametrize("mark", ["⁶", "¹²", "[6]", "^6", "^{12}"])
@pytest.mark.parametrize(
    ("body", "issuer"),
    [
        ("Ban Chấp hành Trung ương", "Ban Chấp hành Trung ương"),
        ("Ban Bí thư", "Ban Bí thư"),
        ("UBND huyện", "Ủy ban nhân dân huyện Phước Lâm"),
    ],
)
def test_a_footnote_mark_is_no_part_of_a_name_and_no_number(body: str, issuer: str, mark: str) -> None:
    text = f"Các đơn vị trực thuộc{mark} thực hiện Nghị quyết số 37-NQ/TW{mark} của {body}{mark} về dân vận."
    citation, cited = only(text)
    assert (citation.text, str(cited.instrument)) == ("Nghị quyết số 37-NQ/TW", "Nghị quyết 37-NQ/TW")
    assert cited.issuer == issuer


# --- cases 9-10
@pytest.mark.parametrize(
    ("printed", "number", "canonical"),
    [
        ("Quyết định số 33^B/QĐ-UBND", "33B", "33B/QĐ-UBND"),
        ("Kế hoạch số 120^A/KH-UBND", "120A", "120A/KH-UBND"),
        ("Quyết định số 33A/QĐ-UBND", "33A", "33A/QĐ-UBND"),
        ("Kế hoạch số 08c-KH/HU", "08C", "08C-KH/HU"),
        ("Kế hoạch 08c/KH-HU", "08C", "08C-KH/HU"),
        ("Quyết định số 21 bis/QĐ-UBND", "21 bis", "21 bis/QĐ-UBND"),
        ("Quyết định số 21bis/QĐ-UBND", "21 bis", "21 bis/QĐ-UBND"),
    ],
)
def test_a_letter_or_bis_behind_a_number_makes_another_number(printed: str, number: str, canonical: str) -> None:
    citation, cited = only(f"Huyện đã công khai {printed} tại trụ sở.")
    assert citation.text == printed.replace("^", "")  # the cleaner has taken the mark of the superscript away
    assert (cited.instrument.number, cited.instrument.canonical) == (number, canonical)
    plain = printed.replace(" bis", "").replace("bis", "").translate(dict.fromkeys(map(ord, "^ABc")))
    both = read(f"Huyện có {printed} và {plain}.")
    assert len(both.cited) == 2


# --- case 11
@pytest.mark.parametrize(
    ("one", "other", "issuer"),
    [
        ("Uỷ ban nhân dân huyện Phước Lâm", "Ủy ban nhân dân huyện Phước Lâm", "Ủy ban nhân dân huyện Phước Lâm"),
        ("Thị uỷ Sơn Hoà", "Thị ủy Sơn Hòa", "Thị ủy Sơn Hòa"),
        ("Ban Thường vụ Huyện uỷ Phước Lâm", "Ban Thường vụ Huyện ủy Phước Lâm", "Ban Thường vụ Huyện ủy Phước Lâm"),
    ],
)
def test_old_and_new_placement_of_the_tone_are_one_issuer(one: str, other: str, issuer: str) -> None:
    text = "Theo Kế hoạch số 57/KH-XYZ của {}, huyện đã họp.".replace("XYZ", "UBND" if "ban nhân" in one else "TU")
    found = [only(text.format(body))[1].issuer for body in (one, other)]
    assert found == [issuer, issuer]
    assert len(read(text.format(one) + "\n" + text.format(other)).cited) == 1


# --- case 12
@pytest.mark.parametrize(
    ("without", "with_", "canonical"),
    [
        ("Quyet dinh so 613/QD-UBND", "Quyết định số 613/QĐ-UBND", "613/QĐ-UBND"),
        ("Ke hoach so 22-KH/DU", "Kế hoạch số 22-KH/ĐU", "22-KH/ĐU"),
        ("Nghi dinh so 61/2018/ND-CP", "Nghị định số 61/2018/NĐ-CP", "61/2018/NĐ-CP"),
        ("Nghị định số 61/2018/ND-CP", "Nghị định số 61/2018/NĐ-CP", "61/2018/NĐ-CP"),
        ("Phap lenh so 20/2004/PL-UBTVQH11", "Pháp lệnh số 20/2004/PL-UBTVQH11", "20/2004/PL-UBTVQH11"),
        ("Chi thi so 40-CT/TW", "Chỉ thị số 40-CT/TW", "40-CT/TW"),
    ],
)
def test_lost_diacritics_change_no_document_and_make_it_less_sure(without: str, with_: str, canonical: str) -> None:
    bare, bare_cited = only(f"Huyen trien khai {without} den nhan dan.")
    full, full_cited = only(f"Huyện triển khai {with_} đến nhân dân.")
    assert bare_cited.instrument == full_cited.instrument
    assert (bare_cited.instrument.canonical, bare_cited.instrument.type) == (canonical, full_cited.instrument.type)
    assert bare.confidence < full.confidence == 1


def test_a_symbol_that_has_no_diacritics_has_lost_none() -> None:
    assert only("Thực hiện Pháp lệnh số 20/2004/PL-UBTVQH11, huyện họp.")[0].confidence == 1


# --- case 13
@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị định số 61/2018/NÐ-CP của Chính phủ, huyện đã họp.",
        "Thực hiện Nghị định số 61/2018/NƉ-CP của Chính phủ, huyện đã họp.",
        unicodedata.normalize("NFD", "Thực hiện Nghị định số 61/2018/NĐ-CP của Chính phủ, huyện đã họp."),
    ],
)
def test_a_foreign_or_decomposed_letter_is_the_same_letter_and_the_span_is_what_the_text_says(text: str) -> None:
    report = replace(report_of(f"Mở đầu.\n{text}", file="x"), header=HEADER)
    (citation,) = find_citations(report).citations
    assert _cited(text) == [("Nghị định số 61/2018/NĐ-CP", "Nghị định 61/2018/NĐ-CP")]
    assert (report.text[citation.start : citation.end], citation.line) == (citation.text, 2)


# --- case 14
@pytest.mark.parametrize("dash", ["–", "—", "−", "\u2011", "\u2010", "\u00ad-"])
@pytest.mark.parametrize(
    ("printed", "meant"), [("37{}NQ/TW", "Nghị quyết 37-NQ/TW"), ("91/NQ{}HĐND", "Nghị quyết 91/NQ-HĐND")]
)
def test_every_dash_is_a_hyphen(printed: str, meant: str, dash: str) -> None:
    assert [m for _, m in _cited(f"Quán triệt Nghị quyết số {printed.format(dash)} đến đảng viên.")] == [meant]


# --- cases 15, 16, 18
@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("kế hoạch số 33/KH-UBND", "Kế hoạch 33/KH-UBND"),
        ("công văn số 81-CV/BCĐ", "Công văn 81-CV/BCĐ"),
        ("quy định số 214-QĐ/TW", "Quy định 214-QĐ/TW"),
        ("CHỈ THỊ SỐ 40-CT/TW", "Chỉ thị 40-CT/TW"),
        ("NGHỊ ĐỊNH SỐ 61/2018/NĐ-CP", "Nghị định 61/2018/NĐ-CP"),
        ("Kế Hoạch Số 33/KH-UBND", "Kế hoạch 33/KH-UBND"),
        ("Chỉ thị số40-CT/TW", "Chỉ thị 40-CT/TW"),
        ("quyđịnh số 214-QĐ/TW", "Quy định 214-QĐ/TW"),
        ("Kếhoạch số 33/KH-UBND", "Kế hoạch 33/KH-UBND"),
        ("Nghịquyết số37-NQ/TW", "Nghị quyết 37-NQ/TW"),
    ],
)
def test_case_and_a_lost_blank_do_not_matter(printed: str, meant: str) -> None:
    assert _cited(f"Tập trung triển khai {printed} trong toàn huyện.") == [(printed, meant)]


@pytest.mark.parametrize(
    ("printed", "meant", "date"),
    [
        ("Kế hoạch số 33/KH-UBNDngày 08/3/2022", "33/KH-UBND", "2022-03-08"),
        ("Quyết định số 615/QĐ-TTgVề việc rà soát", "615/QĐ-TTg", None),
        ("Nghị định số 61/2018/NĐ-CPngày 23/4/2018", "61/2018/NĐ-CP", "2018-04-23"),
        ("Chỉ thị số 40-CT/TWcủa Ban Bí thư", "40-CT/TW", None),
        ("Quyết định số 615/QĐ-UBNDCăn cứ quy định", "615/QĐ-UBND", None),
    ],
)
def test_a_word_run_on_to_a_symbol_is_none_of_it(printed: str, meant: str, date: str | None) -> None:
    _, cited = only(f"Huyện triển khai {printed} đến nhân dân.")
    assert (cited.instrument.canonical, cited.date) == (meant, date)


# --- case 17
@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Kết luận số 63/KL-TW", "Kết luận 63-KL/TW"),
        ("Chỉ thị số 40/CT-TW", "Chỉ thị 40-CT/TW"),
        ("Kế hoạch số 09-KH/UBND", "Kế hoạch 09/KH-UBND"),
        ("Quyết định số 615/QĐ/UBND", "Quyết định 615/QĐ-UBND"),
        ("Kế hoạch số 21/KH.UBND", "Kế hoạch 21/KH-UBND"),
        ("Nghị quyết số 37-NQTW", "Nghị quyết 37-NQ/TW"),
    ],
)
def test_a_wrong_separator_is_set_right_and_flagged(printed: str, meant: str) -> None:
    citation, cited = only(f"Huyện tổ chức học tập {printed} trong quý.")
    assert (citation.text, str(cited.instrument)) == (printed, meant)
    assert citation.confidence < 1


# --- case 19
_OCR = [
    ("Chỉ thị số 4O-CT/TW", "Chỉ thị số 40-CT/TW"),
    ("Chỉ thị số O8-CT/TW", "Chỉ thị số 08-CT/TW"),
    ("Chỉ thị số 40-CT/IW", "Chỉ thị số 40-CT/TW"),
    ("Kết luận số 163-KI/TW", "Kết luận số 163-KL/TW"),
    ("Kết luận số l63-KL/TW", "Kết luận số 163-KL/TW"),
    ("Kết luận số I63-KL/TW", "Kết luận số 163-KL/TW"),
]


@pytest.mark.parametrize(("misread", "right"), _OCR)
def test_a_letter_misread_by_a_machine_is_set_right_where_the_document_stands_correctly(
    misread: str, right: str
) -> None:
    for text in (f"Quán triệt {right}. Theo {misread}, huyện họp.", f"Theo {misread}, huyện họp. Quán triệt {right}."):
        reading = read(text)
        assert [c.instrument.canonical for c in reading.cited] == [right.rpartition(" ")[2]]
        assert sorted(c.text for c in reading.citations) == sorted([right, misread])


@pytest.mark.parametrize(("misread", "right"), _OCR)
@pytest.mark.parametrize("elsewhere", ["", "Quán triệt Chỉ thị số 77-CT/TW. "])
def test_a_letter_misread_by_a_machine_is_refused_where_nothing_corroborates_it(
    misread: str, right: str, elsewhere: str
) -> None:
    reading = read(f"{elsewhere}Huyện đã thực hiện {misread}, huyện họp.")
    assert right.rpartition(" ")[2] not in [c.instrument.canonical for c in reading.cited]
    assert len(reading.citations) == bool(elsewhere)
    (refused,) = [r for r in reading.refused if r.why == "nghi lỗi nhận dạng"]
    assert misread.rpartition(" ")[2] in refused.text


# --- case 20
@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ('đẩy mạnh "*Nói đi đôi với làm*"', 'đẩy mạnh "Nói đi đôi với làm"'),
        ("“**Nâng cao kỷ luật công vụ**”", "Nâng cao kỷ luật công vụ"),
        ("“nâng cao kỷ luật công vụ”", "nâng cao kỷ luật công vụ"),
        ('"*nâng cao kỷ luật công vụ*"', "nâng cao kỷ luật công vụ"),
        ("*nâng cao kỷ luật công vụ*", "nâng cao kỷ luật công vụ"),
        ("_nâng cao kỷ luật công vụ_", "nâng cao kỷ luật công vụ"),
    ],
)
def test_a_title_has_no_markup_and_no_quotation_marks_round_it(printed: str, title: str) -> None:
    _, cited = only(f"Thực hiện Chỉ thị số 40-CT/TW ngày 22/11/2014 của Ban Bí thư về {printed}; huyện đã họp.")
    assert (cited.title or "").removeprefix("về ") == title


# --- case 21
@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 33/KH-UBND ngày 08/3/2022 của của UBND tỉnh về việc về việc rà soát hộ nghèo.",
        "Kế hoạch số số 33/KH-UBND ngày ngày 08/3/2022 của UBND tỉnh về về rà soát hộ nghèo.",
        "Kế hoạch Kế hoạch số 33/KH-UBND ngày 08/3/2022 của UBND tỉnh về việc việc rà soát hộ nghèo.",
    ],
)
def test_a_word_typed_twice_is_one_word(text: str) -> None:
    _, cited = only(f"Thực hiện {text}")
    assert (str(cited.instrument), cited.date) == ("Kế hoạch 33/KH-UBND", "2022-03-08")
    assert (cited.issuer, cited.title) == ("Ủy ban nhân dân tỉnh Sơn Hà", "rà soát hộ nghèo")


# --- case 22
@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Kế hoạch số 33/KH-UBND\nngày 08/3/2022\nRà soát hộ nghèo", ["2022-03-08"]),
        ("Số: 33/KH-UBND\nngày 08/3/2022", ["2022-03-08"]),
        ("| Số: 33/KH-UBND ngày 08/3/2022 | Đã xong |", ["2022-03-08"]),
        ("| Kế hoạch số 33/KH-UBND | ngày 08/3/2022 họp |", [None]),
        ("| Kế hoạch số 33/KH-UBND | Đã xong |\n| ngày 08/3/2022 | Đã họp |", [None]),
        ("| Kế hoạch số 33/KH-UBND | Quyết định số 615/QĐ-UBND ngày 19/7/2021 |", [None, "2021-07-19"]),
    ],
)
def test_lines_of_one_cell_are_joined_and_cells_are_not(text: str, dates: list[str | None]) -> None:
    assert [d.date for _, d in pairs(f"Các văn bản đã ban hành trong kỳ:\n\n{text}\n")] == dates


# --- case 23
@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Pháp lệnh số 20/2004/PL- \nUBTVQH11", "Pháp lệnh 20/2004/PL-UBTVQH11"),
        ("Nghị định số 61/2018/NĐ-\nCP", "Nghị định 61/2018/NĐ-CP"),
        ("Kế hoạch số 812/KH-\n\nUBND", "Kế hoạch 812/KH-UBND"),
        ("Nghị quyết số 37-\nNQ/TW", "Nghị quyết 37-NQ/TW"),
        ("Quyết định số 615/\nQĐ-UBND", "Quyết định 615/QĐ-UBND"),
    ],
)
def test_a_symbol_goes_on_in_the_next_line(printed: str, meant: str) -> None:
    assert _cited(f"Tiếp tục triển khai {printed}, huyện đã họp.") == [(printed.replace(" \n", "\n"), meant)]
