"""A visit that somebody leaves: the card is taken, another comes, and what was begun is brought to its end."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.steps import Ask, Cancelled, CardPulled, CardSwapped, Show, Work
from screens.home import HomeScreen
from screens.menu import MenuScreen
from screens.notice import NoticeScreen
from screens.pages import CARD_TAKEN, Menu, Moment, Page, Printing, TakeTicket
from screens.printing import PrintingScreen
from screens.take import TakeTicketScreen
from tests.kiosk.room import Hang, Room, asks

MENU = MenuScreen.SAMPLES["no-card"]
HOME = HomeScreen.SAMPLES["booked"]
NOTICE = next(iter(NoticeScreen.SAMPLES.values()))
PRINTING = next(iter(PrintingScreen.SAMPLES.values()))
TAKE = TakeTicketScreen.SAMPLES["card"]
TAKE_ONLY = TakeTicketScreen.SAMPLES["offline"]


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
