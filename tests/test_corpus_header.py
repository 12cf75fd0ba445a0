"""What a document says of itself, in all the ways in which its first and last page are printed."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean
from corpus.gazetteer import posts, verbs
from corpus.header import read_header
from corpus.header_fields import read_period
from corpus.header_issuer import clause_bodies, compose, letterhead_bodies
from corpus.header_places import find_unit, places_around, survey
from corpus.model import Header
from corpus.signature import read_signature
from corpus.units import parse_unit

LAYOUTS = tomllib.loads((Path(__file__).parent / "eval" / "headers.toml").read_text(encoding="utf-8"))["header"]


@pytest.mark.parametrize("row", LAYOUTS, ids=[row["name"] for row in LAYOUTS])
def test_the_fields_come_out_however_they_are_laid_out(row: dict[str, Any]) -> None:
    header = {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(read_header(clean(row["text"]))).items()}
    wanted = row.get("fields", {})
    assert {name: header[name] for name in wanted} == wanted
    assert not {name: header[name] for name in row.get("none", ()) if header[name]}


@pytest.mark.parametrize(
    ("subject", "period", "year"),
    [
        ("Kết quả công tác 6 tháng đầu năm 2023", "6 tháng đầu năm 2023", 2023),
        ("Kết quả 6 tháng đầu năm và nhiệm vụ 6 tháng cuối năm 2023", "6 tháng đầu năm 2023", 2023),
        ("KẾT QUẢ QUÝ III NĂM 2024", "quý III năm 2024", 2024),
        ("Kết quả quý 2/2024", "quý 2/2024", 2024),
        ("Công tác tháng 02 và kế hoạch tháng 3 năm 2022", "tháng 02 năm 2022", 2022),
        ("Kết quả thực hiện năm 2020, nhiệm vụ năm 2021", "năm 2020", 2020),
        ("Triển khai Luật Đất đai năm 2024 trong năm 2025", "năm 2025", 2025),
        ("Kế hoạch giai đoạn 2026 - 2030", "giai đoạn 2026 - 2030", None),
        ("Kết quả năm học 2022 - 2023", "năm học 2022 - 2023", None),
    ],
)
def test_the_first_period_of_a_subject_is_the_one_reported_on(subject: str, period: str, year: int | None) -> None:
    found = read_period(subject)
    assert found is not None
    assert (found.name, found.year) == (period, year)


@pytest.mark.parametrize(
    "subject",
    ["Phát triển hạ tầng đến năm 2030", "Thực hiện Chỉ thị số 05-CT/TW ngày 15/5/2016", "Công tác tiếp công dân", ""],
)
def test_a_horizon_or_the_date_of_another_document_is_no_period(subject: str) -> None:
    assert read_period(subject) is None


@pytest.mark.parametrize(
    ("letterhead", "bodies", "issuer"),
    [
        ("UBND HUYỆN A SỚT\nUBND XÃ MINH TIẾN", 2, "Ủy ban nhân dân xã Minh Tiến"),
        ("ỦY BAN NHÂN DÂN\nTỈNH LẠNG HÀ", 1, "Ủy ban nhân dân tỉnh Lạng Hà"),
        ("BAN CHẤP HÀNH\nTRUNG ƯƠNG\nBAN TỔ CHỨC\n*", 2, "Ban Tổ chức Trung ương"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG\nVĂN PHÒNG", 2, "Văn phòng Trung ương Đảng"),
        ("ỦY BAN MTTQ VIỆT NAM\nXÃ MINH TIẾN\nBAN THƯỜNG TRỰC", 2, None),
        ("TỈNH ỦY LẠNG HÀ\nBAN DÂN VẬN", 2, "Ban Dân vận Tỉnh ủy Lạng Hà"),
        ("UBND TỈNH LẠNG HÀ\nSỞ NỘI VỤ", 2, "Sở Nội vụ tỉnh Lạng Hà"),
        ("VĂN PHÒNG\nCHÍNH PHỦ", 1, "Văn phòng Chính phủ"),
        ("UBND XÃ MINH TIẾN\nV/v báo cáo\nBAN HÀNH", 1, "Ủy ban nhân dân xã Minh Tiến"),
    ],
)
def test_a_letterhead_is_read_from_the_higher_body_down(letterhead: str, bodies: int, issuer: str | None) -> None:
    found = letterhead_bodies(letterhead)
    assert len(found) == bodies
    assert compose(found) == (issuer or "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã Minh Tiến")


def test_a_place_on_the_border_is_not_the_place_above() -> None:
    text = "UBND xã Minh Tiến báo cáo. Phía Đông giáp xã Hà Sơn, huyện Phú Bắc, huyện Phú Hà. Huyện Yên Sơn có 20 xã."
    text += " Công tác của UBND huyện Yên Sơn."
    around = places_around(survey(text, date="2020"), parse_unit("xã Minh Tiến"), above=None)
    assert str(around.parent) == "huyện Yên Sơn"


def test_two_places_equally_likely_are_none() -> None:
    text = "UBND xã Minh Tiến báo cáo UBND huyện Yên Sơn và UBND huyện Phú Bắc."
    assert places_around(survey(text, date="2020"), parse_unit("xã Minh Tiến"), above=None).parent is None


@pytest.mark.parametrize(("date", "parent"), [("2025-06-30", None), ("2025-07-01", "tỉnh Lạng Hà"), (None, None)])
def test_a_commune_lies_right_under_its_province_since_july_2025(date: str | None, parent: str | None) -> None:
    around = places_around(survey("Trên địa bàn tỉnh Lạng Hà", date=date), parse_unit("xã Minh Tiến"), above=None)
    assert (None if around.parent is None else str(around.parent)) == parent


def test_a_place_named_once_by_chance_is_not_taken() -> None:
    places = survey("Đoàn tham quan xã Hà Sơn.", date=None)
    assert find_unit(places, kind="xã", place=None) is None
    assert str(find_unit(places, kind="xã", place="Minh Tiến")) == "xã Minh Tiến"


@pytest.mark.parametrize("post", posts(), ids=[post.name for post in posts()])
def test_a_post_of_the_table_is_read_above_a_name(post: Any) -> None:
    assert post.examples
    for printed, title in post.examples:
        signature = read_signature(f"Nơi nhận:\n- Lưu: VT.\n\n{printed}\n\n(Đã ký)\n\nNguyễn Văn An\n")
        assert (signature.title, signature.signer) == (title, "Nguyễn Văn An")


@pytest.mark.parametrize("verb", verbs(), ids=[verb.name for verb in verbs()])
def test_a_verb_of_the_table_shows_its_subject(verb: Any) -> None:
    assert verb.examples
    for sentence, body in verb.examples:
        assert [found for _, found in clause_bodies(sentence)] == [body]


@pytest.mark.parametrize(
    ("text", "signer", "title"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Thị Bình", "Trần Thị Bình", "Phó Chủ tịch"),
        ("TL. CHỦ TỊCH\nTRƯỞNG PHÒNG NỘI VỤ\nThS. Lê Văn Cường", "Lê Văn Cường", "Trưởng phòng Nội vụ"),
        ("GIÁM ĐỐC\nĐại tá PHẠM VĂN DŨNG", "Phạm Văn Dũng", "Giám đốc"),
        ("CHỦ TỊCH\n\nPHỤ LỤC 1", None, None),
        ("Đồng chí Chủ tịch UBND xã\nNguyễn Văn An", None, None),
        ("", None, None),
    ],
)
def test_who_signs_is_the_name_under_the_last_post(text: str, signer: str | None, title: str | None) -> None:
    signature = read_signature(text)
    assert (signature.signer, signature.title) == (signer, title)


def test_the_signature_beside_the_recipients_counts_before_one_in_an_annex() -> None:
    annex = "\nMẪU SỐ 1\n" * 40 + "CHỦ TỊCH\nLê Thị Hoa"
    assert read_signature(f"Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn An\n{annex}").signer == "Nguyễn Văn An"


@given(st.text())
def test_no_text_is_refused(text: str) -> None:
    assert isinstance(read_header(clean(text)), Header)


@given(st.lists(st.sampled_from([line for row in LAYOUTS for line in row["text"].split("\n")]), max_size=30))
def test_no_order_of_lines_is_refused(lines: list[str]) -> None:
    header = read_header(clean("\n".join(lines)))
    assert header.subject is None or header.subject.strip()
    assert all(header.addressee)


def _gold(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob("00*.json")):
        yield path, json.loads(path.read_text(encoding="utf-8"))["report"]


def test_the_annotated_reports_are_read_in_every_field(shared: Path) -> None:
    wrong = []
    for path, report in _gold(shared / "gold"):
        text = (shared / "seeds" / f"{path.stem}.txt").read_text(encoding="utf-8")
        for name, value in asdict(read_header(clean(text))).items():
            wanted = report.get(name) or None
            if (list(value) if isinstance(value, tuple) else value or None) not in (
                wanted,
                [] if wanted is None else wanted,
            ):
                wrong.append((path.stem, name, value, wanted))
    assert not wrong
