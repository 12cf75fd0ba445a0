"""The hard cases of parts that are missing or shortened (24-34)."""

import pytest
from cases import only, read

from corpus.reading import report_of
from graph.extract import find_citations


# --- cases 24-25
@pytest.mark.parametrize(
    ("text", "canonical", "date", "issuer"),
    [
        ("Kế hoạch 93-KH/TU ngày 06/9/2018 của Tỉnh ủy Sơn Hà", "93-KH/TU", "2018-09-06", "Tỉnh ủy Sơn Hà"),
        ("Chỉ thị 40-CT/TW ngày 22/11/2014 của Ban Bí thư", "40-CT/TW", "2014-11-22", "Ban Bí thư"),
        ("Nghị định 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ", "61/2018/NĐ-CP", "2018-04-23", "Chính phủ"),
        ("Quyết định 88-QĐ/TW Bộ Chính trị", "88-QĐ/TW", None, "Bộ Chính trị"),
        ("Hướng dẫn số 12-HD/BTCTW Ban Tổ chức Trung ương", "12-HD/BTCTW", None, "Ban Tổ chức Trung ương"),
        ("Kế hoạch số 33/KH-UBND ngày 08/3/2022 UBND tỉnh", "33/KH-UBND", "2022-03-08", "Ủy ban nhân dân tỉnh Sơn Hà"),
    ],
)
def test_a_citation_is_full_without_its_small_words(text: str, canonical: str, date: str | None, issuer: str) -> None:
    citation, cited = only(f"Huyện tiếp tục triển khai {text} về công tác cán bộ.")
    assert (cited.instrument.canonical, cited.date, cited.issuer) == (canonical, date, issuer)
    assert (cited.title, citation.short_form) == ("công tác cán bộ", False)


# --- case 26
@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("NQ 76/NQ-CP", "Nghị quyết 76/NQ-CP"),
        ("QĐ số 615/QĐ-UBND", "Quyết định 615/QĐ-UBND"),
        ("KH số 33/KH-UBND", "Kế hoạch 33/KH-UBND"),
        ("CT 40-CT/TW", "Chỉ thị 40-CT/TW"),
        ("CV số 512-CV/HU", "Công văn 512-CV/HU"),
    ],
)
def test_a_type_in_short_before_its_symbol_is_one_citation(printed: str, meant: str) -> None:
    citation, cited = only(f"Huyện thực hiện {printed} trong năm.")
    assert (citation.text, str(cited.instrument)) == (printed, meant)


# --- case 27
@pytest.mark.parametrize(
    ("printed", "kind", "number", "year"),
    [
        ("QĐ số 52/2013", "Quyết định", "52", 2013),
        ("Quyết định số 27/2019", "Quyết định", "27", 2019),
        ("Nghị định số 104/2016", "Nghị định", "104", 2016),
    ],
)
def test_a_number_with_its_year_alone_is_a_document_without_symbol(
    printed: str, kind: str, number: str, year: int
) -> None:
    citation, cited = only(f"Chi trả chế độ cho 14 người theo {printed}.")
    instrument = cited.instrument
    assert (citation.text, instrument.type, instrument.number, instrument.year) == (printed, kind, number, year)
    assert (instrument.symbol, instrument.canonical) == (None, f"{number}/{year}")


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Quyết định số 52/2013/QĐ-TTg", "QĐ số 52/2013"),
        ("Nghị định số 104/2016/NĐ-CP", "Nghị định số 104/2016"),
    ],
)
def test_a_number_with_its_year_alone_is_the_full_form_that_the_text_has(full: str, short: str) -> None:
    reading = read(f"Thực hiện {full}, huyện họp. Chi trả theo {short}.")
    assert [c.instrument.canonical for c in reading.cited] == [full.rpartition(" ")[2]]
    assert [c.short_form for c in reading.citations] == [False, True]


# --- case 28
@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Pháp lệnh số 20/2004/PL-UBTVQH11", "Pháp lệnh số 20"),
        ("Chỉ thị số 77-CT/TW", "Chỉ thị 77"),
        ("Kế hoạch số 093-KH/TU", "Kế hoạch số 93"),
        ("Nghị quyết số 91/NQ-HĐND", "NQ số 91"),
    ],
)
def test_type_and_number_alone_mean_the_only_document_of_them(full: str, short: str) -> None:
    reading = read(f"Thực hiện {full} về dân vận, huyện họp. Đã sơ kết việc thực hiện {short}, kết quả tốt.")
    assert [c.instrument.canonical for c in reading.cited] == [full.rpartition(" ")[2]]
    assert [(c.cited, c.short_form) for c in reading.citations] == [(0, False), (0, True)]
    assert reading.citations[1].confidence < 1


@pytest.mark.parametrize(("kind", "number"), [("Pháp lệnh", "98"), ("Chỉ thị", "87"), ("Kế hoạch", "1204")])
def test_type_and_number_without_a_full_form_are_a_document_of_unknown_symbol(kind: str, number: str) -> None:
    _, cited = only(f"Huyện thực hiện tốt {kind} số {number}, không có vi phạm.")
    assert (cited.instrument.type, cited.instrument.canonical, cited.instrument.symbol) == (kind, number, None)


# --- case 29
@pytest.mark.parametrize(
    ("text", "number", "date", "issuer"),
    [
        (
            "Công văn số 733, ngày 09/6/2021 của Ban Thường vụ Thị ủy Sơn Hòa",
            *("733", "2021-06-09", "Ban Thường vụ Thị ủy Sơn Hòa"),
        ),
        (
            "Công văn số 48 ngày 11 tháng 02 năm 2020 của UBND tỉnh",
            *("48", "2020-02-11", "Ủy ban nhân dân tỉnh Sơn Hà"),
        ),
        ("Thông báo số 214, ngày 03.8.2022 của Huyện ủy", "214", "2022-08-03", "Huyện ủy Phước Lâm"),
    ],
)
def test_a_bare_number_is_known_by_its_date_and_issuer(text: str, number: str, date: str, issuer: str) -> None:
    _, cited = only(f"Thực hiện {text} về phòng dịch, huyện đã họp.")
    assert (cited.instrument.canonical, cited.instrument.symbol) == (number, None)
    assert (cited.date, cited.issuer) == (date, issuer)


# --- case 30
@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("40-CT/TW", "Chỉ thị"),
        ("61/2018/NĐ-CP", "Nghị định"),
        ("615/QĐ-UBND", "Quyết định"),
        ("37-NQ/TW", "Nghị quyết"),
        ("1187/UBND-PNV", "Công văn"),
    ],
)
def test_a_symbol_without_a_word_tells_the_type_and_is_less_sure(symbol: str, kind: str) -> None:
    citation, cited = only(f"Việc chấm điểm được làm theo {symbol} trong toàn huyện.")
    assert (citation.text, cited.instrument.type) == (symbol, kind)
    assert citation.confidence < 1


# --- cases 31-32
@pytest.mark.parametrize(
    ("text", "canonical", "issuer"),
    [
        ("Công văn số 318/PNV của Phòng Nội vụ huyện Phước Lâm", "318/PNV", "Phòng Nội vụ huyện Phước Lâm"),
        ("Công văn số 318/PNV ngày 05/3/2022 của Phòng Nội vụ huyện", "318/PNV", "Phòng Nội vụ huyện Phước Lâm"),
        ("công văn số 57/TTHU của Thường trực Huyện ủy Phước Lâm", "57/TTHU", "Thường trực Huyện ủy Phước Lâm"),
        ("Công văn số 1187/UBND-PNV của UBND huyện", "1187/UBND-PNV", "Ủy ban nhân dân huyện Phước Lâm"),
        ("Công văn 1187/UBND-PNV", "1187/UBND-PNV", "Ủy ban nhân dân huyện Phước Lâm"),
        ("Công văn số 92/UBND - VX của UBND tỉnh Sơn Hà", "92/UBND-VX", "Ủy ban nhân dân tỉnh Sơn Hà"),
    ],
)
def test_a_dispatch_has_the_symbol_of_an_office_alone(text: str, canonical: str, issuer: str) -> None:
    _, cited = only(f"Theo {text}, huyện đã rà soát.")
    assert (str(cited.instrument), cited.issuer) == (f"Công văn {canonical}", issuer)


# --- case 33
@pytest.mark.parametrize(
    ("number", "day", "date"),
    [
        ("Số: /BC-UBND", "ngày   tháng 9 năm 2022", "2022-09"),
        ("Số:       /BC-UBND", "ngày    tháng 12 năm 2022", "2022-12"),
        ("Số: ..../BC-UBND", "ngày ... tháng 3 năm 2022", "2022-03"),
        ("Số:…/BC-UBND", "ngày … tháng 11 năm 2021", "2021-11"),
    ],
)
def test_a_blank_own_number_is_no_citation_and_the_month_is_known(number: str, day: str, date: str) -> None:
    report = report_of(
        f"ỦY BAN NHÂN DÂN\nHUYỆN PHƯỚC LÂM\n\n{number}\n\nPhước Lâm, {day}\n\nBÁO CÁO\n"
        "Kết quả công tác dân vận\n\nTrong năm, huyện đã tổ chức nhiều cuộc họp dân.\n",
        file="x",
    )
    reading = find_citations(report)
    assert (report.header.type, report.header.number, report.header.date) == ("Báo cáo", None, date)
    assert (reading.cited, reading.citations) == ((), ())
    assert [r.why for r in reading.refused] == ["số để trống"]


# --- case 34
@pytest.mark.parametrize(
    "printed",
    [
        "Quyết định số …/QĐ-UBND",
        "Quyết định số ……/QĐ-UBND",
        "Quyết định số ...../QĐ-UBND",
        "Kế hoạch số      /KH-UBND",
        "Kế hoạch số ___/KH-UBND",
        "Công văn số .../UBND-NV",
        "Kế hoạch số      -KH/HU",
        "Nghị quyết số …-NQ/ĐU",
    ],
)
def test_a_number_left_blank_inside_a_citation_means_no_document(printed: str) -> None:
    reading = read(f"Thực hiện {printed} ngày    /5/2022 của UBND tỉnh về chuyển đổi số, huyện đã họp.")
    assert (reading.cited, reading.citations) == ((), ())
    assert "số để trống" in [r.why for r in reading.refused]
