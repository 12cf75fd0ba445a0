"""Fields of a header that are prose: subject, addressee, period."""

import re
from dataclasses import dataclass

from corpus.dates import DATE
from corpus.folding import LOWER, fold
from corpus.header_lines import NUMBER, PLACE_AND_DATE
from corpus.units import find_bodies

_RULE = re.compile(r"[-_=*.•~\s]{2,}$|\*$")
_PAGE = re.compile(r"-?\s?\d{1,3}\s?-?$")
# Words with which the text itself begins; asked of folded lines.
_BODY = re.compile(
    r"(?:-\s?)?(?:can cu|kinh gui|thuc hien|trien khai|theo |de |nham |trong |nam \d|ngay \d|nhan |xet |sau |qua "
    r"|tu ngay|[ivx]+\s?[.,/)]|\d+\s?[.,/)]|[a-h]\s?[.)]|phan |kem theo|ban hanh kem|tinh den|chu tich\b|dieu 1)"
)
# A line that long is a paragraph, no part of a title: the longest line of a title seen has 104 characters.
_TITLE_LINE = 160
# The longest title seen, in all its lines, has 409 characters.
_LONGEST = 600


def _goes_on(made: list[str], line: str, *, gap: bool) -> bool:
    """Whether `line` belongs to the subject whose lines so far are `made`; `gap`: an empty line stands between."""
    folded = fold(line)
    if folded.startswith(("kinh gui", "can cu")):
        return False
    if not made:
        return len(line) <= _LONGEST and "như sau" not in line
    last = made[-1]
    if fold(last).startswith("cua ") and folded.startswith("ve "):
        return True
    if line.isupper() or last.isupper():
        return line.isupper() and last.isupper() and not _is_issuer(line)
    if line[0] in LOWER or last.endswith((",", "-", "và", "của")):
        return True
    ends = len(line) > _TITLE_LINE or last.endswith((".", ";", ":")) or line.startswith(("-", "("))
    return not (gap or ends or _BODY.match(folded) or _is_issuer(line))


def _is_issuer(line: str) -> bool:
    return any(span.start == 0 for span, _ in find_bodies(line.strip()))


def take_subject(after: str) -> tuple[str | None, str]:
    """The subject under the title, its lines joined, and the text that follows it.

    `after` begins right behind the type word.  Page numbers, and a number or date that a two-column print puts there,
    are passed over.
    """
    made: list[str] = []
    gap, start, end = False, 0, 0
    for raw in after.split("\n"):
        line, here = raw.strip(" :"), start
        start += len(raw) + 1
        if not line or _PAGE.fullmatch(line) or NUMBER.match(line) or PLACE_AND_DATE.match(line):
            gap = gap or not line
            continue
        if _RULE.match(line):
            if made:
                break
            continue
        if not _goes_on(made, line, gap=gap):
            break
        made.append(line)
        gap, end = False, here + len(raw)
    if len(made) > 1 and fold(made[0]).startswith("cua ") and fold(made[1]).startswith("ve "):
        made = made[1:]  # "KẾT LUẬN ⏎ CỦA BAN THƯỜNG VỤ TỈNH ỦY ⏎ về …": the issuer, then the subject
    return _bare(" ".join(made)), after[end:]


_LEAD = re.compile(r"(?:V/v|về việc|về)\s*:?\s+", re.IGNORECASE)


def _bare(subject: str) -> str | None:
    """The subject without "Về việc", and without the points around it."""
    subject = subject.strip(" .;:-*/")
    lead = _LEAD.match(subject)
    return subject[lead.end() :] if lead else subject or None


_ABOUT = re.compile(r"(?:^|(?<=\s))(?:V/v|v/v|V/V)\.?:?\s?(?P<first>[^\n]+(?:\n(?!\s*\n)[^\n]+)*)", re.MULTILINE)


def dispatch_subject(before: str) -> str | None:
    """The subject of a dispatch, after "V/v" in its letterhead; the date of the other column is cut off."""
    match = _ABOUT.search(before)
    if match is None:
        return None
    lines = []
    for line in PLACE_AND_DATE.sub("", match["first"]).split("\n"):
        if not line.strip() or _RULE.match(line) or fold(line).startswith("kinh gui"):
            break
        lines.append(line.strip())
    return _bare(" ".join(lines))


_ADDRESS = re.compile(r"^[^\w\n]*+K[íi]nh gửi\s?:?", re.MULTILINE | re.IGNORECASE)


def read_addressee(head: str) -> tuple[str, ...]:
    """Those whom "Kính gửi" names, as printed, one for each item of its list."""
    match = _ADDRESS.search(head)
    if match is None:
        return ()
    items: list[str] = []
    gap = listed = False
    for line in (raw.strip() for raw in head[match.end() :].split("\n")):
        item = line.startswith(("-", "+", "•"))
        if not line:
            gap = True
            continue
        if not items or item:
            items.append(line.lstrip("-+• "))
        elif not gap and (line[0] in LOWER or (listed and items[-1][-1:] not in ";.")):
            items[-1] += f" {line}"
        else:
            break
        gap, listed = False, listed or item
    parts = (part.strip(" -.;,") for entry in items for part in entry.split(";"))
    return tuple(part for part in parts if part)


_YEAR = r"(?:19|20)\d\d"
_PERIOD = re.compile(
    r"(?:(?:\d{1,2}|ba|sáu|chín) tháng(?: (?:đầu|cuối))? năm|quý (?:[1-4]|IV|I{1,3})\b|(?<!\d )tháng \d{1,2}(?!\d)"
    rf"|năm học {_YEAR} ?- ?{_YEAR}|giai đoạn {_YEAR} ?- ?{_YEAR}|nhiệm kỳ {_YEAR} ?- ?{_YEAR}|năm(?= {_YEAR}))"
    rf"(?:(?: năm| ?/)? ?(?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
_HORIZON = re.compile(r"(?:đến|từ|trước|sau)\s$", re.IGNORECASE)
_OF_LAW = re.compile(r"(?:(?<!pháp )luật|hiến pháp|pháp lệnh)(?:(?!năm)[^,.;]){0,40}$", re.IGNORECASE)
_WHOLE_DATE = re.compile(rf"(?=(?i:ng[àa]y)|\d){DATE}")


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a document reports on, as printed, and its year (None where it spans several)."""

    name: str
    year: int | None


def read_period(subject: str) -> Period | None:
    """The first period that `subject` names: "6 tháng đầu năm 2023", "quý III năm 2024", "năm 2020"."""
    text = _WHOLE_DATE.sub(lambda m: " " * len(m.group()), subject)
    found = [match for match in _PERIOD.finditer(text) if not _HORIZON.search(text[: match.start()])]
    # "Luật Đất đai năm 2024": a year behind a law is that of the law where another one follows.
    for match in sorted(found, key=lambda m: bool(_OF_LAW.search(text[: m.start()]))):
        name = match.group().lower().replace("quý i", "quý I")
        name = re.sub(r"quý (\w+)", lambda m: f"quý {m[1].upper()}", name)
        years = re.findall(_YEAR, name)
        if years:
            return Period(name, int(years[0]) if len(years) == 1 else None)
        if later := re.search(_YEAR, text[match.end() :]):  # "6 tháng đầu năm và nhiệm vụ … năm 2023"
            named = name if name.endswith("năm") else f"{name} năm"
            return Period(f"{named} {later.group()}", int(later.group()))
    return None
