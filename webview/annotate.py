"""Spans → safe HTML: the text of a report as lines and paragraphs, with what it names marked and linked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What to show at a span of the text: a link to the element `entry`, of CSS class `kind`, with `note` as tooltip.

    `id` is the id of the link itself, so that the entry can lead back to it; `label` is for the margin of its line.
    """

    start: int
    end: int
    id: str
    entry: str
    kind: str
    note: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A part of a line, and the mark that it shows; a mark over a line end has several, `first` is its first."""

    text: str
    mark: Mark | None
    first: bool


def annotate(text: str, marks: Iterable[Mark], *, prefix: str = "") -> "Markup":
    """`text` as HTML whose text content is `text`: paragraphs of lines, each line with its number, marks as links.

    Empty lines part paragraphs; line n has the id "`prefix`l`n`".  A mark over a line end is one link a line, of which
    the first has the id; where marks overlap the shorter one is shown, so that no link lies in another.  Spans are
    offsets into `text`; what lies outside it is left out.
    """
    from markupsafe import Markup

    html: list[str | Markup] = []
    open_paragraph = False
    for number, line in enumerate(_lines(text, marks), 1):
        blank = not any(piece.text.strip() for piece in line)
        html.append(Markup("</p>") if blank and open_paragraph else "")
        html.append("\n" if number > 1 else "")
        html.append(Markup("<p>") if not blank and not open_paragraph else "")
        html.extend([piece.text for piece in line] if blank else [_numbered(line, number, prefix)])
        open_paragraph = not blank
    html.append(Markup("</p>") if open_paragraph else "")
    return Markup("").join(html)


def _numbered(line: Sequence[_Piece], number: int, prefix: str) -> "Markup":
    from markupsafe import Markup

    labels = dict.fromkeys(piece.mark.label for piece in line if piece.mark and piece.mark.label)
    margin = Markup(' data-label="{}"').format(" · ".join(labels)) if labels else ""
    inner = Markup("").join(_link(piece, piece.mark) if piece.mark else piece.text for piece in line)
    tag = Markup('<span class="line" id="{}l{}" data-line="{}"{}>{}</span>')
    return tag.format(prefix, number, number, margin, inner)


def _link(piece: _Piece, mark: Mark) -> "Markup":
    from markupsafe import Markup

    own = Markup(' id="{}"').format(mark.id) if piece.first else ""
    tag = Markup('<a class="{}"{} href="#{}" title="{}">{}</a>')
    return tag.format(mark.kind, own, mark.entry, mark.note, piece.text)


def _lines(text: str, marks: Iterable[Mark]) -> Iterator[list[_Piece]]:
    """Each line of `text` in pieces, without its end."""
    line: list[_Piece] = []
    seen: set[str] = set()
    for start, end, mark in _cut(text, marks):
        if text[start:end] == "\n":
            yield line
            line = []
        else:
            line.append(_Piece(text=text[start:end], mark=mark, first=mark is not None and mark.id not in seen))
            seen |= {mark.id} if mark else set()
    yield line


def _cut(text: str, marks: Iterable[Mark]) -> Iterator[tuple[int, int, Mark | None]]:
    """(start, end, mark) from the beginning of `text` to its end, cut where a mark or a line begins or ends."""
    begins: dict[int, list[Mark]] = defaultdict(list)
    cuts = {0, len(text), *(at for match in re.finditer("\n", text) for at in match.span())}
    for mark in marks:
        start, end = max(mark.start, 0), min(mark.end, len(text))
        if start < end:
            begins[start].append(mark)
            cuts |= {start, end}
    active: list[Mark] = []
    for start, end in pairwise(sorted(cuts)):
        active = [mark for mark in active if mark.end > start] + begins.pop(start, [])
        yield start, end, min(active, key=lambda mark: mark.end - mark.start, default=None)
