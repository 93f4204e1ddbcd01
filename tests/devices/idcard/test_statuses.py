"""Every status of the protocol at every exchange: the right fault, and the next card is served."""

from __future__ import annotations

import pytest

import devices.idcard.reader
from devices.idcard.layout import holder_in
from devices.idcard.reader import SdtReader
from devices.idcard.sim import ADDRESS, FIND, READ, SELECT, STATUS, Exchange, Make, Sam
from devices.reader import CardArrived, CardRead, CardRefused, Fault, ReaderLost, ReaderReady
from tests.devices.idcard.conftest import FAST, LI, WANG, Kiosk, gone

ARRIVED = CardArrived("id", watched=False)
LOST = ReaderLost("id", Fault.READER_GONE)
READY = ReaderReady("id")
WANG_READ = CardRead("id", holder_in(WANG.text()))
LI_READ = CardRead("id", holder_in(LI.text()))

ALL = (
    *(0x10, 0x11, 0x21, 0x24, 0x31, 0x32, 0x33, 0x40, 0x41, 0x47, 0x60, 0x66, 0x80, 0x81, 0x90, 0x91, 0x9F),
    *(0x00, 0xFF, 0x010090, 0x6A8232),
)
NOT_UNDERSTOOD = (0x10, 0x11)
SHAKY = (0x41, 0x80, 0x81, 0x698541, 0x6A8281)
FOR_GOOD = {
    **dict.fromkeys((0x31, 0x32, 0x33, 0x47, 0x66, 0x698231, 0x6A8847), Fault.CARD_REFUSED),
    **dict.fromkeys((0x40, 0x91), Fault.CARD_UNKNOWN),
}
"""With 31, 41, 47 and 81 the first two bytes are the card's own status word."""


@pytest.fixture
def make() -> Make:
    return FAST


@pytest.fixture(autouse=True)
def lost_readers_are_opened_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices.idcard.reader, "_FIRST_WAIT", 0.01)


def the_next_card_is_served(sam: Sam, kiosk: Kiosk) -> None:
    sam.lay_down(LI)
    kiosk.hears(ARRIVED, LI_READ)


@pytest.mark.parametrize("exchange", [SELECT, READ])
@pytest.mark.parametrize("status", FOR_GOOD)
def test_a_card_that_is_refused_is_told_once_until_it_is_gone(
    kiosk: Kiosk, sam: Sam, exchange: Exchange, status: int
) -> None:
    sam.trouble(exchange, status)
    sam.lay_down(WANG)
    kiosk.hears(ARRIVED, CardRefused("id", FOR_GOOD[status]))
    assert kiosk.hears_nothing(0.1)
    gone(sam, kiosk)
    the_next_card_is_served(sam, kiosk)


@pytest.mark.parametrize("exchange", [SELECT, READ])
@pytest.mark.parametrize("status", SHAKY)
def test_a_card_that_lies_there_and_does_not_answer_is_silent(
    kiosk: Kiosk, sam: Sam, exchange: Exchange, status: int
) -> None:
    sam.trouble(exchange, status, times=3)
    sam.lay_down(WANG)
    kiosk.hears(ARRIVED, CardRefused("id", Fault.CARD_SILENT))
    gone(sam, kiosk)
    the_next_card_is_served(sam, kiosk)


@pytest.mark.parametrize("exchange", [STATUS, FIND, SELECT, READ])
@pytest.mark.parametrize("status", NOT_UNDERSTOOD)
def test_a_command_that_was_not_understood_is_sent_again(
    reader: SdtReader, sam: Sam, exchange: Exchange, status: int
) -> None:
    kiosk = Kiosk()
    sam.trouble(exchange, status)
    reader.start(kiosk.heard.put)
    kiosk.hears(READY)
    sam.lay_down(WANG)
    kiosk.hears(ARRIVED, WANG_READ)


@pytest.mark.parametrize("exchange", [SELECT, READ])
@pytest.mark.parametrize("status", sorted({*ALL} - {0x90} - {*SHAKY} - {*FOR_GOOD}))
def test_any_other_status_is_the_readers_own_fault(kiosk: Kiosk, sam: Sam, exchange: Exchange, status: int) -> None:
    sam.trouble(exchange, status, times=2 if status in NOT_UNDERSTOOD else 1)
    sam.lay_down(WANG)
    kiosk.hears(ARRIVED, LOST, READY, ARRIVED, WANG_READ)
    the_next_card_is_served(sam, kiosk)


@pytest.mark.parametrize("status", sorted({*ALL} - {0x9F, 0x80}))
def test_a_reader_that_cannot_look_for_cards_is_lost_and_found_again(kiosk: Kiosk, sam: Sam, status: int) -> None:
    sam.trouble(FIND, status, times=2 if status in NOT_UNDERSTOOD else 1)
    kiosk.hears(LOST, READY)
    the_next_card_is_served(sam, kiosk)


@pytest.mark.parametrize("status", sorted({*ALL} - {0x90}))
def test_a_reader_that_fails_its_own_test_is_lost_and_asked_again(reader: SdtReader, sam: Sam, status: int) -> None:
    kiosk = Kiosk()
    sam.trouble(STATUS, status, times=2 if status in NOT_UNDERSTOOD else 1)
    reader.start(kiosk.heard.put)
    kiosk.hears(LOST, READY)
    the_next_card_is_served(sam, kiosk)


def test_no_status_at_the_newest_address_costs_the_read(kiosk: Kiosk, sam: Sam) -> None:
    for status in ALL:
        sam.trouble(ADDRESS, status)
        sam.lay_down(WANG)
        kiosk.hears(ARRIVED, WANG_READ)
    the_next_card_is_served(sam, kiosk)
