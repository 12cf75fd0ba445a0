"""Are the counts right?  Every count of a library beside that of a plain scan over the texts in its catalog.

`python tests/bench/correct.py LIBRARY` draws 500 queries of every class and prints each that is answered otherwise.
The scan shares with the engine what a syllable and a clause are and which abbreviations there are, nothing else.
"""

import argparse
import sys
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from queries import CLASSES, All, Asked, Described, Draw, Meaning, Some, Stem, Where, Without, Words

from corpus.model import Span
from graph.filing import card_of
from index.abbreviations import Form, expand, shipped
from index.library import Library, open_library
from index.syllables import SYLLABLE, accepts, canonical, clauses, unaccented

_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Difference:
    """A query whose count is not that of the scan."""

    asked: Asked
    counted: int | str
    true: int


def described(library: Library) -> list[Described]:
    """All reports of a library, in the order of their ids."""
    found = []
    for name in sorted(library.catalog.ids()):
        report = library.catalog.report(name)
        assert report is not None
        card = card_of(report)
        found.append(Described(text=report.text, unit=card.unit, year=card.year, type=card.type))
    return found


class Oracle:
    """Finds by reading: all texts lie in one string of syllables with a blank between two, a line for each clause."""

    def __init__(self, reports: Sequence[Described]) -> None:
        self.reports = reports
        self.all = frozenset(range(len(reports)))
        texts = [_lines(report.text) for report in reports]
        self._written = "".join(texts)
        self._plain = "".join(map(_plainly, texts))
        self._starts = [0]
        for text in texts:
            self._starts.append(self._starts[-1] + len(text))
        self._holders: Mapping[str, set[int]] = defaultdict(set)
        for number, text in enumerate(texts):
            for syllable in set(text.split()):
                self._holders[syllable].add(number)

    def find(self, meaning: Meaning) -> frozenset[int]:
        """The numbers of the reports that a query means."""
        match meaning:
            case Words():
                found = [self._phrase(forms) for forms in _forms(meaning.typed)]
                return self.all.intersection(*found)
            case Stem():
                stem = canonical(unicodedata.normalize("NFC", meaning.typed))
                return frozenset().union(*(held for s, held in self._holders.items() if _begins(stem, s)))
            case Where():
                return frozenset(n for n in self.all if _is_where(meaning, self.reports[n]))
            case Without():
                return self.all - self.find(meaning.part)
            case All():
                return self.all.intersection(*map(self.find, meaning.parts))
            case Some():
                return frozenset().union(*map(self.find, meaning.parts))

    def _phrase(self, forms: Sequence[Form]) -> set[int]:
        return {number for form in forms for number in self._holding(form)}

    def _holding(self, form: Form) -> Iterator[int]:
        """The reports that hold a form, each once: where its letters stand, its accents are compared."""
        sought = f" {' '.join(map(unaccented, form))} "
        at = self._plain.find(sought)
        while at >= 0:
            written = self._written[at + 1 : at + len(sought) - 1].split(" ")
            if all(map(accepts, form, written)):
                number = bisect_right(self._starts, at) - 1
                yield number
                at = self._plain.find(sought, self._starts[number + 1])
            else:
                at = self._plain.find(sought, at + 1)


def _lines(text: str) -> str:
    return "".join(f" {' '.join(canonical(span.of(text)) for span in clause)} \n" for clause in clauses(text))


def _plainly(lines: str) -> str:
    return " ".join(unaccented(part) if part.strip() else part for part in lines.split(" "))


def _forms(text: str) -> Iterator[Sequence[Form]]:
    """The forms of each clause that was typed."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return (expand(text, clause, shipped())[0] for clause in clauses(text))


def _begins(stem: str, written: str) -> bool:
    """Does a syllable begin with a stem: letter by letter, a tone that was typed being that of the syllable?"""
    plain = unaccented(stem)
    if plain == stem or written == unaccented(written):
        return unaccented(written).startswith(plain)
    (letters, tone), (typed, asked) = _parted(written), _parted(stem)
    return letters.startswith(typed) and asked in ("", tone)


def _parted(syllable: str) -> tuple[str, str]:
    """A syllable without its tone, and the tone."""
    letters = unicodedata.normalize("NFD", syllable)
    toneless = "".join(char for char in letters if char not in _TONES)
    return unicodedata.normalize("NFC", toneless), "".join(char for char in letters if char in _TONES)


def _is_where(where: Where, report: Described) -> bool:
    if where.field == "year":
        first, _, last = where.value.partition("-")
        return report.year is not None and int(first) <= report.year <= int(last or first)
    name = report.unit if where.field == "unit" else report.type
    if name is None:
        return False
    value = unicodedata.normalize("NFC", where.value)
    forms, _ = expand(value, [Span(*match.span()) for match in SYLLABLE.finditer(value)], shipped())
    syllables = [canonical(syllable) for syllable in SYLLABLE.findall(name)]
    return any(
        all(map(accepts, form, syllables[at : at + len(form)]))
        for form in forms
        for at in range(len(syllables) - len(form) + 1)
    )


def counted(library: Library, asked: Asked) -> int | str:
    """How many reports the library finds that hold what was asked, or the error that it raised."""
    try:
        answer = library.search(asked.text, limit=10)
    except Exception as error:  # noqa: BLE001 - an error is a finding
        return f"{type(error).__name__}: {error}"
    return 0 if answer.relaxed else answer.found.total


def drawn(reports: Sequence[Described], count: int, seed: int) -> list[Asked]:
    """About `count` queries, as many of each class."""
    draw = Draw(reports, seed)
    each = -(-count // len(CLASSES))
    return [asked for kind in CLASSES for asked in draw.queries(kind, each)]


def differences(library: Library, oracle: Oracle, queries: Sequence[Asked]) -> Iterator[Difference]:
    """The queries that the library answers otherwise than the scan."""
    for asked in queries:
        count, true = counted(library, asked), len(oracle.find(asked.meaning))
        if count != true:
            yield Difference(asked, count, true)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code: 1 where a count is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--count", type=int, default=500, help="how many queries (default 500)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with open_library(given.library) as library:
        reports = described(library)
        oracle = Oracle(reports)
        queries = drawn(reports, given.count, given.seed)
        wrong = list(differences(library, oracle, queries))
    for difference in wrong:
        print(f"  {difference.asked.kind:<9} {difference.asked.text!r}: {difference.counted}, not {difference.true}")
    sizes = {kind: sum(asked.kind == kind for asked in queries) for kind in CLASSES}
    empty = sum(not oracle.find(asked.meaning) for asked in queries)
    print(f"{len(reports)} reports, {len(queries)} queries ({', '.join(f'{n} {kind}' for kind, n in sizes.items())})")
    print(f"{len(queries) - len(wrong)} of {len(queries)} counts equal those of a scan; {empty} queries find nothing")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
