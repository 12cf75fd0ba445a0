"""How well citations are found: predictions in the shape of `cancu cites --json` against what a reader found.

Figures lie in 0..1.  Documents are matched by the stem of their file name.  Comparing ignores case, Unicode form, the
place of tone marks, kinds of dashes and white space; a body is the same written out and abbreviated (UBND).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]

# Facts of an instrument and of a report that are compared; "date" counts where either side gives one.
_FACTS = ("type", "date", "issuer")
_HEADER = ("type", "number", "symbol", "issuer", "unit", "date", "year", "subject", "signer")
# A reader and a program may count a citation that is broken over lines from either end.
_NEAR = 2

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_TONES = re.compile(r"[\u0300\u0301\u0303\u0309\u0323]")
_LETTERS = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
_LONG = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "ubtvqh": "ủy ban thường vụ quốc hội",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ub": "ủy ban",
    "mttq": "mặt trận tổ quốc",
    "bcđ": "ban chỉ đạo",
    "btv": "ban thường vụ",
    "bch": "ban chấp hành",
}


def fold(text: object) -> str:
    """`text` with one spelling for what is the same to a reader; None is the empty text.

    >>> fold("Uỷ ban –  HOÀ") == fold("Ủy ban - hòa")
    True
    """
    plain = unicodedata.normalize("NFD", str(text if text is not None else "").lower())
    plain = _LETTERS.sub(lambda word: _tones_last(word[0]), _DASHES.sub("-", plain))
    return " ".join(plain.split()).strip(" .,;:")


def _tones_last(word: str) -> str:
    """A decomposed word with its tone at the end: "hòa" and "hoà" become one."""
    return _TONES.sub("", word) + "".join(_TONES.findall(word))


def fold_number(canonical: object) -> str:
    """A number for comparing: no blanks, no zeros in front, no mark of a raised letter.

    >>> fold_number("04/KH- UBND")
    '4/kh-ubnd'
    """
    return re.sub(r"[\s^]", "", fold(canonical)).lstrip("0")


def fold_body(body: object) -> str:
    """The name of a body written out, without punctuation.

    >>> fold_body("UBND huyện") == fold_body("Uỷ ban nhân dân huyện.")
    True
    """
    words = re.findall(r"[^\W_\u0300-\u036f][\w\u0300-\u036f]*", fold(body))
    return " ".join(_FOLDED_LONG.get(word, word) for word in words)


_FOLDED_LONG = {fold(short): fold(long) for short, long in _LONG.items()}


@dataclass(slots=True)
class Tally:
    """What was found rightly, what was found in all, and what there was to be found."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what was to be found that was."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0

    def add(self, *, right: int, found: int, wanted: int) -> None:
        """Count more."""
        self.right += right
        self.found += found
        self.wanted += wanted


@dataclass(slots=True)
class Score:
    """The counts over all documents, and a line for each thing that is wrong."""

    instruments: Tally = field(default_factory=Tally)
    mentions: Tally = field(default_factory=Tally)
    links: Tally = field(default_factory=Tally)
    facts: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, float]:
        """Each figure that the gold can measure, in 0..1."""
        found = {
            "precision": self.instruments.precision,
            "recall": self.instruments.recall,
            "f1": self.instruments.f1,
            "mention_f1": self.mentions.f1,
        }
        found |= {name: tally.recall for name, tally in self.facts.items()}
        return found | ({"link_f1": self.links.f1} if self.links.wanted else {})

    def judge(self, name: str, *, right: bool, error: str) -> None:
        """Count one fact, and keep the error where it is wrong."""
        self.facts[name].add(right=right, found=1, wanted=1)
        if not right:
            self.errors.append(error)


def score(golds: Mapping[str, Json], predictions: Iterable[Json]) -> Score:
    """The score of predictions; a document of the gold (by stem) without one has found nothing."""
    by_stem = {Path(prediction["file"]).stem: prediction for prediction in predictions}
    result = Score()
    for stem, gold in golds.items():
        if stem not in by_stem:
            result.errors.append(f"{stem}: was not read")
        _Document(result, stem, gold, by_stem.get(stem, {})).judge()
    return result


@dataclass(frozen=True, slots=True)
class _Document:
    """One document: what a reader found, what the program found, and where both are counted."""

    score: Score
    stem: str
    gold: Json
    found: Json

    def judge(self) -> None:
        pairs, missed, invented = self._paired()
        self.score.instruments.add(right=len(pairs), found=len(pairs) + len(invented), wanted=len(pairs) + len(missed))
        for instrument in missed:
            self._error("missed", instrument)
            self.score.mentions.add(right=0, found=0, wanted=_count(instrument["mentions"]))
        for instrument in invented:
            self._error("invented", instrument)
            self.score.mentions.add(right=0, found=len(self._citations(instrument)), wanted=0)
        for wanted, found in pairs:
            self._judge_pair(wanted, found)
        self._judge_links()
        self._judge_header()

    def _error(self, what: str, instrument: Json) -> None:
        dated = f" ({instrument['date']})" if instrument.get("date") else ""
        self.score.errors.append(f"{self.stem}: {what} {instrument.get('type')} {instrument['canonical']}{dated}")

    def _citations(self, instrument: Json) -> list[Json]:
        return [c for c in self.found.get("citations", []) if c["instrument"] == instrument["id"]]

    def _paired(self) -> tuple[list[tuple[Json, Json]], list[Json], list[Json]]:
        """Instruments of both sides that bear the same number, those alike in most facts first; and the rest."""
        # The document's own number is no citation, where the gold says which it is.
        found = [i for i in self.found.get("instruments", []) if not (self.gold.get("own") and i.get("own"))]
        candidates = [
            (_likeness(wanted, one), w, f)
            for w, wanted in enumerate(self.gold["instruments"])
            for f, one in enumerate(found)
            if fold_number(wanted["canonical"]) == fold_number(one["canonical"])
        ]
        partner: dict[int, int] = {}
        for _, w, f in sorted(candidates, key=lambda row: (-row[0], row[1], row[2])):
            if w not in partner and f not in partner.values():
                partner[w] = f
        nicknames = set(map(fold, self.gold.get("optional", [])))
        missed = [wanted for w, wanted in enumerate(self.gold["instruments"]) if w not in partner]
        invented = [
            one
            for f, one in enumerate(found)
            if f not in partner.values() and fold(f"{one['type']} {one['canonical']}") not in nicknames
        ]
        return [(self.gold["instruments"][w], found[f]) for w, f in partner.items()], missed, invented

    def _judge_pair(self, wanted: Json, found: Json) -> None:
        for name in _FACTS:
            if wanted.get(name) is None and not (name == "date" and found.get("date")):
                continue
            error = f"{self.stem}: {name} of {wanted['canonical']}: {found.get(name)!r}, not {wanted.get(name)!r}"
            self.score.judge(name, right=_agrees(wanted, found, name), error=error)
        self._judge_citations(wanted, self._citations(found))

    def _judge_citations(self, wanted: Json, citations: Sequence[Json]) -> None:
        number = _count(wanted["mentions"])
        self.score.mentions.add(right=min(number, len(citations)), found=len(citations), wanted=number)
        if number != len(citations):
            error = f"{self.stem}: {wanted['canonical']} is cited {number} times, not {len(citations)}"
            self.score.errors.append(error)
        for figure, rows in (
            ("relation", _by_line(wanted, citations)),
            ("relation_order", _by_order(wanted, citations)),
        ):
            for place, want, got in rows:
                error = f"{self.stem}: relation of {wanted['canonical']}, {place}: {got!r}, not {want!r}"
                self.score.judge(figure, right=fold(got) == fold(want), error=error)

    def _judge_links(self) -> None:
        if "links" not in self.gold:
            return
        wanted, found = _ends(self.gold["links"]), _ends(self.found.get("links", []))
        right = wanted.keys() & found.keys()
        self.score.links.add(right=len(right), found=len(found), wanted=len(wanted))
        self.score.errors += [f"{self.stem}: missed link {text}" for ends, text in wanted.items() if ends not in right]
        self.score.errors += [f"{self.stem}: invented link {text}" for ends, text in found.items() if ends not in right]

    def _judge_header(self) -> None:
        for name in _HEADER:
            wanted = self.gold.get("report", {}).get(name)
            if wanted is not None:
                got = self.found.get("report", {}).get(name)
                error = f"{self.stem}: {name} of the report: {got!r}, not {wanted!r}"
                self.score.judge("report", right=fold_body(got) == fold_body(wanted), error=error)


def _count(mentions: int | Sequence[Json]) -> int:
    return mentions if isinstance(mentions, int) else len(mentions)


def _agrees(wanted: Json, found: Json, name: str) -> bool:
    """Is a fact as the reader has it, or as a second reading of his that is right as well?"""
    folded: Callable[[object], str] = fold_body if name == "issuer" else fold
    readings = [wanted.get(name), *([alt] if (alt := wanted.get(f"{name}_alt")) else [])]
    return folded(found.get(name)) in map(folded, readings)


def _likeness(wanted: Json, found: Json) -> int:
    """How alike two instruments of one number are; the date tells them apart best."""
    weights = {"date": 4, "type": 2, "issuer": 1}
    return sum(weight for name, weight in weights.items() if _agrees(wanted, found, name))


def _by_line(wanted: Json, citations: Sequence[Json]) -> Iterator[tuple[str, str, str | None]]:
    """(place, relation of the reader, relation found) for each mention whose line the reader names."""
    for mention in wanted["mentions"] if isinstance(wanted["mentions"], list) else ():
        if mention.get("relation"):
            line, relation = mention["line"], mention["relation"]
            near = [(abs(c["line"] - line), fold(c["relation"]) != fold(relation), c["relation"]) for c in citations]
            best = min((row for row in near if row[0] <= _NEAR), default=(0, False, None))
            yield f"line {line}", relation, best[-1]


def _by_order(wanted: Json, citations: Sequence[Json]) -> Iterator[tuple[str, str, str | None]]:
    """The same where the reader lists the relations in their order, because lines depend on the format."""
    found = [c["relation"] for c in sorted(citations, key=lambda c: (c["line"], c.get("start", 0)))]
    for number, want in enumerate(wanted.get("relations", [])):
        yield f"citation {number + 1}", want, found[number] if number < len(found) else None


def _ends(links: Iterable[Json]) -> dict[tuple[str, str], str]:
    """Both ends of each link, and how it is shown."""
    return {(fold_number(row["from"]), fold_number(row["to"])): f"{row['from']} → {row['to']}" for row in links}
