"""The tables of the graph room prove themselves: each row reads its examples and leaves its rejects alone."""

import re
from collections import Counter
from datetime import date

import pytest

from corpus.folding import fold
from corpus.model import Header, Report
from corpus.reading import report_of
from graph import instruments, known, relations, wording
from graph.extract import find_citations
from graph.identity import Instrument
from graph.instruments import InstrumentType, IssuerCode
from graph.known import Known
from graph.model import RELATIONS, Reading
from graph.refused import Refusal, refusals
from graph.relations import Cue
from graph.votes import term_of
from graph.wording import WordList

TYPE_EXAMPLES = [(row, text, canonical) for row in instruments.types() for text, canonical in row.examples]
TYPE_REJECTS = [text for row in instruments.types() for text in row.rejects]
SENTENCES = (
    "Thực hiện {} của cấp trên, đơn vị đã họp.",
    "UBND xã đã phổ biến {} đến nhân dân.",
    "- {};",
    "Xã đã họp về {}.",
)
CODE_EXAMPLES = [(row, text) for row in instruments.issuers() for text in row.examples]
CUE_EXAMPLES = [(row, text, relation) for row in relations.cues() for text, relation in row.examples]
REFUSED_EXAMPLES = [(row, text) for row in refusals() for text in row.examples if text != "0254 3838 123"]
REFUSED_REJECTS = [(row, text) for row in refusals() for text in row.rejects]
LAWS = [row for row in known.known() if row.is_named_by_title]
LAW_EXAMPLES = [(row, text) for row in LAWS for text in row.examples]
NUMBERED = [row for row in known.known() if not row.is_named_by_title and row.type != "Hiến pháp"]
NUMBERED_EXAMPLES = [(row, text) for row in NUMBERED for text in row.examples]
LISTS = list(wording.word_lists().values())


def _read(text: str) -> Reading:
    return find_citations(report_of(text, file="x"))


def _cited(text: str) -> list[str]:
    reading = _read(text)
    return [str(reading.cited[c.cited].instrument) for c in reading.citations]


@pytest.mark.parametrize(("row", "text", "canonical"), TYPE_EXAMPLES)
def test_the_example_of_a_type_is_a_reference_to_it(row: InstrumentType, text: str, canonical: str) -> None:
    instrument = Instrument.parse(text)
    assert (instrument.type, instrument.canonical) == (row.name, canonical)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(("row", "text", "canonical"), TYPE_EXAMPLES)
def test_the_example_of_a_type_is_found_in_a_sentence(
    row: InstrumentType, text: str, canonical: str, sentence: str
) -> None:
    assert _cited(sentence.format(text)) == [f"{row.name} {canonical}"]


@pytest.mark.parametrize("sentence", ["{}", *SENTENCES])
@pytest.mark.parametrize("text", TYPE_REJECTS)
def test_what_a_type_rejects_is_no_citation(text: str, sentence: str) -> None:
    assert _cited(sentence.format(text)) == []


@pytest.mark.parametrize(("row", "symbol"), CODE_EXAMPLES)
def test_an_issuer_code_is_known_in_its_example(row: IssuerCode, symbol: str) -> None:
    assert row in {instruments.issuer_of_code(fold(group)) for group in re.split("[-/]", symbol)}


def test_an_issuer_code_is_not_seen_in_what_it_rejects() -> None:
    codes = {row.code: [re.split("[-/]", text) for text in row.rejects] for row in instruments.issuers()}
    seen = {code: [instruments.issuer_of_code(fold(g)) for groups in of for g in groups] for code, of in codes.items()}
    assert not [code for code, rows in seen.items() if code in {row.code for row in rows if row}]


@pytest.mark.parametrize(("row", "symbol"), CODE_EXAMPLES)
def test_a_number_with_the_symbol_of_an_example_names_that_issuer(row: IssuerCode, symbol: str) -> None:
    year = "/2021" if row.code.endswith("#") else ""
    assert Instrument.parse(f"Nghị quyết số 15{year}/{symbol}").issuer_code == row


@pytest.mark.parametrize(("row", "text", "relation"), CUE_EXAMPLES)
def test_a_cue_gives_its_relation_to_a_citation_of_its_example(row: Cue, text: str, relation: str) -> None:
    reading = _read(text)
    assert relation in RELATIONS
    assert relation in {c.relation for c in reading.citations}
    assert {link.relation for link in reading.links} <= {row.link}


@pytest.mark.parametrize("row", [row for row in relations.cues() if row.link], ids=lambda row: row.name)
def test_a_cue_that_links_makes_the_link_where_its_example_cites_two(row: Cue) -> None:
    readings = [_read(text) for text, _ in row.examples]
    linked = [{link.relation for link in r.links} == {row.link} for r in readings if len(r.cited) > 1]
    assert all(linked)


def test_a_cue_is_not_seen_in_what_it_rejects() -> None:
    rejects = [(row, fold(text)) for row in relations.cues() for text in row.rejects]
    assert not [(row, t) for row, t in rejects if row in [f.cue for f in relations.find_cues(t, 0, len(t))]]


@pytest.mark.parametrize("sentence", ["{}", "Kết quả: {} trong kỳ."])
@pytest.mark.parametrize(("row", "text"), REFUSED_EXAMPLES)
def test_the_example_of_a_refusal_is_refused_for_its_reason(row: Refusal, text: str, sentence: str) -> None:
    reading = _read(sentence.format(text))
    assert row.name in {refused.why for refused in reading.refused}
    assert not reading.citations


@pytest.mark.parametrize(("row", "text"), REFUSED_REJECTS)
def test_what_a_refusal_rejects_is_not_refused_for_its_reason(row: Refusal, text: str) -> None:
    assert row.name not in {refused.why for refused in _read(text).refused}


@pytest.mark.parametrize(("row", "text"), LAW_EXAMPLES)
def test_a_known_law_is_found_by_its_example(row: Known, text: str) -> None:
    assert [named.name for named in _read(f"Thực hiện {text}, xã đã họp.").named] == [row.full_name]


def _alone_in_its_year() -> list[Known]:
    per_year = Counter((row.full_name, row.date[:4]) for row in LAWS)
    return [row for row in LAWS if per_year[row.full_name, row.date[:4]] == 1]


@pytest.mark.parametrize("row", _alone_in_its_year(), ids=lambda row: row.number)
def test_name_and_year_of_a_known_law_give_its_number(row: Known) -> None:
    (named,) = _read(f"Thực hiện {row.full_name} năm {row.date[:4]}, xã đã họp.").named
    assert named.instrument == row.number


@pytest.mark.parametrize("row", LAWS, ids=lambda row: row.number)
def test_a_known_law_named_without_year_is_the_one_in_force_on_the_day_of_the_report(row: Known) -> None:
    text = f"Thực hiện {row.full_name}, xã đã họp."
    (named,) = find_citations(Report(id="r", file="x", text=text, header=Header(date=row.in_force_from))).named
    assert named.instrument == row.number


@pytest.mark.parametrize("row", LAWS, ids=lambda row: row.number)
def test_a_known_law_is_another_from_its_successor(row: Known) -> None:
    successor = known.facts_of(row.replaced_by, None, None) if row.replaced_by else None
    assert successor is None or successor.full_name != row.full_name or successor.in_force_from > row.in_force_from


@pytest.mark.parametrize(("row", "text"), NUMBERED_EXAMPLES)
def test_a_known_instrument_is_cited_by_its_example(row: Known, text: str) -> None:
    (cited,) = _read(f"Thực hiện {text}, xã đã họp.").cited
    assert (cited.instrument, cited.date) == (Instrument.parse(f"{row.type} số {row.number}"), row.date)


@pytest.mark.parametrize("row", [*LAWS, *NUMBERED], ids=lambda row: f"{row.number} {row.date}")
def test_the_facts_of_a_known_instrument_are_found_by_its_number(row: Known) -> None:
    instrument = Instrument.parse(f"{row.type} số {row.number}")
    assert (instrument.type, instrument.canonical) == (row.type, row.number)
    assert known.facts_of(row.number, row.type, row.date) == row
    assert instrument.is_central


@pytest.mark.parametrize("row", known.known(), ids=lambda row: f"{row.number} {row.date}")
def test_the_facts_of_a_known_instrument_agree(row: Known) -> None:
    days = [date.fromisoformat(day) for day in (row.date, row.since, row.until) if day]
    assert days == sorted(days)
    assert row.issuer
    assert row.examples
    assert row.title or row.type == "Hiến pháp"
    assert instruments.type_by_word()[fold(row.type)].name == row.type
    assert row.year_in_number in (None, int(row.date[:4]))
    if row.replaced_by and row.type != "Hiến pháp":
        assert Instrument.parse(row.replaced_by).canonical == row.replaced_by
        assert row.replaced_by != row.number


@pytest.mark.parametrize("row", known.known(), ids=lambda row: f"{row.number} {row.date}")
def test_a_known_successor_was_issued_later(row: Known) -> None:
    numbers = [r for r in known.known() if r.number == row.replaced_by]
    assert not numbers or max(r.date for r in numbers) > row.date


def test_no_two_known_instruments_have_one_number_and_date() -> None:
    often = Counter((row.number, row.date) for row in known.known())
    assert [key for key, times in often.items() if times > 1] == []


def test_a_name_means_one_known_instrument_and_begins_with_its_type() -> None:
    of_name = [(fold(name), row) for row in known.known() for name in row.names]
    assert len({name for name, _ in of_name}) == len(of_name)
    assert [name for name, row in of_name if not name.startswith(fold(row.type) + " ")] == []
    assert [row for row in [*LAWS] if row.names or row.nicknames] == []


@pytest.mark.parametrize(
    ("number", "kind", "day", "title"),
    [
        ("35-CT/TW", "Chỉ thị", "2014-05-26", "Tăng cường sự lãnh đạo của Đảng đối với công tác tiếp công dân"),
        ("35-CT/TW", "Chỉ thị", "2019-05-30", "Đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ"),
        ("35-CT/TW", "Chỉ thị", "2019-05-31", None),
        ("35-CT/TW", "Chỉ thị", None, None),
        ("35/CT-TW", None, "2014-05-26", "Tăng cường sự lãnh đạo của Đảng"),
        ("5-CT/TW", "Chỉ thị", "2016-05-15", "Đẩy mạnh học tập"),
        ("05-CT/TW", "Thông báo", "2016-05-15", None),
        ("06/QĐ-TTg", "Quyết định", "2024-01-02", None),
        ("61/2018/NĐ-CP", "Nghị định", None, "Thực hiện cơ chế một cửa"),
        ("61/2018/NĐ-CP", None, "2018-04-24", "Thực hiện cơ chế một cửa"),
        ("61/2018/NĐ-CP", "Thông tư", None, None),
        ("91/2015/QH13", "Luật", None, "Dân sự"),
        ("100/2015/QH13", "Bộ luật", None, "Hình sự"),
        ("100/2015/QH13", "Nghị quyết", None, "Phê duyệt chủ trương đầu tư"),
        ("100/2015/QH13", None, None, None),
        ("04/KH-UBND", "Kế hoạch", "2016-05-15", None),
    ],
)
def test_facts_apply_to_a_normative_number_and_to_any_other_on_its_own_date(
    number: str, kind: str | None, day: str | None, title: str | None
) -> None:
    fact = known.facts_of(number, kind, day)
    assert (fact.title if fact else "").startswith(title or "")
    assert (fact is None) == (title is None)


def _matches(row: WordList, text: str) -> bool:
    words = re.compile(rf"(?<!\w)(?:{wording.alternatives(row.name)})(?!\w)", re.IGNORECASE)
    return words.search(text if row.accents else fold(text)) is not None


@pytest.mark.parametrize("row", LISTS, ids=lambda row: row.name)
def test_a_list_of_words_matches_its_words_and_examples(row: WordList) -> None:
    assert row.examples
    assert [text for text in (*row.words, *row.examples) if not _matches(row, text)] == []


@pytest.mark.parametrize("row", LISTS, ids=lambda row: row.name)
def test_a_list_of_words_does_not_match_its_rejects(row: WordList) -> None:
    assert [text for text in row.rejects if _matches(row, text)] == []


@pytest.mark.parametrize(
    ("date", "term"),
    [
        ("2001-04-22", "VIII"),
        ("2001-04-23", "IX"),
        ("2016-01-28", "XI"),
        ("2016-01-29", "XII"),
        ("2020", "XII"),
        ("2026-01-23", "XIII"),
        ("2026-01-24", "XIV"),
    ],
)
def test_a_term_ends_on_the_closing_day_of_the_next_congress(date: str, term: str) -> None:
    """Hướng dẫn 36-HD/VPTW (2018)."""
    assert term_of(date) == term
