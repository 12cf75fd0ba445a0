"""Text → what it cites: the stages of this room in their order."""

from corpus.folding import fold
from corpus.model import Report, Span
from corpus.sentences import sentences
from graph.grammar import Surface, scan
from graph.identity import Instrument
from graph.links import find_links
from graph.mentions import Mention, read_mentions
from graph.model import Citation, Cited, Reading
from graph.names import find_named
from graph.refused import find_refused, without
from graph.resolve import resolve


def find_citations(report: Report) -> Reading:
    """All that `report` cites: numbered instruments with their mentions, named ones, links, and what is refused."""
    folded = fold(report.text)
    refused, blocked = find_refused(report, folded)
    spans = sentences(report.text)
    surfaces = _unblocked(scan(report.text, folded), blocked)
    mentions = read_mentions(report, folded, surfaces, spans)
    cited, placed = resolve(report, mentions)
    cited = _with_own(report, cited)
    of = [n for n, _ in placed]
    taken = [Span(m.surface.start, m.parts.after) for m in mentions]
    return Reading(
        cited=tuple(cited),
        citations=tuple(_citations(report, mentions, placed, cited)),
        named=find_named(report, folded, spans, [Span(m.surface.start, m.surface.end) for m in mentions]),
        links=tuple(find_links(report, mentions, of, cited)),
        refused=without(refused, taken),
    )


def _unblocked(surfaces: "object", blocked: list[Span]) -> list[Surface]:
    kept: list[Surface] = []
    for surface in surfaces:  # type: ignore[attr-defined]
        core = surface.core.start
        if not any(span.start <= core < span.end for span in blocked):
            kept.append(surface)
    return kept


def _with_own(report: Report, cited: list[Cited]) -> list[Cited]:
    """The cited documents, and the report's own number among them where it has one."""
    header = report.header
    if header.number is None or header.symbol is None or any(c.own for c in cited):
        return cited
    party = "/" in header.symbol
    number = f"{header.number}-{header.symbol}" if party else f"{header.number}/{header.symbol}"
    own = Instrument.parse(f"{header.type or ''} {number}".strip())
    return [
        *cited,
        Cited(instrument=own, date=header.date, issuer=header.issuer, title=header.subject, own=True, issued=False),
    ]


def _citations(
    report: Report, mentions: list[Mention], placed: list[tuple[int, float]], cited: list[Cited]
) -> list[Citation]:
    index = {}
    found: list[Citation] = []
    for i, mention in enumerate(mentions):
        n, confidence = placed[i]
        index[i] = n
        if cited[n].own:
            continue
        start, end = mention.surface.start, mention.surface.end
        found.append(
            Citation(
                cited=n,
                text=report.text[start:end],
                start=start,
                end=end,
                line=report.line_of(start),
                relation=mention.relation,
                locator=mention.parts.locator,
                sentence=" ".join(mention.sentence.of(report.text).split()),
                confidence=confidence,
                short_form=mention.instrument.symbol is None and cited[n].instrument.symbol is not None,
                in_title_of=None if mention.title_of is None else placed[mention.title_of][0],
            )
        )
    return found
