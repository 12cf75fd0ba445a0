"""How citations are written: numbers in a wrong style, drafts as if in force, short forms that nothing explains."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from corpus.dates import last_day
from corpus.folding import fold
from corpus.model import Span
from graph.findings_model import Checked, Finding
from graph.grammar import Surface, read_reference
from graph.identity import Instrument
from graph.instruments import InstrumentType, types_by_code
from graph.known import Known, known, known_as
from graph.model import Citation, Cited, Named
from graph.wording import alternatives

_MARK = re.compile(r"[-/.]")
_TYPE_AND_BODY = 2
_YEAR = re.compile(r"(?:19|20)\d\d")
# "59-2019/NĐ-CP": the hyphen and the number before what is read as a number of its own.
_HYPHEN_BEFORE = re.compile(r"(?<!\d)(\d{1,5})\s?-\s?$")
_HYPHEN_REACH = 8
# A document that another one issues is cited by the number of that: "Quy chế số 12/QĐ-UBND".
_ISSUING = frozenset(("Quyết định", "Nghị quyết"))
_CARRYING = frozenset(("Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Chỉ thị", "Kết luận", "Pháp lệnh", "Luật"))
_ALWAYS_WITH_YEAR = frozenset(("Nghị định", "Thông tư", "Thông tư liên tịch"))
# Since 1997 normative numbers have their year; until mid 2016 decrees for one case (new boundaries) had none.
_FIRST_WITH_YEAR, _ALL_WITH_YEAR = "1997", "2016-07-01"
_AS_IN_FORCE = re.compile(rf"(?<![a-z])(?:{alternatives('as in force')})\s+(?:noi\s+dung\s+|cac\s+)?du\s+thao\s+\Z")
_OPINION = re.compile(r"\b(?:gop y|y kien|hoi thao|tham van|tham dinh|xay dung|trinh|hoan thien)\b")
_BEFORE = 60
# A body of which no more is known, or from which a line break parts the number.
_BODY_AFTER = re.compile(r"\s*,?\s*(?:cua|do)\s")


def find_style(checked: Checked) -> Iterator[Finding]:
    """Numbers that are not written as their kind is: the first place of each document and fault."""
    for _, document, places in checked.cited:
        told: set[str] = set()
        for place in places:
            found = _style_of(checked, place, document)
            if found is not None and found.reason not in told:
                told.add(found.reason)
                yield found
        yield from _two_symbols(checked, document, places)


def _style_of(checked: Checked, place: Citation, document: Cited) -> Finding | None:
    surface = _surface(place.text)
    if surface is None or not surface.core.groups:
        return None
    printed, instrument = Instrument.of(surface), document.instrument
    joined = _HYPHEN_BEFORE.search(checked.report.text, max(0, place.start - _HYPHEN_REACH), place.start)
    if joined is not None and _YEAR.fullmatch(surface.core.number) and surface.core.year is None:
        should_be = f"{joined[1]}/{surface.core.number}/{printed.symbol}"
        return checked.doubt("style", place, should_be, span=Span(joined.start(), place.end), should_be=should_be)
    kind = _other_type(surface, printed)
    if kind is not None:
        # Which of the two is wrong, the word or the symbol, nothing tells.
        symbol = printed.symbol or ""
        return checked.doubt("style_type", place, str(instrument), type=kind.name, symbol=symbol)
    with_year = _with_year(checked, place, printed, instrument)
    if with_year is not None:
        return checked.doubt("style_year", place, str(instrument), should_be=with_year or None)
    words = " ".join(place.text.split())[surface.core.start : surface.core.end]
    if _is_misprinted("".join(words.split()), printed.canonical, surface, has_accents=checked.has_accents):
        return checked.doubt("style", place, str(instrument), should_be=printed.canonical)
    return None


# A report prints the same few citations again and again; the bound keeps a long run from growing.
@lru_cache(maxsize=1 << 14)
def _surface(text: str) -> Surface | None:
    return read_reference(text)


def _is_misprinted(printed: str, canonical: str, surface: Surface, *, has_accents: bool) -> bool:
    """Are marks wrong ("120/KL-TW"), or is the stroke of a Đ lost ("ND-CP")?  Capitals and zeros are not looked at."""
    right_marks = [_MARK.findall(canonical)]
    if len(surface.core.groups) > _TYPE_AND_BODY:  # of several bodies: "19/2008/NQLT/CP-MTTQ" is as good
        right_marks.append(_MARK.findall(canonical.replace("-", "/", 1)))
    if _MARK.findall(printed) not in right_marks:
        return True
    mine, right = (text.upper().replace("Ð", "Đ") for text in (printed, canonical))
    return has_accents and mine.count("Đ") < right.count("Đ") and fold(mine) == fold(right)


def _other_type(surface: Surface, printed: Instrument) -> InstrumentType | None:
    """The type that the symbol tells where the word before the number is another: "Nghị quyết số 12/KH-UBND"."""
    rows, word = types_by_code().get(printed.codes[0], ()), surface.type
    if not surface.says_type or word is None or not rows or not word.codes or "dispatch" in word.style:
        return None
    if any(row.name.startswith(word.name) or word.name.startswith(row.name) for row in rows):
        return None
    may_be_issued = word.name not in _CARRYING and any(row.name in _ISSUING for row in rows)
    return None if may_be_issued else rows[0]


def _with_year(checked: Checked, place: Citation, printed: Instrument, full: Instrument) -> str | None:
    """The number with the year that it lacks; "" where the year is not known, None where none is lacking."""
    if printed.year is not None or printed.type not in _ALWAYS_WITH_YEAR or not _is_of_state(printed):
        return None
    if full.year is not None:
        return full.canonical
    day = place.date
    if day is None:
        return "" if checked.day is not None and checked.day >= _ALL_WITH_YEAR else None
    number = f"{printed.number}/{day[:4]}/{printed.symbol}"
    is_sure = day >= _ALL_WITH_YEAR or (day >= _FIRST_WITH_YEAR and known_as(number))
    return number if is_sure else None


def _is_of_state(printed: Instrument) -> bool:
    """Is its symbol that of a body of the state at the centre?"""
    return len(printed.codes) > 1 and printed.is_central and not printed.party


def _two_symbols(checked: Checked, document: Cited, places: Sequence[Citation]) -> Iterator[Finding]:
    """One document with its codes in two orders ("KH-MTTQ-BTT", "KH-BTT-MTTQ"): the first place of the second."""
    first: tuple[Citation, Instrument] | None = None
    for place in places:
        surface = _surface(place.text)
        printed = Instrument.of(surface) if surface and surface.core.groups else None
        if printed is None:
            continue
        if first is None:
            first = place, printed
        elif printed.codes != first[1].codes and sorted(printed.codes) == sorted(first[1].codes):
            yield checked.doubt(
                "symbols_differ",
                place,
                str(document.instrument),
                other=first[1].canonical,
                line=str(first[0].line),
            )
            return


def find_drafts(checked: Checked) -> Iterator[Finding]:
    """Drafts that a report rests on or carries out; not those on which it collects opinions."""
    places: list[Citation | Named] = [*checked.reading.citations, *checked.reading.named]
    for place in sorted(places, key=lambda p: p.start):
        before = _AS_IN_FORCE.search(checked.folded, max(0, place.start - _BEFORE), place.start)
        if before is None:
            continue
        sentence = checked.sentences.around(place.start)
        if not _OPINION.search(checked.folded, sentence.start, max(sentence.end, place.end)):
            name = place.name if isinstance(place, Named) else str(checked.reading.cited[place.cited].instrument)
            start = checked.folded.rindex("du thao", before.start(), place.start)
            yield checked.doubt("draft", place, name, span=Span(start, place.end))


def find_short_forms(checked: Checked) -> Iterator[Finding]:
    """Numbers without symbol, day, body and title that no full form explains; the first place of each."""
    for _, document, places in checked.cited:
        instrument, place = document.instrument, places[0]
        if instrument.symbol is not None or any(p.date or p.issuer or p.title for p in places):
            continue
        if not _BODY_AFTER.match(checked.folded, place.end) and not _may_be(instrument, checked.day):
            yield checked.doubt("no_antecedent", place, str(instrument))


def _may_be(instrument: Instrument, day: str | None) -> bool:
    """Is there one document alone that a number without symbol can mean on that day?"""
    if instrument.type == "Nghị định" and instrument.year is not None:
        return True  # the Government alone issues them
    rows_of = _by_type_and_number().get((instrument.type, instrument.key[1]), ())
    meant = [r for r in rows_of if instrument.year in (None, int(r.date[:4])) and r.date <= last_day(day or "9999")]
    return len(meant) == 1


@cache
def _by_type_and_number() -> dict[tuple[str | None, str], tuple[Known, ...]]:
    found: dict[tuple[str | None, str], tuple[Known, ...]] = {}
    for row in known():
        number = re.match(r"0*(\d+\w*)", row.number)
        key = row.type, number[1] if number else ""
        found[key] = (*found.get(key, ()), row)
    return found
