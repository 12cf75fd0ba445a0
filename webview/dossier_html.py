"""A document as a page: one file, complete in itself, for the screen and for paper."""

from corpus.tables import read_table
from webview.document import Document, Table, is_whole
from webview.page import policy, static, template


def html_of(document: Document) -> str:
    """The text of a page, to be written as UTF-8; whatever a text holds, it never becomes markup."""
    css = static("dossier.css") + _width_rules(document)
    return template("dossier.html").render(
        lang=document.lang,
        words=read_table("webview", "dossier")[document.lang],
        title=document.title,
        document=document,
        is_whole=is_whole,
        css=css,
        policy=policy((), css),
    )


def _width_rules(document: Document) -> str:
    """A rule for each width of a column: the policy allows no style that stands in a tag."""
    sections = [*(section for part in document.parts for section in part.sections), document.about]
    tables = [block for section in sections for block in section.blocks if isinstance(block, Table)]
    widths = sorted({width for table in tables for width in table.widths})
    return "".join(f".w{width} {{ width: {width}%; }}\n" for width in widths)
