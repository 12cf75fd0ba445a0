"""The `--json` shape of what a file cites (DESIGN, "What a program can rely on")."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from corpus.model import Report
from graph.model import Citation, Cited, Link, Named, Reading

Json = dict[str, Any]
_HEADER = (
    "type number symbol issuer unit parent_unit place date subject period year addressee signer signer_title".split()
)


def cites_json(report: Report, reading: Reading) -> Json:
    """What one report cites: `cancu cites FILE --json`."""
    ids = _ids(reading)
    places = reading.by_document()
    header = asdict(report.header)
    return {
        "file": report.file,
        "report": {key: list(header[key]) or None if key == "addressee" else header[key] for key in _HEADER},
        "instruments": [
            _instrument_json(cited, len(places.get(n, ())), ids[n]) for n, cited in enumerate(reading.cited)
        ],
        "citations": [_citation_json(citation, ids[citation.cited]) for citation in reading.citations],
        "named": [_named_json(named) for named in reading.named],
        "links": [_link_json(reading, link) for link in reading.links],
        "refused": [_pick(refused, "text", "line", "why") for refused in reading.refused],
        "anaphora": [
            {"instrument": ids[a.cited], **_pick(a, "text", "start", "end", "line", "confidence", "sentence")}
            for a in reading.anaphora
        ],
    }


CITES_COLUMNS = (
    *("file", "line", "start", "end", "text", "type", "number", "date", "issuer", "relation", "locator"),
    *("confidence", "short_form", "sentence"),
)


def cites_rows(report: Report, reading: Reading) -> Iterator[tuple[object, ...]]:
    """What one report cites as rows of `CITES_COLUMNS`, one a citation: `cancu cites FILE --format csv`."""
    for place in reading.citations:
        cited = reading.cited[place.cited]
        instrument = cited.instrument
        yield (
            *(report.file, place.line, place.start, place.end, place.text),
            *(instrument.type, instrument.canonical, cited.date, cited.issuer, place.relation, place.locator),
            *(place.confidence, "true" if place.short_form else "false", place.sentence),
        )


def _pick(value: object, *names: str) -> Json:
    return {name: getattr(value, name) for name in names}


def _named_json(named: Named) -> Json:
    return _pick(named, "name", "text", "line", "instrument", "locator", "confidence", "draft")


def _instrument_json(cited: Cited, mentions: int, instrument_id: str) -> Json:
    return {
        "id": instrument_id,
        "type": cited.instrument.type,
        "number": cited.instrument.number,
        "year_in_number": cited.instrument.year,
        "symbol": cited.instrument.symbol,
        "canonical": cited.instrument.canonical,
        **_pick(cited, "date", "issuer", "issuer_inferred", "issuer_as_printed", "title", "own"),
        "mentions": mentions,
    }


def _citation_json(citation: Citation, instrument_id: str) -> Json:
    told = ("text", "start", "end", "line", "relation", "locator", "sentence", "confidence", "short_form")
    return {"instrument": instrument_id, **_pick(citation, *told)}


def _link_json(reading: Reading, link: Link) -> Json:
    source = reading.cited[link.source].instrument.canonical
    target = reading.named[link.target].name if link.to_named else reading.cited[link.target].instrument.canonical
    return {"from": source, "to": target, "relation": link.relation, "line": link.line}


def _ids(reading: Reading) -> list[str]:
    """An id for each document, unique in this report: its name, and a number where a name stands twice."""
    seen: Counter[str] = Counter()
    ids = []
    for cited in reading.cited:
        slug = cited.instrument.slug()
        seen[slug] += 1
        ids.append(slug if seen[slug] == 1 else f"{slug}-{seen[slug]}")
    return ids
