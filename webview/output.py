"""A file that a command writes: whole, or not at all."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from corpus.errors import CancuError


def write_whole(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write `text` to `path`, beside it first, so that no half file is left; what is no character becomes "?".

    Raises CancuError for a place that cannot be written.
    """
    try:
        with NamedTemporaryFile(
            "w", encoding=encoding, errors="replace", newline="\n", dir=path.parent, delete=False
        ) as file:
            file.write(text)
        beside = Path(file.name)
        try:
            beside.chmod(0o644)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CancuError(f"'{path}' cannot be written: {error.strerror}", "name another place with -o") from error
