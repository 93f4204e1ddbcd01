"""A ticket slip from its words to safe bytes, beside Pillow's layout and python-escpos's ``image()``."""

from __future__ import annotations

import contextlib
import io
import os
import statistics
import time
from collections.abc import Callable
from functools import cache

import numpy as np
from escpos.printer import Dummy
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtGui import QGuiApplication

from devices.printer.profiles import WIDE
from devices.printer.raster import bands
from screens.paper import TicketSlip, ticket
from screens.strip import matrix
from screens.words import Words
from tests.bench.row import Row, beside

_RUNS = 40
_NAME = "Pillow layout + python-escpos 3.1 image()"
_FOLDER = "/usr/share/fonts/opentype/noto/"
_SC = 2  # the face "Noto Sans CJK SC" in its collection

SLIP = TicketSlip(
    hall=Words("江畔区政务服务中心", "Jiangpan District Service Hall"),
    matters=(
        Words("社保关系转移接续", "Transfer of social insurance"),
        Words("异地就医备案", "Medical care elsewhere"),
    ),
    number="A037",
    ahead=6,
    minutes=18,
    as_of=None,
    window=Words("二楼 B 区 综合窗口 12–18", "Floor 2, Area B, windows 12–18"),
    printed_at="2026-11-20 09:41",
    follow_url="HTTPS://HALL.EXAMPLE/T/ABCDEFGHIJKLMNOP",
    missed=Words("过号请到导办台，后排 3 位。", "Missed your call? Ask at the desk."),
    masked="王*明",
    machine=Words("03 号机 K-0203", "Machine 03 K-0203"),
    reference="K0203-1-004182",
    hotline="12345",
)


def rows(runs: int = _RUNS) -> list[Row]:
    """Both in turns, so that whatever else the machine does meets both; medians."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        rows.__dict__["qt"] = QGuiApplication([])
    _ours(), _peer()
    times: list[tuple[float, float]] = [(_seconds(_ours), _seconds(_peer)) for _ in range(runs)]
    ours, peer = (statistics.median(side) * 1e3 for side in zip(*times, strict=True))
    return [
        beside("ticket slip, from the record to safe bytes", "ms", ours, peer, _NAME, 3.0),
        beside("ticket slip, bytes to the printer", "bytes", len(_ours()), len(_peer()), _NAME, 1 / 0.6),
    ]


def _seconds(call: Callable[[], bytes]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def _ours() -> bytes:
    return b"".join(bands(ticket(SLIP, 576), WIDE))


@cache
def _font(px: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(f"{_FOLDER}NotoSansCJK-{'Bold' if bold else 'Regular'}.ttc", px, index=_SC)


class _Sheet:
    """The same slip, the same faces and sizes, in Pillow's one-bit mode, which is its fastest."""

    def __init__(self) -> None:
        self.image = Image.new("1", (576, 1239), 1)
        self.draw = ImageDraw.Draw(self.image)
        self.y = 20

    def line(self, text: str, px: int, bold: bool, at: float = 0.0, lead: float = 1.25, left: int = 20) -> None:
        font = _font(px, bold)
        x = left + at * (556 - left - font.getlength(text))
        self.draw.text((round(x), self.y), text, font=font, fill=0)
        self.y += round(px * lead)

    def rule(self, dashed: bool = False) -> None:
        for x in range(20, 556, 9 if dashed else 536):
            self.draw.rectangle((x, self.y, min(555, x + (5 if dashed else 535)), self.y + 2), fill=0)
        self.y += 20


def _peer() -> bytes:
    sheet = _Sheet()
    for box in ((120, 20, 126, 34), (97, 34, 149, 40), (97, 34, 103, 52), (143, 34, 149, 52), (107, 46, 140, 81)):
        sheet.draw.rectangle(box, fill=0)
    sheet.line(SLIP.hall.zh, 36, True, 0.6)
    sheet.line(SLIP.hall.en, 22, True, 0.6)
    sheet.rule()
    sheet.draw.text((450, sheet.y), "一号两事", font=_font(27, True), fill=0)
    sheet.draw.text((134, sheet.y), "Your number", font=_font(22, True), fill=0)
    sheet.line("您的号码", 27, False)
    sheet.line(SLIP.number, 176, True, 0.5)
    sheet.line(SLIP.window.zh, 34, True, 0.5)
    sheet.line(SLIP.window.en, 22, True, 0.5)
    sheet.rule()
    sheet.line("前面 Ahead   估计等候 Estimate", 27, False, 0.5)
    sheet.line(f"{SLIP.ahead} 人   约 {SLIP.minutes} 分钟", 50, True, 0.5)
    sheet.rule()
    for place, matter in enumerate(SLIP.matters, 1):
        sheet.line(f"{place} {matter.zh}", 30, True)
        sheet.line(matter.en, 22, True, left=46)
    sheet.rule(dashed=True)
    code = np.kron(np.array(matrix(SLIP.follow_url)), np.ones((6, 6), bool))
    sheet.image.paste(Image.fromarray(~code), (24, sheet.y + 24))
    after = sheet.y + 48 + len(code)
    for text, px in (("扫码看", 30), ("排到几号", 30), ("Scan to follow", 22), ("your number", 22)):
        sheet.line(text, px, True, left=222)
    sheet.y = after
    sheet.rule(dashed=True)
    sheet.line(SLIP.missed.zh, 26, False)
    sheet.line(SLIP.missed.en, 22, True)
    sheet.rule()
    for left, right in ((SLIP.masked, SLIP.printed_at), (SLIP.machine.zh, f"咨询 {SLIP.hotline}")):
        sheet.draw.text((556 - _font(24, False).getlength(right), sheet.y), right, font=_font(24, False), fill=0)
        sheet.line(left, 24, False, lead=1.33)
    sheet.line(f"凭据 {SLIP.reference}", 24, False, lead=1.33)
    sheet.line(f"{SLIP.machine.en} · Help {SLIP.hotline}", 22, True)
    printer = Dummy()
    with contextlib.redirect_stdout(io.StringIO()):  # its default profile prints a warning with every image
        printer.image(sheet.image)
    output: bytes = printer.output
    return output
