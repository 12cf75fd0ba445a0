"""Spans become links, and the text stays what it was: whatever it holds, and wherever the spans lie."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webview.annotate import Mark, annotate

TEXT = "Căn cứ Luật số 10/2022/QH15;\nThực hiện Kế hoạch\nsố 33/KH-UBND của huyện.\n\n\nI. <b>KẾT QUẢ</b> & 'thế'\n"
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror="alert(1)">',
    "' onmouseover='alert(1)",
    "</a></span></p><h1>",
    "]]>--><!-- &lt;b&gt; &#60;",
    "{{ 7 * 7 }} {% raw %} {0} %s",
)


class Content(HTMLParser):
    """The text content of HTML, its start tags, and whether every tag is closed in its order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(str(html))  # a Markup would escape what it is compared with
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag == "a" and "a" in self.open), "a link lies in a link"
        assert not (tag == "p" and "p" in self.open)
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def mark(start: int, end: int, *, name: str = "", **more: str) -> Mark:
    name = name or f"m{start}-{end}"
    return Mark(start=start, end=end, id=name, entry=f"e-{name}", **{"kind": "cite", "note": "chú thích", **more})


def marked(text: str, *spans: tuple[int, int]) -> Content:
    return Content(annotate(text, [mark(start, end) for start, end in spans]))


# Characters of a report: cleaning leaves no control character; "\r" would be another line end for a browser.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=60) | st.text(
    "ab<>&\"'\n ", max_size=60
)
spans = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=8)


@given(texts, spans)
def test_the_text_content_is_the_text_whatever_is_marked(text: str, given_spans: list[tuple[int, int]]) -> None:
    page = marked(text, *given_spans)
    assert page.text == text
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)


@given(texts, st.text(max_size=30))
def test_no_name_and_no_note_becomes_markup(text: str, note: str) -> None:
    plain = Content(annotate(text, [mark(1, 5, name="m", note="", label="x")]))
    struck = Content(annotate(text, [mark(1, 5, name="m", note=note, label=note or "x")]))
    assert [(tag, [*attributes]) for tag, attributes in plain.tags] == [(t, [*a]) for t, a in struck.tags]
    assert struck.text == text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_a_text_is_text(payload: str) -> None:
    text = f"{payload} theo {payload}"
    page = Content(annotate(text, [mark(0, len(payload), name=payload, note=payload, kind=payload, label=payload)]))
    assert page.text == text
    assert {tag for tag, _ in page.tags} == {"p", "span", "a"}
    assert set(page.all("a")[0]) == {"class", "id", "href", "title"}


def test_lines_and_paragraphs_are_kept() -> None:
    page = marked(TEXT)
    assert [line["data-line"] for line in page.all("span")] == ["1", "2", "3", "6"]
    assert [line["id"] for line in page.all("span")] == ["l1", "l2", "l3", "l6"]
    assert len(page.all("p")) == 2


def test_a_mark_over_a_line_end_is_a_link_in_each_line_with_one_id() -> None:
    start = TEXT.index("Kế hoạch")
    links = marked(TEXT, (start, TEXT.index(" của huyện"))).all("a")
    assert [link.get("id") for link in links] == [f"m{start}-{start + 22}", None]
    assert len({link["href"] for link in links}) == 1


def test_touching_marks_are_two_links() -> None:
    assert len(marked("ab", (0, 1), (1, 2)).all("a")) == 2


def test_a_mark_within_another_is_shown_and_no_link_lies_in_it() -> None:
    links = marked("một hai ba", (0, 10), (4, 7)).all("a")
    assert [link["href"] for link in links] == ["#e-m0-10", "#e-m4-7", "#e-m0-10"]
    assert [link.get("id") for link in links] == ["m0-10", "m4-7", None]


def test_what_lies_outside_the_text_is_left_out() -> None:
    assert marked("abc", (3, 9), (-4, 0), (2, 1), (5, 5)).all("a") == []
    assert len(marked("abc", (-1, 9)).all("a")) == 1


def test_the_labels_of_a_line_stand_beside_it_once() -> None:
    marks = [mark(n, n + 1, label=label) for n, label in enumerate(["căn cứ", "thực hiện", "căn cứ", ""])]
    [line] = Content(annotate("abcd", marks)).all("span")
    assert line["data-label"] == "căn cứ · thực hiện"
    assert "data-label" not in Content(annotate("abcd", [])).all("span")[0]
