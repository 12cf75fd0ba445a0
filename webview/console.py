"""What every command needs: which library and language, progress, and errors that say what to do."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import wraps
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, BinaryIO, Concatenate, NoReturn, ParamSpec

import click

from corpus.errors import CancuError

if TYPE_CHECKING:
    from index.library import Library
    from index.results import Health, Progress
    from webview.terminal import Speaker

P = ParamSpec("P")
INTERRUPTED, SOME_FAILED = 130, 3
CITES_FORMS, SEARCH_FORMS = ("jsonl", "csv", "html"), ("json", "csv", "xlsx")
COVERAGE_FORMS, TRACE_FORMS = ("json", "csv", "xlsx"), ("json", "csv", "xlsx", "html", "docx")
"""What --format and -o can ask for beside the form for people, the one of JSON first."""

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON (the shapes are stable).")
in_processes = click.option("--jobs", type=click.IntRange(1), help="Processes that read; all cores if not told.")


class State:
    """What the options before a command say: which library, which language, how much to print."""

    def __init__(self, library: Path | None, lang: str, *, quiet: bool) -> None:
        self._library = library
        self.lang = lang
        self.quiet = quiet

    @property
    def library(self) -> Path:
        """The folder of the library: --library, CANCU_LIBRARY, or one in the user's data directory."""
        if self._library is not None:
            return self._library
        from platformdirs import user_data_path

        return user_data_path("cancu", appauthor=False) / "library"

    @property
    def speaker(self) -> "Speaker":
        """Who puts answers into words."""
        from webview.terminal import Speaker

        return Speaker(self.lang)

    def open(self, *, create: bool = False) -> "Library":
        """The library, which the command must close."""
        from index.library import open_library

        return open_library(self.library, create=create, tell_waiting=self._tell_waiting)

    def open_if_any(self) -> "AbstractContextManager[Library | None]":
        """The library, or None where none was named and there is none in the user's data directory."""
        from index.library import holds_library

        return nullcontext() if self._library is None and not holds_library(self.library) else self.open()

    def repair(self) -> "Health":
        """Mend the library, with all cores."""
        from index.library import repair_library
        from index.workers import cores

        return repair_library(self.library, jobs=cores(), tell_waiting=self._tell_waiting)

    def _tell_waiting(self, holder: str) -> None:
        warn(self.speaker.say("waiting", holder=holder))


def warn(message: str) -> None:
    """Say on stderr what went wrong, and what to do; whatever a file name holds, it cannot steer the terminal."""
    from webview.terminal import plain

    lines = message.split("\n")
    click.echo("\n".join([f"cancu: {plain(lines[0])}", *map(plain, lines[1:])]), err=True)


def fail(message: str, code: int) -> NoReturn:
    """End with a message on stderr and an exit code."""
    warn(message)
    raise SystemExit(code)


def tell_failed(failed: Sequence[tuple[str, str]]) -> None:
    """Say which files failed and why, each (path, error), and end with the exit code for it; nothing where none did."""
    for _, error in failed:
        warn(error)
    if failed:
        raise SystemExit(SOME_FAILED)


class Typed(click.ParamType[str]):
    """What a person types: text; bytes that are none in the terminal's encoding are shown as such."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The text without lone surrogates, which no file and no database takes."""
        return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def explained(command: Callable[Concatenate[State, P], None]) -> Callable[P, None]:
    """Turn whatever a user can cause into one line with its remedy, and the exit code of the contract."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        state = click.get_current_context().find_object(State)
        assert state is not None  # noqa: S101 — the group makes it
        try:
            command(state, *args, **kwargs)
        except CancuError as error:
            fail(str(error), error.exit_code)
        except KeyboardInterrupt:
            fail("interrupted; what was committed is safe", INTERRUPTED)
        except BrokenPipeError:
            # The reader has gone ("cancu … | head"); Python must not complain at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(1) from None

    return run


def screen_width() -> int | None:
    """The columns of the terminal; None where a file or another program reads."""
    return get_terminal_size().columns if sys.stdout.isatty() else None


def show(lines: Iterable[str]) -> None:
    """Print lines for people."""
    from webview.terminal import plain, wrapped

    width = screen_width()
    for line in lines:
        click.echo(wrapped(plain(line), width) if width else plain(line))


def show_json(value: Any, indent: int | None = 2) -> None:
    """Print one JSON value, UTF-8."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent))


def standard_input() -> BinaryIO:
    """The bytes that are piped into the command; raises CancuError where it has no standard input."""
    if sys.stdin is None:  # it was closed before the command began
        raise CancuError("there is no standard input", "pipe a text into the command, or name a file")
    return sys.stdin.buffer


def written_to(*forms: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """The option -o, for a file of one of these forms; "-" means standard output, where all goes that has no file."""

    def file(_: click.Context, __: click.Parameter, value: Path | None) -> Path | None:
        return None if value is None or str(value) == "-" else value

    said = f"Write a file: .{' .'.join(forms)}"
    return click.option("-o", "--output", type=click.Path(path_type=Path), callback=file, help=said)


def form_asked(form: str | None, output: Path | None, *, as_json: bool, forms: Sequence[str]) -> str | None:
    """The form that --format, --json or the name of the output asks for; None: the one for people.

    `forms` are those that a file can have, the one of JSON first.
    Raises UsageError where they contradict each other, or the name of the output tells none.
    """
    if form == "table":
        if output or as_json:
            raise click.UsageError("--format table is for the screen; it cannot stand beside --json or -o.")
        return None
    if as_json and form not in {None, forms[0]}:
        raise click.UsageError(f"--json means --format {forms[0]}; it cannot stand beside --format {form}.")
    if as_json or form:
        return form or forms[0]
    if output is None:
        return None
    suffix = output.suffix.lower().removeprefix(".")
    if suffix not in forms:
        raise click.UsageError(f"End the name after -o in .{', .'.join(forms)}, or say --format.")
    return suffix


def require_apart(files: Sequence[Path], output: Path | None) -> None:
    """Check that standard input is read once, and that no file is read and written; raises UsageError."""
    if [str(file) for file in files].count("-") > 1:
        raise click.UsageError("Standard input (-) can be read once only.")
    with suppress(OSError, ValueError):  # what cannot be looked at is explained when it is read or written
        if output is not None and any(output.samefile(file) for file in files if file.exists()):
            raise click.UsageError("The file after -o is one of those to read: name another.")


def language(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """The language asked for, else that of the system where it is English, else Vietnamese."""
    if value:
        return value
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if system.startswith("en") else "vi"


@contextmanager
def progress_bar(state: State, speaker: "Speaker") -> Iterator[Callable[["Progress"], None] | None]:
    """A bar on stderr where a person sees it: files done of all, how many a second, time left, failures."""
    if state.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Bar(*columns, TimeRemainingColumn(), TextColumn("{task.fields[failed]}"), console=Console(stderr=True)) as bar:
        task = bar.add_task(speaker.say("reading"), total=None, rate="", failed="")

        def tell(progress: "Progress") -> None:
            speed = bar.tasks[0].speed
            bar.update(
                task,
                completed=progress.done,
                total=progress.of,
                rate=speaker.say("rate", rate=f"{speed:.1f}") if speed else "",
                failed=speaker.say("failed_files", count=progress.failed) if progress.failed else "",
            )

        yield tell
