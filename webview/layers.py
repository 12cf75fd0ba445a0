"""Positions for a layered picture: bands from top to bottom, few crossings, no overlap, the same graph always alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil, inf, log

Size = tuple[float, float]
Point = tuple[float, float]

_GAP_ACROSS = 24.0
_GAP_DOWN = 20.0
_GAP_BANDS = 72.0  # room for the name of the band and for the lines to bend
_ASPECT = 1.45  # of the canvas, without the names of the bands, on screens of 1280 x 800 (1.4) to 1920 x 1080 (1.7)
_WIDENED = 1.8  # more air than that tears a small picture apart
_SWEEPS = 12  # on graphs of 300 nodes no later sweep shortened the lines by more than 1 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A horizontal strip of the picture; `top` and `bottom` are y, which grows downwards."""

    name: str
    top: float
    bottom: float


def arrange(
    bands: Mapping[str, Sequence[int]], sizes: Mapping[int, Size], edges: Iterable[tuple[int, int]]
) -> tuple[dict[int, Point], list[Band]]:
    """The centre of each node, and the strips, from top to bottom in the order of `bands`.

    `sizes` are (width, height) and centres (x, y), in pixels at scale 1; a band whose nodes do not fit into the width
    of the picture has several rows.  Order and x follow the barycentre method (Sugiyama, Tagawa, Toda 1981), the
    columns of a band being kept apart by isotonic regression; of all sweeps the one with the shortest lines is taken.
    """
    bands = {name: members for name, members in bands.items() if members}
    if not bands:
        return {}, []
    rows = _rows(bands, sizes)
    near = _neighbours(edges, sizes)
    columns = {name: _columns(members, rows[name]) for name, members in bands.items()}
    x: dict[int, float] = dict.fromkeys(sizes, 0.0)
    shortest, best = inf, (columns, x)
    for sweep in range(_SWEEPS + 1):
        for name in list(columns)[:: 1 if sweep % 2 else -1]:
            if sweep:
                columns[name] = _columns(_by_barycentre(columns[name], near, x), rows[name])
            x.update(_placed(columns[name], sizes, near, x))
        length = sum(abs(x[node] - x[other]) for node in near for other in near[node])
        if length < shortest:
            shortest, best = length, (dict(columns), dict(x))
    return _widened(*_down(*best, sizes), sizes)


def _rows(bands: Mapping[str, Sequence[int]], sizes: Mapping[int, Size]) -> dict[str, int]:
    """How many rows each band has, so that the whole is nearest to the shape of a screen."""
    across = {name: sum(sizes[n][0] + _GAP_ACROSS for n in members) for name, members in bands.items()}
    heights = {name: max(sizes[n][1] for n in members) + _GAP_DOWN for name, members in bands.items()}
    best: dict[str, int] = {}
    farthest = inf
    for parts in range(1, 60):
        limit = max(across.values(), default=0) / parts
        rows = {name: ceil(width / limit) for name, width in across.items()}
        height = sum(rows[name] * heights[name] + _GAP_BANDS for name in rows)
        distance = abs(log(max(limit, 1) / max(height, 1) / _ASPECT))
        if distance < farthest:
            best, farthest = rows, distance
    return best


def _neighbours(edges: Iterable[tuple[int, int]], nodes: Iterable[int]) -> dict[int, list[int]]:
    near: dict[int, list[int]] = {node: [] for node in nodes}
    for a, b in edges:
        if a != b:
            near[a].append(b)
            near[b].append(a)
    return near


def _columns(nodes: Sequence[int], rows: int) -> list[Sequence[int]]:
    return [nodes[i : i + rows] for i in range(0, len(nodes), rows)]


def _wanted(node: int, near: Mapping[int, list[int]], x: Mapping[int, float]) -> float:
    return sum(x[other] for other in near[node]) / len(near[node]) if near[node] else x[node]


def _by_barycentre(
    columns: Sequence[Sequence[int]], near: Mapping[int, list[int]], x: Mapping[int, float]
) -> list[int]:
    nodes = [node for column in columns for node in column]
    return sorted(nodes, key=lambda node: _wanted(node, near, x))


def _placed(
    columns: Sequence[Sequence[int]],
    sizes: Mapping[int, Size],
    near: Mapping[int, list[int]],
    x: Mapping[int, float],
) -> dict[int, float]:
    wanted = [sum(_wanted(node, near, x) for node in column) / len(column) for column in columns]
    widths = [max(sizes[node][0] for node in column) for column in columns]
    centres = _apart(wanted, widths)
    return {node: centre for column, centre in zip(columns, centres, strict=True) for node in column}


def _apart(wanted: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Centres in the same order, as near to those wanted as columns of these widths can be (least squares)."""
    steps = [(a + b) / 2 + _GAP_ACROSS for a, b in pairwise(widths)]
    offsets = list(accumulate(steps, initial=0.0))
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        total, count = want - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    starts = [total / count for total, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def _down(
    columns: Mapping[str, Sequence[Sequence[int]]], x: Mapping[int, float], sizes: Mapping[int, Size]
) -> tuple[dict[int, Point], list[Band]]:
    centres: dict[int, Point] = {}
    strips = []
    y = 0.0
    for name, band in columns.items():
        top = y
        y += _GAP_BANDS / 2
        rows = max(len(column) for column in band)
        for row in range(rows):
            members = [column[row] for column in band if row < len(column)]
            height = max(sizes[node][1] for node in members)
            # A step to the side, row by row: a line to an upper row does not enter the box below it in the middle.
            step = (row - (rows - 1) / 2) * _pitch(band, x) / rows
            centres.update({node: (x[node] + step, y + height / 2) for node in members})
            y += height + _GAP_DOWN
        y += _GAP_BANDS / 2 - _GAP_DOWN
        strips.append(Band(name=name, top=top, bottom=y))
    return centres, strips


def _widened(
    centres: Mapping[int, Point], bands: list[Band], sizes: Mapping[int, Size]
) -> tuple[dict[int, Point], list[Band]]:
    """The same with more air between the columns, where the picture would be narrower than a screen."""
    left = min(x - sizes[node][0] / 2 for node, (x, _) in centres.items())
    right = max(x + sizes[node][0] / 2 for node, (x, _) in centres.items())
    factor = min(max((bands[-1].bottom - bands[0].top) * _ASPECT / (right - left), 1.0), _WIDENED)
    return {node: (x * factor, y) for node, (x, y) in centres.items()}, bands


def _pitch(columns: Sequence[Sequence[int]], x: Mapping[int, float]) -> float:
    """The least distance between two columns of a band."""
    return min((x[b[0]] - x[a[0]] for a, b in pairwise(columns)), default=0.0)
