"""Who signed: the block at the end, with the post, the name, and the body in whose name it is signed."""

import re
from dataclasses import dataclass
from functools import cache

from corpus.folding import LOWER, UPPER, fold, title_name
from corpus.tables import read_table
from corpus.units import expand_body, find_bodies

# A name: two to six syllables, each with a capital or all in capitals; degrees and ranks before it are no part of it.
_RANK = (
    r"(?:(?:ThS|TS|PGS|GS|BS|KS|CN|CVCC)\.?\s?,?\s?|(?:Thiếu|Trung|Thượng|Đại) (?:tá|tướng|úy|uý) |(?:Ông|Bà|Đ/c):?\s)*"
)
_SYLLABLE = rf"(?:[{UPPER}][{LOWER}]{{0,6}}|[{UPPER}]{{1,7}})"
_NAME = rf"{_SYLLABLE}(?: {_SYLLABLE}){{1,5}}"
_NAME_LINE = re.compile(rf"^{_RANK}(?P<name>{_NAME})$")
# Two columns on one line: the last recipient, then the name.
_NAME_AT_END = re.compile(rf"^-\s?(?:Lưu|Như)\b.*?[.;)]\s{_RANK}(?P<name>{_NAME})$")
_CELL = re.compile(
    rf"^(?P<post>[{UPPER}][{UPPER}\s./,-]+?)\s(?P<name>{_RANK}[{UPPER}][{LOWER}]{{1,6}}(?: {_SYLLABLE}){{1,5}})$"
)
_FOR = re.compile(r"(?:^|\s)T/?M\.?\s?:?\s(?P<body>[^\n]{3,90})$")
_SIGNED = re.compile(r"^\(?(?:đã ký|ký tên|ký, đóng dấu|chữ ký|signed)", re.IGNORECASE)
_RECIPIENTS = re.compile(r"Nơi nhận", re.IGNORECASE)
# Lines between a post and a name: seal, "(Đã ký)", the recipients of the other column.
_NAME_WITHIN = 9
# The block begins at most so many lines above its post (TM. …, KT. …) and so many beside the recipients.
_BLOCK = 6
_BESIDE = 25
# "KT. CHÁNH VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN …"
_LONGEST_POST = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature: the name, the post ("Phó Chủ tịch"), and the body after "TM.", as printed."""

    signer: str | None = None
    title: str | None = None
    body: str | None = None


@cache
def _posts() -> dict[str, str]:
    return {
        fold(name): row["name"]
        for row in read_table("corpus", "bodies")["post"]
        for name in (row["name"], *row.get("short", ()))
    }


@cache
def _post() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A post at the end of a folded line ("KT. CHỦ TỊCH"), and one that opens it ("TRƯỞNG PHÒNG NỘI VỤ")."""
    names = "|".join(sorted(_posts(), key=len, reverse=True))
    return re.compile(rf"(?:^|\s)(?P<post>{names})$"), re.compile(
        rf"^(?:(?:kt|tl|tuq|q|k/t|t/l)\.?\s?)?(?P<post>{names}) [^\d.,;:]+$"
    )


def read_signature(text: str) -> Signature:
    """The signature of `text` (cleaned); its fields are None where there is none.

    The block beside "Nơi nhận" counts; without that, the last block.
    """
    lines = [line for part in re.split(r"[\n|]", text) for line in _parted(part.strip()) if line]
    found = [at for at in range(len(lines)) if _post_of(lines[at]) and _name_after(lines, at)]
    recipients = next((i for i, line in enumerate(lines) if _RECIPIENTS.match(line)), None)
    beside = [at for at in found if recipients is not None and abs(at - recipients) <= _BESIDE]
    at = beside[0] if beside else found[-1] if found else None
    if at is None:
        return Signature(body=_body(lines[-_BESIDE:]))
    at = max(i for i in found if i - at <= _BLOCK and _name_after(lines, i) == _name_after(lines, at))
    return Signature(
        signer=_name_after(lines, at), title=_post_of(lines[at]), body=_body(lines[max(0, at - _BLOCK) : at + 1])
    )


def _parted(line: str) -> tuple[str, ...]:
    """A line that holds post and name, as a table cell does, in two."""
    match = _CELL.match(line)
    return (match["post"], match["name"]) if match and _post_of(match["post"]) else (line,)


def _post_of(line: str) -> str | None:
    """The post in a line of capitals: "KT. CHỦ TỊCH" → "Chủ tịch"; "TRƯỞNG PHÒNG NỘI VỤ" → "Trưởng phòng Nội vụ"."""
    line = line.strip(" ,.")
    if len(line) > _LONGEST_POST or not line[-1:].isupper():
        return None
    ends, opens = _post()
    match = ends.search(fold(line)) or opens.search(fold(line))
    if match is None or not line[match.start() :].isupper():
        return None
    of = line[match.end("post") :].strip()
    return f"{_posts()[match['post']]} {_usual(of)}" if of else _posts()[match["post"]]


def _usual(of: str) -> str:
    """What a post is of, in its usual case: "NỘI VỤ" → "Nội vụ", "UBND XÃ A" → "Ủy ban nhân dân xã A"."""
    known = next((span.start == 0 for span, _ in find_bodies(of)), False)
    return expand_body(of) if known else of.capitalize()


def _name_after(lines: list[str], at: int) -> str | None:
    for line in lines[at + 1 : at + 1 + _NAME_WITHIN]:
        if (match := _NAME_LINE.match(line) or _NAME_AT_END.match(line)) and not _is_no_name(line, match["name"]):
            return title_name(match["name"])
    return None


def _is_no_name(line: str, name: str) -> bool:
    return bool(
        _post_of(line)
        or _FOR.search(line)
        or _SIGNED.match(line)
        or _RECIPIENTS.match(line)
        or _NOT_NAMES.match(fold(name))
    )


_NOT_NAMES = re.compile(
    r"(?:noi nhan|nhu tren|luu|uy ban|hoi dong|ban thuong|ban chi dao|phu luc|da ky|tai lieu|cong hoa|doc lap)\b"
)


def _body(lines: list[str]) -> str | None:
    return next(
        (match["body"].strip(" ,.") for line in lines if (match := _FOR.search(line)) and match["body"].isupper()), None
    )
