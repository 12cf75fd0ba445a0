"""What stands at the edges of pages and interrupts the text: page numbers, running heads and feet, footnotes."""

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median_low

from corpus.formats.pdf_lines import Line
from corpus.formats.raw import raise_marks

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang|page)?\s*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
# A page number within a head or foot stands at one of its ends.
_END_NUMBERS = re.compile(r"^\d+|\d+(?:/\d+)?$")
# A head or foot has up to three lines, its page number included.
_MAX_LINES = 3
# It is printed on every page, or on every other one, of a document that has some; never in quite another place.
_MIN_PAGES, _MIN_SHARE = 3, 0.4
_SAME_PLACE = 3.0  # points
# Footnotes are set in 10 points under text of 13 or 14, in the styles of Word and of LibreOffice.
_NOTE_SIZE = 0.9
_NOTE_MARK = re.compile(r"[⁰¹²³⁴-⁹]+|\d{1,3}(?=\s)")

Pages = list[list[Line]]


def take_running_lines(pages: Pages) -> list[str]:
    """Remove page numbers, running heads and feet from pages (lines from top to bottom, changed in place).

    Gives what the heads and feet say, once each; a head that is on the first page stays there.
    """
    opening: list[Line] = []
    said: dict[str, str] = {}
    for edge in (0, -1):
        for _ in range(_MAX_LINES):
            outer = {number: lines[edge] for number, lines in enumerate(pages) if lines}
            numbers = set(_page_numbers(outer))
            repeated = set(_repeated(outer, len(pages))) - numbers
            said |= {_key(outer[number]): outer[number].text for number in sorted(repeated, reverse=True)}
            if edge == 0 and 0 in repeated:
                opening.append(outer[0])
            for number in numbers | repeated:
                del pages[number][edge]
    if opening:
        pages[0][:0] = opening
    return [text for key, text in said.items() if key not in {_key(line) for line in opening}]


def _key(line: Line) -> str:
    """What a line says but for a page number in it."""
    return _END_NUMBERS.sub("#", line.text)


def _page_numbers(outer: dict[int, Line]) -> Iterator[int]:
    """The pages whose outermost line is nothing but a number, and the number counts pages."""
    offsets = {
        number: int(match[1]) - number
        for number, line in outer.items()
        if (match := _PAGE_NUMBER.fullmatch(line.text)) is not None
    }
    usual = Counter(offsets.values())
    return (number for number, offset in offsets.items() if offset == 1 or usual[offset] > 1)


def _repeated(outer: dict[int, Line], pages: int) -> Iterator[int]:
    """The pages whose outermost line stands, but for a page number in it, in the same place of many pages."""
    keys = {number: _key(line) for number, line in outer.items()}
    for number, key in keys.items():
        same = [
            n for n, k in keys.items() if k == key and abs(outer[n].baseline - outer[number].baseline) <= _SAME_PLACE
        ]
        if len(same) >= max(_MIN_PAGES, _MIN_SHARE * pages):
            yield number


def body_size(pages: Pages) -> float:
    """The type size of most characters; 0 where there are none."""
    return median_low([line.size for lines in pages for line in lines for _ in line.text] or [0.0])


def take_notes(lines: list[Line], size: float) -> list[Line]:
    """Remove the footnotes from a page (changed in place): the lines in small type at its foot, from a mark on."""
    foot = len(lines)
    while foot > 0 and lines[foot - 1].size < _NOTE_SIZE * size:
        foot -= 1
    start = next((at for at in range(foot, len(lines)) if _NOTE_MARK.match(lines[at].text)), len(lines))
    notes = lines[start:]
    del lines[start:]
    return notes


def raise_note_mark(note: str) -> str:
    """A footnote with its mark raised, as it is in the text, and a blank after it."""
    match = _NOTE_MARK.match(note)
    return f"{raise_marks(match[0])} {note[match.end() :].lstrip()}" if match else note
