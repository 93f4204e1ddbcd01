"""The encoder, read back by a decoder that knows only GS v 0 and ESC J."""

from __future__ import annotations

import random

import numpy as np
import pytest
import qrcode
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.printer.raster import Dots, bands, on_paper
from tests.devices.printer.slips import PROFILES, slip

PAIRS = (b"\x10\x04", b"\x10\x05", b"\x10\x14")


def decoded(commands: bytes, stride: int) -> list[bytes]:
    """The rows on paper."""
    rows: list[bytes] = []
    while commands:
        if commands[:2] == b"\x1bJ":
            rows += [bytes(stride)] * commands[2]
            commands = commands[3:]
            continue
        assert commands[:4] == b"\x1dv0\x00", commands[:8]
        wide, high = int.from_bytes(commands[4:6], "little"), int.from_bytes(commands[6:8], "little")
        assert 1 <= wide <= stride
        assert high >= 1
        data, commands = commands[8 : 8 + wide * high], commands[8 + wide * high :]
        assert len(data) == wide * high
        rows += [data[at : at + wide].ljust(stride, b"\0") for at in range(0, len(data), wide)]
    return rows


def sparse(dice: random.Random, width: int, height: int) -> Dots:
    """Much white, and many of the bytes that make real-time commands."""
    stride = width // 8
    some = b"\x10\x04\x05\x14\x18\x00\xff"
    rows = [
        bytes(stride) if dice.random() < 0.4 else bytes(dice.choices(some, weights=(6, 3, 2, 2, 1, 9, 1), k=stride))
        for _ in range(height)
    ]
    return Dots(width, height, b"".join(rows))


@pytest.mark.parametrize("width", [576, 384])
def test_not_one_dot_differs_after_the_way_to_the_printer(width: int) -> None:
    dice = random.Random(width)
    for height in (1, 2, 63, 64, 65, 300, 1_600):
        for sent in (slip(width, height + 2, seed=height), sparse(dice, width, height)):
            assert b"".join(decoded(b"".join(bands(sent, PROFILES[width])), width // 8)) == on_paper(sent).dots


def test_a_slip_without_dangerous_bytes_is_printed_as_it_is() -> None:
    sent = slip()
    harmless = Dots(sent.width, sent.height, sent.dots.replace(b"\x10", b"\x30"))
    assert on_paper(harmless) == harmless


@pytest.mark.parametrize("width", [576, 384])
def test_no_payload_holds_a_real_time_command(width: int) -> None:
    dice = random.Random(width + 1)
    for _ in range(300):
        sent = sparse(dice, width, dice.randrange(1, 130))
        stream = b"".join(bands(sent, PROFILES[width]))
        assert not any(pair in stream for pair in PAIRS)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x00, 0x18]), min_size=96, max_size=96))
def test_a_dot_is_only_ever_made_wider_never_taken_away(row: list[int]) -> None:
    sent = Dots(384, 2, bytes(row))
    after = on_paper(sent).dots
    assert not any(pair in after for pair in PAIRS)
    for was, now, following in zip(sent.dots, after, sent.dots[1:] + b"\0", strict=True):
        assert now == (0x18 if was == 0x10 and following in (0x04, 0x05, 0x14) else was)


@pytest.mark.parametrize("module", [5, 6, 7, 8])
def test_a_qr_code_is_never_changed_wherever_it_stands(module: int) -> None:
    dice = random.Random(module)
    for _ in range(20):
        code = qrcode.QRCode(border=0, mask_pattern=dice.randrange(8))
        code.add_data(dice.randbytes(40))
        code.make()
        dots = np.kron(np.array(code.modules, dtype=bool), np.ones((module, module), dtype=bool))
        paper = np.zeros((len(dots), 576), dtype=bool)
        left = dice.randrange(576 - len(dots))
        paper[:, left : left + len(dots)] = dots
        sent = Dots(576, len(paper), np.packbits(paper, axis=1).tobytes())
        assert on_paper(sent) == sent


def test_white_is_fed_not_sent() -> None:
    white = Dots(576, 1_000, bytes(72_000))
    assert sum(map(len, bands(white, PROFILES[576]))) < 100


def test_a_band_is_never_longer_than_the_profile_says() -> None:
    for band in bands(slip(), PROFILES[576]):
        assert len(decoded(band, 72)) <= PROFILES[576].band_rows


@pytest.mark.parametrize(
    "wrong",
    [
        Dots(0, 1, b""),
        Dots(576, 0, b""),
        Dots(576, 2, bytes(72)),
        Dots(570, 1, bytes(71) + b"\x01"),
        Dots(584, 1, bytes(73)),
        Dots(576, 4_001, bytes(72 * 4_001)),
    ],
)
def test_a_slip_that_cannot_be_printed_is_refused(wrong: Dots) -> None:
    with pytest.raises(ValueError, match="slip"):
        bands(wrong, PROFILES[576])
