"""What the invented chains say: the sentences that a report can say of an instrument, and what each of them says."""

import random
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

import reports
from offices import TABLE, Document, Issued, Stance, Unit, World, central, issued, stance, units

_FIRST, _DAYS = date(2019, 1, 7), 2_360
# One of so many of a unit's documents is a plan of its own.
_PLAN = 14
_SLOT = re.compile(r"\{(\w+)\}")
Said = tuple[Document, str]
Stated = tuple[Document, Document, str]


@cache
def _order(world: World) -> tuple[Unit, ...]:
    """The units in the order in which they report."""
    found = list(units(world))
    random.Random(f"order {world}").shuffle(found)
    return tuple(found)


class Writer:
    """One report in the making, with what its text says so far."""

    def __init__(self, world: World, index: int) -> None:
        self.rng = random.Random(f"chains {world} {index}")
        self.world = world
        turn, at = divmod(index, len(units(world)))
        self.turn, self.unit = turn, _order(world)[at]
        self.words = reports.Writer(world.seed, index)
        self.own = issued(world, self.unit)
        self.above = issued(world, self.unit.parent) if self.unit.parent else {}
        self.plan = self._plan() if turn % _PLAN == _PLAN // 2 else None
        day = _FIRST + timedelta(days=self.rng.randint(0, _DAYS))
        self.date = self.plan.date if self.plan else day.isoformat()
        self.ubnd = f"{self.rng.choice(('UBND', 'Ủy ban nhân dân'))} {self.unit.kind}"
        self.cites: list[Said] = []
        self.links: list[Stated] = []
        self.seen: set[Document] = set()

    def _plan(self) -> Document | None:
        """The plan that the report is; none that rests on another of its number."""
        plans = sorted(
            (
                i.plan
                for i in self.own.values()
                if i.plan and i.plan.date >= _FIRST.isoformat() and i.plan.number not in {d.number for d in i.basis}
            ),
            key=lambda plan: plan.key,
        )
        return plans[self.turn // _PLAN] if self.turn // _PLAN < len(plans) else None

    def was(self, document: Document | None) -> bool:
        """Was it there when the report was made?"""
        return document is not None and document.date < self.date

    def say(self, row: dict[str, Any], slots: dict[str, Document]) -> str:
        """A sentence of a row of the table; what it says is noted."""
        sentence = _SLOT.sub(lambda slot: self._slot(slot[1], slots), self.rng.choice(row["texts"]))
        slots["short"] = slots.get("i", next(iter(slots.values())))
        self.cites += [(slots[slot], relation) for slot, relation in row["cites"].items()]
        self.links += [(slots[source], slots[target], r) for source, target, r in row.get("links", ())]
        return f"{self.words.fill(sentence)}."

    def _slot(self, name: str, slots: dict[str, Document]) -> str:
        below = slots["below"].unit if "below" in slots else None
        words = {
            "ubnd": self.ubnd,
            "party": _party(self.unit),
            "xaduoi": str(below),
            "ubndduoi": f"UBND {below}",
        }
        if name in words:
            return words[name]
        if name == "short":
            return f"{slots['i'].kind} số {re.split('[-/]', slots['i'].number)[0]}"
        return self.printed(name, slots[name]) if name in slots else f"{{{name}}}"

    def printed(self, slot: str, document: Document) -> str:
        """A document as the text cites it: in full, or in short where it stood before and nothing of that number."""
        text = f"{document.kind} số {document.number}"
        alike = {d for d in self.seen if (d.kind, d.number) == (document.kind, document.number)}
        self.seen.add(document)
        if alike != {document} or self.rng.random() < 0.4:
            text += f" {_day(self.rng, document.date)}"
        if document.unit is None:
            by = f" của {document.issuer}"
        else:
            by = "" if slot in _ISSUED else f" của {self._body(document.unit)}"
        is_title = document.about and slot != "j" and not alike and self.rng.random() < 0.7
        return f"{text}{by} về {document.about}" if is_title else f"{text}{by}"

    def _body(self, unit: Unit) -> str:
        name = str(unit) if self.rng.random() < 0.6 or unit.level == "province" else unit.kind
        return f"{self.rng.choice(('UBND', 'Ủy ban nhân dân'))} {name}"


# What the sentence says its subject issued.
_ISSUED = ("own", "change", "order", "below")


def _party(unit: Unit) -> str:
    whose = {"tỉnh": "Tỉnh ủy", "huyện": "Huyện ủy", "thị xã": "Thị ủy"}
    return whose.get(unit.kind, f"Đảng ủy {unit.kind}")


def _day(rng: random.Random, iso: str) -> str:
    day = date.fromisoformat(iso)
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    form = rng.choices(("ngày {d:02}/{m}/{y}", "ngày {d:02} tháng {m} năm {y}", "ngày {d:02}-{m}-{y}"), (6, 3, 1))[0]
    return form.format(d=day.day, m=month, y=day.year)


def _cases(w: Writer, instrument: Document) -> Mapping[str, dict[str, Document]]:
    """What can be said of an instrument, with the documents of the slots."""
    own, above = w.own.get(instrument, Issued()), w.above.get(instrument, Issued())
    names = stance(w.world, w.unit, instrument) is Stance.NAMES
    there = {
        "i": instrument if names else None,
        "over": above.plan,
        "own": own.plan,
        "plan": own.plan,
        "change": own.change,
        "order": own.order,
        "former": own.order,
        "newer": own.newer,
        "guide": above.guide,
    }
    slots = {name: document for name, document in there.items() if document and w.was(document)}
    found: dict[str, dict[str, Document]] = {c: slots for c in ("i", "over", "own", "order") if c in slots}
    rests = " ".join([*("i" if document == instrument else "over" for document in own.basis), "own"])
    if own.basis and all(name in slots for name in rests.split()):
        found[rests] = slots
    found |= {
        case: slots
        for case, of in (("change", "plan"), ("newer", "former"), ("guide", "over"))
        if case in slots and of in slots
    }
    further = dict(central())[instrument]
    if further and "i" in slots:
        found[further[0]] = slots | {"j": further[1]}
    below = _below(w, instrument)
    return found | ({"below": {"below": below}} if below else {})


def _below(w: Writer, instrument: Document) -> Document | None:
    """A plan of a unit below, whose name no other unit has."""
    under = [unit for unit in units(w.world) if unit.parent == w.unit and str(unit) not in _shared(w.world)]
    if not under or stance(w.world, w.unit, instrument) is Stance.IGNORES:
        return None
    plan = issued(w.world, w.rng.choice(under)).get(instrument, Issued()).plan
    return plan if w.was(plan) else None


@cache
def _shared(world: World) -> frozenset[str]:
    names = [str(unit) for unit in units(world)]
    return frozenset(name for name in names if names.count(name) > 1)


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in TABLE["say"]:
        found.setdefault(row["case"], []).append(row)
    return found


def sentences(w: Writer) -> list[str]:
    """What the report says of some eight instruments, those of the first ranks most often."""
    drawn: dict[Document, None] = {}
    listed = [instrument for instrument, _ in central()]
    sums = list(accumulate(1 / (rank + 1.2) for rank in range(len(listed))))
    for instrument in w.rng.choices(listed, cum_weights=sums, k=32):
        drawn.setdefault(instrument)
    made: list[str] = []
    wanted = w.rng.randint(15, 18)
    for instrument in drawn:
        cases = _cases(w, instrument)
        some = w.rng.sample(sorted(cases), min(len(cases), w.rng.randint(1, 2)))
        made += [w.say(w.rng.choice(_rows()[case]), dict(cases[case])) for case in some]
        if len(w.cites) >= wanted:
            break
    return made
