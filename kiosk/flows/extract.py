"""The list of a person's own page: on record, on paper, and what became of it is said."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from functools import partial

from devices.printer import NotStarted, Uncertain
from kiosk import people_pages as pages
from kiosk import say_people as words
from kiosk.desk import Desk
from kiosk.extract import compose
from kiosk.people_tools import HallAway
from kiosk.steps import Ask, Overdue, Show, Work
from kiosk.visitor import Visitor
from offline_cache.extracts import RecordedExtract
from offline_cache.people import Me
from offline_cache.tickets import Outcome
from screens.pages import Tone


async def print_list(desk: Desk, visitor: Visitor, me: Me) -> None:
    try:
        recorded = await Work("store", desk.people.extract)
    except (HallAway, Overdue) as failed:
        code = failed.code if isinstance(failed, HallAway) else "L101"
        await Ask(pages.told(Tone.BAD, words.EXTRACT_VOID_TITLE, words.EXTRACT_VOID_LEAD, code))
        return
    await Show(pages.printing_list(recorded))
    try:
        await Work(
            "printer", partial(desk.print_list, compose(desk, recorded, visitor, me)), seconds=desk.print_seconds
        )
    except NotStarted as stopped:
        await _settle(desk, recorded, Outcome.VOID, stopped.fault)
        await Ask(pages.told(Tone.BAD, words.EXTRACT_VOID_TITLE, words.EXTRACT_VOID_LEAD, stopped.fault.value))
    except Uncertain as doubt:
        await _settle(desk, recorded, Outcome.UNCERTAIN, doubt.fault)
        await Ask(pages.told(Tone.WARN, words.EXTRACT_UNSURE_TITLE, words.EXTRACT_UNSURE_LEAD, doubt.fault.value))
    except Overdue:
        await _settle(desk, recorded, Outcome.UNCERTAIN, None)
        await Ask(pages.told(Tone.WARN, words.EXTRACT_UNSURE_TITLE, words.EXTRACT_UNSURE_LEAD, "P106"))
    else:
        await _settle(desk, recorded, Outcome.PRINTED, None)
        await Ask(pages.told(Tone.OK, words.EXTRACT_OUT_TITLE, words.EXTRACT_OUT_LEAD))


async def _settle(desk: Desk, recorded: RecordedExtract, outcome: Outcome, fault: StrEnum | None) -> None:
    with suppress(Overdue):
        await Work("store", partial(desk.people.settle, recorded, outcome, fault))
