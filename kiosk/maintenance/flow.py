"""A technician's visit: the card and its PIN, then the list of all parts, and from there whatever is to be done."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final

from certificates.technicians import Technician
from devices.reader import PinRefused, WorkCard, WorkCardProven
from kiosk.failures import catalogue
from kiosk.maintenance import adjusting, enrolling, finding, leaving, refilling, reporting, saving, say, trials
from kiosk.maintenance.admission import Refused, proven
from kiosk.maintenance.asking import failed, guide, pressed
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.faults import Fault
from kiosk.maintenance.parts import parts
from kiosk.maintenance.readiness import fitted
from kiosk.maintenance.roles import Deed
from kiosk.maintenance.state import State
from kiosk.say import ASK_12345, fill
from kiosk.steps import Ask, Cancelled, Overdue, Work
from offline_cache.store import StoreError
from screens.pages import AwaitCard, Choice, EnterPin, Nav, Notice, Open, Tone, Upkeep
from screens.words import Words

CHANGED: Final = "changed"
"""What the shift answers the list with when the machine stands differently than it says."""

_RENEW_S: Final = 4.0
"""Seconds that somebody with a card waits for the hall's word about it; without that, the last word counts."""


async def visit(desk: MaintenanceDesk, card: WorkCard) -> None:
    """Let whoever holds the card in, if it is the card's own holder and the hall still says so."""
    try:
        technician = await _admitted(desk, card)
    except (Refused, StoreError) as refused:
        desk.tools.note("maintenance.refused", fault=refused.fault.value)
        await Ask(closed(refused.fault.value))
        return
    desk.opened(technician)
    try:
        await rounds(desk)
    finally:
        desk.tools.note("maintenance.closed", by=desk.by)


async def turned_away(fault: Fault) -> None:
    """Nobody can be let in here at all."""
    await Ask(closed(fault.value))


async def rounds(desk: MaintenanceDesk) -> None:
    """The list of all parts, again and again, until somebody leaves. What can't be done is told, and the list is back.

    Raises ``Cancelled``.
    """
    while True:
        state = await Work("store", desk.tools.surveyor.look)
        said = await pressed(listed(desk, state))
        try:
            await _carry_out(desk, state, said)
        except (Refused, StoreError) as refused:
            await failed(desk, say.NOT_DONE, "circle-alert", refused.fault.value)


async def _carry_out(desk: MaintenanceDesk, state: State, said: str) -> None:
    """What a key of the list stands for; ``CHANGED`` for nothing but the list anew."""
    kind, _, what = said.partition(":")
    if kind in list(Deed):
        desk.allow(Deed(kind))
    match kind:
        case Deed.TEST:
            await trials.course(desk, trials.OF_PART.get(what, (what,)) if what else desk.tests(fitted(state)))
        case "code":
            await guide(desk, what)
        case "uncertain":
            desk.allow(Deed.FIND)
            await finding.look_for(desk, state.unsure)
        case Deed.REFILL:
            await refilling.refill(desk, state)
        case Deed.LOGS:
            await saving.logs(desk)
        case Deed.REPORT:
            await reporting.report(desk)
        case Deed.HALL:
            await enrolling.hall(desk, state)
        case Deed.ADJUST:
            await adjusting.adjust(desk)
        case Deed.RESTART | Deed.SHUT_DOWN:
            await leaving.leave(desk, Deed(kind))


def listed(desk: MaintenanceDesk, state: State) -> Upkeep:
    """The list as a page."""
    deeds = (
        desk.choice(Deed.TEST, "list-checks", say.TEST_ALL),
        desk.choice(Deed.REFILL, "receipt-text", say.REFILL),
        desk.choice(Deed.LOGS, "scroll-text", say.LOGS),
        desk.choice(Deed.REPORT, "shield-check", say.REPORT),
        desk.choice(Deed.HALL, "wifi", say.HALL_DEED),
        desk.choice(Deed.ADJUST, "volume-2", say.ADJUST),
        desk.choice(Deed.RESTART, "rotate-ccw", say.RESTART),
        desk.choice(Deed.SHUT_DOWN, "power", say.SHUT_DOWN),
    )
    tested = tuple(replace(part, test=part.test and bool(desk.tests((part.key,)))) for part in parts(state))
    return Upkeep(desk.badge, tested, _in_doubt(desk, state), deeds)


def _in_doubt(desk: MaintenanceDesk, state: State) -> Choice | None:
    papers = state.unsure
    if not papers:
        return None
    what = fill(say.KINDS[papers[0].kind], label=papers[0].label)
    title = (
        Words(say.UNSURE_ONE.zh.format(what=what.zh), say.UNSURE_ONE.en.format(what=what.en))
        if len(papers) == 1
        else fill(say.UNSURE_MANY, n=len(papers))
    )
    if desk.may(Deed.FIND):
        return Choice("uncertain", "receipt-text", title, say.UNSURE_LINE)
    return Choice("uncertain", "receipt-text", title, say.UNSURE_ELSE, Open.CLOSED)


# The card and its PIN.


async def _admitted(desk: MaintenanceDesk, card: WorkCard) -> Technician:
    """Raises ``Refused``, ``StoreError`` where a try can't be counted, ``Cancelled``."""
    tools = desk.tools
    await _waited(desk)
    with suppress(Overdue):
        await Work("hall", tools.renew, seconds=_RENEW_S)
    technician = await Work("store", partial(tools.admission.technician, card.certificate))
    problem: Words | None = None
    while True:
        if card.tries == 0:
            raise Refused(Fault.BLOCKED)
        challenge = tools.admission.challenge()
        pin = await pressed(EnterPin(desk.badge, say.PIN_TITLE, say.PIN_LEAD, problem, _scrambled()))
        await Work("store", tools.lockout.begin)  # on record before the card hears of it: a power cut is no free try
        await Work("store", partial(tools.prove, pin, challenge))
        del pin
        match await Ask(AwaitCard(desk.badge, say.PROVING_TITLE, say.PROVING_LEAD, "key-round", own=True)):
            case WorkCardProven(signature=signature):
                if not proven(card.certificate, challenge, signature):
                    raise Refused(Fault.NO_PROOF)
                await Work("store", tools.lockout.passed)
                return technician
            case PinRefused(tries=tries):
                tools.note("maintenance.refused", fault=Fault.PIN_WRONG.value)
                if tries == 0:
                    raise Refused(Fault.BLOCKED)
                problem = say.PIN_WRONG if tries is None else fill(say.PIN_TRIES, n=tries)
                await _waited(desk)
            case Nav():
                raise Cancelled
            case _:
                raise Refused(Fault.NO_PROOF)


async def _waited(desk: MaintenanceDesk) -> None:
    """Raises ``Cancelled`` while nobody may try a PIN here, after showing for how long."""
    seconds = await Work("store", desk.tools.lockout.wait)
    if seconds > 0:
        desk.tools.note("maintenance.refused", fault=Fault.WAIT.value)
        await Ask(_wait(seconds))
        raise Cancelled


def _wait(seconds: float) -> Notice:
    whole = max(1, round(seconds))
    time = fill(say.SECONDS, n=whole) if whole < 120 else fill(say.MINUTES, n=-(-whole // 60))
    title = Words(say.WAIT_TITLE.zh.format(time=time.zh), say.WAIT_TITLE.en.format(time=time.en))
    return Notice(Tone.WARN, title, say.WAIT_LEAD, (say.TAKE_CARD,), code=Fault.WAIT.value)


def closed(code: str) -> Notice:
    """Why the mode stays closed."""
    citizen = catalogue()[code].citizen
    return Notice(Tone.WARN, say.CLOSED_TITLE, citizen, (say.TAKE_CARD, ASK_12345), code=code)


def _scrambled() -> tuple[int, ...]:
    """The order of the keys, another one each time: where a finger goes tells nobody anything."""
    digits = list(range(10))
    secrets.SystemRandom().shuffle(digits)
    return tuple(digits)
