"""A column of Whoosh that holds the reports of a segment as arrays (`index.postings`), read in place.

Whoosh writes, merges, commits and removes it as any other column.  Its own postings take 15 ms a report to write and
a step of Python for each document of a term to read; these take 1 ms, and one call of numpy for all documents.
"""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from corpus.model import Level
from index.postings import Bundle, Syllables, bundle
from index.whoosh_package import whoosh

_ALIGNED = 8
_END = np.dtype("<u8")
_TEXTS = ("names", "folded")  # the other fields of a bundle are arrays


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a report beside its text."""

    id: str
    unit: str | None
    year: int | None
    type: str | None
    level: Level | None
    issuer: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as the column takes it in, and gives it back when Whoosh merges segments."""

    about: About
    text: Syllables
    title: Syllables


class Segment:
    """The reports of one segment: `bundle` holds their texts, then their titles."""

    def __init__(self, abouts: Sequence[About], arrays: Bundle, data: "npt.NDArray[np.uint8]", checksum: int) -> None:
        self.abouts, self.bundle = abouts, arrays
        self._data, self._checksum = data, checksum

    def is_whole(self) -> bool:
        """Are the arrays in the file as they were written?"""
        return crc32(self._data.data) == self._checksum

    def __getitem__(self, number: int) -> Kept:
        return Kept(self.abouts[number], self.bundle.text(number), self.bundle.text(number + len(self.abouts)))


class ReportColumn(whoosh().columns.Column):  # type: ignore[misc]  # whoosh has no types
    """The type of the column; Whoosh keeps it in its schema."""

    def writer(self, dbfile: Any) -> "_Writer":
        """What writes one segment to a file of Whoosh."""
        return _Writer(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> Segment:  # noqa: ARG002
        """What was written; raises ValueError where it is damaged."""
        return _read(np.memmap(dbfile.file, dtype=np.uint8, mode="r"), doccount)


class _Writer:
    """Gathers the reports of a segment; at its end they are written."""

    def __init__(self, dbfile: Any) -> None:
        self._file, self._kept = dbfile, list[Kept]()

    def add(self, docnum: int, kept: Kept) -> None:  # noqa: ARG002 — they come in order, each once
        self._kept.append(kept)

    def finish(self, doccount: int) -> None:  # noqa: ARG002
        made = bundle([*(kept.text for kept in self._kept), *(kept.title for kept in self._kept)])
        written: dict[str, tuple[str, tuple[int, ...], int]] = {}
        at = checksum = 0
        for field in fields(made):
            value = getattr(made, field.name)
            array = np.frombuffer("\n".join(value).encode(), np.uint8) if field.name in _TEXTS else value
            written[field.name] = (array.dtype.str, array.shape, at)
            padding = -array.nbytes % _ALIGNED
            data = array.tobytes() + bytes(padding)
            self._file.write(data)
            at, checksum = at + len(data), crc32(data, checksum)
        abouts = [astuple(kept.about) for kept in self._kept]
        tail = json.dumps({"arrays": written, "checksum": checksum, "abouts": abouts}).encode()
        self._file.write(tail + np.array(len(tail), _END).tobytes())


def _read(data: "np.memmap[Any, np.dtype[np.uint8]]", count: int) -> Segment:
    size = int(data[-_END.itemsize :].view(_END)[0])
    tail = json.loads(bytes(data[-_END.itemsize - size : -_END.itemsize]))
    arrays: dict[str, Any] = {}
    for name, (dtype, shape, at) in tail["arrays"].items():
        length = int(np.prod(shape)) * np.dtype(dtype).itemsize
        array = data[at : at + length].view(np.ndarray).view(dtype).reshape(shape)
        arrays[name] = bytes(array).decode().split("\n") if name in _TEXTS else array
    if arrays["names"] == [""]:
        arrays["names"], arrays["folded"] = [], []
    abouts = [About(*values) for values in tail["abouts"]]
    if len(abouts) != count:
        raise ValueError(f"{len(abouts)} reports instead of {count}")
    return Segment(abouts, Bundle(**arrays), data[: -_END.itemsize - size], tail["checksum"])
