"""Certificates on the real screen: a whole visit by its keys, papers under the scanner, the A4 printer watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from certificates import code
from devices import sheets
from devices.reader import CardArrived, CardRead
from devices.scanner import Scanned
from kiosk.catalogue import checked
from kiosk.papers import Authority
from offline_cache.tickets import Counts
from screens.pages import Attract, Fill, Home, Menu, Preview, ScanCode, TakePaper, Verified
from tests.kiosk.authority import HOST, TEMPLATES, Bureau, id_card
from tests.kiosk.bundle import payload
from tests.kiosk.duty import Duty
from tests.kiosk.room import room_for

FITTED = frozenset({"card", "id-card", "scanner", "sheets"})
HOLDER = id_card()

Start = Callable[..., Duty]


@pytest.fixture
def start(qtbot: QtBot, bureau: Bureau) -> Iterator[Start]:
    with room_for(qtbot) as room:
        begun: list[Duty] = []

        def begin(**changes: Any) -> Duty:
            begun.append(Duty(room, bureau, fitted=FITTED, **changes))
            bureau.papers.tell = begun[-1].watch.told.emit
            return begun[-1]

        yield begin
        for duty in begun:
            duty.close()


@pytest.fixture
def duty(start: Start) -> Duty:
    return start()


def lay_down(duty: Duty) -> None:
    duty.tell(CardArrived("id-card", watched=False), CardRead("id-card", HOLDER))


def to_preview(duty: Duty, paper: str = "80mm") -> None:
    lay_down(duty)
    duty.press("choice:certificates", "choice:residence")
    duty.sees(Fill, "您从哪一天起住在这里")
    duty.press(*(f"digit:{digit}" for digit in "20190305"), "primary")
    duty.sees(Menu, "这份证明用来办什么")
    duty.press("choice:1")
    duty.sees(Menu, "A4", "小票")
    duty.press(f"choice:{paper}")
    duty.sees(Preview)


@pytest.mark.parametrize("on", ["80mm", "a4"])
def test_a_whole_visit_by_the_keys_on_the_screen(duty: Duty, bureau: Bureau, on: str) -> None:
    to_preview(duty, on)
    duty.press("primary")
    duty.sees(TakePaper)
    assert bureau.balance() == Counts(1, 0, 1, 0, 0)
    assert (len(bureau.paper.papers()), len(bureau.sheets.papers)) == ((1, 0) if on == "80mm" else (0, 1))
    assert "王小明" not in duty.text()


def test_leaving_at_the_preview_makes_it_void(duty: Duty, bureau: Bureau) -> None:
    to_preview(duty)
    assert duty.forgotten == 0
    duty.press("nav:leave")
    duty.sees(Attract)
    assert bureau.balance() == Counts(1, 0, 0, 1, 0)
    assert duty.ends() == ["cancelled"]
    assert duty.forgotten == 1


def test_home_from_the_preview_makes_it_void(duty: Duty, bureau: Bureau) -> None:
    to_preview(duty)
    duty.press("nav:home")
    duty.sees(Home)
    assert bureau.balance() == Counts(1, 0, 0, 1, 0)


def test_nothing_of_a_certificate_is_in_the_journal(duty: Duty, bureau: Bureau) -> None:
    to_preview(duty)
    duty.press("primary")
    duty.sees(TakePaper)
    (claims,) = bureau.on_record()
    written = "".join(
        path.read_text("utf-8", "replace") for path in (bureau.folder / "journal").rglob("*") if path.is_file()
    )
    assert written
    assert not any(secret in written for secret in (HOLDER.name, HOLDER.number, HOLDER.address, claims.short_code))


def test_the_last_index_is_known_to_be_gone_as_soon_as_it_is_used(duty: Duty, bureau: Bureau) -> None:
    with bureau.store.transaction() as database:
        database.execute("DELETE FROM status_indices WHERE place <> 5")
    to_preview(duty)
    duty.until(lambda: authority(duty).indices == 0)


def authority(duty: Duty) -> Authority:
    assert duty.watch.machine.authority is not None
    return duty.watch.machine.authority


def test_at_night_a_card_still_leads_to_certificates(start: Start) -> None:
    duty = start(catalogue=checked(payload(hours={"open": [], "night": ["22:00", "06:00"]})))
    duty.sees(Attract, "24 小时")
    lay_down(duty)
    duty.press("choice:certificates")
    duty.sees(Menu, TEMPLATES["residence"].title.zh)


def test_a_paper_is_checked_without_a_card_and_nothing_of_it_stays(duty: Duty, bureau: Bureau) -> None:
    signed = bureau.papers.signed(TEMPLATES["residence"], HOLDER, (HOLDER.address, 43_527, 1), 5)
    duty.press("choice:verify")
    duty.sees(ScanCode)
    duty.until(lambda: duty.eye.open)
    duty.tell(Scanned("scanner", code.text(signed.message, signed.id, HOST).encode()))
    duty.sees(Verified, "王*明", "2019年3月5日")
    assert not duty.eye.open
    assert "王小明" not in duty.text()
    duty.press("nav:leave")
    duty.sees(Attract)
    assert "王" not in duty.text()
    assert duty.noted("visit.began") == [{"via": "code"}]


# The A4 printer.


def test_a_printer_that_is_lost_closes_a4_and_is_in_the_journal_and_the_heartbeat(duty: Duty, bureau: Bureau) -> None:
    assert duty.watch.report().faults == ()
    duty.sees(Attract, "A4 和小票，24 小时")
    bureau.sheets.fault = sheets.Fault.PAPER_OUT
    duty.until(lambda: duty.noted("device.lost"))
    assert duty.noted("device.lost") == [{"device": "sheets", "fault": "A102"}]
    assert duty.watch.report().faults == ("A102",)
    duty.until(lambda: "A4 和小票" not in duty.text())
    bureau.sheets.fault = sheets.Fault.JAM
    duty.until(lambda: len(duty.noted("device.lost")) == 2)
    assert duty.watch.report().faults == ("A104",)
    bureau.sheets.fault = None
    duty.until(lambda: duty.noted("device.back"))
    assert duty.noted("device.back") == [{"device": "sheets"}]
    assert duty.watch.report().faults == ()
    duty.sees(Attract, "A4 和小票，24 小时")


def test_both_printers_are_in_one_heartbeat(duty: Duty, bureau: Bureau) -> None:
    bureau.sheets.fault = sheets.Fault.UNPLUGGED
    bureau.paper.paper_out()
    duty.until(lambda: set(duty.watch.report().faults) == {"A101", "P102"})
    assert duty.watch.report().paper == "out"


def test_a_printer_that_was_never_there_is_named_once(duty: Duty, bureau: Bureau) -> None:
    bureau.sheets.fault = sheets.Fault.UNPLUGGED
    duty.until(lambda: duty.noted("device.lost"))
    asked = bureau.sheets.looks
    duty.until(lambda: bureau.sheets.looks > asked + 3)
    assert len(duty.noted("device.lost")) == 1


def test_during_a_visit_nobody_asks_the_a4_printer(duty: Duty, bureau: Bureau) -> None:
    lay_down(duty)
    duty.sees(Home)
    asked = bureau.sheets.looks
    duty.shift.look_round()
    duty.press("choice:certificates")
    duty.sees(Menu)
    assert bureau.sheets.looks == asked


def test_a_driver_that_breaks_is_an_error_of_the_software_and_is_asked_again(duty: Duty, bureau: Bureau) -> None:
    bureau.sheets.breaks = True
    duty.until(lambda: duty.noted("kiosk.error"))
    bureau.sheets.breaks = False
    bureau.sheets.fault = sheets.Fault.TONER
    duty.until(lambda: duty.watch.report().faults == ("A108",))


def test_what_the_hall_takes_away_during_a_visit_changes_nothing_under_its_hands(duty: Duty, bureau: Bureau) -> None:
    lay_down(duty)
    duty.sees(Home)
    duty.tell({"authority": replace(authority(duty), templates=())})
    duty.press("choice:certificates")
    duty.sees(Menu, TEMPLATES["residence"].title.zh)
