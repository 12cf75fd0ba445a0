"""PDF documents: the paragraphs that were printed come out in the order of reading, whatever the order in the file."""

import shutil
import subprocess
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ReadError
from corpus.formats import read_file

HEIGHT = 842
LEFT, RIGHT = 85.0, 561.0
SIZE, PITCH = 14.0, 18.0
LETTER, BLANK = 0.5, 0.25  # widths of the font below, in parts of the type size

# What is drawn on a page: operators of ISO 32000-1, with y downward.
Drawing = str


def text(x: float, y: float, content: str, size: float = SIZE) -> Drawing:
    """Text that begins at x, on a baseline at y points below the top of the page."""
    codes = "".join(f"{ord(char):04X}" for char in content)
    return f"BT /F {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{codes}> Tj ET"


def centred(x: float, y: float, content: str, size: float = SIZE) -> Drawing:
    """Text whose middle is at x."""
    return text(x - width(content, size) / 2, y, content, size)


def width(content: str, size: float = SIZE) -> float:
    """How wide a text is printed."""
    return sum(BLANK if char == " " else LETTER for char in content) * size


def rule(x0: float, y0: float, x1: float, y1: float) -> Drawing:
    """A straight line."""
    return f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S"


def thin_rule(x: float, y: float, across: float, down: float) -> Drawing:
    """A straight line as Word draws it: a filled area."""
    return f"{x} {HEIGHT - y - down} {across} {down} re f"


def lines(*contents: str, x: float = LEFT, y: float = 100, size: float = SIZE) -> list[Drawing]:
    """Texts one below the other; blanks before a text set it in by 20 points each."""
    placed = enumerate(contents)
    return [text(x + 20 * (len(c) - len(c.lstrip())), y + n * PITCH, c.lstrip(), size) for n, c in placed]


def make_pdf(path: Path, *pages: Sequence[Drawing], rotate: int = 0, mapped: bool = True, more: str = "") -> Path:
    """A PDF whose one font maps its codes to the same characters (if `mapped`); no font file is needed."""
    font = "/Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[4 0 R]"
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    kind = "/Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDToGIDMap/Identity/FontDescriptor 5 0 R"
    box = "/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80"
    used = sorted({ord(char) for char in "".join(map(chr, range(32, 127))) + LETTERS})
    maps = (used[start : start + 100] for start in range(0, len(used), 100))
    mapping = "".join(
        f"{len(part)} beginbfchar {' '.join(f'<{code:04X}><{code:04X}>' for code in part)} endbfchar " for part in maps
    )
    space = "1 begincodespacerange <0000><FFFF> endcodespacerange "
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{9 + 2 * n} 0 R' for n in range(len(pages)))}]>>",
        f"<<{font}{'/ToUnicode 6 0 R' if mapped else ''}>>",
        f"<<{kind}{system}/DW {1000 * LETTER:.0f}/W[32[{1000 * BLANK:.0f}]]>>",
        f"<</Type/FontDescriptor/FontName/Made/Flags 4{box}>>",
        stream(f"/CIDInit /ProcSet findresource begin begincmap {space}{mapping}endcmap end"),
        stream("\x00", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"),
    ]
    for number, page in enumerate(pages):
        resources = "/Resources<</Font<</F 3 0 R>>/XObject<</Scan 7 0 R>>>>"
        shape = f"/MediaBox[0 0 595 {HEIGHT}]/Rotate {rotate}"
        objects.append(stream("\n".join(page)))
        objects.append(f"<</Type/Page/Parent 2 0 R{shape}{resources}/Contents {8 + 2 * number} 0 R>>")
    path.write_bytes(assembled(objects, more))
    return path


LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
LETTERS += LETTERS.upper() + "“”–…"
SCAN = f"595 0 0 {HEIGHT} 0 0 cm /Scan Do"


def stream(content: str, more: str = "") -> str:
    """A stream object."""
    return f"<<{more}/Length {len(content)}>>stream\n{content}\nendstream"


def assembled(objects: Sequence[str], more: str) -> bytes:
    """The file that objects 1, 2, … make up, the first of which is its catalog."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R{more}>>\nstartxref\n{len(data)}\n%%EOF"
    return data + (head + trailer).encode("latin-1")


def typeset(
    words: Sequence[str], *, indent: float = 0, right: float = RIGHT, size: float = SIZE
) -> list[tuple[float, str]]:
    """The printed lines of a paragraph, each with its left edge: filled as far as words go in, like programs do."""
    printed, left, line = [], LEFT + indent, ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and left + width(longer, size) > right:
            printed.append((left, line))
            left, longer = LEFT, word
        line = longer
    return [*printed, (left, line)]


def read_text(path: Path, *pages: Sequence[Drawing]) -> str:
    """The text that is read from a PDF with these pages."""
    return read_file(make_pdf(path / "a.pdf", *pages)).text


FULL = "Ủy ban nhân dân xã triển khai thực hiện các văn bản của cấp trên về dân chủ ở"  # nothing fits behind it
AREA = [text(LEFT, 700, FULL), text(LEFT, 720, FULL)]  # shows where the text area ends


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # lines that were full are one paragraph
        (["  " + FULL[:-6], FULL, "cơ sở."], [f"{FULL[:-6]} {FULL} cơ sở."]),
        # an indented line, a bullet and a number begin a new one, though the line before is full
        (["  " + FULL[:-6], "  Kế hoạch"], [FULL[:-6], "Kế hoạch"]),
        ([FULL[:-1] + ";", "- Kế hoạch"], [FULL[:-1] + ";", "- Kế hoạch"]),
        ([FULL[:-1] + ".", "2. Kế hoạch"], [FULL[:-1] + ".", "2. Kế hoạch"]),
        ([FULL[:-1] + ".", "b) Kế hoạch"], [FULL[:-1] + ".", "b) Kế hoạch"]),
        # what only looks like a number or bullet does not
        ([FULL[:-4] + "năm", "2007. Nay"], [FULL[:-4] + "năm 2007. Nay"]),
        ([FULL[:-5] + "2016", "- 2020 và"], [FULL[:-5] + "2016 - 2020 và"]),
        # a line that was not full ends its paragraph
        (["Kính gửi: Huyện ủy", "Thực hiện kế hoạch"], ["Kính gửi: Huyện ủy", "Thực hiện kế hoạch"]),
        # a symbol that is broken is neither changed nor parted
        ([FULL[:-3] + "PL-", "UBTVQH11 về"], [FULL[:-3] + "PL-UBTVQH11 về"]),
        ([FULL[:-3] + "08/", "NQ-HĐND về"], [FULL[:-3] + "08/NQ-HĐND về"]),
        (["Kết luận số 120-", "KL/TW về"], ["Kết luận số 120-KL/TW về"]),
        ([FULL[:-8] + "kinh tế -", "xã hội"], [FULL[:-8] + "kinh tế - xã hội"]),
        # a heading in capitals is no part of what follows
        ([FULL.upper(), "Thực hiện kế hoạch"], [FULL.upper(), "Thực hiện kế hoạch"]),
    ],
)
def test_lines_broken_for_want_of_room_are_joined(tmp_path: Path, printed: list[str], expected: list[str]) -> None:
    assert read_text(tmp_path, [*lines(*printed), *AREA]).split("\n") == [*expected, f"{FULL} {FULL}"]


def test_a_hanging_point_goes_on_at_its_text(tmp_path: Path) -> None:
    points = [text(LEFT + 20, 100, "-"), text(LEFT + 40, 100, FULL[:-6]), text(LEFT + 40, 118, "cơ sở")]
    assert read_text(tmp_path, [*points, *AREA]).split("\n")[0] == f"- {FULL[:-6]} cơ sở"


# No word ends in a letter that is wider in the font that PDFium puts in place of the missing one.
WORDS = st.lists(
    st.sampled_from("xã huyện An Bình kế hoạch 34/2007/PL-UBTVQH11 thực hiện, và (khóa XI) về".split()), min_size=60
)


@settings(max_examples=30)
@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from([0, 30]))
def test_what_a_program_breaks_into_lines_is_read_as_it_was_typed(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[list[str]], indent: float
) -> None:
    page, y = [], 50.0
    for words in paragraphs:
        for left, content in typeset(words, indent=indent):
            page.append(text(left, y, content))
            y += PITCH
        y += 8
    path = tmp_path_factory.mktemp("typeset")
    assert read_text(path, page).split("\n") == [" ".join(words) for words in paragraphs]


LEFT_COLUMN, RIGHT_COLUMN = 170, 420
LETTERHEAD = [
    centred(LEFT_COLUMN, 60, "UBND HUYỆN PHÚ HÒA"),
    centred(RIGHT_COLUMN, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
    centred(LEFT_COLUMN, 77, "XÃ TÂN LẬP", 13),
    centred(RIGHT_COLUMN, 78, "Độc lập - Tự do - Hạnh phúc"),
    centred(LEFT_COLUMN, 100, "Số: 12/BC-UBND"),
    centred(RIGHT_COLUMN, 106, "An Bình, ngày 05 tháng 6"),
]
LETTERHEAD_TEXT = [
    "UBND HUYỆN PHÚ HÒA",
    "XÃ TÂN LẬP",
    "Số: 12/BC-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
    "Độc lập - Tự do - Hạnh phúc",
    "An Bình, ngày 05 tháng 6",
]


TITLE = "Kết quả thực hiện quy chế dân chủ năm 2023"
SIGNATURE = [
    centred(RIGHT_COLUMN, 60, "TM. ỦY BAN NHÂN DÂN"),
    text(LEFT, 77, "Nơi nhận:"),
    centred(RIGHT_COLUMN, 77, "CHỦ TỊCH"),
    text(LEFT, 92, "- Như trên;", 11),
    text(LEFT, 106, "- Lưu: VT.", 11),
    centred(RIGHT_COLUMN, 150, "Nguyễn Văn An"),
]
SIGNATURE_TEXT = ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn An"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            [*LETTERHEAD, centred(323, 140, "BÁO CÁO"), centred(323, 158, TITLE)],
            [*LETTERHEAD_TEXT, "BÁO CÁO", TITLE],
        ),
        (
            [*LETTERHEAD, centred(LEFT_COLUMN, 118, "V/v dân chủ"), *lines("Kính gửi: Ủy ban", y=150)],
            [*LETTERHEAD_TEXT[:3], "V/v dân chủ", *LETTERHEAD_TEXT[3:], "Kính gửi: Ủy ban"],
        ),
        (SIGNATURE, SIGNATURE_TEXT),
        ([*lines("Lưu:", y=40), *SIGNATURE], ["Lưu:", *SIGNATURE_TEXT]),
    ],
    ids=["letterhead", "subject under the number", "signature", "text above the signature"],
)
def test_columns_are_read_one_after_the_other(tmp_path: Path, page: list[Drawing], expected: list[str]) -> None:
    assert read_text(tmp_path, page).split("\n") == expected


def test_labels_and_values_set_with_tabs_are_read_across(tmp_path: Path) -> None:
    page = [*lines("Số hộ:", "Số thôn:", "Diện tích:"), *lines("1406", "11", "706 ha", x=300)]
    assert read_text(tmp_path, page).split("\n") == ["Số hộ:\t1406", "Số thôn:\t11", "Diện tích:\t706 ha"]


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Drawing]:
    """The rules of a table."""
    return [rule(xs[0], y, xs[-1], y) for y in ys] + [rule(x, ys[0], x, ys[-1]) for x in xs]


def word_grid(xs: Sequence[float], ys: Sequence[float]) -> list[Drawing]:
    """The rules of a table as Word draws them: each side of each cell for itself, as a thin area."""
    across = [thin_rule(x0, y, x1 - x0, 0.5) for y in ys for x0, x1 in pairwise(xs)]
    return across + [thin_rule(x, y0, 0.5, y1 - y0) for x in xs for y0, y1 in pairwise(ys)]


XS, YS = (80, 120, 253, 400), (200, 225, 285)
CELLS = [
    *(text(x, 217, content) for x, content in ((86, "TT"), (126, "Văn bản"), (259, "Kết quả"))),
    *lines("1", x=86, y=240),
    *lines("Kế hoạch số 08/KH-", "UBND dân chủ ở xã", "An Bình", x=126, y=240),
    *lines("Đạt", x=259, y=240),
]
CELLS_TEXT = ["TT", "Văn bản", "Kết quả", "1", "Kế hoạch số 08/KH-UBND dân chủ ở xã An Bình", "Đạt"]


@pytest.mark.parametrize("rules", [grid(XS, YS), word_grid(XS, YS)], ids=["lines", "areas"])
def test_a_ruled_table_is_read_cell_by_cell_where_it_stands(tmp_path: Path, rules: list[Drawing]) -> None:
    page = [*CELLS, *rules, *lines("Trước bảng", y=180), *lines("Sau bảng", y=310)]
    assert read_text(tmp_path, page).split("\n") == ["Trước bảng", *CELLS_TEXT, "Sau bảng"]


def test_underlines_and_marked_words_are_no_cells(tmp_path: Path) -> None:
    page = [*CELLS, *grid(XS, YS), rule(126, 242, 180, 242), *lines("Luật Đất đai", y=310)]
    page.append(f"1 1 0 rg {LEFT} {HEIGHT - 314} 30 16 re f 0 g")
    assert read_text(tmp_path, page).split("\n") == [*CELLS_TEXT, "Luật Đất đai"]


def test_a_cell_over_two_rows_is_one_cell(tmp_path: Path) -> None:
    rules = [*grid((80, 120), (200, 250)), *grid((120, 280), (200, 225, 250))]
    page = [*rules, text(86, 230, "A"), text(126, 217, "một"), text(126, 242, "hai")]
    assert read_text(tmp_path, page).split("\n") == ["A", "một", "hai"]


def test_letters_from_another_font_are_put_where_they_are_seen(tmp_path: Path) -> None:
    page = [text(85, 100, "B"), text(99, 100, "o c"), text(123.5, 100, "o"), text(92, 100, "á"), text(116.5, 100, "á")]
    assert read_text(tmp_path, page) == "Báo cáo"


def test_page_numbers_and_heads_do_not_interrupt_the_text(tmp_path: Path) -> None:
    def page(number: int, *body: str) -> list[Drawing]:
        printed = [centred(323, 40, str(number))] if number > 1 else []
        return [*printed, *lines(f"Xã An Bình - trang {number}", y=60), *lines(*body), *lines("Báo cáo quý", y=800)]

    pages = page(1, "một"), page(2, "hai"), page(3, "ba", "12"), page(4, "4 xã")
    assert read_text(tmp_path, *pages) == "Xã An Bình - trang 1\nmột\n\nhai\n\nba\n12\n\n4 xã\n\nBáo cáo quý"


def test_numbers_that_do_not_count_pages_stay(tmp_path: Path) -> None:
    pages = (lines("một", "5"), lines("hai", "7"), lines("ba", "Trang 3"))
    assert read_text(tmp_path, *pages) == "một\n5\n\nhai\n7\n\nba"


def test_footnotes_stand_at_the_end_with_their_marks_raised(tmp_path: Path) -> None:
    mark = text(LEFT + width("khóa XIII"), 95, "1", 8)
    note = [text(LEFT, 750, "1", 7), text(LEFT + 5, 753, "Công văn số 580", 10), text(LEFT, 766, "2 Ngày 5", 10)]
    pages = [*lines("khóa XIII"), mark, *note], lines(FULL)
    assert read_text(tmp_path, *pages) == f"khóa XIII¹\n\n{FULL}\n\n¹ Công văn số 580\n² Ngày 5"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_like_an_upright_one(tmp_path: Path, rotate: int) -> None:
    path = make_pdf(tmp_path / "a.pdf", [*LETTERHEAD], rotate=rotate)
    assert read_file(path).text.split("\n") == LETTERHEAD_TEXT


def test_text_that_is_printed_sideways_is_read_for_itself(tmp_path: Path) -> None:
    sideways = text(85, 100, "dấu").replace("1 0 0 1", "0 1 -1 0")
    assert read_text(tmp_path, [*lines("một", "hai"), sideways]) == "một\nhai\ndấu"


def test_a_scan_needs_text_recognition_even_with_a_stamp_on_it(tmp_path: Path) -> None:
    for page in ([SCAN], [], [SCAN, *lines("Ký bởi: UBND xã")]):
        with pytest.raises(ReadError, match=r"'.*a\.pdf' has no text.*OCR"):
            read_text(tmp_path, page)


def test_a_scanned_page_among_others_is_told(tmp_path: Path) -> None:
    raw = read_file(make_pdf(tmp_path / "a.pdf", lines("một"), [f"q {SCAN} Q", *lines("Ký bởi")], lines("ba")))
    assert (raw.text, raw.warnings) == ("một\n\nba", ("not read, because a scan without text: page 2",))


def test_fonts_that_do_not_say_what_they_show_need_text_recognition(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"'.*a\.pdf': its fonts.*OCR"):
        read_file(make_pdf(tmp_path / "a.pdf", lines("Báo cáo"), mapped=False))


def test_a_pdf_with_a_password_is_told_apart_from_a_damaged_one(tmp_path: Path) -> None:
    secret = "00" * 32
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{secret}>/U<{secret}>>>/ID[<00><00>]"
    with pytest.raises(ReadError, match=r"'.*a\.pdf'.*password"):
        read_file(make_pdf(tmp_path / "a.pdf", lines("x"), more=lock))


@settings(max_examples=60)
@given(st.integers(0, 5000), st.binary(max_size=8), st.integers(0, 5000))
def test_a_damaged_pdf_is_read_or_is_a_read_error(
    tmp_path_factory: pytest.TempPathFactory, at: int, junk: bytes, cut: int
) -> None:
    path = make_pdf(tmp_path_factory.mktemp("damaged") / "a.pdf", [*lines("một", "hai"), *grid(XS, YS)])
    data = path.read_bytes()
    path.write_bytes((data[:at] + junk + data[at + len(junk) :])[: len(data) - cut % len(data)])
    assert said_of(path).strip()


def said_of(path: Path) -> str:
    """The text of a file, or why it has none."""
    try:
        return read_file(path).text
    except ReadError as error:
        return error.problem


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: no real PDF can be made")
def test_a_word_document_and_its_pdf_say_the_same(tmp_path: Path) -> None:
    document = docx.Document()
    for n in range(1, 5):
        document.add_heading(f"{n}. KẾT QUẢ THỰC HIỆN", level=2)
        for _ in range(4):
            document.add_paragraph(
                f"{FULL} cơ sở; Nghị quyết số {n}8/NQ-HĐND ngày 5/{n}/2023 của Hội đồng nhân dân. " * n
            )
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for cell, content in zip(table._cells, ["TT", "Văn bản", "1", f"{FULL}; 08/NQ-HĐND"], strict=True):
        cell.text = content
    document.save(str(tmp_path / "a.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    printed = read_file(tmp_path / "a.pdf").text.replace("\n\n", " ").split()
    assert printed == read_file(tmp_path / "a.docx").text.split()
