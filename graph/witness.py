"""What a library knows of the documents that a report cites: their entries, and who says that they are replaced."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TypeVar

from corpus.model import Report
from graph.filing import file_reading
from graph.findings_model import Registered
from graph.findings_titles import are_apart
from graph.model import RELATIONS, Citation, Named, Reading
from graph.questions import Place, Source, Stated, Wanted
from graph.registry import Entry
from graph.standing import ENDS
from graph.votes import Vote

_Read = tuple[Report, Reading]
_Cited = TypeVar("_Cited", Citation, Named)


class Witness:
    """A library that is asked of many reports, one batch after the other; each document is asked for its links once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._asked: set[str] = set()
        self._ends: dict[str, list[tuple[Stated, Entry]]] = {}

    def of_reports(self, batch: Sequence[_Read]) -> list[tuple[Reading, Mapping[int, Registered]]]:
        """For each report of the library what it cites, as a person has corrected it, and what is known of that.

        The keys are indexes in `Reading.cited`.  What the library does not keep as a citation is left out.
        """
        kept: dict[str, list[Place]] = {report.id: [] for report, _ in batch}
        for place in self._source.places_in(kept):
            kept[place.report.id].append(place)
        read = [_corrected(report, reading, kept[report.id]) for report, reading in batch]
        entries = {e.id: e for e in self._source.entries(i for _, of in read for i in of.values())}
        found = [(reading, {n: entries[i] for n, i in of.items() if i in entries}) for reading, of in read]
        return [(reading, known) for (reading, _), known in zip(found, self._registered(found), strict=True)]

    def of_file(self, report: Report, reading: Reading) -> Mapping[int, Registered]:
        """The same for a report that may be in no library: what it cites is looked for by number, period and place."""
        found: dict[int, Entry] = {}
        for vote in file_reading(report, reading).votes[: len(reading.cited)]:
            if vote.instrument is not None and vote.instrument.symbol is not None and not vote.own:
                kind, number, year, symbol = vote.instrument.key
                wanted = Wanted(kind=kind or None, number=number, year=year or None, symbol=symbol)
                fitting = [entry for entry in self._source.find(wanted) if _fits(vote, entry)]
                if len(fitting) == 1:
                    found[vote.n] = fitting[0]
        return self._registered([(reading, found)])[0]

    def _registered(self, found: Sequence[tuple[Reading, Mapping[int, Entry]]]) -> list[Mapping[int, Registered]]:
        """What is known of the documents that each reading cites, which are given as entries."""
        self._ask({entry.id for _, of in found for entry in of.values()} - self._asked)
        strange = {e.id for reading, of in found for n, e in of.items() if are_apart(reading.cited[n].title, e.title)}
        titles = self._source.titles(strange) if strange else {}
        return [
            {
                n: Registered(
                    entry=entry,
                    ends=tuple(self._ends.get(entry.id, ())),
                    titles=tuple(sorted(titles.get(entry.id, {}).items(), key=lambda vote: (-vote[1], vote[0]))),
                )
                for n, entry in of.items()
            }
            for _, of in found
        ]

    def _ask(self, ids: AbstractSet[str]) -> None:
        ends = [stated for stated in self._source.links_to(ids) if stated.relation in ENDS] if ids else []
        sources = {entry.id: entry for entry in self._source.entries(stated.source for stated in ends)}
        for stated in ends:
            self._ends.setdefault(stated.target, []).append((stated, sources[stated.source]))
        self._asked |= ids


def _fits(vote: Vote, entry: Entry) -> bool:
    """Is an entry of that number the document: of the same series and period?  A vote without a day fits any."""
    as_vote = replace(vote, report="", date=entry.date, issuer=entry.issuer)
    return as_vote.base == vote.base and as_vote.period is not None and vote.period in (None, as_vote.period)


def _corrected(report: Report, reading: Reading, kept: Iterable[Place]) -> tuple[Reading, dict[int, str]]:
    """The places that the library keeps, as it keeps them, and index in `Reading.cited` → entry."""
    waiting: dict[tuple[int, str], list[Place]] = {}
    for place in kept:
        waiting.setdefault((place.line, place.text), []).append(place)
    found: dict[tuple[int, int], Place] = {}
    entry_of: dict[int, str] = {}
    for placed in file_reading(report, reading).places:
        same = waiting.get((placed.line, placed.text))
        if same:
            place = found[placed.start, placed.end] = same.pop(0)
            entry_of.setdefault(placed.n, place.entry)
    changed = replace(
        reading,
        citations=tuple(_as_kept(c, found[c.start, c.end]) for c in reading.citations if (c.start, c.end) in found),
        named=tuple(_as_kept(n, found[n.start, n.end]) for n in reading.named if (n.start, n.end) in found),
    )
    return changed, {n: entry for n, entry in entry_of.items() if n < len(reading.cited)}


def _as_kept(cited: _Cited, place: Place) -> _Cited:
    relation = next((known for known in RELATIONS if known == place.relation), cited.relation)
    return replace(cited, relation=relation)
