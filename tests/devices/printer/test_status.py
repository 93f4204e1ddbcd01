"""Hostile and honest bytes from a printer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer import Fault, Paper, Status
from devices.printer.status import Automatic, Cleared, Noise, ProcessId, Queued, RealTime, Replies, Reply, real_time

FINE = b"\x12\x12\x12\x12"


def heard(data: bytes, piece: int = 1) -> list[Reply]:
    """What is heard when ``data`` arrives in pieces."""
    replies = Replies()
    return [reply for at in range(0, len(data), piece) for reply in replies.split(data[at : at + piece])]


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (FINE, Status(Paper.OK)),
        (b"\x12\x12\x12\x1e", Status(Paper.LOW)),
        (b"\x12\x12\x12\x16", Status(Paper.LOW)),  # one of the two bits is enough
        (b"\x1a\x32\x12\x7e", Status(Paper.OUT, Fault.PAPER_OUT)),
        (b"\x12\x12\x12\x32", Status(Paper.OUT, Fault.PAPER_OUT)),
        (b"\x1a\x16\x12\x12", Status(Paper.OK, Fault.COVER_OPEN)),
        (b"\x1a\x36\x12\x7e", Status(Paper.OUT, Fault.COVER_OPEN)),
        (b"\x1a\x52\x1a\x12", Status(Paper.OK, Fault.CUTTER)),
        (b"\x1a\x52\x52\x12", Status(Paper.OK, Fault.HEAD_HOT)),
        (b"\x1a\x52\x32\x12", Status(Paper.OK, Fault.BROKEN)),
        (b"\x1a\x52\x16\x12", Status(Paper.OK, Fault.BROKEN)),
        (b"\x1a\x12\x12\x12", Status(Paper.OK, Fault.OFFLINE)),
        (b"\x32\x12\x12\x12", Status(Paper.OK, Fault.OFFLINE)),
        (b"\x12\x1a\x12\x12", Status(Paper.OK, Fault.OFFLINE)),
    ],
)
def test_every_sensor_is_understood(answers: bytes, status: Status) -> None:
    assert real_time(answers) == status


@pytest.mark.parametrize("answers", [b"", b"\x12", b"\x12\x12\x12", FINE + b"\x12", b"\x12\x12\x12\x00", b"\xff" * 4])
def test_what_is_not_four_status_bytes_is_no_status(answers: bytes) -> None:
    with pytest.raises(ValueError, match="four"):
        real_time(answers)


@given(st.binary(min_size=4, max_size=4))
def test_ready_is_said_only_by_bytes_that_all_say_so(answers: bytes) -> None:
    try:
        status = real_time(answers)
    except ValueError:
        return
    assert status.ready == (
        answers[0] & 0x28 == 0 and answers[1] & 0x6C == 0 and answers[2] & 0x6C == 0 and answers[3] & 0x60 == 0
    )


@given(st.integers(1, 7))
def test_answers_are_found_however_they_are_cut_up(piece: int) -> None:
    stream = b"\x11\x12\x13\x18\x00\x0c\x0f\x16\x37\x22\x11AB12\x00\x13\x37\x25\x00\x0f\x12"
    assert heard(stream, piece) == [
        RealTime(0x12),
        Automatic(Status(Paper.OUT, Fault.PAPER_OUT)),
        RealTime(0x16),
        ProcessId(b"AB12"),
        Cleared(),
        Queued(Paper.OUT),
        RealTime(0x12),
    ]


def test_a_real_time_answer_inside_an_automatic_status_is_still_heard() -> None:
    assert heard(b"\x10\x00\x12\x00\x0f") == [RealTime(0x12), Automatic(Status(Paper.OK))]


@pytest.mark.parametrize("name", [b"\x1fBCD", b"ABC", b"ABCDE", b"AB\x7fC", b"AB\xffC"])
def test_a_process_id_of_the_wrong_form_is_noise(name: bytes) -> None:
    assert heard(b"\x37\x22" + name + b"\0") == [Noise()]


def test_a_block_that_never_ends_is_given_up() -> None:
    assert Noise() in heard(b"\x37" + b"A" * 200)


@given(st.binary(max_size=400), st.integers(1, 50))
def test_no_bytes_break_the_parser_and_how_they_arrive_changes_nothing(data: bytes, piece: int) -> None:
    assert heard(data, piece) == heard(data, len(data) or 1)
    assert len(heard(data)) <= len(data) + 1


@given(st.binary(max_size=200).filter(lambda data: b"\x37" not in data))
def test_no_process_id_is_heard_that_was_not_sent(data: bytes) -> None:
    assert not any(isinstance(reply, ProcessId | Cleared) for reply in heard(data))
