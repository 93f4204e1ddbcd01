"""A card that could not be read: say why, what to do, whom to ask."""

from __future__ import annotations

from devices.reader import Fault
from kiosk import say
from kiosk.steps import Ask
from screens.pages import Notice, Tone


async def refused(fault: Fault) -> None:
    title = say.CARD_TITLES.get(fault.value, say.CARD_TITLES["C105"])
    can = (say.CARD_AGAIN, say.CARD_OTHER, say.CARD_WITHOUT, say.ASK_12345)
    await Ask(Notice(Tone.WARN, title, say.CARD_LEAD, can, code=fault.value))
