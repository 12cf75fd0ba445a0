"""The hard cases of lists, locators and dates (46-57, 73): what is printed once belongs to all that share it."""

import pytest
from cases import read

from graph.model import Cited

_UBND_TINH = "Ủy ban nhân dân tỉnh Sơn Hà"


def _documents(text: str) -> list[Cited]:
    """The document of each citation."""
    reading = read(text)
    return [reading.cited[c.cited] for c in reading.citations]


def _canonical(text: str) -> list[str]:
    return [str(d.instrument) for d in _documents(text)]


# --- cases 46, 53
@pytest.mark.parametrize(
    ("text", "printed", "meant"),
    [
        (
            "Nghị quyết số 35, 37-NQ/TW",
            ["Nghị quyết số 35", "37-NQ/TW"],
            ["Nghị quyết 35-NQ/TW", "Nghị quyết 37-NQ/TW"],
        ),
        (
            "Quyết định số 615, 616 và 620/QĐ-UBND",
            ["Quyết định số 615", "616", "620/QĐ-UBND"],
            ["Quyết định 615/QĐ-UBND", "Quyết định 616/QĐ-UBND", "Quyết định 620/QĐ-UBND"],
        ),
        ("Chỉ thị 23, 24/CT-TTg", ["Chỉ thị 23", "24/CT-TTg"], ["Chỉ thị 23/CT-TTg", "Chỉ thị 24/CT-TTg"]),
        (
            "các Công văn số 41; 43/UBND-VX",
            ["Công văn số 41", "43/UBND-VX"],
            ["Công văn 41/UBND-VX", "Công văn 43/UBND-VX"],
        ),
    ],
)
def test_each_number_of_a_list_has_its_own_span_and_the_symbol_of_the_last(
    text: str, printed: list[str], meant: list[str]
) -> None:
    reading = read(f"Huyện đã quán triệt {text} đến đảng viên.")
    assert [c.text for c in reading.citations] == printed
    assert [str(reading.cited[c.cited].instrument) for c in reading.citations] == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Nghị quyết 35-37/NQ-TW", ["Nghị quyết 35-NQ/TW", "Nghị quyết 37-NQ/TW"]),
        ("Nghị quyết 20-21/NQ-TW", ["Nghị quyết 20-NQ/TW", "Nghị quyết 21-NQ/TW"]),
    ],
)
def test_two_numbers_with_a_hyphen_before_a_party_symbol_are_two(text: str, meant: list[str]) -> None:
    """They are no range: 36 is not meant."""
    assert _canonical(f"Quán triệt {text} đến đảng viên.") == meant


# --- case 47
@pytest.mark.parametrize(
    ("text", "date", "issuer"),
    [
        ("các Kế hoạch số 93, 94-KH/TU ngày 06/9/2018 của Tỉnh ủy", "2018-09-06", "Tỉnh ủy Sơn Hà"),
        ("các Quyết định số 615 và 616/QĐ-UBND, ngày 19/7/2021 của UBND tỉnh", "2021-07-19", _UBND_TINH),
        (
            "những Chỉ thị 23, 24/CT-TTg ngày 05 tháng 4 năm 2020 của Thủ tướng Chính phủ",
            "2020-04-05",
            "Thủ tướng Chính phủ",
        ),
    ],
)
def test_a_date_behind_a_plural_is_that_of_all(text: str, date: str, issuer: str) -> None:
    found = [(d.date, d.issuer) for d in _documents(f"Thực hiện {text}, huyện họp.")]
    assert found == [(date, issuer), (date, issuer)]


# --- case 48
@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Nghị quyết số 35-NQ/TW, Nghị quyết số 37-NQ/TW, ngày 24/12/2018", ["2018-12-24", "2018-12-24"]),
        ("Kế hoạch số 33/KH-UBND, Kế hoạch số 34/KH-UBND, ngày 08/3/2022", ["2022-03-08", "2022-03-08"]),
        ("Nghị quyết số 35-NQ/TW, Nghị quyết số 37-NQ/TW ngày 24/12/2018", [None, "2018-12-24"]),
        (
            "Nghị quyết số 35-NQ/TW ngày 22/10/2018, Nghị quyết số 37-NQ/TW, ngày 24/12/2018",
            ["2018-10-22", "2018-12-24"],
        ),
    ],
)
def test_only_a_date_behind_a_comma_is_shared_backwards(text: str, dates: list[str | None]) -> None:
    assert [d.date for d in _documents(f"Thực hiện {text}, huyện họp.")] == dates


# --- case 49
@pytest.mark.parametrize(
    ("text", "codes", "issuers"),
    [
        (
            "Nghị quyết số 76/NQ-CP và Quyết định số 22/2018/QĐ-TTg của Thủ tướng Chính phủ",
            ["Chính phủ", "Thủ tướng Chính phủ"],
            [{None, "Chính phủ"}, {"Thủ tướng Chính phủ"}],
        ),
        (
            "Nghị định số 61/2018/NĐ-CP và Kế hoạch số 33/KH-UBND của UBND tỉnh",
            ["Chính phủ", "Ủy ban nhân dân"],
            [{None, "Chính phủ"}, {_UBND_TINH}],
        ),
    ],
)
def test_the_symbol_beats_the_body_behind_the_last(text: str, codes: list[str], issuers: list[set[str | None]]) -> None:
    documents = _documents(f"Thực hiện {text}, huyện họp.")
    assert [d.instrument.issuer_code.body for d in documents if d.instrument.issuer_code] == codes
    assert all(d.issuer in allowed for d, allowed in zip(documents, issuers, strict=True))


# --- case 50
def test_a_body_spreads_backwards_over_semicolons_only_where_the_symbol_allows() -> None:
    text = (
        "Kế hoạch 33/KH-UBND ngày 08/3/2022; Chỉ thị 77-CT/TW, ngày 19/5/2013; Kết luận 63-KL/TW ngày 27/5/2014 của "
        "Bộ Chính trị; Kế hoạch 93-KH/TU ngày 06/9/2018 của Tỉnh ủy"
    )
    assert [(d.instrument.canonical, d.date, d.issuer) for d in _documents(f"Các văn bản: {text}.")][1:] == [
        ("77-CT/TW", "2013-05-19", "Bộ Chính trị"),
        ("63-KL/TW", "2014-05-27", "Bộ Chính trị"),
        ("93-KH/TU", "2018-09-06", "Tỉnh ủy Sơn Hà"),
    ]
    assert "Bộ Chính trị" not in (_documents(f"Các văn bản: {text}.")[0].issuer or "")


# --- case 51
@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        (
            "Nghị định 04/2014/NĐ-CP, 61/2018/NĐ-CP và 107/2021/NĐ-CP",
            *("Nghị định", ["04/2014/NĐ-CP", "61/2018/NĐ-CP", "107/2021/NĐ-CP"]),
        ),
        ("các Thông tư số 01/2018/TT-VPCP, 01/2023/TT-VPCP", "Thông tư", ["01/2018/TT-VPCP", "01/2023/TT-VPCP"]),
        ("Quy định 37-QĐ/TW, 114-QĐ/TW", "Quy định", ["37-QĐ/TW", "114-QĐ/TW"]),
    ],
)
def test_a_type_printed_once_is_that_of_all_full_numbers_behind_it(text: str, kind: str, numbers: list[str]) -> None:
    assert _canonical(f"Thực hiện {text}, huyện đã rà soát.") == [f"{kind} {number}" for number in numbers]


# --- case 52
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("các Quyết định từ số 31 đến số 34/QĐ-UBND", ["31", "32", "33", "34"]),
        ("các Quyết định từ số 31/QĐ-UBND đến số 33/QĐ-UBND", ["31", "32", "33"]),
        ("các Quyết định số 301-304/QĐ-UBND", ["301", "302", "303", "304"]),
        ("các Quyết định số 07 - 09/QĐ-UBND", ["07", "08", "09"]),
    ],
)
def test_a_range_before_a_state_symbol_means_every_number_of_it(text: str, numbers: list[str]) -> None:
    assert _canonical(f"Huyện đã ban hành {text}.") == [f"Quyết định {n}/QĐ-UBND" for n in numbers]


@pytest.mark.parametrize("text", ["Kế hoạch số 301-KH/TU", "Kế hoạch số 301- KH/HU", "Công văn số 12-CV/BCĐ35"])
def test_a_hyphen_in_a_party_number_is_no_range(text: str) -> None:
    assert len(_documents(f"Huyện đã nhận {text} trong quý.")) == 1


# --- cases 54-56
_LOCATORS = [
    "Điều 9",
    "điểm c khoản 3 Điều 9",
    "điểm a, b khoản 2 Điều 7",
    "khoản 1, 2 Điều 7 Chương II",
    "từ Điều 5 đến Điều 8",
    "Điều 5, Điều 6",
]


@pytest.mark.parametrize("locator", _LOCATORS)
@pytest.mark.parametrize("joint", [" ", " của "])
@pytest.mark.parametrize(
    ("target", "meant"),
    [
        ("Pháp lệnh số 20/2004/PL-UBTVQH11", "Pháp lệnh 20/2004/PL-UBTVQH11"),
        ("Pháp lệnh số 20", "Pháp lệnh 20"),
        ("Nghị định số 61/2018/NĐ-CP", "Nghị định 61/2018/NĐ-CP"),
    ],
)
def test_a_locator_points_into_the_one_document_behind_it(locator: str, joint: str, target: str, meant: str) -> None:
    reading = read(f"Công khai các nội dung quy định tại {locator}{joint}{target} đến nhân dân.")
    (citation,) = reading.citations
    assert (citation.text, citation.locator) == (target, locator)
    assert [str(c.instrument) for c in reading.cited] == [meant]


@pytest.mark.parametrize("locator", _LOCATORS)
@pytest.mark.parametrize("joint", [" ", " của "])
def test_a_locator_points_into_a_law_that_is_named(locator: str, joint: str) -> None:
    reading = read(f"Công khai các nội dung quy định tại {locator}{joint}Luật Tiếp công dân đến nhân dân.")
    ((name, number, found),) = [(n.name, n.instrument, n.locator) for n in reading.named]
    assert (name, number, found) == ("Luật Tiếp công dân", "42/2013/QH13", locator)
    assert reading.citations == ()


# --- case 57
@pytest.mark.parametrize(
    "text",
    [
        "khoản 1 Điều này",
        "điểm b khoản 3 Điều này",
        "Điều 4 Quy chế này",
        "Quy chế này",
        "Chương II của Quy định này",
        "Phụ lục kèm theo Quy chế này",
        "khoản 2 Điều 5 Quy chế này và khoản 1 Điều này",
    ],
)
def test_what_points_into_a_document_without_number_invents_nothing(text: str) -> None:
    reading = read(f"Cán bộ, công chức thực hiện theo quy định tại {text}.")
    assert (reading.cited, reading.citations, reading.named) == ((), (), ())
    assert [a.cited for a in reading.anaphora if a.cited is not None] == []


# --- case 73
@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("ngày 23 tháng 4 năm 2018", "2018-04-23"),
        ("ngày 05 tháng 02 năm 2020", "2020-02-05"),
        ("23/4/2018", "2018-04-23"),
        ("ngày 23.4.2018", "2018-04-23"),
        ("ngày 23-4-2018", "2018-04-23"),
        ("ngày 9/04/2018", "2018-04-09"),
        ("ngày 09/4/2018", "2018-04-09"),
        ("năm 2018 của UBND tỉnh", "2018"),
        ("tháng 4/2018 của UBND tỉnh", "2018-04"),
        ("tháng 4 năm 2018 của UBND tỉnh", "2018-04"),
        ("tháng 11.2018 của UBND tỉnh", "2018-11"),
    ],
)
@pytest.mark.parametrize("number", ["Quyết định số 615/QĐ-UBND", "Chỉ thị 77-CT/TW"])
def test_every_form_of_a_date_is_read_with_its_precision(number: str, printed: str, iso: str) -> None:
    (cited,) = _documents(f"Huyện đã sơ kết {number} {printed} về chuyển đổi số.")
    assert cited.date == iso


@pytest.mark.parametrize("period", ["năm 2018", "tháng 4/2018", "tháng 4 năm 2018"])
def test_a_time_without_an_issuer_may_be_what_a_plan_is_for(period: str) -> None:
    (cited,) = _documents(f"Huyện đã sơ kết Kế hoạch số 33/KH-UBND {period} về chuyển đổi số.")
    assert cited.date is None
