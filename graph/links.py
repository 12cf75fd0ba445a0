"""Links between instruments that a sentence states: "Kết luận 120-KL/TW về tiếp tục thực hiện Chỉ thị 30-CT/TW"."""

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.folding import fold
from corpus.model import Report
from graph.instruments import type_by_word
from graph.mentions import Mention, evidence
from graph.model import Cited, Link
from graph.named import NICKNAME, NamedSurface
from graph.relations import IMPLEMENTS
from graph.wording import alternatives

Place = tuple[bool, int]
_LEADS = ("thực hiện", "quán triệt", "căn cứ", "báo cáo theo")


def find_links(
    report: Report, folded: str, mentions: Sequence[Mention], of: Sequence[Place], cited: Sequence[Cited]
) -> list[Link]:
    """The links that the sentences of a report state, each once, in the order of the text.

    `of[i]` tells where mention `i` stands: (is it named without number, its index in `cited` or in the named ones).
    """
    own = next((n for n, c in enumerate(cited) if c.own), None)
    kind = report.header.type
    lists = _lists(mentions)
    pairs: dict[tuple[int, Place, str], int] = {}
    for sentence in _by_sentence(mentions):
        leads = _leading(folded, mentions, sentence)
        issued = [j for j in sentence if mentions[j].relation == "ban hành" and mentions[j].title_of is None]
        for i in sentence:
            mention = mentions[i]
            stated = [(of[j], of[k], relation) for j, k, relation in _listed(mentions, mention, lists)]
            if i in leads and mention.relation in _LEADS:
                relation = "căn cứ" if mention.relation == "căn cứ" else IMPLEMENTS
                stated += [(of[j], of[i], relation) for j in issued if j > i]
            if own is not None and kind is not None and mention.cue is not None and mention.title_of is None:
                done = _own_relation(report, folded, mention, kind, leads=i in leads)
                stated += [((False, own), of[i], done)] if done else []
            if _is_nickname(mention):
                continue  # what it means is not certain, and a wrong link is worse than none
            for (source_is_named, source), target, relation in stated:
                if not source_is_named and (False, source) != target:
                    pairs.setdefault((source, target, relation), i)
    return [
        Link(
            source=source,
            target=target,
            to_named=to_named,
            relation=relation,
            line=report.line_of(mentions[i].surface.start),
            sentence=evidence(report.text, mentions[i]),
        )
        for (source, (to_named, target), relation), i in pairs.items()
    ]


def _is_nickname(mention: Mention) -> bool:
    return isinstance(mention.surface, NamedSurface) and mention.surface.sure <= NICKNAME


def _by_sentence(mentions: Sequence[Mention]) -> Iterator[range]:
    """The indexes of the mentions of each sentence."""
    start = 0
    for i in range(1, len(mentions) + 1):
        if i == len(mentions) or mentions[i].sentence is not mentions[start].sentence:
            yield range(start, i)
            start = i


def _lists(mentions: Sequence[Mention]) -> dict[int, list[int]]:
    """List id → the mentions that share type and symbol in that list."""
    found: dict[int, list[int]] = {}
    for i, mention in enumerate(mentions):
        if mention.surface.list_id is not None:
            found.setdefault(mention.surface.list_id, []).append(i)
    return found


def _listed(
    mentions: Sequence[Mention], mention: Mention, lists: Mapping[int, list[int]]
) -> Iterator[tuple[int, int, str]]:
    """The links stated at a mention, for all members of a list; two lists of one length go pair by pair."""
    for source, target, relation in mention.stated:
        sources, targets = (_list_of(mentions, i, lists) for i in (source, target))
        if len(sources) == len(targets) > 1:
            yield from ((s, t, relation) for s, t in zip(sources, targets, strict=True))
        else:
            yield from ((s, t, relation) for s in sources for t in targets)


def _list_of(mentions: Sequence[Mention], i: int, lists: Mapping[int, list[int]]) -> list[int]:
    list_id = mentions[i].surface.list_id
    return [i] if list_id is None else lists[list_id]


def _leading(folded: str, mentions: Sequence[Mention], sentence: range) -> set[int]:
    """The mentions with which their sentence says first what it carries out.

    "Thực hiện A; tiếp tục thực hiện B, UBND xã ban hành …": A and B, up to the first that is issued or has no verb.
    """
    first = mentions[sentence[0]]
    if first.cue is None or _LEAD.fullmatch(folded, first.sentence.start, first.cue.start) is None:
        return set()
    found = set()
    for i in sentence:
        mention = mentions[i]
        if mention.cue is not None and mention.title_of is None:
            found.add(i)
        if mention.relation == "ban hành" or (mention.cue is None and mention.title_of is None):
            break
    return found


# "Năm 2023, để tiếp tục": a phrase of time, words of purpose and manner, before the verb with which a sentence begins.
_LEAD = re.compile(
    r"[-+*\W\d]*(?:[^,;.:]{1,40},\s*)?"
    rf"(?:(?:de|nham|thuc hien|trien khai|{alternatives('auxiliary')})[\s,]+)*"
)


def _own_relation(report: Report, folded: str, mention: Mention, kind: str, *, leads: bool) -> str | None:
    """What a document, which is of that kind, says that it does with what it mentions.

    "Thực hiện Kế hoạch số 5 …, UBND xã ban hành Kế hoạch như sau:", "Kế hoạch này thay thế Kế hoạch số 5".
    """
    cue, start = mention.cue, mention.sentence.start
    if cue is not None and cue.cue.link is not None and folded.find(f"{fold(kind)} nay", start, cue.end) >= 0:
        return cue.cue.link
    in_opening = report.line_of(mention.surface.start) <= _OPENING_LINES
    if in_opening and leads and mention.relation in _OWN_LEADS and type_by_word()[fold(kind)].implements:
        return "căn cứ" if mention.relation == "căn cứ" else IMPLEMENTS
    return None


_OWN_LEADS = ("thực hiện", "căn cứ", "quán triệt")
# The opening of a plan or decision: letterhead, title and "Căn cứ …" lines; later clauses speak of others.
_OPENING_LINES = 41
