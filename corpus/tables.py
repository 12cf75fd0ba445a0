"""Knowledge of the field: TOML tables whose rows carry `examples` and `rejects`, read into frozen rows."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from corpus.errors import TableError

Row = TypeVar("Row")


@cache
def read_table(package: str, name: str) -> dict[str, Any]:
    """The parsed TOML table `data/<name>.toml` of `package` ("corpus", "graph", "index").

    Raises TableError where the file is no TOML.
    """
    text = files(package).joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{package}/data/{name}.toml: {error}", "mend the line that is named") from error


def rows(package: str, name: str, key: str, make: Callable[..., Row]) -> tuple[Row, ...]:
    """`make(**row)` for each [[key]] of a table, lists turned into tuples.

    Raises TableError that names all bad rows at once.
    """
    made, faults = [], []
    for number, raw in enumerate(read_table(package, name)[key], 1):
        try:
            made.append(make(**{k.replace("-", "_"): _freeze(v) for k, v in raw.items()}))
        except (TypeError, ValueError) as error:
            faults.append(f"row {number} ({raw.get('name', '?')}): {error}")
    if faults:
        raise TableError(f"{package}/data/{name}.toml [[{key}]]: " + "; ".join(faults), "mend these rows")
    return tuple(made)


def _freeze(value: Any) -> Any:
    return tuple(_freeze(v) for v in value) if isinstance(value, list) else value
