"""Links between instruments that a sentence states: "Kết luận 120-KL/TW về tiếp tục thực hiện Chỉ thị 30-CT/TW"."""

import re
from collections.abc import Sequence

from corpus.folding import fold
from corpus.model import Report
from graph.instruments import type_by_word
from graph.mentions import Mention, evidence
from graph.model import Cited, Link
from graph.relations import IMPLEMENTS
from graph.wording import alternatives

Place = tuple[bool, int]
_LEADS = ("thực hiện", "quán triệt", "căn cứ", "báo cáo theo")


def find_links(report: Report, mentions: Sequence[Mention], of: Sequence[Place], cited: Sequence[Cited]) -> list[Link]:
    """The links that the sentences of a report state, each once, in the order of the text.

    `of[i]` tells where mention `i` stands: (is it named without number, its index in `cited` or in the named ones).
    """
    pairs: dict[tuple[int, Place, str], int] = {}
    for i in range(len(mentions)):
        own = _own_link(report, mentions, i, cited)
        stated = [
            (of[j], of[k], relation) for j, k, relation in (*_listed(mentions, i), *_from_clause(report, mentions, i))
        ]
        if own is not None:
            stated.append(((False, own[0]), of[i], own[1]))
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


def _listed(mentions: Sequence[Mention], i: int) -> list[tuple[int, int, str]]:
    """The links stated at mention `i`, for all members of a list; two lists of one length go pair by pair."""
    found = []
    for source, target, relation in mentions[i].stated:
        sources, targets = _list_of(mentions, source), _list_of(mentions, target)
        paired = len(sources) == len(targets) > 1
        found += [
            (s, t, relation) for s in sources for t in targets if not paired or sources.index(s) == targets.index(t)
        ]
    return found


def _list_of(mentions: Sequence[Mention], i: int) -> list[int]:
    """The mentions that share type and symbol with `i` in one list, `i` among them."""
    list_id = mentions[i].surface.list_id
    return [i] if list_id is None else [j for j, m in enumerate(mentions) if m.surface.list_id == list_id]


def _from_clause(report: Report, mentions: Sequence[Mention], i: int) -> list[tuple[int, int, str]]:
    """The links from what a sentence issues to `i`, which it puts first: "Thực hiện i, UBND xã ban hành …"."""
    mention = mentions[i]
    if mention.relation not in _LEADS or not _leads(report, mentions, i):
        return []
    relation = "căn cứ" if mention.relation == "căn cứ" else IMPLEMENTS
    return [
        (j, i, relation)
        for j, other in enumerate(mentions[i + 1 :], i + 1)
        if other.sentence == mention.sentence and other.relation == "ban hành" and other.title_of is None
    ]


def _leads(report: Report, mentions: Sequence[Mention], i: int) -> bool:
    """Does the sentence begin with what it does with `i`: "Thực hiện A; tiếp tục thực hiện i, UBND xã …"?"""
    mention = mentions[i]
    if mention.cue is None or mention.title_of is not None:
        return False
    while i and mentions[i - 1].sentence == mention.sentence:
        i -= 1
        if mentions[i].relation == "ban hành" or (mentions[i].cue is None and mentions[i].title_of is None):
            return False
    first = mentions[i]
    if first.cue is None:
        return False
    return _LEAD.fullmatch(fold(report.text[first.sentence.start : first.cue.start])) is not None


# "Năm 2023, để tiếp tục": a phrase of time, words of purpose and manner, before the verb with which a sentence begins.
_LEAD = re.compile(
    r"[-+*\W\d]*(?:[^,;.:]{1,40},\s*)?"
    rf"(?:(?:de|nham|thuc hien|trien khai|{alternatives('auxiliary')})[\s,]+)*"
)


def _own_link(report: Report, mentions: Sequence[Mention], i: int, cited: Sequence[Cited]) -> tuple[int, str] | None:
    """(index of the document's own number, relation) where a document says what it carries out or replaces.

    "Thực hiện Kế hoạch số 5 …, UBND xã ban hành Kế hoạch như sau:", "Kế hoạch này thay thế Kế hoạch số 5".
    """
    mention, kind = mentions[i], report.header.type
    own = next((n for n, c in enumerate(cited) if c.own), None)
    if own is None or kind is None or mention.cue is None or mention.title_of is not None:
        return None
    before = fold(report.text[mention.sentence.start : mention.cue.end])
    if mention.cue.cue.link is not None and f"{fold(kind)} nay" in before:
        return own, mention.cue.cue.link
    in_opening = report.text.count("\n", 0, mention.surface.start) <= _OPENING_LINES
    implements = type_by_word()[fold(kind)].implements and _leads(report, mentions, i)
    if in_opening and implements and mention.relation in _OWN_LEADS:
        return own, "căn cứ" if mention.relation == "căn cứ" else IMPLEMENTS
    return None


_OWN_LEADS = ("thực hiện", "căn cứ", "quán triệt")
# The opening of a plan or decision: letterhead, title and "Căn cứ …" lines; later clauses speak of others.
_OPENING_LINES = 40
