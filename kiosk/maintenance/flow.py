"""A technician's visit: the card and its PIN, then the list of all parts, and from there whatever is to be done."""

from __future__ import annotations

import secrets
from contextlib import suppress
from functools import partial
from typing import Final

from certificates.technicians import Technician
from devices.reader import Fault as CardFault
from devices.reader import PinRefused, WorkCard, WorkCardProven
from kiosk.failures import catalogue
from kiosk.maintenance import adjusting, enrolling, finding, leaving, refilling, reporting, saving, say, trials
from kiosk.maintenance.admission import Refused, proven
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.faults import Fault
from kiosk.maintenance.parts import parts
from kiosk.maintenance.readiness import fitted
from kiosk.maintenance.roles import Deed
from kiosk.maintenance.state import State
from kiosk.say import ASK_12345, fill
from kiosk.steps import Ask, Cancelled, Overdue, Work
from screens.pages import AwaitCard, Choice, EnterPin, FailureGuide, Nav, Notice, Open, Tone, Upkeep
from screens.words import Words

CHANGED: Final = "changed"
"""What the shift answers the list with when the machine stands differently than it says."""

_RENEW_S: Final = 4.0
"""Seconds that somebody with a card waits for the hall's word about it; without that, the last word counts."""


async def visit(desk: MaintenanceDesk, card: WorkCard) -> None:
    """Let whoever holds the card in, if it is the card's own holder and the hall still says so."""
    try:
        technician = await _admitted(desk, card)
    except Refused as refused:
        desk.tools.note("maintenance.refused", fault=refused.fault.value)
        await Ask(closed(refused.fault))
        return
    desk.opened(technician)
    try:
        await rounds(desk)
    finally:
        desk.tools.note("maintenance.closed", by=desk.by)


async def turned_away(fault: Fault) -> None:
    """Nobody can be let in here at all."""
    await Ask(closed(fault))


async def rounds(desk: MaintenanceDesk) -> None:
    """The list of all parts, again and again, until somebody leaves."""
    while True:
        state = await Work("store", desk.tools.surveyor.look)
        said = await Ask(listed(desk, state))
        if isinstance(said, Nav):
            raise Cancelled
        kind, _, what = said.partition(":")
        match kind:
            case "test" if what:
                await trials.course(desk, trials.OF_PART.get(what, (what,)))
            case "code":
                await guide(desk, what)
            case "uncertain":
                await finding.look_for(desk, state.unsure)
            case Deed.TEST:
                await trials.course(desk, fitted(state))
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
    return Upkeep(desk.badge, parts(state), _in_doubt(desk, state), deeds)


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


async def guide(desk: MaintenanceDesk, code: str) -> None:
    """The page of a failure code."""
    failure = catalogue()[code]
    said = await Ask(FailureGuide(desk.badge, code, failure.name, failure.cause, failure.citizen, failure.technician))
    if isinstance(said, Nav):
        raise Cancelled


# The card and its PIN.


async def _admitted(desk: MaintenanceDesk, card: WorkCard) -> Technician:
    """Raises ``Refused``."""
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
        page = EnterPin(desk.badge, say.PIN_TITLE, say.PIN_LEAD, problem, _scrambled())
        pin = await Ask(page)
        if isinstance(pin, Nav):
            raise Cancelled
        await Work("store", tools.lockout.begin)  # on record before the card hears of it: a power cut is no free try
        await Work("store", partial(tools.prove, pin, challenge))
        del pin
        match await _outcome(desk):
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
            case _:
                raise Refused(Fault.NO_PROOF)


async def _outcome(desk: MaintenanceDesk) -> WorkCardProven | PinRefused | CardFault:
    """What the card says to the PIN; whatever else is laid down meanwhile is not meant."""
    while True:
        said = await Ask(AwaitCard(desk.badge, say.PROVING_TITLE, say.PROVING_LEAD, "key-round"))
        if isinstance(said, WorkCardProven | PinRefused | CardFault):
            return said
        if isinstance(said, Nav):
            raise Cancelled


async def _waited(desk: MaintenanceDesk) -> None:
    """Raises ``Refused`` while nobody may try a PIN here, after showing for how long."""
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


def closed(fault: Fault) -> Notice:
    """Why the mode stays closed."""
    failure = catalogue()[fault.value]
    return Notice(Tone.WARN, say.CLOSED_TITLE, failure.citizen, (say.TAKE_CARD, ASK_12345), code=fault.value)


def _scrambled() -> tuple[int, ...]:
    """The order of the keys, another one each time: where a finger goes tells nobody anything."""
    digits = list(range(10))
    secrets.SystemRandom().shuffle(digits)
    return tuple(digits)
