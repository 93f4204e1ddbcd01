"""A key is tried on the passport in the reader."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from devices import passport
from devices.card.apdu import Garbled, NoAnswer
from devices.card.keys import Key
from devices.card.link import PRESENCE_SETTLES, ReaderSlot
from devices.holder import Holder
from devices.reader import Fault

Asks = Callable[[], bool]
"""Asks a card whether it is still the one that was read. Raises ``Garbled``, ``NoAnswer``."""


@dataclass(frozen=True, slots=True)
class Unlocked:
    holder: Holder
    same: Asks = field(repr=False)


def unlocked(
    slot: ReaderSlot, session: ExitStack, key: Key, trust: passport.Trust, between: Callable[[], None]
) -> Unlocked | Fault | None:
    """What came of ``key``, tried once more where the link broke; None where another card lies there.

    The connection of an opened passport stays open in ``session``, for with the next reset its chip forgets
    who asked. ``between`` is called before each command. Raises ``Lost``.
    """
    for _ in range(2):
        found, settles = _tried(slot, session, key, trust, between)
        if not slot.still(key.mark, settles):
            return Fault.CARD_PULLED
        if not settles:
            break
        session.close()  # to connect anew
    return found


def _tried(
    slot: ReaderSlot, session: ExitStack, key: Key, trust: passport.Trust, between: Callable[[], None]
) -> tuple[Unlocked | Fault | None, float]:
    """With the seconds after which the passport's presence can be believed."""
    try:
        card = session.enter_context(slot.connected(between))
        try:
            opened = passport.unlock(card, key.access, trust, key.today)
        except passport.NotPassport:  # another card, in a swap that nobody saw; or a passport of a kind we can't open
            return (Fault.CARD_UNKNOWN if passport.lies(card) else None), 0
    except passport.WrongKey:
        return Fault.PASSPORT_KEY, 0
    except passport.Forged:
        return Fault.PASSPORT_FORGED, 0
    except Garbled:
        return Fault.CARD_GARBLED, 0
    except NoAnswer:
        return Fault.CARD_SILENT, PRESENCE_SETTLES
    return Unlocked(opened.holder, partial(opened.still, card)), 0
