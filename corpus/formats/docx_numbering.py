"""The automatic numbers of Word paragraphs ("Điều 3.", "a)", "-"), which stand in no text but are seen on paper.

Source: ISO 29500-1, 17.9 (numbering).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from corpus.formats.docx_package import Element, W, is_on, value

_LEVELS = 9
_MAX_NUMBER = 32767
_PLACEHOLDER = re.compile(r"%([1-9])")
# Bullets that mean something in a Vietnamese report; others are pictures from Wingdings or Symbol.
_PLAIN_BULLETS = frozenset("-–—+*•")
_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix"}
_ROMAN |= {5: "v", 4: "iv", 1: "i"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One level of a list: where it starts, how it counts, its text ("Điều %1."), the style that stands for it."""

    start: int
    number_format: str
    text: str
    style: str | None
    legal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A list of the document: what it shares its counts with, its levels, and those that it starts anew."""

    counted_with: str
    levels: Mapping[int, _Level]
    restarted: frozenset[int]


@dataclass(slots=True, kw_only=True)
class Numbering:
    """Counts the numbered paragraphs of a document, which must be asked for in their order.

    `lists`: w:numId → list.  `styles`: style id → its w:style element.
    """

    lists: Mapping[str, _List]
    styles: Mapping[str, Element]
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, paragraph: Element) -> str:
        """The number or bullet of the next paragraph, with a blank after it; "" where it has none."""
        list_id, depth = self._place(paragraph)
        if list_id not in self.lists or depth not in self.lists[list_id].levels:
            return ""
        numbered = self.lists[list_id]
        counts = self._counts.setdefault(numbered.counted_with, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for level in numbered.restarted:
                counts[level] = None
        _count(counts, numbered.levels, depth)
        text = _label_text(counts, numbered.levels, depth)
        return f"{text} " if text else ""

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Which list a paragraph is in, and how deep: as it says itself, else as its style says."""
        style = value(paragraph, "pPr/pStyle")
        list_id, depth = value(paragraph, "pPr/numPr/numId"), value(paragraph, "pPr/numPr/ilvl")
        if list_id is None:
            list_id, style_depth, style = self._of_style(style)
            depth = depth or style_depth
        if depth is None and list_id is not None and list_id in self.lists:
            levels = self.lists[list_id].levels.items()
            return list_id, next((n for n, level in levels if style and level.style == style), 0)
        return list_id or "", _whole(depth, 0)

    def _of_style(self, style: str | None) -> tuple[str | None, str | None, str | None]:
        """(w:numId, w:ilvl, style id) of the first style in the chain that numbers its paragraphs."""
        seen: set[str] = set()
        while style is not None and style in self.styles and style not in seen:
            seen.add(style)
            list_id = value(self.styles[style], "pPr/numPr/numId")
            if list_id is not None:
                return list_id, value(self.styles[style], "pPr/numPr/ilvl"), style
            style = value(self.styles[style], "basedOn")
        return None, None, None


def read_numbering(part: Element | None, styles: Mapping[str, Element]) -> Numbering:
    """The lists of a numbering part; `part` is None where the document has none."""
    if part is None:
        return Numbering(lists={}, styles=styles)
    abstracts = {entry.get(f"{W}abstractNumId"): _levels(entry) for entry in part.iter(f"{W}abstractNum")}
    lists = {}
    for entry in part.iter(f"{W}num"):
        shared = value(entry, "abstractNumId") or ""
        levels, restarted = _overridden(abstracts.get(shared, {}), entry)
        lists[entry.get(f"{W}numId", "")] = _List(counted_with=shared, levels=levels, restarted=restarted)
    return Numbering(lists=lists, styles=styles)


def _levels(entry: Element) -> dict[int, _Level]:
    levels = {_whole(level.get(f"{W}ilvl"), 0): _level(level) for level in entry.iter(f"{W}lvl")}
    return {depth: level for depth, level in levels.items() if depth < _LEVELS}


def _level(entry: Element) -> _Level:
    return _Level(
        start=_whole(value(entry, "start"), 0),
        number_format=value(entry, "numFmt") or "decimal",
        text=value(entry, "lvlText") or "",
        style=value(entry, "pStyle"),
        legal=is_on(entry, "isLgl"),
    )


def _overridden(levels: dict[int, _Level], entry: Element) -> tuple[dict[int, _Level], frozenset[int]]:
    """The levels as one w:num overrides them, and those that it starts anew."""
    levels, restarted = dict(levels), set()
    for override in entry.iter(f"{W}lvlOverride"):
        levels |= _levels(override)
        depth, start = _whole(override.get(f"{W}ilvl"), 0), value(override, "startOverride")
        if start is not None and depth in levels:
            levels[depth] = replace(levels[depth], start=_whole(start, 1))
            restarted.add(depth)
    return levels, frozenset(restarted)


def _count(counts: list[int | None], levels: Mapping[int, _Level], depth: int) -> None:
    """One more at `depth`; what lies deeper starts again, what lies above has started at least."""
    for above in range(depth):
        if counts[above] is None and above in levels:
            counts[above] = levels[above].start
    last = counts[depth]
    counts[depth] = levels[depth].start if last is None else last + 1
    counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)


def _label_text(counts: list[int | None], levels: Mapping[int, _Level], depth: int) -> str:
    level = levels[depth]
    if level.number_format == "bullet":
        return level.text if level.text in _PLAIN_BULLETS else "•"

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        count = counts[at]
        if count is None or at not in levels:
            return ""
        return _formatted(count, "decimal" if level.legal else levels[at].number_format)

    return _PLACEHOLDER.sub(number, level.text).strip()


def _formatted(count: int, number_format: str) -> str:
    """`count` as Word writes it; what is not in use in Vietnam comes out in digits."""
    written = _WRITTEN.get(number_format)
    return str(count) if written is None else written(count)


def _letters(count: int) -> str:
    """The letters "a" to "z", then "aa", "bb" (Word doubles the letter; it does not count in base 26)."""
    turn, letter = divmod(count - 1, 26)
    return chr(ord("a") + letter) * (turn + 1)


def roman(count: int) -> str:
    """`count` in small Roman letters; "" for 0."""
    text = ""
    for worth, letters in _ROMAN.items():
        times, count = divmod(count, worth)
        text += letters * times
    return text


def _whole(text: str | None, default: int) -> int:
    """A whole number as Word would read it, at most 32767; `default` for what is none."""
    return min(int(text), _MAX_NUMBER) if text is not None and text.isascii() and text.isdigit() else default


_WRITTEN: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": "{:02}".format,
    "upperRoman": lambda count: roman(count).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerLetter": _letters,
}
