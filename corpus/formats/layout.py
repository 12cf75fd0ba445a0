"""The order in which the cells of a table are read, the same for every format that knows its tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A letterhead and a signature block (Nghị định 30/2020/NĐ-CP, Phụ lục I) are tables without rules: issuer over number
# beside motto over date, addressees beside signature.  Authors use one to four rows for them; a longer table is a list.
_MAX_LETTERHEAD_ROWS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One table cell: the grid column it starts in (0-based) and its lines."""

    column: int
    lines: tuple[str, ...]


def table_lines(rows: Sequence[Sequence[Cell]], *, ruled: bool) -> list[str]:
    """All lines of a table, cell after cell: row by row, or column by column where it only lays out a letterhead.

    `ruled` says that vertical rules part its cells, so that its rows belong together.  A row of one cell spans the
    table, and is read between what stands above and below it.
    """
    if ruled or len(rows) > _MAX_LETTERHEAD_ROWS:
        return [line for row in rows for cell in row for line in cell.lines]
    lines: list[str] = []
    above: list[Cell] = []
    for row in rows:
        if len(row) > 1:
            above.extend(row)
            continue
        lines += _by_column(above) + _by_column(row)
        above.clear()
    return lines + _by_column(above)


def _by_column(cells: Iterable[Cell]) -> list[str]:
    return [line for cell in sorted(cells, key=lambda cell: cell.column) for line in cell.lines]
