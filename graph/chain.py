"""The chain of an instrument: what it is said to do with others, others with it, and whether it is in force."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.questions import Source, Stated
from graph.registry import Entry
from graph.standing import Standing, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What a document is said to do with another, seen from one of the two: the `other`, and all that states it."""

    relation: str
    other: Entry
    stated: tuple[Stated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What stands around one document: what it `does` with others, what is `done` with it, which it may be the same as.

    `standing` is None where nothing is known of its force.
    """

    does: tuple[Tie, ...]
    done: tuple[Tie, ...]
    candidates: tuple[Entry, ...]
    standing: Standing | None


def chains_of(source: Source, entries: Collection[Entry]) -> dict[str, Chain]:
    """The chain of each of these documents, by id; those at the other ends by how many places state it, then by id."""
    ids = [entry.id for entry in entries]
    out, into = source.links_from(ids), source.links_to(ids)
    wanted = {link.target for link in out} | {link.source for link in into} | {c for e in entries for c in e.candidates}
    others = {entry.id: entry for entry in source.entries(sorted(wanted))}
    does = _ties(((link.source, link.target, link) for link in out), others)
    done = _ties(((link.target, link.source, link) for link in into), others)
    return {
        entry.id: Chain(
            does=does.get(entry.id, ()),
            done=done.get(entry.id, ()),
            candidates=tuple(others[c] for c in entry.candidates if c in others),
            standing=_standing(entry, done.get(entry.id, ())),
        )
        for entry in entries
    }


def _ties(links: Iterable[tuple[str, str, Stated]], others: dict[str, Entry]) -> dict[str, tuple[Tie, ...]]:
    """The ties of each document from (document, other, link)."""
    stated: dict[str, dict[tuple[str, str], list[Stated]]] = defaultdict(lambda: defaultdict(list))
    for own, other, link in links:
        if other in others and other != own:
            stated[own][link.relation, other].append(link)
    return {
        own: tuple(
            Tie(relation=relation, other=others[other], stated=tuple(places))
            for (relation, other), places in sorted(of.items(), key=lambda item: (-len(item[1]), item[0]))
        )
        for own, of in stated.items()
    }


def _standing(entry: Entry, done: Iterable[Tie]) -> Standing | None:
    ends = ((stated, tie.other) for tie in done for stated in tie.stated)
    return standing_of(entry.canonical, entry.type, entry.date, ends)
