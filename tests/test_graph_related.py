"""Reports are related by what they cite, and the more by what few cite."""

from dataclasses import replace
from math import log1p, sqrt

import pytest

from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.network import Network
from graph.related import related

_COMMON = "Chỉ thị số 28-CT/TW ngày 20/6/2018"
_RARE = "Kết luận số 57-KL/TW ngày 08/3/2019"
_OTHER = "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018"
_TEXTS = {
    "both": f"Theo {_COMMON}; {_RARE}.",
    "again": f"Theo {_RARE}; {_COMMON}.",
    "common": f"Theo {_COMMON}.",
    "common too": f"Theo {_COMMON} .",
    "rare and other": f"Theo {_RARE}; {_OTHER}.",
    "other": f"Theo {_OTHER}.",
    "nothing": "Xã đã họp.",
    "alone": "Theo Luật Nuôi trồng.",
}


@pytest.fixture(scope="module")
def network() -> Network:
    header = Header(unit="xã Minh Tiến", number="5", symbol="BC-UBND", date="2023-06-12", type="Báo cáo")
    reports = [replace(report_of(text, file=name), header=header) for name, text in _TEXTS.items()]
    return Network((card_of(report), file_reading(report, find_citations(report))) for report in reports)


def _id(network: Network, file: str) -> str:
    return next(card.id for card in network.cards() if card.file == file)


def _files(network: Network, file: str, limit: int = 10) -> dict[str, tuple[str, ...]]:
    return {one.card.file: one.shared for one in related(network, _id(network, file), limit)}


def test_reports_that_cite_the_same_are_related_and_say_what_rare_first(network: Network) -> None:
    directive, conclusion = "chi-thi-28-ct-tw-xii", "ket-luan-57-kl-tw-xii"
    assert _files(network, "both") == {
        "again": (conclusion, directive),
        "rare and other": (conclusion,),
        "common": (directive,),
        "common too": (directive,),
    }
    assert next(iter(_files(network, "both"))) == "again"
    assert _files(network, "nothing") == _files(network, "alone") == {}
    assert related(network, "no report") == ()


def test_the_score_is_the_cosine_with_weights_that_grow_with_rarity(network: Network) -> None:
    scores = {one.card.file: one.score for one in related(network, _id(network, "rare and other"))}
    cited = {"common": 4, "rare": 3, "other": 2}
    weight = {name: log1p(len(network.incidence().reports) / count) for name, count in cited.items()}
    mine = sqrt(weight["rare"] ** 2 + weight["other"] ** 2)
    both = weight["rare"] ** 2 / mine / sqrt(weight["rare"] ** 2 + weight["common"] ** 2)
    assert scores["other"] == pytest.approx(weight["other"] / mine, abs=1e-6)
    assert scores["both"] == scores["again"] == pytest.approx(both, abs=1e-6)
    assert scores.keys() == {"other", "both", "again"}


def test_the_same_in_all_is_1_and_equals_stand_by_their_ids(network: Network) -> None:
    first, *others = related(network, _id(network, "both"))
    assert (first.card.file, first.score) == ("again", 1.0)
    equal = [one.card.id for one in others if one.card.file.startswith("common")]
    assert equal == sorted(equal)
    assert len(equal) == 2


def test_no_more_are_given_than_asked_for(network: Network) -> None:
    assert [len(related(network, _id(network, "both"), limit)) for limit in (0, 1, 3, 100)] == [0, 1, 3, 4]
