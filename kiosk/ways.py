"""How somebody can show more of who they are, on this machine, now."""

from __future__ import annotations

from devices.holder import Document
from kiosk.assurance import Level, proven
from kiosk.machine import Machine
from kiosk.visitor import Visitor


def ways_up(visitor: Visitor, needs: Level, machine: Machine, *, phone: bool = True) -> tuple[str, ...]:
    """The ways by which this visitor can come to so much proof here and now: ``id-card``, ``phone``.

    ``phone``: one is bound, as far as is known; before the hall is asked it may be. Empty where there is none:
    nobody without a document, and nobody beyond what this machine can see.
    """
    holder = visitor.holder
    if holder is None or visitor.may(needs):
        return ()
    card = holder.document is Document.SOCIAL_CARD and machine.works("id-card")
    phone = phone and machine.online and not visitor.phone
    best = Level.ID_CARD if card else proven(holder, visitor.phone)
    if phone:
        best = Level.STRONG if best is Level.ID_CARD else proven(holder, phone=True)
    if best < needs:
        return ()
    helps = phone and (proven(holder, phone=True) >= needs or not card)
    return (*(("id-card",) if card else ()), *(("phone",) if helps else ()))
