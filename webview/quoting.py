"""A sentence as evidence: with the citation marked, and cut where it is long."""

from dataclasses import dataclass

from webview.ego import plain_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence in three parts; `cited` is empty where the sentence does not hold what was looked for."""

    before: str
    cited: str
    after: str


def quote(sentence: str, cited: str, around: int) -> Quote:
    """`sentence` with at most `around` characters on each side of `cited`, cut at blanks; cuts are marked with "…".

    Without `cited` in it a sentence keeps its first 3 × `around` characters.

    >>> quote("UBND xã thực hiện Kế hoạch số 4 của UBND huyện.", "Kế hoạch số 4", 12)
    Quote(before='…thực hiện ', cited='Kế hoạch số 4', after=' của UBND…')
    """
    whole = plain_text(sentence)
    text = plain_text(cited)
    before, found, after = whole.partition(text) if text else (whole, "", "")
    if not found:
        return Quote(before=_first(whole, 3 * around), cited="", after="")
    start = before if len(before) <= around else "…" + before[-around:].partition(" ")[2]
    return Quote(before=start, cited=text, after=_first(after, around))


def _first(text: str, count: int) -> str:
    return text if len(text) <= count else text[:count].rpartition(" ")[0] + "…"
