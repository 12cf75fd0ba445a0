"""Names of places and bodies, brought to one form."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from corpus.folding import LOWER, UPPER, fold, normalize_tone, title_name
from corpus.gazetteer import (
    Body,
    Kind,
    aliases,
    alternatives,
    bodies,
    bodies_by_name,
    folded_words,
    kinds,
    kinds_by_name,
    posts,
    provinces_by_name,
    spelled,
)
from corpus.model import LEVELS, Level, Span, Unit

# What stands after a kind and is no name: committees and organisations of the place, society ("xã hội").
_NO_NAME = re.compile(
    r"(?:uy|doan|doi|hoi|vien)$|uy\b|hoi chu nghia\b|(?:thuong truc|dang uy|hdnd|ubnd|mttq|thong minh|van minh)\b"
)
# Ends the name of a place where capitals do not show the end ("XÃ AN BÌNH VỀ …").
_AFTER_NAME = re.compile(
    r"\s(?:về|và|thực hiện|triển khai|năm|khóa|nhiệm kỳ|giai đoạn|quý|số|độc lập|cộng hòa|đảng|ban|ủy ban|hội đồng|ngày"
    rf"|báo cáo|tháng|tại|của|trên|kính gửi|thông báo|kế hoạch|quyết định)(?![{LOWER}{UPPER}])",
    re.IGNORECASE,
)
_WORD = rf"[{UPPER}][\w'’]*"
_NAME = rf"(?:\d{{1,2}}(?![\w/.,]*\d)|{_WORD}(?:(?: ?- ?|[^\S\n]+){_WORD}){{0,4}})"


@cache
def _unit_pattern() -> re.Pattern[str]:
    words = "|".join(kind.name.replace(" ", r"\s+") for kind in kinds())
    short = "|".join(re.escape(s) for kind in kinds() for s in sorted(kind.short, key=len, reverse=True))
    known = alternatives(spelled()).replace(r"\ ", r"\s+")
    return re.compile(
        rf"(?<!\w)(?:(?P<alias>{alternatives(aliases())})(?!\w)"
        rf"|(?P<kind>(?i:{words})\s+|(?:{short})\s*)(?:(?P<known>(?i:{known}))(?!\w)|(?P<name>{_NAME})))"
    )


def find_units(text: str, *, year: int | None = None) -> Iterator[tuple[Span, Unit]]:
    """The places that `text` (cleaned) names with their kind, each with its span, in order.

    `year` tells whether a city was of the first level by then; without it, the present holds.
    """
    for match in _unit_pattern().finditer(text):
        if match["alias"]:
            yield Span(match.start(), match.end()), _city(match["alias"])
            continue
        kind = kinds_by_name()[fold(" ".join(match["kind"].split()))]
        name = match["known"] or _cut(match["name"])
        if "\n" in match["kind"] and not match["known"] and " " not in name:
            continue  # one word in the next line begins another sentence: "UBND tỉnh ⏎ Căn cứ"
        if _NO_NAME.match(fold(name)) or _NO_NAME.match(fold(text[match.end("kind") : match.end() + 8])):
            continue
        yield (
            Span(match.start(), match.end() - len(match["known"] or match["name"]) + len(name)),
            _unit(kind, name, year),
        )


def _cut(name: str) -> str:
    stop = _AFTER_NAME.search(normalize_tone(name)) if name.isupper() else None
    return name[: stop.start()] if stop else name


def _city(alias: str) -> Unit:
    province = provinces_by_name()[folded_words(alias)]
    return Unit(kind=province.kind, name=province.name, level="province")


def _unit(kind: Kind, name: str, year: int | None) -> Unit:
    known = provinces_by_name().get(folded_words(name))
    if known is not None and known.kind == kind.name:
        first = year is None or year >= known.since
        return Unit(kind=kind.name, name=known.name, level="province" if first else kind.level)
    return Unit(kind=kind.name, name=title_name(name), level=kind.level)


@lru_cache(maxsize=1 << 14)
def parse_unit(text: str, *, year: int | None = None) -> Unit | None:
    """The place with which `text` begins ("Xã QUANG MINH", "TX. An Bình"), None where it begins with none.

    `year` as in `find_units`.

    >>> str(parse_unit("TP. Hồ Chí Minh")), parse_unit("xã hội")
    ('thành phố Hồ Chí Minh', None)
    """
    text = unicodedata.normalize("NFC", text).strip()
    return next((unit for span, unit in find_units(text, year=year) if span.start == 0), None)


# An abbreviation so short that its folded form may be a word ("ĐU", du) counts only as it is printed.
_LONG_ENOUGH = 4


@cache
def _body_pattern() -> re.Pattern[str]:
    known = sorted((name for name, body in bodies_by_name().items() if not body.head), key=len, reverse=True)
    names = "|".join(name.replace(" ", "[ ,.&-]{1,3}") for name in known)
    heads = "|".join(
        rf"{fold(body.name)}(?=$| (?!(?:{'|'.join(map(fold, body.not_before)) or '$'})\b)\w)"
        for body in sorted(bodies(), key=lambda b: -len(b.name))
        if body.head
    )
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)|^(?:(?:pho )?(?:giam doc|truong) )?(?P<head>{heads})")


def find_bodies(text: str) -> Iterator[tuple[Span, Body]]:
    """The known bodies in `text` (NFC, single blanks), each with the span of its name, longest names first."""
    for match in _body_pattern().finditer(fold(text)):
        start = match.start("head") if match["head"] else match.start()
        printed = text[start : match.end()]
        body = bodies_by_name()[folded_words(printed)]
        if match["head"]:  # so short a word counts with its tones: "Sở" is not "số"
            known = printed.isascii() or normalize_tone(printed).lower() == body.name.lower()
        else:
            known = len(printed) >= _LONG_ENOUGH or printed in body.short
        if known:
            yield Span(start, match.end()), body


@lru_cache(maxsize=4096)
def expand_body(text: str) -> str:
    """The name of a body in full and in its usual case; what is not known is kept.

    >>> expand_body("UBND Phường AN PHÚ"), expand_body("BTV Tỉnh uỷ"), expand_body("SỞ NỘI VỤ")
    ('Ủy ban nhân dân phường An Phú', 'Ban Thường vụ Tỉnh ủy', 'Sở Nội vụ')
    """
    text = " ".join(unicodedata.normalize("NFC", text).split()).strip(" .,;:")
    made, end, before, capitals = [], 0, None, text.isupper() and " " in text
    for span, body in find_bodies(text):
        made += [_beside(text[end : span.start], before, capitals=capitals), _full(span.of(text), body.name)]
        end, before = span.end, body
    made.append(_beside(text[end:], before, capitals=capitals))
    full = "".join(made)
    return full[:1].upper() + full[1:]


def _full(printed: str, name: str) -> str:
    """`name`, with the points and hyphens of `printed` where that has all its words."""
    if folded_words(printed) != folded_words(name):
        return name
    words = re.findall(r"\w+", name)
    return re.sub(r"\w+", lambda _: words.pop(0), printed)


def _beside(text: str, body: Body | None, *, capitals: bool) -> str:
    """`text` behind the name of `body` in its usual case; `capitals`: all is printed in capitals."""
    if capitals and body is not None and body.seat and not _unit_pattern().search(text):
        return title_name(text) if text[:1] != " " else f" {title_name(text[1:])}"
    made, end = [], 0
    for span, unit in find_units(text):
        made += [_lower(text[end : span.start], capitals=capitals), str(unit)]
        end = span.end
    made.append(_lower(text[end:], capitals=capitals))
    usual = normalize_tone("".join(made))
    if capitals and body is not None and body.head and not _bare_kind().search(usual):
        return usual[:1] + usual[1:2].upper() + usual[2:]
    return usual


def _lower(text: str, *, capitals: bool) -> str:
    if capitals:  # a word without a vowel is an abbreviation
        return re.sub(
            r"\w+", lambda m: m.group().lower() if re.search("[aeiouy]", fold(m.group())) else m.group(), text
        )
    return _bare_kind().sub(lambda m: m.group().lower(), text)


@cache
def _bare_kind() -> re.Pattern[str]:
    """A kind of place without a name: "UBND Tỉnh", "Ban Chỉ đạo tỉnh về …"; not "các xã", "cấp xã"."""
    names = "|".join(sorted((kind.name for kind in kinds()), key=len, reverse=True))
    return re.compile(rf"(?i)(?<!cấp )(?<!các )(?<!mỗi )(?<!, )(?<!và )(?<!\w)(?:{names})(?=\s*$|\s+về\b)")


def resolve_body(text: str, *, unit: Unit | None, parent: Unit | None, province: Unit | None) -> str:
    """The full name of a body as a document of `unit` means it, with its place; never a guessed place.

    `parent` is the place above `unit`, `province` that of the first level; each may be unknown.

    >>> resolve_body("UBND tỉnh", unit=None, parent=None, province=parse_unit("tỉnh An Giang"))
    'Ủy ban nhân dân tỉnh An Giang'
    """
    full = expand_body(text)
    if body_level(full) == "central" or any(find_units(full)):
        return full
    near = [place for place in (unit, parent, province) if place is not None]
    if bare := _bare_kind().search(full):
        place = next((p for p in near if p.kind == bare.group().lower()), None)
        return full if place is None else f"{full[: bare.start()]}{place}{full[bare.end() :]}"
    named = list(find_bodies(full))
    if not named or not (named[-1][0].end == len(full) or named[0][1].head):
        return full
    body = named[-1][1]
    if body.seat:
        place = next((p for p in near if p.kind == body.seat), None)
        is_named = named[-1][0].end < len(full)
        return full if place is None or is_named else f"{full} {place.name}"
    if len(body.of) > 1:  # it exists at several levels: the citing unit speaks of its own
        near = [unit] if unit is not None else []
    place = next((p for p in near if p.level in body.of), None)
    return full if place is None else f"{full} {place}"


@lru_cache(maxsize=1 << 14)
def place_of(text: str) -> Unit | None:
    """The place that the name of a body holds: "Thành ủy Hà An" → thành phố Hà An.

    >>> str(place_of("UBND xã Minh Tiến")), str(place_of("Huyện ủy Yên Sơn")), place_of("UBND tỉnh")
    ('xã Minh Tiến', 'huyện Yên Sơn', None)
    """
    full = expand_body(text)
    units = [unit for _, unit in find_units(full)]
    seats = [(span, body.seat) for span, body in find_bodies(full) if body.seat]
    if units or not seats:
        return units[-1] if units else None
    span, seat = seats[-1]
    return parse_unit(f"{seat} {full[span.end :]}")


def kind_of(text: str) -> str | None:
    """The kind of place whose body is named without it: "UBND tỉnh" → "tỉnh", "Huyện ủy" → "huyện"."""
    full = expand_body(text)
    if bare := _bare_kind().search(full):
        return bare.group().lower()
    return next((body.seat for _, body in find_bodies(full) if body.seat), None)


def body_level(text: str) -> Level | None:
    """The level at which a body stands, None where its name does not tell.

    >>> body_level("Bộ Chính trị"), body_level("UBND xã Minh Tiến"), body_level("UBND")
    ('central', 'commune', None)
    """
    full = expand_body(text)
    if place := place_of(full):
        return place.level
    named = [(span, body) for span, body in find_bodies(full) if body.level != "local"]
    if any(body.level == "central" for _, body in named) or re.search(
        rf"(?<!thuộc )Trung ương|\bBộ [{UPPER}](?!hỉ)", full
    ):
        return "central"
    if bare := _bare_kind().search(full):
        kind = kinds_by_name()[fold(bare.group())]
        return None if kind.name == "thành phố" else kind.level
    return next((level for level in LEVELS if any(body.level == level for _, body in named)), None)


_TERM = re.compile(r"\s*\(?(?:khóa|nhiệm kỳ) [\dIVXLivxl][\w\s-]*\)?")


def body_key(text: str) -> str:
    """The name of a body for comparison: in full, without case, points, post of its head and term.

    The head of an office and the office use one series of numbers (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    Tones stay: xã Hà Vân and xã Hạ Vân are two.
    """
    full = _TERM.sub("", expand_body(text))
    if not _begins_with_body(full):
        ends = (len(post) + 1 for post in _posts() if full.lower().startswith(f"{post} "))
        full = next((full[end:] for end in ends if _begins_with_body(full[end:])), full)
    key = full.lower().replace("mặt trận tổ quốc việt nam", "mặt trận tổ quốc")
    return " ".join(re.findall(r"\w+", key))


def _begins_with_body(text: str) -> bool:
    return next((span.start == 0 for span, _ in find_bodies(text)), False)


@cache
def _posts() -> tuple[str, ...]:
    return ("trưởng", "chánh", *(post.name.lower() for post in posts()))


def same_body(one: str, other: str) -> bool:
    """Whether two names mean one body.

    >>> same_body("UBND xã Minh Tiến", "Uỷ ban nhân dân Xã MINH TIẾN")
    True
    """
    return body_key(one) == body_key(other)
