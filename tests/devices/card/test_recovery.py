"""The daemon dies, sleeps and comes back; the card hangs; the worker is lost: the reader goes on by itself."""

import os
import resource
import signal
from collections.abc import Callable

import psutil
import pytest

from devices.card import PcscReader
from devices.card.sim import Slot, SocialCard
from devices.card.worker import BEAT
from devices.reader import CardArrived, CardGone, CardRead, CardRefused, Fault, ReaderEvent, ReaderLost, ReaderReady
from tests.devices.card.conftest import DEADLINE
from tests.devices.card.people import LI, WANG
from tests.devices.card.processes import workers
from tests.devices.card.told import Told, soon
from tests.stand.pcscd import Pcscd


def test_a_reader_without_a_daemon_is_lost_until_there_is_one(daemon: Pcscd, told: Told) -> None:
    daemon.stop()
    reader = PcscReader("card", socket=daemon.path)
    reader.start(told.add)
    try:
        assert told.next(ReaderLost).fault is Fault.READER_GONE
        daemon.start()
        told.next(ReaderReady, within=2.0)
    finally:
        reader.stop()


@pytest.mark.parametrize("end", [Pcscd.kill, Pcscd.stop])
def test_a_dead_daemon_takes_reader_and_card_away_and_a_new_one_brings_them_back(
    daemon: Pcscd, reader: PcscReader, slot: Slot, told: Told, end: Callable[[Pcscd], None]
) -> None:
    slot.insert(SocialCard(*WANG))
    told.next(CardArrived)
    told.next(CardRead)
    worker = workers()
    for _ in range(3):
        end(daemon)
        told.next(CardGone, within=1.0)
        assert told.next(ReaderLost).fault is Fault.READER_GONE
        daemon.start()
        told.next(ReaderReady, within=2.0)
        told.next(CardArrived)
        assert told.next(CardRead).holder.number == WANG[1]
    assert workers() == worker  # none was needed anew


def test_a_reader_that_is_unplugged_is_lost_until_it_is_plugged_in(
    daemon: Pcscd, reader: PcscReader, slot: Slot, told: Told
) -> None:
    daemon.unplug()
    assert told.next(ReaderLost).fault is Fault.READER_GONE
    told.nothing_for(0.7)  # the daemon alone is not a reader
    daemon.plug()
    told.next(ReaderReady)
    slot.insert(SocialCard(*WANG))
    told.next(CardArrived)
    told.next(CardRead)


def test_cards_swapped_behind_a_dead_daemon_are_not_mixed_up(
    daemon: Pcscd, reader: PcscReader, slot: Slot, told: Told
) -> None:
    slot.insert(SocialCard(*WANG))
    told.next(CardArrived)
    told.next(CardRead)
    daemon.kill()
    slot.swap(SocialCard(*LI))
    daemon.start()
    told.next(CardGone)
    told.next(ReaderLost)
    told.next(ReaderReady)
    told.next(CardArrived)
    assert told.next(CardRead).holder.number == LI[1]


def test_a_paused_daemon_is_noticed_and_comes_back(daemon: Pcscd, reader: PcscReader, slot: Slot, told: Told) -> None:
    slot.insert(SocialCard(*WANG))
    told.next(CardArrived)
    told.next(CardRead)
    daemon.pause()
    told.next(CardGone, within=DEADLINE + BEAT + 1)
    assert told.next(ReaderLost).fault is Fault.READER_GONE
    daemon.resume()
    told.next(ReaderReady, within=5.0)
    told.next(CardArrived)
    told.next(CardRead)


def test_a_daemon_restarted_out_of_a_pause_comes_back(daemon: Pcscd, reader: PcscReader, told: Told) -> None:
    daemon.pause()
    told.next(ReaderLost)
    daemon.kill()
    daemon.start()
    told.next(ReaderReady, within=5.0)


def test_a_hung_card_is_silent_by_the_deadline_left_alone_and_forgotten_when_gone(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    hung = SocialCard(*WANG)
    hung.never_answer(at=3)
    slot.insert(hung)
    told.next(CardArrived)
    assert told.next(CardRefused, within=DEADLINE + 0.5).fault is Fault.CARD_SILENT
    told.nothing_for(0.7)  # the new worker knows of it
    slot.remove()
    told.next(CardGone, within=2.0)
    slot.insert(SocialCard(*LI))
    told.next(CardArrived)
    told.next(CardRead)
    assert len(hung.heard) == 4


def test_a_hung_card_that_is_gone_before_the_next_worker_looks_is_gone(daemon: Pcscd, slot: Slot, told: Told) -> None:
    def take_it_away_unseen(event: ReaderEvent) -> None:
        told.add(event)
        if isinstance(event, CardRefused):
            slot.remove()
            daemon.restart()

    hung = SocialCard(*WANG)
    hung.never_answer()
    slot.insert(hung)
    reader = PcscReader("card", socket=daemon.path, deadline=DEADLINE)
    reader.start(take_it_away_unseen)
    try:
        told.next(ReaderReady)
        told.next(CardArrived)
        told.next(CardRefused)
        told.next(CardGone)
    finally:
        reader.stop()


def test_a_swap_while_the_worker_looked_away_is_noticed(reader: PcscReader, slot: Slot, told: Told) -> None:
    slot.insert(SocialCard(*WANG))
    told.next(CardArrived)
    told.next(CardRead)
    (worker,) = workers()
    worker.suspend()
    other = SocialCard(*LI)
    slot.swap(other)
    soon(lambda: other.resets > 0)
    worker.resume()
    told.next(CardGone)
    told.next(CardArrived)
    assert told.next(CardRead).holder.number == LI[1]
    assert workers() == [worker]


def test_a_worker_that_is_killed_is_replaced_and_the_card_read_anew(reader: PcscReader, slot: Slot, told: Told) -> None:
    slot.insert(SocialCard(*WANG))
    told.next(CardArrived)
    told.next(CardRead)
    (worker,) = workers()
    worker.kill()
    told.next(CardGone, within=1.0)
    told.next(ReaderLost)
    told.next(ReaderReady)
    told.next(CardArrived)
    told.next(CardRead)
    soon(lambda: not worker.is_running())


def test_a_worker_that_is_stopped_is_replaced(reader: PcscReader, told: Told) -> None:
    (worker,) = workers()
    worker.suspend()
    told.next(ReaderLost)
    told.next(ReaderReady)
    assert not psutil.pid_exists(worker.pid)


def test_a_machine_without_free_handles_loses_the_reader_until_there_are_some(reader: PcscReader, told: Told) -> None:
    (worker,) = workers()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        os.kill(worker.pid, signal.SIGKILL)
        told.next(ReaderLost)
        told.nothing_for(0.5)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    told.next(ReaderReady)
