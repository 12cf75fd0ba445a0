"""Knowledge of the field lies in tables: each can be read, no row is there twice, and a row that matches proves itself.

What the examples of a table must give is tested beside the module that reads the table.
"""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
TABLES = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.glob("*/data/*.toml"))}
# What a row is called, and the keys by which a row matches text.
NAMES = ("name", "code")
MATCHES = ("code", "codes", "cue", "cues", "pattern", "patterns")


def _rows(table: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of a table under their keys."""
    content = tomllib.loads(TABLES[table].read_text(encoding="utf-8"))
    return {key: rows for key, rows in content.items() if isinstance(rows, list) and isinstance(rows[0], dict)}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_can_be_read(table: str) -> None:
    assert tomllib.loads(TABLES[table].read_text(encoding="utf-8"))


@pytest.mark.parametrize("table", TABLES)
def test_no_two_rows_of_a_key_have_one_name(table: str) -> None:
    for key, rows in _rows(table).items():
        for name in NAMES:
            named = Counter(row[name] for row in rows if name in row)
            assert not [value for value, times in named.items() if times > 1], f"[[{key}]] {name}"


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_matches_text_has_examples(table: str) -> None:
    """Rows that match by their name are known by their neighbours' examples; a type without a code matches nothing."""
    for rows in _rows(table).values():
        by_name = any(row.get("examples") for row in rows)
        matching = [row for row in rows if by_name or any(row.get(key) for key in MATCHES)]
        assert not [row for row in matching if not row.get("examples") and row.get("codes") != []]


@pytest.mark.parametrize("table", TABLES)
def test_no_text_is_example_and_reject_of_one_row(table: str) -> None:
    for rows in _rows(table).values():
        both = [(row, text) for row in rows for text in row.get("examples", ()) if text in row.get("rejects", ())]
        assert not both
