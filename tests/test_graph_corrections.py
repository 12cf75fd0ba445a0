"""Corrections as values: what a person may set, and what becomes of what was extracted."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import report_of
from graph.correction_values import checked, read_json
from graph.corrections import (
    KINDS,
    Correction,
    CorrectionError,
    Kind,
    Overlay,
    correct_filed,
    correct_report,
    join_entries,
    latest,
    name_in_report,
    places_like,
)
from graph.extract import find_citations
from graph.filing import file_reading
from graph.model import RELATIONS
from graph.registry import Entry, settle

TEXT = """ỦY BAN NHÂN DÂN
XÃ PHONG LỘC
Số: 12/BC-UBND
Phong Lộc, ngày 05 tháng 6 năm 2024
BÁO CÁO
Kết quả công tác
Căn cứ Chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị. UBND xã đã ban hành Kế hoạch số 04/KH-UBND ngày \
19/02/2024 để thực hiện Kế hoạch số 38/KH-UBND ngày 02/02/2024 của UBND huyện Đại Khê.
Căn cứ  chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị.
"""
REPORT = report_of(TEXT, file="/reports/a.txt")
FILED = file_reading(REPORT, find_citations(REPORT))
DIRECTIVE, PLAN, OWN = "Chỉ thị 30-CT/TW", "Kế hoạch 38/KH-UBND", "Kế hoạch 04/KH-UBND"


def correction(kind: Kind, second: int = 0, **values: Any) -> Correction:
    return Correction(kind=kind, id=second + 1, made=f"2026-01-01T00:00:{second:02}.000000+00:00", **values)


def sentence(name: str) -> str:
    return next(p.sentence for p in FILED.places if name_in_report(FILED.votes[p.n]) == name)


def of_citation(kind: Kind, name: str, nth: int = 1, second: int = 0, **values: Any) -> Correction:
    return correction(kind, second, report="r", instrument=name, sentence=sentence(name), nth=nth, **values)


# What may be set, brought to one form.

VALUES: list[tuple[Kind, str, str]] = [
    ("unit", " Xã  AN BÌNH", "xã An Bình"),
    ("unit", "TX. An Bình", "thị xã An Bình"),
    ("unit", "TP.HCM", "thành phố Hồ Chí Minh"),
    ("unit", "xã Hoà Bình", "xã Hòa Bình"),
    ("date", "2023-05-01", "2023-05-01"),
    ("date", "1/5/2023", "2023-05-01"),
    ("date", "ngày 01 tháng 5 năm 2023", "2023-05-01"),
    ("date", "5/2023", "2023-05"),
    ("date", "2023-05", "2023-05"),
    ("date", "2023", "2023"),
    ("issuer", "UBND xã An Bình", "Ủy ban nhân dân xã An Bình"),
    ("title", "  thực hiện  dân chủ ", "thực hiện dân chủ"),
    ("relation", "thực-hiện", "thực hiện"),
    ("relation", "THUC HIEN", "thực hiện"),
    ("relation", "khac", "khác"),
    ("join", "ke-hoach-38", "ke-hoach-38"),
    ("separate", "0a1b2c", "0a1b2c"),
]


@pytest.mark.parametrize(("kind", "typed", "value"), VALUES)
def test_a_value_is_brought_to_its_one_form_and_stays_there(kind: Kind, typed: str, value: str) -> None:
    once = checked(correction(kind, value=typed))
    assert once.value == value
    assert checked(once) == once


REFUSED: list[tuple[Kind, str, str]] = [
    *(
        ("unit", text, "no unit")
        for text in ("", "huyện", "An Bình", "xã hội", "UBND xã An Bình", "xã An Bình, xã Hà An")
    ),
    *(
        ("date", text, "no date")
        for text in ("", "31/02/2020", "2023-13-01", "hôm qua", "1/5/2023 và sau", "12", "1/5")
    ),
    *(("issuer", text, "no text") for text in ("", "  ")),
    *(("title", text, "no text") for text in ("", " \n ")),
    *(("relation", text, "no relation") for text in ("", "thi hành", "thực hiện và")),
    ("wrong", "x", "no value"),
    *(("separate", text, "marks no document") for text in ("", "a", "0a1b2c ", "../../x")),
]


@pytest.mark.parametrize(("kind", "typed", "problem"), REFUSED)
def test_what_is_no_value_is_refused_with_what_is_allowed(kind: Kind, typed: str, problem: str) -> None:
    with pytest.raises(CorrectionError, match=problem) as told:
        checked(correction(kind, value=typed))
    assert told.value.remedy


def test_the_relations_that_are_allowed_are_all_named() -> None:
    with pytest.raises(CorrectionError) as told:
        checked(correction("relation", value="thi hành"))
    assert all(relation in told.value.remedy for relation in RELATIONS)


@pytest.mark.parametrize(
    ("parent", "province", "problem"),
    [
        ("xã Hà An", None, "does not lie above"),
        ("thôn Hạ", None, "no unit"),
        (None, "huyện Đại Khê", "no province"),
        (None, "Sơn Hà", "no unit"),
        ("tỉnh Sơn Hà", "tỉnh An Lạc", "two provinces"),
    ],
)
def test_the_places_above_a_unit_lie_above_it(parent: str | None, province: str | None, problem: str) -> None:
    with pytest.raises(CorrectionError, match=problem):
        checked(correction("unit", value="xã An Bình", parent=parent, province=province))
    unit = checked(correction("unit", value="xã An Bình", parent="H. Đại Khê", province="tỉnh Sơn Hà"))
    assert (unit.parent, unit.province) == ("huyện Đại Khê", "tỉnh Sơn Hà")


# A report.


def test_what_is_not_set_of_a_header_stays() -> None:
    unit = correction("unit", value="xã Khe Dẻ", parent="huyện Đại Khê")
    changed = correct_report(REPORT, [unit])
    assert changed.header == replace(REPORT.header, unit="xã Khe Dẻ", parent_unit="huyện Đại Khê")
    assert correct_report(changed, [correction("unit", value="xã Hà An")]).header.parent_unit == "huyện Đại Khê"
    assert correct_report(REPORT, []) == REPORT


@pytest.mark.parametrize(
    ("period", "date", "year"),
    [(None, "2023-05-01", 2023), ("6 tháng đầu năm 2024", "2023-05-01", 2024), ("quý I", "2023", 2023)],
)
def test_the_year_of_a_report_is_that_of_its_period_else_of_its_date(period: str | None, date: str, year: int) -> None:
    report = replace(REPORT, header=replace(REPORT.header, period=period))
    header = correct_report(report, [correction("date", value=date)]).header
    assert (header.date, header.year) == (date, year)


# Its citations.


def test_a_citation_is_known_by_its_words_however_they_are_set() -> None:
    first, second = (p for p in FILED.places if name_in_report(FILED.votes[p.n]) == DIRECTIVE)
    assert (first.line, second.line) == (7, 8)
    assert places_like(FILED, first) == places_like(FILED, second) == [first, second]
    for nth, line in ((1, 7), (2, 8)):
        changed, found = correct_filed(FILED, [of_citation("relation", DIRECTIVE, nth, value="quán triệt")])
        assert [p.line for p in changed.places if p.relation == "quán triệt"] == [line]
        assert found == {1}


@pytest.mark.parametrize("nth", [0, 3, -1, 99])
def test_one_more_than_there_are_is_none(nth: int) -> None:
    changed, found = correct_filed(FILED, [of_citation("wrong", DIRECTIVE, nth=nth or 3)])
    assert (changed, found) == (FILED, frozenset())


def test_a_wrong_citation_takes_its_document_and_links_only_when_nothing_else_names_them() -> None:
    once, found = correct_filed(FILED, [of_citation("wrong", DIRECTIVE)])
    assert (len(once.places), once.votes) == (len(FILED.places) - 1, FILED.votes)
    assert found == {1}
    twice, _ = correct_filed(FILED, [of_citation("wrong", DIRECTIVE), of_citation("wrong", DIRECTIVE, 2, 1)])
    assert DIRECTIVE not in map(name_in_report, twice.votes)
    assert [v.n for v in twice.votes] == list(range(len(twice.votes)))
    plan, _ = correct_filed(FILED, [of_citation("wrong", PLAN)])
    assert FILED.links
    assert not plan.links
    assert PLAN not in map(name_in_report, plan.votes)


def test_what_is_left_keeps_its_documents_when_one_goes() -> None:
    changed, _ = correct_filed(FILED, [of_citation("wrong", PLAN)])

    def said(filed: Any) -> list[tuple[str, int]]:
        return [(name_in_report(filed.votes[p.n]), p.start) for p in filed.places]

    assert said(changed) == [(name, start) for name, start in said(FILED) if name != PLAN]


def test_the_own_number_of_a_report_stays_though_nothing_cites_it() -> None:
    everything = [
        of_citation("wrong", name_in_report(FILED.votes[p.n]), nth, n) for n, (p, nth) in enumerate(_numbered())
    ]
    changed, found = correct_filed(FILED, everything)
    assert len(found) == len(FILED.places)
    assert (changed.places, changed.links) == ((), ())
    assert [name_in_report(v) for v in changed.votes] == ["Báo cáo 12/BC-UBND"]


def _numbered() -> list[tuple[Any, int]]:
    return [(p, places_like(FILED, p).index(p) + 1) for p in FILED.places]


def test_separated_citations_are_a_document_of_their_own() -> None:
    vote = next(v for v in FILED.votes if name_in_report(v) == PLAN)
    apart = correction("separate", value="0a1b2c", instrument=PLAN, date=vote.date)
    changed, found = correct_filed(FILED, [apart])
    [marked] = [v for v in changed.votes if v.apart]
    assert name_in_report(marked) == PLAN
    assert found == {1}
    [entry], [other] = settle([vote]), settle([marked])
    assert other.id == f"{entry.id}--0a1b2c"
    assert correct_filed(FILED, [replace(apart, date="2024-02-03")]) == (FILED, frozenset())


def test_of_two_of_one_name_and_day_the_issuer_tells_which_is_meant() -> None:
    vote = next(v for v in FILED.votes if name_in_report(v) == OWN)
    twice = replace(FILED, votes=(*FILED.votes, replace(vote, n=len(FILED.votes), issuer="Ủy ban nhân dân xã Hà An")))
    said: dict[str, Any] = {"value": "0a1b2c", "instrument": OWN, "date": vote.date}
    changed, _ = correct_filed(twice, [correction("separate", **said, issuer="Ủy ban nhân dân xã Hà An")])
    assert [v.issuer for v in changed.votes if v.apart] == ["Ủy ban nhân dân xã Hà An"]
    assert correct_filed(twice, [correction("separate", **said)]) == (twice, frozenset())


# Which holds.


def test_the_later_of_two_holds_in_whatever_order_they_are_given() -> None:
    old, new = correction("unit", 1, value="xã A"), correction("unit", 2, value="xã B")
    date, other = correction("date", 3, value="2023"), of_citation("relation", DIRECTIVE, 2, 4, value="khác")
    same = of_citation("relation", DIRECTIVE, 1, 5, value="khác")
    assert set(latest([new, old, date, other, same])) == {new, date, other, same}
    assert set(latest([same, other, date, old, new])) == {new, date, other, same}
    twins = [replace(old, made=new.made), new]
    assert latest(twins) == latest(reversed(twins))


# Documents.


def entry(name: str, **values: Any) -> Entry:
    known = {"type": "Kế hoạch", "canonical": name, "date": None, "issuer": None, "title": None, "level": None}
    return Entry(id=name, **{**known, **values})


def join(*pairs: str) -> Overlay:
    return Overlay(correction("join", n, instrument=pair[0], value=pair[1]) for n, pair in enumerate(pairs))


JOINS = [
    (("ab",), "abc", {"a": "b"}),
    (("ab", "bc"), "abc", {"a": "c", "b": "c"}),
    (("ab", "bc"), "ac", {"a": "c"}),  # nothing cites b just now
    (("ab", "bc"), "ab", {"a": "b"}),
    (("ab",), "ac", {}),
    (("ab", "ac"), "abc", {"a": "c"}),  # the later join holds
    (("ab", "ba"), "ab", {}),  # a circle joins nothing
    (("ab", "bc", "ca"), "abc", {}),
    (("xa", "ab", "ba"), "xab", {"x": "a"}),  # what leads into it is joined to its beginning
    (("aa",), "a", {}),
    ((), "ab", {}),
]


@pytest.mark.parametrize(("pairs", "there", "became"), JOINS)
def test_what_is_joined_to_what(pairs: tuple[str, ...], there: str, became: dict[str, str]) -> None:
    left, told = join_entries([entry(name) for name in there], join(*pairs))
    assert told == became
    assert [e.id for e in left] == [name for name in there if name not in became]


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=8),
    st.sets(st.sampled_from("abcdef")),
)
def test_joining_always_ends_at_what_is_there(pairs: list[tuple[str, str]], there: set[str]) -> None:
    left, became = join_entries([entry(name) for name in sorted(there)], join(*map("".join, pairs)))
    assert {e.id for e in left} | became.keys() == there
    assert not {e.id for e in left} & became.keys()
    assert set(became.values()) <= {e.id for e in left}


def test_what_is_joined_fills_what_is_not_known_and_adds_its_dates() -> None:
    a = entry("a", date="2024-01-02", title="A", dates=(("2024-01-02", 3),), votes=(("r", 1),), report="r")
    b = entry(
        "b", date="2024-01-01", dates=(("2024-01-01", 1), ("2024-01-02", 1)), votes=(("s", 0),), candidates=("a", "d")
    )
    c = entry("c", candidates=("a", "b"))
    left, _ = join_entries([a, b, c], join("ab"))
    joined = replace(b, title="A", report="r", dates=(("2024-01-01", 1), ("2024-01-02", 4)), candidates=("d",))
    assert left == [replace(joined, votes=(("r", 1), ("s", 0))), replace(c, candidates=("b",))]


def test_facts_are_laid_over_a_document_and_over_no_other() -> None:
    overlay = Overlay(
        [
            correction("date", 1, instrument="a", value="2024-01-01"),
            correction("issuer", 2, instrument="a", value="Ủy ban nhân dân huyện Đại Khê"),
            correction("title", 3, instrument="a", value="A"),
        ]
    )
    laid = overlay.lay(entry("a", level="commune"))
    assert (laid.date, laid.issuer, laid.title, laid.level) == (
        *("2024-01-01", "Ủy ban nhân dân huyện Đại Khê"),
        *("A", "district"),
    )
    assert overlay.lay(entry("a", level="central")).level == "central"
    assert overlay.lay(entry("b")) == entry("b")


# As JSON.

KEPT: list[dict[str, Any]] = [
    {"kind": "unit", "report": "r", "file": "/a.txt", "value": "xã An Bình", "parent": "huyện Hà An"},
    {"kind": "date", "report": "r", "value": "2023-05"},
    {"kind": "date", "instrument": "x", "value": "2023-05"},
    {"kind": "title", "instrument": "x", "value": "về A", "note": "xem bản gốc"},
    {"kind": "wrong", "report": "r", "instrument": "Chỉ thị 30-CT/TW", "line": 3, "sentence": "Một câu.", "nth": 2},
    {"kind": "separate", "report": "r", "instrument": "Chỉ thị 30-CT/TW", "date": "1998-02-18", "value": "0a1b2c"},
    {"kind": "join", "instrument": "x", "value": "y"},
]


@pytest.mark.parametrize("row", KEPT, ids=lambda row: f"{row['kind']} of {sorted(row)[0:3]}")
def test_what_was_written_is_read_again(row: dict[str, Any]) -> None:
    made = "2026-01-01T07:00:00+07:00"
    more = {"id": 7, "in_effect": True, "why_not": None, "another": [1], "issuer": None}
    [read] = read_json(json.dumps([{**row, **more, "made": made}]))
    assert read == Correction(**row, made="2026-01-01T00:00:00.000000+00:00")


def bad(**changes: Any) -> str:
    row = {"kind": "unit", "report": "r", "value": "xã An Bình", "made": "2026-01-01T00:00:00+00:00", **changes}
    return json.dumps([{name: value for name, value in row.items() if value is not None}])


NO_CORRECTIONS = [
    ("", "no JSON"),
    ("[" * 100_000, "no JSON"),
    ("{}", "no list"),
    ("[1]", "1: it has no names"),
    (bad(kind="colour"), "its kind is 'colour'"),
    (bad(kind=["unit"]), "kind cannot be read"),
    (bad(kind=None), "its kind is None"),
    (bad(report=None), "report is missing"),
    (bad(report=7), "report cannot be read"),
    (bad(value="An Bình"), "no unit"),
    (bad(made="gestern"), "made is no time"),
    (bad(made=None), "made is no time"),
    (bad(made="2026-01-01T00:00:00"), "made is no time"),  # of which zone?
    (bad(made="9999-12-31T23:59:59Z"), "made is no time"),
    (bad(made="0001-01-01T00:00:00+07:00"), "made is no time"),
    (bad(kind="wrong", value=None), "instrument, sentence, nth is missing"),
    (bad(kind="date", report=None, value="2023"), "instrument is missing"),
    (bad(kind="relation", instrument="x", sentence="y", nth=0, value="khác"), "nth cannot be read"),
    (bad(kind="relation", instrument="x", sentence="y", nth=True, value="khác"), "nth cannot be read"),
    # What no database takes.
    (bad(kind="relation", instrument="x", sentence="y", nth=2**63, value="khác"), "nth cannot be read"),
    (bad(kind="title", report=None, instrument="x", value="\ud800"), "value cannot be read"),
]


@pytest.mark.parametrize(("text", "problem"), NO_CORRECTIONS)
def test_what_is_no_correction_is_named(text: str, problem: str) -> None:
    with pytest.raises(CorrectionError) as told:
        read_json(text)
    assert problem in told.value.problem


def test_all_bad_rows_are_named_at_once() -> None:
    rows = [*json.loads(bad(kind="colour")), *json.loads(bad()), *json.loads(bad(made="x"))]
    with pytest.raises(CorrectionError, match=r"1: its kind is 'colour'; 3: made"):
        read_json(json.dumps(rows))


def test_of_very_many_bad_rows_the_first_are_named_and_the_others_counted() -> None:
    with pytest.raises(CorrectionError) as told:
        read_json(json.dumps([{}] * 10_000))
    assert told.value.problem.startswith("of the corrections these are none: 1: its kind is None; 2: ")
    assert told.value.problem.endswith("and 9980 more")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
)


@given(
    st.dictionaries(
        st.sampled_from(["kind", "made", "value", "report", "instrument", "nth", "sentence"]),
        JSON | st.sampled_from(KINDS),
    )
)
def test_whatever_a_file_holds_is_a_correction_or_refused(row: dict[str, Any]) -> None:
    try:
        [read] = read_json(json.dumps([row]))
    except CorrectionError:
        return
    assert read.kind in KINDS
