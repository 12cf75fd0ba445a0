"""From a query to an answer: the index finds, the catalog knows who cites, and gives the texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.errors import UnknownReferenceError
from corpus.folding import fold
from graph.questions import resolve_reference
from index.catalog import Catalog
from index.engine import Engine, Found, Match, Sort
from index.query import And, Cites, Node, Not, Or, Phrase, Prefix, Query, Sought
from index.results import Answer, SearchHit
from index.snippet import snippets
from index.syllables import unaccented

# More instruments than these are a list of everything.
_MOST_CITED = 20
# Texts in memory at once, where all that was found is written to a table.
_AT_ONCE = 200
# With so few reports a slip of the finger is likelier than a rare phrase; what is suggested must find far more.
_FEW, _FAR_MORE = 3, 5
# Of what may have been meant instead the commonest come first; what comes later is a guess.
_TRIED = 3


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked: a library, and the documents that each reference of the query means."""

    catalog: Catalog
    engine: Engine
    entries: dict[str, tuple[str, ...]]

    def citing(self, written: str) -> frozenset[str]:
        """The reports that cite what `written` can mean."""
        if written not in self.entries:
            try:
                found = resolve_reference(self.catalog, written)
            except UnknownReferenceError:
                found = ()
            self.entries[written] = tuple(entry.id for entry in found)
        return self.catalog.citing(self.entries[written])


def search(catalog: Catalog, engine: Engine, typed: Query, *, limit: int, offset: int, sort: Sort) -> Answer:
    """The reports that fit a query as it was typed; where none does, those that have its syllables."""
    asked = _Asked(catalog, engine, {})
    typed = typed.resolved(asked.citing)
    query, found = typed, engine.search(typed, limit=limit, offset=offset, sort=sort)
    as_typed = found.total
    loose = None if as_typed else typed.loose
    if loose is not None:
        query = replace(typed, root=loose)
        found = engine.search(query, limit=limit, offset=offset, sort=sort)
    hits = _hits(asked, query, found)
    among = None if found.total == found.kept else found.reports
    cited = catalog.most_cited(among, _MOST_CITED) if found.total else ()
    return Answer(
        found=found,
        hits=hits,
        instruments=tuple(cited),
        expanded=query.expanded,
        recognised=query.recognised,
        relaxed=loose is not None and found.total > 0,
        suggestion=_suggestion(asked, typed, as_typed) if as_typed < _FEW else None,
        behind=max(0, catalog.size() - found.kept),
    )


def _hits(asked: _Asked, query: Query, found: Found) -> tuple[SearchHit, ...]:
    cited = [entry for written in _cited(query.root) for entry in asked.entries[written]]
    hits = []
    for first in range(0, len(found.hits), _AT_ONCE):
        part = found.hits[first : first + _AT_ONCE]
        ids = [hit.id for hit in part]
        texts, spans = asked.catalog.texts(ids), asked.catalog.spans(ids, cited) if cited else {}
        for hit in part:
            if hit.id in texts:
                card, text = texts[hit.id]
                shown = snippets(text, _with(hit.matches, spans.get(hit.id, ())))
                hits.append(SearchHit(card=card, score=hit.score, whole_word=hit.whole_word, snippets=shown))
    return tuple(hits)


def _with(matches: tuple[Match, ...], spans: Sequence[tuple[int, int]]) -> Sequence[Match]:
    """The places of phrases, and those that cite the documents asked for."""
    others = [Match(start, end, whole_word=True, exact_accents=True) for start, end in spans]
    return sorted({*matches, *others}) if others else matches


def _cited(node: Node) -> list[str]:
    """The references of a query; without those after NOT."""
    if isinstance(node, And | Or):
        return [written for part in node.parts for written in _cited(part)]
    return [node.written] if isinstance(node, Cites) else []


def _suggestion(asked: _Asked, query: Query, found: int) -> str | None:
    """The query with other accents or letters in what hardly any report has; None where that finds no more."""
    instead = {sought: better for sought in query.sought() if (better := _better(asked, sought)) is not None}
    meant = replace(query, root=_replaced(query.root, instead))
    return str(meant) if instead and asked.engine.search(meant, limit=0).total > found else None


def _better(asked: _Asked, sought: Sought) -> Sought | None:
    """What many more reports have in the place of a phrase, as it is written there."""
    few = asked.engine.search(Query(sought), limit=0).total
    if few >= _FEW:
        return None
    for other in _others(asked.engine, sought, letters=not few):
        if asked.engine.search(Query(other), limit=0).total >= max(1, _FAR_MORE * few):
            return _as_written(asked, other) if isinstance(other, Phrase) else other
    return None


def _others(engine: Engine, sought: Sought, *, letters: bool) -> Iterable[Sought]:
    """What else may have been meant; with `letters` by a slip of the finger, which nobody finds by chance."""
    if isinstance(sought, Phrase):
        return (replace(sought, forms=(form,)) for form in engine.similar(sought, letters=letters)[:_TRIED])
    plain = replace(sought, written=fold(sought.written), stem=unaccented(sought.stem))
    return () if plain == sought else (plain,)


def _as_written(asked: _Asked, phrase: Phrase) -> Phrase:
    """A phrase as a report has it: a form is a key, and no spelling."""
    for hit in asked.engine.search(Query(replace(phrase, in_title=False)), limit=1).hits:
        for _, text in asked.catalog.texts([hit.id]).values():
            written = text[hit.matches[0].start : hit.matches[0].end]
            return replace(phrase, written=" ".join(written.replace('"', " ").lower().split()))
    return phrase


def _replaced(node: Node, instead: Mapping[Sought, Sought]) -> Node:
    match node:
        case And() | Or():
            return type(node)(tuple(_replaced(part, instead) for part in node.parts))
        case Not():
            return Not(_replaced(node.part, instead))
        case Phrase() | Prefix():
            return instead.get(node, node)
        case _:
            return node
