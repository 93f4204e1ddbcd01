"""The outer form of X.509 as the hall signs it: certificates and revocation lists, ECDSA with P-256 and SHA-256 only.

There is one encoding for each content and signature, and s is low as everywhere
in the house. The signature is checked before anything inside is read: hostile
bytes never reach a parser of X.509, only what the hall itself has signed does.
Source: RFC 5280, sections 4.1 and 5.1; RFC 5758, section 3.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from certificates.cbor import Malformed, Refused
from certificates.cose import ORDER, PublicKey, WrongSignature, low
from certificates.keys import SigningKey

_SEQUENCE: Final = 0x30
_BIT_STRING: Final = 0x03
_ALGORITHM: Final = bytes.fromhex("300a06082a8648ce3d040302")
"""ecdsa-with-SHA256, without parameters."""


def signed(content: bytes, key: SigningKey) -> bytes:
    """``content``, a tbsCertificate or tbsCertList, with the signature of ``key``; verified before it is given out.

    Raises ``WrongSignature`` where a key is broken, ``KeysGone`` where it can't be reached.
    """
    r, s = key.sign(content)
    data = _enclosed(content, encode_dss_signature(r, low(s)))
    opened(data, len(data), key.public())
    return data


def opened(data: bytes, limit: int, key: PublicKey) -> bytes:
    """The content of ``data``, which is at most ``limit`` bytes. Raises ``Malformed``, ``WrongSignature``."""
    if len(data) > limit:
        raise Malformed(f"longer than {limit} bytes")
    start, _ = _sequence(data, 0)
    _, end = _sequence(data, start)
    content, signature = data[start:end], data[end + len(_ALGORITHM) + 3 :]
    try:
        _, s = decode_dss_signature(signature)
    except ValueError:
        raise Malformed("not a signature") from None
    if _enclosed(content, signature) != data:
        raise Malformed("not the one encoding of what was signed")
    if s > ORDER // 2:
        raise WrongSignature
    try:
        key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise WrongSignature from None
    return content


@contextmanager
def parsing(what: str) -> Iterator[None]:
    """Whatever the library says of ``what`` becomes ``Malformed``: it reads X.509 piece by piece, when it is asked."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 - ValueError, UnsupportedAlgorithm, DuplicateExtension, InvalidVersion and more
        raise Malformed(f"not {what} ({type(error).__name__})") from None


def _enclosed(content: bytes, signature: bytes) -> bytes:
    return _item(_SEQUENCE, content + _ALGORITHM + _item(_BIT_STRING, b"\x00" + signature))


def _item(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def _sequence(data: bytes, at: int) -> tuple[int, int]:
    """Where the content of the SEQUENCE at ``at`` begins and ends. Lengths are not believed: see ``opened``."""
    head = data[at : at + 2]
    if len(head) < 2 or head[0] != _SEQUENCE:
        raise Malformed("not a certificate or list")
    more = head[1] - 0x80 if head[1] > 0x80 else 0
    if more > 4:
        raise Malformed("a length that cannot be")
    start = at + 2 + more
    return start, start + (int.from_bytes(data[at + 2 : start]) if head[1] >= 0x80 else head[1])
