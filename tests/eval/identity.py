"""Identity across reports, by the gold: does one id hold two documents, and does one document stand under one id?

`python tests/eval/identity.py` reads all texts of the gold sets into one registry (the samples into one of their own)
and asks which entries of the gold each id holds.  What the gold says is read so (knowledge/conventions.md, section 4):

- Two entries can be one document where type, number and symbol are equal.
- They are two where their places differ, or their years: a day of the same year is a slip.  A number with its year of a
  body of the centre is one document, whatever is said of it.
- They are surely one where it is such a number, or both have the same place or the centre and the same year,
  or the same day and places that do not differ.  What is neither, the gold does not decide.
"""

import argparse
import itertools
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gate import SETS, GoldSet, _load
from score import Score, _Document, fold, fold_number

from corpus.errors import CancuError
from corpus.reading import read_report
from corpus.units import kind_of, place_of
from graph.answers import cites_json
from graph.extract import find_citations
from graph.filing import file_reading
from graph.identity import Instrument
from graph.registry import Registry

_QUERIES = "queries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One instrument as the gold of one text tells it, and the vote that the program gave for it (None: not found)."""

    text: str
    type: str
    canonical: str
    date: str | None
    issuer: str | None
    vote: tuple[str, int] | None

    @property
    def key(self) -> tuple[str, str]:
        """What two entries of one document have in common."""
        return fold(self.type), fold_number(self.canonical)

    @property
    def place(self) -> str | None:
        """Whose number series: "" for the centre, a place, None where the gold does not name it."""
        if self.instrument is not None and self.instrument.is_central:
            return ""
        place = place_of(self.issuer) if self.issuer else None
        return fold(str(place)) if place else None

    @property
    def kind(self) -> str | None:
        """The kind of place, which "UBND tỉnh" tells without its name."""
        if self.place == "" or not self.issuer:
            return None
        place = place_of(self.issuer)
        return fold(place.kind if place else kind_of(self.issuer)) or None

    @property
    def instrument(self) -> Instrument | None:
        """The number as a value; None where it has no symbol to tell whose it is."""
        try:
            return Instrument.parse(f"{self.type} {self.canonical}")
        except CancuError:
            return None

    @property
    def normative(self) -> bool:
        """A number with its year, of a body of the centre."""
        return self.instrument is not None and self.instrument.is_normative

    def __str__(self) -> str:
        return f"{self.type} {self.canonical} ({self.date}, {self.issuer}) in {self.text}"


def differ(one: Told, other: Told) -> bool:
    """Are they two documents, by what the gold says?"""
    if one.normative and other.normative:
        return False
    years = {told.date[:4] for told in (one, other) if told.date}
    places = {told.place for told in (one, other) if told.place is not None}
    kinds = {told.kind for told in (one, other) if told.kind}
    return len(years) > 1 or len(places) > 1 or len(kinds) > 1


def same(one: Told, other: Told) -> bool:
    """Are they surely one document?"""
    if one.key != other.key or differ(one, other):
        return False
    if one.normative:
        return True
    if one.date is None or other.date is None:
        return False
    return one.date == other.date or (one.place is not None and one.place == other.place)


def read(sets: Iterable[GoldSet]) -> tuple[list[Told], Registry]:
    """All entries of the gold with their votes, and the registry of all texts."""
    told: list[Told] = []
    registry = Registry()
    for gold_set in sets:
        golds = {p.stem: _load(p) for p in sorted(gold_set.gold.glob("*.json")) if p.stem != _QUERIES}
        for path in gold_set.documents():
            report = read_report(path)
            reading = find_citations(report)
            registry.add(file_reading(report, reading).votes)
            if path.stem not in golds:
                continue
            found = cites_json(report, reading)
            number = {row["id"]: n for n, row in enumerate(found["instruments"])}
            pairs, missed, _ = _Document(Score(), path.stem, golds[path.stem], found)._paired()
            votes = [(wanted, (report.id, number[got["id"]])) for wanted, got in pairs]
            told += [
                Told(
                    text=f"{gold_set.name}/{path.stem}",
                    type=wanted["type"] or "",
                    canonical=wanted["canonical"],
                    date=wanted.get("date"),
                    issuer=wanted.get("issuer"),
                    vote=vote,
                )
                for wanted, vote in (*votes, *((wanted, None) for wanted in missed))
            ]
    return told, registry


def documents(told: Sequence[Told]) -> list[list[Told]]:
    """The entries of each document that several texts cite: all that is surely one with another of them."""
    of = list(range(len(told)))
    for i, j in itertools.combinations(range(len(told)), 2):
        if of[i] != of[j] and same(told[i], told[j]):
            old, new = max(of[i], of[j]), min(of[i], of[j])
            of = [new if group == old else group for group in of]
    groups = defaultdict(list)
    for group, entry in zip(of, told, strict=True):
        groups[group].append(entry)
    return [group for group in groups.values() if len({entry.text for entry in group}) > 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """`mixed`: ids that hold two documents; `shared`: documents of several texts, `split`: those under several ids."""

    ids: int
    mixed: dict[str, list[Told]]
    shared: list[list[Told]]
    split: list[tuple[list[Told], list[str]]]

    @property
    def together(self) -> float:
        """The share of the documents cited in several texts that stand under one id."""
        return 1 - len(self.split) / len(self.shared) if self.shared else 1.0


def judge(told: Sequence[Told], registry: Registry) -> Judged:
    """What the registry makes of the entries of the gold."""
    entry_of = {vote: entry for entry in registry.entries.values() for vote in entry.votes}
    held: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.vote is not None:
            held[entry_of[one.vote].id].append(one)
    mixed = {
        entry: members
        for entry, members in held.items()
        if any(one.key != other.key or differ(one, other) for one, other in itertools.combinations(members, 2))
    }
    shared = documents(told)
    split = []
    for document in shared:
        ids = sorted({entry_of[one.vote].id for one in document if one.vote is not None})
        if len(ids) != 1:
            split.append((document, ids))
    return Judged(ids=len(registry.entries), mixed=mixed, shared=shared, split=split)


def _print(names: str, told: Sequence[Told], judged: Judged) -> None:
    lost = [one for one in told if one.vote is None]
    print(f"{names}: {len({t.text for t in told})} texts, {len(told)} entries of the gold, {judged.ids} ids")
    print(f"  ids that hold two documents: {len(judged.mixed)}")
    for entry, members in judged.mixed.items():
        print(f"    {entry}\n" + "\n".join(f"      {one}" for one in members))
    count = len(judged.shared)
    print(f"  documents of several texts under one id: {count - len(judged.split)} of {count} ({judged.together:.4f})")
    for document, ids in judged.split:
        print(f"    {', '.join(ids) or 'not found'}\n" + "\n".join(f"      {one}" for one in document))
    print(f"  entries of the gold that were not found: {len(lost)}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args(arguments)
    here = [gold_set for gold_set in SETS if gold_set.is_here]
    failed = False
    for sets in ([s for s in here if s.name == "samples"], [s for s in here if s.name != "samples"]):
        if not sets:
            continue
        told, registry = read(sets)
        judged = judge(told, registry)
        _print(" + ".join(s.name for s in sets), told, judged)
        failed = failed or bool(judged.mixed or judged.split)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
