"""Letters that a machine misread in a number or symbol ("O5-CT/TW", "120-KI/TW"), set right one by one.

What is set right is as long as what was read, so all offsets hold.  It is believed only where the same document
stands correctly in the same text; else it is shown as refused.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import replace

from corpus.folding import fold
from corpus.model import Span
from graph import instruments
from graph.grammar import Surface, scan
from graph.identity import Instrument, InstrumentKey
from graph.refused import Found, Refusal

_DIGITS = str.maketrans("OIl", "011")
# A letter in a number is looked for first, then the number around it.
_LETTER = re.compile(r"[OIl](?=[0-9OIl]{0,4}\s?[-/]\s?(?:[A-ZĐ]{2}|(?:19|20)\d\d\s?/))")
_NUMBER = re.compile(r"(?<!\w)[0-9OIl]{1,5}(?!\w)")
_LONGEST_NUMBER = 5
_GROUP = re.compile(r"(?<=[0-9A-ZĐ ])[-/]\s?([A-ZĐ]{0,9}I[A-ZĐ]{0,9})(?!\w)")
_LONGEST_GROUP = 12
_LETTERS = "TL"
MISREAD = Refusal(name="nghi lỗi nhận dạng", pattern="")


def scan_misread(text: str, folded: str) -> tuple[list[Surface], list[Found]]:
    """All that looks like a citation of a numbered instrument, and what is refused as misread, both in order."""
    changes = {**_numbers(text), **_groups(text)}
    if not changes:
        return list(scan(text, folded)), []
    right = _changed(text, changes)
    spans = sorted(Span(start, start + len(put)) for start, put in changes.items())
    read = [(s, _touches(spans, s.core.start, s.core.end)) for s in scan(right, fold(right))]
    known = {Instrument.of(s).key for s, misread in read if not misread}
    believed = [replace(s, misread=misread) for s, misread in read if not misread or _stands(s, known)]
    refused = [Found(Span(s.start, s.end), MISREAD) for s, misread in read if misread and not _stands(s, known)]
    return believed, refused


def _stands(surface: Surface, known: Container[InstrumentKey]) -> bool:
    return Instrument.of(surface).key in known


def _touches(spans: Sequence[Span], start: int, end: int) -> bool:
    before = bisect_left(spans, Span(end, end))
    return before > 0 and spans[before - 1].end > start


def _numbers(text: str) -> dict[int, str]:
    """Offset → digits, for each number in which letters stand."""
    found = {}
    for letter in _LETTER.finditer(text):
        for number in _NUMBER.finditer(
            text, max(0, letter.start() - _LONGEST_NUMBER), letter.start() + _LONGEST_NUMBER
        ):
            # "Quý I/KH-UBND": letters alone are a Roman number.
            if number.start() <= letter.start() < number.end() and any(c.isdigit() for c in number[0]):
                found[number.start()] = number[0].translate(_DIGITS)
    return found


def _groups(text: str) -> dict[int, str]:
    """Offset → letters, for each group of a symbol that is a known code once an "I" is another letter."""
    found = {}
    near = ((max(0, m.start() - _LONGEST_GROUP), m.start() + _LONGEST_GROUP) for m in re.finditer("I", text))
    for match in (match for start, end in near for match in _GROUP.finditer(text, start, end)):
        group = match[1]
        if not instruments.is_known_code(fold(group)):
            right = (group.replace("I", letter) for letter in _LETTERS)
            code = next((code for code in right if instruments.is_known_code(fold(code))), None)
            if code is not None:
                found[match.start(1)] = code
    return found


def _changed(text: str, changes: dict[int, str]) -> str:
    parts, at = [], 0
    for start, put in sorted(changes.items()):
        parts += [text[at:start], put]
        at = start + len(put)
    return "".join((*parts, text[at:]))
