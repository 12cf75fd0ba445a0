"""Sentences that look as if they cited an instrument and cite none: none may be read from them.

`python tests/eval/near_misses.py` composes them from the slots of near_misses.toml, always the same ones, as they are
printed, in capitals, without accents, broken over lines, and without blanks round the signs; it prints what was read.
"""

import argparse
import random
import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations

SEED = 2023
_SLOT = re.compile(r"\{(?:(?P<first>\d+)\.\.(?P<last>\d+)|(?P<name>\w+))\}")
_BLANK = re.compile(r" (?=\S)")
# The report in which they stand has no number of its own: no citation can be taken for it.
_HEADER = Header(
    type="Báo cáo",
    symbol="BC-UBND",
    issuer="Ủy ban nhân dân xã Khe Thượng",
    unit="xã Khe Thượng",
    parent_unit="huyện Đại Khê",
    province="tỉnh Lạc Giang",
    date="2023-11-20",
    year=2023,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A sentence, the pattern it is of, and the form in which it is printed."""

    pattern: str
    form: str
    text: str


def plain(text: str) -> str:
    """`text` as it is typed without a Vietnamese keyboard."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def _broken(text: str, chance: random.Random) -> str:
    """`text` with a few blanks turned into line breaks."""
    return _BLANK.sub(lambda _: "\n" if chance.random() < 0.25 else " ", text)


FORMS: dict[str, Callable[[str, random.Random], str]] = {
    "as printed": lambda text, _: text,
    "in capitals": lambda text, _: text.upper(),
    "without accents": lambda text, _: plain(text),
    "broken over lines": _broken,
    "spaced": lambda text, _: re.sub(r"(?<=\w)([/-])(?=\w)", r" \1 ", text),
}
# The first form is the usual one.
_WEIGHTS = (6, 2, 2, 2, 1)


@cache
def table() -> dict[str, Any]:
    """The patterns, slots and frames."""
    return tomllib.loads(Path(__file__).with_name("near_misses.toml").read_text(encoding="utf-8"))


def _filled(text: str, slots: dict[str, list[str]], chance: random.Random) -> str:
    def fill(match: re.Match[str]) -> str:
        if match["name"]:
            return _filled(chance.choice(slots[match["name"]]), slots, chance)
        return str(chance.randint(int(match["first"]), int(match["last"]))).zfill(len(match["first"]))

    return _SLOT.sub(fill, text)


def _sentences(pattern: dict[str, Any], chance: random.Random) -> Iterator[NearMiss]:
    """Sentences of one pattern without end: each clause in turn, in a frame and a form that chance chooses."""
    slots = table()["slots"] | {k: v for k, v in pattern.items() if isinstance(v, list)}
    while True:
        for says in chance.sample(pattern["says"], len(pattern["says"])):
            clause = _filled(says, slots, chance)
            frame = chance.choice(table()["frames"])
            if frame.startswith("{}"):
                clause = clause[:1].upper() + clause[1:]
            form = chance.choices(list(FORMS), _WEIGHTS)[0]
            yield NearMiss(pattern=pattern["name"], form=form, text=FORMS[form](frame.replace("{}", clause), chance))


def compose(count: int, seed: int = SEED) -> list[NearMiss]:
    """`count` different sentences, as many of each pattern as can be, in the order of their patterns."""
    chance = random.Random(seed)  # noqa: S311 - it hides nothing
    patterns = table()["pattern"]
    found: dict[str, NearMiss] = {}
    for number, pattern in enumerate(patterns):
        wanted = len(found) + (count - len(found)) // (len(patterns) - number)
        for _, sentence in zip(range(200 * count), _sentences(pattern, chance), strict=False):
            if len(found) >= wanted:
                break
            found.setdefault(sentence.text, sentence)
    return list(found.values())


def read(text: str) -> list[str]:
    """What is read from a sentence: each citation, and each law that it is said to name."""
    reading = find_citations(replace(report_of(text, file="x"), header=_HEADER))
    cited = [f"{c.text!r} as {reading.cited[c.cited].instrument}" for c in reading.citations]
    return [*cited, *(f"{n.text!r} as {n.name}" for n in reading.named)]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=3_000, help="how many sentences (default 3,000)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--list", action="store_true", help="print the sentences, read or not")
    given = parser.parse_args(arguments)
    sentences = compose(given.count, given.seed)
    wrong: dict[str, list[tuple[NearMiss, list[str]]]] = defaultdict(list)
    for sentence in sentences:
        if found := read(sentence.text):
            wrong[sentence.pattern].append((sentence, found))
        if given.list:
            print(f"{sentence.pattern:<34} {sentence.form:<18} {sentence.text!r}")
    forms = Counter(sentence.form for sentence in sentences)
    print(f"{len(sentences):,} different sentences of {len(table()['pattern'])} patterns: ", end="")
    print(", ".join(f"{count:,} {form}" for form, count in forms.items()))
    print(f"{sum(map(len, wrong.values()))} of them give a citation")
    for pattern, rows in sorted(wrong.items(), key=lambda row: -len(row[1])):
        print(f"\n{pattern}: {len(rows)}")
        for sentence, found in rows:
            print(f"  {sentence.text!r} ({sentence.form})\n      {'; '.join(found)}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
