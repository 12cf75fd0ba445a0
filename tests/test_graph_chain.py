"""The chain of an instrument: what it does with others and others with it, with all that states it."""

from dataclasses import replace

from corpus.model import Header
from corpus.reading import report_of
from graph.chain import chains_of
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.network import Network
from graph.questions import resolve_reference

TEXTS = {
    "a.txt": "Kết luận số 44-KL/TW ngày 02/4/2019 về tiếp tục thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018.",
    "b.txt": "Phổ biến Kết luận số 44-KL/TW ngày 02/4/2019 về tiếp tục thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018.",
    "c.txt": "Quyết định số 41-QĐ/TW ngày 05/9/2020 thay thế Chỉ thị số 28-CT/TW ngày 20/6/2018.",
}


def network(texts: dict[str, str]) -> Network:
    cards = []
    for name, text in texts.items():
        report = replace(report_of(text, file=name), header=Header(type="Báo cáo", unit="xã An Lộc", date="2024-01-02"))
        cards.append((card_of(report), file_reading(report, find_citations(report))))
    return Network(cards)


def test_each_tie_has_every_place_that_states_it_the_most_stated_first() -> None:
    source = network(TEXTS)
    [entry] = resolve_reference(source, "Chỉ thị 28")
    chain = chains_of(source, [entry])[entry.id]
    assert [(t.relation, t.other.canonical, sorted(s.report.file for s in t.stated)) for t in chain.done] == [
        ("tiếp tục thực hiện", "44-KL/TW", ["a.txt", "b.txt"]),
        ("thay thế", "41-QĐ/TW", ["c.txt"]),
    ]
    assert chain.does == ()


def test_seen_from_the_other_end_it_is_the_same_tie() -> None:
    source = network(TEXTS)
    [entry] = resolve_reference(source, "Kết luận 44")
    chain = chains_of(source, [entry])[entry.id]
    assert [(t.relation, t.other.canonical, len(t.stated)) for t in chain.does] == [
        ("tiếp tục thực hiện", "28-CT/TW", 2)
    ]
    assert chain.done == ()


def test_what_is_said_to_have_been_replaced_is_no_longer_in_force() -> None:
    source = network(TEXTS)
    [entry] = resolve_reference(source, "Chỉ thị 28")
    standing = chains_of(source, [entry])[entry.id].standing
    assert standing is not None
    assert (standing.known_by, standing.replaced_by, standing.until) == ("text", "Quyết định 41-QĐ/TW", "2020-09-04")


def test_documents_that_it_may_be_the_same_as_are_named() -> None:
    texts = {
        "a.txt": "Thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư.",
        "b.txt": "Thực hiện Chỉ thị số 28-CT/TW ngày 12/5/2013 của Ban Bí thư.",
        "c.txt": "Thực hiện Chỉ thị số 28-CT/TW của Ban Bí thư.",
    }
    source = network(texts)
    entries = resolve_reference(source, "28-CT/TW")
    chains = chains_of(source, entries)
    named = [[other.date for other in chains[entry.id].candidates] for entry in entries if entry.date is None]
    assert named == [["2013-05-12", "2018-06-20"]]


def test_what_nothing_is_said_of_has_an_empty_chain() -> None:
    source = network({"a.txt": "Thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư."})
    [entry] = resolve_reference(source, "Chỉ thị 28")
    chain = chains_of(source, [entry])[entry.id]
    assert (chain.does, chain.done, chain.candidates, chain.standing) == ((), (), (), None)
