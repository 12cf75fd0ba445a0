"""The hard cases of names (36-45): what a text means that prints no number."""

from dataclasses import replace

import pytest
from cases import HEADER, numbers, read

from corpus.model import Header
from graph.model import Named, Reading

_HEADER = replace(HEADER, date="2024-09-16")


def _read(text: str, header: Header = _HEADER) -> Reading:
    return read(text, header)


def _name(text: str) -> Named:
    """The only thing that `text` names; it cites nothing by number."""
    reading = _read(text)
    assert reading.citations == ()
    (named,) = reading.named
    return named


# --- cases 36-37
@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Luật thực hiện dân chủ ở cơ sở", "10/2022/QH15"),
        ("LUẬT THỰC HIỆN DÂN CHỦ Ở CƠ SỞ", "10/2022/QH15"),
        ("luật tiếp công dân", "42/2013/QH13"),
        ("Luật Tố cáo 2018", "25/2018/QH14"),
        ("Luật tố cáo năm 2011", "03/2011/QH13"),
        ("Luật Thanh Tra năm 2010", "56/2010/QH12"),
        ("luật phòng chống tham nhũng (2018)", "36/2018/QH14"),
        ("Luật Đất đai 2003", "13/2003/QH11"),
        ("luật đất đai năm 2024", "31/2024/QH15"),
    ],
)
def test_a_law_is_known_by_its_name_and_year_in_any_case(printed: str, number: str) -> None:
    named = _name(f"Huyện đã tuyên truyền {printed} cho 320 lượt người.")
    assert (named.instrument, named.draft) == (number, False)


# --- case 38
@pytest.mark.parametrize(
    "printed",
    [
        "dự thảo Luật Thanh tra (sửa đổi)",
        "dự thảo Luật Tiếp công dân sửa đổi",
        "dự thảo sửa đổi Luật cán bộ, công chức",
        "dự án Luật Tố cáo (sửa đổi)",
        "Dự thảo Luật Thực hiện dân chủ ở cơ sở",
    ],
)
def test_a_draft_is_not_the_law_in_force(printed: str) -> None:
    named = _name(f"Huyện đã tổ chức góp ý vào {printed} tại 3 hội nghị.")
    assert (named.draft, named.instrument) == (True, None)


# --- case 39
@pytest.mark.parametrize(
    "targets",
    [
        ("Luật Khiếu nại", "Luật Tố cáo"),
        ("Luật Cán bộ, công chức", "Luật Viên chức"),
        ("Luật Tổ chức Chính phủ", "Luật Tổ chức chính quyền địa phương"),
    ],
)
def test_a_law_that_amends_two_is_one_law(targets: tuple[str, str]) -> None:
    named = _name(f"Đã phổ biến Luật sửa đổi, bổ sung một số điều của {' và '.join(targets)} cho cán bộ.")
    assert named.name.casefold().startswith("luật sửa đổi, bổ sung một số điều của")
    assert all(target.casefold() in named.name.casefold() for target in targets)
    assert named.instrument not in ("02/2011/QH13", "25/2018/QH14", "22/2008/QH12", "58/2010/QH12", "76/2015/QH13")


def test_a_law_that_amends_two_and_has_a_number_is_one_citation_with_two_links() -> None:
    reading = _read(
        "Triển khai Luật số 52/2019/QH14 sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức."
    )
    assert numbers(reading) == ["52/2019/QH14"]
    assert len(reading.citations) == 1
    found = {(link.source, reading.named[link.target].name, link.relation) for link in reading.links if link.to_named}
    assert found == {(0, "Luật Cán bộ, công chức", "sửa đổi, bổ sung"), (0, "Luật Viên chức", "sửa đổi, bổ sung")}


# --- case 40
@pytest.mark.parametrize(
    ("text", "base", "amending"),
    [
        (
            "Luật Đầu tư công số 39/2019/QH14 được sửa đổi, bổ sung bởi Luật số 03/2022/QH15",
            *("39/2019/QH14", ["03/2022/QH15"]),
        ),
        (
            "Nghị định số 61/2018/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 107/2021/NĐ-CP",
            *("61/2018/NĐ-CP", ["107/2021/NĐ-CP"]),
        ),
        (
            "Luật số 39/2019/QH14 được sửa đổi, bổ sung bởi Luật số 64/2020/QH14, Luật số 72/2020/QH14",
            *("39/2019/QH14", ["64/2020/QH14", "72/2020/QH14"]),
        ),
    ],
)
def test_a_law_amended_by_others_is_linked_from_each(text: str, base: str, amending: list[str]) -> None:
    reading = _read(f"Căn cứ {text};")
    assert (numbers(reading), reading.named) == ([base, *amending], ())
    assert [(link.source, link.target, link.relation) for link in reading.links] == [
        (n, 0, "sửa đổi, bổ sung") for n in range(1, len(amending) + 1)
    ]


# --- case 41
@pytest.mark.parametrize(
    ("printed", "name", "locator"),
    [
        ("Hiến pháp năm 2013", "Hiến pháp năm 2013", None),
        ("Hiến pháp 2013", "Hiến pháp năm 2013", None),
        ("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013", "Hiến pháp năm 2013", None),
        ("Hiến pháp năm 1992", "Hiến pháp năm 1992", None),
        ("Điều 28 Hiến pháp", "Hiến pháp năm 2013", "Điều 28"),
        ("khoản 2 Điều 8 Hiến pháp năm 2013", "Hiến pháp năm 2013", "khoản 2 Điều 8"),
        ("Điều 11 của Hiến pháp năm 1992", "Hiến pháp năm 1992", "Điều 11"),
    ],
)
def test_the_constitution_is_known_by_its_year(printed: str, name: str, locator: str | None) -> None:
    named = _name(f"Quyền của công dân được bảo đảm theo {printed} và pháp luật.")
    assert (named.name, named.instrument, named.locator, named.draft) == (name, None, locator, False)


# --- case 42
@pytest.mark.parametrize(
    ("printed", "name", "numbers"),
    [
        ("Nghị quyết Đại hội XII", "Nghị quyết Đại hội XII", {None}),
        ("Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội XIII", {None}),
        ("Nghị quyết Đại hội lần thứ XIII của Đảng", "Nghị quyết Đại hội XIII", {None}),
        ("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XII của Đảng", "Nghị quyết Đại hội XII", {None}),
        ("nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII", "Nghị quyết Đại hội XIII", {None}),
        ("Nghị quyết Trung ương 4 khóa XII", "Nghị quyết Trung ương 4 khóa XII", {"04-NQ/TW"}),
        ("Nghị quyết Trung ương 4 (khóa XII)", "Nghị quyết Trung ương 4 khóa XII", {"04-NQ/TW"}),
        ("Nghị quyết Trung ương 4, khoá XII", "Nghị quyết Trung ương 4 khóa XII", {"04-NQ/TW"}),
        ("NQTW4 (khóa XII)", "Nghị quyết Trung ương 4 khóa XII", {"04-NQ/TW"}),
        ("NQTW 4 khóa XII", "Nghị quyết Trung ương 4 khóa XII", {"04-NQ/TW"}),
        # Known as 12-NQ/TW, though the plenum passed others too.
        ("NQTW4 (khóa XI)", "Nghị quyết Trung ương 4 khóa XI", {None, "12-NQ/TW"}),
        # It passed four: which is meant, nobody can tell.
        ("Nghị quyết Trung ương 6 khóa XII", "Nghị quyết Trung ương 6 khóa XII", {None}),
    ],
)
def test_a_congress_or_a_plenum_names_its_resolution(printed: str, name: str, numbers: set[str | None]) -> None:
    named = _name(f"Đảng bộ tiếp tục quán triệt {printed} gắn với học tập và làm theo Bác.")
    assert named.name == name
    assert named.instrument in numbers


@pytest.mark.parametrize(
    "printed",
    [
        "Nghị quyết Đại hội Đảng bộ huyện lần thứ XII",
        "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XIII",
        "Nghị quyết Đại hội XII Đảng bộ huyện",
        "Nghị quyết Đại hội Công đoàn lần thứ XII",
    ],
)
def test_a_local_congress_is_not_the_national_one(printed: str) -> None:
    reading = _read(f"Đảng bộ tiếp tục quán triệt {printed} đến đảng viên.")
    assert not {"Nghị quyết Đại hội XII", "Nghị quyết Đại hội XIII"} & {n.name for n in reading.named}
    assert reading.citations == ()


# --- cases 43-44
@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Đề án 06", "06/QĐ-TTg"),
        ("đề án 06 của Chính phủ", "06/QĐ-TTg"),
        ("Chương trình 135", "551/QĐ-TTg"),  # of several carriers the last before the report
    ],
)
def test_a_nickname_means_a_candidate_and_says_that_it_is_unsure(printed: str, number: str) -> None:
    named = _name(f"Huyện tiếp tục triển khai {printed} trên địa bàn.")
    assert (named.instrument, named.draft) == (number, False)
    assert named.confidence < 0.9


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [("Đề án 06/CP", "06/CP"), ("Nghị quyết 120", "120"), ("Chỉ thị 05", "05"), ("Chỉ thị số 05", "05")],
)
def test_a_type_and_number_are_a_citation_though_they_are_a_nickname_too(printed: str, canonical: str) -> None:
    reading = _read(f"Huyện tiếp tục triển khai {printed} trên địa bàn.")
    assert (numbers(reading), reading.named) == ([canonical], ())


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Chỉ thị số 05-CT/TU của Tỉnh ủy. Đã sơ kết Chỉ thị 05, kết quả tốt", ["05-CT/TU"]),
        ("Nghị quyết số 120/NQ-HĐND của HĐND tỉnh. Theo Nghị quyết 120, huyện họp", ["120/NQ-HĐND"]),
        ("Đề án số 06-ĐA/TU của Tỉnh ủy. Theo Đề án số 06, huyện họp", ["06-ĐA/TU"]),
        ("Đề án số 06/ĐA-UBND của UBND tỉnh", ["06/ĐA-UBND"]),
    ],
)
def test_a_document_of_the_text_beats_a_nickname(text: str, canonical: list[str]) -> None:
    reading = _read(f"Thực hiện {text}.")
    assert (numbers(reading), reading.named) == (canonical, ())


# --- case 45
_CARRIER = "Quyết định số 733/QĐ-UBND ngày 05/4/2021 của UBND tỉnh phê duyệt "


@pytest.mark.parametrize(
    "title", ["Đề án Chuyển đổi nghề nuôi tôm", "Đề án Xã hội học tập", "Chương trình Nụ cười hồng"]
)
@pytest.mark.parametrize("verb", ["phê duyệt", "ban hành", "về việc phê duyệt"])
def test_a_title_alone_is_the_document_whose_title_holds_it(title: str, verb: str) -> None:
    text = f"Thực hiện {_CARRIER.replace('phê duyệt', verb)}{title}. Đến nay, {title} đã đạt mục tiêu."
    reading = _read(text)
    (later,) = [n for n in reading.named if n.start > text.index("Đến nay")]
    assert (later.text, later.instrument) == (title, "733/QĐ-UBND")
    assert [c.instrument.canonical for c in reading.cited] == ["733/QĐ-UBND"]


@pytest.mark.parametrize("title", ["Đề án Chuyển đổi nghề nuôi tôm", "Đề án Xã hội học tập"])
def test_a_title_alone_means_no_number_that_the_text_does_not_give(title: str) -> None:
    reading = _read(f"Đến nay, {title} đã đạt mục tiêu. {_CARRIER}Đề án Trồng rừng ven biển.")
    assert [n.instrument for n in reading.named if title in n.name and n.instrument] == []


@pytest.mark.parametrize(
    "text",
    [
        "Huyện thực hiện dự án đầu tư theo Luật Đầu tư công.",
        "Huyện góp ý hướng dẫn theo quy định của Luật Xây dựng.",
    ],
)
def test_a_project_under_a_law_makes_no_draft_of_it(text: str) -> None:
    (named,) = read(text).named
    assert not named.draft


@pytest.mark.parametrize("body", ["Trường Đại học Luật Hà Nội", "Khoa Luật Kinh tế", "Công ty Luật Hòa Bình"])
def test_a_school_or_firm_is_no_law(body: str) -> None:
    assert read(f"Huyện phối hợp với {body} tổ chức tập huấn.").named == ()


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết Đại hội lần thứ XII của Liên đoàn Lao động huyện",
        "Nghị quyết Đại hội XII Chi bộ thôn 5",
        "Nghị quyết đại hội XII của tỉnh",
        "Nghị quyết Đại hội XII của Tỉnh Đoàn",
    ],
)
def test_the_congress_of_another_body_is_not_the_national_one(text: str) -> None:
    assert read(f"Đảng bộ quán triệt {text} đến đảng viên.").named == ()


def test_a_title_cut_short_takes_in_no_other_programme() -> None:
    text = (
        "Quyết định số 733/QĐ-UBND của UBND tỉnh phê duyệt Chương trình Mục tiêu quốc gia giảm nghèo bền vững. "
        "Ngoài ra thực hiện Chương trình Mục tiêu quốc gia phát triển kinh tế vùng cao. "
        "Chương trình Mục tiêu quốc gia giảm nghèo bền vững đã đạt kết quả."
    )
    (named,) = read(text).named
    assert named.start == text.rindex("Chương trình")


@pytest.mark.parametrize(
    ("printed", "names", "numbers"),
    [
        ("Luật Đất đai năm 2024 (số 31/2024/QH15)", 0, ["31/2024/QH15"]),
        ("Luật Nhà ở, Luật số 31/2024/QH15", 1, ["31/2024/QH15"]),
    ],
)
def test_a_name_with_its_number_is_one_and_two_in_a_list_are_two(printed: str, names: int, numbers: list[str]) -> None:
    reading = read(f"Thực hiện {printed}, huyện đã họp.")
    assert (len(reading.named), [c.instrument.canonical for c in reading.cited]) == (names, numbers)
