"""Ticket slips, looked at as dots."""

from __future__ import annotations

import random
import threading
from dataclasses import replace

import cv2
import numpy as np
import pytest
import zxingcpp
from PySide6.QtGui import QGuiApplication

from screens.fonts import glyphs_missing
from screens.paper import Bitmap, TicketSlip, ticket
from screens.strip import matrix, written
from screens.words import Words

URL = "HTTPS://HALL.EXAMPLE/T/ABCDEFGHIJKLMNOP"

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
    follow_url=URL,
    missed=Words("过号请到导办台，后排 3 位。", "Missed your call? Ask at the desk."),
    masked="王*明",
    machine=Words("03 号机 K-0203", "Machine 03 K-0203"),
    reference="K0203-1-004182",
    hotline="12345",
)
LONG = Words(
    "企业职工基本养老保险个人账户储存额一次性领取申请" * 3, "Lump-sum payment of an individual pension account " * 3
)
SLIPS = {
    "two matters": SLIP,
    "one matter": replace(SLIP, matters=SLIP.matters[:1], masked="", minutes=None),
    "five long matters": replace(SLIP, matters=(LONG,) * 5, as_of="14:05"),
    "offline": replace(SLIP, ahead=None, minutes=None, number="03-A001"),
    "reprint": replace(SLIP, copy=2),
    "long names": replace(SLIP, hall=LONG, window=LONG, missed=LONG, masked="阿*" + "迪丽热巴" * 200),
    "a server on a port": replace(SLIP, follow_url="HTTPS://DEMO.HALL.EXAMPLE:8443/T/ABCDEFGHIJKLMNOP"),
}


@pytest.fixture(scope="module", autouse=True)
def _qt(qapp: QGuiApplication) -> None:
    """Fonts need Qt to be up; the widgets of other tests share it."""


def pixels(slip: Bitmap) -> np.ndarray:
    """Black 0, white 255."""
    bits = np.unpackbits(np.frombuffer(slip.dots, np.uint8).reshape(slip.height, -1), axis=1)[:, : slip.width]
    return ((1 - bits) * 255).astype(np.uint8)


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("name", SLIPS)
def test_the_code_on_every_slip_is_read_by_two_readers(name: str, width: int) -> None:
    seen = pixels(ticket(SLIPS[name], width))
    address = SLIPS[name].follow_url
    assert [code.text for code in zxingcpp.read_barcodes(seen)] == [address]
    around = cv2.copyMakeBorder(seen, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=255)
    assert cv2.QRCodeDetector().detectAndDecode(around)[0] == address


@pytest.mark.parametrize("width", [576, 384])
def test_a_module_is_six_dots_and_four_white_modules_stand_around(width: int) -> None:
    seen = pixels(ticket(SLIP, width))
    code = np.array(matrix(URL))
    side = len(code) * 6
    print_of = np.where(np.kron(code, np.ones((6, 6), bool)), 0, 255).astype(np.uint8)
    _, best, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(seen, print_of, cv2.TM_CCOEFF_NORMED))
    assert best > 0.999
    zone = seen[y - 24 : y + side + 24, x - 24 : x + side + 24].copy()
    zone[24:-24, 24:-24] = 255
    assert zone.shape == (side + 48, side + 48)
    assert zone.min() == 255


def test_many_addresses_are_read_with_the_one_mask() -> None:
    dice = random.Random(7)
    for _ in range(60):
        address = "HTTPS://HALL.EXAMPLE/T/" + "".join(dice.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16))
        code = np.where(np.kron(np.array(matrix(address)), np.ones((6, 6), bool)), 0, 255).astype(np.uint8)
        seen = cv2.copyMakeBorder(code, 24, 24, 24, 24, cv2.BORDER_CONSTANT, value=255)
        assert [found.text for found in zxingcpp.read_barcodes(seen)] == [address]
        assert cv2.QRCodeDetector().detectAndDecode(seen)[0] == address


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("name", SLIPS)
def test_nothing_touches_the_edge_of_the_paper(name: str, width: int) -> None:
    seen = pixels(ticket(SLIPS[name], width))
    assert seen[:, :10].min() == 255
    assert seen[:, -10:].min() == 255
    assert seen[:16].min() == 255
    assert seen[-16:].min() == 255


def test_a_slip_is_never_longer_than_the_printer_takes() -> None:
    endless = Words("长" * 5_000, "long " * 1_000)
    worst = replace(
        SLIP, hall=endless, matters=(endless,) * 5, window=endless, missed=endless, masked="长" * 5_000, machine=endless
    )
    assert ticket(worst, 384).height < 4_000


def test_the_number_can_be_read_at_arm_s_length() -> None:
    """The tallest thing on the slip is the number: 16 mm and more, 12 mm on narrow paper."""
    for width, dots in ((576, 120), (384, 80)):
        rows = pixels(ticket(SLIP, width)).min(axis=1) == 0
        runs = "".join("#" if row else " " for row in rows).split()
        assert sorted(map(len, runs))[-2] >= dots or sorted(map(len, runs))[-1] >= dots


def test_a_reprint_says_so_at_the_top_and_in_the_middle() -> None:
    first, second = pixels(ticket(SLIP, 576)), pixels(ticket(replace(SLIP, copy=2), 576))
    assert second.shape[0] > first.shape[0] + 100
    box = second[20:72]
    assert box[:, box.min(axis=0) == 0].shape[1] > 200
    template = box[:, np.flatnonzero(box.min(axis=0) == 0)]
    found = cv2.matchTemplate(second, template, cv2.TM_CCOEFF_NORMED)
    ys = np.flatnonzero((found > 0.99).any(axis=1))
    assert len(ys) == 2
    assert ys[1] - ys[0] > 300


def test_what_is_not_known_is_not_printed() -> None:
    offline = ticket(replace(SLIP, ahead=None, minutes=None), 576)
    assert offline.height < ticket(SLIP, 576).height - 80
    assert ticket(replace(SLIP, as_of="14:05"), 576).height > ticket(SLIP, 576).height


def test_control_bytes_and_direction_marks_are_never_drawn() -> None:
    assert written("王\x1b@\x10\x04\x01*\u202e明\r\n\u2066") == "王@*明"
    plain = ticket(SLIP, 576)
    assert ticket(replace(SLIP, masked="王\x00\x07*\x1d明\u202e"), 576) == plain


def test_no_box_is_printed_for_a_character_that_the_face_lacks() -> None:
    assert glyphs_missing("王㐀䶮鿏A037约") == set()
    lacking = glyphs_missing("\U0002a6da ا")
    assert lacking == {"\U0002a6da", "ا"}
    assert written("王\U0002a6da") == "王〓"
    assert not glyphs_missing(written("王\U0002a6da ا 𠀀"))


@pytest.mark.parametrize("url", ["https://hall.example/t/a", "HTTPS://HALL.EXAMPLE/" + "A" * 100, "HTTPS://大厅"])
def test_an_address_that_is_no_follow_me_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ticket(replace(SLIP, follow_url=url), 576)


@pytest.mark.parametrize(("width", "copy"), [(400, 1), (576, 0)])
def test_a_slip_that_cannot_be_is_refused(width: int, copy: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        ticket(replace(SLIP, copy=copy), width)


def test_slips_drawn_on_many_threads_at_once_are_the_same() -> None:
    expected = [ticket(SLIP, 576), ticket(SLIPS["offline"], 384)]
    drawn: list[list[Bitmap]] = []

    def draw() -> None:
        drawn.append([slip for _ in range(5) for slip in (ticket(SLIP, 576), ticket(SLIPS["offline"], 384))])

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert drawn == [expected * 5] * 4


def test_a_slip_names_nobody_in_a_traceback() -> None:
    assert "王" not in repr(SLIP)
    assert "A037" not in repr(SLIP)
