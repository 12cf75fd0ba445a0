"""A document as a Word file, in the manner of Nghị định 30/2020/NĐ-CP, phụ lục I."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from webview.document import Cell, Document, Line, Run, Section, Table, is_whole
from webview.docx_styles import CELL, FACT, GAP, HEAD, QUIET, WIDTH, apply_layout

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.table import CT_Row
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph

_LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


def docx_of(document: Document) -> bytes:
    """The bytes of a .docx; whatever a text holds, it stays text."""
    import docx

    word = docx.Document()
    apply_layout(word, _LANGUAGES[document.lang])
    word.add_paragraph(document.kicker, style="Title")
    several = len(document.parts) > 1
    if several:
        word.add_paragraph(document.title, style="Subtitle")
    for lead in document.lead:
        _fill(word.add_paragraph(), lead)
    for number, part in enumerate(document.parts):
        title = word.add_paragraph(part.title, style="Heading 1")
        title.paragraph_format.page_break_before = several and number > 0
        if part.subtitle:
            word.add_paragraph(part.subtitle, style="Subtitle")
        for section in part.sections:
            _add_section(word, section)
    _add_section(word, document.about)
    properties = word.core_properties
    properties.title, properties.author, properties.comments = document.title[:255], "Căn Cứ", ""
    properties.language = _LANGUAGES[document.lang]
    properties.created = properties.modified = datetime.fromisoformat(document.made)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _add_section(word: "Word", section: Section) -> None:
    word.add_paragraph(section.heading, style="Heading 2")
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        if isinstance(block, Table):
            _add_table(word, block)
        else:
            paragraph = word.add_paragraph()
            paragraph.paragraph_format.keep_with_next = isinstance(following, Table)
            _fill(paragraph, block)


def _fill(paragraph: "Paragraph", words: Line) -> None:
    for run in words:
        added = paragraph.add_run(run.text)
        if run.kind == "quiet":
            added._r.style = QUIET  # noqa: SLF001 — by its name a style is looked for each time: four fifths of all
        elif run.kind in {"strong", "cited"}:
            added.bold = True


def _add_table(word: "Word", table: Table) -> None:
    """A table as wide as the text, whose head stands on every page."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    made = word.add_table(rows=0, cols=len(table.widths))
    made.style = "Table Grid" if table.heads else "Normal Table"
    if table.heads:
        made.alignment = WD_TABLE_ALIGNMENT.CENTER  # its lines at the edges of the text, not its words
    made.autofit = False
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Mm(WIDTH * width / 100)
    if table.heads:
        row = _add_row(made, [((Run(text=head),),) for head in table.heads], HEAD)
        row.get_or_add_trPr().append(_element("w:tblHeader"))
        for cell in row.tc_lst:
            cell.get_or_add_tcPr().append(_element("w:shd", val="clear", fill="F2F2F0"))
    for cells in table.rows:
        row = _add_row(made, cells, CELL if table.heads else FACT)
        if is_whole(cells):
            row.get_or_add_trPr().append(_element("w:cantSplit"))
    word.add_paragraph(style=GAP)


def _add_row(table: "WordTable", cells: Sequence[Cell], style: str) -> "CT_Row":
    from docx.text.paragraph import Paragraph

    untyped: Any = table
    row: CT_Row = untyped.add_row()._tr  # noqa: SLF001 — what the library has no words for is set on the element
    for cell, lines in zip(row.tc_lst, cells, strict=True):
        for number, words in enumerate(lines or ((),)):
            element = cell.add_p() if number else cell.p_lst[0]
            element.style = style
            _fill(Paragraph(element, table), words)
    return row


def _element(name: str, **attributes: str) -> "BaseOxmlElement":
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    return OxmlElement(name, {qn(f"w:{key}"): value for key, value in attributes.items()})
