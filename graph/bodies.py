"""The body that a text names beside an instrument: where its name begins and where it ends.

A name begins with a body of the table and goes on over capitals and words of place ("Ủy ban nhân dân thị xã
An Bình"); committees named by their task ("Ban Chỉ đạo thực hiện …") go on to the end of the clause.
"""

import re
from functools import cache

from corpus.folding import fold
from corpus.tables import read_table
from graph import instruments

_OFFICE = (
    r"(?:(?:tap the|thuong truc|chu tich|pho chu tich|giam doc|bo truong|thu truong|chanh|truong|chu nhiem|tong giam doc|"
    r"dong chi|lien|cac)\s+)*"
)
# Heads that the table has not as a body of their own.
_MORE_HEADS = ("bo", "ban", "so", "phong", "to cong tac", "hoi dong", "tong cuc", "cuc", "chi cuc", "van phong", "vien", "ubbc")
_TASK = re.compile(r"(?:ban chi dao|bcd|to cong tac|to cong nghe|hoi dong(?!\s+nhan)|tieu ban|doan kiem tra|doan giam sat|to)\b")
# What ends a name; asked of the text with its accents ("thì" ends it, "thị" does not).
_STOP = re.compile(
    r"(?:về|v/v|quy định|hướng dẫn|ban hành|phê duyệt|sửa đổi|kho[áa]|khóa|ngày|năm \d|tháng \d|giao|công bố|thông báo|nhằm|để|tại|"
    r"đã|đang|được|thực hiện|thì|là|làm|gửi|kèm|đến|với|cùng|đồng thời|đối với|thay thế|bãi bỏ|hợp nhất|bổ sung|điều chỉnh|"
    r"như sau|lần thứ|quán triệt|tiếp tục|tăng cường|trong|phát động|nhiệm kỳ|cho|này|trên địa bàn|theo|căn cứ|số \d|quyết định|"
    r"triển khai|báo cáo|yêu cầu|chỉ đạo|tổ chức|xây dựng|ký|có)(?!\w)",
)
_STOP_OF_TITLE = re.compile(
    r"(?:về|quy định|hướng dẫn|ban hành|phê duyệt|sửa đổi|bổ sung|điều chỉnh|thay thế|bãi bỏ|v/v|ngày|kho[áa]|khóa)(?!\w)", re.IGNORECASE
)
_STOP_OF_TASK = re.compile(
    r"(?:v/v|về|ban hành|phê duyệt|ngày|giao|nhằm|để|tại|đã|đang|được|báo cáo|triển khai|yêu cầu|ký|hướng dẫn)(?!\w)", re.IGNORECASE
)
_PLACE_WORDS = frozenset("tinh huyen xa thanh pho thi quan phuong tran dac khu trung uong nhan dan uy viet nam".split())
_TOKEN = re.compile(r"\s*(?:-\s*)?([^\s,.;:()\"“”/]+(?:/[^\s,.;:()\"“”]+)?)")
_PLACE_KIND = re.compile(r"(?:tinh|huyen|xa|thanh pho|thi xa|quan|phuong|thi tran|dac khu)$")
_VERB = re.compile(r"\s*(?:,\s*)?(?:da|dang|se|ban hanh|xay dung|chi dao|to chuc|trien khai|thuc hien|phoi hop|tham muu|bao cao|tiep tuc|quan triet)\b")
_JOINT = re.compile(r"\s*(?:,|-|va\b|cung\b)\s*")
_LOOSE_END = re.compile(r"\s(?:va|cua|cac|-)$")
# "Sở Kế hoạch và Đầu tư", "Phòng Tài chính - Kế hoạch": there the word is a field of work, no document.
_FIELD_BEFORE = re.compile(r"(?<!\w)(?:so|bo|phong|ban|-)\s*$")
_SHORT_HEAD = 6
_REACH = 160
_MAX_TOKENS = 14


@cache
def _head() -> re.Pattern[str]:
    names = {fold(n) for row in read_table("corpus", "bodies")["body"] for n in (row["name"], *row.get("short", ())) if len(n) > 1}
    names |= set(_MORE_HEADS)
    alternatives = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"{_OFFICE}(?:{alternatives})(?!\w)")


def body_at(text: str, folded: str, at: int, limit: int) -> int | None:
    """Where the body whose name begins at `at` ends (at most `limit`), joint issuers included; None if none begins."""
    end = _one_body(text, folded, at, limit)
    while end is not None and (joint := _JOINT.match(folded, end, limit)):
        second = _one_body(text, folded, joint.end(), limit)
        if second is None or _VERB.match(folded, second, limit) or _is_type(folded, joint.end()):
            break
        end = second
    return end


def body_before(text: str, folded: str, floor: int, end: int) -> tuple[int, int] | None:
    """The body that is named right before `end` (the subject of a verb there), not before `floor`."""
    end = floor + len(folded[floor:end].rstrip())
    for match in _head().finditer(folded, max(floor, end - _REACH), end):
        if match.start() > floor and folded[match.start() - 1].isalnum():
            continue
        if _one_body(text, folded, match.start(), end) == end:
            return match.start(), end
    return None


def _one_body(text: str, folded: str, at: int, limit: int) -> int | None:
    head = _head().match(folded, at, limit)
    if head is None or (head.end() - at < _SHORT_HEAD and not text[at].isupper()) or _is_type(folded, at):
        return None
    task = _TASK.match(folded, at) is not None
    end = head.end()
    for _ in range(_MAX_TOKENS):
        token = _TOKEN.match(folded, end, limit)
        if token is None or not (_in_task if task else _in_name)(text, folded, token, end):
            break
        end = token.end()
    while (last := _LOOSE_END.search(folded, at, end)) is not None:
        end = last.start()
    return end


def _in_task(text: str, folded: str, token: re.Match[str], _end: int) -> bool:
    """Does the name of a committee, which is its task, go on?  Only a numbered document ends it."""
    start = token.start(1)
    return _STOP_OF_TASK.match(text, start) is None and _numbered().match(folded, start) is None


def _in_name(text: str, folded: str, token: re.Match[str], end: int) -> bool:
    """Does a name go on: a capital, a word of place, or the second syllable after a capital ("Tỉnh ủy", "Nội vụ")?"""
    start, word = token.start(1), token[1]
    stop = _STOP_OF_TITLE if text[start].isupper() else _STOP
    if stop.match(text, start) or (_is_type(folded, start) and not _FIELD_BEFORE.search(folded, 0, end)):
        return False
    if word == "va":
        follows = _TOKEN.match(folded, token.end())
        return follows is not None and text[follows.start(1)].isupper() and not _is_type(folded, follows.start(1))
    if text[start].isupper() or word in _PLACE_WORDS:
        return True
    last_word = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end)) + 1
    return text[last_word].isupper() or (text[last_word:end].islower() and _PLACE_KIND.search(folded, 0, end) is not None)


def _is_type(folded: str, at: int) -> bool:
    return _type_word().match(folded, at) is not None


@cache
def _type_word() -> re.Pattern[str]:
    words = "|".join(w.replace(" ", r"\s+") for w in sorted(instruments.type_by_word(), key=len, reverse=True))
    return re.compile(rf"(?:{words})(?!\w)")


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"(?:va\s+)?(?:cac\s+)?{_type_word().pattern}\s*(?:so\b|\d)")
