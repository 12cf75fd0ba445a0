"""Which report of a catalog a person means."""

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import ReadError
from corpus.model import Report
from graph.filing import Card
from index.catalog import Catalog


def cards_called(catalog: Catalog, name: str) -> list[Card]:
    """The cards of the reports of that id, file or file name."""
    # A path is taken apart where it holds the name alone: of 10,000 that took 250 ms.
    return [c for c in catalog.cards() if c.id == name or (name in c.file and name in _names(c.file))]


def _names(file: str) -> tuple[str, str, str]:
    path = Path(file)
    return file, path.name, path.stem


def only_card(cards: Sequence[Card], name: str) -> Card:
    """The card of the one report of a name; raises ReadError where several bear it."""
    if len(cards) > 1:
        raise ReadError(
            f"{len(cards)} reports are called {name!r}", f"give the id: {', '.join(card.id for card in cards)}"
        )
    return cards[0]


def find_report(catalog: Catalog, name: str) -> Report:
    """The report of that id, file or file name; raises ReadError where none or several bear it."""
    cards = cards_called(catalog, name)
    report = catalog.report(only_card(cards, name).id) if cards else None
    if report is None:
        raise ReadError(
            f"no report of the library is called {name!r}", "give its id or file name as 'cancu search' shows it"
        )
    return report
