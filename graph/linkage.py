"""The table of what one instrument is said to do with another."""

from dataclasses import dataclass
from functools import cache

from corpus.tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """A row of graph/data/links.toml: a relation between instruments, and its name in a graph that programs read.

    `carries`: who carries out the first of the two carries out the second with it.
    """

    name: str
    kind: str
    carries: bool = False
    examples: tuple[tuple[str, str, str], ...] = ()


@cache
def linkages() -> dict[str, Linkage]:
    """Relation → its row."""
    return {row.name: row for row in rows("graph", "links", "link", Linkage)}


@cache
def carrying() -> frozenset[str]:
    """The relations along which a unit carries out what it does not name."""
    return frozenset(name for name, row in linkages().items() if row.carries)
