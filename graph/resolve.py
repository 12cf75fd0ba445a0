"""Inside one report: which mentions are the same document, and what the report says of each.

Full forms with one number and symbol are one document unless their dates or issuers say otherwise
(35-CT/TW of 2014 and of 2019 are two).  Short forms join the only one they can mean; where two fit, the nearest
before it is taken with a lower confidence.
"""

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.folding import fold
from corpus.model import Header, Report, Unit
from corpus.units import parse_unit, resolve_body
from graph.identity import Instrument
from graph.mentions import Mention
from graph.model import Cited
from graph.sameness import Group, may_mean, place_named, same_bare, same_document, same_place
from graph.wording import alternatives, word_lists

_TITLE_VERB = re.compile(alternatives("title verb"))
_LONGEST_VERB = max(len(verb) for verb in word_lists()["title verb"].words)
# How sure a citation is; the steps are an order, not measured probabilities.
FULL, BY_SYMBOL, INFERRED, SHORT, UNSURE = 1.0, 0.9, 0.8, 0.8, 0.5


_Same = Callable[["Group", Mention, str | None], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Whose report it is, as far as its header tells: what "UBND tỉnh" means in it."""

    unit: Unit | None
    parent: Unit | None
    province: Unit | None

    @classmethod
    def of(cls, header: Header) -> "Places":
        """The places that a header names."""
        named = (header.unit, header.parent_unit, header.province)
        unit, parent, province = (parse_unit(name) if name else None for name in named)
        return cls(unit=unit, parent=parent, province=province)

    def body(self, printed: str) -> str:
        """The full name of a body as this report means it."""
        return _resolved(" ".join(printed.split()), self.unit, self.parent, self.province)


@lru_cache(maxsize=1 << 14)
def _resolved(printed: str, unit: Unit | None, parent: Unit | None, province: Unit | None) -> str:
    return resolve_body(printed, unit=unit, parent=parent, province=province)


def resolve(report: Report, mentions: Sequence[Mention]) -> tuple[list[Cited], list[tuple[int, float]]]:
    """The documents that a report cites, and for each mention (index of its document, confidence).

    Documents stand in the order in which they are first mentioned.
    """
    places = Places.of(report.header)
    issuers = [_issuer(report.text, m, places) for m in mentions]
    same_number: dict[str, list[Group]] = defaultdict(list)  # two numbers are never one document
    of: dict[int, tuple[Group, float]] = {}
    if (heading := _heading(report, mentions)) is not None:
        itself = _itself(report.header, heading, mentions[heading].instrument)
        same_number[mentions[heading].instrument.key[1]].append(itself)
        of[heading] = itself, FULL
    full = [i for i, m in enumerate(mentions) if m.instrument.symbol is not None and i != heading]
    for i in sorted(full, key=lambda i: (mentions[i].parts.date is None, i)):
        group = _place(same_number[mentions[i].instrument.key[1]], i, mentions[i], issuers[i], same_document)
        of[i] = group, _sureness(report.text, mentions[i])
    for i, mention in enumerate(mentions):
        if i not in of:
            of[i] = _place_short(same_number[mention.instrument.key[1]], i, mention, issuers[i])
    groups = sorted((g for some in same_number.values() for g in some), key=lambda g: g.members[0])
    index = {id(g): n for n, g in enumerate(groups)}
    cited = [_cited(report, g, mentions, places) for g in groups]
    return cited, [(index[id(of[i][0])], of[i][1]) for i in range(len(mentions))]


# The line of the letterhead that gives the number: "Số: 03/KH-UBND".
_OWN_LINE = re.compile(r"(?:^|[\s|])S[ốôổo]\s*[:.]?\s*$")


def _heading(report: Report, mentions: Sequence[Mention]) -> int | None:
    """The mention that is the number in the heading: the first of it, behind "Số:" and no type word in its line."""
    i = next((i for i, mention in enumerate(mentions) if _has_own_number(report.header, mention.instrument)), None)
    if i is None:
        return None
    surface = mentions[i].surface
    line = report.text.rfind("\n", 0, surface.core.start) + 1
    is_cited = surface.says_type and surface.start >= line
    return i if not is_cited and _OWN_LINE.search(report.text[line : surface.core.start]) else None


def _itself(header: Header, heading: int, instrument: Instrument) -> Group:
    """The report as a document: its number with the day and the issuer of its heading."""
    dates, issuers = Counter(filter(None, [header.date])), Counter(filter(None, [header.issuer]))
    return Group(members=[heading], dates=dates, issuers=issuers, instruments=[instrument], own=True)


def _sureness(text: str, mention: Mention) -> float:
    """How sure a full form is: less where letters or accents are lost, or the print is not in its issuer's style."""
    surface, symbol = mention.surface, mention.instrument.symbol or ""
    if surface.misread:
        return INFERRED
    plain = text[surface.core.start : surface.core.end].isascii() and not symbol.isascii()
    plain = plain or (surface.says_type and text[surface.start : surface.core.start].isascii())
    return BY_SYMBOL if plain or surface.core.odd or not surface.says_type else FULL


def _place_short(groups: list[Group], i: int, mention: Mention, issuer: str | None) -> tuple[Group, float]:
    """The document that a number without a symbol means, and how sure that is; its own where none fits."""
    fitting = [g for g in groups if may_mean(g, mention, issuer)]
    nearest = min(fitting, key=lambda g: _distance(g, i), default=None)
    if nearest is None:
        return _place(groups, i, mention, issuer, same_bare), FULL if mention.surface.says_number else INFERRED
    _join(nearest, i, mention, issuer)
    return nearest, SHORT if len(fitting) == 1 else UNSURE


def _issuer(text: str, mention: Mention, places: Places) -> str | None:
    printed = issuer_as_printed(text, mention)
    if printed is None:
        return None
    unit, code = parse_unit(printed), mention.instrument.issuer_code
    if unit is not None and code is not None and str(unit).casefold() == printed.casefold():
        return f"{code.body} {unit}"  # "xã An Bình: 06/KH-UBND": the symbol says whose
    return _whole(places, printed, mention.instrument)


def issuer_as_printed(text: str, mention: Mention) -> str | None:
    """The words that name the issuer at a mention; None where none do."""
    span = mention.parts.issuer or mention.subject
    return " ".join(text[span[0] : span[1]].split()) if span else None


def _whole(places: Places, printed: str, instrument: Instrument) -> str:
    """The full name of a body; an organ named alone ("Ban Thường trực") is that of the body in the symbol."""
    code = instrument.issuer_code
    if fold(printed) in _ORGANS and code is not None and fold(code.body) not in _ORGANS and code.level != "central":
        return f"{printed} {places.body(code.body)}"
    return places.body(printed)


# The organs that sign for a committee.
_ORGANS = frozenset({"ban thuong truc", "ban thuong vu", "ban chap hanh"})


def _place(groups: list[Group], i: int, mention: Mention, issuer: str | None, same: _Same) -> Group:
    """The nearest of the groups of its number that is the same document; a new one where none is."""
    fitting = [g for g in groups if same(g, mention, issuer)] if groups else []
    group = fitting[0] if len(fitting) == 1 else min(fitting, key=lambda g: _distance(g, i), default=None)
    if group is None:
        group = Group()
        groups.append(group)
    _join(group, i, mention, issuer)
    return group


def _join(group: Group, i: int, mention: Mention, issuer: str | None) -> None:
    insort(group.members, i)
    group.instruments.append(mention.instrument)
    if mention.parts.date:
        group.dates[mention.parts.date] += 1
    if issuer:
        group.issuers[issuer] += 1


def _distance(group: Group, i: int) -> tuple[bool, int]:
    """Nearest before `i` first."""
    before = bisect_left(group.members, i)
    return (False, i - group.members[before - 1]) if before else (True, group.members[0] - i)


def _cited(report: Report, group: Group, mentions: Sequence[Mention], places: Places) -> Cited:
    members = [mentions[i] for i in group.members]
    instrument = _fullest(members)
    date = max(group.dates, key=lambda d: (len(d), group.dates[d]), default=None)
    issuer = group.issuers.most_common(1)[0][0] if group.issuers else None
    inferred = not any(m.parts.issuer for m in members)
    issuer = issuer or _own_body(report, instrument, places)
    title = next((clean_title(report.text, m) for m in members if m.parts.title), None)
    if group.own or _is_own(report.header, instrument, date, group.issuers):
        return Cited(
            instrument=instrument,
            date=report.header.date or date,
            issuer=report.header.issuer or issuer,
            title=report.header.subject,
            own=True,
            issued=False,
        )
    issued = any(m.relation == "ban hành" for m in members)
    return Cited(
        instrument=instrument,
        date=date,
        issuer=issuer,
        title=title,
        own=False,
        issued=issued,
        issuer_inferred=inferred and bool(issuer),
        issuer_as_printed=next((p for m in members if (p := issuer_as_printed(report.text, m))), None),
    )


def _fullest(members: Sequence[Mention]) -> Instrument:
    """The fullest number, with the type that the words give (most often, then first)."""
    if len(members) == 1:
        return members[0].instrument
    best = max(members, key=lambda m: (m.instrument.year is not None, len(m.instrument.codes)))
    words = Counter(m.instrument.type for m in members if m.surface.says_type and m.instrument.symbol)
    words = words or Counter(m.instrument.type for m in members if m.surface.says_type)
    kind = words.most_common(1)[0][0] if words else best.instrument.type
    return best.instrument if kind == best.instrument.type else replace(best.instrument, type=kind)


def _own_body(report: Report, instrument: Instrument, places: Places) -> str | None:
    """Who issued it where nothing says so: the body of the centre that its symbol names, else the own unit's."""
    code = instrument.issuer_code
    if code is None or code.body in ("Tỉnh ủy", "Văn phòng"):
        return None
    if code.level == "central":  # "TW" is that of several organs
        return None if instrument.party else code.body
    return places.body(code.body) if report.header.unit else None


def clean_title(text: str, mention: Mention) -> str | None:
    """The title at a mention, in one line, without its quotes; None where there is none."""
    span = mention.parts.title
    printed = " ".join(text[span[0] : span[1]].split()) if span else ""
    if printed[:1] in '“"' and printed[-1:] in '”"':
        printed = printed[1:-1]
    printed = printed.strip(" ,;.")
    # "quy định": a verb alone, whose object a line break or a quotation has taken away.
    is_verb = len(printed) <= _LONGEST_VERB and _TITLE_VERB.fullmatch(fold(printed)) is not None
    return None if is_verb else printed or None


def _is_own(header: Header, instrument: Instrument, date: str | None, issuers: Iterable[str]) -> bool:
    """Is it the number in the heading?  Not where another day or another place stands beside it."""
    same_day = date is None or header.date is None or date.startswith(header.date) or header.date.startswith(date)
    is_there = header.issuer is None or all(same_place(place_named(i), place_named(header.issuer)) for i in issuers)
    return same_day and is_there and _has_own_number(header, instrument)


def _has_own_number(header: Header, instrument: Instrument) -> bool:
    if header.number is None or header.symbol is None:
        return False
    own_number = instrument.number.lstrip("0").upper() == header.number.lstrip("0").upper()
    return own_number and fold(header.symbol) == fold(instrument.symbol or "")
