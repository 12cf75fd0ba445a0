"""Printed pages → the text of a document: tables cell by cell, columns one by one, all else as paragraphs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pdf_cells import CellBox, find_grid
from corpus.formats.pdf_columns import part_columns
from corpus.formats.pdf_glyphs import Glyph, PrintedPage
from corpus.formats.pdf_lines import Line, find_lines
from corpus.formats.pdf_margins import body_size, raise_note_mark, take_notes, take_running_lines
from corpus.formats.pdf_paragraphs import Measure, join_lines

# Word keeps 5.4 points between the edge of a cell and its text; others keep less, which the text itself shows.
_CELL_PADDING = 5.4
# Lines that end within this of each other (points) show the edge of the text area; a single line may stick out.
_SAME_EDGE = 3.0
# Where all lines are short, they do not show it; margins are 42 to 57 points (Nghị định 30/2020/NĐ-CP), 72 in Word.
_WIDEST_MARGIN = 100
_PAGE_BREAK = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The lines of a page outside of tables, the glyphs in each cell, and the lines of each other direction."""

    width: int
    lines: list[Line]
    cells: dict[CellBox, list[Glyph]]
    turned: tuple[list[Line], ...]


def pages_text(printed: Iterable[PrintedPage]) -> str:
    """The text of all pages, parted by blank lines; then, once each, what heads and feet say; then the footnotes."""
    pages = [_page(page) for page in printed]
    margins = take_running_lines([page.lines for page in pages])
    size = body_size([page.lines for page in pages])
    widths = {page.width for page in pages}
    areas = {width: _text_area((page for page in pages if page.width == width), width) for width in widths}
    notes = [
        raise_note_mark(note) for page in pages for note in join_lines(take_notes(page.lines, size), areas[page.width])
    ]
    texts = ["\n".join(_paragraphs(page, areas[page.width])) for page in pages]
    return _PAGE_BREAK.join(text for text in (*texts, "\n".join(margins), "\n".join(notes)) if text)


def _page(printed: PrintedPage) -> _Page:
    grid = find_grid(printed.rules)
    free: list[Glyph] = []
    cells: defaultdict[CellBox, list[Glyph]] = defaultdict(list)
    for glyph in printed.glyphs:
        box = grid.cell_of(glyph)
        (free if box is None else cells[box]).append(glyph)
    return _Page(
        width=round(printed.width),
        lines=find_lines(free),
        cells=dict(cells),
        turned=tuple(find_lines(glyphs) for glyphs in printed.turned),
    )


def _text_area(pages: Iterable[_Page], width: int) -> Measure:
    """Between which edges the lines of all pages of one width of paper run."""
    lines = [line for page in pages for line in page.lines]
    return Measure(
        left=-_edge([-line.left for line in lines]),
        right=max(_edge([line.right for line in lines]), width - _WIDEST_MARGIN),
    )


def _edge(ends: Sequence[float]) -> float:
    """The furthest end that two lines share, else the furthest; 0 without lines."""
    ordered = sorted(ends, reverse=True)
    for further, nearer in pairwise(ordered):
        if further - nearer <= _SAME_EDGE:
            return further
    return max(ends, default=0.0)


def _paragraphs(page: _Page, area: Measure) -> Iterator[str]:
    """The paragraphs of a page from top to bottom; those of a table where it begins."""
    cells = sorted(page.cells)
    run: list[Line] = []
    for line in page.lines:
        if cells and cells[0].top < line.baseline:
            yield from _column_paragraphs(run, area)
            run = []
        while cells and cells[0].top < line.baseline:
            yield from _cell_paragraphs(page, cells.pop(0))
        run.append(line)
    yield from _column_paragraphs(run, area)
    for box in cells:
        yield from _cell_paragraphs(page, box)
    for lines in page.turned:
        yield from _column_paragraphs(lines, Measure(left=0.0, right=max((line.right for line in lines), default=0.0)))


def _cell_paragraphs(page: _Page, box: CellBox) -> Iterator[str]:
    lines = find_lines(page.cells[box])
    seen = (min(line.left - box.left, box.right - line.right) for line in lines)
    padding = max(0.0, min(_CELL_PADDING, *seen)) if lines else 0.0
    return _column_paragraphs(lines, Measure(left=box.left + padding, right=box.right - padding))


def _column_paragraphs(lines: Sequence[Line], measure: Measure) -> Iterator[str]:
    """The paragraphs of a page, cell or the like, with columns that stand in it read one after the other."""
    run: list[Line] = []
    for part in part_columns(lines):
        if isinstance(part, Line):
            run.append(part)
            continue
        yield from join_lines(run, measure)
        run = []
        yield from join_lines(part.left, Measure(left=measure.left, right=part.gutter[1]))
        yield from join_lines(part.right, Measure(left=part.gutter[0], right=measure.right))
    yield from join_lines(run, measure)
