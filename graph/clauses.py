"""The clauses of a sentence: what leads to its main clause, what was done, what is a task, a wish or a report.

A sentence is cut at its commas, semicolons and colons; each part is told by the words it begins with (who acts, how,
the verb).  Words in quotes and brackets are no part of a clause.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from corpus.model import Span
from graph.clause_words import (
    Role,
    begins,
    counted_pattern,
    document_pattern,
    head_pattern,
    holds,
    inner_pattern,
    issue_pattern,
    item_pattern,
    roles,
    time_pattern,
)

Kind = Literal["lead", "act", "stop", "other", "time", "who", "item"]
"""What a part is: "lead" leads to the main clause, "act" tells of a deed, "stop" of a task, a wish or the report
itself, "item" is a document of a list; "time" and "who" belong to the part behind them."""
_ENCLOSED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|\([^()]*\)")
_PREFIX = re.compile(r"(?:[…\s+*•·–-]|[¹²³⁴⁵⁶⁷⁸⁹⁰]|\[\d+\]|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[ivx]+[.)]\s)*")
_MARK = re.compile(r"[,;:](?!\d)\s*")
# A count that far behind the beginning of a part is of something else.
_NEAR = 30
_AS_FOLLOWS = re.compile(r"như sau[\s:.]*$")
_DONE = re.compile(r"đã(?<!\wđã)(?!\w)")
_SEVERAL = re.compile(r"(?:các|tất cả|cấp)\s")
_THEREBY = re.compile(
    r"(?:theo đó|từ đó|qua đó|phấn đấu|(?:đề|kiến) nghị(?! của| \w+ ánh|$|\s*[,;.])|dự kiến|sẽ)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence between two marks; `mark` is the one before it, "" at the beginning."""

    start: int
    end: int
    mark: str
    kind: Kind
    role: Role | None = None
    subject: Span | None = None
    is_body: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: offsets, what it is, who acts, and where the documents of its list begin.

    `done`: the sentence itself says that it was done; `told`: it says so where the document tells of what was done.
    """

    start: int
    end: int
    mark: str
    kind: Kind
    subject: str | None = None
    done: bool = False
    told: bool = False
    items: tuple[int, ...] = ()


@lru_cache(maxsize=1 << 12)
def clauses_of(sentence: str) -> tuple[Clause, ...]:
    """The clauses of `sentence` (NFC) in order; they cover it but for the marks and numbers it begins with."""
    masked = _ENCLOSED.sub(lambda m: "·" * len(m[0]), _small(sentence))
    made: list[Clause] = []
    for parts in _grouped(masked, list(_parts(masked))):
        made.append(_clause(sentence, masked, parts, made[-1] if made else None))
    return tuple(made)


def _small(text: str) -> str:
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower()[0] for c in text)


def _parts(masked: str) -> Iterator[Part]:
    prefix = _PREFIX.match(masked)
    start, mark = prefix.end() if prefix else 0, ""
    for cut in _MARK.finditer(masked, start):
        yield from _read(masked, start, cut.start(), mark)
        start, mark = cut.end(), cut[0][0]
    yield from _read(masked, start, len(masked), mark)


def _read(masked: str, start: int, end: int, mark: str) -> Iterator[Part]:
    """The part between two offsets; two where a subject begins a clause without a mark before it."""
    if start >= end:
        return
    part = _told(masked, start, end, mark)
    may_hold = part.kind in ("lead", "other", "item") and any(
        masked.find(word, start, end) > 0 for word in (" đã ", " ban hành ")
    )
    inner = inner_pattern().search(masked, start, end) if may_hold else None
    if inner is None:
        yield part
        return
    yield replace(part, end=inner.start())
    yield Part(inner.start(), end, " ", "act", "act", Span(*inner.span("subject")), is_body=True, done=True)


def _told(masked: str, start: int, end: int, mark: str) -> Part:
    if item_pattern().match(masked, start, end):
        return Part(start, end, mark, "item")
    time = time_pattern().match(masked, start, end)
    at = time.end() if time else start
    if at >= end:
        return Part(start, end, mark, "time")
    head = head_pattern().match(masked, at, end)
    if head is not None:
        return _verbal(masked, Span(start, end), mark, at, head)
    kind: Kind = "other"
    if begins("opening").match(masked, at, end):
        kind = "lead"
    elif begins("intention").match(masked, at, end):
        kind = "stop"
    elif (issue := issue_pattern().search(masked, at, end)) and not holds("no deed").search(masked, at, issue.start()):
        return Part(start, end, mark, "act", "issue", done=True)
    elif _is_someone(masked, at, end) and not holds("no subject").search(masked, at, end):
        kind = "stop" if holds("intention").search(masked, at, end) else "who"
    return Part(start, end, mark, kind)


def _is_someone(masked: str, start: int, end: int) -> bool:
    return any(begins(name).match(masked, start, end) for name in ("body", "people"))


def _verbal(masked: str, part: Span, mark: str, at: int, head: re.Match[str]) -> Part:
    """A part that begins with a verb, or with who acts and a verb; its words of time end at `at`."""
    start, end = part.start, part.end
    verb = " ".join(head["verb"].lower().split())
    role, subject = roles().get(verb, "act"), Span(*head.span("subject")) if head["subject"] else None
    done = _DONE.search(head["manner"]) is not None or verb.startswith("đã ")
    made = Part(start, end, mark, "act", role, subject, head["body"] is not None, done)
    if not done and role == "carry" and subject is None:
        return replace(made, kind="lead")
    if role == "report":
        return replace(made, kind="stop")
    is_past = holds("past").search(masked, max(0, start - _NEAR), at) is not None
    if not done and not is_past and holds("intention").search(head["manner"]):
        return replace(made, kind="stop")
    if role == "issue" and verb.endswith("có") and not _is_issue(masked, made):
        return replace(made, kind="other")
    return made


def _grouped(masked: str, parts: list[Part]) -> Iterator[list[Part]]:
    """The parts of each clause: what begins none goes on the clause before it; times and names wait for theirs."""
    group: list[Part] = []
    waiting: list[Part] = []
    for part in parts:
        if part.kind == "time" or (
            part.kind == "who" and (part.mark != "," or waiting or _SEVERAL.match(masked, part.start))
        ):
            waiting.append(part)
            continue
        if group and not _opens(masked, part, group):
            group += [*waiting, part]
        else:
            if group:
                yield group
            group = [*waiting, part]
        waiting = []
    if group or waiting:
        yield [*group, *waiting]


def _opens(masked: str, part: Part, group: list[Part]) -> bool:
    """Does a part begin a clause, where `group` is the clause before it?

    Behind a comma a body may be one of those that another acts with, a common noun the end of a list.
    """
    if part.kind == "item":
        return False
    if part.mark == "," and _THEREBY.match(masked, part.start):
        return True
    if part.kind == "other":
        return part.mark == ";"
    if part.mark != ",":
        return True
    if part.kind == "act":
        head = next((p.kind for p in group if p.kind not in ("time", "who")), "other")
        is_new = part.is_body and head in ("lead", "other")
        return is_new or part.done or _is_issue(masked, part) or _counts(masked, part)
    return part.kind == "stop" and part.subject is not None


def _is_issue(masked: str, part: Part) -> bool:
    found = issue_pattern().search(masked, part.start, part.end)
    return part.role == "issue" and found is not None


def _counts(masked: str, part: Part) -> bool:
    """Is what was done counted right behind the verb: "mở 02 lớp"?"""
    return counted_pattern().search(masked, part.start, min(part.end, part.start + _NEAR)) is not None


def _clause(sentence: str, masked: str, parts: list[Part], before: Clause | None) -> Clause:
    head = next((p for p in parts if p.kind not in ("time", "who")), parts[0])
    start, end = parts[0].start, parts[-1].end
    if head.kind != "act":
        return Clause(start, end, parts[0].mark, head.kind)
    origin = before if head.subject is None and before is not None and before.kind == "act" else None
    is_future = not head.done and holds("future").search(masked, start, end) is not None
    announces = head.role == "issue" and _AS_FOLLOWS.search(masked, start, end) is not None
    done = head.done or _is_issue(masked, head) or announces or (origin is not None and origin.done)
    told = done or head.subject is not None or (origin is not None and origin.told)
    counted = counted_pattern().search(masked, start, end) is not None
    return Clause(
        start,
        end,
        parts[0].mark,
        "act",
        subject=origin.subject if origin else _who(sentence, parts, head),
        done=done and not is_future,
        told=(told or counted) and not is_future,
        items=_items(masked, parts),
    )


def _who(sentence: str, parts: list[Part], head: Part) -> str | None:
    """The name of who acts, with those named before it: "Các cấp ủy, chính quyền đã …"."""
    if head.subject is None:
        return None
    first = next((p.start for p in parts if p.kind == "who" and p.start < head.start), head.subject.start)
    time = time_pattern().match(_small(sentence), first)
    return sentence[time.end() if time else first : head.subject.end]


def _items(masked: str, parts: list[Part]) -> tuple[int, ...]:
    """Where the documents of a list begin; nothing where there is no list."""
    further = [p.start for p in parts if p.kind == "item"]
    first = document_pattern().search(masked, parts[0].start, further[0]) if further else None
    return (first.start(), *further) if first else tuple(further)
