"""The elements of a Word document as lines of text: paragraphs, tables, text boxes, fields, tracked changes.

Tracked changes are taken as accepted; hidden text and page numbers are left out.  Source of the element names:
ISO 29500-1 (WordprocessingML).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from corpus.formats.docx_numbering import Numbering, roman
from corpus.formats.docx_package import Element, W, find, is_on, local, value
from corpus.formats.docx_tables import is_ruled, seen_rows
from corpus.formats.layout import Cell, table_lines
from corpus.formats.raw import SYMBOL_FONTS, raise_marks, symbol_char

# Elements that stand for characters.  A soft hyphen is seen only where Word breaks the word: it is none of the text.
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
# Properties; deleted and moved-away text; the reading aid above a word.
_UNSEEN = frozenset({"pPr", "rPr", "sdtPr", "sectPr", "tblPr", "tblGrid", "del", "moveFrom", "rt"})
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_RAISED_ROMAN = str.maketrans("ivxlc", "ⁱᵛˣˡᶜ")


@dataclass(slots=True)
class _Field:
    """A field whose end is not reached: its instruction ("PAGE \\* MERGEFORMAT"), and whether its result has begun."""

    instruction: str = ""
    in_result: bool = False


@dataclass(slots=True, kw_only=True)
class Walk:
    """Turns the stories of one document into lines, and keeps what outlives a paragraph.

    `marks`: (kind, id) of each note that was referred to → its mark, in the order of the text.
    """

    numbering: Numbering
    styles: Mapping[str, Element]
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    warnings: set[str] = field(default_factory=set)
    _fields: list[_Field] = field(default_factory=list)
    _boxes: list[Element] = field(default_factory=list)
    _joined: str = ""

    def story(self, element: Element) -> list[str]:
        """The lines of a whole story (body, header, note); no field and no paragraph runs on beyond it."""
        lines = [*self._blocks(element)]
        lines.append(self._joined)
        self._joined = ""
        self._fields.clear()
        return lines

    def _blocks(self, container: Element) -> Iterator[str]:
        for child in container:
            match local(child):
                case "p":
                    yield from self._paragraph(child)
                case "tbl":
                    yield from self._table(child)
                case "AlternateContent":
                    yield from self._blocks(_preferred(child))
                case "altChunk":
                    self.warnings.add("a file that is embedded (altChunk) is not read: save the document anew in Word")
                case name if name not in _UNSEEN:
                    yield from self._blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        label = self.numbering.label(paragraph)
        text = "".join(self._inline(paragraph))
        boxes, self._boxes = self._boxes, []
        self._joined += label + text if text.strip() else text
        # A deleted paragraph mark joins the paragraph with the next one.
        if find(paragraph, "pPr/rPr/del") is None and find(paragraph, "pPr/rPr/moveFrom") is None:
            yield self._joined
            self._joined = ""
        for box in boxes:
            yield from self._blocks(box)

    def _table(self, table: Element) -> list[str]:
        rows = [
            [Cell(column=cell.column, lines=tuple(self._blocks(cell.element))) for cell in row]
            for row in seen_rows(table)
        ]
        return table_lines(rows, ruled=is_ruled(table, self.styles))

    def _inline(self, element: Element) -> Iterator[str]:
        """The characters of a paragraph or run, in pieces; text boxes are put aside for after the paragraph."""
        for child in element:
            match local(child):
                case "r":
                    yield self._run(child)
                case "fldChar" | "instrText":
                    self._turn_field(child)
                case "txbxContent":
                    self._boxes.append(child)
                case "AlternateContent":
                    yield from self._inline(_preferred(child))
                case name if name not in _UNSEEN and not _is_page_field(child.get(f"{W}instr", "")):
                    yield self._character(child)
                    yield from self._inline(child)

    def _run(self, run: Element) -> str:
        text = "".join(self._inline(run))
        if is_on(run, "rPr/vanish"):
            return ""
        return raise_marks(text) if value(run, "rPr/vertAlign") == "superscript" else text

    def _character(self, element: Element) -> str:
        if not all(open_field.in_result and not _is_page_field(open_field.instruction) for open_field in self._fields):
            return ""
        match local(element):
            case "t":
                return (element.text or "").replace("\n", " ")
            case "footnoteReference" | "endnoteReference":
                return self._mark(element)
            case "sym":
                return _symbol(element.get(f"{W}char", ""))
            case name:
                return _CHARACTERS.get(name, "")

    def _mark(self, reference: Element) -> str:
        """The mark of a note as Word prints it, raised: footnotes in digits, endnotes in Roman numbers.

        A mark of the author's own stands in the text and in the note: none is added.
        """
        kind = local(reference).removesuffix("Reference")
        key = (kind, reference.get(f"{W}id", ""))
        if key not in self.marks:
            number = 1 + sum(other == kind and mark != "" for (other, _), mark in self.marks.items())
            own = reference.get(f"{W}customMarkFollows", "0") not in {"0", "false", "off"}
            self.marks[key] = "" if own else _raised(number, kind)
        return self.marks[key]

    def _turn_field(self, element: Element) -> None:
        if local(element) == "instrText":
            if self._fields:
                self._fields[-1].instruction += element.text or ""
            return
        match element.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].in_result = True
            case "end" if self._fields:
                self._fields.pop()


def _preferred(alternatives: Element) -> Element:
    """The first of the forms in which the same content stands, for newer and older programs."""
    return alternatives[0] if len(alternatives) else alternatives


def _symbol(code: str) -> str:
    """A character that was put in from a table of symbols: its code in hexadecimal digits, "" where it is none."""
    try:
        number = int(code, 16)
        return symbol_char(number) if number in SYMBOL_FONTS else chr(number)
    except (ValueError, OverflowError):
        return ""


def _is_page_field(instruction: str) -> bool:
    return bool(_PAGE_FIELDS.intersection(instruction.upper().split()[:1]))


def _raised(number: int, kind: str) -> str:
    return raise_marks(str(number)) if kind == "footnote" else roman(number).translate(_RAISED_ROMAN)
