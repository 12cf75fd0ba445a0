"""Invented reports, as many as asked, with gold by construction: which report holds which planted phrase.

`python tests/bench/reports.py FOLDER --count 10000` writes FOLDER/<unit>/<year>-<number>.txt, UTF-8, about 18 KB each,
and FOLDER.gold.jsonl beside it, a line for each report.  A report depends on the seed and its number alone: the first
1,000 of 10,000 are those of 1,000.  Units, people and sentences are invented (`reports.toml`); how often a sentence is
used falls off as in Zipf's law, but its slots make most clauses differ: of the 2 million of 10,000 reports 12 of 100
stood in the corpus before, most of them in letterheads and signatures.
"""

import argparse
import json
import random
import re
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from corpus.folding import fold

SEED = 2024
TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

_SLOT = re.compile(r"\{(\w+)\}")
# The tone on the second vowel, as many keyboards set it.
_OPEN = {old + rest: new for old, new, rest in (
    *((f"{t}a", f"o{n}", "") for t, n in zip("òóỏõọ", "àáảãạ", strict=True)),
    *((f"{t}e", f"o{n}", "") for t, n in zip("òóỏõọ", "èéẻẽẹ", strict=True)),
    *((f"{t}y", f"u{n}", "") for t, n in zip("ùúủũụ", "ỳýỷỹỵ", strict=True)),
)}  # fmt: skip
_TONE = re.compile(rf"({'|'.join(_OPEN)})(?!\w)")
_DISTRICTS, _COMMUNES = 12, 24
# Characters of the body; with header and ending 13,500 on average, which are 18 KB.
_LEAST, _MOST = 11_200, 15_000
_TYPES = (("Báo cáo", "BC", 0.82), ("Kế hoạch", "KH", 0.1), ("Tờ trình", "TTr", 0.08))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An invented unit: its kind and name, and those of the unit above it."""

    kind: str
    name: str
    above: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def folder(self) -> str:
        """The folder of its reports."""
        return fold(f"{self.above} {self}").replace(" ", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """A report and its gold: planted phrases, planted central instruments by number, local plans by number and unit."""

    file: str
    text: str = field(repr=False)
    unit: str
    year: int
    type: str
    phrases: tuple[str, ...]
    cites: tuple[str, ...]
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Zipf:
    """Values of which the first are drawn most: the weight of rank r is 1 / (r + 2)."""

    values: tuple[str, ...]
    sums: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[str]) -> "_Zipf":
        return cls(tuple(values), tuple(accumulate(1 / (rank + 2) for rank in range(len(values)))))

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self.values, cum_weights=self.sums)[0]


def phrases(name: str) -> tuple[str, ...]:
    """The planted phrases of a class: common, mid, rare, word, word-mid; or the numbers of citation, citation-rare."""
    for row in TABLE["planted"]["class"]:
        if row["name"] == name:
            return tuple(row["phrases"])
    return tuple(
        number_of(text) for row in TABLE["planted"]["instruments"] if row["name"] == name for text in row["texts"]
    )


def number_of(citation: str) -> str:
    """The number of an instrument in a citation: "120-KL/TW"."""
    return citation.partition(" số ")[2].partition(" ")[0]


@cache
def places(seed: int) -> tuple[Place, ...]:
    """All units, the districts among them; names are drawn once for a seed."""
    rng = random.Random(f"places {seed}")
    syllables = TABLE["syllables"].split()
    names = [" ".join(pair) for pair in zip(*(rng.choices(syllables, k=2_000) for _ in "ab"), strict=True)]
    fresh = iter(dict.fromkeys(name for name in names if len(set(name.split())) == 2))
    found = []
    for province in ("tỉnh Sơn Giàng", "tỉnh Lãm Khê"):
        for _ in range(_DISTRICTS // 2):
            district = Place(kind=rng.choice(("huyện", "thị xã")), name=next(fresh), above=province)
            communes = ("xã", "xã", "xã", "phường", "thị trấn")
            found.append(district)
            found += [Place(kind=rng.choice(communes), name=next(fresh), above=str(district)) for _ in range(_COMMUNES)]
    return tuple(found)


@cache
def _plans(seed: int, unit: str, year: int) -> tuple[str, ...]:
    """The local plans of a unit in a year, as they are cited."""
    rng = random.Random(f"plans {seed} {unit} {year}")
    return tuple(
        f"Kế hoạch số {rng.randint(1, 190)}/KH-UBND ngày {rng.randint(1, 28):02}/{rng.randint(1, 12)}/{year} "
        f"của UBND {unit}"
        for _ in range(4)
    )


class Writer:
    """One report in the making: fills the slots from its own random numbers."""

    def __init__(self, seed: int, index: int) -> None:
        self.rng = random.Random(f"report {seed} {index}")
        self.seed, self.index = seed, index
        self.place = self.rng.choice(places(seed))
        self.year = self.rng.randint(2015, 2024)
        own = random.Random(f"villages {seed} {self.place} {self.place.above}")
        kind = own.choice(("thôn", "bản", "xóm", "ấp", "khu"))
        self.villages = [f"{kind} {_name(own)}" for _ in range(9)]
        self.cast = [person(self.rng) for _ in range(8)]

    def fill(self, sentence: str) -> str:
        """`sentence` with its slots filled, those of what fills them too."""
        pieces = _pieces(sentence)
        return "".join(self._slot(piece) if at % 2 else piece for at, piece in enumerate(pieces))

    def _slot(self, name: str) -> str:
        if made := _MAKERS.get(name):
            return made(self)
        value = _slots()[name].draw(self.rng)
        return self.fill(value) if "{" in value else value

    def person(self) -> str:
        return self.rng.choice(self.cast) if self.rng.random() < 0.4 else person(self.rng)

    def village(self) -> str:
        return self.rng.choice(self.villages) if self.rng.random() < 0.7 else f"xóm {_name(self.rng)}"

    def money(self) -> str:
        n, kind = self.rng.randint(2, 985), self.rng.random()
        if kind < 0.4:
            return f"{n} triệu đồng"
        return (
            f"{n / 100:.2f} tỷ đồng".replace(".", ",") if kind < 0.7 else f"{n}.{self.rng.randint(100, 999)}.000 đồng"
        )

    def date(self) -> str:
        return f"{self.rng.randint(1, 28):02}/{self.rng.randint(1, 12)}/{self.year - (self.rng.random() < 0.2)}"


def _integer(least: int, most: int, form: str = "") -> Callable[[Writer], str]:
    return lambda w: format(w.rng.randint(least, most), form)


_MAKERS: dict[str, Callable[[Writer], str]] = {
    "n": _integer(2, 96),
    "nn": _integer(1, 60, "02"),
    "N": lambda w: f"{w.rng.randint(101, 48_000):,}".replace(",", "."),
    "pct": lambda w: f"{w.rng.randint(205, 1_000) / 10:g}%".replace(".", ","),
    "tien": Writer.money,
    "ngay": Writer.date,
    "nam": lambda w: str(w.year - w.rng.randint(0, 2)),
    "thon": Writer.village,
    "ten": Writer.person,
    "xa": lambda w: str(w.place),
    "cap": lambda w: w.place.above,
    "ma": lambda w: f"{w.rng.choice('KXTVHDQ')}{w.rng.choice('LMNPRS')}-{w.rng.randint(100, 9_999)}",
    "la": lambda w: _odd(w.rng),
    "tenrieng": lambda w: _name(w.rng),
}


@cache
def _pieces(sentence: str) -> list[str]:
    return _SLOT.split(sentence)


@cache
def _slots() -> dict[str, _Zipf]:
    return {name: _Zipf.of(text.split(", ")) for name, text in TABLE["slots"].items()}


@cache
def _words(name: str) -> list[str]:
    words: list[str] = TABLE[name].split()
    return words


@cache
def all_topics() -> list[tuple[str, _Zipf]]:
    """The matters of reports, each with its title and sentences."""
    return [(topic["title"], _Zipf.of(topic["sentences"])) for topic in TABLE["topic"]]


def _name(rng: random.Random) -> str:
    return f"{rng.choice(_words('syllables'))} {rng.choice(_words('syllables'))}"


def person(rng: random.Random) -> str:
    """The name of an invented person."""
    return f"{rng.choice(_words('families'))} {rng.choice(_words('middles'))} {rng.choice(_words('given'))}"


def retoned(text: str) -> str:
    """`text` with each tone on the second vowel: "hoà" for "hòa"."""
    return _TONE.sub(lambda match: _OPEN[match[1]], text)


def _odd(rng: random.Random) -> str:
    """A word that hardly any other report has."""
    return " ".join(rng.choice(_words("onsets")) + rng.choice(_words("rimes")) for _ in range(rng.randint(1, 2)))


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def one_sentence(writer: Writer, of: _Zipf) -> str:
    """One sentence of a topic."""
    text, rng = writer.fill(of.draw(writer.rng)), writer.rng
    if rng.random() < 0.3:
        text = f"{writer.fill(_slots()['mo'].draw(rng))}, {_lower(text)}"
    if rng.random() < 0.35:
        text += f"; {writer.fill(_slots()['ket'].draw(rng))}"
    return f"{text[0].upper()}{text[1:]}."


def _planted(writer: Writer) -> tuple[list[str], list[str], list[str], list[str]]:
    """The planted sentences; the phrases, the instruments and the local plans that stand in them."""
    rng, table = writer.rng, TABLE["planted"]
    sentences, held, cites, plans = [], [], [], []
    for phrase, rate in ((phrase, row["rate"]) for row in table["class"] for phrase in row["phrases"]):
        if rng.random() < rate:
            held.append(phrase)
            lead, tail = rng.choice(table["lead"]), rng.choice(table["tail"])
            sentences.append(writer.fill(f"{lead} {phrase} {tail}."))
    for text, rate in ((text, row["rate"]) for row in table["instruments"] for text in row["texts"]):
        if rng.random() < rate:
            cites.append(number_of(text))
            sentences.append(writer.fill(f"Thực hiện {text}, {{donvi}} đã giao {{ten}} làm {{n}} việc tại {{thon}}."))
    for unit in (str(writer.place), writer.place.above, str(writer.place)):
        plan = rng.choice(_plans(writer.seed, unit, writer.year))
        plans.append(f"{number_of(plan)} {unit}")
        sentences.append(
            writer.fill(f"Căn cứ {plan}, đã phân công {{donvi}} và {{ten}} lo {{n}} việc trước ngày {{ngay}}.")
        )
    if rng.random() < 0.03:  # typed on a telephone
        at = rng.randrange(len(held) or 1)
        sentences[at] = fold(sentences[at]).capitalize()
    return sentences, held, cites, list(dict.fromkeys(plans))


def _body(writer: Writer, planted: list[str]) -> str:
    """Headings and paragraphs; the planted sentences stand among the others."""
    rng = writer.rng
    most, size = rng.randint(_LEAST, _MOST), sum(map(len, planted))
    topics = rng.sample(all_topics(), rng.randint(5, 8))
    paragraphs: list[tuple[str, list[str]]] = []
    while size < most:
        title, sentences = topics[len(paragraphs) % len(topics)]
        paragraph = [one_sentence(writer, sentences) for _ in range(rng.randint(2, 7))]
        paragraphs.append((title, paragraph))
        size += sum(map(len, paragraph)) + 30
    for sentence in planted:
        _, paragraph = rng.choice(paragraphs)
        paragraph.insert(rng.randint(0, len(paragraph)), sentence)
    each = -(-len(paragraphs) // len(TABLE["headings"]))
    lines = []
    for at, (title, paragraph) in enumerate(paragraphs):
        if at % each == 0:
            heading = f"{TABLE['headings'][at // each]} CỦA {str(writer.place).upper()} NĂM {writer.year}"
            lines.append(f"{'I II III IV'.split()[at // each]}. {heading}")
        text = _wrapped(" ".join(paragraph)) if rng.random() < 0.1 else " ".join(paragraph)
        first = at < len(topics)
        lines.append(
            f"{at % each + 1}. {title} tại {writer.village()}\n\n{text}"
            if first
            else f"{'abcdefgh'[at % each % 8]}) {text}"
        )
        if rng.random() < 0.012:
            lines.append(_table(writer))
    return "\n\n".join(lines)


def _wrapped(text: str) -> str:
    """As a PDF leaves it: lines of 100 characters, no line beginning like an item of a list."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > 100 and word[:1].islower() and len(word) > 2:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)


def _table(writer: Writer) -> str:
    rows = ["| Nơi | Số hộ | Số tiền | Người phụ trách |"]
    rows += [writer.fill("| {thon} | {N} | {tien} | {ten} |") for _ in range(writer.rng.randint(3, 7))]
    return "\n".join(rows)


def _head(writer: Writer, kind: str, code: str) -> str:
    rng, place = writer.rng, writer.place
    matters = " và ".join(_lower(title) for title, _ in rng.sample(all_topics(), 2))
    number, day, month = rng.randint(1, 480), rng.randint(1, 28), rng.randint(1, 12)
    return (
        f"ỦY BAN NHÂN DÂN\n{str(place).upper()}\nSố: {number}/{code}-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Độc lập - Tự do - Hạnh phúc\n{place.name}, ngày {day:02} tháng {month:02} năm {writer.year}\n\n"
        f"{kind.upper()}\n\n{_report_title(kind)} {matters} năm {writer.year} trên địa bàn {place}\n\n"
        f"Kính gửi: Ủy ban nhân dân {place.above}"
    )


def _report_title(kind: str) -> str:
    return {"Báo cáo": "Kết quả", "Kế hoạch": "Triển khai"}.get(kind, "Về việc")


def _foot(writer: Writer, kind: str) -> str:
    return (
        f"Trên đây là {_lower(kind)} của UBND {writer.place} năm {writer.year}, kính trình Ủy ban nhân dân "
        f"{writer.place.above} xem xét.\n\nNơi nhận:\n- Như trên;\n- Đảng ủy, HĐND {writer.place};\n- Lưu: VT.\n\n"
        f"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n{person(writer.rng)}\n"
    )


def invent(index: int, seed: int = SEED) -> Invented:
    """The report of that number with its gold; nothing else decides what it says."""
    writer = Writer(seed, index)
    rng = writer.rng
    (kind, code, _), *_ = rng.choices(_TYPES, [weight for *_, weight in _TYPES])
    planted, held, cites, plans = _planted(writer)
    text = "\n\n".join([_head(writer, kind, code), _body(writer, planted), _foot(writer, kind)])
    if rng.random() < 0.25:
        text = retoned(text)
    if rng.random() < 0.02:
        text = unicodedata.normalize("NFD", text)
    return Invented(
        file=f"{writer.place.folder}/{writer.year}-{index:06}.txt",
        text=text,
        unit=str(writer.place),
        year=writer.year,
        type=kind,
        phrases=tuple(held),
        cites=tuple(cites),
        plans=tuple(plans),
    )


def write(folder: Path, count: int, seed: int = SEED) -> Iterator[Invented]:
    """Write the first `count` reports into `folder`, and their gold beside it; gives each as it is written."""
    folder.mkdir(parents=True, exist_ok=True)
    with gold_file(folder).open("w", encoding="utf-8", newline="\n") as gold:
        for index in range(count):
            report = invent(index, seed)
            path = folder / report.file
            path.parent.mkdir(exist_ok=True)
            path.write_text(report.text, encoding="utf-8", newline="\n")
            row = asdict(report)
            del row["text"]
            gold.write(json.dumps(row, ensure_ascii=False) + "\n")
            yield report


def gold_file(folder: Path) -> Path:
    """Where the gold of the reports in `folder` lies."""
    return folder.with_name(f"{folder.name}.gold.jsonl")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1_000, help="how many reports (default 1000)")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    size = sum(len(report.text.encode()) for report in write(given.folder, given.count, given.seed))
    each = size / max(1, given.count) / 1e3
    print(f"{given.count} reports, {size / 1e6:.1f} MB, {each:.1f} KB each; gold in {gold_file(given.folder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
