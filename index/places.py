"""Where a phrase stands in a bundle of texts: all its places at once (`index.phrases` says what a place is)."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.abbreviations import Form
from index.phrases import begins
from index.postings import HEADING, MARK_BITS, MARKS, SHIFT, Bundle, Numbers
from index.query import Prefix, Sought
from index.syllables import unaccented
from index.words import CLAUSE, INSIDE

Flags = npt.NDArray[np.bool_]

# What is remembered of each bundle: a phrase that stands in all of 2,000 texts takes 100 KB.
_REMEMBERED = 64
_INSIDE, _CLAUSE = MARKS[INSIDE], MARKS[CLAUSE]


@dataclass(frozen=True, slots=True)
class Places:
    """Places in order, as half-open ranges of positions, and for each whether it is whole words, exact accents."""

    starts: Numbers
    ends: Numbers
    whole: Flags
    exact: Flags

    def part(self, first: int, last: int) -> "Places":
        """The places whose positions lie from `first` to `last`."""
        a, b = np.searchsorted(self.starts, np.array([first, last], self.starts.dtype))
        return Places(self.starts[a:b], self.ends[a:b], self.whole[a:b], self.exact[a:b])


@dataclass(frozen=True, slots=True)
class Tally:
    """For each text (number `texts`, ascending) that has places: how many, how many of them in headings, the best."""

    texts: npt.NDArray[np.intp]
    places: npt.NDArray[np.intp]
    headings: npt.NDArray[np.intp]
    whole: Flags
    exact: Flags


class Finder:
    """Finds phrases in one bundle, which never changes; several threads may ask."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.find = lru_cache(maxsize=_REMEMBERED)(self._find)
        self.tally = lru_cache(maxsize=_REMEMBERED)(self._tally)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: n for n, name in enumerate(self.bundle.folded)}

    def offsets(self, number: int) -> tuple[Numbers, Numbers]:
        """Where each syllable of a text begins and ends, in characters."""
        text = self.bundle.text(number)
        ends = np.cumsum(text.gaps + self._sizes[text.codes >> SHIFT])
        return ends - self._sizes[text.codes >> SHIFT], ends

    @cached_property
    def _sizes(self) -> Numbers:
        return np.array([len(name) for name in self.bundle.names], np.uint32)

    def _tally(self, sought: Sought) -> Tally:
        """How often `sought` stands in each text and title."""
        found = self.find(sought)
        edges = np.searchsorted(found.starts, self.bundle.bounds)
        texts = np.flatnonzero(edges[1:] > edges[:-1])
        if not len(texts):
            return Tally(texts, texts, texts, found.whole, found.exact)
        first = edges[texts]
        headings = (self.bundle.codes[found.starts] & HEADING) != 0
        best = np.maximum.reduceat(2 * found.whole.view(np.uint8) + found.exact, first)
        return Tally(
            texts, edges[texts + 1] - first, np.add.reduceat(headings, first, dtype=np.intp), best > 1, best % 2 == 1
        )

    def _find(self, sought: Sought) -> Places:
        """All places where `sought` stands, in titles too."""
        if isinstance(sought, Prefix):
            return self._beginnings(sought.stem)
        found = [self._form(form) for form in sought.forms]
        return found[0] if len(found) == 1 else merged(found)

    def _form(self, form: Form) -> Places:
        numbers = [self._numbers.get(unaccented(syllable)) for syllable in form]
        known = [number for number in numbers if number is not None]
        if len(known) < len(form):
            return _nowhere()
        typed = [_Typed.of(self.bundle, *both) for both in zip(form, known, strict=True)]
        if len(form) > 1:
            return self._checked(self._rarest_pair(known), typed)
        starts = self._places(known[0])
        if typed[0].accented:
            return self._checked(starts, typed)
        all_fit = np.ones(len(starts), bool)
        return Places(starts, starts + np.uint32(1), all_fit, all_fit)

    def _places(self, number: int) -> Numbers:
        return self.bundle.places[self.bundle.first_place[number] : self.bundle.first_place[number + 1]]

    def _rarest_pair(self, numbers: list[int]) -> Numbers:
        """Where the phrase would begin, by the pair of its syllables that stands in the fewest places."""
        keys = np.array([first << 32 | second for first, second in pairwise(numbers)], np.uint64)
        at = np.searchsorted(self.bundle.pairs, keys)
        if not len(self.bundle.pairs) or not np.array_equal(self.bundle.pairs[np.minimum(at, len(self.bundle.pairs) - 1)], keys):
            return _nowhere().starts
        sizes = self.bundle.first_pair[at + 1] - self.bundle.first_pair[at]
        rarest = int(np.argmin(sizes))
        first = int(self.bundle.first_pair[at[rarest]])
        places = self.bundle.pair_places[first : first + int(sizes[rarest])]
        return places[np.searchsorted(places, np.uint32(rarest)) :] - np.uint32(rarest) if rarest else places

    def _checked(self, starts: Numbers, form: "list[_Typed]") -> Places:
        """Those of `starts` where the whole form stands inside one clause."""
        codes, length = self.bundle.codes, np.uint32(len(form))
        starts = starts[: np.searchsorted(starts, np.uint32(max(0, len(codes) - len(form))))]
        exact, inner = np.ones(len(starts), bool), np.full(len(starts), len(form) > 1)
        for at, typed in enumerate(form):
            here = codes[starts + np.uint32(at)]
            fits, accents = typed.fits(here >> SHIFT)
            if at:
                marks = here & MARK_BITS
                fits &= marks != _CLAUSE
                inner &= marks == _INSIDE
            if not fits.all():
                starts, exact, inner, accents = starts[fits], exact[fits], inner[fits], accents[fits]
            exact &= accents
        if len(form) == 1:
            inner[:] = True
        else:
            before, after = codes[starts] & MARK_BITS, codes[starts + length] & MARK_BITS
            inner |= (before != _INSIDE) & (after % 2 == 1)
        return Places(starts, starts + length, inner, exact)

    def _beginnings(self, stem: str) -> Places:
        folded = unaccented(stem)
        low = bisect_left(self.bundle.folded, folded)
        high = bisect_left(self.bundle.folded, folded + "\U0010ffff")
        starts = self.bundle.places[self.bundle.first_place[low] : self.bundle.first_place[high]]
        starts = np.sort(starts) if high - low > 1 else starts
        exact = np.ones(len(starts), bool)
        if stem != folded:
            first = int(self.bundle.first_name[low])
            names = self.bundle.names[first : int(self.bundle.first_name[high])]
            number = (self.bundle.codes[starts] >> SHIFT) - np.uint32(first)
            fits = np.fromiter((begins(stem, name) for name in names), bool, len(names))[number]
            plain = np.fromiter((name == unaccented(name) for name in names), bool, len(names))[number]
            starts, exact = starts[fits], ~plain[fits]
        return Places(starts, starts + np.uint32(1), np.ones(len(starts), bool), exact)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What one typed syllable finds: the names from `first` to `last`; with accents, those of two numbers.

    `written` is the number of the name with the same accents, `plain` that of the name without any; one that no text
    holds is beyond all numbers.
    """

    first: int
    last: int
    written: int
    plain: int
    accented: bool

    @classmethod
    def of(cls, bundle: Bundle, syllable: str, number: int) -> "_Typed":
        first, last = int(bundle.first_name[number]), int(bundle.first_name[number + 1])
        names = {name: first + n for n, name in enumerate(bundle.names[first:last])}
        plain = unaccented(syllable)
        beyond = len(bundle.names)
        return cls(first, last, names.get(syllable, beyond), names.get(plain, beyond), syllable != plain)

    def fits(self, numbers: npt.NDArray[np.uint32]) -> tuple[Flags, Flags]:
        """Which of the names `numbers` are found, and which of those have the accents typed."""
        if not self.accented:
            return (numbers - np.uint32(self.first)) < np.uint32(self.last - self.first), np.ones(len(numbers), bool)
        exact = numbers == self.written
        return exact | (numbers == self.plain), exact


def _nowhere() -> Places:
    none = np.zeros(0, np.uint32)
    return Places(none, none, none.astype(bool), none.astype(bool))


def merged(found: list[Places]) -> Places:
    """The places of several forms in order; of two on the same place the better one."""
    starts, ends = (np.concatenate([getattr(f, name) for f in found]) for name in ("starts", "ends"))
    whole, exact = (np.concatenate([getattr(f, name) for f in found]) for name in ("whole", "exact"))
    order = np.lexsort((~exact, ~whole, ends, starts))
    starts, ends, whole, exact = starts[order], ends[order], whole[order], exact[order]
    new = np.ones(len(starts), bool)
    new[1:] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
    return Places(starts[new], ends[new], whole[new], exact[new])
