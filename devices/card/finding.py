"""What lies in the reader: asked once when it arrives, in the order in which cards come.

Social security cards are asked for first, then passports, work cards and strangers: none waits for those that come
more rarely.
"""

from __future__ import annotations

from collections.abc import Callable

from devices import passport, piv
from devices.card import social_security, strangers
from devices.card.apdu import Card, Garbled, NoAnswer
from devices.card.link import PRESENCE_SETTLES, ReaderSlot
from devices.reader import CardLocked, CardRead, CardRefused, Fault, WorkCard

Found = CardRead | CardLocked | WorkCard | CardRefused

Kind = tuple[bool, ...]
"""Which applications we know are on a card."""


def found(slot: ReaderSlot, name: str, mark: int) -> Found:
    """Read the card of this mark, in the reader of this name; a broken link is tried once more after a reset.

    Raises ``Lost``.
    """
    for _ in range(2):
        what, settles = _found_once(slot, name)
        if not slot.still(mark, settles):
            return CardRefused(name, Fault.CARD_PULLED)
        if not settles:
            break
    return what


def _found_once(slot: ReaderSlot, name: str) -> tuple[Found, float]:
    """What lies there, and the seconds after which the card's presence can be believed."""
    fault = Fault.CARD_SILENT
    try:
        with slot.connected() as card:
            try:
                return CardRead(name, social_security.read(card)), 0
            except social_security.Unknown:
                if passport.lies(card):
                    return CardLocked(name), 0
                if piv.lies(card):
                    return _work_card(card, name), 0
            fault = Fault.CARD_UNKNOWN  # of a card that answered, whatever it does when it is asked for its name
            return CardRefused(name, strangers.named(card, slot.atr)), 0
    except Garbled:
        return CardRefused(name, Fault.CARD_GARBLED), 0
    except NoAnswer:
        return CardRefused(name, fault), PRESENCE_SETTLES


def _work_card(card: Card, name: str) -> WorkCard | CardRefused:
    try:
        certificate = piv.certificate(card)
    except piv.NoKey:
        return CardRefused(name, Fault.CARD_UNKNOWN)
    return WorkCard(name, certificate, piv.tries_left(card, piv.reference(card)))


def kind(slot: ReaderSlot) -> Kind:
    """By which a card that was refused is known again. Raises ``NoAnswer``, ``Lost``."""
    with slot.connected() as card:
        return tuple(_says_yes(card, each) for each in (social_security.is_one, passport.lies, piv.lies))


def _says_yes(card: Card, question: Callable[[Card], bool]) -> bool:
    try:
        return question(card)
    except Garbled:
        return False
