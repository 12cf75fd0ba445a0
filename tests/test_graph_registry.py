"""Identity across reports: what votes of many reports mean, whatever the order in which they come."""

import itertools
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.identity import Instrument
from graph.registry import Entry, Registry, settle
from graph.votes import Vote, bucket_of

_PLAN = Instrument.parse("Kế hoạch 14/KH-UBND")
_DIRECTIVE = Instrument.parse("Chỉ thị 28-CT/TW")
_XA = "Ủy ban nhân dân xã Minh Tiến"
_HUYEN = "Ủy ban nhân dân huyện An Hòa"


def _plan(report: str, **said: str | None) -> Vote:
    """A vote of the report of a commune for a plan of that number."""
    return Vote(report=report, n=0, instrument=_PLAN, **{"unit": "xã Minh Tiến", "day": "2023-06-12", **said})  # type: ignore[arg-type]


def _directive(report: str, **said: str | None) -> Vote:
    return Vote(report=report, n=0, instrument=_DIRECTIVE, **{"day": "2023-06-12", **said})  # type: ignore[arg-type]


def _members(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """The reports of each entry, in their order."""
    return sorted(tuple(report for report, _ in entry.votes) for entry in entries)


def test_one_number_of_two_terms_is_two_documents() -> None:
    entries = settle([_directive("a", date="2013-05-12"), _directive("b", date="2018-06-20")])
    assert [(e.id, e.date) for e in entries] == [
        ("chi-thi-28-ct-tw-xi", "2013-05-12"),
        ("chi-thi-28-ct-tw-xii", "2018-06-20"),
    ]


def test_two_years_of_one_term_are_one_document_of_the_party_and_two_of_the_state() -> None:
    """The Party numbers by term (36-HD/VPTW), the state by year (Nghị định 30/2020/NĐ-CP)."""
    assert len(settle([_directive("a", date="2017-05-12"), _directive("b", date="2018-06-20")])) == 1
    plans = [_plan("a", issuer=_HUYEN, date="2017-05-12"), _plan("b", issuer=_HUYEN, date="2018-06-20")]
    assert len(settle(plans)) == 2


def test_one_number_of_two_units_is_two_documents() -> None:
    entries = settle([_plan("a", issuer=_XA, date="2022-01-11"), _plan("b", issuer=_HUYEN, date="2022-01-11")])
    assert [e.issuer for e in entries] == [_HUYEN, _XA]
    assert [e.level for e in entries] == ["district", "commune"]


def test_one_number_of_one_unit_from_many_reports_is_one_document() -> None:
    votes = [_plan(report, issuer=_HUYEN, date="2022-01-11", unit=f"xã {report}") for report in "abcd"]
    (entry,) = settle(votes)
    assert (entry.votes, entry.candidates) == ((("a", 0), ("b", 0), ("c", 0), ("d", 0)), ())


def test_two_communes_of_one_name_in_two_districts_are_two() -> None:
    votes = [
        _plan("a", issuer=_XA, date="2022-01-11", parent="huyện An Hòa"),
        _plan("b", issuer=_XA, date="2022-01-11", parent="huyện Bình Hà"),
    ]
    assert _members(settle(votes)) == [("a",), ("b",)]


def test_two_districts_of_one_name_in_two_provinces_are_two() -> None:
    votes = [
        _plan(report, issuer=_HUYEN, date="2022-01-11", parent="huyện An Hòa", province=province)
        for report, province in [("a", "tỉnh Lạng Hà"), ("b", "tỉnh Sơn Hà")]
    ]
    assert _members(settle(votes)) == [("a",), ("b",)]


def test_a_report_that_does_not_say_where_its_commune_lies_stays_apart_where_two_bear_the_name() -> None:
    votes = [
        _plan("a", issuer=_XA, date="2022-01-11", parent="huyện An Hòa"),
        _plan("b", issuer=_XA, date="2022-01-11", parent="huyện Bình Hà"),
        _plan("c", issuer=_XA, date="2022-01-11"),
    ]
    assert _members(settle(votes)) == [("a",), ("b",), ("c",)]
    assert _members(settle([votes[0], votes[2]])) == [("a", "c")]


def _namesakes(**third: str) -> list[Vote]:
    """Votes for one number of two communes of one name, and one of a third report."""
    return [
        _plan("a", issuer=_XA, date="2022-01-11", parent="huyện An Hòa"),
        _plan("b", issuer=_XA, date="2022-01-11", parent="huyện Bình Hà"),
        _plan("c", issuer=_XA, date="2022-01-11", **third),
    ]


@pytest.mark.parametrize(
    ("third", "members"),
    [
        ({"unit": "huyện An Hòa", "parent": "tỉnh Lạng Hà"}, [("a", "c"), ("b",)]),
        ({"unit": "huyện Bình Hà"}, [("a",), ("b", "c")]),
        ({"unit": "huyện An Hoà"}, [("a", "c"), ("b",)]),
        # no commune of that name is known there, or it does not lie right under that place
        ({"unit": "huyện Cao Lộ"}, [("a",), ("b",), ("c",)]),
        ({"unit": "tỉnh Lạng Hà"}, [("a",), ("b",), ("c",)]),
        ({"unit": "xã Hòa Lạc", "parent": "huyện An Hòa"}, [("a",), ("b",), ("c",)]),
    ],
)
def test_a_district_that_names_one_of_two_namesakes_means_its_own(
    third: dict[str, str], members: list[tuple[str, ...]]
) -> None:
    for votes in itertools.permutations(_namesakes(**third)):
        assert _members(settle(votes)) == members


def test_a_district_does_not_tell_where_the_only_commune_of_a_name_lies() -> None:
    first, _, third = _namesakes(unit="huyện Cao Lộ")
    assert _members(settle([first, third])) == [("a", "c")]


def test_a_province_that_names_one_of_two_districts_means_its_own() -> None:
    votes = [
        _plan(report, issuer=_HUYEN, date="2022-01-11", unit=unit, parent=parent, province=province)
        for report, unit, parent, province in [
            ("a", "xã Minh Tiến", "huyện An Hòa", "tỉnh Lạng Hà"),
            ("b", "xã Minh Tiến", "huyện An Hòa", "tỉnh Sơn Hà"),
            ("c", "tỉnh Sơn Hà", None, "tỉnh Sơn Hà"),
        ]
    ]
    assert _members(settle(votes)) == [("a",), ("b", "c")]


def test_tone_placement_and_case_tell_no_two_places_apart() -> None:
    votes = [
        _plan("a", issuer="Ủy ban nhân dân huyện An Hòa", date="2022-01-11"),
        _plan("b", issuer="Ủy ban nhân dân huyện An Hoà", date="2022-01-11"),
    ]
    assert len(settle(votes)) == 1


def test_who_signs_for_a_place_numbers_in_its_series() -> None:
    votes = [
        _plan("a", issuer="Chủ tịch Ủy ban nhân dân huyện An Hòa", date="2022-01-11"),
        _plan("b", issuer=_HUYEN, date="2022-01-11"),
    ]
    assert len(settle(votes)) == 1


def test_a_vote_without_date_joins_the_only_document_it_can_mean() -> None:
    (entry,) = settle([_directive("a", date="2013-05-12"), _directive("b")])
    assert (entry.date, entry.votes, entry.candidates) == ("2013-05-12", (("a", 0), ("b", 0)), ())


def test_a_vote_without_date_that_fits_two_keeps_both_as_candidates() -> None:
    entries = settle([_directive("a", date="2013-05-12"), _directive("b", date="2018-06-20"), _directive("c")])
    assert _members(entries) == [("a",), ("b",), ("c",)]
    (open_one,) = [e for e in entries if e.candidates]
    assert (open_one.votes, open_one.date) == ((("c", 0),), None)
    assert set(open_one.candidates) == {e.id for e in entries if e.date}


def test_a_report_cannot_mean_what_was_issued_after_it() -> None:
    votes = [
        _directive("a", date="2013-05-12"),
        _directive("b", date="2018-06-20"),
        _directive("c", day="2015-03-01"),
    ]
    assert _members(settle(votes)) == [("a", "c"), ("b",)]


def test_votes_without_any_date_are_one_document_of_the_centre() -> None:
    (entry,) = settle([_directive("a"), _directive("b")])
    assert (entry.id, entry.date, entry.candidates) == ("chi-thi-28-ct-tw", None, ())


def test_a_number_without_place_and_without_date_stays_with_its_report() -> None:
    assert _members(settle([_plan("a", issuer=None), _plan("b", issuer=None)])) == [("a",), ("b",)]


def test_two_days_of_one_year_are_one_document_with_both_days() -> None:
    votes = [
        _plan(r, issuer=_HUYEN, date=d) for r, d in [("a", "2022-01-11"), ("b", "2022-11-01"), ("c", "2022-01-11")]
    ]
    (entry,) = settle(votes)
    assert (entry.date, entry.dates) == ("2022-01-11", (("2022-01-11", 2), ("2022-11-01", 1)))


def test_a_whole_date_beats_more_partial_ones() -> None:
    votes = [_plan(r, issuer=_HUYEN, date=d) for r, d in [("a", "2022"), ("b", "2022-11-01"), ("c", "2022")]]
    (entry,) = settle(votes)
    assert entry.date == "2022-11-01"


def test_what_most_reports_say_is_said_of_the_document() -> None:
    said = [("a", "kiểm tra"), ("b", "kiểm tra công vụ"), ("c", "kiểm tra công vụ"), ("d", None)]
    (entry,) = settle([_plan(r, issuer=_HUYEN, date="2022-01-11", title=title) for r, title in said])
    assert (entry.title, entry.label, entry.issuer) == ("kiểm tra công vụ", "Kế hoạch 14/KH-UBND", _HUYEN)


def test_an_issuer_that_is_said_beats_those_that_are_inferred() -> None:
    thuong_vu = "Ban Thường vụ Huyện ủy An Hòa"
    plan = Instrument.parse("Kế hoạch 22-KH/HU")
    votes = [
        Vote(report=r, n=0, instrument=plan, date="2022-01-11", issuer=issuer, issuer_inferred=r != "c")
        for r, issuer in [("a", "Huyện ủy An Hòa"), ("b", "Huyện ủy An Hòa"), ("c", thuong_vu)]
    ]
    (entry,) = settle(votes)
    assert entry.issuer == thuong_vu


def test_the_own_number_of_a_report_is_the_document_that_others_cite() -> None:
    votes = [
        _plan("a", issuer=_XA, date="2022-01-11", title="Kiểm tra năm 2022"),
        Vote(report="b", n=3, instrument=_PLAN, date="2022-01-11", issuer=_XA, title="KẾ HOẠCH", own=True),
    ]
    (entry,) = settle(votes)
    assert (entry.report, entry.title, entry.votes) == ("b", "Kiểm tra năm 2022", (("a", 0), ("b", 3)))


def test_the_issuer_of_a_central_number_is_known_by_its_symbol() -> None:
    (entry,) = settle([Vote(report="a", n=0, instrument=Instrument.parse("Nghị định 61/2018/NĐ-CP"))])
    assert (entry.id, entry.issuer, entry.level) == ("nghi-dinh-61-2018-nd-cp", "Chính phủ", "central")


def test_the_facts_of_a_known_law_beat_the_votes() -> None:
    law = Instrument.parse("Luật 31/2024/QH15")
    (entry,) = settle([Vote(report="a", n=0, instrument=law, date="2024-01-19", title="đất")])
    assert (entry.date, entry.title, entry.dates) == ("2024-01-18", "Đất đai", (("2024-01-19", 1),))


def test_a_known_party_document_is_told_apart_by_its_date() -> None:
    directive = Instrument.parse("Chỉ thị 35-CT/TW")
    votes = [
        Vote(report=r, n=0, instrument=directive, date=day)
        for r, day in [("a", "2014-05-26"), ("b", "2019-05-30"), ("c", "2001-03-04")]
    ]
    facts = [(e.date, e.issuer, (e.title or "")[:12]) for e in sorted(settle(votes), key=lambda e: e.date or "")]
    assert facts == [
        ("2001-03-04", "Ban Chấp hành Trung ương Đảng", ""),
        ("2014-05-26", "Bộ Chính trị", "Tăng cường s"),
        ("2019-05-30", "Bộ Chính trị", "Đại hội đảng"),
    ]


def test_the_issuer_that_a_report_names_beats_the_table() -> None:
    directive = Instrument.parse("Chỉ thị 05-CT/TW")
    (entry,) = settle([Vote(report="a", n=0, instrument=directive, date="2016-05-15", issuer="Ban Bí thư")])
    assert entry.issuer == "Ban Bí thư"


def test_a_law_by_its_name_and_by_its_number_is_one_document() -> None:
    law = Instrument.parse("Luật 31/2024/QH15")
    votes = [
        Vote(report="a", n=0, instrument=law, date="2024-01-18"),
        Vote(report="b", n=4, instrument=law, name="Luật Đất đai"),
    ]
    assert bucket_of(votes[0]) == bucket_of(votes[1])
    (entry,) = settle(votes)
    assert (entry.canonical, entry.votes) == ("31/2024/QH15", (("a", 0), ("b", 4)))


def test_a_law_that_is_known_by_its_name_alone_is_a_document_of_that_name() -> None:
    votes = [
        Vote(report=r, n=0, instrument=None, name=name)
        for r, name in [("a", "Luật Nuôi trồng"), ("b", "luật nuôi trồng")]
    ]
    assert len({bucket_of(vote) for vote in votes}) == 1
    (entry,) = settle(votes)
    assert (entry.id, entry.type, entry.label, entry.level) == ("luat-nuoi-trong", "Luật", "Luật Nuôi trồng", "central")


def test_a_draft_is_not_the_law() -> None:
    names = ["Luật Nuôi trồng", "Dự thảo Luật Nuôi trồng"]
    registry = Registry()
    registry.add(Vote(report="a", n=n, instrument=None, name=name) for n, name in enumerate(names))
    assert list(registry.entries) == ["du-thao-luat-nuoi-trong", "luat-nuoi-trong"]


def _all_votes() -> list[Vote]:
    """Votes of many reports for numbers that clash in every way: terms, units, namesakes, no date, no issuer."""
    dates = [None, "2013-05-12", "2018-06-20", "2022-01-11"]
    issuers = [None, _XA, _HUYEN]
    parents = [None, "huyện An Hòa", "huyện Bình Hà"]
    said = [
        *itertools.product([_PLAN], dates, issuers, parents),
        *itertools.product([_DIRECTIVE], dates, [None], [None]),
    ]
    return [
        Vote(
            report=f"r{i % 17}",
            n=i,
            instrument=instrument,
            date=date,
            issuer=issuer,
            unit="xã Minh Tiến",
            parent=parent,
            title=f"việc {i % 3}",
            day=f"{2014 + i % 10}-12-31",
        )
        for i, (instrument, date, issuer, parent) in enumerate(said)
    ]


@settings(max_examples=20)
@given(st.permutations(_all_votes()))
def test_the_order_in_which_votes_come_does_not_matter(votes: list[Vote]) -> None:
    registry = Registry()
    for vote in votes:
        registry.add([vote])
    at_once = Registry()
    at_once.add(_all_votes())
    assert registry.entries == at_once.entries


@given(st.lists(st.sampled_from(_all_votes()), unique_by=lambda v: v.n))
def test_every_vote_is_in_one_entry(votes: list[Vote]) -> None:
    buckets = {bucket_of(v): [w for w in votes if bucket_of(w) == bucket_of(v)] for v in votes}
    entries = [e for of in buckets.values() for e in settle(of)]
    assert sorted(vote for e in entries for vote in e.votes) == sorted((v.report, v.n) for v in votes)
    assert {c for e in entries for c in e.candidates} <= {e.id for e in entries}


# Few of everything, so that votes clash: numbers, symbols, years, namesakes, days that are partial, wrong or not told.
_INSTRUMENTS = [
    Instrument.parse(text)
    for text in (
        *("Kế hoạch 4/KH-UBND", "Kế hoạch 04/KH-UBND", "Kế hoạch 4-KH/TU", "Chỉ thị 4-CT/TW", "Nghị quyết 4-NQ/TW"),
        *(
            "Quyết định 4/2022/QĐ-UBND",
            "Quyết định 4/QĐ-UBND",
            "Nghị định 4/2022/NĐ-CP",
            "Luật 31/2024/QH15",
            "Công văn 4",
        ),
    )
]
_BODIES = [
    *(
        "UBND xã An Hòa",
        "Ủy ban nhân dân xã An Hoà",
        "UBND huyện An Hòa",
        "UBND xã Ân Hòa",
        "UBND tỉnh",
        "Tỉnh ủy Lạng Hà",
    ),
    *("Ban Bí thư", "Đoàn kiểm tra"),
]
_DAYS = ["2022", "2022-01", "2022-01-11", "2022-11-01", "2023-01-11", "2016-01-28", "2016-01-29", "2021-02-01"]
_REPORTS = st.integers(0, 7).map(lambda n: f"r{n}")


@st.composite
def _said(draw: st.DrawFn, report: str, n: int) -> Vote:
    """Anything that a report may say of a document, sense or nonsense."""
    law = draw(st.sampled_from([None, None, None, "Luật Đất đai", "luật đất đai", "Dự thảo Luật Đất đai"]))
    known = _INSTRUMENTS if law is None else [None, Instrument.parse("Luật 31/2024/QH15")]
    return Vote(
        report=report,
        n=n,
        instrument=draw(st.sampled_from(known)),
        name=law,
        date=draw(st.none() | st.sampled_from(_DAYS)),
        issuer=draw(st.none() | st.sampled_from(_BODIES)),
        issuer_inferred=draw(st.booleans()),
        title=draw(st.sampled_from([None, "kiểm tra", "Kiểm tra"])),
        own=draw(st.booleans()),
        unit=draw(st.sampled_from([None, "xã An Hòa", "xã An Hoà", "huyện An Hòa", "huyện Bình Hà", "tỉnh Sơn Hà"])),
        parent=draw(st.sampled_from([None, "huyện An Hòa", "huyện Bình Hà"])),
        province=draw(st.sampled_from([None, "tỉnh Lạng Hà", "tỉnh Sơn Hà"])),
        day=draw(st.none() | st.sampled_from([day for day in _DAYS if len(day) == len("2022-01-11")])),
    )


@st.composite
def _reports(draw: st.DrawFn) -> list[list[Vote]]:
    """The votes of each of some reports."""
    names = draw(st.lists(_REPORTS, min_size=1, max_size=8, unique=True))
    sizes = [draw(st.integers(1, 4)) for _ in names]
    return [[draw(_said(name, n)) for n in range(size)] for name, size in zip(names, sizes, strict=True)]


def _batches(votes: list[Vote], cuts: list[int]) -> list[list[Vote]]:
    return [votes[a:b] for a, b in itertools.pairwise([0, *cuts, len(votes)])]


@settings(max_examples=40)
@given(_reports(), st.lists(st.integers(0, 32), max_size=6).map(sorted), st.randoms(use_true_random=False))
def test_the_order_of_the_reports_and_their_batches_do_not_matter(
    reports: list[list[Vote]], cuts: list[int], chance: Random
) -> None:
    at_once, in_batches, one_by_one = Registry(), Registry(), Registry()
    at_once.add(vote for votes in reports for vote in votes)
    chance.shuffle(reports)
    votes = [vote for votes in reports for vote in votes]
    for batch in _batches(votes, cuts):
        in_batches.add(batch)
    chance.shuffle(votes)
    for vote in votes:
        one_by_one.add([vote])
    assert in_batches.entries == at_once.entries
    assert list(in_batches.entries) == list(at_once.entries)
    assert one_by_one.entries == at_once.entries


@settings(max_examples=40)
@given(_reports())
def test_every_vote_of_any_reports_is_in_one_entry_and_no_id_stands_twice(reports: list[list[Vote]]) -> None:
    registry = Registry()
    for votes in reports:
        registry.add(votes)
    said = [(vote.report, vote.n) for votes in reports for vote in votes]
    settled = [entry for entries in registry._settled.values() for entry in entries]
    assert len(registry.entries) == len(settled)
    assert sorted(vote for entry in settled for vote in entry.votes) == sorted(said)
    assert {c for e in settled for c in e.candidates} <= registry.entries.keys()


def test_a_vote_that_comes_again_counts_once() -> None:
    registry = Registry()
    for _ in range(2):
        registry.add([_directive("a", date="2013-05-12")])
    (entry,) = registry.entries.values()
    assert entry.dates == (("2013-05-12", 1),)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kế hoạch 14/KH-UBND", "Kế hoạch 14A/KH-UBND"), ("Quyết định 44-QĐ/TW", "Quy định 44-QĐ/TW")],
)
def test_two_numbers_are_never_settled_together(one: str, other: str) -> None:
    votes = [Vote(report="a", n=n, instrument=Instrument.parse(text)) for n, text in enumerate((one, other))]
    assert bucket_of(votes[0]) != bucket_of(votes[1])
