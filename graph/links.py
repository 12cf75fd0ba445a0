"""Links between instruments that a sentence states: "Kết luận 120-KL/TW về tiếp tục thực hiện Chỉ thị 30-CT/TW"."""

from collections.abc import Sequence

from corpus.model import Report
from graph.mentions import Mention
from graph.model import Cited, Link
from graph.relations import IMPLEMENTS

Place = tuple[bool, int]
_LEADS = ("thực hiện", "quán triệt", "căn cứ", "báo cáo theo")


def find_links(report: Report, mentions: Sequence[Mention], of: Sequence[Place], cited: Sequence[Cited]) -> list[Link]:
    """The links that the sentences of a report state, each once, in the order of the text.

    `of[i]` tells where mention `i` stands: (is it named without number, its index in `cited` or in the named ones).
    """
    pairs: dict[tuple[int, Place, str], int] = {}
    for i, mention in enumerate(mentions):
        own = _own_source(report, mention, cited)
        stated = [(of[j], relation) for j, relation in (*_from_title(mentions, i), *_from_clause(mentions, i))]
        if own is not None:
            stated.append(((False, own), "căn cứ" if mention.relation == "căn cứ" else IMPLEMENTS))
        for (source_is_named, source), relation in stated:
            if not source_is_named and (False, source) != of[i]:
                pairs.setdefault((source, of[i], relation), i)
    return [
        Link(
            source=source,
            target=target,
            to_named=to_named,
            relation=relation,
            line=report.line_of(mentions[i].surface.start),
            sentence=" ".join(mentions[i].sentence.of(report.text).split()),
        )
        for (source, (to_named, target), relation), i in pairs.items()
    ]


def _from_title(mentions: Sequence[Mention], i: int) -> list[tuple[int, str]]:
    """(source, relation) where mention `i` stands in the title of others; two lists of one length go pair by pair."""
    mention = mentions[i]
    relation = mention.link
    if mention.title_of is None or relation is None:
        return []
    sources, targets = _list_of(mentions, mention.title_of), _list_of(mentions, i)
    if len(sources) == len(targets) > 1:
        return [(sources[targets.index(i)], relation)]
    return [(source, relation) for source in sources]


def _list_of(mentions: Sequence[Mention], i: int) -> list[int]:
    """The mentions that share type and symbol with `i` in one list, `i` among them."""
    list_id = mentions[i].surface.list_id
    return [i] if list_id is None else [j for j, m in enumerate(mentions) if m.surface.list_id == list_id]


def _from_clause(mentions: Sequence[Mention], i: int) -> list[tuple[int, str]]:
    """(source, relation) where a sentence puts `i` first: "Thực hiện i, UBND xã ban hành source"."""
    mention = mentions[i]
    if mention.title_of is not None or mention.cue is None or mention.relation not in _LEADS:
        return []
    if mention.basis_of is not None:
        return [(mention.basis_of, IMPLEMENTS)]
    if mention.cue.start - mention.sentence.start > _LEAD_REACH:
        return []
    relation = "căn cứ" if mention.relation == "căn cứ" else IMPLEMENTS
    return [
        (j, relation)
        for j, other in enumerate(mentions[i + 1 :], i + 1)
        if other.sentence == mention.sentence and other.relation == "ban hành" and other.title_of is None
    ]


# "Để triển khai có hiệu quả" and the like: the first clause begins with its verb, not far behind a word of purpose.
_LEAD_REACH = 40


def _own_source(report: Report, mention: Mention, cited: Sequence[Cited]) -> int | None:
    """The document's own number, where a plan or decision says at its beginning what it carries out."""
    if (
        report.header.type in (None, "Báo cáo")
        or mention.relation not in ("thực hiện", "căn cứ")
        or mention.title_of is not None
    ):
        return None
    if mention.cue is None or mention.cue.start - mention.sentence.start > _LEAD_REACH:
        return None
    if report.text.count("\n", 0, mention.surface.start) > _OPENING_LINES:
        return None
    return next((n for n, c in enumerate(cited) if c.own), None)


# The opening of a plan or decision: letterhead, title and "Căn cứ …" lines; later clauses speak of others.
_OPENING_LINES = 40
