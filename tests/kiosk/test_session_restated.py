"""A page that is told anew while somebody is on it: its time, its place and what is pressed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from kiosk.steps import Ask, Cancelled, WalkedAway, Work
from screens.maintenance.samples import CALM, MANY
from screens.menu import MenuScreen
from screens.pages import Menu, Nav, Upkeep
from tests.kiosk.room import Hang, Room

MENU = MenuScreen.SAMPLES["no-card"]


class Rounds:
    """A flow that asks a list again and again, and finds out on a lane what it says now."""

    def __init__(self, *lists: Upkeep) -> None:
        self.heard: list[Any] = []
        self.lists: Iterator[Upkeep] = iter(lists)
        self.looks: list[Hang] = []
        self.asked: list[object] = []

    async def visit(self) -> None:
        for page in self.lists:
            look = Hang()
            self.looks.append(look)
            await Work("store", look)
            self.heard.append(await Ask(page))

    def begin(self, room: Room) -> None:
        room.begin(self.visit()).asked.connect(self.asked.append)
        self.found_out(room)

    def found_out(self, room: Room) -> None:
        """Let the look that hangs come to its end, and the list be asked."""
        asked = len(self.asked)
        self.looks[-1].go.set()
        room.until(lambda: len(self.asked) > asked)


def restate(room: Room) -> None:
    assert room.session is not None
    room.session.restate(Upkeep, "changed")


def test_it_says_what_is_so_now(room: Room) -> None:
    rounds = Rounds(CALM, MANY)
    rounds.begin(room)
    restate(room)
    rounds.found_out(room)
    assert room.page() is MANY
    assert rounds.heard == ["changed"]


@pytest.mark.parametrize("then", [CALM, replace(CALM, parts=CALM.parts[:-1])], ids=["as before", "otherwise"])
def test_what_is_pressed_while_it_is_found_out_counts_once(room: Room, then: Upkeep) -> None:
    rounds = Rounds(CALM, then, CALM)
    rounds.begin(room)
    restate(room)
    room.press("deed:refill")
    rounds.found_out(room)
    assert rounds.heard == ["changed", "refill"]
    rounds.found_out(room)
    assert rounds.heard == ["changed", "refill"]
    room.press("deed:logs")
    assert rounds.heard == ["changed", "refill", "logs"]


def test_who_leaves_while_it_is_found_out_has_left(room: Room) -> None:
    rounds = Rounds(CALM, CALM)
    rounds.begin(room)
    restate(room)
    room.press("nav:leave")
    rounds.found_out(room)
    assert [type(end) for end in room.ends] == [Cancelled]


def test_its_time_runs_on_however_often_it_is_told_anew(room: Room) -> None:
    rounds = Rounds(*[CALM] * 9)
    rounds.begin(room)
    for _ in range(4):
        room.wait(CALM.seconds / 5)
        restate(room)
        rounds.found_out(room)
    room.wait(CALM.seconds / 5)
    assert [type(end) for end in room.ends] == [WalkedAway]


def test_the_question_whether_anybody_is_there_stays(room: Room) -> None:
    rounds = Rounds(*[CALM] * 3)
    rounds.begin(room)
    room.wait(CALM.seconds - 10)
    room.until(lambda: room.warnings)
    restate(room)
    rounds.found_out(room)
    room.wait(1)
    assert room.warnings == 1


@pytest.mark.parametrize("then", [MANY, replace(MANY, parts=MANY.parts[:-1])], ids=["as before", "otherwise"])
def test_who_has_turned_a_page_is_still_there(room: Room, then: Upkeep) -> None:
    rounds = Rounds(MANY, then)
    rounds.begin(room)
    room.press("page:after")
    seen = room.window.words_shown()
    restate(room)
    rounds.found_out(room)
    assert "第 2 页" in seen
    assert "第 2 页" in room.window.words_shown()


def test_a_list_that_says_the_same_is_not_built_again_under_a_finger(room: Room) -> None:
    rounds = Rounds(CALM, replace(CALM))
    rounds.begin(room)
    (key,) = room.window.findChildren(QAbstractButton, "deed:refill")
    restate(room)
    rounds.found_out(room)
    assert room.window.findChildren(QAbstractButton, "deed:refill") == [key]


def test_another_page_begins_anew_and_hears_nothing_of_before(room: Room) -> None:
    heard: list[Any] = []
    look = Hang()

    async def visit() -> None:
        heard.append(await Ask(CALM))
        await Work("store", look)
        heard.append(await Ask(MENU))

    room.begin(visit())
    room.wait(CALM.seconds - 30)
    restate(room)
    room.window.answered.emit(Nav.BACK)
    look.go.set()
    room.until_page(Menu)
    assert heard == ["changed"]
    room.wait(MENU.seconds - 25)
    assert (room.ends, room.warnings) == ([], 0)
