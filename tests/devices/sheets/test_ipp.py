"""Messages: what is written can be read, and what is read is believed only where it is whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.sheets.ipp import Group, Kind, Malformed, Operation, answer, attribute, request
from tests.devices.sheets.far import DATE, ENUM, INTEGER, KEYWORD, NAME, NO_VALUE, PRINTER, UNKNOWN, message, value

WHOLE = message(
    (PRINTER, value(ENUM, "printer-state", 3) + value(KEYWORD, "printer-state-reasons", "media-low", "none"))
)


def test_a_request_is_written_as_the_standard_says() -> None:
    first = attribute(Kind.URI, "printer-uri", "ipp://127.0.0.1/")
    names = attribute(Kind.KEYWORD, "requested-attributes", "job-id", "job-name")
    job = (Group.JOB, [attribute(Kind.BOOLEAN, "x", True), attribute(Kind.INTEGER, "y", -1)])
    written = request(Operation.GET_JOBS, [(Group.OPERATION, [first, names]), job])
    assert written[:4] == b"\x01\x01\x00\x0a"
    assert written[8:] == (
        b"\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x48\x00\x1battributes-natural-language\x00\x02en"
        b"\x45\x00\x0bprinter-uri\x00\x10ipp://127.0.0.1/"
        b"\x44\x00\x14requested-attributes\x00\x06job-id"
        b"\x44\x00\x00\x00\x08job-name"
        b"\x02\x22\x00\x01x\x00\x01\x01\x21\x00\x01y\x00\x04\xff\xff\xff\xff\x03"
    )


def test_requests_are_told_apart() -> None:
    first, second = (request(Operation.GET_JOBS, [(Group.OPERATION, [])])[4:8] for _ in range(2))
    assert first != second


def test_values_of_a_kind_that_is_not_known_are_left_out_and_the_rest_is_read() -> None:
    odd = (
        value(UNKNOWN, "job-impressions-completed", b"")
        + value(NO_VALUE, "job-media-sheets-completed", b"")
        + value(DATE, "date-time-at-completed", b"\x07\xea" + bytes(9))
        + value(0x34, "media-col", b"", b"\x00")
        + value(0x36, "job-name", b"\x00\x02zh\x00\x03abc")
    )
    (group,) = answer(message((PRINTER, odd))).of(Group.PRINTER)
    assert group["job-impressions-completed"] == group["job-media-sheets-completed"] == ()
    assert group["date-time-at-completed"] == ()
    assert group["job-name"] == ("abc",)


def test_each_job_is_a_group_of_its_own() -> None:
    jobs = [(2, value(INTEGER, "job-id", number) + value(NAME, "job-name", str(number))) for number in (4, 7)]
    assert [job["job-id"] for job in answer(message(*jobs)).of(Group.JOB)] == [(4,), (7,)]


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        WHOLE[:8],
        b"\x09" + WHOLE[1:],
        message((PRINTER, value(INTEGER, "a", b"\x00\x00\x01"))),
        message((PRINTER, value(0x22, "a", b"\x02"))),
        message((PRINTER, value(KEYWORD, "a", b"\xff"))),
        message((PRINTER, value(ENUM, "a", 1) + value(ENUM, "a", 2))),
        message((PRINTER, value(ENUM, "", 1))),
        WHOLE[:8] + value(ENUM, "a", 1) + b"\x03",
        message((PRINTER, value(0x36, "job-name", b"\x00\x09zh"))),
    ],
)
def test_what_is_no_message_is_malformed(bad: bytes) -> None:
    with pytest.raises(Malformed):
        answer(bad)


@pytest.mark.parametrize("length", range(len(WHOLE)))
def test_a_message_cut_off_anywhere_is_malformed(length: int) -> None:
    with pytest.raises(Malformed):
        answer(WHOLE[:length])


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(WHOLE)), st.integers(0, 20))
def test_hostile_bytes_are_malformed_or_read_and_nothing_else(noise: bytes, at: int, gone: int) -> None:
    for hostile in (noise, WHOLE[:8] + noise, WHOLE[:at] + noise + WHOLE[at + gone :]):
        try:
            answer(hostile)
        except Malformed:
            continue
