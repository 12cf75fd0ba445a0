"""Whose document it is: from the letterhead, or from what the first and the last paragraph say."""

import re
from collections.abc import Iterator

from corpus.folding import fold
from corpus.units import expand_body, find_bodies, parse_unit, place_of

# Words with which the name of a body begins; asked of folded text.  "tổ chức", "hội nghị" are none.
_HEAD = re.compile(
    r"(?:uy ban|ubnd|ubmttq|ub |hdnd|hoi dong|so |phong |ban |bcd|bch |btv |van phong|(?:tinh|thanh|huyen|thi|thi xa|quan) uy|dang uy"
    r"|dang bo|chi bo|chi uy|cong an|bo |tong |cuc |chi cuc|truong |trung tam|to (?!chuc)|doan (?!ket)|hoi (?!nghi)|lien doan"
    r"|cong doan|khoi |mat tran|mttq|quoc hoi|chinh phu|thu tuong|chu tich|vien |toa an|bao hiem|kho bac|thanh tra|benh vien"
    r"|ngan hang|tieu ban|ban quan ly|hat kiem lam|doi )"
)
# A part of a body that is named under it and takes its whole name.
_PART = re.compile(
    r"(?:Ban Thường (?:trực|vụ)|Thường trực|Văn phòng|Ban Tổ chức|Ban Dân vận|Ban Tuyên giáo|Ban Nội chính|Ủy ban Kiểm tra"
    r"|Ban Xây dựng Đảng|Ban Chấp hành|Khối Dân vận|Ban cán sự đảng|Đảng đoàn)"
)
_UNFINISHED = re.compile(r"(?:van phong|ban thuong (?:vu|truc)|thuong truc|ban chap hanh|hoi dong|uy ban|bo|so|ban)$")
_NOISE = re.compile(
    r"[-_=*.•\s/]+$|\d{1,3}$|(?:v/v|ve viec|kinh gui|du thao|hoa toc|mat|toi mat|thuong khan|khan|sao y|ban sao|\(?du thao)\b"
)
_MAX_LINES = 14


def letterhead_bodies(letterhead: str) -> list[str]:
    """The bodies of a letterhead from the highest down, each in full: ["Ủy ban nhân dân huyện A", "Ủy ban nhân dân xã B"].

    A line that begins with no word for a body, or is a bare place, goes on with the body above it.
    """
    made: list[str] = []
    for line in [x.strip(" /*-") for x in letterhead.split("\n") if x.strip(" /*-")][:_MAX_LINES]:
        folded = fold(line)
        if re.match(r"v/v|ve viec|kinh gui", folded):
            break
        if _NOISE.match(folded):
            continue
        begins = bool(_HEAD.match(f"{folded} ")) and parse_unit(line) is None
        if begins and not (made and _UNFINISHED.search(fold(made[-1]))):
            made.append(line)
        elif made:
            made[-1] += f" {line}"
    return [expand_body(body) for body in made]


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
    if _PART.fullmatch(own):
        return f"{own} {above}"
    place = place_of(above)
    return own if place is None else f"{own} {place}"


_VERB = (
    r"(?:báo cáo|tổng kết|sơ kết|xây dựng|ban hành|thông báo|đề nghị|kính đề nghị|trân trọng|trình|kính trình|hướng dẫn|yêu cầu"
    r"|chỉ thị|quyết định|quy định|triển khai|đề ra|tổ chức|kính báo|kết luận)"
)
_BEFORE_VERB = r"(?: (?:xin|kính|trân trọng|đã|tiến hành|nghiêm túc|kịp thời))*"
_CLAUSE = re.compile(rf"(?P<body>[^,;.:\n]{{2,140}}?){_BEFORE_VERB} {_VERB}(?!\w)")
_AS_FOLLOWS = re.compile(r"như sau|sau đây|cụ thể|với (?:các|những) nội dung")
# The clause with the subject begins a paragraph, or stands after a comma or a full stop.
_STARTS = re.compile(r"(?:^|\n|[,;.:/] ?)$")
_OF_BODY = re.compile(r"của (?P<body>[^,;.:\n]{2,140}?)(?=\s*(?:[,;.:]|\./|$|\n))")


def clause_bodies(text: str) -> Iterator[tuple[int, str]]:
    """The bodies that are subjects in `text` ("…, UBND xã Tân Lập báo cáo …"), as printed, with their offsets."""
    for span, _ in find_bodies(text):
        if not _STARTS.search(text[max(0, span.start - 2) : span.start]):
            continue
        match = _CLAUSE.match(text, span.start)
        if match and match.end("body") >= span.end:
            yield span.start, match["body"]


def opening_body(paragraphs: str) -> str | None:
    """The body that reports in the first paragraphs: the last subject before "như sau", else the first subject."""
    limit = _AS_FOLLOWS.search(paragraphs)
    found = list(clause_bodies(paragraphs))
    before = [body for at, body in found if limit and at < limit.start()]
    return before[-1] if before else found[0][1] if found else None


def closing_body(text: str) -> str | None:
    """The body that reports in the last paragraph: "Trên đây là báo cáo … của UBND huyện A", "UBND xã B kính báo cáo …"."""
    at = text.rfind("Trên đây là")
    if at < 0:
        return None
    closing = text[at : at + 1200].split("\n\n")[0]
    subject = next((body for _, body in clause_bodies(closing)), None)
    of = [m["body"] for m in _OF_BODY.finditer(closing) if any(span.start == 0 for span, _ in find_bodies(m["body"]))]
    return subject or (of[-1] if of else None)


def issuer_line(lines: list[str]) -> str | None:
    """The line of a decision that names only its issuer, above "Căn cứ": "Ủy ban nhân dân tỉnh Lạng Hà"."""
    for line in lines:
        if fold(line).lstrip("- ").startswith(("can cu", "dieu 1")):
            return None
        if any(span.start == 0 or fold(line).startswith("chu tich") for span, _ in find_bodies(line)) and len(line) <= _ISSUER_LINE:
            return line
    return None


# The longest line that names nothing but a body ("Chủ tịch Ủy ban nhân dân thành phố …").
_ISSUER_LINE = 80
