"""Reports with what they cite in memory: they answer the questions of `graph.questions.Source` without a catalog."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from graph.filing import Card, Filed, Placed, PlacedLink
from graph.homes import Whose
from graph.linkage import carrying
from graph.questions import ALWAYS, CitedBy, Period, Place, Stated, Wanted, matches
from graph.registry import Entry, Registry
from graph.tree import Tree


class Network:
    """All reports given, their documents and links; answers the questions of `Source` from memory."""

    def __init__(self, filed: Iterable[tuple[Card, Filed]]) -> None:
        self._cards: dict[str, Card] = {}
        self._filed: dict[str, Filed] = {}
        registry = Registry()
        for card, rows in filed:
            self._cards[card.id], self._filed[card.id] = card, rows
            registry.add(rows.votes)
        self._entries = registry.entries
        self._entry_of = {vote: entry.id for entry in self._entries.values() for vote in entry.votes}
        self._links = [
            self._stated(report, link) for report in sorted(self._filed) for link in _in_order(self._filed[report])
        ]
        self._tree: Tree | None = None

    def _stated(self, report: str, link: PlacedLink) -> Stated:
        return Stated(
            source=self._entry_of[report, link.source],
            target=self._entry_of[report, link.target],
            relation=link.relation,
            report=self._cards[report],
            line=link.line,
            sentence=link.sentence,
        )

    def find(self, wanted: Wanted) -> Sequence[Entry]:
        """The documents that fit, in the order of their ids; documents come without their votes."""
        return [replace(e, votes=()) for e in self._entries.values() if matches(wanted, e, self._key(e))]

    def _key(self, entry: Entry) -> tuple[str, str, int, str] | None:
        report, n = entry.votes[0]
        instrument = self._filed[report].votes[n].instrument
        return instrument.key if instrument else None

    def entries(self, ids: Iterable[str]) -> Sequence[Entry]:
        """The documents of these ids, in the order asked for, each once; one that is not there is left out."""
        return [replace(self._entries[n], votes=()) for n in dict.fromkeys(ids) if n in self._entries]

    def tree(self) -> Tree:
        """The units of all reports."""
        if self._tree is None:
            said = [one for report in sorted(self._filed) for one in self._filed[report].successions]
            self._tree = Tree(Counter(card.whose for card in self._cards.values()), said)
        return self._tree

    def titles(self, entries: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Document → title → how many reports give it that title; its own title in a report is no vote."""
        found: dict[str, dict[str, set[str]]] = {}
        for entry in set(entries) & self._entries.keys():
            for report, n in self._entries[entry].votes:
                vote = self._filed[report].votes[n]
                if vote.title and not vote.own:
                    found.setdefault(entry, {}).setdefault(vote.title, set()).add(report)
        return {entry: {title: len(of) for title, of in titles.items()} for entry, titles in found.items()}

    def places_of(self, entries: Collection[str]) -> Sequence[Place]:
        """All citations of these documents, by report and their order in it."""
        wanted = set(entries)
        reports = sorted({report for e in wanted & self._entries.keys() for report, _ in self._entries[e].votes})
        return [place for place in self.places_in(reports) if place.entry in wanted]

    def places_in(self, reports: Collection[str]) -> Sequence[Place]:
        """All citations in these reports, by report and their order in it."""
        return [self._place(r, p) for r in sorted(set(reports) & self._filed.keys()) for p in self._filed[r].places]

    def _place(self, report: str, placed: Placed) -> Place:
        return Place(
            entry=self._entry_of[report, placed.n],
            report=self._cards[report],
            line=placed.line,
            text=placed.text,
            relation=placed.relation,
            locator=placed.locator,
            sentence=placed.sentence,
            confidence=placed.confidence,
            short_form=placed.short_form,
            actions=placed.actions,
        )

    def links_in(self, reports: Collection[str]) -> Sequence[Stated]:
        """The links that these reports state, by report and line."""
        return [link for link in self._links if link.report.id in reports]

    def links_to(self, entries: Collection[str]) -> Sequence[Stated]:
        """The links that end at these documents, by report and line."""
        return [link for link in self._links if link.target in entries]

    def links_from(self, entries: Collection[str]) -> Sequence[Stated]:
        """The links that begin at these documents, by report and line."""
        return [link for link in self._links if link.source in entries]

    def carriers(self, entries: Collection[str]) -> Sequence[tuple[str, str]]:
        """(A document, one of these that it is said to carry out), each pair once, in order."""
        found = self.links_to(entries)
        return sorted({(link.source, link.target) for link in found if link.relation in carrying()})

    def cited_by(self, entries: Collection[str], period: Period = ALWAYS) -> Sequence[CitedBy]:
        """Who cites these documents, by document and whose; its own number in a report is no citation."""
        found: dict[tuple[str, Whose], set[tuple[str, str]]] = defaultdict(set)
        for entry in set(entries) & self._entries.keys():
            for report, n in self._entries[entry].votes:
                card = self._cards[report]
                if period.holds(card.day) and not self._filed[report].votes[n].own:
                    found[entry, card.whose].add((card.day or "", report))
        return [
            CitedBy(
                entry=entry,
                whose=whose,
                reports=len(of),
                first=min((day for day, _ in of if day), default=None),
                last=max(of)[0] or None,
                report=max(of)[1],
            )
            for (entry, whose), of in sorted(found.items(), key=lambda i: (i[0][0], [part or "" for part in i[0][1]]))
        ]

    def counted(self) -> Sequence[tuple[Entry, int]]:
        """All documents by id, each with the number of reports that cite it; its own report does not count."""
        return [(replace(entry, votes=()), self._reports(entry)) for entry in self._entries.values()]

    def _reports(self, entry: Entry) -> int:
        return len({report for report, n in entry.votes if not self._filed[report].votes[n].own})

    def reports_of(self, whose: Collection[Whose]) -> Sequence[Card]:
        """The cards of the reports that say one of these of whose they are, by id."""
        return [card for card in self.cards() if card.whose in whose]

    def cards(self) -> Sequence[Card]:
        """The cards of all reports, by id."""
        return [self._cards[report] for report in sorted(self._cards)]


def _in_order(filed: Filed) -> list[PlacedLink]:
    return sorted(filed.links, key=lambda link: (link.line, link.source, link.target, link.relation))
