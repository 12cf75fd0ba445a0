"""The part of a dossier that treats one instrument."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from corpus.dates import format_date
from graph.chain import Tie
from graph.linkage import carrying
from graph.questions import Place, Stated
from graph.registry import Entry
from graph.tracing import Action, Indirect, Step, Traced, TracedReport, TracedUnit
from graph.tree import UnitEntry
from webview.document import Cell, Line, Part, Run, Section, Table, cell, line
from webview.ego import plain_text
from webview.phrases import Phrases
from webview.quoting import Quote, quote, quotes
from webview.terminal import DOUBT

# Of a unit its latest reports, of a report its first places, of a unit its latest actions; what is left out is counted.
# Of an instrument that 4,075 of 10,000 reports cite this makes 169 pages, written as .docx in 4 s and laid out by
# LibreOffice in 26 s; all of it takes 24 s to write, and LibreOffice was not done with it in 5 minutes.
REPORTS, PLACES, DEEDS = 3, 3, 5
# Documents that are tied to it, most often stated first: beyond a page or two that is no chain.
_TIES = 30
# Characters on each side of a citation: 9 of 10 sentences of reports stand there whole.
_AROUND = 300


class PartWriter:
    """Writes the part of one instrument, as it is on the ISO day `today`."""

    def __init__(self, words: Phrases, traced: Traced, today: str) -> None:
        self._words = words
        self._say = words.say
        self._traced = traced
        self._chain = traced.chain
        self._today = today
        self._units = sorted(traced.units, key=lambda u: words.order(u.unit))
        self._deeds = {n: [*_once(unit)] for n, unit in enumerate(self._units)}

    def part(self) -> Part:
        """All that is known of the instrument, in six sections."""
        entry = self._traced.entry
        return Part(
            title=self._words.name(entry),
            subtitle=plain_text(entry.title),
            sections=(
                Section(heading=self._say("what"), blocks=(facts_table(self.facts()),)),
                Section(heading=self._say("chain"), blocks=tuple(self._ties())),
                Section(heading=self._say("direct"), blocks=tuple(self._direct())),
                Section(heading=self._say("indirect"), blocks=tuple(self._indirect())),
                Section(heading=self._say("done"), blocks=tuple(self._done())),
                Section(heading=self._say("missing"), blocks=tuple(self._missing())),
            ),
        )

    def facts(self) -> Iterator[tuple[str, str]]:
        """(what, its value) of what is known of the instrument, and how."""
        entry, traced = self._traced.entry, self._traced
        places = [place for unit in traced.units for report in unit.reports for place in report.places]
        doubtful = sum(place.confidence <= DOUBT for place in places)
        unknown = self._say("not_said")
        yield self._say("fact_type"), entry.type or unknown
        yield self._say("fact_number"), entry.canonical
        yield self._say("fact_date"), self._date(entry) or unknown
        yield self._say("fact_issuer"), entry.issuer or unknown
        yield self._say("fact_title"), entry.title or unknown
        yield self._say("fact_standing"), self._words.standing(self._chain.standing, self._today)
        known = [self._say("sure", reports=traced.reports, places=len(places))]
        known += [self._say("doubtful", count=doubtful)] if doubtful else []
        yield self._say("fact_known"), "; ".join(known)
        if self._chain.candidates:
            yield self._say("fact_candidates"), "; ".join(map(self._words.name, self._chain.candidates))
        yield (
            self._say("fact_counts"),
            self._say(
                "counts",
                direct=len(traced.units),
                reports=traced.reports,
                indirect=len(traced.indirect),
                missing=len(traced.missing),
            ),
        )

    def _date(self, entry: Entry) -> str:
        if len(entry.dates) > 1:
            votes = (self._say("votes", date=format_date(day), count=count) for day, count in entry.dates)
            differ = self._say("dates_differ", dates="; ".join(votes))
            return f"{format_date(entry.date)}. {differ}" if entry.date else differ
        return format_date(entry.date) if entry.date else ""

    def _ties(self) -> Iterator[Line | Table]:
        """What it does with others, and others with it; local documents that carry it out stand in section 5."""
        done = [t for t in self._chain.done if t.relation not in carrying() or t.other.level in (None, "central")]
        relation, document, evidence = self._say("relation"), self._say("document"), self._say("evidence")
        if self._chain.does:
            rows = [(self._relation(t), self._document(t), self._stated(t)) for t in self._chain.does[:_TIES]]
            yield line(self._say("does"))
            yield Table(widths=(17, 30, 53), heads=(relation, document, evidence), rows=tuple(rows))
            yield from self._more_ties(self._chain.does)
        if done:
            rows = [(self._document(t), self._relation(t, "of_this"), self._stated(t)) for t in done[:_TIES]]
            yield line(self._say("done_with"))
            yield Table(widths=(30, 17, 53), heads=(document, relation, evidence), rows=tuple(rows))
            yield from self._more_ties(done)
        if not self._chain.does and not done:
            yield line(self._say("no_chain"))

    def _relation(self, tie: Tie, key: str | None = None) -> Cell:
        relation = self._words.relation(tie.relation)
        return cell(self._say(key, relation=relation) if key else relation)

    def _document(self, tie: Tie) -> Cell:
        return (line(self._words.label(tie.other), "strong"), *cell(plain_text(tie.other.title)))

    def _stated(self, tie: Tie) -> Cell:
        rest = len(tie.stated) - 1
        more = self._say("and_more", count=rest) if rest else ""
        return self._evidence(tie.stated[0], tie.other.canonical, more)

    def _more_ties(self, ties: Sequence[Tie]) -> Iterator[Line]:
        if len(ties) > _TIES:
            yield line(self._say("more_ties", count=len(ties) - _TIES), "quiet")

    def _direct(self) -> Iterator[Line | Table]:
        places = sum(len(report.places) for unit in self._units for report in unit.reports)
        if not self._units:
            yield line(self._say("direct_none"))
            return
        yield line(self._say("direct_lead", units=len(self._units), reports=self._traced.reports, places=places))
        if any(len(u.reports) > REPORTS or any(len(r.places) > PLACES for r in u.reports) for u in self._units):
            yield line(self._say("direct_cap", reports=REPORTS, places=PLACES))
        yield Table(
            widths=(20, 24, 56),
            heads=(self._say("unit"), self._say("report"), self._say("sentence")),
            rows=tuple(row for unit in self._units for row in self._unit(unit)),
        )

    def _unit(self, unit: TracedUnit) -> Iterator[tuple[Cell, ...]]:
        """The latest reports of a unit, the latest first."""
        who = self._who(unit.unit)
        latest = unit.reports[: -REPORTS - 1 : -1]
        rest = len(unit.reports) - len(latest)
        for number, report in enumerate(latest, 1):
            is_last = number == len(latest)
            name = [line(self._words.report(report.report)), line(plain_text(report.report.name), "quiet")]
            name += [line(self._say("more_reports", count=rest), "quiet")] if rest and is_last else []
            yield who, tuple(name), tuple(self._places(report))

    def _who(self, unit: UnitEntry | None) -> Cell:
        above = self._words.above(unit)
        return (line(self._words.unit(unit), "strong"), *([line(above, "quiet")] if above else []))

    def _places(self, report: TracedReport) -> Iterator[Line]:
        places = report.places[:PLACES]
        for place, part in zip(places, quotes(((p.sentence, p.text) for p in places), _AROUND), strict=True):
            yield line(self._where(place), "quiet")
            yield _quoted(part)
        rest = len(report.places) - PLACES
        if rest > 0:
            yield line(self._say("and_more", count=rest), "quiet")

    def _where(self, place: Place) -> str:
        doubt = self._words.unsure() if place.confidence <= DOUBT else None
        parts = [self._words.line(place.line), self._words.relation(place.relation), place.locator, doubt]
        return plain_text(" · ".join(part for part in parts if part))

    def _indirect(self) -> Iterator[Line | Table]:
        ways = sorted(self._traced.indirect, key=lambda way: self._words.order(way.unit))
        if not ways:
            yield line(self._say("indirect_none"))
            return
        yield line(self._say("indirect_lead", units=len(ways)))
        steps = {(step.source.id, step.target.id): step for way in ways for step in way.via}
        numbers = {pair: self._say("numbered", number=n) for n, pair in enumerate(steps, 1)}
        yield Table(
            widths=(20, 37, 43),
            heads=(self._say("unit"), self._say("way"), self._say("sentence")),
            rows=tuple(self._way(way, numbers) for way in ways),
        )
        yield line(self._say("links"))
        yield Table(
            widths=(7, 37, 56),
            heads=(self._say("number"), self._say("link"), self._say("evidence")),
            rows=tuple((cell(numbers[pair]), *self._link(step)) for pair, step in steps.items()),
        )

    def _way(self, way: Indirect, numbers: Mapping[tuple[str, str], str]) -> tuple[Cell, ...]:
        first, *steps = self._words.way(way)
        marks = (numbers[step.source.id, step.target.id] for step in way.via)
        place = way.place
        said = line(f"{self._words.report(place.report)} · {self._where(place)}", "quiet")
        return (
            self._who(way.unit),
            cell(first, *(f"→ {step} {mark}" for step, mark in zip(steps, marks, strict=True))),
            (said, _quoted(quote(place.sentence, place.text, _AROUND)), line(plain_text(place.report.name), "quiet")),
        )

    def _link(self, step: Step) -> tuple[Cell, Cell]:
        what = f"→ {self._words.step(step)}"
        return cell(self._words.label(step.source), what), self._evidence(step.stated, step.target.canonical)

    def _evidence(self, stated: Stated, cited: str, more: str = "") -> Cell:
        """The sentence that states a link, and where it stands."""
        report = stated.report
        where = (self._words.owner(report), self._words.report(report), self._words.line(stated.line), report.name)
        return (
            _quoted(quote(stated.sentence, cited, _AROUND)),
            line(plain_text(" · ".join(part for part in (*where, more) if part)), "quiet"),
        )

    def _done(self) -> Iterator[Line | Table]:
        every = [action for deeds in self._deeds.values() for _, action in deeds]
        if not every:
            yield line(self._say("done_none"))
            return
        documents = len({action.entry.id for action in every if action.entry})
        deeds = sum(action.entry is None for action in every)
        units = sum(bool(of) for of in self._deeds.values())
        yield line(self._say("done_lead", units=units, documents=documents, deeds=deeds))
        if any(len(of) > DEEDS for of in self._deeds.values()):
            yield line(self._say("done_cap", count=DEEDS))
        rows = [row for number, unit in enumerate(self._units) for row in self._deeds_of(unit, self._deeds[number])]
        heads = (self._say("told_by"), self._say("deed"), self._say("report"))
        yield Table(widths=(20, 52, 28), heads=heads, rows=tuple(rows))

    def _deeds_of(self, unit: TracedUnit, deeds: Sequence[tuple[TracedReport, Action]]) -> Iterator[tuple[Cell, ...]]:
        who = self._who(unit.unit)
        for number, (report, action) in enumerate(deeds[:DEEDS], 1):
            what = [line(self._words.label(action.entry), "strong")] if action.entry else []
            what += [*cell(plain_text(action.text or (action.entry and action.entry.title)))]
            rest = len(deeds) - DEEDS
            what += [line(self._say("more_done", count=rest), "quiet")] if rest > 0 and number == DEEDS else []
            told = line(f"{self._words.report(report.report)}, {self._words.line(action.line)}")
            yield who, tuple(what), (told, line(plain_text(report.report.name), "quiet"))

    def _missing(self) -> Iterator[Line | Table]:
        missing = sorted(self._traced.missing, key=self._words.order)
        if not missing:
            yield line(self._say("missing_none"))
            return
        yield line(self._say("missing_lead", units=len(missing)))
        rows = []
        for above, units in groupby(missing, key=self._words.above):
            names = ", ".join(plain_text(unit.name) for unit in units)
            rows.append((cell(above or self._say("no_parent")), cell(names)))
        yield Table(widths=(30, 70), heads=(self._say("under"), self._say("unit")), rows=tuple(rows))
        yield line(self._say("missing_note"), "quiet")


def _once(unit: TracedUnit) -> Iterator[tuple[TracedReport, Action]]:
    """What the reports of a unit tell that was done, each once, the latest report first."""
    told: set[str] = set()
    for report in reversed(unit.reports):
        for action in report.actions:
            what = action.entry.id if action.entry else plain_text(action.text)
            if what not in told:
                told.add(what)
                yield report, action


def facts_table(facts: Iterable[tuple[str, str]]) -> Table:
    """(What, its value) as a table without lines."""
    return Table(
        widths=(26, 74), rows=tuple(((line(what, "quiet"),), cell(plain_text(value))) for what, value in facts)
    )


def _quoted(part: Quote) -> Line:
    runs = (Run(text=f"“{part.before}"), Run(text=part.cited, kind="cited"), Run(text=f"{part.after}”"))
    return tuple(run for run in runs if run.text)
