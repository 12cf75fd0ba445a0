"""The top of a document, taken apart: formulas away, columns and run-together words parted, the title found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.dates import DATE
from corpus.folding import LOWER, UPPER, fold, normalize_tone
from corpus.gazetteer import alternatives
from corpus.tables import read_table

# Letterhead, title and first paragraphs took at most 3 100 characters in the real documents seen.
_REACH = 8000
# The formulas of Nghị định 30/2020/NĐ-CP (Quốc hiệu, Tiêu ngữ) and of the Party; asked of folded text.
_FORMULA = re.compile(
    r"cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam|dang\s+cong\s+san\s+viet\s+nam"
    r"|doc\s*lap\s*[-.,]?\s*tu\s*do\s*[-.,]?\s*hanh\s*phuc"
)
_PART = rf"[{UPPER}][\w&]*(?:\.[{UPPER}]\w*)*"
NUMBER = re.compile(
    rf"(?:^|(?<=\s))S[ốôổo]\s?[:.]?\s?(?:(?P<number>\d+\s?[a-zA-ZĐđ]?)|[.…_\s]*)\s?(?P<mark>[/-])\s?"
    rf"(?:\d{{4}}\s?/\s?)?(?P<symbol>{_PART}(?:\s?[-/]\s?{_PART})*)"
    r"|^S[ốô]\s?:\s?(?P<bare>\d+[a-zA-ZĐđ]?)$",
    re.MULTILINE,
)
"""The own number of a document, with a blank for the number where it is not filled in."""

_KIND = r"(?i:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|TP\.?|TX\.?)"
_WORD = rf"[{UPPER}][\w'’]*"
PLACE_AND_DATE = re.compile(
    rf"(?:^|(?<=\s))(?P<place>(?:{_KIND}\s)?{_WORD}(?:(?: - |-| ){_WORD}){{0,5}})\s?,?\s"
    rf"(?=(?i:ng[àa]y?|tháng)\W)(?P<date>{DATE})"
    rf"|^(?=(?i:ng[àa]y)\W)(?P<alone>{DATE})$",
    re.MULTILINE,
)
"""The line of place and date: "Yên Hà, ngày 05 tháng 3 năm 2020"."""

_RUN_TOGETHER = re.compile(rf"[{LOWER}{UPPER}](?:CỘNG H|ĐẢNG CỘNG SẢN)|VIỆT NAMĐộc|(?:phúc|PHÚC)[{UPPER}]")
_ORGANS = "BAN|SỞ|PHÒNG|VĂN PHÒNG|HỘI ĐỒNG|CÔNG AN|ỦY BAN|UỶ BAN|TRƯỜNG|TỔ|CHI CỤC|CỤC"
_PLACES = "TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|PHƯỜNG|XÃ|THỊ TRẤN|ĐẶC KHU"
_SEAMS = re.compile(
    rf"(?<=[{LOWER};:)])(?=[{UPPER}])|(?<=\d)(?=[{UPPER}]{{2}})|(?<=\d{{4}})(?=[{UPPER}])"
    rf"|(?<=[{UPPER}])(?=[{UPPER}][{LOWER}])(?!T[gr](?!\w))|(?<=\w)(?=V/v)"
    r"|(?<=\w) (?=(?:Căn cứ|Thực hiện) (?:Luật|Bộ luật|Nghị|Quyết|Chỉ thị|Kế hoạch|Công văn|Thông|Hướng|Kết|Pháp lệnh))"
    rf"|(?<=[{UPPER}])(?=(?:{_ORGANS}|{_PLACES})\s)"
)


def open_head(text: str) -> str:
    """The top of `text` (cleaned) with a line for each field: without formulas and table bars, columns parted.

    Where a converter lost all line breaks, they are put back at the seams of words ("NHÂN DÂNTỈNH").
    """
    head = text[:_REACH]
    if _RUN_TOGETHER.search(head):
        head = _SEAMS.sub("\n", head)
    made, end = [], 0
    for match in _FORMULA.finditer(fold(head)):
        made.append(head[end : match.start()])
        end = match.end()
    made.append(head[end:])
    lines = (line.strip() for line in "\n".join(made).replace("|", "\n").split("\n"))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Title:
    """The line that names the type: where it begins, where its type word ends, and the type."""

    start: int
    end: int
    type: str


@cache
def _types() -> dict[str, str]:
    """The types by their names in small letters, and without tones."""
    names = [str(row["name"]) for row in read_table("corpus", "types")["type"]]
    return {key: name for name in names for key in (name.lower(), fold(name))}


def _key(line: str) -> str:
    """`line` for a look-up in `_types`: without tones only if it has none, for "phường An" is no "phương án"."""
    return line.lower() if line.isascii() else normalize_tone(line).lower()


@cache
def _type_word() -> re.Pattern[str]:
    return re.compile(rf"(?:\(?dự thảo\)?\s+)?(?P<type>{alternatives(_types())})(?=$|[\s:.*])")


# The name of a committee goes on in the next line: "BAN CHỈ ĐẠO THỰC HIỆN ⏎ QUY CHẾ DÂN CHỦ Ở CƠ SỞ".
_OPEN_NAME = re.compile(r"(?:thuc hien|trien khai|xay dung|,|\bva|chi dao|to cong tac|phoi hop)$")
# A title stands among the first lines.
_TITLE_WITHIN = 60
_ADDRESS = re.compile(r"Kính gửi|KÍNH GỬI|Kinh gửi")


def numbered_lines(head: str) -> Iterator[tuple[int, str]]:
    """The lines of `head` that are not empty, with their offsets."""
    start = 0
    for line in head.split("\n"):
        if line:
            yield start, line
        start += len(line) + 1


def find_title(head: str) -> Title | None:
    """The line that says "BÁO CÁO" or "BÁO CÁO KẾT QUẢ …"; None where none does (a dispatch has no such line)."""
    first, above = True, ""
    for index, (start, line) in enumerate(numbered_lines(head)):
        if index >= _TITLE_WITHIN or _ADDRESS.match(line):
            return None
        key = _key(line)
        match = _type_word().match(key)
        alone = key.strip(" :.*") in _types()
        # In lower case only the first line can be a title: "Quyết định về việc …", as databases print it.
        shouted = match and line[match.start("type") : match.end("type")].isupper()
        printed = shouted or alone or (first and match and match.end() < len(line) and line[0].isupper())
        if match and printed and not _OPEN_NAME.search(above):
            return Title(start, start + match.end(), _types()[match["type"]])
        spaced = key.replace(" ", "")  # B Á O  C Á O
        if (name := _spaced().get(spaced)) and len(key) == 2 * len(spaced) - 1:
            return Title(start, start + len(line), name)
        first, above = first and bool(NUMBER.match(line) or PLACE_AND_DATE.match(line)), fold(line)
    return None


@cache
def _spaced() -> dict[str, str]:
    return {key.replace(" ", ""): name for key, name in _types().items()}


def type_of_symbol(symbol: str) -> str:
    """The type that a symbol stands for ("BC-UBND" → "Báo cáo"); one without a type code is a dispatch's."""
    code = re.split("[-/]", symbol)[0]
    rows = read_table("corpus", "types")["type"]
    return next((str(row["name"]) for row in rows if code in row["codes"]), "Công văn")


def type_named(text: str) -> str | None:
    """The type with whose name `text` begins, or None."""
    match = _type_word().match(_key(text))
    return _types()[match["type"]] if match else None
