"""The cells of ruled tables: which rules enclose a place on the page."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from corpus.formats.pdf_glyphs import Glyph, Rule

# Points by which rules that meet may miss each other: a line's width, and what programs round.
_TOUCH = 3.0
# Points within which two rules are one: the two edges of a rule that is drawn as a thin area.
_SAME = 1.5

Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True, order=True)
class CellBox:
    """The four rules round a cell, in reading order: upper before lower, left before right."""

    top: float
    left: float
    right: float
    bottom: float


@dataclass(slots=True, kw_only=True)
class Grid:
    """The rules that enclose cells, each as the stretches it covers: `across` by y, `down` by x."""

    across: Mapping[float, list[Stretch]]
    down: Mapping[float, list[Stretch]]
    _xs: list[float]
    _ys: list[float]
    _known: dict[tuple[int, int], CellBox | None] = field(default_factory=dict)

    def cell_of(self, glyph: Glyph) -> CellBox | None:
        """The cell whose rules enclose the glyph, None outside of tables."""
        x, y = (glyph.left + glyph.right) / 2, glyph.middle
        place = bisect(self._xs, x), bisect(self._ys, y)
        if place not in self._known:
            self._known[place] = self._enclosing(x, y)
        return self._known[place]

    def _enclosing(self, x: float, y: float) -> CellBox | None:
        columns = [at for at, stretches in self.down.items() if _covers(stretches, y)]
        rows = [at for at, stretches in self.across.items() if _covers(stretches, x)]
        left, right = (
            max((at for at in columns if at <= x), default=None),
            min((at for at in columns if at > x), default=None),
        )
        top, bottom = (
            max((at for at in rows if at <= y), default=None),
            min((at for at in rows if at > y), default=None),
        )
        if left is None or right is None or top is None or bottom is None:
            return None
        return CellBox(top, left, right, bottom)


def find_grid(rules: Iterable[Rule]) -> Grid:
    """The grid of a page, without rules across that do not reach rules down at both ends: they underline words."""
    rules = list(rules)
    down = _joined((rule.left, (rule.top, rule.bottom)) for rule in rules if not rule.is_horizontal)
    across = {
        y: [stretch for stretch in stretches if all(_meets(down, x, y) for x in stretch)]
        for y, stretches in _joined((r.top, (r.left, r.right)) for r in rules if r.is_horizontal).items()
    }
    return Grid(
        across=across,
        down=down,
        _xs=_ends(down, across),
        _ys=_ends(across, down),
    )


def _joined(strokes: Iterable[tuple[float, Stretch]]) -> dict[float, list[Stretch]]:
    """Strokes (at, stretch) that lie on one line as that line: at → what it covers, pieces that touch joined."""
    lines: defaultdict[float, list[Stretch]] = defaultdict(list)
    at = None
    for place, stretch in sorted(strokes):
        if at is None or place - at > _SAME:
            at = place
        lines[at].append(stretch)
    return {at: _union(stretches) for at, stretches in lines.items()}


def _union(stretches: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1] + _TOUCH:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _covers(stretches: Iterable[Stretch], at: float) -> bool:
    return any(start - _TOUCH <= at <= end + _TOUCH for start, end in stretches)


def _meets(down: Mapping[float, list[Stretch]], x: float, y: float) -> bool:
    return any(abs(at - x) <= _TOUCH and _covers(stretches, y) for at, stretches in down.items())


def _ends(lines: Mapping[float, list[Stretch]], crossing: Mapping[float, list[Stretch]]) -> list[float]:
    """Where lines stand and where those that cross them end: between two neighbours nothing changes."""
    return sorted({*lines, *(end for stretches in crossing.values() for stretch in stretches for end in stretch)})
