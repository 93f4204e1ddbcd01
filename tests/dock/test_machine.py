"""Work cards, the UPS, a stick and a kiosk that stands still: what the dock's keys for them do."""

from __future__ import annotations

import os
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from tests.day.technicians import PIN, type_pin
from tests.dock.controls import PIN_SAID
from tests.dock.scale import DOCK, WIDE, DeskTheme
from tests.dock.seen import Seen
from tests.dock.table import Table, nobody
from tests.dock.window import DockWindow
from tests.dock.work_cards import WORK_CARDS, WorkCard
from tests.stand.kiosk import until

BY_NAME = {card.name: card for card in WORK_CARDS}


def _lies(card: WorkCard, seen: Seen) -> bool:
    return seen.work == card


def _put_in(table: Table, bot: QtBot, card: WorkCard) -> None:
    table.turn("work")
    table.press(bot, f"work:{card.name}", partial(_lies, card), card.name)


def _take_out(table: Table, bot: QtBot, card: WorkCard) -> None:
    table.press(bot, f"work:{card.name}", lambda seen: seen.work is None)
    table.turn("people")
    table.hands.place.attract(20)


@pytest.mark.parametrize("name", [card.name for card in WORK_CARDS if not card.revoked])
def test_a_work_card_and_the_pin_that_the_dock_shows_open_the_maintenance_mode(
    table: Table, qtbot: QtBot, name: str
) -> None:
    assert PIN in PIN_SAID
    card = BY_NAME[name]
    _put_in(table, qtbot, card)
    type_pin(table.hands.place)
    table.see(f"{card.zh} {name}")
    _take_out(table, qtbot, card)


def test_there_is_a_card_for_every_role() -> None:
    assert {card.role.value for card in WORK_CARDS if not card.revoked} == {"technician", "site-manager", "vendor"}


def test_a_revoked_card_is_turned_away_by_its_code(table: Table, qtbot: QtBot) -> None:
    (card,) = [card for card in WORK_CARDS if card.revoked]
    _put_in(table, qtbot, card)
    table.see("M106")
    _take_out(table, qtbot, card)


def test_a_citizens_card_takes_the_place_of_a_work_card(table: Table, qtbot: QtBot) -> None:
    _put_in(table, qtbot, WORK_CARDS[0])
    table.see("请输入维护卡的密码")
    table.turn("people")
    table.press(qtbot, "card:0", lambda seen: seen.work is None and seen.card == 0, "Swap")
    table.see("王*", "社保卡在机内")
    table.press(qtbot, "card:0", lambda seen: seen.card is None, "Card out")
    table.hands.place.attract(20)


def test_a_stick_is_put_in_where_the_kiosk_looks_for_one_and_pulled_again(table: Table, qtbot: QtBot) -> None:
    at = table.hands.place.stick.at
    table.press(qtbot, "stick", lambda seen: seen.stick, "Stick in")
    assert os.path.ismount(at)
    table.press(qtbot, "stick", lambda seen: not seen.stick, "Stick out")
    assert not os.path.ismount(at)


@pytest.mark.parametrize("width", [DOCK[0], WIDE[0]])
def test_a_key_that_can_do_nothing_here_says_why(qtbot: QtBot, width: int) -> None:
    window = DockWindow(DeskTheme(scale=0.5), nobody, width)
    qtbot.addWidget(window)
    window.show()
    window.follow(Seen(no_stick="needs root"))
    (key,) = [key for key in window.keys if key.objectName() == "stick"]
    assert (key.title, key.isEnabled()) == ("No stick: needs root", False)
    assert key.fits()


def test_a_frozen_kiosk_goes_on_when_it_is_let(table: Table, qtbot: QtBot) -> None:
    table.press(qtbot, "freeze", lambda seen: seen.frozen, "Freeze")
    table.press(qtbot, "freeze", lambda seen: not seen.frozen, "Go on")
    table.hands.place.attract(20)
    assert table.hands.place.kiosk.supervisor.runs == []


def test_a_frozen_kiosk_is_started_anew_by_its_supervisor(table: Table, qtbot: QtBot) -> None:
    old = table.hands.place.kiosk.pid
    table.press(qtbot, "freeze", lambda seen: seen.frozen, "Freeze")
    with table.shows(qtbot, lambda seen: not seen.frozen, 60):
        pass
    assert table.hands.place.kiosk.pid != old
    assert table.hands.place.kiosk.supervisor.runs[-1].result == "watchdog"
    table.hands.place.attract(30)


def test_without_mains_it_goes_on_and_at_the_end_of_the_battery_the_machine_switches_itself_off(
    table: Table, qtbot: QtBot
) -> None:
    hands = table.hands
    table.press(qtbot, "mains", lambda seen: seen.power == "battery", "Mains out")
    until("the hall knows", lambda: "U101" in str(hands.world.hall.rows("SELECT faults FROM kiosk")), 30)
    table.press(qtbot, "battery", lambda seen: seen.power == "low", "UPS low")
    table.see("停电了", "U102")
    with table.shows(qtbot, lambda seen: not seen.kiosk, 60):
        pass
    assert hands.place.kiosk.is_dead()
    table.press(qtbot, "mains", lambda seen: seen.power == "mains", "Mains in")
    table.press(qtbot, "kiosk", lambda seen: seen.kiosk, "Plug in")
    hands.place.attract(30)
