"""The commands that keep a library: add, reindex, status, doctor."""

from pathlib import Path

import click

from webview.console import State, as_json, explained, in_processes, progress_bar, show, show_json, tell_failed


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@in_processes
@click.option("--prune", is_flag=True, help="Remove files that have vanished from these folders.")
@as_json
@explained
def add(state: State, paths: tuple[Path, ...], *, jobs: int | None, prune: bool, as_json: bool) -> None:
    """Read files and folders into the library; unchanged files are skipped.

    \b
    Example:
      cancu add reports
      cancu add reports --prune
    """
    from index.answers import added_json
    from index.workers import cores

    speaker = state.speaker
    with state.open(create=True) as library, progress_bar(state, speaker) as progress:
        added = library.add(paths, jobs=jobs or cores(), prune=prune, progress=progress)
    if as_json:
        show_json(added_json(added))
    else:
        show([speaker.added(added)])
    tell_failed(added.failed)


@click.command()
@click.option("--citations", is_flag=True, help="Find all citations again, not only those of older rules.")
@in_processes
@as_json
@explained
def reindex(state: State, *, citations: bool, jobs: int | None, as_json: bool) -> None:
    """Build the full-text index anew from what the library keeps; what older rules have read is read again.

    \b
    Example:
      cancu reindex
    """
    from index.answers import reindexed_json
    from index.workers import cores

    speaker = state.speaker
    with state.open() as library, progress_bar(state, speaker) as progress:
        done = library.reindex(citations=citations, jobs=jobs or cores(), progress=progress)
    if as_json:
        show_json(reindexed_json(done))
    else:
        show([speaker.reindexed(done)])
    tell_failed(done.failed)


@click.command()
@as_json
@explained
def status(state: State, *, as_json: bool) -> None:
    """Tell how much the library keeps.

    \b
    Example:
      cancu status
    """
    from index.answers import counts_json

    with state.open() as library:
        counts = library.catalog.counts()
    if as_json:
        show_json(counts_json(counts))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from webview.terminal import plain

    table = Table("", "", title=Text(plain(str(state.library))), show_header=False, title_justify="left")
    for name, value in state.speaker.counts(counts):
        table.add_row(name, str(value))
    Console(highlight=False).print(table)


@click.command()
@click.option("--repair", is_flag=True, help="Mend catalog and index; what can be read of a damaged catalog is saved.")
@as_json
@explained
def doctor(state: State, *, repair: bool, as_json: bool) -> None:
    """Verify catalog and index; with --repair, mend what can be mended.

    \b
    Example:
      cancu doctor
    """
    from index.answers import health_json

    if repair:
        health = state.repair()
    else:
        with state.open() as library:
            health = library.check()
    if as_json:
        show_json(health_json(health))
    else:
        show(state.speaker.health(health))
    if health.problems:
        raise SystemExit(1)
