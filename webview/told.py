"""What the graph answers, as lines of text for a terminal: the answer first, the evidence under it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from corpus.dates import format_date
from graph.coverage import Cell, Coverage
from graph.driving import Driven, Driver, OwnDocument
from graph.listing import Listed
from graph.questions import Place, Stated
from graph.registry import Entry
from graph.tracing import Action, Indirect, Trace, Traced, TracedReport, TracedUnit, names_number
from graph.tree import Tree, UnitEntry
from webview.phrases import Words, today
from webview.quoting import Quote, quote, quotes
from webview.terminal import DOUBT, LEVEL_WORDS, STEP, Speaker, plain

# Characters kept on each side of a citation: with the indent that is two lines of 80 columns.
_AROUND = 70
# Of a trace that a person did not ask all of: units, reports of each, places of each.  What fits some screens.
_UNITS, _REPORTS, _PLACES = 25, 3, 3
# Of what a reference can mean so many are answered for; a number that each commune gives means hundreds.
_MEANT = 5
_GROUPS = (*LEVEL_WORDS, None)


class Teller:
    """Tells what the graph answers; `whole`: all of it, however long; tables fit in `width` columns, if given."""

    def __init__(self, speaker: Speaker, *, whole: bool = False, width: int | None = None) -> None:
        self._standing = Words(speaker.lang).standing
        self._width = width or 10**9
        self._say = speaker.say
        self._speaker = speaker
        self._units, self._reports, self._places = (10**9,) * 3 if whole else (_UNITS, _REPORTS, _PLACES)
        self._meant = 10**9 if whole else _MEANT

    def trace(self, trace: Trace) -> Iterator[str]:
        """Who carries out an instrument, with the sentences that say so."""
        if trace.ambiguous:
            yield self._say("ambiguous", reference=trace.reference, count=len(trace.instruments))
            for traced in trace.instruments:
                entry, reports = traced.entry, self._say("cited_by", reports=traced.reports, units=len(traced.units))
                yield plain(f"{STEP}{entry.full_label}{self._day(entry.date)} · {reports} · {entry.id}")
            yield ""
        for traced in trace.instruments[: self._meant]:
            yield from self._traced(traced)
            yield ""
        yield from self._left_out(len(trace.instruments) - self._meant, "")
        if trace.missing:
            first = "; ".join(unit.label for unit in trace.missing[: self._units])  # a label may hold commas
            rest = len(trace.missing) - self._units
            yield self._say("missing", units=first + (self._say("and_more", count=rest) if rest > 0 else ""))

    def _traced(self, traced: Traced) -> Iterator[str]:
        yield from self.heading(traced.entry)
        yield from self._chain(traced)
        yield ""
        reports = [r for u in traced.units for r in u.reports]
        if reports:
            places = sum(len(r.places) for r in reports)
            known = sum(unit.unit is not None for unit in traced.units)
            yield self._say("direct", units=known, reports=len(reports), places=places)
        else:
            yield self._say("nobody")
        for unit in traced.units[: self._units]:
            yield from self._unit(unit)
        yield from self._left_out(len(traced.units) - self._units, STEP)
        if traced.indirect:
            yield self._say("indirect", units=len(traced.indirect))
            for way in traced.indirect[: self._units]:
                yield from self._way(way)
            yield from self._left_out(len(traced.indirect) - self._units, STEP)

    def _chain(self, traced: Traced) -> Iterator[str]:
        """Whether it is in force, and what it is said to do with others."""
        if traced.chain.standing is not None:
            yield self._say("force", said=self._standing(traced.chain.standing, today()))
        for tie in traced.chain.does[: self._places]:
            yield plain(f"{tie.relation} {tie.other.label}{self._day(tie.other.date)} · {self._where(tie.stated[0])}")
        yield from self._left_out(len(traced.chain.does) - self._places, "")

    def _left_out(self, count: int, indent: str) -> Iterator[str]:
        if count > 0:
            yield indent + self._say("left_out", count=count)

    def heading(self, entry: Entry) -> Iterator[str]:
        """What an instrument is: type, number, date, issuer, title, and what is doubtful in it."""
        parts = [entry.label]
        if entry.date:
            parts.append(self._say("on", date=format_date(entry.date)))
        if entry.issuer:
            parts.append(self._say("by", issuer=entry.issuer))
        yield plain(" ".join(parts))
        if entry.title:
            yield self._say("about", title=entry.title)
        if len(entry.dates) > 1:
            days = ", ".join(f"{format_date(day)} ({votes})" for day, votes in entry.dates)
            yield self._say("two_dates", dates=days)
        if entry.candidates:
            yield self._say("candidates", ids=", ".join(entry.candidates))

    def _unit(self, unit: TracedUnit) -> Iterator[str]:
        yield STEP + (plain(unit.unit.label) if unit.unit else self._say("no_unit"))
        for report in unit.reports[-self._reports :]:
            yield from self._report(report)
        yield from self._left_out(len(unit.reports) - self._reports, STEP * 2)

    def _report(self, traced: TracedReport) -> Iterator[str]:
        name = self._speaker.name(traced.report)
        places = traced.places[: self._places]
        for place, part in zip(places, quotes(((p.sentence, p.text) for p in places), _AROUND), strict=True):
            doubt = "" if place.confidence > DOUBT else f" · {self._say('unsure')}"
            locator = f" · {place.locator}" if place.locator else ""
            where = self._say("line", line=place.line)
            yield plain(f"{STEP * 2}{name}, {where} · {place.relation}{locator}{doubt}")
            yield f"{STEP * 3}{quoted(part)}"
        yield from self._left_out(len(traced.places) - self._places, STEP * 3)
        for action in dict.fromkeys(map(self._action, traced.actions)):
            yield f"{STEP * 3}→ {action}"

    def _action(self, action: Action) -> str:
        entry, label = action.entry, ""
        if entry is not None:
            label = entry.label + self._day(entry.date)
        if action.text is None:
            return self._say("issued_for", label=label)
        return plain(action.text if entry is None or names_number(action.text, entry) else f"{action.text}: {label}")

    def _day(self, date: str | None) -> str:
        return f" ({format_date(date)})" if date else ""

    def _where(self, told: Place | Stated) -> str:
        """In which file it is said, and in which line."""
        return f"{told.report.name}, {self._say('line', line=told.line)}"

    def _way(self, way: Indirect) -> Iterator[str]:
        yield STEP + plain(way.unit.label)
        for step in way.via:
            stated = step.stated
            label = step.source.label + self._day(step.source.date)
            yield STEP * 2 + self._say("through", label=label, relation=stated.relation, target=step.target.label)
            unit, where = stated.report.owner or self._say("no_unit"), self._say("line", line=stated.line)
            yield STEP * 2 + self._say("said_by", unit=unit, line=where, file=stated.report.name)
        where = self._say("line", line=way.place.line)
        yield plain(f"{STEP * 2}{self._speaker.name(way.place.report)}, {where} · {way.place.relation}")
        yield f"{STEP * 3}{quoted(quote(way.place.sentence, way.place.text, _AROUND))}"

    def drivers(self, driven: Driven) -> Iterator[str]:
        """What drives a unit or a report: instruments by the level of who issued them, then its own documents."""
        about = driven.report.name if driven.report else (driven.unit.label if driven.unit else self._say("no_unit"))
        yield self._say("drivers_of", name=about, reports=driven.reports, count=len(driven.drivers))
        by_group = sorted((d for d in driven.drivers if d.group != "own"), key=lambda d: _GROUPS.index(d.group))
        for group, of in groupby(by_group, key=lambda d: d.group):
            drivers = list(of)
            yield ""
            level = self._say(LEVEL_WORDS[group] if group else "level_unknown")
            yield f"{level.capitalize()} · {len(drivers)}"
            for driver in drivers[: self._units]:
                yield from self._driver(driver)
            yield from self._left_out(len(drivers) - self._units, STEP)
        yield ""
        rest = [own for own in driven.own if own.grounds]
        yield self._say("own_documents", count=len(rest))
        for own in rest:
            yield from self._own(own)
        alone = [own for own in driven.own if not own.grounds]
        if alone:
            yield self._say("own_alone", count=len(alone))
            for own in alone:
                yield from self._own(own)
        if driven.related:
            yield ""
            yield self._say("related", count=len(driven.related))
        for other in driven.related:
            name, owner = self._speaker.name(other.card), other.card.owner or self._say("no_unit")
            yield plain(f"{STEP}{name} · {owner} · {self._say('shared', count=len(other.shared))} · {other.card.name}")

    def _driver(self, driver: Driver) -> Iterator[str]:
        relations = ", ".join(f"{relation} {count}" for relation, count in driver.relations)
        years = ", ".join(f"{year}: {count}" for year, count in driver.years)
        actions = [self._say("actions_done", count=driver.actions)] if driver.actions else []
        counts = self._say("cited_in", reports=driver.reports, places=driver.places)
        yield STEP + self._full(driver.entry.label, driver.entry)
        yield plain(STEP * 2 + " · ".join(part for part in (counts, relations, years, *actions) if part))

    def _own(self, own: OwnDocument) -> Iterator[str]:
        where = f" · {self._where(own.place)}" if own.place else ""
        yield STEP + self._full(own.entry.label, own.entry) + plain(where)
        for ground in own.grounds:
            stated = ground.stated
            label = ground.entry.label + self._day(ground.entry.date)
            yield plain(f"{STEP * 2}← {stated.relation}: {label} · {self._where(stated)}")

    def coverage(self, coverage: Coverage, *, lag: bool) -> Iterator[str]:
        """Units × instruments: how many reports cite it, or after how many days the first plan and report came."""
        yield self._say("coverage", units=len(coverage.units), entries=len(coverage.entries))
        for number, entry in enumerate(coverage.entries, 1):
            yield f"{STEP}[{number}] {self._full(entry.full_label, entry)}"
        yield ""
        heads = ["", *(f"[{number}]" for number in range(1, len(coverage.entries) + 1))]
        rows = [
            [plain(unit.label), *(self._cell(coverage, unit, entry, lag=lag) for entry in coverage.entries)]
            for unit in coverage.units
        ]
        label, *widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
        for number, part in enumerate(_parts(widths, self._width - len(STEP) - label)):
            yield from [""] if number else []
            for name, *cells in (heads, *rows):
                yield " ".join([STEP + name.ljust(label), *(cells[n].rjust(widths[n]) for n in part)])
        yield ""
        yield self._say("coverage_lag") if lag else self._say("coverage_counts")

    def _cell(self, coverage: Coverage, unit: UnitEntry, entry: Entry, *, lag: bool) -> str:
        cell: Cell | None = coverage.cells.get((unit.id, entry.id))
        if cell is None:
            return "·"
        if not lag:
            return str(cell.reports)
        to_plan, to_report = ("?" if days is None else str(days) for days in coverage.lag(cell, entry))
        return f"{to_plan if cell.plan else '·'}/{to_report}"

    def instruments(self, listed: Sequence[Listed], first: int) -> Iterator[str]:
        """Instruments, each with the numbers of reports and units that cite it, and of documents that carry it out."""
        if listed:
            heads = [self._say(key) for key in ("head_reports", "head_units", "head_documents")]
            heads += [self._say("head_bridge")] if listed[0].importance.bridge is not None else []
            yield " ".join(head.rjust(7) for head in heads)
        for one in listed[:first]:
            of = one.importance
            bridge = f" {of.bridge:7.4f}" if of.bridge is not None else ""
            counts = f"{of.reports:7} {of.units:7} {of.documents:7}{bridge}"
            yield f"{counts}  {self._full(one.entry.full_label, one.entry)}"
        if not listed:
            yield self._say("no_instruments")
        if len(listed) > first:
            yield " " * 25 + self._say("more_listed", count=len(listed) - first)

    def units(self, tree: Tree, listed: Sequence[tuple[int, UnitEntry]]) -> Iterator[str]:
        """The administrative tree with the number of reports of each unit, and how else it is written."""
        if not listed:
            yield self._say("no_units")
        for depth, unit in listed:
            said = [spelling for spelling, _ in unit.spellings if spelling != unit.name]
            also = [self._say("also_written", names=", ".join(said))] if said else []
            also += [self._say("made_of", units=names) for names in _names(tree, unit.predecessors)]
            also += [self._say("went_into", units=names) for names in _names(tree, unit.successors)]
            yield plain(" · ".join([f"{STEP * depth}{unit.name} ({unit.reports})", *also]))

    def _full(self, label: str, entry: Entry) -> str:
        """An instrument in a line: its label, day and title."""
        return plain(f"{label}{self._day(entry.date)}{f' · {entry.title}' if entry.title else ''}")


def _parts(widths: Sequence[int], room: int) -> Iterator[range]:
    """Columns of these widths, each behind a blank, as many side by side as there is room for, but one at least."""
    start = used = 0
    for n, width in enumerate(widths):
        if n > start and used + width + 1 > room:
            yield range(start, n)
            start, used = n, 0
        used += width + 1
    yield range(start, len(widths))


def _names(tree: Tree, ids: Iterable[str]) -> list[str]:
    """The labels of units as one text, none where there are none."""
    labels = [tree.units[unit].label for unit in ids]
    return ["; ".join(labels)] if labels else []


def quoted(part: Quote) -> str:
    """A sentence around its citation, which stands in «…»."""
    cited = f"«{part.cited}»" if part.cited else ""
    return plain(f"“{part.before}{cited}{part.after}”")
