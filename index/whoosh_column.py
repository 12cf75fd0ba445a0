"""A column of Whoosh that holds the reports of a segment as arrays (`index.postings`), read in place.

Whoosh writes, merges, commits and removes it as any other column.  Its own postings take 15 ms a report to write and
a step of Python for each document of a term to read; these take 1 ms, and one call of numpy for all documents.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.fields import FIELDS, Field
from index.postings import Bundle, Syllables, bundle
from index.whoosh_package import whoosh

_ALIGNED = 8
_END = np.dtype("<u8")
_TEXTS = ("names", "folded")  # the other fields of a bundle are arrays


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as the column takes it in, and gives it back when Whoosh merges segments; `values` are its FIELDS."""

    id: str
    values: tuple[str | None, ...]
    text: Syllables
    title: Syllables


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The reports of one segment: `bundle` holds their texts, then their titles; `checksum` is that of `data`."""

    ids: Sequence[str]
    fields: Mapping[str, Field]
    bundle: Bundle
    data: npt.NDArray[np.uint8]
    checksum: int

    def is_whole(self) -> bool:
        """Is the file as it was written?"""
        return crc32(self.data.data) == self.checksum

    def __getitem__(self, number: int) -> Kept:
        values = tuple(field.names[field.codes[number]] for field in self.fields.values())
        return Kept(self.ids[number], values, self.bundle.text(number), self.bundle.text(number + len(self.ids)))


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
        columns = {name: Field.of([kept.values[n] for kept in self._kept]) for n, name in enumerate(FIELDS)}
        arrays = {field.name: getattr(made, field.name) for field in fields(made)}
        arrays |= {name: np.frombuffer("\n".join(arrays[name]).encode(), np.uint8) for name in _TEXTS}
        arrays |= {name: column.codes for name, column in columns.items()}
        written: dict[str, tuple[str, tuple[int, ...], int]] = {}
        at = checksum = 0
        for name, array in arrays.items():
            written[name] = (array.dtype.str, array.shape, at)
            data = array.tobytes() + bytes(-array.nbytes % _ALIGNED)
            self._file.write(data)
            at, checksum = at + len(data), crc32(data, checksum)
        about = {
            "arrays": written,
            "ids": [kept.id for kept in self._kept],
            "values": {name: column.names for name, column in columns.items()},
        }
        tail = json.dumps(about).encode()
        self._file.write(tail + np.array([len(tail), crc32(tail, checksum)], _END).tobytes())


def _read(data: "np.memmap[Any, np.dtype[np.uint8]]", count: int) -> Segment:
    last = len(data) - 2 * _END.itemsize
    size, checksum = np.frombuffer(bytes(data[last:]), _END).tolist()
    about = json.loads(bytes(data[last - size : last]))
    arrays: dict[str, Any] = {}
    for name, (dtype, shape, at) in about["arrays"].items():
        length = int(np.prod(shape)) * np.dtype(dtype).itemsize
        array = data[at : at + length].view(np.ndarray).view(dtype).reshape(shape)
        arrays[name] = bytes(array).decode().split("\n") if name in _TEXTS else array
    if arrays["names"] == [""]:
        arrays["names"], arrays["folded"] = [], []
    if len(about["ids"]) != count:
        raise ValueError(f"{len(about['ids'])} reports instead of {count}")
    columns = {name: Field(names, arrays.pop(name)) for name, names in about["values"].items()}
    return Segment(
        ids=about["ids"],
        fields=columns,
        bundle=Bundle(**arrays),
        data=data[:last].view(np.ndarray),
        checksum=checksum,
    )
