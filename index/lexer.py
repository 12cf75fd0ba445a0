"""The pieces of a typed query: words, phrases in quotes, operators, brackets and filters, each with its place."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from corpus.folding import fold
from index.abbreviations import is_syllable
from index.query import QueryError
from index.syllables import SYLLABLE

_FIELDS = {
    **dict.fromkeys(("unit", "đơnvị"), "unit"),
    **dict.fromkeys(("issuer", "banhành"), "issuer"),
    **dict.fromkeys(("type", "loại"), "type"),
    **dict.fromkeys(("level", "cấp"), "level"),
    **dict.fromkeys(("year", "năm"), "year"),
    **dict.fromkeys(("from", "từ"), "from"),
    **dict.fromkeys(("to", "đến"), "to"),
    **dict.fromkeys(("cites", "căncứ", "trích"), "cites"),
    **dict.fromkeys(("in", "trong"), "in"),
}
_TITLE = ("title", "tieude")
# "tổ:" is no "to:", but a name of several syllables is no word and may be typed with some of its accents.
_BY_NAME = {spelled: of for name, of in _FIELDS.items() for spelled in (name, fold(name))}
_BY_FOLDED = {folded: of for name, of in _FIELDS.items() if not is_syllable(folded := fold(name))}
# What is typed for a filter by mistake lies that close to its name (unot, tpye, form); below are other words (http).
_CLOSE = 0.7
_OPERATORS = {"AND": "and", "VÀ": "and", "OR": "or", "HOẶC": "or", "NOT": "not", "KHÔNG": "not"}
_AS_TEXT = "to look for it as text, put it in quotes"

_WORD = re.compile(r"""[^\s"“«()]+|[“«]""")
_QUOTE = r'"[^"]*"|“[^”]*”|«[^»]*»'
_LEXEME = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<minus>(?<![^\s(])-(?=[^\W_]|["“«]))
    | (?P<filter>(?<![^\s(-])(?P<name>[^\W\d_]+):(?P<value>{_QUOTE}|[^\s"“«()]*))
    | (?P<quote>{_QUOTE})
    | (?P<open>\() | (?P<close>\))
    | (?P<prefix>(?<![^\s(-])[^\W_]+\*(?![^\s)]))
    | (?P<word>{_WORD.pattern})
    """,
    re.VERBOSE,
)
_SYMBOL_GOES_ON = re.compile(r"\d\S*\s+-[A-ZĐ]+(?![\w])")  # "71/NQ -CP" excludes nothing
_STAR = re.compile(r"(?<=[^\W_])\*|\*(?=[^\W_])")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query: its kind, and where it stands.

    A "text" is a run of words, a "quote" one in quotes; "in" is in:title; of a "filter" also its field and value.
    """

    kind: str
    start: int
    end: int
    field: str = ""
    value: str = ""


def lexemes(text: str) -> list[Lexeme]:
    """The pieces of `text` (NFC), in order; words that follow each other are one, a word after "-" is by itself.

    Raises QueryError where a quote is not closed, a filter is unknown, or a star stands where it means nothing.
    """
    return list(_runs(text, _operators(text, list(_scan(text)))))


def _runs(text: str, pieces: list[Lexeme]) -> Iterator[Lexeme]:
    grouped = any(piece.kind in ("and", "or", "not") for piece in pieces) or any(
        left.kind == "open" and right.kind == "in" for left, right in pairwise(pieces)
    )
    run: list[Lexeme] = []
    excluded = False
    for piece in [*pieces, Lexeme("end", len(text), len(text))]:
        is_text = piece.kind == "word" or (piece.kind in ("open", "close") and not grouped)
        if is_text:
            run.append(piece)
        if run and (excluded or not is_text):
            if SYLLABLE.search(text, run[0].start, run[-1].end):
                yield Lexeme("text", run[0].start, run[-1].end)
            run = []
        if not is_text and piece.kind != "end":
            yield piece
        excluded = piece.kind == "minus"


def _scan(text: str) -> Iterator[Lexeme]:
    at = 0
    while at < len(text):
        match = _LEXEME.match(text, at)
        if not match:
            raise QueryError("this quote is not closed", text, at, 'write the phrase as "…", or leave the quote out')
        kind = str(match.lastgroup)
        found = _filter(text, match) if kind == "filter" else None
        if found is not None:
            yield found
            at = found.end
            continue
        if kind == "filter" or (kind == "minus" and _goes_on(text, at)):
            kind, match = "word", _WORD.match(text, at) or match
        if kind == "word" and (star := _STAR.search(text, at, match.end())):
            remedy = f"type the beginning of one syllable, as in thôn*; {_AS_TEXT}"
            raise QueryError("a star stands at the end of a word alone", text, star.start(), remedy)
        if kind != "space":
            yield Lexeme(kind, at, match.end())
        at = match.end()


def _goes_on(text: str, minus: int) -> bool:
    before = text[:minus].split()
    return bool(before) and bool(_SYMBOL_GOES_ON.match(f"{before[-1]} {text[minus:]}"))


def _filter(text: str, match: re.Match[str]) -> Lexeme | None:
    """The filter that stands here; None where it is text ("cấp: xã", "số:04", "http://…")."""
    name = match["name"].lower()
    value = " ".join(re.sub(r"[\"“”«»]", " ", match["value"]).split())
    field = _BY_NAME.get(name) or _BY_FOLDED.get(fold(name))
    if field is None and value:
        _refuse_misspelt(text, match, fold(name))
    # A Vietnamese name without a value is text.
    if field is None or (not value and name != field):
        return None
    if field == "in":
        if fold(value).replace(" ", "") not in _TITLE:
            remedy = f"write in:title, and the words beside it; {_AS_TEXT}"
            raise QueryError(f"{match[0]!r} does not say where", text, match.start(), remedy)
        return Lexeme("in", match.start(), match.end())
    return Lexeme("filter", match.start(), match.end(), field, value)


def _refuse_misspelt(text: str, match: re.Match[str], folded: str) -> None:
    """Raise QueryError where an unknown name that is no syllable is close to that of a filter, or to "title"."""
    if is_syllable(folded) or match["value"].startswith("//"):
        return
    for close in get_close_matches(folded, [*map(fold, _FIELDS), *_TITLE], 1, _CLOSE):
        meant = "in:title" if close in _TITLE else f"{next(name for name in _FIELDS if fold(name) == close)}:"
        reason = f"there is no filter called {match['name']!r}"
        raise QueryError(reason, text, match.start(), f"did you mean {meant}?  {_AS_TEXT.capitalize()}")


def _operators(text: str, pieces: list[Lexeme]) -> list[Lexeme]:
    """The pieces with the words that are operators told apart."""
    words = [text[piece.start : piece.end] for piece in pieces]
    others = [word for word in words if word not in _OPERATORS]
    # In a heading in capitals VÀ is a word; abbreviations have no accents.
    heading = text.isupper() and any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", " ".join(others)))
    return [
        Lexeme(_OPERATORS[word], piece.start, piece.end)
        if word in _OPERATORS and (word.isascii() or (others and not heading))
        else piece
        for word, piece in zip(words, pieces, strict=True)
    ]
