"""The headings of a report: what its sections are about."""

import re

from corpus.model import Span

# Of 36 real reports all but two headings of sections are shorter, and items of lists that end openly are longer.
_LONGEST = 160
_HEADING = re.compile(
    r"""^[ \t]*
      (?: (?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:thứ\s+\w+|[IVXLC]+|\d{1,2}|[A-Z])\b
      | [IVXLC]{1,6}[.)/] | [A-ZĐ][.)] | \d{1,2}(?:\.\d{1,2}){0,3}[.)]? | [a-zđ]\) )
    [ \t]+(?P<title>\S.*)$""",
    re.MULTILINE | re.VERBOSE,
)
_NEXT = re.compile(r"\s*(?P<first>\S)")


def headings(text: str) -> tuple[Span, ...]:
    """The lines of `text` that open a section with a number or a letter, in order, without it.

    A line that ends as a sentence or goes on in the next line is an item of a list.

    >>> text = "I. Kết quả\\n1. Tuyên truyền\\n2. Tổ chức hội nghị.\\n"
    >>> [span.of(text) for span in headings(text)]
    ['Kết quả', 'Tuyên truyền']
    """
    found = []
    for match in _HEADING.finditer(text):
        title = match["title"].rstrip()
        next_line = _NEXT.match(text, match.end())
        goes_on = title[-1] in ".;,…" or (next_line is not None and next_line["first"].islower())
        if len(title) <= _LONGEST and not goes_on:
            start = match.start("title")
            found.append(Span(start, start + len(title)))
    return tuple(found)
