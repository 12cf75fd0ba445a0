"""From typed text to a `Query`.

Several words are one phrase; `"…"` keeps phrases apart; AND, OR, NOT (VÀ, HOẶC, KHÔNG) in capitals, `-word`,
`prefix*`, and the filters unit: year: type: level: (đơnvị: năm: loại: cấp:).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.folding import fold
from corpus.model import Level, Span
from index.abbreviations import expand
from index.query import And, AtLevel, Filter, Named, Node, Not, Or, Phrase, Prefix, Query, QueryError, Years, join
from index.syllables import SYLLABLE, canonical, clauses

_FIELDS = {
    **dict.fromkeys(("unit", "donvi"), "unit"),
    **dict.fromkeys(("year", "nam"), "year"),
    **dict.fromkeys(("type", "loai"), "type"),
    **dict.fromkeys(("level", "cap"), "level"),
}
_LEVELS: dict[str, Level] = {
    **dict.fromkeys(("central", "trung uong", "trung-uong", "tw"), "central"),
    **dict.fromkeys(("province", "tinh"), "province"),
    **dict.fromkeys(("district", "huyen", "quan"), "district"),
    **dict.fromkeys(("commune", "xa", "phuong"), "commune"),
}
_OPERATORS = {"AND": "and", "VÀ": "and", "OR": "or", "HOẶC": "or", "NOT": "not", "KHÔNG": "not"}
# A stem of two letters fits a fifth of all syllables: it took over a second on 10,000 reports.
_SHORTEST_STEM = 3
_DEEPEST = 20  # nobody types more brackets than this; Python's own limit must not be met
_EXAMPLE = "type words, as in: quy chế dân chủ"

_WORD = r"""[^\s"“«()]+|[“«]"""
_LEXEME = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<minus>(?<![^\s(])-(?=[^\W_]|["“«]))
    | (?P<filter>(?<![^\s(-])(?P<name>[^\W\d_]+):(?P<value>"[^"]*"|“[^”]*”|«[^»]*»|[^\s"“«()]*))
    | (?P<quote>"[^"]*"|“[^”]*”|«[^»]*»)
    | (?P<open>\() | (?P<close>\))
    | (?P<prefix>(?<![^\s(-])[^\W_]+\*(?![^\s)]))
    | (?P<word>{_WORD})
    """,
    re.VERBOSE,
)
_SYMBOL_GOES_ON = re.compile(r"\d\S*\s+-[A-ZĐ]+(?![\w])")  # "71/NQ -CP" excludes nothing


@dataclass(frozen=True, slots=True)
class _Lexeme:
    """A piece of the query: its kind, and where it stands."""

    kind: str
    start: int
    end: int


def parse(text: str) -> Query:
    """The query that `text` asks, in any Unicode form.

    Raises QueryError where it cannot be understood or holds no word.

    >>> str(parse("hộ nghèo OR cận nghèo year:2023"))
    '(("hộ nghèo" OR "cận nghèo") AND year:2023)'
    """
    # What cannot be seen (zero-width blanks, soft hyphens) comes with pasted text.
    text = unicodedata.normalize("NFC", "".join(char for char in text if unicodedata.category(char) != "Cf"))
    lexemes = list(_lexemes(text))
    if not lexemes:
        raise QueryError("the query holds no word", text, 0, _EXAMPLE)
    strict, loose = _Parser(text, lexemes, loose=False), _Parser(text, lexemes, loose=True)
    root, wide = strict.query(), loose.query()
    return Query(root, tuple(strict.expanded), None if wide == root else wide)


def _lexemes(text: str) -> Iterator[_Lexeme]:
    """The pieces of a query; words that follow each other are one piece of kind "text", one after "-" is by itself."""
    pieces = _operators(text, list(_scan(text)))
    grouped = any(piece.kind in ("and", "or", "not") for piece in pieces)
    run: list[_Lexeme] = []
    excluded = False
    for piece in [*pieces, _Lexeme("end", len(text), len(text))]:
        is_text = piece.kind == "word" or (piece.kind in ("open", "close") and not grouped)
        if is_text:
            run.append(piece)
        if run and (excluded or not is_text):
            if SYLLABLE.search(text, run[0].start, run[-1].end):
                yield _Lexeme("text", run[0].start, run[-1].end)
            run = []
        if not is_text and piece.kind != "end":
            yield piece
        excluded = piece.kind == "minus"


def _scan(text: str) -> Iterator[_Lexeme]:
    at = 0
    while at < len(text):
        match = _LEXEME.match(text, at)
        if not match:
            raise QueryError("this quote is not closed", text, at, 'write the phrase as "…", or leave the quote out')
        kind = str(match.lastgroup)
        if (kind == "minus" and _goes_on(text, at)) or (kind == "filter" and not _is_filter(match)):
            kind, match = "word", re.compile(_WORD).match(text, at) or match
        if kind != "space":
            yield _Lexeme(kind, at, match.end())
        at = match.end()


def _goes_on(text: str, minus: int) -> bool:
    before = text[:minus].split()
    return bool(before) and bool(_SYMBOL_GOES_ON.match(f"{before[-1]} {text[minus:]}"))


def _is_filter(match: re.Match[str]) -> bool:
    """Is it a filter?  A Vietnamese name without a value is text: "cấp: xã"."""
    name = match["name"].lower()
    return fold(name) in _FIELDS and (name in _FIELDS.values() or bool(match["value"]))


def _operators(text: str, pieces: list[_Lexeme]) -> list[_Lexeme]:
    """The pieces with the words that are operators told apart."""
    words = [text[piece.start : piece.end] for piece in pieces]
    others = [word for word in words if word not in _OPERATORS]
    # In a heading in capitals VÀ is a word; abbreviations have no accents.
    heading = text.isupper() and any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", " ".join(others)))
    return [
        _Lexeme(_OPERATORS[word], piece.start, piece.end)
        if word in _OPERATORS and (word.isascii() or (others and not heading))
        else piece
        for word, piece in zip(words, pieces, strict=True)
    ]


def _hoist(root: Node) -> Node:
    """A filter typed at an end of alternatives holds for all of them: "hộ nghèo OR cận nghèo year:2023"."""
    if not isinstance(root, Or):
        return root
    for outer, others in ((root.parts[-1], root.parts[:-1]), (root.parts[0], root.parts[1:])):
        inner = [part for part in outer.parts if not isinstance(part, Filter)] if isinstance(outer, And) else []
        if isinstance(outer, And) and 0 < len(inner) < len(outer.parts) and not any(map(_filters, others)):
            filters = [part for part in outer.parts if isinstance(part, Filter)]
            rest = join(And, inner)
            return join(And, [join(Or, [*others, rest] if outer is root.parts[-1] else [rest, *others]), *filters])
    return root


def _filters(node: Node) -> bool:
    """Does a filter stand in `node`?"""
    if isinstance(node, And | Or):
        return any(map(_filters, node.parts))
    return _filters(node.part) if isinstance(node, Not) else isinstance(node, Filter)


class _Parser:
    """Lexemes → nodes, by descent; `loose` makes a phrase typed without quotes into its syllables."""

    def __init__(self, text: str, lexemes: list[_Lexeme], *, loose: bool) -> None:
        self.text, self.lexemes, self.loose = text, lexemes, loose
        self.expanded: dict[str, None] = {}
        self.at = 0

    def query(self) -> Node:
        root = self._either(0)
        if self.at < len(self.lexemes):
            raise self._error("this bracket closes nothing", "leave it out")
        return _hoist(root)

    def _kind(self) -> str:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else "end"

    def _error(self, reason: str, remedy: str) -> QueryError:
        at = self.lexemes[self.at].start if self.at < len(self.lexemes) else len(self.text)
        return QueryError(reason, self.text, at, remedy)

    def _either(self, depth: int) -> Node:
        parts = [self._all(depth)]
        while self._kind() == "or":
            self.at += 1
            parts.append(self._all(depth))
        return join(Or, parts)

    def _all(self, depth: int) -> Node:
        parts = [self._item(depth)]
        while self._kind() not in ("or", "close", "end"):
            self.at += self._kind() == "and"
            parts.append(self._item(depth))
        return join(And, parts)

    def _item(self, depth: int) -> Node:
        kind = self._kind()
        if depth > _DEEPEST:
            raise self._error("too many brackets or NOT in each other", "ask in several queries")
        if kind in ("and", "or", "close", "end"):
            raise self._error("a word is missing here", f"AND, OR, NOT and brackets stand beside words; {_EXAMPLE}")
        if kind in ("not", "minus"):
            return self._negated(depth)
        if kind == "open":
            return self._group(depth)
        lexeme = self.lexemes[self.at]
        self.at += 1
        written = self.text[lexeme.start : lexeme.end]
        if kind == "filter":
            return self._filter(lexeme, written)
        if kind == "prefix":
            return self._prefix(lexeme, written[:-1])
        return self._phrases(lexeme, written, loose=self.loose and kind == "text")

    def _negated(self, depth: int) -> Node:
        self.at += 1
        loose, self.loose = self.loose, False
        part = self._item(depth + 1)
        self.loose = loose
        return part.part if isinstance(part, Not) else Not(part)

    def _group(self, depth: int) -> Node:
        self.at += 1
        inner = self._either(depth + 1)
        if self._kind() != "close":
            raise self._error("a bracket is not closed", "close it with )")
        self.at += 1
        return inner

    def _phrases(self, lexeme: _Lexeme, written: str, *, loose: bool) -> Node:
        """The clauses of what was typed, each a phrase: no phrase goes over the end of a clause."""
        written = " ".join(written.replace('"', " ").split())
        found = clauses(written)
        if not found:
            raise QueryError("there is no word in this", self.text, lexeme.start, _EXAMPLE)
        parts: list[Node] = []
        for clause in [[span] for spans in found for span in spans] if loose else found:
            forms, expanded = expand(written, clause)
            self.expanded.update(dict.fromkeys(expanded))
            parts.append(Phrase(written[clause[0].start : clause[-1].end], forms))
        return join(And, parts)

    def _prefix(self, lexeme: _Lexeme, stem: str) -> Node:
        if len(stem) < _SHORTEST_STEM:
            remedy = f"type at least {_SHORTEST_STEM} letters before *, or the whole syllable"
            raise QueryError(f"{stem}* would find too much", self.text, lexeme.start, remedy)
        return Prefix(stem, canonical(stem))

    def _filter(self, lexeme: _Lexeme, written: str) -> Node:
        name, _, value = written.partition(":")
        value = re.sub(r"[\s\"“”«»]+", " ", value).strip()
        match _FIELDS[fold(name)]:
            case "year":
                years = re.fullmatch(r"([0-9]{4})(?:[-–]([0-9]{4}))?", value)
                if years:
                    first, last = int(years[1]), int(years[2] or years[1])
                    return Years(min(first, last), max(first, last))
                remedy = "write year:2023 or year:2020-2023"
            case "level":
                if level := _LEVELS.get(fold(value)):
                    return AtLevel(level)
                remedy = "write one of level:trung-ương, level:tỉnh, level:huyện, level:xã"
            case field:
                if SYLLABLE.search(value):
                    return self._named("unit" if field == "unit" else "type", value)
                remedy = f'write {name}:"…" with a part of the name'
        raise QueryError(f"{written!r} does not say which {_FIELDS[fold(name)]}", self.text, lexeme.start, remedy)

    def _named(self, field: Literal["unit", "type"], value: str) -> Node:
        spans = [Span(*match.span()) for match in SYLLABLE.finditer(value)]
        forms, _ = expand(value, spans)
        return Named(field, Phrase(value[spans[0].start : spans[-1].end], forms))
