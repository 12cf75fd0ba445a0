"""The sample documents: complete, small, invented, and read by their gold as they are written."""

import html
import json
import os
import re
import subprocess
import sys
import tomllib
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

SAMPLES = Path(__file__).parent / "samples"
REPORTS = sorted(path for path in (SAMPLES / "reports").rglob("*") if path.is_file())
SOURCES = {path.stem: path for path in sorted((SAMPLES / "sources").glob("*.md"))}
GOLD = {path.stem: path for path in sorted((SAMPLES / "gold").glob("*.json")) if path.stem != "queries"}
SCORER = Path(__file__).parents[2] / "shared" / "tools" / "score_citations.py"

INVENTED = {
    *("Lạc Giang", "Đại Khê", "Bình Giáp"),
    *("Phong Lộc", "Khe Thượng", "Mạc Sơn", "Bến Sải", "Lộc Vân", "Trung Lạc", "Khe Dẻ"),
}
# The 63 provinces and cities before 01/7/2025; those of today are among them.
PROVINCES = """
    An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước,
    Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai,
    Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hồ Chí Minh, Hưng Yên, Khánh Hòa,
    Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận,
    Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh,
    Thái Bình, Thái Nguyên, Thanh Hóa, Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
"""
UNIT = re.compile(r"\b(?:tỉnh|huyện|thị xã|thành phố|thị trấn|xã|phường)(?: ủy)? (\w+) (\w+)", re.IGNORECASE)


def normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def source_parts(path: Path) -> tuple[dict[str, Any], str]:
    """The head and the body of a source; marks of footnotes, page breaks and headings taken out of the body."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(head), re.sub(r"\[\^\d+\]:?|^#+ ", "", body.replace("<<page>>", " "), flags=re.MULTILINE)


def text_of(path: Path) -> str:
    """The text of a made file, by the plainest means."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            xml = "".join(archive.read(f"word/{part}.xml").decode() for part in ("document", "footnotes"))
        return html.unescape(re.sub(r"<[^>]+>", "", xml.replace("</w:p>", "\n")))
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    text = path.read_text(encoding="utf-8")
    return html.unescape(re.sub(r"<[^>]+>", " ", text)) if path.suffix == ".html" else text


def texts(instrument: dict[str, Any]) -> list[str]:
    """The citations of an instrument of the gold, in their order."""
    mentions = instrument["mentions"]
    return [mention["text"] for mention in mentions] if isinstance(mentions, list) else instrument["texts"]


def gold(stem: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(GOLD[stem].read_text(encoding="utf-8"))
    return found


def test_every_sample_has_a_source_and_a_gold_file() -> None:
    stems = [path.stem for path in REPORTS]
    assert sorted(stems) == list(SOURCES) == list(GOLD)  # a stem occurs once: gold is found by it
    for path in REPORTS:
        place = path.relative_to(SAMPLES / "reports").as_posix()
        assert source_parts(SOURCES[path.stem])[0]["file"] == place
        assert f"{gold(path.stem)['folder']}/{gold(path.stem)['file']}" == place


def test_samples_are_small_and_of_each_format() -> None:
    assert all(3_000 < path.stat().st_size < 9_000 for path in SOURCES.values())
    assert all(path.stat().st_size < 80_000 for path in REPORTS)
    assert {path.suffix for path in REPORTS} == {".docx", ".html", ".pdf", ".txt"}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_a_made_file_says_what_its_source_says(path: Path) -> None:
    head, body = source_parts(SOURCES[path.stem])
    lines = [*head["left"], head["number"], head["place"], *head["recipients"], *head["sign"], head["signer"], body]
    words = re.compile(r"[^\W\d_]+|\d+")
    missing = set(words.findall(normal("\n".join(lines)))) - set(words.findall(normal(text_of(path))))
    assert not missing


def test_the_script_writes_what_is_here(tmp_path: Path) -> None:
    script = [sys.executable, str(SAMPLES / "make_samples.py"), str(tmp_path)]
    subprocess.run(script, check=True, capture_output=True, env={**os.environ, "PATH": ""})  # no LibreOffice, no PDF
    for path in (path for path in REPORTS if path.suffix != ".pdf"):
        made = tmp_path / path.relative_to(SAMPLES / "reports")
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as here, zipfile.ZipFile(made) as there:
                assert {n: here.read(n) for n in here.namelist()} == {n: there.read(n) for n in there.namelist()}
        else:
            assert made.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("stem", GOLD)
def test_every_citation_of_the_gold_stands_in_the_source(stem: str) -> None:
    body = normal(source_parts(SOURCES[stem])[1])
    cited: dict[str, int] = {}
    for instrument in gold(stem)["instruments"]:
        for text in texts(instrument):
            cited[normal(text)] = cited.get(normal(text), 0) + 1
            assert re.search(rf"(?<![\d/]){instrument['number']}\b", text), f"{text}: of {instrument['canonical']}?"
    assert {text: body.count(text) for text in cited if body.count(text) < cited[text]} == {}


@pytest.mark.parametrize("stem", [path.stem for path in REPORTS if path.suffix == ".txt"])
def test_a_citation_begins_in_the_line_that_the_gold_names(stem: str) -> None:
    path = next(path for path in REPORTS if path.stem == stem)
    lines = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).split("\n")
    for instrument in gold(stem)["instruments"]:
        for mention in instrument["mentions"]:
            assert mention["text"].split("\n")[0] in lines[mention["line"] - 1]
    for named in gold(stem)["named"]:
        assert normal(named["text"]) in normal("\n".join(lines[named["line"] - 1 : named["line"] + 1]))


@pytest.mark.parametrize("stem", GOLD)
def test_what_the_gold_takes_from_the_text_is_there(stem: str) -> None:
    found = gold(stem)
    head, body = source_parts(SOURCES[stem])
    whole = normal("\n".join([*head["left"], head["number"], head.get("about", ""), head["place"], body])).lower()
    known = {instrument["canonical"] for instrument in found["instruments"]} | {found["own"]["canonical"]}
    named = {named["name"] for named in found["named"]}
    for link in found["links"]:
        assert link["from"] in known
        assert link["to"] in (named if link.get("to_named") else known)
    assert normal(found["report"]["subject"]).lower() in whole
    assert found["report"]["signer"] == head["signer"]
    assert found["report"]["recipients"] == head["recipients"]
    for instrument in found["instruments"]:
        if instrument["date"]:
            year, month, day = (int(part) for part in instrument["date"].split("-"))
            assert re.search(rf"0?{day}(?:/0?{month}/| tháng 0?{month} năm ){year}", whole), instrument["canonical"]
    # Lower-case parts of a look-alike may be the gold's own words; what counts is its figure.
    marks = [re.search(r"\S*\d\S*", look_alike) for look_alike in found["refused"] if "99/TB-MAU" not in look_alike]
    extra = (
        normal(text_of(next(path for path in REPORTS if path.stem == stem))).lower() + str(head.get("footer")).lower()
    )
    assert all(mark is None or mark[0].strip("().,;").lower() in whole + extra for mark in marks)


def test_no_unit_of_the_samples_is_real() -> None:
    provinces = {normal(name) for name in PROVINCES.split(",")}
    assert len(provinces) == 63
    assert not provinces & INVENTED
    for path in SOURCES.values():
        head, body = source_parts(path)
        text = normal("; ".join([*head["left"], head["place"], *head["recipients"], body]))
        text = text.replace("phong cách Hồ Chí Minh", "")  # the person, not the city
        assert not [name for name in provinces if re.search(rf"\b{name}\b", text, re.IGNORECASE)]
        pairs = [pair for pair in UNIT.findall(text) if all(word[0].isupper() for word in pair)]
        assert {" ".join(pair).title() for pair in pairs} <= INVENTED


def test_questions_name_files_and_units_of_the_samples() -> None:
    queries = json.loads((SAMPLES / "gold" / "queries.json").read_text(encoding="utf-8"))
    names = {path.name for path in REPORTS}
    assert set(queries["files"].values()) == names
    units = {gold(Path(file).stem)["report"]["unit"] for file in names}
    assert [len(queries["tracing"]), len(queries["phrases"])] == [10, 10]
    for question in queries["tracing"]:
        assert {answer["unit"] for answer in question["answers"]} == set(question["answer_units"]) <= units
        assert {row["unit"] for row in question["indirect"]} <= units - set(question["answer_units"])
        assert set(question["missing"]) <= units
    for question in queries["phrases"]:
        assert set(question["files"]) <= names
        assert not set(question["files"]) & set(question["false_hits"])


@pytest.mark.skipif(not SCORER.exists(), reason=f"{SCORER} is not here")
def test_the_gold_scored_against_itself_is_perfect(tmp_path: Path) -> None:
    rows = []
    for stem in GOLD:
        found = gold(stem)
        instruments, citations = [], []
        for number, instrument in enumerate(found["instruments"]):
            instruments.append({**instrument, "id": number, "mentions": len(texts(instrument))})
            if isinstance(instrument["mentions"], list):
                citations += [{**mention, "instrument": number} for mention in instrument["mentions"]]
        rows.append(json.dumps({**found, "instruments": instruments, "citations": citations}))
    (tmp_path / "found.jsonl").write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, str(SCORER), str(SAMPLES / "gold"), str(tmp_path / "found.jsonl"), "--json"]
    scores = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert scores["documents"] == len(REPORTS)
    assert {name: value for name, value in scores.items() if name.endswith(("f1", "accuracy")) and value != 1.0} == {}
