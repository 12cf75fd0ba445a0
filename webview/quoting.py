"""A sentence as evidence: with the citation marked, and cut where it is long."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webview.ego import plain_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence in three parts; `cited` is empty where the sentence does not hold what was looked for.

    `end` is the offset behind it in the sentence.
    """

    before: str
    cited: str
    after: str
    end: int


def quote(sentence: str, cited: str, around: int, *, behind: int = 0) -> Quote:
    """`sentence` with at most `around` characters on each side of `cited`, cut at blanks; cuts are marked with "…".

    It is the first `cited` at or behind the offset `behind`, else the first of all.  Without it a sentence keeps its
    first 3 × `around` characters.

    >>> quote("UBND xã thực hiện Kế hoạch số 4 của UBND huyện.", "Kế hoạch số 4", 12)
    Quote(before='…thực hiện ', cited='Kế hoạch số 4', after=' của UBND…', end=31)
    """
    whole = plain_text(sentence)
    text = plain_text(cited)
    at = whole.find(text, behind) if text else -1
    at = whole.find(text) if text and at < 0 else at
    if at < 0:
        return Quote(before=_first(whole, 3 * around), cited="", after="", end=0)
    before, end = whole[:at], at + len(text)
    start = before if len(before) <= around else "…" + before[-around:].partition(" ")[2]
    return Quote(before=start, cited=text, after=_first(whole[end:], around), end=end)


def quotes(cited: Iterable[tuple[str, str]], around: int) -> Iterator[Quote]:
    """A quote for each (sentence, what is cited), in their order: the second of two equal ones is the second there.

    >>> [part.before for part in quotes([("A theo B, B", "B")] * 2, 20)]
    ['A theo ', 'A theo B, ']
    """
    ends: dict[str, int] = {}
    for sentence, text in cited:
        part = quote(sentence, text, around, behind=ends.get(sentence, 0))
        ends[sentence] = part.end
        yield part


def _first(text: str, count: int) -> str:
    return text if len(text) <= count else text[:count].rpartition(" ")[0] + "…"
