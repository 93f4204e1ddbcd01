"""A visit on the screen: its answers, its errors, and that nothing of it is left."""

from __future__ import annotations

import weakref
from typing import Any

import pytest

from devices.scanner import Fault as ScanFault
from kiosk.steps import Ask, Cancelled, CardSwapped, Show, Visit, WentHome, Work
from screens.home import HomeScreen
from screens.look import Look
from screens.menu import MenuScreen
from screens.notice import NoticeScreen
from screens.pages import Chosen, Menu, Nav, Notice, Page
from screens.printing import PrintingScreen
from screens.scan_code import ScanCodeScreen
from screens.services import ServicesScreen
from screens.words import Language
from tests.kiosk.room import Hang, Room, asks

MENU = MenuScreen.SAMPLES["no-card"]
HOME = HomeScreen.SAMPLES["booked"]
SERVICES = ServicesScreen.SAMPLES["none"]
NOTICE = next(iter(NoticeScreen.SAMPLES.values()))
PRINTING = next(iter(PrintingScreen.SAMPLES.values()))
SCAN = next(iter(ScanCodeScreen.SAMPLES.values()))


# Answers.


def test_what_is_pressed_is_what_the_flow_hears(room: Room) -> None:
    heard: list[Any] = []
    room.begin(asks(MENU, MENU, heard=heard))
    room.press("choice:typed")
    room.press("nav:back")
    assert heard == ["typed", Nav.BACK]
    assert room.ends == [None]


@pytest.mark.parametrize(("key", "left"), [("nav:leave", Cancelled), ("nav:home", WentHome)])
def test_keys_of_the_frame_reach_the_flow_at_its_ask(room: Room, key: str, left: type[Exception]) -> None:
    heard: list[Any] = []
    room.begin(asks(MENU, heard=heard))
    room.press(key)
    assert [type(each) for each in heard] == [left]
    assert [type(each) for each in room.ends] == [left]


def test_a_flow_may_stay_when_the_citizen_goes_home(room: Room) -> None:
    async def visit() -> None:
        with pytest.raises(WentHome):
            await Ask(MENU)
        await Ask(HOME)

    room.begin(visit())
    room.press("nav:home")
    assert room.page() is HOME
    assert room.ends == []


def test_two_answers_to_one_page_have_one_effect(room: Room) -> None:
    heard: list[Any] = []
    session = room.begin(asks(MENU, heard=heard))
    room.window.answered.emit("typed")
    room.window.answered.emit("none")
    session.answer("none")
    assert heard == ["typed"]
    assert room.ends == [None]


def test_an_answer_while_a_device_works_is_not_kept_for_the_next_page(room: Room) -> None:
    hang = Hang("printed")
    heard: list[Any] = []

    async def visit() -> None:
        heard.append(await Ask(MENU))
        heard.append(await Work("printer", hang))
        heard.append(await Ask(HOME))

    session = room.begin(visit())
    room.press("choice:typed")
    for late in ("none", Nav.LEAVE, Nav.HOME):
        session.answer(late)
    hang.go.set()
    room.until(lambda: room.page() is HOME)
    assert heard == ["typed", "printed"]
    assert room.ends == []


def test_a_code_is_an_answer_only_to_a_page_that_scans(room: Room) -> None:
    heard: list[Any] = []
    session = room.begin(asks(MENU, SCAN, SCAN, heard=heard))
    session.scanned(b"too early")
    assert heard == []
    room.press("choice:typed")
    session.scanned(b"KETING-B:1")
    session.scanned(ScanFault.TWO_CODES)
    session.scanned(b"too late")
    assert heard == ["typed", b"KETING-B:1", ScanFault.TWO_CODES]


def test_the_language_may_change_in_the_middle_and_what_was_chosen_stays(room: Room) -> None:
    heard: list[Any] = []
    room.begin(asks(SERVICES, heard=heard))
    room.press("matter:si-transfer")
    room.window.set_look(Look(language=Language.EN))
    room.press("matter:mi-remote")
    room.window.set_look(Look(language=Language.ZH))
    room.press("primary")
    assert heard == [Chosen(("si-transfer", "mi-remote"))]


# Errors, ends, leftovers.


def test_an_error_in_a_flow_ends_this_visit_and_the_next_one_begins(room: Room) -> None:
    async def broken() -> None:
        await Ask(MENU)
        raise ZeroDivisionError

    room.begin(broken())
    room.press("choice:typed")
    assert [type(each) for each in room.ends] == [ZeroDivisionError]
    heard: list[Any] = []
    room.begin(asks(MENU, heard=heard))
    room.press("choice:none")
    assert heard == ["none"]


class NoScreen(Page[None]):
    """A page that nobody made a screen for."""


@pytest.mark.parametrize("step", [Ask, Show])
def test_a_page_that_can_t_be_shown_ends_its_visit_only(room: Room, step: Any) -> None:
    closed: list[bool] = []

    async def broken() -> None:
        try:
            await step(NoScreen())
        finally:
            closed.append(True)

    room.begin(broken())
    assert [type(each) for each in room.ends] == [KeyError]
    assert closed == [True]
    room.begin(asks(MENU, heard=[]))
    assert room.page() is MENU


def test_a_visit_without_any_page_is_over_as_it_begins(room: Room) -> None:
    async def nothing() -> None:
        await Show(PRINTING)

    room.begin(nothing())
    assert room.ends == [None]


def test_nothing_reaches_a_visit_that_is_over(room: Room) -> None:
    heard: list[Any] = []
    session = room.begin(asks(MENU, heard=heard))
    room.press("nav:leave")
    room.window.show_page(MENU, card_inside=False)
    room.press("choice:typed")
    room.window.touched.emit()
    session.stay()
    session.card_taken()
    session.leave(CardSwapped())
    session.scanned(b"x")
    assert len(heard) == 1
    assert len(room.ends) == 1


class Words:
    """Stands for what a citizen said: it can be asked whether it is still there."""


def test_of_a_hundred_visits_nothing_is_left(room: Room) -> None:
    left: list[weakref.ref[Any]] = []

    async def visit(said: Words) -> None:
        await Work("store", lambda: said)
        await Ask(MENU)
        await Work("printer", lambda: said)
        await Ask(NOTICE)

    for at in range(100):
        said = Words()
        flow: Visit = visit(said)
        session = room.begin(flow, has_card=True)
        left += [weakref.ref(said), weakref.ref(session)]
        room.until_page(Menu)
        if at % 3 == 0:
            session.card_taken()
        elif at % 3 == 1:
            room.window.answered.emit(Nav.LEAVE)
        else:
            room.window.answered.emit("typed")
            room.until_page(Notice)
            room.window.answered.emit(None)
        assert len(room.ends) == at + 1
        session.deleteLater()
        room.session = None
        room.window.forget()
        room.ends[-1] = None  # an exception holds the frames it came through
        del said, flow, session
    room.settle()
    assert [ref for ref in left if ref() is not None] == []
