"""A graph in memory and the catalog give the same answers: the contract of `graph.questions.Source`."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from networkx.utils import graphs_equal

from corpus.errors import UnknownReferenceError
from corpus.model import Header, Report
from corpus.reading import report_of
from graph.answers_graph import trace_json
from graph.extract import find_citations
from graph.filing import Card, Filed, card_of, file_reading
from graph.importance import importance
from graph.multigraph import whole_graph
from graph.neighbourhood import neighbourhood
from graph.network import Network
from graph.questions import Source, Wanted, read_wanted, resolve_reference
from graph.related import related
from graph.tracing import Traced, trace
from index.catalog import FilePlace
from index.sqlite_catalog import SqliteCatalog

_IMPLEMENTS = "cụ thể hóa/thực hiện"
_TEXTS = {
    "tinh.txt": (
        Header(type="Báo cáo", number="5", symbol="BC-UBND", unit="tỉnh Lạng Hà", date="2022-12-20"),
        (
            "Thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư, Tỉnh ủy đã ban hành Kế hoạch số 93-KH/TU "
            "ngày 05/9/2018 của Tỉnh ủy Lạng Hà về dân vận. Quán triệt Luật Đất đai và Luật Nuôi trồng."
        ),
    ),
    "huyen.txt": (
        Header(
            type="Báo cáo", unit="huyện An Hòa", parent_unit="tỉnh Lạng Hà", province="tỉnh Lạng Hà", date="2023-01-10"
        ),
        (
            "Thực hiện Kế hoạch số 93-KH/TU ngày 05/9/2018 của Tỉnh ủy Lạng Hà, UBND huyện đã ban hành Kế hoạch số "
            "14/KH-UBND ngày 11/01/2022 của UBND huyện về kiểm tra. Chỉ thị số 28-CT/TW ngày 12/5/2013 đã hết nhiệm kỳ."
        ),
    ),
    "xa.txt": (
        Header(
            type="Báo cáo",
            number="31",
            symbol="BC-UBND",
            unit="xã Minh Tiến",
            parent_unit="huyện An Hòa",
            province="tỉnh Lạng Hà",
            date="2023-06-12",
            subject="Kết quả kiểm tra",
        ),
        (
            "Thực hiện điểm a khoản 2 Điều 3 Kế hoạch số 14/KH-UBND ngày 11/01/2022 của UBND huyện, xã họp.\n\n"
            "Theo Kế hoạch số 14, UBND xã đã ban hành Kế hoạch số 6/KH-UBND ngày 03/02/2023 về thực hiện Kế hoạch số "
            "14/KH-UBND của UBND huyện. Chỉ thị số 28-CT/TW được phổ biến."
        ),
    ),
    "khac.txt": (Header(type="Báo cáo", unit="xã Hòa Lạc", year=2023), "Xã đã họp, đạt 121/147 chỉ tiêu."),
}


def _reports() -> list[tuple[Report, Filed]]:
    reports = [replace(report_of(text, file=name), header=header) for name, (header, text) in _TEXTS.items()]
    return [(report, file_reading(report, find_citations(report))) for report in reports]


def _network(reports: list[tuple[Report, Filed]]) -> Network:
    return Network((card_of(report), filed) for report, filed in reports)


@pytest.fixture(scope="module")
def reports() -> list[tuple[Report, Filed]]:
    return _reports()


@pytest.fixture(scope="module", params=["network", "catalog", "catalog, reports in another order"])
def source(
    request: pytest.FixtureRequest, reports: list[tuple[Report, Filed]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Source]:
    if request.param == "network":
        yield _network(reports)
        return
    ordered = reports if request.param == "catalog" else [reports[i] for i in (2, 0, 3, 1)]
    with SqliteCatalog(tmp_path_factory.mktemp("catalog") / "catalog.sqlite") as catalog:
        for report, filed in ordered:
            with catalog.writing():
                catalog.put(report, filed, FilePlace(path=report.file, hash="", size=1, mtime_ns=1, report=report.id))
        yield catalog


@pytest.fixture(scope="module")
def network(reports: list[tuple[Report, Filed]]) -> Network:
    return _network(reports)


def _card(source: Source, file: str) -> Card:
    return next(card for card in source.cards() if card.file == file)


def _id(source: Source, reference: str) -> str:
    (entry,) = resolve_reference(source, reference)
    return entry.id


def _units(traced: Traced) -> list[str | None]:
    return [u.unit.label if u.unit else None for u in traced.units]


WANTED = [
    Wanted(number="14"),
    Wanted(kind="ke hoach", number="14"),
    Wanted(kind="chi thi", number="14"),
    Wanted(number="28", symbol="ct/tw"),
    Wanted(number="28", year=2018),
    Wanted(names=("luat dat dai",), numbers=("13/2003/QH11", "45/2013/QH13")),
    Wanted(names=("luat nuoi trong",)),
    Wanted(number="999"),
]


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_all_sources_find_the_same_documents(source: Source, network: Network, wanted: Wanted) -> None:
    assert list(source.find(wanted)) == list(network.find(wanted))


def test_all_sources_know_the_same_of_each_document(source: Source, network: Network) -> None:
    every = sorted({place.entry for place in network.places_in([card.id for card in network.cards()])})
    for entries in (every, *([entry] for entry in every)):
        assert len(source.entries(entries)) == len(entries)
        assert list(source.entries(entries)) == list(network.entries(entries))
        assert list(source.places_of(entries)) == list(network.places_of(entries))
        assert list(source.links_to(entries)) == list(network.links_to(entries))
        assert list(source.links_from(entries)) == list(network.links_from(entries))
        assert list(source.cited_by(entries)) == list(network.cited_by(entries))


def test_all_sources_know_the_same_of_each_report(source: Source, network: Network) -> None:
    assert list(source.cards()) == list(network.cards())
    for card in network.cards():
        assert list(source.places_in([card.id])) == list(network.places_in([card.id]))
        assert list(source.reports_of([card.whose])) == list(network.reports_of([card.whose])) == [card]
    assert source.tree().units == network.tree().units


def test_all_sources_make_the_same_graph(source: Source, network: Network) -> None:
    assert graphs_equal(whole_graph(source), whole_graph(network))
    for node in whole_graph(network):
        for cap in (4, 1000):
            assert graphs_equal(neighbourhood(source, [node], cap=cap), neighbourhood(network, [node], cap=cap))
    assert importance(source, bridges=True) == importance(network, bridges=True)
    for card in network.cards():
        assert related(source, card.id) == related(network, card.id)


@pytest.mark.parametrize("reference", ["chỉ thị 28", "93-KH/TU", "Kế hoạch 14/KH-UBND", "Kế hoạch 6", "Luật Đất đai"])
def test_all_sources_trace_alike(source: Source, network: Network, reference: str) -> None:
    assert trace(source, reference) == trace(network, reference)
    assert trace_json(trace(source, reference)) == trace_json(trace(network, reference))


def test_what_is_not_there_is_none_or_empty(source: Source) -> None:
    assert list(source.entries(["ke-hoach-999"])) == []
    assert list(source.find(Wanted(number="999"))) == []
    assert list(source.places_in([_card(source, "khac.txt").id])) == []


def test_a_document_is_found_by_its_id_and_by_every_way_to_type_it(source: Source) -> None:
    ways = ["Kế hoạch 14/KH-UBND", "kế hoạch 14", "ke hoach so 014/KH-UBND", "14/KH-UBND", "14/kh-ubnd"]
    found = {_id(source, way) for way in ways}
    assert len(found) == 1
    assert _id(source, found.pop()) == _id(source, "kế hoạch 14")


def test_two_terms_are_both_given_and_an_undated_citation_that_fits_both_names_them(source: Source) -> None:
    answer = trace(source, "Chỉ thị 28-CT/TW")
    assert answer.ambiguous
    dates = {t.entry.date: t for t in answer.instruments}
    assert set(dates) == {"2013-05-12", "2018-06-20", None}
    assert set(dates[None].entry.candidates) == {dates["2013-05-12"].entry.id, dates["2018-06-20"].entry.id}


def test_a_law_by_name_is_found_with_the_number_the_table_knows(source: Source) -> None:
    (entry,) = resolve_reference(source, "luật đất đai")
    assert (entry.canonical, entry.date) == ("45/2013/QH13", "2013-11-29")
    (unknown,) = resolve_reference(source, "Luật Nuôi trồng")
    assert (unknown.canonical, unknown.date) == ("Luật Nuôi trồng", None)


@pytest.mark.parametrize(
    ("reference", "problem"), [("chào", "names no instrument"), ("Kế hoạch 999", "no report of the library cites")]
)
def test_a_reference_that_finds_nothing_is_an_error_with_a_remedy(source: Source, reference: str, problem: str) -> None:
    with pytest.raises(UnknownReferenceError, match=problem) as caught:
        resolve_reference(source, reference)
    assert caught.value.remedy


def test_places_stand_in_the_order_of_the_text_with_their_evidence(source: Source) -> None:
    places = source.places_in([_card(source, "xa.txt").id])
    assert [(p.text, p.line, p.relation, p.locator, p.short_form) for p in places] == [
        ("Kế hoạch số 14/KH-UBND", 1, "thực hiện", "điểm a khoản 2 Điều 3", False),
        ("Kế hoạch số 14", 3, "căn cứ", None, True),
        ("Kế hoạch số 6/KH-UBND", 3, "ban hành", None, False),
        ("Kế hoạch số 14/KH-UBND", 3, "thực hiện", None, False),
        ("Chỉ thị số 28-CT/TW", 3, "khác", None, False),
    ]
    assert all(p.text in p.sentence for p in places)


def test_a_trace_tells_who_cites_it_with_the_action(source: Source) -> None:
    (traced,) = trace(source, "Kế hoạch 14").instruments
    assert _units(traced) == ["huyện An Hòa", "xã Minh Tiến"]
    (report,) = traced.units[1].reports
    [action] = report.actions
    assert (action.text or "").startswith("UBND xã đã ban hành Kế hoạch số 6/KH-UBND ngày 03/02/2023")
    assert (action.entry and action.entry.canonical, action.line) == ("6/KH-UBND", 3)
    assert [p.line for p in report.places] == [1, 3, 3]


def test_a_trace_follows_stated_links_to_those_who_never_name_it(source: Source) -> None:
    answer = trace(source, "chi-thi-28-ct-tw-xii")
    (traced,) = answer.instruments
    assert _units(traced) == ["tỉnh Lạng Hà"]
    ways = {i.unit.label: [(s.source.id, s.stated.relation) for s in i.via] for i in traced.indirect}
    plan, district = _id(source, "93-KH/TU"), _id(source, "Kế hoạch 14")
    assert ways == {
        "huyện An Hòa": [(plan, _IMPLEMENTS)],
        "xã Minh Tiến": [(district, _IMPLEMENTS), (plan, _IMPLEMENTS)],
    }
    assert [unit.label for unit in answer.missing] == ["xã Hòa Lạc"]


def test_documents_that_name_each_other_lead_nobody_in_a_circle() -> None:
    text = (
        "Kế hoạch số 6/KH-UBND thay thế Kế hoạch số 5/KH-UBND của UBND xã Minh Tiến ngày 03/02/2023.\n"
        "Kế hoạch số 5/KH-UBND của UBND xã Minh Tiến về thực hiện Kế hoạch số 6/KH-UBND của UBND xã Minh Tiến."
    )
    report = replace(report_of(text, file="x"), header=Header(unit="xã Minh Tiến", date="2023-06-12"))
    network = _network([(report, file_reading(report, find_citations(report)))])
    for reference in ("Kế hoạch 5", "Kế hoạch 6"):
        (traced,) = trace(network, reference).instruments
        assert len(network.links_to([traced.entry.id])) == 1
        assert (_units(traced), traced.indirect) == (["xã Minh Tiến"], ())


@pytest.mark.parametrize(
    ("reference", "wanted"),
    [
        ("kết luận 57", Wanted(kind="ket luan", number="57")),
        ("Kết luận 57-KL/TW", Wanted(kind="ket luan", number="57", symbol="kl-tw")),
        ("Nghị định 61/2018", Wanted(kind="nghi dinh", number="61", year=2018)),
        ("311/UBND-VX", Wanted(number="311", symbol="ubnd-vx")),
        ("Luật Nuôi trồng", Wanted(names=("luat nuoi trong",))),
    ],
)
def test_a_reference_asks_for_no_more_than_it_says(reference: str, wanted: Wanted) -> None:
    assert read_wanted(reference) == (wanted,)


def test_a_nickname_asks_by_its_name_by_what_it_means_and_by_number() -> None:
    by_name, by_number = read_wanted("đề án 06")
    assert (by_name.names, "06/QĐ-TTg" in by_name.numbers) == (("de an 06",), True)
    assert (by_number.kind, by_number.number) == ("de an", "6")


def test_a_name_asks_for_the_document_of_its_own_term_alone() -> None:
    texts = [
        ("xã Minh Tiến", "2017-06-12", "Thực hiện Nghị quyết số 04-NQ/TW ngày 30/10/2016 của Bộ Chính trị, xã họp."),
        ("xã Hòa Lạc", "2022-12-12", "Thực hiện Nghị quyết số 04-NQ/TW ngày 19/8/2022 của Bộ Chính trị, xã họp."),
    ]
    network = _network(
        [
            (report, file_reading(report, find_citations(report)))
            for unit, date, text in texts
            for report in [replace(report_of(text, file=unit), header=Header(unit=unit, date=date))]
        ]
    )
    (traced,) = trace(network, "Nghị quyết Trung ương 4 khóa XII").instruments
    assert _units(traced) == ["xã Minh Tiến"]
