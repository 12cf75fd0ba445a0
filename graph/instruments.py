"""The tables of types and issuer codes, made into look-ups: what may stand in a symbol, and what it stands for.

All look-ups are by folded text (lower case, no accents), so that "ND-CP" and "NÐ-CP" are "NĐ-CP".
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from corpus.folding import fold, normalize_tone
from corpus.tables import rows
from graph.wording import may_spell

Style = Literal["state", "party", "law", "dispatch", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentType:
    """A row of corpus/data/types.toml: a kind of văn bản and the codes that symbols print for it.

    `bare`: it may be cited by its number alone ("Pháp lệnh 34"); a Chương trình 135 is a nickname instead.
    `implements`: such a document says at its beginning what it carries out.
    """

    name: str
    codes: tuple[str, ...]
    style: tuple[Style, ...]
    source: str
    bare: bool = False
    implements: bool = False
    examples: tuple[tuple[str, str], ...] = ()
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerCode:
    """A row of graph/data/issuers.toml: the code of a body in a symbol.

    `style` is the style in which that body alone numbers its documents ("both" where either is seen).
    """

    code: str
    body: str
    level: Literal["central", "province", "district", "commune", "local"]
    style: Literal["state", "party", "both"] = "both"
    examples: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


@cache
def types() -> tuple[InstrumentType, ...]:
    """All rows of the type table."""
    return rows("corpus", "types", "type", InstrumentType)


@cache
def issuers() -> tuple[IssuerCode, ...]:
    """All rows of the issuer table."""
    return rows("graph", "issuers", "issuer", IssuerCode)


@cache
def type_by_word() -> dict[str, InstrumentType]:
    """Folded type word ("ke hoach") → type."""
    return {fold(t.name): t for t in types()}


@lru_cache(maxsize=1 << 12)
def may_be_type(printed: str) -> bool:
    """May these words, which fold to those of a type, be its?

    >>> may_be_type("PHƯƠNG ÁN"), may_be_type("phuong an"), may_be_type("Phượng An"), may_be_type("Đề An")
    (True, True, False, False)
    """
    glued = "".join(printed.split())
    name = type_by_glued_word()[fold(glued)].name.replace(" ", "")
    if printed.isascii() or normalize_tone(glued).lower() == name.lower():
        return True
    return may_spell(glued, name) and not printed.istitle()


def may_be_code(printed: str) -> bool:
    """May these letters, which fold to those of a code, be its?  No code has a mark: "ĐÁ" is no "ĐA"."""
    return may_spell(printed, fold(printed))


def type_opening(folded: str) -> InstrumentType | None:
    """The type with whose word a folded name begins ("de an 06"); None where it begins with none."""
    return next((row for word, row in type_by_word().items() if f"{folded} ".startswith(f"{word} ")), None)


@cache
def type_by_glued_word() -> dict[str, InstrumentType]:
    """Folded type word without blanks ("kehoach") → type."""
    return {word.replace(" ", ""): row for word, row in type_by_word().items()}


@cache
def types_by_code() -> dict[str, tuple[InstrumentType, ...]]:
    """Folded type code ("kh") → the types that print it, in the order of the table."""
    found: dict[str, list[InstrumentType]] = defaultdict(list)
    for row in types():
        for code in row.codes:
            found[fold(code)].append(row)
    return {code: tuple(of) for code, of in found.items()}


@cache
def _issuer_by_code() -> dict[str, IssuerCode]:
    found: dict[str, IssuerCode] = {}
    for row in issuers():
        found.setdefault(fold(row.code.rstrip("#")) + ("#" if row.code.endswith("#") else ""), row)
    return found


_TERM = re.compile(r"\d+$")


@lru_cache(maxsize=1 << 14)
def issuer_of_code(code: str) -> IssuerCode | None:
    """The row of a folded issuer code ("ubtvqh11" → UBTVQH#); None for a code that the table does not know."""
    table = _issuer_by_code()
    return table.get(code) or table.get(_TERM.sub("#", code))


@lru_cache(maxsize=1 << 14)
def official_code(printed: str) -> str:
    """A group of a symbol in its official letters: "nd" → "NĐ", "TTR" → "TTr"; unknown ones in upper case."""
    folded = fold(printed)
    known = _spellings().get(folded, ())
    if printed in known:
        return printed
    same = [code for code in known if code.upper() == printed.upper()]
    if same or known:
        return (same or known)[0]
    row = issuer_of_code(folded)
    if row is not None and row.code.endswith("#"):
        return row.code[:-1] + folded[len(row.code) - 1 :]
    return printed.upper() if printed.islower() else printed


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code in [c for row in types() for c in row.codes] + [row.code for row in issuers()]:
        if not code.endswith("#") and code not in found[fold(code)]:
            found[fold(code)].append(code)
    return {folded: tuple(codes) for folded, codes in found.items()}


def is_known_code(folded: str) -> bool:
    """Does a table know this folded group as a type code or an issuer code?"""
    return folded in types_by_code() or issuer_of_code(folded) is not None


@lru_cache(maxsize=1 << 12)
def type_of_symbol(folded_groups: tuple[str, ...], style: Style) -> InstrumentType | None:
    """The type that a symbol tells by itself: its first (seldom last) group, in the style it is printed in.

    A dispatch tells it by having none: 311/UBND-VX.
    """
    if style == "law" and folded_groups[0].startswith("ubtvqh"):
        return type_by_word()["nghi quyet"]
    for group in (folded_groups[0], folded_groups[-1]) if len(folded_groups) > 1 else folded_groups[:1]:
        for row in types_by_code().get(group, ()):
            if style in row.style:
                return row
    issuer = issuer_of_code(folded_groups[0])
    if style == "state" and len(folded_groups) > 1 and issuer is not None and issuer.style != "party":
        return type_by_word()["cong van"]
    return None


@lru_cache(maxsize=1 << 12)
def style_of_issuer(folded_groups: tuple[str, ...]) -> Literal["state", "party", "both"]:
    """The only style in which the issuer of a symbol numbers, or "both"."""
    for group in folded_groups:
        row = issuer_of_code(group)
        if row is not None and row.style != "both" and group not in types_by_code():
            return row.style
    return "both"
