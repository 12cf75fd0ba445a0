"""The answers as lines of text for a terminal: the answer first, the evidence under it, the doubt beside it.

Text from files is printed as it is, without control characters, and never as markup.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from corpus.dates import format_date
from corpus.model import Report
from corpus.tables import read_table
from graph.filing import Card
from graph.model import Named, Reading
from graph.named import NICKNAME
from index.catalog import Counts
from index.results import Added, Answer, Health, Reindexed, SearchHit

DOUBT = 0.5
"""Up to this confidence a citation is a choice between several (see graph.resolve)."""
# How many values of a facet are shown: a line of 80 columns.
_FACETS = 5
LEVEL_WORDS = {"central": "central", "province": "province", "district": "district", "commune": "commune"}
"""Level → the key of its word."""
_FACET_WORDS = {
    "unit": "facet_unit",
    "year": "facet_year",
    "type": "facet_type",
    "level": "facet_level",
    "instrument": "facet_instrument",
}
STEP = "  "
"""One step of indent."""


class Speaker:
    """Says answers in one language ("vi", "en")."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._words: dict[str, str] = read_table("webview", "terminal")[lang]

    def say(self, key: str, **values: object) -> str:
        """The sentence of the table with its gaps filled."""
        return plain(self._words[key].format(**values))

    def name(self, card: Card) -> str:
        """Type, number and date of a report as far as they are known: "Báo cáo 12/BC-UBND ngày 31/12/2023"."""
        when = ""
        if card.date:
            key = {4: "in_year", 7: "in_month"}.get(len(card.date), "on")
            when = self.say(key, date=format_date(card.date))
        elif card.year:
            when = self.say("in_year", date=card.year)
        return plain(" ".join(part for part in (card.type or card.name, card.number, when) if part))

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
        values["level"] = [(self.say(LEVEL_WORDS[level]), count) for level, count in values["level"]]
        values["instrument"] = [(label, count) for _, label, count in answer.instruments]
        for name, counts in values.items():
            if counts:
                yield self.say(_FACET_WORDS[name]), counts

    def _hit(self, number: int, hit: SearchHit) -> Iterator[str]:
        card = hit.card
        mark = "" if hit.whole_word else f" · {self.say('cut_word')}"
        yield f"{number}. {self.name(card)} · {card.unit or self.say('no_unit')}{mark}"
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
            yield STEP + plain(" · ".join(fact for fact in facts if fact))
        if reading.named:
            named = dict.fromkeys(self._named(n) for n in reading.named)
            yield f"{STEP}{self.say('named')}: {plain('; '.join(named))}"
        if reading.anaphora:
            told = (f"{a.text} → {reading.cited[a.cited].instrument} ({a.line})" for a in reading.anaphora)
            yield f"{STEP}{self.say('pointing')}: {plain('; '.join(told))}"
        for link in reading.links:
            target = reading.named[link.target].name if link.to_named else str(reading.cited[link.target].instrument)
            yield STEP + plain(f"{reading.cited[link.source].instrument} → {link.relation} → {target}")
        if reading.refused:
            yield f"{STEP}{self.say('refused')}: " + plain("; ".join(f"{r.text} ({r.why})" for r in reading.refused))

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


def _highlighted(text: str, spans: Sequence[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], "«", text[start:end], "»"]
        at = end
    return "".join([*parts, text[at:]])


def wrapped(line: str, width: int) -> str:
    """A line cut at blanks to `width` columns, its rest indented a step more than its beginning."""
    indent = line[: len(line) - len(line.lstrip())]
    return "\n".join(wrap(line, width, subsequent_indent=indent + STEP, break_on_hyphens=False)) or line


def plain(text: str) -> str:
    """`text` in one line without control and direction characters: a file name cannot steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
