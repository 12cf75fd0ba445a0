"""Lists of words of a table as patterns: `alternatives("verb")` is "da|dang|se|ban\\s+hanh|…", the longest first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import normalize

from corpus.folding import fold, normalize_tone
from corpus.tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """A row of graph/data/wording.toml; `accents`: the pattern asks for them, else it is for folded text."""

    name: str
    words: tuple[str, ...]
    accents: bool = False
    examples: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


@cache
def word_lists() -> dict[str, WordList]:
    """Name → list."""
    return {row.name: row for row in rows("graph", "wording", "list", WordList)}


@cache
def alternatives(name: str) -> str:
    """The source of a pattern, without a group, that matches each word of a list."""
    row = word_lists()[name]
    return spaced(row.words if row.accents else tuple(fold(word) for word in row.words))


@cache
def toned(name: str) -> str:
    """The same for a text as it is printed: with its tones in any case, or without accents in small letters.

    "đã" and "da" are the verb's; "Đá", "Cò" and "Da" are of a name.
    """
    words = word_lists()[name].words
    return rf"(?i:{spaced(words)})|{spaced(tuple(fold(word) for word in words))}"


def spaced(words: tuple[str, ...]) -> str:
    """The source of a pattern that matches each of `words`, the longest first, over any blanks between syllables."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


class Phrases:
    """Phrases (folded, or with accents) that are looked for at a place where a word is known to begin.

    Most words of a text begin none of them: the first word is asked for in a set before the pattern is tried.
    """

    def __init__(self, words: Iterable[str], *, accents: bool = False) -> None:
        known = tuple(word.lower() if accents else fold(word) for word in words)
        self._first = frozenset(word.split()[0] for word in known)
        self._pattern = re.compile(rf"(?:{spaced(known)})(?!\w)", re.IGNORECASE if accents else 0)

    def end(self, text: str, start: int, word: str) -> int:
        """Where the phrase ends that stands at `start`, where `word` begins; 0 where none does."""
        match = self._pattern.match(text, start) if word.lower() in self._first else None
        return match.end() if match else 0


def whole_words(words: tuple[str, ...]) -> str:
    """The source of a pattern that finds each of `words` (folded) where it is no part of a longer word.

    Each alternative begins with its letter and looks back afterwards: the search is as fast as one for the letters.
    """
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0], []).append(word[1:])
    found = (f"{letter}(?<![a-z0-9]{letter})(?:{spaced(tuple(rest))})" for letter, rest in by_letter.items())
    return f"(?:{'|'.join(found)})(?![a-z0-9])"


@lru_cache(maxsize=1 << 14)
def may_spell(printed: str, word: str) -> bool:
    """May `printed`, which folds to the same letters, be a print of `word`?

    Letters may have lost their marks, but another mark makes another word.

    >>> may_spell("Kế HOẠCH", "Kế hoạch"), may_spell("Phuong án", "Phương án"), may_spell("Phượng An", "Phương án")
    (True, True, False)
    """
    return all(_marks(a) <= _marks(b) for a, b in zip(normalize_tone(printed), normalize_tone(word), strict=True))


def _marks(letter: str) -> frozenset[str]:
    return frozenset(normalize("NFD", letter)[1:])
