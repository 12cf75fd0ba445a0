"""What the tables of hard cases share: the report in whose words they are read, and how its reading is asked."""

from dataclasses import replace

from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations
from graph.model import Citation, Cited, Reading

HEADER = Header(
    type="Báo cáo",
    issuer="Ủy ban nhân dân huyện Phước Lâm",
    unit="huyện Phước Lâm",
    parent_unit="tỉnh Sơn Hà",
    province="tỉnh Sơn Hà",
    date="2023-08-14",
)


def read(text: str, header: Header = HEADER) -> Reading:
    """What `text` cites as part of a report with that header."""
    return find_citations(replace(report_of(text, file="x"), header=header))


def pairs(text: str) -> list[tuple[Citation, Cited]]:
    """Each citation with its document, in the order of the text."""
    reading = read(text)
    return [(c, reading.cited[c.cited]) for c in reading.citations]


def only(text: str) -> tuple[Citation, Cited]:
    """The only citation of `text`."""
    (pair,) = pairs(text)
    return pair


def numbers(reading: Reading) -> list[str]:
    """The numbers of the documents that are cited."""
    return [c.instrument.canonical for c in reading.cited if not c.own]
