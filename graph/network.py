"""Reports with what they cite in memory: they answer the questions of `graph.questions.Source` without a catalog."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph.filing import Card, Filed, Placed, PlacedLink
from graph.homes import Whose
from graph.incidence import Incidence
from graph.linkage import carrying
from graph.questions import ALWAYS, SHOWN, CitedBy, Linked, Period, Place, Stated, Wanted, matches
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

    def places_in(self, reports: Collection[str], of: Collection[str] | None = None) -> Sequence[Place]:
        """All citations in these reports, of the documents `of` alone if given, by report and their order in it."""
        asked = sorted(set(reports) & self._filed.keys())
        places = [self._place(report, placed) for report in asked for placed in self._filed[report].places]
        return places if of is None else [place for place in places if place.entry in of]

    def place_saying(self, words: Mapping[str, str]) -> Sequence[Place]:
        """A place that cites each document, by its id, of its first `SHOWN` votes: best one that says the word."""
        found = []
        for entry in sorted(words.keys() & self._entries.keys()):
            first = {report for report, _ in self._entries[entry].votes[:SHOWN]}
            if places := self.places_in(first, [entry]):
                found.append(min(places, key=lambda p: words[p.entry] not in p.sentence))
        return found

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

    def links_in(self, reports: Collection[str], among: Collection[str] | None = None) -> Sequence[Stated]:
        """The links that these reports state, between the documents `among` if given, by report and line."""
        links = [link for link in self._links if link.report.id in reports]
        return links if among is None else [link for link in links if {link.source, link.target} <= set(among)]

    def linked(self) -> Sequence[Linked]:
        """All documents that are linked, by source, target and relation."""
        of: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for link in self._links:
            of[link.source, link.target, link.relation].append(link.report.id)
        return [
            Linked(
                source=source,
                target=target,
                relation=relation,
                count=len(reports),
                reports=tuple(dict.fromkeys(reports))[:SHOWN],
            )
            for (source, target, relation), reports in sorted(of.items())
        ]

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

    def all_entries(self) -> Sequence[Entry]:
        """All documents, by id."""
        return [replace(entry, votes=()) for entry in self._entries.values()]

    def reports_of(self, whose: Collection[Whose]) -> Sequence[Card]:
        """The cards of the reports that say one of these of whose they are, by id."""
        return [card for card in self.cards() if card.whose in whose]

    def cards(self, reports: Collection[str] | None = None) -> Sequence[Card]:
        """The cards of these reports, or of all, by id."""
        return [self._cards[report] for report in sorted(self._cards) if reports is None or report in reports]

    def owners(self) -> Mapping[Whose, Sequence[str]]:
        """What reports say of whose they are, with the ids of those that say it."""
        of: dict[Whose, list[str]] = defaultdict(list)
        for report in sorted(self._cards):
            of[self._cards[report].whose].append(report)
        return of

    def issuers(self) -> Mapping[str, Sequence[str]]:
        """Who is named as issuer of documents, with the ids of these."""
        of: dict[str, list[str]] = defaultdict(list)
        for entry in self._entries.values():
            if entry.issuer is not None:
                of[entry.issuer].append(entry.id)
        return of

    def own_of(self, reports: Collection[str]) -> Sequence[tuple[str, str]]:
        """(report, document) where one of these reports is that document: it bears its number."""
        return sorted({(report, entry) for report, entry, own in self._named() if own and report in reports})

    def entries_by_report(self, reports: Collection[str]) -> Mapping[str, int]:
        """How many documents each of these reports names, itself among them."""
        return Counter(report for report, _ in self._pairs() if report in reports)

    def reports_by_entry(self, entries: Collection[str]) -> Mapping[str, int]:
        """How many reports name each of these documents, the one that it is among them."""
        return Counter(entry for _, entry in self._pairs() if entry in entries)

    def reports_beside(self, entries: Collection[str], limit: int) -> Sequence[str]:
        """The reports that name one of these documents: those that name documents most often first, then by id."""
        counts = Counter(report for report, _, _ in self._named())
        beside = {report for report, entry in self._pairs() if entry in entries}
        return sorted(beside, key=lambda report: (-counts[report], report))[:limit]

    def entries_beside(self, reports: Collection[str], limit: int) -> Sequence[str]:
        """The documents that one of these reports names: those that are named most often first, then by id."""
        counts = Counter(entry for _, entry, _ in self._named())
        beside = {entry for report, entry in self._pairs() if report in reports}
        return sorted(beside, key=lambda entry: (-counts[entry], entry))[:limit]

    def incidence(self) -> Incidence:
        """Which report names which document, for what is counted over all of them."""
        return Incidence.of(self._named())

    def _pairs(self) -> set[tuple[str, str]]:
        return {(report, entry) for report, entry, _ in self._named()}

    def _named(self) -> Iterator[tuple[str, str, bool]]:
        """(Report, document, is it its own?) for each document that a report names."""
        for (report, n), entry in self._entry_of.items():
            yield report, entry, self._filed[report].votes[n].own


def _in_order(filed: Filed) -> list[PlacedLink]:
    return sorted(filed.links, key=lambda link: (link.line, link.source, link.target, link.relation))
