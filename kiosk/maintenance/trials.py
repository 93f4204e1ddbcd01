"""The guided tests: each does one thing, and a person or the device itself says whether it went well.

What was found is kept with the time and the staff number, and stands in the readiness report.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from certificates.machine_pages import trial_page
from devices.holder import Holder
from devices.printer import NotStarted, Uncertain
from devices.reader import Fault as CardFault
from devices.scanner import Fault as ScanFault
from kiosk.failures import catalogue
from kiosk.maintenance import say_trials as say
from kiosk.maintenance.asking import pressed
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.steps import Ask, Cancelled, Overdue, Show, Work
from screens.pages import (
    AtWork,
    AwaitCard,
    AwaitCode,
    Choice,
    ColourTest,
    Nav,
    Picture,
    Testing,
    TestRow,
    TestState,
    TouchTest,
)
from screens.trial_slip import TrialSlip, trial
from screens.words import Words

PASS: Final = "pass"
FAIL: Final = "fail"
AGAIN: Final = "again"
BACK: Final = "back"
STOP: Final = "stop"

MARK: Final = b"KETING-TEST-"
"""What the code of a test slip begins with."""

_PRINT_S: Final = 130.0
_SHEET_S: Final = 200.0


@dataclass
class Course:
    """Tests one after the other, and how far they are. ``code`` is what this course's test slip says."""

    desk: MaintenanceDesk
    trials: tuple[str, ...]
    at: int = 0
    rows: dict[str, TestRow] = field(default_factory=dict)
    code: str = field(default_factory=lambda: MARK.decode() + secrets.token_hex(4).upper())

    async def judged(
        self, question: Words, points: tuple[Words, ...], told: tuple[Words, ...], picture: Picture | None, good: bool
    ) -> str:
        """What the technician says. ``good``: the device itself does not contradict."""
        deeds = [Choice(FAIL, "octagon-x", say.NOT_SO), Choice(AGAIN, "rotate-ccw", say.AGAIN)]
        if good:
            deeds.insert(0, Choice(PASS, "circle-check", say.AS_SHOWN))
        if self.at:
            deeds.append(Choice(BACK, "arrow-left", say.BEFORE))
        deeds.append(Choice(STOP, "x", say.STOP))
        title = say.ALL_TITLE if len(self.trials) > 1 else say.ONE_TITLE
        return await pressed(
            Testing(self.desk.badge, title, self._rows(), self.at, question, points, told, picture, tuple(deeds))
        )

    def _rows(self) -> tuple[TestRow, ...]:
        return tuple(
            TestRow(say.NAMES[name], TestState.RUNS, "")
            if at == self.at
            else self.rows.get(name, TestRow(say.NAMES[name], TestState.WAITS, ""))
            for at, name in enumerate(self.trials)
        )

    def note(self, passed: bool) -> None:
        """On the page and for the journal; the record itself is the store's."""
        name, desk = self.trials[self.at], self.desk
        state = TestState.PASSED if passed else TestState.FAILED
        self.rows[name] = TestRow(say.NAMES[name], state, desk.tools.now().strftime("%H:%M"))
        desk.tools.note("device.tested", device=name, passed=passed, by=desk.by)


async def course(desk: MaintenanceDesk, names: tuple[str, ...]) -> None:
    """Play these tests; each outcome is on record before the next begins."""
    under_way = Course(desk, names)
    while under_way.at < len(names):
        name = names[under_way.at]
        match await TRIALS[name](under_way):
            case "pass" | "fail" as outcome:
                await Work("store", partial(desk.tools.tests.note, name, outcome == PASS, desk.by))
                under_way.note(outcome == PASS)
                under_way.at += 1
            case "back":
                under_way.at = max(0, under_way.at - 1)
            case "stop":
                return


async def _touch(course: Course) -> str:
    return await pressed(TouchTest(course.desk.badge, say.TOUCH_TITLE, 6, 10))


async def _colours(course: Course) -> str:
    await pressed(ColourTest(course.desk.badge))
    return await course.judged(say.COLOURS_ASK, say.COLOURS_POINTS, (), None, True)


async def _printer(course: Course) -> str:
    tools = course.desk.tools
    at = tools.now().strftime("%Y-%m-%d %H:%M")
    slip = await Work("printer", partial(trial, TrialSlip(course.code, tools.kiosk.machine, at), tools.width))
    await Show(AtWork(course.desk.badge, say.PRINTING, say.LOOK_AT_OUTLET))
    fault = await _printed("printer", partial(tools.printer.print, slip), _PRINT_S)
    told = (say.SAYS_DONE,) if fault is None else (_says(fault),)
    return await course.judged(say.SLIP_ASK, say.SLIP_POINTS, told, slip, fault is None)


async def _sheets(course: Course) -> str:
    tools = course.desk.tools
    assert tools.sheets is not None
    at = int(tools.now().timestamp())
    await Show(AtWork(course.desk.badge, say.PRINTING, say.LOOK_AT_OUTLET))
    page = await Work("sheets", partial(trial_page, tools.kiosk.machine.zh, at))
    job = f"test-{secrets.token_hex(8)}"
    fault = await _printed("sheets", partial(tools.sheets.print, page, job), _SHEET_S)
    told = (say.SAYS_DONE,) if fault is None else (_says(fault),)
    return await course.judged(say.SHEET_ASK, say.SHEET_POINTS, told, None, fault is None)


async def _card(course: Course) -> str:
    """The technician's own card lies there, was read and has proven itself: there is no better test card."""
    if course.desk.at_terminal:
        return await _read(course, say.LAY_ANY_TITLE, own=True)
    return await course.judged(say.CARD_ASK, (), (say.CARD_SAID,), None, True)


async def _id_card(course: Course) -> str:
    return await _read(course, say.LAY_TITLE, own=False)


async def _read(course: Course, title: Words, *, own: bool) -> str:
    """A card is laid down. Of what it says, not a word is kept while somebody looks at the next page."""
    stop = (Choice(FAIL, "octagon-x", say.NOT_READ), Choice(STOP, "x", say.STOP))
    said = await Ask(AwaitCard(course.desk.badge, title, say.LAY_LEAD, "id-card", stop, own))
    if not isinstance(said, Holder | CardFault):
        return _answer(said)
    fault = said if isinstance(said, CardFault) else None
    del said
    told = _says(fault.value) if fault else say.READ_SAID
    return await course.judged(say.READ_ASK, (), (told,), None, fault is None)


async def _scanner(course: Course) -> str:
    stop = (Choice(FAIL, "octagon-x", say.NOT_READ), Choice(STOP, "x", say.STOP))
    said = await Ask(AwaitCode(course.desk.badge, say.SCAN_TITLE, say.SCAN_LEAD, "scan-line", stop))
    match said:
        case bytes():
            own = said == course.code.encode()
            told = say.SCAN_SAME if own else say.SCAN_TEST if said.startswith(MARK) else say.SCAN_OTHER
            return await course.judged(say.SCAN_ASK, (), (told,), None, True)
        case ScanFault():
            return await course.judged(say.SCAN_ASK, (), (_says(said.value),), None, False)
        case _:
            return _answer(said)


async def _voice(course: Course) -> str:
    course.desk.tools.sound()
    return await course.judged(say.SOUND_ASK, say.SOUND_POINTS, (), None, True)


OF_PART: Final = {"touch": ("touch", "colours")}
"""Parts of the list with another test than that of their name."""

TRIALS: Final[dict[str, Callable[[Course], Awaitable[str]]]] = {
    "touch": _touch,
    "colours": _colours,
    "printer": _printer,
    "sheets": _sheets,
    "card": _card,
    "id-card": _id_card,
    "scanner": _scanner,
    "voice": _voice,
}


async def _printed(lane: str, call: Callable[[], None], seconds: float) -> str | None:
    """The failure code, None where the printer said that it is out."""
    try:
        await Work(lane, call, seconds=seconds)
    except (NotStarted, Uncertain) as stopped:
        return str(stopped.fault.value)
    except Overdue:
        return "P108" if lane == "printer" else "A107"
    return None


def _says(code: str) -> Words:
    name = catalogue()[code].name
    return Words(f"{name.zh}（{code}）", f"{name.en} ({code})")


def _answer(said: object) -> str:
    if isinstance(said, Nav) or not isinstance(said, str):
        raise Cancelled
    return said
