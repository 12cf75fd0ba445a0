"""Glyphs → words → printed lines: what stands at one height of the page, from left to right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from statistics import median_low

from corpus.formats.pdf_glyphs import Glyph
from corpus.formats.raw import raise_marks

# All in parts of the type size.
# Half heights of letters in one line agree, those of raised marks stand up to 0.3 higher; the next line is 1 away.
_SAME_HEIGHT = 0.4
# A blank is 0.25 wide in Times New Roman, and 0.2 where Word squeezes a full line; the letters of a word touch.
_MIN_BLANK = 0.17
_USUAL_BLANK = 0.25
# A raised mark stands 0.33 (Word) to 0.45 (LibreOffice) above the line, in 0.58 to 0.65 of its size.
_MARK_SIZE = 0.8
_MARK_RISE = 0.15
# A tab or the gap between columns is 1 and more wide; in a line stretched to full width, so may all its blanks be.
_MIN_GAP = 1.0
_GAP_TO_BLANK = 2.0

# What stands before the text of a paragraph: "-", "+", "•", "1.", "1.2.", "1.2", "a)", "(2)", "IV.".
_MARKER = re.compile(r"[-–—+*•▪●○◦]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-zĐđ]|[IVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Characters printed with no blank between them."""

    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.glyphs[-1].right


@dataclass(frozen=True, kw_only=True)
class Line:
    """Words at one height, with their size and baseline.  `ends_blank`: the file has a blank after the last word."""

    words: tuple[Word, ...]
    size: float
    baseline: float
    ends_blank: bool = False

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def is_marked(self) -> bool:
        """Whether it begins with a bullet or the number of a paragraph."""
        return len(self.words) > 1 and _MARKER.fullmatch(self.words[0].text) is not None

    @cached_property
    def text(self) -> str:
        """Its words with a blank between them, a tab where they are far apart."""
        blanks = ("\t" if at in self.gaps else " " for at in range(1, len(self.words)))
        return "".join(chain.from_iterable(zip((word.text for word in self.words), (*blanks, ""), strict=True)))

    @cached_property
    def blank(self) -> float:
        """How wide its usual blank is: the (lower) median, where there is more than one."""
        blanks = [after.left - before.right for before, after in pairwise(self.words)]
        return median_low(blanks) if len(blanks) > 1 else _USUAL_BLANK * self.size

    @cached_property
    def gaps(self) -> frozenset[int]:
        """Before which words (by number) there is a tab or a gap between columns; none after a bullet or number."""
        least = max(_MIN_GAP * self.size, _GAP_TO_BLANK * self.blank)
        return frozenset(
            at
            for at, (before, after) in enumerate(pairwise(self.words), 1)
            if after.left - before.right >= least and not (at == 1 and self.is_marked)
        )

    def part(self, start: int, end: int) -> "Line":
        """The line of its words number `start` to `end`, the latter left out."""
        ends_blank = self.ends_blank and end >= len(self.words)
        return Line(words=self.words[start:end], size=self.size, baseline=self.baseline, ends_blank=ends_blank)


def find_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The printed lines from top to bottom, each over the full width of what is given."""
    lines = (_line(row) for row in _rows(glyphs))
    return [line for line in lines if line is not None]


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        if row and glyph.middle - row[-1].middle > _SAME_HEIGHT * max(glyph.size, row[-1].size):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _line(row: Sequence[Glyph]) -> Line | None:
    """The line that the glyphs of one height make up; None where all are blanks."""
    printed = [glyph for glyph in row if glyph.char != " "]
    if not printed:
        return None
    size = median_low(glyph.size for glyph in printed)
    baseline = median_low(glyph.baseline for glyph in printed if glyph.size >= _MARK_SIZE * size)
    words: list[list[Glyph]] = []
    blank = True
    for glyph in sorted(row, key=lambda glyph: glyph.left):
        if glyph.char == " ":
            blank = True
            continue
        if blank or glyph.left - words[-1][-1].right > _MIN_BLANK * size:
            words.append([])
        words[-1].append(glyph)
        blank = False
    return Line(
        words=tuple(Word(text=_text(word, size, baseline), glyphs=tuple(word)) for word in words),
        size=size,
        baseline=baseline,
        ends_blank=blank,
    )


def _text(word: Iterable[Glyph], size: float, baseline: float) -> str:
    return "".join(
        raise_marks(glyph.char)
        if glyph.size < _MARK_SIZE * size and glyph.baseline < baseline - _MARK_RISE * size
        else glyph.char
        for glyph in word
    )
