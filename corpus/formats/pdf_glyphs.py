"""What PDFium knows of a page: which characters are printed where, and the straight rules that are drawn.

Characters are taken with their places, not in the order of the file: where a font lacks letters, programs print those
from another font after the rest of the line.  Places are in points, x to the right and y downward, turned so that most
of the page's text runs from left to right.
"""

import ctypes
import math
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from corpus.formats.raw import SYMBOL_FONTS, symbol_char

PdfPage = Any  # pypdfium2 has no types
Found = TypeVar("Found")

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
# PDFium marks a hyphen at a line end with the first two; fonts whose one glyph serves for both say that it is the soft
# hyphen, but what is printed is seen.
_HYPHENS = frozenset({0x02, 0xFFFE, 0xAD})
_MIN_RULE = 4.0  # points; shorter strokes are parts of drawings, and the corners that Word draws where rules meet
_MAX_SLANT = 0.5
# A scan has no text, or the page number and the signer's stamp that other programs print on it (up to 150 characters).
_MIN_GLYPHS = 200
_PICTURE_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A printed character: from `left` to `right` (its advance, so that the letters of a word touch), on `baseline`."""

    char: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def middle(self) -> float:
        """Half the height of small letters above the baseline: nearly the same for text of any size in one line."""
        return self.baseline - 0.35 * self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A straight line that is drawn, across the page or down it."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs across the page."""
        return self.right - self.left > self.bottom - self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """The glyphs of a page that run from left to right, those of each other direction, and the rules.

    `width` tells sizes of paper apart; `is_scan`: the page is a picture, and what text it has is a stamp.
    """

    width: float
    glyphs: tuple[Glyph, ...]
    turned: tuple[tuple[Glyph, ...], ...]
    rules: tuple[Rule, ...]
    is_scan: bool


def read_page(page: PdfPage) -> PrintedPage:
    """Everything on one page of an open document; raises pypdfium2.PdfiumError where the page is damaged."""
    by_turn: defaultdict[int, list[Glyph]] = defaultdict(list)
    for turn, glyph in _glyphs(page):
        by_turn[turn].append(glyph)
    glyphs = sum(len(turned) for turned in by_turn.values())
    main = max(by_turn, key=lambda turn: len(by_turn[turn]), default=0)
    left, bottom, right, top = page.get_mediabox()
    return PrintedPage(
        width=top - bottom if main % 2 else right - left,
        glyphs=tuple(by_turn.pop(main, ())),
        turned=tuple(tuple(turned) for _, turned in sorted(by_turn.items())),
        rules=_readable(_rules(page, main)),
        is_scan=glyphs < _MIN_GLYPHS and _shows_picture(page, (right - left) * (top - bottom)),
    )


def _shows_picture(page: PdfPage, area: float) -> bool:
    """Whether a picture covers most of the page."""
    from pypdfium2 import raw as pdfium

    pictures = _readable(picture.get_bounds() for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    return any((right - left) * (top - bottom) > _PICTURE_SHARE * area for left, bottom, right, top in pictures)


def _readable(found: Iterator[Found]) -> tuple[Found, ...]:
    """What is found up to the first damaged one: a broken drawing is no reason to lose the text beside it."""
    from pypdfium2 import PdfiumError

    readable: list[Found] = []
    with suppress(PdfiumError):
        for item in found:
            readable.append(item)  # noqa: PERF402 - a list of all would be lost with the exception
    return tuple(readable)


def _glyphs(page: PdfPage) -> Iterator[tuple[int, Glyph]]:
    """Each glyph with its quarter turn; those that PDFium adds (blanks and line ends of its own guess) left out."""
    from pypdfium2 import raw as pdfium

    text_page = page.get_textpage()
    handle = text_page.raw
    x, y, matrix, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    for index in range(text_page.count_chars()):
        if pdfium.FPDFText_IsGenerated(handle, index) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(handle, index, box)
        pdfium.FPDFText_GetMatrix(handle, index, matrix)
        size = pdfium.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
        if size <= 0:
            continue
        turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        _, baseline = _turned(x.value, y.value, turn)
        ends = (_turned(box.left, box.bottom, turn)[0], _turned(box.right, box.top, turn)[0])
        unmapped = pdfium.FPDFText_HasUnicodeMapError(handle, index) == 1
        char = UNREADABLE if unmapped else _char(pdfium.FPDFText_GetUnicode(handle, index))
        if char:
            yield turn, Glyph(char=char, left=min(ends), right=max(ends), baseline=baseline, size=size)


def _char(code: int) -> str:
    """The character that is seen; "" for one that is not."""
    if code in _HYPHENS:
        return "-"
    if code in SYMBOL_FONTS:
        return symbol_char(code)
    if code > sys.maxunicode:
        return UNREADABLE
    if chr(code).isspace():
        return " "
    if unicodedata.category(chr(code)) == "Cf":
        return ""
    return chr(code) if chr(code).isprintable() else UNREADABLE


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A place on the page, turned back by quarter turns, with y downward."""
    for _ in range(turn):
        x, y = y, -x
    return x, -y


def _rules(page: PdfPage, turn: int) -> Iterator[Rule]:
    """The rules drawn by the page's own paths.  Filled areas (shading, marked words) are none; thin ones are."""
    from pypdfium2 import raw as pdfium

    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        x0, y0, x1, y1 = path.get_bounds()
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        if not stroke.value and min(x1 - x0, y1 - y0) >= _MIN_RULE:
            continue
        for start, end in _strokes(path):
            (left, right), (top, bottom) = (
                sorted(pair) for pair in zip(_turned(*start, turn), _turned(*end, turn), strict=True)
            )
            if max(right - left, bottom - top) >= _MIN_RULE and min(right - left, bottom - top) <= _MAX_SLANT:
                yield Rule(left=left, top=top, right=right, bottom=bottom)


def _strokes(path: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path, from place to place on the page; curves are left out."""
    from pypdfium2 import raw as pdfium

    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        place = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = place
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, place
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield place, start
        last = place
