"""Who carries out what, since when and where; what drives whom; who does not, and how long it took."""

from dataclasses import replace

import pytest

from corpus.model import Header
from corpus.reading import report_of
from graph.coverage import Cell, coverage, days_between
from graph.driving import Driven, drivers_of_report, drivers_of_unit
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.listing import Filter, instruments, units_listed
from graph.network import Network
from graph.questions import ALWAYS, Period, resolve_reference
from graph.tracing import Trace, scope_of, trace
from graph.tree import UnknownUnitError

PROVINCE, YEN_SON, HA_LAM = "tỉnh Lạng Hà", "huyện Yên Sơn", "huyện Hà Lâm"
DIRECTIVE = "Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư"
PLAN = "Kế hoạch số 14/KH-UBND ngày 11/01/2022 của UBND huyện Yên Sơn"


def header(unit: str | None, parent: str | None, date: str | None, year: int | None = None) -> Header:
    return Header(type="Báo cáo", unit=unit, parent_unit=parent, province=PROVINCE, date=date, year=year)


TEXTS = [
    (
        header(YEN_SON, PROVINCE, "2022-12-20"),
        (
            f"Thực hiện {DIRECTIVE}, UBND huyện đã ban hành {PLAN}. Kết luận số 99-KL/TW ngày 02/3/2021 của Ban Bí thư "
            "về tiếp tục thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018 được phổ biến."
        ),
    ),
    (
        header("xã An Bình", YEN_SON, "2023-06-12"),
        (
            f"Thực hiện {PLAN}, UBND xã đã ban hành Kế hoạch số 6/KH-UBND ngày 03/02/2022.\n"
            "UBND xã đã ban hành Kế hoạch số 9/KH-UBND ngày 05/5/2023 về trồng cây."
        ),
    ),
    (header("xã An Bình", HA_LAM, "2021-03-01"), f"Quán triệt {DIRECTIVE}, xã đã họp."),
    (
        header("xã Minh Tiến", HA_LAM, None, 2024),
        "Thực hiện Kết luận số 99-KL/TW ngày 02/3/2021 của Ban Bí thư, xã họp.",
    ),
    (
        header("xã Hòa Lạc", YEN_SON, "2023"),
        (
            f"Kế hoạch số 20/KH-UBND ngày 01/3/2023 của UBND xã Hòa Lạc thay thế {PLAN}. "
            "Xã thực hiện Kế hoạch số 20/KH-UBND ngày 01/3/2023 của UBND xã Hòa Lạc."
        ),
    ),
    (header(None, None, None), f"Không rõ của ai: thực hiện {DIRECTIVE}."),
]


@pytest.fixture(scope="module")
def network() -> Network:
    reports = [replace(report_of(text, file=f"/r/{n}.txt"), header=head) for n, (head, text) in enumerate(TEXTS)]
    return Network((card_of(report), file_reading(report, find_citations(report))) for report in reports)


def direct(answer: Trace) -> set[str | None]:
    return {u.unit.label if u.unit else None for traced in answer.instruments for u in traced.units}


def indirect(answer: Trace) -> dict[str, list[str]]:
    return {w.unit.label: [s.source.canonical for s in w.via] for t in answer.instruments for w in t.indirect}


def missing(answer: Trace) -> set[str]:
    return {unit.label for unit in answer.missing}


IN_YEN_SON, IN_HA_LAM = "xã An Bình, huyện Yên Sơn", "xã An Bình, huyện Hà Lâm"
PLAN_WAY, KL_WAY = ["14/KH-UBND"], ["99-KL/TW"]
FURTHER = {IN_YEN_SON: PLAN_WAY, "xã Minh Tiến": KL_WAY, "xã Hòa Lạc": PLAN_WAY}


@pytest.mark.parametrize(
    ("reference", "period", "within", "wanted"),
    [
        ("Chỉ thị 28-CT/TW", ALWAYS, None, ({YEN_SON, IN_HA_LAM, None}, FURTHER, set())),
        ("Chỉ thị 28-CT/TW", Period(since="2023-01-01"), None, (set(), FURTHER, {YEN_SON, IN_HA_LAM})),
        ("Chỉ thị 28-CT/TW", Period(until="2022-12-20"), None, ({YEN_SON, IN_HA_LAM}, {}, {*FURTHER})),
        ("Chỉ thị 28-CT/TW", ALWAYS, HA_LAM, ({IN_HA_LAM}, {"xã Minh Tiến": KL_WAY}, set())),
        ("Kết luận 99-KL/TW", ALWAYS, None, ({YEN_SON, "xã Minh Tiến"}, {}, {IN_YEN_SON, IN_HA_LAM, "xã Hòa Lạc"})),
        # Only those below its issuer could have to carry out a local plan; what replaces it does not carry it out.
        ("Kế hoạch 14", ALWAYS, None, ({YEN_SON, IN_YEN_SON, "xã Hòa Lạc"}, {}, set())),
        ("Kế hoạch 14", Period(until="2022-12-31"), None, ({YEN_SON}, {}, {IN_YEN_SON, "xã Hòa Lạc"})),
        ("Kế hoạch 20", ALWAYS, None, ({"xã Hòa Lạc"}, {}, set())),
    ],
)
def test_a_trace_asks_the_reports_of_its_period_and_place(
    network: Network, reference: str, period: Period, within: str | None, wanted: tuple[set[str], object, set[str]]
) -> None:
    answer = trace(network, reference, period=period, within=within)
    assert (direct(answer), indirect(answer), missing(answer)) == wanted


def test_an_indirect_unit_shows_where_it_cites_the_first_step_of_its_way(network: Network) -> None:
    [traced] = trace(network, "Chỉ thị 28-CT/TW").instruments
    way = next(way for way in traced.indirect if way.unit.label == "xã Minh Tiến")
    assert (way.reports, way.place.entry) == (1, way.via[0].source.id)
    assert "Kết luận số 99-KL/TW" in way.place.sentence
    assert way.via[0].stated.relation == "tiếp tục thực hiện"
    assert way.via[0].stated.sentence


def test_a_document_that_replaces_another_was_not_issued_to_carry_it_out(network: Network) -> None:
    [traced] = trace(network, "Kế hoạch 14").instruments
    actions = [a for unit in traced.units for report in unit.reports for a in report.actions if a.entry]
    assert [(a.entry and a.entry.canonical) for a in actions] == ["6/KH-UBND"]
    assert [(tie.relation, tie.other.canonical) for tie in traced.chain.done] == [
        ("cụ thể hóa/thực hiện", "6/KH-UBND"),
        ("thay thế", "20/KH-UBND"),
    ]


def test_a_unit_that_is_not_there_is_an_error(network: Network) -> None:
    with pytest.raises(UnknownUnitError, match="the nearest are"):
        trace(network, "Chỉ thị 28-CT/TW", within="huyện Yên Xơn")


def unit_driven(network: Network, name: str, period: Period = ALWAYS) -> Driven:
    return drivers_of_unit(network, network.tree().find_one(name), period=period)


def test_what_drives_a_unit_is_told_by_level_relation_and_year(network: Network) -> None:
    driven = unit_driven(network, IN_YEN_SON)
    told = {
        d.entry.canonical: (d.group, d.reports, d.places, dict(d.relations), d.years, d.actions) for d in driven.drivers
    }
    once = (("2023", 1),)
    assert told == {
        "14/KH-UBND": ("district", 1, 1, {"thực hiện": 1}, once, 1),
        "6/KH-UBND": ("own", 1, 1, {"ban hành": 1}, once, 0),
        "9/KH-UBND": ("own", 1, 1, {"ban hành": 1}, once, 0),
    }


def test_the_own_documents_of_a_unit_tell_what_they_rest_on_or_that_nothing_is_named(network: Network) -> None:
    driven = unit_driven(network, IN_YEN_SON)
    rests = {own.entry.canonical: [ground.entry.canonical for ground in own.grounds] for own in driven.own}
    assert rests == {"6/KH-UBND": ["14/KH-UBND"], "9/KH-UBND": []}
    for own in driven.own:
        assert own.place is not None
        assert own.entry.canonical in own.place.sentence


def test_a_report_outside_of_the_period_drives_nothing(network: Network) -> None:
    driven = unit_driven(network, IN_YEN_SON, Period(until="2022-12-31"))
    assert (driven.reports, driven.drivers, driven.own) == (0, (), ())


def test_what_drives_a_report_is_told_of_it_alone(network: Network) -> None:
    card = next(card for card in network.cards() if card.name == "0.txt")
    driven = drivers_of_report(network, card)
    assert (driven.report, driven.reports, driven.unit and driven.unit.name) == (card, 1, YEN_SON)
    assert {d.entry.canonical for d in driven.drivers} == {"28-CT/TW", "99-KL/TW", "14/KH-UBND"}


def test_coverage_counts_reports_and_tells_first_days_and_first_plans(network: Network) -> None:
    entries = [
        e for r in ("Chỉ thị 28-CT/TW", "Kế hoạch 14", "Kết luận 99-KL/TW") for e in resolve_reference(network, r)
    ]
    directive, plan, conclusion = (e.id for e in entries)
    covered = coverage(network, entries, scope_of(network.tree(), ALWAYS, None))
    ids = {unit.label: unit.id for unit in covered.units}
    assert dict(covered.cells) == {
        (ids[YEN_SON], directive): Cell(reports=1, first="2022-12-20", plan="2022-01-11"),
        (ids[YEN_SON], plan): Cell(reports=1, first="2022-12-20"),
        (ids[YEN_SON], conclusion): Cell(reports=1, first="2022-12-20"),
        (ids[IN_YEN_SON], plan): Cell(reports=1, first="2023-06-12", plan="2022-02-03"),
        (ids[IN_HA_LAM], directive): Cell(reports=1, first="2021-03-01"),
        (ids["xã Minh Tiến"], conclusion): Cell(reports=1, first="2024"),
        (ids["xã Hòa Lạc"], plan): Cell(reports=1, first="2023"),
    }
    lags = {key: covered.lag(cell, next(e for e in entries if e.id == key[1])) for key, cell in covered.cells.items()}
    assert lags[ids[YEN_SON], directive] == (1301, 1644)
    assert lags[ids[IN_YEN_SON], plan] == (23, 517)
    assert lags[ids["xã Minh Tiến"], conclusion] == (None, None)


def test_coverage_of_a_place_has_its_units_alone(network: Network) -> None:
    entries = resolve_reference(network, "Chỉ thị 28-CT/TW")
    covered = coverage(network, entries, scope_of(network.tree(), ALWAYS, HA_LAM))
    assert [unit.label for unit in covered.units] == [IN_HA_LAM, "xã Minh Tiến"]
    assert {unit for unit, _ in covered.cells} == {covered.units[0].id}


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        ("2024-02-28", "2024-03-01", 2),
        ("2024-03-01", "2024-03-01", 0),
        ("2024-03-02", "2024-03-01", None),
        ("2024-03", "2024-03-01", None),
        (None, "2024-03-01", None),
        ("2024-03-01", None, None),
    ],
)
def test_days_are_counted_where_both_are_known_to_the_day(
    earlier: str | None, later: str | None, days: int | None
) -> None:
    assert days_between(earlier, later) == days


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Filter(), ["28-CT/TW", "14/KH-UBND", "99-KL/TW", "20/KH-UBND", "6/KH-UBND", "9/KH-UBND"]),
        (Filter(words="trong cay"), ["9/KH-UBND"]),
        (Filter(words="KẾ HOẠCH yên sơn"), ["14/KH-UBND"]),
        (Filter(type="ke hoach", year=2022), ["14/KH-UBND", "6/KH-UBND"]),
        (Filter(level="central"), ["28-CT/TW", "99-KL/TW"]),
        (Filter(unit="xã Minh Tiến"), ["99-KL/TW"]),
        (Filter(words="không có gì"), []),
    ],
    ids=str,
)
def test_instruments_are_listed_by_how_many_reports_cite_them(
    network: Network, wanted: Filter, numbers: list[str]
) -> None:
    assert [one.entry.canonical for one in instruments(network, wanted)] == numbers


def test_units_are_listed_under_what_lies_above_them(network: Network) -> None:
    tree = network.tree()
    assert [(depth, unit.name) for depth, unit in units_listed(tree)] == [
        (0, PROVINCE),
        (1, HA_LAM),
        (2, "xã An Bình"),
        (2, "xã Minh Tiến"),
        (1, YEN_SON),
        (2, "xã An Bình"),
        (2, "xã Hòa Lạc"),
    ]
    assert [unit.name for _, unit in units_listed(tree, within=YEN_SON)] == [YEN_SON, "xã An Bình", "xã Hòa Lạc"]
    communes = units_listed(tree, level="commune")
    assert [(depth, unit.name) for depth, unit in communes][:2] == [(0, "xã An Bình"), (0, "xã Minh Tiến")]


@pytest.mark.parametrize(
    ("period", "date", "holds"),
    [
        (Period(), None, True),
        (Period(since="2023-01-01"), None, False),
        (Period(since="2023-05-10"), "2023", True),
        (Period(since="2023-05-10"), "2023-05", True),
        (Period(since="2023-05-10"), "2023-05-09", False),
        (Period(since="2023-05-10"), "2023-05-10", True),
        (Period(until="2023-05-10"), "2023-05-10", True),
        (Period(until="2023-05-10"), "2023-05-11", False),
        (Period(until="2023-05-10"), "2023-06", False),
        (Period(until="2023-05-10"), "2023", True),
        (Period(since="2023-01-01", until="2023-12-31"), "2024", False),
    ],
)
def test_a_date_that_is_known_in_part_is_of_a_period_that_it_may_lie_in(
    period: Period, date: str | None, *, holds: bool
) -> None:
    assert period.holds(date) == holds
