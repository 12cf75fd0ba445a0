"""Whose each report is: spellings of one unit are one, namesakes in two districts are two, nothing is guessed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.successions import Succession
from graph.homes import Whose, name_key
from graph.tree import Tree, UnitEntry, UnknownUnitError

YEN_SON, HA_LAM, AN_GIANG, LANG_HA = "huyện Yên Sơn", "huyện Hà Lâm", "tỉnh An Giang", "tỉnh Lạng Hà"


def whose(unit: str | None, parent: str | None = None, province: str | None = None, issuer: str | None = None) -> Whose:
    return Whose(unit, parent, province, issuer)


def tree(*said: Whose) -> Tree:
    return Tree(Counter(said))


ONE = [
    ("case and tone placement", whose("Xã HOÀ LÝ", YEN_SON), whose("xã Hòa Lý", YEN_SON)),
    ("i and y", whose("xã Mỹ Lí", YEN_SON), whose("xã Mỹ Lý", YEN_SON)),
    ("apostrophes", whose("xã Ea H'leo", YEN_SON), whose("xã Ea H’leo", YEN_SON)),
    ("hyphens", whose("phường Phan Rang - Tháp", YEN_SON), whose("phường Phan Rang-Tháp", YEN_SON)),
    ("no district told, one fits", whose("xã An Bình", YEN_SON), whose("xã An Bình")),
    ("the province told, one fits", whose("xã An Bình", YEN_SON, LANG_HA), whose("xã An Bình", LANG_HA, LANG_HA)),
    ("the province told once", whose("xã An Bình", YEN_SON, LANG_HA), whose("xã An Bình", YEN_SON)),
    ("the body that issued it", whose("xã An Bình", YEN_SON, None, "Đảng ủy"), whose("xã An Bình", YEN_SON)),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in ONE], ids=[row[0] for row in ONE])
def test_what_is_written_or_told_otherwise_is_one_unit(one: Whose, other: Whose) -> None:
    units = tree(one, one, other)
    assert units.of(one) == units.of(other)
    assert [unit.reports for unit in units.reporting()] == [3]


TWO = [
    ("two districts", whose("xã An Bình", YEN_SON), whose("xã An Bình", HA_LAM)),
    ("two provinces", whose("xã An Bình", YEN_SON, LANG_HA), whose("xã An Bình", YEN_SON, AN_GIANG)),
    ("districts of one name", whose(YEN_SON, LANG_HA, LANG_HA), whose(YEN_SON, AN_GIANG, AN_GIANG)),
    ("kinds", whose("xã An Bình", YEN_SON), whose("thị trấn An Bình", YEN_SON)),
    ("tones", whose("xã Hà Vân", YEN_SON), whose("xã Hạ Vân", YEN_SON)),
    ("a district and its namesake", whose("huyện An Bình", LANG_HA), whose("xã An Bình", "huyện An Bình")),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in TWO], ids=[row[0] for row in TWO])
def test_what_lies_elsewhere_or_is_called_otherwise_is_another_unit(one: Whose, other: Whose) -> None:
    units = tree(one, other)
    first, second = units.of(one), units.of(other)
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert first.label != second.label


def test_a_report_that_does_not_say_which_of_two_it_is_of_is_of_neither() -> None:
    one, other, unsaid = whose("xã An Bình", YEN_SON), whose("xã An Bình", HA_LAM), whose("xã An Bình")
    units = tree(one, other, unsaid)
    assert len({unit.id for said in (one, other, unsaid) if (unit := units.of(said))}) == 3
    assert {unit.label for unit in units.reporting()} == {
        "xã An Bình",
        "xã An Bình, huyện Yên Sơn",
        "xã An Bình, huyện Hà Lâm",
    }


def test_units_of_one_name_are_told_apart_by_as_much_as_it_takes() -> None:
    units = tree(
        whose("xã An Bình", YEN_SON, LANG_HA), whose("xã An Bình", YEN_SON, AN_GIANG), whose("xã An Bình", HA_LAM)
    )
    assert {unit.label for unit in units.reporting()} == {
        "xã An Bình, huyện Yên Sơn, tỉnh Lạng Hà",
        "xã An Bình, huyện Yên Sơn, tỉnh An Giang",
        "xã An Bình, huyện Hà Lâm",
    }


def test_a_commune_lies_under_its_district_and_that_under_the_province_that_its_own_report_tells() -> None:
    units = tree(whose("xã An Bình", YEN_SON), whose(YEN_SON, LANG_HA, LANG_HA))
    [commune] = units.find("xã An Bình")
    assert [unit.name for unit in units.above(commune.id)] == [YEN_SON, LANG_HA]
    [province] = units.find(LANG_HA)
    assert (province.reports, [unit.name for unit in units.below(province.id)]) == (0, [YEN_SON, "xã An Bình"])


def test_a_body_without_a_place_is_a_unit_of_its_own() -> None:
    said = whose(None, issuer="Bộ Nội vụ"), whose(None, issuer="BỘ NỘI VỤ")
    units = tree(*said)
    [body] = units.reporting()
    assert units.of(said[0]) == units.of(said[1]) == body
    assert (body.level, body.parent, body.reports) == ("central", None, 2)
    assert units.of(whose(None)) is None


LIBRARY = tree(
    whose("xã An Bình", YEN_SON, LANG_HA),
    whose("xã An Bình", HA_LAM, LANG_HA),
    whose("xã Minh Tiến", HA_LAM, LANG_HA),
    whose(HA_LAM, LANG_HA, LANG_HA),
)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("xã Minh Tiến", ["xã Minh Tiến"]),
        ("minh tien", ["xã Minh Tiến"]),
        ("XA MINH TIEN", ["xã Minh Tiến"]),
        ("xa-minh-tien", ["xã Minh Tiến"]),
        ("Minh Tiến, Hà Lâm", ["xã Minh Tiến"]),
        ("xã Minh Tiến (huyện Hà Lâm)", ["xã Minh Tiến"]),
        ("xã Minh Tiến, huyện Hà Lâm, tỉnh Lạng Hà", ["xã Minh Tiến"]),
        ("an binh", ["xã An Bình, huyện Hà Lâm", "xã An Bình, huyện Yên Sơn"]),
        ("xã An Bình - huyện Yên Sơn", ["xã An Bình, huyện Yên Sơn"]),
        ("Hà Lâm", ["huyện Hà Lâm"]),
        ("Lạng Hà", ["tỉnh Lạng Hà"]),
    ],
)
def test_a_unit_is_found_however_it_is_typed(text: str, labels: list[str]) -> None:
    assert sorted(unit.label for unit in LIBRARY.find(text)) == labels


@pytest.mark.parametrize("text", ["xã Minh Tiếm", "xã Minh Tiến, huyện Yên Sơn", "minh tien ha lam", ""])
def test_what_is_no_unit_here_is_an_error_that_names_the_nearest(text: str) -> None:
    with pytest.raises(UnknownUnitError) as caught:
        LIBRARY.find(text)
    assert "the nearest are" in caught.value.remedy
    assert ("xã Minh Tiến" in caught.value.remedy) == bool(text)


def test_of_an_empty_library_nothing_is_near() -> None:
    with pytest.raises(UnknownUnitError, match="cancu add"):
        tree().find("xã An Bình")


def test_a_name_of_several_units_is_an_error_where_one_is_asked_for() -> None:
    with pytest.raises(
        UnknownUnitError, match=r"xã An Bình, huyện Hà Lâm \(xa-an-binh-huyen-ha-lam\); xã An"
    ) as caught:
        LIBRARY.find_one("xã An Bình")
    for unit in LIBRARY.find("xã An Bình"):
        assert f"({unit.id})" in caught.value.remedy
        assert LIBRARY.find_one(unit.id) == unit
    assert LIBRARY.find_one("Hà Lâm").name == HA_LAM


def became(before: str, parent: str | None, after: str) -> Succession:
    return Succession(before=before, before_parent=parent, after=after, day=None, line=1, sentence="")


SAID = [
    became("xã Minh Tiến", HA_LAM, "xã Hà Tân"),
    became("xã An Bình", YEN_SON, "xã Hà Tân"),
    became("xã An Bình", None, "xã Hà Tân"),  # of which district?
    became("xã Nơi Khác", None, "xã Hà Tân"),
]


def test_units_are_linked_to_what_they_went_into_where_both_are_known_for_certain() -> None:
    units = Tree(Counter([*LIBRARY._of, whose("xã Hà Tân", LANG_HA, LANG_HA)]), SAID)
    [new] = units.find("xã Hà Tân")
    assert new.predecessors == ("xa-an-binh-huyen-yen-son", "xa-minh-tien")
    assert [units.units[old].successors for old in new.predecessors] == [(new.id,)] * 2
    assert units.units["xa-an-binh-huyen-ha-lam"].successors == ()


def test_provinces_are_linked_as_the_law_has_merged_them() -> None:
    units = tree(whose("tỉnh Hà Giang"), whose("tỉnh Tuyên Quang"), whose("tỉnh Lạng Sơn"))
    assert units.units["tinh-ha-giang"].successors == ("tinh-tuyen-quang",)
    assert units.units["tinh-tuyen-quang"].predecessors == ("tinh-ha-giang",)
    assert (units.units["tinh-lang-son"].successors, units.units["tinh-tuyen-quang"].successors) == ((), ())


NAMES = st.sampled_from(["xã An Bình", "Xã AN BÌNH", "xã Minh Tiến", "huyện An Bình", YEN_SON, HA_LAM, LANG_HA])
WHOSE = st.builds(
    whose,
    st.none() | NAMES,
    st.none() | st.sampled_from([YEN_SON, HA_LAM, LANG_HA, "huyện An Bình"]),
    st.none() | st.sampled_from([LANG_HA, AN_GIANG]),
    st.none() | st.sampled_from(["Bộ Nội vụ", "Ủy ban nhân dân xã An Bình"]),
)


@given(st.lists(WHOSE, max_size=12))
def test_whatever_reports_say_each_has_its_unit_and_every_unit_its_place_in_a_tree(said: list[Whose]) -> None:
    units = tree(*said)
    assert units.units == tree(*reversed(said)).units
    for one in said:
        unit = units.of(one)
        assert (unit is None) == (one.unit is None and one.issuer is None)
        if unit is not None and one.unit is not None:
            assert name_key(unit.name) == name_key(one.unit)
            assert one in units.whose([unit.id])
            assert unit in units.find(unit.label)
    assert sum(unit.reports for unit in units.reporting()) == sum(units.of(one) is not None for one in said)
    for unit in units.units.values():
        assert unit.id not in {higher.id for higher in units.above(unit.id)}
        assert {lower.id for lower in units.children(unit.id)} == {
            u.id for u in units.units.values() if u.parent == unit.id
        }
    labels = [unit.label for unit in units.units.values()]
    assert len(set(labels)) == len(labels)


def test_a_unit_is_a_value_that_names_itself() -> None:
    [unit] = LIBRARY.find("Minh Tiến")
    assert unit == UnitEntry(
        id="xa-minh-tien",
        name="xã Minh Tiến",
        label="xã Minh Tiến",
        level="commune",
        parent="huyen-ha-lam",
        spellings=(("xã Minh Tiến", 1),),
        reports=1,
    )
