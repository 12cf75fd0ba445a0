"""A document for print as plain values, of which every writer (a page, a Word file) makes the same."""

from dataclasses import dataclass
from typing import Literal

# Characters of a cell: in half the width of a page they are a third of its height, which may then stay empty.
_WHOLE = 700

Kind = Literal["plain", "strong", "cited", "quiet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Some words of one look: `cited` is what a sentence is shown for, `quiet` says where it stands."""

    text: str
    kind: Kind = "plain"


Line = tuple[Run, ...]
"""A paragraph."""
Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of as many cells as there are `widths`, which are in hundredths of the page; without `heads` no lines."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered part under its heading."""

    heading: str
    blocks: tuple[Line | Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What begins on a page of its own: a title, words under it, sections."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document: what stands over its title, the title, words under it, its parts, how it came about.

    `lang` ("vi", "en") is its language, `made` the ISO day on which it was made.
    """

    lang: str
    kicker: str
    title: str
    lead: tuple[Line, ...]
    parts: tuple[Part, ...]
    about: Section
    made: str


def line(text: str, kind: Kind = "plain") -> Line:
    """A paragraph of one look."""
    return (Run(text=text, kind=kind),)


def is_whole(row: tuple[Cell, ...]) -> bool:
    """Is a row so short that it is not broken over two pages?"""
    return all(sum(len(run.text) for words in one for run in words) <= _WHOLE for one in row)


def cell(*lines: str) -> Cell:
    """A cell of plain paragraphs; those without words are left out."""
    return tuple(line(text) for text in lines if text)
