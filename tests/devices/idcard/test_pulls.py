"""A cable, a card or an answer that ends at any byte: never a wrong person, and the next card is read."""

from __future__ import annotations

from functools import partial

import pytest

from devices.idcard.frame import FrameError, Incoming, Reply
from devices.idcard.layout import holder_in, text_in
from devices.idcard.sim import FIND, READ, SELECT, Cut, Exchange, Make, Sam
from devices.idcard.text import Refused
from devices.reader import CardArrived, CardRead, Fault, ReaderLost, ReaderReady
from tests.devices.idcard.conftest import ANNA, CHAN, FAST, LI, OMAR, WANG, Kiosk
from tests.devices.idcard.test_frame import framed, taken

ARRIVED = CardArrived("id", watched=False)
LOST = ReaderLost("id", Fault.READER_GONE)
READY = ReaderReady("id")
WANG_READ = CardRead("id", holder_in(WANG.text()))

FOUND = framed(bytes.fromhex("00009F00000000"))
SELECTED = framed(bytes.fromhex("0000900000000000000000"))
MISSED = framed(bytes.fromhex("000041"))


@pytest.fixture
def make() -> Make:
    return FAST


def read_answer(text: bytes) -> bytes:
    return framed(bytes.fromhex("000090 01000400") + text + bytes(1024))


def fingers_answer(text: bytes) -> bytes:
    return framed(bytes.fromhex("000090 010004000400") + text + bytes(2048))


READS = [
    pytest.param(read_answer, False, id="photo"),
    pytest.param(fingers_answer, True, id="photo-and-fingerprints"),
]


def people_in(replies: list[Reply], fingerprints: bool) -> set[str]:
    """Whoever these replies name, by the driver's own reading."""
    named = set()
    for reply in replies:
        try:
            named.add(holder_in(text_in(reply.data, fingerprints)).number)
        except Refused:
            continue
    return named


@pytest.mark.parametrize(
    "answer", [FOUND, SELECTED, MISSED, *(read_answer(card.text()) for card in (WANG, CHAN, ANNA, OMAR))]
)
def test_an_answer_that_ends_at_any_byte_is_no_answer(answer: bytes) -> None:
    incoming = Incoming()
    for at in range(len(answer)):
        assert incoming.take() is None
        incoming.feed(answer[at : at + 1])
    assert incoming.take() is not None


@pytest.mark.parametrize(("answer_of", "fingerprints"), READS)
def test_an_answer_cut_at_any_byte_and_followed_by_another_names_nobody_else(
    answer_of: partial[bytes], fingerprints: bool
) -> None:
    for first, second in ((WANG, LI), (LI, WANG)):
        cut, whole = answer_of(first.text()), answer_of(second.text())
        for at in range(len(cut)):
            assert people_in(taken(cut[:at] + whole, len(cut) + len(whole)), fingerprints) <= {
                first.number,
                second.number,
            }


@pytest.mark.parametrize(("answer_of", "fingerprints"), READS)
def test_an_answer_with_any_byte_lost_is_refused(answer_of: partial[bytes], fingerprints: bool) -> None:
    answer = answer_of(WANG.text())
    text_ends = 10 + (6 if fingerprints else 4) + 256
    for at in range(text_ends):
        short = answer[:at] + answer[at + 1 :]
        assert people_in(taken(short + FOUND, len(answer) + len(FOUND)), fingerprints) == set(), at


def test_the_text_spliced_from_two_cards_at_any_byte_names_nobody_or_one_of_the_two() -> None:
    """As if the wire's checksum had missed it: the fields are held against each other."""
    one, other = WANG.text(), LI.text()
    for at in range(257):
        try:
            holder = holder_in(one[:at] + other[at:])
        except Refused:
            continue
        assert (holder.number, holder.birth, holder.sex) in {
            (card.number, holder_in(card.text()).birth, holder_in(card.text()).sex) for card in (WANG, LI)
        }


@pytest.mark.parametrize(
    ("exchange", "at"),
    [
        *((FIND, at) for at in (1, 6, 14)),
        *((SELECT, at) for at in (1, 4, 5, 6, 7, 10, 18)),
        *((READ, at) for at in (1, 5, 7, 10, 14, 44, 136, 172, 269, 270, 271, 1294)),
    ],
)
def test_an_answer_cut_short_costs_the_citizen_nothing(kiosk: Kiosk, sam: Sam, exchange: Exchange, at: int) -> None:
    sam.trouble(exchange, Cut(at))
    sam.lay_down(WANG)
    kiosk.hears(ARRIVED, WANG_READ)


@pytest.mark.parametrize(
    ("exchange", "at"),
    [
        *((SELECT, at) for at in (0, 5, 7, 18)),
        *((READ, at) for at in (0, 7, 10, 172, 270, 1294)),
    ],
)
def test_a_cable_pulled_at_any_byte_names_nobody_and_the_reader_comes_back(
    kiosk: Kiosk, sam: Sam, exchange: Exchange, at: int
) -> None:
    sam.trouble(exchange, Cut(at, cable=True))
    sam.lay_down(WANG)
    kiosk.hears(ARRIVED, LOST)
    sam.plug_in()
    kiosk.hears(READY, ARRIVED, WANG_READ)


def test_a_stream_that_breaks_off_leaves_nothing_behind_for_the_next_answer() -> None:
    incoming = Incoming()
    incoming.feed(read_answer(WANG.text())[:700])
    assert incoming.take() is None
    incoming.feed(bytes(600))
    with pytest.raises(FrameError):
        incoming.take()
    incoming.feed(FOUND)
    assert incoming.take() == Reply(0x9F, bytes(4))
