"""A chip pulled, silent, lying or mad at any command: it names nobody, and soon."""

import contextlib
from collections.abc import Callable, Iterable
from itertools import cycle, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.card import tlv
from devices.card.apdu import Answer, Card, Garbled, NoAnswer
from devices.card.sim_cards import VirtualCard
from devices.passport import Forged, NotPassport, WrongKey, bac, chip, files, keys
from devices.passport.certificate import certificate
from devices.passport.channel import Channel
from devices.passport.faults import Unverifiable
from devices.passport.message import message
from devices.passport.security import security
from devices.passport.sim import DG1, DG14, DG15, SOD, ChipHalf, Passport
from devices.passport.sim_der import der
from devices.passport.sim_keys import CurveActive
from tests.devices.passport.chips import PERSON, key_of, known, laid, opened, utopia

NAMED_BY_NOBODY = (Garbled, NoAnswer, Forged, WrongKey, NotPassport)


@pytest.fixture(scope="module")
def commands() -> int:
    """How many a chip with all means is asked."""
    whole = full()
    opened(whole)
    return len(whole.heard)


def full() -> Passport:
    return Passport(PERSON, utopia(), CurveActive(), ChipHalf(16))


FULL = Passport(PERSON, utopia(), CurveActive(), ChipHalf(16, number=1, spelled_out=True))


def test_a_chip_pulled_at_any_command_names_nobody(commands: int) -> None:
    pulled = full()
    for at in range(-1, commands - 1):  # the selection resets the count and is one before it
        pulled.reset()
        pulled.heard.clear()
        if at < 0:
            pulled.never_answer()
        else:
            pulled.never_answer(at)
        with pytest.raises(NoAnswer):
            opened(pulled)
        assert len(pulled.heard) == (1 if at <= 0 else at + 2)
        pulled.misbehave(())
    assert opened(pulled).holder.number == PERSON.number


def test_a_chip_pulled_later_is_noticed() -> None:
    chip = full()
    lying = opened(chip)
    chip.never_answer()
    with pytest.raises(NoAnswer):
        lying.still(laid(chip))


@pytest.mark.parametrize(
    "twist",
    [
        pytest.param(lambda answer: answer[:-3] + bytes([answer[-3] ^ 1]) + answer[-2:], id="another MAC"),
        pytest.param(lambda answer: bytes([answer[0] ^ 1]) + answer[1:], id="another first byte"),
        pytest.param(lambda answer: answer[:-2][: len(answer) // 2] + answer[-2:], id="half of it"),
        pytest.param(lambda answer: answer[:-2] + b"\0" + answer[-2:], id="a byte more"),
        pytest.param(lambda answer: answer[:-2] * 2 + answer[-2:], id="twice"),
        pytest.param(lambda answer: answer[-2:], id="the status alone"),
        pytest.param(lambda answer: b"\x69\x88", id="out of the session"),
        pytest.param(lambda answer: bytes(254) + b"\x90\x00", id="zeros"),
    ],
)
def test_an_answer_that_was_touched_names_nobody(commands: int, twist: Callable[[bytes], bytes]) -> None:
    touched = full()
    for at in range(3, commands):  # the session begins with the third answer
        touched.heard.clear()
        touched.twist(at, twist)
        with pytest.raises((Garbled, Forged)):
            opened(touched)
        assert len(touched.heard) == at + 1
        touched.twist(at, bytes)


def test_a_replayed_answer_names_nobody(commands: int) -> None:
    replayed = full()
    for at in range(4, commands):
        replayed.heard.clear()
        replayed.twist(at, lambda _: replayed.spoken[-1])
        with pytest.raises((Garbled, Forged)):
            opened(replayed)
        replayed.twist(at, bytes)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(repeat(b"\x61\x00"), id="61 00 for ever"),
        pytest.param(repeat(bytes(256) + b"\x61\x00"), id="data for ever"),
        pytest.param(cycle([b"\x6c\x10", b"\x6c\x20"]), id="6C ping-pong"),
        pytest.param(repeat(b"\x90"), id="one byte"),
        pytest.param(repeat(bytes(5000) + b"\x90\x00"), id="5000 bytes"),
        pytest.param(repeat(b"\x90\x00"), id="yes to all"),
    ],
)
@pytest.mark.parametrize("at", range(0, 17, 2))
def test_a_chip_that_breaks_the_protocol_names_nobody_and_comes_to_an_end(
    answers: Iterable[bytes], at: int, commands: int
) -> None:
    mad = full()
    mad.misbehave(answers, at)
    with pytest.raises((Garbled, Forged)):
        opened(mad)
    assert len(mad.heard) <= commands + 40


@pytest.mark.parametrize(
    ("file", "content"),
    [
        pytest.param(DG1, der(0x61, bytes(1100)), id="DG1 of more than 1 kB"),
        pytest.param(DG1, b"\x61\x84\x7f\xff\xff\xff" + bytes(200), id="DG1 of 2 GB"),
        pytest.param(DG1, b"\x61\x5b\x5f\x1f", id="DG1 that ends early"),
        pytest.param(DG1, b"\x61\x02\x5f\x1f", id="DG1 without lines"),
        pytest.param(DG1, b"\x61\x80" + bytes(100), id="DG1 without a length"),
        pytest.param(DG1, der(0x75, bytes(90)), id="another file in its place"),
        pytest.param(DG1, der(0x61, der(0x5F1F, b"\xff" * 88)), id="DG1 of no letters"),
        pytest.param(DG1, der(0x61, der(0x5F1F, b"P" * 88)), id="DG1 of wrong lines"),
        pytest.param(DG1, b"", id="no DG1"),
        pytest.param(SOD, der(0x77, bytes(40_000)), id="EF.SOD of more than 32 kB"),
        pytest.param(SOD, der(0x77, b""), id="EF.SOD of nothing"),
        pytest.param(SOD, der(0x77, b"\x30" * 2000), id="EF.SOD nested for ever"),
        pytest.param(SOD, der(0x77, b"\x30\x80" + bytes(200)), id="EF.SOD without lengths"),
        pytest.param(SOD, b"", id="no EF.SOD"),
    ],
)
def test_a_file_that_lies_about_itself_is_garbled(file: int, content: bytes) -> None:
    liar = Passport(PERSON, utopia())
    liar.files[file] = content
    with pytest.raises(Garbled):
        opened(liar)
    assert len(liar.heard) < 200


def test_a_chip_that_trickles_is_not_waited_for() -> None:
    class Trickle(Passport):
        def _carried_out(self, header: bytes, data: bytes, most: int) -> tuple[bytes, bytes]:
            return super()._carried_out(header, data, min(most, 4))

    with pytest.raises(Garbled):
        opened(Trickle(PERSON, utopia()))


def test_every_other_card_is_no_passport() -> None:
    with pytest.raises(NotPassport):
        opened(VirtualCard())


def test_too_much_in_dg14_and_dg15_is_garbled() -> None:
    for file in (DG14, DG15):
        liar = Passport(PERSON, utopia(), CurveActive())
        liar.files[file] = der(liar.files[file][0], bytes(9000))
        with pytest.raises(Garbled):
            opened(liar)


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=30), st.integers(0, 22))
def test_no_answers_break_the_reader(answers: list[bytes], at: int) -> None:
    mad = full()
    mad.misbehave([*answers, None], at)
    with contextlib.suppress(*NAMED_BY_NOBODY):
        opened(mad)


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_no_answer_breaks_the_session_open(data: bytes) -> None:
    channel = Channel(bac.access_keys(key_of()))
    with contextlib.suppress(Garbled):
        raise AssertionError(channel.send(Card(lambda _: data[:256] + b"\x90\x00"), b"\x00\xb0\x00\x00", most=4))


@settings(max_examples=200)
@given(st.binary(max_size=200), st.sampled_from([b"", b"\x99\x02\x90\x00", b"\x87\x09\x01" + bytes(8)]))
def test_no_answer_with_a_right_mac_breaks_the_session(data: bytes, first: bytes) -> None:
    """A chip that knows the session's keys can still be mad."""
    cipher = bac.access_keys(key_of())

    def transmit(command: bytes) -> bytes:
        body = first + data
        mac = cipher.mac((counted := (2).to_bytes(8) + body) + b"\x80" + bytes(-(len(counted) + 1) % 8))
        return body + der(0x8E, mac) + b"\x90\x00"

    with contextlib.suppress(Garbled):
        answer = Channel(cipher).send(Card(transmit), b"\x00\xb0\x00\x00", most=4)
        assert isinstance(answer, Answer)


@st.composite
def damages(draw: st.DrawFn) -> list[tuple[int, int, bytes]]:
    """A few places, the bytes taken out there and the bytes put in."""
    one = st.tuples(st.integers(0, 4000), st.integers(0, 3), st.binary(max_size=3))
    return draw(st.lists(one, min_size=1, max_size=4))


def damaged(whole: bytes, places: list[tuple[int, int, bytes]]) -> bytes:
    data = bytearray(whole)
    for at, out, put in places:
        at %= len(whole)
        data[at : at + out] = put
    return bytes(data)


@settings(max_examples=300)
@given(damages())
def test_no_damaged_security_object_breaks_the_parser(places: list[tuple[int, int, bytes]]) -> None:
    with contextlib.suppress(Garbled, Forged, Unverifiable):
        security(damaged(FULL.files[SOD], places)).authenticate(known(), "UTO")


@settings(max_examples=300)
@given(damages())
def test_no_damaged_certificate_breaks_the_parser(places: list[tuple[int, int, bytes]]) -> None:
    with contextlib.suppress(Garbled, Unverifiable):
        told = certificate(damaged(utopia().root.certificate, places))
        told.signed_by(told)


@settings(max_examples=200)
@given(damages())
def test_no_damaged_chip_key_breaks_the_parser(places: list[tuple[int, int, bytes]]) -> None:
    with contextlib.suppress(Garbled):
        chip.told(damaged(FULL.files[DG14], places))


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_no_bytes_break_a_parser(data: bytes) -> None:
    for parse in (message, security, certificate, chip.told, keys.public_key):
        with contextlib.suppress(Garbled, Unverifiable):
            parse(data)
        with contextlib.suppress(Garbled, Unverifiable):
            parse(tlv.item(0x30, data))
    assert files.SECURITY.most <= 65_536
