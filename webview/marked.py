"""Reports as one page for people: each text with its citations marked, and below it the instruments that it cites."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from corpus.dates import format_date
from corpus.model import Report
from corpus.tables import read_table
from graph.filing import card_of
from graph.model import Citation, Cited, Link, Named, Reading, Refused
from webview.annotate import Mark, annotate
from webview.ego import plain_text
from webview.page import policy, static, template
from webview.terminal import DOUBT

if TYPE_CHECKING:
    from markupsafe import Markup

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """How a relation looks: the CSS class of its marks, and its word in the language of the page."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A place in the text: the id of its link, its 1-based line, and whether it may mean another instrument too."""

    id: str
    line: int
    unsure: bool = False
    locator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An instrument that a text cites, with the places that do, by relation."""

    id: str
    cited: Cited
    date: str
    uses: tuple[tuple[_Style, tuple[_Place, ...]], ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """An instrument that a text names without a number, with the places that do."""

    id: str
    name: str
    instrument: str | None
    draft: bool
    places: tuple[_Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """A link between two entries, as a sentence of the text states it."""

    source: str
    source_id: str
    relation: str
    target: str
    target_id: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One report of the page; `id` is the prefix of all ids in it."""

    id: str
    kind: str
    title: str
    owner: str
    date: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    text: "Markup"
    count: int
    entries: tuple[_Entry, ...]
    names: tuple[_Name, ...]
    links: tuple[_Stated, ...]
    refused: tuple[Refused, ...]


def marked_html(readings: Sequence[tuple[Report, Reading]], *, lang: str = "vi") -> str:
    """One HTML page, complete in itself, to be written as UTF-8; `lang` ("vi", "en") is that of its own words."""
    words = read_table("webview", "cites")[lang]
    sheets = [_Reader(report, reading, f"r{n}", lang).sheet() for n, (report, reading) in enumerate(readings, 1)]
    counts: Counter[str] = Counter(c.relation for _, reading in readings for c in reading.citations)
    css = static("cites.css") + _relation_rules()
    return template("cites.html").render(
        lang=lang,
        words=words,
        sheets=sheets,
        title=sheets[0].title if len(sheets) == 1 else words["many"].format(n=len(sheets)),
        legend=[(style, counts[relation]) for relation, style in _styles(lang).items() if counts[relation]],
        named=sum(len(reading.named) for _, reading in readings),
        unsure=any(c.confidence <= DOUBT for _, reading in readings for c in reading.citations),
        css=css,
        policy=policy((), css),
    )


class _Reader:
    """Makes the sheet of one report."""

    def __init__(self, report: Report, reading: Reading, prefix: str, lang: str) -> None:
        self._report = report
        self._reading = reading
        self._prefix = prefix
        self._words: Words = read_table("webview", "cites")[lang]
        self._styles = _styles(lang)
        keys = dict.fromkeys(_key(named) for named in reading.named)
        self._name_ids = {key: f"{prefix}-n{n}" for n, key in enumerate(keys, 1)}

    def sheet(self) -> _Sheet:
        report, reading = self._report, self._reading
        card = card_of(report)
        return _Sheet(
            id=self._prefix,
            kind=" ".join(part for part in (card.type or self._words["untitled"], card.number) if part),
            title=plain_text(card.title or card.type or report.file),
            owner=plain_text(card.owner),
            date=format_date(card.date) if card.date else "",
            facts=tuple((self._words[name], plain_text(value)) for name, value in self._facts() if value),
            warnings=report.warnings,
            text=annotate(report.text, chain(self._citation_marks(), self._named_marks()), prefix=f"{self._prefix}-"),
            count=len(reading.citations),
            entries=tuple(self._entries()),
            names=tuple(self._names()),
            links=tuple(map(self._stated, reading.links)),
            refused=reading.refused,
        )

    def _facts(self) -> Iterator[tuple[str, str | None]]:
        """(key of the words, value) of what the report says of itself."""
        header, card = self._report.header, card_of(self._report)
        yield "number", card.number
        yield "date", format_date(header.date) if header.date else None
        yield "issuer", header.issuer
        yield "unit", ", ".join(part for part in (header.unit, header.parent_unit) if part)
        yield "period", header.period
        yield "addressee", "; ".join(header.addressee)
        yield "signer", ", ".join(part for part in (header.signer, header.signer_title) if part)
        yield "file", self._report.file

    def _citation_marks(self) -> Iterator[Mark]:
        for n, place in enumerate(self._reading.citations):
            unsure = " unsure" if place.confidence <= DOUBT else ""
            yield Mark(
                start=place.start,
                end=place.end,
                id=f"{self._prefix}-c{n}",
                entry=f"{self._prefix}-i{place.cited}",
                kind=f"cite {self._styles[place.relation].kind}{unsure}",
                note=self._note(place),
                label=self._styles[place.relation].word,
            )

    def _note(self, place: Citation) -> str:
        """The tooltip of a citation: which instrument, of when and by whom, what the text does with it, how surely."""
        cited = self._reading.cited[place.cited]
        inferred = f" ({self._words['inferred']})" if cited.issuer_inferred else ""
        parts = (
            str(cited.instrument),
            place.locator,
            cited.date and format_date(cited.date),
            cited.issuer and cited.issuer + inferred,
            self._styles[place.relation].word,
            self._words["confidence"].format(percent=round(100 * place.confidence)),
        )
        return plain_text(" · ".join(part for part in parts if part))

    def _named_marks(self) -> Iterator[Mark]:
        for n, named in enumerate(self._reading.named):
            draft = self._words["draft"] if named.draft else None
            doubt = self._words["unsure"] if _is_doubtful(named) else None
            parts = (named.name, draft, named.instrument, doubt, self._styles[named.relation].word)
            yield Mark(
                start=named.start,
                end=named.end,
                id=f"{self._prefix}-m{n}",
                entry=self._name_ids[_key(named)],
                kind="named unsure" if _is_doubtful(named) else "named",
                note=plain_text(" · ".join(part for part in parts if part)),
            )

    def _entries(self) -> Iterator[_Entry]:
        """The instruments that are cited; the report's own number is none of them."""
        by_document = self._reading.by_document()
        for n, cited in enumerate(self._reading.cited):
            if places := by_document.get(n):
                yield _Entry(
                    id=f"{self._prefix}-i{n}",
                    cited=cited,
                    date=format_date(cited.date) if cited.date else "",
                    uses=tuple(self._uses(places)),
                    count=len(places),
                )

    def _uses(self, places: Sequence[tuple[int, Citation]]) -> Iterator[tuple[_Style, tuple[_Place, ...]]]:
        for relation in dict.fromkeys(place.relation for _, place in places):
            yield (
                self._styles[relation],
                tuple(
                    _Place(
                        id=f"{self._prefix}-c{m}",
                        line=place.line,
                        unsure=place.confidence <= DOUBT,
                        locator=place.locator,
                    )
                    for m, place in places
                    if place.relation == relation
                ),
            )

    def _names(self) -> Iterator[_Name]:
        for key, name_id in self._name_ids.items():
            places = [(m, named) for m, named in enumerate(self._reading.named) if _key(named) == key]
            name, instrument, draft = key
            yield _Name(
                id=name_id,
                name=plain_text(name),
                instrument=instrument,
                draft=draft,
                places=tuple(
                    _Place(id=f"{self._prefix}-m{m}", line=named.line, unsure=_is_doubtful(named))
                    for m, named in places
                ),
            )

    def _stated(self, link: Link) -> _Stated:
        reading = self._reading
        target = reading.named[link.target] if link.to_named else None
        return _Stated(
            source=str(reading.cited[link.source].instrument),
            source_id=self._entry_id(link.source),
            relation=link.relation,
            target=plain_text(target.name) if target else str(reading.cited[link.target].instrument),
            target_id=self._name_ids[_key(target)] if target else self._entry_id(link.target),
            line=link.line,
        )

    def _entry_id(self, n: int) -> str:
        """The entry of an instrument; the report itself stands for its own number."""
        return self._prefix if self._reading.cited[n].own else f"{self._prefix}-i{n}"


def _is_doubtful(named: Named) -> bool:
    """Does a name only usually mean the instrument that stands with it: "Đề án 06"?"""
    return named.instrument is not None and named.confidence <= DOUBT


def _key(named: Named) -> tuple[str, str | None, bool]:
    """What makes two names in one text the same entry."""
    return named.name, named.instrument, named.draft


@cache
def _styles(lang: str) -> dict[str, _Style]:
    """The style of each relation, in the order of the table."""
    rows = read_table("webview", "graph")["relation"]
    return {row["name"]: _Style(kind=f"k{n}", word=row.get(lang, row["name"])) for n, row in enumerate(rows)}


@cache
def _relation_rules() -> str:
    """The CSS of the relations: colour of ink and of ground, and underline, of each."""
    rows = read_table("webview", "graph")["relation"]
    light = "".join(
        f".k{n} {{ --ground: {row['colour']}26; --mark: {row['ink'][0]}; text-decoration: underline {row['line']}; }}\n"
        for n, row in enumerate(rows)
    )
    dark = "".join(f".k{n} {{ --mark: {row['ink'][1]}; }}\n" for n, row in enumerate(rows))
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"
