"""Checks 5 and 6: the version, and messages that are not exactly in our form."""

from __future__ import annotations

from certificates.cbor import encoded
from certificates.cose import protected_header
from certificates.keys import point
from certificates.verdict import Reason
from tests.certificates.cases.addresses import ADDRESS
from tests.certificates.cases.case import Case
from tests.certificates.cases.wire import HEADER, PAYLOAD, der, numbers, raw
from tests.certificates.office import KIOSK, kiosk_key, sign, text

GOOD = sign()


def _version(name: str, data: bytes) -> Case:
    return Case(name, 5, Reason.NEWER_FORMAT, f"{ADDRESS}#{int.from_bytes(data)}")


def _form(name: str, message: bytes) -> Case:
    return Case(name, 6, Reason.MALFORMED, text(message))


def _header(name: str, protected: bytes) -> Case:
    return _form(name, raw(protected))


_SIGNATURE = GOOD[-64:]
_UNPROTECTED_KID = encoded({4: KIOSK})

CASES = (
    _version("a later version", b"\x02" + GOOD),
    _version("the highest version", b"\xff" + GOOD),
    _version("a later version with nothing in it", b"\x02"),
    _version("without the version", GOOD),
    _form("nothing behind the version", b""),
    _form("one byte too many", GOOD + b"\x00"),
    _form("one byte too few", GOOD[:-1]),
    _form("a second, empty message behind the first", GOOD + b"\xd2\x80"),
    _form("no tag", GOOD[1:]),
    _form("the tag of a MAC", b"\xd1" + GOOD[1:]),
    _form("the tag of encrypted content", b"\xd0" + GOOD[1:]),
    _form("the tag twice", b"\xd2" + GOOD),
    _form("the tag in a longer form", b"\xd8\x12" + GOOD[1:]),
    _form("a CWT tag around it", b"\xd8\x3d" + GOOD),
    _form("an array of five", raw(head=b"\xd2\x85") + b"\x00"),
    _form("an array of three", b"\xd2\x83" + encoded(HEADER) + b"\xa0" + encoded(PAYLOAD)),
    _form("an array without a length", raw(head=b"\xd2\x9f") + b"\xff"),
    _form("a map for the array", raw(head=b"\xd2\xa2")),
    _form("a length in a longer form", raw(head=b"\xd2\x98\x04")),
    _form("the key id outside what is signed", raw(unprotected=_UNPROTECTED_KID)),
    _form("the key id only outside what is signed", raw(encoded({1: -7, 16: "GC1"}), unprotected=_UNPROTECTED_KID)),
    _form("the algorithm outside what is signed", raw(encoded({4: KIOSK, 16: "GC1"}), unprotected=encoded({1: -7}))),
    _form("an unprotected map that is null", raw(unprotected=b"\xf6")),
    _form("an unprotected array", raw(unprotected=b"\x80")),
    _form("a detached payload", b"\xd2\x84" + encoded(HEADER) + b"\xa0\xf6" + encoded(_SIGNATURE)),
    _form("a payload of text", b"\xd2\x84" + encoded(HEADER) + b"\xa0\x60" + encoded(_SIGNATURE)),
    _form("a DER signature", raw(signature=der(*numbers()))),
    _form("a signature of 63 bytes", raw(signature=_SIGNATURE[:-1])),
    _form("a signature of 65 bytes", raw(signature=_SIGNATURE + b"\x00")),
    _form("no signature", raw(signature=b"")),
    _header("the header empty", b""),
    _header("the header an empty map", b"\xa0"),
    _header("the header not CBOR", b"\xff\xff"),
    _header("no algorithm", encoded({4: KIOSK, 16: "GC1"})),
    _header("the algorithm none", encoded({1: None, 4: KIOSK, 16: "GC1"})),
    _header("the algorithm 0", encoded({1: 0, 4: KIOSK, 16: "GC1"})),
    _header("ES384", encoded({1: -35, 4: KIOSK, 16: "GC1"})),
    _header("EdDSA", encoded({1: -8, 4: KIOSK, 16: "GC1"})),
    _header("HMAC with the public key", encoded({1: 5, 4: KIOSK, 16: "GC1"})),
    _header("the algorithm as text", encoded({1: "ES256", 4: KIOSK, 16: "GC1"})),
    _header("the algorithm a float", b"\xa3\x01\xf9\xc7\x00" + HEADER[3:]),
    _header("true for the key 1", b"\xa3\x04" + encoded(KIOSK) + b"\x10\x63GC1\xf5\x26"),
    _header("a critical header", encoded({1: -7, 2: [99], 4: KIOSK, 16: "GC1"})),
    _header("a header more", encoded({1: -7, 4: KIOSK, 16: "GC1", 5: b""})),
    _header("the algorithm twice", b"\xa4\x01\x26\x01\x26" + HEADER[3:]),
    _header("headers out of order", b"\xa3\x04" + encoded(KIOSK) + b"\x01\x26\x10\x63GC1"),
    _header("a byte behind the header", HEADER + b"\x00"),
    _header("no type", encoded({1: -7, 4: KIOSK})),
    _header("another type", protected_header(KIOSK, "GC2")),
    _header("the type of a kiosk's key", protected_header(KIOSK, "keting-key")),
    _header("the type in small letters", protected_header(KIOSK, "gc1")),
    _header("the type as bytes", encoded({1: -7, 4: KIOSK, 16: b"GC1"})),
    _header("a key id of 3 bytes", protected_header(KIOSK[:3], "GC1")),
    _header("a key id of 8 bytes", protected_header(KIOSK * 2, "GC1")),
    _header("no key id", encoded({1: -7, 16: "GC1"})),
    _header("a public key for the key id", protected_header(point(kiosk_key(KIOSK).public()), "GC1")),
    _form("a message of 481 bytes", raw(payload=bytes(481 - len(raw(payload=b"")) - 2))),
    _form("seven arrays in each other", b"\xd2" + b"\x81" * 7 + b"\x00"),
    _form("four hundred arrays in each other", b"\xd2" + b"\x81" * 400 + b"\x00"),
    _form("four hundred tags in each other", b"\xd2" * 400 + b"\x00"),
    _form("an array of 2^63 things", b"\xd2\x9b\x7f\xff\xff\xff\xff\xff\xff\xff"),
    _form("a byte string of 2^63 bytes", b"\xd2\x84\x5b\x7f\xff\xff\xff\xff\xff\xff\xff"),
    _form("a number with an exponent of 2^63", b"\xc5\x82\x1b\x7f\xff\xff\xff\xff\xff\xff\xff\x19\x03\xe8"),
    _form("an array that holds itself", b"\xd8\x1c\x81\xd8\x1d\x00"),
    _form("a regular expression", b"\xd8\x23\x64(a*)"),
    _form("a float", b"\xd2\xf9\x3c\x00"),
    _form("undefined", b"\xf7"),
    _form("a break", b"\xff"),
    _form("text that is not UTF-8", b"\xd2\x84\x62\xc3\x28"),
)
