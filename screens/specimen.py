"""A certificate of nobody for the samples of the screens: the slip as it would be printed, and a sheet like one."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import qrcode
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from qrcode.util import QRData

from screens.certificate_slip import CertificateSlip, certificate
from screens.mark import draw_mark
from screens.paper import Bitmap
from screens.picture import Coloured, dots_of
from screens.theme import font
from screens.words import Words

Modules = tuple[tuple[bool, ...], ...]

_NUMERIC: Final = 1
_ALPHANUMERIC: Final = 2
_BYTE: Final = 4
_SHORT: Final = "7K3M9QX2WV5RT8NA"
_INK, _SEAL, _TEAL = QColor("#182026"), QColor("#C3272B"), QColor("#0B5063")


@lru_cache(maxsize=1)
def modules() -> Modules:
    """A code as large as most are, version 13; it says nothing that any hall has signed."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=3)
    code.add_data(QRData(f"HTTPS://HALL.EXAMPLE/C/{_SHORT}".encode(), mode=_ALPHANUMERIC), optimize=0)
    code.add_data(QRData(b"#", mode=_BYTE), optimize=0)
    code.add_data(QRData(str(7**1000)[:690].encode(), mode=_NUMERIC), optimize=0)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def slip() -> CertificateSlip:
    return CertificateSlip(
        issuer=Words("江畔区柳岸街道办事处", "Liu'an Subdistrict Office, Jiangpan"),
        title=Words("居住证明", "Certificate of Residence"),
        number="99JZ-2026-0417283",
        rows=(
            ("姓名", "王小明"),
            ("证件号", "990***********0028"),
            ("住址", "江畔区柳岸街道 8 号 2 栋"),
            ("居住自", "2019年03月05日"),
            ("签发", "2026年11月20日"),
            ("有效至", "2027年05月20日"),
        ),
        sentence=Words(
            "兹证明上述人员自 2019 年 3 月 5 日起在本街道辖区居住，情况属实。",
            "This certifies that the person named above has lived here since 5 March 2019.",
        ),
        code=modules(),
        short_code=_SHORT,
        host="hall.example",
        machine=Words("03 号机 K-0203", "Machine 03 K-0203"),
        serial="K0203-1-004183",
        printed_at="2026-11-20 09:12",
    )


@lru_cache(maxsize=1)
def slip_dots() -> Bitmap:
    return certificate(slip())


@lru_cache(maxsize=1)
def sheet_dots() -> Coloured:
    """A page of A4 at 150 dpi, set by hand."""
    image = QImage(1240, 1754, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_mark(painter, QRectF(118, 100, 44, 44), _TEAL, QColor("#E8A33D"))
    _text(painter, 176, 132, "江畔区政务服务中心", 25)
    _text(painter, 760, 132, "编号 No. 99JZ-2026-0417283", 25)
    painter.fillRect(QRectF(118, 186, 1004, 3), _TEAL)
    _text(painter, 434, 370, "居 住 证 明", 76, True)
    _text(painter, 466, 424, "Certificate of Residence", 28)
    lines = (
        "　　兹证明王小明（居民身份证号码 990***********0028），",
        "自 2019 年 3 月 5 日起居住于江畔区柳岸街道 8 号 2 栋，",
        "情况属实。",
    )
    for at, line in enumerate(lines):
        _text(painter, 118, 540 + 66 * at, line, 33)
    _text(painter, 118, 780, "This certifies that the person named above has lived here since 5 March 2019.", 25)
    _text(painter, 690, 1080, "江畔区柳岸街道办事处", 33)
    _text(painter, 720, 1150, "2026 年 11 月 20 日", 33)
    painter.setPen(QPen(_SEAL, 7))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(950, 1150), 124, 124)
    _text(painter, 878, 1220, "电子证明专用章", 20, colour=_SEAL)
    painter.fillRect(QRectF(118, 1320, 1004, 3), _INK)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for y, row in enumerate(modules()):
        for x, black in enumerate(row):
            if black:
                painter.fillRect(118 + 4 * x, 1350 + 4 * y, 4, 4, _INK)
    beside = (
        "扫码核验真伪 Scan to verify",
        "7K3M-9QX2-WV5R-T8NA",
        "有效至 2027 年 5 月 20 日",
        "第 1 份（原件） · 03 号机 K-0203",
    )
    for at, line in enumerate(beside):
        _text(painter, 430, 1388 + 46 * at, line, 26, at < 2)
    painter.end()
    return dots_of(image)


def _text(painter: QPainter, x: int, y: int, text: str, px: int, bold: bool = False, colour: QColor = _INK) -> None:
    painter.setFont(font(px, bold))
    painter.setPen(colour)
    painter.drawText(QPointF(x, y), text)
