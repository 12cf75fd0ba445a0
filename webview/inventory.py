"""The commands that list what a library knows: instruments, units."""

from typing import TYPE_CHECKING

import click

from webview.asked import of_level, within
from webview.console import State, Typed, as_json, explained, show, show_json

if TYPE_CHECKING:
    from corpus.model import Level
    from graph.listing import Order

# How many instruments are shown to people.
_FIRST = 30


@click.command()
@click.argument("words", type=Typed(), required=False)
@click.option("--type", "kind", type=Typed(), help='Only of this type: "Kế hoạch".')
@of_level
@click.option("--year", type=click.IntRange(1945, 9999), help="Only of this year.")
@click.option("--unit", type=Typed(), help="Only those that reports of this unit cite.")
@click.option(
    "--sort",
    "order",
    type=click.Choice(["cited", "implemented", "bridges"]),
    default="cited",
    show_default=True,
    help="By reports that cite it, local documents that carry it out, or ways between others that lead over it.",
)
@click.option("--limit", type=click.IntRange(1), default=_FIRST, show_default=True, help="How many to show.")
@as_json
@explained
def instruments(
    state: State,
    *,
    words: str | None,
    kind: str | None,
    level: "Level | None",
    year: int | None,
    unit: str | None,
    order: "Order",
    limit: int,
    as_json: bool,
) -> None:
    """List the instruments that the library knows: reports and units that cite each, documents that carry it out.

    WORDS stand in number, title or issuer, with or without accents.

    \b
    Example:
      cancu instruments "dan chu" --level central
      cancu instruments --type "Kế hoạch" --unit "xã Phong Lộc"
      cancu instruments --sort implemented --limit 10
    """
    from graph.answers_graph import listed_json
    from graph.listing import Filter
    from graph.listing import instruments as list_instruments
    from webview.told import Teller

    wanted = Filter(words=words, type=kind, level=level, year=year, unit=unit)
    with state.open() as library:
        listed = list_instruments(library.catalog, wanted, order)
    if as_json:
        show_json(listed_json(listed[:limit], total=len(listed)))
    else:
        show(Teller(state.speaker).instruments(listed, limit))


@click.command()
@within
@of_level
@as_json
@explained
def units(state: State, *, within: str | None, level: "Level | None", as_json: bool) -> None:
    """List the units of the library, each under the one above it, with the number of its reports.

    \b
    Example:
      cancu units
      cancu units --within "huyện Đại Khê" --level commune
    """
    from graph.answers_graph import units_json
    from graph.listing import units_listed
    from webview.told import Teller

    with state.open() as library:
        tree = library.catalog.tree()
    listed = units_listed(tree, within=within, level=level)
    if as_json:
        show_json(units_json(unit for _, unit in listed))
    else:
        show(Teller(state.speaker).units(tree, listed))
