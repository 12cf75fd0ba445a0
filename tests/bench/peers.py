"""The engines beside which ours is measured: SQLite FTS5, tantivy, ripgrep; each asked for count, top 10 and passages.

All read the same reports: FTS5 and tantivy texts in lower case with the tones where ours sets them, ripgrep the files.
"""

import importlib.util
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queries import All, Described, Meaning, Some, Stem, Where, Without, Words

from index.syllables import SYLLABLE, canonical

_LIMIT = 10
_SNIPPET = 80  # characters to each side of a hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """An engine by its name; `ask` answers a query as a user would see it and returns how many reports fit."""

    name: str
    ask: Callable[[Meaning], int]


def normal(text: str) -> str:
    """`text` (NFC) with its syllables as ours are compared, of the same length."""
    return SYLLABLE.sub(lambda match: canonical(match[0]), text)


def _syllables(text: str) -> list[str]:
    return [canonical(syllable) for syllable in SYLLABLE.findall(text)]


def _parts(meaning: Meaning) -> tuple[list[Meaning], list[Meaning], list[Where]]:
    """A meaning as what must be found, what must not, and its filters."""
    parts = meaning.parts if isinstance(meaning, All) else (meaning,)
    wanted: list[Meaning] = [part for part in parts if not isinstance(part, Without | Where)]
    return wanted, [p.part for p in parts if isinstance(p, Without)], [p for p in parts if isinstance(p, Where)]


def _years(value: str) -> tuple[int, int]:
    first, _, last = value.partition("-")
    return int(first), int(last or first)


def fts5(path: Path, reports: Sequence[Described]) -> Peer:
    """SQLite FTS5 with an index of prefixes, its database made at `path` if it is not there."""
    if not path.exists():
        _fill_fts5(path.with_suffix(".part"), reports)
        path.with_suffix(".part").rename(path)
    database = sqlite3.connect(path)
    database.executescript("PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -400000;")

    def ask(meaning: Meaning) -> int:
        condition, values = _where_sql(_parts(meaning)[2])
        source = f"FROM text JOIN report ON report.id = text.rowid WHERE text MATCH ? {condition}"
        if not condition:
            source = "FROM text WHERE text MATCH ?"
        match = (_match(meaning), *values)
        (count,) = database.execute(f"SELECT count(*) {source}", match).fetchone()
        rows = f"SELECT text.rowid, bm25(text), snippet(text, 0, '<b>', '</b>', '…', 32) {source} ORDER BY rank LIMIT ?"
        database.execute(rows, (*match, _LIMIT)).fetchall()
        return int(count)

    return Peer(name="FTS5", ask=ask)


def _fill_fts5(path: Path, reports: Sequence[Described]) -> None:
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript("""
        CREATE TABLE report (id INTEGER PRIMARY KEY, body TEXT, unit TEXT, year INTEGER, type TEXT);
        CREATE INDEX report_unit ON report (unit);
        CREATE INDEX report_year ON report (year);
        CREATE INDEX report_type ON report (type);
        CREATE VIRTUAL TABLE text USING fts5 (body, content='report', content_rowid='id',
          tokenize='unicode61 remove_diacritics 0', prefix='3');
    """)
    rows = ((n, normal(report.text), report.unit, report.year, report.type) for n, report in enumerate(reports))
    database.executemany("INSERT INTO report VALUES (?, ?, ?, ?, ?)", rows)
    database.execute("INSERT INTO text (text) VALUES ('rebuild')")
    database.execute("INSERT INTO text (text) VALUES ('optimize')")
    database.execute("ANALYZE")
    database.commit()
    database.close()


def _match(meaning: Meaning) -> str:
    wanted, unwanted, _ = _parts(meaning)
    text = " AND ".join(map(_match_one, wanted))
    return " NOT ".join([f"({text})", *map(_match_one, unwanted)])


def _match_one(meaning: Meaning) -> str:
    match meaning:
        case Words():
            return f'"{" ".join(_syllables(meaning.typed))}"'
        case Stem():
            return f'"{canonical(meaning.typed)}" *'
        case Some():
            return f"({' OR '.join(map(_match_one, meaning.parts))})"
        case _:
            return f"({_match(meaning)})"


def _where_sql(filters: Sequence[Where]) -> tuple[str, list[str | int]]:
    conditions = ""
    values: list[str | int] = []
    for where in filters:
        if where.field == "year":
            conditions += " AND report.year BETWEEN ? AND ?"
            values += [*_years(where.value)]
        else:
            conditions += f" AND report.{where.field} = ?"
            values.append(where.value)
    return conditions, values


def tantivy(folder: Path, reports: Sequence[Described]) -> Peer | None:
    """Have tantivy answer, with its texts stored and passages cut by a pattern; None where it is not installed."""
    if importlib.util.find_spec("tantivy") is None:
        return None
    tv: Any = importlib.import_module("tantivy")
    builder = tv.SchemaBuilder()
    builder.add_text_field("body", stored=True, tokenizer_name="syllables", index_option="position")
    for field in ("unit", "type"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True, fast=True)
    schema = builder.build()
    fresh = not folder.exists()
    making = folder.with_suffix(".part") if fresh else folder
    if fresh:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        _fill_tantivy(tv, _open(tv, schema, making), reports)
        making.rename(folder)
    index = _open(tv, schema, folder)
    index.reload()
    searcher = index.searcher()

    def ask(meaning: Meaning) -> int:
        found = searcher.search(_tantivy_query(tv, schema, meaning), limit=_LIMIT, count=True)
        pattern = _pattern(meaning)
        for _, address in found.hits:
            _snippet(pattern, searcher.doc(address)["body"][0])
        return int(found.count)

    return Peer(name="tantivy", ask=ask)


def _open(tv: Any, schema: Any, folder: Path) -> Any:
    index = tv.Index(schema, path=str(folder))
    analyzer = tv.TextAnalyzerBuilder(tv.Tokenizer.regex(r"\w+")).filter(tv.Filter.lowercase()).build()
    index.register_tokenizer("syllables", analyzer)
    return index


def _fill_tantivy(tv: Any, index: Any, reports: Sequence[Described]) -> None:
    writer = index.writer(200_000_000, 1)
    for report in reports:
        document = tv.Document(body=normal(report.text))
        document.add_unsigned("year", report.year or 0)
        document.add_text("unit", report.unit or "")
        document.add_text("type", report.type or "")
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _tantivy_query(tv: Any, schema: Any, meaning: Meaning) -> Any:
    match meaning:
        case Words():
            words = _syllables(meaning.typed)
            query = tv.Query
            return (
                query.phrase_query(schema, "body", words) if words[1:] else query.term_query(schema, "body", words[0])
            )
        case Stem():
            return tv.Query.regex_query(schema, "body", f"{re.escape(canonical(meaning.typed))}.*")
        case Where(field="year"):
            return tv.Query.range_query(schema, "year", tv.FieldType.Unsigned, *_years(meaning.value))
        case Where():
            return tv.Query.term_query(schema, meaning.field, meaning.value)
        case Some():
            parts = [(tv.Occur.Should, _tantivy_query(tv, schema, part)) for part in meaning.parts]
        case All():
            parts = [
                (tv.Occur.MustNot, _tantivy_query(tv, schema, part.part))
                if isinstance(part, Without)
                else (tv.Occur.Must, _tantivy_query(tv, schema, part))
                for part in meaning.parts
            ]
        case Without():
            return _tantivy_query(tv, schema, All((meaning,)))
    return tv.Query.boolean_query(parts)


def _pattern(meaning: Meaning) -> re.Pattern[str]:
    return re.compile("|".join(_sought(meaning)))


def _sought(meaning: Meaning) -> Iterator[str]:
    match meaning:
        case Words():
            yield r"\b" + r"\W+".join(map(re.escape, _syllables(meaning.typed))) + r"\b"
        case Stem():
            yield rf"\b{re.escape(canonical(meaning.typed))}\w*"
        case All() | Some():
            for part in meaning.parts:
                yield from _sought(part)


def _snippet(pattern: re.Pattern[str], text: str) -> list[str]:
    cut = []
    for found, _ in zip(pattern.finditer(text), range(3), strict=False):
        start, end = found.span()
        cut.append(f"{text[max(0, start - _SNIPPET) : start]}<b>{found[0]}</b>{text[end : end + _SNIPPET]}")
    return cut


def ripgrep(folder: Path, reports: Sequence[Described], names: Sequence[str]) -> Peer | None:
    """Have ripgrep answer from files (`names`), a process for each phrase; None where it is not installed."""
    command = shutil.which("rg") or shutil.which("rg", path=str(Path(sys.executable).parent))
    if command is None:
        return None
    about = dict(zip(names, reports, strict=True))

    def files(*arguments: str) -> set[str]:
        told = subprocess.run(
            [command, "-l", "-i", *arguments, str(folder)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return set(told.stdout.splitlines())

    def find(meaning: Meaning) -> set[str]:
        match meaning:
            case Words():
                return files("-w", "-F", meaning.typed)
            case Stem():
                return files(rf"\b{re.escape(meaning.typed)}")
            case Where():
                return {name for name, report in about.items() if _fits(meaning, report)}
            case Without():
                return about.keys() - find(meaning.part)
            case All():
                return about.keys() & set.intersection(*map(find, meaning.parts))
            case Some():
                return set.union(*map(find, meaning.parts))

    return Peer(name="ripgrep", ask=lambda meaning: len(find(meaning)))


def _fits(where: Where, report: Described) -> bool:
    if where.field == "year":
        first, last = _years(where.value)
        return first <= (report.year or 0) <= last
    return bool(getattr(report, where.field) == where.value)
