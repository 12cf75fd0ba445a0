"""Coverage: which units cite which instruments, how often and since when, and how long it took them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.questions import Source
from graph.registry import Entry
from graph.tracing import Scope
from graph.tree import UnitEntry, in_order

_WHOLE = len("2024-08-05")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How a unit cites an instrument: in how many reports, and the day of the first (ISO, maybe partial).

    `plan` is the day of the first document that the unit is said to have issued under it.
    """

    reports: int
    first: str | None
    plan: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Units × instruments; a pair that is in no cell is of a unit that never cites the instrument.

    `cells` are by (id of the unit, id of the instrument).
    """

    units: tuple[UnitEntry, ...]
    entries: tuple[Entry, ...]
    cells: Mapping[tuple[str, str], Cell]

    def lag(self, cell: Cell, entry: Entry) -> tuple[int | None, int | None]:
        """Days from an instrument to the unit's first document under it, and to its first report; None: not known."""
        return days_between(entry.date, cell.plan), days_between(entry.date, cell.first)


def days_between(earlier: str | None, later: str | None) -> int | None:
    """Days between two ISO dates; None where one of them is not known to the day, or the second is not the later.

    >>> days_between("2024-01-31", "2024-02-02"), days_between("2024", "2024-02-02")
    (2, None)
    """
    if not earlier or not later or len(earlier) != _WHOLE or len(later) != _WHOLE:
        return None
    days = (date.fromisoformat(later) - date.fromisoformat(earlier)).days
    return days if days >= 0 else None


def coverage(source: Source, entries: Sequence[Entry], scope: Scope) -> Coverage:
    """How the units of `scope` cite these documents in its period."""
    tree = source.tree()
    plans = _first_plans(source, entries)
    found: dict[tuple[str, str], Cell] = {}
    for cited in source.cited_by([e.id for e in entries], scope.period):
        unit = tree.of(cited.whose)
        if unit is None or unit.id not in scope.units:
            continue
        key = unit.id, cited.entry
        other = found.get(key)
        days = [day for day in (cited.first, other.first if other else None) if day]
        reports = cited.reports + (other.reports if other else 0)
        found[key] = Cell(reports=reports, first=min(days, default=None), plan=plans.get(key))
    return Coverage(units=tuple(in_order(scope.units.values())), entries=tuple(entries), cells=found)


def _first_plans(source: Source, entries: Sequence[Entry]) -> dict[tuple[str, str], str]:
    """(Unit, instrument) → the day of the first document that the unit issued under it."""
    tree, under = source.tree(), defaultdict[str, list[str]](list)
    for carrier, carried in source.carriers([e.id for e in entries]):
        under[carrier].append(carried)
    issuers: dict[str, list[str]] = {}
    issued = {e.id: e for e in source.entries(under) if e.date and e.place}
    for entry in issued.values():
        issuers[entry.id] = [unit.id for unit in tree.named(str(entry.place))]
    found: dict[tuple[str, str], str] = {}
    for entry_id, unit_id in _told_apart(source, issuers):
        day = issued[entry_id].date or ""
        for carried in under[entry_id]:
            found[unit_id, carried] = min(found.get((unit_id, carried), day), day)
    return found


def _told_apart(source: Source, issuers: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Document and the unit that issued it: of several of its name the only one that speaks of it."""
    tree, speaking = source.tree(), dict[str, set[str]]()
    for cited in source.cited_by([entry for entry, units in issuers.items() if len(units) > 1]):
        unit = tree.of(cited.whose)
        if unit is not None and unit.id in issuers[cited.entry]:
            speaking.setdefault(cited.entry, set()).add(unit.id)
    for entry, units in issuers.items():
        of = units if len(units) == 1 else [*speaking.get(entry, ())]
        if len(of) == 1:
            yield entry, of[0]
