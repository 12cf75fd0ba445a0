"""Abbreviations of the administration: a phrase with a short form also finds the long one, and the reverse."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from corpus.model import Span
from corpus.tables import rows
from index.syllables import SYLLABLE, canonical, unaccented

Form = tuple[str, ...]
"""The canonical syllables of a phrase."""

# A phrase with six abbreviations in it has more forms than this; those with the fewest replacements are kept.
_MOST_FORMS = 64
_ONSET = r"(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?"
_JOINED_BEFORE = re.compile(r"\w\s?[-/–]\s?\Z")
_JOINED_AFTER = re.compile(r"\s?[-/–]\s?\w")
_SYLLABLE_SHAPE = re.compile(rf"{_ONSET}[aeiouy]{{1,3}}(?:ng|nh|ch|[cmnpt])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A row of `data/abbreviations.toml`: a short form (`name`) and what it stands for, the commonest first."""

    name: str
    long: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    inside: bool = False

    def __str__(self) -> str:
        return f"{self.name} = {' / '.join(self.long)}"

    @property
    def is_syllable(self) -> bool:
        """Could the short form be a word ("TƯ", "CA")?  Then only capitals tell that it is none."""
        return bool(_SYLLABLE_SHAPE.fullmatch(unaccented(canonical(self.name))))


@dataclass(frozen=True, slots=True)
class _Replacement:
    """A range of the syllables of a phrase, a form that may stand for them, and the abbreviation that says so."""

    start: int
    end: int
    form: Form
    why: str


def form_of(text: str) -> Form:
    """The canonical syllables of `text` (NFC).

    >>> form_of("Luật Đất đai")
    ('lụât', 'đất', 'đai')
    """
    return tuple(canonical(syllable) for syllable in SYLLABLE.findall(text))


def expand(text: str, clause: list[Span]) -> tuple[tuple[Form, ...], tuple[str, ...]]:
    """All forms of a phrase, as typed first, and the abbreviations in them ("QCDC = quy chế dân chủ").

    `clause` holds the spans of its syllables in `text` (NFC), at least one.
    """
    typed = tuple(canonical(span.of(text)) for span in clause)
    replacements = [found for at in range(len(typed)) for found in _replacements(text, clause, typed, at)]
    forms: dict[Form, None] = {}
    used: dict[str, None] = {}
    for chosen in islice(_choices(replacements), _MOST_FORMS):
        forms[_replace(typed, chosen)] = None
        used.update((replacement.why, None) for replacement in chosen)
    return tuple(forms), tuple(used)


def _choices(replacements: list[_Replacement]) -> Iterator[tuple[_Replacement, ...]]:
    """The sets of replacements that do not overlap, the smaller ones first."""
    queue: deque[tuple[_Replacement, ...]] = deque([()])
    while queue:
        chosen = queue.popleft()
        yield chosen
        end = chosen[-1].end if chosen else 0
        queue.extend((*chosen, replacement) for replacement in replacements if replacement.start >= end)


def _replace(typed: Form, chosen: tuple[_Replacement, ...]) -> Form:
    form, at = [], 0
    for replacement in chosen:
        form += [*typed[at : replacement.start], *replacement.form]
        at = replacement.end
    return (*form, *typed[at:])


def _replacements(text: str, clause: list[Span], typed: Form, at: int) -> Iterator[_Replacement]:
    """What may stand for the syllables of a phrase from `at` on."""
    for written, row in _written().get(unaccented(typed[at]), ()):
        form = form_of(written)
        end = at + len(form)
        if end > len(typed) or not all(map(_types, typed[at:end], form)):
            continue
        if written == row.name:
            if _stands_alone(text, clause[at].start, clause[end - 1].end, row):
                yield from (_Replacement(at, end, form_of(long), str(row)) for long in row.long)
        elif not row.is_syllable and (not row.inside or len(typed) > len(form)):
            yield _Replacement(at, end, form_of(row.name), f"{row.name} = {written}")


def _types(typed: str, syllable: str) -> bool:
    """Is `syllable` (canonical) what was typed, with its accents or without any?"""
    return typed in (syllable, unaccented(syllable))


def _stands_alone(text: str, start: int, end: int, row: Abbreviation) -> bool:
    """Is the short form typed as one, and no part of the symbol of a document ("120-KL/TW")?"""
    symbol = _JOINED_BEFORE.search(text, 0, start) or _JOINED_AFTER.match(text, end)
    return not symbol and (text[start:end].isupper() or not row.is_syllable)


@cache
def _written() -> dict[str, list[tuple[str, Abbreviation]]]:
    """Every short and long form with its row, by its first syllable without accents."""
    found: dict[str, list[tuple[str, Abbreviation]]] = {}
    for row in rows("index", "abbreviations", "abbreviation", Abbreviation):
        for written in (row.name, *row.long):
            found.setdefault(unaccented(form_of(written)[0]), []).append((written, row))
    return found
