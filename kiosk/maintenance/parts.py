"""Every part of the kiosk in plain words: how it stands, the failure code where it fails, and whether it can be tested.

A part is one function in ``PARTS``; it says what is known and no more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from kiosk import failures
from kiosk.faults import Fault
from kiosk.maintenance import say
from kiosk.maintenance.state import State
from kiosk.say import fill
from offline_cache.clock import HALL_ZONE
from offline_cache.faults import Fault as StoreFault
from offline_cache.upkeep import Supply
from screens.pages import Part, Sign
from screens.words import Words

LITTLE_DISK: Final = 1_000_000_000
"""Bytes free below which a technician should look."""

LATE: Final = 3_600_000
"""Milliseconds an event may wait for the hall before that is said to need a look."""

SLIP_MM: Final = 170
"""Millimetres of paper that a ticket takes, about."""

_SECOND: Final = 1_000
_HANDS: Final = {
    "card": (say.CARD, "credit-card"),
    "id-card": (say.ID_CARD, "id-card"),
    "scanner": (say.SCANNER, "scan"),
}


def parts(state: State) -> tuple[Part, ...]:
    """In the order of the list; what this kiosk does not have is not on it."""
    return tuple(part for make in PARTS if (part := make(state)) is not None)


def ready(state: State) -> bool:
    """Whether nothing on the list is broken or unknown."""
    return all(part.sign in (Sign.OK, Sign.WARN) for part in parts(state))


def _broken(key: str, icon: str, name: Words, code: str, *, test: bool = False) -> Part:
    return Part(key, icon, name, failures.catalogue()[code].name, code, Sign.BAD, test)


def _printer(state: State) -> Part:
    status = state.machine.printer
    name, icon = say.SLIP_PRINTER, "printer"
    if status is None:
        return Part("printer", icon, name, say.NOT_SEEN_YET, "", Sign.UNKNOWN, True)
    if status.fault:
        return _broken("printer", icon, name, status.fault.value, test=True)
    left = _left(state.supplies.get("printer"), SLIP_MM, say.SLIPS_LEFT)
    low = status.paper.value != "ok"
    return Part("printer", icon, name, _line(say.PAPER_LOW if low else say.READY, left), "", _sign(low), True)


def _sheets(state: State) -> Part | None:
    status = state.machine.sheets
    name, icon = say.SHEET_PRINTER, "file-text"
    if "sheets" not in state.machine.fitted:
        return None
    if status is None:
        return Part("sheets", icon, name, say.NOT_SEEN_YET, "", Sign.UNKNOWN, True)
    if status.fault:
        return _broken("sheets", icon, name, status.fault.value, test=True)
    left = _left(state.supplies.get("sheets"), 1, say.SHEETS_LEFT)
    low = status.paper.value != "ok"
    return Part("sheets", icon, name, _line(say.PAPER_LOW if low else say.READY, left), "", _sign(low), True)


def _hand(device: str) -> Callable[[State], Part | None]:
    name, icon = _HANDS[device]

    def judged(state: State) -> Part | None:
        if device not in state.machine.fitted:
            return None
        if code := state.machine.lost.get(device):
            return _broken(device, icon, name, code, test=True)
        return Part(device, icon, name, say.ANSWERS, "", Sign.OK, True)

    return judged


def _voice(state: State) -> Part:
    if code := state.machine.lost.get("voice"):
        return _broken("voice", "volume-2", say.VOICE, code, test=True)
    return Part("voice", "volume-2", say.VOICE, say.NOT_HEARD, "", Sign.OK, True)


def _screen(_state: State) -> Part:
    return Part("touch", "hand", say.SCREEN, say.SCREEN_LINE, "", Sign.OK, True)


def _hall(state: State) -> Part:
    hall, name, icon = state.hall, say.HALL, "wifi"
    if hall is None:
        return _broken("hall", icon, name, Fault.NOT_ENROLLED.value)
    since = fill(say.SINCE, time=_moment(hall.since, state.at))
    if hall.online and not hall.quarantined:
        return Part("hall", icon, name, _line(say.ONLINE, since), "", Sign.OK, False)
    code = (hall.fault or StoreFault.HALL_UNREACHABLE).value
    return Part("hall", icon, name, _line(failures.catalogue()[code].name, since), code, Sign.BAD, False)


def _clock(state: State) -> Part:
    skew, name, icon = state.skew, say.CLOCK, "clock"
    if skew.fault:
        return _broken("clock", icon, name, skew.fault.value)
    if not skew.confirmed:
        return Part("clock", icon, name, say.CLOCK_NOT_TOLD, "", Sign.UNKNOWN, False)
    seconds = f"{abs(skew.milliseconds) / _SECOND:.1f}"
    return Part("clock", icon, name, fill(say.CLOCK_DIFFERS, seconds=seconds), "", Sign.OK, False)


def _disk(state: State) -> Part:
    name, icon = say.DISK, "hard-drive"
    if state.machine.store_fault:
        return _broken("disk", icon, name, state.machine.store_fault)
    free = f"{state.free / 1e9:.1f}" if state.free < 10e9 else f"{state.free / 1e9:.0f}"
    whole = all(counts.balanced for counts in state.copies.values())
    line = _line(fill(say.DISK_FREE, gb=free), say.BALANCED if whole else say.NOT_BALANCED)
    return Part("disk", icon, name, line, "", _sign(state.free < LITTLE_DISK or not whole), False)


def _outbox(state: State) -> Part:
    name, icon = say.OUTBOX, "send"
    if state.hall and state.hall.parked:
        return _broken("outbox", icon, name, StoreFault.EVENT_PARKED.value)
    oldest = state.pending.oldest
    line = fill(say.WAITING, n=state.pending.count)
    if oldest is not None:
        line = _line(line, fill(say.OLDEST, time=_moment(oldest, state.at)))
    late = oldest is not None and state.at.timestamp() * 1000 - oldest > LATE
    return Part("outbox", icon, name, line, "", _sign(late), False)


def _authority(state: State) -> Part | None:
    authority, name, icon = state.machine.authority, say.AUTHORITY, "badge-check"
    if authority is None:
        return None
    if authority.signs_until <= state.at.timestamp() or not authority.indices:
        return _broken("authority", icon, name, Fault.NO_AUTHORITY.value)
    until = datetime.fromtimestamp(authority.signs_until, HALL_ZONE)
    line = fill(say.SIGNS_UNTIL, month=until.month, day=until.day, n=authority.indices)
    return Part("authority", icon, name, line, "", Sign.OK, False)


def _power(state: State) -> Part | None:
    if "power" not in state.machine.fitted:
        return None
    if code := state.machine.power_fault:
        return _broken("power", "plug-zap", say.POWER, code)
    return Part("power", "plug-zap", say.POWER, say.MAINS, "", Sign.OK, False)


PARTS: Final[tuple[Callable[[State], Part | None], ...]] = (
    _printer,
    _sheets,
    _hand("card"),
    _hand("id-card"),
    _hand("scanner"),
    _voice,
    _screen,
    _hall,
    _clock,
    _disk,
    _outbox,
    _authority,
    _power,
)


def _left(supply: Supply | None, each: int, words: Words) -> Words | None:
    """About how much is left, where somebody said how much was put in."""
    if supply is None:
        return None
    return fill(words, n=max(0, supply.capacity - supply.used) // each)


def _line(first: Words, then: Words | None) -> Words:
    return Words(f"{first.zh}，{then.zh}", f"{first.en}, {then.en}") if then else first


def _sign(look: bool) -> Sign:
    return Sign.WARN if look else Sign.OK


def _moment(at: int, now: datetime) -> str:
    """``09:41`` of today, ``11-18 09:41`` of another day. ``at`` is milliseconds since 1970."""
    then = datetime.fromtimestamp(at / 1000, HALL_ZONE)
    return then.strftime("%H:%M" if then.date() == now.date() else "%m-%d %H:%M")
