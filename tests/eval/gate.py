"""The gate: no figure of a gold set falls below its floor, and no gold set changes unnoticed.

`python tests/eval/gate.py` measures every gold set that is there, prints a table, and exits 1 on a regression.
With --update the floors rise to what is reached; they fall only with --allow-regression and a reason, which is kept.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from questions import ask_all
from score import score

from corpus.errors import CancuError
from corpus.formats import FORMATS
from corpus.reading import read_report
from graph.answers import cites_json
from graph.extract import find_citations
from index.library import open_library

Json = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
FLOORS = Path(__file__).parent / "floors.json"
_QUERIES = "queries.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """Documents and what a reader found in them: one JSON file for each, and perhaps questions in `queries.json`."""

    name: str
    gold: Path
    texts: Path

    @property
    def is_here(self) -> bool:
        """Can it be measured?  Reference texts do not lie in the project."""
        return self.gold.is_dir() and self.texts.is_dir()

    def documents(self) -> Iterator[Path]:
        """The files to be read, in order."""
        return iter(sorted(p for p in self.texts.rglob("*") if p.suffix.lower() in FORMATS and p.is_file()))

    def digest(self) -> str:
        """The sha256 of all gold and all documents with their names."""
        whole = sha256()
        for folder, files in ((self.gold, sorted(self.gold.glob("*.json"))), (self.texts, self.documents())):
            for path in files:
                content = sha256(path.read_bytes()).hexdigest()
                whole.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
        return whole.hexdigest()


SETS = (
    GoldSet(name="samples", gold=ROOT / "tests/samples/gold", texts=ROOT / "tests/samples/reports"),
    GoldSet(name="shared/gold", gold=ROOT.parent / "shared/gold", texts=ROOT.parent / "shared/seeds"),
    GoldSet(name="shared/real", gold=ROOT.parent / "shared/real/gold", texts=ROOT.parent / "shared/real/texts"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The figures of one gold set in 0..1, what its digest is, and a line for each thing that is wrong."""

    digest: str
    figures: dict[str, float]
    errors: tuple[str, ...]


def predict(documents: Iterable[Path]) -> tuple[list[Json], list[str]]:
    """What the program finds in files, as `cancu cites --json` prints it; and why some cannot be read."""
    found, errors = [], []
    for path in documents:
        try:
            report = read_report(path)
        except CancuError as error:
            errors.append(str(error))
            continue
        found.append(cites_json(report, find_citations(report)))
    return found, errors


def measure(gold_set: GoldSet) -> Measured:
    """All figures of a gold set."""
    golds = {p.stem: _load(p) for p in sorted(gold_set.gold.glob("*.json")) if p.name != _QUERIES}
    found, errors = predict(gold_set.documents())
    scored = score(golds, found)
    asked, wrong = _ask(gold_set) if (gold_set.gold / _QUERIES).is_file() else ({}, [])
    return Measured(digest=gold_set.digest(), figures=scored.figures | asked, errors=(*errors, *scored.errors, *wrong))


def _ask(gold_set: GoldSet) -> tuple[dict[str, float], list[str]]:
    """The share of questions of each kind that are answered rightly, and what is wrong with the others."""
    with TemporaryDirectory() as folder, open_library(Path(folder) / "library", create=True) as library:
        library.add([gold_set.texts])
        judged = list(ask_all(library, _load(gold_set.gold / _QUERIES)))
    of, right = Counter(j.kind for j in judged), Counter(j.kind for j in judged if j.error is None)
    return {kind: right[kind] / of[kind] for kind in of}, [j.error for j in judged if j.error]


def _load(path: Path) -> Json:
    loaded: Json = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def shortfalls(measured: Measured, known: Json) -> Iterator[str]:
    """What is wrong with a measurement, given the digest and the floors that are known of its gold set."""
    if measured.digest != known["digest"]:
        yield f"the gold set has changed: its digest is {measured.digest[:12]}, not {known['digest'][:12]}"
    for name, floor in known["floors"].items():
        if name not in measured.figures:
            yield f"{name} is not measured any more"
        elif measured.figures[name] < floor:
            yield f"{name} fell from {floor:.4f} to {measured.figures[name]:.4f}"
    for name in measured.figures.keys() - known["floors"].keys():
        yield f"{name} has no floor"


def raised(measured: Measured, known: Json, *, reason: str | None) -> Json:
    """What is known of a gold set after an update; floors that fall are noted with the reason, and need one.

    Raises ValueError where a floor would fall and there is none.
    """
    # Rounded down, so that what was reached is never below its floor.
    reached = {name: math.floor(figure * 10_000) / 10_000 for name, figure in measured.figures.items()}
    fallen = {name: floor for name, floor in known["floors"].items() if reached.get(name, -1.0) < floor}
    if fallen and not reason:
        raise ValueError(", ".join(f"{name} {floor:.4f} → {reached.get(name)}" for name, floor in fallen.items()))
    today = datetime.now(UTC).date().isoformat()
    noted = [
        {"figure": name, "from": floor, "to": reached.get(name), "date": today, "reason": reason}
        for name, floor in fallen.items()
    ]
    return {"digest": measured.digest, "floors": reached, "lowered": [*known["lowered"], *noted]}


def run(
    sets: Sequence[GoldSet], floors: Path, *, update: bool = False, reason: str | None = None, errors: bool = False
) -> int:
    """Measure all sets that are there, print a table, update the floors if asked; returns the exit code."""
    known: dict[str, Json] = _load(floors) if floors.exists() else {}
    failed = False
    for gold_set in sets:
        if not gold_set.is_here:
            print(f"{gold_set.name}: not here, not measured\n")
            continue
        before = known.get(gold_set.name, {"digest": "", "floors": {}, "lowered": []})
        measured = measure(gold_set)
        _print_table(gold_set, measured, before)
        if errors:
            print("\n".join(measured.errors))
        if update:
            try:
                known[gold_set.name] = raised(measured, before, reason=reason)
            except ValueError as error:
                failed = True
                print(f"  refused to lower {error}; give a reason with --allow-regression")
        else:
            for problem in shortfalls(measured, before):
                failed = True
                print(f"  {problem}")
        print()
    if update:
        floors.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
    return int(failed)


def _print_table(gold_set: GoldSet, measured: Measured, known: Json) -> None:
    print(f"{gold_set.name}: {len(list(gold_set.documents()))} documents, digest {measured.digest[:12]}")
    print(f"  {'figure':<14} {'reached':>8} {'floor':>8}")
    for name, figure in measured.figures.items():
        floor = known["floors"].get(name)
        print(f"  {name:<14} {figure:8.4f} {'none' if floor is None else f'{floor:.4f}':>8}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--allow-regression", metavar="REASON", help="with --update: let floors fall, and why")
    parser.add_argument("--errors", action="store_true", help="print each thing that is wrong")
    given = parser.parse_args(arguments)
    if given.allow_regression is not None and not (given.update and given.allow_regression.strip()):
        parser.error("--allow-regression needs --update and a reason")
    return run(SETS, FLOORS, update=given.update, reason=given.allow_regression, errors=given.errors)


if __name__ == "__main__":
    sys.exit(main())
