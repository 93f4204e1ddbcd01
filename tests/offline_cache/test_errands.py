from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

import pytest

from offline_cache.errands import Errands
from offline_cache.errors import HallRefused, Offline
from offline_cache.hall_client import HallClient
from tests.offline_cache.conftest import Kiosk, draft
from tests.offline_cache.far_hall import FarHall


def soon(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    ends = time.monotonic() + seconds
    while not condition() and time.monotonic() < ends:
        time.sleep(0.001)
    return condition()


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


class Question:
    """Holds a citizen's name while it waits."""

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails

    def __call__(self, _client: HallClient) -> None:
        if self.fails:
            raise HallRefused(409, "no")


def test_a_question_that_came_too_late_is_forgotten_though_the_sender_is_busy() -> None:
    errands, question = Errands(lambda: None), Question()
    forgotten = weakref.ref(question)
    with suppress(Offline):
        errands.ask(question, 0.01)
    assert not errands.any
    del question
    assert forgotten() is None


def test_a_question_that_failed_is_forgotten_too(kiosk: Kiosk, far: FarHall) -> None:
    sender, question = kiosk.go_online(), Question(fails=True)
    forgotten = weakref.ref(question)
    gc.disable()  # it may be long before the next collection of an idle kiosk
    try:
        with suppress(HallRefused):
            sender.errands.ask(question, 5)
        del question
        assert soon(lambda: forgotten() is None)
    finally:
        gc.enable()


def test_a_backlog_lets_a_question_pass(kiosk: Kiosk, far: FarHall) -> None:
    """The hall takes a batch only when somebody waits for an answer, and the next only when it was given."""
    kiosk.cache.ledger.record(draft())
    arrived, go_on = threading.Semaphore(0), threading.Semaphore(0)

    def slow(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        arrived.release()
        assert go_on.acquire(timeout=10)
        return False

    far.misbehave("/v1/events", *[slow] * 4)
    far.batch = 1
    sender = kiosk.go_online()
    answers: list[int] = []
    for batch in range(1, 4):
        assert arrived.acquire(timeout=10)
        kiosk.cache.ledger.record(draft())
        asker = threading.Thread(target=lambda: answers.append(sender.errands.ask(lambda _: far.book.watermark(), 10)))
        asker.start()
        assert soon(lambda: sender.errands.any)
        go_on.release()
        asker.join(10)
        assert answers[-1:] == [batch]
    go_on.release()


def test_a_closed_sender_lets_nobody_wait() -> None:
    errands = Errands(lambda: errands.close())
    with pytest.raises(Offline):
        errands.ask(_thread, 5)
    with pytest.raises(Offline):
        errands.ask(_thread, 5)
