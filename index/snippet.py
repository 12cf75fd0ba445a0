"""Passages around hits, as the text is written, with the places to highlight: one for all engines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Span
from corpus.sentences import Sentences
from index.engine import Match
from index.syllables import SYLLABLE

_MOST = 3
# A sentence of twice this length is shown whole; of a longer one, so much on each side of the hit.
_SIDE = 160
_LONGEST = 2 * _SIDE
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage with white space collapsed, the 1-based line of its first highlight, and the highlights in `text`."""

    text: str
    line: int
    highlights: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A range of the text, and whether it begins and ends inside a sentence."""

    start: int
    end: int
    cut_before: bool
    cut_after: bool

    def holds(self, match: Match) -> bool:
        return self.start <= match.start and match.end <= self.end


def snippets(text: str, matches: Sequence[Match]) -> tuple[Snippet, ...]:
    """Up to three passages of `text` that hold `matches`, which are in order; each highlights all that it holds.

    Hits that are whole words come before hits that cut one, exact accents before others, then as they stand in the
    text.
    """
    chosen: list[_Passage] = []
    cut = Sentences(text)
    for match in sorted(matches, key=lambda match: (not match.whole_word, not match.exact_accents, match.start)):
        if not any(passage.holds(match) for passage in chosen):
            chosen.append(_passage(text, cut.around(match.start), match))
            if len(chosen) == _MOST:
                break
    return tuple(_snippet(text, passage, matches) for passage in chosen)


def _passage(text: str, sentence: Span, match: Match) -> _Passage:
    """The sentence of a hit; of a long one, a part that begins and ends with a syllable."""
    start, end = sentence.start, max(sentence.end, match.end)
    if end - start <= _LONGEST:
        return _Passage(start, end, cut_before=False, cut_after=False)
    # What the sentence does not fill on one side goes to the other.
    first = max(start, min(match.start - _SIDE, end - _LONGEST))
    last = min(end, max(match.end + _SIDE, start + _LONGEST))
    syllables = [found.span() for found in SYLLABLE.finditer(text, start, end)]
    begin = start if first == start else min(left for left, _ in syllables if left >= first)
    stop = end if last == end else max(right for _, right in syllables if right <= last)
    return _Passage(min(begin, match.start), max(stop, match.end), cut_before=begin != start, cut_after=stop != end)


def _snippet(text: str, passage: _Passage, matches: Sequence[Match]) -> Snippet:
    held = _merged(match for match in matches if passage.holds(match))
    before, after = f"{_ELLIPSIS} " * passage.cut_before, f" {_ELLIPSIS}" * passage.cut_after
    return Snippet(
        text=before + " ".join(text[passage.start : passage.end].split()) + after,
        line=text.count("\n", 0, held[0][0]) + 1,
        highlights=tuple(
            (len(before) + _offset(text, passage.start, start), len(before) + _offset(text, passage.start, end))
            for start, end in held
        ),
    )


def _offset(text: str, start: int, at: int) -> int:
    """Where the character at `at` stands when the white space from `start` on is collapsed."""
    passed = text[start:at]
    return len(" ".join(passed.split())) + bool(passed.strip() and passed[-1].isspace())


def _merged(matches: Iterable[Match]) -> list[tuple[int, int]]:
    """The ranges of matches, which are in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for match in matches:
        if merged and match.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], match.end))
        else:
            merged.append((match.start, match.end))
    return merged
