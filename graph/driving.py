"""What drives a unit or a report: the instruments that it cites, and on which of them its own documents rest."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.filing import Card
from graph.homes import name_key
from graph.linkage import carrying
from graph.questions import ALWAYS, Period, Place, Source, Stated
from graph.registry import Entry
from graph.related import Related, related
from graph.tree import UnitEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """An instrument that the reports cite: in how many reports and places, with which relations, in which years.

    `group` is the level of who issued it ("central", "province", "district", "commune"), "own" for what the unit issued
    itself, None where it is not known; `actions` counts the own documents that were issued for it.
    """

    entry: Entry
    group: str | None
    reports: int
    places: int
    relations: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]
    actions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """An instrument on which an own document rests, with the sentence that says so."""

    entry: Entry
    stated: Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDocument:
    """A document that the unit issued itself: where a report first tells of it, and what it is said to rest on."""

    entry: Entry
    place: Place | None
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """What drives one unit, or the unit of one report, `report`: the most cited first; its own documents by date.

    `related` are the reports that cite the same as that report, the most like it first.
    """

    unit: UnitEntry | None
    report: Card | None
    reports: int
    drivers: tuple[Driver, ...]
    own: tuple[OwnDocument, ...]
    related: tuple[Related, ...] = ()


def drivers_of_unit(source: Source, unit: UnitEntry, *, period: Period = ALWAYS) -> Driven:
    """What drives a unit, as its reports of that period tell it."""
    cards = [card for card in source.reports_of(source.tree().whose([unit.id])) if period.holds(card.day)]
    return _driven(source, unit, cards, report=None)


def drivers_of_report(source: Source, card: Card, *, period: Period = ALWAYS) -> Driven:
    """What drives one report, and nothing where it is not of that period."""
    asked = [card] if period.holds(card.day) else []
    driven = _driven(source, source.tree().of(card.whose), asked, report=card)
    return replace(driven, related=related(source, card.id) if asked else ())


def _driven(source: Source, unit: UnitEntry | None, cards: Sequence[Card], report: Card | None) -> Driven:
    of: dict[str, list[Place]] = defaultdict(list)
    for place in source.places_in([card.id for card in cards]):
        of[place.entry].append(place)
    entries = {e.id: e for e in source.entries(of)}
    among = {card.id for card in cards}
    mine = {e.id for e in entries.values() if _is_own(e, of[e.id], unit, among)}
    # A document that a report is itself is not cited in it, and may rest on something all the same.
    kept = {e.id: e for e in source.entries({s.source for s in source.links_in(among)} - of.keys())}
    mine |= {e.id for e in kept.values() if e.report in among}
    entries.update(kept)
    grounds: dict[str, list[Stated]] = defaultdict(list)
    for stated in source.links_from(mine):
        if stated.relation in carrying() and (report is None or stated.report.id in among):
            grounds[stated.source].append(stated)
    entries.update((e.id, e) for e in source.entries({s.target for of_one in grounds.values() for s in of_one}))
    done = Counter(target for of_one in grounds.values() for target in {s.target for s in of_one})
    drivers = [
        _driver(entries[entry], places, is_own=entry in mine, actions=done[entry]) for entry, places in of.items()
    ]
    drivers.sort(key=lambda d: (-d.reports, -d.places, d.entry.id))
    own = [_own(entries[entry], of.get(entry, ()), grounds[entry], entries) for entry in sorted(mine)]
    own.sort(key=lambda o: (o.entry.date or "9", o.entry.id))
    return Driven(unit=unit, report=report, reports=len(cards), drivers=tuple(drivers), own=tuple(own))


def _is_own(entry: Entry, places: Iterable[Place], unit: UnitEntry | None, reports: Collection[str]) -> bool:
    """Did the unit issue it: its place is in the name of who did, or, where that tells none, a report says it did."""
    if entry.report in reports:
        return True
    if entry.level == "central":
        return False
    if entry.place is not None:
        return unit is not None and name_key(str(entry.place)) == name_key(unit.name)
    return any(p.relation == "ban hành" for p in places)


def _driver(entry: Entry, places: Sequence[Place], *, is_own: bool, actions: int) -> Driver:
    reports = {place.report.id: place.report for place in places}
    years = Counter(card.day[:4] for card in reports.values() if card.day)
    return Driver(
        entry=entry,
        group="own" if is_own else entry.level,
        reports=len(reports),
        places=len(places),
        relations=tuple(Counter(place.relation for place in places).most_common()),
        years=tuple(sorted(years.items())),
        actions=actions,
    )


def _own(entry: Entry, places: Sequence[Place], stated: Iterable[Stated], entries: dict[str, Entry]) -> OwnDocument:
    told = [p for p in places if p.relation == "ban hành"] or places
    return OwnDocument(entry=entry, place=told[0] if told else None, grounds=tuple(_grounds(stated, entries)))


def _grounds(stated: Iterable[Stated], entries: dict[str, Entry]) -> Iterator[Ground]:
    """Each instrument once, with the first sentence that says so."""
    once: dict[str, Stated] = {}
    for one in stated:
        once.setdefault(one.target, one)
    for target, one in once.items():
        if target in entries:
            yield Ground(entry=entries[target], stated=one)
