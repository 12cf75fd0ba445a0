"""What makes two mentions the same document: an instrument as a value with a canonical form, a key and an order.

Source of the rules: Nghị định 30/2020/NĐ-CP (number/type-issuer), Nghị định 34/2016/NĐ-CP (number/year/type-issuer),
Hướng dẫn 36-HD/VPTW (Party: number-type/issuer, numbered by type and term).
"""

import re
from dataclasses import dataclass
from functools import lru_cache, total_ordering
from typing import NewType

from corpus.errors import UnknownReferenceError
from corpus.folding import fold
from graph.grammar import Surface, read_reference
from graph.instruments import IssuerCode, issuer_of_code, types_by_code

InstrumentKey = NewType("InstrumentKey", tuple[str, str, int, str])
"""(folded type, number without leading zeros, year or 0, folded groups of the symbol): what two mentions must share."""

_ZEROS = re.compile(r"^0+(?=\d)")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@total_ordering
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instrument:
    """One văn bản as it can be cited, in canonical form; `str()` of it parses to an equal value.

    `symbol` is "KH-UBND", "KL/TW" (Party style) or "QH15"; None where only the number is printed.
    Equality is by `key`: 03 = 3, Ð = Đ, blanks, dashes and slashes never matter; 19 ≠ 19A; 120-KL/TW ≠ 120/KH-UBND.

    >>> str(Instrument.parse("Kết luận số 120- KL/TW"))
    'Kết luận 120-KL/TW'
    >>> Instrument.parse("ND 09/2018/ND-CP") == Instrument.parse("Nghị định số 9/2018/NĐ-CP")
    True
    """

    type: str | None
    number: str
    year: int | None = None
    symbol: str | None = None
    party: bool = False

    @classmethod
    def parse(cls, text: str) -> "Instrument":
        """The instrument that `text` names in any of the styles; raises UnknownReferenceError where it names none."""
        surface = read_reference(text)
        if surface is None:
            raise UnknownReferenceError(
                f"{text!r} names no instrument",
                "give type and number, as in “Kết luận 120-KL/TW” or “Nghị định 59/2023/NĐ-CP”",
            )
        return cls.of(surface)

    @classmethod
    def of(cls, surface: Surface) -> "Instrument":
        """The instrument that a citation as printed names."""
        core = surface.core
        name = surface.type.name if surface.type else None
        return _instrument(name, core.number, core.year, core.groups, "" if core.style == "party" else core.mark)

    @property
    def canonical(self) -> str:
        """The number as it should be printed: "04/KH-UBND", "34/2007/PL-UBTVQH11", "120-KL/TW", "580"."""
        if self.party:
            return f"{self.number}-{self.symbol}"
        return "/".join(str(part) for part in (self.number, self.year, self.symbol) if part is not None)

    @property
    def key(self) -> InstrumentKey:
        """What alone decides equality and order."""
        return _key(self.type, self.number, self.year, self.symbol)

    @property
    def codes(self) -> tuple[str, ...]:
        """The groups of the symbol, folded: ("kl", "tw")."""
        return _codes(self.symbol)

    @property
    def issuer_code(self) -> IssuerCode | None:
        """What the table knows of the issuer that the symbol names; None for an unknown code or no symbol."""
        return _issuer_of(self.codes)

    @property
    def is_central(self) -> bool:
        """Is the symbol alone enough to know whose it is (a body of the centre)?"""
        code = self.issuer_code
        return code is not None and code.level == "central"

    @property
    def is_normative(self) -> bool:
        """A văn bản quy phạm pháp luật of the centre: number, year and symbol are the document's identity."""
        return self.year is not None and self.symbol is not None and self.is_central

    def slug(self) -> str:
        """A readable, stable name for ids: "ket-luan-120-kl-tw"."""
        kind, number, year, symbol = self.key
        return _NOT_SLUG.sub("-", fold(f"{kind} {number} {year or ''} {symbol}")).strip("-")

    def __str__(self) -> str:
        return f"{self.type} {self.canonical}" if self.type else self.canonical

    def __eq__(self, other: object) -> bool:
        return self.key == other.key if isinstance(other, Instrument) else NotImplemented

    def __lt__(self, other: "Instrument") -> bool:
        return self._order() < other._order()

    def __hash__(self) -> int:
        return hash(self.key)

    def _order(self) -> tuple[str, int, str, int, str]:
        kind, number, year, symbol = self.key
        digits = re.match(r"\d+", number)
        return kind, int(digits[0]) if digits else 0, number, year, symbol


# A report asks for the same few values again and again; the bound keeps a long run from growing.
@lru_cache(maxsize=1 << 16)
def _codes(symbol: str | None) -> tuple[str, ...]:
    return tuple(fold(group) for group in re.split(r"[-/]", symbol)) if symbol else ()


@lru_cache(maxsize=1 << 16)
def _key(kind: str | None, number: str, year: int | None, symbol: str | None) -> InstrumentKey:
    groups = "-".join(_codes(symbol)).replace("&", "")
    return InstrumentKey((fold(kind or ""), _ZEROS.sub("", number).upper(), year or 0, groups))


@lru_cache(maxsize=1 << 12)
def _issuer_of(codes: tuple[str, ...]) -> IssuerCode | None:
    # A dispatch or a law has no type code before the issuer: 311/UBND-VX, 10/2022/QH15.
    order = codes[1:] + codes[:1] if codes and codes[0] in types_by_code() and len(codes) > 1 else codes
    return next((row for code in order if (row := issuer_of_code(code)) is not None), None)


@lru_cache(maxsize=1 << 14)
def _instrument(kind: str | None, number: str, year: int | None, groups: tuple[str, ...], mark: str) -> Instrument:
    """`mark` stands between the first two groups of a state symbol; "" tells the Party's style."""
    first, rest = groups[:1], groups[1:]
    symbol = (mark or "/").join((*first, "-".join(rest))) if rest else "".join(first)
    return Instrument(type=kind, number=number, year=year, symbol=symbol or None, party=not mark)
