"""Tags and lengths from bytes made up at will: whole items or a typed error, in bounded time."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card import tlv
from devices.card.apdu import Garbled
from devices.passport.sim_der import der


@pytest.mark.parametrize(
    ("data", "items"),
    [
        (b"", []),
        (bytes.fromhex("99029000"), [(0x99, b"\x90\x00")]),
        (bytes.fromhex("5f1f0141"), [(0x5F1F, b"A")]),
        (bytes.fromhex("7f490141"), [(0x7F49, b"A")]),
        (b"\x04\x81\x80" + bytes(128), [(0x04, bytes(128))]),
        (b"\x04\x82\x01\x00" + bytes(256), [(0x04, bytes(256))]),
        (b"\x04\x84\x00\x00\x00\x01A\x05\x00", [(0x04, b"A"), (0x05, b"")]),
    ],
)
def test_items_are_told_in_order(data: bytes, items: list[tuple[int, bytes]]) -> None:
    assert tlv.items(data) == items


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x99", id="tag alone"),
        pytest.param(b"\x5f", id="half a tag"),
        pytest.param(b"\x5f\x81\x81\x81\x01\x00", id="a tag of five bytes"),
        pytest.param(b"\x99\x02\x90", id="length beyond the data"),
        pytest.param(b"\x04\x84\xff\xff\xff\xff", id="4 GB"),
        pytest.param(b"\x04\x85\x00\x00\x00\x00\x01A", id="length in five bytes"),
        pytest.param(b"\x04\x82\x01", id="half a length"),
        pytest.param(b"\x30\x80\x05\x00\x00\x00", id="indefinite length"),
        pytest.param(b"\x99\x01A\x00", id="a byte left over"),
    ],
)
def test_an_item_that_lies_about_itself_is_garbled(data: bytes) -> None:
    with pytest.raises(Garbled):
        tlv.items(data)


def test_the_same_tag_twice_is_garbled_where_each_may_stand_once() -> None:
    with pytest.raises(Garbled):
        tlv.distinct(der(0x99, b"\x90\x00") + der(0x99, b"\x69\x88"))


@pytest.mark.parametrize("data", [b"", der(0x61, b"") + der(0x61, b""), der(0x60, b"")])
def test_one_item_is_just_one_and_the_right_one(data: bytes) -> None:
    with pytest.raises(Garbled):
        tlv.one(data, 0x61)


def test_nesting_is_followed_to_its_bound_and_no_further() -> None:
    data = b"\x05\x00"
    for _ in range(tlv.MOST_DEPTH):
        data = der(0x30, data)
    assert tlv.nested(data) == data
    with pytest.raises(Garbled):
        tlv.nested(der(0x30, data))


def test_a_lie_deep_within_is_found() -> None:
    with pytest.raises(Garbled):
        tlv.nested(der(0x30, der(0x31, b"\x04\x7f")))


def test_a_size_is_told_from_the_first_bytes() -> None:
    assert tlv.extent(b"\x77\x82\x07\x0f") == (0x77, 4 + 0x70F)
    assert tlv.extent(b"\x61\x5b\x5f\x1f") == (0x61, 2 + 0x5B)


@given(st.integers(1, 0x1E), st.binary(max_size=70_000))
def test_what_is_written_is_read(tag: int, value: bytes) -> None:
    assert tlv.items(tlv.item(tag, value)) == [(tag, value)]
    assert tlv.item(tag, value) == der(tag, value)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_parser(data: bytes) -> None:
    for parse in (tlv.items, tlv.distinct, tlv.nested, tlv.extent):
        with contextlib.suppress(Garbled):
            parse(data)


@given(st.binary(max_size=400))
def test_what_passes_is_all_of_the_data(data: bytes) -> None:
    with contextlib.suppress(Garbled):
        assert sum(len(value) for _, value in tlv.items(data)) <= len(data)
