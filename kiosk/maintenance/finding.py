"""Papers in doubt: a technician looks for each, and what was found is on record, at the hall too."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from kiosk.failures import catalogue
from kiosk.maintenance import say
from kiosk.maintenance.asking import chosen
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.roles import Deed
from kiosk.say import fill
from kiosk.steps import Work
from offline_cache.clock import HALL_ZONE
from offline_cache.unsure import Found, Unsure
from screens.pages import Choice, Finding, Findings

LATER: Final = "later"

_KEYS: Final = (
    Choice(Found.WHOLE.value, "circle-check", say.FOUND_WHOLE),
    Choice(Found.SPOILT.value, "receipt-text", say.FOUND_SPOILT),
    Choice(Found.GONE.value, "circle-help", say.FOUND_GONE),
    Choice(LATER, "arrow-left", say.FIND_LATER),
)


async def look_for(desk: MaintenanceDesk, papers: tuple[Unsure, ...]) -> None:
    """One after the other, the newest first, until all are looked for or somebody has no time."""
    for paper in papers:
        said = await chosen(desk, _asked(desk, paper))
        if said == LATER:
            return
        await Work("store", partial(desk.tools.unsure.note, paper, Found(said), desk.by))
        desk.tools.note("paper.found", kind=paper.kind, copy=paper.copy, found=said, by=desk.by)
        desk.did(Deed.FIND)


def _asked(desk: MaintenanceDesk, paper: Unsure) -> Findings:
    what = fill(say.KINDS[paper.kind], label=paper.label)
    begun = fill(say.FIND_STARTED, time=_moment(paper), copy=paper.copy)
    rows = [Finding("receipt-text", what, begun)]
    if paper.fault:
        rows.append(Finding("circle-alert", catalogue()[paper.fault].name, None, paper.fault))
    rows.append(Finding("trash-2", say.FIND_DESTROY))
    return Findings(desk.badge, say.FIND_TITLE, say.FIND_LEAD, tuple(rows), _KEYS, equal=True)


def _moment(paper: Unsure) -> str:
    if paper.at is None:
        return paper.day
    return datetime.fromtimestamp(paper.at / 1000, HALL_ZONE).strftime("%m-%d %H:%M")
