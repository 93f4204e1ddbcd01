"""Key 9A signs: the only proof that the card is the one its certificate is for.

Source: SP 800-73-5 part 2, section 3.2.4 (GENERAL AUTHENTICATE) and appendix A; ISO/IEC 7816-4 (chains of commands).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from devices.card import tlv
from devices.card.apdu import Card, Garbled
from devices.piv import keys
from devices.piv.application import with_data

_KEY: Final = 0x9A
_TEMPLATE, _CHALLENGE, _RESPONSE = 0x7C, 0x81, 0x82
_MOST_DATA: Final = 255
_WHOLE: Final = 0


def sign(card: Card, certificate: bytes, message: bytes) -> bytes:
    """What the card gives as the signature of ``message`` by the key of its ``certificate``, whose PIN was verified.

    Nobody has looked at it yet. Raises ``Garbled`` where the card signs nothing, ``NoKey``, ``NoAnswer``.
    """
    key = keys.public_key(certificate)
    wanted = tlv.item(_RESPONSE, b"") + tlv.item(_CHALLENGE, key.challenge(message))
    *chained, last = _parts(tlv.item(_TEMPLATE, wanted))
    header = bytes([0x87, key.algorithm, _KEY])
    for part in chained:
        if not card.send(with_data(b"\x10" + header, part)).ok:
            raise Garbled("a card that takes no long command")
    answer = card.send(with_data(b"\x00" + header, last), _WHOLE)
    if not answer.ok:
        raise Garbled("a card that does not sign")
    return signature_in(answer.data)


def signature_in(answer: bytes) -> bytes:
    """The signature in the card's answer. Raises ``Garbled``."""
    signature = tlv.one(tlv.one(answer, _TEMPLATE), _RESPONSE)
    if not signature:
        raise Garbled("an empty signature")
    return signature


def _parts(data: bytes) -> Iterator[bytes]:
    for at in range(0, len(data), _MOST_DATA):
        yield data[at : at + _MOST_DATA]
