"""Names of places and bodies, and the tables that hold them."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold, normalize_tone, title_name
from corpus.gazetteer import Body, Kind, bodies, kinds, provinces
from corpus.model import Level, Unit
from corpus.units import (
    body_key,
    body_level,
    expand_body,
    find_bodies,
    find_units,
    kind_of,
    parse_unit,
    place_of,
    resolve_body,
    same_body,
)

COMMUNE = Unit(kind="xã", name="Minh Tiến", level="commune")
DISTRICT = Unit(kind="huyện", name="Yên Sơn", level="district")
TOWN = Unit(kind="thị xã", name="An Bình", level="district")
CITY = Unit(kind="thành phố", name="Hà An", level="district")
PROVINCE = Unit(kind="tỉnh", name="Lạng Hà", level="province")


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("hoà giải", "hòa giải"),
        ("Uỷ ban, UỶ BAN, thuý", "Ủy ban, ỦY BAN, thúy"),
        ("khoẻ mạnh, HOÀ", "khỏe mạnh, HÒA"),
        ("tòan dân, HÒAN, hùynh", "toàn dân, HOÀN, huỳnh"),
        ("hoàn, ngoài, khuỷu, huỳnh", "hoàn, ngoài, khuỷu, huỳnh"),
        ("quý, qúy, QUÝ", "quý, quý, QUÝ"),
        ("HoàCăn cứ", "HòaCăn cứ"),
    ],
)
def test_the_tone_stands_on_the_first_vowel_of_an_open_syllable(newer: str, older: str) -> None:
    assert normalize_tone(newer) == older
    assert len(older) == len(newer)
    assert normalize_tone(older) == older


@given(st.text())
def test_folding_keeps_the_length_of_nfc_text_and_what_is_folded(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(fold(text)) == len(text)
    assert len(normalize_tone(text)) == len(text)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặồổỗốộờởỡớợừửữứựĐÀ -"))
def test_vietnamese_folds_to_plain_letters(text: str) -> None:
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("QUANG MINH", "Quang Minh"),
        ("Ea H'leo", "Ea H'leo"),
        ("PHAN RANG - THÁP CHÀM", "Phan Rang - Tháp Chàm"),
        ("HOÀ AN", "Hòa An"),
    ],
)
def test_a_name_in_capitals_gets_its_usual_case(printed: str, name: str) -> None:
    assert title_name(printed) == name


@pytest.mark.parametrize("kind", kinds(), ids=[kind.name for kind in kinds()])
def test_a_row_of_a_kind_of_place_proves_itself(kind: Kind) -> None:
    assert kind.examples
    assert [str(parse_unit(text)) for text, _ in kind.examples] == [name for _, name in kind.examples]
    assert not [text for text in kind.rejects if parse_unit(text)]


def test_the_first_level_is_complete() -> None:
    """63 provinces and cities until 30/6/2025, with Hà Tây (until 2008) and Huế (since 2025)."""
    names = {province.name for province in provinces()}
    assert len(names) == len(provinces()) == 65
    assert sum(province.kind == "thành phố" for province in provinces()) == 6


@pytest.mark.parametrize(
    ("text", "unit", "level"),
    [
        ("Xã QUANG MINH", "xã Quang Minh", "commune"),
        ("thành phố Hà An, tỉnh Lạng Hà", "thành phố Hà An", "district"),
        ("TP. Hồ Chí Minh", "thành phố Hồ Chí Minh", "province"),
        ("TP.HCM", "thành phố Hồ Chí Minh", "province"),
        ("thành phố đà nẵng", "thành phố Đà Nẵng", "province"),
        ("TX. An Bình", "thị xã An Bình", "district"),
        ("tỉnh Bà Rịa-Vũng Tàu", "tỉnh Bà Rịa - Vũng Tàu", "province"),
        ("Tỉnh Đắc Lắc", "tỉnh Đắk Lắk", "province"),
        ("thành phố\nHồ Chí Minh", "thành phố Hồ Chí Minh", "province"),
        ("XÃ MINH TIẾN NĂM 2023", "xã Minh Tiến", "commune"),
    ],
)
def test_a_place_is_read_with_its_kind_name_and_level(text: str, unit: str, level: Level) -> None:
    found = parse_unit(text)
    assert found is not None
    assert (str(found), found.level) == (unit, level)


def test_a_city_is_of_the_first_level_from_the_year_in_which_it_became_one() -> None:
    before, since = parse_unit("thành phố Huế", year=2024), parse_unit("thành phố Huế", year=2025)
    assert before is not None
    assert since is not None
    assert (before.level, since.level) == ("district", "province")


@pytest.mark.parametrize(
    "text",
    ["xã hội", "UBND tỉnh\nCăn cứ", "các xã, phường", "Thành phố", "cấp xã", "", "Tỉnh ủy Lạng Hà", "quận, huyện"],
)
def test_a_kind_without_a_name_is_no_place(text: str) -> None:
    assert not list(find_units(text))


@pytest.mark.parametrize("body", bodies(), ids=[body.name for body in bodies()])
def test_a_row_of_a_body_proves_itself(body: Body) -> None:
    assert body.examples
    assert [expand_body(text) for text, _ in body.examples] == [name for _, name in body.examples]
    for text in [text for text, _ in body.examples]:
        assert body in [found for _, found in find_bodies(text)]
    for text in body.rejects:
        assert body not in [found for _, found in find_bodies(text)]


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("UBND xã Minh Tiến", "Ủy ban nhân dân xã Minh Tiến"),
        ("Uỷ ban nhân dân Phường AN PHÚ", "Ủy ban nhân dân phường An Phú"),
        ("ubnd thành phố đà nẵng", "Ủy ban nhân dân thành phố Đà Nẵng"),
        ("UBTV Quốc hội", "Ủy ban Thường vụ Quốc hội"),
        ("Ban chấp hành Đảng bộ Tỉnh", "Ban Chấp hành Đảng bộ tỉnh"),
        ("Khôi Dân vận phường", "Khối Dân vận phường"),
        ("BTV Huyện uỷ Yên Sơn", "Ban Thường vụ Huyện ủy Yên Sơn"),
        ("BAN CHỈ ĐẠO QCDC TỈNH LẠNG HÀ", "Ban Chỉ đạo QCDC tỉnh Lạng Hà"),
        ("UB MTTQ Việt Nam xã Minh Tiến", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Minh Tiến"),
        ("Bộ Giao thông - Vận tải", "Bộ Giao thông - vận tải"),
        ("Bộ LĐTB&XH", "Bộ Lao động - Thương binh và Xã hội"),
        ("Trường THCS Minh Tiến", "Trường THCS Minh Tiến"),
        ("Công ty CP Du lịch", "Công ty CP Du lịch"),
    ],
)
def test_a_body_is_written_in_full_and_what_is_not_known_is_kept(printed: str, full: str) -> None:
    assert expand_body(printed) == full
    assert expand_body(full) == full


@pytest.mark.parametrize(
    ("printed", "unit", "full"),
    [
        ("UBND tỉnh", COMMUNE, "Ủy ban nhân dân tỉnh Lạng Hà"),
        ("UBND xã", COMMUNE, "Ủy ban nhân dân xã Minh Tiến"),
        ("UBND", COMMUNE, "Ủy ban nhân dân xã Minh Tiến"),
        ("HĐND", COMMUNE, "Hội đồng nhân dân xã Minh Tiến"),
        ("UBND huyện", COMMUNE, "Ủy ban nhân dân huyện Yên Sơn"),
        ("UBND phường", COMMUNE, "Ủy ban nhân dân phường"),
        ("UBND các xã", COMMUNE, "Ủy ban nhân dân các xã"),
        ("UBND cấp xã", COMMUNE, "Ủy ban nhân dân cấp xã"),
        ("Đảng ủy", COMMUNE, "Đảng ủy xã Minh Tiến"),
        ("Huyện ủy", COMMUNE, "Huyện ủy Yên Sơn"),
        ("Thị ủy", COMMUNE, "Thị ủy"),
        ("Ban Dân vận Huyện ủy", COMMUNE, "Ban Dân vận Huyện ủy Yên Sơn"),
        ("Ban Thường vụ Tỉnh ủy", COMMUNE, "Ban Thường vụ Tỉnh ủy Lạng Hà"),
        ("Ban chấp hành Đảng bộ Tỉnh", DISTRICT, "Ban Chấp hành Đảng bộ tỉnh Lạng Hà"),
        ("Phòng Nội vụ", COMMUNE, "Phòng Nội vụ huyện Yên Sơn"),
        ("Phòng Nội vụ huyện Yên Sơn", COMMUNE, "Phòng Nội vụ huyện Yên Sơn"),
        ("Sở Nội vụ", COMMUNE, "Sở Nội vụ tỉnh Lạng Hà"),
        ("Khối Dân vận xã", COMMUNE, "Khối Dân vận xã Minh Tiến"),
        ("Thủ tướng", COMMUNE, "Thủ tướng Chính phủ"),
        ("Đảng ủy", DISTRICT, "Đảng ủy"),
        ("UBND", None, "Ủy ban nhân dân"),
        ("UBND thành phố Hải Phòng", COMMUNE, "Ủy ban nhân dân thành phố Hải Phòng"),
    ],
)
def test_a_body_gets_its_place_only_where_it_is_known(printed: str, unit: Unit | None, full: str) -> None:
    parent = PROVINCE if unit is DISTRICT else DISTRICT
    assert resolve_body(printed, unit=unit, parent=parent, province=PROVINCE) == full


def test_the_committee_of_a_city_is_that_of_the_unit_or_of_the_place_above() -> None:
    ward = Unit(kind="phường", name="An Phú", level="commune")
    for unit, parent in ((CITY, PROVINCE), (ward, CITY)):
        assert resolve_body("Ban Thường vụ Thành ủy", unit=unit, parent=parent, province=PROVINCE) == (
            "Ban Thường vụ Thành ủy Hà An"
        )
    assert resolve_body("Thành ủy", unit=ward, parent=TOWN, province=PROVINCE) == "Thành ủy"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Bộ Chính trị", "central"),
        ("Bộ trưởng Bộ Nội vụ", "central"),
        ("Bộ Nông lâm", "central"),
        ("Ban Tuyên giáo Trung ương", "central"),
        ("UBND tỉnh", "province"),
        ("Sở Nội vụ", "province"),
        ("Tỉnh ủy", "province"),
        ("Thành ủy Hà Nội", "province"),
        ("Thành ủy Hà An", "district"),
        ("Huyện ủy Yên Sơn", "district"),
        ("Phòng Nội vụ thị xã An Bình", "district"),
        ("Đảng ủy", "commune"),
        ("UBND xã Minh Tiến", "commune"),
        ("Thành ủy", None),
        ("UBND", None),
        ("Bộ Chỉ huy quân sự tỉnh Lạng Hà", "province"),
    ],
)
def test_the_level_of_a_body_is_told_by_its_name_or_not_at_all(text: str, level: Level | None) -> None:
    assert body_level(text) == level


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ("UBND xã Minh Tiến", "xã Minh Tiến", None),
        ("Ban Thường vụ Thành ủy Hà An", "thành phố Hà An", "thành phố"),
        ("UBND tỉnh", "None", "tỉnh"),
        ("Huyện ủy", "None", "huyện"),
    ],
)
def test_the_place_of_a_body_is_in_its_name(text: str, place: str, kind: str | None) -> None:
    assert str(place_of(text)) == place
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND xã Minh Tiến", "Uỷ ban nhân dân Xã MINH TIẾN"),
        ("Chủ tịch UBND tỉnh Lạng Hà", "Ủy ban nhân dân tỉnh Lạng Hà"),
        ("Bộ trưởng Bộ Giao thông - Vận tải", "Bộ Giao thông vận tải"),
        ("Trưởng Phòng Nội vụ huyện Yên Sơn", "Phòng Nội vụ huyện Yên Sơn"),
        ("Ban Bí thư khóa XIII", "Ban Bí thư"),
        ("UBMTTQ xã Minh Tiến", "Ủy ban MTTQ Việt Nam xã Minh Tiến"),
    ],
)
def test_one_body_has_one_key(one: str, other: str) -> None:
    assert same_body(one, other)
    assert body_key(expand_body(one)) == body_key(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND xã Hà Vân", "UBND xã Hạ Vân"),
        ("UBND xã Minh Tiến", "HĐND xã Minh Tiến"),
        ("UBND xã Minh Tiến", "UBND phường Minh Tiến"),
        ("Thủ tướng Chính phủ", "Chính phủ"),
        ("Chủ tịch nước", "Văn phòng Chủ tịch nước"),
        ("Tỉnh ủy Lạng Hà", "UBND tỉnh Lạng Hà"),
    ],
)
def test_two_bodies_have_two_keys(one: str, other: str) -> None:
    assert not same_body(one, other)


WORDS = (
    "UBND HĐND BTV Đảng ủy Huyện Tỉnh xã phường huyện tỉnh Minh Tiến AN PHÚ Phòng Nội vụ Sở - , của và 5 Ban".split()
)


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_a_body_in_full_stays_as_it_is(text: str) -> None:
    full = expand_body(text)
    assert expand_body(full).lower() == full.lower()
    assert body_key(full) == body_key(text)


def test_the_issuers_of_the_annotated_reports_come_out_in_full(shared: Path) -> None:
    """As the gold writes them: "UBND tỉnh" with the name of the province; MTTQ is written out."""
    wrong = []
    for path in sorted((shared / "gold").glob("00*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        places = {
            key: parse_unit(gold["report"][name])
            for key, name in (("unit", "unit"), ("parent", "parent_unit"), ("province", "province"))
        }
        for row in gold["instruments"]:
            printed = (row.get("issuer_as_printed") or row["issuer"] or "").split("; ")
            for name in filter(None, printed):
                full = resolve_body(name, **places)
                if full != expand_body(row["issuer"]) or (row["level"] and body_level(full) != row["level"]):
                    wrong.append((path.stem, name, full, row["issuer"]))
    assert not wrong
