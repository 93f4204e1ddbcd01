from __future__ import annotations

import io
import re
import struct
import zlib
from itertools import islice

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.scanner.decode import LARGEST, codes_in
from devices.scanner.files import LONGEST, PAGES, Unreadable, pictures
from devices.scanner.headers import size
from devices.scanner.sim import Picture, code, scene

DATA = b"HTTPS://HALL.EXAMPLE/C/0123456789ABCDEF#" + b"7" * 60
SCENE = scene(code(DATA, 4))


def _saved(kind: str, picture: Picture = SCENE, **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, kind, **options)
    return file.getvalue()


def _pdf(*pages: Picture) -> bytes:
    file = io.BytesIO()
    first, *others = (Image.fromarray(page) for page in pages)
    first.save(file, "PDF", save_all=True, append_images=others, resolution=150)
    return file.getvalue()


KINDS: dict[str, bytes] = {
    "png": _saved("PNG"),
    "jpeg": _saved("JPEG"),
    "progressive jpeg": _saved("JPEG", progressive=True),
    "webp": _saved("WEBP"),
    "lossless webp": _saved("WEBP", lossless=True),
    "webp with a profile": _saved("WEBP", icc_profile=b"none"),
    "bmp": _saved("BMP"),
    "tiff": _saved("TIFF"),
    "packed tiff": _saved("TIFF", compression="tiff_lzw"),
    "pdf": _pdf(SCENE),
}


def _read(data: bytes) -> set[bytes]:
    return set().union(*(codes_in(picture) for picture in pictures(data)))


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS.keys())
def test_a_code_is_read_from_a_file_of_any_kind(data: bytes) -> None:
    assert _read(data) == {DATA}


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS.keys())
def test_a_file_that_is_cut_gives_a_smaller_picture_or_is_unreadable(data: bytes) -> None:
    for length in (*range(0, min(400, len(data)), 7), len(data) // 2, len(data) - 1):
        try:
            assert all(picture.size <= LARGEST for picture in islice(pictures(data[:length]), 3))
        except Unreadable:
            continue


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(sorted(KINDS)), spoil=st.lists(st.tuples(st.integers(0, 599), st.integers(0, 255)), max_size=6)
)
def test_spoilt_bytes_raise_nothing_but_unreadable(kind: str, spoil: list[tuple[int, int]]) -> None:
    data = bytearray(KINDS[kind])
    for at, byte in spoil:
        data[at % len(data)] = byte
    _tried(bytes(data))


@settings(max_examples=150, deadline=None)
@given(
    head=st.sampled_from([b"", *(data[:12] for data in KINDS.values()), b"MM\0*\0\0\0\x08", b"\xff\xd8\xff\xff\xff"]),
    rest=st.binary(max_size=200),
)
def test_bytes_of_nothing_raise_nothing_but_unreadable(head: bytes, rest: bytes) -> None:
    _tried(head + rest)


def _tried(data: bytes) -> None:
    try:
        for picture in islice(pictures(data), 2):
            assert picture.dtype == np.uint8
            assert picture.ndim == 2
            assert 0 < picture.size <= LARGEST
    except Unreadable:
        return


def _png_bomb() -> bytes:
    """A PNG of 60,000 x 60,000 white dots in few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes(2_000_000), 9)
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _claims(width: int, height: int) -> bytes:
    jpeg = KINDS["jpeg"]
    at = jpeg.index(b"\xff\xc0")
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        KINDS["png"] + bytes(LONGEST),
        _png_bomb(),
        _claims(65_535, 65_535),
        _claims(0, 720),
        KINDS["jpeg"][:2] + b"\xff\xda\0\2" * 100 + KINDS["jpeg"][2:],
        b"GIF89a" + b"\0" * 100,
        b"%PDF-1.7\n",
        b"<svg/>",
    ],
    ids=["nothing", "too long", "bomb", "huge", "flat", "scans", "gif", "no pages", "text"],
)
def test_what_is_no_picture_or_would_grow_without_end_is_not_unpacked(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cv2, "imdecode", _never)
    with pytest.raises(Unreadable):
        list(pictures(data))


def _never(*_: object) -> None:
    raise AssertionError("unpacked")


def test_a_photograph_of_a_large_telephone_is_drawn_smaller() -> None:
    photograph = cv2.resize(SCENE, (8000, 6000), interpolation=cv2.INTER_NEAREST)
    (picture,) = pictures(_saved("JPEG", np.asarray(photograph, np.uint8)))
    assert picture.shape == (3000, 4000)
    assert codes_in(picture) == {DATA}


def test_pages_come_coarse_first_then_fine_and_of_more_than_ten_it_is_said() -> None:
    blank = np.full((300, 300), 255, np.uint8)
    for more in (0, 1):
        shapes, unread = _looked_at(_pdf(*[blank] * (PAGES + more)))
        assert shapes == [(400, 400)] * PAGES + [(600, 600)] * PAGES
        assert unread == ("more than 10 pages" if more else "")


def test_pages_after_a_broken_one_are_looked_at_and_the_broken_one_is_named() -> None:
    blank = np.full((300, 300), 255, np.uint8)
    shapes, unread = _looked_at(broken_page(_pdf(blank, blank, blank), 2))
    assert shapes == [(400, 400)] * 2 + [(600, 600)] * 2
    assert unread == "page 2: a broken page"


def _looked_at(data: bytes) -> tuple[list[tuple[int, ...]], str]:
    shapes = []
    try:
        for picture in pictures(data):
            shapes.append(picture.shape)
    except Unreadable as unread:
        return shapes, str(unread)
    return shapes, ""


def broken_page(pdf: bytes, number: int) -> bytes:
    """``pdf`` with a page that leads nowhere; no byte of the others moves."""
    kids = re.search(rb"/Kids \[ ([^]]*)\]", pdf)
    assert kids
    page = [*re.compile(rb"(\d+) 0 R").finditer(pdf, kids.start(), kids.end())][number - 1]
    return pdf[: page.start(1)] + b"9" * len(page[1]) + pdf[page.end(1) :]


def test_a_code_on_a_later_page_is_found() -> None:
    blank = np.full((300, 300), 255, np.uint8)
    assert _read(_pdf(blank, blank, SCENE)) == {DATA}


def _page(box: str) -> bytes:
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


def test_a_page_of_five_metres_is_drawn_as_large_as_it_may_be() -> None:
    sizes = [picture.size for picture in pictures(_page("0 0 14400 14400"))]
    assert all(0.9 * LARGEST < size <= LARGEST for size in sizes)
    assert len(sizes) == 2


@pytest.mark.parametrize("box", ["0 0 14400 1", "0 0 0 0", "0 0 9e30 9e30", "1 1 -5 -5", "0 0 1e-9 1"])
def test_a_page_of_any_size_is_bounded(box: str) -> None:
    _tried(_page(box))


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_size_of_a_tiff_is_known_in_both_byte_orders(order: str) -> None:
    entries = [(0x100, 3, 640), (0x101, 3, 480)]
    body = struct.pack(order + "H", len(entries))
    for tag, kind, value in entries:
        body += struct.pack(order + "HHIHH", tag, kind, 1, value, 0)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    assert size(head + body) == (640, 480)
