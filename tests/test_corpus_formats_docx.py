"""Word documents: what a reader of the printed page sees comes out, in the order of reading, and nothing else."""

import zipfile
from pathlib import Path

import docx
import pytest

from corpus.errors import ReadError
from corpus.formats import read_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def write(path: Path, body: str, *, main: str = "word/document.xml", doctype: str = "", **parts: str) -> Path:
    """A .docx from the XML of its body and of other parts (footnotes="<w:footnote …", header1="<w:p …")."""
    folder, _, base = main.rpartition("/")
    roots = {"document": "document", "header": "hdr", "footer": "ftr"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:

        def add(name: str, root: str, content: str) -> None:
            package.writestr(
                name, f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:{root} {NAMESPACES}>{content}</w:{root}>'
            )

        types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
        known = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        kinds = {main: "document.main"} | {f"{folder}/{name}.xml": name.rstrip("0123456789") for name in parts}
        known += "".join(
            f'<Override PartName="/{name}" ContentType="{CONTENT_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
        )
        package.writestr("[Content_Types].xml", types.format(known))
        relation = '<Relationship Id="{}" Type="' + OFFICE + '/{}" Target="{}"/>'
        listing = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
        )
        package.writestr("_rels/.rels", listing.format(relation.format("rId1", "officeDocument", f"/{main}")))
        related = "".join(relation.format(name, name.rstrip("0123456789"), f"{name}.xml") for name in parts)
        package.writestr(f"{folder}/_rels/{base}.rels", listing.format(related))
        add(main, "document", f"<w:body>{body}</w:body>")
        for name, content in parts.items():
            kind = name.rstrip("0123456789")
            add(f"{folder}/{name}.xml", roots.get(kind, kind), content)
    return path


def p(*runs: str, properties: str = "") -> str:
    """A paragraph; text that is no XML becomes a run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...], borders: str = "") -> str:
    """A table; the lines of a cell are its paragraphs."""
    cells = ("".join(f"<w:tc>{''.join(p(line) for line in cell.splitlines())}</w:tc>" for cell in row) for row in rows)
    content = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{content}</w:tbl>"


def field(instruction: str, result: str) -> str:
    """A field as Word writes it, in five runs."""
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return char.format("begin") + code + char.format("separate") + r(result) + char.format("end")


RULES = '<w:insideV w:val="single"/>'
BOX = "<w:txbxContent>{}</w:txbxContent>"
BOTH_FORMS = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # headings, paragraphs, letters with several marks
        (p("II. CÔNG TÁC CHỈ ĐẠO") + p("Ủy ban nhân dân ", "đã họp."), "II. CÔNG TÁC CHỈ ĐẠO\nỦy ban nhân dân đã họp."),
        # signs that are elements
        (p("<w:r><w:t>Số:</w:t><w:tab/><w:t>12</w:t><w:br/><w:t>dòng hai</w:t></w:r>"), "Số:\t12\ndòng hai"),
        (p("<w:r><w:t>34/2007/PL</w:t><w:noBreakHyphen/><w:t>UBTVQH11</w:t></w:r>"), "34/2007/PL-UBTVQH11"),
        (p("<w:r><w:t>UBTV</w:t><w:softHyphen/><w:t>QH11</w:t></w:r>"), "UBTVQH11"),
        # a citation whose parts are formatted apart
        (p("Kết luận số ", r("120", "<w:b/>"), "-KL/TW"), "Kết luận số 120-KL/TW"),
        # links, content controls and smart tags are transparent
        (p(f"<w:hyperlink>{r('Nghị định')}</w:hyperlink>"), "Nghị định"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('trong ô')}</w:sdtContent></w:sdt>", "trong ô"),
        # tracked changes as accepted
        (p("năm ", "<w:del><w:r><w:delText>2022</w:delText></w:r></w:del>", f"<w:ins>{r('2023')}</w:ins>"), "năm 2023"),
        (p("a ", f"<w:moveFrom>{r('cũ')}</w:moveFrom>", f"<w:moveTo>{r('mới')}</w:moveTo>"), "a mới"),
        (p("Kế hoạch ", properties="<w:rPr><w:del/></w:rPr>") + p("số 5"), "Kế hoạch số 5"),
        # hidden text is left out
        (p(r("ẩn", "<w:vanish/>"), r("hiện", '<w:vanish w:val="0"/>')), "hiện"),
        # symbols that were put in from a table
        (p('<w:r><w:t>18</w:t><w:sym w:font="Symbol" w:char="F02D"/><w:t>NQ/TW</w:t></w:r>'), "18-NQ/TW"),
        (p('<w:r><w:sym w:char="2013"/><w:sym w:char="x"/><w:sym w:char="D800"/><w:t>a</w:t></w:r>'), "– a"),
        # raised digits stay apart from the word
        (p("100 m", r("2", '<w:vertAlign w:val="superscript"/>')), "100 m²"),
        # the result of a field, not its code; no page numbers
        (p("ngày ", field('DATE \\@ "d"', "5"), " trang ", field("PAGE", "3")), "ngày 5 trang"),
        (p("x", f'<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple>'), "x"),
        # text boxes, once, after their paragraph
        (p("trước ", BOTH_FORMS.format(BOX.format(p("trong hộp"))), "sau") + p("tiếp"), "trước sau\ntrong hộp\ntiếp"),
        (p("a", f"<w:r><w:pict><v:textbox>{BOX.format(p('hộp cũ'))}</v:textbox></w:pict></w:r>"), "a\nhộp cũ"),
        # never more than one blank line
        (p("a") + p() * 5 + p("b"), "a\n\nb"),
    ],
)
def test_text_comes_out_as_it_is_seen(tmp_path: Path, body: str, expected: str) -> None:
    assert read_file(write(tmp_path / "a.docx", body)).text == expected


LETTERHEAD = (("ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP", "CỘNG HÒA\nĐộc lập"), ("Số: 12/BC-UBND", "An Bình, ngày 5"))
BY_COLUMN = "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\nSố: 12/BC-UBND\nCỘNG HÒA\nĐộc lập\nAn Bình, ngày 5"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (table(*LETTERHEAD), BY_COLUMN),
        (table(*LETTERHEAD, borders='<w:insideV w:val="nil"/><w:bottom w:val="single"/>'), BY_COLUMN),
        (table(*LETTERHEAD, ("BÁO CÁO",)), f"{BY_COLUMN}\nBÁO CÁO"),
        (table(("TT", "Văn bản"), ("1", "08/NQ-\nHĐND"), borders=RULES), "TT\nVăn bản\n1\n08/NQ-\nHĐND"),
        (table(*((str(n), f"Xã {n}") for n in range(1, 6))), "1\nXã 1\n2\nXã 2\n3\nXã 3\n4\nXã 4\n5\nXã 5"),
    ],
)
def test_letterheads_are_read_by_column_and_other_tables_by_row(tmp_path: Path, body: str, expected: str) -> None:
    assert read_file(write(tmp_path / "a.docx", body)).text == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{a}</w:tc><w:tc>{b}</w:tc>", "a\nb"),
        ("<w:tc><w:tcPr><w:vMerge/></w:tcPr>{a}</w:tc><w:tc>{b}</w:tc>", "b"),
        ("<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{a}</w:tc><w:tc>{b}</w:tc>", "a\nb"),
        ("<w:sdt><w:sdtContent><w:tc>{a}</w:tc></w:sdtContent></w:sdt><w:tc>{b}</w:tc>", "a\nb"),
        ("<w:tc><w:tbl><w:tr><w:tc>{a}</w:tc></w:tr></w:tbl><w:p/></w:tc><w:tc>{b}</w:tc>", "a\n\nb"),
        ("<w:trPr><w:del/></w:trPr><w:tc>{a}</w:tc>", ""),
    ],
)
def test_only_cells_that_are_seen_are_read(tmp_path: Path, cells: str, expected: str) -> None:
    rows = f"<w:tbl><w:tr>{cells.format(a=p('a'), b=p('b'))}</w:tr></w:tbl>"
    assert read_file(write(tmp_path / "a.docx", p("đầu") + rows)).text == f"đầu\n{expected}".strip()


def test_rules_can_come_from_the_style_of_a_table_or_from_its_cells(tmp_path: Path) -> None:
    styles = (
        f'<w:style w:styleId="Grid"><w:tblPr><w:tblBorders>{RULES}</w:tblBorders></w:tblPr></w:style>'
        '<w:style w:styleId="Mine"><w:basedOn w:val="Grid"/></w:style>'
    )
    rows = "<w:tr><w:tc>{0}</w:tc><w:tc>{1}</w:tc></w:tr><w:tr><w:tc>{2}</w:tc><w:tc>{3}</w:tc></w:tr>"
    cells = rows.format(*(p(text) for text in "abcd"))
    styled = f'<w:tbl><w:tblPr><w:tblStyle w:val="Mine"/></w:tblPr>{cells}</w:tbl>'
    border = '<w:tcPr><w:tcBorders><w:left w:val="single"/></w:tcBorders></w:tcPr>'
    bordered = f"<w:tbl>{cells.replace('<w:tc>', '<w:tc>' + border, 1)}</w:tbl>"
    for body, expected in ((styled, "a\nb\nc\nd"), (bordered, "a\nb\nc\nd"), (f"<w:tbl>{cells}</w:tbl>", "a\nc\nb\nd")):
        assert read_file(write(tmp_path / "a.docx", body, styles=styles)).text == expected


def test_notes_stand_at_the_end_with_their_marks_raised(tmp_path: Path) -> None:
    reference = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
    own = '<w:r><w:footnoteReference w:id="4" w:customMarkFollows="1"/><w:t>(*)</w:t></w:r>'
    body = p("Bộ Chính trị", reference.format("footnote", 3), " và", reference.format("endnote", 2), " rồi", own)
    body += p("lần hai", reference.format("footnote", 2))
    note = '<w:footnote w:id="{}">{}</w:footnote>'
    notes = note.format(0, p("đường kẻ")) + note.format(2, p("<w:r><w:footnoteRef/></w:r>", " chú hai"))
    notes += note.format(3, p(" Công văn số 5")) + note.format(4, p("(*) của tác giả"))
    path = write(tmp_path / "a.docx", body, footnotes=notes, endnotes=f'<w:endnote w:id="2">{p("cuối")}</w:endnote>')
    assert read_file(path).text.split("\n") == [
        "Bộ Chính trị¹ vàⁱ rồi(*)",
        "lần hai²",
        "",
        "¹ Công văn số 5",
        "ⁱ cuối",
        "(*) của tác giả",
        "² chú hai",
    ]


@pytest.mark.parametrize(
    ("section", "settings", "expected"),
    [
        ("", "", "Mẫu số 1\n\nthân bài\n\nchân trang"),
        ("<w:titlePg/>", "", "đầu trang một\n\nthân bài\n\nMẫu số 1\nchân trang"),
        ("", "<w:evenAndOddHeaders/>", "Mẫu số 1\n\nthân bài\n\ntrang chẵn\nchân trang"),
    ],
)
def test_margins_stand_round_the_body_without_page_numbers(
    tmp_path: Path, section: str, settings: str, expected: str
) -> None:
    headers = (("header1", "default"), ("header2", "first"), ("header3", "even"))
    references = "".join(f'<w:headerReference w:type="{kind}" r:id="{name}"/>' for name, kind in headers)
    references += '<w:footerReference w:type="default" r:id="footer1"/>'
    path = write(
        tmp_path / "a.docx",
        p("thân bài") + f"<w:sectPr>{references}{section}</w:sectPr>",
        header1=p("Mẫu số 1"),
        header2=p("đầu trang một"),
        header3=p("trang chẵn"),
        footer1=p("Trang ", field("PAGE", "2"), "/", field("NUMPAGES", "9")) + p("chân trang"),
        settings=settings,
    )
    assert read_file(path).text == expected


def level(depth: int, text: str, number_format: str = "decimal", more: str = "") -> str:
    """One level of a list."""
    kind = f'<w:start w:val="1"/><w:numFmt w:val="{number_format}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{kind}{more}</w:lvl>'


def item(text: str, depth: int = 0, list_id: int = 1) -> str:
    """A numbered paragraph."""
    place = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/>'
    return p(text, properties=f"<w:numPr>{place}</w:numPr>")


LIST = '<w:abstractNum w:abstractNumId="0">{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


@pytest.mark.parametrize(
    ("levels", "items", "expected"),
    [
        (level(0, "Điều %1."), [0, 0, 0], "Điều 1. Điều 2. Điều 3."),
        (level(0, "%1.", "upperRoman") + level(1, "%2)", "lowerLetter"), [0, 1, 1, 0, 1], "I. a) b) II. a)"),
        (level(0, "%1.", "upperRoman") + level(1, "%1.%2."), [0, 1, 0, 1], "I. I.1. II. II.1."),
        (level(0, "%1.", "upperRoman") + level(1, "%1.%2.", more="<w:isLgl/>"), [0, 1], "I. 1.1."),
        (level(0, "%1.") + level(1, "%1.%2."), [1, 1, 0], "1.1. 1.2. 2."),
        (level(0, "-", "bullet") + level(1, "\uf0b7", "bullet"), [0, 1], "- •"),
        (level(0, "%1", "decimalZero") + level(1, "%2", "upperLetter"), [0, 1], "01 A"),
        (level(0, "", "none"), [0, 1], ""),
    ],
)
def test_automatic_numbers_are_those_that_word_shows(
    tmp_path: Path, levels: str, items: list[int], expected: str
) -> None:
    path = write(tmp_path / "a.docx", "".join(item("x", depth) for depth in items), numbering=LIST.format(levels))
    labels = " ".join(line.removesuffix("x").strip() for line in read_file(path).text.split("\n"))
    assert labels.strip() == expected


def test_lists_go_on_restart_and_come_from_styles(tmp_path: Path) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = LIST.format(level(0, "%1.") + level(1, "%2)", "lowerLetter", '<w:pStyle w:val="Point"/>'))
    numbering += f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num>'
    styles = '<w:style w:styleId="Point"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    styles += '<w:style w:styleId="Child"><w:basedOn w:val="Point"/></w:style>'
    body = item("một") + p("xen") + item("hai") + p("điểm", properties='<w:pStyle w:val="Child"/>')
    body += item("năm", list_id=2) + item("sáu", list_id=2) + item("không", list_id=0)
    path = write(tmp_path / "a.docx", body, numbering=numbering, styles=styles)
    assert read_file(path).text.split("\n") == ["1. một", "xen", "2. hai", "a) điểm", "5. năm", "6. sáu", "không"]


def test_the_package_says_where_its_body_is(tmp_path: Path) -> None:
    assert read_file(write(tmp_path / "a.docx", p("thân bài"), main="word/document2.xml")).text == "thân bài"


def test_strict_open_xml_is_read_like_the_common_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", p("một") + table(("a", "b"), borders=RULES))
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(strict, "w") as copy:
        for name in package.namelist():
            part = package.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            copy.writestr(
                name, part.replace(OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
            )
    assert read_file(strict).text == read_file(path).text


def test_what_python_docx_writes_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("I. ĐẶC ĐIỂM TÌNH HÌNH", level=1)
    document.add_paragraph("Ủy ban nhân dân xã báo cáo.")
    document.add_paragraph("điểm thứ nhất", style="List Number")
    document.add_paragraph("gạch đầu dòng", style="List Bullet")
    cells = document.add_table(rows=1, cols=2, style="Table Grid").rows[0].cells
    cells[0].text, cells[1].text = "TT", "Kế hoạch 08/KH-UBND"
    document.sections[0].header.paragraphs[0].text = "Mẫu số 1"
    document.save(str(tmp_path / "a.docx"))
    raw = read_file(tmp_path / "a.docx")
    assert (raw.extractor, raw.warnings) == ("docx", ())
    assert raw.text.split("\n") == [
        "Mẫu số 1",
        "",
        "I. ĐẶC ĐIỂM TÌNH HÌNH",
        "Ủy ban nhân dân xã báo cáo.",
        "1. điểm thứ nhất",
        "• gạch đầu dòng",
        "TT",
        "Kế hoạch 08/KH-UBND",
    ]


def test_what_is_embedded_and_not_read_is_said(tmp_path: Path) -> None:
    raw = read_file(write(tmp_path / "a.docx", p("thân bài") + '<w:altChunk r:id="x"/>'))
    assert any("altChunk" in warning for warning in raw.warnings)


def test_a_dtd_is_refused_so_that_no_other_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật", encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    path = write(tmp_path / "a.docx", p("&e; thân bài"), doctype=doctype)
    with pytest.raises(ReadError, match=r"'.*a\.docx'.*DTD"):
        read_file(path)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<w:p><w:r>", "document.xml"),
        (p("0" * 11_000_000), "zip bomb"),
        (p(), "no text"),
        ("<w:p>" * 5000 + "</w:p>" * 5000, "document.xml"),
    ],
    ids=["broken XML", "bomb", "no text", "nested without end"],
)
def test_a_bad_body_is_a_read_error(tmp_path: Path, body: str, problem: str) -> None:
    with pytest.raises(ReadError, match=rf"'.*a\.docx'.*{problem}"):
        read_file(write(tmp_path / "a.docx", body))


@pytest.mark.parametrize("missing", ["_rels/.rels", "word/document.xml"])
def test_a_package_without_its_body_is_a_read_error(tmp_path: Path, missing: str) -> None:
    path, broken = write(tmp_path / "a.docx", p("thân bài")), tmp_path / "broken.docx"
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(broken, "w") as copy:
        for name in package.namelist():
            if name != missing:
                copy.writestr(name, package.read(name))
    with pytest.raises(ReadError, match=r"'.*broken\.docx'"):
        read_file(broken)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_a_truncated_package_is_a_read_error(tmp_path: Path, share: float) -> None:
    path = write(tmp_path / "a.docx", p("thân bài"))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(ReadError, match=r"'.*a\.docx'"):
        read_file(path)
