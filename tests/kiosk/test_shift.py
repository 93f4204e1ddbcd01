"""The day of the machine: who begins a visit, what a code does to it, and what is left of one that breaks."""

from __future__ import annotations

import gc
import weakref

import pytest

from devices.reader import CardArrived, CardGone, CardRead, CardRefused, Fault, ReaderLost
from devices.scanner import Fault as ScanFault
from devices.scanner import Scanned, ScannerLost, ScannerReady, ScanRefused
from screens.pages import Attract, Home, Menu, Notice, Reading, ScanCode, TakeCard
from tests.kiosk.duty import Duty, Start
from tests.kiosk.office import Office, person

FIRST = person(1, "王小明")


# Nobody is there.


def test_the_waiting_screen_says_what_to_lay_down_and_what_is_open(duty: Duty) -> None:
    duty.sees(Attract, "身份证", "社保卡", "没带卡也能取号")


def test_a_card_is_seen_at_once_and_its_holder_greeted_when_it_is_read(duty: Duty) -> None:
    duty.tell(CardArrived("card", watched=True))
    duty.sees(Reading)
    duty.tell(CardRead("card", FIRST))
    duty.sees(Home, "王*", "社保卡")
    assert FIRST.name not in duty.text()
    assert duty.noted("visit.began") == [{"via": "card"}]


def test_a_card_taken_before_it_is_read_leads_back(duty: Duty) -> None:
    duty.tell(CardArrived("card", watched=True), CardGone("card"))
    duty.sees(Attract)
    assert duty.journal == []


def test_a_reader_lost_while_it_reads_leads_back_and_says_so(duty: Duty) -> None:
    duty.tell(CardArrived("id-card", watched=False), ReaderLost("id-card", Fault.READER_GONE))
    duty.sees(Attract, "C101")
    assert duty.noted("device.lost") == [{"device": "id-card", "fault": "C101"}]


def test_a_refused_card_is_named_kept_in_sight_and_asked_for(duty: Duty) -> None:
    duty.tell(CardArrived("card", watched=True), CardRefused("card", Fault.CARD_UNKNOWN))
    duty.sees(Notice, "C104")
    assert duty.noted("document.refused") == [{"device": "card", "fault": "C104"}]
    duty.press("nav:leave")
    duty.sees(TakeCard)
    duty.tell(CardGone("card"))
    duty.sees(Attract)


def test_a_refused_card_that_is_gone_leaves_its_notice_standing(duty: Duty) -> None:
    duty.tell(CardArrived("card", watched=True), CardRefused("card", Fault.CARD_PULLED), CardGone("card"))
    duty.sees(Notice, "C103")
    duty.press("nav:leave")
    duty.sees(Attract)
    assert duty.ends() == ["cancelled"]


def test_a_card_laid_on_a_closed_kiosk_and_taken_again_leaves_the_waiting_screen(duty: Duty, office: Office) -> None:
    office.paper.open_cover()
    duty.sees(Attract, "P103")
    duty.tell(CardArrived("card", watched=True), CardGone("card"))
    duty.sees(Attract, "P103")


def test_a_card_that_goes_where_none_was_changes_nothing(duty: Duty) -> None:
    duty.tell(CardGone("card"))
    duty.sees(Attract)


def test_keys_of_the_waiting_screen_begin_visits_and_nothing_else_does(duty: Duty) -> None:
    for unknown in ("nonsense", "", 7, None, object()):
        duty.window.answered.emit(unknown)
    assert duty.journal == []
    duty.press("choice:no-card")
    duty.sees(Menu)
    assert duty.noted("visit.began") == [{"via": "touch"}]
    duty.window.answered.emit("booking")  # an answer to the page, not a second visit
    assert len(duty.noted("visit.began")) == 1


def test_a_key_pressed_in_the_moment_of_closing_begins_nothing(duty: Duty) -> None:
    duty.office.ticks.advance(86_400 * 365)  # the board is old, the hours are not: open all days
    duty.watch.machine = duty.office.machine.__class__()
    duty.window.answered.emit("no-card")
    assert duty.noted("visit.began") == []


def test_visits_leave_no_reference_to_those_who_stay(duty: Duty) -> None:
    """Signals of a visit that end in whoever outlives it; each would be kept with all that hangs on it."""

    def references() -> int:
        for _ in range(4):
            duty.press("choice:no-card")
            duty.sees(Menu)
            duty.press("nav:leave")
            duty.sees(Attract)
        duty.room.settle()
        found = [each for each in gc.get_objects() if type(each) is weakref.ReferenceType]
        return sum(each() is not None for each in found)

    references()
    before = references()
    assert references() <= before


# The scanner.


def test_the_scanner_looks_only_while_a_page_waits_for_a_code(duty: Duty) -> None:
    assert not duty.eye.open
    duty.press("choice:booking")
    duty.sees(ScanCode)
    assert duty.eye.open
    assert duty.noted("visit.began") == [{"via": "code"}]
    duty.press("nav:leave")
    assert not duty.eye.open
    duty.press("choice:no-card")
    assert not duty.eye.open


def test_the_scanner_rests_while_a_card_s_visit_looks_at_something_else(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:scan")
    duty.sees(ScanCode)
    assert duty.eye.open
    duty.press("nav:home")
    duty.sees(Home)
    assert not duty.eye.open


def test_a_code_goes_to_the_visit_and_what_is_none_says_why(duty: Duty) -> None:
    duty.tell(Scanned("scanner", b"nobody asked"), ScanRefused("scanner", ScanFault.TWO_CODES))
    assert duty.journal == []
    duty.press("choice:booking")
    duty.tell(ScanRefused("scanner", ScanFault.TWO_CODES))
    duty.sees(ScanCode, "请只出示一个二维码")
    assert duty.noted("scan.refused") == [{"fault": "S103"}]
    duty.tell(Scanned("scanner", b"https://example.org/"))
    duty.sees(ScanCode, "不是本厅的预约码")
    assert duty.eye.open


def test_a_scanner_that_is_lost_closes_check_in_only(duty: Duty) -> None:
    duty.tell(ScannerLost("scanner", ScanFault.SCANNER_GONE))
    duty.sees(Attract, "S101")
    assert "choice:booking" not in duty.room.pressable()
    assert "choice:no-card" in duty.room.pressable()
    duty.tell(ScannerReady("scanner"))
    duty.until(lambda: "choice:booking" in duty.room.pressable())
    assert [event for event, _ in duty.journal] == ["device.lost", "device.back"]


def test_whoever_holds_a_code_before_a_scanner_that_is_lost_is_told(duty: Duty) -> None:
    duty.press("choice:booking")
    duty.tell(ScannerLost("scanner", ScanFault.SCANNER_GONE))
    duty.sees(ScanCode, "S101")
    duty.tell(ScannerReady("scanner"), Scanned("scanner", b"https://example.org/"))
    duty.sees(ScanCode, "不是本厅的预约码")


# Errors of the software.


def test_a_broken_visit_says_so_in_place_of_the_page_and_the_kiosk_goes_on(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.sees(Home)
    duty.window.answered.emit("no such service")
    duty.sees(Notice, "K101", "已打印的号票有效")
    assert duty.ends() == ["fault"]
    error = duty.noted("kiosk.error")[0]
    assert (error["fault"], error["kind"]) == ("K101", "KeyError")
    assert "no such service" not in str(duty.journal)
    duty.press("nav:leave")
    duty.sees(TakeCard)
    duty.tell(CardGone("card"))
    duty.press("choice:no-card")
    duty.sees(Menu)


def test_the_word_of_a_broken_visit_is_said_once(duty: Duty, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice that breaks as well leads to the waiting screen, not round in a circle."""
    from screens.table import SCREENS

    duty.lay_down(FIRST, "id-card", watched=False)
    duty.sees(Home)
    monkeypatch.delitem(SCREENS, Notice)
    duty.window.answered.emit("no such service")
    duty.sees(Attract)
    assert duty.ends() == ["fault", "fault"]


def test_a_kiosk_without_a_scanner_serves_all_the_same(start: Start) -> None:
    duty = start(fitted=frozenset({"card"}))
    duty.shift._visiting._scanner = None
    duty.lay_down(FIRST)
    duty.sees(Home, "王*")
    assert "choice:scan" not in duty.room.pressable()
    duty.press("nav:leave")
    duty.sees(TakeCard)
