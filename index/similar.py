"""What a phrase was meant to be: what texts have in its place, with other accents or other letters in one syllable."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from index.abbreviations import Form
from index.places import Finder
from index.syllables import unaccented

# Of a short syllable two other letters make any other.
_SHORT = 4
# What is longer was pasted, not typed; each syllable is asked of all texts, 10 ms at 10,000 reports.
_LONGEST = 12


def similar(finders: Iterable[Finder], form: Form, *, letters: bool) -> Sequence[Form]:
    """Forms that stand in texts instead of `form`: those with other accents, then, with `letters`, other letters.

    The commonest come first.
    """
    plain = tuple(map(unaccented, form))
    accents: Counter[Form] = Counter()
    slips: Counter[Form] = Counter()
    for finder in finders:
        accents += finder.names_at(finder.around(plain))
        for at in range(len(form) if letters and len(form) <= _LONGEST else 0):
            slips += _other_letters(finder, plain, at)
    ordered = dict.fromkeys(name for counts in (accents, slips) for name, _ in counts.most_common())
    return [found for found in ordered if found != form]


def _other_letters(finder: Finder, plain: Form, at: int) -> Counter[Form]:
    """What stands in texts with other letters in the syllable `at`."""
    typed = plain[at]
    if typed.isdigit():
        return Counter()
    if len(plain) == 1:
        names = (name for name in finder.bundle.folded if _is_slip(typed, name))
        return sum((finder.names_at(finder.around((name,))) for name in names), Counter())
    found = finder.names_at(finder.around((*plain[:at], None, *plain[at + 1 :])))
    return Counter({form: count for form, count in found.items() if _is_slip(typed, unaccented(form[at]))})


def _is_slip(typed: str, meant: str) -> bool:
    """Are two folded syllables a slip of the finger apart?  Of a short one the first letter is rarely mistyped."""
    if len(typed) <= _SHORT and typed[0] != meant[0]:
        return sorted(typed) == sorted(meant)
    return 0 < OSA.distance(typed, meant, score_cutoff=2) <= (1 if len(typed) <= _SHORT else 2)
