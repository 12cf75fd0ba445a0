"""Printed lines → paragraphs: lines that a program broke because the measure was full become one line of text again.

A line was broken where the first word of the next one would not have fitted behind it; that holds for justified,
ragged and centred text.  How the next line is set then tells whether the paragraph goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.formats.pdf_lines import Line

# All in parts of the type size.
# How far the edges of lines in one paragraph differ at most: rounding, and the shapes of letters.
_ALIGNED = 0.3
# Lines of one paragraph are at most 1.75 apart (1.5 lines, the most of Nghị định 30/2020/NĐ-CP, Phụ lục I); the space
# between paragraphs, 6 points or more, comes on top of what is usual in the text.
_MAX_PITCH = 1.9
_MAX_PITCH_GROWTH = 0.25
# Another size is another kind of text; recognised scans vary by 0.1 from line to line.
_MAX_SIZE_CHANGE = 0.15
# By so much programs round the places of the words in a line.
_DOUBT = 0.1

# Where a paragraph or a point of a list ends, so that "- 2020" after "2016" goes on and "- Xã" after "huyện;" does not.
_STOPS = tuple(".;:!?…")
_BREAKS_AFTER = tuple("-/")
_CLOSERS = frozenset(".,;:!?)]}”")
_MIN_CAPITALS = 3  # words; one or two may be abbreviations
_PUNCTUATION = '.,;:()“”"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The room that lines had: from the left to the right edge of the text area, the column or the cell."""

    left: float
    right: float


def join_lines(lines: Sequence[Line], measure: Measure) -> list[str]:
    """The paragraphs that the printed lines of one column make up, from top to bottom, each as one line of text."""
    usual = _usual_pitch(lines, measure)
    paragraphs: list[list[Line]] = []
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        if paragraphs and _goes_on(paragraphs[-1], line, following, measure, usual):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [_text(paragraph) for paragraph in paragraphs]


def _usual_pitch(lines: Sequence[Line], measure: Measure) -> float:
    """How far apart lines are that were broken for want of room."""
    pitches = [_pitch(*pair) for pair in pairwise(lines) if not _fits_behind(*pair, measure)]
    return median(pitches) if pitches else _MAX_PITCH


def _goes_on(paragraph: Sequence[Line], line: Line, following: Line | None, measure: Measure, usual: float) -> bool:
    last = paragraph[-1]
    if not 0 < _pitch(last, line) <= min(_MAX_PITCH, usual + _MAX_PITCH_GROWTH):
        return False
    if abs(line.size - last.size) > _MAX_SIZE_CHANGE * last.size:
        return False
    if _is_broken_symbol(last, line):
        return True
    if line.gaps or _fits_behind(last, line, measure) or (_is_capital(last) and line.text != line.text.upper()):
        return False
    if line.is_marked and (last.text.endswith(_STOPS) or line.left - measure.left > _ALIGNED * line.size):
        return False
    return _is_set_on(paragraph, line, following, measure)


def _fits_behind(line: Line, following: Line, measure: Measure) -> bool:
    """Whether what begins the following line has room behind a line, beyond doubt."""
    if _are_centred(line, following, measure):
        room = measure.right - measure.left - (line.right - line.left)
    else:
        room = measure.right - line.right
    return line.blank + _beginning(following) <= room - _DOUBT * line.size


def _beginning(line: Line) -> float:
    """How wide its first word is, with punctuation that stands apart round it ("( GDP"): no program breaks there."""
    lettered = [any(char.isalnum() for char in word.text) for word in line.words]
    start = lettered.index(True) if True in lettered else 0
    end = next((at for at in range(start + 1, len(lettered)) if line.words[at].text not in _CLOSERS), len(lettered))
    return line.words[end - 1].right - line.left


def _are_centred(line: Line, following: Line, measure: Measure) -> bool:
    """Whether two lines have one centre, but neither one left edge nor that of the measure."""
    near = _ALIGNED * line.size
    same = abs(line.left + line.right - following.left - following.right) / 2 <= near
    edges = {line.left - following.left, line.left - measure.left, following.left - measure.left}
    return same and all(abs(distance) > near for distance in edges)


def _is_set_on(paragraph: Sequence[Line], line: Line, following: Line | None, measure: Measure) -> bool:
    """Whether a line begins where the paragraph's next line must: at its edge, or at the text behind its number."""
    first, last = paragraph[0], paragraph[-1]
    near = _ALIGNED * line.size
    if _are_centred(last, line, measure):
        return True
    if len(paragraph) > 1:
        return abs(line.left - last.left) <= near
    if first.is_marked and abs(line.left - first.words[1].left) <= near:
        return True
    if abs(line.left - first.left) > near:
        return line.left < first.left  # the first line is indented
    if first.left - measure.left <= near:
        return True
    # Both are indented alike: a block that is set in, if it goes on so; else two paragraphs.
    return (
        following is not None
        and not following.is_marked
        and abs(following.left - line.left) <= near
        and not _fits_behind(line, following, measure)
    )


def _is_broken_symbol(line: Line, following: Line) -> bool:
    """Whether a line ends within a symbol ("PL-" before "UBTVQH11"): glued to the hyphen, and no blank after it."""
    end = line.words[-1].text
    return len(end) > 1 and end.endswith(_BREAKS_AFTER) and not line.ends_blank and following.text[0].isalnum()


def _is_capital(line: Line) -> bool:
    """Whether a line is set in capitals; symbols ("08/KH-UBND"), which are anyway, do not count."""
    words = [word.text.strip(_PUNCTUATION) for word in line.words]
    letters = [word for word in words if word.isalpha()]
    return len(letters) >= _MIN_CAPITALS and all(word.isupper() for word in letters)


def _pitch(above: Line, below: Line) -> float:
    return (below.baseline - above.baseline) / max(above.size, below.size)


def _text(paragraph: Sequence[Line]) -> str:
    text = paragraph[0].text
    for line, following in pairwise(paragraph):
        text += ("" if _is_broken_symbol(line, following) else " ") + following.text
    return text
