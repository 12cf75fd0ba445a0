"""What was found in a report before it is signed, as lines for a terminal and as JSON."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.dates import format_date
from corpus.model import Report
from graph.findings_model import Finding
from webview.terminal import Speaker, plain

_STEP = "  "
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WHY = {
    "replaced": "check_replaced",
    "expired": "check_expired",
    "replaced_said": "check_replaced_said",
    "replaced_in_period": "check_replaced_in_period",
    "dated_after": "check_dated_after",
    "date_known": "check_date_known",
    "date_voted": "check_date_voted",
    "date_year": "check_date_year",
    "dates_differ": "check_dates_differ",
    "title_known": "check_title_known",
    "title_voted": "check_title_voted",
    "titles_differ": "check_titles_differ",
    "style": "check_style",
    "style_type": "check_style_type",
    "style_year": "check_style_year",
    "symbols_differ": "check_symbols_differ",
    "draft": "check_draft",
    "no_antecedent": "check_no_antecedent",
}
"""Reason of a finding → the sentence that explains it."""


def check_lines(speaker: Speaker, report: Report, findings: Iterable[Finding]) -> Iterator[str]:
    """The findings of a report: where and what, then why, what it probably should be, and who says so."""
    yield plain(report.file)
    for finding in findings:
        yield plain(f"{_STEP}{speaker.say('line', line=finding.line)} · «{finding.text}»")
        parts = [why(speaker, finding)]
        if finding.should_be:
            parts.append(speaker.say("check_should_be", words=finding.should_be))
        votes = [speaker.say("check_votes", words=_shown(v.value), reports=v.reports) for v in finding.votes]
        yield _STEP * 2 + "; ".join(parts) + (f" ({', '.join(votes)})" if votes else "")
    yield ""


def why(speaker: Speaker, finding: Finding) -> str:
    """Why something was found, in a sentence."""
    return speaker.say(_WHY[finding.reason], **finding.values)


def check_json(speaker: Speaker, report: Report, findings: Iterable[Finding]) -> dict[str, Any]:
    """The findings of a report: `cancu check --json`; `kind` is one of `graph.findings_model.KINDS`."""
    return {
        "file": report.file,
        "report": report.id,
        "findings": [
            {
                "kind": f.kind,
                "line": f.line,
                "text": f.text,
                "why": why(speaker, f),
                "should_be": f.should_be,
                "instrument": f.instrument,
                "votes": [{"value": said.value, "reports": said.reports} for said in f.votes],
            }
            for f in findings
        ],
    }


def _shown(value: str) -> str:
    """A day as people write it; anything else as it is."""
    return format_date(value) if _DAY.fullmatch(value) else value
