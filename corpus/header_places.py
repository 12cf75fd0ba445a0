"""Where the body of a document sits: its unit, the place above it, and the province, weighed over the whole text.

A place counts for more where a body is named with it; what lies beside a border counts for nothing.
Without such evidence the answer is None: a wrong place would link two units that have nothing to do with each other.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from corpus.folding import UPPER
from corpus.gazetteer import alternatives, bodies, kinds
from corpus.model import LEVELS, Level, Unit
from corpus.units import find_units, parse_unit, place_of

# How much a mention says about whose report it is, from what stands before it.  Found on four annotated reports and on
# 36 other documents: with body : possessive : plain as 3 : 2 : 1 every unit and every place above it came out right.
_OWN = re.compile(r"(?:trên địa bàn|toàn|của|thuộc|tại|nhân dân|kính gửi:?|chính quyền|việt nam)\s$", re.IGNORECASE)
_BORDER = re.compile(r"\bgiáp\b[^.\n]*$", re.IGNORECASE)
_BODY_WEIGHT, _OWN_WEIGHT, _PLAIN_WEIGHT = 3, 2, 1
# "xã A, huyện B": B is where A lies, and says nothing else.
_INSIDE = re.compile(r"\s*(?:,|-|–|thuộc|của)\s*$")
_INSIDE_WEIGHT = 4
# The least weight of a place that is taken: one mention with a body or two plain ones are evidence, one is chance.
_LEAST = 2
_SEAT = re.compile(rf"(?:Tỉnh|Thành|Huyện|Thị|Quận) ủy [{UPPER}][^\n,;.]{{0,30}}")


@cache
def _local_names() -> str:
    return alternatives(
        name for body in bodies() if body.level != "central" for name in (body.name, *body.short) if not body.head
    )


@cache
def _body_before() -> re.Pattern[str]:
    """A body right before a place, with its field of work where it has one: "Phòng Nội vụ" thị xã A."""
    offices = alternatives(body.name for body in bodies() if body.head and body.of)
    return re.compile(rf"(?i)(?<!\w)(?:{_local_names()}|(?:{offices}) [\w ,&-]{{3,40}}|ban chỉ đạo [^,;.]*)\s$")


@cache
def _own_kind() -> re.Pattern[str]:
    """A kind of place without a name, behind a body or a word of possession."""
    own = "trên địa bàn|toàn|chính quyền|cấp ủy|đoàn thể|nhân dân"
    kind = alternatives(kind.name for kind in kinds())
    return re.compile(
        rf"(?i)(?<!\w)(?:{_local_names()}|{own})\s+(?P<kind>{kind})(?!\s(?:hội|viên|(?-i:[{UPPER}])))(?!\w)"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The unit that reports, the place above it, and its province."""

    unit: Unit | None = None
    parent: Unit | None = None
    province: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The places of a text: how much it speaks of each, and which it says to lie in which ("xã A, huyện B")."""

    weights: Counter[Unit]
    inside: Counter[tuple[Unit, Unit]]
    date: str | None


def survey(text: str, *, date: str | None) -> Survey:
    """The places that `text` (tones normalised) names; `date` (ISO) tells which cities were of the first level then."""
    weights: Counter[Unit] = Counter()
    inside: Counter[tuple[Unit, Unit]] = Counter()
    chain: list[Unit] = []
    end = 0
    for span, unit in find_units(text, year=int(date[:4]) if date else None):
        if chain and _INSIDE.fullmatch(text, end, span.start):
            inside.update((lower, unit) for lower in chain if _higher(unit, lower))
        else:
            chain = []
            weights[unit] += _weight(text[max(0, span.start - _REACH) : span.start])
        chain.append(unit)
        end = span.end
    for match in _SEAT.finditer(text):
        if place := place_of(match.group()):
            weights[place] += _BODY_WEIGHT
    return Survey(weights=weights, inside=inside, date=date)


_REACH = 60


def _weight(left: str) -> int:
    if _BORDER.search(left):
        return 0
    return _BODY_WEIGHT if _body_before().search(left) else _OWN_WEIGHT if _OWN.search(left) else _PLAIN_WEIGHT


def _higher(place: Unit, unit: Unit) -> bool:
    return LEVELS.index(place.level) < LEVELS.index(unit.level)


def own_kind(text: str) -> str | None:
    """The kind of place of which the text speaks as its own: "UBND xã", "trên địa bàn xã" without a name."""
    found = Counter(match["kind"].lower() for match in _own_kind().finditer(text))
    return found.most_common(1)[0][0] if found else None


def find_unit(places: Survey, *, kind: str | None, place: str | None) -> Unit | None:
    """The place of `kind` of which the text speaks most; without any, `place` of the line of place and date."""
    if kind is None:
        return None
    of_kind = Counter({unit: n for unit, n in places.weights.items() if unit.kind == kind}).most_common(1)
    if of_kind and of_kind[0][1] >= _LEAST:
        return of_kind[0][0]
    return parse_unit(f"{kind} {place}", year=int(places.date[:4]) if places.date else None) if place else None


def places_around(places: Survey, unit: Unit | None, *, above: Unit | None) -> Places:
    """The places of a document of `unit`; `above` is the place of the higher body in its letterhead."""
    if unit is None or unit.level == "province":
        return Places(unit=unit, province=unit)
    weights = places.weights + _in_which(places, unit)
    province = above if above is not None and above.level == "province" else _best(weights, "province")
    parent = above if above is not None and _higher(above, unit) else None
    if parent is None and unit.level == "commune":
        parent = _best(weights, "district")
    if province is None and parent is not None:
        province = _best(_in_which(places, parent), "province")
    if parent is None and (unit.level == "district" or (places.date or "") >= _TWO_LEVELS):
        parent = province
    return Places(unit=unit, parent=parent, province=province)


# Since 01/7/2025 a commune lies right under its province (Nghị quyết 203/2025/QH15, which amends the Constitution).
_TWO_LEVELS = "2025-07"


def _in_which(places: Survey, unit: Unit) -> Counter[Unit]:
    found: Counter[Unit] = Counter()
    for (lower, higher), times in places.inside.items():
        if lower == unit:
            found[higher] += _INSIDE_WEIGHT * times
    return found


def _best(weights: Counter[Unit], level: Level) -> Unit | None:
    of_level = Counter({place: n for place, n in weights.items() if place.level == level}).most_common(2)
    if not of_level or of_level[0][1] < _LEAST:
        return None
    if len(of_level) > 1 and of_level[1][1] == of_level[0][1]:
        return None  # two places, equally likely
    return of_level[0][0]
