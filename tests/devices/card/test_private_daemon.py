"""The stand itself: several daemons side by side, and nothing left of them."""

from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from devices.card import PcscReader
from devices.card.sim import Slot, SocialCard
from devices.reader import CardArrived, CardRead, ReaderReady
from tests.devices.card.people import WANG
from tests.devices.card.told import Told
from tests.stand.pcscd import Pcscd


def test_two_daemons_do_not_see_each_others_cards() -> None:
    with ExitStack() as stack:
        daemons = [stack.enter_context(Pcscd()) for _ in range(2)]
        told = [Told() for _ in daemons]
        for daemon, heard in zip(daemons, told, strict=True):
            reader = PcscReader("card", socket=daemon.path)
            stack.callback(reader.stop)
            reader.start(heard.add)
            heard.next(ReaderReady)
        slot = Slot(daemons[0].connect)
        stack.callback(slot.remove)
        slot.insert(SocialCard(*WANG))
        told[0].next(CardArrived)
        told[0].next(CardRead)
        told[1].nothing_for(0.6)


def test_a_closed_daemon_leaves_no_process_and_no_file() -> None:
    before = psutil.Process().children(recursive=True)
    with Pcscd() as daemon:
        place = Path(daemon.path).parents[2]
        assert place.exists()
        assert len(psutil.Process().children(recursive=True)) == len(before) + 2
    assert not place.exists()
    assert psutil.Process().children(recursive=True) == before


def test_a_card_can_not_be_put_into_a_dead_daemon() -> None:
    with Pcscd() as daemon:
        daemon.stop()
        with pytest.raises(ConnectionRefusedError):
            daemon.connect()
