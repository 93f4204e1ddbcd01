from __future__ import annotations

import errno
import os
import threading
from dataclasses import replace

import psutil
import pytest
import serial

from devices.idcard.layout import holder_in
from devices.idcard.reader import SdtReader
from devices.idcard.sim import FIND, READ, SELECT, STATUS, Card, Exchange, Sam, Trouble
from devices.reader import CardArrived, CardRead, CardRefused, Fault, ReaderEvent, ReaderLost, ReaderReady
from tests.devices.idcard.conftest import LI, TODAY, WANG, Kiosk

ARRIVED = CardArrived("id", watched=False)
LOST = ReaderLost("id", Fault.READER_GONE)
READY = ReaderReady("id")
WANG_READ = CardRead("id", holder_in(WANG.text()))
LI_READ = CardRead("id", holder_in(LI.text()))


def refused(fault: Fault) -> ReaderEvent:
    return CardRefused("id", fault)


def test_a_card_laid_down_is_read(kiosk: Kiosk, sam: Sam) -> None:
    sam.lay_down(WANG)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, WANG_READ]


def test_a_card_that_stays_is_told_once(kiosk: Kiosk, sam: Sam) -> None:
    sam.lay_down(WANG)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, WANG_READ]
    assert kiosk.hears_nothing(0.3)


def test_another_card_laid_down_at_once_is_another_person(kiosk: Kiosk, sam: Sam) -> None:
    sam.lay_down(WANG)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, WANG_READ]
    sam.lay_down(LI)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, LI_READ]


def test_a_card_taken_away_and_laid_down_again_is_read_again(kiosk: Kiosk, sam: Sam) -> None:
    for _ in range(2):
        sam.lay_down(WANG)
        assert [kiosk.next(), kiosk.next()] == [ARRIVED, WANG_READ]
        sam.take_away()


@pytest.mark.parametrize("exchange", [FIND, SELECT, READ])
@pytest.mark.parametrize(
    "trouble",
    [
        Trouble.BYTE_BY_BYTE,
        Trouble.NOISE_FIRST,
        Trouble.NOISE_WITHIN,
        Trouble.NOISE_BEHIND,
        Trouble.WRONG_CHECKSUM,
        Trouble.LYING_LENGTH,
        Trouble.ONE_TOO_FEW,
        Trouble.CUT_SHORT,
    ],
)
def test_one_broken_answer_costs_the_citizen_nothing(
    kiosk: Kiosk, sam: Sam, exchange: Exchange, trouble: Trouble | int
) -> None:
    sam.trouble(exchange, trouble)
    sam.lay_down(WANG)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, WANG_READ]


@pytest.mark.parametrize(
    ("exchange", "trouble", "times"),
    [
        (STATUS, Trouble.WRONG_CHECKSUM, 2),
        (STATUS, Trouble.LYING_LENGTH, 2),
        (STATUS, Trouble.CUT_SHORT, 2),
        (STATUS, Trouble.MUTE, 1),
        (FIND, Trouble.WRONG_CHECKSUM, 2),
        (FIND, Trouble.MUTE, 1),
    ],
)
def test_a_reader_that_does_not_come_up_is_lost_and_then_found(
    sam: Sam, reader: SdtReader, exchange: Exchange, trouble: Trouble | int, times: int
) -> None:
    kiosk = Kiosk()
    sam.trouble(exchange, trouble, times)
    reader.start(kiosk.heard.put)
    assert [kiosk.next(), kiosk.next()] == [LOST, READY]
    assert kiosk.hears_nothing(0.05)


@pytest.mark.parametrize("exchange", [FIND, SELECT, READ])
@pytest.mark.parametrize("trouble", [Trouble.MUTE, Trouble.CABLE_PULLED])
def test_a_reader_lost_in_the_middle_says_so_and_comes_back(
    kiosk: Kiosk, sam: Sam, exchange: Exchange, trouble: Trouble
) -> None:
    sam.trouble(exchange, trouble)
    sam.lay_down(WANG)
    while (event := kiosk.next()) == ARRIVED:
        assert exchange != FIND
    assert event == LOST
    sam.plug_in()
    assert [kiosk.next(), kiosk.next(), kiosk.next()] == [READY, ARRIVED, WANG_READ]


@pytest.mark.parametrize("exchange", [SELECT, READ])
def test_a_card_pulled_at_any_exchange_names_nobody(kiosk: Kiosk, sam: Sam, exchange: Exchange) -> None:
    sam.trouble(exchange, Trouble.CARD_PULLED)
    sam.lay_down(WANG)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, refused(Fault.CARD_PULLED)]
    sam.lay_down(LI)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, LI_READ]


@pytest.mark.parametrize(("exchange", "status"), [(SELECT, 0x81), (READ, 0x41)])
def test_a_card_being_laid_down_is_tried_again(kiosk: Kiosk, sam: Sam, exchange: Exchange, status: int) -> None:
    sam.trouble(exchange, status, times=2)
    sam.lay_down(WANG)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, WANG_READ]


def test_an_expired_card_is_refused_and_good_on_its_last_day(kiosk: Kiosk, sam: Sam) -> None:
    sam.lay_down(replace(WANG, until="20261120"))
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, refused(Fault.CARD_EXPIRED)]
    last_day = replace(WANG, until=f"{TODAY:%Y%m%d}")
    sam.lay_down(last_day)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, CardRead("id", holder_in(last_day.text()))]


@pytest.mark.parametrize(
    ("card", "fault"),
    [
        (replace(WANG, flag="K"), Fault.CARD_UNKNOWN),
        (replace(WANG, flag="I"), Fault.CARD_GARBLED),
        (replace(WANG, sex="2"), Fault.CARD_GARBLED),
        (replace(WANG, name="王\x1bp"), Fault.CARD_GARBLED),
    ],
)
def test_a_bad_card_is_refused_and_the_next_one_read(kiosk: Kiosk, sam: Sam, card: Card, fault: Fault) -> None:
    sam.lay_down(card)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, refused(fault)]
    sam.lay_down(LI)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, LI_READ]


def test_a_reader_that_is_not_there_is_told_once(sam: Sam, reader: SdtReader) -> None:
    sam.unplug()
    kiosk = Kiosk()
    reader.start(kiosk.heard.put)
    assert kiosk.next() == LOST
    assert kiosk.hears_nothing(0.6)
    sam.plug_in()
    assert kiosk.next() == READY


def test_a_read_takes_as_long_as_the_wire(kiosk: Kiosk, sam: Sam) -> None:
    """1,295 bytes at 115200 baud are 112 ms: a simulator that is faster proves nothing."""
    sam.lay_down(WANG)
    assert kiosk.next() == ARRIVED
    assert kiosk.hears_nothing(0.1)
    assert kiosk.next() == WANG_READ


def test_nothing_is_left_after_stop_and_nothing_is_told(sam: Sam) -> None:
    files, threads = psutil.Process().num_fds(), threading.active_count()
    for _ in range(5):
        kiosk = Kiosk()
        reader = SdtReader("id", sam.port, lambda: TODAY, poll=0.02)
        reader.start(kiosk.heard.put)
        assert kiosk.next() == READY
        sam.lay_down(WANG)
        assert kiosk.next() == ARRIVED
        reader.stop()
        assert kiosk.hears_nothing(0.01)
    assert (psutil.Process().num_fds(), threading.active_count()) == (files, threads)


def test_only_one_program_has_the_port(kiosk: Kiosk, sam: Sam) -> None:
    second, other = SdtReader("other", sam.port, lambda: TODAY), Kiosk()
    second.start(other.heard.put)
    assert other.next() == ReaderLost("other", Fault.READER_GONE)
    second.stop()
    sam.lay_down(WANG)
    assert [kiosk.next(), kiosk.next()] == [ARRIVED, WANG_READ]


def test_a_port_that_cannot_even_be_closed_is_lost_and_opened_again(
    kiosk: Kiosk, sam: Sam, monkeypatch: pytest.MonkeyPatch
) -> None:
    """close(2) of a device that is gone may fail (EIO), and closes it all the same."""

    def close(port: serial.Serial) -> None:
        closed(port)
        raise OSError(errno.EIO, "gone")

    closed = serial.Serial.close
    monkeypatch.setattr(serial.Serial, "close", close)
    sam.unplug()
    assert kiosk.next() == LOST
    sam.plug_in()
    assert kiosk.next() == READY


def test_the_link_of_an_unplugged_reader_is_gone(sam: Sam) -> None:
    sam.unplug()
    assert not os.path.lexists(sam.port)
