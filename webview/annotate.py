"""Spans → safe HTML: the text of a report as lines and paragraphs, with what it names marked and linked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What to show at a span of the text: a link to the element `entry`, of CSS class `kind`, with `note` as tooltip.

    `id` is the id of the link itself, so that the entry can lead back to it.
    """

    start: int
    end: int
    id: str
    entry: str
    kind: str
    note: str


def annotate(text: str, marks: Iterable[Mark], *, prefix: str = "") -> "Markup":
    """`text` as HTML whose text content is `text`: paragraphs of lines, each line with its number, marks as links.

    Empty lines part paragraphs; line n has the id "`prefix`l`n`".  A mark over a line end is one link a line, of which
    the first has the id; where marks overlap the shorter one is shown, so that no link lies in another.  Spans are
    offsets into `text`; what lies outside it is left out.
    """
    from markupsafe import Markup

    html, open_paragraph = [], False
    for number, (plain, line) in enumerate(zip(text.split("\n"), _lines(text, marks), strict=True), 1):
        blank = not plain.strip()
        html.append(Markup("</p>") if blank and open_paragraph else "")
        html.append("\n" if number > 1 else "")
        html.append(Markup("<p>") if not blank and not open_paragraph else "")
        html.append(line if blank else _numbered(line, number, prefix))
        open_paragraph = not blank
    html.append(Markup("</p>") if open_paragraph else "")
    return Markup("").join(html)


def _numbered(line: "Markup", number: int, prefix: str) -> "Markup":
    from markupsafe import Markup

    return Markup('<span class="line" id="{}l{}" data-line="{}">{}</span>').format(prefix, number, number, line)


def _lines(text: str, marks: Iterable[Mark]) -> Iterator["Markup"]:
    """Each line of `text`, marked, without its end."""
    from markupsafe import Markup

    pieces: list[str | Markup] = []
    seen: set[str] = set()
    for start, end, mark in _pieces(text, marks):
        piece = text[start:end]
        if piece == "\n":
            yield Markup("").join(pieces)
            pieces = []
        elif mark is None:
            pieces.append(piece)
        else:
            pieces.append(_link(piece, mark, first=mark.id not in seen))
            seen.add(mark.id)
    yield Markup("").join(pieces)


def _link(piece: str, mark: Mark, *, first: bool) -> "Markup":
    from markupsafe import Markup

    own = Markup(' id="{}"').format(mark.id) if first else ""
    return Markup('<a class="{}"{} href="#{}" title="{}">{}</a>').format(mark.kind, own, mark.entry, mark.note, piece)


def _pieces(text: str, marks: Iterable[Mark]) -> Iterator[tuple[int, int, Mark | None]]:
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
