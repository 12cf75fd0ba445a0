"""`cancu abbreviations`: which short and long forms find each other, and those that a library adds."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from webview.console import State, Typed, as_json, explained, show, show_json

if TYPE_CHECKING:
    from index.abbreviations import Abbreviation
    from webview.terminal import Speaker


@click.group(invoke_without_command=True)
@click.pass_context
def abbreviations(context: click.Context) -> None:
    """Show and extend the abbreviations by which short and long forms find each other; alone it lists them.

    \b
    Example:
      cancu abbreviations list
      cancu abbreviations add "QCDC" "quy chế dân chủ"
    """
    if context.invoked_subcommand is None:
        context.invoke(list_rows)


@abbreviations.command("list")
@click.argument("word", type=Typed(), default="")
@as_json
@explained
def list_rows(state: State, *, word: str, as_json: bool) -> None:
    """List them, or those with WORD in their short or long form; accents may be left out.

    \b
    Example:
      cancu abbreviations list
      cancu abbreviations list "dan chu"
    """
    from corpus.folding import fold
    from index.abbreviations import Table, shipped
    from index.user_abbreviations import read_own

    own = read_own(state.library)
    rows = Table((*shipped().rows, *own)).rows
    listed = [row for row in rows if fold(word) in fold(f"{row.name} {row} {' '.join(row.long)}")]
    if as_json:
        show_json([_json(row, own) for row in listed])
    else:
        show(_lines(state.speaker, listed, own) if listed else [state.speaker.say("short_none", word=word)])


@abbreviations.command("add")
@click.argument("short", type=Typed())
@click.argument("long", type=Typed(), nargs=-1, required=True)
@explained
def add_row(state: State, short: str, long: tuple[str, ...]) -> None:
    """Let SHORT stand for LONG in this library, the commonest first where it has several meanings.

    \b
    Example:
      cancu abbreviations add "TVX" "tiểu vùng xanh"
    """
    from index import user_abbreviations

    with state.open() as library:
        row = user_abbreviations.add(library.folder, short, long)
    show([state.speaker.say("short_added", row=row)])


@abbreviations.command("remove")
@click.argument("short", type=Typed())
@explained
def remove_row(state: State, short: str) -> None:
    """Take SHORT out of this library; one that is not its own is switched off here.

    \b
    Example:
      cancu abbreviations remove "QCDC"
    """
    from index import user_abbreviations

    with state.open() as library:
        row = user_abbreviations.remove(library.folder, short)
    show([state.speaker.say("short_removed", row=row)])


def _lines(speaker: "Speaker", rows: "list[Abbreviation]", own: "tuple[Abbreviation, ...]") -> Iterator[str]:
    for row in rows:
        text = str(row) if row.long else f"{row.name}: {speaker.say('short_off')}"
        yield f"{text} ({speaker.say('short_own')})" if row in own and row.long else text


def _json(row: "Abbreviation", own: "tuple[Abbreviation, ...]") -> dict[str, Any]:
    """A row for programs; `long` is empty where it is switched off."""
    return {"short": row.name, "long": list(row.long), "inside": row.inside, "own": row in own}
