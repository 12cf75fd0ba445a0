"""What a document says of itself, in all the ways in which its first and last page are printed."""

from typing import Any

import pytest
from corpus.clean import clean
from corpus.header import read_header
from corpus.header_fields import read_period
from corpus.header_issuer import compose, letterhead_bodies
from corpus.model import Header
from corpus.signature import read_signature
from hypothesis import given
from hypothesis import strategies as st

# Each row: how the header is printed, the text, and the fields that must come out.
LAYOUTS: list[tuple[str, str, dict[str, Any]]] = [
    (
        "the left column before the right one",
        """\
UBND HUYỆN YÊN SƠN
UBND XÃ MINH TIẾN
Số: 12/BC-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Minh Tiến, ngày 05 tháng 12 năm 2023
BÁO CÁO
Kết quả thực hiện Quy chế dân chủ ở cơ sở năm 2023
Kính gửi: UBND huyện Yên Sơn
Thực hiện Công văn số 45/PNV ngày 01/12/2023 của Phòng Nội vụ huyện Yên Sơn, UBND xã Minh Tiến báo cáo như sau:""",
        {"type": "Báo cáo", "number": "12", "symbol": "BC-UBND", "issuer": "Ủy ban nhân dân xã Minh Tiến", "unit": "xã Minh Tiến", "parent_unit": "huyện Yên Sơn", "place": "Minh Tiến", "date": "2023-12-05", "subject": "Kết quả thực hiện Quy chế dân chủ ở cơ sở năm 2023", "period": "năm 2023", "year": 2023, "addressee": ("UBND huyện Yên Sơn",), "province": None},
    ),
    (
        "two columns on one line",
        """\
UBND HUYỆN YÊN SƠN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
UBND XÃ MINH TIẾN         Độc lập - Tự do - Hạnh phúc
Số: 12/BC-UBND      Minh Tiến, ngày 05 tháng 12 năm 2023

BÁO CÁO
Kết quả công tác dân vận 6 tháng đầu năm 2023""",
        {"type": "Báo cáo", "number": "12", "symbol": "BC-UBND", "issuer": "Ủy ban nhân dân xã Minh Tiến", "unit": "xã Minh Tiến", "parent_unit": "huyện Yên Sơn", "place": "Minh Tiến", "date": "2023-12-05", "period": "6 tháng đầu năm 2023", "subject": "Kết quả công tác dân vận 6 tháng đầu năm 2023"},
    ),
    (
        "two columns on one line, the place in the second",
        """\
ỦY BAN NHÂN DÂN   CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ QUANG MINH   Độc lập – Tự do – Hạnh phúc
Số: /KH-UBND     Quang Minh, ngày   tháng 3 năm 2024
KẾ HOẠCH
Thực hiện công tác cải cách hành chính năm 2024
trên địa bàn xã Quang Minh
Căn cứ Quyết định số 10/QĐ-UBND ngày 05/01/2024 của UBND huyện Phú Bắc, tỉnh Lạng Hà;""",
        {"type": "Kế hoạch", "number": None, "symbol": "KH-UBND", "issuer": "Ủy ban nhân dân xã Quang Minh", "unit": "xã Quang Minh", "place": "Quang Minh", "date": "2024-03", "parent_unit": "huyện Phú Bắc", "province": "tỉnh Lạng Hà", "subject": "Thực hiện công tác cải cách hành chính năm 2024 trên địa bàn xã Quang Minh"},
    ),
    (
        "a district committee of the Party",
        """\
ĐẢNG BỘ TỈNH LẠNG HÀ      ĐẢNG CỘNG SẢN VIỆT NAM
HUYỆN ỦY YÊN SƠN
*                        Yên Sơn, ngày 12 tháng 6 năm 2022
Số 141-KH/HU

KẾ HOẠCH
thực hiện Chỉ thị số 12-CT/TU ngày 01/5/2022 của Ban Thường vụ Tỉnh ủy
về tăng cường công tác dân vận
-----
Thực hiện Chỉ thị số 12-CT/TU ...""",
        {"type": "Kế hoạch", "number": "141", "symbol": "KH/HU", "issuer": "Huyện ủy Yên Sơn", "unit": "huyện Yên Sơn", "parent_unit": "tỉnh Lạng Hà", "province": "tỉnh Lạng Hà", "place": "Yên Sơn", "date": "2022-06-12", "subject": "thực hiện Chỉ thị số 12-CT/TU ngày 01/5/2022 của Ban Thường vụ Tỉnh ủy về tăng cường công tác dân vận"},
    ),
    (
        "a Party committee of a commune",
        """\
ĐẢNG BỘ HUYỆN YÊN SƠN
ĐẢNG ỦY XÃ MINH TIẾN
*
Số: 45 -BC/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
Minh Tiến, ngày 20 tháng 11 năm 2021
BÁO CÁO
kết quả lãnh đạo thực hiện Quy chế dân chủ ở cơ sở năm 2021""",
        {"type": "Báo cáo", "number": "45", "symbol": "BC/ĐU", "issuer": "Đảng ủy xã Minh Tiến", "unit": "xã Minh Tiến", "parent_unit": "huyện Yên Sơn", "date": "2021-11-20", "period": "năm 2021"},
    ),
    (
        "a steering committee under a city committee",
        """\
THÀNH ỦY HÀ AN
BAN CHỈ ĐẠO THỰC HIỆN
QUY CHẾ DÂN CHỦ Ở CƠ SỞ
*
Số 07-BC/BCĐ
ĐẢNG CỘNG SẢN VIỆT NAM
Hà An, ngày 05 tháng 12 năm 2020
BÁO CÁO
KẾT QUẢ XÂY DỰNG VÀ THỰC HIỆN QUY CHẾ DÂN CHỦ Ở CƠ SỞ
NĂM 2020, PHƯƠNG HƯỚNG NĂM 2021
Kính gửi: - Ban Chỉ đạo thực hiện QCDC tỉnh;
- Ban Dân vận Tỉnh ủy.

Thực hiện Công văn""",
        {"type": "Báo cáo", "number": "07", "symbol": "BC/BCĐ", "issuer": "Ban Chỉ đạo thực hiện quy chế dân chủ ở cơ sở thành phố Hà An", "unit": "thành phố Hà An", "date": "2020-12-05", "period": "năm 2020", "subject": "KẾT QUẢ XÂY DỰNG VÀ THỰC HIỆN QUY CHẾ DÂN CHỦ Ở CƠ SỞ NĂM 2020, PHƯƠNG HƯỚNG NĂM 2021", "addressee": ("Ban Chỉ đạo thực hiện QCDC tỉnh", "Ban Dân vận Tỉnh ủy")},
    ),
    (
        "a dispatch, which has no type line",
        """\
UBND TỈNH LẠNG HÀ
SỞ NỘI VỤ
Số: 1205/SNV-XDCQ
V/v báo cáo kết quả thực hiện
dân chủ ở cơ sở năm 2023

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạng Hà, ngày 02 tháng 11 năm 2023

Kính gửi:
- Các sở, ban, ngành;
- Ủy ban nhân dân các huyện, thành phố.

Thực hiện Kế hoạch số 12/KH-UBND""",
        {"type": "Công văn", "number": "1205", "symbol": "SNV-XDCQ", "issuer": "Sở Nội vụ tỉnh Lạng Hà", "unit": "tỉnh Lạng Hà", "province": "tỉnh Lạng Hà", "place": "Lạng Hà", "date": "2023-11-02", "subject": "báo cáo kết quả thực hiện dân chủ ở cơ sở năm 2023", "addressee": ("Các sở, ban, ngành", "Ủy ban nhân dân các huyện, thành phố")},
    ),
    (
        "a dispatch in two columns on one line",
        """\
UBND XÃ MINH TIẾN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/UBND-VP Độc lập - Tự do - Hạnh phúc
V/v báo cáo công tác dân vận Minh Tiến, ngày 10 tháng 6 năm 2023
Kính gửi: Phòng Nội vụ huyện Yên Sơn.
Thực hiện Công văn số 30/PNV""",
        {"type": "Công văn", "number": "45", "symbol": "UBND-VP", "issuer": "Ủy ban nhân dân xã Minh Tiến", "unit": "xã Minh Tiến", "place": "Minh Tiến", "date": "2023-06-10", "subject": "báo cáo công tác dân vận", "addressee": ("Phòng Nội vụ huyện Yên Sơn",), "parent_unit": "huyện Yên Sơn"},
    ),
    (
        "decision with issuer line",
        """\
ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ AN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 03/2023/QĐ-UBND
Hà An, ngày 15 tháng 02 năm 2023

QUYẾT ĐỊNH
Ban hành Quy chế thực hiện dân chủ trong hoạt động của cơ quan

ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ AN

Căn cứ Luật Tổ chức chính quyền địa phương""",
        {"type": "Quyết định", "number": "03", "symbol": "QĐ-UBND", "issuer": "Ủy ban nhân dân thành phố Hà An", "unit": "thành phố Hà An", "date": "2023-02-15", "subject": "Ban hành Quy chế thực hiện dân chủ trong hoạt động của cơ quan"},
    ),
    (
        "decision without a letterhead place",
        """\
ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Số: 30/2018/QĐ-UBND | Lạng Hà, ngày 09 tháng 10 năm 2018 |
QUYẾT ĐỊNH
BAN HÀNH QUY ĐỊNH VỀ TRÁCH NHIỆM CỦA NGƯỜI ĐỨNG ĐẦU
ỦY BAN NHÂN DÂN TỈNH LẠNG HÀ
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;""",
        {"type": "Quyết định", "number": "30", "symbol": "QĐ-UBND", "issuer": "Ủy ban nhân dân tỉnh Lạng Hà", "unit": "tỉnh Lạng Hà", "date": "2018-10-09", "subject": "BAN HÀNH QUY ĐỊNH VỀ TRÁCH NHIỆM CỦA NGƯỜI ĐỨNG ĐẦU"},
    ),
    (
        "the Front",
        """\
MTTQ VIỆT NAM TỈNH LẠNG HÀ
ỦY BAN MTTQ VIỆT NAM HUYỆN YÊN SƠN
Số: 21/BC-MTTQ-BTT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Yên Sơn, ngày 3 tháng 6 năm 2024
BÁO CÁO
Kết quả giám sát, phản biện xã hội quý I năm 2024""",
        {"type": "Báo cáo", "number": "21", "symbol": "BC-MTTQ-BTT", "issuer": "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Yên Sơn", "unit": "huyện Yên Sơn", "parent_unit": "tỉnh Lạng Hà", "period": "quý I năm 2024", "year": 2024},
    ),
    (
        "no letterhead, signature tells",
        """\
BÁO CÁO
Tình hình thực hiện công tác tiếp công dân quý III/2022

Thực hiện chế độ báo cáo định kỳ, UBND thị trấn báo cáo như sau:

I. KẾT QUẢ
UBND thị trấn Yên Hà đã tiếp 12 lượt công dân. Thị trấn Yên Hà, huyện Yên Sơn, tỉnh Lạng Hà.

Nơi nhận:
- UBND huyện;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

(Đã ký)

Nguyễn Văn An""",
        {"type": "Báo cáo", "number": None, "symbol": None, "issuer": "Ủy ban nhân dân thị trấn Yên Hà", "unit": "thị trấn Yên Hà", "parent_unit": "huyện Yên Sơn", "province": "tỉnh Lạng Hà", "period": "quý III/2022", "year": 2022, "signer": "Nguyễn Văn An", "signer_title": "Phó Chủ tịch", "date": None},
    ),
    (
        "two column signature",
        """\
UBND XÃ MINH TIẾN
Số: 5/TB-UBND
THÔNG BÁO
Lịch tiếp công dân tháng 5 năm 2024
UBND xã Minh Tiến thông báo lịch tiếp công dân như sau:
1. Ngày 10.
Nơi nhận: TM. ỦY BAN NHÂN DÂN
- Như trên; CHỦ TỊCH
- Lưu: VT. Trần Thị Bình""",
        {"type": "Thông báo", "number": "5", "symbol": "TB-UBND", "issuer": "Ủy ban nhân dân xã Minh Tiến", "subject": "Lịch tiếp công dân tháng 5 năm 2024", "period": "tháng 5 năm 2024", "signer": "Trần Thị Bình", "signer_title": "Chủ tịch"},
    ),
    (
        "title and subject in one line",
        """\
HỘI ĐỒNG NHÂN DÂN
XÃ MINH TIẾN
Số: 08/BC-HĐND
BÁO CÁO KẾT QUẢ HOẠT ĐỘNG
CỦA HỘI ĐỒNG NHÂN DÂN XÃ NĂM 2022
I. Tình hình chung""",
        {"type": "Báo cáo", "number": "08", "symbol": "BC-HĐND", "issuer": "Hội đồng nhân dân xã Minh Tiến", "unit": "xã Minh Tiến", "subject": "KẾT QUẢ HOẠT ĐỘNG CỦA HỘI ĐỒNG NHÂN DÂN XÃ NĂM 2022", "period": "năm 2022"},
    ),
    (
        "a letter-spaced title",
        """\
UBND XÃ MINH TIẾN
B Á O  C Á O
Công tác cải cách hành chính tháng 3/2023
Kính gửi: UBND huyện Yên Sơn""",
        {"type": "Báo cáo", "subject": "Công tác cải cách hành chính tháng 3/2023", "period": "tháng 3/2023", "year": 2023},
    ),
    (
        "several addressees on one line",
        """\
PHÒNG NỘI VỤ HUYỆN YÊN SƠN
Số: 15/TTr-PNV
Yên Sơn, ngày 5/6/2021
TỜ TRÌNH
Về việc kiện toàn Ban Chỉ đạo thực hiện Quy chế dân chủ
Kính gửi: Ủy ban nhân dân huyện; Ban Thường vụ Huyện ủy.
Căn cứ""",
        {"type": "Tờ trình", "number": "15", "symbol": "TTr-PNV", "issuer": "Phòng Nội vụ huyện Yên Sơn", "unit": "huyện Yên Sơn", "date": "2021-06-05", "place": "Yên Sơn", "addressee": ("Ủy ban nhân dân huyện", "Ban Thường vụ Huyện ủy"), "subject": "Về việc kiện toàn Ban Chỉ đạo thực hiện Quy chế dân chủ"},
    ),
    (
        "a commune after 01/7/2025",
        """\
UBND TỈNH LẠNG HÀ
UBND XÃ MINH TIẾN
Số: 112/BC-UBND
Minh Tiến, ngày 20 tháng 10 năm 2025
BÁO CÁO
Sơ kết 3 tháng vận hành chính quyền địa phương 2 cấp""",
        {"issuer": "Ủy ban nhân dân xã Minh Tiến", "parent_unit": "tỉnh Lạng Hà", "province": "tỉnh Lạng Hà", "unit": "xã Minh Tiến"},
    ),
    (
        "ministry",
        """\
BỘ NỘI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 3/TT-BNV
Hà Nội, ngày 01 tháng 3 năm 2024
THÔNG TƯ
Hướng dẫn thực hiện Nghị định số 59/2023/NĐ-CP
Căn cứ""",
        {"type": "Thông tư", "issuer": "Bộ Nội vụ", "unit": None, "symbol": "TT-BNV"},
    ),
    (
        "ward of a central city",
        """\
UBND QUẬN HẢI HÀ
PHƯỜNG AN PHÚ
Số: 33/BC-UBND
An Phú, ngày 11 tháng 12 năm 2022
BÁO CÁO
Kết quả thực hiện quy chế dân chủ năm 2022 trên địa bàn phường An Phú
UBND phường An Phú, quận Hải Hà, thành phố Hải Phòng báo cáo""",
        {"issuer": "Ủy ban nhân dân phường An Phú", "unit": "phường An Phú", "parent_unit": "quận Hải Hà", "province": "thành phố Hải Phòng"},
    ),
    (
        "closing tells",
        """\
BÁO CÁO
Kết quả thực hiện công tác dân vận chính quyền năm 2021

I. CÔNG TÁC CHỈ ĐẠO
Ủy ban nhân dân huyện đã ban hành 12 văn bản.

Trên đây là báo cáo kết quả thực hiện công tác dân vận chính quyền năm 2021 của UBND huyện Yên Sơn, tỉnh Lạng Hà./.

CHỦ TỊCH

Lê Văn Cường""",
        {"issuer": "Ủy ban nhân dân huyện Yên Sơn", "unit": "huyện Yên Sơn", "parent_unit": "tỉnh Lạng Hà", "province": "tỉnh Lạng Hà", "signer": "Lê Văn Cường", "signer_title": "Chủ tịch"},
    ),
    (
        "party signature",
        """\
ĐẢNG ỦY XÃ MINH TIẾN
*
Số 12-NQ/ĐU
NGHỊ QUYẾT
về lãnh đạo phát triển kinh tế - xã hội năm 2023
Ban Chấp hành Đảng bộ xã ra nghị quyết.
Nơi nhận:
- Ban Thường vụ Huyện ủy,
- Lưu Văn phòng.
T/M ĐẢNG ỦY
BÍ THƯ
Phạm Văn Dũng""",
        {"type": "Nghị quyết", "number": "12", "symbol": "NQ/ĐU", "issuer": "Đảng ủy xã Minh Tiến", "signer": "Phạm Văn Dũng", "signer_title": "Bí thư", "subject": "về lãnh đạo phát triển kinh tế - xã hội năm 2023"},
    ),
    (
        "office of the province",
        """\
ỦY BAN NHÂN DÂN TỈNH LẠNG HÀ
VĂN PHÒNG
Số: 77/TB-VP
THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại phiên họp tháng 4 năm 2024""",
        {"issuer": "Văn phòng Ủy ban nhân dân tỉnh Lạng Hà", "unit": "tỉnh Lạng Hà", "type": "Thông báo", "symbol": "TB-VP"},
    ),
    (
        "a part of a Party committee",
        """\
ĐẢNG ỦY PHƯỜNG AN PHÚ
KHỐI DÂN VẬN
*
Số 03-BC/KDV
BÁO CÁO
công tác dân vận 9 tháng đầu năm 2023""",
        {"issuer": "Khối Dân vận Đảng ủy phường An Phú", "unit": "phường An Phú", "period": "9 tháng đầu năm 2023", "symbol": "BC/KDV", "number": "03"},
    ),
    (
        "a school",
        """\
PHÒNG GD&ĐT HUYỆN YÊN SƠN
TRƯỜNG TIỂU HỌC MINH TIẾN
Số: 20/BC-THTL
Minh Tiến, ngày 2 tháng 6 năm 2023
BÁO CÁO
Kết quả thực hiện quy chế dân chủ năm học 2022 - 2023""",
        {"issuer": "Trường Tiểu học minh tiến huyện Yên Sơn", "unit": "huyện Yên Sơn", "period": "năm học 2022 - 2023", "type": "Báo cáo", "year": 2023},
    ),
    (
        "only the place line tells the name",
        """\
Số: 9/BC-UBND

An Bình, ngày tháng năm 2023

BÁO CÁO

Kết quả thực hiện công tác dân vận năm 2023

UBND phường báo cáo kết quả như sau:

Phường có 5 khu phố. UBND phường đã ban hành kế hoạch. UBND phường phối hợp.
Công tác lãnh đạo của Đảng ủy phường và của UBND thành phố Hà An.""",
        {"issuer": "Ủy ban nhân dân phường An Bình", "unit": "phường An Bình", "parent_unit": "thành phố Hà An", "date": "2023", "place": "An Bình"},
    ),
    (
        "headless commune report",
        """\
BÁO CÁO

**Kết quả thực hiện Quy chế dân chủ ở cơ sở năm 2022
và phương hướng, nhiệm vụ năm 2023**

Thực hiện Công văn số 112/UBND-NV ngày 03/11/2022 của UBND huyện Yên Sơn về việc báo cáo kết quả thực hiện Quy chế dân chủ ở cơ sở năm 2022. UBND xã Minh Tiến báo cáo kết quả như sau:

I. ĐẶC ĐIỂM TÌNH HÌNH

Minh Tiến là xã miền núi của huyện Yên Sơn, phía Đông giáp xã Hà Sơn, huyện Phú Hà; phía Tây giáp thị trấn Yên Hà.

Thực hiện Quyết định số 22/QĐ-UBND của UBND tỉnh Lạng Hà.

Trên đây là báo cáo kết quả thực hiện quy chế dân chủ của UBND xã Minh Tiến./.

| **Nơi nhận:** - UBND huyện; - Lưu VT. | **TM. ỦY BAN NHÂN DÂN** **CHỦ TỊCH** **Hoàng Văn Em** |
""",
        {"type": "Báo cáo", "issuer": "Ủy ban nhân dân xã Minh Tiến", "unit": "xã Minh Tiến", "parent_unit": "huyện Yên Sơn", "province": "tỉnh Lạng Hà", "period": "năm 2022", "year": 2022, "subject": "Kết quả thực hiện Quy chế dân chủ ở cơ sở năm 2022 và phương hướng, nhiệm vụ năm 2023", "date": None, "signer": "Hoàng Văn Em", "signer_title": "Chủ tịch"},
    ),
    (
        "committee of a huyen",
        """\
Số: /BC-BCĐ

Yên Sơn, ngày tháng 12 năm 2021

BÁO CÁO

Tình hình, kết quả thực hiện Quy chế dân chủ ở cơ sở năm 2021

Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở huyện Yên Sơn báo cáo tình hình, kết quả thực hiện năm 2021 như sau:

I. CÔNG TÁC LÃNH ĐẠO

Ban Thường vụ Huyện ủy đã chỉ đạo. Tỉnh ủy Lạng Hà đã kiểm tra.

TM. BAN CHỈ ĐẠO
PHÓ TRƯỞNG BAN
(Đã ký)
Nguyễn Thị Giang
""",
        {"type": "Báo cáo", "symbol": "BC-BCĐ", "issuer": "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở huyện Yên Sơn", "unit": "huyện Yên Sơn", "province": "tỉnh Lạng Hà", "parent_unit": "tỉnh Lạng Hà", "date": "2021-12", "signer": "Nguyễn Thị Giang", "signer_title": "Phó Trưởng ban", "year": 2021},
    ),
    (
        "party committee"s report, headless",
        """\
BÁO CÁO
KẾT QUẢ CÔNG TÁC DÂN VẬN 6 THÁNG ĐẦU NĂM;
NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2022
-----------
Thực hiện Hướng dẫn số 12-HD/BDVHU ngày 01/6/2022 của Ban Dân vận Huyện ủy, Đảng ủy xã Quang Minh báo cáo kết quả công tác dân vận như sau:
I. KẾT QUẢ
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Trần Văn Hùng""",
        {"type": "Báo cáo", "issuer": "Đảng ủy xã Quang Minh", "unit": "xã Quang Minh", "period": "6 tháng đầu năm 2022", "year": 2022, "subject": "KẾT QUẢ CÔNG TÁC DÂN VẬN 6 THÁNG ĐẦU NĂM; NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2022", "signer": "Trần Văn Hùng", "signer_title": "Phó Bí thư"},
    ),
    (
        "city people"s committee",
        """\
UBND THÀNH PHỐ HÀ AN
Số: 334/BC-UBND
Hà An, ngày 14 tháng 11 năm 2023

BÁO CÁO
Kết quả triển khai thực hiện Luật Thực hiện dân chủ ở cơ sở năm 2023
trên địa bàn thành phố Hà An

Thực hiện Công văn số 2101/SNV-XDCQ&CTTN ngày 06/11/2023 của Sở Nội vụ tỉnh Lạng Hà về việc báo cáo kết quả thực hiện dân chủ ở cơ sở; UBND thành phố báo cáo kết quả như sau:""",
        {"type": "Báo cáo", "number": "334", "issuer": "Ủy ban nhân dân thành phố Hà An", "unit": "thành phố Hà An", "parent_unit": "tỉnh Lạng Hà", "province": "tỉnh Lạng Hà", "subject": "Kết quả triển khai thực hiện Luật Thực hiện dân chủ ở cơ sở năm 2023 trên địa bàn thành phố Hà An", "period": "năm 2023"},
    ),
    (
        "subject with an empty line and a page number",
        """\
BÁO CÁO

Tổng kết công tác cải cách hành chính năm 2023,

1

phương hướng, nhiệm vụ năm 2024

Kính gửi:

- Sở Nội vụ tỉnh Lạng Hà;

- UBND thị xã An Bình.

UBND phường An Phú, thị xã An Bình báo cáo:""",
        {"subject": "Tổng kết công tác cải cách hành chính năm 2023, phương hướng, nhiệm vụ năm 2024", "addressee": ("Sở Nội vụ tỉnh Lạng Hà", "UBND thị xã An Bình"), "unit": "phường An Phú", "parent_unit": "thị xã An Bình", "period": "năm 2023"},
    ),
    (
        "old place-date with dots and no comma",
        """\
ỦY BAN NHÂN DÂN
HUYỆN YÊN SƠN
––––––
Số: 145 /BC – UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
––––––––––––
Yên Sơn, ngày 08  tháng 6 năm 2019
BÁO CÁO
Sơ kết 5 năm thực hiện Kết luận số 62-KL/TW
(Từ năm 2014 đến năm 2019)
––––––
Thực hiện""",
        {"number": "145", "symbol": "BC-UBND", "issuer": "Ủy ban nhân dân huyện Yên Sơn", "date": "2019-06-08", "place": "Yên Sơn", "year": 2019},
    ),
    (
        "nothing told",
        """\
Một đoạn văn bản không có thể thức, chỉ nói về việc trồng cây ở xã Minh Tiến.
""",
        {"type": None, "issuer": None, "unit": None, "number": None, "subject": None},
    ),
    (
        "empty",
        """\
""",
        {"type": None, "issuer": None, "addressee": ()},
    ),
    (
        "công an",
        """\
CÔNG AN HUYỆN YÊN SƠN
CÔNG AN XÃ MINH TIẾN
Số: 12/BC-CAX
Minh Tiến, ngày 02 tháng 12 năm 2022
BÁO CÁO
Kết quả thực hiện dân chủ trong Công an nhân dân năm 2022""",
        {"issuer": "Công an xã Minh Tiến", "unit": "xã Minh Tiến", "parent_unit": "huyện Yên Sơn", "symbol": "BC-CAX"},
    ),
    (
        "công đoàn",
        """\
LIÊN ĐOÀN LAO ĐỘNG TỈNH LẠNG HÀ
LIÊN ĐOÀN LAO ĐỘNG HUYỆN YÊN SƠN
Số: 05/BC-LĐLĐ
BÁO CÁO
Kết quả thực hiện quy chế dân chủ ở cơ sở quý II/2024""",
        {"issuer": "Liên đoàn Lao động huyện Yên Sơn", "unit": "huyện Yên Sơn", "parent_unit": "tỉnh Lạng Hà", "year": 2024, "period": "quý II/2024"},
    ),
    (
        "thường trực HĐND",
        """\
HỘI ĐỒNG NHÂN DÂN
HUYỆN YÊN SƠN
Số: 11/NQ-HĐND
NGHỊ QUYẾT
Về biện pháp bảo đảm thực hiện dân chủ ở cơ sở trên địa bàn huyện Yên Sơn

HỘI ĐỒNG NHÂN DÂN HUYỆN YÊN SƠN
KHÓA XX, KỲ HỌP THỨ 12

Căn cứ Luật""",
        {"type": "Nghị quyết", "issuer": "Hội đồng nhân dân huyện Yên Sơn", "subject": "Về biện pháp bảo đảm thực hiện dân chủ ở cơ sở trên địa bàn huyện Yên Sơn", "unit": "huyện Yên Sơn"},
    ),
    (
        "the Front of a commune",
        """\
ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM
XÃ MINH TIẾN
***
Số: 08/KH-MTTQ
KẾ HOẠCH
giám sát việc thực hiện dân chủ năm 2023""",
        {"issuer": "Ủy ban Mặt trận Tổ quốc Việt Nam xã Minh Tiến", "unit": "xã Minh Tiến", "period": "năm 2023", "type": "Kế hoạch", "number": "08"},
    ),
    (
        "title case heading",
        """\
Ủy ban nhân dân xã Minh Tiến
Báo cáo
Kết quả thực hiện nhiệm vụ năm 2020
Kính gửi: Phòng Tư pháp huyện Yên Sơn""",
        {"type": "Báo cáo", "issuer": "Ủy ban nhân dân xã Minh Tiến", "subject": "Kết quả thực hiện nhiệm vụ năm 2020", "addressee": ("Phòng Tư pháp huyện Yên Sơn",), "parent_unit": "huyện Yên Sơn"},
    ),
    (
        "subject wraps with capital",
        """\
UBND XÃ MINH TIẾN
Số: 14/BC-UBND
BÁO CÁO
Kết quả 5 năm triển khai thực hiện
Nghị quyết Trung ương 5 khóa XII
Thực hiện Công văn số 12/UBND ngày 1/2/2022, UBND xã báo cáo:""",
        {"subject": "Kết quả 5 năm triển khai thực hiện Nghị quyết Trung ương 5 khóa XII", "issuer": "Ủy ban nhân dân xã Minh Tiến"},
    ),
    (
        "signature with a title of a department",
        """\
PHÒNG NỘI VỤ
BÁO CÁO
Kết quả năm 2021
UBND HUYỆN YÊN SƠN
Nơi nhận:
- Lưu: VT.
TRƯỞNG PHÒNG
Lê Thị Hoa""",
        {"signer": "Lê Thị Hoa", "signer_title": "Trưởng phòng"},
    ),
    (
        "KT. on same line",
        """\
KẾ HOẠCH
Tuyên truyền năm 2024
KT. TRƯỞNG BAN PHÓ TRƯỞNG BAN
ThS. Đỗ Minh Khôi""",
        {"signer": "Đỗ Minh Khôi", "signer_title": "Phó Trưởng ban"},
    ),
]


@pytest.mark.parametrize(("layout", "text", "fields"), LAYOUTS, ids=[row[0] for row in LAYOUTS])
def test_the_fields_come_out_however_they_are_laid_out(layout: str, text: str, fields: dict[str, Any]) -> None:
    header = read_header(clean(text))
    assert {name: getattr(header, name) for name in fields} == fields, layout
