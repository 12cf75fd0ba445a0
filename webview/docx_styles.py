"""How a Word file looks: page, fonts and styles after Nghị định 30/2020/NĐ-CP, phụ lục I, mục I and II."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.section import Section
    from docx.styles.style import ParagraphStyle

# A4; 20-25 mm above and below, 30-35 left, 15-20 right.
_PAGE = {"page_width": 210, "page_height": 297, "top_margin": 20, "bottom_margin": 20}
_SIDES = {"left_margin": 30, "right_margin": 15, "header_distance": 10, "footer_distance": 10}
WIDTH = 210 - 30 - 15
"""The width between the margins, in mm."""
_FONT = "Times New Roman"
# 13 or 14 points; the tables of sentences, which are no running text, are set smaller.
_TEXT, _TITLE, _TABLE = 13, 14, 11
_QUIET_INK = "555555"
FACT, CELL, HEAD, QUIET, GAP = "Fact", "TableText", "TableHead", "Quiet", "AfterTable"
"""Names and ids of the styles of a paragraph in a table without lines, in one with lines and in its head, of words that
say where, and of the space after a table."""


def apply_layout(word: "Word", language: str) -> None:
    """Give a new Word file its page, its styles, and `language` ("vi-VN") for the speller."""
    _set_page(word.sections[0])
    _set_styles(word, language)


def _set_page(section: "Section") -> None:
    """The number of a page stands above it, in the middle, from the second on."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    for name, size in (_PAGE | _SIDES).items():
        setattr(section, name, Mm(size))
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)  # noqa: SLF001 — the library knows no fields


def _set_styles(word: "Word", language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import RGBColor

    styles: Any = word.styles
    for name in (FACT, CELL, HEAD, GAP):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    quiet = styles.add_style(QUIET, WD_STYLE_TYPE.CHARACTER)
    quiet.font.color.rgb = RGBColor.from_string(_QUIET_INK)
    _set(styles["Normal"], _TEXT, after=6, align=ALIGN.JUSTIFY)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    _set(styles["Title"], _TITLE, after=6, align=ALIGN.CENTER, bold=True)
    _set(styles["Heading 1"], _TITLE, after=0, align=ALIGN.CENTER, bold=True)
    _set(styles["Subtitle"], _TITLE, after=6, align=ALIGN.CENTER, bold=True)
    _set(styles["Heading 2"], _TEXT, before=12, after=6, align=ALIGN.LEFT, bold=True)
    _set(styles[FACT], _TEXT, after=2, align=ALIGN.LEFT)
    _set(styles[CELL], _TABLE, before=1, after=2, align=ALIGN.LEFT)
    _set(styles[HEAD], _TABLE, before=2, after=2, align=ALIGN.CENTER, bold=True)
    styles[CELL].paragraph_format.keep_together = True
    styles[HEAD].paragraph_format.keep_with_next = True
    _set(styles[GAP], 6, after=0, align=ALIGN.LEFT)
    _set(styles["Header"], _TEXT, after=0, align=ALIGN.CENTER)
    _set_language(styles, language)


def _set(style: "ParagraphStyle", size: int, *, after: int, align: Any, before: int = 0, bold: bool = False) -> None:
    """One style: points of type and of space, and the font for all letters, without what the template had."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    fonts = properties.get_or_add_rFonts()
    for letters in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{letters}"), _FONT)
    style.font.size, style.font.bold = Pt(size), bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    paragraph = style.element.get_or_add_pPr()
    for border in paragraph.findall(qn("w:pBdr")):
        paragraph.remove(border)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing, style.paragraph_format.alignment = 1, align


def _set_language(styles: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    said = OxmlElement("w:lang")
    for letters in ("val", "eastAsia"):
        said.set(qn(f"w:{letters}"), language)
    properties = styles["Normal"].element.get_or_add_rPr()
    properties.append(said)
