"""The command line: its JSON is a contract, and whatever goes wrong is one line that says what to do."""

import csv
import json
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unicodedata
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from corpus.reading import read_report
from graph.model import RELATIONS
from search_cli import cli

ROOT = Path(__file__).resolve().parents[1]
DIRECTIVE = "Chỉ thị 30-CT/TW"
NULL = type(None)

# What DESIGN promises of each answer; a tuple lists the types of a value, a list the shape of its items.
TEXT, TEXT_OR_NULL, COUNT = (str,), (str, NULL), (int,)
HEADER = dict.fromkeys(
    ("type", "number", "symbol", "issuer", "unit", "parent_unit", "place", "date", "subject", "period"), TEXT_OR_NULL
) | dict.fromkeys(("signer", "signer_title"), TEXT_OR_NULL)
CITES = {
    "file": TEXT,
    "report": {**HEADER, "year": (int, NULL), "addressee": (list, NULL)},
    "instruments": [
        {
            **dict.fromkeys(("id", "number", "canonical"), TEXT),
            **dict.fromkeys(("type", "symbol", "date", "issuer", "title"), TEXT_OR_NULL),
            "year_in_number": (int, NULL),
            "own": (bool,),
            "mentions": COUNT,
        }
    ],
    "citations": [
        {
            **dict.fromkeys(("instrument", "text", "relation", "sentence"), TEXT),
            **dict.fromkeys(("start", "end", "line"), COUNT),
            "locator": TEXT_OR_NULL,
            "confidence": (float, int),
            "short_form": (bool,),
        }
    ],
    "named": [{"name": TEXT, "text": TEXT, "line": COUNT, "instrument": TEXT_OR_NULL}],
    "links": [{"from": TEXT, "to": TEXT, "relation": TEXT, "line": COUNT}],
    "refused": [{"text": TEXT, "line": COUNT, "why": TEXT}],
}
ADD = {
    **dict.fromkeys(("added", "updated", "unchanged", "duplicates", "removed"), COUNT),
    "failed": [{"path": TEXT, "error": TEXT}],
}
SEARCH = {
    "total": COUNT,
    "took_ms": (float, int),
    "expanded": (list,),
    "suggestion": TEXT_OR_NULL,
    "hits": [
        {
            **dict.fromkeys(("report", "file"), TEXT),
            **dict.fromkeys(("unit", "title", "date"), TEXT_OR_NULL),
            "score": (float, int),
            "whole_word": (bool,),
            "snippets": [{"text": TEXT, "line": COUNT, "highlights": (list,)}],
        }
    ],
    "facets": dict.fromkeys(("unit", "year", "type", "level"), (dict,)),
}
TRACE = {
    "reference": TEXT,
    "ambiguous": (bool,),
    "instruments": [
        {
            **dict.fromkeys(("id", "canonical"), TEXT),
            **dict.fromkeys(("type", "date", "issuer", "title"), TEXT_OR_NULL),
            "units": [
                {
                    "unit": TEXT_OR_NULL,
                    "reports": [
                        {
                            "report": TEXT,
                            "file": TEXT,
                            "date": TEXT_OR_NULL,
                            "citations": [{"line": COUNT, "relation": TEXT, "sentence": TEXT}],
                            "actions": (list,),
                        }
                    ],
                }
            ],
            "indirect": [{"unit": TEXT_OR_NULL, "via": (list,)}],
        }
    ],
    "missing": (list,),
}
COUNTS = dict.fromkeys(("reports", "units", "instruments", "citations", "links", "failures"), COUNT)
HEALTH = {**COUNTS, "problems": (list,), "repaired": (list,)}


def breaches(value: Any, shape: Any, where: str = "") -> list[str]:
    """Where a JSON value lacks a key of the contract, or has another type than it says."""
    if isinstance(shape, dict):
        lost = [f"{where}.{key} is missing" for key in shape if key not in value]
        return lost + [b for key in shape if key in value for b in breaches(value[key], shape[key], f"{where}.{key}")]
    if isinstance(shape, list):
        return [b for n, item in enumerate(value) for b in breaches(item, shape[0], f"{where}[{n}]")]
    is_number = isinstance(value, bool) and bool not in shape  # True is an int for Python, and none for JSON
    return [] if isinstance(value, shape) and not is_number else [f"{where} is {value!r}"]


def run(*arguments: object) -> Result:
    """The command line in this process; what it prints to stdout and stderr stays apart."""
    ran = CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="cancu")
    assert "Traceback" not in ran.output
    assert ran.exception is None or isinstance(ran.exception, SystemExit), repr(ran.exception)
    return ran


def answer(*arguments: object) -> Any:
    """The JSON that a command prints; it prints nothing else."""
    ran = run(*arguments, "--json")
    assert (ran.exit_code, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def reports(samples: Path) -> Path:
    return samples / "reports"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, reports: Path) -> Path:
    """A library of all samples."""
    folder = tmp_path_factory.mktemp("cli") / "library"
    added = run("--library", folder, "add", reports, "--json")
    assert (added.exit_code, added.stderr) == (0, "")
    assert breaches(json.loads(added.stdout), ADD) == []
    assert json.loads(added.stdout)["added"] == 16
    return folder


# The contract of --json.


@pytest.fixture(scope="module")
def cited(reports: Path) -> list[Any]:
    ran = run("cites", *sorted(p for p in reports.rglob("*") if p.is_file()), "--json")
    assert (ran.exit_code, ran.stderr) == (0, "")
    lines = ran.stdout.splitlines()
    assert len(lines) == 16  # one object a line
    return [json.loads(line) for line in lines]


def test_cites_prints_the_keys_of_the_contract(cited: list[Any]) -> None:
    assert [breach for row in cited for breach in breaches(row, CITES, Path(row["file"]).name)] == []
    for key in ("instruments", "citations", "named", "links", "refused"):
        assert any(row[key] for row in cited), f"no sample has {key}: their shape was not seen"
    assert any(row["report"]["addressee"] for row in cited)


def test_what_cites_prints_agrees_with_itself_and_with_the_file(cited: list[Any]) -> None:
    for row in cited:
        ids = [instrument["id"] for instrument in row["instruments"]]
        assert len(set(ids)) == len(ids)
        text = read_report(Path(row["file"])).text
        for place in row["citations"]:
            assert place["instrument"] in ids
            assert place["relation"] in RELATIONS
            assert 0 <= place["confidence"] <= 1
            assert text[place["start"] : place["end"]] == place["text"]
            assert place["line"] == text.count("\n", 0, place["start"]) + 1
        for instrument in row["instruments"]:
            assert instrument["mentions"] == [c["instrument"] for c in row["citations"]].count(instrument["id"])
            assert instrument["date"] is None or re.fullmatch(r"\d{4}(-\d\d){0,2}", instrument["date"])


def test_json_is_utf_8_in_composed_letters(reports: Path) -> None:
    ran = run("cites", next(reports.rglob("binh-giap-bc-mat-tran-2023.txt")), "--json")  # decomposed in the file
    assert "Mặt trận" in ran.stdout
    assert "\\u" not in ran.stdout
    assert unicodedata.is_normalized("NFC", ran.stdout)


def test_search_prints_the_keys_of_the_contract(library: Path) -> None:
    found = answer("--library", library, "search", "quy chế dân chủ")
    assert breaches(found, SEARCH) == []
    assert found["total"] == len(found["hits"]) > 3
    for hit in found["hits"]:
        assert hit["snippets"]
        for snippet in hit["snippets"]:
            marked = [snippet["text"][start:end].lower() for start, end in snippet["highlights"]]
            assert any("dân chủ" in unicodedata.normalize("NFC", text) or "qcdc" in text for text in marked)
    assert sum(found["facets"]["unit"].values()) == found["total"]


def test_a_search_that_finds_nothing_has_the_same_shape(library: Path) -> None:
    found = answer("--library", library, "search", "xyzabc")
    assert breaches(found, SEARCH) == []
    assert (found["total"], found["hits"]) == (0, [])


def test_a_page_of_hits_says_how_many_there_are(library: Path) -> None:
    whole = answer("--library", library, "search", "dân chủ", "--limit", 100)
    page = answer("--library", library, "search", "dân chủ", "--limit", 2, "--offset", 3)
    assert page["total"] == whole["total"]
    assert [hit["report"] for hit in page["hits"]] == [hit["report"] for hit in whole["hits"][3:5]]
    assert answer("--library", library, "search", "dân chủ", "--offset", 99)["hits"] == []


def test_trace_prints_the_keys_of_the_contract(library: Path) -> None:
    traced = answer("--library", library, "trace", DIRECTIVE)
    assert breaches(traced, TRACE) == []
    assert traced["reference"] == DIRECTIVE
    assert not traced["ambiguous"]
    [instrument] = traced["instruments"]
    assert instrument["canonical"] == "30-CT/TW"
    assert instrument["units"]
    assert traced["missing"]
    assert any(
        breaches(row, {"unit": TEXT, "via": [{"from": TEXT, "to": TEXT}]}) == [] for row in instrument["indirect"]
    )
    assert all(row["via"] for row in instrument["indirect"])


def test_a_reference_to_two_documents_is_answered_for_both(library: Path) -> None:
    traced = answer("--library", library, "trace", "Chỉ thị 35-CT/TW")
    assert breaches(traced, TRACE) == []
    assert traced["ambiguous"]
    assert {instrument["date"] for instrument in traced["instruments"]} == {"2014-05-26", "2019-05-30"}


def test_an_id_of_an_answer_is_a_reference(library: Path) -> None:
    both = answer("--library", library, "trace", "Chỉ thị 35-CT/TW")["instruments"]
    for instrument in both:
        alone = answer("--library", library, "trace", instrument["id"])
        assert alone["instruments"] == [instrument]


def test_status_and_doctor_print_counts(library: Path) -> None:
    counts = answer("--library", library, "status")
    health = answer("--library", library, "doctor")
    assert breaches(counts, COUNTS) == breaches(health, HEALTH) == []
    assert counts["reports"] == 16
    assert health == {**counts, "problems": [], "repaired": []}


def test_show_prints_the_report_that_a_search_names(library: Path) -> None:
    [hit, *_] = answer("--library", library, "search", "dân chủ")["hits"]
    for name in (hit["report"], hit["file"], Path(hit["file"]).name):
        shown = answer("--library", library, "show", name)
        assert (shown["report"], shown["file"]) == (hit["report"], hit["file"])
        assert hit["snippets"][0]["text"].strip("… ")[:20] in shown["text"]


def test_a_graph_is_written_in_every_format(library: Path, tmp_path: Path) -> None:
    for suffix in (".html", ".graphml", ".gexf", ".json", ".csv"):
        ran = run("--library", library, "graph", DIRECTIVE, "-o", tmp_path / f"graph{suffix}")
        assert (ran.exit_code, ran.stderr) == (0, "")
    tables = ["graph.edges.csv", "graph.nodes.csv"]
    assert all(name in ran.stdout for name in tables)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(["graph.html", "graph.graphml", "graph.gexf", "graph.json", *tables])
    assert all("30-CT/TW" in (tmp_path / name).read_text(encoding="utf-8") for name in names)
    assert {"nodes", "edges"} <= set(json.loads((tmp_path / "graph.json").read_text(encoding="utf-8")))
    with (tmp_path / "graph.edges.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) > 3


def _drawn(library: Path, output: Path, *options: object) -> tuple[set[str], set[str]]:
    """The labels of the nodes of a graph that was written, and of those in focus."""
    ran = run("--library", library, "graph", *options, "-o", output)
    assert (ran.exit_code, ran.stderr) == (0, "")
    nodes = json.loads(output.read_text(encoding="utf-8"))["nodes"]
    return {node["label"] for node in nodes}, {node["label"] for node in nodes if node.get("focus")}


@pytest.mark.parametrize(
    ("reference", "focus"),
    [
        ("Chỉ thị 30-CT/TW", "Chỉ thị 30-CT/TW"),
        ("xã Khe Thượng", "xã Khe Thượng"),
        ("khe thuong", "xã Khe Thượng"),
        ("khe-thuong-bc-qcdc-6-thang-2022.txt", "Báo cáo"),
    ],
)
def test_a_graph_is_drawn_around_an_instrument_a_unit_or_a_report(
    library: Path, tmp_path: Path, reference: str, focus: str
) -> None:
    nodes, in_focus = _drawn(library, tmp_path / "graph.json", reference, "--depth", 1)
    assert [label.startswith(focus) for label in in_focus] == [True]
    assert len(nodes) > 3


def test_a_graph_has_as_many_nodes_as_are_asked_for_and_the_whole_has_all(library: Path, tmp_path: Path) -> None:
    sizes = [len(_drawn(library, tmp_path / "graph.json", DIRECTIVE, "--cap", cap)[0]) for cap in (1, 2, 300)]
    assert sizes[:2] == [1, 2] < sizes[1:]
    assert len(_drawn(library, tmp_path / "graph.json")[0]) >= sizes[2]
    assert run("--library", library, "graph", "-o", tmp_path / "all.html").exit_code == 0


@pytest.mark.parametrize("reference", ["Nghị định 999/2099/NĐ-CP", "xã Không Có", "khong-co.txt", "thôn"])
def test_a_graph_around_what_is_not_there_is_explained(library: Path, tmp_path: Path, reference: str) -> None:
    ran = run("--library", library, "graph", reference, "-o", tmp_path / "graph.json")
    is_explained(ran, 1)
    assert reference in ran.stderr
    assert not [*tmp_path.iterdir()]


# The forms of cites, and standard input.

QCDC = "2022/khe-thuong-bc-qcdc-6-thang-2022.txt"
COLUMNS = (
    *("file", "line", "start", "end", "text", "type", "number", "date", "issuer", "relation", "locator"),
    *("confidence", "short_form", "sentence"),
)


def piped(data: bytes, *arguments: object) -> Result:
    """As `run`, with bytes on standard input."""
    ran = CliRunner().invoke(cli, ["cites", *map(str, arguments)], input=data, prog_name="cancu")
    assert ran.exception is None or isinstance(ran.exception, SystemExit), repr(ran.exception)
    return ran


def test_format_jsonl_is_json(reports: Path) -> None:
    files = sorted(path for path in reports.rglob("*") if path.is_file())
    shown = run("cites", *files, "--format", "jsonl").stdout
    assert shown == run("cites", *files, "--json").stdout == run("cites", *files, "--json", "--format", "jsonl").stdout


def test_a_table_has_a_row_for_each_citation_and_agrees_with_the_json(reports: Path) -> None:
    files = sorted(path for path in reports.rglob("*") if path.is_file())
    ran = run("cites", *files, "--format", "csv")
    assert (ran.exit_code, ran.stderr) == (0, "")
    reader = csv.DictReader(StringIO(ran.stdout, newline=""))  # a citation over a line end is a cell of two lines
    rows = list(reader)
    assert tuple(reader.fieldnames or ()) == COLUMNS
    told = []
    for line in run("cites", *files, "--json").stdout.splitlines():
        row = json.loads(line)
        cited = {instrument["id"]: instrument for instrument in row["instruments"]}
        for place in row["citations"]:
            what = cited[place["instrument"]]
            known = {
                "file": row["file"],
                "number": what["canonical"],
                **{k: what[k] for k in ("type", "date", "issuer")},
            }
            told.append({**place, **known, "short_form": json.dumps(place["short_form"])})
    cells = [{key: "" if row[key] is None else str(row[key]) for key in COLUMNS} for row in told]
    assert rows == [{k: f"'{cell}" if cell.startswith("-") else cell for k, cell in row.items()} for row in cells]
    assert len(rows) > 100


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@sum(a1)"])
def test_no_cell_of_a_table_is_a_formula(desk: Path, start: str) -> None:
    text = f"{start} thực hiện Kế hoạch số 33/KH-UBND ngày 21/02/2022 của UBND huyện."
    (desk / f"{start}.txt").write_text(text, encoding="utf-8")
    [row] = csv.DictReader(run("cites", "--format", "csv", "--", f"{start}.txt").stdout.splitlines())
    assert row["file"] == f"'{start}.txt"
    assert row["sentence"].startswith(f"'{start}")
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_a_page_holds_every_report(reports: Path) -> None:
    ran = run("--lang", "en", "cites", reports / QCDC, reports / "2023/binh-giap-bc-mat-tran-2023.txt", "--format=html")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.startswith("<!doctype html>")
    assert ran.stdout.count("<article") == 2
    assert "Instruments cited" in ran.stdout


@pytest.mark.parametrize("form", ["jsonl", "csv", "html"])
def test_the_name_of_the_output_decides_the_form_and_the_file_is_what_is_printed(
    reports: Path, tmp_path: Path, form: str
) -> None:
    written = tmp_path / f"viện dẫn.{form.upper()}"
    ran = run("cites", reports / QCDC, "-o", written)
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "10" in ran.stdout
    data = written.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == (form == "csv")  # the mark by which Excel knows UTF-8
    assert data.decode("utf-8-sig") == run("cites", reports / QCDC, "--format", form, "-o", "-").stdout
    assert [path.name for path in tmp_path.iterdir()] == [written.name]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("form", ["jsonl", "csv", "html"])
def test_where_nothing_can_be_read_nothing_is_written(form: str) -> None:
    is_explained(run("cites", "empty.txt", "--format", form), 3)
    is_explained(run("cites", "empty.txt", "-o", f"x.{form}"), 3)
    assert not Path(f"x.{form}").exists()


@pytest.mark.usefixtures("desk")
def test_what_could_not_be_read_does_not_keep_the_others_from_the_file() -> None:
    ran = run("cites", "good/khe-thuong-bc-qcdc-6-thang-2022.txt", "empty.txt", "-o", "x.csv")
    assert ran.exit_code == 3
    assert "empty.txt" in ran.stderr
    assert len(Path("x.csv").read_text(encoding="utf-8-sig").splitlines()) == 11


@pytest.mark.usefixtures("desk")
def test_a_place_that_cannot_be_written_is_explained() -> None:
    is_explained(run("cites", "good/khe-thuong-bc-qcdc-6-thang-2022.txt", "-o", "none/x.html"), 1)


TEXT_IN = "Thực hiện Kết luận số 120-KL/TW ngày 07/01/2016 của Bộ Chính trị.\nCăn cứ Luật số 10/2022/QH15.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT_IN.encode(),
        b"\xef\xbb\xbf" + TEXT_IN.encode(),
        TEXT_IN.replace("\n", "\r\n").encode(),
        unicodedata.normalize("NFD", TEXT_IN).encode(),
        TEXT_IN.encode("utf-16"),
    ],
    ids=["utf-8", "mark", "crlf", "nfd", "utf-16"],
)
def test_standard_input_is_read_as_a_file_is(data: bytes) -> None:
    ran = piped(data, "-", "--json")
    assert (ran.exit_code, ran.stderr) == (0, "")
    row = json.loads(ran.stdout)
    assert breaches(row, CITES) == []
    assert row["file"] == "-"
    assert [(c["text"], c["line"]) for c in row["citations"]] == [
        ("Kết luận số 120-KL/TW", 1),
        ("Luật số 10/2022/QH15", 2),
    ]


def test_standard_input_stands_among_files(reports: Path) -> None:
    ran = piped(TEXT_IN.encode(), reports / QCDC, "-", reports / QCDC, "--format", "jsonl")
    assert [json.loads(line)["file"] for line in ran.stdout.splitlines()] == [
        *(str(reports / QCDC), "-", str(reports / QCDC)),
    ]
    assert "120-KL/TW" in piped(TEXT_IN.encode(), "-").stdout


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xff\xfe\x00\x01\x80", b"%PDF-1.7\n", b"PK\x03\x04 and more"])
@pytest.mark.parametrize("form", ["jsonl", "csv", "html"])
def test_standard_input_that_is_no_text_is_explained(data: bytes, form: str) -> None:
    ran = piped(data, "-", "--format", form)
    is_explained(ran, 3)
    assert ran.stderr.startswith("cancu: '-' ")


def test_standard_input_that_never_ends_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.formats.raw._MAX_BYTES", 1000)
    assert piped(b"a " * 500, "-").exit_code == 0
    is_explained(piped(b"a " * 501, "-"), 3)


# For people.


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_answer_comes_first_in_the_language_asked_for(library: Path, lang: str) -> None:
    ran = run("--library", library, "--lang", lang, "search", "đối thoại")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert re.match(r"\d+ (kết quả|results)", ran.stdout)
    assert ("results" in ran.stdout.splitlines()[0]) == (lang == "en")
    traced = run("--library", library, "--lang", lang, "trace", DIRECTIVE)
    assert traced.stdout.startswith(DIRECTIVE)
    assert ("Carried out" in traced.stdout) == (lang == "en")


def test_a_command_prints_for_people_what_it_prints_as_json(library: Path, reports: Path) -> None:
    path = next(reports.rglob("phong-loc-bc-dan-chu-2024.docx"))
    row = json.loads(run("cites", path, "--json").stdout)
    shown = run("cites", path).stdout
    assert all(i["canonical"] in shown for i in row["instruments"])
    assert all(n["name"] in shown for n in row["named"])
    assert str(answer("--library", library, "status")["citations"]) in run("--library", library, "status").stdout


# What a user gets wrong.

BAD_FILES = {
    "none.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\n\t\n",
    "binary.txt": b"\xff\xfe\x00\x01\x80",
    "corrupt.docx": b"PK\x03\x04 and no more",
    "empty.docx": b"",
    "corrupt.pdf": b"%PDF-1.7\n and no more",
    "empty.pdf": b"",
    "book.xyz": b"text",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reports: Path) -> Path:
    """A user's folder: files of every bad kind, two that are good, folders that hold nothing to read."""
    for name, data in BAD_FILES.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
    (tmp_path / "good").mkdir()
    for name in ("khe-thuong-bc-qcdc-6-thang-2022.txt", "phong-loc-bc-dan-chu-2024.docx"):
        shutil.copy(next(reports.rglob(name)), tmp_path / "good")
    (tmp_path / "void").mkdir()
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "page.png").write_bytes(b"\x89PNG")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def is_explained(ran: Result, code: int, *, lines: int = 1) -> None:
    """The right code, nothing on stdout, and on stderr one line with a problem and a remedy."""
    assert (ran.exit_code, ran.stdout) == (code, "")
    assert ran.stderr.startswith("cancu: ")
    assert len(ran.stderr.splitlines()) <= lines, ran.stderr
    assert lines > 1 or re.search(r"\S — \S", ran.stderr)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", [*BAD_FILES, "void"])
def test_a_file_that_cannot_be_read_is_explained_and_the_others_are_printed(name: str) -> None:
    is_explained(run("cites", name, "--json"), 3)
    mixed = run(
        "cites", "good/khe-thuong-bc-qcdc-6-thang-2022.txt", name, "good/phong-loc-bc-dan-chu-2024.docx", "--json"
    )
    assert mixed.exit_code == 3
    assert len(mixed.stdout.splitlines()) == 2
    assert name in mixed.stderr


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", [*BAD_FILES, "void", "scans"])
def test_the_rest_of_a_batch_goes_in(name: str) -> None:
    added = run("--library", "library", "add", name, "good", "--json")
    assert added.exit_code == 3
    told = json.loads(added.stdout)
    assert breaches(told, ADD) == []
    assert told["added"] == 2
    [failed] = told["failed"]
    assert name in Path(failed["path"]).parts
    assert name in failed["error"]
    assert re.search(r"\S — \S", failed["error"])
    assert answer("--library", "library", "status")["reports"] == 2


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_what_could_not_be_added_is_said_on_stderr(as_json: list[str]) -> None:
    added = run("--library", "library", "add", "corrupt.docx", "empty.txt", "good", *as_json)
    assert [line.count(" — ") for line in added.stderr.splitlines()] == [1, 1]
    assert "corrupt.docx" in added.stderr
    assert as_json or "corrupt.docx" not in added.stdout


@pytest.mark.parametrize("query", ["...", "?!", "", "   ", "-", "()", '"', '"dân chủ', "a*", "unit:", "năm:abc", "NOT"])
def test_a_query_that_means_nothing_is_a_usage_error(library: Path, query: str) -> None:
    """The caret under the query takes lines of its own."""
    is_explained(run("--library", library, "search", query), 2, lines=4)


@pytest.mark.parametrize("reference", ["xyz", "", "...", "Kết luận 999-KL/TW", "Luật Không có", "\x1b]0;x\x07"])
@pytest.mark.parametrize("command", [["trace"], ["graph", "-o", "x.html"]])
def test_a_reference_that_is_not_known_is_explained(
    library: Path, command: list[str], reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    is_explained(run("--library", library, *command, reference), 1)
    assert not list(tmp_path.iterdir())


def test_a_report_that_is_not_known_is_explained(library: Path) -> None:
    is_explained(run("--library", library, "show", "nothing.txt"), 1)


NEEDS_LIBRARY = [
    *(["search", "dân chủ"], ["trace", DIRECTIVE], ["graph", "-o", "x.html"]),
    *(["show", "x"], ["status"], ["doctor"], ["doctor", "--repair"]),
]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("command", NEEDS_LIBRARY, ids=" ".join)
@pytest.mark.parametrize("library", ["none", "good", "book.xyz", "book.xyz/below"])
def test_without_a_library_there_is_a_code_of_its_own(library: str, command: list[str]) -> None:
    before = sorted(Path().rglob("*"))
    is_explained(run("--library", library, *command), 4)
    assert sorted(Path().rglob("*")) == before  # nothing was made


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("library", ["good", "book.xyz", "book.xyz/below"])
def test_no_library_is_made_among_other_files(library: str) -> None:
    before = sorted(Path().rglob("*"))
    is_explained(run("--library", library, "add", "good"), 4)
    assert sorted(Path().rglob("*")) == before


def test_a_library_that_may_not_be_made_is_explained(desk: Path) -> None:
    locked = desk / "locked"
    locked.mkdir(mode=0o555)
    if os.access(locked, os.W_OK):
        pytest.skip("this user (root, or any on Windows) may write everywhere; a path under a file is tested above")
    is_explained(run("--library", locked / "library", "add", "good"), 4)


@pytest.mark.usefixtures("desk")
def test_the_library_can_be_named_by_the_environment(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANCU_LIBRARY", str(library))
    assert answer("status")["reports"] == 16
    is_explained(run("--library", "none", "status"), 4)  # the option is stronger


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("content", [b"no database at all " * 99, b"SQLite format 3\x00" + b"\xa5" * 5000])
@pytest.mark.parametrize("command", [["status"], ["doctor"], ["search", "x"], ["add", "good"]], ids=" ".join)
def test_a_damaged_catalog_is_explained(command: list[str], content: bytes) -> None:
    Path("library").mkdir()
    Path("library/catalog.sqlite").write_bytes(content)
    is_explained(run("--library", "library", *command), 1)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("command", [["status"], ["doctor", "--repair"], ["add", "good"]], ids=" ".join)
def test_a_catalog_of_another_version_is_explained(command: list[str]) -> None:
    run("--library", "library", "add", "good")
    with closing(sqlite3.connect("library/catalog.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 77")
    ran = run("--library", "library", *command)
    is_explained(ran, 1)
    assert "version 77" in ran.stderr


@pytest.mark.usefixtures("desk")
def test_a_lost_index_is_told_by_the_doctor_and_mended(library: Path) -> None:
    shutil.copytree(library, "library")
    shutil.rmtree("library/index")
    ill = run("--library", "library", "doctor", "--json")
    assert ill.exit_code == 1
    assert breaches(json.loads(ill.stdout), HEALTH) == []
    assert len(json.loads(ill.stdout)["problems"]) == 1
    mended = answer("--library", "library", "doctor", "--repair")
    assert (mended["problems"], len(mended["repaired"])) == ([], 1)
    assert answer("--library", "library", "search", "dân chủ")["total"] > 3


@pytest.mark.usefixtures("desk")
def test_an_index_is_built_anew(library: Path) -> None:
    shutil.copytree(library, "library")
    assert answer("--library", "library", "reindex") == {"reports": 16, "read_again": 0, "failed": []}
    assert answer("--library", "library", "reindex", "--citations", "--jobs", 2)["read_again"] == 16
    assert answer("--library", "library", "status") == answer("--library", library, "status")
    assert answer("--library", "library", "search", "dân chủ") | {"took_ms": 0} == answer(
        "--library", library, "search", "dân chủ"
    ) | {"took_ms": 0}


@pytest.mark.usefixtures("desk")
def test_a_vanished_file_is_removed_when_asked() -> None:
    write = [Path("book") / f"{n}.txt" for n in range(3)]
    Path("book").mkdir()
    for path in write:
        path.write_text(f"Thôn {path.stem} thực hiện Kế hoạch số 5/KH-UBND.", encoding="utf-8")
    answer("--library", "library", "add", "book")
    write[0].unlink()
    assert answer("--library", "library", "add", "book")["removed"] == 0
    assert answer("--library", "library", "add", "book", "--prune")["removed"] == 1
    assert answer("--library", "library", "status")["reports"] == 2


@pytest.mark.usefixtures("desk")
def test_a_truncated_catalog_is_told_and_what_can_be_read_is_saved(library: Path) -> None:
    shutil.copytree(library, "library")
    catalog = Path("library/catalog.sqlite")
    catalog.write_bytes(catalog.read_bytes()[: catalog.stat().st_size * 9 // 10])
    ill = run("--library", "library", "doctor")
    is_explained(ill, 1)
    assert "doctor --repair" in ill.stderr
    mended = answer("--library", "library", "doctor", "--repair")
    assert mended["problems"] == []
    assert "reports were saved" in mended["repaired"][0]
    assert answer("--library", "library", "doctor")["reports"] == mended["reports"] > 0


BAD_OUTPUTS = ["graph.xyz", "graph", ".html", "none/graph.html", "void", "good.html", "book.xyz/graph.csv"]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("output", BAD_OUTPUTS)
def test_a_graph_that_cannot_be_written_is_explained_and_leaves_nothing(library: Path, output: str) -> None:
    Path("good.html").mkdir()
    before = sorted(Path().rglob("*"))
    is_explained(run("--library", library, "graph", DIRECTIVE, "-o", output), 1)
    assert sorted(Path().rglob("*")) == before


USAGE = [
    *([], ["nonsense"], ["--nonsense"], ["--lang", "fr", "status"]),
    *(["add"], ["cites"], ["search"], ["trace"], ["show"], ["graph"], ["graph", DIRECTIVE]),
    *(["search", "x", "--limit", "0"], ["search", "x", "--limit", "many"], ["search", "x", "--offset", "-1"]),
    *(["search", "dân", "chủ"], ["graph", "-o", "x.html", "--depth", "0"], ["status", "now"]),
    *(["cites", "x.txt", "--json", "--format", "csv"], ["cites", "x.txt", "--json", "-o", "x.csv", "--format", "html"]),
    *(["cites", "x.txt", "--format", "xml"], ["cites", "x.txt", "-o", "x.docx"], ["cites", "-", "x.txt", "-"]),
]


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
def test_a_wrong_usage_has_a_code_of_its_own(library: Path, arguments: list[str]) -> None:
    ran = run("--library", library, *arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "Usage: cancu" in ran.stderr


@pytest.mark.usefixtures("desk")
def test_a_file_that_is_read_is_not_written() -> None:
    shutil.copy("good/khe-thuong-bc-qcdc-6-thang-2022.txt", "good/x.html")
    before = Path("good/x.html").read_bytes()
    ran = run("cites", "good/phong-loc-bc-dan-chu-2024.docx", "good/x.html", "-o", "void/../good/x.html")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert Path("good/x.html").read_bytes() == before


# Names of files and texts come from elsewhere: they steer no terminal and no browser.

STEERING = "\x1b]0;owned\x07\x1b[2J\u202e"
NASTY = [f"a{STEERING}b.txt", "<script>alert(1)</script>.txt", "[red]a[/red] [/] .txt", "hai\ndòng.txt", "'\"; &.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", NASTY, ids=range(len(NASTY)))
def test_a_name_does_not_steer_the_terminal_or_the_page(desk: Path, name: str) -> None:
    name = name.replace("/", "\N{DIVISION SLASH}")
    text = f"UBND xã Khe Thượng {STEERING}<script>alert(2)</script> [bold]thực hiện[/] Chỉ thị số 30-CT/TW."
    (desk / "nasty").mkdir()
    (desk / "nasty" / name).write_text(text, encoding="utf-8")
    (desk / "nasty" / f"0{name}").write_bytes(b"")
    library = desk / f"library {name[:-4]}"
    outputs = [
        run("--library", library, "add", "nasty"),
        run("--library", library, "search", "thực hiện"),
        run("--library", library, "trace", DIRECTIVE),
        run("--library", library, "show", name),
        run("--library", library, "status"),
        run("--library", library, "doctor"),
        run("cites", desk / "nasty" / name, desk / "nasty" / f"0{name}"),
        run("cites", desk / "nasty" / name, "-o", f"cites {name}.html"),
        run("--library", library, "graph", DIRECTIVE, "-o", f"{name}.html"),
    ]
    assert [ran.exit_code for ran in outputs] == [3, 0, 0, 0, 0, 0, 3, 0, 0]
    for ran in outputs:
        steering = [char for char in ran.output if unicodedata.category(char) in {"Cc", "Cf"} and char != "\n"]
        assert steering == []
    assert "hai\ndòng" not in "".join(ran.output for ran in outputs)
    for page in (f"{name}.html", f"cites {name}.html"):
        assert "<script>alert" not in (desk / page).read_text(encoding="utf-8")
    assert json.loads(run("--library", library, "search", "thực hiện", "--json").stdout)["hits"][0]["file"].endswith(
        name
    )


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", ["lib [red]x", "lib [/x]"])
def test_the_name_of_a_library_is_text_and_no_markup(library: Path, name: str) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    shutil.copytree(library, name)
    ran = run("--library", name, "status")
    assert ran.exit_code == 0
    assert name in ran.stdout


@pytest.mark.parametrize("command", [["cites"], ["show"], ["trace"], ["search"], ["graph", "-o"]], ids=" ".join)
def test_a_message_about_a_name_does_not_steer_the_terminal(library: Path, command: list[str]) -> None:
    ran = run("--library", library, *command, f'{STEERING}none/x"')
    assert ran.exit_code in {1, 2, 3}
    assert [c for c in ran.output if unicodedata.category(c) in {"Cc", "Cf"} and c != "\n"] == []


# The program as it is run.


def start(*arguments: object, cwd: Path | None = None, env: dict[str, str] | None = None) -> "subprocess.Popen[bytes]":
    command = [sys.executable, str(ROOT / "search_cli.py"), *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_output_is_utf_8_whatever_the_console_says(library: Path) -> None:
    console = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    out, err = start("--library", library, "trace", DIRECTIVE, "--json", env=console).communicate()
    assert err == b""
    assert breaches(json.loads(out.decode("utf-8")), TRACE) == []
    out, err = start("--library", library, "trace", "Nghị định không có", env=console).communicate()
    assert out == b""
    assert "Nghị định không có" in err.decode("utf-8")


def test_the_exit_code_reaches_the_shell(tmp_path: Path) -> None:
    process = start("--library", tmp_path / "none", "status")
    out, err = process.communicate()
    assert (process.returncode, out, err.count(b"\n")) == (4, b"", 1)
    process = start("cites", tmp_path / "none.txt", "--json")
    out, err = process.communicate()
    assert (process.returncode, out, err.count(b"\n")) == (3, b"", 1)
    process = start("--version")
    assert process.communicate()[0].startswith(b"cancu, version ")
    assert process.returncode == 0


# Archives from old Windows systems unpack to names in a code page, which are no UTF-8.
CODE_PAGE = os.fsdecode(b"b\xe1o c\xe1o.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_a_file_with_a_name_in_a_code_page_is_read_or_explained(desk: Path) -> None:
    shutil.copy(desk / "good" / "khe-thuong-bc-qcdc-6-thang-2022.txt", desk / "good" / CODE_PAGE)
    process = start("cites", desk / "good" / CODE_PAGE, "--json")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert breaches(json.loads(out), CITES) == []
    process = start("--library", desk / "library", "add", "good", "--json")
    out, err = process.communicate()
    assert process.returncode in {0, 3}, err.decode()
    assert breaches(json.loads(out), ADD) == []
    assert answer("--library", desk / "library", "status")["reports"] == 2


@pytest.mark.skipif(sys.platform != "linux", reason="arguments are bytes on Linux alone")
@pytest.mark.parametrize(
    "command", [["search"], ["trace"], ["show"], ["cites"], ["graph", "-o", "x.html"]], ids=" ".join
)
def test_an_argument_in_a_code_page_is_explained(library: Path, command: list[str], tmp_path: Path) -> None:
    process = start("--library", library, *command, CODE_PAGE, cwd=tmp_path)
    _, err = process.communicate()
    assert process.returncode in {0, 1, 2, 3}
    assert b"Traceback" not in err


def test_text_is_piped_through_the_program(reports: Path) -> None:
    command = [sys.executable, str(ROOT / "search_cli.py"), "cites", "-", "--format", "csv"]
    env = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(command, input=(reports / QCDC).read_bytes(), env=env, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    rows = list(csv.DictReader(ran.stdout.decode("utf-8").splitlines()))
    assert len(rows) == 10
    assert {row["file"] for row in rows} == {"'-"}  # a cell that begins with a dash would be a formula
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (3, b"", 1)


@pytest.mark.skipif(os.name == "nt", reason="a shell that closes standard input is needed")
def test_a_standard_input_that_is_closed_is_explained() -> None:
    command = shlex.join([sys.executable, str(ROOT / "search_cli.py"), "cites", "-"])
    ran = subprocess.run(["/bin/sh", "-c", f"{command} <&-"], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (3, b"", 1)


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise on Windows")
def test_a_reader_that_goes_away_is_no_error(reports: Path) -> None:
    """As in `cancu cites … | head -1`."""
    process = start("cites", *sorted(reports.rglob("*.txt")) * 8, "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


@pytest.mark.skipif(os.name == "nt", reason="a console of its own is needed to interrupt on Windows")
def test_an_interrupt_has_a_code_of_its_own_and_loses_nothing(tmp_path: Path, reports: Path) -> None:
    text = next(reports.rglob("khe-thuong-bc-qcdc-6-thang-2022.txt")).read_text(encoding="utf-8")
    count = 500  # more than two batches of 200: what the first commit leaves takes a second
    for number in range(count):
        (tmp_path / f"{number}.txt").write_text(f"{text}\nThôn {number}.", encoding="utf-8")
    process = start("--library", tmp_path / "library", "add", tmp_path)
    while not reports_in(tmp_path / "library" / "catalog.sqlite"):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, b"")
    assert err.count(b"\n") == 1
    kept = reports_in(tmp_path / "library" / "catalog.sqlite")
    assert 0 < kept < count
    again = json.loads(run("--library", tmp_path / "library", "add", tmp_path, "--json").stdout)
    assert (again["added"], again["unchanged"]) == (count - kept, kept)
    assert answer("--library", tmp_path / "library", "search", "thôn", "--limit", 1)["total"] == count


def reports_in(catalog: Path) -> int:
    """How many reports another process has committed."""
    if not catalog.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{catalog}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # it is being made
