"""Whatever a text is, reading it gives places that lie in it, and never fails."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold
from corpus.model import Header, Report
from corpus.reading import report_of
from graph.answers import cites_json
from graph.extract import find_citations
from graph.grammar import scan
from graph.model import RELATIONS, Reading
from graph.refused import find_refused

_PARAGRAPH = (
    "Thực hiện Chỉ thị số 13-CT/TW ngày 12/5/2013 của Ban Bí thư về công tác dân vận; Kế hoạch số 71, 72-KH/TU của "
    "Tỉnh ủy và Luật Đất đai năm 2013, UBND xã Minh Tiến đã ban hành Kế hoạch số 08b/KH- UBND ngày 02/3/2022 về thực "
    "hiện điểm a khoản 2 Điều 10 Nghị định số 61/2018/NĐ-CP. Trong kỳ, xã đã giải quyết 121/147 vụ việc theo Pháp lệnh "
    "số 20; các Quyết định từ số 21 đến số 24/QĐ-UBND.\n\n⁴ Công văn số 366, ngày 12/5/2021 của Huyện ủy.\n\n"
    "Căn cứ Kết luận số 57- KL/TW “Về dân chủ”, Mẫu số 03/ĐK, Quyết định số …/QĐ-UBND, "
    "dự thảo Luật Nuôi trồng (sửa đổi)."
)
_NOISE = st.sampled_from(
    [
        "\n",
        "\n\n\f\n",
        " ",
        "/",
        "-",
        "–",
        "số ",
        "(",
        ")",
        "“",
        "”",
        "*",
        "⁴",
        "�",
        "\u0301",
        "\u200b",
        ",",
        ";",
        ".",
        "0",
        "Đ",
    ]
)
_HEADER = Header(
    type="Báo cáo", number="31", symbol="BC-UBND", unit="xã Minh Tiến", parent_unit="huyện An Hòa", date="2023-06-12"
)


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    """The paragraph with pieces cut, doubled or moved, and noise put in."""
    text = _PARAGRAPH
    for _ in range(draw(st.integers(1, 8))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        end = min(end, start + 60)
        piece, rest = text[start:end], text[:start] + text[end:]
        at = draw(st.integers(0, len(rest)))
        text = draw(
            st.sampled_from(
                [
                    rest,
                    rest[:at] + piece + rest[at:],
                    text[:end] + piece + text[end:],
                    text[:start] + "%" + text[start:],
                ]
            )
        ).replace("%", draw(_NOISE), 1)
    return text


_TEXTS = st.text(min_size=1, max_size=300) | _mutated()


def _check(report: Report, reading: Reading) -> None:
    """What holds of every reading."""
    text, own = report.text, [c for c in reading.cited if c.own]
    for citation in reading.citations:
        assert 0 <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.text
        assert citation.line == text.count("\n", 0, citation.start) + 1
        assert citation.relation in RELATIONS
        assert 0 < citation.confidence <= 1
        assert reading.cited[citation.cited] not in own
    for named in reading.named:
        assert text[named.start : named.end] == named.text
    for refused in reading.refused:
        assert " ".join(text[refused.start : refused.end].split()) == refused.text
    for link in reading.links:
        assert reading.cited[link.source] is not (None if link.to_named else reading.cited[link.target])
        assert link.target < len(reading.named if link.to_named else reading.cited)
    assert len(own) <= 1


def _report(text: str) -> Report:
    return replace(report_of(f"Báo cáo {text}", file="x"), header=_HEADER)


@given(_TEXTS)
def test_every_place_lies_in_the_text(text: str) -> None:
    report = _report(text)
    reading = find_citations(report)
    _check(report, reading)
    cites_json(report, reading)


@given(_TEXTS)
def test_no_two_places_overlap_but_the_numbers_inside_a_range(text: str) -> None:
    """Those stand at its first number."""
    reading = find_citations(_report(text))
    spans = [(c.start, c.end) for c in reading.citations if not c.text.isdigit()]
    spans += [(n.start, n.end) for n in reading.named] + [(r.start, r.end) for r in reading.refused]
    spans.sort()
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(_mutated())
def test_every_document_is_cited_or_the_own_one(text: str) -> None:
    reading = find_citations(_report(text))
    own = {n for n, cited in enumerate(reading.cited) if cited.own}
    assert {c.cited for c in reading.citations} | own == set(range(len(reading.cited)))


def test_the_paragraph_that_is_mutated_is_read_in_full() -> None:
    reading = find_citations(_report(_PARAGRAPH))
    assert [c.instrument.canonical for c in reading.cited if not c.own] == [
        *("13-CT/TW", "71-KH/TU", "72-KH/TU", "08B/KH-UBND", "61/2018/NĐ-CP", "20"),
        *("21/QĐ-UBND", "22/QĐ-UBND", "23/QĐ-UBND", "24/QĐ-UBND", "366", "57-KL/TW"),
    ]
    assert [(n.name, n.draft) for n in reading.named] == [("Luật Đất đai", False), ("Luật Nuôi trồng", True)]
    assert {r.why for r in reading.refused} == {"tỷ lệ", "biểu mẫu", "số để trống"}


TOKENS = (
    *(
        "Quyết định ",
        "số ",
        "1/",
        "1, ",
        "1-",
        "1a/",
        "15/QĐ-UBND ",
        "Kế hoạch số 5/KH-UBND, ",
        "Chỉ thị 13; ",
        "Luật A ",
    ),
    *("Luật Đất đai, ", "của UBND xã ", "Kế hoạch của ", "điểm a khoản 1 Điều 2 ", "ngày 12/5/2013 ", "thực hiện "),
    *("mẫu số ", "về ", "-", "(", "“", "A", "a-", "Đ/", "0 ", "/", "số . "),
)


# A pattern that looks back or ahead without bound would not come back from these; pytest ends the run then.
@pytest.mark.parametrize("token", TOKENS)
def test_one_token_without_end_is_scanned_in_time(token: str) -> None:
    text = token * (50_000 // len(token))
    folded = fold(text)
    surfaces = list(scan(text, folded))
    refused = find_refused(folded)
    assert [s.start for s in surfaces] == sorted(s.start for s in surfaces)
    assert [f.span for f in refused] == sorted(f.span for f in refused)


@pytest.mark.parametrize("token", TOKENS)
def test_one_token_without_end_is_read_in_time(token: str) -> None:
    report = Report(id="r", file="x", text="Báo cáo " + token * (5_000 // len(token)), header=_HEADER)
    _check(report, find_citations(report))
