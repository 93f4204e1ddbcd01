"""Token Status Lists: one bit a certificate (IETF draft-ietf-oauth-status-list, as a CWT)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from certificates.cbor import Malformed
from certificates.documents import STATUS, issued, status_address
from certificates.keys import SigningKey

BITS: Final = 2**20
"""Status indices in one list."""

SIZE: Final = BITS // 8
LISTS: Final = 128

_SUB, _EXP, _IAT, _LIST, _TTL = 2, 4, 6, 65533, 65534
_LATEST: Final = 2**32


def place(index: int) -> tuple[int, int]:
    """List and bit of a certificate's status index."""
    return divmod(index, BITS)


def packed(size: int, ones: Iterable[int]) -> bytes:
    """``size`` bytes with these bits set; bit 0 is the least significant of the first byte (section 4.1)."""
    bits = bytearray(size)
    for bit in ones:
        bits[bit >> 3] |= 1 << (bit & 7)
    return bytes(bits)


def make_status(host: str, number: int, revoked: Iterable[int], iat: int, exp: int, ttl: int, key: SigningKey) -> bytes:
    """List ``number``. ``revoked`` are bits of this list; times are seconds since 1970, ``ttl`` seconds."""
    payload = {
        _SUB: status_address(host, number),
        _EXP: exp,
        _IAT: iat,
        _LIST: {"bits": 1, "lst": zlib.compress(packed(SIZE, revoked), 9)},
        _TTL: ttl,
    }
    read(payload, host, number)
    return issued(STATUS, payload, key)


@dataclass(frozen=True, slots=True)
class StatusBits:
    """The bits of one list. How long they count is the index's affair, not that of ``exp`` and ``ttl``."""

    bits: bytes = field(repr=False)

    def __getitem__(self, bit: int) -> bool:
        """Whether this bit of the list is 1: revoked."""
        if not 0 <= bit < BITS:
            raise IndexError(bit)
        return bool(self.bits[bit >> 3] >> (bit & 7) & 1)


def read(payload: dict[Any, Any], host: str, number: int) -> StatusBits:
    """The bits in the payload of a status list. Raises ``Malformed``."""
    match payload:
        case {2: str() as sub, 4: int() as exp, 6: int() as iat, 65533: dict() as said, 65534: int() as ttl} if len(
            payload
        ) == 5 and not any(isinstance(number, bool) for number in (exp, iat, ttl)):
            pass
        case _:
            raise Malformed("not a status list")
    if sub != status_address(host, number) or not 0 <= number < LISTS:
        raise Malformed("another status list")
    if not 0 < iat < exp < _LATEST or not 0 < ttl < _LATEST:
        raise Malformed("a status list that ends before it begins")
    match said:
        case {"bits": 1, "lst": bytes() as lst} if len(said) == 2 and said["bits"] is not True:
            return StatusBits(_inflated(lst))
    raise Malformed("not a list of single bits")


def _inflated(lst: bytes) -> bytes:
    inflate = zlib.decompressobj()
    try:
        bits = inflate.decompress(lst, SIZE + 1)
    except zlib.error:
        raise Malformed("not a zlib stream") from None
    if not inflate.eof or inflate.unused_data or len(bits) != SIZE:
        raise Malformed("not exactly the bits of one list")
    return bits
