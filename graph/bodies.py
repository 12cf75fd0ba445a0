"""The body that a text names beside an instrument: where its name begins and where it ends.

A name begins with a body of the table and goes on over capitals and words of place ("Ủy ban nhân dân thị xã
An Bình"); committees named by their task ("Ban Chỉ đạo thực hiện …") go on to the end of the clause.
"""

import re
from functools import cache

from corpus.folding import fold
from corpus.tables import read_table
from graph import instruments
from graph.wording import alternatives, spaced, word_lists

_WORD_END = r"(?!\w)"
_COMMITTEE = re.compile(rf"(?:{alternatives('committee')}|hoi\s+dong(?!\s+nhan)){_WORD_END}")
# What ends a name is asked of the text with its accents: "thì" ends it, "thị" does not.
_STOP = re.compile(rf"(?:{alternatives('after body')}){_WORD_END}")
_STOP_CAPITAL = re.compile(rf"(?:{alternatives('after body, capital')}){_WORD_END}", re.IGNORECASE)
_STOP_COMMITTEE = re.compile(rf"(?:{alternatives('after committee')}){_WORD_END}", re.IGNORECASE)
_PLACE_WORD = re.compile(rf"(?:{alternatives('place word')}){_WORD_END}")
_TOKEN = re.compile(r"\s*(?:-\s*)?([^\s,.;:()\"“”/]+(?:/[^\s,.;:()\"“”]+)?)")
_PLACE_KIND = re.compile(rf"(?:{alternatives('place kind')})$")
_VERB = re.compile(rf"\s*(?:,\s*)?(?:{alternatives('verb')})\b")
_JOINT = re.compile(r"\s*(?:,|-|va\b|cung\b)\s*")
_LOOSE_END = re.compile(r"\s(?:va|cua|cac|-)$")
# "Sở Kế hoạch và Đầu tư", "Phòng Tài chính - Kế hoạch": there the word is a field of work, no document.
_FIELD_BEFORE = re.compile(r"(?<!\w)(?:so|bo|phong|ban|-)\s*$")
_SHORT_HEAD = 6
_NEAR = 16
_SHORT_WORDS = frozenset(word for word in word_lists()["body head"].words if " " not in word)
_REACH = 160
_MAX_TOKENS = 14


@cache
def _head() -> re.Pattern[str]:
    names = {
        fold(n)
        for row in read_table("corpus", "bodies")["body"]
        for n in (row["name"], *row.get("short", ()))
        if len(n) > 1
    }
    heads = f"{spaced(tuple(names))}|{alternatives('body head')}"
    return re.compile(rf"(?:(?:{alternatives('office')})\s+)*(?:{heads}){_WORD_END}")


def body_at(text: str, folded: str, at: int, limit: int) -> int | None:
    """Where the body whose name begins at `at` ends (at most `limit`), joint issuers included; None if none begins."""
    end = _one_body(text, folded, at, limit)
    while end is not None and (joint := _JOINT.match(folded, end, limit)):
        second = _one_body(text, folded, joint.end(), limit)
        if second is None or _VERB.match(folded, second, limit) or _is_type(folded, joint.end()):
            break
        if "," in joint[0] and _COMMITTEE.match(folded, joint.end()):
            break  # its name, a task, cannot be told from a clause of which it is the subject
        end = second
    return end


def body_before(text: str, folded: str, floor: int, end: int) -> tuple[int, int] | None:
    """The body that is named right before `end` (the subject of a verb there), not before `floor`."""
    end = floor + len(folded[floor:end].rstrip())
    for match in _head().finditer(folded, max(floor, end - _REACH), end):
        if match.start() > floor and folded[match.start() - 1].isalnum():
            continue
        if _one_body(text, folded, match.start(), end) == end:
            return match.start(), end
    return None


def _one_body(text: str, folded: str, at: int, limit: int) -> int | None:
    head = _head().match(folded, at, limit)
    if head is None or _is_type(folded, at) or (head.end() - at < _SHORT_HEAD and not _is_short(text[at : head.end()])):
        return None
    task, small = _COMMITTEE.match(folded, at) is not None, text[at].islower()
    end = head.end()
    for _ in range(_MAX_TOKENS):
        token = _TOKEN.match(folded, end, limit)
        if token is None:
            break
        goes_on = _in_task(text, folded, token) if task else _in_name(text, folded, token, end)
        if not goes_on and not (small and not task and _small_name(text, folded, token, end)):
            break
        end = token.end()
    while (last := _LOOSE_END.search(folded, at, end)) is not None:
        end = last.start()
    return end


def _is_short(head: str) -> bool:
    """A head of one syllable is asked with its accents and a capital: "Phòng", "Sở"; not "Phong Lộc", "cơ sở"."""
    return head[0].isupper() and (head.isupper() or head.lower() in _SHORT_WORDS)


def _in_task(text: str, folded: str, token: re.Match[str]) -> bool:
    """Does the name of a committee, which is its task, go on?  Only a numbered document ends it."""
    start = token.start(1)
    return _STOP_COMMITTEE.match(text, start) is None and _numbered().match(folded, start) is None


def _in_name(text: str, folded: str, token: re.Match[str], end: int) -> bool:
    """Does a name go on: a capital, a word of place, or the second syllable after a capital ("Tỉnh ủy", "Nội vụ")?"""
    start, word = token.start(1), token[1]
    stop = _STOP_CAPITAL if text[start].isupper() else _STOP
    if stop.match(text, start) or (
        _is_type(folded, start) and not _FIELD_BEFORE.search(folded, max(0, end - _NEAR), end)
    ):
        return False
    if word == "va":
        follows = _TOKEN.match(folded, token.end())
        return follows is not None and text[follows.start(1)].isupper() and not _is_type(folded, follows.start(1))
    if text[start].isupper() or _PLACE_WORD.match(folded, start):
        return True
    last_word = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end)) + 1
    return text[last_word].isupper()


def _small_name(text: str, folded: str, token: re.Match[str], end: int) -> bool:
    """In a text that prints bodies small ("ubnd tỉnh gia …"): does the name of a place begin here?"""
    named = _PLACE_KIND.search(folded, max(0, end - _NEAR), end) is not None
    return named and _STOP.match(text, token.start(1)) is None


def _is_type(folded: str, at: int) -> bool:
    return _type_word().match(folded, at) is not None or _numbered_code().match(folded, at) is not None


@cache
def _numbered_code() -> re.Pattern[str]:
    """A type code used as a word before a number: "và QĐ số 5", "NQ 18"."""
    codes = spaced(tuple(code for code in instruments.types_by_code() if len(code) > 1))
    return re.compile(rf"(?:{codes})\s+(?:so\b|\d)")


@cache
def _type_word() -> re.Pattern[str]:
    return re.compile(rf"(?:{spaced(tuple(instruments.type_by_word()))}){_WORD_END}")


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"(?:va\s+)?(?:cac\s+)?{_type_word().pattern}\s*(?:so\b|\d)")
