"""PDF documents with a text layer: page after page, in paragraphs; footnotes at the end.

PDFium is not safe for threads: read PDFs in one thread, or in processes.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from corpus.errors import ReadError
from corpus.formats.pdf_glyphs import UNREADABLE, PrintedPage, read_page
from corpus.formats.pdf_pages import pages_text
from corpus.formats.raw import RawText, expect_format, read_bytes, require_text, tidy_lines

_OCR = "run text recognition (OCR) on it first"
# Acrobat and PDFium find the beginning of a PDF within its first 1024 bytes.
_HEADER_WITHIN = 1024
# With more characters unreadable than this nobody can search the text; with fewer, a warning will do.
_MAX_UNREADABLE = 0.3


def read(path: Path) -> RawText:
    """The text of a PDF; pages are parted by a blank line, and printed lines joined to paragraphs.

    Raises ReadError where the file is damaged, protected by a password, or a scan without text.
    """
    from pypdfium2.version import PYPDFIUM_INFO

    data = read_bytes(path)
    start = data.find(b"%PDF-", 0, _HEADER_WITHIN)
    expect_format(path, data[max(start, 0) :], signature=b"%PDF-")
    with closing(_open(path, data)) as document:
        pages, damaged = _read_pages(document)
    warnings = [*_page_warnings("damaged", damaged), *_text_warnings(path, pages)]
    text = tidy_lines(pages_text([page for page in pages.values() if not page.is_scan]))
    return RawText(
        text=require_text(path, text, _OCR),
        extractor=f"pdf (pypdfium2 {PYPDFIUM_INFO.version})",
        warnings=tuple(warnings),
    )


def _open(path: Path, data: bytes) -> Any:
    import pypdfium2
    from pypdfium2 import raw as pdfium

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise ReadError(f"'{path}' is protected by a password", "save it without one") from error
        raise ReadError(f"'{path}' is damaged: {error}", "copy it again from where it came") from error


def _read_pages(document: Any) -> tuple[dict[int, PrintedPage], list[int]]:
    """The pages of an open document by their numbers (from 1), and the numbers of those that are damaged."""
    import pypdfium2

    pages, damaged = {}, []
    for number in range(1, len(document) + 1):
        try:
            with closing(document[number - 1]) as page:
                pages[number] = read_page(page)
        except pypdfium2.PdfiumError:
            damaged.append(number)
    return pages, damaged


def _text_warnings(path: Path, pages: dict[int, PrintedPage]) -> Iterator[str]:
    """What is lost of the text; raises ReadError where most of it is."""
    glyphs = [glyph for page in pages.values() for glyph in page.glyphs]
    unreadable = sum(glyph.char == UNREADABLE for glyph in glyphs)
    if unreadable > _MAX_UNREADABLE * len(glyphs):
        raise ReadError(f"'{path}': its fonts do not say which letters they show", _OCR)
    if unreadable:
        yield f"{unreadable} characters are unreadable: '{UNREADABLE}' stands in their place"
    yield from _page_warnings("a scan without text", [number for number, page in pages.items() if page.is_scan])


def _page_warnings(what: str, numbers: Sequence[int]) -> Iterable[str]:
    return [f"not read, because {what}: page {', '.join(map(str, numbers))}"] if numbers else []
