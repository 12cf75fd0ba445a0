"""The frozen values of this room: what one report cites (`Reading`), before reports are brought together."""

from dataclasses import dataclass
from typing import Literal

from graph.identity import Instrument

Relation = Literal["căn cứ", "thực hiện", "quán triệt", "ban hành", "báo cáo theo", "khác"]
RELATIONS: tuple[Relation, ...] = ("căn cứ", "thực hiện", "quán triệt", "ban hành", "báo cáo theo", "khác")

READING_VERSION = 2
"""Raised when the rules of this room read a text otherwise: reports that older rules have read are then read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One place in a text that names an instrument.

    `cited` is the index of the instrument in `Reading.cited`; `start`/`end` are offsets into `Report.text`;
    `in_title_of` is the index of the instrument in whose title it stands; `confidence` lies in 0..1.
    `date`, `issuer` (as printed) and `title` are those that stand at this very place.
    """

    cited: int
    text: str
    start: int
    end: int
    line: int
    relation: Relation
    locator: str | None
    sentence: str
    confidence: float
    short_form: bool
    in_title_of: int | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """An instrument as one report knows it: identity, and the date, issuer and title that the report gives.

    `own` marks the report's own number.  `issued` says that the report tells of its issue by a body of its unit.
    `issuer_inferred`: no name stands beside the number; it is the subject of the sentence, the body of the centre that
    the symbol names, or the unit's own; `issuer_as_printed` are the words of the text ("UBND tỉnh").
    """

    instrument: Instrument
    date: str | None
    issuer: str | None
    title: str | None
    own: bool
    issued: bool
    issuer_inferred: bool = False
    issuer_as_printed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An instrument named without a number: "Luật Đất đai", "dự thảo Luật …" (`draft`), "Đề án 06".

    `instrument` is the canonical number where the text or a table tells it ("31/2024/QH15"), `date` the day of issue
    that the table knows; `cited` is its index in `Reading.cited` where the text cites it by that number too and gives
    it the name; `confidence` lies in 0..1.
    """

    name: str
    text: str
    start: int
    end: int
    line: int
    relation: Relation
    sentence: str
    confidence: float
    instrument: str | None = None
    date: str | None = None
    locator: str | None = None
    draft: bool = False
    cited: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaphor:
    """Words that point to a document cited before ("Chỉ thị này"), or to the report itself; no citation.

    `cited` is the index of the document in `Reading.cited`; `start`/`end` are offsets into `Report.text`.
    """

    cited: int
    text: str
    start: int
    end: int
    line: int
    confidence: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Instrument → instrument, as one sentence states it.

    `source` is an index into `Reading.cited`, `target` too, or into `Reading.named` where `to_named` is set.
    """

    source: int
    target: int
    to_named: bool
    relation: str
    line: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What looks like a citation and is not, with the reason; kept so that a person can audit it."""

    text: str
    start: int
    end: int
    line: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one report cites."""

    cited: tuple[Cited, ...]
    citations: tuple[Citation, ...]
    named: tuple[Named, ...]
    links: tuple[Link, ...]
    refused: tuple[Refused, ...]
    anaphora: tuple[Anaphor, ...] = ()

    def by_document(self) -> dict[int, list[tuple[int, Citation]]]:
        """Index in `cited` → the citations of that document, each with its index, in the order of the text."""
        found: dict[int, list[tuple[int, Citation]]] = {}
        for n, citation in enumerate(self.citations):
            found.setdefault(citation.cited, []).append((n, citation))
        return found
