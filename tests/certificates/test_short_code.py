"""Eighty bits that a person can read out and type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.cbor import Malformed
from certificates.short_code import ALPHABET, cti_of, grouped, short_code, typed

CODE = "7K3M9QX2WV5RT8NA"


@given(st.binary(min_size=10, max_size=10))
def test_ten_bytes_are_sixteen_characters_and_back(cti: bytes) -> None:
    code = short_code(cti)
    assert len(code) == 16
    assert set(code) <= set(ALPHABET)
    assert cti_of(code) == cti
    assert typed(grouped(code).lower()) == code


def test_the_most_significant_bits_come_first() -> None:
    assert short_code(bytes(10)) == "0" * 16
    assert short_code(b"\xff" * 10) == "Z" * 16
    assert short_code(b"\x08" + bytes(9)) == "1" + "0" * 15
    assert short_code(bytes(9) + b"\x01") == "0" * 15 + "1"


def test_it_is_printed_in_groups_of_four() -> None:
    assert grouped(CODE) == "7K3M-9QX2-WV5R-T8NA"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7k3m-9qx2-wv5r-t8na", CODE),
        (" 7K3M 9QX2 WV5R T8NA ", CODE),
        ("7K3M–9QX2—WV5R-T8NA", CODE),
        ("OoIiLl0000000000", "0011110000000000"),
    ],
)
def test_what_people_type_is_understood(text: str, code: str) -> None:
    assert typed(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        CODE[:-1],
        CODE + "0",
        CODE[:-1] + "U",
        CODE[:-1] + "u",
        CODE[:-1] + "*",
        CODE[:-1] + "é",
        CODE[:-1] + "\uff21",
        CODE[:-1] + "\u0663",
        CODE + "-" * 49,
        "\0" + CODE[1:],
        CODE + "\n",
    ],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        typed(text)


@pytest.mark.parametrize("text", [CODE.lower(), grouped(CODE), "O" + CODE[1:], "I" * 16, CODE + "\n", ""])
def test_in_the_address_only_the_code_itself_counts(text: str) -> None:
    with pytest.raises(Malformed):
        cti_of(text)


@given(st.text(max_size=80))
def test_no_text_does_harm(text: str) -> None:
    try:
        code = typed(text)
    except Malformed:
        return
    assert short_code(cti_of(code)) == code
