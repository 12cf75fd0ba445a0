"""The syllables of many texts as arrays: where each stands, and where two stand side by side.

A phrase is found by the positions of its rarest pair of syllables; its other syllables are then looked at where they
must stand, all places at once (`index.places`).  Nothing of a text is read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from corpus.model import Span
from index.syllables import unaccented
from index.words import BETWEEN, CLAUSE, INSIDE, LEANS

Numbers = npt.NDArray[np.uint32]

MARKS = {INSIDE: 0, BETWEEN: 1, LEANS: 2, CLAUSE: 3}
"""A code is the number of a syllable above one bit for "in a heading" and two for the mark before it."""
MARK_BITS, HEADING, SHIFT = 3, 4, 3
_KEPT_BITS = np.uint32(MARK_BITS | HEADING)
_TWO_BYTES = 1 << 16  # numpy sorts what fits two bytes in linear time
_LETTER = 4
_KIND = np.full(128, _LETTER, np.uint32)  # of each character: its mark, or a letter of a syllable
_KIND[[ord(mark) for mark in MARKS]] = list(MARKS.values())


@dataclass(frozen=True, slots=True)
class Syllables:
    """The syllables of one text: `codes` number them in `names`; `starts` are their offsets in characters."""

    names: Sequence[str]
    codes: Numbers
    starts: npt.NDArray[np.unsignedinteger]


class Coder:
    """Numbers syllables as they come; texts of one coder share its names."""

    def __init__(self) -> None:
        self._numbers = _Numbers()

    def code(self, marked: str, headings: Sequence[Span] = ()) -> Syllables:
        """The syllables of a marked text (`index.words.Prepared`); `headings` are offsets, in order."""
        characters = np.frombuffer(marked.encode("utf-32-le"), np.uint32)
        kinds = _KIND[np.minimum(characters, len(_KIND) - 1)]
        edges = np.flatnonzero(np.diff(kinds == _LETTER, prepend=False, append=False)).astype(np.uint32)
        starts = edges[::2]
        syllables = marked.replace(INSIDE, BETWEEN).replace(LEANS, BETWEEN).split()
        codes: Numbers = np.fromiter(map(self._numbers.__getitem__, syllables), np.uint32, len(syllables))
        codes <<= SHIFT
        codes[:1] |= MARKS[CLAUSE]
        codes[1:] |= kinds[starts[1:] - 1]
        for heading in headings:
            first, last = np.searchsorted(starts, (heading.start, heading.end))
            codes[first:last] |= HEADING
        return Syllables(self._numbers.names, codes, starts)


class _Numbers(dict[str, int]):
    """Name → number; a new name gets the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self.names)
        self.names.append(name)
        return number


@dataclass(frozen=True, slots=True)
class Bundle:
    """Texts one after another with all that is needed to find a phrase in them.

    Text i lies from `bounds[i]` to `bounds[i + 1]` in `codes`, which end with one code more that begins a clause.
    `names` are the canonical syllables, sorted by their folded form.  Folded form f, `folded[f]`, has the names from
    `first_name[f]` to `first_name[f + 1]`, and stands at the positions `places[first_place[f] : first_place[f + 1]]`.
    `pairs` are two folded forms that follow each other in a clause, as first · 2³² + second, sorted; `first_pair` and
    `pair_places` tell in the same way where they begin.  `starts` are those of `Syllables`.
    """

    names: list[str]
    folded: list[str]
    bounds: Numbers
    codes: Numbers
    starts: npt.NDArray[np.unsignedinteger]
    first_name: Numbers
    first_place: Numbers
    places: Numbers
    pairs: npt.NDArray[np.uint64]
    first_pair: Numbers
    pair_places: Numbers

    def text(self, number: int) -> Syllables:
        """The syllables of a text."""
        first, last = self.bounds[number : number + 2].tolist()
        return Syllables(self.names, self.codes[first:last], self.starts[first:last])


def bundle(texts: Sequence[Syllables]) -> Bundle:
    """The arrays of `texts`, in their order."""
    runs = [list(run) for _, run in groupby(texts, key=lambda text: id(text.names))]
    codes = [np.concatenate([text.codes for text in run]) for run in runs]
    used = [np.unique(part >> SHIFT) for part in codes]  # after a removal a bundle has names that no text holds
    own = [[run[0].names[n] for n in numbers] for run, numbers in zip(runs, used, strict=True)]
    names = sorted(set().union(*own), key=lambda name: (unaccented(name), name))
    number = {name: n for n, name in enumerate(names)}
    for part, numbers, written in zip(codes, used, own, strict=True):
        if written:
            table = np.zeros(int(numbers[-1]) + 1, np.uint32)
            table[numbers] = [number[name] for name in written]
            part[:] = (table[part >> SHIFT] << SHIFT) | (part & _KEPT_BITS)
    return _ordered(
        names,
        np.concatenate([*codes, np.array([MARKS[CLAUSE]], np.uint32)]),
        np.concatenate([*(text.starts for text in texts), np.zeros(0, np.uint16)]),
        np.cumsum([0, *(len(text.codes) for text in texts)]).astype(np.uint32),
    )


def _ordered(names: list[str], codes: Numbers, starts: npt.NDArray[np.unsignedinteger], bounds: Numbers) -> Bundle:
    folded: dict[str, int] = {}
    of_name = np.array([folded.setdefault(unaccented(name), len(folded)) for name in names], np.uint32)
    stream = of_name[codes[:-1] >> SHIFT] if names else codes[:-1]
    if len(folded) <= _TWO_BYTES:
        stream = stream.astype(np.uint16)
    places = np.argsort(stream, kind="stable").astype(np.uint32)
    follows = np.flatnonzero((codes[1:-1] & MARK_BITS) != MARKS[CLAUSE]).astype(np.uint32)
    order = follows[np.argsort(stream[follows + 1], kind="stable")]
    order = order[np.argsort(stream[order], kind="stable")]
    keys = (stream[order].astype(np.uint64) << np.uint64(32)) | stream[order + 1]
    first_pair = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    numbers = np.arange(len(folded) + 1, dtype=stream.dtype if len(folded) < _TWO_BYTES else np.uint32)
    return Bundle(
        names=names,
        folded=list(folded),
        bounds=bounds,
        codes=codes,
        starts=starts.astype(np.uint16) if int(starts.max(initial=0)) < _TWO_BYTES else starts,
        first_name=np.searchsorted(of_name, numbers.astype(np.uint32)).astype(np.uint32),
        first_place=np.searchsorted(stream[places], numbers).astype(np.uint32),
        places=places,
        pairs=keys[first_pair],
        first_pair=np.append(first_pair, len(keys)).astype(np.uint32),
        pair_places=order,
    )
