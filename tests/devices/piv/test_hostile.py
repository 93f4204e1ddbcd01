"""Cards that lie, break off, never end or blow up: a typed error, in bounded time and memory."""

import contextlib
import gzip
import tracemalloc
from collections.abc import Callable, Iterable
from itertools import cycle, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import piv
from devices.card.sim_piv import WorkCardChip
from devices.passport.sim_der import der
from devices.piv import keys, sim_keys
from devices.piv.certificate import certificate_in
from devices.piv.pin import reference_in
from devices.piv.signing import signature_in
from tests.devices.piv.chips import MESSAGE, PIN, proven, selected

GOOD = sim_keys.own_certificate(sim_keys.usual(), "T-014")
PLAIN, PACKED = der(0x71, b"\x00"), der(0x71, b"\x01")


def held(*parts: bytes) -> bytes:
    return der(0x53, *parts)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x53", id="tag alone"),
        pytest.param(held(der(0x70, GOOD), PLAIN)[:-1], id="cut short"),
        pytest.param(held(der(0x70, GOOD), PLAIN) + b"\x00", id="something behind it"),
        pytest.param(b"\x53\x84\xff\xff\xff\xff", id="4 GB"),
        pytest.param(b"\x53\x80" + der(0x70, GOOD) + PLAIN + b"\x00\x00", id="indefinite length"),
        pytest.param(der(0x54, der(0x70, GOOD), PLAIN), id="another object"),
        pytest.param(held(der(0x70, GOOD)), id="does not say whether it is packed"),
        pytest.param(held(PLAIN), id="no certificate in it"),
        pytest.param(held(der(0x70, GOOD), der(0x70, GOOD), PLAIN), id="two certificates"),
        pytest.param(held(der(0x70, GOOD), PLAIN, der(0x99, b"")), id="more than belongs there"),
        pytest.param(held(der(0x70, GOOD), der(0x71, b"\x02")), id="packed in another way"),
        pytest.param(held(der(0x70, GOOD), der(0x71, b"\x00\x00")), id="packed in two bytes"),
        pytest.param(held(der(0x70, GOOD), PACKED), id="says that it is packed"),
        pytest.param(held(der(0x70, gzip.compress(GOOD)[:-1]), PACKED), id="packed, cut short"),
        pytest.param(held(der(0x70, gzip.compress(GOOD) + b"x"), PACKED), id="packed, something behind it"),
        pytest.param(held(der(0x70, gzip.compress(GOOD)[:-8] + bytes(8)), PACKED), id="packed, wrong check"),
        pytest.param(held(der(0x70, bytes(4097)), PLAIN), id="4097 bytes"),
        pytest.param(held(der(0x70, gzip.compress(bytes(4097))), PACKED), id="4097 bytes, packed"),
    ],
)
def test_an_object_that_breaks_the_rules_is_garbled(found: bytes) -> None:
    with pytest.raises(piv.Garbled):
        certificate_in(found)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = held(der(0x70, gzip.compress(bytes(64 << 20))), PACKED)
    assert len(bomb) < 70_000
    tracemalloc.start()
    try:
        with pytest.raises(piv.Garbled):
            certificate_in(bomb)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1 << 20


@pytest.mark.parametrize(
    "certificate",
    [
        pytest.param(b"no certificate", id="text"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x30\x00", id="an empty sequence"),
        pytest.param(GOOD[:-1], id="cut short"),
        pytest.param(GOOD + b"\x00", id="something behind it"),
        pytest.param(der(0x30, der(0x30), der(0x30), der(0x03)), id="three empty parts"),
        pytest.param(der(0x30, der(0x30, *[der(0x30)] * 6), der(0x30), der(0x03)), id="an empty key"),
        pytest.param(GOOD.replace(bytes.fromhex("034200"), bytes.fromhex("034207"), 1), id="a key of no bits"),
        pytest.param(GOOD.replace(bytes.fromhex("03420004"), bytes.fromhex("0342000404"), 1)[:-1], id="no point"),
        pytest.param(der(0x30, b"\x30\x80") * 40, id="depth"),
    ],
)
def test_what_is_no_certificate_is_garbled(certificate: bytes) -> None:
    chip = WorkCardChip()
    chip.put_certificate(certificate)
    with pytest.raises(piv.Garbled):
        piv.certificate(selected(chip))


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x7e\x00", id="empty"),
        pytest.param(der(0x7E, der(0x4F, b"x")), id="no policy"),
        pytest.param(der(0x7E, der(0x5F2F, b"\x60")), id="half a policy"),
        pytest.param(der(0x7E, der(0x5F2F, b"\x60\x20"), der(0x5F2F, b"\x40\x00")), id="two policies"),
        pytest.param(held(der(0x7E, der(0x5F2F, b"\x60\x20"))), id="wrapped"),
        pytest.param(der(0x7E, der(0x5F2F, b"\x60\x20"))[:-1], id="cut short"),
    ],
)
def test_a_card_that_does_not_say_which_pin_it_means_is_garbled(found: bytes) -> None:
    with pytest.raises(piv.Garbled):
        reference_in(found)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x7c\x00", id="empty"),
        pytest.param(der(0x7C, der(0x82)), id="an empty signature"),
        pytest.param(der(0x7C, der(0x81, b"x")), id="the challenge"),
        pytest.param(der(0x7C, der(0x82, b"x"), der(0x82, b"y")), id="two signatures"),
        pytest.param(der(0x7C, der(0x82, b"x")) + b"y", id="something behind it"),
        pytest.param(b"\x7c\x03\x82\x05x", id="a length that lies"),
        pytest.param(der(0x82, b"x"), id="without its template"),
    ],
)
def test_an_answer_without_a_signature_is_garbled(answer: bytes) -> None:
    with pytest.raises(piv.Garbled):
        signature_in(answer)


def _proven_in_session(chip: WorkCardChip, lies: Iterable[bytes | None], instruction: int) -> None:
    """All goes well until the first command with this instruction."""
    card = selected(chip)
    certificate = piv.certificate(card)
    reference = piv.reference(card)
    if instruction != 0x20:
        piv.verify(card, reference, PIN)
    chip.misbehave(lies)
    if instruction == 0x20:
        piv.verify(card, reference, PIN)
    else:
        piv.sign(card, certificate, MESSAGE)


ENDLESS = [
    pytest.param(lambda: repeat(b"\x61\x00"), id="61 00 for ever"),
    pytest.param(lambda: repeat(bytes(256) + b"\x61\x00"), id="data for ever"),
    pytest.param(lambda: repeat(b"x\x61\x01"), id="one byte at a time for ever"),
    pytest.param(lambda: cycle([b"\x6c\x10", b"\x6c\x20"]), id="6C ping-pong"),
    pytest.param(lambda: repeat(b"\x90"), id="one byte"),
    pytest.param(lambda: repeat(b"\x69\x85"), id="no"),
]


@pytest.mark.parametrize("instruction", [0x20, 0x87])
@pytest.mark.parametrize("lies", ENDLESS)
def test_a_card_that_never_comes_to_an_end_with_pin_or_signature_is_garbled(
    lies: Callable[[], Iterable[bytes]], instruction: int
) -> None:
    chip = WorkCardChip()
    with pytest.raises(piv.Garbled):
        _proven_in_session(chip, lies(), instruction)
    assert len(chip.heard) < 60


@pytest.mark.parametrize("lies", ENDLESS[:-1])
def test_a_certificate_without_end_is_garbled(lies: Callable[[], Iterable[bytes]]) -> None:
    chip = WorkCardChip()
    card = selected(chip)
    chip.misbehave(lies())
    with pytest.raises(piv.Garbled):
        piv.certificate(card)
    assert len(chip.heard) < 80


@pytest.mark.parametrize("status", ["6982", "6a81", "6a88", "6d00", "6f00", "6200"])
def test_a_card_that_takes_no_pin_is_garbled(status: str) -> None:
    with pytest.raises(piv.Garbled):
        _proven_in_session(WorkCardChip(), [bytes.fromhex(status)], 0x20)


def test_a_card_that_goes_silent_gives_no_answer() -> None:
    for instruction in (0x20, 0x87):
        with pytest.raises(piv.NoAnswer):
            _proven_in_session(WorkCardChip(), [None], instruction)


def test_no_error_quotes_a_pin() -> None:
    for lies in ([b"\x63\xc1"], [b"\x6f\x00"], [None], [b"\x90"]):
        with pytest.raises((piv.WrongPin, piv.Garbled, piv.NoAnswer)) as caught:
            _proven_in_session(WorkCardChip(), lies, 0x20)
        assert PIN not in repr(caught.value) + str(caught.value)


@given(st.lists(st.binary(max_size=300), max_size=60))
def test_no_answers_break_the_reading(answers: list[bytes]) -> None:
    chip = WorkCardChip()
    chip.misbehave([*answers, None])
    with contextlib.suppress(piv.Garbled, piv.NoAnswer, piv.NoKey, piv.WrongPin, AssertionError):
        proven(chip)


@given(st.binary(max_size=600))
def test_no_bytes_break_the_parsers(data: bytes) -> None:
    for parse in (certificate_in, reference_in, signature_in, keys.public_key):
        with contextlib.suppress(piv.Garbled, piv.NoKey):
            parse(data)
    assert not piv.verified(GOOD, MESSAGE, data)
