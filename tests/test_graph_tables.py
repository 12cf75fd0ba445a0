"""The tables of the graph room prove themselves: each row reads its examples and leaves its rejects alone."""

import re
from collections import Counter

import pytest

from corpus.folding import fold
from corpus.model import Header, Report
from corpus.reading import report_of
from graph import instruments, names, relations, wording
from graph.extract import find_citations
from graph.identity import Instrument
from graph.instruments import InstrumentType, IssuerCode
from graph.model import RELATIONS, Reading
from graph.names import Known
from graph.refused import Refusal, refusals
from graph.registry import term_of
from graph.relations import Cue
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
KNOWN_EXAMPLES = [(row, text) for row in names.known() for text in row.examples]
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


@pytest.mark.parametrize(("row", "text"), KNOWN_EXAMPLES)
def test_a_known_instrument_is_found_by_its_example(row: Known, text: str) -> None:
    assert [named.name for named in _read(f"Thực hiện {text}, xã đã họp.").named] == [row.full_name]


def _alone_in_its_year() -> list[Known]:
    per_year = Counter((row.full_name, row.date[:4]) for row in names.known())
    return [row for row in names.known() if per_year[row.full_name, row.date[:4]] == 1]


@pytest.mark.parametrize("row", _alone_in_its_year(), ids=lambda row: row.number)
def test_name_and_year_of_a_known_law_give_its_number(row: Known) -> None:
    (named,) = _read(f"Thực hiện {row.full_name} năm {row.date[:4]}, xã đã họp.").named
    assert named.instrument == row.number


@pytest.mark.parametrize("row", names.known(), ids=lambda row: row.number)
def test_a_known_law_named_without_year_is_the_one_in_force_on_the_day_of_the_report(row: Known) -> None:
    text = f"Thực hiện {row.full_name}, xã đã họp."
    (named,) = find_citations(Report(id="r", file="x", text=text, header=Header(date=row.since))).named
    assert named.instrument == row.number


@pytest.mark.parametrize("row", names.known(), ids=lambda row: row.number)
def test_the_facts_of_a_known_law_agree(row: Known) -> None:
    assert row.date <= row.since
    assert Instrument.parse(f"{row.type} số {row.number}").canonical == row.number
    successor = names.known_by_number().get(row.replaced_by or "")
    assert successor is None or (successor.full_name != row.full_name or successor.since > row.since)


def test_no_two_known_laws_have_one_number() -> None:
    assert len(names.known_by_number()) == len(names.known())


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
