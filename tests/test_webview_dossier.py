"""The dossier of an instrument: the page and the Word file show the same words, and no text of a report is markup."""

import re
import shutil
import string
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Header
from corpus.reading import report_of
from corpus.tables import read_table
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.network import Network
from graph.questions import Period
from graph.tracing import trace
from webview.document import Document, Line, Table
from webview.dossier import Made, dossier_of
from webview.dossier_docx import docx_of
from webview.dossier_html import html_of
from webview.dossier_part import DEEDS, PLACES, REPORTS
from webview.traced import Findings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
WORDS = read_table("webview", "dossier")
SOFFICE = shutil.which("soffice")
MADE = Made(day="2024-12-01", library="thu-vien", reports=5, units=5, period=Period(), within=None)
PAYLOADS = (
    "<script>window.struck = 1</script>",
    "</style><style>*{display:none}</style>",
    '"><img src=x onerror="window.struck = 1">',
    "</td></tr></table></main><h1>",
    "]]>--><!--<script>",
    "{{ 7 * 7 }} {% raw %} {0} %s &lt;b&gt; {name}",
    "=1+1",
    "\u202e50-TL/TW\u2066\u200f\ufffe\x00\x0b\ud800",
)
SENTENCES = {
    "tinh.txt": (
        "Thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư về dân vận, Tỉnh ủy đã ban hành Kế hoạch số "
        "93-KH/TU ngày 05/9/2018 của Tỉnh ủy Lạng Hà về dân vận."
    ),
    "huyen.txt": "Thực hiện Kế hoạch số 93-KH/TU ngày 05/9/2018 của Tỉnh ủy Lạng Hà, UBND huyện đã mở 02 lớp tập huấn.",
    "xa.txt": "Quán triệt Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư, UBND xã đã tổ chức 03 hội nghị.",
    "khac.txt": "Xã đã họp, đạt 121/147 chỉ tiêu.",
    "trung.txt": "Kết luận số 44-KL/TW ngày 02/4/2019 của Ban Bí thư về tiếp tục thực hiện Chỉ thị số 28-CT/TW ngày "
    "20/6/2018 của Ban Bí thư được phổ biến.",
}
HEADERS = {
    "tinh.txt": Header(type="Báo cáo", number="5", symbol="BC-UBND", unit="tỉnh Lạng Hà", date="2022-12-20"),
    "huyen.txt": Header(
        type="Báo cáo", unit="huyện An Hòa", parent_unit="tỉnh Lạng Hà", province="tỉnh Lạng Hà", date="2023-01-10"
    ),
    "xa.txt": Header(
        type="Báo cáo", unit="xã Minh Tiến", parent_unit="huyện An Hòa", province="tỉnh Lạng Hà", date="2023-06-12"
    ),
    "khac.txt": Header(type="Báo cáo", unit="xã Hòa Lạc", parent_unit="huyện An Hòa", year=2023),
    "trung.txt": Header(type="Báo cáo", unit="xã Tân Khê", parent_unit="huyện An Hòa", date="2022-03-01"),
}


def network(text: str = "", headers: dict[str, Header] = HEADERS, sentences: dict[str, str] = SENTENCES) -> Network:
    """Five reports; `text` stands in every field that a report has words of its own for."""
    cards = []
    for name, header in headers.items():
        said = sentences[name].replace("về dân vận", f"về dân vận {text}").replace("hội nghị", f"hội nghị {text}")
        report = replace(report_of(said, file=f"{text}{name}"), header=header)
        filed = file_reading(report, find_citations(report))
        card = card_of(report)
        if text:
            card = replace(card, title=f"Kết quả {text}", number=f"7/BC{text}", unit=f"{header.unit}{text}")
        places = tuple(replace(p, sentence=f"{p.sentence} {text}", locator=text or None) for p in filed.places)
        links = tuple(replace(s, sentence=f"{s.sentence} {text}") for s in filed.links)
        votes = tuple(replace(v, title=f"Dân vận {text}", issuer=f"Ban Bí thư {text}") for v in filed.votes)
        cards.append((card, replace(filed, places=places, links=links, votes=votes if text else filed.votes)))
    return Network(cards)


def findings(source: Network, reference: str = "28-CT/TW", made: Made = MADE) -> Findings:
    return Findings(trace=trace(source, reference), tree=source.tree(), made=made)


def document(found: Findings, lang: str = "vi") -> Document:
    return dossier_of(found.trace, found.tree, found.made, lang=lang)


@pytest.fixture(scope="module")
def dossier() -> Document:
    return document(findings(network()))


def words_of(line: Line) -> str:
    return "".join(run.text for run in line)


def section(document: Document, number: int) -> str:
    """All words of a section of the first part, cells parted by "|"."""
    shown = []
    for block in document.parts[0].sections[number - 1].blocks:
        if isinstance(block, Table):
            shown += [" | ".join(" / ".join(map(words_of, cell)) for cell in row) for row in block.rows]
        else:
            shown.append(words_of(block))
    return "\n".join(shown)


def texts(document: Document) -> list[str]:
    """All paragraphs in the order of reading: what every writer has to show."""
    found = [document.kicker, document.title if len(document.parts) > 1 else "", *map(words_of, document.lead)]
    parts = [(part.title, part.subtitle, part.sections) for part in document.parts]
    for title, subtitle, of in (*parts, ("", "", (document.about,))):
        found += [title, subtitle]
        for one in of:
            found.append(one.heading)
            for block in one.blocks:
                if isinstance(block, Table):
                    found += block.heads
                    found += [words_of(line) for row in block.rows for cell in row for line in cell]
                else:
                    found.append(words_of(block))
    return [text for text in found if text]


# What it says.


def test_it_says_what_the_instrument_is_and_how_that_is_known(dossier: Document) -> None:
    assert dossier.title == "Hồ sơ văn bản: Chỉ thị 28-CT/TW ngày 20/06/2018 của Ban Bí thư"
    what = section(dossier, 1)
    assert "Loại | Chỉ thị" in what
    assert "3 báo cáo viện dẫn ở 3 chỗ" in what
    assert "Thực hiện trực tiếp: 3 đơn vị, 3 báo cáo. Gián tiếp: 1 đơn vị. Chưa thấy nhắc đến: 1 đơn vị." in what
    assert "Hiệu lực | chưa rõ" in what


def test_the_chain_has_the_sentence_the_file_and_the_line(dossier: Document) -> None:
    chain = section(dossier, 2)
    assert "\nKết luận 44-KL/TW (02/04/2019)" in chain
    assert "| tiếp tục thực hiện văn bản này | “Kết luận số 44-KL/TW ngày 02/4/2019" in chain
    assert "xã Tân Khê · Báo cáo ngày 01/03/2022 · dòng 1 · trung.txt" in chain
    assert "93-KH/TU" not in chain  # a local document that carries it out stands among what was done


def test_who_carries_it_out_stands_under_what_lies_above_with_the_citation_marked(dossier: Document) -> None:
    [table] = [b for b in dossier.parts[0].sections[2].blocks if isinstance(b, Table)]
    assert [words_of(row[0][0]) for row in table.rows] == ["tỉnh Lạng Hà", "xã Minh Tiến", "xã Tân Khê"]
    assert words_of(table.rows[1][0][1]) == "huyện An Hòa, tỉnh Lạng Hà"
    cited = [run.text for row in table.rows for line in row[2] for run in line if run.kind == "cited"]
    assert cited == ["Chỉ thị số 28-CT/TW"] * 3


def test_an_indirect_unit_has_its_way_in_words_and_each_link_its_sentence(dossier: Document) -> None:
    indirect = section(dossier, 4)
    assert "huyện An Hòa / tỉnh Lạng Hà | viện dẫn Kế hoạch 93-KH/TU" in indirect
    assert "(1 báo cáo) / → cụ thể hóa/thực hiện Chỉ thị 28-CT/TW (20/06/2018) [1] |" in indirect
    assert "\n[1] | Kế hoạch 93-KH/TU" in indirect
    assert "tỉnh Lạng Hà · Báo cáo 5/BC-UBND ngày 20/12/2022 · dòng 1 · tinh.txt" in indirect


def test_what_was_done_and_issued_stands_with_who_says_so(dossier: Document) -> None:
    done = section(dossier, 5)
    assert "Kế hoạch 93-KH/TU" in done
    assert "xã Minh Tiến" in done
    assert "03 hội nghị" in done
    assert "huyện An Hòa |" not in done


def test_what_two_reports_of_a_unit_tell_stands_once_as_the_later_one_tells_it() -> None:
    sentences = {"xa.txt": SENTENCES["xa.txt"], "sau.txt": f"Trong năm xã họp. {SENTENCES['xa.txt']}"}
    headers = {"xa.txt": HEADERS["xa.txt"], "sau.txt": replace(HEADERS["xa.txt"], date="2023-12-12")}
    done = section(document(findings(network(headers=headers, sentences=sentences))), 5)
    assert done.count("03 hội nghị") == 1
    assert "12/12/2023" in done


def test_who_does_not_mention_it_stands_under_what_lies_above(dossier: Document) -> None:
    assert "huyện An Hòa, tỉnh Lạng Hà | xã Hòa Lạc" in section(dossier, 6)


def test_it_says_how_it_came_about(dossier: Document) -> None:
    assert "Ngày lập | 01/12/2024" in "\n".join(
        " | ".join(words_of(line) for cell in row for line in cell)
        for block in dossier.about.blocks
        if isinstance(block, Table)
        for row in block.rows
    )
    asked = replace(MADE, period=Period(since="2023-01-01", until="2023-06-30"), within="huyện An Hòa")
    about = texts(document(findings(network(), made=asked)))
    assert "từ ngày 01/01/2023 đến ngày 30/06/2023" in about
    assert "huyện An Hòa và các đơn vị trực thuộc" in about


def test_where_nobody_carries_it_out_each_section_says_so() -> None:
    sentences = {"khac.txt": "UBND xã ban hành Kế hoạch số 12/KH-UBND ngày 05/02/2024 của UBND xã Hòa Lạc."}
    source = network(headers={"khac.txt": HEADERS["khac.txt"]}, sentences=sentences)
    found = trace(source, "12/KH-UBND", period=Period(since="2030-01-01"))
    empty = document(Findings(trace=found, tree=source.tree(), made=MADE))
    assert [section(empty, n).splitlines()[0] for n in (3, 4, 5)] == [
        WORDS["vi"]["direct_none"],
        WORDS["vi"]["indirect_none"],
        WORDS["vi"]["done_none"],
    ]


@pytest.mark.parametrize(
    ("number", "standing"),
    [
        ("Pháp lệnh số 34/2007/PL-UBTVQH11", "hết hiệu lực sau ngày 30/06/2023, thay bằng Luật 10/2022/QH15"),
        ("Luật số 10/2022/QH15", "có hiệu lực từ 01/07/2023, chưa ghi nhận hết hiệu lực"),
    ],
)
def test_it_says_whether_the_instrument_is_in_force(number: str, standing: str) -> None:
    source = network(headers={"khac.txt": HEADERS["khac.txt"]}, sentences={"khac.txt": f"Thực hiện {number}."})
    assert f"Hiệu lực | {standing}" in section(document(findings(source, number)), 1)


def test_of_a_unit_the_latest_reports_are_shown_and_the_others_counted() -> None:
    many = REPORTS + 4
    cite = "Thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư, UBND xã đã mở {n} lớp tập huấn.\n\n"
    sentences = {
        f"{n:02}.txt": "".join(cite.format(n=n * 10 + m) for m in range(PLACES + 2)) for n in range(1, many + 1)
    }
    headers = {name: replace(HEADERS["xa.txt"], date=f"2023-06-{name[:2]}") for name in sentences}
    made = document(findings(network(headers=headers, sentences=sentences)))
    direct, done = section(made, 3), section(made, 5)
    assert re.findall(r"ngày (\d\d)/06/2023", direct) == [f"{n:02}" for n in range(many, many - REPORTS, -1)]
    assert direct.count("và 2 chỗ khác") == REPORTS
    assert direct.count("và 4 báo cáo trước đó") == 1
    assert WORDS["vi"]["direct_cap"].format(reports=REPORTS, places=PLACES) in direct
    assert f"và {many * (PLACES + 2) - DEEDS} việc khác" in done


def test_a_chain_that_is_no_chain_any_more_is_cut_and_counted() -> None:
    numbers = range(1, 41)
    text = "Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư"
    said = "\n\n".join(
        f"Kết luận số {n}-KL/TW ngày 02/4/2019 của Ban Bí thư về tiếp tục thực hiện {text}." for n in numbers
    )
    made = document(findings(network(headers={"xa.txt": HEADERS["xa.txt"]}, sentences={"xa.txt": said})))
    chain = section(made, 2)
    assert chain.count("tiếp tục thực hiện văn bản này") == 30
    assert chain.endswith("và 10 quan hệ khác, ít được nêu hơn")


def test_a_reference_that_can_mean_several_has_a_part_for_each() -> None:
    sentences = {
        "xa.txt": "Thực hiện Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư.",
        "khac.txt": "Quán triệt Chỉ thị số 28-CT/TW ngày 12/5/2013 của Ban Bí thư.",
    }
    made = document(findings(network(headers={n: HEADERS[n] for n in sentences}, sentences=sentences)))
    assert [part.title for part in made.parts] == [
        "Chỉ thị 28-CT/TW ngày 12/05/2013 của Ban Bí thư",
        "Chỉ thị 28-CT/TW ngày 20/06/2018 của Ban Bí thư",
    ]
    assert made.title == "Các văn bản mà “28-CT/TW” có thể chỉ"
    assert [words_of(line) for line in made.lead] == ["Có 2 văn bản như vậy; hồ sơ trình bày lần lượt từng văn bản."]
    assert "\n".join(shown_in_word(made)) == "\n".join(texts(made))


# Both writers show the same words.


class Outline(HTMLParser):
    """The tags of a page, its paragraphs, and whether tags are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.blocks: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "col"}:
            self.open.append(tag)
        if tag in {"p", "h1", "h2", "h3", "th"}:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "body" in self.open and {"p", "h1", "h2", "h3", "th"} & set(self.open):
            self.blocks[-1] += data


def shown_in_word(made: Document) -> list[str]:
    """The paragraphs of the Word file, with those of its tables, in the order of reading."""

    def paragraphs(parent: Any) -> Iterator[str]:
        for element in parent:
            if element.tag == qn("w:p"):
                yield Paragraph(element, parent).text
            elif element.tag in {qn("w:tbl"), qn("w:tr"), qn("w:tc")}:
                yield from paragraphs(element)

    return [text for text in paragraphs(docx.Document(BytesIO(docx_of(made))).element.body) if text]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_and_the_word_file_show_all_of_it_and_nothing_else(lang: str) -> None:
    made = document(findings(network()), lang)
    assert Outline(html_of(made)).blocks == texts(made)
    assert shown_in_word(made) == texts(made)


def test_the_citation_is_marked_in_both(dossier: Document) -> None:
    [table] = [
        t for t in docx.Document(BytesIO(docx_of(dossier))).tables if t.rows[0].cells[-1].text == "Câu văn viện dẫn"
    ][:1]
    runs = [r for row in table.rows[1:] for p in row.cells[2].paragraphs for r in p.runs]
    assert [run.text for run in runs if run.bold] == ["Chỉ thị số 28-CT/TW"] * 3
    assert html_of(dossier).count("<mark>Chỉ thị số 28-CT/TW</mark>") == 3


def test_the_word_file_is_set_as_the_decree_on_clerical_work_wants_it(dossier: Document) -> None:
    """Nghị định 30/2020/NĐ-CP, phụ lục I."""
    word = docx.Document(BytesIO(docx_of(dossier)))
    page = word.sections[0]
    sizes = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    assert [round((size or 0) / Mm(1)) for size in sizes] == [210, 297, 20, 20, 30, 15]
    normal: Any = word.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 13)
    assert page.different_first_page_header_footer
    assert 'w:instr="PAGE"' in page.header._element.xml
    heads = [table for table in word.tables if len(table.columns) == 3]
    assert heads
    for table in heads:
        first = table._tbl.tr_lst[0]
        assert first.xpath("./w:trPr/w:tblHeader")
        assert sum(column.width or 0 for column in table.columns) == pytest.approx(Mm(165), rel=0.001)
    assert word.core_properties.title == dossier.title


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libre_office_prints_the_word_file(dossier: Document, tmp_path: Path) -> None:
    import pypdfium2

    (tmp_path / "d.docx").write_bytes(docx_of(dossier))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "d.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=200)
    with pypdfium2.PdfDocument(tmp_path / "d.pdf") as pdf:
        shown = [page.get_textpage().get_text_range() for page in pdf]
    # Letters with marks come in another order where a font of the machine stands in for Times New Roman.
    numbers = re.findall(r"28-CT/TW|93-KH/TU|44-KL/TW|\d\d/\d\d/\d{4}|\w+\.txt", "\n".join(texts(dossier)))
    assert set(numbers) <= set(re.findall(r"[\w/.-]*\w", " ".join(shown)))
    assert [page.split()[0] for page in shown[1:]] == [str(n) for n in range(2, len(shown) + 1)]


def test_a_browser_prints_the_page(dossier: Document, browser: "Browser", tmp_path: Path) -> None:
    import pypdfium2

    (tmp_path / "d.html").write_text(html_of(dossier), encoding="utf-8")
    page = browser.new_page()
    page.on("console", lambda message: pytest.fail(message.text))
    page.on("request", lambda request: None if request.url.startswith("file:") else pytest.fail(request.url))
    page.goto((tmp_path / "d.html").as_uri())
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as pdf:
        assert [round(side / 72 * 25.4) for side in pdf[0].get_size()] == [210, 297]
        assert len(pdf) >= 2
        assert pdf[1].get_textpage().get_text_range().split()[0] == "2"


@pytest.mark.parametrize("width", [320, 700, 1000])
def test_no_width_needs_scrolling_sideways(browser: "Browser", tmp_path: Path, width: int) -> None:
    (tmp_path / "d.html").write_text(html_of(document(findings(network("x" * 300)))), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.goto((tmp_path / "d.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# Texts of reports are text.


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_markup(payload: str) -> None:
    made = document(findings(network(payload)))
    assert any("Dân vận" in text for text in texts(made))
    page = Outline(html_of(made))
    plain = Outline(html_of(document(findings(network()))))
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in plain.tags}
    assert {name for _, attributes in page.tags for name in attributes} == {n for _, a in plain.tags for n in a}
    assert page.blocks == shown_in_word(made) == texts(made)


@settings(max_examples=25)
@given(st.text(st.characters(codec=None), max_size=30))
def test_any_text_gives_a_page_and_a_word_file(text: str) -> None:
    made = document(findings(network(text)))
    assert [" ".join(block.split()) for block in Outline(html_of(made)).blocks] == texts(made)
    assert shown_in_word(made) == texts(made)


def test_a_page_is_complete_in_itself(dossier: Document) -> None:
    page = html_of(dossier)
    assert {tag for tag, _ in Outline(page).tags} & {"script", "link", "img", "iframe", "form", "object"} == set()
    assert "default-src 'none'; script-src 'none'; style-src 'sha256-" in page.replace("&#39;", "'")
    assert not re.search(r"url\(|@import| style=", page)


# Words.


def test_both_languages_say_the_same_things() -> None:
    gaps = string.Formatter()
    names = {lang: {k: [g for _, g, _, _ in gaps.parse(v) if g] for k, v in WORDS[lang].items()} for lang in WORDS}
    assert {k: sorted(v) for k, v in names["vi"].items()} == {k: sorted(v) for k, v in names["en"].items()}


def test_every_word_is_said_somewhere() -> None:
    modules = ("dossier.py", "dossier_part.py", "phrases.py", "traced.py", "templates/head.html")
    code = "".join((ROOT / "webview" / name).read_text(encoding="utf-8") for name in modules)
    assert [key for key in WORDS["vi"] if not re.search(rf"""words\.{key}\b|["']{key}["']""", code)] == []


def test_word_tables_are_what_the_tests_look_for() -> None:
    """A guard: an empty list of tables would let the tests above pass."""
    word = docx.Document(BytesIO(docx_of(document(findings(network())))))
    assert len(word.tables) == 8
