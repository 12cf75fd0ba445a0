"""Columns that no rules part: a letterhead or a signature block is read column after column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.formats.pdf_lines import Line

# All in parts of the type size.
# A letterhead can leave as little as this between its columns, where its longest lines meet.
_MIN_GUTTER = 0.35
_GUTTER_TO_BLANK = 1.5
# The widest space within a block is left for a signature; what is further away stands apart.
_MAX_PITCH = 4.0
# Lines of one text follow as closely as this: 1.5 lines are 1.75.
_TEXT_PITCH = 1.9
# Edges and centres of lines that are set to one place differ by rounding only.
_ALIGNED = 0.25
# A column of running text: more than this part of its lines reach its right edge, and it is no shorter.
_FULL_SHARE, _MIN_FULL_LINES = 0.5, 6

Gutter = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The lines of two columns that stand beside each other, and the gutter between them (from x to x)."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    gutter: Gutter


def part_columns(lines: Sequence[Line]) -> list[Line | Columns]:
    """The lines of a page or cell in reading order, with those that form two columns taken together.

    Labels and values that are set with tabs stay lines, and are read across.
    """
    parts: list[Line | Columns] = []
    at = 0
    while at < len(lines):
        end, columns = _columns_from(lines, at)
        if columns is None:
            parts.append(lines[at])
            at += 1
            continue
        while parts and isinstance(head := parts[-1], Line) and _heads_right(head, columns):
            columns = replace(columns, right=(head, *columns.right))
            parts.pop()
        parts.append(columns)
        at = end
    return parts


def _columns_from(lines: Sequence[Line], start: int) -> tuple[int, Columns | None]:
    """The two columns that begin in line `start`, and the first line after them; None where there are none."""
    first = lines[start]
    if len(first.gaps) != 1:
        return start, None
    (gap,) = first.gaps
    gutter: Gutter = first.words[gap - 1].right, first.words[gap].left
    end = start + 1
    while end < len(lines) and len(lines[end].gaps) < 2 and _pitch(lines[end - 1], lines[end]) <= _MAX_PITCH:
        narrowed = _narrowed(lines[end], gutter)
        if narrowed is None:
            break
        gutter, end = narrowed, end + 1
    halves = _without_left_tail([_split(line, gutter) for line in lines[start:end]])
    left, right = ([half for half in side if half] for side in zip(*halves, strict=True))
    if len(halves) < 2 or _is_tabular(len(halves), left, right):
        return start, None
    return start + len(halves), Columns(left=tuple(left), right=tuple(right), gutter=gutter)


def _split(line: Line, gutter: Gutter) -> tuple[Line | None, Line | None]:
    """What of a line stands left and right of the gutter."""
    at = sum(word.left + word.right < sum(gutter) for word in line.words)
    return line.part(0, at) if at else None, line.part(at, len(line.words)) if at < len(line.words) else None


def _narrowed(line: Line, gutter: Gutter) -> Gutter | None:
    """What of the gutter a line leaves free; None where it runs across, or its gap there is an ordinary blank."""
    left, right = _split(line, gutter)
    start = max(gutter[0], left.right) if left else gutter[0]
    end = min(gutter[1], right.left) if right else gutter[1]
    if end - start < _MIN_GUTTER * line.size:
        return None
    if left and right and right.left - left.right < _GUTTER_TO_BLANK * line.blank:
        return None
    return start, end


def _without_left_tail(halves: list[tuple[Line | None, Line | None]]) -> list[tuple[Line | None, Line | None]]:
    """The block without lines that stand on the left below the end of the right column, unless they go on there."""
    end = max(at for at, (_, right) in enumerate(halves, 1) if right)
    last = next((left for left, _ in reversed(halves[:end]) if left), None)
    for left, _ in halves[end:]:
        if left is None or last is None or _pitch(last, left) > _TEXT_PITCH:
            break
        last, end = left, end + 1
    return halves[:end]


def _is_tabular(rows: int, left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Labels and values: both in each row, each set to one left edge, and neither is a column of running text."""
    if len(left) != rows or len(right) != rows or not (_is_left_set(left) and _is_left_set(right)):
        return False
    edge = max(line.right for line in left)
    full = sum(edge - line.right <= line.size for line in left)
    return rows < _MIN_FULL_LINES or full <= _FULL_SHARE * rows


def _is_left_set(lines: Iterable[Line]) -> bool:
    edges = [line.left for line in lines]
    return max(edges) - min(edges) <= _ALIGNED * next(iter(lines)).size


def _heads_right(line: Line, columns: Columns) -> bool:
    """Whether a line above the block is the first of its right column: closely above it, and centred as it is."""
    below = columns.right[0]
    centred = abs(line.left + line.right - below.left - below.right) / 2 <= _ALIGNED * line.size
    return centred and line.left > columns.gutter[0] and _pitch(line, below) <= _TEXT_PITCH


def _pitch(above: Line, below: Line) -> float:
    """The distance of two lines in parts of the type size."""
    return (below.baseline - above.baseline) / max(below.size, above.size)
