"""Coverage: which units cite which instruments, how often and since when, and how long it took them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.units import place_of
from graph.homes import name_key
from graph.linkage import carrying
from graph.questions import Source
from graph.registry import Entry
from graph.tracing import Scope
from graph.tree import UnitEntry

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
    plans = _first_plans(source, entries, scope.units.values())
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
    units = tuple(sorted(scope.units.values(), key=lambda u: (u.label, u.id)))
    return Coverage(units=units, entries=tuple(entries), cells=found)


def _first_plans(source: Source, entries: Sequence[Entry], units: Collection[UnitEntry]) -> dict[tuple[str, str], str]:
    """(Unit, instrument) → the day of the first document that the unit issued under it."""
    links = [link for link in source.links_to([e.id for e in entries]) if link.relation in carrying()]
    issued = {e.id: e for e in source.entries({link.source for link in links})}
    by_name: dict[str, list[str]] = {}
    for unit in units:
        by_name.setdefault(name_key(unit.name), []).append(unit.id)
    tree, found = source.tree(), dict[tuple[str, str], str]()
    for link in links:
        entry = issued.get(link.source)
        place = place_of(entry.issuer) if entry is not None and entry.issuer else None
        if entry is None or entry.date is None or place is None:
            continue
        namesakes = by_name.get(name_key(str(place)), [])
        teller = tree.of(link.report.whose)
        # Of units of one name it is the one whose report tells it.
        of = namesakes if len(namesakes) == 1 else [u for u in namesakes if teller is not None and u == teller.id]
        for unit_id in of:
            key = unit_id, link.target
            found[key] = min(found.get(key, entry.date), entry.date)
    return found
