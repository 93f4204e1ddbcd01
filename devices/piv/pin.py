"""The card's PIN: which one it wants, whether it was this one, and how many tries are left.

Source: SP 800-73-5 part 1 section 3.3.2 (discovery object); part 2 sections 2.4.3 (form) and 3.2.1 (VERIFY).
"""

from __future__ import annotations

from typing import Final

from devices.card import tlv
from devices.card.apdu import Card, Garbled
from devices.piv.application import content, with_data
from devices.piv.faults import WrongPin

APPLICATION: Final = 0x80
"""The PIN of the PIV application."""

GLOBAL: Final = 0x00
"""The PIN of the whole card."""

_DISCOVERY, _POLICY = 0x7E, 0x5F2F
_GLOBAL_TOO, _GLOBAL_FIRST = 0x20, 0x20
_LEAST, _MOST = 6, 8
_BLOCKED, _FORM, _FAILED = 0x6983, 0x6A80, 0x6300


def reference(card: Card) -> int:
    """The PIN that the card's holder was told to use, from the application that is selected.

    That is ``GLOBAL`` where the card has a discovery object which says so, else ``APPLICATION``. Raises
    ``Garbled``, ``NoAnswer``.
    """
    found = content(card, _DISCOVERY)
    return APPLICATION if found is None else reference_in(found)


def reference_in(found: bytes) -> int:
    """What a discovery object says. Raises ``Garbled``."""
    policy = tlv.distinct(tlv.one(found, _DISCOVERY)).get(_POLICY, b"")
    if len(policy) != 2:
        raise Garbled("a card that does not say how its PIN is used")
    return GLOBAL if policy[0] & _GLOBAL_TOO and policy[1] == _GLOBAL_FIRST else APPLICATION


def tries_left(card: Card, reference: int) -> int | None:
    """How many wrong PINs the card still takes, None where it does not tell. Raises ``Garbled``, ``NoAnswer``."""
    return _tries(_state(card, reference))


def opened(card: Card, reference: int) -> bool:
    """Whether this PIN was verified in this session, which no other card has. Raises ``Garbled``, ``NoAnswer``."""
    return _state(card, reference) == 0x9000


def verify(card: Card, reference: int, digits: str) -> None:
    """Try this PIN, once. What is no PIN by its form is not sent, and costs no try.

    Raises ``WrongPin``, ``Garbled`` for a card that takes no PIN, ``NoAnswer``.
    """
    if not (_LEAST <= len(digits) <= _MOST and digits.isascii() and digits.isdigit()):
        raise WrongPin(tries_left(card, reference))
    status = card.send(with_data(bytes([0x00, 0x20, 0x00, reference]), digits.encode().ljust(_MOST, b"\xff"))).status
    if status == 0x9000:
        return
    if status == _FORM:
        raise WrongPin(tries_left(card, reference))
    if status in (_BLOCKED, _FAILED) or _tries(status) is not None:
        raise WrongPin(_tries(status))
    raise Garbled("a card that takes no PIN")


def _state(card: Card, reference: int) -> int:
    return card.send(bytes([0x00, 0x20, 0x00, reference])).status


def _tries(status: int) -> int | None:
    if status == _BLOCKED:
        return 0
    return status & 0x0F if status & 0xFFF0 == 0x63C0 else None
