"""The frozen values that all rooms share: what a file says, before anybody asks what it cites."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Level = Literal["central", "province", "district", "commune"]
LEVELS: tuple[Level, ...] = ("central", "province", "district", "commune")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets into `Report.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A place of the administrative tree: kind "xã", name "An Bình", level "commune".

    >>> str(Unit(kind="xã", name="An Bình", level="commune"))
    'xã An Bình'
    """

    kind: str
    name: str
    level: Level

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a document says of itself; None (or an empty tuple) where the text does not say.

    `date` is ISO and may be partial ("2023-10"); `symbol` is "BC-UBND" or "KH/TU" as in
    `graph.identity`; `province` is the name of the province the unit lies in, when the text tells it.
    """

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    unit: str | None = None
    parent_unit: str | None = None
    province: str | None = None
    place: str | None = None
    date: str | None = None
    subject: str | None = None
    period: str | None = None
    year: int | None = None
    addressee: tuple[str, ...] = ()
    signer: str | None = None
    signer_title: str | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """One document of the corpus: its canonical text (NFC, cleaned once, all spans refer to it) and header.

    `id` is taken from the content, so the same text is the same report wherever it lies.
    Cleaning never adds or removes a line break: lines are those of the file as read.
    """

    id: str
    file: str
    text: str
    header: Header
    extractor: str = "text"
    warnings: tuple[str, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line_of(self, offset: int) -> int:
        """The 1-based line in which the character at `offset` stands."""
        return bisect_right(self._line_starts, offset)
