"""What a library knows of the documents that a report cites: their entries, and who says that they are replaced."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from corpus.model import Report
from graph.filing import file_reading
from graph.findings_model import Registered
from graph.model import Reading
from graph.questions import Source, Stated, Wanted
from graph.registry import Entry
from graph.standing import ENDS
from graph.votes import Vote

_Read = tuple[Report, Reading]


class Witness:
    """A library that is asked of many reports, one batch after the other; each document is asked for its links once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._asked: set[str] = set()
        self._ends: dict[str, list[tuple[Stated, Entry]]] = {}

    def of_reports(self, batch: Sequence[_Read]) -> list[Mapping[int, Registered]]:
        """For each report of the library: index in `Reading.cited` → what is known of that document."""
        kept: dict[str, list[str]] = {report.id: [] for report, _ in batch}
        for place in self._source.places_in(kept):
            kept[place.report.id].append(place.entry)
        entry_of = []
        for report, reading in batch:
            places, entries = file_reading(report, reading).places, kept[report.id]
            # Citations that older rules have found do not stand where these stand.
            known = zip(places, entries, strict=True) if len(places) == len(entries) else ()
            entry_of.append({place.n: entry for place, entry in known if place.n < len(reading.cited)})
        ids = dict.fromkeys(entry for of in entry_of for entry in of.values())
        registered = self._registered(self._source.entries(ids))
        return [{n: registered[entry] for n, entry in of.items() if entry in registered} for of in entry_of]

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
        registered = self._registered(found.values())
        return {n: registered[entry.id] for n, entry in found.items()}

    def _registered(self, entries: Iterable[Entry]) -> dict[str, Registered]:
        of = {entry.id: entry for entry in entries}
        self._ask(of.keys() - self._asked)
        return {i: Registered(entry=entry, ends=tuple(self._ends.get(i, ()))) for i, entry in of.items()}

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
