"""The page of the graph is complete in itself, shows what the graph holds, and takes no text of it for markup."""

import copy
import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.tables import read_table
from graph.model import RELATIONS
from graph.multigraph import Evidence
from webview.ego import read_ego
from webview.layers import arrange
from webview.picture import picture_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAYLOADS = (
    "<script>window.struck = 1</script>",
    "</script><script>window.struck = 1</script>",
    "<!--<script>",
    "<img src=x onerror='window.struck = 1'>",
    '" onmouseover="window.struck = 1',
    "href <a href='javascript:window.struck = 1'>link</a>",
    "javascript:window.struck = 1",
    "{{7*7}} {% raw %} {#",
    "</style><style>*{display:none}</style>",
    "]]>\u2028\u2029\x00&lt;b&gt;&#60;",
    "\u202e50-TL/TW\u2066\u200f",
    "\ud800 {0} {n} %s ${x}",
)


def small(text: str = "") -> "nx.MultiDiGraph[str]":
    """A directive, the plan that carries it out, a report that cites both, its unit; `text` is in every field."""
    graph = nx.MultiDiGraph()
    graph.add_node(
        "a",
        kind="instrument",
        label=f"Chỉ thị 77-CT/TW{text}",
        title=f"Chỉ thị {text}1999",
        level="central",
        focus=True,
    )
    graph.add_node("b", kind="instrument", label=f"Kế hoạch 61-KH/TU{text}", title=f"Kế hoạch {text}", level="province")
    graph.add_node("r", kind="report", label=f"Báo cáo 2023{text}", title=f"Báo cáo {text}", level=None, year=2023)
    graph.add_node("u", kind="unit", label=f"xã Dương Khê{text}", level="commune")
    graph.add_edge("r", "a", kind="cites", relation="thực hiện", count=2, evidence=_evidence(text, 3, 9))
    graph.add_edge("r", "a", kind="cites", relation="căn cứ", count=1, evidence=_evidence(text, 1))
    graph.add_edge("r", "b", kind="cites", relation="báo cáo theo", count=1, evidence=_evidence(text, 12))
    graph.add_edge("b", "a", kind="implements", relation=f"cụ thể hóa{text}", count=1, evidence=_evidence(text, 2))
    graph.add_edge("u", "r", kind="issued", relation="ban hành", count=1, evidence=[])
    return graph


def _evidence(text: str, *lines: int) -> list[Evidence]:
    return [
        Evidence(report="r", file=f"2023/dương-khê{text}.docx", line=line, sentence=f"Câu ở dòng {line}.{text}")
        for line in lines
    ]


def star(leaves: int) -> "nx.MultiDiGraph[str]":
    """An instrument that so many reports cite."""
    graph = nx.MultiDiGraph()
    graph.add_node("hub", kind="instrument", label="Chỉ thị 77-CT/TW", title="", level="central", focus=True)
    for n in range(leaves):
        graph.add_node(f"r{n}", kind="report", label=f"Báo cáo {n}", title="", level=None)
        graph.add_edge(f"r{n}", "hub", kind="cites", relation="thực hiện", count=1, evidence=[])
    return graph


class Outline(HTMLParser):
    """The start tags of a page, the texts between tags, and what stands in each script and style sheet."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.sources: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.sources:
            self.sources[tag].append("")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem in self.sources:
            self.sources[str(self.cdata_elem)][-1] += data
        else:
            self.texts.append(data)

    def attributes(self, name: str) -> list[str]:
        return [str(attributes[name]) for _, attributes in self.tags if name in attributes]

    def data(self) -> Any:
        return json.loads(next(source for source in self.sources["script"] if source.startswith('{"nodes"')))


def outline(graph: "nx.MultiDiGraph[str]", **options: Any) -> Outline:
    return Outline(picture_html(graph, **{"title": "Chỉ thị 77-CT/TW"} | options))


# --- one file, complete in itself ---


def test_a_page_refers_to_nothing_outside_itself() -> None:
    page = outline(small())
    assert {value[:1] for value in page.attributes("href")} == {"#"}
    assert not page.attributes("src")
    assert not re.search(r"url\(|@import", page.sources["style"][0])
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]


def test_the_policy_allows_the_scripts_and_the_style_of_the_page_and_nothing_else() -> None:
    page = outline(small())
    vis, ours, style = [
        f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"
        for source in (*page.sources["script"][1:], *page.sources["style"])
    ]
    policy = next(str(attributes["content"]) for _, attributes in page.tags if "http-equiv" in attributes)
    assert policy == (
        f"default-src 'none'; script-src {vis} {ours}; style-src {style}; base-uri 'none'; form-action 'none'"
    )


def test_vis_network_brings_its_licence_along() -> None:
    assert "Apache 2.0 License" in outline(small()).sources["script"][1][:1000]


# --- text of the graph is text ---


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_never_becomes_markup(payload: str) -> None:
    plain, struck = outline(small()), outline(small(f" {payload}"), title=payload)
    assert [(tag, [*attributes]) for tag, attributes in struck.tags] == [
        (tag, [*attributes]) for tag, attributes in plain.tags
    ]
    assert struck.attributes("href") == plain.attributes("href")
    assert struck.sources["script"][1:] == plain.sources["script"][1:]


@settings(max_examples=40)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_gives_the_same_page_and_can_be_written(text: str) -> None:
    plain, struck = outline(small()), outline(small(text), title=text)
    assert [tag for tag, _ in struck.tags] == [tag for tag, _ in plain.tags]
    assert picture_html(small(text), title=text).encode("utf-8")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("\u202e50-TL/TW\u2066", "50-TL/TW"),
        ("một\u2028hai\nba", "một hai ba"),
        ("tệp\ud800.docx", "tệp.docx"),
        ("<b>đậm</b>", "<b>đậm</b>"),
    ],
)
def test_what_cannot_be_seen_is_dropped_and_the_rest_kept(given: str, shown: str) -> None:
    graph = small()
    graph.nodes["a"]["label"] = given
    assert shown in [node["label"] for node in outline(graph).data()["nodes"]]


# --- what the page shows ---


def test_the_table_has_every_edge_with_its_words_and_its_place() -> None:
    page = outline(small())
    rows = [attributes["id"] for tag, attributes in page.tags if tag == "tr" and "id" in attributes]
    assert rows == [f"e{n}" for n in range(5)]
    text = "".join(page.texts)
    assert "2023/dương-khê.docx, dòng 3, 9" in text
    assert "Câu ở dòng 12." in text


def test_the_same_graph_gives_the_same_page_and_stays_as_it_is() -> None:
    graph = small()
    before = copy.deepcopy(graph)
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed([*graph.nodes(data=True)]))
    other.add_edges_from(reversed([*graph.edges(data=True)]))
    assert picture_html(graph, title="x") == picture_html(other, title="x")
    assert nx.utils.graphs_equal(graph, before)


def test_ids_are_integers_whatever_the_keys_of_the_graph() -> None:
    data = outline(small()).data()
    assert [node["id"] for node in data["nodes"]] == [0, 1, 2, 3]
    assert {type(edge[end]) for edge in data["edges"] for end in ("id", "from", "to")} == {int}


def test_lines_between_the_same_nodes_do_not_cover_each_other() -> None:
    graph = small()
    graph.add_edge("a", "r", kind="replaces", relation="thay thế", count=1, evidence=[])
    edges = [edge for edge in outline(graph).data()["edges"] if {edge["from"], edge["to"]} == {0, 1}]
    bends = [json.dumps(edge.get("smooth")) for edge in edges]
    assert len(set(bends)) == len(bends) == 3


@pytest.mark.parametrize("relation", RELATIONS)
def test_each_relation_has_a_colour_of_its_own(relation: str) -> None:
    colours = {row["name"]: row["colour"] for row in read_table("webview", "graph")["relation"]}
    assert [*colours.values()].count(colours[relation]) == 1


def test_both_languages_have_the_same_words() -> None:
    table = read_table("webview", "graph")
    assert table["vi"].keys() == table["en"].keys()
    assert "Table of relations" in outline(small(), lang="en").texts
    assert "implements" in outline(small(), lang="en").texts


def test_nodes_of_one_label_are_told_apart_by_their_unit_then_by_what_differs_then_by_a_number() -> None:
    graph = nx.MultiDiGraph()
    for n, issuer in enumerate(("Huyện ủy", "Tỉnh ủy", None, None)):
        graph.add_node(
            f"k{n}", kind="instrument", label="Kế hoạch 03", issuer=issuer, title="Kế hoạch", level="commune"
        )
    graph.add_node("r", kind="report", label="Báo cáo 2023", title="", level=None)
    graph.add_node("u", kind="unit", label="xã Dương Khê", title="", level="commune")
    graph.add_edge("u", "r", kind="issued", relation="ban hành", count=1, evidence=[])
    assert [node.name for node in read_ego(graph).nodes] == [
        "Báo cáo 2023 · xã Dương Khê",
        "Kế hoạch 03 · Huyện ủy",
        "Kế hoạch 03 · Tỉnh ủy",
        "Kế hoạch 03",
        "Kế hoạch 03 (2)",
        "xã Dương Khê",
    ]


# --- a large graph is cut, an empty one says so ---


def test_neighbours_that_the_graph_leaves_out_are_counted_beside_the_node() -> None:
    graph = star(3)
    assert not read_ego(graph).is_cut
    assert "nút gần nhất" not in "".join(outline(graph).texts)
    graph.nodes["hub"]["more"] = 13
    ego = read_ego(graph)
    assert [(node.more, node.focus) for node in ego.nodes if node.kind == "instrument"] == [(13, True)]
    assert ego.is_cut
    page = outline(graph)
    assert "Hình vẽ 4 nút gần nhất" in "".join(page.texts)
    assert [node["more"] for node in page.data()["nodes"]] == [0, 0, 0, 13]
    assert any("+13 nút kề không vẽ" in node["title"] for node in page.data()["nodes"])


def test_all_nodes_given_are_drawn_whether_they_hang_together_or_not() -> None:
    graph = nx.union(star(3), nx.relabel_nodes(star(2), lambda key: f"{key}'"))
    ego = read_ego(graph)
    assert (len(ego.nodes), len(ego.edges)) == (7, 5)


@pytest.mark.parametrize(
    ("kind", "word"), [("is", "là"), ("issued_by", "cơ quan ban hành"), ("belongs_to", "thuộc"), ("amends", "sửa đổi")]
)
def test_what_is_structure_is_dashed_and_a_link_bears_its_word(kind: str, word: str) -> None:
    graph = small()
    graph.add_edge("b", "u", kind=kind, relation="sửa đổi", count=1, evidence=[])
    page = outline(graph)
    (edge,) = [e for e in page.data()["edges"] if e["title"].startswith(word)]
    assert (("dashes" in edge), edge.get("label")) == ((False, word) if kind == "amends" else (True, None))
    assert word in page.texts


@pytest.mark.parametrize(
    ("graph", "said"),
    [(nx.MultiDiGraph(), "cancu add"), (star(0), "Chưa thấy văn bản"), (star(4), "1 văn bản · 4 báo cáo")],
)
def test_an_empty_neighbourhood_says_so_and_offers_the_next_step(graph: "nx.MultiDiGraph[str]", said: str) -> None:
    assert said in "".join(outline(graph).texts)


# --- positions ---

BANDS = st.lists(st.lists(st.tuples(st.integers(20, 260), st.integers(20, 90)), max_size=12), max_size=5)


@given(BANDS, st.data())
def test_no_cell_overlaps_another_and_each_lies_in_its_band(
    layers: list[list[tuple[int, int]]], draw: st.DataObject
) -> None:
    sizes = dict(enumerate(size for layer in layers for size in layer))
    ids = iter(sizes)
    bands = {str(n): [next(ids) for _ in layer] for n, layer in enumerate(layers)}
    ends = st.sampled_from([*sizes]) if sizes else st.nothing()
    edges = draw.draw(st.lists(st.tuples(ends, ends), max_size=30)) if sizes else []
    centres, strips = arrange(bands, sizes, edges)
    assert centres.keys() == sizes.keys()
    for strip in strips:
        for n in bands[strip.name]:
            assert strip.top < centres[n][1] - sizes[n][1] / 2 < centres[n][1] + sizes[n][1] / 2 < strip.bottom
    assert [strip.top for strip in strips[1:]] == [strip.bottom for strip in strips[:-1]]
    for a in sizes:
        for b in range(a):
            (x, y), (to_x, to_y) = centres[a], centres[b]
            beside = abs(x - to_x) >= (sizes[a][0] + sizes[b][0]) / 2
            assert beside or abs(y - to_y) >= (sizes[a][1] + sizes[b][1]) / 2


def test_levels_stand_from_the_centre_down_to_the_reports() -> None:
    graph = small()
    graph.add_node("d", kind="instrument", label="Quy chế", title="", level=None)
    graph.add_node("h", kind="unit", label="huyện Mường Then", title="", level="district")
    names = [band["name"] for band in outline(graph).data()["bands"]]
    assert names == ["Trung ương", "Tỉnh", "Huyện", "Xã", "Chưa rõ cấp", "Báo cáo"]


def test_what_hangs_together_stands_together() -> None:
    """Two stars in one band each: no line of one crosses the other."""
    bands = {"top": [0, 1], "below": [2, 3, 4, 5, 6, 7]}
    edges = [(2, 0), (4, 0), (6, 0), (3, 1), (5, 1), (7, 1)]
    centres, _ = arrange(bands, dict.fromkeys(range(8), (60.0, 40.0)), edges)
    ordered = sorted(bands["below"], key=lambda n: centres[n][0])
    sides = [dict(edges)[n] for n in ordered]
    assert sum(a != b for a, b in pairwise(sides)) == 1


# --- in a browser ---

Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Opens the page of a graph once it is drawn; at the end, nothing was requested and nothing complained."""
    complaints: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_page(
        graph: "nx.MultiDiGraph[str]", *, address: str = "", title: str = "Chỉ thị 77-CT/TW", **options: Any
    ) -> "Page":
        file = tmp_path / "picture.html"
        file.write_text(picture_html(graph, title=title), encoding="utf-8")
        contexts.append(
            browser.new_context(viewport=options.pop("viewport", {"width": 1280, "height": 800}), **options)
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.extend([message.text] * (message.type == "error")))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{file.as_uri()}{address}")
        if options.get("java_script_enabled", True) and graph:
            page.wait_for_selector("#canvas[aria-busy=false]")
        return page

    yield open_page
    assert not complaints
    assert [url.partition("#")[0].rpartition("/")[2] for url in asked] == ["picture.html"] * len(asked)
    for context in contexts:
        context.close()


PIXELS = """
    const canvas = document.querySelector("#canvas canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const colour = (i) => (data[4 * i + 3] < 255 ? "" : data.slice(4 * i, 4 * i + 3).join());
"""
# How many pixels of the picture have each colour.
COLOURS = f"""() => {{ {PIXELS}
    const counts = {{}};
    for (let i = 0; i < data.length / 4; i++) counts[colour(i)] = (counts[colour(i)] || 0) + 1;
    return counts;
}}"""
# Where on the screen the middle one of the pixels of a colour is.
PIXEL = f"""(asked) => {{ {PIXELS}
    const found = [];
    for (let i = 0; i < data.length / 4; i++) if (colour(i) === asked) found.push(i);
    const [middle, box] = [found[found.length >> 1], canvas.getBoundingClientRect()];
    return [box.x + (middle % canvas.width), box.y + Math.floor(middle / canvas.width)];
}}"""
GREEN, TINT = "0,158,115", "248,233,228"  # the relation "thực hiện", and the ground of the focus


def test_the_picture_is_drawn_with_its_colours(open_page: Open) -> None:
    colours = open_page(small()).evaluate(COLOURS)
    assert colours[GREEN] > 20
    assert colours[TINT] > 500


def test_a_click_on_a_node_shows_its_sentences(open_page: Open) -> None:
    page = open_page(small())
    page.click("#panel .close")
    assert page.locator("#panel h2").count() == 0
    page.mouse.click(*page.evaluate(PIXEL, TINT))
    assert page.inner_text("#panel h2") == "Chỉ thị 77-CT/TW"
    assert "Câu ở dòng 9." in page.inner_text("#panel")
    assert page.url.endswith("#n=1")


def test_a_click_on_a_line_shows_its_sentences_alone(open_page: Open) -> None:
    page = open_page(small())
    page.mouse.click(*page.evaluate(PIXEL, GREEN))
    assert page.inner_text("#panel h2") == "Báo cáo 2023 · xã Dương Khê → Chỉ thị 77-CT/TW"
    assert page.locator("#panel q").all_inner_texts() == ["Câu ở dòng 3.", "Câu ở dòng 9."]


@pytest.mark.parametrize("typed", ["Kế hoạch 61-KH/TU", "ke hoach 61", "KH/TU"])
def test_search_finds_a_node_with_and_without_accents(open_page: Open, typed: str) -> None:
    page = open_page(small())
    page.fill("#find", typed)
    assert page.inner_text("#found") == "1 kết quả"
    page.press("#find", "Enter")
    assert page.inner_text("#panel h2") == "Kế hoạch 61-KH/TU"


def test_search_says_when_it_finds_nothing(open_page: Open) -> None:
    page = open_page(small())
    page.fill("#find", "nghị quyết 5")
    assert page.inner_text("#found") == "không thấy"


def test_an_address_opens_its_node_and_a_name_in_the_table_leads_to_its_node(open_page: Open) -> None:
    page = open_page(small(), address="#n=2")
    assert page.inner_text("#panel h2") == "Kế hoạch 61-KH/TU"
    page.click("#e0 td:last-of-type summary")
    page.click("#e0 a >> nth=0")
    assert page.inner_text("#panel h2") == "Báo cáo 2023 · xã Dương Khê"


def test_a_relation_that_is_put_away_leaves_picture_and_table(open_page: Open) -> None:
    page = open_page(small())
    page.uncheck("#tools ~ .legend label:has-text('thực hiện') input")
    page.wait_for_timeout(200)
    assert GREEN not in page.evaluate(COLOURS)
    assert page.locator("#edges tbody tr:visible").count() == 4


def test_the_free_arrangement_and_back(open_page: Open) -> None:
    page = open_page(small())
    layered = page.evaluate(PIXEL, TINT)
    page.click("text=Tự do")
    page.wait_for_timeout(1500)
    assert page.evaluate(PIXEL, TINT) != pytest.approx(layered, abs=20)
    page.click("text=Theo cấp")
    page.wait_for_timeout(800)
    assert page.evaluate(PIXEL, TINT) == pytest.approx(layered, abs=2)


def test_the_picture_can_be_saved_and_printed(open_page: Open, tmp_path: Path) -> None:
    page = open_page(small(), color_scheme="dark")
    before = page.evaluate(COLOURS)
    with page.expect_download() as download:
        page.click("#png")
    saved = tmp_path / "saved.png"
    download.value.save_as(saved)
    assert download.value.suggested_filename == "chi-thi-77-ct-tw.png"
    assert saved.read_bytes().startswith(b"\x89PNG")
    assert saved.stat().st_size > 10_000
    assert len(page.pdf()) > 10_000
    after = page.evaluate(COLOURS)
    assert max(before, key=before.__getitem__) == max(after, key=after.__getitem__)


@pytest.mark.parametrize("payload", [*PAYLOADS[:4], " ".join(reversed(PAYLOADS))])
def test_text_does_nothing_in_the_browser(open_page: Open, payload: str) -> None:
    page = open_page(small(f" {payload}"), title=payload)
    x, y = page.evaluate(PIXEL, TINT)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.wait_for_selector("div.vis-tooltip", state="visible")
    page.mouse.click(x, y)
    page.fill("#find", "bao cao")
    page.press("#find", "Enter")
    page.wait_for_timeout(100)
    assert page.evaluate("window.struck") is None
    assert page.locator("img, iframe, a:not([href^='#n='])").count() == 0
    assert page.locator("div.vis-tooltip :not(br)").count() == 0


def test_without_scripts_the_table_is_all_there(open_page: Open) -> None:
    page = open_page(small(), java_script_enabled=False)
    assert page.locator("#edges tbody tr:visible").count() == 5
    assert page.locator("noscript p").is_visible()
    assert not page.locator("#canvas").is_visible()


@pytest.mark.parametrize("graph", [small("dài " * 30), star(0), star(40), nx.MultiDiGraph()])
def test_a_narrow_screen_needs_no_scrolling_sideways(open_page: Open, graph: "nx.MultiDiGraph[str]") -> None:
    page = open_page(graph, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
