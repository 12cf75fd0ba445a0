"""The hard cases of identity (64-72): what looks the same is two documents, and what looks like two is one."""

from dataclasses import replace
from itertools import permutations

import pytest
from cases import HEADER, read

from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations
from graph.filing import file_reading
from graph.identity import Instrument
from graph.model import Cited
from graph.registry import Entry, Registry, settle
from graph.votes import Vote

_OTHER = replace(HEADER, issuer="Ủy ban nhân dân huyện Bình Khê", unit="huyện Bình Khê")
_PARTY = replace(HEADER, issuer="Thành ủy Sơn Hòa", unit="thành phố Sơn Hòa")


def _cited(text: str, header: Header = HEADER) -> list[Cited]:
    return list(read(text, header).cited)


def _entries(*reports: tuple[str, Header]) -> list[Entry]:
    """The registry of some reports, which does not depend on their order."""
    filed = []
    for n, (text, header) in enumerate(reports):
        report = replace(report_of(text, file=f"{n}"), id=f"r{n}", header=header)
        filed.append(file_reading(report, find_citations(report)).votes)
    found = []
    for order in permutations(filed):
        registry = Registry()
        for votes in order:
            registry.add(votes)
        found.append(list(registry.entries.values()))
    assert all(entries == found[0] for entries in found)
    return found[0]


# --- case 64
@pytest.mark.parametrize(
    ("number", "dates"),
    [
        ("Chỉ thị số 28-CT/TW", ["2013-05-21", "2018-09-21"]),
        ("Kết luận số 63-KL/TW", ["2013-05-27", "2020-02-18"]),
        ("Quy định số 37-QĐ/TW", ["2013-10-11", "2021-10-25"]),
    ],
)
def test_one_number_of_the_party_in_two_terms_is_two_documents(number: str, dates: list[str]) -> None:
    first, second = (f"Quán triệt {number} ngày {'/'.join(reversed(d.split('-')))} của Bộ Chính trị." for d in dates)
    assert [c.date for c in _cited(f"{first} {second}")] == dates
    assert sorted(e.date or "" for e in _entries((first, HEADER), (second, _OTHER))) == dates


def test_a_number_without_a_date_that_fits_two_terms_keeps_both_as_candidates() -> None:
    entries = _entries(
        ("Quán triệt Chỉ thị số 28-CT/TW ngày 21/5/2013 của Ban Bí thư.", HEADER),
        ("Quán triệt Chỉ thị số 28-CT/TW ngày 21/9/2018 của Ban Bí thư.", _OTHER),
        ("Quán triệt Chỉ thị số 28-CT/TW đến đảng viên.", HEADER),
    )
    assert [len(e.candidates) for e in sorted(entries, key=lambda e: e.date or "")] == [2, 0, 0]


# --- case 65
@pytest.mark.parametrize("number", ["Kế hoạch số 06/KH-UBND", "Quyết định số 615/QĐ-UBND", "Nghị quyết số 12/NQ-HĐND"])
@pytest.mark.parametrize("after", [" ngày 11/01/2023", ""])
def test_one_number_of_two_units_is_two_documents(number: str, after: str) -> None:
    text = f"UBND huyện triển khai {number}{after} về dân vận."
    assert len(_entries((text, HEADER), (text, _OTHER))) == 2
    body = "HĐND" if "HĐND" in number else "UBND"
    both = f"Theo {number}{after} của {body} huyện Phước Lâm. Theo {number}{after} của {body} huyện Bình Khê."
    assert len(_cited(both)) == 2


# --- case 66
@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        (
            "Theo Kế hoạch số 93-KH/TU của Tỉnh ủy. Theo Kế hoạch số 93-KH/TU của Thành ủy.",
            ["Tỉnh ủy Sơn Hà", "Thành ủy Sơn Hòa"],
        ),
        (
            "Thực hiện Kế hoạch số 93-KH/TU ngày 06/9/2018 của Tỉnh ủy, Thành ủy đã ban hành Kế hoạch số 93-KH/TU.",
            ["Tỉnh ủy Sơn Hà", "Thành ủy Sơn Hòa"],
        ),
        (
            "Nghị quyết số 12-NQ/TU của Ban Thường vụ Tỉnh ủy. Nghị quyết số 12-NQ/TU của Ban Thường vụ Thành ủy.",
            ["Ban Thường vụ Tỉnh ủy Sơn Hà", "Ban Thường vụ Thành ủy Sơn Hòa"],
        ),
    ],
)
def test_one_code_of_two_levels_is_told_apart_by_of_and_by_the_subject(text: str, issuers: list[str]) -> None:
    assert [c.issuer for c in _cited(text, _PARTY)] == issuers


# --- cases 67, 69
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kết luận số 63-KL/TW", "Kế hoạch số 63/KH-UBND"),
        ("Quyết định số 418-QĐ/TU", "Quyết định số 418-QĐ/TW"),
        ("Chỉ thị số 23-CT/TW", "Chỉ thị số 23/CT-TTg"),
        ("Nghị quyết số 76/NQ-CP", "Nghị quyết số 76/NQ-HĐND"),
        ("Quy định số 88-QĐ/TW", "Quyết định số 88-QĐ/TW"),
        ("Quy định số 14-QĐi/TW", "Quyết định số 14-QĐ/TW"),
        ("Báo cáo số 54-BC/HU", "Thông báo số 54-TB/HU"),
    ],
)
def test_one_number_of_two_types_or_bodies_is_never_one_document(one: str, other: str) -> None:
    text = f"Thực hiện {one} và {other}, huyện đã họp."
    assert len(_cited(text)) == 2
    assert len(_entries((f"Thực hiện {one}.", HEADER), (f"Thực hiện {other}.", HEADER))) == 2


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("Quy định số 14-QĐi/TW", "Quy định"),
        ("Quy định số 88-QĐ/TW", "Quy định"),
        ("Quyết định số 88-QĐ/TW", "Quyết định"),
        ("quy định số 05-QyĐ/HU", "Quy định"),
        ("Quy định 44-QĐ/TU", "Quy định"),
    ],
)
def test_the_word_tells_the_type_where_the_code_is_that_of_two(printed: str, kind: str) -> None:
    assert [c.instrument.type for c in _cited(f"Quán triệt {printed} đến đảng viên.")] == [kind]


# --- case 68
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quyết định số 31/2021/QĐ-UBND ngày 10/8/2021", "Quyết định số 31/QĐ-UBND ngày 22/9/2021"),
        ("Quyết định số 31/2021/QĐ-UBND của UBND tỉnh", "Quyết định số 31/QĐ-UBND ngày 22/9/2021 của UBND tỉnh"),
        ("Quyết định số 31/2021/QĐ-UBND", "Quyết định số 31/QĐ-UBND"),
        ("Nghị quyết số 12/2022/NQ-HĐND ngày 08/7/2022", "Nghị quyết số 12/NQ-HĐND ngày 20/12/2022"),
        ("Quyết định số 733/2021/QĐ-TTg", "Quyết định số 733/QĐ-TTg ngày 17/5/2021"),
    ],
)
def test_a_normative_number_is_not_the_administrative_one_of_its_year(one: str, other: str) -> None:
    text = f"Thực hiện {one} về giá đất. Thực hiện {other} về khen thưởng."
    assert len(_cited(text)) == 2
    assert len(_entries((text, HEADER))) == 2


# --- case 70
@pytest.mark.parametrize(
    ("printed", "issuer"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Sơn Hà"),
        ("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh Sơn Hà"),
        ("UBND huyện", "Ủy ban nhân dân huyện Phước Lâm"),
    ],
)
def test_a_place_without_its_name_is_that_of_the_citing_unit(printed: str, issuer: str) -> None:
    text = f"Thực hiện Kế hoạch số 33/KH-UBND ngày 08/3/2022 của {printed} về dân vận."
    assert [c.issuer for c in _cited(text)] == [issuer]


def test_a_place_without_its_name_is_not_invented_and_not_shared() -> None:
    text = "Thực hiện Kế hoạch số 33/KH-UBND ngày 08/3/2022 của UBND tỉnh về dân vận."
    nowhere = Header(type="Báo cáo", date="2023-08-14")
    assert [c.issuer for c in _cited(text, nowhere)] == ["Ủy ban nhân dân tỉnh"]
    elsewhere = replace(HEADER, parent_unit="tỉnh Lạng Hà", province="tỉnh Lạng Hà")
    assert len(_entries((text, HEADER), (text, _OTHER))) == 1
    assert len(_entries((text, HEADER), (text, elsewhere))) == 2


# --- case 71
@pytest.mark.parametrize(
    ("number", "days"),
    [
        ("Kế hoạch số 06/KH-UBND", ["11/01/2023", "01/11/2023"]),
        ("Kế hoạch số 33/KH-UBND", ["08/3/2022", "03/8/2022"]),
        ("Quyết định số 615/QĐ-UBND", ["19/7/2021", "17/9/2021"]),
    ],
)
def test_two_days_of_one_number_are_one_document_with_both_days(number: str, days: list[str]) -> None:
    header = replace(HEADER, date="2023-12-20")
    texts = [f"Thực hiện {number} ngày {day} của UBND huyện Phước Lâm về dân vận." for day in days]
    (entry,) = _entries((texts[0], header), (texts[1], replace(_OTHER, date="2023-12-20")))
    isos = sorted("-".join(part.zfill(2) for part in reversed(day.split("/"))) for day in days)
    assert entry.dates == tuple((iso, 1) for iso in isos)
    assert sorted(report for report, _ in entry.votes) == ["r0", "r1"]


# --- case 72
_PLAN = Instrument.parse("Kế hoạch 33/KH-UBND")


def _vote(report: str, day: str, date: str | None) -> Vote:
    return Vote(report=report, n=0, instrument=_PLAN, date=date, issuer=HEADER.issuer, unit=HEADER.unit, day=day)


def test_a_report_that_cites_what_was_issued_after_it_is_kept_in_the_registry() -> None:
    (entry,) = settle([_vote("a", "2022-05-31", "2022-11-08")])
    assert (entry.votes, entry.dates) == ((("a", 0),), (("2022-11-08", 1),))


def test_a_vote_without_date_means_nothing_that_was_issued_after_its_report() -> None:
    entries = settle([_vote("a", "2023-05-31", "2022-11-08"), _vote("b", "2022-05-31", None)])
    assert sorted(e.votes for e in entries) == [(("a", 0),), (("b", 0),)]


@pytest.mark.parametrize("other", ["2022-11-08", "2022-03-08"])
def test_an_impossible_day_joins_another_document_only_with_both_to_be_seen(other: str) -> None:
    """A document of 08/11 cannot be cited in May: a slip of one of the two days, which `cancu check` tells."""
    entries = settle([_vote("a", "2022-12-31", other), _vote("b", "2022-05-31", "2022-11-09")])
    for entry in entries:
        assert len(entry.votes) == 1 or {day for day, _ in entry.dates} == {other, "2022-11-09"} or entry.candidates
