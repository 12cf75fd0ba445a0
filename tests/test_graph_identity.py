"""What makes two mentions the same document."""

import itertools
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnknownReferenceError
from graph import instruments
from graph.identity import Instrument

_NUMBERS = st.builds(
    lambda n, zeros, suffix: f"{'0' * zeros}{n}{suffix}",
    st.integers(1, 9999),
    st.integers(0, 1),
    st.sampled_from(["", "", "A", "B", "H", " bis"]),
)
_YEARS = st.none() | st.integers(1945, 2045)
_ISSUERS = st.sampled_from([row.code for row in instruments.issuers() if not row.code.endswith("#")])
_WITH_CODE = [row for row in instruments.types() if row.codes]


@st.composite
def _state(draw: st.DrawFn) -> Instrument:
    """34/2016/NĐ-CP, 04/KH-UBND."""
    row = draw(st.sampled_from([row for row in _WITH_CODE if "state" in row.style]))
    codes = [code for code in _of_style("state") if code != row.codes[0]]
    issuers = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True))
    symbol = "-".join((row.codes[0], *issuers))
    return Instrument(type=row.name, number=draw(_NUMBERS), year=draw(_YEARS), symbol=symbol)


@st.composite
def _party(draw: st.DrawFn) -> Instrument:
    """57-KL/TW."""
    row = draw(st.sampled_from([row for row in _WITH_CODE if "party" in row.style]))
    symbol = f"{row.codes[0]}/{draw(st.sampled_from(_of_style('party')))}"
    return Instrument(type=row.name, number=draw(_NUMBERS), symbol=symbol, party=True)


@st.composite
def _law(draw: st.DrawFn) -> Instrument:
    """10/2022/QH15."""
    kind = draw(st.sampled_from(["Luật", "Bộ luật", "Nghị quyết"]))
    year = draw(st.integers(1992, 2045))
    number = str(draw(st.integers(1, 300)))
    return Instrument(type=kind, number=number, year=year, symbol=f"QH{draw(st.integers(9, 20))}")


def _of_style(style: str) -> list[str]:
    return [row.code for row in instruments.issuers() if row.style in (style, "both") and row.code[-1] != "#"]


@given(_state() | _party() | _law())
def test_an_instrument_parses_from_what_it_prints(instrument: Instrument) -> None:
    again = Instrument.parse(str(instrument))
    assert again == instrument
    assert (str(again), again.canonical) == (str(instrument), instrument.canonical)


_SUFFIXES = ("", "A", "B", "C", "D", "E", "G", "H", "K", "M", "T", "V", " bis")


def _every_symbol(row: instruments.InstrumentType) -> Iterator[tuple[str | None, int | None, bool]]:
    """Symbol, year and whether it is the Party's, in each way in which documents of that type are numbered."""
    for code in row.codes:
        if "state" in row.style:
            yield from ((f"{code}-UBND", None, False), (f"{code}-STNMT", 2019, False), (f"{code}-BCĐ-VP", None, False))
        if "party" in row.style:
            yield from ((f"{code}/TW", None, True), (f"{code}/BCĐ-TU", None, True))
        if "law" in row.style:
            yield f"{code}15", 2022, False
    if "dispatch" in row.style:
        yield from (("UBND-VP", None, False), ("SNV-CCHC", 2019, False))
    if row.bare:
        yield from ((None, None, False), (None, 2011, False))


def _unlike_itself(row: instruments.InstrumentType, suffixes: Iterable[str]) -> dict[str, str]:
    """What a number of that type prints → what is read from it, where that is another."""
    found = {}
    for (symbol, year, party), suffix in itertools.product(_every_symbol(row), suffixes):
        one = Instrument(type=row.name, number=f"12{suffix}", year=year, symbol=symbol, party=party)
        try:
            again = Instrument.parse(str(one))
        except UnknownReferenceError:
            found[str(one)] = "nothing"
        else:
            if any(
                getattr(again, part) != getattr(one, part) for part in ("type", "number", "year", "symbol", "party")
            ):
                found[str(one)] = repr(again)
    return found


@pytest.mark.parametrize("row", instruments.types(), ids=lambda row: row.name)
def test_a_number_of_every_type_style_and_suffix_parses_from_what_it_prints(row: instruments.InstrumentType) -> None:
    assert _unlike_itself(row, _SUFFIXES) == {}


def test_a_number_with_the_suffix_d_with_a_bar_is_not_that_with_a_d() -> None:
    assert _unlike_itself(instruments.type_by_word()["ke hoach"], ["Đ"]) == {}


@given(st.lists(_state() | _party(), min_size=2, max_size=6))
def test_instruments_have_one_order_that_agrees_with_equality(some: list[Instrument]) -> None:
    ordered = sorted(some)
    some.reverse()
    assert ordered == sorted(some)
    assert all(one <= other for one, other in pairwise(ordered))
    assert len(set(some)) == len({one.key for one in some})


def test_instruments_are_ordered_by_type_then_by_number() -> None:
    printed = ["Kế hoạch 100/KH-UBND", "Kế hoạch 9/KH-UBND", "Chỉ thị 200-CT/TW", "Kế hoạch 9A/KH-UBND"]
    assert [str(one) for one in sorted(map(Instrument.parse, printed))] == [printed[i] for i in (2, 1, 3, 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kế hoạch số 03/KH-UBND", "Kế hoạch 3/KH-UBND"),
        ("Kế hoạch số 3/KH - UBND", "Kế hoạch 3/KH-UBND"),
        ("Nghị định 61/2018/N\u00d0-CP", "Nghị định 61/2018/N\u0110-CP"),
        ("ND 61/2018/ND-CP", "Nghị định số 61/2018/NĐ-CP"),
        ("Kết luận 57/KL-TW", "Kết luận số 57-KL/TW"),
        ("Kế hoạch 27a/KH-UBND", "Kế hoạch 27A/KH-UBND"),
        ("TTr 30/TTR-UBND", "Tờ trình 30/TTr-UBND"),
        ("57-KL/TW", "Kết luận 57-KL/TW"),
    ],
)
def test_zeros_blanks_dashes_case_and_accents_never_matter(one: str, other: str) -> None:
    assert Instrument.parse(one) == Instrument.parse(other)
    assert hash(Instrument.parse(one)) == hash(Instrument.parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quyết định 27/QĐ-UBND", "Quyết định 27A/QĐ-UBND"),
        ("Quyết định 27A/QĐ-UBND", "Quyết định 27B/QĐ-UBND"),
        ("Kết luận 57-KL/TW", "Kế hoạch 57/KH-UBND"),
        ("Quyết định 212-QĐ/TU", "Quyết định 212-QĐ/TW"),
        ("Quyết định 44-QĐ/TW", "Quy định 44-QĐ/TW"),
        ("Quyết định 11/2022/QĐ-UBND", "Quyết định 11/QĐ-UBND"),
        ("Nghị định 61/2018/NĐ-CP", "Nghị định 61/2019/NĐ-CP"),
        ("Kế hoạch 57/KH-UBND", "Kế hoạch 57/KH-HĐND"),
    ],
)
def test_number_suffix_year_symbol_and_type_word_tell_apart(one: str, other: str) -> None:
    assert Instrument.parse(one) != Instrument.parse(other)


@pytest.mark.parametrize(
    ("text", "body", "central", "normative"),
    [
        ("Nghị định 61/2018/NĐ-CP", "Chính phủ", True, True),
        ("Nghị quyết 76/NQ-CP", "Chính phủ", True, False),
        ("Luật 10/2022/QH15", "Quốc hội", True, True),
        ("Pháp lệnh 20/2004/PL-UBTVQH11", "Ủy ban Thường vụ Quốc hội", True, True),
        ("Quyết định 11/2022/QĐ-UBND", "Ủy ban nhân dân", False, False),
        ("Công văn 311/UBND-VX", "Ủy ban nhân dân", False, False),
        ("Kế hoạch 71-KH/TU", "Tỉnh ủy", False, False),
    ],
)
def test_the_symbol_tells_whose_it_is(text: str, body: str, *, central: bool, normative: bool) -> None:
    instrument = Instrument.parse(text)
    assert instrument.issuer_code is not None
    assert instrument.issuer_code.body == body
    assert (instrument.is_central, instrument.is_normative) == (central, normative)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Kết luận số 57- KL/TW", "ket-luan-57-kl-tw"),
        ("Nghị định 61/2018/NĐ-CP", "nghi-dinh-61-2018-nd-cp"),
        ("Kế hoạch 3/KH-SLĐTB&XH", "ke-hoach-3-kh-sldtbxh"),
        ("Công văn số 366", "cong-van-366"),
    ],
)
def test_a_slug_is_readable_ascii(text: str, slug: str) -> None:
    assert Instrument.parse(text).slug() == slug


@pytest.mark.parametrize("text", ["", "Luật", "kế hoạch năm tới", "121/147", "12/11/2021", "0971.334.556"])
def test_what_names_no_instrument_is_an_error_that_tells_what_to_write(text: str) -> None:
    with pytest.raises(UnknownReferenceError, match="names no instrument") as caught:
        Instrument.parse(text)
    assert caught.value.remedy.startswith("give type and number")
