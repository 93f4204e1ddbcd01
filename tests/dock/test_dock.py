"""Every key of the dock does what it says, at a kiosk in a process of its own."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from devices.printer import Paper
from offline_cache.clock import HALL_ZONE
from screens.text import Text
from tests.day.certificates import fill_in
from tests.dock.keys import MoveKey
from tests.dock.scale import DOCK, WIDE, DeskTheme
from tests.dock.seen import Seen
from tests.dock.table import Table, nobody
from tests.dock.window import DockWindow
from tests.stand.kiosk import until


def test_card_in_greets_its_holder_and_swap_greets_the_next(table: Table, qtbot: QtBot) -> None:
    table.press(qtbot, "card:0", lambda seen: seen.card == 0, "Card in")
    table.see("王*", "社保卡在机内")
    table.press(qtbot, "card:1", lambda seen: seen.card == 1, "Swap card")
    table.see("李*", "社保卡在机内")
    table.press(qtbot, "card:2", lambda seen: seen.card == 2, "Swap card")
    table.see("欧*", "社保卡在机内")
    table.press(qtbot, "card:2", lambda seen: seen.card is None, "Card out")
    table.hands.place.attract()


def test_an_id_card_laid_down_greets_its_holder(table: Table, qtbot: QtBot) -> None:
    for who, name in enumerate(("王*", "李*", "欧*")):
        table.press(qtbot, f"id:{who}", partial(_lies, who), "ID down" if who == 0 else "Swap ID")
        table.see(name)
    table.press(qtbot, "id:2", lambda seen: seen.id_card is None, "ID away")
    table.leave()


def test_a_booking_code_under_the_camera_is_read(table: Table, qtbot: QtBot) -> None:
    table.hands.place.kiosk.press("choice:booking")
    table.see("请把预约码放到扫描口")
    table.press(qtbot, "booking", lambda seen: seen.under == "booking", "Show")
    table.see("请核对")
    table.press(qtbot, "booking", lambda seen: seen.under is None, "away")
    table.leave()


def test_a_slip_is_torn_followed_and_taken(table: Table, qtbot: QtBot) -> None:
    table.press(qtbot, "tear", lambda seen: seen.tearing)
    table.ticket()
    with table.shows(qtbot, _torn):
        pass
    table.press(qtbot, "refill", lambda seen: seen.paper is Paper.OK)
    with table.shows(qtbot, _followed):
        pass
    table.press(qtbot, "scan:slip", partial(_phone_says, "Waiting"), "Scan")
    table.press(qtbot, "scan:slip", lambda seen: seen.phone is None, "Phone away")
    table.press(qtbot, "take:slip", lambda seen: seen.slip is None)
    assert not table.key("take:slip").isEnabled()
    assert not table.key("scan:slip").isEnabled()
    table.hands.place.attract(30)


def test_a_sheet_comes_out_and_phone_and_scanner_find_it_genuine(table: Table, qtbot: QtBot) -> None:
    place = table.hands.place
    table.see("A4 和小票")
    table.press(qtbot, "id:0", partial(_lies, 0))
    until("certificates can be chosen", lambda: "choice:certificates" in place.kiosk.ask("keys"))
    fill_in(place, "a4")
    with table.shows(qtbot, lambda seen: seen.sheet is not None, 30):
        place.kiosk.press("primary")
    table.see("证明已打印")
    table.press(qtbot, "id:0", lambda seen: seen.id_card is None)
    place.attract(30)
    copies = "SELECT outcome FROM certificate_copy"
    until("the hall knows", lambda: table.hands.world.hall.rows(copies) == [("printed",)], 20)
    table.press(qtbot, "scan:sheet", partial(_phone_says, "Genuine and valid"), "Scan")
    table.press(qtbot, "scan:sheet", lambda seen: seen.phone is None, "Phone away")
    place.kiosk.press("choice:verify")
    table.see("放到扫描口")
    table.press(qtbot, "hold:sheet", lambda seen: seen.under == "sheet", "Hold")
    table.see("真实有效", "王*明")
    table.press(qtbot, "hold:sheet", lambda seen: seen.under is None, "away")
    table.leave()
    table.press(qtbot, "take:sheet", lambda seen: seen.sheet is None)
    assert not any(table.key(name).isEnabled() for name in ("take:sheet", "scan:sheet", "hold:sheet"))


def test_without_paper_or_power_for_sheets_only_slips_are_offered(table: Table, qtbot: QtBot) -> None:
    kiosk = table.hands.place.kiosk
    for name in ("sheets:paper", "sheets:power"):
        table.see("A4 和小票")
        table.press(qtbot, name, lambda seen: seen.sheets_out or not seen.sheets_on)
        until("only slips", lambda: "A4 和小票" not in kiosk.text() and "小票" in kiosk.text(), 20)
        table.press(qtbot, name, lambda seen: not seen.sheets_out and seen.sheets_on)
    table.see("A4 和小票")


def _phone_says(word: str, seen: Seen) -> bool:
    return seen.phone is not None and word in seen.phone.words


def _lies(who: int, seen: Seen) -> bool:
    return seen.id_card == who


def _hall_is(wrong: int, seen: Seen) -> bool:
    return seen.hall_wrong == wrong


def _kiosk_is(wrong: int, seen: Seen) -> bool:
    return seen.kiosk_wrong == wrong


def _followed(seen: Seen) -> bool:
    """The slip says where, and the hall knows of it."""
    return bool(seen.address and seen.queue)


def _torn(seen: Seen) -> bool:
    return seen.paper is Paper.OUT and seen.slip is not None and seen.slip.torn and not seen.tearing


def test_the_printer_says_what_ails_it_until_it_is_mended(table: Table, qtbot: QtBot) -> None:
    table.press(qtbot, "low", lambda seen: seen.paper is Paper.LOW)
    until("the hall knows", lambda: table.hands.world.hall.rows("SELECT paper FROM kiosk") == [("low",)], 20)
    table.press(qtbot, "out", lambda seen: seen.paper is Paper.OUT)
    table.see("号票纸用完了", "P102")
    table.press(qtbot, "refill", lambda seen: seen.paper is Paper.OK)
    table.press(qtbot, "cover", lambda seen: seen.cover_open, "Open")
    table.see("P103")
    table.press(qtbot, "cover", lambda seen: not seen.cover_open, "Close")
    table.press(qtbot, "power", lambda seen: not seen.printer_on, "off")
    table.see("P101")
    table.press(qtbot, "power", lambda seen: seen.printer_on, "on")
    table.hands.place.attract(20)


def test_a_killed_card_daemon_is_named_until_it_is_back(table: Table, qtbot: QtBot) -> None:
    table.press(qtbot, "daemon", lambda seen: not seen.daemon, "Kill")
    table.see("C101")
    table.press(qtbot, "daemon", lambda seen: seen.daemon, "Start")
    until("the reader is back", lambda: "C101" not in table.hands.place.kiosk.text(), 20)


def test_the_network_cut_is_survived(table: Table, qtbot: QtBot) -> None:
    table.press(qtbot, "network", lambda seen: not seen.cable, "Cut")
    table.see("离线可办")
    table.press(qtbot, "network", lambda seen: seen.cable, "Mend")
    until("online", lambda: "离线可办" not in table.hands.place.kiosk.text(), 30)


def test_the_kiosk_comes_back_from_a_pulled_plug(table: Table, qtbot: QtBot) -> None:
    table.press(qtbot, "kiosk", lambda seen: not seen.kiosk, "out")
    assert table.hands.place.kiosk.is_dead()
    table.press(qtbot, "kiosk", lambda seen: seen.kiosk, "in")
    table.hands.place.attract(30)


def test_the_kiosk_follows_the_clock_of_its_hall(table: Table, qtbot: QtBot) -> None:
    table.turn("clocks")
    for name, hours in (("hall:on", 6), ("hall:right", 0), ("hall:back", -6), ("hall:right", 0)):
        table.press(qtbot, name, partial(_hall_is, hours * 3_600))
        until("the kiosk follows", partial(_shows, table, timedelta(hours=hours)), 20)
    table.turn("cables")


def _shows(table: Table, ahead: timedelta) -> bool:
    """Whether clock and day at the head of the screen are right by a hall that is this far ``ahead``."""
    there, text = datetime.now(HALL_ZONE) + ahead, table.hands.place.kiosk.text()
    minutes = (there, there - timedelta(minutes=1))
    return any(text.startswith(f"{each:%H:%M}\n") and f"{each.month}月{each.day}日" in text for each in minutes)


def test_a_wrong_clock_of_its_own_is_named_and_not_followed(table: Table, qtbot: QtBot) -> None:
    def suspect(yes: bool) -> bool:
        return ("L103" in str(table.hands.world.hall.rows("SELECT faults FROM kiosk"))) is yes

    table.turn("clocks")
    for name, days in (("clock:on", 1), ("clock:right", 0), ("clock:back", -1), ("clock:right", 0)):
        table.press(qtbot, name, partial(_kiosk_is, days * 86_400))
        until("the hall knows", partial(suspect, bool(days)), 20)
        assert _shows(table, timedelta())
    table.turn("cables")


def test_a_dock_that_was_never_opened_goes_at_once_and_leaves_no_thread(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    window = DockWindow(DeskTheme(scale=0.5), nobody)
    qtbot.addWidget(window)
    window.show()
    assert window.close()
    assert [thread.name for thread in set(threading.enumerate()) - before if thread.name.startswith("lane-")] == []


@pytest.mark.parametrize("width", [DOCK[0], WIDE[0], WIDE[-1]])
@pytest.mark.parametrize("scale", [0.38, 0.54, 1.0])
def test_every_word_of_the_dock_has_its_room(qtbot: QtBot, width: int, scale: float) -> None:
    window = DockWindow(DeskTheme(scale=scale), nobody, width)
    qtbot.addWidget(window)
    window.show()
    assert [key.title for key in window.findChildren(MoveKey) if not key.fits()] == []
    assert [text.said() for text in window.findChildren(Text) if not text.fits()] == []
    seen = [key for key in window.findChildren(MoveKey) if key.isVisible()]
    assert max(key.mapTo(window, QPoint(0, key.height())).y() for key in seen) < window.height()
    assert window.log.height() > 300 * scale, "there is no room for what happened"
