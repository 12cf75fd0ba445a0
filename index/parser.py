"""From typed text to a `Query`.

Several words are one phrase; `"…"` keeps phrases apart; AND, OR, NOT (VÀ, HOẶC, KHÔNG) in capitals, `-word`, `prefix*`,
in:title (trong:tiêuđề), and the filters unit: issuer: type: level: year: from: to: cites: (đơnvị: banhành: loại: cấp:
năm: từ: đến: căncứ: or trích:).  In small letters "và", "hoặc", "không" are words of the text.  What can only be the
number of an instrument also finds the reports that cite it.
"""

import unicodedata

from index.abbreviations import Table, expand, shipped
from index.filters import read_filter
from index.lexer import Lexeme, lexemes
from index.query import And, Dated, Filter, Node, Not, Or, Phrase, Prefix, Query, QueryError, join, recognised
from index.references import instrument_of
from index.syllables import canonical, clauses

# A stem of two letters fits a fifth of all syllables: it took over a second on 10,000 reports.
_SHORTEST_STEM = 3
_DEEPEST = 20  # nobody types more brackets than this; Python's own limit must not be met
_EXAMPLE = "type words, as in: quy chế dân chủ"


def parse(text: str, table: Table | None = None) -> Query:
    """The query that `text` asks, in any Unicode form; abbreviations are those of `table`, else the shipped ones.

    Raises QueryError where it cannot be understood or holds no word.

    >>> str(parse("hộ nghèo OR cận nghèo year:2023"))
    '(("hộ nghèo" OR "cận nghèo") AND year:2023)'
    """
    # What cannot be seen (zero-width blanks, soft hyphens) comes with pasted text.
    text = unicodedata.normalize("NFC", "".join(char for char in text if unicodedata.category(char) != "Cf"))
    found = lexemes(text)
    if not found:
        raise QueryError("the query holds no word", text, 0, _EXAMPLE)
    parser = _Parser(text, found, table or shipped())
    return Query(parser.query(), tuple(parser.expanded), parser.table)


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


def _holds_words(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(map(_holds_words, node.parts))
    return _holds_words(node.part) if isinstance(node, Not) else isinstance(node, Phrase | Prefix)


class _Parser:
    """Lexemes → nodes, by descent."""

    def __init__(self, text: str, found: list[Lexeme], table: Table) -> None:
        self.text, self.lexemes, self.table = text, found, table
        self.expanded: dict[str, None] = {}
        self.at = 0

    def query(self) -> Node:
        root = self._either(0, in_title=False)
        if self.at < len(self.lexemes):
            raise self._error("this bracket closes nothing", "leave it out")
        return _hoist(root)

    def _kind(self) -> str:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else "end"

    def _error(self, reason: str, remedy: str) -> QueryError:
        at = self.lexemes[self.at].start if self.at < len(self.lexemes) else len(self.text)
        return QueryError(reason, self.text, at, remedy)

    def _titled(self, depth: int, *, in_title: bool) -> list[bool]:
        """For each alternative from here to the end of the bracket: are its words looked for in the title?

        As a filter, in:title at an end of the alternatives of the whole query holds for all of them.
        """
        found, inner = [in_title], 0
        for lexeme in self.lexemes[self.at :]:
            inner += (lexeme.kind == "open") - (lexeme.kind == "close")
            if inner < 0:
                break
            if not inner and lexeme.kind == "or":
                found.append(in_title)
            elif not inner and lexeme.kind == "in":
                found[-1] = True
        return [True] * len(found) if not depth and sum(found) == 1 and (found[0] or found[-1]) else found

    def _either(self, depth: int, *, in_title: bool) -> Node:
        titled = iter(self._titled(depth, in_title=in_title))
        parts = [self._all(depth, in_title=next(titled))]
        while self._kind() == "or":
            self.at += 1
            parts.append(self._all(depth, in_title=next(titled)))
        return join(Or, parts)

    def _all(self, depth: int, *, in_title: bool) -> Node:
        parts: list[Node] = []
        begins, says_title = self.at, None
        while not parts or self._kind() not in ("or", "close", "end"):
            self.at += bool(self.at > begins and self._kind() == "and")
            if self._kind() == "in":
                says_title = self.lexemes[self.at]
                self.at += 1
                if self._kind() in ("or", "close", "end") and not parts:
                    break
            else:
                parts.append(self._item(depth, in_title=in_title))
        if says_title is not None and not any(map(_holds_words, parts)):
            remedy = "type words beside it, as in: in:title quy chế dân chủ"
            raise QueryError("in:title stands alone", self.text, says_title.start, remedy)
        return self._merge_dates(join(And, parts), begins)

    def _merge_dates(self, node: Node, begins: int) -> Node:
        """One range of all that bound the date in a group; raises QueryError where no day is left."""
        parts = node.parts if isinstance(node, And) else ()
        ranges = [part for part in parts if isinstance(part, Dated)]
        if len(ranges) < 2:
            return node
        first = max((r.first for r in ranges if r.first is not None), default=None)
        last = min((r.last for r in ranges if r.last is not None), default=None)
        if first is not None and last is not None and first > last:
            bounds = [lexeme for lexeme in self.lexemes[begins : self.at] if lexeme.field in ("from", "to")]
            remedy = "let the first day stand after from: and the last after to:"
            raise QueryError(f"no day lies from {first} to {last}", self.text, bounds[-1].start, remedy)
        at = parts.index(ranges[0])
        return join(And, [*parts[:at], Dated(first, last), *(p for p in parts[at:] if not isinstance(p, Dated))])

    def _item(self, depth: int, *, in_title: bool) -> Node:
        kind = self._kind()
        if depth > _DEEPEST:
            raise self._error("too many brackets or NOT in each other", "ask in several queries")
        if kind == "in":
            raise self._error("in:title cannot be excluded", "write in:title -word to exclude what has the word there")
        if kind in ("and", "or", "close", "end"):
            raise self._error("a word is missing here", f"AND, OR, NOT and brackets stand beside words; {_EXAMPLE}")
        if kind in ("not", "minus"):
            self.at += 1
            part = self._item(depth + 1, in_title=in_title)
            return part.part if isinstance(part, Not) else Not(part)
        if kind == "open":
            return self._group(depth, in_title=in_title)
        lexeme = self.lexemes[self.at]
        self.at += 1
        if kind == "filter":
            node, expanded = read_filter(self.text, lexeme, self.table)
            self.expanded.update(dict.fromkeys(expanded))
            return node
        if kind == "prefix":
            return self._prefix(lexeme, in_title=in_title)
        return self._phrases(lexeme, in_title=in_title)

    def _group(self, depth: int, *, in_title: bool) -> Node:
        self.at += 1
        inner = self._either(depth + 1, in_title=in_title)
        if self._kind() != "close":
            raise self._error("a bracket is not closed", "close it with )")
        self.at += 1
        return inner

    def _phrases(self, lexeme: Lexeme, *, in_title: bool) -> Node:
        """The clauses of what was typed, each a phrase: no phrase goes over the end of a clause."""
        written = " ".join(self.text[lexeme.start : lexeme.end].replace('"', " ").split())
        found = clauses(written)
        if not found:
            raise QueryError("there is no word in this", self.text, lexeme.start, _EXAMPLE)
        parts: list[Node] = []
        for clause in found:
            forms, expanded = expand(written, clause, self.table)
            self.expanded.update(dict.fromkeys(expanded))
            said = written[clause[0].start : clause[-1].end]
            phrase = Phrase(said, forms, in_title, lexeme.kind == "text")
            parts.append(recognised(phrase) if not in_title and instrument_of(said) else phrase)
        return join(And, parts)

    def _prefix(self, lexeme: Lexeme, *, in_title: bool) -> Prefix:
        stem = self.text[lexeme.start : lexeme.end - 1]
        if len(stem) < _SHORTEST_STEM:
            remedy = f"type at least {_SHORTEST_STEM} letters before *, or the whole syllable"
            raise QueryError(f"{stem}* would find too much", self.text, lexeme.start, remedy)
        return Prefix(stem, canonical(stem), in_title)
