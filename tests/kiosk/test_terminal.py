"""The maintenance mode in a terminal: the same flow, told in lines and answered by numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from queue import Queue

import pytest

from certificates.technicians import Role, Technician
from devices.printer import Fault, Paper, Status
from devices.printer.sim import ThermalPrinter
from devices.reader import CardRead, CardRefused
from devices.reader import Fault as CardFault
from kiosk.lanes import Lane
from kiosk.maintenance import flow, say, trials
from kiosk.maintenance.say_trials import LAY_LEAD
from kiosk.steps import Cancelled, Visit
from kiosk.terminal import LEAVE, Terminal
from screens.words import Language
from tests.kiosk.maintenance.conftest import workshop
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.office import person

__all__ = ["workshop"]

LINES = ("store", "printer", "sheets", "hall", "journal")


class Desk:
    """Somebody at a terminal: ``types`` are words of the choice they want, in order; then the line is closed.

    ``comes``: what readers and scanner tell when these words were said.
    """

    def __init__(self, lanes: dict[str, Lane]) -> None:
        self.lanes = lanes
        self.told: Queue[object] = Queue()
        self.said: list[str] = []
        self.comes: dict[str, object] = {}
        self._types: list[str] = []

    def plays(self, visit: Visit, *types: str) -> str:
        """All that was said."""
        self._types = list(types)
        terminal = Terminal(self.lanes, self.told, None, Language.EN, self._read, self._hear)
        with suppress(Cancelled):
            terminal.play(visit)
        return "\n".join(self.said)

    def _hear(self, line: str) -> None:
        self.said.append(line)
        if line in self.comes:
            self.told.put(self.comes[line])

    def _read(self, _prompt: str) -> str:
        if not self._types:
            return LEAVE
        wanted = self._types.pop(0)
        if wanted.isdecimal():
            return wanted
        numbered = [line.split(None, 1) for line in self.said if line[:4].strip().isdecimal()]
        return next(number for number, text in reversed(numbered) if text.startswith(wanted))


@pytest.fixture
def desk() -> Iterator[Desk]:
    lanes = {name: Lane(name) for name in LINES}
    yield Desk(lanes)
    for lane in lanes.values():
        assert lane.stop()


def console(workshop: Workshop, role: Role = Role.TECHNICIAN) -> Visit:
    return flow.rounds(workshop.desk(Technician("CONSOLE", role, datetime.max)))


def test_every_part_is_told_in_a_line_and_a_closed_line_leaves(workshop: Workshop, desk: Desk) -> None:
    said = desk.plays(console(workshop))
    assert " + Slip printer: Ready" in said
    assert " + Card reader: Connected and answering" in said
    assert " ? Clock: The hall has not told the time yet" in said


def test_a_code_leads_to_what_a_technician_does(workshop: Workshop, desk: Desk) -> None:
    workshop.stands(printer=Status(Paper.OUT, Fault.PAPER_OUT))
    said = desk.plays(console(workshop), "P102", "Back")
    assert "P102 " in said
    assert " 1. " in said


def test_a_slip_is_printed_and_judged(workshop: Workshop, desk: Desk, paper: ThermalPrinter) -> None:
    desk.plays(console(workshop), "Slip printer", "Yes, it passes")
    assert [piece.blank for piece in paper.papers()].count(False) == 1
    assert workshop.cache.device_tests.latest()["printer"].passed


def test_new_paper_is_counted(workshop: Workshop, desk: Desk) -> None:
    desk.plays(console(workshop), "Refill paper", "New roll, 50 m")
    supply = workshop.cache.supplies.of("printer")
    assert supply is not None
    assert supply.capacity == 50_000


def test_what_is_closed_cannot_be_chosen(workshop: Workshop, desk: Desk) -> None:
    said = desk.plays(console(workshop, Role.VENDOR), "2", LEAVE)
    assert f"Refill paper  ({say.NOT_HERE.en})" in said
    assert workshop.cache.supplies.of("printer") is None


def test_a_number_that_is_none_is_asked_for_again(workshop: Workshop, desk: Desk) -> None:
    desk.plays(console(workshop), "99", "999999999999999999999", "Slip printer", "No")
    assert not workshop.cache.device_tests.latest()["printer"].passed


def test_a_card_that_is_laid_down_is_read(workshop: Workshop, desk: Desk) -> None:
    desk.comes[LAY_LEAD.en] = CardRead("id-card", person(1))
    said = desk.plays(trials.course(workshop.desk(_somebody()), ("id-card",)), "Yes, it passes")
    assert "A document was read." in said
    assert "王小明" not in said


def test_a_card_of_before_is_no_answer(workshop: Workshop, desk: Desk) -> None:
    desk.told.put(CardRead("id-card", person(1)))
    desk.comes[LAY_LEAD.en] = CardRefused("id-card", CardFault.CARD_SILENT)
    said = desk.plays(trials.course(workshop.desk(_somebody()), ("id-card",)), "No")
    assert "A document was read." not in said


def test_the_volume_is_set(workshop: Workshop, desk: Desk) -> None:
    desk.plays(console(workshop), "Sound, light", "4 / 10", "Back")
    assert workshop.tools().knobs.levels()[0] == 4


def _somebody() -> Technician:
    return Technician("CONSOLE", Role.TECHNICIAN, datetime.max)
