from collections.abc import Iterator
from dataclasses import replace

import pytest

from hall.app import create_app
from tests.hall.binding.stage import Stage, address
from tests.hall.conftest import InProcess


@pytest.fixture
def hurried(stage: Stage) -> Iterator[Stage]:
    """The hall with its own paces, but so slow that no machine is late enough to be let through again."""
    slow = {"binds_per_minute": 0.1, "bind_questions_per_second": 0.01}
    hall = replace(stage.hall, settings=stage.hall.settings.model_copy(update=slow))
    with InProcess(create_app(hall), address=address()) as client:
        yield replace(stage, hall=hall, client=client)


def test_a_kiosk_that_shows_one_code_after_another_is_asked_to_wait_and_no_other_is(hurried: Stage) -> None:
    visit = hurried.visit()
    for _ in range(5):
        visit.begin()
    body = {"who": visit.person.who(), "purpose": "bind", "nonce": visit.nonce}
    answer = hurried.ask(visit.terminal, "/v1/bind/begin", body)
    assert (answer.status_code, answer.json()) == (429, {"error": "too-many"})
    assert hurried.visit().begin().bind


def test_a_kiosk_that_tries_one_number_after_another_is_asked_to_wait(hurried: Stage) -> None:
    visit = hurried.visit().begin()
    for _ in range(4):
        visit.number("")
    assert visit.confirm()["why"] == "not-scanned"
    for path, more in (("number", {"digits": "0000"}), ("confirm", {"nonce": visit.nonce, "phone": visit.phone})):
        answer = hurried.ask(visit.terminal, f"/v1/bind/{path}", {"bind": visit.bind} | more)
        assert (answer.status_code, answer.json()) == (429, {"error": "too-many"})
