"""The kinds of visit. Adding one is a file here and a line in ``FLOWS``.

A key of ``FLOWS`` is what starts it: ``card`` a document that was read, ``passport`` one that opens only
with what is printed in it, every other a key of the attract screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kiosk.desk import Desk
from kiosk.flows import booking, card, no_card, passport, verify
from kiosk.steps import Visit
from kiosk.visitor import Visitor

FLOWS: Final[dict[str, Callable[[Desk, Visitor], Visit]]] = {
    "card": card.visit,
    "passport": passport.visit,
    "no-card": no_card.visit,
    "booking": booking.visit,
    "verify": verify.visit,
}
