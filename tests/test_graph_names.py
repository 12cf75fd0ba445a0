"""Laws are cited by name; the year, or the day of the report, tells which law of that name is meant."""

import pytest

from corpus.model import Header, Report
from graph.extract import find_citations
from graph.model import Named, Reading
from graph.names import named_like


def _read(text: str, date: str | None = None) -> Reading:
    return find_citations(Report(id="r", file="x", text=text, header=Header(date=date)))


def _named(text: str, date: str | None = None) -> tuple[Named, ...]:
    return _read(text, date).named


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Luật Đất đai năm 2003", "13/2003/QH11"),
        ("Luật Đất đai 2013", "45/2013/QH13"),
        ("luật đất đai năm 2024", "31/2024/QH15"),
        ("LUẬT ĐẤT ĐAI (2024)", "31/2024/QH15"),
        ("Luat Dat dai nam 2013", "45/2013/QH13"),
        ("Luật\nĐất đai năm 2013", "45/2013/QH13"),
        ("Luật Đất đai ngày 29/11/2013", "45/2013/QH13"),
        ("Luật Đất đai ngày 29 tháng 11 năm 2013", "45/2013/QH13"),
        ("Luật Đất đai năm 1987", None),
    ],
)
def test_the_year_tells_which_law_of_the_name_is_meant(text: str, number: str | None) -> None:
    (named,) = _named(f"Thực hiện {text}, xã đã họp.", "2025-01-01")
    assert (named.name, named.instrument) == ("Luật Đất đai", number)


@pytest.mark.parametrize(
    ("date", "number"),
    [
        ("2003-12-01", None),
        ("2010-06-01", "13/2003/QH11"),
        ("2014-06-30", "13/2003/QH11"),
        ("2014-07-01", "45/2013/QH13"),
        ("2024-07-31", "45/2013/QH13"),
        ("2024-08-01", "31/2024/QH15"),
        (None, None),
    ],
)
def test_without_a_year_it_is_the_one_in_force_on_the_day_of_the_report(date: str | None, number: str | None) -> None:
    (named,) = _named("Thực hiện Luật Đất đai, xã đã họp.", date)
    assert named.instrument == number


@pytest.mark.parametrize(
    ("name", "date", "number"),
    [
        ("Luật Khiếu nại, tố cáo", "2008-06-01", "09/1998/QH10"),
        ("Luật Khiếu nại, tố cáo", "2023-06-01", None),
        ("Luật Doanh nghiệp nhà nước", "2008-06-01", "14/2003/QH11"),
    ],
)
def test_a_law_that_has_ended_is_not_meant_afterwards_nor_one_with_a_shorter_name(
    name: str, date: str, number: str | None
) -> None:
    (named,) = _named(f"Thực hiện {name}, xã đã họp.", date)
    assert (named.name, named.instrument) == (name, number)


def test_the_end_of_the_year_stands_for_the_day_where_only_the_year_is_known() -> None:
    report = Report(id="r", file="x", text="Thực hiện Luật Đất đai, xã đã họp.", header=Header(year=2014))
    assert [n.instrument for n in find_citations(report).named] == ["45/2013/QH13"]


def test_a_law_is_not_cited_before_it_was_made() -> None:
    (named,) = _named("Góp ý Luật Thực hiện dân chủ ở cơ sở.", "2020-01-01")
    assert named.instrument is None


@pytest.mark.parametrize(
    "text",
    [
        "góp ý dự thảo Luật Đất đai sửa đổi",
        "dự thảo Luật Đất đai (sửa đổi)",
        "dự thảo sửa đổi Luật đất đai",
        "góp ý Luật Đất đai",
    ],
)
def test_a_draft_is_not_the_law(text: str) -> None:
    (named,) = _named(f"Xã đã tổ chức {text} trong nhân dân.", "2023-06-01")
    assert (named.draft, named.instrument) == (True, None)


@pytest.mark.parametrize(
    "text", ["Luật Phòng, chống tham nhũng", "Luật Phòng chống tham nhũng", "luật phòng, chống tham nhũng"]
)
def test_commas_in_a_name_do_not_matter(text: str) -> None:
    assert [n.name for n in _named(f"Thực hiện {text}, xã đã họp.")] == ["Luật Phòng, chống tham nhũng"]


@pytest.mark.parametrize(
    "text",
    [
        "Luật Đất đai số 31/2024/QH15",
        "Luật Đất đai (Luật số 31/2024/QH15)",
        "Luật Đất đai, số 31/2024/QH15",
    ],
)
def test_a_name_that_leads_to_its_number_is_one_citation_by_number(text: str) -> None:
    reading = _read(f"Thực hiện {text}, xã đã họp.")
    assert reading.named == ()
    assert [str(c.instrument) for c in reading.cited] == ["Luật 31/2024/QH15"]
    assert reading.citations[0].text.startswith("Luật Đất đai")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Luật Nuôi trồng Rong biển của Quốc hội", "Luật Nuôi trồng Rong biển"),
        ("Luật Nuôi trồng năm 2031", "Luật Nuôi trồng"),
        ("Pháp lệnh Nuôi trồng và các quy định", "Pháp lệnh Nuôi trồng"),
        ("Bộ luật Nuôi trồng được ban hành", "Bộ luật Nuôi trồng"),
    ],
)
def test_a_law_that_no_table_knows_keeps_its_name_as_printed(text: str, name: str) -> None:
    (named,) = _named(f"Xã phổ biến {text} đến dân.", "2023-06-01")
    assert (named.name, named.instrument) == (name, None)


@pytest.mark.parametrize(
    "text",
    [
        "chấp hành pháp luật của Nhà nước",
        "kỷ luật Đảng viên",
        "theo quy định của luật",
        "chấp hành pháp luật đất đai",
        "tuyên truyền pháp luật, việc làm",
        "sống theo luật, giáo dục con em",
        "Luật sư tư vấn",
        "Hội Luật gia",
    ],
)
def test_the_word_law_alone_names_none(text: str) -> None:
    assert _named(f"Xã đã {text}.") == ()


def test_a_named_law_has_the_relation_of_its_clause_and_its_place() -> None:
    text = "Xã đã họp.\nTổ chức quán triệt Luật Tiếp công dân đến cán bộ."
    (named,) = _named(text, "2023-06-01")
    assert (named.relation, named.line, text[named.start : named.end]) == ("quán triệt", 2, "Luật Tiếp công dân")


@pytest.mark.parametrize(
    ("reference", "names", "numbers"),
    [
        ("luat dat dai", ("luat dat dai",), {"13/2003/QH11", "45/2013/QH13", "31/2024/QH15"}),
        ("Luật Đất đai năm 2013", ("luat dat dai",), {"45/2013/QH13"}),
        ("Luật Nuôi trồng", ("luat nuoi trong",), set()),
        ("hiến pháp năm 2013", ("hien phap nam 2013",), set()),
        ("Hiến pháp", ("hien phap nam 1992", "hien phap nam 2013"), set()),
        ("NQ Trung ương 4 khóa XII", ("nghi quyet trung uong 4 khoa xii",), {"04-NQ/TW"}),
        ("Nghị quyết TW 4 (khóa XII)", ("nghi quyet trung uong 4 khoa xii",), {"04-NQ/TW"}),
        ("Kết luận 57-KL/TW", (), set()),
    ],
)
def test_a_reference_by_name_asks_for_all_laws_of_that_name(
    reference: str, names: tuple[str, ...], numbers: set[str]
) -> None:
    found = named_like(reference)
    assert (found[0], set(found[1])) == (names, numbers)
