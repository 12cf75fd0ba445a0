"""Names that a text itself gives to what it cites: "… (sau đây gọi tắt là Đề án 06)", and the title alone."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from graph import instruments
from graph.grammar import Surface
from graph.named import DECLARED, NICKNAME, TITLE, NamedSurface, named_surface
from graph.wording import alternatives, spaced

# A pattern that begins with letters is found as fast as they are.
_DECLARED = (re.compile(r"tat\s+la(?![a-z])"), re.compile(r"sau\s+day\s+goi\s+la(?![a-z])"))
# What is declared: to the end of the bracket or clause, in quotes or not.
_SHORT_NAME = re.compile(r"\s*:?\s*[“\"]?(?P<name>[^()“”\",.;:\n]{2,60}?)\s*(?:[”\"),.;:\n]|$)")
# Between a citation and the declaration stands its title at most: the longest of the annotated reports has 200
# characters, date and issuer half as much.
_REACH = 400
_TITLED = re.compile(
    rf"(?:phe\s+duyet|ban\s+hanh)\s+[“\"]?(?P<name>(?:{alternatives('titled type')})\s+[^.;:()”\"\n]{{6,200}})"
)
_TYPE = re.compile(rf"(?:{spaced(tuple(instruments.type_by_word()))})(?![a-z0-9])\s*")
_SENTENCE_END = re.compile(r"\n\s*\n|\.\s")
_PHRASE_END = re.compile(rf"\s*(?:$|[.,;:()”\"]|\n|(?:{alternatives('after pointing')})(?![a-z]))")
_WORD = re.compile(r"\s+([^\s,.;:()]+)")
# Each name is looked for in all the text; no report declares more, and the bound keeps the time linear.
_MOST_NAMES = 100
# So many syllables after the type word tell one title from another.
_FEWEST, _MOST = 2, 4


def with_aliases(text: str, folded: str, surfaces: list[Surface]) -> list[Surface]:
    """`surfaces` with the places, in order, at which a text means one of them by a name that it gives itself."""
    names: dict[str, list[_Given]] = {}
    for given in sorted((*_declared(folded, surfaces), *_titled(text, folded, surfaces)), key=lambda g: g.at):
        names.setdefault(given.name, []).append(given)
    found = [alias for same in islice(names.values(), _MOST_NAMES) for alias in _places(text, folded, same)]
    if not found:
        return surfaces
    at = {alias.start for alias in found}
    surfaces = [s for s in surfaces if s.start not in at or not _is_unsure(s)]
    taken = [(s.start, s.end) for s in surfaces]
    aliases: list[NamedSurface] = []
    for alias in sorted(found, key=lambda a: (a.start, -a.end)):
        if not _is_taken(taken, alias.start, alias.end) and not (aliases and aliases[-1].end > alias.start):
            aliases.append(alias)
    return sorted([*surfaces, *aliases], key=lambda s: s.start)


def _is_unsure(surface: Surface) -> bool:
    """Is it a name of which no more is known than what a nickname or a few capitals tell?"""
    return isinstance(surface, NamedSurface) and (surface.sure <= NICKNAME or not surface.rows)


def _is_taken(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (end, 0))
    return at > 0 and taken[at - 1][1] > start


class _Given(NamedTuple):
    """A folded name that holds for `target` from `at` on; `further` words may follow it; `sure`: how certain it is."""

    target: Surface
    name: str
    at: int
    sure: float
    further: tuple[str, ...] = ()


def _declared(folded: str, surfaces: Sequence[Surface]) -> Iterator[_Given]:
    """The short names that are declared."""
    starts = [s.start for s in surfaces]
    for words in (match for pattern in _DECLARED for match in pattern.finditer(folded)):
        short = _SHORT_NAME.match(folded, words.end())
        before = bisect_left(starts, words.start()) - 1
        if short is None or before < 0 or words.start() - surfaces[before].end > _REACH:
            continue
        if not _names_document(short["name"]):
            continue
        if not _SENTENCE_END.search(folded, surfaces[before].end, words.start()):
            yield _Given(surfaces[before], short["name"], short.start("name"), DECLARED)


def _names_document(name: str) -> bool:
    """Is it a type and more ("Đề án 06")?  "Kế hoạch" alone may be any, and "UBND tỉnh" is a body."""
    kind = _TYPE.match(name)
    return kind is not None and kind.end() < len(name)


def _titled(text: str, folded: str, surfaces: Sequence[Surface]) -> Iterator[_Given]:
    """What a numbered document approves: "Quyết định số 5/QĐ-UBND … phê duyệt Đề án Trồng rừng"."""
    for i, surface in enumerate(surfaces):
        if isinstance(surface, NamedSurface) or not surface.core.groups:
            continue
        limit = surfaces[i + 1].start if i + 1 < len(surfaces) else len(folded)
        titled = _TITLED.search(folded, surface.end, min(limit, surface.end + _REACH))
        if titled is None or _SENTENCE_END.search(folded, surface.end, titled.start()):
            continue
        words = titled["name"].split()
        kind = next(k for k in range(len(words), 0, -1) if " ".join(words[:k]) in instruments.type_by_word() or k == 1)
        name = " ".join(words[: kind + _MOST])
        printed = text[titled.start("name") : titled.end("name")].split()
        if len(words) - kind >= _FEWEST and printed[kind][:1].isupper():
            yield _Given(surface, name, titled.end("name"), TITLE, tuple(words[kind + _MOST :]))


def _places(text: str, folded: str, same: Sequence[_Given]) -> Iterator[NamedSurface]:
    """Where a name stands as whole words, printed with a capital; each time it means the last that was given it.

    A title is cut to its first words; behind them stands the rest of it, or the end of a phrase.
    """
    starts = [given.at for given in same]
    pattern = re.compile(rf"{spaced((same[0].name,))}(?![a-z0-9])")
    for match in pattern.finditer(folded, starts[0]):
        start, end = match.span()
        if folded[start - 1 : start].isalnum() or not any(c.isupper() for c in text[start:end]):
            continue
        given = same[bisect_right(starts, start) - 1]
        rest = len(given.further)
        for word in given.further:
            following = _WORD.match(folded, end)
            if following is None or following[1] != word:
                break
            end, rest = following.end(), rest - 1
        if not rest or _PHRASE_END.match(folded, end):
            yield _alias(text, start, end, given)


def _alias(text: str, start: int, end: int, given: _Given) -> NamedSurface:
    if isinstance(given.target, NamedSurface):
        return replace(given.target, start=start, end=end)
    name = " ".join(text[start:end].split())
    return replace(named_surface(start, end, given.target.type, name, sure=given.sure), of=given.target)
