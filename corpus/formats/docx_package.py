"""The zip package a .docx is: its parts as XML trees, read so that a hostile file can do no harm."""

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from corpus.errors import ReadError

Element = Any  # lxml has no types of its own

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# "Strict" Open XML (ISO 29500-1) is the same language under other names.
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
# A report of 500 pages has parts of some 20 MB, packed 10 to 40 times; deflate packs zeros 1000 times.
_MAX_PART_BYTES = 100_000_000
_MAX_RATIO = 200
_RATIO_APPLIES_FROM = 10_000_000
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parts of one .docx by their names in the zip ("word/document.xml")."""

    path: Path
    zip: zipfile.ZipFile

    def tree(self, name: str) -> Element:
        """The XML tree of a part; raises ReadError where it is missing, broken, too large or has a DTD."""
        from lxml import etree

        data = self._bytes(name)
        for strict, common in _STRICT_NAMES:
            data = data.replace(strict, common)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged(f"{name}: {error.msg}") from error
        if root.getroottree().docinfo.internalDTD is not None:  # ISO 29500-2 forbids DTDs, which can name other files
            raise ReadError(f"'{self.path}': {name} has a DTD, which no Word file has", "do not trust this file")
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What the part `name` refers to ("" for the package itself): id → (kind, part name); external ones left out.

        The kind is the last step of the relationship's type ("header", "footnotes").
        """
        folder, base = posixpath.split(name)
        listing = posixpath.join(folder, "_rels", f"{base}.rels")
        if listing not in self.zip.namelist():
            return {}
        return {
            entry.get("Id", ""): (
                entry.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, entry.get("Target", "")))[1:],
            )
            for entry in self.tree(listing)
            if entry.get("TargetMode") != "External"
        }

    def _bytes(self, name: str) -> bytes:
        try:
            info = self.zip.getinfo(name)
            with self.zip.open(info) as part:
                data = part.read(_MAX_PART_BYTES + 1)
        except KeyError as error:
            raise self._damaged(f"it has no {name}") from error
        except _ZIP_FAULTS as error:
            raise self._damaged(f"{name}: {error}") from error
        too_dense = len(data) > _RATIO_APPLIES_FROM and len(data) > _MAX_RATIO * info.compress_size
        if len(data) > _MAX_PART_BYTES or too_dense:
            raise ReadError(
                f"'{self.path}': {name} unpacks to {len(data) // 1_000_000} MB or more, as a zip bomb does",
                "do not trust this file; if you do, save it in parts",
            )
        return data

    def _damaged(self, what: str) -> ReadError:
        return ReadError(f"'{self.path}' is damaged or no Word file: {what}", "open it in Word and save it again")


def open_package(path: Path, data: bytes) -> Package:
    """The package in `data`; raises ReadError where it is no zip."""
    try:
        return Package(path=path, zip=zipfile.ZipFile(BytesIO(data)))
    except _ZIP_FAULTS as error:
        raise ReadError(f"'{path}' is damaged: {error}", "copy it again from where it came") from error


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for what is no element (an entity that is not resolved)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Element | None, path: str) -> str | None:
    """The w:val of the descendant at `path` ("w:pPr/w:pStyle" as "pPr/pStyle"), None where there is none."""
    found = find(element, path)
    return None if found is None else found.get(f"{W}val")


def find(element: Element | None, path: str) -> Element | None:
    """The descendant at `path` of WordprocessingML names ("tblPr/tblBorders"), None where there is none."""
    return None if element is None else element.find("/".join(W + step for step in path.split("/")))


def is_on(element: Element | None, path: str) -> bool:
    """Whether the on/off property at `path` is there and not switched off."""
    found = find(element, path)
    return found is not None and found.get(f"{W}val") not in {"0", "false", "off"}
