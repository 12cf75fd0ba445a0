"""Web pages (.html): blocks and table cells become lines, as a browser would show them."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import ReadError
from corpus.formats.layout import Cell, table_lines
from corpus.formats.raw import RawText, expect_format, raise_marks, read_bytes, require_text, tidy_lines
from corpus.formats.text import Decoded, decode, decode_as

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# HTML Living Standard, 15.3 (rendering): elements that begin and end a line; those that show no text of the page.
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_UNSEEN = frozenset(
    "audio button canvas datalist head iframe math noscript object script select style svg template textarea "
    "video -comment".split()
)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_VERTICAL_RULE = re.compile(
    r"border(?:-left|-right)?\s*:(?!\s*(?:none|hidden|medium\s+none|0(?![.\d])))", re.IGNORECASE
)
# Python knows codecs that are no encodings of a page (base64, idna).
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*((?:windows-|cp)125\d|iso-8859-\d+|utf-8)\b", re.IGNORECASE
)
_CHARSET_WITHIN = 4096  # browsers look at the first 1024 bytes; Word writes long style sheets first


# The parser takes time with the square of the depth: 1.6 s at 20,000, 5.5 s at 40,000; no page of an office has 200.
_DEEPEST = 20_000
_NESTING = re.compile(r"<(/?)(?:div|span|table|section|blockquote|ul|ol|b|i|u|em|strong|font|a)\b", re.IGNORECASE)


def _require_flat(path: Path, html: str) -> None:
    depth = 0
    for tag in _NESTING.finditer(html):
        depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > _DEEPEST:
            raise ReadError(f"'{path}' is nested more than {_DEEPEST} deep", "it is no document: leave it out")


def read(path: Path) -> RawText:
    """The text of a web page; raises ReadError where the bytes are no text, or show none."""
    import selectolax
    from selectolax.lexbor import LexborHTMLParser

    data = read_bytes(path)
    expect_format(path, data, signature=None)
    decoded = _decode(path, data)
    _require_flat(path, decoded.text)
    page = _Page()
    for node, opens in _walk(LexborHTMLParser(decoded.text).root):
        if opens:
            page.open(node)
        else:
            page.close(node)
    return RawText(
        text=require_text(
            path, tidy_lines("\n".join(page.finish())), "open it in a browser: it may load its text later"
        ),
        extractor=f"html (selectolax {selectolax.__version__})",
        warnings=decoded.warnings,
    )


def _decode(path: Path, data: bytes) -> Decoded:
    """As `text.decode`, but what the page says of itself goes before what the bytes look like."""
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            try:
                codec = codecs.lookup(declared[1].decode("ascii"))
                return decode_as(path, data, codec.name)
            except LookupError:
                pass
    return decode(path, data)


def _walk(root: "LexborNode | None") -> Iterator[tuple["LexborNode", bool]]:
    """(node, True) where a node begins and (node, False) where it ends; without recursion, since pages nest deeply."""
    node, depth = root, 0
    while node is not None:
        seen = not _is_hidden(node)
        if seen:
            yield node, True
            if node.child is not None:
                node, depth = node.child, depth + 1
                continue
            yield node, False
        while node is not None and node.next is None and depth > 0:
            node, depth = node.parent, depth - 1
            if node is not None:
                yield node, False
        node = node.next if node is not None and depth > 0 else None


def _is_hidden(node: "LexborNode") -> bool:
    if node.tag in _UNSEEN:
        return True
    attributes = node.attributes if node.is_element_node else {}
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


@dataclass(slots=True)
class _Table:
    """A table whose end is not reached."""

    ruled: bool
    rows: list[list[Cell]] = field(default_factory=list)
    next_column: int = 0


@dataclass(slots=True)
class _Page:
    """Takes the nodes of a page in order and gives its lines."""

    _lines: list[list[str]] = field(default_factory=lambda: [[""]])
    _tables: list[_Table] = field(default_factory=list)
    _numbers: list[int | None] = field(default_factory=list)
    _raised: int = 0
    _verbatim: int = 0

    def open(self, node: "LexborNode") -> None:
        """Take the beginning of a node."""
        tag = node.tag or ""
        if tag == "-text":
            self._add(node.text_content or "")
        elif tag == "br" or tag in _BLOCKS:
            self._break()
        match tag:
            case "sup":
                self._raised += 1
            case "pre":
                self._verbatim += 1
            case "ol" | "ul":
                self._numbers.append(_whole(node.attributes.get("start"), 1) if tag == "ol" else None)
            case "li":
                self._add(self._next_label())
            case "table":
                self._tables.append(_Table(ruled=_draws_rule(node)))
            case "tr" if self._tables:
                self._tables[-1].rows.append([])
                self._tables[-1].next_column = 0
            case "td" | "th" if self._tables:
                self._tables[-1].ruled |= _draws_rule(node)
                self._lines.append([""])

    def close(self, node: "LexborNode") -> None:
        """Take the end of a node."""
        tag = node.tag or ""
        match tag:
            case "sup":
                self._raised -= 1
            case "pre":
                self._verbatim -= 1
            case "ol" | "ul":
                self._numbers.pop()
            case "td" | "th" if self._tables:
                self._close_cell(_whole(node.attributes.get("colspan"), 1))
            case "table":
                table = self._tables.pop()
                self._break()
                self._lines[-1][-1:] = [*table_lines(table.rows, ruled=table.ruled), ""]
        if tag in _BLOCKS:
            self._break()

    def finish(self) -> list[str]:
        """The lines of the page, after its last node."""
        self._break()
        return self._lines[0]

    def _add(self, text: str) -> None:
        if self._raised:
            text = raise_marks(text)
        if self._verbatim:
            first, *others = text.split("\n")
            self._lines[-1][-1] += first
            self._lines[-1] += others
            return
        line = self._lines[-1][-1]
        text = _BLANKS.sub(" ", text)
        self._lines[-1][-1] = line + (text.lstrip(" ") if line == "" or line.endswith(" ") else text)

    def _break(self) -> None:
        if self._lines[-1][-1]:
            self._lines[-1].append("")

    def _next_label(self) -> str:
        """The number of a list item, or its bullet."""
        if not self._numbers or self._numbers[-1] is None:
            return "• "
        self._numbers[-1] += 1
        return f"{self._numbers[-1] - 1}. "

    def _close_cell(self, span: int) -> None:
        self._break()
        table = self._tables[-1]
        table.rows[-1].append(Cell(column=table.next_column, lines=tuple(self._lines.pop()[:-1])))
        table.next_column += span


def _draws_rule(node: "LexborNode") -> bool:
    """Whether a table or cell has vertical rules, as far as the page itself (not its style sheet) says."""
    rules = _whole(node.attributes.get("border"), 0) > 0
    return rules or bool(_VERTICAL_RULE.search(node.attributes.get("style") or ""))


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else default
