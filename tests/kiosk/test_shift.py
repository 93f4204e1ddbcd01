"""The day of the machine: every event of a device, the hall or a person, in every state it can come in."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from devices import printer
from devices.holder import Document, Holder
from devices.printer import Paper, Status
from devices.reader import CardArrived, CardGone, CardRead, CardRefused, Fault, ReaderLost, ReaderReady
from devices.scanner import Fault as ScanFault
from devices.scanner import Scanned, ScannerLost, ScannerReady, ScanRefused
from kiosk.catalogue import checked
from kiosk.shift import Rounds
from kiosk.visitor import Visitor
from screens.look import Look
from screens.pages import (
    Attract,
    Home,
    Menu,
    Notice,
    OutOfService,
    Printing,
    Reading,
    Review,
    ScanCode,
    TakeCard,
    TakeTicket,
)
from tests.kiosk.bundle import payload
from tests.kiosk.duty import Duty, Mouth
from tests.kiosk.office import Office, person
from tests.kiosk.room import Hang, Room, room_for

FIRST, SECOND = person(1, "王小明"), person(2, "钱二多")
ALARM = (files("screens.sounds") / "alarm.wav").read_bytes()

Start = Callable[..., Duty]


@pytest.fixture
def start(qtbot: QtBot, office: Office) -> Iterator[Start]:
    """Begins a shift with the changes that it is given."""
    with room_for(qtbot) as room:
        begun: list[Duty] = []

        def begin(**changes: Any) -> Duty:
            begun.append(Duty(room, office, **changes))
            return begun[-1]

        yield begin
        for duty in begun:
            duty.close()


@pytest.fixture
def duty(start: Start) -> Duty:
    return start()


@pytest.fixture
def id_card() -> Holder:
    return Holder(FIRST.name, FIRST.number, Document.RESIDENT_ID, birth=FIRST.birth)


def busy(room: Room, lane: str = "store") -> Hang:
    """Whatever comes next on this lane waits until this is let go."""
    hang = Hang()
    room.lanes[lane].submit(hang, lambda _result, _error: None)
    return hang


def through(room: Room, lane: str) -> None:
    """Return when the lane has done all it was given, and the shift has heard of it."""
    done: list[object] = []
    room.lanes[lane].submit(lambda: None, lambda *_: done.append(1))
    room.until(lambda: done)


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


# Somebody is there.


def test_a_pulled_card_ends_the_visit_and_nothing_of_it_stays(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    duty.tell(CardGone("card"))
    duty.sees(Attract)
    assert "王" not in duty.text()
    assert duty.ends() == ["card-pulled"]


def test_another_card_ends_the_visit_and_begins_its_own(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    duty.tell(CardGone("card"))
    duty.lay_down(SECOND)
    duty.sees(Home, "钱*")
    assert "王" not in duty.text()
    assert duty.ends() == ["card-pulled"]


def test_another_card_in_the_other_reader_is_a_swap(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.lay_down(SECOND, "id-card", watched=False)
    duty.sees(Home, "钱*")
    assert "王" not in duty.text()
    assert duty.ends() == ["card-swapped"]
    assert [each["via"] for each in duty.noted("visit.began")] == ["card", "id-card"]
    duty.press("nav:leave")
    duty.sees(TakeCard, "社保卡")  # the first one's: it still lies there


def test_a_card_laid_down_in_a_visit_without_one_begins_its_own(duty: Duty) -> None:
    duty.press("choice:no-card")
    duty.lay_down(FIRST)
    duty.sees(Home, "王*")
    assert duty.ends() == ["card-swapped"]


def test_the_same_person_s_other_document_changes_nothing(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(id_card, "id-card", watched=False)
    duty.press("choice:services")
    before = duty.window.page()
    duty.lay_down(FIRST)
    duty.tell(CardGone("card"))
    assert duty.window.page() is before
    assert duty.ends() == []


def test_a_card_refused_during_a_visit_is_noted_and_asked_for_after_it(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(id_card, "id-card", watched=False)
    duty.sees(Home)
    duty.tell(CardArrived("card", watched=True), CardRefused("card", Fault.CARD_UNKNOWN))
    assert isinstance(duty.window.page(), Home)
    assert duty.noted("document.refused") == [{"device": "card", "fault": "C104"}]
    duty.press("nav:leave")
    duty.sees(TakeCard)


def test_an_id_card_is_not_watched_so_nobody_is_asked_to_take_it(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(id_card, "id-card", watched=False)
    duty.sees(Home, "您要办")
    assert "在机内" not in duty.text()
    duty.press("nav:leave")
    duty.sees(Attract)


def test_an_id_card_s_visit_goes_on_when_its_reader_is_lost(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(id_card, "id-card", watched=False)
    duty.tell(ReaderLost("id-card", Fault.READER_GONE))
    duty.press("choice:services")
    assert duty.ends() == []
    duty.press("nav:leave")
    duty.sees(Attract, "C101")


def test_a_reader_lost_with_the_visit_s_card_in_it_ends_the_visit(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.tell(ReaderLost("card", Fault.READER_GONE))
    duty.sees(Attract, "C101")
    assert duty.ends() == ["card-pulled"]
    duty.tell(ReaderReady("card"), ReaderReady("card"))
    duty.until(lambda: "C101" not in duty.text())
    assert duty.noted("device.back") == [{"device": "card"}]


def test_a_card_that_comes_while_a_device_works_waits_for_its_turn(duty: Duty) -> None:
    hang = busy(duty.room)
    duty.lay_down(FIRST)  # its first look-up waits on the store
    duty.tell(CardGone("card"))
    duty.lay_down(SECOND)
    assert duty.ends() == []
    hang.go.set()
    duty.sees(Home, "钱*")
    assert len(duty.ends()) == 1


def test_a_card_gone_before_its_turn_gets_none(duty: Duty) -> None:
    hang = busy(duty.room)
    duty.lay_down(FIRST, "id-card", watched=False)
    duty.lay_down(SECOND)
    duty.tell(CardGone("card"))
    hang.go.set()
    duty.sees(Attract)
    assert duty.ends() == ["card-swapped"]
    assert len(duty.noted("visit.began")) == 1


def test_who_walks_away_leaves_nothing(start: Start) -> None:
    duty = start(pace=1 / 64)
    duty.press("choice:no-card")
    duty.sees(Menu)
    duty.until(lambda: duty.ends() == ["walked-away"])
    duty.sees(Attract)


def test_the_end_key_ends_the_visit(duty: Duty) -> None:
    duty.press("choice:no-card", "nav:leave")
    duty.sees(Attract)
    assert duty.ends() == ["cancelled"]


def test_the_look_of_a_visit_ends_with_it(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.sees(Home)
    duty.window.set_look(Look(elder=True))
    duty.press("nav:leave")
    duty.sees(TakeCard)  # to whoever comes next, or comes back
    assert duty.window.look() == Look()


def test_no_holder_outlives_the_visit_although_the_card_still_lies_there(duty: Duty) -> None:
    duty.lay_down(person(7, "诸葛无痕"))
    duty.press("nav:leave")
    duty.sees(TakeCard)
    duty.room.settle()
    left = [each for each in gc.get_objects() if isinstance(each, Visitor | CardRead)]
    assert not any("诸葛" in str(getattr(getattr(each, "holder", None), "name", "")) for each in left)


# A whole visit.


def test_card_in_ticket_out_card_taken(duty: Duty, office: Office) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    duty.choose("pension")
    duty.sees(Review)
    duty.press("primary")
    duty.sees(TakeTicket, "A001", "社保卡")
    assert len(office.paper.papers()) == 1
    duty.tell(CardGone("card"))
    duty.until(lambda: "请取走社保卡" not in duty.text())
    page = duty.window.page()
    assert isinstance(page, TakeTicket)
    assert page.card is None
    duty.lay_down(SECOND)
    duty.sees(Home, "钱*")
    assert duty.ends() == ["done"]


def test_a_card_pulled_while_the_slip_is_printed_still_sees_its_number(duty: Duty, office: Office) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    duty.choose("pension")
    duty.sees(Review)
    hang = busy(duty.room, "printer")
    duty.press("primary")
    duty.sees(Printing)
    duty.tell(CardGone("card"))
    hang.go.set()
    duty.sees(TakeTicket, "A001")
    assert office.counts().printed == 1
    assert duty.ends() == []


def test_a_card_left_after_the_ticket_is_asked_for(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    duty.choose("pension")
    duty.sees(Review)
    duty.press("primary")
    duty.sees(TakeTicket, "A001")
    duty.window.answered.emit(None)  # its time is over
    duty.sees(TakeCard, "社保卡")
    assert duty.ends() == ["done"]
    assert "A001" not in duty.text()


def test_a_ticket_by_id_card_asks_nobody_to_take_a_card(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(id_card, "id-card", watched=False)
    duty.press("choice:services")
    duty.choose("pension")
    duty.sees(Review)
    duty.press("primary")
    duty.sees(TakeTicket, "A001")
    page = duty.window.page()
    assert isinstance(page, TakeTicket)
    assert page.card is None


def test_the_end_key_gives_a_card_back_only_where_one_lies_inside(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(FIRST)
    duty.sees(Home, "退卡")
    duty.tell(CardGone("card"))
    duty.lay_down(id_card, "id-card", watched=False)
    duty.sees(Home)
    assert "退卡" not in duty.text()


# A card that somebody left.


def test_a_forgotten_card_rings_once_in_the_journal_and_again_in_the_room(start: Start, tmp_path: Path) -> None:
    player = Mouth(tmp_path, "player")
    duty = start(player=str(player), rounds=Rounds(0.05, 0.05, forgotten_card=0.1, alarm=0.05))
    duty.lay_down(FIRST)
    duty.press("nav:leave")
    duty.sees(TakeCard, "证件还在机器里")
    duty.until(lambda: player.said().count(ALARM) >= 2)
    assert len(duty.noted("visit.card-forgotten")) == 1
    duty.tell(CardGone("card"))
    duty.sees(Attract)


def test_a_card_taken_in_time_does_not_ring(start: Start, tmp_path: Path) -> None:
    player = Mouth(tmp_path, "player")
    duty = start(player=str(player), rounds=Rounds(0.05, 0.05, forgotten_card=0.3, alarm=0.05))
    duty.lay_down(FIRST)
    duty.press("nav:leave")
    duty.sees(TakeCard)
    duty.tell(CardGone("card"))
    duty.lay_down(SECOND)
    duty.sees(Home)
    duty.room.qtbot.waitUntil(lambda: not duty.shift._alarm.isActive(), timeout=1_000)
    assert duty.noted("visit.card-forgotten") == []
    assert ALARM not in player.said()


def test_somebody_else_is_served_beside_a_forgotten_card_and_it_is_asked_for_again(
    duty: Duty,
) -> None:
    duty.lay_down(FIRST)
    duty.press("nav:leave")
    duty.sees(TakeCard, "社保卡")
    duty.lay_down(SECOND, "id-card", watched=False)
    duty.sees(Home, "钱*")
    duty.press("nav:leave")
    duty.sees(TakeCard, "社保卡")


def test_news_do_not_cover_the_request_to_take_the_card(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("nav:leave")
    duty.sees(TakeCard)
    duty.tell({"online": False}, ScannerLost("scanner", ScanFault.SCANNER_GONE))
    assert isinstance(duty.window.page(), TakeCard)


# Open and closed.


def test_no_paper_closes_the_kiosk_before_anybody_starts_and_a_refill_opens_it(duty: Duty, office: Office) -> None:
    office.paper.paper_out()
    duty.sees(Attract, "号票纸用完了", "P102")
    assert "choice:no-card" not in duty.room.pressable()
    office.paper.refill()
    duty.until(lambda: "choice:no-card" in duty.room.pressable())
    assert duty.noted("device.lost") == [{"device": "printer", "fault": "P102"}]
    assert duty.noted("device.back") == [{"device": "printer"}]


def test_another_fault_of_the_printer_is_another_line_in_the_journal_and_the_same_is_none(duty: Duty) -> None:
    duty.tell(
        Status(Paper.LOW),
        Status(Paper.OK, printer.Fault.CUTTER),
        Status(Paper.LOW, printer.Fault.CUTTER),
        Status(Paper.OUT, printer.Fault.PAPER_OUT),
    )
    assert [each["fault"] for each in duty.noted("device.lost")] == ["P104", "P102"]


def test_an_error_of_the_status_call_is_journalled_and_asked_again(duty: Duty) -> None:
    healthy, calls = duty.watch._printer, []

    class Broken:
        def status(self) -> Status:
            calls.append(1)
            raise ZeroDivisionError

    duty.watch._printer = Broken()  # type: ignore[assignment]  # a driver with a bug
    duty.until(lambda: len(calls) > 1)
    duty.watch._printer = healthy
    assert duty.noted("kiosk.error")[0]["kind"] == "ZeroDivisionError"
    assert duty.noted("kiosk.error")[0]["place"].startswith("test_shift.status:")


def test_a_closed_kiosk_turns_a_card_away_and_says_why(duty: Duty, office: Office) -> None:
    office.paper.open_cover()
    duty.sees(Attract, "P103")
    duty.tell(CardArrived("card", watched=True))
    assert isinstance(duty.window.page(), Attract)  # nobody reads for nothing
    duty.tell(CardRead("card", FIRST))
    duty.sees(Notice, "打印机暂停", "P103")
    assert "王" not in duty.text()
    duty.press("nav:leave")
    duty.sees(TakeCard, "社保卡")


def test_after_hours_a_card_is_turned_away_without_a_failure_code(start: Start) -> None:
    catalogue = checked(payload(hours={"open": [[4, "09:00", "11:00"]], "night": ["22:00", "06:00"]}))
    duty = start(catalogue=catalogue)
    duty.lay_down(FIRST)
    duty.sees(Notice, "今天已下班")
    page = duty.window.page()
    assert isinstance(page, Notice)
    assert page.code == ""


def test_a_store_that_cannot_write_closes_tickets_until_a_probe_succeeds(duty: Duty) -> None:
    duty.store_is_full.set()
    duty.watch.store_failed("L101")
    duty.watch.store_failed("L101")
    duty.sees(Attract, "L101")
    duty.until(lambda: duty.probes > 2)
    assert duty.watch.machine.store_fault == "L101"
    assert duty.noted("store.refused") == [{"fault": "L101"}]
    assert "L101" in duty.watch.report().faults
    duty.store_is_full.clear()
    duty.until(lambda: "choice:no-card" in duty.room.pressable())
    assert duty.watch.report().faults == ()


def test_neither_store_nor_printer_is_probed_in_the_middle_of_a_visit(duty: Duty, office: Office) -> None:
    duty.press("choice:no-card")
    through(duty.room, "printer")  # with a look that was under way
    duty.watch.store_failed("L101")
    office.paper.paper_out()
    for _ in range(3):
        duty.shift.look_round()
    through(duty.room, "store")
    through(duty.room, "printer")
    assert (duty.probes, duty.watch.machine.store_fault) == (0, "L101")
    assert duty.watch.machine.printer == Status(Paper.OK)
    duty.press("nav:leave")
    duty.sees(Attract, "P102")
    duty.until(lambda: duty.watch.machine.store_fault == "")


def test_the_catalogue_opens_the_kiosk_when_it_arrives(start: Start) -> None:
    duty = start(catalogue=None, hall_fault="K102")
    duty.sees(OutOfService, "K102")
    duty.lay_down(FIRST)
    duty.sees(Notice, "K102")
    duty.tell(CardGone("card"))
    duty.press("nav:leave")
    duty.tell({"catalogue": checked(payload()), "hall_fault": ""})
    duty.sees(Attract, "没带卡也能取号")


def test_the_hall_s_line_is_in_the_journal_when_it_breaks_and_when_it_is_back(duty: Duty) -> None:
    duty.tell({"online": False, "hall_fault": "N102"}, {"online": False, "hall_fault": "N102"})
    duty.sees(Attract)
    duty.tell({"online": False, "hall_fault": "N101"}, {"online": True, "hall_fault": ""}, {"online": True})
    hall = [(event, fields.get("fault")) for event, fields in duty.journal if event.startswith("hall.")]
    assert hall == [("hall.offline", "N102"), ("hall.offline", "N101"), ("hall.online", None)]


def test_news_in_the_middle_of_a_visit_change_nothing_under_the_citizen_s_hands(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    page = duty.window.page()
    duty.tell({"catalogue": checked(payload(services=payload()["services"][:1])), "online": False})
    assert duty.window.page() is page


def test_the_clock_turns_the_screen_to_night_between_visits(duty: Duty, office: Office) -> None:
    office.ticks.advance(timedelta(hours=11).total_seconds())
    duty.until(lambda: "23:00" in duty.text())
    assert duty.window._night
    office.ticks.advance(timedelta(hours=8).total_seconds())
    duty.until(lambda: not duty.window._night)


def test_the_report_names_every_fault(duty: Duty) -> None:
    duty.tell(
        ReaderLost("card", Fault.READER_GONE),
        ScannerLost("scanner", ScanFault.SCANNER_GONE),
        Status(Paper.OUT, printer.Fault.PAPER_OUT),
        {"store_fault": "L101"},
    )
    report = duty.watch.report()
    assert (report.version, report.paper) == ("0.1.0", "out")
    assert sorted(report.faults) == ["C101", "L101", "P102", "S101"]


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


def test_an_error_that_was_never_raised_has_a_place_too(duty: Duty) -> None:
    duty.watch.failed(ZeroDivisionError())
    assert duty.noted("kiosk.error")[0]["place"] == "unknown"


def test_what_nobody_knows_is_not_listened_to(duty: Duty) -> None:
    duty.tell("nonsense", 7, None)
    duty.sees(Attract)
    assert duty.journal == []


def test_a_kiosk_without_a_scanner_serves_all_the_same(start: Start) -> None:
    duty = start(fitted=frozenset({"card"}))
    duty.shift._scanner = None
    duty.lay_down(FIRST)
    duty.sees(Home, "王*")
    assert "choice:scan" not in duty.room.pressable()
    duty.press("nav:leave")
    duty.sees(TakeCard)


def test_in_the_mode_that_reads_aloud_each_page_is_read_masked(start: Start, tmp_path: Path) -> None:
    speaker = Mouth(tmp_path, "speaker")
    duty = start(player=str(Mouth(tmp_path, "player")), speaker=str(speaker))
    duty.lay_down(FIRST)
    duty.sees(Home)
    assert speaker.said() == []
    duty.window.set_look(Look(speak=True))
    duty.until(lambda: any("王*" in said.decode() for said in speaker.said()))
    duty.press("choice:services")
    duty.until(lambda: any("养老金领取" in said.decode() for said in speaker.said()))
    assert not any(FIRST.name in said.decode() for said in speaker.said())


def test_who_is_about_to_be_logged_out_hears_it(start: Start, tmp_path: Path) -> None:
    speaker = Mouth(tmp_path, "speaker")
    duty = start(player=str(Mouth(tmp_path, "player")), speaker=str(speaker), pace=1 / 64)
    duty.press("choice:no-card")
    duty.until(lambda: "您还在吗？请碰一下屏幕。".encode() in speaker.said())
