"""A visit that can't be served: say why, what to do, whom to ask."""

from __future__ import annotations

from typing import Final

from devices.reader import Fault
from kiosk import faults, say
from kiosk.opening import Closed
from kiosk.steps import Ask
from screens.pages import Notice, Tone

_DO: Final = {
    Fault.CARD_UNKNOWN: (say.CARD_OTHER,),
    Fault.PASSPORT_FORGED: (say.CARD_WINDOW,),
    Fault.CARD_ELSEWHERE: (say.CARD_ON_OTHER,),
    Fault.BANK_CARD: (say.CARD_OTHER,),
    Fault.PHONE: (say.CARD_OTHER,),
}
"""What helps where trying the same card once more does not."""


async def refused(fault: Fault) -> None:
    title = say.CARD_TITLES.get(fault.value, say.CARD_TITLES["C105"])
    lead = say.CARD_LEAD_PULLED if fault is Fault.CARD_PULLED else say.CARD_LEAD
    first = _DO.get(fault, (say.CARD_AGAIN, say.CARD_OTHER))
    can = (*first, say.CARD_WITHOUT, say.ASK_12345)
    await Ask(Notice(Tone.WARN, title, lead, can, code=fault.value))


async def turned_away(closed: Closed) -> None:
    """The card is good, but nothing can be taken here now."""
    can = (say.ASK_12345,)
    await Ask(Notice(Tone.WARN, closed.why, say.CLOSED_LEAD, can, code=closed.code))


async def interrupted() -> None:
    """The visit before this notice ended by an error of the software."""
    can = (say.ASK_12345,)
    await Ask(Notice(Tone.BAD, say.BROKEN_TITLE, say.BROKEN_LEAD, can, code=faults.Fault.BROKEN_FLOW.value))
