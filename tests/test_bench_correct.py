"""The oracle is right on cases that a person can count, and the library agrees with it on a small corpus."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))

import corpora
import correct
import peers
import search
from correct import Oracle, described
from queries import CLASSES, All, Asked, Described, Draw, Meaning, Some, Stem, Where, Without, Words, typed

from index.library import Library, open_library

TEXTS = (
    "Nhân dân chủ động hoà giải, góp ý quy chế\ndân chủ ở cơ sở. Xã đã họp.",
    "Thực hiện nhiệm vụ. Việc hòa giải do UBND xã lo; quy chế: dân chủ.",
    "hoa giai o co so, thuc hien quy che dan chu",
    "Hóa giá tài sản theo Quyết định số 120/QĐ-UBND của Uỷ ban nhân dân xã",
)
ABOUT = (
    ("xã Khe Dẻ", 2020, "Báo cáo"),
    ("xã Mạc Sải", 2021, "Báo cáo"),
    ("phường Khe Dẻ", 2022, "Tờ trình"),
    (None, None, None),
)
REPORTS = [Described(text=t, unit=u, year=y, type=k) for t, (u, y, k) in zip(TEXTS, ABOUT, strict=True)]


@pytest.mark.parametrize(
    ("meaning", "found"),
    [
        (Words("dân chủ"), {0, 1, 2}),
        (Words("nhân dân chủ"), {0}),
        (Words("quy chế dân chủ"), {0, 2}),  # over a line break, not over a colon
        (Words("hòa giải, góp ý"), {0}),
        (Words("hoà giải góp ý"), {0}),
        (Words("hòa giải"), {0, 1, 2}),
        (Words("HOÀ GIẢI"), {0, 1, 2}),
        (Words("hoa\u0300 gia\u0309i"), {0, 1, 2}),
        (Words("hoa giai"), {0, 1, 2}),
        (Words("hóa giải"), {2}),
        (Words("vụ việc"), set()),
        (Words("vụ. Việc"), {1}),  # typed as two clauses: each is sought
        (Words("UBND xã"), {1, 3}),
        (Words("ủy ban nhân dân xã"), {1, 3}),
        (Words("120/QĐ-UBND"), {3}),
        (Words("cơ"), {0, 2}),
        (Words("so"), {0, 2, 3}),
        (Stem("giả"), {0, 1, 2}),
        (Stem("gia"), {0, 1, 2, 3}),
        (Stem("hoà"), {0, 1, 2}),
        (Where("unit", "khe dẻ"), {0, 2}),
        (Where("unit", "xã khe"), {0}),
        (Where("type", "bao cao"), {0, 1}),
        (Where("year", "2021"), {1}),
        (Where("year", "2021-2023"), {1, 2}),
        (Without(Words("hòa giải")), {3}),
        (All((Words("dân chủ"), Without(Words("nhân dân")))), {1, 2}),
        (Some((Words("góp ý"), Where("type", "tờ trình"))), {0, 2}),
    ],
)
def test_a_scan_finds_what_a_person_would(meaning: Meaning, found: set[int]) -> None:
    assert Oracle(REPORTS).find(meaning) == found


def test_a_meaning_is_typed_in_the_query_language() -> None:
    meaning = All(
        (Some((Words("a b"), Stem("dân"))), Without(Words("c")), Where("unit", "xã X"), Where("year", "2020"))
    )
    assert typed(meaning) == '(("a b" OR dân*) AND NOT "c" AND unit:"xã X" AND year:2020)'


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    work = tmp_path_factory.mktemp("bench")
    library = open_library(work / "library", create=True)
    library.add([corpora.folder_of(work, 40)])
    return library


def test_the_library_counts_what_a_scan_counts(library: Library) -> None:
    reports = described(library)
    queries = correct.drawn(reports, 160, seed=4)
    assert {asked.kind for asked in queries} == set(CLASSES)
    oracle = Oracle(reports)
    assert sum(bool(oracle.find(asked.meaning)) for asked in queries) > 100
    assert list(correct.differences(library, oracle, queries)) == []


def test_a_wrong_count_and_an_error_are_told(library: Library) -> None:
    oracle = Oracle(described(library)[:-5])
    everywhere, broken = Words("độc lập tự do"), Words("x")
    queries = [
        Asked(kind="two", text='"độc lập tự do"', meaning=everywhere),
        Asked(kind="two", text='"', meaning=broken),
    ]
    first, second = correct.differences(library, oracle, queries)
    assert (first.counted, first.true) == (40, 35)
    assert str(second.counted).startswith("QueryError")


def test_the_same_seed_draws_the_same_queries(library: Library) -> None:
    reports = described(library)[:4]
    assert (
        correct.drawn(reports, 40, seed=4) == correct.drawn(reports, 40, seed=4) != correct.drawn(reports, 40, seed=5)
    )


def test_fts5_finds_as_much_and_every_engine_is_timed(library: Library, tmp_path: Path) -> None:
    reports = described(library)
    names = [report.file for i in sorted(library.catalog.ids()) if (report := library.catalog.report(i))]
    folder = Path(names[0]).parents[1]
    found = (
        peers.fts5(tmp_path / "fts5.sqlite", reports),
        peers.tantivy(tmp_path / "tantivy", reports),
        peers.ripgrep(folder, reports, names),
    )
    others = [peer for peer in found if peer]
    result = search.measure(folder.parent / "library", others, search.rounds(reports, each=2, count=1))
    for kind in CLASSES:
        assert {len(result.spent[kind, name]) for name in (search.OURS, *(peer.name for peer in others))} == {2}
    assert sum(result.same[kind, "FTS5"] for kind in CLASSES) > len(CLASSES)  # of twice as many
    lines = list(search.table(result, [search.OURS, *(peer.name for peer in others)]))
    assert [line.split()[0] for line in lines[1:-1]] == list(CLASSES)


@pytest.mark.parametrize(
    ("values", "found"), [([5.0], 5.0), ([1.0, 2.0], 1.95), ([float(n) for n in range(101)], 95.0)]
)
def test_one_of_twenty_exceeds_it(values: list[float], found: float) -> None:
    assert search.p95(values) == pytest.approx(found)


def test_no_query_is_asked_in_two_rounds() -> None:
    reports = [Described(text=text * 3, unit="xã A", year=2020, type="Báo cáo") for text in TEXTS] * 3
    asked = [one.text for warm, timed in search.rounds(reports, each=2, count=2) for one in (*warm, *timed)]
    assert len(asked) == len(set(asked)) > 10


def test_texts_are_alike_for_all_engines() -> None:
    assert peers.normal("Hoà giải, UỶ BAN") == peers.normal("hòa giải, ủy ban")
    assert Draw(REPORTS, 1, plain=True).queries("two", 3)
