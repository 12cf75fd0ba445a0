"""How well a library answers: the tracing and phrase questions of a `queries.json`, each right or wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CancuError
from graph.tracing import Trace
from index.library import Library

# More reports than any gold set has: no answer is cut.
_ALL = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One question: its kind ("tracing", "lines", "indirect", "missing", "phrase"), and what is wrong, or None."""

    kind: str
    error: str | None


def ask_all(library: Library, queries: dict[str, Any]) -> Iterator[Judged]:
    """All questions of a gold set, asked of a library that holds its files."""
    for question in queries["tracing"]:
        yield from _trace(library, question)
    for question in queries["phrases"]:
        yield _phrase(library, question)


def _trace(library: Library, question: dict[str, Any]) -> Iterator[Judged]:
    """Units that cite it, and whether it can mean several; then the units that reach it by links, and the others."""
    asked = f"{question['id']} {question['ask']!r}"
    try:
        trace = library.trace(question["ask"])
    except CancuError as error:
        yield Judged(kind="tracing", error=f"{asked}: {error}")
        return
    units = {unit.unit.label if unit.unit else None for traced in trace.instruments for unit in traced.units}
    wanted: dict[str, tuple[object, object]] = {
        "tracing": ((units, trace.ambiguous), (set(question["answer_units"]), question["ambiguous"]))
    }
    if all("lines" in answer for answer in question.get("answers", [{}])):
        wanted["lines"] = _lines(trace, question["answers"])
    if question.get("indirect"):
        reached = {way.unit.label for traced in trace.instruments for way in traced.indirect} - units
        wanted["indirect"] = (reached, {row["unit"] for row in question["indirect"]})
    if question.get("missing"):
        wanted["missing"] = ({unit.label for unit in trace.missing}, set(question["missing"]))
    for kind, (got, want) in wanted.items():
        yield Judged(kind=kind, error=None if got == want else f"{asked}: {kind}: {got}, not {want}")


def _lines(trace: Trace, answers: list[dict[str, Any]]) -> tuple[object, object]:
    """(Found, wanted): file, number and date of a document → the lines that cite it.

    A law that the gold knows by its name alone has no number there.
    """
    by_number = {answer["file"] for answer in answers if "canonical" in answer}
    found: dict[tuple[object, ...], set[int]] = {}
    for traced in trace.instruments:
        for report in (report for unit in traced.units for report in unit.reports):
            name = report.report.name
            key = (name, traced.entry.canonical, traced.entry.date) if name in by_number else (name, None, None)
            found.setdefault(key, set()).update(place.line for place in report.places)
    wanted = {(a["file"], a.get("canonical"), a.get("date")): set(a["lines"]) for a in answers}
    return found, wanted


def _phrase(library: Library, question: dict[str, Any]) -> Judged:
    """The files that hold the phrase as words; hits that cut a word are marked and do not count."""
    try:
        answer = library.search(question["query"], limit=_ALL)
    except CancuError as error:
        return Judged(kind="phrase", error=f"{question['id']}: {error}")
    # What holds all the words, but not the phrase, is no answer to a phrase.
    files = {Path(hit.card.file).name for hit in answer.hits if hit.whole_word and not answer.relaxed}
    extra, lost = sorted(files - set(question["files"])), sorted(set(question["files"]) - files)
    wrong = f"{question['id']} {question['query']!r}: not wanted {extra}, not found {lost}"
    return Judged(kind="phrase", error=wrong if extra or lost else None)
