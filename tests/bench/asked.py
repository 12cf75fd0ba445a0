"""Are the answers of the graph right?  200 questions of a library of invented chains, each judged by the gold.

`python tests/bench/asked.py LIBRARY GOLD` asks for traces (by number, by what is ambiguous, by id; since, until,
within), for what drives units and for coverage, and prints each answer that is not exactly that of `gold.py`.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from gold import ALL, Cell, Driven, Driver, Gold, Traced, Window, ident, named, read_gold

from graph.answers_graph import coverage_json, drivers_json, trace_json
from graph.questions import Period, resolve_reference
from index.library import Library, open_library

_PERIODS = (Window(since="2021-01-01"), Window(until="2022-06-30"), Window(since="2020-07-01", until="2023-03-31"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: "trace", "drivers" or "coverage" of `of`, documents or one unit; none: of the `top` most cited.

    `by_id`: the document is not asked for by its number, which several have.
    """

    kind: str
    of: tuple[str, ...] = ()
    window: Window = ALL
    by_id: bool = False
    top: int = 20

    def __str__(self) -> str:
        parts = (self.window.since, self.window.until, self.window.within)
        return f"{self.kind} {' | '.join(self.of) or self.top} [{', '.join(part or '–' for part in parts)}]"


def drawn(gold: Gold, seed: int = 1) -> list[Question]:
    """200 questions; documents of all ranks, units of all levels."""
    rng = random.Random(f"asked {seed}")
    cited = gold.cited()
    central = [document for document in cited if gold.whose(document) is None]
    local = [document for document in cited if gold.whose(document) is not None]
    higher = [document for document in local if (gold.whose(document) or "").count(",") < 2]
    tops = [unit for unit in gold.units if unit.count(",") < 2]
    asked = [Question(kind="trace", of=(document,)) for document in central[:50]]
    asked += [Question(kind="trace", of=(d,), by_id=True) for d in (*spread(higher, 30), *spread(local, 20))]
    asked += [Question(kind="trace", of=(document,)) for document in spread(local, 10)]
    for n, document in enumerate((*central[:12], *spread(higher, 8))):
        asked.append(Question(kind="trace", of=(document,), window=_PERIODS[n % 3], by_id=n >= 12))
    for document in (*central[:12], *spread(higher, 8)):
        window = Window(within=rng.choice(tops), since=rng.choice((None, None, "2022-01-01")))
        asked.append(Question(kind="trace", of=(document,), window=window, by_id=True))
    asked += [Question(kind="drivers", of=(unit,)) for unit in (*namesakes(gold), *rng.sample(tops, 6))]
    asked += [Question(kind="drivers", of=(unit,)) for unit in rng.sample(gold.units, 18)]
    asked += [Question(kind="drivers", of=(unit,), window=w) for w in _PERIODS for unit in rng.sample(gold.units, 2)]
    asked += [Question(kind="coverage", window=window) for window in (ALL, *_PERIODS)]
    homes = sorted({unit.partition(", ")[2] for unit in namesakes(gold)})
    asked += [Question(kind="coverage", window=Window(within=home)) for home in homes]
    while len(asked) < 200:
        asked.append(Question(kind="coverage", of=tuple(rng.sample(higher if len(asked) % 2 else central[:30], 4))))
    return asked


def spread(ranked: Sequence[str], count: int) -> list[str]:
    """So many of a list, at equal distances: the first, …, the last."""
    return [ranked[n * (len(ranked) - 1) // (count - 1)] for n in range(count)]


def namesakes(gold: Gold) -> list[str]:
    """The units whose name another has."""
    names = [unit.partition(",")[0] for unit in gold.units]
    return [unit for unit, name in zip(gold.units, names, strict=True) if names.count(name) > 1]


class Judge:
    """Asks a library and tells where its answer is not that of the gold."""

    def __init__(self, library: Library, gold: Gold) -> None:
        self.library, self.gold = library, gold
        tree = library.catalog.tree()
        self._unit = {
            one.id: named(", ".join(u.name for u in (one, *tree.above(one.id)))) for one in tree.units.values()
        }
        self._unit_id = {name: unit_id for unit_id, name in self._unit.items()}
        self._label = {one.label: self._unit[one.id] for one in tree.units.values()}

    def differences(self, question: Question) -> list[str]:
        """In what the answer is wrong; raises what the library raises."""
        ask: dict[str, Callable[[Question], Iterator[str]]] = {
            "trace": self._trace,
            "drivers": self._drivers,
            "coverage": self._coverage,
        }
        return list(ask[question.kind](question))

    def reference(self, question: Question) -> str:
        """What a person types to ask for a document."""
        (document,) = question.of
        return self.id_of(document) if question.by_id else self._number(document)

    def id_of(self, document: str) -> str:
        """The id of a document in the library; raises LookupError where it has none, or more than one."""
        entries = resolve_reference(self.library.catalog, self._number(document))
        found = [e.id for e in entries if ident(e.type or "", e.canonical, e.date, e.issuer) == document]
        if len(found) != 1:
            raise LookupError(f"{document}: {found}")
        return found[0]

    def unit_id(self, unit: str) -> str:
        """The id of a unit in the library."""
        return self._unit_id[unit]

    def _number(self, document: str) -> str:
        told = self.gold.documents[document]
        return f"{told['kind']} {told['number']}"

    def _within(self, window: Window) -> str | None:
        return self.unit_id(window.within) if window.within else None

    def _trace(self, question: Question) -> Iterator[str]:
        (document,) = question.of
        given = self.library.trace(
            self.reference(question), period=_period(question.window), within=self._within(question.window)
        )
        answer = trace_json(given)
        meant = [document] if question.by_id else self.gold.numbered(document)
        wanted = {name: self.gold.trace(name, question.window) for name in meant}
        found = {_ident(one): self._traced(one) for one in answer["instruments"]}
        yield from _unlike("instruments", found, wanted)
        named_here = {unit for one in wanted.values() for unit in (*one.units, *one.indirect)}
        missing = {unit for one in wanted.values() for unit in one.missing} - named_here
        yield from _unlike("missing", {self._label[label] for label in answer["missing"]}, missing)
        if answer["ambiguous"] != (len(wanted) > 1):
            yield f"ambiguous: {answer['ambiguous']}"
        for one in answer["instruments"]:
            for way in one["indirect"]:
                yield from self._wrong_way(_ident(one), way, question.window)

    def _traced(self, one: Mapping[str, Any]) -> Traced:
        return Traced(
            units={
                self._unit[unit["unit_id"]]: {
                    _file(report["file"]): (
                        sorted(citation["relation"] for citation in report["citations"]),
                        sorted(self._idents(action["instrument"] for action in report["actions"])),
                    )
                    for report in unit["reports"]
                }
                for unit in one["units"]
            },
            indirect={self._unit[way["unit_id"]]: len(way["via"]) for way in one["indirect"]},
            missing=frozenset(self._unit[unit["unit_id"]] for unit in one["missing"]),
        )

    def _idents(self, ids: Iterator[str] | Sequence[str]) -> list[str]:
        entries = self.library.catalog.entries(list(ids))
        return [ident(e.type or "", e.canonical, e.date, e.issuer) for e in entries]

    def _wrong_way(self, document: str, way: Mapping[str, Any], window: Window) -> Iterator[str]:
        """A way leads from what the unit cites, by links that reports state, to what was asked for."""
        stations = self._idents([*(step["from_id"] for step in way["via"]), way["via"][-1]["to_id"]])
        unit = self._unit[way["unit_id"]]
        told = [report.file for report in self.gold.citing[stations[0]] if report.unit == unit]
        if stations[-1] != document or not all(self.gold.is_link(*step) for step in pairwise(stations)):
            yield f"no such way: {' → '.join(stations)}"
        if self.gold.count(unit, stations[0], window) != way["reports"]:
            yield f"{unit}: {way['reports']} reports cite {stations[0]}"
        if _file(way["citation"]["file"]) not in told:
            yield f"{way['citation']['file']} does not cite {stations[0]}"

    def _drivers(self, question: Question) -> Iterator[str]:
        (unit,) = question.of
        (answer,) = drivers_json(self.library.drivers(self.unit_id(unit), period=_period(question.window)))
        found = Driven(
            reports=answer["reports"],
            drivers={
                _ident(one): Driver(
                    group=one["group"],
                    reports=one["reports"],
                    relations=one["relations"],
                    years=one["years"],
                    actions=one["actions"],
                )
                for one in answer["drivers"]
            },
            own={_ident(own): frozenset(self._idents([g["id"] for g in own["rests_on"]])) for own in answer["own"]},
        )
        yield from _unlike("drivers", found, self.gold.drivers(unit, question.window))

    def _coverage(self, question: Question) -> Iterator[str]:
        answer = coverage_json(
            self.library.coverage(
                [self.id_of(document) for document in question.of],
                top=question.top,
                period=_period(question.window),
                within=self._within(question.window),
            )
        )
        asked = {one["id"]: _ident(one) for one in answer["instruments"]}
        found = {
            (self._unit[cell["unit"]], asked[cell["instrument"]]): Cell(
                reports=cell["reports"], first=cell["first"], plan=cell["first_plan"]
            )
            for cell in answer["cells"]
        }
        yield from _unlike("cells", found, self.gold.coverage([*asked.values()], question.window))
        if question.of:
            yield from _unlike("instruments", {*asked.values()}, {*question.of})
            return
        often = Counter[str]()
        for (_, document), cell in self.gold.coverage(self.gold.cited(), question.window).items():
            often[document] += cell.reports
        most = [count for _, count in often.most_common(question.top)]
        yield from _unlike("most cited", [often[document] for document in asked.values()], most)
        units = {unit for unit in self.gold.units if question.window.has(unit)}
        yield from _unlike("units", {self._unit[unit["unit_id"]] for unit in answer["units"]}, units)


def _period(window: Window) -> Period:
    return Period(since=window.since, until=window.until)


def _ident(one: Mapping[str, Any]) -> str:
    return ident(one["type"] or "", one["canonical"], one["date"], one["issuer"])


def _file(path: str) -> str:
    return "/".join(Path(path).parts[-2:])


def _unlike(what: str, found: object, wanted: object) -> Iterator[str]:
    """Where two answers differ, down to the first parts that do."""
    if found == wanted:
        return
    if isinstance(found, Mapping) and isinstance(wanted, Mapping):
        for key in sorted({*found, *wanted}, key=str):
            yield from _unlike(f"{what} › {key}", found.get(key), wanted.get(key))
    elif isinstance(found, set | frozenset) and isinstance(wanted, set | frozenset):
        yield f"{what}: too many {sorted(found - wanted)}, too few {sorted(wanted - found)}"
    elif type(found) is type(wanted) and isinstance(found, Traced | Driven | Driver | Cell):
        for part in found.__slots__:
            yield from _unlike(f"{what} › {part}", getattr(found, part), getattr(wanted, part))
    else:
        yield f"{what}: {found}, not {wanted}"


def wrong(library: Library, gold: Gold, questions: Sequence[Question]) -> Iterator[tuple[Question, list[str]]]:
    """The questions that are answered otherwise than the gold says."""
    judge = Judge(library, gold)
    for question in questions:
        try:
            differences = judge.differences(question)
        except Exception as error:  # noqa: BLE001 - an error is a finding
            differences = [f"{type(error).__name__}: {error}"]
        if differences:
            yield question, differences


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code: 1 where an answer is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("gold", type=Path, help="the .gold.jsonl of its reports")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    gold = read_gold(given.gold)
    questions = drawn(gold, given.seed)
    with open_library(given.library) as library:
        found = list(wrong(library, gold, questions))
    for question, differences in found:
        print(f"{question}: {len(differences)} differences", *differences[:3], sep="\n    ")
    print(f"{len(questions) - len(found)} of {len(questions)} answers are exactly those of the gold")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
