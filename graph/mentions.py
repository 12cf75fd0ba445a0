"""Sentence by sentence: each citation with its parts, its relation, and the title or list in which it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.model import Report, Span
from graph import relations
from graph.bodies import body_before
from graph.grammar import Surface
from graph.identity import Instrument
from graph.model import Relation
from graph.parts import Parts, date_before, opens_title, read_parts
from graph.relations import FoundCue
from graph.wording import alternatives

_AUXILIARY = re.compile(rf"(?:\s*,?\s*\b(?:{alternatives('auxiliary')})\b)+\s*$")
_OPENING_END = re.compile(r"nhu sau\s*:|\n[^\S\n]*(?:i|a|1|phan (?:thu nhat|i|1))\s*[.:)]\s")
# "ban hành Kế hoạch số 5 …, bảo đảm theo Nghị định …"
_BASIS = re.compile(r"(?:^|,)\s*(?:(?:dam bao|bao dam|dung|phu hop|can cu)\s+)*theo\s+(?:quy dinh\s+(?:cua|tai)\s+)?$")
_REPORTS = re.compile(r"\bbao cao\b")
_LEAD_IN = re.compile(r"[\W\d]*(?:de\s+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A citation in its sentence, not yet resolved.

    `title_of` is the index of the mention in whose title it stands.  `stated` are links of the sentence, as indexes
    of mentions: (source, target, relation).  `subject` are the offsets of the body that is said to issue it.
    `alone`: its sentence begins with it and has no verb before it.
    """

    surface: Surface
    instrument: Instrument
    parts: Parts
    sentence: Span
    relation: Relation
    cue: FoundCue | None = None
    title_of: int | None = None
    subject: tuple[int, int] | None = None
    stated: tuple[tuple[int, int, str], ...] = ()
    alone: bool = False


# A sentence of a list may fill a page; of a longer one so much is shown on each side of the citation.
_SIDE = 500


def evidence(text: str, mention: Mention) -> str:
    """The sentence of a mention in one line; of a very long one what stands around it."""
    sentence, surface = mention.sentence, mention.surface
    start, end = max(sentence.start, surface.start - _SIDE), min(sentence.end, surface.end + _SIDE)
    words = " ".join(text[start:end].split())
    if start > sentence.start:
        words = "…" + words.partition(" ")[2]
    return words.rpartition(" ")[0] + "…" if end < sentence.end else words


def read_mentions(report: Report, folded: str, surfaces: Sequence[Surface], spans: Sequence[Span]) -> list[Mention]:
    """The mentions of all `surfaces`, each read in its sentence of `spans`; both are in the order of the text."""
    opening = _opening(report, folded)
    found: list[Mention] = []
    at = 0
    head: Span | None = None
    for sentence in spans:
        if _ITEM.match(report.text, sentence.start) is None:
            head = sentence
        inside = []
        while at < len(surfaces) and surfaces[at].start < sentence.end:
            inside.append(surfaces[at])
            at += 1
        if inside:
            mentions = _read_sentence(report.text, folded, sentence, inside, len(found), opening)
            found.extend(_under_heading(folded, mentions, head))
    return found


# An item of a list, which stands under a line that says what is done with it.
_ITEM = re.compile(r"[-+•*]\s|\w{1,2}\)\s")
_LONGEST_HEADING = 160


def _under_heading(folded: str, mentions: list[Mention], head: Span | None) -> list[Mention]:
    """Items without a verb take it from the line above their list ("1. Căn cứ pháp lý", "… đã ban hành:")."""
    if (
        head is None
        or not mentions[0].alone
        or mentions[0].sentence == head
        or head.end - head.start > _LONGEST_HEADING
    ):
        return mentions
    cue = relations.governing_cue(folded, head.start, head.end)
    if cue is None or cue.cue.relation == "khác":
        return mentions
    relation = relations.relation_of(folded, head.start, cue)
    return [replace(m, relation=relation, alone=False) if m.alone else m for m in mentions]


def _opening(report: Report, folded: str) -> int:
    """Where the opening of a report ends, under whose documents it is made; 0 for other genres."""
    if report.header.type != "Báo cáo":
        return 0
    end = _OPENING_END.search(folded)
    limit = end.end() if end else 0
    return limit if _REPORTS.search(folded, 0, limit) else 0


def _read_sentence(
    text: str, folded: str, sentence: Span, surfaces: list[Surface], base: int, opening: int
) -> list[Mention]:
    found: list[Mention] = []
    floor = sentence.start
    for i, surface in enumerate(surfaces):
        limit = surfaces[i + 1].start if i + 1 < len(surfaces) else max(sentence.end, surface.end)
        parts = read_parts(text, folded, surface, floor, limit)
        mention = Mention(
            surface=surface, instrument=Instrument.of(surface), parts=parts, sentence=sentence, relation="khác"
        )
        if parts.same_day and parts.date is None and found:
            mention = replace(mention, parts=replace(parts, date=found[-1].parts.date))
        mention = _next(folded, mention, found, base) if found else _first(folded, mention, opening)
        mention = _under_head(mention, found)
        found.append(_dated(text, _with_subject(text, folded, mention, found), found))
        floor = surface.end
    return _with_whole_titles(_shared(folded, found), base)


def _shared(folded: str, found: list[Mention]) -> list[Mention]:
    """Dates and issuers given once for a list, handed to its members before.

    Numbers that share a symbol share both.  Full forms side by side share the issuer if their symbols name the same
    one ("5/NQ-CP và 6/QĐ-TTg của Thủ tướng" do not), and a date behind a comma if they are of one type.
    """
    done = list(found)
    for i in reversed(range(len(done) - 1)):
        one, other = done[i], done[i + 1]
        parts = one.parts
        if other.surface.list_id is not None and other.surface.list_id in (one.surface.list_id, one.surface.start):
            parts = replace(parts, date=other.parts.date, issuer=other.parts.issuer)
        elif relations.is_list_separator(folded, parts.after, other.parts.start) and parts.issuer is None:
            same = (
                one.instrument.codes[1:] == other.instrument.codes[1:]
                and one.instrument.party == other.instrument.party
            )
            shown = other.parts.comma_date or other.parts.same_day
            dated = shown and same and one.instrument.type == other.instrument.type
            parts = replace(
                parts,
                issuer=other.parts.issuer if same else None,
                date=other.parts.date if dated and parts.date is None else parts.date,
            )
        done[i] = replace(one, parts=parts)
    return done


def _under_head(mention: Mention, before: list[Mention]) -> Mention:
    """A number without a type word takes the issuer of its head: "các Nghị định của Chính phủ: số 5/…, số 6/…"."""
    if mention.surface.says_type or mention.parts.issuer is not None or not before:
        return mention
    last = before[-1]
    same = last.parts.head_issuer and last.instrument.codes == mention.instrument.codes
    return (
        replace(mention, parts=replace(mention.parts, issuer=last.parts.issuer, head_issuer=True)) if same else mention
    )


def _dated(text: str, mention: Mention, before: list[Mention]) -> Mention:
    """An issue whose day stands before its subject; only the first of a list takes it."""
    if mention.subject is None or mention.parts.date is not None or (before and before[-1].subject == mention.subject):
        return mention
    date = date_before(text, mention.sentence.start, mention.subject[0])
    return replace(mention, parts=replace(mention.parts, date=date)) if date else mention


def _first(folded: str, mention: Mention, opening: int) -> Mention:
    """The first of its sentence: the nearest cue before it decides."""
    start, end = mention.sentence.start, mention.parts.start
    cue = relations.governing_cue(folded, start, end)
    if cue is None:
        begins = _LEAD_IN.match(folded, start)
        return replace(mention, alone=begins is not None and begins.end() >= end)
    relation = relations.relation_of(folded, start, cue)
    lead = _LEAD_IN.match(folded, start)
    leads = lead is not None and cue.start == lead.end()
    if start < opening and leads and cue.cue.relation in ("thực hiện", "theo"):
        relation = "báo cáo theo"
    return replace(mention, relation=relation, cue=cue)


def _next(folded: str, mention: Mention, before: list[Mention], base: int) -> Mention:
    """One of several: a member of the list before it, in the title of the one before it, or under a cue of its own."""
    last, here = before[-1], base + len(before)
    start, end = last.parts.after, mention.parts.start
    top = last if last.title_of is None else before[last.title_of - base]
    if relations.is_list_separator(folded, start, end) and not _back_to_list(mention, last, top):
        return replace(
            mention,
            relation=last.relation,
            cue=last.cue,
            title_of=last.title_of,
            stated=tuple((source, here, link) for source, _, link in last.stated if source != here - 1),
            alone=last.alone,
        )
    clause = max(folded.rfind(mark, start, end) for mark in ";:.") + 1
    own = relations.governing_cue(folded, max(start, clause), end)
    if relations.ends_as_list(folded, start, end):
        if own is None or clause == 0:
            return replace(mention, relation=top.relation, cue=top.cue, subject=top.subject, alone=top.alone)
        return replace(mention, relation=relations.relation_of(folded, start, own), cue=own)
    cue = own or relations.governing_cue(folded, start, end)
    if cue is None:
        return mention if clause else replace(mention, relation=last.relation, cue=last.cue)
    in_title = opens_title(folded, start, end) and cue.cue.relation != "ban hành"
    in_title = in_title and not _has_subject(folded, start, cue)
    relation = relations.relation_of(folded, start, cue)
    title_of = here - 1 if in_title else None
    link = _link(folded, mention, last, cue, in_title=in_title)
    ends = (here, here - 1) if cue.cue.passive else (here - 1, here)
    return replace(mention, relation=relation, cue=cue, title_of=title_of, stated=((*ends, link),) if link else ())


def _link(folded: str, mention: Mention, last: Mention, cue: FoundCue, *, in_title: bool) -> str | None:
    """What the citation before does to this one (or suffers from it), if the words between say so."""
    start, end = last.parts.after, mention.parts.start
    if in_title:
        return relations.link_of(folded, start, end)
    if cue.cue.passive or relations.is_predicate(folded, start, end, cue):
        return relations.link_of(folded, cue.start, end)
    is_basis = last.relation == "ban hành" and _BASIS.search(folded, start, end)
    return relations.IMPLEMENTS if is_basis else None


def _back_to_list(mention: Mention, last: Mention, top: Mention) -> bool:
    """Is it of the kind of the list, not of the one named in a title: "Công văn số 5 về … Luật …, Công văn số 6"?"""
    kind = mention.instrument.type
    return top is not last and kind == top.instrument.type != last.instrument.type


_SUBJECT = re.compile(rf",\s*(?:{alternatives('subject')})\s")


def _has_subject(folded: str, start: int, cue: FoundCue) -> bool:
    """Does a new clause with a subject begin between a citation and the cue: ", UBND xã triển khai …"?"""
    return _SUBJECT.search(folded, start, cue.start) is not None


def _with_subject(text: str, folded: str, mention: Mention, before: list[Mention]) -> Mention:
    """Who is said to issue it: the body before the cue, or that of the list it belongs to."""
    if mention.relation != "ban hành" or mention.cue is None or mention.subject is not None:
        return mention
    if before and before[-1].cue == mention.cue:
        return replace(mention, subject=before[-1].subject)
    floor = before[-1].parts.after if before else mention.sentence.start
    auxiliary = _AUXILIARY.search(folded, floor, mention.cue.start)
    end = auxiliary.start() if auxiliary else mention.cue.start
    return replace(mention, subject=body_before(text, folded, floor, end))


def _with_whole_titles(found: list[Mention], base: int) -> list[Mention]:
    """Titles drawn out over the citations that stand in them."""
    done = list(found)
    for i in reversed(range(len(found))):
        inner = done[i]
        if inner.title_of is None:
            continue
        outer = done[inner.title_of - base]
        if outer.parts.title:
            title = (outer.parts.title[0], max(outer.parts.title[1], inner.parts.end))
            done[inner.title_of - base] = replace(outer, parts=replace(outer.parts, title=title, end=title[1]))
    return done
