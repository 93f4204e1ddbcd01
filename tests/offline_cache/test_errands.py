from __future__ import annotations

import threading

import pytest

from offline_cache.errands import Errands
from offline_cache.errors import HallRefused, Offline
from offline_cache.hall_client import HallClient
from tests.offline_cache.conftest import Kiosk
from tests.offline_cache.far_hall import FarHall


def _thread(_client: HallClient) -> str:
    return threading.current_thread().name


def test_an_errand_runs_on_the_senders_thread_and_its_answer_comes_back(kiosk: Kiosk, far: FarHall) -> None:
    sender = kiosk.go_online()
    assert sender.errands.ask(_thread, 5) == "sender"


def test_a_failure_is_the_askers_and_the_sender_goes_on(kiosk: Kiosk, far: FarHall) -> None:
    def refused(_client: HallClient) -> None:
        raise HallRefused(409, "no")

    sender = kiosk.go_online()
    with pytest.raises(HallRefused):
        sender.errands.ask(refused, 5)
    assert sender.errands.ask(_thread, 5) == "sender"


def test_who_is_not_answered_in_time_is_told_so_and_the_errand_is_not_run_later() -> None:
    ran: list[HallClient] = []
    errands = Errands(lambda: None)
    with pytest.raises(Offline):
        errands.ask(ran.append, 0.01)
    errands.run(None)  # type: ignore[arg-type]  # never reached
    assert ran == []


def test_a_closed_sender_lets_nobody_wait() -> None:
    errands = Errands(lambda: errands.close())
    with pytest.raises(Offline):
        errands.ask(_thread, 5)
    with pytest.raises(Offline):
        errands.ask(_thread, 5)
