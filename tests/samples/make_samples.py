"""Write the sample documents of `reports/` from `sources/`: .txt, .html, .docx, and .pdf where LibreOffice is there.

    python tests/samples/make_samples.py [FOLDER]      FOLDER: where to write; `reports` beside this file if left out

A source is a head in TOML between two lines "+++" (README.md lists its keys) and blocks parted by empty lines:
"# " the type, "## " the subject, "### " a heading, "| " the rows of a table, "[^1]: " a footnote, else a paragraph.
"[^1]" refers to a footnote; "<<page>>" breaks the page.
"""

import html
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import tomllib
import unicodedata
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE_BREAK = "<<page>>"
MARKS = {"# ": "type", "## ": "subject", "### ": "heading", "| ": "table"}
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
WORD_FONT = "Times New Roman"
# Of the same widths, free, and with all Vietnamese letters (Debian: fonts-croscore). A font that lacks some makes
# LibreOffice mix two fonts within words, and such words cannot be read back from the PDF.
PDF_FONT = "Tinos"
LETTERHEAD_COLUMNS = (3640, 6000)  # twentieths of a point; together the width between the margins


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sample before it is written: the keys of its head, its blocks (kind, text) and its footnotes by number."""

    head: dict[str, Any]
    blocks: list[tuple[str, str]]
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def left(self) -> list[str]:
        """The lines of the left column of the letterhead."""
        about = self.head.get("about")
        return [*self.head["left"], self.head["number"], *([about] if about else [])]

    @property
    def right(self) -> list[str]:
        """The lines of the right column of the letterhead."""
        return [*self.head["right"], self.head["place"]]

    @property
    def recipients(self) -> list[str]:
        """The lines under the text on the left."""
        return [
            "Nơi nhận:",
            *(f"- {name};" for name in self.head["recipients"][:-1]),
            f"- {self.head['recipients'][-1]}.",
        ]

    @property
    def signature(self) -> list[str]:
        """The lines under the text on the right."""
        return [*self.head["sign"], "", self.head["signer"]]


def read_source(path: Path) -> Source:
    """The source in the file `path`."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    blocks, notes = [], {}
    for block in re.split(r"\n\n+|\n(?=\[\^)", body.strip()):
        if note := re.match(r"\[\^(\d+)\]: (.*)", block):
            notes[note[1]] = note[2]
            continue
        mark = next((mark for mark in MARKS if block.startswith(mark)), "")
        kind = MARKS.get(mark, "paragraph")
        blocks.append((kind, block if kind == "table" else block.removeprefix(mark)))
    return Source(head=tomllib.loads(head), blocks=blocks, notes=notes)


def cells(table: str) -> list[list[str]]:
    """The rows of a block "| a | b |"."""
    return [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in table.splitlines()]


def write_txt(source: Source) -> bytes:
    """Plain text: one line a paragraph, or lines of `wrap` characters as a PDF reader leaves them."""
    head = source.head
    if head.get("letterhead") == "columns":
        lines = max(len(source.left), len(source.right))
        left, right = (side + [""] * (lines - len(side)) for side in (source.left, source.right))
        top = [f"{a:<44}{b}".rstrip() for a, b in zip(left, right, strict=True)]
    else:
        top = [*source.left, "", *source.right]
    paragraphs = [text.replace(PAGE_BREAK, "\n\n") for _, text in source.blocks]
    if wrap := head.get("wrap"):
        paragraphs = [textwrap.fill(text, wrap, break_on_hyphens=False) for text in paragraphs]
    ending = ["\n".join(source.recipients), "\n".join(source.signature)]
    text = "\n\n".join(["\n".join(top), *paragraphs, *ending]) + "\n"
    return unicodedata.normalize(head.get("unicode", "NFC"), text).encode()


def html_lines(lines: list[str]) -> str:
    """Lines of a cell."""
    return "<br>\n".join(html.escape(line) or "&nbsp;" for line in lines)


def write_html(source: Source) -> bytes:
    """A page of a portal, with its menu and footer, or a page that Word saved: `page` in the head says which."""
    table = '<table width="100%"><tr><td align="center">{}</td><td align="center">{}</td></tr></table>'
    parts = [table.format(html_lines(source.left), html_lines(source.right))]
    tags = {"type": "<h1>{}</h1>", "subject": "<h2>{}</h2>", "heading": "<p><b>{}</b></p>", "paragraph": "<p>{}</p>"}
    for kind, text in source.blocks:
        if kind == "table":
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in cells(text))
            parts.append('<table border="1">' + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            parts.append(tags[kind].format(html.escape(text)))
    parts.append(table.format(html_lines(source.recipients), html_lines(source.signature)))
    frame = (HERE / "html_parts" / f"{source.head['page']}.html").read_text(encoding="utf-8")
    title = html.escape(" - ".join(text for kind, text in source.blocks if kind in {"type", "subject"}))
    return frame.replace("{title}", title).replace("{body}", "\n".join(parts)).encode()


def word_runs(text: str) -> str:
    """WordprocessingML runs of a text; cut after "/", as Word's proofing cuts numbers, for readers must join them."""
    runs = []
    for piece in re.split(r"(?<=/)|(\[\^\d*\]|<<page>>)", text):
        if piece == PAGE_BREAK:
            runs.append('<w:r><w:br w:type="page"/></w:r>')
        elif piece and piece.startswith("[^"):  # "[^]" stands for the footnote's own number, before its text
            number = f'<w:footnoteReference w:id="{piece[2:-1]}"/>' if piece[2:-1] else "<w:footnoteRef/>"
            runs.append(f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{number}</w:r>')
        elif piece:
            runs.append(f'<w:r><w:t xml:space="preserve">{html.escape(piece, quote=False)}</w:t></w:r>')
    return "".join(runs)


def word_paragraph(style: str, text: str) -> str:
    """One paragraph in a style of `docx_parts/word/styles.xml`."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{word_runs(text)}</w:p>'


def word_lines(style: str, lines: list[str]) -> str:
    """A paragraph for each line."""
    return "".join(word_paragraph(style, line) for line in lines)


def word_table(rows: list[list[str]], widths: tuple[int, ...], *, lines: bool) -> str:
    """A table whose cells hold paragraphs already made."""
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    drawn = "".join(f'<w:{edge} w:val="single" w:sz="4"/>' for edge in edges) if lines else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(row, widths, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{drawn}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def word_body(source: Source) -> str:
    """The content of word/document.xml."""
    styles = {"type": "Title", "subject": "Subtitle", "heading": "Heading1", "paragraph": "Body"}
    top = [word_lines("Letterhead", source.left), word_lines("Letterhead", source.right)]
    parts = [word_table([top], LETTERHEAD_COLUMNS, lines=False)]
    for kind, text in source.blocks:
        if kind == "table":
            rows = cells(text)
            widths = (sum(LETTERHEAD_COLUMNS) // len(rows[0]),) * len(rows[0])
            made = [[word_paragraph("Small", cell) for cell in row] for row in rows]
            parts.append(word_table(made, widths, lines=True))
        else:
            parts.append(word_paragraph(styles[kind], text))
    parts.append(word_paragraph("Body", ""))
    signed = [word_lines("Small", source.recipients), word_lines("Centre", source.signature)]
    parts.append(word_table([signed], LETTERHEAD_COLUMNS, lines=False))
    return "".join(parts)


def word_parts(source: Source) -> dict[str, str]:
    """The parts of the .docx that differ from sample to sample: name -> XML."""
    page = '<w:fldSimple w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>' if source.head.get("header") else ""
    notes = "".join(
        f'<w:footnote w:id="{n}">{word_paragraph("FootnoteText", "[^] " + text)}</w:footnote>'
        for n, text in source.notes.items()
    )
    separators = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote>"
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1418" '
        'w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    title = html.escape(source.blocks[0][1], quote=False)
    return {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{word_body(source)}{section}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{separators}{notes}</w:footnotes>",
        "word/header1.xml": f'<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Centre"/></w:pPr>{page}</w:p></w:hdr>',
        "word/footer1.xml": f"<w:ftr {NAMESPACES}>{word_paragraph('Small', source.head.get('footer', ''))}</w:ftr>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></cp:coreProperties>",
    }


def write_docx(source: Source, font: str = WORD_FONT) -> bytes:
    """A Word file with a letterhead table, tables, footnotes, header and footer; the same bytes each time."""
    root = HERE / "docx_parts"
    files = (path for path in root.rglob("*") if path.is_file())
    parts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}
    xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts |= {name: xml + text for name, text in word_parts(source).items()}
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(WORD_FONT, font)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts):  # "[Content_Types].xml" comes first, as Word wants it
            archive.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def write_pdf(source: Source) -> bytes | None:
    """What LibreOffice prints of the Word file, without the time of printing; None where it or its font is missing."""
    office = shutil.which("soffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder, "sample.docx")
        word.write_bytes(write_docx(source, font=PDF_FONT))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(word)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        made = word.with_suffix(".pdf").read_bytes()
    if PDF_FONT.encode() not in made:
        return None
    made = re.sub(rb"/CreationDate\(D:\d{14}", b"/CreationDate(D:20250101000000", made)
    body, trailer = made.rsplit(b"trailer", 1)
    return body + b"trailer" + re.sub(rb"[0-9A-F]{32}", b"0" * 32, trailer)  # the id and the checksum


WRITERS = {".txt": write_txt, ".html": write_html, ".docx": write_docx, ".pdf": write_pdf}


def main() -> None:
    """Write every sample."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "reports"
    for path in sorted((HERE / "sources").glob("*.md")):
        source = read_source(path)
        target = folder / source.head["file"]
        made = WRITERS[target.suffix](source)
        if made is None:
            sys.stderr.write(f"{target}: not written; needs LibreOffice (soffice) and the font {PDF_FONT}\n")
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made)


if __name__ == "__main__":
    main()
