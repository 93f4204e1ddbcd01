"""The readiness report on the screen, and signed on a stick."""

from __future__ import annotations

from functools import partial
from typing import Any

from kiosk.maintenance import say
from kiosk.maintenance.asking import chosen
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.roles import Deed
from kiosk.maintenance.saving import save
from kiosk.say import fill
from kiosk.steps import Show, Work
from screens.pages import AtWork, Choice, Finding, Findings, Sign
from screens.words import Words

_SECONDS = 60.0
_BROKEN = (Sign.BAD.value, Sign.UNKNOWN.value)


async def report(desk: MaintenanceDesk) -> None:
    tools = desk.tools
    await Show(AtWork(desk.badge, say.MAKING_REPORT, say.A_MOMENT))
    made = await Work("journal", desk.report, seconds=_SECONDS)
    desk.did(Deed.REPORT)
    if await chosen(desk, shown(desk, made)) == "save":
        stamp = tools.now().strftime("%Y%m%d-%H%M%S")
        await save(desk, Deed.REPORT, partial(tools.proofs.readiness, made, stamp))


def shown(desk: MaintenanceDesk, made: dict[str, Any]) -> Findings:
    """What stands in the way first, then what was tested, then the journal."""
    title = say.READY_YES if made["ready"] else say.READY_NO
    broken = [_part(part) for part in made["parts"] if part["sign"] in _BROKEN]
    missing = [_test(test) for test in made["tests"] if not test["counts"]]
    passed = sum(test["counts"] for test in made["tests"])
    tests = Finding(
        "list-checks", fill(say.REPORT_TESTS, n=len(made["tests"]), passed=passed), None, "", _sign(not missing)
    )
    rows = (*broken, *missing, tests, _journal(made["journal"]))
    keys = (Choice("save", "usb", say.REPORT_SAVE), Choice("back", "arrow-left", say.GO_BACK))
    return Findings(desk.badge, title, None, rows, keys)


def _part(part: dict[str, Any]) -> Finding:
    return Finding("circle-alert", Words(**part["name"]), Words(**part["says"]), part["code"], Sign(part["sign"]))


def _test(test: dict[str, Any]) -> Finding:
    line = say.TEST_FAILED if test.get("passed") is False else say.TEST_MISSING
    return Finding("circle-dashed", Words(**test["name"]), line, "", Sign.BAD if "passed" in test else Sign.UNKNOWN)


def _journal(journal: dict[str, Any] | None) -> Finding:
    if journal is None:
        return Finding("scroll-text", say.JOURNAL_UNREAD, None, "", Sign.UNKNOWN)
    if journal["altered"]:
        line = journal["altered"].rpartition(":")[2]
        return Finding("scroll-text", fill(say.JOURNAL_ALTERED, line=line), None, "K118", Sign.BAD)
    sealed = journal["sealed-until"]
    words = fill(say.JOURNAL_LINES if sealed else say.JOURNAL_OPEN, n=journal["lines"], day=sealed)
    return Finding("scroll-text", say.JOURNAL_WHOLE, words, "", Sign.OK)


def _sign(good: bool) -> Sign:
    return Sign.OK if good else Sign.BAD
