"""One encoding for each value; everything else is refused, whatever it would have done."""

from __future__ import annotations

import warnings
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.cbor import DEPTH, Malformed, decoded, encoded, tagged, untagged

SCALARS = st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | st.binary(max_size=40) | st.text(max_size=40)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers() | st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


def nested(depth: int) -> bytes:
    return b"\x81" * (depth - 1) + b"\x80"


def small(value: Any, depth: int = DEPTH) -> bool:
    """Whether the format has a place for ``value``."""
    if isinstance(value, int):
        return abs(value) < 2**53
    if not isinstance(value, list | dict):
        return True
    inside = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    return depth > 0 and all(small(each, depth - 1) for each in inside)


@given(VALUES)
def test_what_was_encoded_decodes_to_itself_and_to_nothing_else(value: Any) -> None:
    data = encoded(value)
    if small(value):
        assert decoded(data, 10_000) == value
    else:
        with pytest.raises(Malformed):
            decoded(data, 10_000)


@given(st.binary(max_size=60))
def test_no_bytes_do_harm(data: bytes) -> None:
    try:
        value = decoded(data, 60)
    except Malformed:
        return
    assert encoded(value) == data


@given(VALUES, st.data())
def test_one_changed_byte_is_another_value_or_none(value: Any, draw: st.DataObject) -> None:
    data = bytearray(encoded(value))
    at = draw.draw(st.integers(0, len(data) - 1))
    data[at] ^= draw.draw(st.integers(1, 255))
    try:
        changed = decoded(bytes(data), 10_000)
    except Malformed:
        return
    assert encoded(changed) == data
    assert encoded(changed) != encoded(value)


def test_keys_are_sorted_by_length_and_then_by_bytes() -> None:
    assert encoded({65535: 0, "a": 0, -1: 0, 10: 0, b"": 0}) == bytes.fromhex("a50a002000400061610019ffff00")


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("nothing", ""),
        ("a number in more bytes than it takes", "1817"),
        ("the same, two bytes", "190001"),
        ("the same, four bytes", "1a00000001"),
        ("the same, eight bytes", "1b0000000000000001"),
        ("a length in more bytes than it takes", "580161"),
        ("an array of no end", "9fff"),
        ("a map of no end", "bfff"),
        ("bytes of no end", "5f4101ff"),
        ("text of no end", "7f6161ff"),
        ("a key twice", "a201000100"),
        ("a key twice, once as true", "a20100f500"),
        ("true for a key", "a1f500"),
        ("null for a key", "a1f600"),
        ("an array for a key", "a18000"),
        ("a map for a key", "a1a000"),
        ("a message for a key", "a1d28000"),
        ("minus 2^53", "3b001fffffffffffff"),
        ("keys out of order", "a202000100"),
        ("keys out of order by length", "a2616100616200a0"),
        ("half a float", "f93c00"),
        ("a float", "fa3f800000"),
        ("a double", "fb3ff0000000000000"),
        ("not a number", "f97e00"),
        ("undefined", "f7"),
        ("a simple value", "e0"),
        ("a simple value in two bytes", "f8ff"),
        ("a break", "ff"),
        ("a number over 63 bits", "1b8000000000000000"),
        ("a negative number over 63 bits", "3b8000000000000000"),
        ("a big number", "c249010000000000000000"),
        ("a date as text", "c074323032362d30312d30315430303a30303a30305a"),
        ("a date as a number", "c100"),
        ("a fraction", "d81e820102"),
        ("a decimal", "c4820102"),
        ("a regular expression", "d8236128"),
        ("a MIME message", "d8246161"),
        ("a uuid", "d8255000000000000000000000000000000000"),
        ("a set", "d9010280"),
        ("a shared value", "d81c80"),
        ("a reference to it", "d81c81d81d00"),
        ("a string reference", "d9010080"),
        ("an address", "d9010444c0a80001"),
        ("a self-description", "d9d9f700"),
        ("an unknown tag", "d9ffff00"),
        ("a tag in more bytes than it takes", "d81200"),
        ("text that is no UTF-8", "62c328"),
        ("text with half a surrogate pair", "63eda080"),
        ("overlong UTF-8", "62c080"),
        ("bytes after the end", "0000"),
        ("cut short", "4261"),
        ("a reserved length", "1c"),
        ("an array of 2^63", "9b7fffffffffffffff"),
        ("a text of 2^63", "7b7fffffffffffffff"),
        ("bytes of 2^62", "5b4000000000000000"),
        ("a map of 2^63", "bb7fffffffffffffff"),
        ("an array of many with nothing in it", "9a0fffffff"),
    ],
)
def test_anything_but_the_one_encoding_is_refused(why: str, data: str) -> None:
    with pytest.raises(Malformed):
        decoded(bytes.fromhex(data), 100)


@pytest.mark.parametrize("depth", [DEPTH, 8])
def test_six_levels_are_deep_enough_and_documents_may_say_more(depth: int) -> None:
    decoded(nested(depth), 100, depth)
    with pytest.raises(Malformed):
        decoded(nested(depth + 1), 100, depth)


def test_a_tag_is_a_level() -> None:
    decoded(b"\xd2" + nested(DEPTH - 1), 100)
    with pytest.raises(Malformed):
        decoded(b"\xd2" + nested(DEPTH), 100)


@pytest.mark.parametrize("head", [b"\x81", b"\xa1\x00", b"\xd2", b"\x9f", b"\xa1"])
def test_the_deepest_nesting_does_no_harm(head: bytes) -> None:
    with pytest.raises(Malformed):
        decoded(head * 100_000, 1_000_000)


def test_what_somebody_sent_is_never_compiled() -> None:
    """The library would make a regular expression of tag 35, and this one warns."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        with pytest.raises(Malformed):
            decoded(encoded(cbor2.CBORTag(35, "[[a]")), 100)
    assert warned == []


def test_what_is_too_long_is_not_looked_at() -> None:
    assert decoded(b"\x43abc", 4) == b"abc"
    with pytest.raises(Malformed, match="longer than 3"):
        decoded(b"\x43abc", 3)


def test_a_map_may_not_have_a_map_for_a_key_that_is_too_deep() -> None:
    with pytest.raises(Malformed):
        decoded(b"\xa1" * DEPTH + b"\xa0\x00" * (DEPTH + 1), 100)


def test_only_tag_18_is_a_message() -> None:
    assert untagged(decoded(encoded(tagged([1, b"2"])), 100)) == (1, b"2")
    for other in (None, (), cbor2.CBORTag(17, ()), cbor2.CBORTag(98, ())):
        with pytest.raises(Malformed):
            untagged(other)


def test_what_has_no_encoding_is_malformed() -> None:
    with pytest.raises(Malformed):
        encoded("\ud800")


def test_what_was_refused_is_not_quoted() -> None:
    with pytest.raises(Malformed) as refused:
        decoded(encoded(["王小明", 1.5]), 100)
    assert "王" not in str(refused.value)
