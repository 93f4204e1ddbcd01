"""The time of a page: the warning before its end, and what gives it back whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.page_clock import WARNING
from kiosk.steps import Ask, Cancelled, WalkedAway, Work
from screens.look import Look
from screens.menu import MenuScreen
from screens.notice import NoticeScreen
from screens.pages import Menu, Notice
from tests.kiosk.room import Hang, Room, asks

MENU = MenuScreen.SAMPLES["no-card"]
NOTICE = next(iter(NoticeScreen.SAMPLES.values()))


def test_who_does_nothing_is_warned_and_then_the_visit_is_over(room: Room) -> None:
    heard: list[Any] = []
    room.begin(asks(MENU, heard=heard))
    room.wait(Menu.seconds - WARNING - 1)
    assert (room.warnings, heard) == (0, [])
    room.wait(2)
    assert room.warnings == 1
    assert "still-here" in room.pressable()
    room.wait(WARNING - 2)
    assert heard == []
    room.wait(2)
    assert [type(each) for each in heard] == [WalkedAway]
    assert [type(each) for each in room.ends] == [WalkedAway]


def test_the_warning_is_said_once_and_counts_down(room: Room) -> None:
    room.begin(asks(MENU, heard=[]))
    room.wait(Menu.seconds - 15)
    assert "15" in room.window.words_shown()
    room.wait(5)
    assert "10" in room.window.words_shown()
    assert room.warnings == 1


@pytest.mark.parametrize(
    "touch",
    [lambda room: room.press("still-here"), lambda room: room.window.touched.emit()],
    ids=["on its key", "anywhere"],
)
def test_who_touches_the_screen_has_the_whole_time_again(room: Room, touch: Callable[[Room], None]) -> None:
    heard: list[Any] = []
    room.begin(asks(MENU, heard=heard))
    room.wait(Menu.seconds - 5)
    assert room.warnings == 1
    touch(room)
    assert "still-here" not in room.pressable()
    room.wait(Menu.seconds - WARNING - 1)
    assert (room.warnings, heard) == (1, [])
    room.wait(2)
    assert room.warnings == 2


def test_the_warning_has_a_key_that_ends_the_visit_now(room: Room) -> None:
    heard: list[Any] = []
    room.begin(asks(MENU, heard=heard))
    room.wait(Menu.seconds - 5)
    room.press("end-now")
    assert [type(each) for each in heard] == [Cancelled]


def test_each_page_has_a_time_of_its_own(room: Room) -> None:
    heard: list[Any] = []
    room.begin(asks(MENU, MENU, heard=heard))
    room.wait(Menu.seconds - 5)
    room.press("still-here")
    room.press("choice:typed")
    room.wait(Menu.seconds - WARNING - 1)
    assert heard == ["typed"]
    assert "still-here" not in room.pressable()


def test_a_page_that_does_not_insist_just_ends(room: Room) -> None:
    heard: list[Any] = []
    room.begin(asks(NOTICE, heard=heard))
    room.wait(Notice.seconds - 1)
    room.window.touched.emit()
    assert heard == []
    room.wait(1)
    assert heard == [None]
    assert room.warnings == 0
    assert room.ends == [None]


def test_in_elder_mode_there_is_twice_the_time_from_the_change_on(room: Room) -> None:
    heard: list[Any] = []
    room.begin(asks(MENU, heard=heard))
    room.wait(Menu.seconds - WARNING - 1)
    room.window.set_look(Look(elder=True))
    room.wait(2 * Menu.seconds - WARNING - 1)
    assert (room.warnings, heard) == (0, [])
    room.wait(2)
    assert room.warnings == 1


def test_nobody_s_time_runs_while_a_device_works(room: Room) -> None:
    hang, heard = Hang(), []

    async def visit() -> None:
        await Work("printer", hang)
        heard.append(await Ask(MENU))

    room.begin(visit())
    room.clock.pass_(10 * Menu.seconds)
    hang.go.set()
    room.until_page(Menu)
    room.wait(Menu.seconds - WARNING - 1)
    assert (room.warnings, heard, room.ends) == (0, [], [])
