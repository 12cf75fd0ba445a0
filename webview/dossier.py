"""The dossier of an instrument: what it is, its chain, who carries it out, what was done, who does not mention it."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.dates import format_date
from graph.questions import Period
from graph.tracing import Trace
from graph.tree import Tree
from webview.document import Document, Section, line
from webview.dossier_part import PartWriter, facts_table
from webview.ego import plain_text
from webview.phrases import Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """When (ISO day), from which library, of how many reports and units, and what was asked of them."""

    day: str
    library: str
    reports: int
    units: int
    period: Period
    within: str | None


def dossier_of(trace: Trace, tree: Tree, made: Made, *, lang: str = "vi") -> Document:
    """The dossier of every instrument that a reference can mean."""
    words = Phrases(lang, tree)
    single = trace.instruments[0].entry if len(trace.instruments) == 1 else None
    reference = plain_text(trace.reference)
    parts = [PartWriter(words, traced, made.day).part() for traced in trace.instruments]
    lead = words.say("ambiguous", count=len(trace.instruments)) if trace.ambiguous else ""
    return Document(
        lang=lang,
        kicker=words.say("kicker"),
        title=words.say("title", name=words.name(single)) if single else words.say("many", reference=reference),
        lead=(line(lead),) if lead else (),
        parts=tuple(parts),
        about=_about(words, trace, made),
        made=made.day,
    )


def about_facts(words: Phrases, trace: Trace, made: Made) -> Iterator[tuple[str, str]]:
    """(what, its value) of how the answer came about."""
    since, until = made.period.since, made.period.until
    period = [words.say("since", since=format_date(since))] if since else []
    period += [words.say("until", until=format_date(until))] if until else []
    yield words.say("fact_made"), format_date(made.day)
    yield words.say("fact_asked"), plain_text(trace.reference)
    yield words.say("fact_library"), words.say("library", path=made.library, reports=made.reports, units=made.units)
    yield words.say("fact_period"), " ".join(period) or words.say("always")
    yield words.say("fact_within"), words.say("below", unit=made.within) if made.within else words.say("everywhere")


def _about(words: Phrases, trace: Trace, made: Made) -> Section:
    blocks = (facts_table(about_facts(words, trace, made)), line(words.say("caution")))
    return Section(heading=words.say("about"), blocks=blocks)
