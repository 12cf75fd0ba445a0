"""One number with two titles: inside a report, against what is known, and against what most reports say."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.folding import fold, normalize_tone
from graph.findings_dates import MANY, TIMES
from graph.findings_model import Checked, Finding, Said
from graph.identity import Instrument
from graph.known import facts_of
from graph.model import Citation, Cited
from graph.resolve import UNSURE
from graph.wording import word_lists

# So many of the titles that most reports give are shown.
_SHOWN = 3
# Of 54 pairs of titles of one number in real reports, those of one document had at least 18 % of the telling syllables
# of the shorter one in common, whatever the wording; of titles drawn at random 72 % have none in common.
_FEWEST = 3
# "TTHC" shares no syllable with its full form.
_ABBREVIATION = re.compile(r"[A-ZĐ]{2,}")


def find_two_titles(checked: Checked) -> Iterator[Finding]:
    """Documents with a title on quite another matter than the known one, that of most reports, or another one here."""
    for n, document, places in checked.cited:
        titled = [p for p in places if p.title and p.confidence > UNSURE]
        found = _not_known(checked, document, titled) or _not_voted(checked, n, document, titled)
        found = found or _not_one(checked, document, titled)
        if found is not None:
            yield found


def _not_known(checked: Checked, document: Cited, titled: Sequence[Citation]) -> Finding | None:
    row = facts_of(document.instrument.canonical, document.instrument.type, document.date)
    wrong = next((p for p in titled if row is not None and are_apart(p.title, row.title)), None)
    if row is None or wrong is None:
        return None
    return checked.doubt("title_known", wrong, str(document.instrument), should_be=row.title)


def _not_voted(checked: Checked, n: int, document: Cited, titled: Sequence[Citation]) -> Finding | None:
    """A title on another matter than most reports of the library give, where surely this document is meant."""
    votes = checked.registered[n].titles if n in checked.registered else ()
    wrong = next((p for p in titled if p.date or document.instrument.is_normative), None)
    if not votes or wrong is None:
        return None
    most = votes[0][0]
    against = sum(count for title, count in votes if are_apart(wrong.title, title) and not are_apart(title, most))
    agree = sum(count for title, count in votes if not are_apart(wrong.title, title))
    if not are_apart(wrong.title, most) or against < max(MANY, TIMES * agree):
        return None
    said = tuple(Said(value=title, reports=count) for title, count in votes[:_SHOWN])
    return checked.doubt(
        "title_voted", wrong, str(document.instrument), should_be=most, votes=said, reports=str(against)
    )


def _not_one(checked: Checked, document: Cited, titled: Sequence[Citation]) -> Finding | None:
    """Two titles in one report; the second of them is told."""
    for place in titled[1:]:
        if _is_one(titled[0], place, document.instrument) and are_apart(titled[0].title, place.title):
            first, line = titled[0].title or "", str(titled[0].line)
            return checked.doubt("titles_differ", place, str(document.instrument), other=first, line=line)
    return None


def _is_one(one: Citation, other: Citation, document: Instrument) -> bool:
    """Are two places of a number certainly of one document: by a number of its own, or by day and body?"""
    same_day = one.date is not None and one.date == other.date
    return document.is_normative or (same_day and fold(one.issuer or "") == fold(other.issuer or ""))


def are_apart(one: str | None, other: str | None) -> bool:
    """Are two titles of two matters: has neither a word that tells what it is about in common with the other?"""
    if not one or not other or _ABBREVIATION.search(one) or _ABBREVIATION.search(other):
        return False
    mine, theirs = _telling(one), _telling(other)
    return min(len(mine), len(theirs)) >= _FEWEST and not mine & theirs


def _telling(title: str) -> frozenset[str]:
    """The folded syllables that tell what a title is about; "trồng" does, "trong" does not."""
    syllables = re.findall(r"[^\W\d_]+", normalize_tone(title).casefold())
    return frozenset(fold(syllable) for syllable in syllables if syllable not in _empty_words())


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(normalize_tone(word).casefold() for word in word_lists()["of no matter"].words)
