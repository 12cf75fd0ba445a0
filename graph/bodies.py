"""The body that a text names beside an instrument: where its name begins and where it ends.

A name begins with a body of the table and goes on over capitals and words of place ("Ủy ban nhân dân thị xã
An Bình"); committees named by their task ("Ban Chỉ đạo thực hiện …") go on to the end of the clause.
"""

import re
from functools import cache

from corpus.folding import fold
from corpus.tables import read_table
from corpus.units import body_level
from graph import instruments
from graph.wording import Phrases, alternatives, spaced, word_lists

_WORD_END = r"(?!\w)"
_WORD = re.compile(r"\w+")
_COMMITTEE = re.compile(rf"(?:{alternatives('committee')}|hoi\s+dong(?!\s+nhan)){_WORD_END}")
_COMMITTEE_LETTERS = frozenset(fold(word)[0] for word in (*word_lists()["committee"].words, "hội đồng"))
# What ends a name is asked of the text with its accents: "thì" ends it, "thị" does not.
_STOP, _STOP_CAPITAL, _STOP_COMMITTEE = (
    Phrases(word_lists()[name].words, accents=True) for name in ("after body", "after body, capital", "after committee")
)
# In a body without any accent ("UBND tinh Son La ve") a stop has lost its own.
_PLAIN_STOP = frozenset(fold(word) for word in word_lists()["after body"].words if " " not in word) - {"thi", "so"}
_STEP = re.compile(r"(?:dieu|khoan|diem|muc|chuong|phu\s+luc)\s+\d")
_PLACE_WORD = Phrases(word_lists()["place word"].words)
_OFFICE = Phrases(word_lists()["office"].words)
_TOKEN = re.compile(r"\s*(?:-\s*)?([^\s,.;:()\"“”/]+(?:/[^\s,.;:()\"“”]+)?)")
_PLACE_KIND = re.compile(rf"(?:{alternatives('place kind')})$")
_NUMBERED_PLACE, _LONGEST_PLACE_NUMBER = re.compile(r"(?<![a-z])(?:quan|phuong)$"), 3
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
def _heads() -> dict[str, re.Pattern[str]]:
    """First word → pattern of the heads that begin with it."""
    names = {
        fold(n)
        for row in read_table("corpus", "bodies")["body"]
        for n in (row["name"], *row.get("short", ()))
        if len(n) > 1
    } | {fold(word) for word in word_lists()["body head"].words}
    by_word: dict[str, list[str]] = {}
    for name in names:
        by_word.setdefault(_first_word(name), []).append(name)
    return {word: re.compile(rf"(?:{spaced(tuple(of))}){_WORD_END}") for word, of in by_word.items()}


def _first_word(name: str) -> str:
    word = _WORD.match(name)
    return word[0] if word else name


def _head_end(folded: str, at: int, limit: int) -> int | None:
    """Where the head of a body's name ends that begins at `at`, the heads of the office before it included."""
    starts = [at]
    while (word := _WORD.match(folded, starts[-1], limit)) and (end := _OFFICE.end(folded, word.start(), word[0])):
        following = _WORD.search(folded, end, min(limit, end + _NEAR))
        if following is None or not folded[end : following.start()].isspace():
            break
        starts.append(following.start())
    for start in reversed(starts):
        word = _WORD.match(folded, start, limit)
        pattern = _heads().get(word[0]) if word else None
        head = pattern.match(folded, start, limit) if pattern else None
        if head is not None:
            return head.end()
    return None


def body_at(text: str, folded: str, at: int, limit: int) -> int | None:
    """Where the body whose name begins at `at` ends (at most `limit`), joint issuers included; None if none begins.

    "A, B và C" are joint; behind a last comma stands the subject of another clause, unless it is of the same level.
    """
    end = listed = _one_body(text, folded, at, limit)
    if end == limit and (whole := _head_end(folded, at, len(folded))) is not None and whole > end:
        return whole  # "của Ban ⏎⏎ Bí thư": a page break parts the name of a body that the table knows
    while end is not None and (mark := _JOINT.match(folded, end, limit)):
        second = _one_body(text, folded, mark.end(), limit)
        if second is None or _VERB.match(folded, second, limit) or _is_type(text, folded, mark.end()):
            break
        if "," in mark[0] and _COMMITTEE.match(folded, mark.end()):
            break  # its name, a task, cannot be told from a clause of which it is the subject
        if "," not in mark[0] or body_level(text[at:end]) == body_level(text[mark.end() : second]):
            listed = second
        end = second
    return listed


def is_subject(folded: str, end: int, limit: int) -> bool:
    """Does the body that ends at `end` do something: does a verb follow?"""
    return _VERB.match(folded, end, limit) is not None


def body_before(text: str, folded: str, floor: int, end: int) -> tuple[int, int] | None:
    """The body that is named right before `end` (the subject of a verb there), not before `floor`."""
    end = floor + len(folded[floor:end].rstrip())
    passed = 0
    for word in _WORD.finditer(folded, max(floor, end - _REACH), end):
        if word.start() < passed or (word.start() > floor and folded[word.start() - 1].isalnum()):
            continue
        head = _head_end(folded, word.start(), end)
        if head is not None and _one_body(text, folded, word.start(), end) == end:
            return word.start(), end
        passed = head or passed
    return None


def _one_body(text: str, folded: str, at: int, limit: int) -> int | None:
    end = _head_end(folded, at, limit)
    if end is None or _is_type(text, folded, at) or (end - at < _SHORT_HEAD and not _is_short(text[at:end])):
        return None
    task, small = _is_committee(folded, at), text[at].islower()
    for _ in range(_MAX_TOKENS):
        token = _TOKEN.match(folded, end, limit)
        if token is None:
            break
        goes_on = _in_task(text, folded, token) if task else _in_name(text, folded, token, at, end)
        if not goes_on and not (small and not task and _small_name(text, folded, token, end)):
            break
        end = token.end()
    while (last := _LOOSE_END.search(folded, at, end)) is not None:
        end = last.start()
    return end


def _is_committee(folded: str, at: int) -> bool:
    return folded[at] in _COMMITTEE_LETTERS and _COMMITTEE.match(folded, at) is not None


def _is_short(head: str) -> bool:
    """A head of one syllable is asked with its accents and a capital: "Phòng", "Sở"; not "Phong Lộc", "cơ sở"."""
    return head[0].isupper() and (head.isupper() or head.lower() in _SHORT_WORDS)


def _in_task(text: str, folded: str, token: re.Match[str]) -> bool:
    """Does the name of a committee, which is its task, go on?  Only a numbered document ends it."""
    start, end = token.span(1)
    return not _STOP_COMMITTEE.end(text, start, text[start:end]) and _numbered().match(folded, start) is None


def _in_name(text: str, folded: str, token: re.Match[str], at: int, end: int) -> bool:
    """Does a name go on: a capital, a word of place, or the second syllable after a capital ("Tỉnh ủy", "Nội vụ")?"""
    start, word = token.start(1), token[1]
    capital = text[start].isupper()
    stop = _STOP_CAPITAL if capital else _STOP
    if (
        stop.end(text, start, text[start : token.end(1)])
        or _STEP.match(folded, start)
        or (word in _PLAIN_STOP and text[at:start].isascii())
    ) or (_is_type(text, folded, start) and not _FIELD_BEFORE.search(folded, max(0, end - _NEAR), end)):
        return False
    if word == "va":
        follows = _TOKEN.match(folded, token.end())
        if follows is None or not text[follows.start(1)].isupper() or _STEP.match(folded, follows.start(1)):
            return False
        return not _is_type(text, folded, follows.start(1))
    if capital or _PLACE_WORD.end(folded, start, word):
        return True
    if word.isdigit():  # "UBND quận 5"
        return (
            len(word) < _LONGEST_PLACE_NUMBER and _NUMBERED_PLACE.search(folded, max(0, end - _NEAR), end) is not None
        )
    last_word = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end)) + 1
    return text[last_word].isupper()


def _small_name(text: str, folded: str, token: re.Match[str], end: int) -> bool:
    """In a text that prints bodies small ("ubnd tỉnh gia …"): does the name of a place begin here?"""
    named = _PLACE_KIND.search(folded, max(0, end - _NEAR), end) is not None
    return named and not _STOP.end(text, token.start(1), text[token.start(1) : token.end(1)])


def _is_type(text: str, folded: str, at: int) -> bool:
    word = _WORD.match(folded, at)
    if word is None:
        return False
    if word[0] in instruments.types_by_code() and _NUMBER_AFTER.match(folded, word.end()):
        return instruments.may_be_code(text[at : word.end()])
    end = _types().end(folded, at, word[0])
    return end > 0 and instruments.may_be_type(text[at:end])


# A type code used as a word before a number: "và QĐ số 5", "NQ 18".
_NUMBER_AFTER = re.compile(r"\s+(?:so\b|\d)")


@cache
def _types() -> Phrases:
    return Phrases(instruments.type_by_word())


@cache
def _numbered() -> re.Pattern[str]:
    types = spaced(tuple(instruments.type_by_word()))
    return re.compile(rf"(?:va\s+)?(?:cac\s+)?(?:{types}){_WORD_END}\s*(?:so\b|\d)")
