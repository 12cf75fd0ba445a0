"""The page of marked texts: complete in itself, every link leads somewhere, no text of a file becomes markup."""

import re
import string
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Report
from corpus.reading import read_report, report_of
from corpus.tables import read_table
from graph.extract import find_citations
from graph.model import RELATIONS, Reading
from webview.marked import marked_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
WORDS = read_table("webview", "cites")
PAYLOADS = (
    "<script>window.struck = 1</script>",
    "</style><style>*{display:none}</style>",
    '"><img src=x onerror="window.struck = 1">',
    "' onmouseover='window.struck = 1",
    "</a></p></div></article><h1>",
    "]]>--><!--<script>",
    "{{ 7 * 7 }} {% raw %} {0} %s &lt;b&gt;",
)
TEXT = """ỦY BAN NHÂN DÂN
XÃ PHONG LỘC
Số: 12/BC-UBND
Phong Lộc, ngày 05 tháng 6 năm 2024
BÁO CÁO
Kết quả dân chủ {0}
Thực hiện Kế hoạch số 38/KH-UBND ngày 02/02/2024 của UBND huyện Đại Khê về dân chủ {0} và Luật Đất đai năm 2024,
UBND xã đã ban hành Kế hoạch số 04/KH-UBND ngày 19/02/2024 {0} để thực hiện Chỉ thị số 30-CT/TW ngày 18/02/1998
của Bộ Chính trị. Theo Điều 10 của Kế hoạch số
38/KH-UBND, đã giải quyết 138/157 vụ việc {0}.
"""


class Outline(HTMLParser):
    """The start tags of a page, the style sheet, the text of each report, and whether tags are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.style = ""
        self.texts: list[str] = []
        self._depth = 0
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)
        if ("class", "text") in attrs:
            self._depth = len(self.open)
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if len(self.open) < self._depth:
            self._depth = 0

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        elif self._depth:
            self.texts[-1] += data

    def attributes(self, name: str) -> list[str]:
        return [str(attributes[name]) for _, attributes in self.tags if name in attributes]


def read(text: str, file: str = "báo cáo.txt") -> tuple[Report, Reading]:
    report = report_of(text, file=file)
    return report, find_citations(report)


@pytest.fixture(scope="module")
def readings(samples: Path) -> list[tuple[Report, Reading]]:
    files = sorted(path for path in (samples / "reports").rglob("*") if path.is_file())
    reports = [read_report(path) for path in files]
    return [(report, find_citations(report)) for report in reports]


@pytest.fixture(scope="module")
def page(readings: list[tuple[Report, Reading]]) -> Outline:
    return Outline(marked_html(readings))


def test_the_text_of_every_report_is_on_the_page_whole(page: Outline, readings: list[tuple[Report, Reading]]) -> None:
    assert page.texts == [report.text for report, _ in readings]


def test_every_citation_and_every_name_is_a_link(page: Outline, readings: list[tuple[Report, Reading]]) -> None:
    ids = set(page.attributes("id"))
    for n, (_, reading) in enumerate(readings, 1):
        assert {f"r{n}-c{m}" for m in range(len(reading.citations))} <= ids
        assert {f"r{n}-m{m}" for m in range(len(reading.named))} <= ids
        assert {f"r{n}-i{c.cited}" for c in reading.citations} <= ids


def test_every_link_leads_to_a_place_of_the_page_and_back(page: Outline) -> None:
    ids = page.attributes("id")
    assert len(set(ids)) == len(ids)
    links = page.attributes("href")
    assert {link[:1] for link in links} == {"#"}
    assert {link[1:] for link in links} <= set(ids)
    assert {i for i in ids if re.fullmatch(r"r\d+(-[cimn]\d+)?", i)} <= {link[1:] for link in links}


def test_a_tooltip_names_instrument_date_issuer_relation_and_confidence() -> None:
    notes = Outline(marked_html([read(TEXT)])).attributes("title")
    assert "Kế hoạch 38/KH-UBND · 02/02/2024 · Ủy ban nhân dân huyện Đại Khê · thực hiện · độ tin cậy 100%" in notes
    assert any(note.startswith("Kế hoạch 38/KH-UBND · Điều 10 · ") for note in notes)
    assert any("(suy ra)" in note for note in notes)
    assert any(note.startswith("Luật Đất đai · 31/2024/QH15") for note in notes)


def test_what_is_not_sure_says_so() -> None:
    report, reading = read(TEXT)
    assert "chưa chắc" not in marked_html([(report, reading)])
    doubtful = replace(reading, citations=tuple(replace(c, confidence=0.5) for c in reading.citations))
    page = Outline(marked_html([(report, doubtful)]))
    assert sum("unsure" in name.split() and "cite" in name.split() for name in page.attributes("class")) >= 3
    assert "chưa chắc" in marked_html([(report, doubtful)])


def test_a_page_is_complete_in_itself_and_its_policy_allows_nothing_but_its_style(page: Outline) -> None:
    assert {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "form", "object"} == set()
    assert not re.search(r"url\(|@import", page.style)
    assert not page.attributes("src")
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]
    style = b64encode(sha256(page.style.encode()).digest()).decode()
    assert page.attributes("content")[0] == (
        f"default-src 'none'; script-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_words_are_those_of_the_language_and_the_text_is_vietnamese(lang: str) -> None:
    html = marked_html([read(TEXT)], lang=lang)
    page = Outline(html)
    assert page.attributes("lang") == [lang, "vi"]
    assert ("Instruments cited" in html) == (lang == "en")
    assert ("implements" in html) == (lang == "en")


def test_several_reports_have_a_table_of_contents_and_one_has_none(page: Outline) -> None:
    assert [tag for tag, _ in page.tags].count("article") == 16
    assert [tag for tag, _ in page.tags].count("nav") == 1
    assert {f"#r{n}" for n in range(1, 17)} <= set(page.attributes("href"))
    alone = [tag for tag, _ in Outline(marked_html([read(TEXT)])).tags]
    assert alone.count("nav") == 0
    assert alone.count("h1") == 1


def test_a_report_that_cites_nothing_has_a_page_too() -> None:
    html = marked_html([read("Kính gửi các thôn.")])
    assert WORDS["vi"]["none"] in html
    assert "<table" not in html


def test_warnings_of_the_reader_are_shown() -> None:
    report, reading = read(TEXT)
    assert "check its letters" in marked_html([(replace(report, warnings=("check its letters",)), reading)])


# Texts and names of files are text.


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_never_becomes_markup(payload: str) -> None:
    report, reading = read(TEXT.format(payload), file=f"{payload}.txt")
    page = Outline(marked_html([(report, reading)]))
    assert page.texts == [report.text]
    known = {tag for tag, _ in Outline(marked_html([read(TEXT)])).tags}
    assert {tag for tag, _ in page.tags} <= known
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]
    assert re.sub(r"[^']", "", page.attributes("content")[0]) == re.sub(r"[^']", "", "'none''none''''none''none'")


@settings(max_examples=60)
@given(st.text(max_size=40), st.text(st.characters(codec=None), max_size=20))
def test_any_text_gives_a_page_that_can_be_written(text: str, name: str) -> None:
    report, reading = read(TEXT.format(text), file=name)
    page = marked_html([(report, reading)])
    assert Outline(page.encode("utf-8", "replace").decode()).texts == [report.text]


# Words and colours.


def test_both_languages_say_the_same_things() -> None:
    gaps = string.Formatter()
    names = {lang: {k: [g for _, g, _, _ in gaps.parse(v) if g] for k, v in WORDS[lang].items()} for lang in WORDS}
    assert names["vi"] == names["en"]


def test_every_word_is_said_somewhere() -> None:
    sources = (ROOT / "webview" / "marked.py", ROOT / "webview" / "templates" / "cites.html")
    code = "".join(path.read_text(encoding="utf-8") for path in sources)
    assert [key for key in WORDS["vi"] if not re.search(rf"""words\.{key}\b|["']{key}["']""", code)] == []


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def tinted(paper: str, colour: str, share: float) -> str:
    pairs = [(int(paper[n : n + 2], 16), int(colour[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in pairs)


def test_each_relation_has_a_colour_with_contrast_and_an_underline_of_its_own(page: Outline) -> None:
    rows = read_table("webview", "graph")["relation"]
    assert {row["name"] for row in rows} == set(RELATIONS)
    assert len({row["line"] for row in rows}) == len(RELATIONS)
    papers = re.findall(r"--paper: (#\w{6}); --ink: (#\w{6})", page.style)[:2]
    for row in rows:
        [alpha] = re.findall(rf"--ground: {row['colour']}(\w\w);", page.style)
        for (paper, ink), mark in zip(papers, row["ink"], strict=True):
            ground = tinted(paper, row["colour"], int(alpha, 16) / 255)
            assert contrast(ink, ground) >= 7
            assert contrast(mark, ground) >= 4.5


# In a browser.


def opened(browser: "Browser", file: Path, html: str, **options: Any) -> "Page":
    """The page in a browser, which asks for nothing else and complains of nothing."""
    file.write_text(html, encoding="utf-8", errors="replace")
    page = browser.new_context(**options).new_page()
    page.on("console", lambda message: pytest.fail(message.text))
    page.on("request", lambda request: None if request.url.startswith("file:") else pytest.fail(request.url))
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("width", [320, 700, 961, 1100])
def test_no_width_needs_scrolling_sideways(
    browser: "Browser", readings: list[tuple[Report, Reading]], tmp_path: Path, width: int
) -> None:
    long = read(TEXT.format("x" * 400), file="y" * 300)
    page = opened(
        browser, tmp_path / "p.html", marked_html([*readings, long]), viewport={"width": width, "height": 700}
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_mark_leads_to_its_entry_and_the_entry_back(browser: "Browser", tmp_path: Path) -> None:
    page = opened(browser, tmp_path / "p.html", marked_html([read(TEXT)]), java_script_enabled=True)
    page.click("#r1-c0")
    assert page.locator("tr:target .number").inner_text() == "38/KH-UBND"
    page.click("tr:target .uses a >> nth=1")
    assert page.locator(".text a:target").get_attribute("title") == page.locator("#r1-c3").get_attribute("title")


def test_the_browser_shows_the_text_as_it_is(
    browser: "Browser", readings: list[tuple[Report, Reading]], tmp_path: Path
) -> None:
    page = opened(browser, tmp_path / "p.html", marked_html(readings), color_scheme="dark")
    shown = page.evaluate("Array.from(document.querySelectorAll('.text'), (e) => e.textContent)")
    assert shown == [report.text for report, _ in readings]


def test_text_does_nothing_in_the_browser(browser: "Browser", tmp_path: Path) -> None:
    html = marked_html([read(TEXT.format(" ".join(PAYLOADS)), file=PAYLOADS[2])])
    page = opened(browser, tmp_path / "p.html", html)
    assert page.evaluate("window.struck") is None
    assert page.locator("img, script, .text a:not([href^='#r1-'])").count() == 0
