"""What was set right, as lines for people."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.dates import format_date

if TYPE_CHECKING:
    from graph.corrections import Correction, Kind
    from index.catalog import Standing, WhyNot
    from webview.terminal import Speaker

# In a path, whatever system wrote it.
_SEPARATOR = re.compile(r"[/\\]")
_WORDS: "dict[Kind, str]" = {
    "unit": "fix_unit",
    "date": "fix_date",
    "issuer": "fix_issuer",
    "title": "fix_title",
    "relation": "fix_relation",
    "wrong": "fix_wrong",
    "separate": "fix_separate",
    "join": "fix_join",
}
_WHY_NOT: "dict[WhyNot, str]" = {
    "no report": "fix_no_report",
    "no citation": "fix_no_citation",
    "no instrument": "fix_no_instrument",
    "joined": "fix_joined",
    "circular": "fix_circular",
    "superseded": "fix_superseded",
}


def lines(speaker: "Speaker", standing: "Standing") -> Iterator[str]:
    """A correction, and under it its note and why it does nothing."""
    correction = standing.correction
    yield f"{correction.id} · {format_date(correction.made[:10])} · {what(speaker, correction)}"
    if correction.note:
        yield f"    {correction.note}"
    if standing.why_not:
        yield f"    {speaker.say('fix_not', why=speaker.say(_WHY_NOT[standing.why_not]))}"


def what(speaker: "Speaker", correction: "Correction") -> str:
    """What a correction says, in a line."""
    place = _SEPARATOR.split(correction.file)[-1] if correction.file else correction.report
    above = [place for place in (correction.parent, correction.province) if place]
    said = correction.value or ""
    value = ", ".join([format_date(said) if correction.kind == "date" else said, *above])
    about = correction.instrument if correction.kind in ("date", "issuer") and not correction.report else place
    return speaker.say(
        _WORDS[correction.kind],
        value=value,
        about=about,
        instrument=correction.instrument,
        line=correction.line,
        report=place,
    )
