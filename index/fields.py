"""What is known of reports beside their texts, a column for each field: filters and facets look at each value once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.places import Finder, Flags
from index.postings import Coder, bundle
from index.query import Phrase
from index.words import unsegmented

FIELDS = ("unit", "year", "type", "level", "issuer", "date")


@dataclass(frozen=True, slots=True)
class Field:
    """The value of report i is `names[codes[i]]`; the names are sorted, and the last one is None."""

    names: Sequence[str | None]
    codes: npt.NDArray[np.int32]

    @classmethod
    def of(cls, values: Sequence[str | None]) -> "Field":
        """The field whose value for report i is `values[i]`."""
        names = sorted({value for value in values if value is not None})
        number: dict[str | None, int] = {name: n for n, name in enumerate([*names, None])}
        return cls([*names, None], np.array([number[value] for value in values], np.int32))

    @classmethod
    def joined(cls, parts: Sequence["Field"]) -> "Field":
        """The field of the reports of `parts`, one after the other."""
        names = sorted({name for part in parts for name in part.names if name is not None})
        number: dict[str | None, int] = {name: n for n, name in enumerate([*names, None])}
        tables = [np.array([number[name] for name in part.names], np.int32) for part in parts]
        codes = [table[part.codes] for table, part in zip(tables, parts, strict=True)]
        return cls([*names, None], np.concatenate([*codes, np.zeros(0, np.int32)]))

    def where(self, fits: Callable[[str], bool]) -> Flags:
        """The reports whose value fits; each value is asked once."""
        return np.array([name is not None and fits(name) for name in self.names])[self.codes]

    def holding(self, phrase: Phrase) -> Flags:
        """The reports whose value holds a phrase; no phrase cuts a part of a name."""
        coder = Coder()
        names = Finder(bundle([coder.code(unsegmented(name or "").marked) for name in self.names]))
        fits = np.zeros(len(self.names), bool)
        fits[names.tally(phrase).texts] = True
        return fits[self.codes]

    def counts(self, reports: npt.NDArray[np.intp]) -> dict[str, int]:
        """How many of these reports have each value, the commonest first, then in the order of the values."""
        counts = np.bincount(self.codes[reports], minlength=len(self.names))[:-1]
        order = np.argsort(-counts, kind="stable").tolist()
        return {str(self.names[n]): int(counts[n]) for n in order if counts[n]}
