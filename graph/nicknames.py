"""Nicknames of well-known instruments ("Đề án 06", "Chương trình 135"): what they usually mean, never for certain."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.folding import fold
from graph import instruments
from graph.grammar import Surface
from graph.instruments import InstrumentType
from graph.known import Known, known
from graph.named import NICKNAME, NamedSurface, named_surface
from graph.wording import spaced

_NUMBER = re.compile(r"\d+[a-z]?$")


@cache
def _by_nickname() -> dict[str, tuple[Known, ...]]:
    found: dict[str, tuple[Known, ...]] = {}
    for row in known():
        for nickname in row.nicknames:
            found[fold(nickname)] = (*found.get(fold(nickname), ()), row)
    return found


@cache
def _types() -> dict[str, InstrumentType]:
    """Nickname → the type with which it begins; every row of the table has one (its tests ask for it)."""
    return {name: kind for name in _by_nickname() if (kind := instruments.type_opening(name))}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What a text is searched for, by type: not "Nghị quyết 57", which is a citation by number."""
    by_type: dict[str, list[str]] = {}
    for name, kind in _types().items():
        if not (_NUMBER.search(name) and kind.bare):
            by_type.setdefault(fold(kind.name), []).append(name.removeprefix(f"{fold(kind.name)} "))
    # A pattern that begins with letters is found as fast as they are.
    return tuple(
        re.compile(rf"{spaced((kind,))}\s+(?:{spaced(tuple(names))})(?![a-z0-9/-])") for kind, names in by_type.items()
    )


def find_nicknames(folded: str, numbered: Sequence[Surface]) -> Iterator[NamedSurface]:
    """The nicknames in a text, in order; a document of that type and number that the text cites beats one."""
    matches = [match for pattern in _patterns() for match in pattern.finditer(folded)]
    if not matches:
        return
    cited = {f"{fold(s.type.name)} {s.core.number.lstrip('0')}".casefold() for s in numbered if s.type is not None}
    for match in sorted(matches, key=lambda m: m.start()):
        name = " ".join(match[0].split())
        rows, kind = _by_nickname()[name], _types()[name]
        word, _, number = name.rpartition(" ")
        if f"{word} {number.lstrip('0')}" not in cited and not folded[match.start() - 1 : match.start()].isalnum():
            nickname = next(n for n in rows[0].nicknames if fold(n) == name)
            yield named_surface(match.start(), match.end(), kind, nickname, rows=rows, sure=NICKNAME)


def nicknamed(folded: str) -> tuple[Known, ...]:
    """The rows that a folded reference is a nickname of."""
    return _by_nickname().get(folded, ())
