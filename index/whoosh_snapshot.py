"""One state of a Whoosh index, read in place."""

from bisect import bisect_right
from collections.abc import Sequence
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from index.engine import Match, Sort
from index.fields import Field
from index.places import Finder, Flags, merged
from index.query import Node, Sought
from index.ranking import Ranks, rank
from index.recent import Recent

if TYPE_CHECKING:
    from index.whoosh_column import Segment

Ranked = tuple[Ranks, npt.NDArray[np.intp]]

# A person pages through one answer, a server through those of some people: 200 KB each at 10,000 reports.
_REMEMBERED = 64


class Snapshot:
    """Reports by number, with their texts, and what is known of them.  Reports that were removed keep their number."""

    def __init__(self, index: Any, known: "Snapshot | None" = None) -> None:
        """The latest state of `index`; what has not changed since the state `known` is taken from it.

        Raises FileNotFoundError where a commit takes files away meanwhile.
        """
        self._index = index
        self.generation = index.latest_generation()
        before = known.segments if known else {}
        self.segments: dict[str, tuple[Segment, Finder]] = {}
        gone: list[bool] = []
        with closing(index.reader()) as reader:
            for leaf, _ in reader.leaf_readers():
                if not leaf.doc_count_all():
                    continue
                name = leaf.segment().segment_id()
                self.segments[name] = before.get(name) or _opened(leaf)
                gone += [leaf.is_deleted(number) for number in range(leaf.doc_count_all())]
        self.alive: Flags = ~np.array(gone, bool)
        self.ids: list[str] = [name for segment, _ in self.segments.values() for name in segment.ids]
        self._fields: Recent[str, Field] = Recent(_REMEMBERED)
        self._ranked: Recent[tuple[Node, Sort], Ranked] = Recent(_REMEMBERED)

    def is_latest(self) -> bool:
        """Has nothing been committed since?"""
        return bool(self.generation == self._index.latest_generation())

    @cached_property
    def parts(self) -> Sequence[tuple[int, int, Finder]]:
        """(number of the first report, number of reports, finder of their texts and titles)."""
        parts, first = [], 0
        for segment, finder in self.segments.values():
            parts.append((first, len(segment.ids), finder))
            first += len(segment.ids)
        return parts

    @cached_property
    def lengths(self) -> npt.NDArray[np.float64]:
        """The number of syllables of each text, in means of all."""
        lengths = [np.diff(finder.bundle.bounds[: size + 1]) for _, size, finder in self.parts]
        counts = np.concatenate([*lengths, np.zeros(0)])
        mean = counts[self.alive].mean() if self.alive.any() else 0
        return counts / max(1.0, float(mean))

    @cached_property
    def _number(self) -> dict[str, int]:
        return {name: n for n, name in enumerate(self.ids) if self.alive[n]}

    def numbers(self, ids: frozenset[str]) -> Sequence[int]:
        """The reports of these ids that there are."""
        return [self._number[name] for name in ids if name in self._number]

    def field(self, name: str) -> Field:
        """What is known of the reports: unit, type, level, issuer, date, year."""
        return self._fields.get(name, self._field)

    def _field(self, name: str) -> Field:
        return Field.joined([segment.fields[name] for segment, _ in self.segments.values()])

    @cached_property
    def _newest(self) -> npt.NDArray[np.intp]:
        """The rank of each report by date, the newest first; by id where that is equal, so that pages are stable."""
        dates = self.field("date")
        days = np.where(dates.codes == len(dates.names) - 1, -1, dates.codes)
        order = np.lexsort((np.array(self.ids, str), -days))
        ranks = np.empty(len(order), np.intp)
        ranks[order] = np.arange(len(order))
        return ranks

    def rank(self, node: Node, sort: Sort) -> Ranked:
        """The ranks for a query, and the reports that fit in order: whole words, exact accents, score, date."""
        return self._ranked.get((node, sort), self._rank)

    def _rank(self, asked: tuple[Node, Sort]) -> Ranked:
        node, sort = asked
        ranks = rank(node, self)
        found = np.flatnonzero(ranks.fits)
        newest = self._newest[found]
        if sort == "date":
            return ranks, found[np.argsort(newest)]
        worse = 3 - 2 * ranks.whole[found].view(np.uint8) - ranks.exact[found]
        return ranks, found[np.lexsort((newest, -ranks.score[found], worse))]

    def matches(self, sought: Sequence[Sought], number: int) -> tuple[Match, ...]:
        """The places of phrases in the text of a report, in order; of two on the same place the better one."""
        if not sought:
            return ()
        at = bisect_right(self.parts, number, key=lambda part: part[0]) - 1
        first, _, finder = self.parts[at]
        bounds = finder.bundle.bounds[number - first : number - first + 2]
        found = [finder.find(phrase).part(*bounds.tolist()) for phrase in sought]
        places = merged(found) if len(found) > 1 else found[0]
        starts, ends = finder.characters(places)
        return tuple(map(Match, starts, ends, places.whole.tolist(), places.exact.tolist()))


def _opened(leaf: Any) -> "tuple[Segment, Finder]":
    segment: Segment = leaf.column_reader("report", translate=False)
    return segment, Finder(segment.bundle)
