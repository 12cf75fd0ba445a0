"""One state of a Whoosh index, read in place: which documents hold a pair of syllables, and their texts."""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from index.abbreviations import Form
from index.query import Prefix, Sought
from index.ranking import About
from index.whoosh_store import again, pair, term, whoosh
from index.words import CLAUSE, Searchable, fold_bytes


class _Column:
    """The values of one column of a segment, as views of the file that is mapped into memory.

    A column reader of Whoosh copies the whole column when it is opened, and each value when it is asked: 420 MB for
    10,000 reports, and a third of the time of a search.
    """

    def __init__(self, leaf: Any, name: str) -> None:
        files, documents = leaf.storage().a, leaf.doc_count_all()
        start, size = files.range(whoosh().codec.whoosh3.W3Codec.column_filename(leaf.segment(), name))
        self._values = memoryview(files._source)[start : start + size]  # noqa: SLF001  # whoosh is pinned
        # The lengths of the values, and of many their offsets too, stand at the end in at most 16 bytes for each.
        tail = bytes(self._values[-(16 * documents + 3) :])
        file = whoosh().filedb.structfile.BufferFile(tail)
        reader = leaf.schema[name].column_type.reader(file, len(tail) - size, size, documents)
        self._starts, self._sizes = reader._offsets, reader._lengths  # noqa: SLF001

    def __getitem__(self, number: int) -> memoryview:
        start = self._starts[number]
        return self._values[start : start + self._sizes[number]]


class _Stored:
    """A text in the columns of a segment, of which no more is read than is asked for."""

    __slots__ = ("_column", "_number", "folded")

    def __init__(self, marked: _Column, folded: _Column, number: int) -> None:
        self._column, self._number, self.folded = marked, number, folded[number]

    def around(self, start: int, end: int) -> tuple[str, str, str]:
        """See `Searchable`."""
        first = max(0, start - 1)
        text = str(self._column[self._number][2 * first : 2 * (end + 1)], "utf-16-le")
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
        self._marked = [_Column(leaf, "marked") for leaf, _ in self._leaves]
        self._folded = [_Column(leaf, "folded") for leaf, _ in self._leaves]
        self.about: dict[int, About] = dict(self._abouts())
        self.length = sum(about.length for about in self.about.values()) / max(1, len(self.about))

    def _abouts(self) -> Iterator[tuple[int, About]]:
        for leaf, base in self._leaves:
            column = _Column(leaf, "about")
            for number in range(leaf.doc_count_all()):
                if not leaf.is_deleted(number):
                    yield base + number, About(**json.loads(bytes(column[number])))

    def is_latest(self) -> bool:
        """Has nothing been committed since?"""
        return bool(self._generation == self._index.latest_generation())

    def close(self) -> None:
        """Free the files; views of them keep them open."""
        self._marked.clear()
        self._folded.clear()
        self._reader.close()

    def text(self, number: int) -> Searchable:
        """The text of a document, read when it is looked at; to be let go before `close`."""
        leaf = bisect_right(self._bases, number) - 1
        return _Stored(self._marked[leaf], self._folded[leaf], number - self._bases[leaf])

    def candidates(self, sought: Sought) -> Counter[int]:
        """The documents that may hold `sought`, each with about how many places; no other does."""
        if isinstance(sought, Prefix):
            stem = term(fold_bytes(sought.stem))
            terms = {bytes(found) for leaf, _ in self._leaves for found in leaf.expand_prefix("syllable", stem)}
            return self._documents("syllable", terms)
        return sum(map(self._candidates, sought.forms), Counter())

    def _candidates(self, form: Form) -> Counter[int]:
        words = [term(fold_bytes(syllable)) for syllable in form]
        if len(words) == 1:
            return self._documents("syllable", [words[0].encode()])
        pairs = [pair(*both).encode() for both in pairwise(words)]
        return self._documents("pair", [min(pairs, key=lambda both: int(self._reader.doc_frequency("pair", both)))])

    def _documents(self, name: str, terms: Iterable[bytes]) -> Counter[int]:
        found: Counter[int] = Counter()
        for text in terms:
            for leaf, base in self._leaves:
                if (name, text) in leaf:
                    postings = leaf.postings(name, text)
                    while postings.is_active():
                        found[base + postings.id()] += int(postings.weight())
                        postings.next()
        return found
