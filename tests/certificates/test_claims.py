"""What a certificate says is read in one way or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.cbor import Malformed, encoded
from certificates.claims import Claims, decode, masked
from tests.certificates.hall_stand import DAY, T0

CTI = bytes(range(10))
CLAIMS = Claims(1, 2, T0, T0 + DAY, CTI, 417_283, "王小明", "9900028", ("江畔路1号", 2, None), 1)


def said(**changed: Any) -> bytes:
    """The claims as a map, one of its keys or places of the paper changed."""
    paper = [1, 2, "王小明", "9900028", ["江畔路1号", 2, None], 1]
    for place in [name for name in changed if name.startswith("at")]:
        paper[int(place[2:])] = changed.pop(place)
    whole: dict[Any, Any] = {4: T0 + DAY, 6: T0, 7: CTI, 65535: 417_283, -65537: paper}
    return encoded(whole | {int(key[1:].replace("m", "-")): value for key, value in changed.items()})


def test_claims_read_back_from_the_map_that_the_format_gives() -> None:
    assert CLAIMS.encode() == said()
    assert decode(said()) == CLAIMS


@given(
    st.builds(
        Claims,
        type=st.integers(1, 65_535),
        version=st.integers(1, 65_535),
        iat=st.integers(1, 2**32 - 1),
        exp=st.integers(1, 2**32 - 1),
        cti=st.binary(min_size=10, max_size=10),
        status=st.integers(0, 2**27 - 1),
        name=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40),
        masked=st.from_regex(r"[0-9]{6}[0-9X]", fullmatch=True),
        fields=st.lists(
            st.none() | st.integers(0, 2**53 - 1) | st.from_regex("[a-z]{1,120}", fullmatch=True), max_size=5
        ).map(tuple),
        copy=st.integers(1, 9),
    )
)
def test_whatever_may_be_said_reads_back(claims: Claims) -> None:
    assert decode(claims.encode()) == claims


BAD = {
    "no iat": encoded({4: T0, 7: CTI, 65535: 0, -65537: [1, 1, "王", "9900028", [], 1]}),
    "something more": said(_1="iss"),
    "iat of nought": said(_6=0),
    "iat before 1970": said(_6=-1),
    "iat after 2106": said(_6=2**32),
    "iat as text": said(_6="1"),
    "iat of true": said(_6=True),
    "exp of nought": said(_4=0),
    "exp too late": said(_4=2**32),
    "exp of null": said(_4=None),
    "cti of nine bytes": said(_7=CTI[:9]),
    "cti of eleven bytes": said(_7=CTI + b"\0"),
    "cti as text": said(_7="0123456789"),
    "status below nought": said(_65535=-1),
    "status past the last": said(_65535=2**27),
    "status as a map": said(_65535={"idx": 1, "uri": "https://x"}),
    "status of false": said(_65535=False),
    "paper as a map": said(_m65537={}),
    "paper too short": said(_m65537=[1, 1, "王", "9900028", []]),
    "paper too long": said(_m65537=[1, 1, "王", "9900028", [], 1, 1]),
    "type of nought": said(at0=0),
    "type too large": said(at0=65_536),
    "type of true": said(at0=True),
    "version of nought": said(at1=0),
    "version as text": said(at1="1"),
    "name empty": said(at2=""),
    "name too long": said(at2="王" * 41),
    "name that turns round": said(at2="王\u202e明"),
    "name of two lines": said(at2="王\n明"),
    "name as bytes": said(at2="王".encode()),
    "masked too short": said(at3="990028"),
    "masked too long": said(at3="99000281"),
    "masked with a small x": said(at3="990002x"),
    "masked with another X": said(at3="99000X8"),
    "masked in another script": said(at3="٩٩٠٠٠٢٨"),
    "masked with a line end": said(at3="9900028\n"),
    "fields as a map": said(at4={}),
    "seventeen fields": said(at4=[None] * 17),
    "a field of true": said(at4=[True]),
    "a field below nought": said(at4=[-1]),
    "a field too large": said(at4=[2**53]),
    "a field too long": said(at4=["x" * 121]),
    "an empty field": said(at4=[""]),
    "a field of bytes": said(at4=[b"x"]),
    "a field of fields": said(at4=[[]]),
    "a field that hides": said(at4=["a\u200bb"]),
    "copy of nought": said(at5=0),
    "copy of ten": said(at5=10),
    "copy of true": said(at5=True),
    "a list": encoded([]),
    "nothing": b"",
    "too long": said(at4=["路" * 100] * 5),
}


@pytest.mark.parametrize("name", BAD)
def test_a_claim_out_of_its_bounds_is_refused(name: str) -> None:
    with pytest.raises(Malformed):
        decode(BAD[name])


@given(st.binary(max_size=200))
def test_no_bytes_do_harm(data: bytes) -> None:
    with pytest.raises(Malformed):
        decode(data)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "王\ud800"},
        {"name": "Jose\u0301"},
        {"masked": "990002819900228"},
        {"cti": b"short"},
        {"status": 2**27},
        {"status": True},
        {"fields": (1.5,)},
        {"fields": ("x" * 121,)},
        {"copy": 0},
        {"iat": 0},
        {"type": 2**80},
    ],
)
def test_what_breaks_a_rule_is_never_written(changed: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        replace(CLAIMS, **changed).encode()


def test_of_a_citizen_number_seven_characters_are_carried() -> None:
    assert masked("99000219900101002X") == "990002X"
    assert replace(CLAIMS, masked=masked("990002199001010028")).stars == "990***********0028"


@pytest.mark.parametrize(
    ("iat", "status", "number"),
    [
        (1_798_732_799, 417_283, "99JZ-2026-0417283"),
        (1_798_732_800, 417_283, "99JZ-2027-0417283"),  # midnight at the hall, still 2026 in Greenwich
        (T0, 2**27 - 1, "99JZ-2026-134217727"),
        (T0, 0, "99JZ-2026-0000000"),
    ],
)
def test_the_number_follows_from_the_halls_year_and_the_index(iat: int, status: int, number: str) -> None:
    assert replace(CLAIMS, iat=iat, status=status).number("99JZ") == number


def test_nothing_of_a_citizen_shows_in_a_repr() -> None:
    for secret in ("王小明", "9900028", "江畔路", repr(CTI)):
        assert secret not in repr(CLAIMS)
