"""A file that a command reads or writes: whole, or not at all."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from corpus.errors import CancuError


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place when all is written, and is gone if that fails.

    Raises CancuError for a place that cannot be written, before anything is, where that can be known.
    """
    beside: Path | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "Is a directory")
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            beside = Path(file.name)
            yield cast("BinaryIO", file)
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        raise CancuError(f"'{path}' cannot be written: {error.strerror}", "name another place with -o") from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def json_text(value: object) -> str:
    """A JSON value as the text of a file."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def write_whole(path: Path, content: str | bytes, *, encoding: str = "utf-8") -> None:
    """Write text or bytes to `path`, beside it first, so that no half file is left; what is no character becomes "?".

    Raises CancuError for a place that cannot be written.
    """
    data = content.encode(encoding, "replace") if isinstance(content, str) else content
    with written_whole(path) as file:
        file.write(data)


def read_whole(path: Path) -> str:
    """The text of `path` (UTF-8, with or without its mark); raises CancuError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CancuError(
            f"'{path}' cannot be read: {error.strerror}", "check its name, and that you may read it"
        ) from error
    except UnicodeDecodeError as error:
        raise CancuError(f"'{path}' is no UTF-8 text", "save it as UTF-8, or name another file") from error
