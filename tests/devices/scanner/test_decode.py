from __future__ import annotations

from itertools import count, repeat, takewhile

import cv2
import numpy as np
import pytest
import zxingcpp

from devices.scanner import decode
from devices.scanner.decode import LARGEST, Grey, codes_in, worn_codes_in
from devices.scanner.sim import code, scene
from devices.scanner.symbol import FINDER

HOSTILE = {
    "nuls": b"\0" * 40,
    "every byte": bytes(range(256)),
    "not UTF-8": b"\xff\xfe\x80\xc0\xaf",
    "SQL": b"'); DROP TABLE outbox;--",
    "format": b"%s%n${jndi:ldap://x/y}../../etc/passwd",
    "address": b"https://example.invalid/?a=b#c",
    "script": b"javascript:alert(1)",
    "bidi": "\u202egnp.exe\u200b".encode(),
    "printer": b"\x1bp\x00\x1dV\x00\x10\x04\x01",
}


@pytest.fixture(autouse=True)
def no_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine reads no less; what the bench measures is not tried here."""
    monkeypatch.setattr(decode, "monotonic", lambda: 0.0)


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_content_comes_out_byte_for_byte(data: bytes) -> None:
    assert codes_in(scene(code(data, 4))) == {data}


def test_a_code_of_2900_bytes_is_read() -> None:
    data = np.random.default_rng(1).bytes(2900)
    assert codes_in(scene(code(data, 3))) == {data}


def test_two_codes_are_two_and_one_code_twice_is_one() -> None:
    assert codes_in(scene(code(b"a", 6), code(b"b", 6))) == {b"a", b"b"}
    assert codes_in(scene(code(b"a", 6), code(b"a", 6))) == {b"a"}


@pytest.mark.parametrize("kind", [zxingcpp.BarcodeFormat.MicroQRCode, zxingcpp.BarcodeFormat.DataMatrix])
def test_no_other_kind_of_code_is_read(kind: zxingcpp.BarcodeFormat) -> None:
    drawn = np.array(zxingcpp.create_barcode("0108", kind).to_image(scale=8), dtype=np.uint8)
    assert codes_in(scene(drawn)) == set()
    assert worn_codes_in(scene(drawn)) == set()


@pytest.mark.parametrize(
    "picture",
    [np.zeros((720, 1280), np.uint8), np.full((720, 1280), 255, np.uint8), np.zeros((1, 1), np.uint8)],
    ids=["dark", "overexposed", "one dot"],
)
def test_blank_pictures_hold_nothing(picture: Grey) -> None:
    assert codes_in(picture) == set()
    assert worn_codes_in(picture) == set()


def test_a_torn_picture_holds_nothing() -> None:
    torn = scene(code(b"a" * 100, 5))
    torn[100:] = np.roll(torn[100:], 37, axis=1)
    assert codes_in(torn) == set()


def test_a_picture_too_large_is_not_looked_at() -> None:
    huge = np.full((1, LARGEST + 1), 255, np.uint8)
    assert codes_in(huge) == set()
    assert worn_codes_in(huge) == set()


def test_slow_tries_read_what_dead_dots_of_a_printer_striped() -> None:
    data = np.random.default_rng(2).bytes(180)
    paper = code(data, 5)
    for column in range(30, 270, 24):
        paper[:, column : column + 3] = 255
    assert codes_in(scene(paper)) == set()
    assert worn_codes_in(scene(paper)) == {data}


def test_slow_tries_read_what_is_out_of_focus() -> None:
    data = np.random.default_rng(3).bytes(180)
    blurred = np.asarray(cv2.GaussianBlur(scene(code(data, 5)), (0, 0), 2.75), dtype=np.uint8)
    assert codes_in(blurred) == set()
    assert worn_codes_in(blurred) == {data}


def test_the_search_ends_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count(0.0, 0.05)
    steps = count()
    monkeypatch.setattr(decode, "monotonic", lambda: next(ticks))
    monkeypatch.setattr(decode, "repairs", lambda *_: takewhile(lambda _: next(steps) < 1000, repeat(None)))
    assert worn_codes_in(scene(code(b"a", 5))) == set()
    assert next(steps) < 6


def test_a_code_that_is_not_wanted_does_not_end_the_search() -> None:
    seen: list[bytes] = []
    other, ours = b"https://example.invalid/" + b"x" * 60, b"HTTPS://HALL.EXAMPLE/C/" + b"7" * 60

    def wanted(data: bytes) -> bool:
        seen.append(data)
        return data.startswith(b"HTTPS://HALL.EXAMPLE/C/")

    assert worn_codes_in(scene(code(other, 5), code(ours, 5)), wanted=wanted) == {ours}
    assert worn_codes_in(scene(code(other, 5)), wanted=wanted) == {other}
    assert other in seen


@pytest.mark.parametrize("dots", [1, 3, 8])
def test_a_picture_full_of_finder_patterns_is_not_shown_to_the_decoder(
    dots: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """zxing-cpp would take half a minute for the first, and nobody could stop it."""
    white = np.pad(np.where(FINDER, 0, 255).astype(np.uint8), 1, constant_values=255)
    crowd = np.tile(white.repeat(dots, 0).repeat(dots, 1), (400, 500))[:3000, :4000]
    monkeypatch.setattr(zxingcpp, "read_barcodes", _never)
    assert codes_in(crowd) == set()
    assert worn_codes_in(crowd) == set()


def _never(*_: object, **__: object) -> None:
    raise AssertionError("shown")


def test_a_table_of_small_codes_is_no_crowd() -> None:
    small = code(b"a", 3)
    assert codes_in(np.tile(small, (7, 12))) == {b"a"}


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((0, 0), np.uint8),
        np.zeros((1, 5000), np.uint8),
        np.tile(np.array([[0, 255]], np.uint8), (1, 4000)),
        np.tile(np.array([[0], [255]], np.uint8), (4000, 1)),
        np.random.default_rng(1).integers(0, 256, (3000, 4000), np.uint8),
        np.random.default_rng(1).integers(0, 256, (40, 40), np.uint8),
        np.kron(np.random.default_rng(1).integers(0, 2, (60, 60)), np.full((10, 10), 255)).astype(np.uint8),
    ],
    ids=["nothing", "line", "dashes", "ladder", "noise", "grain", "no symbol"],
)
def test_odd_pictures_hold_nothing_and_raise_nothing(picture: Grey) -> None:
    assert codes_in(picture) == set()
    assert worn_codes_in(picture) == set()
