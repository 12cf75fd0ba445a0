"""What a trace found as files: tables for a spreadsheet, and dossiers for print."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.answers_graph import trace_json
from graph.export import csv_line
from graph.questions import Place
from graph.tracing import Indirect, Trace, Traced, TracedReport
from graph.tree import Tree, UnitEntry
from webview.dossier import Made, about_facts, dossier_of
from webview.dossier_part import PartWriter
from webview.ego import plain_text
from webview.output import json_text, write_whole
from webview.phrases import Phrases
from webview.workbook import Row, Sheet, Value, day, workbook

TRACE_COLUMNS = (
    *("instrument", "how", "unit", "parent", "level", "report", "date", "relation", "locator", "line", "sentence"),
    *("action", "way", "reports", "file"),
)
_WIDTHS = dict(zip(TRACE_COLUMNS, (22, 10, 20, 22, 9, 22, 12, 12, 12, 7, 60, 34, 60, 9, 28), strict=True))
_DIRECT = "instrument unit parent report date relation locator line sentence action file".split()
_INDIRECT = "instrument unit parent way reports report date relation line sentence file".split()
_MISSING = "instrument unit parent level".split()

Cells = dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """A trace, and what else its files tell: the units, and how it came about."""

    trace: Trace
    tree: Tree
    made: Made


def write_trace(path: Path, form: str, found: Findings, *, lang: str = "vi") -> None:
    """Write what was found to `path`, in one of `webview.console.TRACE_FORMS`, whole or not at all.

    Raises CancuError where it cannot be written.
    """
    write_whole(path, _WRITERS[form](found, lang), encoding="utf-8-sig" if form == "csv" else "utf-8")


def _json(found: Findings, lang: str) -> str:
    del lang
    return json_text(trace_json(found.trace))


def _csv(found: Findings, lang: str) -> str:
    """One table of all: `how` is "direct", "indirect" or "missing"; days are ISO."""
    phrases = Phrases(lang, found.tree)
    rows = (
        {"how": how, **row}
        for how, rows_of in (("direct", direct_rows), ("indirect", indirect_rows), ("missing", missing_rows))
        for row in rows_of(found.trace, phrases)
    )
    return "".join([csv_line(TRACE_COLUMNS), *(csv_line(row.get(name) for name in TRACE_COLUMNS) for row in rows)])


def _xlsx(found: Findings, lang: str) -> bytes:
    phrases = Phrases(lang, found.tree)
    tables = (
        (phrases.say("sheet_direct"), _DIRECT, direct_rows),
        (phrases.say("sheet_indirect"), _INDIRECT, indirect_rows),
        (phrases.say("sheet_missing"), _MISSING, missing_rows),
    )
    summary = Sheet(title=phrases.say("sheet_summary"), rows=_summary(found, phrases), widths=(26, 100))
    sheets = (_sheet(title, names, rows(found.trace, phrases), phrases) for title, names, rows in tables)
    return workbook([summary, *sheets])


def _html(found: Findings, lang: str) -> str:
    from webview.dossier_html import html_of

    return html_of(dossier_of(found.trace, found.tree, found.made, lang=lang))


def _docx(found: Findings, lang: str) -> bytes:
    from webview.dossier_docx import docx_of

    return docx_of(dossier_of(found.trace, found.tree, found.made, lang=lang))


_WRITERS: dict[str, Callable[[Findings, str], str | bytes]] = {
    "json": _json,
    "csv": _csv,
    "xlsx": _xlsx,
    "html": _html,
    "docx": _docx,
}


def direct_rows(trace: Trace, phrases: Phrases) -> Iterator[Cells]:
    """A row for each citation, by unit and date; the actions of a report stand with its first."""
    for traced in trace.instruments:
        for unit in sorted(traced.units, key=lambda u: phrases.order(u.unit)):
            for report in unit.reports:
                for number, place in enumerate(report.places):
                    action = "" if number else "; ".join(_actions(report, phrases))
                    yield {**_unit(traced, unit.unit, phrases), **_place(place, phrases), "action": action or None}


def indirect_rows(trace: Trace, phrases: Phrases) -> Iterator[Cells]:
    """A row for each unit that carries an instrument out along stated links, with the way in words."""
    for traced in trace.instruments:
        for way in sorted(traced.indirect, key=lambda w: phrases.order(w.unit)):
            yield {
                **_unit(traced, way.unit, phrases),
                **_place(way.place, phrases),
                "way": _way(way, phrases),
                "reports": way.reports,
            }


def missing_rows(trace: Trace, phrases: Phrases) -> Iterator[Cells]:
    """A row for each unit that mentions neither an instrument nor what leads to it."""
    for traced in trace.instruments:
        for unit in sorted(traced.missing, key=phrases.order):
            yield _unit(traced, unit, phrases)


def _unit(traced: Traced, unit: UnitEntry | None, phrases: Phrases) -> Cells:
    above = phrases.above(unit) or None
    about: Cells = {"instrument": phrases.label(traced.entry), "unit": phrases.unit(unit), "parent": above}
    return {**about, "level": phrases.level(unit) or None}


def _place(place: Place, phrases: Phrases) -> Cells:
    return {
        "report": phrases.report(place.report),
        "date": place.report.day,
        "relation": phrases.relation(place.relation),
        "locator": place.locator,
        "line": place.line,
        "sentence": plain_text(place.sentence),
        "file": plain_text(place.report.file),
    }


def _way(way: Indirect, phrases: Phrases) -> str:
    first, *steps = phrases.way(way)
    said = [phrases.said_by(step.stated) for step in way.via]
    return " → ".join([first, *(f"{step} {by}" for step, by in zip(steps, said, strict=True))])


def _actions(report: TracedReport, phrases: Phrases) -> Iterator[str]:
    """What a report tells that was done, each once."""
    told = (
        " – ".join(part for part in (phrases.label(a.entry) if a.entry else "", plain_text(a.text)) if part)
        for a in report.actions
    )
    yield from dict.fromkeys(told)


def _sheet(title: str, names: Collection[str], rows: Iterable[Cells], phrases: Phrases) -> Sheet:
    heads = {
        "instrument": phrases.say("col_instrument"),
        "unit": phrases.say("col_unit"),
        "parent": phrases.say("col_parent"),
        "level": phrases.say("col_level"),
        "report": phrases.say("col_report"),
        "date": phrases.say("col_date"),
        "relation": phrases.say("col_relation"),
        "locator": phrases.say("col_locator"),
        "line": phrases.say("col_line"),
        "sentence": phrases.say("col_sentence"),
        "action": phrases.say("col_action"),
        "way": phrases.say("col_way"),
        "reports": phrases.say("col_reports"),
        "file": phrases.say("col_file"),
    }
    return Sheet(
        title=title,
        heads=tuple(heads[name] for name in names),
        widths=tuple(_WIDTHS[name] for name in names),
        rows=(Row(values=tuple(_value(name, row.get(name)) for name in names)) for row in rows),
    )


def _value(name: str, value: Value) -> Value:
    return day(value) if name == "date" and isinstance(value, str) else value


def _summary(found: Findings, phrases: Phrases) -> Iterator[Row]:
    """What each instrument is, and how the workbook came about: the facts of the dossier."""
    for traced in found.trace.instruments:
        yield Row(values=(phrases.name(traced.entry), None), strong=True)
        for fact in PartWriter(phrases, traced, found.made.day).facts():
            yield Row(values=fact)
    yield Row(values=(phrases.say("about"), None), strong=True)
    for fact in about_facts(phrases, found.trace, found.made):
        yield Row(values=fact)
    yield Row(values=(None, phrases.say("caution")))
