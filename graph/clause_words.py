"""The words by which the clauses of a sentence are told: graph/data/actions.toml as patterns, all for small letters."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.tables import rows
from graph import instruments
from graph.wording import WordList, spaced

Role = Literal["issue", "act", "carry", "report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A row of graph/data/actions.toml, whose head explains the fields."""

    name: str
    role: Role
    also: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    rejects: tuple[str, ...] = ()


@cache
def verbs() -> tuple[Verb, ...]:
    """All verbs of the table."""
    return rows("graph", "actions", "verb", Verb)


@cache
def lists() -> dict[str, WordList]:
    """Name → list of words of the table."""
    return {row.name: row for row in rows("graph", "actions", "list", WordList)}


@cache
def roles() -> dict[str, Role]:
    """The role of each verb, in small letters."""
    return {word.lower(): verb.role for verb in verbs() for word in (verb.name, *verb.also)}


def _any(name: str) -> str:
    return spaced(tuple(word.lower() for word in lists()[name].words))


def _whole(words: Iterable[str]) -> str:
    """The source of a pattern that finds whole words (small letters); it begins with letters, so a search is fast."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0].lower(), []).append(word[1:].lower())
    found = (f"{letter}(?<!\\w{letter})(?:{spaced(tuple(rest))})" for letter, rest in by_letter.items())
    return f"(?:{'|'.join(found)})(?!\\w)"


# All patterns are for small letters.
_KEEP = r"(?!\w)"
_NUMBER = r"\d[\d/.]*%?"


@cache
def time_pattern() -> re.Pattern[str]:
    """Words of time that stand before who acts."""
    return re.compile(rf"(?:(?:{_any('time')}|{_NUMBER}|[ivx]+){_KEEP}\s*)+")


@cache
def head_pattern() -> re.Pattern[str]:
    """Who acts, how, and the verb, at the beginning of a part."""
    manner = rf"(?:{_any('adverb')}|{_any('intention')}){_KEEP}"
    return re.compile(
        rf"(?:(?P<subject>(?:{_NUMBER}\s+)?(?:(?P<body>{_any('body')})|{_any('people')}){_KEEP}"
        rf"(?:\s+(?!(?:{_any('no subject')}){_KEEP})[^\s,;:]+){{0,11}}?)\s+)?"
        rf"(?P<manner>(?:{manner}\s+)*)(?P<verb>(?:{spaced(tuple(roles()))}){_KEEP}"
        rf"|(?(subject)(?<=đã\s)(?!(?:{_any('no action')}){_KEEP})\w+|(?!)))"
    )


@cache
def begins(name: str) -> re.Pattern[str]:
    """One of a list of words, as a match asks for it."""
    return re.compile(rf"(?:{_any(name)}){_KEEP}")


@cache
def holds(name: str) -> re.Pattern[str]:
    """One of a list of words, as a search asks for it."""
    return re.compile(_whole(lists()[name].words))


@cache
def document_pattern() -> re.Pattern[str]:
    """A document with its number: type or code, and the first digit."""
    names = {word for row in instruments.types() for word in (row.name, *row.codes) if len(word) > 1}
    return re.compile(rf"{_whole(names)}\s*(?:số)?\s*:?\s*\d")


@cache
def item_pattern() -> re.Pattern[str]:
    """A document that begins a part: one more of a list."""
    return re.compile(rf"(?:(?:các|và)\s+)*{document_pattern().pattern}")


@cache
def issue_pattern() -> re.Pattern[str]:
    """A verb that makes a document, with the numbered document right behind it."""
    made = _whole(word for word, role in roles().items() if role == "issue")
    return re.compile(rf"{made}(?=\s+{item_pattern().pattern})")


@cache
def inner_pattern() -> re.Pattern[str]:
    """A subject that begins a clause though no comma stands before it: "… được quan tâm UBND xã đã ban hành …"."""
    verb = spaced(tuple(word for word, role in roles().items() if role in ("issue", "act")))
    free = "".join(rf"(?<!\b{word}\s)" for word in lists()["no beginning"].words)
    return re.compile(
        rf"{free}(?P<subject>{_whole(('UBND', 'Đảng ủy', 'Đảng uỷ', 'Ban Thường vụ'))}"
        rf"(?:\s+(?!(?:đã|ban)\s)[^\s,;:]+){{0,3}})\s+(?:đã\s+(?:{verb}){_KEEP}|{issue_pattern().pattern})"
    )


@cache
def counted_pattern() -> re.Pattern[str]:
    """What is counted: "02 lớp"."""
    return re.compile(rf"\d(?<!\w\d)[\d/.]*%?\s+(?:{_any('counted')}){_KEEP}")
