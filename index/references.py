"""References in a query: a text that can be nothing but the number of an instrument ("nghị định 59", "120-KL/TW").

The rooms that read citations are loaded when the first text with a number is met.
"""

import re
from functools import lru_cache

from corpus.folding import fold
from corpus.model import Span
from index.abbreviations import shipped

# The longest that is typed is "Nghị quyết liên tịch số 09/2020/NQLT-CP-UBTVQH14-ĐCTUBTWMTTQVN": what is longer is text.
_LONGEST = 80
_NUMBER = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=1 << 10)
def instrument_of(text: str) -> str | None:
    """The instrument that `text` (NFC) as a whole is a reference to, in canonical form; None where it may be text.

    A number without a symbol is one only after a type that is cited so, and where it is no year ("báo cáo 2023"); a
    code that stands for several things ("TT 5") tells no type.

    >>> instrument_of("nghị định 59"), instrument_of("120-kl/tw"), instrument_of("khóa 12")
    ('Nghị định 59', 'Kết luận 120-KL/TW', None)
    """
    if len(text) > _LONGEST or not (_NUMBER.search(text) and _LETTER.search(text)):
        return None
    from graph.grammar import read_reference
    from graph.identity import Instrument
    from graph.nicknames import nicknamed

    surface = read_reference(text)
    if surface is None:
        return None
    if not surface.core.groups:
        is_year = surface.core.year is None and _YEAR.fullmatch(surface.core.number)
        cited_so = surface.type is not None and (surface.type.bare or nicknamed(" ".join(fold(text).split())))
        if is_year or not cited_so or _is_ambiguous(text):
            return None
    return str(Instrument.of(surface))


def _is_ambiguous(text: str) -> bool:
    """Does `text` begin with a code that stands for several things?"""
    code = _LETTER.pattern
    word = re.match(f"(?:{code})+", text)
    row = shipped().short(word[0]) if word else None
    return row is not None and len(row.long) > 1


def references_in(text: str) -> list[Span]:
    """The references inside `text` (NFC), in order."""
    if not (_NUMBER.search(text) and _LETTER.search(text)):
        return []
    from graph.grammar import scan

    found: list[Span] = []
    # In small letters a number without a symbol is read as text; in capitals it is read as in a heading.
    for shape in (text, text.upper()):
        if len(shape) == len(text):
            spans = [Span(surface.start, surface.end) for surface in scan(shape, fold(shape))]
            found += [
                s
                for s in spans
                if instrument_of(s.of(text)) and all(s.end <= o.start or o.end <= s.start for o in found)
            ]
    return sorted(found)
