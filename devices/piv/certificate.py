"""The certificate of key 9A, out of the object that holds it.

Source: SP 800-73-5 part 1, section 3 and its tables of data objects (5FC105, X.509 certificate for PIV
authentication); RFC 1952 for those that are packed.
"""

from __future__ import annotations

import zlib
from typing import Final

from devices.card import tlv
from devices.card.apdu import Card, Garbled
from devices.piv import keys
from devices.piv.application import content
from devices.piv.faults import NoKey

MOST_BYTES: Final = 4096
"""Of a certificate, also when it is unpacked. The standard recommends 1,856 at most."""

OBJECT: Final = 0x5FC105
_CONTENT, _CERTIFICATE, _PACKED, _CARD_NUMBER, _CHECK = 0x53, 0x70, 0x71, 0x72, 0xFE
_AROUND: Final = 64
"""Bytes of the object beside its certificate: tags, lengths, and a number that older cards have there."""

_GZIP: Final = 16 + zlib.MAX_WBITS


def certificate(card: Card) -> bytes:
    """The certificate in DER, of a key that can be asked, from the application that is selected.

    Raises ``NoKey``, ``Garbled``, ``NoAnswer``.
    """
    found = content(card, OBJECT, MOST_BYTES + _AROUND)
    if found is None:
        raise NoKey("no certificate")
    told = certificate_in(found)
    keys.public_key(told)
    return told


def certificate_in(found: bytes) -> bytes:
    """The certificate in the card's answer, unpacked; nobody has looked into it yet.

    Raises ``NoKey`` where the object is empty, ``Garbled`` where it breaks the rules or is too long.
    """
    inside = tlv.one(found, _CONTENT)
    if not inside:
        raise NoKey("an empty certificate")
    told = tlv.distinct(inside)
    if not {_CERTIFICATE, _PACKED} <= told.keys() <= {_CERTIFICATE, _PACKED, _CARD_NUMBER, _CHECK}:
        raise Garbled("a certificate that lacks something, or with more than belongs there")
    match told[_PACKED]:
        case b"\x00":
            data = told[_CERTIFICATE]
        case b"\x01":
            data = _unpacked(told[_CERTIFICATE])
        case _:
            raise Garbled("a certificate packed in no known way")
    if len(data) > MOST_BYTES:
        raise Garbled("a certificate that is too long")
    return data


def _unpacked(packed: bytes) -> bytes:
    """At most one byte more than a certificate may have, whatever it would become."""
    packing = zlib.decompressobj(_GZIP)
    try:
        data = packing.decompress(packed, MOST_BYTES + 1)
    except zlib.error:
        raise Garbled("a certificate that can't be unpacked") from None
    if len(data) <= MOST_BYTES and (not packing.eof or packing.unused_data):
        raise Garbled("a packed certificate that breaks off, or with something behind it")
    return data
