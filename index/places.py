"""Where a phrase stands in a bundle of texts: all its places at once."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import add

import numpy as np
import numpy.typing as npt

from index.abbreviations import Form
from index.postings import HEADING, MARK_BITS, MARKS, SHIFT, Bundle, Numbers
from index.query import Prefix, Sought
from index.recent import Recent
from index.syllables import accepts, begins, has_accents, unaccented
from index.words import CLAUSE, INSIDE

Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.intp]

# What is remembered of each bundle.  The places of one query, for its passages: those of the commonest syllable in
# 4,000 texts take 3 MB.  Which texts have them, for the phrases of many queries: 100 KB at most.
_PLACES, _TALLIES, _SYLLABLES = 8, 64, 1024
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

    texts: Counts
    places: Counts
    headings: Counts
    whole: Flags
    exact: Flags


class Finder:
    """Finds phrases in one bundle, which never changes; several threads may ask."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self._found: Recent[Sought, Places] = Recent(_PLACES)
        self._tallies: Recent[Sought, Tally] = Recent(_TALLIES)
        self._known: Recent[tuple[str, int], _Typed] = Recent(_SYLLABLES)

    def find(self, sought: Sought) -> Places:
        """All places where `sought` stands, in titles too."""
        return self._found.get(sought, self._find)

    def tally(self, sought: Sought) -> Tally:
        """How often `sought` stands in each text and title."""
        return self._tallies.get(sought, self._tally)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: n for n, name in enumerate(self.bundle.folded)}

    def characters(self, found: Places) -> tuple[list[int], list[int]]:
        """Where places begin and end, in characters of their texts."""
        last = found.ends - np.uint32(1)
        sizes = (len(self.bundle.names[code >> SHIFT]) for code in self.bundle.codes[last].tolist())
        ends = map(add, self.bundle.starts[last].tolist(), sizes)
        return self.bundle.starts[found.starts].tolist(), list(ends)

    def _tally(self, sought: Sought) -> Tally:
        found = self.find(sought)
        texts, first = self._texts(found.starts)
        if not len(texts):
            return Tally(texts, texts, texts, found.whole, found.exact)
        headings = (self.bundle.codes[found.starts] & HEADING) != 0
        best = np.maximum.reduceat(2 * found.whole.view(np.uint8) + found.exact, first)
        places = np.diff(first, append=len(found.starts))
        return Tally(texts, places, np.add.reduceat(headings, first, dtype=np.intp), best > 1, best % 2 == 1)

    def _texts(self, starts: Numbers) -> tuple[Counts, Counts]:
        """The texts in which places lie, and the first place of each; the fewer are looked for among the more."""
        bounds = self.bundle.bounds
        if len(starts) < len(bounds):
            of = np.searchsorted(bounds, starts, side="right") - 1
            first = np.flatnonzero(np.diff(of, prepend=-1))
            return of[first], first
        edges = np.searchsorted(starts, bounds)
        texts = np.flatnonzero(edges[1:] > edges[:-1])
        return texts, edges[texts]

    def _find(self, sought: Sought) -> Places:
        if isinstance(sought, Prefix):
            return self._beginnings(sought.stem)
        found = [self._form(form) for form in sought.forms]
        return found[0] if len(found) == 1 else merged(found)

    def _form(self, form: Form) -> Places:
        numbers = [self._numbers.get(unaccented(syllable), -1) for syllable in form]
        if -1 in numbers:
            return _nowhere()
        typed = [self._known.get((syllable, n), self._typed) for syllable, n in zip(form, numbers, strict=True)]
        if len(form) > 1:
            return self._checked(self._rarest_pair(numbers), typed)
        starts = self._places(numbers[0])
        if not typed[0].finds_all:
            return self._checked(starts, typed)
        all_fit = np.ones(len(starts), bool)
        return Places(starts, starts + np.uint32(1), all_fit, all_fit)

    def _typed(self, typed: tuple[str, int]) -> "_Typed":
        return _Typed.of(self.bundle, *typed)

    def around(self, form: Sequence[str | None]) -> Places:
        """All places of a folded form in which None stands for any syllable; at least one is none."""
        numbers = [None if syllable is None else self._numbers.get(syllable, -1) for syllable in form]
        if -1 in numbers:
            return _nowhere()
        _, rarest, number = min((len(self._places(n)), at, n) for at, n in enumerate(numbers) if n is not None)
        typed = [None if n is None else self._known.get((self.bundle.folded[n], n), self._typed) for n in numbers]
        return self._checked(_moved(self._places(number), rarest), typed)

    def names_at(self, found: Places) -> Counter[Form]:
        """What stands in places of the same length, and how often."""
        if not len(found.starts):
            return Counter()
        length = int(found.ends[0] - found.starts[0])
        codes = self.bundle.codes[found.starts[:, None] + np.arange(length, dtype=np.uint32)] >> SHIFT
        rows, counts = np.unique(codes, axis=0, return_counts=True)
        names = [tuple(self.bundle.names[n] for n in row) for row in rows.tolist()]
        return Counter(dict(zip(names, counts.tolist(), strict=True)))

    def _places(self, number: int) -> Numbers:
        return self.bundle.places[self.bundle.first_place[number] : self.bundle.first_place[number + 1]]

    def _rarest_pair(self, numbers: list[int]) -> Numbers:
        """Where the phrase would begin, by the pair of its syllables that stands in the fewest places."""
        keys = np.array([first << 32 | second for first, second in pairwise(numbers)], np.uint64)
        at = np.searchsorted(self.bundle.pairs, keys)
        if at.max() == len(self.bundle.pairs) or not np.array_equal(self.bundle.pairs[at], keys):
            return _nowhere().starts
        sizes = self.bundle.first_pair[at + 1] - self.bundle.first_pair[at]
        rarest = int(np.argmin(sizes))
        first = int(self.bundle.first_pair[at[rarest]])
        return _moved(self.bundle.pair_places[first : first + int(sizes[rarest])], rarest)

    def _checked(self, starts: Numbers, form: "Sequence[_Typed | None]") -> Places:
        """Those of `starts` where the whole form stands inside one clause; None is any syllable."""
        codes, length = self.bundle.codes, np.uint32(len(form))
        if len(starts) and starts[-1] >= len(codes) - len(form):
            starts = starts[: np.searchsorted(starts, np.uint32(max(0, len(codes) - len(form))))]
        exact = np.ones(len(starts), bool)
        for at, typed in sorted(enumerate(form), key=lambda one: one[1].count if one[1] else len(codes)):
            if not len(starts):
                return _nowhere()
            here = codes[starts + np.uint32(at)]
            fits, accents = typed.fits(here >> SHIFT) if typed else _all_fit(len(here))
            if at:
                fits &= (here & MARK_BITS) != _CLAUSE
            if not fits.all():
                starts, exact, accents = starts[fits], exact[fits], accents[fits]
            exact &= accents
        if len(form) == 1:
            return Places(starts, starts + length, np.ones(len(starts), bool), exact)
        before, after = codes[starts] & MARK_BITS, codes[starts + length] & MARK_BITS
        whole = (before != _INSIDE) & (after % 2 == 1)
        cut = np.flatnonzero(~whole)
        if len(cut):
            inner = codes[starts[cut][:, None] + np.arange(1, len(form), dtype=np.uint32)] & MARK_BITS
            whole[cut] = (inner == _INSIDE).all(axis=1)
        return Places(starts, starts + length, whole, exact)

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
            accents = np.fromiter((name != unaccented(name) for name in names), bool, len(names))[number]
            starts, exact = starts[fits], accents[fits]
        return Places(starts, starts + np.uint32(1), np.ones(len(starts), bool), exact)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What one typed syllable finds among the names from `first` on: a last place more for all other names.

    `count` is the number of places of its folded form: the rarest syllable of a phrase is looked for first.
    """

    first: np.uint32
    found: Flags
    accents: Flags
    count: int

    @classmethod
    def of(cls, bundle: Bundle, syllable: str, number: int) -> "_Typed":
        first, last = bundle.first_name[number : number + 2].tolist()
        names = bundle.names[first:last]
        found = bytes([*(accepts(syllable, name) for name in names), False])
        accents = bytes([*(has_accents(syllable, name) for name in names), False])
        count = int(bundle.first_place[number + 1]) - int(bundle.first_place[number])
        return cls(np.uint32(first), np.frombuffer(found, bool), np.frombuffer(accents, bool), count)

    @property
    def finds_all(self) -> bool:
        """Does it find every name of its folded form, with exact accents?"""
        return bool((self.found & self.accents)[:-1].all())

    def fits(self, numbers: Numbers) -> tuple[Flags, Flags]:
        """Which of the names `numbers` are found, and which of those have the accents typed."""
        at = np.minimum(numbers - self.first, np.uint32(len(self.found) - 1))
        return self.found[at], self.accents[at]


def _all_fit(count: int) -> tuple[Flags, Flags]:
    return np.ones(count, bool), np.ones(count, bool)


def _moved(places: Numbers, by: int) -> Numbers:
    """The positions `by` syllables before `places`."""
    return places[np.searchsorted(places, np.uint32(by)) :] - np.uint32(by) if by else places


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
