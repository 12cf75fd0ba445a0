"""Which places went into which: the mergers of provinces that the law has made, and what a report tells of others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from corpus.dates import DATE, parse_date
from corpus.folding import UPPER
from corpus.model import LEVELS, Report, Span, Unit
from corpus.sentences import Sentences
from corpus.tables import rows
from corpus.units import find_units, parse_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """A row of corpus/data/successions.toml: the places `of` went `into` one on an ISO day, as `source` says."""

    into: str
    of: tuple[str, ...]
    day: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A list of words of corpus/data/successions.toml, whose head explains the fields."""

    name: str
    words: tuple[str, ...]
    examples: tuple[tuple[str, str], ...] = ()
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """What a report tells: the place `before` (in `before_parent`, where the text says so) is now `after`.

    Places are named as in `corpus.units` ("xã An Bình"); `day` is ISO, None where the sentence does not say from when;
    `line` is 1-based.
    """

    before: str
    before_parent: str | None
    after: str
    day: str | None
    line: int
    sentence: str


@cache
def mergers() -> tuple[Merger, ...]:
    """The mergers of places of the first level, by day."""
    return rows("corpus", "successions", "merger", Merger)


@cache
def words() -> tuple[Words, ...]:
    """The words by which a text tells of a succession."""
    return rows("corpus", "successions", "words", Words)


@cache
def _any(name: str) -> str:
    row = next(row for row in words() if row.name == name)
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(row.words, key=len, reverse=True))


_NAME = rf"[{UPPER}][\w'’]*(?:[^\S\n]+[{UPPER}][\w'’]*){{0,4}}"
# "các xã An Hòa, Bình Hòa và Tân Lập": the kind is said once.
_SHARED = re.compile(
    rf"(?i:(?:các|hai|ba|bốn|năm|\d+)\s+(?P<kind>xã|phường|thị trấn|huyện|tỉnh|quận|thị xã))(?:\s*:)?\s+"
    rf"(?P<first>{_NAME})"
    rf"(?P<others>(?:\s*(?:,|\bvà)\s*(?!(?i:xã|phường|thị|huyện|tỉnh|quận|thành)\b){_NAME}){{1,20}})"
)
_ONE_NAME = re.compile(_NAME)
# A kind with a name, and one more name behind it: without them a sentence tells of no two places.
_PLACE_NAME = re.compile(rf"\b(?i:xã|phường|trấn|huyện|quận|tỉnh|phố|đặc khu|tp|tx|tt)\b[\s.:]*[{UPPER}\d]")
_NEXT_NAME = re.compile(rf"[\s,(][{UPPER}\d]")
# A sentence as a string of places "<0>" and the words between them, in small letters.
_PLACE = r"<\d+>"
_TOKEN = re.compile(r"<(\d+)>")
_PARTLY = re.compile(r"một phần|phần còn lại")
_FILL = (
    r"(?:\s|,|:|\(|\)|;|\d[\d.,]*+(?:\s*(?:km2|km²|ha|người))?|(?:toàn bộ|nguyên trạng|một phần|phần còn lại|"
    r"diện tích|tự nhiên|quy mô|dân số|và|với|của|các|đơn vị|hành chính|cấp xã|cấp huyện|cấp tỉnh|địa giới|hai|ba|bốn|"
    r"gồm|là|từ|việc|thuộc|cũ|trước đây|xã|phường|thị trấn|huyện|tỉnh|thành phố|cùng|nhân khẩu|người)(?!\w))*+"
)
# More places than that do not go into one.
_LIST = rf"{_FILL}{_PLACE}(?:{_FILL}{_PLACE}){{0,20}}"
_NEW = r"(?:\s*(?:\(mới\)|mới|,?\s*(?:có tên gọi là|có tên là|lấy tên là|lấy tên gọi là|mang tên|là)))*"
_INTO = (
    r"\s*(?:cũ\s*)?\)?\s*,?\s*(?:với nhau\s*)?"
    r"(?:thành lập thành|để thành lập|để hình thành|thành lập|lập thành|thành|vào)\s+"
    rf"(?:(?:một\s+)?(?:đơn vị hành chính|xã|phường|thị trấn|tỉnh|thành phố|huyện){_NEW}\s*)?"
)
# Words of a name before a place make it something else: "Trường Tiểu học xã An Hòa", "Đảng bộ xã An Hòa".
_FREE = r"(?:^|(?<=[.;:,(\-–]\s)|(?<=\()|(?<=\bnăm \d{4}\s)|(?<=\bđó\s)|(?<=\bviệc\s)|(?<=\bđã\s))"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    joined, founded, renamed = _any("joined"), _any("founded"), _any("renamed")
    formerly, now = _any("formerly"), _any("now")
    was = r"(?:\s*(?:được|đã|chính thức|,))*\s*"
    be = r"(?:\s*(?:được|đã|chính thức|mới|\(mới\)|,|\())*\s*"
    old = r"(?:\s*(?:cũ|trước đây|\(cũ\)))*\s*"
    into = rf"(?P<after>{_PLACE})"
    above = rf"(?:\s*,\s*{_PLACE})*"
    on = rf"(?:trên cơ sở|từ|sau khi|do)(?:\s+việc)?\s+(?:{joined})"
    # "được thành lập theo Nghị quyết … của …, từ ngày …, trên cơ sở …"
    cited = r"(?:\s*,?\s*(?:theo|từ ngày|kể từ ngày|ngày|vào|tại)\s[^;]{0,250}?)?[\s,]*"
    forms = (
        # xã X được thành lập trên cơ sở sáp nhập A, B; thành lập xã X trên cơ sở nhập A, B
        rf"{_FREE}(?P<after>{_PLACE}){above}{be}(?:{founded}){cited}(?:{on}|trên cơ sở|từ)(?P<before>{_LIST})",
        rf"{_FREE}(?P<after>{_PLACE}){above}{be}{on}(?P<before>{_LIST})",
        rf"(?<!\w)(?:{founded})\s+(?P<after>{_PLACE}){above}{be}(?:{on}|trên cơ sở|từ)(?P<before>{_LIST})",
        rf"{_FREE}(?P<after>{_PLACE}){above}{be}(?:(?:{founded}){be})?(?:sáp nhập|hợp nhất)\s+từ\s+(?P<before>{_LIST})",
        # sáp nhập A, B thành X; A sáp nhập với B thành X; A, B được sáp nhập thành X
        rf"(?<!\w)(?:{joined})(?P<before>{_LIST}){_INTO}{into}",
        rf"{_FREE}(?P<before>{_LIST}{was}(?:{joined})\s+với{_LIST}){_INTO}{into}",
        rf"{_FREE}(?P<before>{_LIST})\s*\)?{was}(?:{joined}){_INTO}{into}",
        # A đổi tên thành X; đổi tên A thành X
        rf"{_FREE}(?P<before>{_PLACE}{above}){was}(?:{renamed})\s+(?:thành|là)\s+{into}",
        rf"(?<!\w)(?:{renamed})\s+(?P<before>{_PLACE}{above})\s+(?:thành|là)\s+{into}",
        # X, trước đây là A, huyện H, hoặc trong ngoặc; A, nay là X
        rf"(?:{_FREE}(?P<after>{_PLACE}){above}\s*,?|(?P<after_>{_PLACE})\s*\()\s*(?:{formerly})(?P<before>{_LIST})",
        rf"(?:{_FREE}(?P<before>{_PLACE}{above}){old},?|(?P<before_>{_PLACE}{above}){old}\()\s*(?:{now})\s+{into}",
    )
    return tuple(re.compile(form) for form in forms)


# What a report must say to tell of a succession, in small letters.  A search for plain words costs next to nothing;
# "nhập" and "sắp xếp" alone are said of many things ("thu nhập", "sắp xếp bộ máy").
_WHAT = r"(?:toàn bộ|nguyên trạng|(?:(?:các|hai|ba|\d+) )?(?:xã|phường|thị trấn|huyện|quận|tỉnh|thành))"
_HINTS = tuple(
    re.compile(hint)
    for hint in (
        *("sá[pt] nhập", "hợp nhất", "gộp", "đổi tên", "trước (?:đây|kia|đó)", "tên cũ", "nay là"),
        *(f"nhập {_WHAT}", f"sắp xếp {_WHAT}"),
    )
)


@cache
def _not_yet() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('not yet')}|(?<!sau )(?<!từ )khi)(?!\w)")


_SINCE = re.compile(rf"(?i:(?:từ|^|[.;:]\s)\s*)(?P<day>{DATE})")
# So far from the words of a succession its day stands: longer than "… tên gọi là xã An Bình, kể từ ngày".
_NEAR = 60
# A sentence that names more places is a table or the list of a whole province.
_MOST = 60


def find_successions(report: Report) -> tuple[Succession, ...]:
    """What `report` tells of places that were merged or renamed; nothing of plans, villages, schools.

    Each pair once, where it is first told.
    """
    small = report.text.lower()
    if len(small) != len(report.text):  # "İ" is two letters in lower case
        return ()
    sentences, found = Sentences(report.text), dict[tuple[str, str | None, str], Succession]()
    for start, end in sorted({(span.start, span.end) for at in _hinted(small) for span in [sentences.around(at)]}):
        first = _PLACE_NAME.search(report.text, start, end)
        if first and _NEXT_NAME.search(report.text, first.end(), end):
            for one in _told(" ".join(report.text[start:end].split()), report.line_of(start)):
                found.setdefault((one.before, one.before_parent, one.after), one)
    return tuple(found.values())


def _hinted(small: str) -> Iterator[int]:
    for hint in _HINTS:
        yield from (found.start() for found in hint.finditer(small))


def _told(sentence: str, line: int) -> Iterator[Succession]:
    places = _places(sentence)
    if not 1 < len(places) <= _MOST or _not_yet().search(sentence.lower()):
        return
    masked, units = _masked(sentence, places), [unit for _, unit in places]
    for pattern in _patterns():
        for match in pattern.finditer(masked):
            said = {name.rstrip("_"): part for name, part in match.groupdict().items() if part is not None}
            after = units[int(said["after"][1:-1])]
            for before, parent in _members(said["before"], units, after):
                yield Succession(
                    before=str(before),
                    before_parent=str(parent) if parent else None,
                    after=str(after),
                    day=_day(masked, match),
                    line=line,
                    sentence=sentence,
                )


def _day(masked: str, match: re.Match[str]) -> str | None:
    """The day from when, as it stands in the words of a succession or near them."""
    since = _SINCE.search(masked, max(0, match.start() - _NEAR), match.end() + _NEAR)
    day = parse_date(since["day"]) if since else None
    return day if day and len(day) == len("2025-07-01") else None


def _places(sentence: str) -> list[tuple[Span, Unit]]:
    """The places of a sentence in order, also those whose kind is said once for several; at most a few too many."""
    matches = list(islice(_SHARED.finditer(sentence), _MOST))
    shared = [found for match in matches for found in _of_shared(match)]
    singles = islice(find_units(sentence), _MOST + 1)
    alone = [(span, unit) for span, unit in singles if not any(m.start() <= span.start < m.end() for m in matches)]
    return sorted([*shared, *alone], key=lambda found: found[0])


def _of_shared(match: re.Match[str]) -> Iterator[tuple[Span, Unit]]:
    kind = match["kind"].lower()
    names = [match.span("first"), *(n.span() for n in _ONE_NAME.finditer(match.string, *match.span("others")))]
    for n, (start, end) in enumerate(names):
        unit = parse_unit(f"{kind} {match.string[start:end]}")
        if unit is not None:
            yield Span(match.start("kind") if n == 0 else start, end), unit


def _masked(sentence: str, places: list[tuple[Span, Unit]]) -> str:
    made, end = [], 0
    for n, (span, _) in enumerate(places):
        made += [sentence[end : span.start].lower().replace("<", " "), f"<{n}>"]
        end = span.end
    return "".join((*made, sentence[end:].lower().replace("<", " ")))


def _members(listed: str, units: list[Unit], after: Unit) -> list[tuple[Unit, Unit | None]]:
    """The places of a list that went whole into `after`, each with the place above it that stands behind."""
    members: list[tuple[Unit, Unit | None]] = []
    end = 0
    for token in _TOKEN.finditer(listed):
        unit, between = units[int(token[1])], listed[end : token.start()]
        end = token.end()
        if LEVELS.index(unit.level) < LEVELS.index(after.level):
            members = [(member, parent or unit) for member, parent in members]
        elif unit.level == after.level and unit != after and not _PARTLY.search(between):
            members.append((unit, None))
    return members
