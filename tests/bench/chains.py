"""Invented reports whose citations make a graph that is known: who cites what, what was issued for what.

`python tests/bench/chains.py FOLDER --count 10000` writes FOLDER/<unit>/<index>.txt, UTF-8, about 4 KB each with some 15
citations, and FOLDER.gold.jsonl beside it, a line for each report: what its text says.  A report depends on the world
and its number alone.  Units and local documents are invented (`offices.py`), central ones are real; the sentences and
what each of them says stand in `chains.toml`.
"""

import argparse
import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import reports
from offices import TABLE, Document, Issued, Stance, Unit, World, central, issued, stance, units

from corpus.folding import fold

_FIRST, _DAYS = date(2019, 1, 7), 2_360
# One of so many of a unit's documents is a plan of its own.
_PLAN = 14
_SLOT = re.compile(r"\{(\w+)\}")
Said = tuple[Document, str]
Stated = tuple[Document, Document, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chained:
    """A report and what its text says; `plan` is the local plan that it is itself, None for a report."""

    file: str
    text: str = field(repr=False)
    unit: Unit
    date: str
    plan: Document | None
    cites: tuple[Said, ...]
    links: tuple[Stated, ...]

    def gold(self) -> dict[str, Any]:
        """The line of the gold file: units and documents by their keys."""
        return {
            "file": self.file,
            "unit": self.unit.key,
            "date": self.date,
            "own": self.plan.key if self.plan else None,
            "cites": [[document.key, relation] for document, relation in self.cites],
            "links": [[source.key, target.key, relation] for source, target, relation in self.links],
            "documents": {d.key: _document_json(d) for d in self.documents()},
        }

    def documents(self) -> Iterator[Document]:
        """All documents that it cites, links or is."""
        yield from (document for document, _ in self.cites)
        yield from (document for link in self.links for document in link[:2])
        if self.plan:
            yield self.plan


def _document_json(document: Document) -> dict[str, Any]:
    return {**asdict(document), "unit": document.unit.key if document.unit else None}


@cache
def _order(world: World) -> tuple[Unit, ...]:
    """The units in the order in which they report."""
    found = list(units(world))
    random.Random(f"order {world}").shuffle(found)
    return tuple(found)


class _Writer:
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


def _cases(w: _Writer, instrument: Document) -> dict[str, dict[str, Document]]:
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
    found = {case: slots for case in ("i", "over", "own", "order") if case in slots}
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


def _below(w: _Writer, instrument: Document) -> Document | None:
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


def _sentences(w: _Writer) -> list[str]:
    """What the report says of some eight instruments, those of the first ranks most often."""
    drawn: dict[Document, None] = {}
    listed = [instrument for instrument, _ in central()]
    sums = list(accumulate(1 / (rank + 1.2) for rank in range(len(listed))))
    for instrument in w.rng.choices(listed, cum_weights=sums, k=32):
        drawn.setdefault(instrument)
    made, wanted = [], w.rng.randint(15, 18)
    for instrument in drawn:
        cases = _cases(w, instrument)
        for case in w.rng.sample(sorted(cases), min(len(cases), w.rng.randint(1, 2))):
            made.append(w.say(w.rng.choice(_rows()[case]), dict(cases[case])))
        if len(w.cites) >= wanted:
            break
    return made


def _opening(w: _Writer) -> str:
    """Whose report it is, and under what it is made."""
    place = w.unit.key
    if w.plan:
        basis = next(i.basis for i in w.own.values() if i.plan == w.plan)
        lines = [f"Căn cứ {w.printed('i', document)};" for document in basis]
        w.cites += [(document, "căn cứ") for document in basis]
        w.links += [(w.plan, document, "căn cứ") for document in basis]
        return "\n\n".join([*lines, f"{w.ubnd} ban hành kế hoạch trên địa bàn {place} như sau:"])
    under = next((i.plan for i in w.above.values() if w.was(i.plan) and w.rng.random() < 0.2), None)
    text = f"{w.ubnd} báo cáo kết quả công tác trên địa bàn {place} như sau:"
    if under is None:
        return text
    text = f"Thực hiện {w.printed('over', under)}, {text}"
    w.cites.append((under, "báo cáo theo"))
    return text


def _head(w: _Writer) -> str:
    unit, rng = w.unit, w.rng
    lines = [f"{rng.choice(('ỦY BAN NHÂN DÂN', 'UBND'))}{rng.choice((' ', chr(10)))}{str(unit).upper()}"]
    if unit.level != "province" and rng.random() < (0.7 if unit.level == "commune" else 0.3):
        lines.insert(0, f"{rng.choice(('UBND', 'ỦY BAN NHÂN DÂN'))} {str(unit.parent).upper()}")
    code, number = ("KH", w.plan.number.partition("/")[0]) if w.plan else ("BC", f"{w.turn + 1:02}")
    kind = "Kế hoạch" if w.plan else "Báo cáo"
    about = w.plan.about if w.plan else f"Kết quả công tác năm {w.date[:4]}"
    day = date.fromisoformat(w.date)
    letterhead = "\n".join(lines)
    if rng.random() < 0.15:
        letterhead = "\n".join(line if line.startswith("UBND") else line.capitalize() for line in lines[:-1])
        letterhead += f"\nỦy ban nhân dân\n{str(unit)[:1].upper()}{str(unit)[1:]}"
    address = f"Kính gửi: Ủy ban nhân dân {unit.parent}\n\n" if unit.parent else ""
    return (
        f"{letterhead.strip()}\nSố: {number}/{code}-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Độc lập - Tự do - Hạnh phúc\n{unit.name}, ngày {day.day:02} tháng {day.month:02} năm {day.year}\n\n"
        f"{kind.upper()}\n\n{about[:1].upper()}{about[1:]}\n\n{address}"
    )


def _body(w: _Writer, sentences: Sequence[str]) -> str:
    """Numbered items; other sentences of such reports stand between those that cite."""
    of = reports.all_topics()
    others = [reports.one_sentence(w.words, w.rng.choice(of)[1]) for _ in range(w.rng.randint(2, 5))]
    items = list(sentences)  # in the order in which they were said: a short form stands behind the full one
    for other in others:
        items.insert(w.rng.randint(0, len(items)), other)
    lines = ["I. KẾT QUẢ THỰC HIỆN"]
    lines += [f"{n}. {item}" for n, item in enumerate(items, 1)]
    return "\n\n".join(lines)


def _foot(w: _Writer) -> str:
    kind = "kế hoạch" if w.plan else "báo cáo"
    return (
        f"Trên đây là {kind} của UBND {w.unit}.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n"
        f"{reports.person(w.rng)}\n"
    )


def invent(index: int, world: World | None = None) -> Chained:
    """The report of that number with what it says; nothing but the world decides it."""
    w = _Writer(world or World(), index)
    opening = _opening(w)
    text = "\n\n".join([_head(w) + opening, _body(w, [] if w.plan else _sentences(w)), _foot(w)])
    if w.rng.random() < 0.25:
        text = reports.retoned(text)
    if w.rng.random() < 0.03:
        text = unicodedata.normalize("NFD", text)
    return Chained(
        file=f"{fold(w.unit.key).replace(', ', '-').replace(' ', '-')}/{index:06}.txt",
        text=text,
        unit=w.unit,
        date=w.date,
        plan=w.plan,
        cites=tuple(w.cites),
        links=tuple(dict.fromkeys(w.links)),
    )


def write(folder: Path, indexes: Iterable[int], world: World | None = None) -> Iterator[Chained]:
    """Write reports into `folder`, and their gold beside it; gives each as it is written."""
    folder.mkdir(parents=True, exist_ok=True)
    with reports.gold_file(folder).open("w", encoding="utf-8", newline="\n") as gold:
        for index in indexes:
            report = invent(index, world)
            path = folder / report.file
            path.parent.mkdir(exist_ok=True)
            path.write_text(report.text, encoding="utf-8", newline="\n")
            gold.write(json.dumps(report.gold(), ensure_ascii=False) + "\n")
            yield report


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1_000, help="how many reports (default 1000)")
    parser.add_argument("--seed", type=int, default=reports.SEED)
    given = parser.parse_args(arguments)
    size = cited = 0
    for report in write(given.folder, range(given.count), World(seed=given.seed)):
        size += len(report.text.encode())
        cited += len(report.cites)
    each = max(1, given.count)
    print(f"{given.count} reports, {size / each / 1e3:.1f} KB and {cited / each:.1f} citations each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
