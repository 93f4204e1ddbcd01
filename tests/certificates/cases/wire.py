"""Messages in any form, also in those that no writer of ours makes."""

from __future__ import annotations

from certificates.cbor import encoded
from certificates.cose import low, protected_header, to_be_signed
from certificates.keys import SigningKey
from tests.certificates.office import CLAIMS, KIOSK, deflated, kiosk_key

HEADER = protected_header(KIOSK, "GC1")
PAYLOAD = deflated(CLAIMS.encode())
EMPTY = b"\xa0"


def raw(
    protected: bytes = HEADER,
    payload: bytes = PAYLOAD,
    *,
    unprotected: bytes = EMPTY,
    signature: bytes | None = None,
    key: SigningKey | None = None,
    head: bytes = b"\xd2\x84",
) -> bytes:
    """A message put together by hand; well signed over ``protected`` where no signature is given."""
    if signature is None:
        signature = whole(*numbers(protected, payload, key))
    return head + encoded(protected) + unprotected + encoded(payload) + encoded(signature)


def numbers(protected: bytes = HEADER, payload: bytes = PAYLOAD, key: SigningKey | None = None) -> tuple[int, int]:
    """r and the low s of a good signature."""
    r, s = (key or kiosk_key(KIOSK)).sign(to_be_signed(protected, payload))
    return r, low(s)


def whole(r: int, s: int) -> bytes:
    return r.to_bytes(32) + s.to_bytes(32)


def der(r: int, s: int) -> bytes:
    """The signature as X.509 writes it (RFC 3279, section 2.2.3)."""
    numbers = (number.to_bytes(number.bit_length() // 8 + 1) for number in (r, s))
    parts = b"".join(bytes([2, len(number)]) + number for number in numbers)
    return bytes([0x30, len(parts)]) + parts
