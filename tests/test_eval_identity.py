"""One id holds one document, and a document that several texts cite stands under one id."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "eval"))

import gate
import identity
from identity import Told

from graph.identity import Instrument
from graph.registry import Registry
from graph.votes import Vote


@pytest.mark.parametrize("names", [["samples"], ["shared/gold", "shared/real"]], ids=" + ".join)
def test_no_id_holds_two_documents_and_no_document_has_two(names: list[str]) -> None:
    sets = [gold_set for gold_set in gate.SETS if gold_set.name in names]
    if not all(gold_set.is_here for gold_set in sets):
        pytest.skip("the reference texts are not here")
    judged = identity.judge(*identity.read(sets))
    assert judged.mixed == {}
    assert judged.split == []
    assert len(judged.shared) > 15


def _told(text: str, canonical: str, date: str | None, issuer: str | None, kind: str = "Kế hoạch") -> Told:
    return Told(text=text, type=kind, canonical=canonical, date=date, issuer=issuer, vote=(text, 0))


_XA, _HUYEN = "UBND xã An Hạ", "UBND huyện Bình Khê"
_PLAN = "14/KH-UBND"
TWO: list[tuple[Any, Any]] = [
    ((_PLAN, "2022-01-11", _XA), (_PLAN, "2022-01-11", _HUYEN)),
    ((_PLAN, "2022-01-11", _XA), (_PLAN, "2023-01-11", _XA)),
    ((_PLAN, "2022-01-11", _XA), (_PLAN, "2022-01-11", "UBND tỉnh")),
    (("30-CT/TW", "1998-02-18", "Bộ Chính trị", "Chỉ thị"), ("30-CT/TW", "2024-02-05", "Ban Bí thư", "Chỉ thị")),
]
ONE: list[tuple[Any, Any]] = [
    ((_PLAN, "2022-01-11", "Ủy ban nhân dân Xã AN HẠ"), (_PLAN, "2022-11-01", _XA)),
    ((_PLAN, "2022-01-11", _XA), (_PLAN, "2022-01-11", None)),
    (("30-CT/TW", "1998-02-18", "Bộ Chính trị", "Chỉ thị"), ("30-CT/TW", "1998-02-18", None, "Chỉ thị")),
    (("24/2006/NĐ-CP", "2006-03-13", None, "Nghị định"), ("24/2006/NĐ-CP", None, "Chính phủ", "Nghị định")),
]
OPEN: list[tuple[Any, Any]] = [
    ((_PLAN, "2022-01-11", _XA), (_PLAN, "2022-02-01", None)),
    ((_PLAN, "2022-01-11", _XA), (_PLAN, None, _XA)),
    (("30-CT/TW", "1998-02-18", None, "Chỉ thị"), ("30-CT/TW", None, None, "Chỉ thị")),
]


@pytest.mark.parametrize(("one", "other"), TWO)
def test_another_place_or_another_year_is_another_document(one: Any, other: Any) -> None:
    assert identity.differ(_told("a", *one), _told("b", *other))
    assert not identity.same(_told("a", *one), _told("b", *other))


@pytest.mark.parametrize(("one", "other"), ONE)
def test_a_slip_and_what_is_left_out_make_no_other_document(one: Any, other: Any) -> None:
    assert identity.same(_told("a", *one), _told("b", *other))


@pytest.mark.parametrize(("one", "other"), OPEN)
def test_what_the_gold_does_not_decide_is_neither(one: Any, other: Any) -> None:
    assert not identity.differ(_told("a", *one), _told("b", *other))
    assert not identity.same(_told("a", *one), _told("b", *other))


def _registry(*said: tuple[str, str | None, str | None]) -> Registry:
    registry = Registry()
    plan = Instrument.parse(f"Kế hoạch {_PLAN}")
    registry.add(Vote(report=text, n=0, instrument=plan, date=date, issuer=issuer) for text, date, issuer in said)
    return registry


def test_an_id_that_holds_two_documents_is_named() -> None:
    told = [_told("a", _PLAN, "2022-01-11", _XA), _told("b", _PLAN, "2022-01-11", _HUYEN)]
    judged = identity.judge(told, _registry(("a", "2022-01-11", _XA), ("b", "2022-01-11", _XA)))
    assert list(judged.mixed.values()) == [told]


def test_a_document_under_two_ids_is_named_and_so_is_one_that_was_not_found() -> None:
    told = [_told("a", _PLAN, "2022-01-11", _XA), _told("b", _PLAN, "2022-01-11", _XA)]
    judged = identity.judge(told, _registry(("a", "2022-01-11", _XA), ("b", "2022-01-11", _HUYEN)))
    assert ([document for document, _ in judged.split], judged.together) == ([told], 0.0)
    assert (judged.mixed, len(judged.split[0][1])) == ({}, 2)
    lost = [
        identity.Told(text=t, type="Kế hoạch", canonical=_PLAN, date="2022-01-11", issuer=_XA, vote=None) for t in "ab"
    ]
    assert identity.judge(lost, Registry()).split == [(lost, [])]
