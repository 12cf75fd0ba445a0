"""The arrays of a bundle say again what its texts are, and where each syllable and each pair stands."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Span
from index.postings import HEADING, MARK_BITS, MARKS, SHIFT, Bundle, Coder, Syllables, bundle
from index.syllables import unaccented
from index.words import BETWEEN, CLAUSE, INSIDE, LEANS, prepare

MARKED = st.lists(
    st.tuples(st.sampled_from(["dân", "dan", "chủ", "chu", "quý", "120"]), st.sampled_from("_ >\n"), st.integers(1, 3))
).map(lambda parts: "".join(syllable + mark * count for syllable, mark, count in parts))


def said(text: Syllables) -> list[tuple[str, str, int]]:
    """Each syllable, the mark before it, and where it starts."""
    marks = {number: mark for mark, number in MARKS.items()}
    codes, starts = text.codes.tolist(), text.starts.tolist()
    return [(text.names[c >> SHIFT], marks[c & MARK_BITS], at) for c, at in zip(codes, starts, strict=True)]


def test_a_coded_text_has_its_syllables_with_their_marks_and_offsets() -> None:
    assert said(Coder().code(prepare("Nhân dân, xã; họp").marked)) == [
        ("nhân", CLAUSE, 0),
        ("dân", INSIDE, 5),
        ("xã", BETWEEN, 10),
        ("họp", CLAUSE, 14),
    ]
    assert said(Coder().code(f"hộ{LEANS}trên")) == [("hộ", CLAUSE, 0), ("trên", LEANS, 3)]
    assert said(Coder().code("")) == said(Coder().code("\n\n")) == []


def test_the_syllables_of_headings_are_marked() -> None:
    text = Coder().code("kết quả tốt", [Span(0, 7)])
    assert [bool(code & HEADING) for code in text.codes] == [True, True, False]


def whole(made: Bundle) -> list[tuple[str, bool]]:
    """All syllables of a bundle, each with whether it begins a clause; with the one that ends it."""
    return [(made.names[c >> SHIFT] if made.names else "", c & MARK_BITS == MARKS[CLAUSE]) for c in made.codes.tolist()]


@given(st.lists(MARKED, max_size=6), st.integers(0, 6))
def test_a_bundle_holds_its_texts_and_lists_every_syllable_and_pair(texts: list[str], others: int) -> None:
    """Texts of two coders, as when a segment is merged with what is new."""
    one, other = Coder(), Coder()
    coded = [(one if n < others else other).code(text) for n, text in enumerate(texts)]
    before = [said(text) for text in coded]
    made = bundle(coded)
    assert [said(made.text(n)) for n in range(len(texts))] == before
    assert [said(text) for text in coded] == before, "what was given is left as it was"
    assert made.names == sorted(set(made.names), key=lambda name: (unaccented(name), name))
    assert made.folded == sorted({unaccented(name) for name in made.names})
    row = whole(made)
    for number, folded in enumerate(made.folded):
        first, last = made.first_name[number : number + 2]
        assert {unaccented(name) for name in made.names[first:last]} == {folded}
        places = made.places[made.first_place[number] : made.first_place[number + 1]]
        assert places.tolist() == [n for n, (name, _) in enumerate(row[:-1]) if unaccented(name) == folded]
    pairs: dict[int, list[int]] = {}
    for n, ((left, _), (right, begins)) in enumerate(pairwise(row[:-1])):
        if not begins:
            key = made.folded.index(unaccented(left)) << 32 | made.folded.index(unaccented(right))
            pairs.setdefault(key, []).append(n)
    assert made.pairs.tolist() == sorted(pairs)
    for number, key in enumerate(made.pairs.tolist()):
        assert made.pair_places[made.first_pair[number] : made.first_pair[number + 1]].tolist() == pairs[key]


@pytest.mark.parametrize("count", [65_535, 65_536, 65_537, 70_000])
def test_more_syllables_than_two_bytes_can_number(count: int) -> None:
    names = [f"a{n:x}" for n in range(count)]
    made = bundle([Coder().code(" ".join(names))])
    assert len(made.folded) == count
    at = [made.folded.index(name) for name in (names[0], names[-1])]
    assert [made.places[made.first_place[n]] for n in at] == [0, count - 1]
    assert np.array_equal(np.sort(made.places), np.arange(count))
    assert made.starts.tolist()[-1] == len(" ".join(names[:-1])) + 1
