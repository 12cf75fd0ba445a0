"""What is typed is understood in one way, and what cannot be is refused with the place and a way on."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.abbreviations import Abbreviation, form_of, shipped
from index.parser import parse
from index.query import And, AtLevel, Named, Node, Not, Or, Phrase, Prefix, Query, QueryError, Years

ABBREVIATIONS = shipped().rows


def phrase(text: str) -> Phrase:
    """A phrase of which no abbreviation is replaced."""
    return Phrase(text, (form_of(text),))


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("hộ nghèo", phrase("hộ nghèo")),
        ('"hộ nghèo"', phrase("hộ nghèo")),
        ("“hộ nghèo”", phrase("hộ nghèo")),
        ("«hộ nghèo»", phrase("hộ nghèo")),
        ("  Hộ\n\tNGHÈO, ", phrase("hộ nghèo")),
        ("dịch bệnh (gia súc)", phrase("dịch bệnh gia súc")),
        ("hộ AND nghèo", And((phrase("hộ"), phrase("nghèo")))),
        ('"hộ nghèo" "thôn bản"', And((phrase("hộ nghèo"), phrase("thôn bản")))),
        ('"hộ nghèo" – "thôn bản"', And((phrase("hộ nghèo"), phrase("thôn bản")))),
        ('giúp "hộ nghèo" mới', And((phrase("giúp"), phrase("hộ nghèo"), phrase("mới")))),
        ("hộ VÀ nghèo", And((phrase("hộ"), phrase("nghèo")))),
        ("hộ và nghèo", phrase("hộ và nghèo")),
        ("hộ OR nghèo HOẶC đói", Or((phrase("hộ"), phrase("nghèo"), phrase("đói")))),
        ("hộ OR nghèo AND đói", Or((phrase("hộ"), And((phrase("nghèo"), phrase("đói")))))),
        ("(hộ OR nghèo) AND đói", And((Or((phrase("hộ"), phrase("nghèo"))), phrase("đói")))),
        ("hộ NOT nghèo", And((phrase("hộ"), Not(phrase("nghèo"))))),
        ("hộ KHÔNG nghèo", And((phrase("hộ"), Not(phrase("nghèo"))))),
        ("hộ -nghèo", And((phrase("hộ"), Not(phrase("nghèo"))))),
        ('hộ -"rất nghèo"', And((phrase("hộ"), Not(phrase("rất nghèo"))))),
        ("NOT NOT hộ", phrase("hộ")),
        ("-hộ", Not(phrase("hộ"))),
        ("thôn*", Prefix("thôn", "thôn")),
        ("các thôn* mới", And((phrase("các"), Prefix("thôn", "thôn"), phrase("mới")))),
        ("kinh doanh - sản xuất", phrase("kinh doanh sản xuất")),
        ("số 71/NQ -CP", phrase("số 71 NQ CP")),
        ("hết nhiệm vụ. Việc mới", And((phrase("hết nhiệm vụ"), phrase("việc mới")))),
        ("giao 213.550.000 đồng", phrase("giao 213 550 000 đồng")),
        ("KẾT QUẢ VÀ PHƯƠNG HƯỚNG", phrase("kết quả và phương hướng")),
        ("KHÔNG", phrase("không")),
        ("h\u00adộ\u200b nghèo", phrase("hộ nghèo")),
        (unicodedata.normalize("NFD", "hộ nghèo"), phrase("hộ nghèo")),
        ("cấp: xã", And((phrase("cấp"), phrase("xã")))),
        ("số:04 mới", And((phrase("số"), phrase("04 mới")))),
        ('unit:"xã An Bình"', Named("unit", phrase("xã An Bình"))),
        ("đơnvị:lập", Named("unit", phrase("lập"))),
        ("loại:quyết", Named("type", phrase("quyết"))),
        ("year:2023", Years(2023, 2023)),
        ("năm:2023-2020", Years(2020, 2023)),
        ("level:xã", AtLevel("commune")),
        ("cấp:tỉnh", AtLevel("province")),
        ('level:"trung ương"', AtLevel("central")),
        ("level:District", AtLevel("district")),
        ("-level:xã", Not(AtLevel("commune"))),
        ("hộ year:2023", And((phrase("hộ"), Years(2023, 2023)))),
        ("hộ OR đói year:2023", And((Or((phrase("hộ"), phrase("đói"))), Years(2023, 2023)))),
        ("year:2023 hộ OR đói", And((Or((phrase("hộ"), phrase("đói"))), Years(2023, 2023)))),
        (
            "hộ year:2022 OR đói year:2023",
            Or((And((phrase("hộ"), Years(2022, 2022))), And((phrase("đói"), Years(2023, 2023))))),
        ),
        ("year:2022 OR year:2023", Or((Years(2022, 2022), Years(2023, 2023)))),
    ],
)
def test_a_query_is_understood_so(typed: str, root: Node) -> None:
    assert parse(typed).root == root


@pytest.mark.parametrize(
    ("typed", "at", "remedy"),
    [
        ("", 0, "type words"),
        ("…, !", 0, "type words"),
        ('""', 0, "type words"),
        ('hộ "nghèo', 3, "leave the quote out"),
        ("hộ OR", 5, "beside words"),
        ("AND hộ", 0, "beside words"),
        ("hộ AND OR nghèo", 7, "beside words"),
        ("hộ NOT", 6, "beside words"),
        ("(hộ OR nghèo", 12, "close it"),
        ("hộ OR nghèo)", 11, "leave it out"),
        ("hộ OR ()", 7, "beside words"),
        ("hộ n*", 3, "at least 3 letters"),
        ("hộ year:nay", 3, "year:2023"),
        ("hộ year:", 3, "year:2023"),
        ("level:làng", 0, "level:xã"),
        ("type:-", 0, 'type:"…"'),
        ("hộ OR " + "(" * 60 + "x" + ")" * 60, 27, "several queries"),
        ("NOT " * 60 + "x", 84, "several queries"),
    ],
)
def test_a_query_that_cannot_be_understood_is_refused_with_its_place_and_a_way_on(
    typed: str, at: int, remedy: str
) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed)
    assert caught.value.at == at
    assert remedy in caught.value.remedy
    shown = str(caught.value).splitlines()
    assert shown[1].strip() == typed.strip()
    assert shown[2] == " " * (4 + at) + "^"


PIECES = st.sampled_from(
    [
        *("hộ", "nghèo", "TTHC", "ban chỉ đạo", "KH", "35-CT/TW", "thôn*", "*", "\u0301", "𐀐", "\n", ".", ":", ";"),
        *(
            "AND",
            "OR",
            "VÀ",
            "NOT",
            "-",
            '"',
            "“",
            "”",
            "(",
            ")",
            "year:2023",
            "unit:",
            "unit:xã",
            "level:xã",
            "type:BC",
        ),
    ]
)
TYPED = st.text() | st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=8).map("".join)


@given(TYPED)
def test_whatever_is_typed_is_a_query_or_a_query_error(typed: str) -> None:
    with suppress(QueryError):
        assert isinstance(parse(typed), Query)


@given(TYPED)
def test_what_is_understood_can_be_shown_and_is_then_understood_as_the_same(typed: str) -> None:
    try:
        query = parse(typed)
    except QueryError:
        return
    assert parse(str(query)).root == query.root


@pytest.mark.parametrize(
    ("typed", "loose"),
    [
        ("hộ nghèo", And((phrase("hộ"), phrase("nghèo")))),
        ("hộ nghèo year:2023", And((phrase("hộ"), phrase("nghèo"), Years(2023, 2023)))),
        ("hộ nghèo -dân đói", And((phrase("hộ"), phrase("nghèo"), Not(phrase("dân")), phrase("đói")))),
        ("hộ nghèo NOT thôn bản", And((phrase("hộ"), phrase("nghèo"), Not(phrase("thôn bản"))))),
        ('"hộ nghèo"', None),
        ("hộ", None),
        ("year:2023", None),
    ],
)
def test_a_phrase_without_quotes_can_be_asked_as_its_syllables(typed: str, loose: Node | None) -> None:
    assert parse(typed).loose == loose


def forms(typed: str) -> tuple[tuple[str, ...], ...]:
    found = parse(typed).sought()[0]
    assert isinstance(found, Phrase)
    return found.forms


@pytest.mark.parametrize("row", ABBREVIATIONS, ids=lambda row: row.name)
def test_a_short_form_and_its_long_forms_find_each_other(row: Abbreviation) -> None:
    for short, long in row.examples:
        assert form_of(long) in forms(short), short
        if not row.is_syllable:
            assert form_of(short) in forms(long), long
    assert form_of(row.long[0]) in forms(row.name)


def test_the_table_holds_the_abbreviations_of_the_administration() -> None:
    assert len(ABBREVIATIONS) >= 80


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("qcdc", "quy chế dân chủ"),
        ("quy che dan chu", "QCDC"),
        ("HDND", "hội đồng nhân dân"),
        ("BCĐ QCDC", "ban chỉ đạo quy chế dân chủ"),
        ("BCĐ quy chế dân chủ", "ban chỉ đạo QCDC"),
        ("TT", "trung tâm"),
        ("KT-XH", "kinh tế xã hội"),
        ("nghị quyết TƯ", "nghị quyết trung ương"),
        ("kế hoạch năm", "KH năm"),
    ],
)
def test_an_abbreviation_is_replaced(typed: str, form: str) -> None:
    assert form_of(form) in forms(typed)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("học tập tư tưởng", "học tập trung ương tưởng"),  # "tư" is a word in small letters
        ("trung ương", "TƯ"),  # in the text it could be that word
        ("kế hoạch", "KH"),  # every symbol "…/KH-UBND" has it
        ("120-KL/TW", "120 kết luận trung ương"),  # a symbol is no phrase
        ("thông tư", "trung tâm"),  # both are written TT
        ("quý chế dân chủ", "QCDC"),  # typed with other accents
    ],
)
def test_an_abbreviation_is_not_replaced(typed: str, form: str) -> None:
    assert form_of(form) not in forms(typed)


@pytest.mark.parametrize(
    ("typed", "expanded"),
    [
        ("QCDC", ("QCDC = quy chế dân chủ",)),
        ("Quy chế dân chủ ở xã", ("QCDC = quy chế dân chủ",)),
        ("TT", ("TT = thông tư / trung tâm / thị trấn / thường trực",)),
        ("thông tư mới", ("TT = thông tư",)),
        ("hộ nghèo", ()),
    ],
)
def test_the_query_says_which_abbreviations_were_replaced(typed: str, expanded: tuple[str, ...]) -> None:
    assert parse(typed).expanded == expanded


def test_what_was_typed_is_the_first_form_and_few_replacements_come_before_many() -> None:
    found = forms("BCĐ QCDC")
    assert found[0] == form_of("BCĐ QCDC")
    assert found[-1] == form_of("ban chỉ đạo quy chế dân chủ")


def test_a_phrase_full_of_abbreviations_has_a_limited_number_of_forms() -> None:
    found = forms(" ".join(["TT", "KH", "CT", "QH", "ĐV", "TB", "CV"] * 3))
    assert len(found) == 64
    assert found[0] == form_of(" ".join(["TT", "KH", "CT", "QH", "ĐV", "TB", "CV"] * 3))
