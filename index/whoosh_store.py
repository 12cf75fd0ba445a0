"""Whoosh as a store of texts with a list of syllables and pairs: its files, its schema, and one state of them.

Found in Whoosh 2.7.4 and kept away from here: its phrase query reads all positions, AndNot lets a wrong document
through, a collector with a limit counts too few, and opening races with a commit.
"""

import json
import time
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache, cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, TypeVar

from index.abbreviations import Form
from index.engine import Document, EngineError
from index.query import Prefix, Sought
from index.ranking import About
from index.syllables import unaccented
from index.words import CLAUSE, Searchable, unsegmented

Result = TypeVar("Result")

# The number grows with the schema and with the marks of a prepared text: an older index is then not read as a newer.
INDEX = "cancu1"
_LONGEST_TERM = 64  # what is longer is no syllable; terms only choose candidates, the text decides
_ATTEMPTS = 20  # one opening in 167 met a commit; more than three in a row were never seen
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
        raise EngineError(problem, "remove that folder; 'cancu doctor' builds it again from the library") from error


def codec() -> Any:
    """How postings are written: without lengths, for which Whoosh would look into the folder at each posting."""
    made = whoosh().codec.whoosh3.W3Codec()
    made.length_stats = False  # half the time of indexing
    return made


def _schema() -> Any:
    terms = {
        name: whoosh().fields.FieldType(format=whoosh().formats.Existence(), analyzer=None)
        for name in ("syllable", "pair")
    }
    columns = {
        name: whoosh().fields.COLUMN(whoosh().columns.VarBytesColumn()) for name in ("about", "marked", "folded")
    }
    return whoosh().fields.Schema(id=whoosh().fields.ID(unique=True), **terms, **columns)


def fields_of(document: Document) -> dict[str, Any]:
    """What Whoosh is given of a document.

    UTF-16 is decoded twelve times as fast as UTF-8 (7 and 92 µs for 14,000 characters of Vietnamese); folded text is
    nearly all ASCII.
    """
    text = document.prepared
    syllables = [[word[:_LONGEST_TERM] for word in clause.split()] for clause in text.folded.split(CLAUSE)]
    about = About(
        id=document.id,
        title=f" {' '.join(unsegmented(document.title or '').folded.split())} ",
        unit=document.unit,
        year=document.year,
        type=document.type,
        level=document.level,
        date=document.date,
        length=sum(map(len, syllables)),
    )
    return {
        "id": document.id,
        "syllable": sorted(set(chain.from_iterable(syllables))),
        "pair": sorted({_pair(*pair) for clause in syllables for pair in pairwise(clause)}),
        "marked": text.marked.encode("utf-16-le"),
        "folded": text.folded.encode(),
        "about": json.dumps(asdict(about)).encode(),
    }


def _pair(first: str, second: str) -> str:
    return f"{first} {second}"


class _Stored:
    """A text in the columns of a segment, of which no more is read than is asked for."""

    def __init__(self, marked: Any, folded: Any, number: int) -> None:
        self._marked, self._folded, self._number = marked, folded, number

    @cached_property
    def folded(self) -> str:
        return str(self._folded[self._number], "utf-8")

    def around(self, start: int, end: int) -> tuple[str, str, str]:
        """See `Searchable`.  A column gives a value as a whole; 28 kB for each text took half the time of a search."""
        column, first, last = self._marked, max(0, start - 1), min(len(self.folded), end + 1)
        place = column._basepos + column._offsets[self._number] + 2 * first  # noqa: SLF001  # whoosh is pinned
        text = str(column._dbfile.get(place, 2 * (last - first)), "utf-16-le")  # noqa: SLF001
        before, after = text[: start - first], text[end - first :]
        return before or CLAUSE, text[start - first : end - first], after or CLAUSE


class Snapshot:
    """One state of the index: documents by number, and what they hold.  Documents that were removed have no number."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._generation = index.latest_generation()
        self._reader = again(index.reader)
        self._leaves = [(leaf, base) for leaf, base in self._reader.leaf_readers() if leaf.doc_count_all()]
        self._bases = [base for _, base in self._leaves]
        self._marked = [leaf.column_reader("marked", translate=False) for leaf, _ in self._leaves]
        self._folded = [leaf.column_reader("folded", translate=False) for leaf, _ in self._leaves]
        self.about: dict[int, About] = dict(self._abouts())
        self.length = sum(about.length for about in self.about.values()) / max(1, len(self.about))

    def _abouts(self) -> Iterator[tuple[int, About]]:
        for leaf, base in self._leaves:
            column = leaf.column_reader("about")
            for number in range(leaf.doc_count_all()):
                if not leaf.is_deleted(number):
                    yield base + number, About(**json.loads(column[number]))

    def is_latest(self) -> bool:
        """Has nothing been committed since?"""
        return bool(self._generation == self._index.latest_generation())

    def close(self) -> None:
        """Free the files."""
        self._reader.close()

    def text(self, number: int) -> Searchable:
        """The text of a document, read when it is looked at."""
        leaf = bisect_right(self._bases, number) - 1
        return _Stored(self._marked[leaf], self._folded[leaf], number - self._bases[leaf])

    def candidates(self, sought: Sought) -> set[int]:
        """The documents that may hold `sought`: no other does."""
        if isinstance(sought, Prefix):
            stem = unaccented(sought.stem)[:_LONGEST_TERM]
            terms = {bytes(term) for leaf, _ in self._leaves for term in leaf.expand_prefix("syllable", stem)}
            return self._documents("syllable", terms)
        return set().union(*map(self._candidates, sought.forms))

    def _candidates(self, form: Form) -> set[int]:
        words = [unaccented(syllable)[:_LONGEST_TERM] for syllable in form]
        if len(words) == 1:
            return self._documents("syllable", [words[0].encode()])
        pairs = [_pair(*pair).encode() for pair in pairwise(words)]
        return self._documents("pair", [min(pairs, key=lambda pair: int(self._reader.doc_frequency("pair", pair)))])

    def _documents(self, name: str, terms: Iterable[bytes]) -> set[int]:
        return {
            base + int(number)
            for term in terms
            for leaf, base in self._leaves
            if (name, term) in leaf
            for number in leaf.postings(name, term).all_ids()
        }
