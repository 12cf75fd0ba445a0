"""The neighbourhood of an instrument as one HTML file, drawn by pyvis through our template; nothing is fetched."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from corpus.model import LEVELS
from corpus.tables import read_table
from webview.ego import Edge, Ego, Node, plain_text, read_ego
from webview.layers import Band, Point, arrange
from webview.page import policy, static, template

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_BANDS = (*LEVELS, "unknown", "reports")
# Edges that no sentence of a report makes: they are drawn pale and dashed, the others speak.
_STRUCTURE = ("is", "issued_by", "belongs_to")

# pyvis brings vis-network along, so the page needs neither a copy in our sources nor a network of distribution.
_VIS = "lib/vis-9.1.2/vis-network.min.js"

_FONT = 15  # pixels at scale 1, as graph.js draws them
_SMALL = 13
_LETTER, _CAPITAL = 0.56, 0.72  # of the font size; measured over the labels of Noto Sans, the widest of the faces named
_LABEL_WIDTH, _LABEL_LINES = 22, 3  # characters; the longest number with its type ("Nghị quyết liên tịch …") takes two
_ICON = {"report": (34, 42), "unit": (38, 38)}
_ROW_ARC = 90.0  # pixels; twice the rise of an arc that clears a box of three lines
_WIDEST = 6.0  # a line of 32 places and more; wider ones hide their neighbours

_PHYSICS = {"enabled": False, "solver": "forceAtlas2Based", "stabilization": False, "maxVelocity": 80, "minVelocity": 1}
_OPTIONS: dict[str, Any] = {
    "layout": {"improvedLayout": False, "randomSeed": 7},
    "physics": _PHYSICS
    | {"forceAtlas2Based": {"gravitationalConstant": -160, "springLength": 100, "damping": 0.6, "avoidOverlap": 0.8}},
    "interaction": {
        "hover": True,
        "tooltipDelay": 250,
        "hideEdgesOnDrag": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"shape": "custom"},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "vertical", "roundness": 0.4},
        "selectionWidth": 1.5,
        "hoverWidth": 0.5,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """The word of a relation on this page, and its colour or the tone of the page; `id` numbers its check box."""

    id: int
    word: str
    colour: str | None
    tone: str | None
    dashed: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """How large a node is drawn: its lines of text, its own size and that of the cell which holds it with its label."""

    lines: tuple[str, ...]
    width: float
    height: float
    cell: tuple[float, float]


def picture_html(graph: "MultiDiGraph[str]", *, title: str, lang: str = "vi") -> str:
    """One HTML page, complete in itself, that draws `graph` and lists its edges in a table; to be written as UTF-8.

    The graph is as `graph.multigraph` makes it: nodes with `kind`, `label`, `level` and facts, and, of a neighbourhood,
    with `focus` and `more`; edges with `kind`, `relation`, `count` and `evidence`.  `lang` is "vi" or "en".
    """
    words = read_table("webview", "graph")[lang]
    ego = read_ego(graph)
    styles = _styles(ego.edges, words, lang)
    net, bands = _network(ego, styles, words)
    nodes, edges, *_ = net.get_network_data()
    data = {"nodes": nodes, "edges": edges, "options": net.options, "bands": bands, "words": words}
    scripts = (_vis(), static("graph.js"))
    return template("graph.html").render(
        title=plain_text(title),
        lang=lang,
        words=words,
        ego=ego,
        counts=Counter(node.kind for node in ego.nodes),
        styles=styles,
        rows=[(edge, styles[_relation(edge)]) for edge in ego.edges],
        data=data,
        scripts=scripts,
        css=static("graph.css"),
        policy=policy(scripts, static("graph.css")),
    )


def _styles(edges: Sequence[Edge], words: Mapping[str, str], lang: str) -> dict[str, _Style]:
    """The relations that occur, by the key of `_relation`: those of the table first, then links, then structure."""
    table = read_table("webview", "graph")
    known = {row["name"]: row for row in table["relation"]}
    counts = Counter(map(_relation, edges))
    order = [*known, *sorted(counts.keys() - known.keys() - set(_STRUCTURE)), *_STRUCTURE]
    return {
        key: _Style(
            id=number,
            word=known[key].get(lang, key) if key in known else words[key] if key in _STRUCTURE else key,
            colour=known[key]["colour"] if key in known else None,
            tone=None if key in known else table["tone"]["structure" if key in _STRUCTURE else "link"],
            dashed=key in _STRUCTURE,
            count=counts[key],
        )
        for number, key in enumerate(key for key in order if key in counts)
    }


def _relation(edge: Edge) -> str:
    if edge.kind in _STRUCTURE:
        return edge.kind
    return edge.relation or ("ban hành" if edge.kind == "issued" else "khác")


def _network(ego: Ego, styles: Mapping[str, _Style], words: Mapping[str, str]) -> tuple[Any, list[dict[str, Any]]]:
    """The pyvis network with positions, and the strips of its levels."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")  # undirected, pyvis would merge a → b with b → a
    net.options = _OPTIONS
    shapes = {node.id: _shape(node) for node in ego.nodes}
    centres, bands = _positions(ego, shapes)
    for node in ego.nodes:
        net.add_node(node.id, **_drawn_node(node, shapes[node.id], centres[node.id], words))
    for edge, bend in zip(ego.edges, _bends(ego, centres), strict=True):
        net.add_edge(edge.source, edge.target, **_drawn_edge(edge, styles[_relation(edge)], words), **bend)
    return net, [{"name": words[band.name], "top": round(band.top), "bottom": round(band.bottom)} for band in bands]


def _positions(ego: Ego, shapes: Mapping[int, _Shape]) -> tuple[dict[int, Point], list[Band]]:
    members = {band: [node.id for node in ego.nodes if node.band == band] for band in _BANDS}
    sizes = {number: shape.cell for number, shape in shapes.items()}
    cells, bands = arrange(members, sizes, [(edge.source, edge.target) for edge in ego.edges])
    # The cell holds the label under the icon; vis-network puts the icon itself at (x, y).
    lifted = {n: (x, y - (shapes[n].cell[1] - shapes[n].height) / 2) for n, (x, y) in cells.items()}
    return lifted, bands


def _shape(node: Node) -> _Shape:
    lines = (*_wrap(node.label, _LABEL_LINES), *_wrap(node.detail, 1))
    icon = _ICON.get(node.kind)
    if icon is None:
        width, height = _text_width(lines, _FONT) + 28, 20 * len(lines) + 16
        return _Shape(lines=lines, width=width, height=height, cell=(width, height))
    width, height = icon
    cell = max(width, _text_width(lines, _SMALL)), height + 8 + 17 * len(lines)
    return _Shape(lines=lines, width=width, height=height, cell=cell)


def _wrap(text: str, lines: int) -> list[str]:
    return wrap(text, _LABEL_WIDTH, max_lines=lines, placeholder=" …", break_on_hyphens=False)


def _text_width(lines: Sequence[str], size: int) -> int:
    wide = max(sum(_CAPITAL if c.isupper() else _LETTER for c in line) for line in lines)
    return round(wide * size)


def _drawn_node(node: Node, shape: _Shape, centre: Point, words: Mapping[str, str]) -> dict[str, Any]:
    more = [words["more"].format(n=node.more)] if node.more else []
    return {
        "label": node.label,
        "shape": "custom",
        "group": node.kind,  # keeps pyvis from giving the node a colour of its own
        "title": "\n".join([node.label, *node.facts, *more]),
        "x": round(centre[0]),
        "y": round(centre[1]),
        "name": node.name,
        "facts": node.facts,
        "lines": shape.lines,
        "detail": bool(node.detail),
        "size": round(
            max(shape.width, shape.height) / 2
        ),  # vis-network leaves out what it believes to be off the screen
        "width": shape.width,
        "height": shape.height,
        "cell": shape.cell,
        "focus": node.focus,
        "more": node.more,
    }


def _drawn_edge(edge: Edge, style: _Style, words: Mapping[str, str]) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "id": edge.id,
        "relation": style.id,
        "count": edge.count,
        "title": f"{style.word} · {words['places'].format(n=edge.count)}",
        "width": min(1.5 + 0.9 * log2(edge.count), _WIDEST) if edge.count > 1 else 1.5,
        "color": style.colour,
        "tone": style.tone,
    }
    if edge.kind not in ("cites", "issued", *_STRUCTURE):  # a link between documents
        drawn["label"] = style.word
    if style.dashed:
        drawn["dashes"] = [2, 5]
    return drawn


def _bends(ego: Ego, centres: Mapping[int, Point]) -> list[dict[str, Any]]:
    """An arc of its own for each further line between two nodes, and for a line along a row, across its boxes."""
    seen: Counter[frozenset[int]] = Counter()
    bends = []
    for edge in ego.edges:
        (x, y), (to_x, to_y) = centres[edge.source], centres[edge.target]
        before = seen[frozenset((edge.source, edge.target))]
        seen[frozenset((edge.source, edge.target))] += 1
        if y == to_y and x != to_x:
            bends.append(_arc(clockwise=x < to_x, roundness=_ROW_ARC * (before + 1) / abs(x - to_x)))
        else:
            bends.append(_arc(clockwise=before % 2 == 0, roundness=0.14 * ((before + 1) // 2)) if before else {})
    return bends


def _arc(*, clockwise: bool, roundness: float) -> dict[str, Any]:
    side = "curvedCW" if clockwise else "curvedCCW"
    return {"smooth": {"enabled": True, "type": side, "roundness": round(roundness, 3)}}


@cache
def _vis() -> str:
    """The source of vis-network with its licence, without the pointer to a source map that is not there."""
    return files("pyvis").joinpath(_VIS).read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]
