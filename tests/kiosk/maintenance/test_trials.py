"""The guided tests: each is judged by a person, and never against what the device itself says; each is on record."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from devices import sheets
from devices.holder import Holder
from devices.printer import Paper, Uncertain
from devices.reader import Fault as CardFault
from devices.scanner import Fault as ScanFault
from kiosk.maintenance import say_trials as say
from kiosk.maintenance import trials
from kiosk.maintenance.say_trials import NAMES
from kiosk.maintenance.trials import TRIALS
from kiosk.steps import Cancelled, CardPulled
from offline_cache.upkeep import TestResult
from screens.pages import AtWork, AwaitCard, AwaitCode, ColourTest, Nav, Page, Testing, TestState, TouchTest, Upkeep
from tests.kiosk.authority import Sheets
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.office import NOON, person
from tests.kiosk.play import Turn, play

BEFORE: dict[str, tuple[Turn, ...]] = {
    "colours": ((ColourTest, "seen"),),
    "id-card": ((AwaitCard, lambda _page: person(1)),),
    "scanner": ((AwaitCode, b"KETING-TEST-0000AAAA"),),
}
"""What comes before a test is judged, where something does."""


def judged(name: str, said: object) -> tuple[Turn, ...]:
    return ((TouchTest, said),) if name == "touch" else (*BEFORE.get(name, ()), (Testing, said))


def tried(workshop: Workshop, name: str, *script: Turn) -> list[Page[Any]]:
    return play(trials.course(workshop.opened(), (name,)), *script)


def keys(page: Page[Any]) -> list[str]:
    assert isinstance(page, Testing)
    return [deed.key for deed in page.deeds]


def told(page: Page[Any]) -> str:
    assert isinstance(page, Testing)
    return " ".join(words.zh for words in page.told)


@pytest.fixture
def workshop(workshop: Workshop) -> Workshop:
    workshop.sheets = Sheets()
    workshop.stands(fitted=workshop.machine.fitted | {"sheets"})
    return workshop


@pytest.mark.parametrize("name", TRIALS)
@pytest.mark.parametrize("said", ["pass", "fail"])
def test_each_test_is_on_record_with_who_did_it(workshop: Workshop, name: str, said: str) -> None:
    tried(workshop, name, *judged(name, said))
    passed = said == "pass"
    assert workshop.cache.device_tests.latest() == {name: TestResult(name, passed, NOON, "T-014", "")}
    assert workshop.notes[-1] == ("device.tested", {"device": name, "passed": passed, "by": "T-014"})


@pytest.mark.parametrize("name", [name for name in TRIALS if name != "touch"])
def test_each_test_can_be_done_once_more_before_it_is_judged(workshop: Workshop, name: str) -> None:
    tried(workshop, name, *judged(name, "again"), *judged(name, "fail"))
    assert workshop.cache.device_tests.latest()[name].passed is False


@pytest.mark.parametrize("leaves", [Cancelled(), CardPulled()])
@pytest.mark.parametrize("name", TRIALS)
def test_a_test_that_nobody_judged_is_not_on_record(workshop: Workshop, name: str, leaves: Exception) -> None:
    with pytest.raises(type(leaves)):
        tried(workshop, name, *judged(name, leaves))
    assert workshop.cache.device_tests.latest() == {}


def test_the_key_of_the_frame_leaves_every_page_of_a_test(workshop: Workshop) -> None:
    for name in TRIALS:
        with pytest.raises(Cancelled):
            tried(workshop, name, *judged(name, Nav.LEAVE))
    for waits in (AwaitCard, AwaitCode):
        with pytest.raises(Cancelled):
            tried(workshop, "id-card" if waits is AwaitCard else "scanner", (waits, Nav.LEAVE))


def test_all_tests_follow_each_other_in_the_order_of_the_list(workshop: Workshop) -> None:
    order = tuple(TRIALS)
    script = [turn for name in order for turn in judged(name, "pass")]
    pages = [page for page in play(trials.course(workshop.opened(), order), *script) if isinstance(page, Testing)]
    asked = [page.rows[page.at].name for page in pages]
    assert asked == [NAMES[name] for name in order if name != "touch"]
    last = [row.state for row in pages[-1].rows]
    assert last == [*[TestState.PASSED] * (len(order) - 1), TestState.RUNS]
    assert set(workshop.cache.device_tests.latest()) == set(order)


def test_one_back_asks_the_one_before_again_and_the_later_word_counts(workshop: Workshop) -> None:
    pages = play(
        trials.course(workshop.opened(), ("card", "voice")),
        (Testing, "pass"),
        (Testing, "back"),
        (Testing, "fail"),
        (Testing, "pass"),
    )
    assert "back" not in keys(pages[0])
    assert "back" in keys(pages[1])
    latest = workshop.cache.device_tests.latest()
    assert (latest["card"].passed, latest["voice"].passed) == (False, True)


def test_stop_keeps_what_was_judged_and_asks_nothing_more(workshop: Workshop) -> None:
    play(trials.course(workshop.opened(), ("card", "voice", "colours")), (Testing, "pass"), (Testing, "stop"))
    assert set(workshop.cache.device_tests.latest()) == {"card"}


# The printers.


def test_the_test_slip_comes_out_as_it_is_shown(workshop: Workshop) -> None:
    page = tried(workshop, "printer", (Testing, "pass"))[-1]
    assert isinstance(page, Testing)
    assert told(page) == say.SAYS_DONE.zh
    assert page.picture is not None
    (piece,) = (piece for piece in workshop.paper.papers() if not piece.blank)
    assert not piece.torn
    assert piece.height >= page.picture.height


def test_a_slip_printer_that_fails_can_not_be_passed(workshop: Workshop) -> None:
    workshop.paper.open_cover()
    page = tried(workshop, "printer", (Testing, "fail"))[-1]
    assert "pass" not in keys(page)
    assert "P103" in told(page)


def test_a_test_slip_torn_off_can_not_be_passed(workshop: Workshop) -> None:
    workshop.paper.tear_paper_at(row=300)
    page = tried(workshop, "printer", (Testing, "fail"))[-1]
    assert "pass" not in keys(page)
    assert workshop.cache.ledger.counts().recorded == 0  # a test is no paper of anybody's


def test_a_slip_printer_that_never_answers_can_not_be_passed(workshop: Workshop) -> None:
    course = trials.course(workshop.opened(), ("printer",))
    page = play(course, (Testing, "fail"), late=("print",))[-1]
    assert "pass" not in keys(page)
    assert "P108" in told(page)


def test_the_a4_test_page_is_one_page_with_a_name_of_its_own(workshop: Workshop) -> None:
    assert workshop.sheets is not None
    for _ in range(2):
        pages = tried(workshop, "sheets", (Testing, "pass"))
        assert isinstance(pages[0], AtWork)
    assert all(pdf.startswith(b"%PDF") for pdf in workshop.sheets.papers)
    assert len(set(workshop.sheets.names)) == 2


def test_an_a4_printer_that_fails_can_not_be_passed(workshop: Workshop) -> None:
    assert workshop.sheets is not None
    workshop.sheets.fails = Uncertain(sheets.Fault.JAM)
    page = tried(workshop, "sheets", (Testing, "fail"))[-1]
    assert "pass" not in keys(page)
    assert "A104" in told(page)
    page = play(trials.course(workshop.opened(), ("sheets",)), (Testing, "fail"), late=("print",))[-1]
    assert "A107" in told(page)


# What is laid down and held up.


def test_nothing_of_the_card_that_was_laid_down_is_on_a_page_or_in_the_desk(workshop: Workshop) -> None:
    name = "钟离无迹"  # nobody else's, whatever was played before
    kept: list[str] = []

    def look(page: Testing) -> str:
        gc.collect()
        kept.extend(each.name for each in gc.get_objects() if isinstance(each, Holder) and each.name == name)
        assert name not in repr(page)
        return "pass"

    # made in the very answer, so that nobody but the course could hold it
    tried(workshop, "id-card", (AwaitCard, lambda _page: person(7, name)), (Testing, look))
    assert kept == []
    assert name not in str(workshop.notes)


def test_a_card_that_can_not_be_read_is_named_and_not_passed(workshop: Workshop) -> None:
    page = tried(workshop, "id-card", (AwaitCard, CardFault.CARD_GARBLED), (Testing, "fail"))[-1]
    assert "pass" not in keys(page)
    assert "C105" in told(page)


@pytest.mark.parametrize(("name", "waits"), [("id-card", AwaitCard), ("scanner", AwaitCode)])
def test_a_reader_that_sees_nothing_fails_without_waiting_longer(
    workshop: Workshop, name: str, waits: type[Page[Any]]
) -> None:
    tried(workshop, name, (waits, "fail"))
    assert workshop.cache.device_tests.latest()[name].passed is False
    tried(workshop, name, (waits, "stop"))


def test_the_code_of_the_slip_just_printed_is_told_from_any_other(workshop: Workshop) -> None:
    said: list[str] = []

    def listen(page: Testing) -> str:
        said.append(told(page))
        return "pass"

    under_way = trials.Course(workshop.opened(), ("scanner",))
    for code in (under_way.code.encode(), b"KETING-TEST-FFFFFFFF0", b"https://example.org/"):
        play_one(under_way, (AwaitCode, code), (Testing, listen))
    assert said == [say.SCAN_SAME.zh, say.SCAN_TEST.zh, say.SCAN_OTHER.zh]


def play_one(under_way: trials.Course, *script: Turn) -> None:
    async def one() -> None:
        await TRIALS["scanner"](under_way)

    play(one(), *script)


def test_a_scanner_that_refuses_is_named_and_not_passed(workshop: Workshop) -> None:
    page = tried(workshop, "scanner", (AwaitCode, ScanFault.TWO_CODES), (Testing, "fail"))[-1]
    assert "pass" not in keys(page)
    assert "S103" in told(page)


def test_the_sound_is_played_each_time_it_is_asked_about(workshop: Workshop) -> None:
    tried(workshop, "voice", (Testing, "again"), (Testing, "pass"))
    assert workshop.sounds == 2


def test_a_code_is_made_anew_for_each_course(workshop: Workshop) -> None:
    codes = {trials.Course(workshop.opened(), ()).code for _ in range(3)}
    assert len(codes) == 3


def test_the_list_leads_to_the_tests_of_a_part(workshop: Workshop) -> None:
    workshop.stands(sheets=sheets.Status(Paper.OK))
    shown = workshop.list(
        (Upkeep, "test:touch"), (TouchTest, "pass"), (ColourTest, "seen"), (Testing, "pass"), (Upkeep, "test:voice"),
        (Testing, "pass"),
    )  # fmt: skip
    assert isinstance(shown[0], Upkeep)
    assert {part.key for part in shown[0].parts if part.test} == {
        *("printer", "sheets", "card", "id-card", "scanner", "voice", "touch")
    }
    assert set(workshop.cache.device_tests.latest()) == {"touch", "colours", "voice"}
