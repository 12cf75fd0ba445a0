"""What is typed is understood in one way, and what cannot be is refused with the place and a way on."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.abbreviations import Abbreviation, Table, form_of, shipped
from index.parser import parse
from index.query import And, AtLevel, Cites, Dated, Named, Node, Not, Or, Phrase, Prefix, QueryError, Years

ROOT = Path(__file__).resolve().parents[1]
ABBREVIATIONS = shipped().rows


def phrase(text: str) -> Phrase:
    """A phrase of which no abbreviation is replaced."""
    return Phrase(text, (form_of(text),))


def titled(text: str) -> Phrase:
    """A phrase that is looked for in the title."""
    return replace(phrase(text), in_title=True)


def reference(text: str) -> Or:
    """A phrase that is a reference, and what cites it."""
    return Or((phrase(text), Cites(text)))


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
        ('cấp:"thị trấn"', AtLevel("commune")),
        ("-level:xã", Not(AtLevel("commune"))),
        ("hộ year:2023", And((phrase("hộ"), Years(2023, 2023)))),
        ("hộ OR đói year:2023", And((Or((phrase("hộ"), phrase("đói"))), Years(2023, 2023)))),
        ("year:2023 hộ OR đói", And((Or((phrase("hộ"), phrase("đói"))), Years(2023, 2023)))),
        (
            "hộ year:2022 OR đói year:2023",
            Or((And((phrase("hộ"), Years(2022, 2022))), And((phrase("đói"), Years(2023, 2023))))),
        ),
        ("year:2022 OR year:2023", Or((Years(2022, 2022), Years(2023, 2023)))),
        ("hộ OR hộ", phrase("hộ")),
        ("hộ Và nghèo Hoặc đói", phrase("hộ và nghèo hoặc đói")),
        ('issuer:"Sở Tư pháp"', Named("issuer", phrase("sở tư pháp"))),
        ("banhành:tỉnh", Named("issuer", phrase("tỉnh"))),
        ("đơnvi:lập", Named("unit", phrase("lập"))),
    ],
)
def test_a_query_is_understood_so(typed: str, root: Node) -> None:
    assert parse(typed).root == root


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("from:2023", Dated("2023-01-01", None)),
        ("từ:3/2023", Dated("2023-03-01", None)),
        ("from:2023-03-15", Dated("2023-03-15", None)),
        ("to:2023", Dated(None, "2023-12-31")),
        ("đến:2/2024", Dated(None, "2024-02-29")),
        ("den:15/3/2023", Dated(None, "2023-03-15")),
        ("to:5.3.2023", Dated(None, "2023-03-05")),
        ("from:2022 to:2023", Dated("2022-01-01", "2023-12-31")),
        ("to:2023 hộ from:2022", And((Dated("2022-01-01", "2023-12-31"), phrase("hộ")))),
        ("from:2022 from:2023 to:2024", Dated("2023-01-01", "2024-12-31")),
        ("hộ -from:2022 to:2023", And((phrase("hộ"), Not(Dated("2022-01-01", None)), Dated(None, "2023-12-31")))),
        (
            "hộ from:2022 OR đói to:2023",
            Or((And((phrase("hộ"), Dated("2022-01-01", None))), And((phrase("đói"), Dated(None, "2023-12-31"))))),
        ),
    ],
)
def test_from_and_to_bound_the_date_by_their_first_and_last_day(typed: str, root: Node) -> None:
    assert parse(typed).root == root


@pytest.mark.parametrize(
    ("first", "last", "date", "fits"),
    [
        ("2023-03-01", "2023-03-31", "2023-03-01", True),
        ("2023-03-01", "2023-03-31", "2023-03-31", True),
        ("2023-03-01", "2023-03-31", "2023-02-28", False),
        ("2023-03-01", "2023-03-31", "2023-04-01", False),
        ("2023-03-10", None, "2023-03", True),
        ("2023-03-10", None, "2023", True),
        ("2023-03-10", None, "2023-02", False),
        ("2023-03-10", None, "2022", False),
        ("2023-03-10", None, "2031-01-01", True),
        (None, "2023-03-10", "2023-03", True),
        (None, "2023-03-10", "2023-04", False),
        (None, "2023-03-10", "2023", True),
        (None, "2023-03-10", "1998-12-31", True),
        (None, "2023-03-10", "2024", False),
        (None, "2023-03-10", None, False),
        ("2023-03-10", None, None, False),
    ],
)
def test_a_date_fits_a_range_when_one_of_its_days_does(
    first: str | None, last: str | None, date: str | None, *, fits: bool
) -> None:
    assert Dated(first, last).fits(date) is fits


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("in:title hộ nghèo", titled("hộ nghèo")),
        ("hộ nghèo trong:tiêuđề", titled("hộ nghèo")),
        ('in:"tiêu đề" hộ', titled("hộ")),
        ("in:title thôn*", Prefix("thôn", "thôn", in_title=True)),
        ('in:title "hộ nghèo" -đói', And((titled("hộ nghèo"), Not(titled("đói"))))),
        ("in:title hộ year:2023", And((titled("hộ"), Years(2023, 2023)))),
        ("in:title AND hộ", titled("hộ")),
        ("in:title (hộ OR đói) AND nghèo", And((Or((titled("hộ"), titled("đói"))), titled("nghèo")))),
        ("(in:title hộ) AND nghèo", And((titled("hộ"), phrase("nghèo")))),
        ("(in:title hộ) nghèo", And((titled("hộ"), phrase("nghèo")))),
        ("hộ OR đói in:title", Or((titled("hộ"), titled("đói")))),
        ("in:title hộ OR đói", Or((titled("hộ"), titled("đói")))),
        ("(in:title hộ) OR đói", Or((titled("hộ"), phrase("đói")))),
        ("x OR hộ in:title OR đói", Or((phrase("x"), titled("hộ"), phrase("đói")))),
        ("in:title dịch bệnh (gia súc)", titled("dịch bệnh gia súc")),
        ("in:title nghị định 59", titled("nghị định 59")),
        ('in:title hộ unit:"xã An Bình"', And((titled("hộ"), Named("unit", phrase("xã An Bình"))))),
    ],
)
def test_in_title_holds_for_the_words_of_its_bracket(typed: str, root: Node) -> None:
    assert without_forms(parse(typed).root) == without_forms(root)


def without_forms(node: Node) -> Node:
    """The query as it was typed: phrases with their first form alone."""
    match node:
        case Phrase():
            return replace(node, forms=node.forms[:1])
        case Not():
            return Not(without_forms(node.part))
        case And() | Or():
            return type(node)(tuple(map(without_forms, node.parts)))
        case _:
            return node


@pytest.mark.parametrize(
    ("typed", "root", "recognised"),
    [
        ("nghị định 59", reference("nghị định 59"), ("Nghị định 59",)),
        ('"nghị định 59"', reference("nghị định 59"), ("Nghị định 59",)),
        ("120-KL/TW", reference("120-KL/TW"), ("Kết luận 120-KL/TW",)),
        ("59/2023/ND-CP", reference("59/2023/ND-CP"), ("Nghị định 59/2023/NĐ-CP",)),
        ("Kết luận số 120-KL/TW", reference("Kết luận số 120-KL/TW"), ("Kết luận 120-KL/TW",)),
        ("QĐ 1719/QĐ-TTg", reference("QĐ 1719/QĐ-TTg"), ("Quyết định 1719/QĐ-TTg",)),
        ("hộ AND nghị định 59", And((phrase("hộ"), reference("nghị định 59"))), ("Nghị định 59",)),
        ("(nghị định 59) AND hộ", And((reference("nghị định 59"), phrase("hộ"))), ("Nghị định 59",)),
        ("nghị định 59 year:2023", And((reference("nghị định 59"), Years(2023, 2023))), ("Nghị định 59",)),
        ("hộ NOT nghị định 59", And((phrase("hộ"), Not(reference("nghị định 59")))), ()),
        ("Số: 120-KL/TW", And((phrase("Số"), reference("120-KL/TW"))), ("Kết luận 120-KL/TW",)),
        ("nghị định 59 OR hộ", Or((phrase("nghị định 59"), Cites("nghị định 59"), phrase("hộ"))), ("Nghị định 59",)),
        ("thực hiện nghị định 59", phrase("thực hiện nghị định 59"), ()),
        ("thực hiện kết luận 120 của ban bí thư", phrase("thực hiện kết luận 120 của ban bí thư"), ()),
        ('cites:"nghị định 59"', Cites("nghị định 59"), ()),
        ("căncứ:120-KL/TW", Cites("120-KL/TW"), ()),
        ('trích:"luật đất đai"', Cites("luật đất đai"), ()),
        ("cites:ket-luan-120-kl-tw", Cites("ket-luan-120-kl-tw"), ()),
    ],
)
def test_a_phrase_that_is_a_reference_also_finds_what_cites_it(
    typed: str, root: Node, recognised: tuple[str, ...]
) -> None:
    query = parse(typed)
    assert without_forms(query.root) == without_forms(root)
    assert query.recognised == recognised


def test_the_catalog_fills_in_who_cites_also_for_the_wider_query() -> None:
    def find(written: str) -> frozenset[str]:
        return frozenset({f"who cites {written}"})

    strict = parse("hộ NOT nghị định 59").resolved(find)
    assert isinstance(strict.root, And)
    assert strict.root.parts[1] == Not(
        replace(
            reference("nghị định 59"),
            parts=(parse("nghị định 59").sought()[0], Cites("nghị định 59", find("nghị định 59"))),
        )
    )
    wide = parse("theo nghị định 59").resolved(find).loose
    assert isinstance(wide, And)
    assert isinstance(wide.parts[1], Or)
    assert wide.parts[1].parts[1] == Cites("nghị định 59", find("nghị định 59"))


@pytest.mark.parametrize(
    "typed",
    [
        "cấp: xã",
        "10:30",
        "http://xa.vn/tin",
        "tổ:5",
        "số:04",
        "tên:An",
        "STT:1",
        "Tel:0912",
        "trang:5",
        "unot:",
        "2 * 3",
    ],
)
def test_what_only_looks_like_a_filter_or_a_star_is_text(typed: str) -> None:
    assert all(isinstance(node, Phrase) for node in parse(typed).sought())
    assert [s for n in parse(typed).sought() if isinstance(n, Phrase) for s in n.forms[0]] == list(form_of(typed))


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
        ('cấp:"thành phố"', 0, "cấp:tỉnh"),  # of a province, or of the centre
        ("type:-", 0, 'type:"…"'),
        ("hộ OR " + "(" * 60 + "x" + ")" * 60, 27, "several queries"),
        ("NOT " * 60 + "x", 84, "several queries"),
        ("AND", 0, "beside words"),
        ("NOT", 3, "beside words"),
        ("hộ unot:x", 3, "did you mean unit:?"),
        ("tpye:x", 0, "did you mean type:?"),
        ("form:2023", 0, "did you mean from:?"),
        ("title:x", 0, "did you mean in:title?"),
        ("nm:2023", 0, "did you mean năm:?"),
        ("hộ issuer:", 3, 'issuer:"…"'),
        ("unit:thôn*", 0, "without *"),
        ("year:20233", 0, "year:2023"),
        ("hộ từ:31/2/2023", 3, "từ:15/3/2023"),
        ("to:13/2023", 0, "to:3/2023"),
        ("from:hôm nay", 0, "from:2023"),
        ("from: 2023", 0, "from:2023"),
        ("from:2024 hộ to:2023", 13, "after from:"),
        ("from:2024 (hộ AND to:2023)", 18, "after from:"),
        ("cites:nghị định 59", 0, 'cites:"nghị định 59"'),
        ("cites:59", 0, "type and number"),
        ("in:title", 0, "type words beside it"),
        ("in:title year:2023", 0, "type words beside it"),
        ("hộ OR (đói AND (in:title year:2023))", 16, "type words beside it"),
        ("-in:title hộ", 1, "in:title -word"),
        ("hộ in:nội dung", 3, "write in:title"),
        ("th*n", 2, "thôn*"),
        ("các *hộ", 4, "thôn*"),
        ("thôn*, xã", 4, "thôn*"),
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


@pytest.mark.parametrize(
    ("typed", "columns"),
    [
        ("\u6c49\u5b57 hộ OR", 10),  # two letters that a terminal shows on two columns each
        ("x\u0331 hộ OR", 7),  # a mark on the letter before it
        (unicodedata.normalize("NFD", "nghèo OR"), 8),
        ("h\u00adộ\tOR", 5),
    ],
)
def test_the_caret_stands_where_a_terminal_shows_the_place(typed: str, columns: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed)
    assert str(caught.value).splitlines()[2] == " " * (4 + columns) + "^"


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
            "in:title",
            "(in:title",
            "from:2023",
            "to:3/2023",
            "to:2024-02",
            "từ:31/2/2023",
            "cites:120-KL/TW",
            'cites:"nghị định 59"',
            "nghị định 59",
            "120-KL/TW",
            "issuer:UBND",
            "unot:x",
            "th*n",
        ),
    ]
)
TYPED = st.text() | st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=8).map("".join)


@given(TYPED)
def test_whatever_is_typed_is_a_query_or_a_query_error(typed: str) -> None:
    error = refusal(typed)
    if error is not None:
        _, line, *_ = error.problem.split("\n")
        assert 0 <= error.at <= len(line) - len("    ")
        assert error.remedy


def refusal(typed: str) -> QueryError | None:
    try:
        parse(typed)
    except QueryError as error:
        return error
    return None


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
        ("hộ nghèo OR đói", Or((And((phrase("hộ"), phrase("nghèo"))), phrase("đói")))),
        ("in:title hộ nghèo", And((titled("hộ"), titled("nghèo")))),
        ("theo nghị định 59", And((phrase("theo"), reference("nghị định 59")))),
        (
            "Theo 120-KL/TW, hộ",
            And((phrase("theo"), reference("120-KL/TW"), phrase("hộ"))),
        ),
        ("in:title nghị định 59", And((titled("nghị"), titled("định"), titled("59")))),
        ("nghị định 59", None),
        ('"theo nghị định 59"', None),
        ('"hộ nghèo"', None),
        ("hộ", None),
        ("year:2023", None),
    ],
)
def test_a_phrase_without_quotes_can_be_asked_as_its_syllables(typed: str, loose: Node | None) -> None:
    wide = parse(typed).loose
    assert (wide and without_forms(wide)) == (loose and without_forms(loose))


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
    assert len(ABBREVIATIONS) >= 250


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
        ("KTXH", "KT-XH"),  # short for the same
        ("KT - XH", "KTXH"),
        ("GD&ĐT", "giáo dục và đào tạo"),
        ("sở GD & ĐT", "sở GDĐT"),
        ("QUY CHẾ dân Chủ", "QCDC"),
        ("uỷ ban nhân dân", "UBND"),
        ("ủy ban nhân dân", "UBND"),
        ("giao duc va dao tao", "GD&ĐT"),
        ("Đăng ký KẾT HÔN", "ĐKKH"),
        ("dkkh", "đăng ký kết hôn"),
        ("mỗi xã, một sản phẩm", "OCOP"),
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
        ("KTXH", ("KTXH = kinh tế xã hội", "KT-XH = kinh tế xã hội")),
        ('unit:"UBND xã"', ("UBND = ủy ban nhân dân",)),
        ("trung ương", ()),
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


def test_a_table_may_add_replace_and_switch_off() -> None:
    own = Table(
        (
            *ABBREVIATIONS,
            Abbreviation(name="TVX", long=("tiểu vùng xanh",)),
            Abbreviation(name="KDC", long=("kho dự cấp",)),
            Abbreviation(name="QCDC", long=()),
        )
    )
    assert parse("TVX", own).expanded == ("TVX = tiểu vùng xanh",)
    assert parse("các tiểu vùng xanh", own).expanded == ("TVX = tiểu vùng xanh",)
    assert parse("KDC", own).expanded == ("KDC = kho dự cấp",)
    assert parse("QCDC", own).expanded == parse("quy chế dân chủ", own).expanded == ()
    assert parse("TVX").expanded == ()
    wide = parse("làm TVX", own).loose
    assert isinstance(wide, And)
    assert wide.parts[1] == parse("TVX", own).root


@pytest.mark.parametrize("sheet", ["README.md", "README.vi.md"])
def test_the_cheat_sheet_shows_queries_that_are_understood(sheet: str) -> None:
    text = (ROOT / sheet).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]*) \|", text[max(text.find("how to type\n"), text.find("cách gõ\n")) :], re.MULTILINE)
    typed = [query for row in rows for query in re.findall("`([^`]+)`", row.partition(" (")[0])]
    assert len(typed) >= 16
    for query in typed:
        assert parse(query).root
