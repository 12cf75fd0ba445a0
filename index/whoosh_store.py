"""Whoosh as a store of texts with a list of syllables and pairs: its files and its schema.

Found in Whoosh 2.7.4 and kept away from here: its phrase query reads all positions, AndNot lets a wrong document
through, a collector with a limit counts too few, and opening races with a commit.
"""

import json
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, TypeVar

from index.engine import Document, EngineError
from index.ranking import About
from index.words import CLAUSE, unsegmented

Result = TypeVar("Result")

# The number grows with the schema and with the marks of a prepared text: an older index is then not read as a newer.
INDEX = "cancu1"
_LONGEST_TERM = 64  # what is longer is no syllable; terms only choose candidates, the text decides
# One opening in 167 met a commit, where another process did nothing but commit; a second is longer than any commit.
_ATTEMPTS = 20
_PAUSE = 0.05


@cache
def whoosh() -> Any:
    """The package `whoosh` with all modules that it would import later; its warnings of bad escapes are not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", SyntaxWarning)
        import whoosh.codec.whoosh3
        import whoosh.columns
        import whoosh.fields
        import whoosh.filedb.filestore
        import whoosh.formats
        import whoosh.index
        import whoosh.matching.wrappers
        import whoosh.searching
        import whoosh.writing
    return whoosh


def open_index(storage: Any) -> Any:
    """The index in a Whoosh storage; an empty one is made where there is none.

    Between the listing of a folder and the opening of its table of contents a commit may replace the latter: then it
    is opened again, never made anew.
    """
    if whoosh().index.TOC._latest_generation(storage, INDEX) < 0:  # noqa: SLF001  # `exists` opens the file, and races
        whoosh().index.TOC.create(storage, _schema(), INDEX)
    return again(lambda: storage.open_index(INDEX))


def again(attempt: Callable[[], Result]) -> Result:
    """The result of `attempt`, which is repeated while a commit takes files away under it."""
    for _ in range(_ATTEMPTS):
        try:
            return attempt()
        except FileNotFoundError:
            time.sleep(_PAUSE)
    return attempt()


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Turns what opening a damaged index raises into EngineError."""
    try:
        yield
    except Exception as error:  # a damaged pickle can raise anything
        problem = f"the full-text index in '{folder}' cannot be read ({type(error).__name__}: {error})"
        raise EngineError(problem, "'cancu doctor --repair' builds it again from the library") from error


def codec() -> Any:
    """How postings are written: without lengths, for which Whoosh would look into the folder at each posting."""
    made = whoosh().codec.whoosh3.W3Codec()
    made.length_stats = False  # half the time of indexing
    return made


def _schema() -> Any:
    terms = {
        name: whoosh().fields.FieldType(format=whoosh().formats.Frequency(), analyzer=None)
        for name in ("syllable", "pair")
    }
    columns = {
        name: whoosh().fields.COLUMN(whoosh().columns.VarBytesColumn()) for name in ("about", "marked", "folded")
    }
    return whoosh().fields.Schema(id=whoosh().fields.ID(unique=True), **terms, **columns)


def fields_of(document: Document) -> dict[str, Any]:
    """What Whoosh is given of a document; `marked` as UTF-16, which can be read from any character on."""
    text = document.prepared
    clauses = [list(map(term, clause.split())) for clause in text.folded.split(CLAUSE.encode())]
    title = unsegmented(document.title or "").folded.decode("latin-1")
    about = About(
        id=document.id,
        title=f" {' '.join(title.split())} ",
        unit=document.unit,
        year=document.year,
        type=document.type,
        level=document.level,
        date=document.date,
        length=sum(map(len, clauses)),
    )
    return {
        "id": document.id,
        "syllable": list(chain.from_iterable(clauses)),
        "pair": [pair(*both) for clause in clauses for both in pairwise(clause)],
        "marked": text.marked.encode("utf-16-le"),
        "folded": text.folded,
        "about": json.dumps(asdict(about)).encode(),
    }


def term(folded: bytes) -> str:
    """The term of a folded syllable."""
    return folded.decode("latin-1")[:_LONGEST_TERM]


def pair(first: str, second: str) -> str:
    """The term of two syllables that follow each other inside a clause."""
    return f"{first} {second}"
