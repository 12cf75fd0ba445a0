"""What a person asks for: phrases, joined by AND, OR and NOT, and filters; frozen values that every engine reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.errors import CancuError
from corpus.folding import fold
from corpus.model import Level
from index.abbreviations import Form
from index.syllables import unaccented


class QueryError(CancuError):
    """A query that cannot be understood; `at` is the offset into the query, shown with a caret."""

    exit_code = 2

    def __init__(self, reason: str, text: str, at: int, remedy: str) -> None:
        line = text.replace("\n", " ").replace("\t", " ")
        super().__init__(f"{reason}:\n    {line}\n    {' ' * at}^\n", remedy)
        self.at = at

    def __str__(self) -> str:
        return self.problem + self.remedy


@dataclass(frozen=True, slots=True)
class Phrase:
    """Syllables in sequence inside one clause.

    `written` is what was typed, `forms` all that finds it: what was typed first, then with abbreviations replaced.
    """

    written: str = field(compare=False)
    forms: tuple[Form, ...]
    in_title: bool = False

    def __str__(self) -> str:
        return f'"{self.written}"'


@dataclass(frozen=True, slots=True)
class Prefix:
    """A syllable that begins with `stem` (canonical)."""

    written: str = field(compare=False)
    stem: str
    in_title: bool = False

    def __str__(self) -> str:
        return f"{self.written}*"


@dataclass(frozen=True, slots=True)
class Named:
    """Reports whose unit or type holds a phrase in its name."""

    field: Literal["unit", "type", "issuer"]
    phrase: Phrase

    def __str__(self) -> str:
        return f"{self.field}:{self.phrase}"


@dataclass(frozen=True, slots=True)
class Years:
    """Reports of the years from `first` to `last`, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"year:{self.first}" if self.first == self.last else f"year:{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class AtLevel:
    """Reports of units of one level."""

    level: Level

    def __str__(self) -> str:
        return f"level:{self.level}"


@dataclass(frozen=True, slots=True)
class Dated:
    """Reports dated from `first` to `last`."""

    first: str | None
    last: str | None

    def fits(self, date: str | None) -> bool:
        """Does it lie between?"""
        return date is not None and (self.first or "") <= date <= (self.last or "9")


@dataclass(frozen=True, slots=True)
class Cites:
    """Reports that cite the instrument `written`."""

    written: str
    reports: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """Reports that `part` does not find."""

    part: "Node"

    def __str__(self) -> str:
        return f"NOT {self.part}"


@dataclass(frozen=True, slots=True)
class And:
    """Reports that all parts find."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return f"({' AND '.join(map(str, self.parts))})"


@dataclass(frozen=True, slots=True)
class Or:
    """Reports that one of the parts finds."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return f"({' OR '.join(map(str, self.parts))})"


Sought = Phrase | Prefix
"""What is looked for in the text, and highlighted."""
Filter = Named | Years | AtLevel | Dated
"""What is looked for in what is known of the report."""
Node = Sought | Filter | Cites | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood; `str()` of it is understood as the same.

    `expanded` lists the abbreviations that were replaced ("QCDC = quy chế dân chủ").  `loose` is what to ask when
    nothing is found: every phrase that was typed without quotes as its syllables, wherever they stand; or None.
    """

    root: Node
    expanded: tuple[str, ...] = ()
    loose: Node | None = None

    def __str__(self) -> str:
        return str(self.root)

    def unaccented(self) -> "Query | None":
        """The same query without accents, which finds other accents too; None where none were typed."""
        root = _unaccented(self.root)
        return None if root == self.root else Query(root, self.expanded)

    def sought(self) -> tuple[Sought, ...]:
        """The phrases and prefixes that a hit holds, in the order in which they were typed; without those after NOT."""
        return tuple(_sought(self.root))


def _sought(node: Node) -> Iterator[Sought]:
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _sought(part)
    elif isinstance(node, Phrase | Prefix):
        yield node


def _unaccented(node: Node) -> Node:
    match node:
        case Phrase():
            return Phrase(fold(node.written), tuple(tuple(map(unaccented, form)) for form in node.forms))
        case Prefix():
            return Prefix(fold(node.written), unaccented(node.stem))
        case And() | Or():
            return type(node)(tuple(map(_unaccented, node.parts)))
        case _:
            return node


def join(kind: type[And] | type[Or], parts: Sequence[Node]) -> Node:
    """`parts` (at least one) as one node, parts of the same kind merged into it."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
