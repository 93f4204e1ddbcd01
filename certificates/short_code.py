"""The short code below the QR code: 80 bits that a person can read out and type.

Crockford's base 32 (crockford.com/base32): no I, L, O, U. Sixteen characters
carry exactly the ten bytes of a certificate's own name.
"""

from __future__ import annotations

from typing import Final

from certificates.cbor import Malformed

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 16
_TYPED: Final = str.maketrans("abcdefghijklmnopqrstuvwxyzOIL", "ABCDEFGH1JK1MN0PQRSTUVWXYZ011", " -–—")


def short_code(cti: bytes) -> str:
    """``7K3M9QX2WV5RT8NA`` for ten bytes."""
    number = int.from_bytes(cti)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))


def cti_of(code: str) -> bytes:
    """The ten bytes again. Raises ``Malformed`` for anything but sixteen characters of the alphabet."""
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise Malformed("not a short code")
    number = 0
    for sign in code:
        number = number << 5 | ALPHABET.index(sign)
    return number.to_bytes(10)


def typed(text: str) -> str:
    """What a person typed, as a code: small letters, O for 0, blanks and dashes allowed. Raises ``Malformed``."""
    code = text.translate(_TYPED) if len(text) <= 64 else ""
    cti_of(code)
    return code


def grouped(code: str) -> str:
    """``7K3M-9QX2-WV5R-T8NA``: as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))
