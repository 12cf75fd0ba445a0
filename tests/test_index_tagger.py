"""Words are those of underthesea: its own way to them, which is slow, gives the same."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from underthesea.pipeline.word_tokenize import word_tokenize

from index.tagger import inside, tokenize

SENTENCES = """
Ủy ban nhân dân xã Bình Lâm đã triển khai thực hiện quy chế dân chủ ở cơ sở
Nhân dân chủ động tham gia các hoạt động ở khu dân cư
nguyên tắc tập trung dân chủ trong sinh hoạt của chi bộ
đồng chí Phó Bí thư Đảng ủy, Chủ tịch Hội đồng nhân dân xã
vốn của hợp tác xã nông nghiệp Bình Lâm là 1.500.000 đồng, đạt 98,5% kế hoạch
theo Nghị định số 04/2015/NĐ-CP ngày 09/01/2015 và Kết luận số 120-KL/TW
tại TP. Hồ Chí Minh, Tp.Huế, TX. Bình An, xã N’Thôn Hạ và bản H'Mông
ThS. Nguyễn Văn An, PGS.TS. Trần Thị B và Th.S Lê C
họp v.v... và v.v. cùng các việc khác
thư điện tử ubnd@binhlam.gov.vn, trang binhlam.gov.vn và abc.vn/tin-tuc/2023
điện thoại 03-5730-2357, biển số 43H-0530, thửa 3x4 m
ngày 15.3.2023, 2023/03/15, 08-2014, 20-11-2023 lúc 10:20:50
giá 60.542.000,5 đồng và 100,000,000 đồng, 1_000
công ty H&M và T.Ư Đoàn
cán_bộ xã - thị trấn (khu vực A), “tổ dân phố” số 3 -- hết
xã-hội, kinh-tế, e-mail, 1.600m-2.000m
nhiệt độ 35°C => cao >> thấp -> vừa
a
10
hòa giải ở cơ sở
quy chế
Thực hiện
BOS dân chủ EOS
"""


def segmented(text: str) -> list[str]:
    """The words of a clause, as underthesea gives them."""
    found = [token for chunk in text.split() for token in tokenize(chunk)]
    words: list[str] = []
    for token, goes_on in zip(found, inside(found), strict=True):
        if goes_on and words:
            words[-1] += f" {token}"
        else:
            words.append(token)
    return words


@pytest.mark.parametrize("text", SENTENCES.strip().splitlines())
def test_words_are_those_of_underthesea(text: str) -> None:
    expected = word_tokenize(text, use_token_normalize=False)
    assert segmented(text) == expected
    assert segmented(text.upper()) == word_tokenize(text.upper(), use_token_normalize=False)


PARTS = (
    "Nhân dân chủ tịch Ủy ban quy chế hành chính quyền 04/2015 NĐ-CP , ( ) - “ ” UBND 10 1.500 Bình TP. tổ phố".split()
)


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=12))
def test_words_of_any_sequence_are_those_of_underthesea(parts: list[str]) -> None:
    text = f"{' '.join(parts)} xã"
    assert segmented(text) == word_tokenize(text, use_token_normalize=False)


@given(st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"])))
def test_tokens_leave_nothing_out(chunk: str) -> None:
    assert "".join(tokenize(chunk)) == "".join(chunk.split())
    assert len(inside(tokenize(chunk))) == len(tokenize(chunk))


def test_a_very_long_chunk_is_cut_all_the_same() -> None:
    chunk = "a+" * 50_000 + "b"
    assert "".join(tokenize(chunk)) == chunk


def test_text_is_prepared_without_importing_underthesea() -> None:
    code = (
        "import sys; from index.words import prepare; prepare('quy chế dân chủ'); print('underthesea' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
