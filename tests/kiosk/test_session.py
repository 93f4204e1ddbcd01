"""A visit on the screen: its answers, its time, its card, its work, and how it ends."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from devices.scanner import Fault as ScanFault
from kiosk.session import WARNING
from kiosk.steps import (
    Ask,
    Cancelled,
    CardPulled,
    CardSwapped,
    Overdue,
    Show,
    Visit,
    WalkedAway,
    WentHome,
    Work,
)
from screens.home import HomeScreen
from screens.look import Look
from screens.menu import MenuScreen
from screens.notice import NoticeScreen
from screens.pages import CARD_TAKEN, Chosen, Menu, Moment, Nav, Notice, Page, Printing, TakeTicket
from screens.printing import PrintingScreen
from screens.scan_code import ScanCodeScreen
from screens.services import ServicesScreen
from screens.take import TakeTicketScreen
from screens.words import Language
from tests.kiosk.room import Hang, Room, room_for

MENU = MenuScreen.SAMPLES["no-card"]
HOME = HomeScreen.SAMPLES["booked"]
SERVICES = ServicesScreen.SAMPLES["none"]
NOTICE = next(iter(NoticeScreen.SAMPLES.values()))
PRINTING = next(iter(PrintingScreen.SAMPLES.values()))
SCAN = next(iter(ScanCodeScreen.SAMPLES.values()))
TAKE = TakeTicketScreen.SAMPLES["card"]
TAKE_ONLY = TakeTicketScreen.SAMPLES["offline"]


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    with room_for(qtbot) as made:
        yield made


async def asks(*pages: Page[Any], heard: list[Any]) -> None:
    """Ask one page after the other and remember what came."""
    for page in pages:
        try:
            heard.append(await Ask(page))
        except Exception as left:
            heard.append(left)
            raise


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


# Time.


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


# The card.


def test_a_card_taken_from_a_page_ends_the_visit_there(room: Room) -> None:
    heard: list[Any] = []
    session = room.begin(asks(HOME, MENU, heard=heard), has_card=True)
    session.card_taken()
    assert [type(each) for each in heard] == [CardPulled]
    assert [type(each) for each in room.ends] == [CardPulled]


def test_on_the_last_page_the_card_is_what_is_waited_for(room: Room) -> None:
    heard: list[Any] = []
    session = room.begin(asks(TAKE, TAKE_ONLY, heard=heard), has_card=True)
    session.card_taken()
    assert heard == [CARD_TAKEN]
    assert room.page() is TAKE_ONLY
    room.wait(TakeTicket.seconds)
    assert heard == [CARD_TAKEN, None]
    assert room.ends == [None]


def test_a_notice_stays_when_the_card_is_taken_from_it(room: Room) -> None:
    heard: list[Any] = []
    session = room.begin(asks(NOTICE, heard=heard), has_card=True)
    session.card_taken()
    assert heard == []
    room.press("nav:leave")
    assert [type(each) for each in heard] == [Cancelled]


def test_a_card_taken_during_a_notice_does_not_open_the_next_page(room: Room) -> None:
    heard: list[Any] = []
    session = room.begin(asks(NOTICE, HOME, heard=heard), has_card=True)
    session.card_taken()
    session.answer("go-on")
    room.until(lambda: room.ends)
    assert heard[0] == "go-on"
    assert [type(each) for each in heard[1:]] == [CardPulled]


def test_a_card_pulled_while_the_slip_is_printed_still_hears_its_number(room: Room) -> None:
    hang, heard = Hang(), []

    async def visit() -> None:
        await Show(PRINTING)
        await Work("printer", hang)
        heard.append(await Ask(TAKE))
        heard.append(await Ask(TAKE_ONLY))

    session = room.begin(visit(), has_card=True)
    session.card_taken()
    assert isinstance(room.page(), Printing)
    hang.go.set()
    room.until(lambda: room.page() is TAKE_ONLY)  # nobody is asked for a card that is gone
    assert heard == [CARD_TAKEN]
    room.wait(TakeTicket.seconds - 1)
    assert room.ends == []
    room.wait(1)
    assert heard == [CARD_TAKEN, None]


def test_a_card_pulled_during_work_ends_the_visit_at_the_next_page_that_goes_on(room: Room) -> None:
    hang, heard = Hang("looked up"), []

    async def visit() -> None:
        heard.append(await Work("store", hang))
        await asks(MENU, heard=heard)

    session = room.begin(visit(), has_card=True)
    assert hang.began.wait(5)
    session.card_taken()
    assert room.ends == []  # a device's work is brought to its end
    hang.go.set()
    room.until(lambda: room.ends)
    assert heard[0] == "looked up"
    assert isinstance(heard[1], CardPulled)


# Leaving.


def test_leaving_ends_an_open_page_at_once(room: Room) -> None:
    heard: list[Any] = []
    session = room.begin(asks(MENU, HOME, heard=heard))
    session.leave(CardSwapped())
    assert [type(each) for each in room.ends] == [CardSwapped]
    assert room.page() is MENU


def test_leaving_during_work_lands_at_the_next_ask(room: Room) -> None:
    hang, heard = Hang(1), []

    async def visit() -> None:
        heard.append(await Work("printer", hang))
        heard.append(await Work("store", lambda: 2))
        await asks(MENU, heard=heard)

    session = room.begin(visit())
    session.leave(CardSwapped())
    assert room.ends == []
    hang.go.set()
    room.until(lambda: room.ends)
    assert heard[:2] == [1, 2]
    assert isinstance(heard[2], CardSwapped)


def test_a_farewell_ends_for_the_next_person_without_an_error(room: Room) -> None:
    heard: list[Any] = []
    session = room.begin(asks(TAKE, heard=heard), has_card=True)
    session.leave(CardSwapped())
    assert heard == [None]
    assert room.ends == [None]


def test_the_first_reason_to_leave_is_the_one_that_counts(room: Room) -> None:
    hang = Hang()
    heard: list[Any] = []

    async def visit() -> None:
        await Work("printer", hang)
        await asks(MENU, heard=heard)

    session = room.begin(visit(), has_card=True)
    session.leave(CardSwapped())
    session.leave(CardPulled())
    hang.go.set()
    room.until(lambda: room.ends)
    assert [type(each) for each in room.ends] == [CardSwapped]


@pytest.mark.parametrize("page", [MENU, TAKE, NOTICE], ids=["question", "farewell", "notice"])
def test_a_page_that_nobody_is_there_for_is_neither_shown_nor_read_aloud(room: Room, page: Page[Any]) -> None:
    hang = Hang()
    heard: list[Any] = []
    asked: list[Any] = []

    async def visit() -> None:
        await Show(PRINTING)
        await Work("printer", hang)
        await asks(page, heard=heard)

    session = room.begin(visit())
    session.asked.connect(asked.append)
    session.leave(CardSwapped())
    hang.go.set()
    room.until(lambda: room.ends)
    assert (asked, room.page()) == ([], PRINTING)
    assert len(heard) == 1
    assert heard[0] is None if page.farewell else isinstance(heard[0], CardSwapped)


async def settles(hang: Hang) -> None:
    """A page, and something to bring to its end for whoever leaves it."""
    try:
        await Ask(MENU)
    finally:
        await Work("store", hang)


@pytest.mark.parametrize(
    "go",
    [
        lambda room, session: room.press("nav:leave"),
        lambda room, session: room.clock.pass_(Menu.seconds),
        lambda room, session: session.leave(CardSwapped()),
        lambda room, session: session.card_taken(),
    ],
    ids=["key", "nobody", "next card", "card gone"],
)
def test_who_leaves_takes_the_page_with_them_while_a_device_still_works(room: Room, go: Any) -> None:
    hang = Hang()
    session = room.begin(settles(hang), has_card=True)
    go(room, session)
    room.until(hang.began.is_set)
    assert (room.page(), room.ends) == (Moment(), [])
    hang.go.set()
    room.until(lambda: room.ends)


@pytest.mark.parametrize(
    "go", [lambda session: session.leave(CardSwapped()), lambda session: session.card_taken()], ids=["next", "gone"]
)
def test_a_page_that_was_answered_goes_with_who_answered_it(room: Room, go: Any) -> None:
    hang = Hang()
    session = room.begin(settles(hang), has_card=True)
    room.press("choice:typed")
    assert hang.began.wait(5)
    assert room.page() is MENU
    go(session)
    assert room.page() == Moment()
    hang.go.set()
    room.until(lambda: room.ends)


def test_what_is_being_printed_stays_on_the_screen_whoever_comes(room: Room) -> None:
    hang = Hang()

    async def visit() -> None:
        await Ask(MENU)
        await Show(PRINTING)
        await Work("printer", hang)

    session = room.begin(visit())
    room.press("choice:typed")
    session.leave(CardSwapped())
    assert room.page() is PRINTING
    hang.go.set()
    room.until(lambda: room.ends)


# Work.


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
    session._on_deadline()
    room.until(lambda: room.ends)
    assert heard == ["in time"]


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
