"""What the worker's memory holds of a citizen after the card is gone: nothing. Looked at from outside."""

import os
from functools import partial

import pytest

from devices.card import PcscReader
from devices.card.sim import Slot, SocialCard
from devices.card.sim_piv import WorkCardChip
from devices.reader import (
    CardArrived,
    CardGone,
    CardLocked,
    CardRead,
    CardRefused,
    PinRefused,
    ReaderReady,
    WorkCardProven,
)
from kiosk import launch
from tests.devices.card.passports import ERIKA, JAN, key_of, passport
from tests.devices.card.people import LI, WANG
from tests.devices.card.processes import workers
from tests.devices.card.told import Told, soon
from tests.devices.card.work_cards import put_in
from tests.stand.memory import in_memory
from tests.stand.pcscd import Pcscd


@pytest.fixture
def born_like_the_kiosk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers inherit what makes them overwrite what they free."""
    for name, value in launch.environment(os.environ).items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("born_like_the_kiosk")
def test_no_worker_holds_a_name_a_number_or_a_key_after_the_card_is_gone(daemon: Pcscd, slot: Slot, told: Told) -> None:
    reader = PcscReader("card", socket=daemon.path)
    reader.start(told.add)
    try:
        told.next(ReaderReady)
        (worker,) = workers()
        for person in (WANG, LI):
            slot.insert(SocialCard(*person))
            told.next(CardArrived)
            told.next(CardRead)
            assert in_memory(worker.pid, *person)  # so that the look itself is known to find
            slot.remove()
            told.next(CardGone)
            soon(partial(_holds_nothing, worker.pid, *person), within=5.0)
        for right in (ERIKA, JAN):
            slot.insert(passport(right))
            told.next(CardArrived)
            told.next(CardLocked)
            reader.unlock(key_of(ERIKA if right is JAN else JAN))
            told.next(CardRefused)
            reader.unlock(key_of(right))
            told.next(CardRead)
            slot.remove()
            told.next(CardGone)
            soon(partial(_holds_nothing, worker.pid, right.number, right.given, *right.lines), within=5.0)
    finally:
        reader.stop()


@pytest.mark.usefixtures("born_like_the_kiosk")
def test_no_worker_holds_a_pin_once_it_was_tried(daemon: Pcscd, slot: Slot, told: Told) -> None:
    reader = PcscReader("card", socket=daemon.path)
    reader.start(told.add)
    right, wrong = "71940582", "60283917"
    try:
        told.next(ReaderReady)
        (worker,) = workers()
        card = put_in(slot, told, WorkCardChip(pin=right))
        assert in_memory(worker.pid, card.certificate[:64])  # so that the look itself is known to find
        assert reader.prove(wrong, b"")
        told.next(PinRefused)
        soon(partial(_holds_nothing, worker.pid, wrong), within=5.0)
        assert reader.prove(right, b"")
        told.next(WorkCardProven)
        soon(partial(_holds_nothing, worker.pid, right, wrong), within=5.0)  # with the card still in its session
    finally:
        reader.stop()


def _holds_nothing(process: int, *of: str) -> bool:
    return not in_memory(process, *of)
