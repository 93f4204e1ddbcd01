"""What a device brings to a visit: its result, its error, or nothing in time."""

from __future__ import annotations

from typing import Any

from kiosk.device_call import DeviceCall
from kiosk.steps import Ask, Overdue, Work
from screens.menu import MenuScreen
from screens.pages import Menu
from tests.kiosk.room import Hang, Room

MENU = MenuScreen.SAMPLES["no-card"]


def test_a_result_and_an_error_of_a_device_reach_the_flow(room: Room) -> None:
    heard: list[Any] = []

    def fails() -> None:
        raise LookupError("no paper")

    async def visit() -> None:
        heard.append(await Work("store", lambda: 42))
        try:
            await Work("printer", fails)
        except LookupError as error:
            heard.append(str(error))

    room.begin(visit())
    room.until(lambda: room.ends)
    assert heard == [42, "no paper"]
    assert room.ends == [None]


def test_work_that_misses_its_deadline_is_overdue_and_its_late_result_is_thrown_away(room: Room) -> None:
    hang, heard = Hang("late"), []

    async def visit() -> None:
        try:
            heard.append(await Work("printer", hang, seconds=0.05))
        except Overdue as late:
            heard.append(late.lane)
        heard.append(await Work("printer", lambda: "next"))
        heard.append(await Ask(MENU))

    room.begin(visit())
    room.until_page(Menu)  # the lane has a thread again although the first one still hangs
    assert heard == ["printer", "next"]
    assert not hang.ended.is_set()
    hang.go.set()
    assert hang.ended.wait(5)
    assert hang.thread is not None
    hang.thread.join(5)
    assert not hang.thread.is_alive()
    room.settle()
    assert heard == ["printer", "next"]
    room.press("choice:typed")
    assert heard[2:] == ["typed"]


def test_work_that_ends_in_time_is_not_overdue_later(room: Room) -> None:
    heard: list[Any] = []

    async def visit() -> None:
        heard.append(await Work("store", lambda: 1, seconds=0.1))
        hang = Hang(2)
        hang.go.set()
        heard.append(await Work("store", hang, seconds=5))
        heard.append(await Ask(MENU))

    room.begin(visit())
    room.until_page(Menu)
    assert heard == [1, 2]


def test_a_result_that_comes_in_the_instant_of_the_deadline_counts(room: Room) -> None:
    """The lane has told; its word waits in the event loop while the deadline rings."""
    hang = Hang("in time")
    heard: list[Any] = []

    async def visit() -> None:
        heard.append(await Work("store", hang, seconds=0.001))

    session = room.begin(visit())
    assert hang.began.wait(5)
    hang.go.set()
    assert hang.ended.wait(5)
    marker = Hang()
    marker.go.set()
    room.lanes["store"].submit(marker, lambda _result, _error: None)
    assert marker.ended.wait(5)  # so the lane is through with the first: its signal is posted
    (call,) = session.findChildren(DeviceCall)
    call.overdue()
    room.until(lambda: room.ends)
    assert heard == ["in time"]
