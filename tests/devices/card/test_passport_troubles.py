"""Keys at the wrong moment, chips that are slow or hang, passports that are pulled: nobody is misnamed or waits."""

import threading
import time
from functools import partial

import pytest

from devices.card import PcscReader, pcsc
from devices.card.sim import Slot, SocialCard, VirtualCard
from devices.reader import (
    CardArrived,
    CardGone,
    CardLocked,
    CardRead,
    CardRefused,
    Fault,
    ReaderEvent,
    ReaderLost,
    ReaderReady,
)
from tests.devices.card.conftest import DEADLINE
from tests.devices.card.passports import ERIKA, JAN, key_of, laid_down, passport
from tests.devices.card.people import WANG
from tests.devices.card.place import places, turns
from tests.devices.card.processes import workers
from tests.devices.card.told import Told, soon
from tests.stand.pcscd import Pcscd


def test_a_key_is_for_the_passport_that_lies_there_and_for_one_try_at_a_time(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    assert not reader.unlock(key_of(ERIKA))
    slot.insert(SocialCard(*WANG))
    told.next(CardArrived)
    told.next(CardRead)
    assert not reader.unlock(key_of(ERIKA))
    slot.remove()
    told.next(CardGone)
    laid_down(slot, told, passport())
    assert [reader.unlock(key_of(JAN)) for _ in range(3)] == [True, False, False]
    told.next(CardRefused)
    told.nothing_for(0.3)
    slot.remove()
    told.next(CardGone)
    assert not reader.unlock(key_of(ERIKA))


def test_a_key_may_come_from_the_very_call_that_tells_of_the_passport(daemon: Pcscd, slot: Slot, told: Told) -> None:
    eager = PcscReader("card", socket=daemon.path)

    def open_it(event: ReaderEvent) -> None:
        told.add(event)
        if isinstance(event, CardLocked):
            eager.unlock(key_of(ERIKA))

    eager.start(open_it)
    try:
        told.next(ReaderReady)
        laid_down(slot, told, passport())
        told.next(CardRead)
    finally:
        eager.stop()


def test_a_key_reaches_the_chip_without_waiting_for_the_next_look(reader: PcscReader, slot: Slot, told: Told) -> None:
    card = passport()
    laid_down(slot, told, card)
    waits = []
    for _ in range(5):
        before, began = len(card.heard), time.monotonic()
        reader.unlock(key_of(JAN))
        soon(partial(_has_heard, card, before + 1))
        waits.append(time.monotonic() - began)
        told.next(CardRefused)
    assert min(waits) < 0.05, waits


def _has_heard(card: VirtualCard, commands: int) -> bool:
    return len(card.heard) >= commands


def test_handing_over_a_key_never_waits_not_even_for_a_worker_that_is_stopped(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    laid_down(slot, told, passport())
    (worker,) = workers()
    worker.suspend()
    began = time.monotonic()
    assert reader.unlock(key_of(ERIKA))
    assert time.monotonic() - began < 0.05
    told.next(CardGone)
    assert told.next(ReaderLost).fault is Fault.READER_GONE
    told.next(ReaderReady)
    told.next(CardArrived)
    told.next(CardLocked)
    reader.unlock(key_of(ERIKA))
    told.next(CardRead)


def test_a_chip_that_lets_its_readers_wait_is_not_silent(reader: PcscReader, slot: Slot, told: Told) -> None:
    card = passport()
    card._pause = lambda seconds: threading.Event().wait(DEADLINE + 1.5)
    laid_down(slot, told, card)
    reader.unlock(key_of(JAN))
    assert told.next(CardRefused).fault is Fault.PASSPORT_KEY


@pytest.mark.parametrize("at", [0, 2, 5])
def test_a_passport_that_hangs_while_it_is_read_is_silent_by_its_own_deadline_and_left_alone(
    reader: PcscReader, slot: Slot, told: Told, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(pcsc, "TRY_SILENT", 1.5)
    card = passport()
    laid_down(slot, told, card)
    card.never_answer(at)
    reader.unlock(key_of(ERIKA))
    assert told.next(CardRefused, within=3.0).fault is Fault.CARD_SILENT
    assert not reader.unlock(key_of(ERIKA))
    told.nothing_for(0.7)
    slot.remove()
    told.next(CardGone)
    laid_down(slot, told, passport(JAN))
    reader.unlock(key_of(JAN))
    told.next(CardRead)


def test_a_passport_that_trickles_is_given_up_as_a_whole(
    reader: PcscReader, slot: Slot, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pcsc, "TRY_WHOLE", 2.0)

    class Slow(VirtualCard):
        def obey(self, command: bytes) -> bytes:
            if command[1] != 0xA4:
                threading.Event().wait(0.4)
            return slow.answer(command) or b""

        def reset(self) -> None:
            super().reset()
            slow.reset()

    slow = passport(genuine=True)
    laid_down(slot, told, Slow(slow.atr))
    reader.unlock(key_of(ERIKA))
    assert told.next(CardRefused, within=4.0).fault is Fault.CARD_SILENT


def test_a_passport_pulled_at_any_command_names_nobody_and_is_gone() -> None:
    whole = passport(genuine=True)
    with places(daemons=4) as free:
        laid_down(free[0], free[0].told, whole)
        before = len(whole.heard)
        free[0].reader.unlock(key_of(ERIKA))
        free[0].told.next(CardRead)
        commands = len(whole.heard) - before
        free[0].remove()
        free[0].told.next(CardGone)
        assert commands > 10
        for turn in turns(commands, free):
            for command, place in turn:
                place.pull_at(before + command)
                place.insert(passport(genuine=True))
            for _, place in turn:
                place.told.next(CardArrived)
                place.told.next(CardLocked)
                place.reader.unlock(key_of(ERIKA))
            for _, place in turn:
                assert place.told.next(CardRefused).fault is Fault.CARD_PULLED
                place.told.next(CardGone)


def test_a_killed_worker_or_daemon_leaves_a_passport_locked_anew(
    daemon: Pcscd, reader: PcscReader, slot: Slot, told: Told
) -> None:
    laid_down(slot, told, passport())
    reader.unlock(key_of(ERIKA))
    told.next(CardRead)
    for end in (workers()[0].kill, daemon.kill):
        end()
        told.next(CardGone)
        told.next(ReaderLost)
        daemon.start()
        told.next(ReaderReady)
        told.next(CardArrived)
        told.next(CardLocked)
        reader.unlock(key_of(ERIKA))
        told.next(CardRead)
