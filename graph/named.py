"""An instrument that a text names without its number, and which one it means by that name."""

from dataclasses import dataclass

from corpus.dates import last_day
from corpus.model import Header
from graph.grammar import Surface
from graph.instruments import InstrumentType
from graph.known import Known
from graph.symbols import Core

# How sure a name is of its instrument; the steps are an order, not measured probabilities.
NAME, DECLARED, TITLE, NICKNAME, UNKNOWN = 0.9, 0.9, 0.7, 0.5, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSurface(Surface):
    """An instrument named without number: its name, is it a draft, and the rows of the table that bear the name.

    `of` is the citation for which the text itself gives the name ("… (sau đây gọi tắt là Đề án 06)"); `sure` is how
    certain the instrument is where one is found.
    """

    name: str
    draft: bool = False
    year: int | None = None
    rows: tuple[Known, ...] = ()
    of: Surface | None = None
    sure: float = NAME


def named_surface(
    start: int, end: int, kind: InstrumentType | None, name: str, *, rows: tuple[Known, ...] = (), sure: float = NAME
) -> NamedSurface:
    """A name that stands from `start` to `end`."""
    core = Core(start, end, "", None, (), "name")
    return NamedSurface(start=start, end=end, type=kind, core=core, says_type=True, name=name, rows=rows, sure=sure)


def meant(named: NamedSurface, header: Header) -> Known | None:
    """Which of several instruments of one name is meant: that of the year given, else the one then in force.

    None for a draft, for an unknown name, and where nothing tells which.
    """
    if named.draft or not named.rows:
        return None
    rows_of = [r for r in named.rows if named.year is None or r.date.startswith(str(named.year))]
    day = last_day(header.date or str(header.year)) if header.date or header.year else None
    if len(rows_of) == 1:
        row = rows_of[0]
        return row if named.year is not None or day is None or row.date <= day <= (row.until or day) else None
    in_force = [r for r in rows_of if day is not None and r.in_force_from <= day <= (r.until or day)]
    return max(in_force, key=lambda r: r.in_force_from, default=None)
