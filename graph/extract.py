"""Text → what it cites: the stages of this room in their order."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from sys import maxsize

from corpus.folding import fold
from corpus.model import Report, Span
from corpus.units import parse_unit
from graph.aliases import with_aliases
from graph.anaphora import find_anaphora
from graph.grammar import Surface, read_reference
from graph.identity import Instrument
from graph.known import Known, constitutions
from graph.links import Place, find_links
from graph.mentions import Mention, evidence, read_mentions
from graph.misread import scan_misread
from graph.model import Citation, Cited, Named, Reading, Refused
from graph.named import TITLE, UNKNOWN, NamedSurface, meant
from graph.names import find_names
from graph.refused import Found, as_printed, find_refused, without
from graph.resolve import clean_title, issuer_as_printed, resolve
from graph.sameness import place_named


def find_citations(report: Report) -> Reading:
    """All that `report` cites: numbered instruments with their mentions, named ones, links, and what is refused."""
    folded = fold(report.text)
    refused = find_refused(folded)
    blocked = [found.span for found in refused if found.row.blocks]
    read, misread = scan_misread(report.text, folded)
    numbered = _with_full_form(_unblocked(read, blocked))
    surfaces = with_aliases(report.text, folded, find_names(report.text, folded, numbered))
    mentions = read_mentions(report, folded, surfaces)
    of_number = [m for m in mentions if not isinstance(m.surface, NamedSurface)]
    cited, placed = resolve(report, of_number)
    cited = _with_own(report, cited)
    named = [meant(m.surface, report.header) for m in mentions if isinstance(m.surface, NamedSurface)]
    places = _places(mentions, [n for n, _ in placed])
    citations = tuple(_citations(report, mentions, places, [c for _, c in placed], cited))
    targets = _by_number(mentions, places, named, cited)
    by_name = tuple(_named(report, mentions, named, targets, cited))
    return Reading(
        cited=tuple(cited),
        citations=citations,
        named=by_name,
        links=tuple(find_links(report, folded, mentions, targets, cited)),
        refused=_refused(report, [*refused, *misread], mentions),
        anaphora=tuple(find_anaphora(report, folded, citations, by_name, cited)),
    )


def _refused(report: Report, found: Iterable[Found], mentions: Iterable[Mention]) -> tuple[Refused, ...]:
    taken = [Span(m.surface.start, m.parts.after) for m in mentions]
    return as_printed(report, without(sorted(found, key=lambda f: f.span), taken))


def _places(mentions: Sequence[Mention], placed: Sequence[int]) -> list[Place]:
    """Where each mention stands: among the named (True, index) or as (False, index of the document cited)."""
    numbers = iter(placed)
    names = iter(range(len(mentions)))
    return [(True, next(names)) if isinstance(m.surface, NamedSurface) else (False, next(numbers)) for m in mentions]


def _by_number(
    mentions: Sequence[Mention], places: Sequence[Place], named: Sequence[Known | None], cited: Sequence[Cited]
) -> list[Place]:
    """`places`, where what the text also cites by number stands under that number."""
    index = {(c.instrument.canonical, day): n for n, c in enumerate(cited) for day in {c.date, None}}
    at = {m.surface.start: n for m, (is_named, n) in zip(mentions, places, strict=True) if not is_named}
    found = []
    for mention, (is_named, n) in zip(mentions, places, strict=True):
        surface, row = mention.surface, named[n] if is_named else None
        target = at.get(surface.of.start) if isinstance(surface, NamedSurface) and surface.of else None
        if target is None and row is not None:
            target = index.get((row.number, row.date if row.year_in_number is None else None))
        found.append((False, target) if target is not None else (is_named, n))
    return found


def _named(
    report: Report,
    mentions: Sequence[Mention],
    rows: Sequence[Known | None],
    targets: Sequence[Place],
    cited: Sequence[Cited],
) -> Iterator[Named]:
    """The mentions by name; `rows` are what the table says each of them means, `targets` where each mention stands."""
    row_of = iter(rows)
    for mention, (is_named, n) in zip(mentions, targets, strict=True):
        surface = mention.surface
        if not isinstance(surface, NamedSurface):
            continue
        row = next(row_of)
        target = None if is_named else n
        number = cited[target].instrument.canonical if target is not None else row.number if row else None
        is_constitution, year = surface.rows == constitutions(), number or surface.year
        yield Named(
            name=f"{surface.name} năm {year}" if is_constitution and year else surface.name,
            text=report.text[surface.start : surface.end],
            start=surface.start,
            end=surface.end,
            line=report.line_of(surface.start),
            relation=mention.relation,
            sentence=evidence(report.text, mention),
            # A nickname of what the text cites by number is as good as a title.
            confidence=max(surface.sure, TITLE if target is not None else UNKNOWN) if number else UNKNOWN,
            instrument=None if is_constitution else number,
            date=row.date if row else None,
            locator=mention.parts.locator,
            draft=surface.draft,
            cited=target,
        )


def _unblocked(surfaces: Iterable[Surface], blocked: Sequence[Span]) -> list[Surface]:
    """The surfaces whose number does not stand inside a blocked span (a form number, a telephone number)."""
    starts = sorted(blocked)
    return [s for s in surfaces if not _covers(starts, s.core.start)]


def _with_full_form(surfaces: Sequence[Surface]) -> list[Surface]:
    """Without the bare numbers that mean nothing unless the text has their full form."""
    full = {(s.type, s.core.number.lstrip("0")) for s in surfaces if s.core.groups}
    return [s for s in surfaces if not s.weak or (s.type, s.core.number.lstrip("0")) in full]


def _covers(spans: Sequence[Span], at: int) -> bool:
    i = bisect_right(spans, Span(at, maxsize)) - 1
    return i >= 0 and spans[i].end > at


def _with_own(report: Report, cited: list[Cited]) -> list[Cited]:
    """The cited documents, and the report's own number among them where it has one."""
    header = report.header
    if header.number is None or header.symbol is None or any(c.own for c in cited):
        return cited
    own = _own_instrument(header.type, header.number, header.symbol)
    if own is None:
        return cited
    return [
        *cited,
        Cited(instrument=own, date=header.date, issuer=header.issuer, title=header.subject, own=True, issued=False),
    ]


@lru_cache(maxsize=1 << 10)
def _own_instrument(kind: str | None, number: str, symbol: str) -> Instrument | None:
    """The number of a heading; None for one that nobody could cite ("8/T")."""
    printed = f"{kind or ''} {number}{'-' if '/' in symbol else '/'}"
    surface = read_reference(printed + symbol) or read_reference(printed + symbol.upper().replace(".", "-"))
    return None if surface is None else Instrument.of(surface)


def _citations(
    report: Report, mentions: Sequence[Mention], places: Sequence[Place], sure: Sequence[float], cited: Sequence[Cited]
) -> Iterator[Citation]:
    """The mentions by number as citations; those of the report's own number are none."""
    confidence = iter(sure)
    unit = parse_unit(report.header.unit) if report.header.unit else None
    own_unit = place_named(str(unit)) if unit else None
    for mention, (is_named, n) in zip(mentions, places, strict=True):
        if is_named:
            continue
        certain, document = next(confidence), cited[n]
        if document.own:
            continue
        title_of = None if mention.title_of is None else places[mention.title_of]
        start, end = mention.surface.start, mention.surface.end
        yield Citation(
            cited=n,
            text=report.text[start:end],
            start=start,
            end=end,
            line=report.line_of(start),
            relation="ban hành" if _is_listed_as_issued(mention, document, own_unit) else mention.relation,
            locator=mention.parts.locator,
            sentence=evidence(report.text, mention),
            confidence=certain,
            short_form=mention.instrument.symbol is None and document.instrument.symbol is not None,
            in_title_of=title_of[1] if title_of is not None and not title_of[0] else None,
            date=mention.parts.date,
            issuer=issuer_as_printed(report.text, mention),
            title=clean_title(report.text, mention),
        )


def _is_listed_as_issued(mention: Mention, document: Cited, own_unit: str | None) -> bool:
    """Does it name a document of the own unit as issued, without a verb of issue?

    A footnote or list of documents does, and "ban hành kèm theo Quyết định số 5".
    """
    if mention.relation != "khác" or own_unit is None or document.issuer is None or document.issuer_inferred:
        return False
    attached = mention.cue is not None and mention.cue.cue.link == "kèm theo"
    return (mention.alone or attached) and place_named(document.issuer) == own_unit
