"""A text is searched by its syllables; a phrase ends with its clause, and words begin and end where they should."""

import pickle
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import matches

from corpus.tables import rows
from index.parser import parse
from index.syllables import SYLLABLE, accepts, canonical, clauses, unaccented
from index.words import BETWEEN, CLAUSE, INSIDE, LEANS, Bound, Prepared, prepare, unsegmented

BOUND = rows("index", "words", "bound", Bound)
MARKS = BETWEEN + CLAUSE + INSIDE + LEANS


def words(text: str) -> str:
    """The text as it is marked, a run of one mark as one."""
    marked = prepare(text).marked
    return "".join(char for i, char in enumerate(marked) if char not in MARKS or marked[i - 1 : i] != char).strip()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Uỷ", "ủy"),
        ("thuý", "thúy"),
        ("gía", "giá"),
        ("qủa", "quả"),
        ("ÐẢNG", "đảng"),
        ("ðoàn", "Đoàn"),
        ("KHOẺ", "khỏe"),
    ],
)
def test_case_tone_placement_and_look_alikes_of_d_do_not_matter(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), [("hoa", "hóa"), ("thuế", "thuê"), ("dân", "đân"), ("hỏa", "hóa")])
def test_accents_and_the_bar_of_d_tell_syllables_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(st.text())
def test_a_key_is_as_long_as_what_it_stands_for_and_is_its_own_key(text: str) -> None:
    for syllable in SYLLABLE.findall(unicodedata.normalize("NFC", text)):
        key = canonical(syllable)
        assert len(key) == len(syllable) == len(unaccented(key))
        assert canonical(key) == key
        assert unaccented(unaccented(key)) == unaccented(key)


@pytest.mark.parametrize(
    ("typed", "written", "found"),
    [
        ("chu", "chủ", True),
        ("chu", "chu", True),
        ("chủ", "chủ", True),
        ("chủ", "chu", True),
        ("chủ", "chú", False),
        ("chủ", "chư", False),
        ("đa", "da", True),
        ("da", "đa", True),
        ("đa", "đá", False),
    ],
)
def test_accents_that_were_typed_may_be_missing_and_may_not_conflict(typed: str, written: str, *, found: bool) -> None:
    assert accepts(canonical(typed), canonical(written)) is found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xong nhiệm vụ. Việc mới", ["xong nhiệm vụ", "Việc mới"]),
        ("xong nhiệm vụ.Việc mới", ["xong nhiệm vụ", "Việc mới"]),
        ("một; hai: ba! bốn? năm", ["một", "hai", "ba", "bốn", "năm"]),
        ("quy chế | dân chủ", ["quy chế", "dân chủ"]),
        ("Đoạn một\n\nĐoạn hai", ["Đoạn một", "Đoạn hai"]),
        ("là 213.550.000 đồng", ["là 213 550 000 đồng"]),
        ("lúc 10:30 ngày", ["lúc 10 30 ngày"]),
        ("ở TP.HCM và Tp.Vinh", ["ở TP HCM và Tp Vinh"]),
        ("nói “dân chủ”, (cơ sở) - và", ["nói dân chủ cơ sở và"]),
        ("Trung ương⁶ đã x²", ["Trung ương đã x"]),
        ("cán_bộ xã", ["cán bộ xã"]),
        (
            "Các cơ quan chuyên môn của huyện thường xuyên phối hợp với Thủ tướng Chính\n\nphủ để làm việc",
            ["Các cơ quan chuyên môn của huyện thường xuyên phối hợp với Thủ tướng Chính phủ để làm việc"],
        ),
        ("", []),
        ("…!", []),
    ],
)
def test_a_phrase_goes_over_soft_breaks_and_commas_and_ends_with_its_clause(text: str, expected: list[str]) -> None:
    assert [" ".join(span.of(text) for span in clause) for clause in clauses(text)] == expected


@given(st.text())
def test_every_syllable_stands_in_one_clause(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    spans = [(span.start, span.end) for clause in clauses(text) for span in clause]
    assert spans == [match.span() for match in SYLLABLE.finditer(text)]


def _is_aligned(text: str, prepared: Prepared) -> bool:
    """Has it the syllables of the text at its offsets, and marks elsewhere?"""
    if len(text) != len(prepared.marked):
        return False
    rest = list(prepared.marked)
    for match in SYLLABLE.finditer(text):
        key = canonical(match.group())
        rest[match.start() : match.end()] = BETWEEN * len(key)
        if prepared.marked[slice(*match.span())] != key:
            return False
    return set(rest) <= set(MARKS)


@pytest.mark.parametrize("make", [prepare, unsegmented])
@given(text=st.text(st.sampled_from('aâậđĐ xXhòuyUỷ19.,;:!?-–_\n\t"“”()/²𝐀한İ\u0301\ud7b0')))
def test_a_prepared_text_shares_its_offsets_with_the_text(make: Callable[[str], Prepared], text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert _is_aligned(text, make(text))


@given(text=st.text())
def test_any_text_can_be_prepared(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert _is_aligned(text, prepare(text))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        # underthesea makes one word of the first four syllables
        ("Nhân dân chủ động tham gia", "nhân_dân chủ_động tham_gia"),
        ("nguyên tắc tập trung dân chủ", "nguyên_tắc tập_trung dân_chủ"),
        # it sees the beginning of a name in "vận khéo"
        ("mô hình Dân vận khéo", "mô_hình dân_vận khéo"),
        ("đồng chí Phó Bí thư chi bộ", "đồng_chí phó bí_thư chi_bộ"),
        ("họp tổ dân phố số 3", "họp tổ>dân_phố số 3"),
        ("vốn của hợp tác xã", "vốn của hợp_tác_xã"),
        ("xã Hòa Bình", "xã hòa_bình"),
        ("ban hành chính sách mới", "ban_hành chính_sách mới"),
        # in capitals it would take a heading for a name
        ("BÁO CÁO CẢI CÁCH HÀNH CHÍNH", "báo_cáo cải_cách hành_chính"),
        ("vụ việc (tăng cường)", "vụ_việc tăng_cường"),
        ("ngày 07/01/2016 của Bộ", "ngày 07 01 2016 của bộ"),
        ("hoà giải cơ sở; uỷ quyền", "hòa_giải cơ_sở\nủy_quyền"),
    ],
)
def test_words_begin_and_end_where_they_do(text: str, marked: str) -> None:
    assert words(text) == " ".join(words_of_keys(marked))


def words_of_keys(marked: str) -> list[str]:
    """Words written in the usual way, as they stand in a prepared text."""
    return [SYLLABLE.sub(lambda match: canonical(match.group()), word) for word in marked.split(" ")]


@pytest.mark.parametrize("row", BOUND, ids=lambda row: row.name)
def test_an_expression_keeps_its_first_syllable_from_ending_a_phrase(row: Bound) -> None:
    for text, phrase in row.examples:
        assert [match.whole_word for match in matches(parse(phrase).sought(), prepare(text))] == [False], text
    for text, phrase in row.rejects:
        assert [match.whole_word for match in matches(parse(phrase).sought(), prepare(text))] == [True], text


def test_a_clause_of_any_length_has_its_words() -> None:
    assert prepare("tăng cường cải cách hành chính " * 4000).marked.count("hành_chính") == 4000


@pytest.mark.parametrize("syllable", ["hoà", "10", "A", "Hoà", "xã-hội", "dân chủ"])
def test_a_syllable_that_is_repeated_without_end_takes_no_time_without_end(syllable: str) -> None:
    text = f"{syllable} " * 20_000
    assert _is_aligned(text, prepare(text))


def test_a_prepared_text_travels_between_processes_as_its_marks() -> None:
    prepared = prepare("Thực hiện quy chế dân chủ ở cơ sở. " * 100)
    pickled = pickle.dumps(prepared)
    assert pickle.loads(pickled) == prepared  # noqa: S301 - written one line above
    assert len(pickled) < len(prepared.marked.encode()) + 200


def test_a_clause_that_changes_its_length_on_the_way_has_no_words() -> None:
    """In lower case "İ" is two characters, so what underthesea gives cannot be laid on the text."""
    assert words("QUY CHẾ DÂN CHỦ İ; quy chế") == "quy chế dân chủ i\nquy_chế"


def test_words_do_not_depend_on_the_clauses_around_theirs() -> None:
    clause = "thực hiện cải cách hành chính ở cơ sở"
    assert f"\n{words(clause)}\n" in words(f"Đầu tiên; {clause}; sau cùng")
