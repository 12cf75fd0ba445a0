"""Whose document it is: from the letterhead, or from what the first and the last paragraph say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.folding import UPPER, fold, normalize_tone
from corpus.gazetteer import alternatives, posts, verbs
from corpus.header_places import Places, find_unit, own_kind, places_around, survey
from corpus.model import Unit
from corpus.units import body_level, expand_body, find_bodies, find_units, kind_of, parse_unit, place_of, resolve_body

_NOISE = re.compile(r"[-_=*.•\s/]+$|\d{1,3}$|\(?(?:du thao|hoa toc|mat|toi mat|thuong khan|khan|sao y|ban sao)\b")
_LOCAL = re.compile(r"ubnd |uy ban nhan dan ")
_MAX_LINES = 14


def letterhead_bodies(letterhead: str) -> list[str]:
    """The bodies of a letterhead from the highest down, in full: ["Ủy ban nhân dân huyện A", "Ủy ban nhân dân xã B"].

    A line that begins with no word for a body, or is a bare place, goes on with the body above it.
    """
    made: list[str] = []
    for line in [x.strip(" /*-") for x in letterhead.split("\n") if x.strip(" /*-")][:_MAX_LINES]:
        folded = fold(line)
        if re.match(r"v/v|ve viec|kinh gui|can cu", folded):
            break
        if _NOISE.match(folded):
            continue
        begins = next((span.start == 0 for span, _ in find_bodies(line)), False) and parse_unit(line) is None
        if begins and not (made and _is_open(made[-1])):
            made.append(line)
        elif made and parse_unit(line) and place_of(made[-1]) and _LOCAL.match(fold(made[-1])):
            made.append(f"UBND {line}")  # "UBND QUẬN A ⏎ PHƯỜNG B"
        elif made:
            made[-1] += f" {line}"
    return [expand_body(body) for body in made]


def _is_open(line: str) -> bool:
    """Whether `line` is only the first word of a name ("VĂN PHÒNG"), which goes on in the next line."""
    return any((body.head or body.part) and fold(line) == fold(body.name) for _, body in find_bodies(line))


def compose(bodies: list[str]) -> str | None:
    """The full name of the lowest body of a letterhead: a part takes the name above it, an office its place.

    >>> compose(["Ủy ban nhân dân tỉnh Lạng Hà", "Sở Nội vụ"]), compose(["Tỉnh ủy Lạng Hà", "Ban Dân vận"])
    ('Sở Nội vụ tỉnh Lạng Hà', 'Ban Dân vận Tỉnh ủy Lạng Hà')
    """
    if not bodies:
        return None
    own, above = bodies[-1], bodies[-2] if len(bodies) > 1 else None
    if above is None or place_of(own) is not None:
        return own
    if above.startswith("Ban Chấp hành Trung ương"):
        return expand_body(f"{own} Trung ương")
    if any(body.part and fold(own) == fold(body.name) for _, body in find_bodies(own)):
        return f"{own} {above}"
    place = place_of(above)
    return own if place is None else f"{own} {place}"


_BEFORE_VERB = r"(?: (?:xin|kính|trân trọng|đã|tiến hành|nghiêm túc|kịp thời))*"
_LIES_IN = r"(?:(?:,| -) (?:thị xã|huyện|thành phố|quận|tỉnh|TP\.?|TX\.?) [^,;.:\n]{2,30}?){0,2}"
_AS_FOLLOWS = re.compile(r"như sau|sau đây|cụ thể|với (?:các|những) nội dung")
_NAME_ENDS = re.compile(
    rf"(?:,? ?(?:-|[{UPPER}\d][\w'’.]*+|tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|phố|trấn|khu"
    "|nhân dân|ủy|uỷ|bộ|vụ|trực|và))*+"
)
# The clause with the subject begins a paragraph, or stands after a comma or a full stop.
_STARTS = re.compile(r"(?:^|\n|[,;.:] ?)$")
_OF_BODY = re.compile(r"của (?P<body>[^,;.:\n]{2,140}?)(?=\s*(?:[,;.:]|\./|$|\n))")


@cache
def _clause() -> re.Pattern[str]:
    verb = alternatives(verb.name for verb in verbs())
    return re.compile(rf"(?P<body>[^,;.:\n]{{2,140}}?){_LIES_IN}{_BEFORE_VERB} (?:{verb})(?!\w)")


@cache
def _post() -> re.Pattern[str]:
    """The post that may stand before a body: "Chủ tịch" UBND tỉnh."""
    return re.compile(rf"(?:{alternatives(post.name for post in posts())}|Trưởng|Thường trực) $")


_LONGEST_POST = 24


def clause_bodies(text: str) -> Iterator[tuple[int, str]]:
    """The bodies that are subjects in `text` ("…, UBND xã A báo cáo …"), as printed, with their offsets."""
    for span, body in find_bodies(text):
        post = _post().search(text, max(0, span.start - _LONGEST_POST), span.start)
        start = post.start() if post else span.start
        if not _STARTS.search(text[max(0, start - 2) : start]):
            continue
        match = _clause().match(text, start)
        if match is None or match.end("body") < span.end:
            continue
        # A committee bears its task in its name, other bodies their place.
        if body.kind == "committee" or body.head or _NAME_ENDS.fullmatch(text[span.end : match.end("body")]):
            yield start, match["body"]


def _unwrapped(text: str) -> str:
    """`text` with the lines of a paragraph joined; a heading and the end of a sentence close a line."""
    made: list[str] = []
    for line in text.split("\n"):
        if made and line and made[-1] and not made[-1].endswith((".", ";", ":")) and not made[-1].isupper():
            made[-1] += f" {line}"
        else:
            made.append(line)
    return "\n".join(made)


def opening_body(paragraphs: str) -> str | None:
    """The body that reports in the first paragraphs: the last subject before "như sau", else the first subject."""
    limit = _AS_FOLLOWS.search(paragraphs)
    found = list(clause_bodies(paragraphs))
    before = [body for at, body in found if limit and at < limit.start()]
    return before[-1] if before else found[0][1] if found else None


def closing_body(text: str) -> str | None:
    """The body that reports in the last paragraph: "Trên đây là báo cáo … của UBND huyện A"."""
    at = text.rfind("Trên đây là")
    if at < 0:
        return None
    closing = text[at : at + 1200].split("\n\n", maxsplit=1)[0]
    subject = next((body for _, body in clause_bodies(closing)), None)
    of = [m["body"] for m in _OF_BODY.finditer(closing) if any(span.start == 0 for span, _ in find_bodies(m["body"]))]
    return subject or (of[-1] if of else None)


def issuer_line(lines: list[str]) -> str | None:
    """The line of a decision that names only its issuer, above "Căn cứ": "Ủy ban nhân dân tỉnh Lạng Hà"."""
    for line in lines:
        if fold(line).lstrip("- ").startswith(("can cu", "dieu 1")):
            return None
        if is_body(line):
            return line
    return None


def is_body(line: str) -> bool:
    """Whether `line` names a body and says nothing else."""
    post = re.match(rf"(?i)(?:{alternatives(post.name for post in posts())}) ", line)
    name = line[post.end() :] if post else line
    first = next((span for span, _ in find_bodies(name) if span.start == 0), None)
    if first is None:
        return False
    place = next(iter(find_units(name)), None)
    return bool(_NAME_ENDS.fullmatch(name[first.end :])) or (place is not None and place[0].end == len(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What the header prints beside the issuer: `letterhead` and `rest` are text, the others fields or None.

    `rest` is what follows the subject; `signed_for` the body after "TM." in the signature.
    """

    letterhead: str
    rest: str
    signed_for: str | None
    symbol: str | None
    place: str | None
    date: str | None


# Of a long text the first and the last part tell whose it is.
_FIRST, _LAST = 30_000, 4_000
_OPENING = 4_000


def read_issuer(text: str, printed: Printed) -> tuple[str | None, Places]:
    """The full name of the body whose document `text` is, and the places around it; None and no places if unknown."""
    whole = normalize_tone(text if len(text) <= _FIRST + _LAST else f"{text[:_FIRST]}\n{text[-_LAST:]}")
    bodies = letterhead_bodies(printed.letterhead)
    named = (
        compose(bodies),
        issuer_line([line for line in printed.rest.split("\n") if line][:_ISSUER_LINES]),
        opening_body(_unwrapped(printed.rest[:_OPENING])),
        closing_body(whole),
        printed.signed_for,
        _of_symbol(printed.symbol),
    )
    found = [expand_body(body) for body in named if body]
    if not found:
        return None, Places()
    issuer = next((body for body in found if body.startswith(found[0]) and place_of(body)), found[0])
    if body_level(issuer) == "central":
        return issuer, Places()
    above = place_of(bodies[-2]) if len(bodies) > 1 else None
    named_places = survey(whole, date=printed.date)
    unit = place_of(issuer) or find_unit(named_places, kind=kind_of(issuer) or own_kind(whole), place=printed.place)
    places = places_around(named_places, unit, above=above)
    full = _committee(whole, unit) if issuer == "Ban Chỉ đạo" else None
    return resolve_body(full or issuer, unit=places.unit, parent=places.parent, province=places.province), places


_ISSUER_LINES = 6
_ABBREVIATED = re.compile(rf"(?<!\w)[{UPPER}]{{3,}}(?!\w)")


def _committee(text: str, unit: Unit | None) -> str | None:
    """The full name of the one steering committee of `unit`, which its own report calls "Ban Chỉ đạo"."""
    if unit is None:
        return None
    pattern = rf"(?:BCĐ|Ban [Cc]hỉ đạo) (?P<task>[^,;.:\n]{{3,90}}?) {unit.kind}(?=\W)(?! [{UPPER}])|"
    pattern += rf"(?:BCĐ|Ban [Cc]hỉ đạo) (?P<named>[^,;.:\n]{{3,90}}?) {re.escape(str(unit))}"
    tasks = [match["task"] or match["named"] for match in re.finditer(pattern, text)]
    spelled = [task for task in tasks if not _ABBREVIATED.search(task)]
    return f"Ban Chỉ đạo {(spelled or tasks)[0]} {unit.kind}" if tasks else None


def _of_symbol(symbol: str | None) -> str | None:
    """The body for which a group of `symbol` stands: "BC-UBND" → "Ủy ban nhân dân"."""
    groups = re.split("[-/]", symbol or "")
    return next((full for code in groups if (full := expand_body(code)) != code and any(find_bodies(code))), None)
