"""The invented chains: reports that say what their gold says, and a library that answers as the gold does."""

import json
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))

import asked
import gold
import reports
import tracing
from asked import Question
from chains import Chained, invent
from gold import ALL, Cell, Driver, Gold, Window
from offices import Stance, World, central, stance, units

from corpus.reading import report_of
from graph.extract import find_citations
from index.library import Library, open_library

SMALL = World(districts=2, communes=5)


@pytest.fixture(scope="module")
def invented() -> list[Chained]:
    return [*(invent(index, SMALL) for index in range(120)), *(invent(index * 97) for index in range(40))]


def test_a_report_depends_on_the_world_and_its_number_alone(invented: list[Chained]) -> None:
    again = invent(7, SMALL)
    assert (again, again.text) == (invented[7], invented[7].text)
    assert invent(7).text != again.text != invent(7, World(seed=5, districts=2, communes=5)).text


def test_a_report_is_read_as_it_is_meant(invented: list[Chained]) -> None:
    for report in invented:
        header = report_of(report.text, file="x").header
        parent = str(report.unit.parent) if report.unit.parent else None
        assert (header.unit, header.parent_unit) == (str(report.unit), parent), report.file
        assert (header.province, header.date) == (str(report.unit.province), report.date), report.file
        assert header.type == ("Kế hoạch" if report.plan else "Báo cáo")


def test_the_text_says_what_the_gold_says(invented: list[Chained]) -> None:
    for report in invented:
        reading = find_citations(report_of(report.text, file="x"))
        told = [reading.cited[place.cited] for place in reading.citations]
        found = [(d.instrument.type, d.instrument.canonical, d.date, d.issuer) for d in told]
        assert found == [(d.kind, d.number, d.date, d.issuer) for d, _ in report.cites], report.file
        assert [p.relation for p in reading.citations] == [relation for _, relation in report.cites], report.file
        assert reading.named == ()
        ends = [(reading.cited[link.source], reading.cited[link.target], link.relation) for link in reading.links]
        links = {(a.instrument.canonical, a.date, b.instrument.canonical, b.date, r) for a, b, r in ends}
        assert links == {(a.number, a.date, b.number, b.date, r) for a, b, r in report.links}, report.file


def test_a_unit_never_names_an_instrument_that_it_ignores(invented: list[Chained]) -> None:
    ignored = 0
    for report in invented[:120]:
        cited = {document for document, _ in report.cites}
        for instrument, _ in central():
            if stance(SMALL, report.unit, instrument) is Stance.IGNORES:
                ignored += 1
                assert instrument not in cited, report.file
    assert ignored > 500


def test_there_are_namesakes_in_two_districts_and_in_two_provinces() -> None:
    for world in (SMALL, World()):
        names = [str(unit) for unit in units(world)]
        homes = {name: [unit for unit in units(world) if str(unit) == name] for name in names if names.count(name) > 1}
        assert sorted(len({unit.province for unit in of}) for of in homes.values()) == [1, 2]
        assert len({unit.key for unit in units(world)}) == len(names)


def test_names_are_spelled_in_several_ways(invented: list[Chained]) -> None:
    texts = [report.text for report in invented]
    assert any(unicodedata.normalize("NFC", text) != text for text in texts)
    assert any("toạ" in text or "hoà" in text or "Thuỷ" in text for text in texts)
    assert any(text.startswith("Ủy ban nhân dân\n") for text in texts)


def test_reports_are_as_long_and_cite_as_much_as_they_should(invented: list[Chained]) -> None:
    assert 2_500 < sum(len(report.text.encode()) for report in invented) / len(invented) < 4_500
    assert 13 < sum(len(report.cites) for report in invented) / len(invented) < 18
    top = central()[0][0]
    assert 0.25 < sum(any(d == top for d, _ in report.cites) for report in invented) / len(invented) < 0.6


# ---- The gold, on cases that a person can count ----

_PROVINCE, _DISTRICT = "tỉnh P", "huyện D, tỉnh P"
_ONE, _TWO, _FAR = f"xã A, {_DISTRICT}", f"xã B, {_DISTRICT}", "xã A, huyện E, tỉnh P"
_I, _K, _D, _C, _X = (
    "Chỉ thị 1-CT/TW",
    "Kết luận 2-KL/TW",
    "Kế hoạch 3/KH-UBND",
    "Kế hoạch 4/KH-UBND",
    "Quyết định 5/QĐ-UBND",
)

_ISSUERS = {_D: _DISTRICT, _C: _ONE, _X: _ONE}


def _line(
    file: str, unit: str, day: str, cites: Iterable[tuple[str, str]], links: Iterable[tuple[str, str, str]] = ()
) -> dict[str, Any]:
    documents = {
        name: {
            "kind": name.rpartition(" ")[0],
            "number": name.rpartition(" ")[2],
            "date": "2020-01-01",
            "issuer": _ISSUERS.get(name, "Bộ Chính trị"),
            "unit": _ISSUERS.get(name),
        }
        for name in (_I, _K, _D, _C, _X)
    }
    return {
        "file": file,
        "unit": unit,
        "date": day,
        "own": None,
        "cites": [*cites],
        "links": [*links],
        "documents": documents,
    }


@pytest.fixture(scope="module")
def told() -> Gold:
    return Gold(
        [
            _line("d/1", _DISTRICT, "2021-05-01", [(_I, "thực hiện"), (_D, "ban hành")], [(_D, _K, "căn cứ")]),
            _line("a/1", _ONE, "2022-01-01", [(_D, "thực hiện"), (_C, "ban hành")], [(_C, _D, "cụ thể hóa/thực hiện")]),
            _line("a/2", _ONE, "2023-01-01", [(_D, "căn cứ"), (_D, "khác")]),
            _line("b/1", _TWO, "2023-02-01", [(_C, "khác"), (_X, "khác")], [(_X, _I, "thay thế")]),
            _line("e/1", _FAR, "2024-02-01", [(_X, "khác")]),
            _line("p/1", _PROVINCE, "2019-02-01", [(_K, "khác")], [(_K, _I, "tiếp tục thực hiện")]),
        ]
    )


def _ident(document: str) -> str:
    kind, _, number = document.rpartition(" ")
    return gold.ident(kind, number, "2020-01-01", _ISSUERS.get(document, "Bộ Chính trị"))


def _lower(values: Iterable[str]) -> set[str]:
    return {value.casefold() for value in values}


@pytest.mark.parametrize(
    ("document", "window", "direct", "indirect", "missing"),
    [
        (_I, ALL, [_DISTRICT], {_PROVINCE: 1, _ONE: 2, _TWO: 3}, [_FAR]),
        (_I, Window(within=_DISTRICT), [_DISTRICT], {_ONE: 2, _TWO: 3}, []),
        (_I, Window(since="2022-01-01"), [], {_ONE: 2, _TWO: 3}, [_DISTRICT, _FAR, _PROVINCE]),
        (_I, Window(until="2021-05-01"), [_DISTRICT], {_PROVINCE: 1}, [_ONE, _TWO, _FAR]),
        (_D, ALL, [_DISTRICT, _ONE], {_TWO: 1}, []),
        (_C, ALL, [_ONE, _TWO], {}, []),
        (_K, Window(until="2022-12-31"), [_PROVINCE], {_DISTRICT: 1, _ONE: 1}, [_TWO, _FAR]),
    ],
)
def test_the_gold_traces_as_a_person_would(
    told: Gold, document: str, window: Window, direct: list[str], indirect: dict[str, int], missing: list[str]
) -> None:
    window = Window(since=window.since, until=window.until, within=window.within and window.within.casefold())
    found = told.trace(_ident(document), window)
    assert found.units.keys() == _lower(direct)
    assert found.indirect == {unit.casefold(): steps for unit, steps in indirect.items()}
    assert found.missing == _lower(missing)


def test_the_gold_tells_relations_actions_drivers_and_coverage(told: Gold) -> None:
    one = _ONE.casefold()
    assert told.trace(_ident(_D)).units[one] == {
        "a/1": (["thực hiện"], [_ident(_C)]),
        "a/2": (["căn cứ", "khác"], []),
    }
    driven = told.drivers(one)
    assert (driven.reports, driven.own) == (2, {_ident(_C): frozenset({_ident(_D)})})
    assert driven.drivers[_ident(_D)] == Driver(
        group="district",
        reports=2,
        relations={"thực hiện": 1, "căn cứ": 1, "khác": 1},
        years={"2022": 1, "2023": 1},
        actions=1,
    )
    cells = told.coverage([_ident(_D)], Window(since="2022-06-01"))
    assert cells == {(one, _ident(_D)): Cell(reports=1, first="2023-01-01", plan="2020-01-01")}


# ---- The gate ----


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    work = tmp_path_factory.mktemp("chains")
    tracing.library_of(work, 156, SMALL)
    return work, reports.gold_file(work / "chains-156")


@pytest.fixture(scope="module")
def library(built: tuple[Path, Path]) -> Library:
    return open_library(built[0] / "library-chains-156")


def test_the_graph_answers_200_questions_exactly_as_the_gold(library: Library, built: tuple[Path, Path]) -> None:
    told = gold.read_gold(built[1])
    questions = asked.drawn(told)
    assert len(questions) == 200
    traced = [told.trace(question.of[0], question.window) for question in questions if question.kind == "trace"]
    assert {steps for one in traced for steps in one.indirect.values()} >= {1, 2}
    assert sum(bool(one.missing) for one in traced) > 40
    assert list(asked.wrong(library, told, questions)) == []


def test_the_plans_of_a_namesake_elsewhere_are_not_those_of_a_unit(library: Library, built: tuple[Path, Path]) -> None:
    told = gold.read_gold(built[1])
    homes = {unit.partition(", ")[2] for unit in asked.namesakes(told)}
    questions = [Question(kind="coverage", window=Window(within=home), top=200) for home in homes]
    assert len(homes) > 2
    assert list(asked.wrong(library, told, questions)) == []


def test_a_wrong_answer_and_an_error_are_told(library: Library, built: tuple[Path, Path]) -> None:
    lines = [json.loads(line) for line in built[1].read_text(encoding="utf-8").splitlines()]
    line = next(line for line in lines if line["cites"] and line["cites"][0][1] == "thực hiện")
    line["cites"] = line["cites"][1:]
    changed = Gold(lines)
    unit = gold.named(line["unit"])
    questions = [Question(kind="drivers", of=(unit,)), Question(kind="drivers", of=("xã Không Có",))]
    (_, differences), (_, error) = asked.wrong(library, changed, questions)
    assert any("thực hiện" in difference for difference in differences)
    assert error == ["KeyError: 'xã Không Có'"]


def test_each_kind_of_question_is_measured(built: tuple[Path, Path]) -> None:
    figures = {(kind, 156): found for kind, found in tracing.measure(built[0], 156, SMALL)}
    assert {len(found.first) for (kind, _), found in figures.items() if kind == "trace"} == {200}
    assert all(len(found.first) == len(found.again) == len(found.asked) > 0 for found in figures.values())
    lines = list(tracing.growth(figures, 156, 156))
    assert len(lines) == len(figures) == 6
    assert lines[0].split()[4:] == ["1.0", "1.0", "1.0", "memory", "1.0"] or "?" in lines[0]
    assert (built[0] / "whole.graphml").exists()
