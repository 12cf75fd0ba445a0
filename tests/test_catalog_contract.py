"""What every catalog does, whatever it is made of; the graph in memory is what its answers are compared with."""

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import Report
from corpus.reading import report_of
from graph.answers_graph import trace_json
from graph.extract import find_citations
from graph.filing import Filed, card_of, file_reading
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
    told["counted"] = list(source.counted())
    told["reports of"] = [list(source.reports_of([card.whose])) for card in source.cards()]
    for reference in REFERENCES:
        told[f"find {reference}"] = [list(source.find(wanted)) for wanted in read_wanted(reference)]
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
    assert catalog.counted() == []
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
