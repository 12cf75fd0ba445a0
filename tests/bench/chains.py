"""Invented reports whose citations make a graph that is known: who cites what, what was issued for what.

`python tests/bench/chains.py FOLDER --count 10000` writes FOLDER/<unit>/<index>.txt, UTF-8, 3.7 KB each with some 15
citations, and FOLDER.gold.jsonl beside it, a line for each report: what its text says.  A report depends on the world
and its number alone.  Units and local documents are invented (`offices.py`), central ones are real; what the sentences
say (`saying.py`) stands beside them in `chains.toml`.
"""

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import reports
from offices import Document, Unit, World
from saying import Said, Stated, Writer, sentences

from corpus.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Chained:
    """A report and what its text says; `plan` is the local plan that it is itself, None for a report."""

    file: str
    text: str = field(repr=False)
    unit: Unit
    date: str
    plan: Document | None
    cites: tuple[Said, ...]
    links: tuple[Stated, ...]

    def gold(self) -> dict[str, Any]:
        """The line of the gold file: units and documents by their keys."""
        return {
            "file": self.file,
            "unit": self.unit.key,
            "date": self.date,
            "own": self.plan.key if self.plan else None,
            "cites": [[document.key, relation] for document, relation in self.cites],
            "links": [[source.key, target.key, relation] for source, target, relation in self.links],
            "documents": {d.key: _document_json(d) for d in self.documents()},
        }

    def documents(self) -> Iterator[Document]:
        """All documents that it cites, links or is."""
        yield from (document for document, _ in self.cites)
        yield from (document for link in self.links for document in link[:2])
        if self.plan:
            yield self.plan


def _document_json(document: Document) -> dict[str, Any]:
    return {**asdict(document), "unit": document.unit.key if document.unit else None}


def _opening(w: Writer) -> str:
    """Whose report it is, and under what it is made."""
    place = w.unit.key
    if w.plan:
        basis = next(i.basis for i in w.own.values() if i.plan == w.plan)
        lines = [f"Căn cứ {w.printed('i', document)};" for document in basis]
        w.cites += [(document, "căn cứ") for document in basis]
        w.links += [(w.plan, document, "căn cứ") for document in basis]
        return "\n\n".join([*lines, f"{w.ubnd} ban hành kế hoạch trên địa bàn {place} như sau:"])
    under = next((i.plan for i in w.above.values() if w.was(i.plan) and w.rng.random() < 0.2), None)
    text = f"{w.ubnd} báo cáo kết quả công tác trên địa bàn {place} như sau:"
    if under is None:
        return text
    text = f"Thực hiện {w.printed('over', under)}, {text}"
    w.cites.append((under, "báo cáo theo"))
    return text


def _head(w: Writer) -> str:
    unit, rng = w.unit, w.rng
    lines = [f"{rng.choice(('ỦY BAN NHÂN DÂN', 'UBND'))}{rng.choice((' ', chr(10)))}{str(unit).upper()}"]
    if unit.level != "province" and rng.random() < (0.7 if unit.level == "commune" else 0.3):
        lines.insert(0, f"{rng.choice(('UBND', 'ỦY BAN NHÂN DÂN'))} {str(unit.parent).upper()}")
    code, number = ("KH", w.plan.number.partition("/")[0]) if w.plan else ("BC", f"{w.turn + 1:02}")
    kind = "Kế hoạch" if w.plan else "Báo cáo"
    about = w.plan.about if w.plan else f"Kết quả công tác năm {w.date[:4]}"
    day = date.fromisoformat(w.date)
    letterhead = "\n".join(lines)
    if rng.random() < 0.15:
        letterhead = "\n".join(line if line.startswith("UBND") else line.capitalize() for line in lines[:-1])
        letterhead += f"\nỦy ban nhân dân\n{str(unit)[:1].upper()}{str(unit)[1:]}"
    address = f"Kính gửi: Ủy ban nhân dân {unit.parent}\n\n" if unit.parent else ""
    return (
        f"{letterhead.strip()}\nSố: {number}/{code}-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Độc lập - Tự do - Hạnh phúc\n{unit.name}, ngày {day.day:02} tháng {day.month:02} năm {day.year}\n\n"
        f"{kind.upper()}\n\n{about[:1].upper()}{about[1:]}\n\n{address}"
    )


def _body(w: Writer, said: Sequence[str]) -> str:
    """Numbered items; other sentences of such reports stand between those that cite."""
    of = reports.all_topics()
    others = [reports.one_sentence(w.words, w.rng.choice(of)[1]) for _ in range(w.rng.randint(2, 5))]
    items = list(said)  # in the order in which they were said: a short form stands behind the full one
    for other in others:
        items.insert(w.rng.randint(0, len(items)), other)
    lines = ["I. KẾT QUẢ THỰC HIỆN"]
    lines += [f"{n}. {item}" for n, item in enumerate(items, 1)]
    return "\n\n".join(lines)


def _foot(w: Writer) -> str:
    kind = "kế hoạch" if w.plan else "báo cáo"
    return (
        f"Trên đây là {kind} của UBND {w.unit}.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n"
        f"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n{reports.person(w.rng)}\n"
    )


def invent(index: int, world: World | None = None) -> Chained:
    """The report of that number with what it says; nothing but the world decides it."""
    w = Writer(world or World(), index)
    opening = _opening(w)
    text = "\n\n".join([_head(w) + opening, _body(w, [] if w.plan else sentences(w)), _foot(w)])
    if w.rng.random() < 0.25:
        text = reports.retoned(text)
    if w.rng.random() < 0.03:
        text = unicodedata.normalize("NFD", text)
    return Chained(
        file=f"{fold(w.unit.key).replace(', ', '-').replace(' ', '-')}/{index:06}.txt",
        text=text,
        unit=w.unit,
        date=w.date,
        plan=w.plan,
        cites=tuple(w.cites),
        links=tuple(dict.fromkeys(w.links)),
    )


def write(folder: Path, indexes: Iterable[int], world: World | None = None) -> Iterator[Chained]:
    """Write reports into `folder`, and their gold beside it; gives each as it is written."""
    folder.mkdir(parents=True, exist_ok=True)
    with reports.gold_file(folder).open("w", encoding="utf-8", newline="\n") as gold:
        for index in indexes:
            report = invent(index, world)
            path = folder / report.file
            path.parent.mkdir(exist_ok=True)
            path.write_text(report.text, encoding="utf-8", newline="\n")
            gold.write(json.dumps(report.gold(), ensure_ascii=False) + "\n")
            yield report


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1_000, help="how many reports (default 1000)")
    parser.add_argument("--seed", type=int, default=reports.SEED)
    given = parser.parse_args(arguments)
    size = cited = 0
    for report in write(given.folder, range(given.count), World(seed=given.seed)):
        size += len(report.text.encode())
        cited += len(report.cites)
    each = max(1, given.count)
    print(f"{given.count} reports, {size / each / 1e3:.1f} KB and {cited / each:.1f} citations each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
