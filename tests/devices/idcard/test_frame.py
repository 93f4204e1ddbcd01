from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.idcard.frame import HEADER, LONGEST, FrameError, Incoming, Reply, checksum, request

FOUND = bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
"""A card is found, as public drivers record it."""


def framed(body: bytes) -> bytes:
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return HEADER + counted + bytes([checksum(counted)])


def taken(wire: bytes, piece: int) -> list[Reply]:
    """What an endless stream gives, cut into pieces; broken frames are passed over."""
    incoming, replies = Incoming(), []
    for start in range(0, len(wire), piece):
        incoming.feed(wire[start : start + piece])
        while True:
            try:
                reply = incoming.take()
            except FrameError:
                continue
            if reply is None:
                break
            replies.append(reply)
    return replies


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        ("2001", "AAAAAA9669 0003 2001 22"),
        ("2002", "AAAAAA9669 0003 2002 21"),
        ("3001", "AAAAAA9669 0003 3001 32"),
        ("11FF", "AAAAAA9669 0003 11FF ED"),
    ],
)
def test_requests_are_the_published_bytes(command: str, frame: str) -> None:
    assert request(bytes.fromhex(command)) == bytes.fromhex(frame)


def test_a_published_answer_is_understood() -> None:
    assert taken(FOUND, 1) == [Reply(0x9F, bytes(4))]


@given(noise=st.binary(max_size=40), piece=st.integers(1, 30), body=st.binary(min_size=3, max_size=60))
def test_noise_before_an_answer_never_hides_it(noise: bytes, piece: int, body: bytes) -> None:
    replies = taken(noise.replace(HEADER, b"") + framed(body), piece)
    assert replies[-1] == Reply(int.from_bytes(body[:3], "big"), body[3:])


@given(st.integers(0, len(FOUND) - 1), st.integers(1, 255))
def test_an_answer_with_one_wrong_byte_is_never_taken(at: int, flip: int) -> None:
    wire = bytearray(FOUND)
    wire[at] ^= flip
    assert taken(bytes(wire), len(wire)) == []


@given(st.lists(st.binary(max_size=50) | st.just(HEADER) | st.just(FOUND), max_size=20), st.integers(1, 64))
def test_hostile_bytes_raise_nothing_but_the_typed_error(wire: list[bytes], piece: int) -> None:
    taken(b"".join(wire), piece)


def test_a_true_header_inside_a_lying_frame_is_found() -> None:
    lying = HEADER + (LONGEST + 1).to_bytes(2, "big")
    assert taken(lying + FOUND, 3) == [Reply(0x9F, bytes(4))]


@pytest.mark.parametrize("length", [0, 3, LONGEST + 1, 0xFFFF])
def test_a_length_that_cannot_be_is_refused_at_once(length: int) -> None:
    incoming = Incoming()
    incoming.feed(HEADER + length.to_bytes(2, "big"))
    with pytest.raises(FrameError):
        incoming.take()


def test_the_longest_answer_is_a_read_with_photo_and_fingerprints() -> None:
    body = bytes(3 + 6 + 256 + 1024 + 1024)
    assert len(body) + 1 == LONGEST
    assert taken(framed(body), 16) == [Reply(0, body[3:])]


def test_endless_noise_is_not_kept() -> None:
    incoming = Incoming()
    for _ in range(100):
        incoming.feed(b"\xaa" * 4096)
        assert incoming.take() is None
    assert len(incoming._bytes) < len(HEADER)


def test_an_answer_does_not_show_its_content() -> None:
    assert "secret" not in repr(Reply(0x90, b"secret"))
