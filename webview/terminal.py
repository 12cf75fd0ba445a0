"""The answers as lines of text for a terminal: the answer first, the evidence under it, the doubt beside it.

Text from files is printed as it is, without control characters, and never as markup.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from corpus.dates import format_date
from corpus.model import Report
from corpus.tables import read_table
from graph.filing import Card
from graph.model import Named, Reading
from graph.named import NICKNAME
from graph.questions import Place
from graph.registry import Entry
from graph.tracing import Indirect, Trace, Traced, TracedReport
from index.catalog import Counts
from index.results import Added, Answer, Health, Reindexed, SearchHit

# Characters kept on each side of a citation: with the indent that is two lines of 80 columns.
_AROUND = 70
DOUBT = 0.5
"""Up to this confidence a citation is a choice between several (see graph.resolve)."""
# How many values of a facet are shown: a line of 80 columns.
_FACETS = 5
_LEVEL_WORDS = {"central": "central", "province": "province", "district": "district", "commune": "commune"}
_FACET_WORDS = {
    "unit": "facet_unit",
    "year": "facet_year",
    "type": "facet_type",
    "level": "facet_level",
    "instrument": "facet_instrument",
}
# One step of indent, in columns.
_STEP = "  "


class Speaker:
    """Says answers in one language ("vi", "en")."""

    def __init__(self, lang: str) -> None:
        self._words: dict[str, str] = read_table("webview", "terminal")[lang]

    def say(self, key: str, **values: object) -> str:
        """The sentence of the table with its gaps filled."""
        return plain(self._words[key].format(**values))

    def trace(self, trace: Trace) -> Iterator[str]:
        """Who carries out an instrument, with the sentences that say so."""
        if trace.ambiguous:
            yield self.say("ambiguous", reference=trace.reference, count=len(trace.instruments))
            yield ""
        for traced in trace.instruments:
            yield from self._traced(traced)
            yield ""
        if trace.missing:
            yield self.say("missing", units=", ".join(unit.label for unit in trace.missing))

    def _traced(self, traced: Traced) -> Iterator[str]:
        yield from self._heading(traced.entry)
        yield ""
        reports = [r for u in traced.units for r in u.reports]
        if reports:
            places = sum(len(r.places) for r in reports)
            yield self.say("direct", units=len(traced.units), reports=len(reports), places=places)
        else:
            yield self.say("nobody")
        for unit in traced.units:
            yield _STEP + (unit.unit.label if unit.unit else self.say("no_unit"))
            for report in unit.reports:
                yield from self._report(report)
        if traced.indirect:
            yield self.say("indirect", units=len(traced.indirect))
            for way in traced.indirect:
                yield from self._way(way)

    def _heading(self, entry: Entry) -> Iterator[str]:
        parts = [entry.label]
        if entry.date:
            parts.append(self.say("on", date=format_date(entry.date)))
        if entry.issuer:
            parts.append(self.say("by", issuer=entry.issuer))
        yield " ".join(parts)
        if entry.title:
            yield self.say("about", title=entry.title)
        if len(entry.dates) > 1:
            yield self.say("two_dates", dates=", ".join(f"{format_date(day)} ({votes})" for day, votes in entry.dates))
        if entry.candidates:
            yield self.say("candidates", ids=", ".join(entry.candidates))

    def _report(self, traced: TracedReport) -> Iterator[str]:
        for place in traced.places:
            doubt = "" if place.confidence > DOUBT else f" · {self.say('unsure')}"
            locator = f" · {place.locator}" if place.locator else ""
            where = self.say("line", line=place.line)
            yield f"{_STEP * 2}{self._name(traced.report)}, {where} · {place.relation}{locator}{doubt}"
            yield f"{_STEP * 3}{_quoted(place)}"
        for action in dict.fromkeys(a.entry.label + self._day(a.entry.date) for a in traced.actions):
            yield f"{_STEP * 3}→ {self.say('issued_for', label=action)}"

    def _name(self, card: Card) -> str:
        """Type, number and date of a report as far as they are known: "Báo cáo 12/BC-UBND ngày 31/12/2023"."""
        when = ""
        if card.date:
            key = {4: "in_year", 7: "in_month"}.get(len(card.date), "on")
            when = self.say(key, date=format_date(card.date))
        elif card.year:
            when = self.say("in_year", date=card.year)
        return plain(" ".join(part for part in (card.type or Path(card.file).name, card.number, when) if part))

    def _day(self, date: str | None) -> str:
        return f" ({format_date(date)})" if date else ""

    def _way(self, way: Indirect) -> Iterator[str]:
        yield _STEP + way.unit.label
        for step in way.via:
            stated = step.stated
            label = step.source.label + self._day(step.source.date)
            yield _STEP * 2 + self.say("through", label=label, relation=stated.relation, target=step.target.label)
            unit, where = stated.report.owner or self.say("no_unit"), self.say("line", line=stated.line)
            yield _STEP * 2 + self.say("said_by", unit=unit, line=where, file=Path(stated.report.file).name)

    def search(self, answer: Answer, query: str, offset: int) -> Iterator[str]:
        """The reports found, each with the passages that hold the words."""
        yield from self._understood(answer, query)
        total = answer.found.total
        if not total:
            return
        yield self.say("results", total=total, ms=round(answer.took_ms))
        for number, hit in enumerate(answer.hits, offset + 1):
            yield ""
            yield from self._hit(number, hit)
        rest = total - offset - len(answer.hits)
        if rest > 0:
            yield ""
            for heading, values in self.facets(answer):
                first = ", ".join(f"{name} ({count})" for name, count in values[:_FACETS])
                yield plain(f"{heading}: {first}{', …' if len(values) > _FACETS else ''}")
            yield self.say("more", count=rest, offset=offset + len(answer.hits))

    def _understood(self, answer: Answer, query: str) -> Iterator[str]:
        """What was looked for beside or instead of what was typed."""
        if answer.behind:
            yield self.say("behind", count=answer.behind)
        if answer.expanded:
            yield self.say("expanded", words=", ".join(answer.expanded))
        if answer.recognised:
            yield self.say("recognised", names=", ".join(answer.recognised))
        if not answer.found.total:
            yield self.say("no_results", query=query)
        if answer.suggestion:
            yield self.say("suggestion", query=answer.suggestion)
        if answer.relaxed:
            yield self.say("relaxed")

    def facets(self, answer: Answer) -> Iterator[tuple[str, list[tuple[str, int]]]]:
        """(what, its values with their numbers of reports, most first), of what all the reports found have."""
        values = {name: list(counts.items()) for name, counts in answer.found.facets.items()}
        values["level"] = [(self.say(_LEVEL_WORDS[level]), count) for level, count in values["level"]]
        values["instrument"] = [(label, count) for _, label, count in answer.instruments]
        for name, counts in values.items():
            if counts:
                yield self.say(_FACET_WORDS[name]), counts

    def _hit(self, number: int, hit: SearchHit) -> Iterator[str]:
        card = hit.card
        mark = "" if hit.whole_word else f" · {self.say('cut_word')}"
        yield f"{number}. {self._name(card)} · {card.unit or self.say('no_unit')}{mark}"
        if card.title:
            yield f"   {plain(card.title)}"
        for snippet in hit.snippets:
            yield f"   {self.say('line', line=snippet.line)}: {plain(_highlighted(snippet.text, snippet.highlights))}"
        yield f"   {plain(card.file)}"

    def cites(self, report: Report, reading: Reading) -> Iterator[str]:
        """What a file cites: one line for each instrument, then names, links and what was refused."""
        yield plain(report.file)
        by_document = reading.by_document()
        for n, cited in enumerate(reading.cited):
            places = [c for _, c in by_document.get(n, ())]
            what = ", ".join(dict.fromkeys(c.relation for c in places)) or self.say("own")
            where = self.say("line", line=", ".join(str(c.line) for c in places)) if places else ""
            facts = [
                str(cited.instrument),
                format_date(cited.date) if cited.date else "",
                cited.issuer or "",
                what,
                where,
            ]
            yield _STEP + plain(" · ".join(fact for fact in facts if fact))
        if reading.named:
            named = dict.fromkeys(self._named(n) for n in reading.named)
            yield f"{_STEP}{self.say('named')}: {plain('; '.join(named))}"
        if reading.anaphora:
            told = (f"{a.text} → {reading.cited[a.cited].instrument} ({a.line})" for a in reading.anaphora)
            yield f"{_STEP}{self.say('pointing')}: {plain('; '.join(told))}"
        for link in reading.links:
            target = reading.named[link.target].name if link.to_named else str(reading.cited[link.target].instrument)
            yield _STEP + plain(f"{reading.cited[link.source].instrument} → {link.relation} → {target}")
        if reading.refused:
            yield f"{_STEP}{self.say('refused')}: " + plain("; ".join(f"{r.text} ({r.why})" for r in reading.refused))

    def _named(self, named: Named) -> str:
        """A name, with its number where that is known, and how sure it is."""
        if named.draft:
            return f"{self.say('draft')} {named.name}"
        number = f"{self.say('perhaps')} {named.instrument}" if named.confidence <= NICKNAME else named.instrument
        return f"{named.name} ({number})" if named.instrument else named.name

    def report(self, report: Report) -> Iterator[str]:
        """A report with its head and its text, each line with its number."""
        header = report.header
        yield plain(" · ".join(part for part in (report.id, report.file, header.unit, header.date) if part))
        for warning in report.warnings:
            yield plain(warning)
        yield ""
        for number, line in enumerate(report.text.split("\n"), 1):
            yield f"{number:5}  {plain(line)}"

    def added(self, added: Added) -> str:
        """What was done with the files."""
        numbers = {k: getattr(added, k) for k in ("added", "updated", "unchanged", "duplicates", "removed")}
        return self.say("added", failed=len(added.failed), **numbers)

    def reindexed(self, done: Reindexed) -> str:
        """What was indexed anew."""
        return self.say("reindexed", reports=done.reports, again=done.read_again, failed=len(done.failed))

    def counts(self, counts: Counts) -> Sequence[tuple[str, int]]:
        """(what, how much) of a library."""
        names = ("reports", "units", "known", "citations", "stated", "failures")
        values = (counts.reports, counts.units, counts.instruments, counts.citations, counts.links, counts.failures)
        return [(self.say(name), value) for name, value in zip(names, values, strict=True)]

    def health(self, health: Health) -> Iterator[str]:
        """What is wrong with a library, and what was repaired."""
        for problem in health.repaired:
            yield self.say("repaired", problem=problem)
        for problem in health.problems:
            yield self.say("problem", problem=problem)
        if not health.problems:
            yield self.say("well")


def _quoted(place: Place) -> str:
    """The sentence around its citation, which stands in «…»."""
    text = " ".join(place.text.split())
    before, found, after = place.sentence.partition(text)
    if not found:
        return plain(f"“{place.sentence[: 3 * _AROUND]}”")
    start = before[-_AROUND:].partition(" ")[2] if len(before) > _AROUND else before
    end = after[:_AROUND].rpartition(" ")[0] if len(after) > _AROUND else after
    dots = ("…" if len(start) < len(before) else "", "…" if len(end) < len(after) else "")
    return plain(f"“{dots[0]}{start}«{text}»{end}{dots[1]}”")


def _highlighted(text: str, spans: Sequence[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], "«", text[start:end], "»"]
        at = end
    return "".join([*parts, text[at:]])


def wrapped(line: str, width: int) -> str:
    """A line cut at blanks to `width` columns, its rest indented a step more than its beginning."""
    indent = line[: len(line) - len(line.lstrip())]
    return "\n".join(wrap(line, width, subsequent_indent=indent + _STEP, break_on_hyphens=False)) or line


def plain(text: str) -> str:
    """`text` in one line without control and direction characters: a file name cannot steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
