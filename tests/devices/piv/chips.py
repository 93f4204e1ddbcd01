"""Work cards laid on a reader that is not there: commands go straight in, answers straight out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from devices import piv
from devices.card.apdu import Card, NoAnswer
from devices.card.sim_cards import VirtualCard
from devices.card.sim_piv import T1_ATR, CurveSim, RsaSim, WorkCardChip
from devices.piv.sim_keys import SimKey

PIN: Final = "135790"
MESSAGE: Final = b"kiosk K-0201, challenge 7"

_KINDS: Final[dict[str, Callable[[], SimKey]]] = {
    "P-256": CurveSim,
    "P-384": lambda: CurveSim(wide=True),
    "RSA 2048": RsaSim,
    "RSA 3072": lambda: RsaSim(3072),
}
KEYS: Final = tuple(_KINDS)


@cache
def key(kind: str) -> SimKey:
    """One of ``KEYS``; always the same, as RSA keys take long to find."""
    return _KINDS[kind]()


def laid(chip: VirtualCard) -> Card:
    """The card on the reader, with the protocol that its answer to reset tells."""

    def transmit(command: bytes) -> bytes:
        answer = chip.answer(command)
        if answer is None:
            raise NoAnswer
        return answer

    return Card(transmit, t0=chip.atr != T1_ATR)


def selected(chip: VirtualCard) -> Card:
    card = laid(chip)
    assert piv.lies(card)
    return card


def proven(chip: WorkCardChip, message: bytes = MESSAGE) -> bytes:
    """The signature of who has the PIN."""
    card = selected(chip)
    certificate = piv.certificate(card)
    piv.verify(card, piv.reference(card), chip.pin)
    return piv.sign(card, certificate, message)
