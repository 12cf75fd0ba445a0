"""Instruments named without a number, found in a text beside those that are cited by number."""

import re
from collections.abc import Sequence
from dataclasses import replace
from heapq import merge

from corpus.folding import fold
from graph import instruments
from graph.grammar import Surface
from graph.laws import constitution_like, find_constitutions, find_laws, laws_like
from graph.named import NamedSurface
from graph.nicknames import find_nicknames
from graph.resolutions import find_resolutions, resolution_like


def find_names(text: str, folded: str, numbered: Sequence[Surface]) -> list[Surface]:
    """`numbered` with the named instruments among them, in the order of the text.

    A name that leads to its own number ("Luật Đất đai số 31/2024/QH15") makes that citation longer instead.
    """
    taken = iter([*numbered, None])
    following = next(taken)
    found: list[Surface] = []
    sources = (
        *(find_laws(text, folded), find_constitutions(text, folded), find_resolutions(text, folded)),
        find_nicknames(folded, numbered),
    )
    for named in merge(*sources, key=_start_of):
        while following is not None and following.start < named.start:
            found.append(following)
            following = next(taken)
        if found and named.start < found[-1].end:
            continue
        if following is not None and _leads_to(folded, named, following):
            following = replace(following, start=named.start, type=named.type, says_type=True)
        elif following is None or named.end <= following.start:
            found.append(named)
    while following is not None:
        found.append(following)
        following = next(taken)
    return found


_LEADS_TO = re.compile(r"\s*(?:nam\s+\d{4}\s*)?(?:,\s*)?(?:\(\s*(?:luat\s+)?)?(?:so\s*:?\s*)?")


def _leads_to(folded: str, named: Surface, numbered: Surface) -> bool:
    is_law = numbered.core.style == "law" or numbered.core.groups[:1] == ("PL",)
    return (
        is_law
        and named.end <= numbered.core.start
        and _LEADS_TO.fullmatch(folded, named.end, numbered.core.start) is not None
    )


def _start_of(surface: NamedSurface) -> int:
    return surface.start


def type_of_name(name: str) -> str:
    """The type with which a name begins: "Bộ luật", "Luật", "Hiến pháp"; of a draft that of what it drafts."""
    kind = instruments.type_opening(fold(name).removeprefix("du thao "))
    return kind.name if kind else "Luật"


def named_like(reference: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded names and the numbers that a reference by name ("luat dat dai") can mean; empty for any other."""
    reference = " ".join(reference.split())
    folded = fold(reference)
    names, numbers = laws_like(reference, folded)
    if names or (names := constitution_like(folded)):
        return names, numbers
    return resolution_like(reference, folded)
