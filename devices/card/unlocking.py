"""What came for a card is tried on it: a key on a passport, a PIN on a work card."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from devices import passport, piv
from devices.card.apdu import Card, Garbled, NoAnswer
from devices.card.keys import Key, Pin
from devices.card.link import PRESENCE_SETTLES, ReaderSlot
from devices.reader import CardRead, CardRefused, Fault, PinRefused, WorkCard, WorkCardProven

Asks = Callable[[], bool]
"""Asks a card whether it is still the one that was read. Raises ``Garbled``, ``NoAnswer``."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is to be told of a card that opened, and how it is asked in the same session whether it is the same."""

    event: CardRead | WorkCardProven
    same: Asks = field(repr=False)


Outcome = Opened | PinRefused | CardRefused | None
"""None: another card lies there, in a swap that nobody saw."""


@dataclass(frozen=True, slots=True)
class Locked:
    """The card of this mark, which waits in the reader of this name. ``between`` is called before each command.

    The connection of a card that opened stays open in the caller's ``session``, for with the next reset it
    forgets who asked. All methods raise ``Lost``.
    """

    slot: ReaderSlot
    name: str
    mark: int
    between: Callable[[], None]

    def unlock(self, trust: passport.Trust, session: ExitStack, key: Key) -> Outcome:
        """What came of a passport's key, tried once more where the link broke."""
        attempt = partial(_passport, self.name, key, trust)
        outcome, settles = self._tried(session, attempt)
        if settles and self.slot.still(self.mark, settles):
            session.close()  # to connect anew
            outcome, settles = self._tried(session, attempt)
        return self._if_still_there(outcome, settles)

    def prove(self, told: WorkCard, session: ExitStack, pin: Pin) -> Outcome:
        """What came of a PIN, which is sent once at most, and to no other card than the one that was told of."""
        return self._if_still_there(*self._tried(session, partial(_work_card, self.name, pin, told.certificate)))

    def _tried(self, session: ExitStack, attempt: Callable[[Card], Outcome]) -> tuple[Outcome, float]:
        """With the seconds after which the card's presence can be believed."""
        try:
            return attempt(session.enter_context(self.slot.connected(self.between))), 0
        except Garbled:
            return CardRefused(self.name, Fault.CARD_GARBLED), 0
        except NoAnswer:
            return CardRefused(self.name, Fault.CARD_SILENT), PRESENCE_SETTLES

    def _if_still_there(self, outcome: Outcome, settles: float) -> Outcome:
        return outcome if self.slot.still(self.mark, settles) else CardRefused(self.name, Fault.CARD_PULLED)


def _passport(name: str, key: Key, trust: passport.Trust, card: Card) -> Outcome:
    try:
        opened = passport.unlock(card, key.access, trust, key.today)
    except passport.NotPassport:  # another card, or a passport of a kind we can't open
        return CardRefused(name, Fault.CARD_UNKNOWN) if passport.lies(card) else None
    except passport.WrongKey:
        return CardRefused(name, Fault.PASSPORT_KEY)
    except passport.Forged:
        return CardRefused(name, Fault.PASSPORT_FORGED)
    return Opened(CardRead(name, opened.holder), partial(opened.still, card))


def _work_card(name: str, pin: Pin, certificate: bytes, card: Card) -> Outcome:
    try:
        if not piv.lies(card) or piv.certificate(card) != certificate:
            return None
    except piv.NoKey:
        return None
    reference = piv.reference(card)
    try:
        piv.verify(card, reference, pin.digits)
    except piv.WrongPin as wrong:
        return PinRefused(name, wrong.tries)
    signature = piv.sign(card, certificate, pin.message)
    return Opened(WorkCardProven(name, signature), partial(piv.opened, card, reference))
