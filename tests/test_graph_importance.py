"""How important instruments are: counted over reports, units and local documents, and by the ways over them."""

from dataclasses import replace

import pytest

from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.importance import Importance, importance
from graph.network import Network
from graph.questions import resolve_reference

_CENTRE = "Chỉ thị số 28-CT/TW ngày 20/6/2018 của Ban Bí thư"
_PLAN = "Kế hoạch số 14/KH-UBND ngày 11/01/2022 của UBND huyện An Hòa"
_TEXTS = [
    ("huyện An Hòa", "2022-06-01", f"Thực hiện {_CENTRE}, UBND huyện đã ban hành {_PLAN}."),
    ("huyện An Hòa", "2023-06-01", f"Quán triệt {_CENTRE}."),
    ("xã Đồng A", "2023-06-02", f"Thực hiện {_PLAN}, UBND xã đã ban hành Kế hoạch số 6/KH-UBND ngày 03/02/2023."),
    ("xã Đồng B", "2023-06-03", f"Thực hiện {_PLAN}, UBND xã đã ban hành Kế hoạch số 7/KH-UBND ngày 04/02/2023."),
    (None, "2023-06-04", f"Theo {_CENTRE}."),
]


@pytest.fixture(scope="module")
def network() -> Network:
    reports = [
        replace(report_of(text, file=str(n)), header=Header(unit=unit, date=date))
        for n, (unit, date, text) in enumerate(_TEXTS)
    ]
    return Network((card_of(report), file_reading(report, find_citations(report))) for report in reports)


@pytest.mark.parametrize(
    ("reference", "reports", "units", "documents"),
    [("28-CT/TW", 3, 1, 1), ("Kế hoạch 14", 3, 3, 2), ("Kế hoạch 6", 1, 1, 0)],
)
def test_reports_units_and_local_documents_are_counted_each_once(
    network: Network, reference: str, reports: int, units: int, documents: int
) -> None:
    (entry,) = resolve_reference(network, reference)
    found = importance(network, bridges=True)[entry.id]
    assert (found.entry, found.reports, found.units, found.documents) == (entry.id, reports, units, documents)


def test_only_what_lies_on_the_way_between_others_is_a_bridge(network: Network) -> None:
    (plan,) = resolve_reference(network, "Kế hoạch 14")
    bridges = {entry: found.bridge for entry, found in importance(network, bridges=True).items()}
    assert [entry for entry, bridge in bridges.items() if bridge] == [plan.id]
    assert bridges[plan.id] == pytest.approx(2 / (3 * 2))  # two of the six pairs of the other three


def test_every_document_is_told_and_nothing_of_an_empty_library(network: Network) -> None:
    assert list(importance(network, bridges=True)) == network.incidence().entries
    assert importance(Network([]), bridges=True) == {}
    assert all(isinstance(found, Importance) for found in importance(network, bridges=True).values())
