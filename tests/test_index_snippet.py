"""A snippet is the text as it is written, cut at syllables, and its highlights are what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import matches

from index.parser import parse
from index.snippet import Snippet, snippets
from index.words import prepare

LONG = " ".join(f"việc thứ {number}," for number in range(200))


def shown(text: str, query: str) -> tuple[Snippet, ...]:
    return snippets(text, matches(parse(query).sought(), prepare(text)))


def marked(snippet: Snippet) -> str:
    """The snippet with its highlights between « and »."""
    text = snippet.text
    for start, end in reversed(snippet.highlights):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        (
            "Một việc. Xã đã ban hành Quy  chế dân\nchủ ở cơ sở. Việc khác.",
            "quy che dan chu",
            ["Xã đã ban hành «Quy chế dân chủ» ở cơ sở."],
        ),
        ("Các hộ nghèo, hộ cận nghèo, hộ nghèo mới.", "hộ nghèo", ["Các «hộ nghèo», hộ cận nghèo, «hộ nghèo» mới."]),
        ("Thực hiện QCDC, quy chế dân chủ.", "QCDC", ["Thực hiện «QCDC», «quy chế dân chủ»."]),
        ("Tổ chức “học tập, và làm theo” ở thôn.", "học tập và làm", ["Tổ chức “«học tập, và làm» theo” ở thôn."]),
        ("Giảm hộ nghèo bền vững.", "hộ nghèo OR nghèo bền", ["Giảm «hộ nghèo bền» vững."]),
        ("Một tổ.\n\nHai tổ.\n\nBa tổ.\n\nBốn tổ.", "tổ", ["Một «tổ».", "Hai «tổ».", "Ba «tổ»."]),
        (
            "Kết quả của các cấp trên địa bàn. Ý kiến cấp trên.",
            "cấp trên",
            ["Ý kiến «cấp trên».", "Kết quả của các «cấp trên» địa bàn."],
        ),
        ("Ban dan van. Ban dân vận.", "dân vận", ["Ban «dân vận».", "Ban «dan van»."]),
        ("hộ nghèo", "hộ nghèo", ["«hộ nghèo»"]),
        ("hộ nghèo", "năm:2023", []),
    ],
)
def test_a_snippet_is_the_sentence_of_a_hit(text: str, query: str, expected: list[str]) -> None:
    assert [marked(snippet) for snippet in shown(text, query)] == expected


def test_the_line_is_that_of_the_first_highlight() -> None:
    text = "Mở đầu.\n\nCác đoàn thể chính trị xã hội của phường đã vận động hội viên giúp\nđỡ hộ nghèo trong năm.\n"
    (snippet,) = shown(text, "hộ nghèo")
    assert snippet.line == 4
    assert marked(snippet).endswith("giúp đỡ «hộ nghèo» trong năm.")


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        (f"{LONG} có hộ nghèo, {LONG}", "… ", " …"),
        (f"Có hộ nghèo, {LONG}", "Có «hộ nghèo»", " …"),
        (f"{LONG} có hộ nghèo.", "… ", "«hộ nghèo»."),
    ],
)
def test_a_long_sentence_is_cut_at_syllables_on_the_side_where_it_goes_on(text: str, begins: str, ends: str) -> None:
    (snippet,) = shown(text, "hộ nghèo")
    assert marked(snippet).startswith(begins)
    assert marked(snippet).endswith(ends)
    assert 250 <= len(snippet.text) <= 330
    assert set(snippet.text.replace(",", " ").replace("…", " ").split()) <= set(text.replace(",", " ").split())


def test_a_phrase_longer_than_a_snippet_is_shown_whole() -> None:
    text = f"Mở đầu {LONG} kết thúc."
    query = text[7 : len(LONG) + 6]
    (snippet,) = shown(text, f'"{query}"')
    ((start, end),) = snippet.highlights
    assert snippet.text[start:end] == query.rstrip(",")


WORDS = st.sampled_from(["hộ", "nghèo", "hộ nghèo", "quy chế", "xã,", "xã.", "\n", "\n\n", "  ", "(", "”", "…", LONG])


@given(st.lists(WORDS, max_size=12).map(" ".join), st.sampled_from(["hộ nghèo", "hộ", "xã", "nghèo OR quy chế"]))
def test_highlights_are_what_was_found_in_a_text_without_white_space_runs(text: str, query: str) -> None:
    found = matches(parse(query).sought(), prepare(text))
    all_shown = shown(text, query)
    assert bool(all_shown) == bool(found)
    assert len(all_shown) <= 3
    written = {" ".join(text[match.start : match.end].split()) for match in found}
    for snippet in all_shown:
        assert snippet.text == " ".join(snippet.text.split())
        assert snippet.highlights == tuple(sorted(snippet.highlights))
        assert {snippet.text[start:end] for start, end in snippet.highlights} <= written
        assert snippet.text.removeprefix("… ").removesuffix(" …") in " ".join(text.split())
