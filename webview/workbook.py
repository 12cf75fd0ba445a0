"""Tables as a workbook: for a spreadsheet, ready to be filtered and printed, and without a formula."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from webview.terminal import plain

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | date | None
_DAY = "dd/mm/yyyy"
_A4 = 9  # ECMA-376, part 1, 18.3.1.63
_HEAD_FILL = "EFEFEC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a sheet; `strong` ones are headings within it."""

    values: tuple[Value, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its title, its rows, the widths of its columns in characters.

    With `heads` it is a table: they stay in sight, stand on every page, and can be filtered by.
    """

    title: str
    rows: Iterable[Row]
    widths: tuple[int, ...]
    heads: tuple[str, ...] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of an .xlsx: texts, numbers and days; whatever a text begins with, it is no formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    made = [book.create_sheet(sheet.title) for sheet in sheets]
    looks = _looks(made[0])
    for empty, sheet in zip(made, sheets, strict=True):
        _write(empty, sheet, looks)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def day(iso: str | None) -> Value:
    """An ISO date as a day that a spreadsheet sorts; a month or a year alone stays text, nothing is invented."""
    if iso is None or len(iso) == len("2023-06-05"):
        return date.fromisoformat(iso) if iso else None
    return "/".join(reversed(iso.split("-")))


def _write(made: "WriteOnlyWorksheet", sheet: Sheet, looks: Mapping[str, Any]) -> None:
    from openpyxl.utils import get_column_letter

    _set_print(made)
    for number, width in enumerate(sheet.widths, 1):
        made.column_dimensions[get_column_letter(number)].width = width
    count = 0
    if sheet.heads:
        made.freeze_panes = "A2"
        made.print_title_rows = "1:1"
        made.append(_cells(made, Row(values=sheet.heads), looks, "head"))
    for row in sheet.rows:
        made.append(_cells(made, row, looks, "strong" if row.strong else "plain"))
        count += 1
    if sheet.heads:
        made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.heads))}{count + 1}"


def _set_print(made: "WriteOnlyWorksheet") -> None:
    """A4 across, as wide as the page, with the number of the page below."""
    made.page_setup.orientation = "landscape"
    made.page_setup.paperSize = _A4
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.page_setup.fitToHeight = 0
    made.oddFooter.center.text = "&P/&N"


def _cells(made: "WriteOnlyWorksheet", row: Row, looks: Mapping[str, Any], kind: str) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for value in row.values:
        cell: Any = WriteOnlyCell(made, plain(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"
        cell._style = looks["day" if isinstance(value, date) else kind]  # noqa: SLF001 — see _looks
        cells.append(cell)
    return cells


def _looks(made: "WriteOnlyWorksheet") -> dict[str, Any]:
    """The style of each kind of cell, as the workbook numbers it: set cell by cell, styles took most of the time."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    looks = {}
    for kind in ("plain", "strong", "head", "day"):
        cell: Any = WriteOnlyCell(made)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if kind in {"strong", "head"}:
            cell.font = Font(bold=True)
        if kind == "head":
            cell.fill = PatternFill("solid", fgColor=_HEAD_FILL)
        if kind == "day":
            cell.number_format = _DAY
        looks[kind] = cell._style  # noqa: SLF001 — there is no other way to give one style to many cells
    return looks
