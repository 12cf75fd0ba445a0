"""The `--json` shapes of what the graph answers (DESIGN, "What a program can rely on")."""

from collections.abc import Iterable
from typing import Any

from graph.chain import Tie
from graph.coverage import Coverage
from graph.driving import Driven, Driver, OwnDocument
from graph.filing import Card
from graph.listing import Listed
from graph.questions import Place, Stated
from graph.registry import Entry
from graph.related import Related
from graph.standing import Standing
from graph.tracing import Action, Indirect, Step, Trace, Traced, TracedReport, TracedUnit
from graph.tree import UnitEntry

Json = dict[str, Any]


def trace_json(trace: Trace) -> Json:
    """Who carries out an instrument: `cancu trace REFERENCE --json`."""
    return {
        "reference": trace.reference,
        "ambiguous": trace.ambiguous,
        "instruments": [_traced_json(traced) for traced in trace.instruments],
        "missing": [unit.label for unit in trace.missing],
    }


def entry_json(entry: Entry) -> Json:
    """What an instrument is; `dates` counts the days that reports give for it."""
    return {
        "id": entry.id,
        "canonical": entry.canonical,
        "type": entry.type,
        "date": entry.date,
        "issuer": entry.issuer,
        "title": entry.title,
        "level": entry.level,
        "dates": dict(entry.dates),
        "candidates": list(entry.candidates),
    }


def unit_json(unit: UnitEntry | None) -> Json:
    """Whose a report is: its name, told apart from namesakes, its id, and the id of the unit above it."""
    return {
        "unit": unit.label if unit else None,
        "unit_id": unit.id if unit else None,
        "parent": unit.parent if unit else None,
        "level": unit.level if unit else None,
    }


def _traced_json(traced: Traced) -> Json:
    return {
        **entry_json(traced.entry),
        "standing": _standing_json(traced.chain.standing),
        "chain": {
            "does": [_tie_json(tie) for tie in traced.chain.does],
            "done": [_tie_json(tie) for tie in traced.chain.done],
        },
        "units": [_unit_json(unit) for unit in traced.units],
        "indirect": [_indirect_json(way) for way in traced.indirect],
        "missing": [unit_json(unit) for unit in traced.missing],
    }


def _standing_json(standing: Standing | None) -> Json | None:
    """Whether it is in force, as far as a table or the reports tell; null where nothing is known."""
    if standing is None:
        return None
    facts = {"since": standing.since, "until": standing.until, "replaced_by": standing.replaced_by}
    return {**facts, "known_by": standing.known_by, "stated": [_stated_json(stated) for stated in standing.stated]}


def _tie_json(tie: Tie) -> Json:
    """What is said to be done between it and another: how often, and the first sentence that says so."""
    other = {"id": tie.other.id, "canonical": tie.other.canonical, "date": tie.other.date}
    return {**other, "places": len(tie.stated), **_stated_json(tie.stated[0])}


def _unit_json(traced: TracedUnit) -> Json:
    return {**unit_json(traced.unit), "reports": [_report_json(report) for report in traced.reports]}


def _card_json(card: Card) -> Json:
    return {"report": card.id, "file": card.file, "date": card.day}


def _report_json(traced: TracedReport) -> Json:
    return {
        **_card_json(traced.report),
        "citations": [_place_json(place) for place in traced.places],
        "actions": [_action_json(action) for action in traced.actions],
    }


def _place_json(place: Place) -> Json:
    return {
        "line": place.line,
        "relation": place.relation,
        "sentence": place.sentence,
        "locator": place.locator,
        "confidence": place.confidence,
        "actions": list(place.actions),
    }


def _action_json(action: Action) -> Json:
    return {
        "text": action.text,
        "instrument": action.entry.id if action.entry else None,
        "canonical": action.entry.canonical if action.entry else None,
        "line": action.line,
        "sentence": action.sentence,
    }


def _indirect_json(way: Indirect) -> Json:
    return {
        **unit_json(way.unit),
        "reports": way.reports,
        "citation": {**_card_json(way.place.report), **_place_json(way.place)},
        "via": [_step_json(step) for step in way.via],
    }


def _step_json(step: Step) -> Json:
    ends = {
        "from": step.source.canonical,
        "from_id": step.source.id,
        "to": step.target.canonical,
        "to_id": step.target.id,
    }
    return {**ends, **_stated_json(step.stated)}


def _stated_json(stated: Stated) -> Json:
    return {
        "relation": stated.relation,
        "report": stated.report.id,
        "file": stated.report.file,
        "line": stated.line,
        "sentence": stated.sentence,
    }


def drivers_json(driven: Iterable[Driven]) -> list[Json]:
    """What drives each unit that was asked for: `cancu drivers UNIT --json`."""
    return [
        {
            **unit_json(one.unit),
            "report": one.report.id if one.report else None,
            "reports": one.reports,
            "drivers": [_driver_json(driver) for driver in one.drivers],
            "own": [_own_json(own) for own in one.own],
            "related": [_related_json(other) for other in one.related],
        }
        for one in driven
    ]


def _related_json(related: Related) -> Json:
    about = {**_card_json(related.card), "unit": related.card.owner}
    return {**about, "score": related.score, "shared": list(related.shared)}


def _driver_json(driver: Driver) -> Json:
    return {
        **entry_json(driver.entry),
        "group": driver.group,
        "reports": driver.reports,
        "citations": driver.places,
        "relations": dict(driver.relations),
        "years": dict(driver.years),
        "actions": driver.actions,
    }


def _own_json(own: OwnDocument) -> Json:
    place = {**_card_json(own.place.report), **_place_json(own.place)} if own.place else None
    return {
        **entry_json(own.entry),
        "citation": place,
        "rests_on": [{"id": g.entry.id, "canonical": g.entry.canonical, **_stated_json(g.stated)} for g in own.grounds],
    }


def coverage_json(coverage: Coverage) -> Json:
    """Units × instruments, as the cells that are not empty: `cancu coverage --json`; lags are in days."""
    entries = {entry.id: entry for entry in coverage.entries}
    cells = []
    for (unit, entry), cell in sorted(coverage.cells.items()):
        to_plan, to_report = coverage.lag(cell, entries[entry])
        lags = {"first_plan": cell.plan, "days_to_plan": to_plan, "days_to_report": to_report}
        cells.append({"unit": unit, "instrument": entry, "reports": cell.reports, "first": cell.first, **lags})
    return {
        "units": [unit_json(unit) for unit in coverage.units],
        "instruments": [entry_json(entry) for entry in coverage.entries],
        "cells": cells,
    }


def listed_json(listed: Iterable[Listed], *, total: int) -> Json:
    """Instruments with the number of reports that cite each: `cancu instruments --json`."""
    return {"total": total, "instruments": [_listed_json(one) for one in listed]}


def _listed_json(one: Listed) -> Json:
    of = one.importance
    counts = {"reports": of.reports, "units": of.units, "documents": of.documents, "bridge": of.bridge}
    return {**entry_json(one.entry), **counts}


def units_json(units: Iterable[UnitEntry]) -> list[Json]:
    """Units with their spellings and counts: `cancu units --json`."""
    return [
        {
            **unit_json(unit),
            "name": unit.name,
            "reports": unit.reports,
            "spellings": dict(unit.spellings),
            "predecessors": list(unit.predecessors),
            "successors": list(unit.successors),
        }
        for unit in units
    ]
