"""The readiness report: ready means that all is known to be well, and every reason against it is on the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from devices import sheets
from devices.printer import Fault as PrinterFault
from devices.printer import Paper, Status
from kiosk.failures import catalogue
from kiosk.maintenance import reporting, say
from kiosk.maintenance.readiness import TESTED_WITHIN, fitted, is_ready, report
from kiosk.maintenance.say_trials import NAMES
from kiosk.maintenance.state import State
from kiosk.slip import Kiosk
from offline_cache.clock import Skew
from offline_cache.journal_proof import Altered, Proof, Why
from offline_cache.tickets import Counts
from offline_cache.upkeep import TestResult
from screens.pages import AtWork, FailureGuide, Findings, Sign, Upkeep
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.office import NOON
from tests.kiosk.play import play

WHOLE = Proof(120, "2026-11-19", "2026-11-20", 7, None)
ALTERED = replace(WHOLE, altered=Altered("journal.2", 41, Why.CHANGED))


@pytest.fixture
def state(workshop: Workshop) -> State:
    """Everything is fitted, well, and was tested today."""
    workshop.stands(fitted=frozenset({"card", "id-card", "scanner", "sheets"}), sheets=sheets.Status(Paper.OK))
    seen = workshop.opened().tools.surveyor.look()
    passed = {name: TestResult(name, True, NOON, "T-014", "") for name in NAMES}
    return replace(seen, free=52_000_000_000, skew=Skew(0, confirmed=True, suspect=False), tests=passed)


def but(state: State, name: str, **changes: Any) -> State:
    return replace(state, tests={**state.tests, name: replace(state.tests[name], **changes)})


def test_a_kiosk_of_which_all_is_known_to_be_well_is_ready(state: State) -> None:
    assert is_ready(state, WHOLE)


AGAINST: dict[str, Callable[[State], State]] = {
    "a broken part": lambda s: replace(s, machine=replace(s.machine, printer=Status(Paper.OK, PrinterFault.CUTTER))),
    "a part that nobody knows": lambda s: replace(s, machine=replace(s.machine, sheets=None)),
    "copies that do not add up": lambda s: replace(s, copies={"ticket": Counts(3, 0, 1, 0, 1)}),
    "a test that failed": lambda s: but(s, "voice", passed=False),
    "a test that is too old": lambda s: but(s, "touch", at=NOON - TESTED_WITHIN - 1),
    "a test that was never done": lambda s: replace(s, tests={k: v for k, v in s.tests.items() if k != "colours"}),
}


@pytest.mark.parametrize("against", AGAINST.values(), ids=AGAINST)
def test_one_thing_against_it_and_it_is_not_ready(state: State, against: Callable[[State], State]) -> None:
    assert not is_ready(against(state), WHOLE)


def test_an_altered_journal_is_against_it(state: State) -> None:
    assert not is_ready(state, ALTERED)
    assert not is_ready(state, None)


def test_a_test_counts_for_thirty_days_and_to_the_last_millisecond(state: State) -> None:
    assert is_ready(but(state, "touch", at=NOON - TESTED_WITHIN), WHOLE)


def test_nobody_is_asked_for_a_test_of_what_the_kiosk_does_not_have(state: State) -> None:
    bare = replace(state, machine=replace(state.machine, fitted=frozenset(), sheets=None), tests={})
    assert fitted(bare) == ("touch", "colours", "printer", "voice")
    assert fitted(state) == tuple(NAMES)


def test_the_report_is_plain_json_and_says_everything(state: State) -> None:
    made = report(state, WHOLE, Kiosk("K-0203", "03", "hall.example"), "0.1.0", "T-014")
    assert json.loads(json.dumps(made)) == made
    assert (made["kiosk"], made["hall"], made["by"], made["ready"]) == ("K-0203", "hall.example", "T-014", True)
    assert made["at"] == "2026-11-20T12:00:00+08:00"
    assert [test["test"] for test in made["tests"]] == list(NAMES)
    assert all(test["counts"] and test["by"] == "T-014" for test in made["tests"])
    assert {part["sign"] for part in made["parts"]} == {"ok"}
    assert set(made["copies"]) == {"ticket", "certificate", "extract"}
    assert made["journal"] == {"lines": 120, "sealed-until": "2026-11-19", "altered": None}


def test_the_report_names_the_altered_line_and_the_test_that_was_not_done(state: State) -> None:
    bad = replace(state, tests={})
    made = report(bad, ALTERED, Kiosk("K-0203", "03", "hall.example"), "0.1.0", "T-014")
    assert made["journal"]["altered"] == "journal.2:41"
    assert all("passed" not in test and not test["counts"] for test in made["tests"])
    assert made["ready"] is False


# On the screen.


def rows(page: object) -> list[tuple[str, str, Sign | None]]:
    assert isinstance(page, Findings)
    return [(row.title.zh, row.code, row.sign) for row in page.rows]


def test_what_stands_in_the_way_stands_first_with_its_code(workshop: Workshop) -> None:
    workshop.stands(lost={"card": "C101"})
    shown = workshop.list((Upkeep, "report"), (Findings, "code:C101"), (FailureGuide, "back"), (Findings, "back"))
    page = shown[1]
    assert isinstance(page, Findings)
    assert page.title == say.READY_NO
    assert rows(page)[0] == (say.CARD.zh, "C101", Sign.BAD)
    guide = shown[2]
    assert isinstance(guide, FailureGuide)
    assert guide.steps == catalogue()["C101"].technician
    assert ("maintenance.did", {"deed": "report", "by": "T-014"}) in workshop.notes


def test_a_journal_that_was_altered_is_shown_with_its_line(workshop: Workshop) -> None:
    workshop.proof = ALTERED
    page = workshop.list((Upkeep, "report"), (Findings, "back"))[1]
    assert ("日志第 41 行被改过", "K118", Sign.BAD) in rows(page)


def test_a_journal_that_cannot_be_read_is_not_called_altered(workshop: Workshop) -> None:
    workshop.proof = None
    page = workshop.list((Upkeep, "report"), (Findings, "back"))[1]
    assert ("日志读不到", "", Sign.UNKNOWN) in rows(page)


def test_a_failed_test_is_told_from_one_that_was_never_done(workshop: Workshop) -> None:
    workshop.cache.device_tests.note("voice", False, "T-014")
    page = workshop.list((Upkeep, "report"), (Findings, "back"))[1]
    found = {title: sign for title, _, sign in rows(page)}
    assert found[NAMES["voice"].zh] is Sign.BAD
    assert found[NAMES["touch"].zh] is Sign.UNKNOWN
    assert found["7 项测试，0 项通过"] is Sign.BAD


def test_a_look_at_the_report_is_announced_for_it_reads_the_whole_journal(workshop: Workshop) -> None:
    shown = play(reporting.report(workshop.opened()), (Findings, "back"))
    assert isinstance(shown[0], AtWork)
