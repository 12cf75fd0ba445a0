"""The tables of a Word document: which cells are seen, where they stand, and whether rules part them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from corpus.formats.docx_package import Element, W, find, local, value

# Property elements that draw a vertical rule, and the border styles that draw nothing.
_VERTICAL = ("insideV", "left", "right", "start", "end")
_INVISIBLE = frozenset({None, "nil", "none"})
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})


class GridCell(NamedTuple):
    """A cell that is seen: the grid column it starts in (0-based), and its w:tc."""

    column: int
    element: Element


def seen_rows(table: Element) -> Iterator[list[GridCell]]:
    """The rows of a table without deleted ones; a cell that is merged into the one above it is left out."""
    for row in _unwrapped(table, "tr"):
        if find(row, "trPr/del") is None:
            yield list(_seen_cells(row))


def _seen_cells(row: Element) -> Iterator[GridCell]:
    column = _whole(value(row, "trPr/gridBefore"), 0)
    for cell in _unwrapped(row, "tc"):
        merge = find(cell, "tcPr/vMerge")
        if merge is None or merge.get(f"{W}val") == "restart":
            yield GridCell(column, cell)
        column += _whole(value(cell, "tcPr/gridSpan"), 1)


def _unwrapped(parent: Element, name: str) -> Iterator[Element]:
    """The children of that name, also those within content controls and tracked insertions."""
    for child in parent:
        if local(child) == name:
            yield child
        elif local(child) in _WRAPPERS:
            yield from _unwrapped(child, name)


def is_ruled(table: Element, styles: Mapping[str, Element]) -> bool:
    """Whether vertical rules part the cells: drawn by the table itself, by its style, or by any of its cells."""
    own = find(table, "tblPr/tblBorders")
    if own is not None:
        return _draws_vertical(own) or _cells_draw(table)
    return _style_draws(value(table, "tblPr/tblStyle"), styles) or _cells_draw(table)


def _cells_draw(table: Element) -> bool:
    return any(_draws_vertical(find(cell.element, "tcPr/tcBorders")) for row in seen_rows(table) for cell in row)


def _style_draws(style: str | None, styles: Mapping[str, Element]) -> bool:
    seen: set[str] = set()
    while style is not None and style in styles and style not in seen:
        seen.add(style)
        borders = find(styles[style], "tblPr/tblBorders")
        if borders is not None:
            return _draws_vertical(borders)
        style = value(styles[style], "basedOn")
    return False


def _draws_vertical(borders: Element | None) -> bool:
    return any(value(borders, name) not in _INVISIBLE for name in _VERTICAL)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else default
