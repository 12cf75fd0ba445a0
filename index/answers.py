"""The `--json` shapes of what a library answers (DESIGN, "What a program can rely on")."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from corpus.model import Report
from index.catalog import Counts, Standing
from index.results import Added, Answer, Health, Reindexed, SearchHit

Json = dict[str, Any]


def added_json(added: Added) -> Json:
    """What was added: `cancu add PATH... --json`."""
    return {
        "added": added.added,
        "updated": added.updated,
        "unchanged": added.unchanged,
        "duplicates": added.duplicates,
        "removed": added.removed,
        "failed": [{"path": path, "error": error} for path, error in added.failed],
    }


def reindexed_json(done: Reindexed) -> Json:
    """What was indexed anew: `cancu reindex --json`."""
    return {
        "reports": done.reports,
        "read_again": done.read_again,
        "failed": [{"path": path, "error": error} for path, error in done.failed],
    }


def search_json(answer: Answer) -> Json:
    """What was found: `cancu search QUERY --json`; `relaxed` says that the words were found, but not as a phrase."""
    found = answer.found
    return {
        "total": found.total,
        "took_ms": round(answer.took_ms, 1),
        "expanded": list(answer.expanded),
        "recognised": list(answer.recognised),
        "suggestion": answer.suggestion,
        "relaxed": answer.relaxed,
        "behind": answer.behind,
        "hits": [_hit_json(hit) for hit in answer.hits],
        "facets": {
            **{name: dict(values) for name, values in found.facets.items()},
            "instrument": [{"id": n, "label": label, "reports": count} for n, label, count in answer.instruments],
        },
    }


def _hit_json(hit: SearchHit) -> Json:
    card = hit.card
    return {
        "report": card.id,
        "file": card.file,
        "unit": card.unit,
        "title": card.title,
        "date": card.date or (str(card.year) if card.year else None),
        "score": round(hit.score, 4),
        "whole_word": hit.whole_word,
        "snippets": [
            {"text": s.text, "line": s.line, "highlights": [list(span) for span in s.highlights]} for s in hit.snippets
        ],
    }


SEARCH_COLUMNS = ("unit", "type", "number", "date", "title", "line", "passage", "whole_word", "file", "report")


def search_rows(answer: Answer) -> Iterator[tuple[str | int | None, ...]]:
    """A row for each passage of each report, and one for a report that has none: `SEARCH_COLUMNS`."""
    for hit in answer.hits:
        card = hit.card
        date = card.date or (str(card.year) if card.year else None)
        passages: list[tuple[int | None, str | None]] = [(s.line, s.text) for s in hit.snippets]
        for passage in passages or [(None, None)]:
            about = (card.unit, card.type, card.number, date, card.title, *passage)
            yield (*about, "yes" if hit.whole_word else "no", card.file, card.id)


def report_json(report: Report) -> Json:
    """A report as it is kept: `cancu show REPORT --json`."""
    header = report.header
    return {
        "report": report.id,
        "file": report.file,
        "extractor": report.extractor,
        "warnings": list(report.warnings),
        "unit": header.unit,
        "type": header.type,
        "date": header.date,
        "year": header.year,
        "title": header.subject,
        "text": report.text,
    }


def counts_json(counts: Counts) -> Json:
    """How much a library keeps: `cancu status --json`."""
    return asdict(counts)


def health_json(health: Health) -> Json:
    """How a library is: `cancu doctor --json`."""
    return {**counts_json(health.counts), "problems": list(health.problems), "repaired": list(health.repaired)}


def correction_json(standing: Standing) -> Json:
    """A correction and how it stands, for programs and for another library: `cancu fix list --json`."""
    said = asdict(standing.correction)
    names = ("id", "kind", "report", "file", "instrument", "line", "sentence", "nth", "value", "parent", "province")
    return {
        **{name: said[name] for name in (*names, "date", "issuer", "made", "note")},
        "in_effect": standing.why_not is None,
        "why_not": standing.why_not,
    }
