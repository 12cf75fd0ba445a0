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
from graph.model import Anaphor, Citation, Cited
from graph.wording import alternatives, spaced

# Patterns that begin with letters are found as fast as they are.
_POINTING = (re.compile(r"nay(?![a-z0-9])"), re.compile(r"tren(?![a-z0-9])"))
_ABOVE = re.compile(r"(?:neu|noi)\s+\Z")
# "trên" points back only where nothing follows that it could stand on ("trên địa bàn").
_AFTER_ABOVE = re.compile(rf"\s*(?:$|[.,;:)”\"]|\n\s*\n|(?:{alternatives('after pointing')})\b)")
_PLURAL = re.compile(r"(?:cac|nhung|mot\s+so|moi)\s+\Z")
_PLURAL_REACH = 8
_BARE = re.compile(r"theo\s+(?=[a-z])")
_AFTER_BARE = re.compile(r"\s*(?:$|[.,;:)])")
# The steps are an order, not measured probabilities.
THIS, BARE = 0.6, 0.5


def find_anaphora(
    report: Report, folded: str, citations: Sequence[Citation], cited: Sequence[Cited]
) -> Iterator[Anaphor]:
    """The words that point to a document which the text cites before them, or to the document itself, in order."""
    sentences = Sentences(report.text)
    before = _Before(citations, cited)
    own_kind = fold(report.header.type or "")
    own = next((n for n, c in enumerate(cited) if c.own), None)
    for start, end, kind, is_this in sorted(_pointing(report.text, folded)):
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
    """Which documents of a type a text cites before a place."""

    def __init__(self, citations: Sequence[Citation], cited: Sequence[Cited]) -> None:
        self._of: dict[str, list[tuple[int, int]]] = {}
        for citation in citations:
            kind = fold(cited[citation.cited].instrument.type or "")
            self._of.setdefault(kind, []).append((citation.start, citation.cited))

    def nearest(self, kind: str, at: int) -> int | None:
        """The last one that is cited before `at`."""
        of = self._of.get(kind, [])
        i = bisect_left(of, (at, 0))
        return of[i - 1][1] if i else None

    def only(self, kind: str, at: int) -> int | None:
        """The one document that is cited before `at`; None where there are several."""
        of = self._of.get(kind, [])
        known = {n for _, n in of[: bisect_left(of, (at, 0))][-_MANY:]}
        return known.pop() if len(known) == 1 else None


_MANY = 100


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
