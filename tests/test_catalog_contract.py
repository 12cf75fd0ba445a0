"""What every catalog does, whatever it is made of; the graph in memory is what its answers are compared with."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import Report
from corpus.reading import report_of
from graph.answers_graph import trace_json
from graph.corrections import KINDS, Correction, Kind, correct_report, name_in_report
from graph.extract import find_citations
from graph.filing import Filed, Placed, card_of, file_reading
from graph.network import Network
from graph.questions import Period, Source, read_wanted
from graph.registry import Entry
from graph.tracing import trace
from index.catalog import Catalog, CatalogError, Counts, Failure, FilePlace
from index.sqlite_catalog import SqliteCatalog

# A catalog is made, or opened again, from a path that is its own.
FACTORIES: tuple[Callable[[Path], Catalog], ...] = (SqliteCatalog,)

# The district's plan is dated in one report and undated in another; the law is named, and numbered.
TEXTS = {
    "a": """ỦY BAN NHÂN DÂN
XÃ PHONG LỘC
Số: 12/BC-UBND
Phong Lộc, ngày 05 tháng 6 năm 2024
BÁO CÁO
Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024
Kính gửi: UBND huyện Đại Khê
Thực hiện Kế hoạch số 38/KH-UBND ngày 02/02/2024 của UBND huyện Đại Khê, UBND xã đã ban hành Kế hoạch số 04/KH-UBND \
ngày 19/02/2024 để thực hiện Chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị.
Luật Thực hiện dân chủ ở cơ sở được phổ biến tại 8 thôn.
""",
    "b": """ỦY BAN NHÂN DÂN
XÃ KHE THƯỢNG
Số: 31/BC-UBND
Khe Thượng, ngày 10 tháng 6 năm 2024
BÁO CÁO
Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024
Kính gửi: UBND huyện Đại Khê
Căn cứ Kế hoạch số 38/KH-UBND của UBND huyện Đại Khê; Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15; xã đã ban hành \
Kế hoạch số 04/KH-UBND ngày 21/02/2024.
""",
    "c": """ỦY BAN NHÂN DÂN
HUYỆN ĐẠI KHÊ
Số: 38/KH-UBND
Đại Khê, ngày 02 tháng 02 năm 2024
KẾ HOẠCH
Thực hiện dân chủ ở cơ sở năm 2024
Căn cứ Chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị; Quyết định số 217-QĐ/TW ngày 12/12/2013 của Bộ Chính trị.
""",
}
NAMESAKES_SAID = [
    (f"{head}XÃ MINH TIẾN\nSố: {n}/BC-UBND\nMinh Tiến, ngày 05 tháng 6 năm {year}\nBÁO CÁO\nKết quả năm {year}\n", said)
    for n, (head, year, said) in enumerate(
        product(
            ["ỦY BAN NHÂN DÂN\n", "UBND HUYỆN AN HÒA\nỦY BAN NHÂN DÂN ", "UBND HUYỆN BÌNH HÀ\nỦY BAN NHÂN DÂN "],
            (2022, 2024),
            [
                "Thực hiện Kế hoạch số 14/KH-UBND ngày 11/01/2022 của UBND xã Minh Tiến.",
                "Thực hiện Kế hoạch số 14/KH-UBND của UBND xã Minh Tiến; Chỉ thị số 28-CT/TW.",
                "Theo Chỉ thị số 28-CT/TW ngày 12/05/2013, Kế hoạch số 14/KH-UBND của UBND tỉnh, Kế hoạch số \
14/KH-UBND ngày 05/02/2024 của UBND xã Minh Tiến và Luật Thực hiện dân chủ ở cơ sở.",
            ],
        )
    )
]
NAMESAKES_SAID += [
    (
        f"UBND TỈNH LẠNG HÀ\nỦY BAN NHÂN DÂN HUYỆN {district}\nSố: 40/BC-UBND\nNgày 06 tháng 6 năm 2024\nBÁO CÁO\n",
        f"Thực hiện Kế hoạch số 14/KH-UBND {day}của UBND xã Minh Tiến.",
    )
    for district, day in product(["AN HÒA", "BÌNH HÀ", "CAO LỘ"], ["", "ngày 11/01/2022 "])
]
REFERENCES = (
    "Kế hoạch 38",
    "Kế hoạch 04/KH-UBND",
    "Chỉ thị 30",
    "30-CT/TW",
    "Luật Thực hiện dân chủ ở cơ sở",
    "Luật 10",
)


def read(name: str) -> tuple[Report, Filed]:
    report = report_of(TEXTS[name], file=f"/reports/{name}.txt", extractor="text (utf-8)", warnings=(f"note {name}",))
    return report, file_reading(report, find_citations(report))


READ = {name: read(name) for name in TEXTS}


def read_namesake(head: str, said: str, n: int) -> tuple[Report, Filed]:
    report = report_of(head + said, file=f"/namesakes/{n}.txt")
    return report, file_reading(report, find_citations(report))


NAMESAKES = {str(n): read_namesake(*both, n) for n, both in enumerate(NAMESAKES_SAID)}


def place(name: str, path: str | None = None, digest: str = "0") -> FilePlace:
    report = READ[name][0]
    return FilePlace(
        path=path or report.file, hash=digest, size=7, mtime_ns=1_700_000_000_000_000_001, report=report.id
    )


def put(catalog: Catalog, *names: str) -> None:
    for name in names:
        with catalog.writing():
            catalog.put(*READ[name], place(name))


@pytest.fixture(params=FACTORIES, ids=lambda factory: factory.__name__)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Catalog]]:
    """Opens the same catalog, as often as it is called."""
    catalogs: list[Catalog] = []

    def again() -> Catalog:
        catalogs.append(request.param(tmp_path / "catalog"))
        return catalogs[-1]

    yield again
    for catalog in catalogs:
        catalog.close()


@pytest.fixture
def catalog(opened: Callable[[], Catalog]) -> Catalog:
    return opened()


def facts(source: Source, reports: Sequence[str], entries: Sequence[str]) -> dict[str, object]:
    """All that a source answers of these reports and documents, one by one and together."""
    told: dict[str, object] = {"cards": list(source.cards())}
    for name in entries:
        told[f"entry {name}"] = list(source.entries([name]))
        told[f"places of {name}"] = list(source.places_of([name]))
        told[f"links to {name}"] = list(source.links_to([name]))
        told[f"links from {name}"] = list(source.links_from([name]))
        told[f"carriers of {name}"] = list(source.carriers([name]))
        told[f"cited by {name}"] = list(source.cited_by([name]))
    for name in reports:
        told[f"places in {name}"] = list(source.places_in([name]))
        told[f"links in {name}"] = list(source.links_in([name]))
    ends = {day for row in source.cited_by(entries) for day in (row.first, row.last)}
    for since, until in product([None, *ends], repeat=2):
        told[f"cited {since} {until}"] = list(source.cited_by(entries, Period(since=since, until=until)))
    told["together"] = [
        list(source.carriers(entries)),
        list(source.entries([*entries, "none", *entries])),
        *(list(ask([*entries, "none"])) for ask in (source.places_of, source.links_to, source.links_from)),
        *(list(ask([*reports, "none"])) for ask in (source.places_in, source.links_in)),
        dict(source.tree().units),
    ]
    told["all"] = list(source.all_entries())
    told |= facts_beside(source, reports, entries)
    told["reports of"] = [list(source.reports_of([card.whose])) for card in source.cards()]
    for reference in REFERENCES:
        told[f"find {reference}"] = [list(source.find(wanted)) for wanted in read_wanted(reference)]
    return told


def facts_beside(source: Source, reports: Sequence[str], entries: Sequence[str]) -> dict[str, object]:
    """All that a source answers of neighbours, of these reports and documents and of all."""
    incidence = source.incidence()
    named = zip(incidence.report.tolist(), incidence.entry.tolist(), incidence.own.tolist(), strict=True)
    told: dict[str, object] = {
        "owners": {whose: [*of] for whose, of in source.owners().items()},
        "issuers": {issuer: [*of] for issuer, of in source.issuers().items()},
        "linked": list(source.linked()),
        "named": [(incidence.reports[report], incidence.entries[entry], own) for report, entry, own in named],
    }
    for names in ([], reports[:1], [*reports, "none"]):
        asked = ",".join(names)
        told[f"cards {asked}"] = list(source.cards(names))
        told[f"own of {asked}"] = list(source.own_of(names))
        told[f"links in {asked}"] = [list(source.links_in(names, among)) for among in (None, entries[:2], entries)]
        told[f"counts in {asked}"] = dict(source.entries_by_report(names))
        told[f"places of some in {asked}"] = [list(source.places_in(names, of)) for of in ([], entries[:2], entries)]
        told[f"beside {asked}"] = [list(source.entries_beside(names, limit)) for limit in (1, 3, 1000)]
    for names in ([], entries[:1], [*entries, "none"]):
        asked = ",".join(names)
        told[f"counts of {asked}"] = dict(source.reports_by_entry(names))
        told[f"beside {asked}"] = [list(source.reports_beside(names, limit)) for limit in (1, 3, 1000)]
        for word in ("UBND", "Đại Khê", "no such word"):
            told[f"{word} of {asked}"] = list(source.place_saying(dict.fromkeys(names, word)))
    return told


def same_as_in_memory(catalog: Catalog, *names: str) -> None:
    """The catalog answers what a graph in memory of these reports answers."""
    network = Network((card_of(READ[name][0]), READ[name][1]) for name in names)
    reports = [READ[name][0].id for name in names]
    entries = sorted({p.entry for p in network.places_in(reports)})
    assert facts(catalog, reports, entries) == facts(network, reports, entries)
    assert catalog.counts().reports == len(names)
    assert not catalog.check()


def test_a_new_catalog_is_empty_and_well(catalog: Catalog) -> None:
    assert catalog.counts() == Counts(reports=0, units=0, instruments=0, citations=0, links=0, failures=0)
    assert (catalog.ids(), catalog.cards(), catalog.places(), catalog.failures()) == (frozenset(), [], [], [])
    assert (catalog.report("x"), catalog.card("x"), catalog.place("x")) == (None, None, None)
    assert [ask(["x"]) for ask in (catalog.entries, catalog.places_of, catalog.links_to, catalog.links_from)] == [
        []
    ] * 4
    assert (catalog.cited_by(["x"]), catalog.places_in(["x"]), catalog.tree().units) == ([], [], {})
    assert catalog.all_entries() == []
    assert catalog.check() == []


def test_what_is_put_is_there_whole_and_stays(opened: Callable[[], Catalog]) -> None:
    first = opened()
    put(first, "a", "b")
    first.close()
    catalog = opened()
    for name in ("a", "b"):
        report = READ[name][0]
        assert catalog.report(report.id) == report
        assert catalog.card(report.id) == card_of(report)
        assert catalog.place(report.file) == place(name)
    assert catalog.ids() == {READ["a"][0].id, READ["b"][0].id}
    assert catalog.places() == [place("a"), place("b")]
    assert catalog.counts().units == 2
    assert catalog.counts().citations == sum(len(READ[name][1].places) for name in ("a", "b"))
    assert catalog.counts().links == sum(len(READ[name][1].links) for name in ("a", "b")) > 0


@pytest.mark.parametrize("order", list(permutations(TEXTS)), ids="".join)
def test_the_order_of_reports_does_not_matter(catalog: Catalog, order: tuple[str, ...]) -> None:
    put(catalog, *order)
    same_as_in_memory(catalog, *sorted(order))


@pytest.mark.parametrize("gone", list(TEXTS))
def test_a_report_that_is_forgotten_leaves_nothing_behind(catalog: Catalog, gone: str) -> None:
    put(catalog, *TEXTS)
    report = READ[gone][0]
    with catalog.writing():
        assert catalog.forget(report.file) == report.id
    assert (catalog.report(report.id), catalog.card(report.id), catalog.place(report.file)) == (None, None, None)
    same_as_in_memory(catalog, *(name for name in TEXTS if name != gone))


def test_after_all_is_forgotten_it_is_as_new(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    with catalog.writing():
        for name in TEXTS:
            catalog.forget(READ[name][0].file)
    assert catalog.counts() == Counts(reports=0, units=0, instruments=0, citations=0, links=0, failures=0)
    put(catalog, *TEXTS)
    same_as_in_memory(catalog, *TEXTS)


def test_a_report_that_is_put_again_is_replaced(catalog: Catalog) -> None:
    put(catalog, "a", "b", "a")
    same_as_in_memory(catalog, "a", "b")
    report, filed = READ["a"]
    with catalog.writing():
        catalog.put(report, Filed(votes=filed.votes[:1], places=(), links=()), place("a", digest="1"))
    assert catalog.places_in([report.id]) == []
    assert catalog.place(report.file) == place("a", digest="1")


def test_a_trace_is_what_a_graph_in_memory_answers(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    network = Network((card_of(report), filed) for report, filed in READ.values())
    for reference in REFERENCES:
        assert trace_json(trace(catalog, reference)) == trace_json(trace(network, reference))


def test_places_stand_in_the_order_of_report_and_text(catalog: Catalog) -> None:
    put(catalog, "c", "b", "a")
    for name in TEXTS:
        report = READ[name][0]
        texts = [p.text for p in catalog.places_in([report.id])]
        assert texts == [p.text for p in sorted(READ[name][1].places, key=lambda p: p.start)]
    [directive] = catalog.find(*read_wanted("Chỉ thị 30-CT/TW"))
    assert [p.report.id for p in catalog.places_of([directive.id])] == sorted(READ[name][0].id for name in ("a", "c"))


def test_one_report_at_two_paths_is_one_until_both_are_forgotten(catalog: Catalog) -> None:
    put(catalog, "a")
    report = READ["a"][0]
    with catalog.writing():
        catalog.put_place(place("a", "/copies/a.txt"))
    assert [p.path for p in catalog.places()] == ["/copies/a.txt", report.file]
    assert catalog.counts().reports == 1
    with catalog.writing():
        assert catalog.forget(report.file) is None
    kept = catalog.card(report.id)
    assert kept is not None
    assert kept.file == "/copies/a.txt"  # it is shown where it still lies
    with catalog.writing():
        assert catalog.forget("/copies/a.txt") == report.id
    assert catalog.counts().reports == 0


def test_forgetting_a_copy_does_not_move_the_report(catalog: Catalog) -> None:
    put(catalog, "a")
    with catalog.writing():
        catalog.put_place(place("a", "/copies/a.txt"))
        assert catalog.forget("/copies/a.txt") is None
    same_as_in_memory(catalog, "a")


def test_a_path_that_is_not_known_can_be_forgotten(catalog: Catalog) -> None:
    put(catalog, "a")
    with catalog.writing():
        assert catalog.forget("/nowhere") is None
    same_as_in_memory(catalog, "a")


def test_a_place_of_a_report_that_is_not_there_is_refused(catalog: Catalog) -> None:
    with pytest.raises(CatalogError), catalog.writing():
        catalog.put_place(place("a"))
    assert catalog.places() == []


def test_a_place_is_noted_anew_when_the_file_is_touched(catalog: Catalog) -> None:
    put(catalog, "a")
    with catalog.writing():
        catalog.put_place(place("a", digest="1"))
    assert catalog.places() == [place("a", digest="1")]


def test_failures_are_kept_by_path_with_their_first_day(catalog: Catalog) -> None:
    with catalog.writing():
        catalog.note_failures(Failure(path=p, error="damaged", since="2024-01-01T00:00:00+00:00") for p in ("/z", "/b"))
    with catalog.writing():
        catalog.note_failures([Failure(path="/z", error="empty", since="2024-02-02T00:00:00+00:00")])
    assert catalog.failures() == [
        Failure(path="/b", error="damaged", since="2024-01-01T00:00:00+00:00"),
        Failure(path="/z", error="empty", since="2024-01-01T00:00:00+00:00"),
    ]
    assert catalog.counts().failures == 2


@pytest.mark.parametrize("how", ["put", "put_place"])
def test_a_file_that_is_read_is_no_failure_any_more(catalog: Catalog, how: str) -> None:
    put(catalog, "a")
    with catalog.writing():
        paths = (READ["b"][0].file, "/copies/a.txt", "/other")
        catalog.note_failures(Failure(path=path, error="damaged", since="2024-01-01") for path in paths)
    with catalog.writing():
        if how == "put":
            catalog.put(*READ["b"], place("b"))
        else:
            catalog.put_place(place("a", "/copies/a.txt"))
    gone = READ["b"][0].file if how == "put" else "/copies/a.txt"
    assert [f.path for f in catalog.failures()] == sorted({READ["b"][0].file, "/copies/a.txt", "/other"} - {gone})


class BrokenOffError(Exception):
    """What goes wrong in the middle."""


def test_what_fails_in_the_middle_leaves_no_trace(catalog: Catalog) -> None:
    put(catalog, "a")

    def write_and_fail() -> None:
        with catalog.writing():
            catalog.forget(READ["a"][0].file)
            catalog.put(*READ["b"], place("b"))
            catalog.note_failures([Failure(path="/z", error="damaged", since="2024-01-01")])
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        write_and_fail()
    same_as_in_memory(catalog, "a")
    assert catalog.failures() == []
    put(catalog, "b")  # and it can be written again
    same_as_in_memory(catalog, "a", "b")


def test_a_reader_sees_a_report_when_it_is_written_whole(opened: Callable[[], Catalog]) -> None:
    writer, reader = opened(), opened()
    put(writer, "a")
    with writer.writing():
        writer.put(*READ["b"], place("b"))
        same_as_in_memory(reader, "a")
    same_as_in_memory(reader, "a", "b")


def test_a_report_may_cite_nothing(catalog: Catalog) -> None:
    report = report_of("Thôn Hạ đã làm xong đường.", file="/reports/short.txt")
    with catalog.writing():
        where = FilePlace(path=report.file, hash="0", size=1, mtime_ns=0, report=report.id)
        catalog.put(report, file_reading(report, find_citations(report)), where)
    assert catalog.report(report.id) == report
    assert catalog.places_in([report.id]) == []
    assert catalog.counts().reports == 1


TEXT_AS_IT_IS = ["'; DROP TABLE report; --", "<script>alert(1)</script>", "\u202ea\x1b[31m", "😀 𝐀 ê\u0323", "a\x00b"]


@pytest.mark.parametrize("text", TEXT_AS_IT_IS)
def test_any_text_and_any_path_come_back_as_they_went_in(catalog: Catalog, text: str) -> None:
    report = report_of(f"{text} Kế hoạch số 38/KH-UBND {text}", file=f"/reports/{text}.txt")
    where = FilePlace(path=report.file, hash="0", size=1, mtime_ns=0, report=report.id)
    with catalog.writing():
        catalog.put(report, file_reading(report, find_citations(report)), where)
    assert catalog.report(report.id) == report
    assert catalog.place(report.file) == where


# What a search asks: for many reports at once.


def wanted(catalog: Catalog, reference: str) -> list[str]:
    return [entry.id for entry in catalog.find(*read_wanted(reference))]


def brute_force(catalog: Catalog, names: Sequence[str]) -> dict[str, set[str]]:
    """Document → the reports among these that cite it, place by place."""
    citing: dict[str, set[str]] = {}
    for name in names:
        report, filed = READ[name]
        own = {v.n for v in filed.votes if v.own}
        for placed, place in zip(filed.places, catalog.places_in([report.id]), strict=True):
            if placed.n not in own:
                citing.setdefault(place.entry, set()).add(report.id)
    return citing


def all_entries(catalog: Catalog) -> list[Entry]:
    return list(catalog.entries(sorted({p.entry for p in catalog.places_in(catalog.ids())})))


def test_texts_come_with_their_cards_in_the_order_asked_for(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    ids = [READ[name][0].id for name in ("c", "a")]
    found = catalog.texts([ids[0], "none", ids[1]])
    assert list(found) == ids
    assert found[ids[1]] == (card_of(READ["a"][0]), READ["a"][0].text)
    assert catalog.texts([]) == {}


def test_who_cites_a_document_is_told_without_its_own_report(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    expected = brute_force(catalog, list(TEXTS))
    for entry in all_entries(catalog):
        assert catalog.citing([entry.id]) == expected.get(entry.id, set())
    [plan] = wanted(catalog, "Kế hoạch 38/KH-UBND")
    assert catalog.citing([plan]) == {READ[name][0].id for name in ("a", "b")}  # c is the plan itself
    assert catalog.citing(expected) == {READ[name][0].id for name in TEXTS}
    assert catalog.citing([]) == catalog.citing(["none"]) == frozenset()


@pytest.mark.parametrize("names", [None, ["a"], ["a", "c"], ["b", "c"], []])
def test_what_is_cited_most_is_counted_by_reports(catalog: Catalog, names: list[str] | None) -> None:
    put(catalog, *TEXTS)
    asked = None if names is None else [READ[name][0].id for name in names]
    counts = {e: len(r) for e, r in brute_force(catalog, list(TEXTS) if names is None else names).items()}
    labels = {e.id: e.full_label for e in all_entries(catalog)}
    expected = [(e, labels[e], counts[e]) for e in sorted(counts, key=lambda e: (-counts[e], e))]
    assert list(catalog.most_cited(asked, 100)) == expected
    assert list(catalog.most_cited(asked, 2)) == expected[:2]


def test_what_is_cited_most_is_told_anew_after_every_change(opened: Callable[[], Catalog]) -> None:
    writer, reader = opened(), opened()
    assert list(reader.most_cited(None, 9)) == list(writer.most_cited(None, 9)) == []
    put(writer, "a")
    one = list(reader.most_cited(None, 9))
    assert one == list(writer.most_cited(None, 9)) != []
    put(writer, "b")
    assert list(reader.most_cited(None, 9)) == list(writer.most_cited(None, 9)) != one
    with writer.writing():
        writer.forget(READ["b"][0].file)
    assert list(reader.most_cited(None, 9)) == list(writer.most_cited(None, 9)) == one
    assert list(reader.most_cited(["none"], 9)) == []


def test_the_places_of_a_document_are_spans_of_the_text(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    report, filed = READ["a"]
    [plan] = wanted(catalog, "Kế hoạch 38/KH-UBND")
    [directive] = wanted(catalog, "Chỉ thị 30-CT/TW")
    spans = catalog.spans([report.id], [plan])[report.id]
    assert ["38/KH-UBND" in report.text[start:end] for start, end in spans] == [True]
    assert len(catalog.spans([report.id], [plan, directive])[report.id]) == 2
    everything = [(p.start, p.end) for p in filed.places]
    both = catalog.spans([report.id, "none", READ["b"][0].id], [e.id for e in all_entries(catalog)])
    assert both == {report.id: everything, READ["b"][0].id: [(p.start, p.end) for p in READ["b"][1].places]}
    assert catalog.spans([report.id], []) == catalog.spans(["none"], [plan]) == catalog.spans([], [plan]) == {}


def test_segmented_texts_and_settings_are_kept_until_their_report_goes(catalog: Catalog) -> None:
    put(catalog, "a", "b")
    ids = [READ[name][0].id for name in "ab"]
    with catalog.writing():
        for report in ids:
            catalog.put_prepared(report, f"words of {report}".encode())
        catalog.set_setting("x", "1")
        catalog.set_setting("x", "2")
    put(catalog, "a")  # the text is the same
    assert [catalog.prepared(report) for report in ids] == [f"words of {report}".encode() for report in ids]
    with catalog.writing():
        catalog.forget(READ["a"][0].file)
    assert (catalog.prepared(ids[0]), catalog.setting("x"), catalog.setting("y")) == (None, "2", None)


def test_a_report_without_its_citations_is_one_of_older_rules(catalog: Catalog) -> None:
    put(catalog, "b")
    with catalog.writing():
        catalog.put(READ["a"][0], None, place("a"))
    assert catalog.outdated() == {READ["a"][0].id}
    assert catalog.places_in([READ["a"][0].id]) == []
    with catalog.writing():
        catalog.put(*READ["a"])
    assert catalog.outdated() == frozenset()
    assert catalog.place(READ["a"][0].file) == place("a")
    same_as_in_memory(catalog, "a", "b")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(NAMESAKES)), st.booleans()), max_size=12), st.integers(1, 5))
def test_however_reports_come_and_go_all_is_settled_as_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, bool]], size: int
) -> None:
    """Communes of one name in two districts, days that are left out: what one report says moves the votes of others."""
    there: set[str] = set()
    with SqliteCatalog(tmp_path_factory.mktemp("steps") / "catalog") as catalog:
        for at in range(0, len(steps), size):
            with catalog.writing():
                for name, stays in steps[at : at + size]:
                    report, filed = NAMESAKES[name]
                    where = FilePlace(path=report.file, hash=name, size=1, mtime_ns=0, report=report.id)
                    if stays:
                        catalog.put(report, filed, where)
                        there.add(name)
                    else:
                        catalog.forget(report.file)
                        there.discard(name)
        network = Network((card_of(NAMESAKES[name][0]), NAMESAKES[name][1]) for name in sorted(there))
        reports = [NAMESAKES[name][0].id for name in there]
        entries = sorted({p.entry for p in network.places_in(reports)})
        assert catalog.entries(entries) == network.entries(entries)
        assert catalog.counts().instruments == len(network._entries)
        assert not catalog.check()


# Corrections: kept apart, laid over what is extracted, whenever and in whatever order it comes.


def correction(kind: Kind, number: int = 1, **values: Any) -> Correction:
    return Correction(kind=kind, made=f"2026-01-01T00:00:{number:02}.000000+00:00", **values)


def of(name: str, kind: Kind, number: int = 1, **values: Any) -> Correction:
    report = READ[name][0]
    return correction(kind, number, report=report.id, file=report.file, **values)


def correct(catalog: Catalog, *corrections: Correction) -> list[int]:
    before = {s.correction.id for s in catalog.corrections()}
    with catalog.writing():
        catalog.correct(corrections)
    return [s.correction.id for s in catalog.corrections() if s.correction.id not in before]


def why_not(catalog: Catalog) -> list[str | None]:
    return [s.why_not for s in catalog.corrections()]


def test_a_corrected_header_is_answered_and_the_extracted_one_is_kept(catalog: Catalog) -> None:
    put(catalog, "a")
    report = READ["a"][0]
    unit = of("a", "unit", 1, value="xã Khe Dẻ", parent="huyện Đại Khê", province="tỉnh Lạc Giang")
    numbers = correct(catalog, unit, of("a", "date", 2, value="2023-07-08"), of("a", "issuer", 3, value="Đảng ủy xã"))
    card = catalog.card(report.id)
    assert card is not None
    assert (card.unit, card.parent, card.province, card.level) == (
        *("xã Khe Dẻ", "huyện Đại Khê", "tỉnh Lạc Giang"),
        "commune",
    )
    assert (card.date, card.year, card.issuer) == ("2023-07-08", 2024, "Đảng ủy xã")  # its period is of 2024
    corrected = catalog.report(report.id)
    assert corrected is not None
    assert (corrected.header.unit, corrected.header.date) == ("xã Khe Dẻ", "2023-07-08")
    assert catalog.extracted(report.id) == report
    assert catalog.unindexed() == {report.id}
    assert why_not(catalog) == [None, None, None]
    with catalog.writing():
        catalog.set_indexed([report.id])
        catalog.uncorrect(numbers)
    assert catalog.unindexed() == {report.id}  # the index knows the corrected one
    assert catalog.report(report.id) == report
    same_as_in_memory(catalog, "a")


def test_what_a_unit_calls_its_own_is_found_anew_when_the_unit_is_corrected(catalog: Catalog) -> None:
    put(catalog, "a")
    correct(catalog, of("a", "unit", value="xã Khe Dẻ"))
    report = correct_report(READ["a"][0], [of("a", "unit", value="xã Khe Dẻ")])
    network = Network([(card_of(report), file_reading(report, find_citations(report)))])
    assert catalog.cards() == network.cards()
    assert sorted(catalog.places_in([report.id]), key=repr) == sorted(network.places_in([report.id]), key=repr)
    assert "ke-hoach-4-kh-ubnd-xa-khe-de-2024" in {p.entry for p in catalog.places_in([report.id])}


def named(name: str, number: str) -> tuple[Placed, str]:
    """The first place of a report whose text has `number`, and what the report calls that document."""
    filed = READ[name][1]
    place = next(p for p in filed.places if number in p.text)
    return place, name_in_report(filed.votes[place.n])


def test_a_corrected_relation_and_a_wrong_citation(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    [plan], [directive] = wanted(catalog, "Kế hoạch 38/KH-UBND"), wanted(catalog, "Chỉ thị 30-CT/TW")
    report = READ["a"][0].id
    links = len(catalog.links_to([directive]))
    place, called = named("a", "38/KH")
    numbers = correct(
        catalog, of("a", "relation", value="quán triệt", instrument=called, sentence=place.sentence, nth=1, line=9)
    )
    assert [p.relation for p in catalog.places_of([plan]) if p.report.id == report] == ["quán triệt"]
    place, called = named("a", "30-CT/TW")
    numbers += correct(catalog, of("a", "wrong", instrument=called, sentence=place.sentence, nth=1, line=9))
    assert [p.report.id for p in catalog.places_of([directive])] == [READ["c"][0].id]
    assert report not in catalog.citing([directive])
    assert len(catalog.links_to([directive])) < links
    assert why_not(catalog) == [None, None]
    assert not catalog.check()
    with catalog.writing():
        catalog.uncorrect(numbers)
    same_as_in_memory(catalog, *TEXTS)


def test_the_only_citation_of_a_document_that_is_wrong_leaves_no_document(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    place, called = named("c", "217-QĐ/TW")
    correct(catalog, of("c", "wrong", instrument=called, sentence=place.sentence, nth=1))
    assert wanted(catalog, "217-QĐ/TW") == []
    assert not catalog.check()


def test_facts_of_a_document_are_laid_over_what_the_votes_tell(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    [plan] = wanted(catalog, "Kế hoạch 38/KH-UBND")
    numbers = correct(
        catalog,
        correction("date", 1, instrument=plan, value="2024-02-05"),
        correction("title", 2, instrument=plan, value="dân chủ"),
        correction("issuer", 3, instrument=plan, value="Ủy ban nhân dân xã Khe Dẻ"),
    )
    [entry] = [e for e in all_entries(catalog) if e.id == plan]
    assert (entry.date, entry.title, entry.issuer, entry.level) == (
        *("2024-02-05", "dân chủ"),
        *("Ủy ban nhân dân xã Khe Dẻ", "commune"),
    )
    assert dict(entry.dates)["2024-02-02"] == 2  # what the reports say stays
    with catalog.writing():
        catalog.uncorrect(numbers)
    same_as_in_memory(catalog, *TEXTS)


def test_documents_that_are_joined_are_one_with_the_votes_of_both(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    [directive], [decision] = wanted(catalog, "Chỉ thị 30-CT/TW"), wanted(catalog, "217-QĐ/TW")
    one, other = len(catalog.places_of([directive])), len(catalog.places_of([decision]))
    instruments = catalog.counts().instruments
    numbers = correct(catalog, correction("join", instrument=decision, value=directive))
    assert len(catalog.places_of([directive])) == one + other
    assert catalog.counts().instruments == instruments - 1
    for reference in ("217-QĐ/TW", "Quyết định 217", "Chỉ thị 30"):
        assert wanted(catalog, reference) == [directive]
    assert wanted(catalog, "Chỉ thị 217") == []
    with catalog.writing():
        catalog.forget(READ["a"][0].file)
        catalog.forget(READ["c"][0].file)
    assert why_not(catalog) == ["no instrument"]
    put(catalog, "c")
    assert (why_not(catalog), len(catalog.places_of([directive]))) == ([None], 2)
    put(catalog, "a")
    with catalog.writing():
        catalog.uncorrect(numbers)
    same_as_in_memory(catalog, *TEXTS)


def test_a_join_to_what_is_not_there_waits_for_it(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    [directive], [plan] = wanted(catalog, "Chỉ thị 30-CT/TW"), wanted(catalog, "Kế hoạch 38/KH-UBND")
    with catalog.writing():
        for name in ("a", "c"):
            catalog.forget(READ[name][0].file)
    correct(catalog, correction("join", instrument=plan, value=directive))
    same_as_in_memory(catalog, "b")
    put(catalog, "c")
    assert {p.report.id for p in catalog.places_of([directive])} == {READ[name][0].id for name in "bc"}
    with catalog.writing():
        catalog.forget(READ["c"][0].file)
    same_as_in_memory(catalog, "b")


ALONE = {
    name: report_of(f"Thôn {name} làm theo {said}.", file=f"/alone/{name}.txt")
    for name, said in {
        "x": "Chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị về dân chủ",
        "y": "Quyết định số 217-QĐ/TW ngày 12/12/2013",
    }.items()
}


@pytest.mark.parametrize("first", ["x", "y"])
def test_joined_documents_come_and_go_each_alone(catalog: Catalog, first: str) -> None:
    """Each of the two has one report: what becomes of the other is told though nothing of it was touched."""

    def put_alone(name: str) -> None:
        report = ALONE[name]
        where = FilePlace(path=report.file, hash=name, size=1, mtime_ns=0, report=report.id)
        with catalog.writing():
            catalog.put(report, file_reading(report, find_citations(report)), where)

    def forget(name: str) -> None:
        with catalog.writing():
            catalog.forget(ALONE[name].file)

    def entries() -> dict[str, dict[str, int]]:
        return {e.id: dict(e.dates) for e in catalog.all_entries()}

    [x, y] = "chi-thi-30-ct-tw-viii", "quyet-dinh-217-qd-tw-xi"
    correct(catalog, correction("join", instrument=y, value=x))
    both = {x: {"1998-02-18": 1, "2013-12-12": 1}}
    other = "y" if first == "x" else "x"
    alone = {"x": {x: {"1998-02-18": 1}}, "y": {y: {"2013-12-12": 1}}}
    put_alone(first)
    assert entries() == alone[first]
    put_alone(other)
    assert entries() == both
    forget(first)
    assert entries() == alone[other]
    put_alone(first)
    assert entries() == both
    assert not catalog.check()


def test_what_some_reports_cite_is_another_document(catalog: Catalog) -> None:
    put(catalog, *TEXTS)
    [plan] = wanted(catalog, "Kế hoạch 38/KH-UBND")
    _, called = named("b", "38/KH")
    vote = next(v for v in READ["b"][1].votes if name_in_report(v) == called)
    numbers = correct(catalog, of("b", "separate", value="1a2b3c", instrument=called, date=vote.date))
    assert wanted(catalog, "Kế hoạch 38/KH-UBND") == [plan, "ke-hoach-38-kh-ubnd-huyen-dai-khe-2024--1a2b3c"]
    assert catalog.citing([plan]) == {READ["a"][0].id}
    assert not catalog.check()
    with catalog.writing():
        catalog.uncorrect(numbers)
    same_as_in_memory(catalog, *TEXTS)


def test_of_two_corrections_of_one_thing_the_later_holds_and_undone_the_older_holds_again(catalog: Catalog) -> None:
    put(catalog, "a")
    later, older = of("a", "unit", 2, value="xã Trung Lạc"), of("a", "unit", 1, value="xã Khe Dẻ")
    [number] = correct(catalog, later)
    correct(catalog, older)
    assert [c.unit for c in catalog.cards()] == ["xã Trung Lạc"]
    assert why_not(catalog) == [None, "superseded"]
    with catalog.writing():
        catalog.uncorrect([number])
    assert [c.unit for c in catalog.cards()] == ["xã Khe Dẻ"]
    assert why_not(catalog) == [None]


def test_a_number_that_was_undone_is_never_given_again(catalog: Catalog) -> None:
    put(catalog, "a")
    [number] = correct(catalog, of("a", "unit", value="xã Khe Dẻ"))
    with catalog.writing():
        catalog.uncorrect([number])
        catalog.correct([of("a", "unit", value="xã Trung Lạc")])
    assert [s.correction.id for s in catalog.corrections()] == [number + 1]
    assert [c.unit for c in catalog.cards()] == ["xã Trung Lạc"]


def test_corrections_outlive_the_report_and_hold_again_when_it_comes_back(catalog: Catalog) -> None:
    put(catalog, "a")
    correct(catalog, of("a", "unit", value="xã Khe Dẻ"))
    before = (list(catalog.cards()), [p.entry for p in catalog.places_in([READ["a"][0].id])])
    with catalog.writing():
        catalog.forget(READ["a"][0].file)
    assert why_not(catalog) == ["no report"]
    put(catalog, "a")
    assert (list(catalog.cards()), [p.entry for p in catalog.places_in([READ["a"][0].id])]) == before
    assert why_not(catalog) == [None]


def test_a_correction_follows_its_file_and_its_report(catalog: Catalog) -> None:
    """The file is updated, then moved: it is the same report, though neither its path nor its text stayed."""
    put(catalog, "a")
    correct(catalog, of("a", "unit", value="xã Khe Dẻ"))
    old, new = READ["a"][0], READ["b"][0]
    with catalog.writing():  # the file says something else now
        catalog.forget(old.file)
        catalog.put(replace(new, file=old.file), READ["b"][1], replace(place("b"), path=old.file))
    assert [c.unit for c in catalog.cards()] == ["xã Khe Dẻ"]
    with catalog.writing():  # and lies elsewhere
        catalog.put_place(place("b", "/moved/a.txt"))
        catalog.forget(old.file)
    [kept] = [s.correction for s in catalog.corrections()]
    assert (kept.report, kept.file) == (new.id, "/moved/a.txt")
    with catalog.writing():  # and is updated there
        catalog.forget("/moved/a.txt")
        catalog.put(replace(old, file="/moved/a.txt"), READ["a"][1], replace(place("a"), path="/moved/a.txt"))
    assert [c.unit for c in catalog.cards()] == ["xã Khe Dẻ"]


def test_a_correction_from_elsewhere_means_the_report_and_not_what_lies_at_its_path_here(catalog: Catalog) -> None:
    put(catalog, "a")
    with catalog.writing():
        elsewhere = replace(of("b", "unit", value="xã Khe Dẻ"), file=READ["a"][0].file)
        catalog.correct([elsewhere], known=False)
    assert why_not(catalog) == ["no report"]
    same_as_in_memory(catalog, "a")
    put(catalog, "b")
    assert {c.unit for c in catalog.cards()} == {"xã Khe Dẻ", "xã Phong Lộc"}
    assert [s.correction.file for s in catalog.corrections()] == [READ["b"][0].file]


def test_a_correction_of_a_sentence_that_is_gone_is_kept_and_does_nothing(catalog: Catalog) -> None:
    put(catalog, "a")
    correct(catalog, of("a", "wrong", instrument="Chỉ thị 30-CT/TW", sentence="Một câu khác.", nth=1))
    assert why_not(catalog) == ["no citation"]
    same_as_in_memory(catalog, "a")


def test_corrections_that_fail_in_the_middle_leave_no_trace(catalog: Catalog) -> None:
    put(catalog, "a")

    def write_and_fail() -> None:
        with catalog.writing():
            catalog.correct([of("a", "unit", value="xã Khe Dẻ")])
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        write_and_fail()
    assert catalog.corrections() == []
    same_as_in_memory(catalog, "a")


# The commune of one district, and one of its name that does not say where it lies.
FEW = ("2", "7", "8", "10", "11")
ENTRIES = (
    *(f"ke-hoach-14-kh-ubnd-xa-minh-tien-{end}" for end in ("huyen-an-hoa-2022", "huyen-an-hoa-2024", "2022", "2024")),
    *(f"ke-hoach-14-kh-ubnd-xa-minh-tien-{end}" for end in ("khong-ro-ngay-2024", "huyen-an-hoa-khong-ro-ngay-2024")),
    *("chi-thi-28-ct-tw-xi", "chi-thi-28-ct-tw", "luat-10-2022-qh15", "luat-thuc-hien-dan-chu-o-co-so"),
)


@st.composite
def corrections(draw: st.DrawFn) -> list[Correction]:
    """Corrections of all kinds, of the namesakes and of the documents that these cite."""
    made = []
    for number in range(draw(st.integers(2, 8))):
        kind = draw(st.sampled_from((*KINDS, "join", "join", "join", "separate")))
        report, filed = NAMESAKES[draw(st.sampled_from(FEW))]
        of_report = {"report": report.id, "file": report.file}
        values: dict[str, Any] = {"instrument": draw(st.sampled_from(ENTRIES))}
        if kind == "join":
            values["value"] = draw(st.sampled_from(ENTRIES))
        elif kind == "unit":
            values = {
                **of_report,
                "value": "xã Minh Tiến",
                "parent": draw(st.sampled_from(["huyện An Hòa", "huyện Bình Hà"])),
            }
        elif kind in ("date", "issuer", "title"):
            given = {
                "date": ["2022-05-05", "2024"],
                "issuer": ["Ủy ban nhân dân xã Minh Tiến"],
                "title": ["Một", "Hai"],
            }
            values = of_report if kind != "title" and draw(st.booleans()) else values
            values["value"] = draw(st.sampled_from(given[kind]))
        elif kind == "separate":
            vote = draw(st.sampled_from(filed.votes))
            said = {"instrument": name_in_report(vote), "date": vote.date, "issuer": vote.issuer}
            values = {**of_report, **said, "value": draw(st.sampled_from(["1a2b3c", "4d5e6f"]))}
        else:
            at = draw(st.sampled_from(filed.places))
            values = {**of_report, "instrument": name_in_report(filed.votes[at.n]), "sentence": at.sentence, "nth": 1}
            values["value"] = "quán triệt" if kind == "relation" else None
        made.append(correction(kind, number, **values))
    return made


def dump(catalog: SqliteCatalog) -> dict[str, list[tuple[object, ...]]]:
    """All that is derived, with corrections named by when they were made."""
    tables = ("entry", "ballot", "vote", "citation", "action", "link", "succession", "joined")
    told = {table: sorted(catalog._db.tuples(f"SELECT * FROM {table}"), key=repr) for table in tables}
    told["report"] = sorted(
        catalog._db.tuples("SELECT id, issuer, unit, parent, province, level, date, year FROM report")
    )
    laid = "SELECT report, made, found FROM laid JOIN correction ON correction.id = laid.correction"
    told["laid"] = sorted(catalog._db.tuples(laid.replace("report,", "laid.report,")))
    return told


STEPS = st.tuples(st.sampled_from(["put", "forget", "correct", "undo", "correct"]), st.integers(0, 39))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corrections(), st.lists(STEPS, min_size=3, max_size=20), st.data())
def test_whatever_comes_first_corrected_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, made: list[Correction], steps: list[tuple[str, int]], data: st.DataObject
) -> None:
    """What is kept depends on the reports and the corrections that are there now, and on nothing that was before."""
    there, kept = set[str](), dict[str, Correction]()
    folder = tmp_path_factory.mktemp("corrected")

    def put_all(catalog: SqliteCatalog, names: Iterable[str]) -> None:
        for name in names:
            report, filed = NAMESAKES[name]
            catalog.put(report, filed, FilePlace(path=report.file, hash=name, size=1, mtime_ns=0, report=report.id))

    steps = [*(("put", n) for n in range(len(FEW))), *(("correct", n) for n in range(len(made) // 2)), *steps]
    with SqliteCatalog(folder / "lived") as lived:
        for what, n in steps:
            one, name = made[n % len(made)], FEW[n % len(FEW)]
            with lived.writing():
                if what == "put":
                    put_all(lived, [name])
                    there.add(name)
                elif what == "forget":
                    lived.forget(NAMESAKES[name][0].file)
                    there.discard(name)
                elif what == "correct" and one.made not in kept:
                    lived.correct([one])
                    kept[one.made] = one
                elif what == "undo":
                    lived.uncorrect(s.correction.id for s in lived.corrections() if s.correction.made == one.made)
                    kept.pop(one.made, None)
        assert not lived.check()
        with SqliteCatalog(folder / "fresh") as fresh:
            with fresh.writing():
                fresh.correct(data.draw(st.permutations(sorted(kept.values(), key=lambda c: c.made))))
            for name in data.draw(st.permutations(sorted(there))):
                with fresh.writing():
                    put_all(fresh, [name])
            assert dump(fresh) == dump(lived)
            assert {s.correction.made: s.why_not for s in fresh.corrections()} == {
                s.correction.made: s.why_not for s in lived.corrections()
            }
            with lived.writing():
                lived.uncorrect([s.correction.id for s in lived.corrections()])
        with SqliteCatalog(folder / "never") as never, never.writing():
            put_all(never, sorted(there))
        with SqliteCatalog(folder / "never") as never:
            assert dump(never) == dump(lived)  # undone, all is as if nobody had corrected anything
