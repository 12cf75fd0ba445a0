"""Is an instrument in force: the table of known instruments is asked first, then what reports say."""

from dataclasses import replace

import pytest

from corpus.model import Header
from corpus.reading import report_of
from graph.extract import find_citations
from graph.filing import card_of, file_reading
from graph.known import known
from graph.network import Network
from graph.questions import resolve_reference
from graph.standing import Standing, in_force_on, standing_of
from graph.witness import Witness

HEADER = Header(
    type="Báo cáo",
    issuer="Ủy ban nhân dân xã Tân Khê",
    unit="xã Tân Khê",
    parent_unit="huyện Vĩnh Sơn",
    province="tỉnh An Hà",
    date="2024-11-14",
)


@pytest.mark.parametrize(
    ("canonical", "kind", "date", "since", "until", "replaced_by"),
    [
        # The day before its successor came into force is the last one.
        ("34/2007/PL-UBTVQH11", "Pháp lệnh", None, "2007-07-01", "2023-06-30", "Luật 10/2022/QH15"),
        ("04/2015/NĐ-CP", "Nghị định", "2015-01-09", "2015-02-25", None, None),
        # What the table says itself of the last day is believed.
        ("14/2003/QH11", "Luật", None, None, "2010-06-30", None),
        # A number of the Party is that of its own day; its successor has the same type word or another.
        ("205-QĐ/TW", "Quy định", "2019-09-23", "2019-09-23", "2023-07-10", "Quy định 114-QĐ/TW"),
        # A normative instrument comes into force weeks after its issue: without that day the end is not known.
        ("93/2007/QĐ-TTg", "Quyết định", None, "2007-06-22", None, "Quyết định 09/2015/QĐ-TTg"),
        # The successor is looked for in its own series: 100/2015/QH13 is a code and a resolution.
        ("15/1999/QH10", "Bộ luật", None, "2000-07-01", "2017-12-31", "Bộ luật 100/2015/QH13"),
    ],
)
def test_the_table_knows_from_when_until_when_and_what_came_then(
    canonical: str, kind: str, date: str | None, since: str | None, until: str | None, replaced_by: str | None
) -> None:
    standing = standing_of(canonical, kind, date)
    assert standing is not None
    assert since in (None, standing.since)
    assert (standing.until, standing.replaced_by, standing.known_by) == (until, replaced_by, "table")


@pytest.mark.parametrize(
    ("canonical", "kind", "date"),
    [
        ("12/KH-UBND", "Kế hoạch", "2023-02-03"),
        ("205-QĐ/TW", "Quy định", "2012-09-23"),
        ("205-QĐ/TW", "Quy định", None),
    ],
)
def test_of_what_is_not_surely_in_the_table_nothing_is_known(canonical: str, kind: str, date: str | None) -> None:
    assert standing_of(canonical, kind, date) is None


@pytest.mark.parametrize(
    ("day", "number"), [("2024-12-31", "77/2015/QH13"), ("2025-03-01", "65/2025/QH15"), ("2025-12-01", "72/2025/QH15")]
)
def test_of_a_chain_of_replacements_the_one_in_force_on_the_day_is_told(day: str, number: str) -> None:
    row = in_force_on("77/2015/QH13", "Luật", None, day)
    assert row is not None
    assert row.number == number


def test_no_row_of_the_table_ends_before_it_begins() -> None:
    for row in known():
        standing = standing_of(row.number, row.type, row.date)
        if standing is not None and standing.since and standing.until:
            assert standing.since <= standing.until, row


def _standing(*texts: str) -> Standing | None:
    """The standing of Kế hoạch 12/KH-UBND of 2023 as reports with these sentences tell it."""
    cited = "Thực hiện Kế hoạch số 12/KH-UBND ngày 03/02/2023 của UBND huyện Vĩnh Sơn, xã đã họp."
    read = [replace(report_of(text, file=f"{n}.txt"), header=HEADER) for n, text in enumerate((cited, *texts))]
    network = Network((card_of(r), file_reading(r, find_citations(r))) for r in read)
    witness = Witness(network)
    (registered,) = witness.of_reports([(read[0], find_citations(read[0]))])
    (entry,) = resolve_reference(network, "Kế hoạch 12/KH-UBND")
    assert registered[0].entry.id == entry.id
    return standing_of(entry.canonical, entry.type, entry.date, registered[0].ends)


REPLACED = (
    "Kế hoạch số 31/KH-UBND ngày 05/4/2024 của UBND huyện Vĩnh Sơn thay thế "
    "Kế hoạch số 12/KH-UBND ngày 03/02/2023 của UBND huyện Vĩnh Sơn."
)


@pytest.mark.parametrize(
    "text",
    [
        REPLACED,
        REPLACED.replace("thay thế", "bãi bỏ"),
        REPLACED.replace("Sơn.", "Sơn về một số nội dung, phần việc trọng tâm."),
        (
            "Kế hoạch số 12/KH-UBND ngày 03/02/2023 của UBND huyện Vĩnh Sơn đã được thay thế bởi "
            "Kế hoạch số 31/KH-UBND ngày 05/4/2024 của UBND huyện Vĩnh Sơn."
        ),
    ],
)
def test_what_reports_say_is_told_with_their_sentences(text: str) -> None:
    standing = _standing(text, "Ghi chú: " + text)
    assert standing is not None
    assert (standing.until, standing.known_by) == ("2024-04-04", "text")
    assert standing.replaced_by == "Kế hoạch 31/KH-UBND của Ủy ban nhân dân huyện Vĩnh Sơn"
    assert {stated.report.file for stated in standing.stated} == {"1.txt", "2.txt"}


@pytest.mark.parametrize(
    "text",
    [
        REPLACED.replace("thay thế", "thay thế một số nội dung của"),
        REPLACED.replace("thay thế", "bãi bỏ khoản 2 Mục III"),
        REPLACED.replace("thay thế", "bãi bỏ Điều 5 của"),
        REPLACED.replace("thay thế", "thay thế một phần"),
        REPLACED.replace("thay thế", "bãi bỏ các nội dung tại"),
        REPLACED.replace("thay thế", "sửa đổi, bổ sung"),
        REPLACED.replace("thay thế", "về thực hiện"),
    ],
)
def test_what_is_changed_in_part_alone_has_not_ended(text: str) -> None:
    assert _standing(text) is None


def test_of_a_normative_document_the_day_of_issue_is_not_that_of_force() -> None:
    standing = _standing(REPLACED.replace("Kế hoạch số 31/KH-UBND", "Quyết định số 31/2024/QĐ-UBND"))
    assert standing is not None
    assert standing.until is None
    assert standing.replaced_by == "Quyết định 31/2024/QĐ-UBND của Ủy ban nhân dân huyện Vĩnh Sơn"
