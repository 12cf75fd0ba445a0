"""Resolutions of the Party that are named by their congress or plenum: "Nghị quyết Trung ương 4 (khóa XII)"."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.folding import fold
from graph import instruments
from graph.known import Known, known
from graph.named import NamedSurface, named_surface
from graph.wording import alternatives

# It begins with letters and looks back afterwards: so the search is as fast as one for them.
_HEAD = re.compile(r"nghi\s+quyet(?![a-z])|nq(?=\s*(?:tw|trung\s+uong))")
_NTH = r"(?P<n>[ivx]{1,5}|\d{1,2})(?![a-z0-9])"
# Of the whole Party: what stands between "Đại hội" and its number, or behind that, names no other organisation.
_CONGRESS = re.compile(
    r"\s+(?:cua\s+)?(?:dai\s+hoi|dh)\s+(?:dai\s+bieu\s+)?"
    rf"(?P<whole>toan\s+quoc\s+|dang\s+)?(?:lan\s+thu\s+)?{_NTH}"
    r"(?P<party>\s+cua\s+dang(?!\s+(?:bo|uy))|\s+dang(?!\s+(?:bo|uy)))?"
)
# Behind the number alone must stand the end of a phrase: "Đại hội XII Công đoàn", "XII của Liên đoàn" are of others.
_PHRASE_END = re.compile(rf"\s*(?:$|[.,;:()”\"]|\n|(?!cua\b)(?:{alternatives('after pointing')}|gan|va|ve)\b)")
_PLENUM = re.compile(
    r"(?:\s+hoi\s+nghi)?(?:\s+lan\s+thu)?\s*(?:trung\s+uong|tw|ban\s+chap\s+hanh\s+trung\s+uong)?"
    r"\s*(?:lan\s+thu\s+)?(?P<plenum>\d{1,2})\s*,?\s*\(?\s*(?:dang\s+)?khoa\s+" + _NTH + r"\s*\)?"
)
_CENTRAL = re.compile(r"tw|trung\s+uong")
_ROMAN = {"v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15}
_BY_NUMBER = {number: roman.upper() for roman, number in _ROMAN.items()}


def find_resolutions(text: str, folded: str) -> Iterator[NamedSurface]:
    """The resolutions of congresses and plenums of the whole Party that a text names, in order."""
    for head in _HEAD.finditer(folded):
        if folded[head.start() - 1 : head.start()].isalnum():
            continue
        found = _congress(folded, head) or _plenum(folded, head)
        if found is not None:
            end, name = found
            rows = _by_name().get(fold(name), ())
            end = head.start() + len(text[head.start() : end].rstrip())
            kind = instruments.type_by_word()["nghi quyet"]
            yield named_surface(head.start(), end, kind, name, rows=rows)


def _congress(folded: str, head: re.Match[str]) -> tuple[int, str] | None:
    match = _CONGRESS.match(folded, head.end())
    nth = _nth(match["n"]) if match else None
    if match is None or nth is None:
        return None
    is_whole = match["whole"] or match["party"] or _PHRASE_END.match(folded, match.end())
    return (match.end(), f"Nghị quyết Đại hội {nth}") if is_whole else None


def _plenum(folded: str, head: re.Match[str]) -> tuple[int, str] | None:
    match = _PLENUM.match(folded, head.end())
    nth = _nth(match["n"]) if match else None
    if match is None or nth is None or not _CENTRAL.search(folded, head.start(), match.start("plenum")):
        return None
    return match.end(), f"Nghị quyết Trung ương {int(match['plenum'])} khóa {nth}"


def _nth(printed: str) -> str | None:
    """The number of a congress or term in Roman digits; None for what is none."""
    number = int(printed) if printed.isdigit() else _ROMAN.get(printed)
    return _BY_NUMBER.get(number) if number else None


@cache
def _by_name() -> dict[str, tuple[Known, ...]]:
    """Name of a plenum's resolution → the row whose only resolution of that name it is."""
    return {fold(name): (row,) for row in known() for name in row.names}


def resolution_like(reference: str, folded: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded names and the numbers that a reference to such a resolution can mean; empty for any other."""
    found = next(find_resolutions(reference, folded), None)
    if found is None or (found.start, found.end) != (0, len(folded)):
        return (), ()
    return (fold(found.name),), tuple(row.number for row in found.rows)
