"""Take a ticket: choose, look it over, record, print, hand over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from devices.printer import Fault, NotStarted, Uncertain
from kiosk import pages
from kiosk.day_sheet import Booking
from kiosk.desk import Desk, NotRecorded
from kiosk.flows import holding
from kiosk.flows.introduce import introduce
from kiosk.flows.proof import step_up
from kiosk.steps import Ask, Overdue, Show, WentHome, Work
from kiosk.visitor import Visitor
from offline_cache.tickets import Outcome, Recorded
from screens.pages import CARD_TAKEN, About, Chosen, Confirmed, Nav


async def take(
    desk: Desk,
    visitor: Visitor,
    chosen: tuple[str, ...] = (),
    booking: Booking | None = None,
    tab: str = "often",
) -> None:
    """From a choice of matters to the paper in the hand. Raises ``WentHome`` when led back past the first page."""
    suggested = bool(chosen)
    while True:
        if not chosen:
            suggested, booking = False, None
            chosen = await _choose(desk, visitor, (), tab)
        needs = desk.catalogue.needed(chosen)
        proven = await step_up(desk, visitor, needs)
        if proven is None or not proven.may(needs):
            if proven is not None:
                await Ask(pages.not_proven(needs))
            chosen = ()
            continue
        visitor = proven
        held = await Work("store", partial(desk.held, visitor, chosen))
        if held:
            if not await holding.show(desk, visitor, held):
                return None
            chosen = ()
            continue
        line = await Work("store", partial(desk.line, chosen))
        match await Ask(pages.review(desk, visitor, chosen, booking, line)):
            case Confirmed():
                if await introduce(desk, visitor):
                    return await issue(desk, visitor, chosen, booking)
            case About(matter, remove=True):
                chosen = tuple(other for other in chosen if other != matter)
            case About(matter):
                await Ask(pages.guide(desk, matter))
            case Nav.BACK if suggested:
                raise WentHome
            case Nav.BACK:
                chosen = await _choose(desk, visitor, chosen, tab)


async def _choose(desk: Desk, visitor: Visitor, chosen: tuple[str, ...], tab: str) -> tuple[str, ...]:
    match await Ask(pages.services(desk, visitor, chosen, tab)):
        case Chosen(matters) if matters:
            return matters
    raise WentHome


async def issue(desk: Desk, visitor: Visitor, chosen: tuple[str, ...], booking: Booking | None) -> None:
    """Record, then print: on disk before on paper, and never a second paper by itself."""
    await _on_record(desk, visitor, partial(desk.record, visitor, chosen, booking))


async def reprint(desk: Desk, visitor: Visitor, ticket: str) -> None:
    """One more copy of a ticket, marked as such."""
    await _on_record(desk, visitor, partial(desk.copy, ticket))


async def _on_record(desk: Desk, visitor: Visitor, record: Callable[[], Recorded]) -> None:
    try:
        issued = await Work("store", record)
    except NotRecorded as failed:
        await Ask(pages.not_recorded(failed.code))
    except Overdue:
        await Ask(pages.not_recorded("L101"))
    else:
        await _hand_over(desk, visitor, issued)


async def _hand_over(desk: Desk, visitor: Visitor, issued: Recorded) -> None:
    """Print what was recorded and say what became of it."""
    await Show(pages.printing(issued))
    try:
        await Work("printer", partial(desk.print, issued), seconds=desk.print_seconds)
    except NotStarted as stopped:
        await _settle(desk, issued, Outcome.VOID, stopped.fault)
        await Ask(pages.not_printed(stopped.fault))
    except Uncertain as doubt:
        await _settle(desk, issued, Outcome.UNCERTAIN, doubt.fault)
        await Ask(pages.unsure(issued, doubt.fault))
    except Overdue:
        await _settle(desk, issued, Outcome.UNCERTAIN, None)
        await Ask(pages.unsure(issued, None))
    else:
        await _settle(desk, issued, Outcome.PRINTED, None)
        await _farewell(desk, visitor, issued)


async def _settle(desk: Desk, issued: Recorded, outcome: Outcome, fault: Fault | None) -> None:
    """A store that is late with it does not keep the citizen from hearing what became of the paper."""
    with suppress(Overdue):
        await Work("store", partial(desk.settle, issued, outcome, fault))


async def _farewell(desk: Desk, visitor: Visitor, issued: Recorded) -> None:
    answer = await Ask(pages.take(desk, issued, visitor.document))
    if answer == CARD_TAKEN:
        answer = await Ask(pages.take(desk, issued, None))
    if answer == "missing":
        await _missing(desk, visitor, issued)


async def _missing(desk: Desk, visitor: Visitor, issued: Recorded) -> None:
    """The printer said printed, the citizen sees nothing: one more copy, marked as such, and never a third."""
    if issued.copy > 1:
        await Ask(pages.unsure(issued, None))
        return
    await reprint(desk, visitor, issued.id)
