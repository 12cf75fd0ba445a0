"""Word documents (.docx): the body, what stands in the margins of its pages, and its notes.

Source of the element names: ISO 29500-1 (WordprocessingML).
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import ReadError
from corpus.formats.docx_numbering import read_numbering
from corpus.formats.docx_package import Element, Package, R, W, is_on, open_package
from corpus.formats.docx_walk import Walk
from corpus.formats.raw import RawText, expect_format, read_bytes, require_text, tidy_lines

_SINGLE_PARTS = frozenset({"styles", "numbering", "settings", "footnotes", "endnotes"})
# What a header says round its page number ("Trang 3/10", "- 3 -"): nothing, once the number is left out.
_PAGE_NUMBER_REST = re.compile(r"\W*(?:trang|page)?\W*", re.IGNORECASE)


def read(path: Path) -> RawText:
    """The text of a .docx: header of the first page, body, other headers, footers, then the notes with their marks.

    Raises ReadError where the file is damaged, hostile, protected, no Word document, or without text.
    """
    data = read_bytes(path)
    expect_format(path, data, signature=b"PK")
    package = open_package(path, data)
    main = _main_part(package)
    related = package.related(main)
    parts = {kind: package.tree(name) for kind, name in related.values() if kind in _SINGLE_PARTS}
    styles = {style.get(f"{W}styleId"): style for style in parts.get("styles", ())}
    walk = Walk(numbering=read_numbering(parts.get("numbering"), styles), styles=styles)
    document = package.tree(main)
    above, below = _margins(document, even_pages_differ=is_on(parts.get("settings"), "evenAndOddHeaders"))
    top, body, bottom = (
        [line for story in stories for line in walk.story(story)]
        for stories in (_stories(package, related, above), [document], _stories(package, related, below))
    )
    sections = (_without_page_numbers(top), body, _without_page_numbers(bottom), _note_lines(walk, parts))
    text = tidy_lines("\n\n".join("\n".join(lines) for lines in sections))
    return RawText(
        text=require_text(path, text, "if it holds pictures of pages, run text recognition (OCR) on it first"),
        extractor="docx",
        warnings=tuple(sorted(walk.warnings)),
    )


def _main_part(package: Package) -> str:
    """The part that holds the body; usually word/document.xml, but the package says."""
    for kind, name in package.related("").values():
        if kind == "officeDocument":
            return name
    raise ReadError(f"'{package.path}' is no Word document", "open it in the program that wrote it, save it as .docx")


def _margins(document: Element, *, even_pages_differ: bool) -> tuple[list[str], list[str]]:
    """The ids of the headers and footers that are seen: what stands above the first page's text, and all others."""
    above: list[str] = []
    below: list[str] = []
    for number, section in enumerate(document.iter(f"{W}sectPr")):
        first_differs = is_on(section, "titlePg")
        seen = {"default"} | ({"first"} if first_differs else set()) | ({"even"} if even_pages_differ else set())
        for name in ("headerReference", "footerReference"):
            for reference in section.iterchildren(f"{W}{name}"):
                pages = reference.get(f"{W}type", "default")
                opens = name == "headerReference" and number == 0 and pages == ("first" if first_differs else "default")
                if pages in seen:
                    (above if opens else below).append(reference.get(f"{R}id", ""))
    return above, below


def _stories(package: Package, related: dict[str, tuple[str, str]], ids: Iterable[str]) -> Iterator[Element]:
    """The header and footer parts with these ids, each once."""
    for name in dict.fromkeys(related[part_id][1] for part_id in ids if part_id in related):
        yield package.tree(name)


def _without_page_numbers(lines: Iterable[str]) -> list[str]:
    """The lines of headers and footers that say something, each once."""
    return [line for line in dict.fromkeys(lines) if not _PAGE_NUMBER_REST.fullmatch(line)]


def _note_lines(walk: Walk, parts: dict[str, Element]) -> list[str]:
    """The notes that the text refers to, in that order: "¹ …"."""
    notes = {
        (kind, note.get(f"{W}id", "")): note for kind in ("footnote", "endnote") for note in parts.get(f"{kind}s", ())
    }
    lines = []
    for key, mark in list(walk.marks.items()):
        if key in notes:
            text = "\n".join(walk.story(notes[key])).strip()
            lines.append(f"{mark} {text}".strip())
    return lines
