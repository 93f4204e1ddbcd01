"""What devices, hall and store tell closes and opens the kiosk, and is in the journal once."""

from __future__ import annotations

from devices import printer
from devices.printer import Paper, Status
from devices.reader import CardArrived, CardGone, CardRead, Fault, ReaderLost
from devices.scanner import Fault as ScanFault
from devices.scanner import ScannerLost
from kiosk.catalogue import checked
from screens.pages import Attract, Notice, OutOfService, TakeCard
from tests.kiosk.bundle import payload
from tests.kiosk.duty import Duty, Start
from tests.kiosk.office import Office, person
from tests.kiosk.room import through

FIRST = person(1, "王小明")


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
    assert duty.noted("kiosk.error")[0]["place"].startswith("test_watch.status:")


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


def test_what_nobody_knows_is_not_listened_to(duty: Duty) -> None:
    duty.tell("nonsense", 7, None)
    duty.sees(Attract)
    assert duty.journal == []


def test_an_error_that_was_never_raised_has_a_place_too(duty: Duty) -> None:
    duty.watch.failed(ZeroDivisionError())
    assert duty.noted("kiosk.error")[0]["place"] == "unknown"
