"""The hard cases of pointing words and of forms that need another (58-63)."""

from dataclasses import replace

import pytest
from cases import HEADER, numbers, read

from corpus.model import Header
from corpus.reading import report_of
from graph.answers import cites_json
from graph.model import Reading

_HEADER = replace(HEADER, date="2024-09-16")
_PLAN_HEADER = replace(_HEADER, type="Kế hoạch", number="47", symbol="KH-UBND")


def _read(text: str, header: Header = _HEADER) -> Reading:
    return read(text, header)


# --- case 58
_FULL = {
    "Chỉ thị": "Chỉ thị số 77-CT/TW ngày 19/5/2013 của Ban Bí thư",
    "Nghị quyết": "Nghị quyết số 91/NQ-HĐND ngày 08/7/2022 của HĐND tỉnh",
    "Kế hoạch": "Kế hoạch số 33/KH-UBND ngày 08/3/2022 của UBND tỉnh",
    "Pháp lệnh": "Pháp lệnh số 20/2004/PL-UBTVQH11",
}


@pytest.mark.parametrize("kind", _FULL)
@pytest.mark.parametrize("word", ["này", "nêu trên", "trên", "nói trên"])
def test_a_pointing_word_means_the_nearest_document_of_its_type_and_is_no_citation(kind: str, word: str) -> None:
    others = [full for other, full in _FULL.items() if other != kind]
    pointing = f"{kind} {word}"
    text = (
        f"Huyện đã nhận {kind} số 9999, {others[0]}.\nTriển khai {_FULL[kind]}, {others[1]}.\n"
        f"Việc thực hiện {pointing} đã đi vào nền nếp."
    )
    reading = _read(text)
    (found,) = reading.anaphora
    assert (found.text, text[found.start : found.end], found.line) == (pointing, pointing, 3)
    assert found.cited is not None
    assert str(reading.cited[found.cited].instrument) in _FULL[kind].replace("số ", "")
    assert found.confidence <= 0.7
    assert found.sentence == f"Việc thực hiện {pointing} đã đi vào nền nếp."
    assert len(reading.citations) == 4
    assert {one["mentions"] for one in cites_json(report_of(text, file="x"), reading)["instruments"]} == {1}


@pytest.mark.parametrize("pointing", ["Chỉ thị này", "Nghị quyết nêu trên", "Kế hoạch này"])
def test_a_pointing_word_without_a_document_of_its_type_before_it_means_none(pointing: str) -> None:
    reading = _read(f"Thực hiện Quyết định số 615/QĐ-UBND, huyện họp. Theo {pointing}, kết quả tốt.")
    assert numbers(reading) == ["615/QĐ-UBND"]
    assert [a.cited for a in reading.anaphora if a.cited is not None] == []


def test_a_document_that_is_cited_only_afterwards_is_not_pointed_to() -> None:
    reading = _read(f"Việc thực hiện Chỉ thị này đã tốt. Triển khai {_FULL['Chỉ thị']}.")
    assert [a.cited for a in reading.anaphora if a.cited is not None] == []


@pytest.mark.parametrize("text", ["Kế hoạch này", "kế hoạch này"])
def test_a_document_that_points_to_its_own_type_means_itself(text: str) -> None:
    body = f"Căn cứ {_FULL['Kế hoạch']}, UBND huyện phân công như sau. Các phòng triển khai {text} trước ngày 30/9."
    reading = _read(body, _PLAN_HEADER)
    (found,) = reading.anaphora
    assert found.cited is not None
    assert reading.cited[found.cited].own
    assert numbers(reading) == ["33/KH-UBND"]
    assert _read(body, replace(_PLAN_HEADER, number=None)).anaphora == ()


@pytest.mark.parametrize("text", ["Kế hoạch trên địa bàn huyện", "Chỉ thị trên các lĩnh vực", "Nghị quyết trên mạng"])
def test_on_is_not_above(text: str) -> None:
    reading = _read(f"Triển khai {', '.join(_FULL.values())}. Tổ chức {text} kịp thời.")
    assert reading.anaphora == ()


# --- case 59
@pytest.mark.parametrize("text", ["các văn bản nêu trên", "các Nghị quyết nêu trên", "những văn bản trên"])
def test_a_set_that_is_pointed_to_adds_no_citation(text: str) -> None:
    reading = _read(f"Triển khai {_FULL['Nghị quyết']} và {_FULL['Chỉ thị']}, huyện họp. Việc thực hiện {text} là tốt.")
    assert (numbers(reading), len(reading.citations)) == (["91/NQ-HĐND", "77-CT/TW"], 2)
    assert all(a.confidence <= 0.7 for a in reading.anaphora)


# --- case 60
@pytest.mark.parametrize("kind", ["Pháp lệnh", "Chỉ thị", "Nghị quyết"])
def test_a_bare_type_means_the_only_document_of_that_type_before_it(kind: str) -> None:
    reading = _read(f"Triển khai {_FULL[kind]}. Các thôn đã thực hiện tốt theo {kind}. Nhân dân đồng tình.")
    (found,) = reading.anaphora
    assert (found.text.removeprefix("theo "), found.cited) == (kind, 0)
    assert found.confidence <= 0.7
    assert len(reading.citations) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Triển khai Pháp lệnh số 20/2004/PL-UBTVQH11, Pháp lệnh số 06/2013/UBTVQH13. Đã làm tốt theo Pháp lệnh.",
        "Đã làm tốt theo Pháp lệnh. Triển khai Pháp lệnh số 20/2004/PL-UBTVQH11.",
        "Đã làm tốt theo Pháp lệnh.",
    ],
)
def test_a_bare_type_means_nothing_where_not_exactly_one_stands_before_it(text: str) -> None:
    assert [a.cited for a in _read(text).anaphora if a.cited is not None] == []


# --- case 61
@pytest.mark.parametrize(
    ("first", "again", "date"),
    [
        (
            "Kế hoạch số 93-KH/TU ngày 06/9/2018 của Ban Thường vụ Tỉnh ủy",
            *("Kế hoạch số 93-KH/TU của Ban Thường vụ Tỉnh ủy", "2018-09-06"),
        ),
        (
            "Kế hoạch số 33/KH-UBND, ngày 08/3/2022 của UBND tỉnh",
            *("Kế hoạch 33/KH-UBND của Ủy ban nhân dân tỉnh", "2022-03-08"),
        ),
        (
            "Công văn số 733, ngày 09/6/2021 của Ban Thường vụ Huyện ủy",
            *("Công văn số 733 của Ban Thường vụ Huyện ủy", "2021-06-09"),
        ),
    ],
)
def test_a_number_repeated_with_its_issuer_is_the_first_and_has_its_date(first: str, again: str, date: str) -> None:
    for text in (f"Thực hiện {first} về dân vận. Đến nay {again} đã đạt.", f"Thực hiện {again}. Đã sơ kết {first}."):
        reading = _read(text)
        assert [c.date for c in reading.cited] == [date]
        assert [c.cited for c in reading.citations] == [0, 0]


# --- case 62
_CARRIER = "Quyết định số 733/QĐ-UBND ngày 05/4/2021 của UBND tỉnh phê duyệt "


@pytest.mark.parametrize("declared", ["sau đây gọi tắt là", "sau đây viết tắt là", "gọi tắt là", "sau đây gọi là"])
def test_a_declared_abbreviation_means_what_it_is_declared_for(declared: str) -> None:
    text = f"Luật Tiếp công dân ({declared} Luật TCD) đã được phổ biến. Huyện làm tốt Luật TCD."
    named = _read(text).named[-1]
    assert (named.text, named.start, named.instrument) == ("Luật TCD", text.rindex("Luật TCD"), "42/2013/QH13")
    text = f"Nghị định số 61/2018/NĐ-CP ({declared} Nghị định 61). Theo Nghị định 61, huyện họp."
    assert numbers(_read(text)) == ["61/2018/NĐ-CP"]
    text = f"{_CARRIER}Đề án trồng rừng ({declared} Đề án 733). Theo Đề án 733, huyện họp."
    reading = _read(text)
    assert numbers(reading) == ["733/QĐ-UBND"]
    (later,) = [n for n in reading.named if n.start > text.index("Theo")]
    assert (later.text, later.instrument) == ("Đề án 733", "733/QĐ-UBND")
    assert later.confidence >= 0.8


def test_a_declaration_makes_a_nickname_sure() -> None:
    text = (
        "Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ (sau đây gọi tắt là Đề án 06). "
        "Huyện triển khai tốt Đề án 06."
    )
    later = _read(text).named[-1]
    assert (later.instrument, later.start) == ("06/QĐ-TTg", text.rindex("Đề án 06"))
    assert later.confidence >= 0.8


@pytest.mark.parametrize("short", ["UBND tỉnh", "Quyết định", "Tổ công tác"])
def test_a_body_or_a_bare_type_is_no_short_name_of_a_document(short: str) -> None:
    text = f"Quyết định số 733/QĐ-UBND của Ủy ban nhân dân tỉnh (sau đây gọi tắt là {short}). {short} đã được phổ biến."
    assert read(text).named == ()


@pytest.mark.parametrize("short", ["QCDC", "QDCD", "DCCS"])
def test_an_abbreviation_of_what_is_no_document_cites_nothing(short: str) -> None:
    reading = _read(f"Thực hiện Quy chế dân chủ ở cơ sở ({short}), huyện họp. Việc thực hiện {short} ở xã là tốt.")
    assert (reading.citations, [n.instrument for n in reading.named if n.instrument]) == ((), [])


# --- case 63
@pytest.mark.parametrize("mark", ["⁷", "\ufffd", "[7]"])
def test_a_short_form_in_a_footnote_means_the_full_form_of_the_body(mark: str) -> None:
    text = (
        f"I. TÌNH HÌNH\n\nThực hiện {_FULL['Kế hoạch']}, huyện đã ban hành nhiều văn bản{mark}.\n\n"
        f"{mark} Kế hoạch số 33. Công văn số 733 ngày 09/6/2021 của Huyện ủy.\n\nII. KẾT QUẢ\n\nĐã sơ kết Kế hoạch 33."
    )
    reading = _read(text)
    assert numbers(reading) == ["33/KH-UBND", "733"]
    assert [(c.cited, c.short_form) for c in reading.citations] == [(0, False), (0, True), (1, False), (0, True)]
    assert reading.cited[0].date == "2022-03-08"
    note = reading.citations[2]
    assert "Công văn số 733" in note.sentence
    assert "TÌNH HÌNH" not in note.sentence
    assert "Thực hiện" not in note.sentence
