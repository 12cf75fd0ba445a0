"""What every full-text engine must do, on small libraries and against a reading of all texts."""

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import LEVELS
from index.abbreviations import form_of
from index.engine import FACETS, Document, Engine, Found, Hit, ask
from index.parser import parse
from index.phrases import Match
from index.query import And, AtLevel, Filter, Named, Node, Not, Or, Phrase, Prefix, Years
from index.syllables import unaccented
from index.whoosh_engine import WhooshEngine
from index.words import BETWEEN, CLAUSE, INSIDE, LEANS, Prepared, prepare

ENGINES: list[Callable[[Path], Engine]] = [WhooshEngine]


@pytest.fixture(params=ENGINES, ids=lambda make: make.__name__)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    made: Engine = request.param(tmp_path)
    with closing(made):
        yield made


def document(name: str, text: str, **known: object) -> Document:
    return replace(Document(id=name, prepared=prepare(unicodedata.normalize("NFC", text))), **known)  # type: ignore[arg-type]


def search(engine: Engine, texts: dict[str, str], query: str) -> Found:
    engine.add(document(name, text) for name, text in texts.items())
    return engine.search(parse(query))


def found(answer: Found) -> list[str]:
    return [hit.id for hit in answer.hits]


# --- what a phrase finds


@pytest.mark.parametrize(
    "query", ["quy chế dân chủ", '"quy chế dân chủ"', "Quy Chế DÂN CHỦ", "quy che dan chu", "qui* OR dân chủ"]
)
@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện quy chế dân chủ ở cơ sở.",
        "THỰC HIỆN QUY CHẾ DÂN CHỦ",
        "thực hiện quy chế “dân chủ”",
        "thực hiện quy chế, (dân) - chủ",
        "Các cấp uỷ đảng và chính quyền địa phương đã quán triệt, triển khai quy chế\n\ndân chủ ở cơ sở",
        unicodedata.normalize("NFD", "thực hiện quy chế dân chủ"),
        "thuc hien quy che dan chu",
    ],
)  # fmt: skip
def test_a_phrase_is_found_however_it_is_typed_and_broken(engine: Engine, text: str, query: str) -> None:
    assert found(search(engine, {"a": text}, query)) == ["a"]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("hết nhiệm vụ. Việc mới", "vụ việc"),
        ("hết nhiệm vụ; việc mới", "vụ việc"),
        ("các nhiệm vụ: việc mới", "vụ việc"),
        ("còn nhiệm vụ? Việc mới", "vụ việc"),
        ("các nhiệm vụ\n\nViệc mới", "vụ việc"),
        ("cơ quan dân chú", "dân chủ"),
        ("dân chủng", "dân chủ"),
        ("nhân dân và chủ tịch", "dân chủ"),
        ("đường phố", "dương"),
        ("chủ dân", "dân chủ"),
    ],
)
def test_a_phrase_is_not_found_over_the_end_of_a_clause_or_with_other_accents(
    engine: Engine, text: str, query: str
) -> None:
    assert search(engine, {"a": text}, query).total == 0


@pytest.mark.parametrize(
    ("written", "typed"),
    [("hoà giải", "hòa giải"), ("uỷ quyền", "ủy quyền"), ("ÐẢNG BỘ", "đảng bộ"), ("213.550.000", "213.550.000")],
)
def test_spelling_variants_are_one(engine: Engine, written: str, typed: str) -> None:
    assert search(engine, {"a": f"về {written} mới"}, typed).hits[0].exact_accents


def test_hits_that_cut_a_word_come_last_and_are_marked(engine: Engine) -> None:
    texts = {
        "cut": "Nhân dân chủ động tham gia. Nhân dân chủ trì.",
        "nested": "Nguyên tắc tập trung dân chủ " + "và các việc khác " * 30,
        "whole": "Phát huy dân chủ " + "và các việc khác " * 30,
    }
    answer = search(engine, texts, "dân chủ")
    assert [(hit.id, hit.whole_word) for hit in answer.hits][2] == ("cut", False)
    assert {hit.id for hit in answer.hits if hit.whole_word} == {"nested", "whole"}


def test_a_hit_inside_one_longer_word_is_whole(engine: Engine) -> None:
    assert search(engine, {"a": "vốn của hợp tác xã"}, "hợp tác").hits[0].whole_word


def test_exact_accents_come_before_missing_ones(engine: Engine) -> None:
    texts = {"none": "phat huy dan chu, dan chu, dan chu", "all": "phát huy dân chủ và nhiều việc khác của xã"}
    answer = search(engine, texts, "dân chủ")
    assert [(hit.id, hit.exact_accents) for hit in answer.hits] == [("all", True), ("none", False)]


def test_accents_that_were_not_typed_ask_for_none(engine: Engine) -> None:
    texts = {"with": "phát huy dân chủ", "without": "phat huy dan chu"}
    assert {hit.id: hit.exact_accents for hit in search(engine, texts, "dan chu").hits} == {
        "with": True,
        "without": True,
    }


def test_whole_words_without_accents_come_before_cut_words_with_them(engine: Engine) -> None:
    texts = {"cut": "Nhân dân chủ động", "whole": "phat huy dan chu"}
    ranks = [(hit.id, hit.whole_word, hit.exact_accents) for hit in search(engine, texts, "dân chủ").hits]
    assert ranks == [("whole", True, False), ("cut", False, True)]


def test_a_report_is_as_good_as_the_worst_of_all_and_the_best_of_either(engine: Engine) -> None:
    engine.add([document("a", "Nhân dân chủ động, hộ nghèo")])
    assert not engine.search(parse("dân chủ AND hộ nghèo")).hits[0].whole_word
    assert engine.search(parse("dân chủ OR hộ nghèo")).hits[0].whole_word


@pytest.mark.parametrize("query", ["QCDC", "quy chế dân chủ", "quy che dan chu"])
def test_abbreviations_are_found_both_ways_and_the_answer_says_so(engine: Engine, query: str) -> None:
    answer = search(engine, {"short": "thực hiện QCDC", "long": "thực hiện quy chế dân chủ", "none": "dân chủ"}, query)
    assert set(found(answer)) == {"short", "long"}
    assert answer.expanded == ("QCDC = quy chế dân chủ",)


def test_matches_are_offsets_into_the_text(engine: Engine) -> None:
    text = "Giảm hộ nghèo, hộ\ncận nghèo; hộ - nghèo."
    (hit,) = search(engine, {"a": text}, "hộ nghèo OR cận*").hits
    assert [text[match.start : match.end] for match in hit.matches] == ["hộ nghèo", "cận", "hộ - nghèo"]


def test_a_query_without_the_phrase_is_asked_again_as_its_syllables_and_the_answer_says_so(engine: Engine) -> None:
    engine.add([document("a", "xã nghèo có nhiều hộ dân"), document("b", "nhiều hộ dân")])
    answer = ask(engine, parse("hộ nghèo"))
    assert (found(answer), answer.relaxed) == (["a"], True)
    assert not ask(engine, parse('"hộ nghèo"')).hits
    assert not ask(engine, parse("nhiều hộ")).relaxed
    assert not ask(engine, parse("không có")).relaxed


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("dân chú", '"dan chu"'),
        ("hộ giàu OR dân chú", '("ho giau" OR "dan chu")'),
        ("năm:2023 chú*", "(year:2023 AND chu*)"),
        ("dân chủ", None),  # it is there
        ("dan chu", None),
        ("nhân văn", None),  # no other accents help
    ],
)
def test_a_phrase_with_wrong_accents_is_suggested_without(engine: Engine, query: str, suggestion: str | None) -> None:
    engine.add([document("a", "phát huy dân chủ", year=2023)])
    assert ask(engine, parse(query)).suggestion == suggestion


# --- filters, ranks, facets


LIBRARY = {
    "a": document("a", "hộ nghèo", unit="xã Tân Phú", year=2022, type="Báo cáo", level="commune", date="2022-11"),
    "b": document("b", "hộ nghèo", unit="huyện Tân Sơn", year=2023, type="Kế hoạch", level="district"),
    "c": document("c", "hộ nghèo", unit="xã Tân Hoà", year=2023, type="Báo cáo", level="commune", date="2023-02-01"),
    "d": document("d", "hộ khá"),
}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("unit:tân", "abc"),
        ('unit:"xã tân"', "ac"),
        ('unit:"tân hòa"', "c"),
        ("unit:tan", "abc"),
        ("unit:phu", "a"),
        ("unit:phủ", ""),
        ("type:BC", "ac"),
        ('type:"kế hoạch"', "b"),
        ("year:2023", "bc"),
        ("year:2020-2022", "a"),
        ("level:huyện", "b"),
        ("hộ nghèo level:xã year:2023", "c"),
        ("hộ -year:2023", "ad"),
        ("NOT hộ nghèo", "d"),
        ("hộ nghèo OR hộ khá", "abcd"),
        ("year:2022 OR level:huyện", "ab"),
    ],
)
def test_filters_and_operators(engine: Engine, query: str, ids: str) -> None:
    engine.add(LIBRARY.values())
    answer = engine.search(parse(query))
    assert sorted(found(answer)) == list(ids)
    assert answer.total == len(ids)


def test_facets_count_all_that_was_found_and_not_only_what_is_shown(engine: Engine) -> None:
    engine.add(LIBRARY.values())
    answer = engine.search(parse("hộ"), limit=1)
    assert answer.total == 4
    assert len(answer.hits) == 1
    assert list(answer.facets) == list(FACETS)
    assert answer.facets["type"] == {"Báo cáo": 2, "Kế hoạch": 1}
    assert list(answer.facets["type"]) == ["Báo cáo", "Kế hoạch"]
    assert answer.facets["year"] == {"2023": 2, "2022": 1}
    assert answer.facets["level"] == {"commune": 2, "district": 1}


def test_a_report_with_the_phrase_in_its_title_comes_first(engine: Engine) -> None:
    texts = "hộ nghèo và các việc khác " * 3
    engine.add([document("a", texts), document("b", texts, title="Kết quả giảm hộ nghèo"), document("c", texts)])
    assert found(engine.search(parse("ho ngheo")))[0] == "b"


def test_more_places_and_a_shorter_text_weigh_more(engine: Engine) -> None:
    rest = "và các việc khác của xã trong năm "
    texts = {"one": f"hộ nghèo {rest * 9}", "three": f"hộ nghèo, hộ nghèo, hộ nghèo {rest * 9}", "short": "hộ nghèo"}
    answer = search(engine, {**texts, "none": rest}, "hộ nghèo")
    assert found(answer)[-1] == "one"
    assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)


def test_of_equals_the_newer_comes_first(engine: Engine) -> None:
    engine.add(LIBRARY.values())
    assert found(engine.search(parse("hộ nghèo"))) == ["c", "a", "b"]


def test_pages_follow_each_other(engine: Engine) -> None:
    engine.add(document(f"{n:02}", f"hộ nghèo {'xã ' * n}") for n in range(12))
    whole = found(engine.search(parse("hộ nghèo"), limit=12))
    pages = [found(engine.search(parse("hộ nghèo"), limit=5, offset=start)) for start in (0, 5, 10, 15)]
    assert [len(page) for page in pages] == [5, 5, 2, 0]
    assert [name for page in pages for name in page] == whole


# --- what it keeps


def test_an_empty_engine_finds_nothing(engine: Engine) -> None:
    assert (engine.count(), engine.ids(), engine.search(parse("hộ -nghèo thôn*")).total) == (0, frozenset(), 0)


def test_a_document_that_is_added_again_is_replaced(engine: Engine) -> None:
    engine.add([document("a", "hộ nghèo"), document("b", "hộ nghèo")])
    engine.add([document("a", "hộ giàu"), document("a", "hộ khá")])
    assert engine.ids() == {"a", "b"}
    assert [engine.search(parse(query)).total for query in ("hộ nghèo", "hộ giàu", "hộ khá")] == [1, 0, 1]


def test_a_document_that_is_removed_is_gone(engine: Engine) -> None:
    engine.add(LIBRARY.values())
    engine.remove(["a", "c", "unknown"])
    assert (engine.count(), found(engine.search(parse("hộ nghèo")))) == (2, ["b"])
    assert engine.search(parse("hộ OR NOT hộ")).total == 2


def test_many_additions_and_removals_leave_texts_and_lists_in_step(engine: Engine) -> None:
    """Segments are merged on the way; a text must not move to another document."""
    for start in range(0, 60, 6):
        engine.add(document(str(n), f"hộ số {n} nghèo") for n in range(start, start + 6))
        engine.remove([str(start), str(start // 2)])
    for name in sorted(engine.ids()):
        assert found(engine.search(parse(f"số {name} nghèo"))) == [name]


def test_more_documents_than_one_batch(engine: Engine) -> None:
    prepared = prepare("hộ nghèo")
    engine.add(Document(id=str(n), prepared=prepared) for n in range(1001))
    assert (engine.count(), engine.search(parse("hộ nghèo"), limit=0).total) == (1001, 1001)


def test_several_threads_may_ask_at_once(engine: Engine) -> None:
    engine.add(document(str(n), f"hộ {'nghèo' if n % 2 else 'khá'} {n} " + "việc xã " * 50) for n in range(60))
    queries = ["hộ nghèo", "hộ khá", "việc xã", "hộ NOT nghèo"] * 8
    with ThreadPoolExecutor(8) as pool:
        totals = list(pool.map(lambda query: engine.search(parse(query)).total, queries))
    assert totals == [30, 30, 60, 30] * 8


@pytest.mark.parametrize("make", ENGINES)
def test_what_was_added_is_there_for_the_next_process_and_for_one_that_is_open(
    make: Callable[[Path], Engine], tmp_path: Path
) -> None:
    with closing(make(tmp_path)) as writer, closing(make(tmp_path)) as reader:
        assert reader.count() == 0
        writer.add([document("a", "hộ nghèo")])
        assert found(reader.search(parse("hộ nghèo"))) == ["a"]
        writer.add([document("b", "hộ nghèo")])
        assert reader.search(parse("hộ nghèo")).total == 2
    with closing(make(tmp_path)) as later:
        assert later.ids() == {"a", "b"}


# --- against a reading of all texts


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable of a text and the marks at its sides."""

    syllable: str
    start: int
    before: str
    after: str

    @property
    def end(self) -> int:
        return self.start + len(self.syllable)


def tokens(marked: str) -> list[Token]:
    made, at = [], 0
    for part in "".join(f"\0{c}\0" if c in BETWEEN + CLAUSE + INSIDE + LEANS else c for c in marked).split("\0"):
        if part and part not in BETWEEN + CLAUSE + INSIDE + LEANS:
            made.append(
                Token(part, at, (marked[at - 1 : at] if at else CLAUSE), marked[at + len(part) :][:1] or CLAUSE)
            )
        at += len(part)
    return made


def fits(typed: str, written: str) -> bool:
    plain = unaccented(typed)
    return unaccented(written) == plain if typed == plain else written in (typed, plain)


def brute(node: Phrase | Prefix, text: Prepared) -> set[Match]:
    """All places of a phrase, syllable by syllable."""
    row, places = tokens(text.marked), set()
    if isinstance(node, Prefix):
        hit = [t for t in row if unaccented(t.syllable).startswith(node.stem)]
        return {Match(t.start, t.end, whole_word=True, exact_accents=True) for t in hit}
    for form in node.forms:
        for i in range(len(row) - len(form) + 1):
            part = row[i : i + len(form)]
            inner = [t.after for t in part[:-1]]
            if CLAUSE in inner or not all(fits(a, b.syllable) for a, b in zip(form, part, strict=True)):
                continue
            whole = (part[0].before != INSIDE and part[-1].after in (BETWEEN, CLAUSE)) or set(inner) <= {INSIDE}
            exact = all(a in (b.syllable, unaccented(b.syllable)) for a, b in zip(form, part, strict=True))
            places.add(Match(part[0].start, part[-1].end, whole, exact))
    return places


def best(places: set[Match]) -> tuple[bool, bool] | None:
    return max(((match.whole_word, match.exact_accents) for match in places), default=None)


def reads(node: Node, doc: Document) -> tuple[bool, bool] | None:
    """Whether a document fits, and then whether whole and exact."""
    match node:
        case Phrase() | Prefix():
            return best(brute(node, doc.prepared))
        case And():
            parts = [reads(part, doc) for part in node.parts]
            fit = [part for part in parts if part]
            return (all(part[0] for part in fit), all(part[1] for part in fit)) if len(fit) == len(parts) else None
        case Or():
            return max((part for part in (reads(part, doc) for part in node.parts) if part), default=None)
        case Not():
            return None if reads(node.part, doc) else (True, True)
        case _:
            return (True, True) if passes(node, doc) else None


def passes(node: Filter, doc: Document) -> bool:
    match node:
        case Years():
            return bool(doc.year) and node.first <= (doc.year or 0) <= node.last
        case AtLevel():
            return doc.level == node.level
        case Named():
            return bool(brute(node.phrase, prepare((doc.unit if node.field == "unit" else doc.type) or "")))


def in_text(node: Node, text: Prepared) -> set[Match]:
    """What is highlighted: the places of all phrases that are not excluded."""
    if isinstance(node, Phrase | Prefix):
        return brute(node, text)
    parts = node.parts if isinstance(node, And | Or) else ()
    return {match for part in parts for match in in_text(part, text)}


# Few syllables, so that a phrase of several is met: with and without accents, with others, longer ones, overlapping.
SYLLABLES = ["dân", "dân", "dan", "chủ", "chủ", "chu", "chú", "chung", "cho", "ở", "QCDC", "quy chế dân chủ"]
GAPS = [BETWEEN] * 6 + [INSIDE] * 4 + [LEANS, LEANS, CLAUSE, BETWEEN * 2, CLAUSE * 2]
TEXTS = st.lists(st.tuples(st.sampled_from(SYLLABLES), st.sampled_from(GAPS)), max_size=20)
DOCUMENTS = st.builds(
    lambda pairs, unit, year, kind, level: Document(
        id="",
        prepared=Prepared("".join(BETWEEN.join(form_of(syllable)) + gap for syllable, gap in pairs)),
        unit=unit,
        year=year,
        type=kind,
        level=level,
    ),
    TEXTS,
    st.sampled_from([None, "xã Hoà An", "huyện Hoa Lư"]),
    st.sampled_from([None, 2022, 2023]),
    st.sampled_from([None, "Báo cáo"]),
    st.sampled_from([None, *LEVELS]),
)  # fmt: skip
LEAVES = st.one_of(
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.sampled_from(["chu*", "qcd*", "year:2023", "year:2020-2022", "level:commune", "unit:hòa", "unit:xã", "type:BC"]),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["AND", "OR", "AND NOT"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"(NOT {part})"),
    ),
    max_leaves=4,
)


@pytest.mark.parametrize("make", ENGINES)
@settings(max_examples=60)
@given(documents=st.lists(DOCUMENTS, max_size=12), queries=st.lists(QUERIES, min_size=10, max_size=10))
def test_an_engine_finds_what_a_reading_of_all_texts_finds(
    make: Callable[[Path], Engine], documents: list[Document], queries: list[str]
) -> None:
    documents = [replace(doc, id=str(n)) for n, doc in enumerate(documents)]
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, closing(make(Path(folder))) as engine:
        engine.add(documents)
        for query in queries:
            node = parse(query).root
            expected = {doc.id: fit for doc in documents if (fit := reads(node, doc))}
            answer = engine.search(parse(query), limit=100)
            assert answer.total == len(expected), query
            assert {hit.id: (hit.whole_word, hit.exact_accents) for hit in answer.hits} == expected, query
            ranks = [(not hit.whole_word, not hit.exact_accents, -hit.score) for hit in answer.hits]
            assert ranks == sorted(ranks), query
            for hit in answer.hits:
                _has_its_matches(hit, node, documents[int(hit.id)].prepared)
            counted = Counter(doc.unit for doc in documents if doc.id in expected and doc.unit)
            assert answer.facets["unit"] == counted, query


def _has_its_matches(hit: Hit, node: Node, text: Prepared) -> None:
    places = in_text(node, text)
    assert [(match.start, match.end) for match in hit.matches] == sorted({(p.start, p.end) for p in places})
    for match in hit.matches:
        same = {place for place in places if (place.start, place.end) == (match.start, match.end)}
        assert (match.whole_word, match.exact_accents) == best(same)


# --- the questions about the four real reports


@pytest.fixture(scope="module")
def reports(shared: Path) -> list[Document]:
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))}
    return [document(name, text) for name, text in texts.items()]


def test_the_phrase_questions_are_answered_as_by_a_reader(
    engine: Engine, shared: Path, reports: list[Document]
) -> None:
    engine.add(reports)
    questions = json.loads((shared / "gold" / "queries.json").read_text(encoding="utf-8"))["phrases"]
    answers = {
        question["query"]: sorted(hit.id for hit in ask(engine, parse(question["query"])).hits if hit.whole_word)
        for question in questions
    }
    assert answers == {question["query"]: question["files"] for question in questions}
