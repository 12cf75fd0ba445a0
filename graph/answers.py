"""The `--json` shapes of what this room answers (DESIGN, "What a program can rely on")."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from corpus.model import Report
from graph.model import Reading
from graph.questions import Step, Trace, Traced, TracedReport

Json = dict[str, Any]
_HEADER = (
    "type number symbol issuer unit parent_unit place date subject period year addressee signer signer_title".split()
)


def cites_json(report: Report, reading: Reading) -> Json:
    """What one report cites: `cancu cites FILE --json`."""
    ids = _ids(reading)
    mentions = Counter(c.cited for c in reading.citations)
    header = asdict(report.header)
    return {
        "file": report.file,
        "report": {key: list(header[key]) or None if key == "addressee" else header[key] for key in _HEADER},
        "instruments": [
            {
                "id": ids[n],
                "type": cited.instrument.type,
                "number": cited.instrument.number,
                "year_in_number": cited.instrument.year,
                "symbol": cited.instrument.symbol,
                "canonical": cited.instrument.canonical,
                "date": cited.date,
                "issuer": cited.issuer,
                "issuer_inferred": cited.issuer_inferred,
                "title": cited.title,
                "own": cited.own,
                "mentions": mentions[n],
            }
            for n, cited in enumerate(reading.cited)
        ],
        "citations": [
            {
                "instrument": ids[c.cited],
                "text": c.text,
                "start": c.start,
                "end": c.end,
                "line": c.line,
                "relation": c.relation,
                "locator": c.locator,
                "sentence": c.sentence,
                "confidence": c.confidence,
                "short_form": c.short_form,
            }
            for c in reading.citations
        ],
        "named": [
            {"name": n.name, "text": n.text, "line": n.line, "instrument": n.instrument, "draft": n.draft}
            for n in reading.named
        ],
        "links": [
            {
                "from": reading.cited[link.source].instrument.canonical,
                "to": reading.named[link.target].name
                if link.to_named
                else reading.cited[link.target].instrument.canonical,
                "relation": link.relation,
                "line": link.line,
            }
            for link in reading.links
        ],
        "refused": [{"text": r.text, "line": r.line, "why": r.why} for r in reading.refused],
    }


def _ids(reading: Reading) -> list[str]:
    """An id for each document, unique in this report: its name, and a number where a name stands twice."""
    seen: Counter[str] = Counter()
    ids = []
    for cited in reading.cited:
        slug = cited.instrument.slug()
        seen[slug] += 1
        ids.append(slug if seen[slug] == 1 else f"{slug}-{seen[slug]}")
    return ids


def trace_json(trace: Trace) -> Json:
    """Who carries out an instrument: `cancu trace REFERENCE --json`."""
    return {
        "reference": trace.reference,
        "ambiguous": trace.ambiguous,
        "instruments": [_traced_json(traced) for traced in trace.instruments],
        "missing": list(trace.missing),
    }


def _traced_json(traced: Traced) -> Json:
    entry = traced.entry
    return {
        "id": entry.id,
        "canonical": entry.canonical,
        "type": entry.type,
        "date": entry.date,
        "issuer": entry.issuer,
        "title": entry.title,
        "candidates": list(entry.candidates),
        "units": [{"unit": u.unit, "reports": [_report_json(r) for r in u.reports]} for u in traced.units],
        "indirect": [{"unit": i.unit, "via": [_step_json(step) for step in i.via]} for i in traced.indirect],
    }


def _report_json(traced: TracedReport) -> Json:
    card = traced.report
    return {
        "report": card.id,
        "file": card.file,
        "date": card.date or (str(card.year) if card.year else None),
        "citations": [
            {
                "line": p.line,
                "relation": p.relation,
                "sentence": p.sentence,
                "locator": p.locator,
                "confidence": p.confidence,
            }
            for p in traced.places
        ],
        "actions": [
            {"instrument": a.entry.id, "canonical": a.entry.canonical, "line": a.line, "sentence": a.sentence}
            for a in traced.actions
        ],
    }


def _step_json(step: Step) -> Json:
    stated = step.stated
    return {
        "from": step.source.canonical,
        "from_id": step.source.id,
        "to": step.target.canonical,
        "to_id": step.target.id,
        "relation": stated.relation,
        "report": stated.report.id,
        "file": stated.report.file,
        "line": stated.line,
        "sentence": stated.sentence,
    }
