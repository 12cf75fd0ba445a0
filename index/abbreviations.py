"""Abbreviations of the administration: a phrase with a short form also finds the long one, and the reverse."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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


def is_syllable(word: str) -> bool:
    """Could `word` be a syllable of Vietnamese, by its letters?

    >>> is_syllable("TƯ"), is_syllable("QCDC")
    (True, False)
    """
    return bool(_SYLLABLE_SHAPE.fullmatch(unaccented(canonical(word))))


def form_of(text: str) -> Form:
    """The canonical syllables of `text` (NFC).

    >>> form_of("Luật Đất đai")
    ('lụât', 'đất', 'đai')
    """
    return tuple(canonical(syllable) for syllable in SYLLABLE.findall(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A row of `data/abbreviations.toml`: a short form (`name`) and what it stands for, the commonest first.

    `inside`: the long form finds the short one only inside a longer phrase.  No long form: the row switches another
    of its name off.
    """

    name: str
    long: tuple[str, ...]
    examples: tuple[tuple[str, str], ...] = ()
    inside: bool = False

    def __str__(self) -> str:
        return f"{self.name} = {' / '.join(self.long)}"

    @property
    def is_syllable(self) -> bool:
        """Could the short form be a word ("TƯ", "CA")?  Then only capitals tell that it is none."""
        return is_syllable(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What a phrase may hold, its row, and what may stand for it (with the reason to tell)."""

    form: Form
    row: Abbreviation
    is_short: bool
    others: tuple[tuple[Form, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Abbreviations as they are looked up; of two rows of one name the later one holds; equal to itself alone."""

    rows: tuple[Abbreviation, ...]
    _entries: Mapping[str, tuple[_Entry, ...]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple({row.name: row for row in self.rows}.values()))
        found: dict[str, list[_Entry]] = {}
        for entry in _entries(self.rows):
            found.setdefault(unaccented(entry.form[0]), []).append(entry)
        object.__setattr__(self, "_entries", {first: tuple(entries) for first, entries in found.items()})

    def short(self, name: str) -> Abbreviation | None:
        """The row of a short form, in letters of any case; None where there is none."""
        form = form_of(name)
        entries = self._entries.get(unaccented(form[0]), ()) if form else ()
        return next((e.row for e in entries if e.is_short and e.form == form), None)

    def at(self, typed: Form, start: int) -> Iterator[tuple[int, _Entry]]:
        """The entries that the syllables of a phrase from `start` on spell, each with its end."""
        for entry in self._entries.get(unaccented(typed[start]), ()):
            end = start + len(entry.form)
            if end <= len(typed) and all(map(_types, typed[start:end], entry.form)):
                yield end, entry


def _entries(table: Iterable[Abbreviation]) -> Iterator[_Entry]:
    by_long: dict[Form, list[Abbreviation]] = {}
    for row in table:
        for long in row.long:
            by_long.setdefault(form_of(long), []).append(row)
    for row in table:
        longs = [form_of(long) for long in row.long]
        # "KTXH" also finds "KT-XH", which is short for the same.
        twins = {twin.name: twin for long in longs for twin in by_long[long] if twin.name != row.name}
        written = [(form_of(n), str(t)) for n, t in twins.items() if not (t.is_syllable or t.inside)]
        if longs:
            others = (*((long, str(row)) for long in longs), *written)
            yield _Entry(form=form_of(row.name), row=row, is_short=True, others=others)
        if not row.is_syllable:
            for long, form in zip(row.long, longs, strict=True):
                others = ((form_of(row.name), f"{row.name} = {long}"),)
                yield _Entry(form=form, row=row, is_short=False, others=others)


@cache
def shipped() -> Table:
    """The table of the administration's own abbreviations."""
    return Table(rows("index", "abbreviations", "abbreviation", Abbreviation))


@dataclass(frozen=True, slots=True)
class _Replacement:
    """A range of the syllables of a phrase, a form that may stand for them, and the abbreviation that says so."""

    start: int
    end: int
    form: Form
    why: str


def expand(text: str, clause: list[Span], table: Table) -> tuple[tuple[Form, ...], tuple[str, ...]]:
    """All forms of a phrase, as typed first, and the abbreviations that gave them ("QCDC = quy chế dân chủ").

    `clause` holds the spans of its syllables in `text` (NFC), at least one.
    """
    typed = tuple(canonical(span.of(text)) for span in clause)
    replacements = [found for at in range(len(typed)) for found in _replacements(text, clause, typed, at, table)]
    forms: dict[Form, None] = {}
    used: dict[str, None] = {}
    for chosen in islice(_choices(replacements), _MOST_FORMS):
        form = _replace(typed, chosen)
        if form not in forms:
            forms[form] = None
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


def _replacements(text: str, clause: list[Span], typed: Form, at: int, table: Table) -> Iterator[_Replacement]:
    """What may stand for the syllables of a phrase from `at` on."""
    for end, entry in table.at(typed, at):
        if entry.is_short:
            fits = _stands_alone(text, clause[at].start, clause[end - 1].end, entry.row)
        else:
            fits = not entry.row.inside or len(typed) > len(entry.form)
        if fits:
            yield from (_Replacement(at, end, form, why) for form, why in entry.others)


def _types(typed: str, syllable: str) -> bool:
    """Is `syllable` (canonical) what was typed, with its accents or without any?"""
    return typed in (syllable, unaccented(syllable))


def _stands_alone(text: str, start: int, end: int, row: Abbreviation) -> bool:
    """Is the short form typed as one, and no part of the symbol of a document ("120-KL/TW")?"""
    symbol = _JOINED_BEFORE.search(text, 0, start) or _JOINED_AFTER.match(text, end)
    return not symbol and (text[start:end].isupper() or not row.is_syllable)
