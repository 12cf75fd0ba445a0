"""How instruments, reports, units and ways are named where they are written for people: in a dossier, in a workbook."""

from datetime import datetime
from functools import cache

from corpus.dates import format_date
from corpus.folding import fold
from corpus.tables import read_table
from graph.filing import Card
from graph.linkage import linkages
from graph.questions import Stated
from graph.registry import Entry
from graph.standing import Standing
from graph.tracing import Indirect, Step
from graph.tree import Tree, UnitEntry
from webview.ego import plain_text
from webview.terminal import LEVEL_WORDS, Speaker


def today() -> str:
    """The ISO day that the clock of this machine shows."""
    return datetime.now().astimezone().date().isoformat()


class Words:
    """The words of one language ("vi", "en") that dossiers, workbooks and the terminal share: a line each."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._table: dict[str, str] = read_table("webview", "dossier")[lang]

    def say(self, key: str, **values: object) -> str:
        """The sentence of the table with its gaps filled."""
        return plain_text(self._table[key].format(**values))

    def standing(self, known: Standing | None, today: str) -> str:
        """Whether an instrument is in force on the ISO day `today`, as far as that is known, and by what."""
        if known is None:
            return self.say("standing_unknown")
        parts = []
        if known.until:
            key = "ended" if known.until < today else "ends"
            parts.append(self.say(key, until=format_date(known.until)))
        if known.replaced_by:
            parts += [] if known.until else [self.say("replaced")]
            parts.append(self.say("replaced_by", label=known.replaced_by))
        if not parts:
            parts = [
                self.say("in_force", since=format_date(known.since)) if known.since else self.say("in_force_unknown")
            ]
        how = self.say("by_table") if known.known_by == "table" else self.say("by_text")
        return f"{', '.join(parts)} ({how})"


class Phrases(Words):
    """How what a trace is made of is named, with the units of `tree`; all of it is one line without control marks."""

    def __init__(self, lang: str, tree: Tree) -> None:
        super().__init__(lang)
        self._speaker = Speaker(lang)
        self._tree = tree

    def when(self, date: str) -> str:
        """An ISO date, maybe partial: "ngày 07/01/2016"."""
        key = {4: "in_year", 7: "in_month"}.get(len(date), "on")
        return self._speaker.say(key, date=format_date(date))

    def name(self, entry: Entry) -> str:
        """An instrument in full: "Kết luận 120-KL/TW ngày 07/01/2016 của Bộ Chính trị"."""
        parts = [entry.label, self.when(entry.date) if entry.date else ""]
        parts.append(self._speaker.say("by", issuer=entry.issuer) if entry.issuer else "")
        return plain_text(" ".join(part for part in parts if part))

    def label(self, entry: Entry) -> str:
        """An instrument among others: "Kết luận 120-KL/TW (07/01/2016)"."""
        return plain_text(f"{entry.full_label} ({format_date(entry.date)})" if entry.date else entry.full_label)

    def report(self, card: Card) -> str:
        """A report: "Báo cáo 12/BC-UBND ngày 31/12/2023"."""
        return plain_text(self._speaker.name(card))

    def line(self, number: int) -> str:
        """Where in a file: "dòng 12"."""
        return self._speaker.say("line", line=number)

    def unsure(self) -> str:
        """What is said of a citation that may mean another instrument."""
        return self._speaker.say("unsure")

    def unit(self, unit: UnitEntry | None) -> str:
        """A unit, told apart from its namesakes."""
        return plain_text(unit.label) if unit else self._speaker.say("no_unit")

    def above(self, unit: UnitEntry | None) -> str:
        """What lies above a unit, the nearest first: "huyện Đại Khê, tỉnh Lạc Giang"."""
        return plain_text(", ".join(higher.name for higher in self._tree.above(unit.id))) if unit else ""

    def level(self, unit: UnitEntry | None) -> str:
        """The level of a unit, empty where it is not known."""
        return self._speaker.say(LEVEL_WORDS[unit.level]) if unit and unit.level else ""

    def owner(self, card: Card) -> str:
        """Whose report it is."""
        return self.unit(self._tree.of(card.whose))

    def order(self, unit: UnitEntry | None) -> tuple[bool, tuple[str, ...]]:
        """By what lies above, then by name; what is not known comes last."""
        if unit is None:
            return True, ()
        path = [*reversed([higher.label for higher in self._tree.above(unit.id)]), unit.label]
        return False, tuple(map(fold, path))

    def relation(self, name: str) -> str:
        """What a citation, or a stated link, says that is done with a document."""
        if self.lang == "vi":
            return plain_text(name)
        return _relations(self.lang).get(name) or _link_words().get(name, name)

    def way(self, way: Indirect) -> list[str]:
        """The way from what an indirect unit cites to the asked document, step by step."""
        first = self.say("way_first", label=self.label(way.via[0].source), reports=way.reports)
        return [first, *map(self.step, way.via)]

    def step(self, step: Step) -> str:
        """One step of a way, from the document that the words before it name."""
        return self.say("way_step", relation=self.relation(step.stated.relation), target=self.label(step.target))

    def said_by(self, stated: Stated) -> str:
        """Who says so, and where."""
        report = stated.report
        return self.say("said_by", unit=self.owner(report), line=self.line(stated.line), file=report.name)


@cache
def _relations(lang: str) -> dict[str, str]:
    return {row["name"]: row[lang] for row in read_table("webview", "graph")["relation"] if lang in row}


@cache
def _link_words() -> dict[str, str]:
    return {name: row.kind.replace("_", " ") for name, row in linkages().items()}
