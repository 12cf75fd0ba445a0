"""The tables of places and bodies, row by row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.folding import fold
from corpus.model import Level
from corpus.tables import rows


def folded_words(name: str) -> str:
    """The folded words of a name, without its points and hyphens: "Bộ KH&ĐT" → "bo kh dt"."""
    return " ".join(re.findall(r"\w+", fold(name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of place ("xã") with its level, short forms, and the examples that prove the row."""

    name: str
    level: Level
    short: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A place of the first level; `since` is the first year in which a city is one."""

    name: str
    kind: str
    since: int = 0
    also: tuple[str, ...] = ()


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of places, as the table has them."""
    return rows("corpus", "units", "kind", Kind)


@cache
def provinces() -> tuple[Province, ...]:
    """The places of the first level, those until 30/6/2025 and those since."""
    return rows("corpus", "units", "province", Province)


@cache
def provinces_by_name() -> dict[str, Province]:
    """The places of the first level by the folded words of their names."""
    return {folded_words(name): p for p in provinces() for name in (p.name, *p.also)}


@cache
def kinds_by_name() -> dict[str, Kind]:
    """The kinds of places by their folded names and short forms."""
    return {fold(name): kind for kind in kinds() for name in (kind.name, *kind.short)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that issues documents: a row of `bodies.toml`, whose head explains the fields."""

    name: str
    level: Literal["central", "province", "district", "commune", "local"]
    kind: Literal["state", "party", "front", "organisation", "committee"]
    short: tuple[str, ...] = ()
    of: tuple[Level, ...] = ()
    seat: str = ""
    head: bool = False
    part: bool = False
    not_before: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    rejects: tuple[str, ...] = ()


@cache
def bodies() -> tuple[Body, ...]:
    """The bodies that the table knows."""
    return rows("corpus", "bodies", "body", Body)


@cache
def bodies_by_name() -> dict[str, Body]:
    """The bodies by the folded words of their names and short forms."""
    return {folded_words(name): body for body in bodies() for name in (body.name, *body.short)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A row that is a name and its examples: a post of those who sign, a verb with which a body speaks."""

    name: str
    short: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


@cache
def posts() -> tuple[Word, ...]:
    """The posts of those who sign."""
    return rows("corpus", "bodies", "post", Word)


@cache
def verbs() -> tuple[Word, ...]:
    """The verbs with which a document says whose it is."""
    return rows("corpus", "bodies", "verb", Word)


def alternatives(names: Iterable[str]) -> str:
    """The source of a regular expression for any of `names`, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def spelled() -> list[str]:
    """All spellings of the places of the first level."""
    return [name for p in provinces() for name in (p.name, *p.also)]


def aliases() -> list[str]:
    """Names that hold their kind in themselves ("TP.HCM")."""
    return [name for name in spelled() if name.endswith("HCM")]
