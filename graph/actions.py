"""What a unit did because of what it cites: the main clause of the sentence, never its opening, a task or a wish."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import LEVELS, Level
from corpus.units import body_level
from graph.clauses import Clause, clauses_of

# The documents that tell of what was done; in all others (plans, directives, decisions) "UBND xã tổ chức …" is a task.
TELLING = frozenset(("Báo cáo",))
# A file that has lost its line breaks: what stands before the text is no part of its first sentence.
_LETTERHEAD = re.compile(r"(?i)độc\s+lập\s*[-–—]\s*tự\s+do")
_GOES_ON = re.compile(r"[\w/-]")
_ENDS = " \n,;:."
_AS_FOLLOWS = re.compile(r"\s*như sau[\s:.]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class MainClause:
    """What somebody did: `start`/`end` are offsets into the sentence, `text` its words.

    Of a list of documents `text` holds the one that is asked for ("UBND xã ban hành … Kế hoạch số 6/KH-UBND").
    `subject` is who acts, as it is printed, also where an earlier clause names it; None where the sentence does not.
    """

    text: str
    start: int
    end: int
    subject: str | None


def find_actions(
    sentence: str, citation: str, *, kind: str | None = None, level: Level | None = None
) -> tuple[MainClause, ...]:
    """What was done because of `citation`, words of `sentence`; nothing where the sentence does not say for certain.

    `kind` is the type of the citing document ("Báo cáo"): a plan tells of tasks, so in it only what "đã" or a number
    proves counts.  `level` is that of its unit: what a higher body did is no deed of the unit.

    >>> text = "Thực hiện Kết luận số 120-KL/TW, UBND xã đã ban hành Kế hoạch số 12/KH-UBND; mở 02 lớp tập huấn."
    >>> [action.text for action in find_actions(text, "Kết luận số 120-KL/TW")]
    ['UBND xã đã ban hành Kế hoạch số 12/KH-UBND', 'mở 02 lớp tập huấn']
    """
    at = -1 if _LETTERHEAD.search(sentence) else _place_of(citation, sentence)
    clauses = clauses_of(sentence)
    n = next((n for n, clause in enumerate(clauses) if clause.start <= at < clause.end), None)
    if n is None:
        return ()
    telling = kind in TELLING
    if clauses[n].kind == "lead" or _is_shown(clauses[n : n + 2]):
        return tuple(_action(sentence, c, None) for c in _main(clauses[n + 1 :], telling=telling, level=level))
    if _counts(clauses[n], telling=telling, level=level):
        return (_action(sentence, clauses[n], at),)
    return ()


def _place_of(citation: str, sentence: str) -> int:
    """Where a citation stands, not as the beginning of a longer number; -1 where it does not.

    A sentence is one line, a citation may have been broken over two.
    """
    words = " ".join(citation.split())
    at = sentence.find(words) if words else -1
    while at >= 0 and _GOES_ON.match(sentence, at + len(words)):
        at = sentence.find(words, at + 1)
    return at


def _counts(clause: Clause, *, telling: bool, level: Level | None) -> bool:
    if clause.kind != "act" or not (clause.told if telling else clause.done):
        return False
    of = body_level(clause.subject) if clause.subject else None
    return of != "central" and (of is None or level is None or LEVELS.index(of) >= LEVELS.index(level))


def _is_shown(clauses: tuple[Clause, ...]) -> bool:
    """Does a colon lead from a task to what was done: "… tiếp tục thực hiện …: đã mở 02 lớp"?"""
    return len(clauses) > 1 and clauses[0].kind == "stop" and clauses[1].mark == ":" and clauses[1].done


def _main(clauses: tuple[Clause, ...], *, telling: bool, level: Level | None) -> Iterator[Clause]:
    """The main clauses behind an opening: those of one run, the first of which has a subject or follows a comma."""
    found = False
    for clause in clauses:
        if clause.kind == "lead" and not found:
            continue
        if not _counts(clause, telling=telling, level=level) or (
            not found and clause.mark == ";" and not clause.subject
        ):
            return
        found = True
        yield clause


def _action(sentence: str, clause: Clause, at: int | None) -> MainClause:
    """`at`: where the citation stands that is asked for, None where the clause does not hold it."""
    text = _AS_FOLLOWS.sub("", sentence[clause.start : clause.end]).strip(_ENDS)
    if at is not None and clause.items and at >= clause.items[0]:
        n = sum(start <= at for start in clause.items)
        own = sentence[clause.items[n - 1] : (*clause.items, clause.end)[n]]
        lead = sentence[clause.start : clause.items[0]]
        text = (f"{lead.rstrip()} … {own}" if n > 1 else lead + own).strip(_ENDS)
    return MainClause(text=text, start=clause.start, end=clause.end, subject=clause.subject)
