"""What a careful clerk would want to know of a report before signing it: the doubts about what it cites.

Precision before recall: a doubt that is none costs more trust than one that is not told.
"""

from collections.abc import Callable, Iterator, Mapping

from corpus.model import Report
from graph.findings_dates import find_two_dates
from graph.findings_form import find_drafts, find_short_forms, find_style
from graph.findings_model import Checked, Finding, Registered
from graph.findings_time import find_dated_after, find_replaced
from graph.findings_titles import find_two_titles
from graph.model import Reading

CHECKS: tuple[Callable[[Checked], Iterator[Finding]], ...] = (
    find_replaced,
    find_dated_after,
    find_two_dates,
    find_two_titles,
    find_style,
    find_drafts,
    find_short_forms,
)


def find_doubts(report: Report, reading: Reading, registered: Mapping[int, Registered]) -> tuple[Finding, ...]:
    """The findings of all checks, in the order of the text.

    `reading` is what the report cites, `registered` what a library knows of that: index in `Reading.cited` → document.
    """
    checked = Checked(report=report, reading=reading, registered=registered)
    found = [finding for check in CHECKS for finding in check(checked)]
    dated = {(f.start, f.kind) for f in found}
    # A day that is known to be another is not told again as one that is too late.
    return tuple(
        sorted(
            (f for f in found if f.kind != "dated_after" or (f.start, "two_dates") not in dated),
            key=lambda f: (f.start, f.kind),
        )
    )
