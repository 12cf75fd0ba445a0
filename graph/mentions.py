"""Sentence by sentence: each citation with its parts, its relation, and the title or list in which it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Report, Span
from corpus.sentences import Sentences
from graph import relations
from graph.bodies import body_before
from graph.context import Headings, in_context
from graph.grammar import Surface
from graph.identity import Instrument
from graph.model import Relation
from graph.parts import Parts, date_before, opens_title, read_parts
from graph.relations import FoundCue
from graph.wording import alternatives, toned

_AUXILIARY = re.compile(rf"(?:\s*,?\s*\b(?:{toned('auxiliary')})\b)+\s*$")
# More than the longest row of auxiliary verbs: "cũng đã kịp thời chủ động tham mưu, phối hợp chỉ đạo".
_AUXILIARY_REACH = 80
_OPENING_END = re.compile(r"nhu sau\s*:|\n[^\S\n]*(?:i|a|1|phan (?:thu nhat|i|1))\s*[.:)]\s")
# "ban hành Kế hoạch số 5 …, bảo đảm theo Nghị định …"
_BASIS = re.compile(r"(?:^|,)\s*(?:(?:dam bao|bao dam|dung|phu hop|can cu)\s+)*theo\s+(?:quy dinh\s+(?:cua|tai)\s+)?$")
_REPORTS = re.compile(r"\bbao cao\b")
# "Quyết định số 9 … thay thế …", "… được gửi đến các thôn": a sentence of it, no item of a list.
_PREDICATE = re.compile(rf"\s*(?:{toned('predicate')})\b(?!\s+(?i:được\s+ban\s+hành|ban\s+hành))")
# "Căn cứ A, xã đã lập danh sách; B được niêm yết": what follows the main clause is not under the lead before it.
_MAIN_CLAUSE = re.compile(rf"\s*,(?!\s(?i:các|cac|những|nhung)\s)[^.;:]{{1,80}}?\s(?:{toned('tense')})\s")
_LEAD_IN = re.compile(r"[\W\d]*(?:de\s+)?")


@dataclass(slots=True, kw_only=True)
class Mention:
    """A citation in its sentence, not yet resolved; filled in step by step while its sentence is read, then left alone.

    `title_of` is the index of the mention in whose title it stands.  `stated` are links of the sentence, as indexes
    of mentions: (source, target, relation).  `subject` are the offsets of the body that is said to issue it.
    `alone`: its sentence begins with it and has no verb, neither before it nor right behind it.
    """

    surface: Surface
    instrument: Instrument
    parts: Parts
    sentence: Span
    relation: Relation = "khác"
    cue: FoundCue | None = None
    title_of: int | None = None
    subject: tuple[int, int] | None = None
    stated: tuple[tuple[int, int, str], ...] = ()
    alone: bool = False


def evidence(text: str, mention: Mention) -> str:
    """The sentence of a mention in one line; of a very long one what stands around it."""
    return in_context(text, mention.sentence, mention.surface.start, mention.surface.end)


def read_mentions(report: Report, folded: str, surfaces: Sequence[Surface]) -> list[Mention]:
    """The mentions of all `surfaces`, which are in the order of the text, each read in its sentence."""
    opening = _opening(report, folded)
    sentences = Sentences(report.text)
    heading = Headings(report.text, sentences)
    found: list[Mention] = []
    at = 0
    while at < len(surfaces):
        sentence = sentences.around(surfaces[at].start)
        inside = []
        while at < len(surfaces) and surfaces[at].start < sentence.end:
            inside.append(surfaces[at])
            at += 1
        mentions = _read_sentence(report.text, folded, sentence, inside, len(found), opening)
        if mentions[0].alone:
            _under_heading(folded, mentions, heading.of(sentence))
            _without_sentences(report.text, mentions)
        found.extend(mentions)
    return found


_LONGEST_HEADING = 160


def _under_heading(folded: str, mentions: list[Mention], head: Span | None) -> None:
    """Items without a verb take it from the line above their list ("1. Căn cứ pháp lý", "… đã ban hành:")."""
    if head is None or head.end - head.start > _LONGEST_HEADING:
        return
    cues = relations.find_cues(folded, head.start, head.end)
    cue = relations.governing(folded, cues, head.end)
    if cue is None or cue.cue.relation == "khác":
        return
    relation = relations.relation_of(folded, head.start, cue, cues)
    for mention in mentions:
        if mention.alone:
            mention.relation, mention.alone = relation, False


def _without_sentences(text: str, mentions: list[Mention]) -> None:
    """What has a predicate of its own, and the list before it, are no items without a verb."""
    last = max((i for i, m in enumerate(mentions) if m.alone and _PREDICATE.match(text, m.parts.after)), default=-1)
    for mention in mentions[: last + 1]:
        mention.alone = False


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
        mention = Mention(surface=surface, instrument=Instrument.of(surface), parts=parts, sentence=sentence)
        if parts.same_day and parts.date is None and found:
            parts.date = found[-1].parts.date
        if found:
            _next(text, folded, mention, found, base)
            _under_head(mention, found[-1])
        else:
            _first(folded, mention, opening)
        _with_subject(text, folded, mention, found)
        _dated(text, mention, found)
        found.append(mention)
        floor = surface.end
    _share(folded, found)
    _draw_out_titles(found, base)
    return found


def _share(folded: str, found: list[Mention]) -> None:
    """Dates and issuers given once for a list, handed to its members before.

    Numbers that share a symbol share both.  Full forms side by side share the issuer if their symbols name the same
    one ("5/NQ-CP và 6/QĐ-TTg của Thủ tướng" do not), and a date behind a comma if they are of one type.
    """
    for i in reversed(range(len(found) - 1)):
        one, other = found[i], found[i + 1]
        list_id = other.surface.list_id
        if list_id is not None and list_id in (one.surface.list_id, one.surface.start):
            one.parts.date, one.parts.issuer = other.parts.date, other.parts.issuer
        elif one.parts.issuer is None and relations.is_list_separator(folded, one.parts.after, other.parts.start):
            mine, theirs = one.instrument, other.instrument
            if mine.codes[1:] != theirs.codes[1:] or mine.party != theirs.party:
                continue
            one.parts.issuer = other.parts.issuer
            if (other.parts.comma_date or other.parts.same_day) and mine.type == theirs.type:
                one.parts.date = one.parts.date or other.parts.date


def _under_head(mention: Mention, last: Mention) -> None:
    """A number without a type word takes the issuer of its head: "các Nghị định của Chính phủ: số 5/…, số 6/…"."""
    if mention.surface.says_type or mention.parts.issuer is not None:
        return
    if last.parts.head_issuer and last.instrument.codes == mention.instrument.codes:
        mention.parts.issuer, mention.parts.head_issuer = last.parts.issuer, True


def _dated(text: str, mention: Mention, before: list[Mention]) -> None:
    """An issue whose day stands before its subject; only the first of a list takes it."""
    if mention.subject is None or mention.parts.date is not None or (before and before[-1].subject == mention.subject):
        return
    mention.parts.date = date_before(text, mention.sentence.start, mention.subject[0])


def _first(folded: str, mention: Mention, opening: int) -> None:
    """The first of its sentence: the nearest cue before it decides."""
    start, end = mention.sentence.start, mention.parts.start
    cues = relations.find_cues(folded, start, end)
    cue = relations.governing(folded, cues, end)
    lead = _LEAD_IN.match(folded, start)
    lead_end = lead.end() if lead else start
    if cue is None:
        mention.alone = lead_end >= end
        return
    mention.cue = cue
    mention.relation = relations.relation_of(folded, start, cue, cues)
    if start < opening and cue.start == lead_end and cue.cue.relation in ("thực hiện", "theo"):
        mention.relation = "báo cáo theo"


def _next(text: str, folded: str, mention: Mention, before: list[Mention], base: int) -> None:
    """One of several: a member of the list before it, in the title of the one before it, or under a cue of its own."""
    last, here = before[-1], base + len(before)
    start, end = last.parts.after, mention.parts.start
    top = last if last.title_of is None else before[last.title_of - base]
    if relations.is_list_separator(folded, start, end) and not _back_to_list(mention, last, top):
        mention.relation, mention.cue, mention.alone = last.relation, last.cue, last.alone
        mention.title_of = last.title_of
        if last.stated:
            mention.stated = tuple(
                (here, target, link) if source == here - 1 else (source, here, link)
                for source, target, link in last.stated
            )
        return
    clause = max(folded.rfind(mark, start, end) for mark in ";:.") + 1
    cues = relations.find_cues(folded, start, end)
    own = relations.governing(folded, [cue for cue in cues if cue.start >= clause], end)
    is_new = _MAIN_CLAUSE.match(text, last.parts.end, end) is not None
    if relations.ends_as_list(folded, start, end) and not is_new:
        if own is None or clause == 0:
            mention.relation, mention.cue, mention.alone = top.relation, top.cue, top.alone
            mention.subject = top.subject
        else:
            mention.relation, mention.cue = relations.relation_of(folded, start, own, cues), own
        return
    cue = own or (None if is_new and clause else relations.governing(folded, cues, end))
    if cue is not None:
        mention.title_of = here - 1 if _in_title(text, folded, mention, last, cue) else None
        _under_cue(folded, mention, last, cue, cues, here)
    elif not clause and not is_new:
        mention.relation, mention.cue = last.relation, last.cue


def _in_title(text: str, folded: str, mention: Mention, last: Mention, cue: FoundCue) -> bool:
    """Does the citation under the cue stand in the title of the one before it?"""
    start, end = last.parts.after, mention.parts.start
    in_title = cue.cue.relation != "ban hành" and opens_title(text, folded, start, end)
    return in_title and not _has_subject(folded, start, cue)


def _under_cue(
    folded: str, mention: Mention, last: Mention, cue: FoundCue, cues: Sequence[FoundCue], here: int
) -> None:
    """Under a cue behind the citation before it: in its title, or in a clause of its own, with the link it states."""
    start = last.parts.after
    mention.relation, mention.cue = relations.relation_of(folded, start, cue, cues), cue
    if cue.cue.passive:
        mention.relation = last.relation  # what amends a basis is one too
    link = _link(folded, mention, last, cue, cues)
    if link:
        ends = (here, here - 1) if cue.cue.passive else (here - 1, here)
        mention.stated = ((*ends, link),)


def _link(folded: str, mention: Mention, last: Mention, cue: FoundCue, cues: Sequence[FoundCue]) -> str | None:
    """What the citation before does to this one (or suffers from it), if the words between say so."""
    start, end = last.parts.after, mention.parts.start
    if mention.title_of is not None:
        return relations.link_of(cues)
    if cue.cue.passive or relations.is_predicate(folded, start, end, cue):
        return relations.link_of([c for c in cues if c.start >= cue.start])
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


def _with_subject(text: str, folded: str, mention: Mention, before: list[Mention]) -> None:
    """Who is said to issue it: the body before the cue, or that of the list it belongs to."""
    if mention.relation != "ban hành" or mention.cue is None or mention.subject is not None:
        return
    if before and before[-1].cue == mention.cue:
        mention.subject = before[-1].subject
        return
    floor = before[-1].parts.after if before else mention.sentence.start
    near = max(floor, mention.cue.start - _AUXILIARY_REACH)
    shouted = text[near : mention.cue.end].isupper() and text[near : mention.cue.end].isascii()
    auxiliary = _AUXILIARY.search(folded if shouted else text, near, mention.cue.start)
    end = auxiliary.start() if auxiliary else mention.cue.start
    mention.subject = body_before(text, folded, floor, end)


def _draw_out_titles(found: list[Mention], base: int) -> None:
    """Titles drawn out over the citations that stand in them."""
    for inner in reversed(found):
        if inner.title_of is None:
            continue
        outer = found[inner.title_of - base].parts
        if outer.title:
            outer.end = max(outer.title[1], inner.parts.end)
            outer.title = (outer.title[0], outer.end)
