"""Number and symbol: "34/2007/PL-UBTVQH11", "120- KL/TW", "18/NQ -CP" read at a digit, in the letters they should have.

Patterns run over the folded text (lower case, no accents; as long as the text), so case, accents and tone
placement never matter; what only capitals can tell is asked of the text itself.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.folding import LOWER, UPPER, fold
from graph import instruments
from graph.instruments import Style

# Blanks inside a citation: a stray space, a line end, a page break.
BLANK = r"\s{0,6}"
_NUMBER = r"(?P<n>\d{1,5})(?:\^?(?P<suffix>[a-z](?![a-z0-9])|\s?[a-h](?=\s?[/-])|\s?bis\b))?"
_GROUP = r"[a-z][a-z0-9&]*"
_SYMBOL = rf"{_GROUP}(?:{BLANK}[-/.]{BLANK}{_GROUP}){{0,8}}"
_STATE = re.compile(
    rf"{_NUMBER}{BLANK}/{BLANK}(?:[a-z]{{2,4}}{BLANK}/{BLANK}(?=(?:19|20)\d\d))?"
    rf"(?:(?P<y>(?:19|20)\d\d){BLANK}/{BLANK})?(?P<symbol>{_SYMBOL})"
)
_PARTY = re.compile(
    rf"{_NUMBER}{BLANK}-{BLANK}(?P<symbol>[a-z]{{1,5}}{BLANK}/{BLANK}{_GROUP}(?:{BLANK}-{BLANK}{_GROUP}){{0,4}})"
)
_GLUED = re.compile(rf"{_NUMBER}{BLANK}-{BLANK}(?P<symbol>[a-z]{{3,10}})(?![a-z0-9/])")
_YEAR_ONLY = re.compile(rf"{_NUMBER}{BLANK}/{BLANK}(?P<y>(?:19|20)\d\d)(?![\d/]|{BLANK}/)")
_BARE = re.compile(rf"{_NUMBER}(?!\d|[./]\d|%|,\d|{BLANK}[-/]{BLANK}\d)")
_SYMBOL_AHEAD = re.compile(rf"\d{{1,5}}(?:\^?[a-z]|\s[a-h]|\s?bis)?{BLANK}[-/]{BLANK}(?:[a-z]|(?:19|20)\d\d)")
# The words that follow a symbol; any other in small letters may be of the code.
_WORD_AFTER = re.compile(r"ngay|cua|ve|can|do|va|so|tai|theo")
# A word that is run on to a symbol shows itself by the letter behind it.
_BEYOND = 1
_PIECE = re.compile(rf"(?P<before>{BLANK}(?P<mark>[-/.]){BLANK}|^)(?P<group>{_GROUP})")
# Words run together by a text extractor: "12/QĐ-UBNDCăn cứ".
_RUN_ON = re.compile(rf"(?P<code>[{UPPER}&]{{2,}})(?=[{UPPER}][{LOWER}])")


class Core(NamedTuple):
    """A number with its symbol, unresolved: where it ends, and its parts in official letters.

    `groups` is empty where no symbol is printed; `mark` stands between the first two groups of a state symbol;
    `odd` says that the print is not in the style of the issuer ("27/NQ-TW").
    """

    start: int
    end: int
    number: str
    year: int | None
    groups: tuple[str, ...]
    style: Style
    mark: str = "-"
    odd: bool = False


def may_be_symbol(folded: str, at: int) -> bool:
    """May a symbol or a year follow the digits at `at`?  A quick look that spares most numbers the reading."""
    return _SYMBOL_AHEAD.match(folded, at) is not None


def read_core(text: str, folded: str, at: int) -> Core | None:
    """The number with a symbol that begins at the digit `at`, or None."""
    return _state(text, folded, at) or _party(text, folded, at) or _glued(text, folded, at)


def read_bare(text: str, folded: str, at: int) -> Core | None:
    """The number without a symbol at `at`: "40/2011" or "34"; None where a ratio, date or amount stands there."""
    match = _YEAR_ONLY.match(folded, at) or _BARE.match(folded, at)
    if match is None:
        return None
    year = match["y"] if match.re is _YEAR_ONLY else None
    return Core(match.start(), match.end(), _number(text, match), int(year) if year else None, (), "state")


def _number(text: str, match: re.Match[str]) -> str:
    """Digits and suffix; the suffix is read in the text, for "12Đ" is not "12D"."""
    if not match["suffix"]:
        return match["n"]
    suffix = text[match.start("suffix") : match.end("suffix")].strip().upper()
    return match["n"] + (" bis" if suffix == "BIS" else suffix)


def _state(text: str, folded: str, at: int) -> Core | None:
    match = _STATE.match(folded, at)
    if match is None:
        return None
    pieces = _pieces(text, match)
    if pieces is None:
        return None
    groups, end, mark = pieces
    if len(groups) == 1 and not _stands_alone(text, folded, match.start("symbol"), end):
        return None
    year = int(match["y"]) if match["y"] else None
    style: Style = "law" if year and len(groups) == 1 and groups[0].startswith(("QH", "UBTVQH")) else "state"
    of_issuer = instruments.style_of_issuer(folded_groups(groups[1:]))
    if of_issuer == "party" and year is None and "party" in _styles(groups[0]):
        return Core(at, end, _number(text, match), None, groups, "party", odd=True)
    joined = "/" if mark == "/" and groups[0].startswith("TTLT") else "-"
    return Core(at, end, _number(text, match), year, groups, style, joined, mark != "-" and joined == "-")


def _party(text: str, folded: str, at: int) -> Core | None:
    match = _PARTY.match(folded, at)
    if match is None:
        return None
    pieces = _pieces(text, match)
    if pieces is None or len(pieces[0]) < 2:
        return None
    groups, end, _ = pieces
    if "party" not in _styles(groups[0]):
        return None
    odd = instruments.style_of_issuer(folded_groups(groups[1:2])) == "state"
    return Core(at, end, _number(text, match), None, groups, "state" if odd else "party", odd=odd)


def _glued(text: str, folded: str, at: int) -> Core | None:
    """A Party symbol without its slash: "46-NQTW"."""
    match = _GLUED.match(folded, at)
    if match is None:
        return None
    printed = match["symbol"]
    for cut in range(4, 1, -1):
        kind, issuer = printed[:cut], instruments.issuer_of_code(printed[cut:])
        if issuer is not None and issuer.style == "party" and "party" in _styles(kind):
            groups = (instruments.official_code(kind), instruments.official_code(printed[cut:]))
            return Core(at, match.end(), _number(text, match), None, groups, "party", odd=True)
    return None


@lru_cache(maxsize=1 << 12)
def folded_groups(groups: tuple[str, ...]) -> tuple[str, ...]:
    """The groups of a symbol as the tables are asked for them."""
    return tuple(fold(group) for group in groups)


@lru_cache(maxsize=1 << 12)
def _styles(code: str) -> frozenset[str]:
    return frozenset(style for row in instruments.types_by_code().get(fold(code), ()) for style in row.style)


def _pieces(text: str, match: re.Match[str]) -> tuple[tuple[str, ...], int, str] | None:
    """The groups of the symbol of `match` as far as they are codes or capitals, where they end, and the first mark."""
    start, end = match.span("symbol")
    pieces = _read_symbol(text[start : end + _BEYOND], end - start)
    return None if pieces is None else (pieces[0], start + pieces[1], pieces[2])


# Offices print the same few symbols again and again; the bound keeps a long run from growing.
@lru_cache(maxsize=1 << 14)
def _read_symbol(text: str, end: int) -> tuple[tuple[str, ...], int, str] | None:
    """The groups of the symbol text[:end], where they end, and the first mark between; None where it has none."""
    folded = fold(text)
    groups: list[str] = []
    mark, at = "-", 0
    for piece in _PIECE.finditer(folded[:end]):
        begin, stop = piece.span("group")
        if groups and not _may_follow(text, folded, piece, begin, stop, groups):
            break
        run_on = _before_run_on(text, folded, begin, stop)
        stop = run_on or stop
        if not _is_code(text[begin:stop], folded[begin:stop]):
            break
        if len(groups) == 1:
            mark = piece["mark"]
        groups.append(instruments.official_code(text[begin:stop]))
        at = stop
        if run_on:
            break
    return (tuple(groups), at, mark) if groups else None


def _before_run_on(text: str, folded: str, begin: int, stop: int) -> int:
    """Where a code ends to which a word is run on ("UBNDCăn cứ", "UBNDngày", "TTgVề"); 0 where none is."""
    capital = _RUN_ON.match(text, begin, stop + _BEYOND)
    if capital is not None and instruments.is_known_code(fold(capital["code"])):
        return capital.end("code")
    if instruments.is_known_code(folded[begin:stop]):
        return 0
    ends = (word.start() for word in _WORD_AFTER.finditer(folded, begin + 1, stop))
    return next((end for end in ends if instruments.is_known_code(folded[begin:end])), 0)


def _may_follow(text: str, folded: str, piece: re.Match[str], begin: int, stop: int, groups: list[str]) -> bool:
    """May this group go on a symbol, seen the mark and the blanks before it?

    A full stop ends a sentence, unless the symbol is still a type code alone ("2909/TTr . LS-TC-YT") or nothing
    is left blank ("QĐ.UBND"); after blanks only a code that the tables know is taken.
    """
    blank = piece["before"] != piece["mark"]
    if piece["mark"] == ".":
        return fold(groups[-1]) in instruments.types_by_code() and len(groups) == 1 and _capital(text[begin:stop])
    return not blank or instruments.is_known_code(folded[begin:stop]) or _all_capital(text[begin:stop])


def _is_code(printed: str, folded: str) -> bool:
    return instruments.is_known_code(folded) or _capital(printed)


def _capital(printed: str) -> bool:
    """Mostly capitals, as a code is: "PNV", "TTrLS", "GDĐT", "BLĐTB&XH"."""
    capitals = sum(c.isupper() for c in printed)
    return printed[0].isupper() and capitals >= 2 and capitals * 2 >= sum(c.isalpha() for c in printed)


def _all_capital(printed: str) -> bool:
    return len(printed) > 1 and printed.isupper()


def _stands_alone(text: str, folded: str, start: int, end: int) -> bool:
    """A symbol of one group ("27/CP", "1070/TCT") is printed in capitals; "24/ha" is none."""
    return _capital(text[start:end]) or (text[start:end].isupper() and instruments.is_known_code(folded[start:end]))
