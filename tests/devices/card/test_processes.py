"""What the reader starts it ends, and what it loads is little."""

import subprocess
import sys
import textwrap
import threading
import time

import psutil
import pytest

from devices.card import PcscReader
from devices.card.sim import Slot, SocialCard
from devices.reader import CardArrived, CardGone, CardRead, ReaderReady
from tests.devices.card.people import WANG
from tests.devices.card.processes import ended, workers
from tests.devices.card.told import Told, soon
from tests.stand.pcscd import Pcscd


def test_stop_leaves_no_worker_and_no_event_comes_after_it(
    daemon: Pcscd, reader: PcscReader, slot: Slot, told: Told
) -> None:
    slot.insert(SocialCard(*WANG))
    told.next(CardArrived)
    told.next(CardRead)
    reader.stop()
    assert not workers()
    slot.remove()
    told.nothing_for(0.5)


@pytest.mark.parametrize("hung", ["card", "daemon"])
def test_stop_takes_less_than_three_seconds_whatever_hangs(
    daemon: Pcscd, reader: PcscReader, slot: Slot, told: Told, hung: str
) -> None:
    if hung == "card":
        card = SocialCard(*WANG)
        card.never_answer()
        slot.insert(card)
        told.next(CardArrived)
    else:
        daemon.pause()
    before = time.monotonic()
    reader.stop()
    assert time.monotonic() - before < 3
    assert not workers()


def test_a_stopped_reader_can_be_started_again_but_not_twice(reader: PcscReader, told: Told) -> None:
    with pytest.raises(RuntimeError):
        reader.start(told.add)
    reader.stop()
    reader.stop()
    reader.start(told.add)
    told.next(ReaderReady)


def test_readers_and_cards_come_and_go_without_a_trace(daemon: Pcscd, slot: Slot, told: Told) -> None:
    def day() -> tuple[int, int, int]:
        reader = PcscReader("card", socket=daemon.path)
        reader.start(told.add)
        told.next(ReaderReady)
        slot.insert(SocialCard(*WANG))
        told.next(CardArrived)
        told.next(CardRead)
        slot.remove()
        told.next(CardGone)
        reader.stop()
        return psutil.Process().num_fds(), threading.active_count(), len(psutil.Process().children())

    first = day()  # also starts what multiprocessing keeps for itself
    assert [day(), day()] == [first, first]


def test_a_worker_grows_by_no_handle_with_every_card(reader: PcscReader, slot: Slot, told: Told) -> None:
    (worker,) = workers()
    counts = []
    for _ in range(2):
        slot.insert(SocialCard(*WANG))
        told.next(CardArrived)
        told.next(CardRead)
        slot.remove()
        told.next(CardGone)
        counts.append((worker.num_fds(), worker.num_threads()))
    assert counts == counts[:1] * len(counts)
    assert workers() == [worker]


KIOSK = """
    import sys, threading
    from devices.card import PcscReader
    if __name__ == "__main__":
        PcscReader("card", socket=sys.argv[1]).start(lambda event: print(type(event).__name__, flush=True))
        threading.Event().wait()
"""


@pytest.mark.parametrize("hung", [False, True])
def test_the_worker_ends_with_its_kiosk_even_in_a_call_that_hangs(daemon: Pcscd, slot: Slot, hung: bool) -> None:
    card = SocialCard(*WANG)
    if hung:
        card.never_answer()
    slot.insert(card)
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KIOSK), daemon.path], stdout=subprocess.PIPE, text=True
    ) as kiosk:
        assert kiosk.stdout is not None
        until = "CardArrived" if hung else "CardRead"
        while until not in kiosk.stdout.readline():
            assert kiosk.poll() is None
        family = psutil.Process(kiosk.pid).children()
        assert family
        kiosk.kill()
    soon(lambda: all(ended(child) for child in family), within=5.0)


def test_neither_side_loads_more_than_it_needs() -> None:
    script = """
        import sys
        import devices.card
        assert not any(name.startswith("smartcard") for name in sys.modules), "PC/SC in the kiosk's process"
        import devices.card.monitor
        assert not {"PySide6", "cv2", "numpy", "serial"} & set(sys.modules)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=True)
