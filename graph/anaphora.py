"""Words that point back to a document: "Chỉ thị này", "Nghị quyết nêu trên", "làm tốt theo Pháp lệnh"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.folding import fold
from corpus.model import Report
from corpus.sentences import Sentences
from graph import instruments
from graph.context import in_context
from graph.lead import type_before
from graph.model import Anaphor, Citation, Cited, Named
from graph.names import type_of_name
from graph.wording import alternatives, spaced

# Patterns that begin with letters are found as fast as they are.
_POINTING = (re.compile(r"nay(?![a-z0-9])"), re.compile(r"tren(?![a-z0-9])"))
_ABOVE = re.compile(r"(?:neu|noi)\s+\Z")
# "trên" points back only where nothing follows that it could stand on ("trên địa bàn").
_AFTER_ABOVE = re.compile(rf"\s*(?:$|[.,;:)”\"]|\n\s*\n|(?:{alternatives('after pointing')})\b)")
_PLURAL = re.compile(r"(?<![a-z])(?:cac|nhung|mot\s+so|moi|hai|ba|bon|ca|tung|tat\s+ca|\d)\s+\Z")
# The longest of these words, and a blank.
_PLURAL_REACH = 8
_BARE = re.compile(r"theo\s+(?=[a-z])")
_AFTER_BARE = re.compile(r"\s*(?:$|[.,;:)])")
# The steps are an order, not measured probabilities.
THIS, BARE = 0.6, 0.5


def find_anaphora(
    report: Report, folded: str, citations: Sequence[Citation], named: Sequence[Named], cited: Sequence[Cited]
) -> Iterator[Anaphor]:
    """The words that point to a document which the text cites before them, or to its own number, in order."""
    pointing = sorted(_pointing(report.text, folded))
    if not pointing:
        return
    sentences = Sentences(report.text)
    before = _Before(citations, named, cited)
    own_kind = fold(report.header.type or "")
    own = next((n for n, c in enumerate(cited) if c.own), None)
    for start, end, kind, is_this in pointing:
        if is_this is None:
            target, sure = before.only(kind, start), BARE
        elif is_this and kind == own_kind:
            target, sure = own, THIS
        else:
            target, sure = before.nearest(kind, start), THIS
        if target is not None:
            sentence = sentences.around(start)
            yield Anaphor(
                cited=target,
                text=report.text[start:end],
                start=start,
                end=end,
                line=report.line_of(start),
                confidence=sure,
                sentence=in_context(report.text, sentence, start, end),
            )


class _Before:
    """Which documents of a type a text cites, by number or by name, before a place."""

    def __init__(self, citations: Sequence[Citation], named: Sequence[Named], cited: Sequence[Cited]) -> None:
        places: list[tuple[int, str, int | None]] = []
        places += [(c.start, cited[c.cited].instrument.type or "", c.cited) for c in citations]
        places += [(n.start, type_of_name(n.name), n.cited) for n in named]
        self._of: dict[str, list[tuple[int, int | None, bool]]] = {}
        for start, kind, target in sorted(places, key=lambda place: place[0]):
            of = self._of.setdefault(fold(kind), [])
            of.append((start, target, not of or (of[-1][2] and of[-1][1] == target)))

    def nearest(self, kind: str, at: int) -> int | None:
        """The last one before `at`; None too where that is named without a number."""
        last = self._last(kind, at)
        return last[1] if last else None

    def only(self, kind: str, at: int) -> int | None:
        """The one document before `at`; None where there are several."""
        last = self._last(kind, at)
        return last[1] if last and last[2] else None

    def _last(self, kind: str, at: int) -> tuple[int, int | None, bool] | None:
        """(place, document, is it the only one up to there)."""
        of = self._of.get(kind, [])
        i = bisect_left(of, at, key=lambda place: place[0])
        return of[i - 1] if i else None


def _pointing(text: str, folded: str) -> Iterator[tuple[int, int, str, bool | None]]:
    """(start, end, folded type, is it "này") of each; None for a type without such a word ("theo Pháp lệnh")."""
    for word in (match for pattern in _POINTING for match in pattern.finditer(folded)):
        at, is_this = word.start(), word[0] == "nay"
        if not folded[at - 1 : at].isspace() or (is_this and text[at + 1] != "à"):
            continue
        if not is_this:
            above = _ABOVE.search(folded, max(0, at - _PLURAL_REACH), at)
            if above is None and not _AFTER_ABOVE.match(folded, word.end()):
                continue
            at = above.start() if above else at
        start = type_before(folded, at)
        if start is not None and not _PLURAL.search(folded, max(0, start - _PLURAL_REACH), start):
            yield start, word.end(), " ".join(folded[start:at].split()), is_this
    for theo in _BARE.finditer(folded):
        kind = _bare_types().match(folded, theo.end()) if text[theo.end()].isupper() else None
        if kind is not None and _AFTER_BARE.match(folded, kind.end()):
            yield kind.start(), kind.end(), " ".join(kind[0].split()), None


@cache
def _bare_types() -> re.Pattern[str]:
    return re.compile(rf"(?:{spaced(tuple(instruments.type_by_word()))})(?![a-z0-9])")
