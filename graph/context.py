"""What stands around a place of a text: its sentence as evidence, the line above its list."""

import re

from corpus.model import Span
from corpus.sentences import Sentences

# A sentence of a list may fill a page; of a longer one so much is shown on each side of the citation.
_SIDE = 500


def in_context(text: str, sentence: Span, start: int, end: int) -> str:
    """A sentence in one line; of a very long one what stands around its part from `start` to `end`."""
    if sentence.end - sentence.start <= _SIDE:
        return _in_one_line(text[sentence.start : sentence.end])
    first, last = max(sentence.start, start - _SIDE), min(sentence.end, end + _SIDE)
    words = _in_one_line(text[first:last])
    if first > sentence.start:
        words = "…" + words.partition(" ")[2]
    return words.rpartition(" ")[0] + "…" if last < sentence.end else words


def _in_one_line(words: str) -> str:
    return " ".join(words.split()) if "\n" in words else words  # a cleaned text has no other blanks to join


# An item of a list, which stands under a line that says what is done with it.
_ITEM = re.compile(r"[-+•*]\s|\w{1,2}\)\s")


class Headings:
    """The line above the list in which a sentence is an item."""

    def __init__(self, text: str, sentences: Sentences) -> None:
        self._text = text
        self._sentences = sentences
        self._known: dict[int, Span | None] = {}

    def of(self, item: Span) -> Span | None:
        """The last sentence before `item` that is no item itself; None where `item` is none."""
        passed = []
        at: Span | None = item
        while at is not None and at.start not in self._known and _ITEM.match(self._text, at.start):
            passed.append(at.start)
            at = self._sentences.before(at)
        head = self._known.get(at.start, at) if at is not None else None
        self._known.update(dict.fromkeys(passed, head))
        return head if passed or item.start in self._known else None
