"""The code on the paper: claims, signed, deflated, as digits behind an address that any phone opens."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import Final

from certificates.cbor import Malformed
from certificates.claims import LIMIT, Claims, decode
from certificates.cose import Message, parsed
from certificates.keys import SigningKey, signed
from certificates.short_code import cti_of

TYP: Final = "GC1"
VERSION: Final = 1
LONGEST: Final = 480
"""Bytes of the signed message at most."""

DIGITS: Final = 1_200
_TEXT: Final = 1_500
_ADDRESS: Final = re.compile(
    r"(?i:https)://(?P<host>[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?)/C/(?P<rest>.*)", re.DOTALL | re.ASCII
)
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,1199}", re.ASCII)


class NotOurs(Exception):
    """Not the shape of our code at all, or another hall's; ``args[0]`` is the reason."""


class NoContent(Exception):
    """An address of ours without what was signed."""


class Newer(Exception):
    """A later version of the format than this software knows."""


@dataclass(frozen=True, slots=True)
class Code:
    """What one text holds: the short code in its address, and the message behind ``#``. Nothing is believed yet."""

    short_code: str = field(repr=False)
    signed: bytes = field(repr=False)
    message: Message = field(repr=False)


def sign(claims: Claims, key: SigningKey, kid: bytes) -> bytes:
    """The signed message of ``claims``. Raises ``Malformed``, ``WrongSignature``; then nothing was signed."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    payload = squeeze.compress(claims.encode()) + squeeze.flush()
    message = signed(key, kid, TYP, payload)
    if len(message) > LONGEST:
        raise Malformed(f"a message of {len(message)} bytes")
    return message


def text(message: bytes, short: str, host: str) -> str:
    """What the QR code carries. ``host`` is the hall's authority."""
    return "#".join(parts(message, short, host))


def parts(message: bytes, short: str, host: str) -> tuple[str, str]:
    """Address and digits, the two long segments of the code."""
    digits = str(int.from_bytes(bytes([VERSION]) + message))
    return f"HTTPS://{host.upper()}/C/{short}", digits


def read(scanned: str, host: str) -> Code:
    """The code in ``scanned``. Raises ``NotOurs``, ``NoContent``, ``Newer``, ``Malformed``, in this order."""
    found = _ADDRESS.fullmatch(scanned) if len(scanned) <= _TEXT else None
    if found is None:
        raise NotOurs("shape")
    if found["host"].lower() != host.lower():
        raise NotOurs("host")
    short, hashed, digits = found["rest"].partition("#")
    if not hashed or not digits:
        raise NoContent
    cti_of(short)
    if not _NUMBER.fullmatch(digits):
        raise Malformed("not a number without leading zeros")
    number = int(digits)
    data = number.to_bytes((number.bit_length() + 7) // 8)
    if data[0] != VERSION:
        raise Newer
    message = parsed(data[1:], LONGEST)
    if message.typ != TYP or len(message.kid) != 4:
        raise Malformed("not a certificate's header")
    return Code(short, data[1:], message)


def claims(message: Message) -> Claims:
    """What a verified message says. Raises ``Malformed``."""
    inflate = zlib.decompressobj(-15)
    try:
        data = inflate.decompress(message.payload, LIMIT + 1)
    except zlib.error:
        raise Malformed("not a deflate stream") from None
    if not inflate.eof or inflate.unused_data or inflate.unconsumed_tail:
        raise Malformed("a deflate stream that is too long, cut short, or followed by something")
    return decode(data)
