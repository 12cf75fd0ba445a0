"""Where the units lie that reports name: which of the same name are one, and which are two."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from corpus.folding import normalize_tone
from corpus.model import Level
from corpus.units import parse_unit


class Whose(NamedTuple):
    """What a report says of whose it is: its unit, the place above it, the province, and the body that issued it."""

    unit: str | None
    parent: str | None
    province: str | None
    issuer: str | None


class Home(NamedTuple):
    """A unit by its name, and the district and province it lies in (keys; None where that is not known)."""

    name: str
    district: str | None
    province: str | None

    def fits(self, other: "Home") -> bool:
        """May this, which says less, be the other?"""
        return self != other and all(mine in (None, its) for mine, its in zip(self, other, strict=True))

    @property
    def above(self) -> "Home | None":
        """The unit right above; None where it is not known."""
        if self.district is not None:
            return Home(self.district, None, self.province)
        return Home(self.province, None, None) if self.province is not None else None


# "Mỹ Lí" and "Mỹ Lý" are one name: at the end of a word after these consonants i and y sound alike.
_Y = re.compile(r"(?<=[hklmst])[yýỳỷỹỵ](?!\w)")
_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """The name of a place for comparison: tones count, their place, case, points and i or y do not.

    >>> name_key("Xã HOÀ  LÝ") == name_key("xã Hòa Lí"), name_key("xã Hà Vân") == name_key("xã Hạ Vân")
    (True, False)
    """
    words = " ".join(re.findall(r"\w+", normalize_tone(name).casefold()))
    return _Y.sub(lambda match: match[0].translate(_I), words)


def level_of(name: str) -> Level | None:
    """The level of a place; None for what is none."""
    unit = parse_unit(name)
    return unit.level if unit else None


def homes_of(said: Iterable[Whose]) -> dict[Whose, Home]:
    """Where the unit of each report lies, as far as the reports together tell it, without guessing.

    A report that names no district, or no province, is of the only unit of its name which fits; where several fit
    (xã An Bình of two districts), it is of none of them: a unit of which nothing more is known.
    """
    told = {whose: _told(whose.unit, whose) for whose in said if whose.unit is not None}
    among = set(told.values())
    among |= {above for home in among if (above := home.above) is not None}
    among = set(_fullest(among).values())
    # A commune whose district is known lies where that lies.
    provinces: dict[str, set[str]] = defaultdict(set)
    for home in among:
        if home.province is not None:
            provinces[home.name].add(home.province)
    lain = {whose: _in_province_of_district(home, provinces) for whose, home in told.items()}
    full = _fullest({*lain.values(), *(h.above for h in lain.values() if h.above)})
    return {whose: full[home] for whose, home in lain.items()}


def _told(unit: str, whose: Whose) -> Home:
    """The home of a unit as one report of it tells it."""
    level, above = level_of(unit), whose.parent and level_of(whose.parent)
    if level == "province":
        return Home(name_key(unit), None, None)
    province = whose.province or (whose.parent if above == "province" else None)
    district = whose.parent if level == "commune" and above == "district" else None
    return Home(name_key(unit), *(name_key(place) if place else None for place in (district, province)))


def _in_province_of_district(home: Home, provinces: Mapping[str, Collection[str]]) -> Home:
    """The home with the province of its district, where that is one; `provinces` are those of each name."""
    if home.district is None or home.province is not None:
        return home
    of_district = provinces.get(home.district, ())
    return home._replace(province=next(iter(of_district))) if len(of_district) == 1 else home


def _fullest(homes: Iterable[Home]) -> Mapping[Home, Home]:
    """Each home → the only one of its name that says more and fits, else itself."""
    by_name: dict[str, set[Home]] = defaultdict(set)
    for home in homes:
        by_name[home.name].add(home)
    found = {}
    for of in by_name.values():
        most = [home for home in of if not any(home.fits(other) for other in of)]
        for home in of:
            fitting = [other for other in most if home.fits(other)]
            found[home] = fitting[0] if len(fitting) == 1 else home
    return found
