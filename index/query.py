"""What a person asks for: phrases, joined by AND, OR and NOT, and filters; frozen values that every engine reads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from corpus.dates import first_day, last_day
from corpus.errors import CancuError
from corpus.folding import fold
from corpus.model import Level, Span
from index.abbreviations import Form, Table, expand, shipped
from index.references import instrument_of, references_in
from index.syllables import SYLLABLE


class QueryError(CancuError):
    """A query that cannot be understood; `at` is the offset into the query (NFC), shown with a caret."""

    exit_code = 2

    def __init__(self, reason: str, text: str, at: int, remedy: str) -> None:
        from rich.cells import cell_len

        line = "".join(char if char.isprintable() else " " for char in text)
        # A terminal shows some letters on two columns and combining marks on none.
        super().__init__(f"{reason}:\n    {line}\n    {' ' * cell_len(line[:at])}^\n", remedy)
        self.at = at

    def __str__(self) -> str:
        return self.problem + self.remedy


@dataclass(frozen=True, slots=True)
class Phrase:
    """Syllables in sequence inside one clause.

    `written` is what was typed, `forms` all that finds it: what was typed first, then with abbreviations replaced.
    `in_title`: it must stand in the title of the report.  `plain`: it was typed without quotes, so that its syllables
    may be looked for apart when nothing is found.
    """

    written: str = field(compare=False)
    forms: tuple[Form, ...]
    in_title: bool = False
    plain: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return f'(in:title "{self.written}")' if self.in_title else f'"{self.written}"'


@dataclass(frozen=True, slots=True)
class Prefix:
    """A syllable that begins with `stem` (canonical); `in_title`: it must stand in the title of the report."""

    written: str = field(compare=False)
    stem: str
    in_title: bool = False

    def __str__(self) -> str:
        return f"(in:title {self.written}*)" if self.in_title else f"{self.written}*"


@dataclass(frozen=True, slots=True)
class Named:
    """Reports whose unit, type or issuer holds a phrase in its name."""

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
class Dated:
    """Reports dated from `first` to `last`, ISO days, both included; None: no bound on that side."""

    first: str | None
    last: str | None

    def fits(self, date: str | None) -> bool:
        """Does an ISO date lie in the range?  A partial one ("2023", "2023-05") fits when one of its days does.

        No date fits nothing.

        >>> Dated("2023-05-10", None).fits("2023-05"), Dated("2023-05-10", None).fits("2023-04")
        (True, False)
        """
        if date is None:
            return False
        return (self.first is None or last_day(date) >= self.first) and (
            self.last is None or first_day(date) <= self.last
        )

    def __str__(self) -> str:
        bounds = [f"{name}:{day}" for name, day in (("from", self.first), ("to", self.last)) if day is not None]
        return f"({' AND '.join(bounds)})" if len(bounds) > 1 else bounds[0]


@dataclass(frozen=True, slots=True)
class AtLevel:
    """Reports of units of one level."""

    level: Level

    def __str__(self) -> str:
        return f"level:{self.level}"


@dataclass(frozen=True, slots=True)
class Cites:
    """Reports that cite the instrument that `written` names.

    `reports` are their ids, None until the catalog has been asked (`Query.resolved`).
    """

    written: str
    reports: frozenset[str] | None = None

    def __str__(self) -> str:
        return f'cites:"{self.written}"'


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
"""What is looked for in the text or the title, and highlighted."""
Filter = Named | Years | Dated | AtLevel | Cites
"""What is looked for in what is known of the report."""
Node = Sought | Filter | Not | And | Or
Find = Callable[[str], frozenset[str]]
"""Who cites: the ids of the reports that cite the instrument of that name."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood; `str()` of it is understood as the same.

    `expanded` lists the abbreviations that were replaced ("QCDC = quy chế dân chủ"), from `table`.
    `find` is who was asked for those that cite, None until then.
    """

    root: Node
    expanded: tuple[str, ...] = ()
    table: Table = field(default_factory=shipped, compare=False, repr=False)
    find: Find | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return str(self.root)

    @property
    def loose(self) -> Node | None:
        """What to ask when nothing is found; None where that is the same query.

        A phrase typed without quotes as its syllables, wherever they stand; a reference in it is recognised.
        """
        wide = _loosened(self.root, self.table)
        wide = _resolved(wide, self.find) if self.find else wide
        return None if wide == self.root else wide

    @property
    def recognised(self) -> tuple[str, ...]:
        """The instruments that phrases were recognised as, so that those that cite them are found too."""
        found = (instrument_of(written) for written in _recognised(self.root))
        return tuple(dict.fromkeys(name for name in found if name))

    def resolved(self, find: Find) -> "Query":
        """The query with the reports of every `Cites` filled in."""
        return replace(self, root=_resolved(self.root, find), find=find)

    def sought(self) -> tuple[Sought, ...]:
        """The phrases and prefixes that a hit holds, in the order in which they were typed; without those after NOT."""
        return tuple(_sought(self.root))


def _sought(node: Node) -> Iterator[Sought]:
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _sought(part)
    elif isinstance(node, Phrase | Prefix):
        yield node


def _resolved(node: Node, find: Find) -> Node:
    match node:
        case Cites():
            return replace(node, reports=find(node.written))
        case Not():
            return Not(_resolved(node.part, find))
        case And() | Or():
            return type(node)(tuple(_resolved(part, find) for part in node.parts))
        case _:
            return node


def _references(node: And | Or) -> tuple[Node, ...]:
    """The alternatives that are phrases beside a `Cites` of what they name."""
    cited = {fold(part.written) for part in node.parts if isinstance(part, Cites) and isinstance(node, Or)}
    return tuple(p for p in node.parts if isinstance(p, Phrase) and not p.in_title and fold(p.written) in cited)


def _recognised(node: Node) -> Iterator[str]:
    """What was typed as a phrase and is asked as a reference too; without what stands after NOT."""
    if isinstance(node, And | Or):
        yield from (part.written for part in _references(node) if isinstance(part, Phrase))
        for part in node.parts:
            yield from _recognised(part)


def _loosened(node: Node, table: Table) -> Node:
    match node:
        case Phrase(plain=True):
            return _apart(node, table)
        case And() | Or():
            kept = _references(node)
            return join(type(node), [part if part in kept else _loosened(part, table) for part in node.parts])
        case _:
            return node


def _apart(phrase: Phrase, table: Table) -> Node:
    """The syllables of a phrase, each by itself, but a reference in it as a whole."""
    whole = [] if phrase.in_title else references_in(phrase.written)
    spans = [Span(*match.span()) for match in SYLLABLE.finditer(phrase.written)]
    apart = [span for span in spans if not any(ref.start <= span.start < ref.end for ref in whole)]
    parts: list[Node] = []
    for span in sorted([*whole, *apart]):
        forms, _ = expand(phrase.written, [s for s in spans if span.start <= s.start < span.end], table)
        part = Phrase(span.of(phrase.written), forms, phrase.in_title)
        parts.append(recognised(part) if span in whole else part)
    return join(And, parts)


def recognised(phrase: Phrase) -> Or:
    """A phrase that is a reference, and all that cites what it names."""
    return Or((phrase, Cites(phrase.written)))


def join(kind: type[And] | type[Or], parts: Sequence[Node]) -> Node:
    """`parts` (at least one) as one node: parts of the same kind merged into it, an alternative named but once."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    flat = list(dict.fromkeys(flat)) if kind is Or else flat
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
