"""The invented units and all that they have issued: plans that rest on each other, what amends and replaces them.

What a unit issues for a central instrument depends on the seed, the unit and the instrument alone.  Each unit has a
`Stance` to an instrument: it names it itself, or only what the unit above it issued for it, or never says a word of it.
"""

import random
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import reports

from corpus.folding import fold
from graph.known import known

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("chains.toml").read_text(encoding="utf-8"))
# Communes of one name: (district, commune) of each pair; the second pair lies in two provinces.
_NAMESAKES = (((0, 3), (1, 3)), ((0, 4), (-1, 4)))
_FIRST, _LAST = date(2016, 2, 1), date(2025, 6, 20)


@dataclass(frozen=True, slots=True)
class World:
    """Which units there are: a seed, and how many districts a province and communes a district has."""

    seed: int = reports.SEED
    districts: int = 6
    communes: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit; `parent` is None for a province."""

    kind: str
    name: str
    parent: "Unit | None"

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def key(self) -> str:
        """The unit with all above it: "xã A, huyện B, tỉnh C"."""
        return str(self) if self.parent is None else f"{self}, {self.parent.key}"

    @property
    def level(self) -> str:
        """Where it stands: province, district, commune."""
        above = self.parent
        return "province" if above is None else "district" if above.parent is None else "commune"

    @property
    def province(self) -> "Unit":
        """The province in which it lies, or which it is."""
        return self if self.parent is None else self.parent.province


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as texts cite it: type, canonical number, ISO date, issuer, what it is about; `unit` None: central."""

    kind: str
    number: str
    date: str
    issuer: str
    about: str
    unit: Unit | None = None

    @property
    def key(self) -> str:
        """What tells it from all others."""
        whose = self.unit.key if self.unit else self.issuer
        return f"{self.kind} {self.number}, {self.date}, {whose}"


class Stance(Enum):
    """What a unit does with an instrument: names it, names only what is above it, never says a word."""

    NAMES = 1
    THROUGH = 2
    IGNORES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What a unit issued for one instrument: None where nothing; `basis` is what its plan rests on."""

    plan: Document | None = None
    basis: tuple[Document, ...] = ()
    change: Document | None = None
    order: Document | None = None
    newer: Document | None = None
    guide: Document | None = None


@cache
def units(world: World) -> tuple[Unit, ...]:
    """All units, each after the one above it."""
    found: list[Unit] = []
    provinces = {place.above for place in reports.places(world.seed) if place.above.startswith("tỉnh ")}
    for above in sorted(provinces):
        kind, _, name = above.partition(" ")
        province = Unit(kind=kind, name=name, parent=None)
        found.append(province)
        districts = [place for place in reports.places(world.seed) if place.above == above]
        for place in [d for d in districts if not _like_words(d.name)][: world.districts]:
            district = Unit(kind=place.kind, name=place.name, parent=province)
            below = [c for c in reports.places(world.seed) if c.above == str(place) and not _like_words(c.name)]
            found.append(district)
            found += [Unit(kind=c.kind, name=c.name, parent=district) for c in below[: world.communes]]
    return _with_namesakes(found)


def _like_words(name: str) -> bool:
    """Is a name, without its accents, made of words of such texts: "Phượng An" (phương án), "Sín Cò" (có)?"""
    return fold(name) == "phuong an" or not {"da", "co", "con"}.isdisjoint(fold(name).split())


def _with_namesakes(found: list[Unit]) -> tuple[Unit, ...]:
    districts = [unit for unit in found if unit.level == "district"]
    of = {district: [unit for unit in found if unit.parent == district] for district in districts}
    renamed = {}
    for (district, commune), (other, its) in _NAMESAKES:
        one, two = of[districts[district]][commune], of[districts[other]][its]
        renamed[two] = replace(two, kind=one.kind, name=one.name)
    return tuple(renamed.get(unit, unit) for unit in found)


@cache
def central() -> tuple[tuple[Document, tuple[str, Document] | None], ...]:
    """The central instruments, the most cited first, each with what it continues, amends … and the relation."""
    facts = {(row.number, row.date): row for row in known()}
    made = {}
    for row in TABLE["central"]:
        key = (row["number"], row["date"])
        made[key] = Document(
            kind=facts[key].type,
            number=row["number"],
            date=row["date"],
            issuer=facts[key].issuer or "",
            about=row["about"],
        )
    above = {(row["number"], row["date"]): row.get("over") for row in TABLE["central"]}
    return tuple((document, (o[0], made[o[1], o[2]]) if (o := above[key]) else None) for key, document in made.items())


def root(document: Document) -> Document:
    """The instrument at the head of the family: Chỉ thị 30-CT/TW of Kết luận 120-KL/TW."""
    over = dict(central())[document]
    return root(over[1]) if over else document


@cache
def _planned() -> frozenset[Document]:
    """The instruments for which plans are issued."""
    without = {(row["number"], row["date"]) for row in TABLE["central"] if not row.get("plans", True)}
    return frozenset(document for document, _ in central() if (document.number, document.date) not in without)


@cache
def stance(world: World, unit: Unit, instrument: Document) -> Stance:
    """What a unit does with an instrument; alike for a family, so that some units never come near it."""
    if unit.parent is None:
        return Stance.NAMES
    rng = random.Random(f"stance {world.seed} {unit.key} {root(instrument).key}")
    return rng.choices(list(Stance), (45, 35, 20))[0]


@cache
def issued(world: World, unit: Unit) -> Mapping[Document, Issued]:
    """Instrument → what the unit issued for it; numbers run through each year."""
    above = issued(world, unit.parent) if unit.parent else {}
    made = {}
    for instrument, _ in central():
        if stance(world, unit, instrument) is not Stance.IGNORES:
            made[instrument] = _issue(world, unit, instrument, above.get(instrument))
    return _numbered(made, random.Random(f"numbers {world.seed} {unit.key}"))


def _issue(world: World, unit: Unit, instrument: Document, above: Issued | None) -> Issued:
    rng = random.Random(f"issued {world.seed} {unit.key} {instrument.key}")
    over = above.plan if above else None
    names = stance(world, unit, instrument) is Stance.NAMES
    basis: tuple[Document, ...] = () if over is None and not names else (over,) if over and not names else (instrument,)
    if over and names and rng.random() < 0.4:
        basis = (instrument, over)
    start = max(_FIRST, *(date.fromisoformat(document.date) for document in basis)) if basis else _LAST
    share = {"province": 0.75, "district": 0.65, "commune": 0.5}[unit.level] if instrument in _planned() else 0
    plan = _document(rng, unit, "Kế hoạch", start, f"triển khai {instrument.about}") if rng.random() < share else None
    found = Issued(plan=plan, basis=basis if plan else ())
    if plan and rng.random() < 0.2:
        found = replace(found, change=_document(rng, unit, "Kế hoạch", date.fromisoformat(plan.date), ""))
    if plan and unit.level != "commune" and rng.random() < 0.3:
        found = replace(found, guide=_document(rng, unit, "Hướng dẫn", date.fromisoformat(plan.date), ""))
    if names and rng.random() < 0.15:
        order = _document(rng, unit, "Quyết định", start, f"kiện toàn tổ theo dõi {instrument.about}")
        newer = _document(rng, unit, "Quyết định", date.fromisoformat(order.date), "") if order else None
        found = replace(found, order=order, newer=newer)
    return found


def _document(rng: random.Random, unit: Unit, kind: str, start: date, about: str) -> Document | None:
    """A document of some months later, None where that is too late; its number is still only the code."""
    day = start + timedelta(days=rng.randint(9, 1_500 if start == _FIRST else 420))
    code = {"Kế hoạch": "KH", "Quyết định": "QĐ", "Hướng dẫn": "HD"}[kind]
    issuer = f"Ủy ban nhân dân {unit}"
    if day > _LAST:
        return None
    return Document(kind=kind, number=f"{code}-UBND", date=day.isoformat(), issuer=issuer, about=about, unit=unit)


_PARTS = ("plan", "change", "order", "newer", "guide")


def _numbered(made: Mapping[Document, Issued], rng: random.Random) -> dict[Document, Issued]:
    of = [
        (d.date, d.number, n, part) for n, i in enumerate(made.values()) for part in _PARTS if (d := getattr(i, part))
    ]
    last: Counter[tuple[str, str]] = Counter()
    number: dict[tuple[int, str], str] = {}
    for day, code, n, part in sorted(of):
        last[code, day[:4]] += rng.randint(1, 9)
        number[n, part] = f"{last[code, day[:4]]:02}/{code}"
    return {
        instrument: replace(
            found,
            **{p: replace(getattr(found, p), number=number[n, p]) for p in _PARTS if (n, p) in number},
        )
        for n, (instrument, found) in enumerate(made.items())
    }
