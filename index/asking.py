"""What a library answers of the graph: who carries out what, what drives whom, who does not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import UnknownReferenceError
from corpus.model import Level, Report
from graph import tracing
from graph.coverage import Coverage, coverage
from graph.driving import Driven, drivers_of_report, drivers_of_unit
from graph.multigraph import instrument_node, report_node, unit_node, whole_graph
from graph.neighbourhood import CAP, neighbourhood, overview
from graph.questions import ALWAYS, Period, resolve_reference
from graph.registry import Entry
from graph.tracing import Scope, Trace, scope_of
from graph.tree import UnknownUnitError
from index.catalog import Catalog
from index.finding import cards_called, find_report, only_card

if TYPE_CHECKING:
    from networkx import MultiDiGraph


class Asking:
    """The questions of the graph, asked of a catalog."""

    catalog: Catalog

    def trace(self, reference: str, *, period: Period = ALWAYS, within: str | None = None) -> Trace:
        """Who carries out what `reference` can mean, in reports of `period` and of `within` and what lies below it.

        Raises UnknownReferenceError where it means nothing here, UnknownUnitError for a unit that is not here.
        """
        return tracing.trace(self.catalog, reference, period=period, within=within)

    def drivers(self, name: str, *, period: Period = ALWAYS) -> tuple[Driven, ...]:
        """What drives the units of that name, or the report.

        Raises UnknownUnitError where it is neither, ReadError where several reports bear the name.
        """
        try:
            units = self.catalog.tree().find(name)
        except UnknownUnitError:
            cards = cards_called(self.catalog, name)
            if not cards:
                raise
            return (drivers_of_report(self.catalog, only_card(cards, name), period=period),)
        return tuple(drivers_of_unit(self.catalog, unit, period=period) for unit in units)

    def coverage(
        self,
        references: Sequence[str] = (),
        *,
        top: int = 20,
        level: Level | None = None,
        period: Period = ALWAYS,
        within: str | None = None,
    ) -> Coverage:
        """How the units of the library, or of `within`, cite some instruments: those named, else the `top` most cited.

        Most cited by the reports that are asked; `level` is that of who issued the instruments.
        Raises UnknownReferenceError and UnknownUnitError.
        """
        scope = scope_of(self.catalog.tree(), period, within)
        named = {e.id: e for reference in references for e in resolve_reference(self.catalog, reference)}
        entries = [*named.values()] if references else self._most_cited(top, level, scope)
        return coverage(self.catalog, entries, scope)

    def _most_cited(self, top: int, level: Level | None, scope: Scope) -> list[Entry]:
        """The `top` instruments that most reports of `scope` cite, of one level where that is asked for."""
        tree, among, asked = self.catalog.tree(), None, top
        if scope.is_part:
            among = [card.id for card in self.catalog.cards() if scope.holds(card, tree.of(card.whose))]
        while True:
            most = [entry for entry, _, _ in self.catalog.most_cited(among, asked)]
            entries = [entry for entry in self.catalog.entries(most) if level in (None, entry.level)]
            if len(entries) >= top or len(most) < asked:
                return entries[:top]
            asked *= 4

    def graph(self, reference: str | None = None, *, depth: int = 2, cap: int = CAP) -> "MultiDiGraph[str]":
        """What lies around what `reference` can mean (an instrument, a unit, a report), or the whole graph.

        Raises UnknownReferenceError where it means nothing here, ReadError where several reports bear the name.
        """
        if reference is None:
            return whole_graph(self.catalog)
        return neighbourhood(self.catalog, self._nodes_called(reference), depth=depth, cap=cap)

    def overview(self, cap: int = CAP) -> "MultiDiGraph[str]":
        """The graph as far as a picture can show it: at most `cap` nodes."""
        return overview(self.catalog, cap)

    def _nodes_called(self, reference: str) -> list[str]:
        try:
            return [instrument_node(entry.id) for entry in resolve_reference(self.catalog, reference)]
        except UnknownReferenceError:
            pass
        try:
            return [unit_node(unit.id) for unit in self.catalog.tree().find(reference)]
        except UnknownUnitError:
            pass
        cards = cards_called(self.catalog, reference)
        if not cards:
            raise UnknownReferenceError(
                f"the library knows no instrument, unit or report {reference!r}",
                "'cancu instruments' and 'cancu units' list what it knows; a report is called by its file name or id",
            )
        return [report_node(only_card(cards, reference).id)]

    def find_report(self, name: str) -> Report:
        """The report of that id, file or file name; raises ReadError where none or several bear it."""
        return find_report(self.catalog, name)
