"""The parsers of what people type and scan, and of what the hall sends."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from devices import citizen_number
from devices.scanner import LIMIT, Fault
from devices.scanner.lines import Lines
from offline_cache import envelope
from offline_cache.envelope import Event, Refused
from tests.fuzz.cards import NUMBER_OF_NOBODY
from tests.fuzz.target import Target

HALL = ec.derive_private_key(7, ec.SECP256R1())
SEAL = X25519PrivateKey.from_private_bytes(bytes(range(32)))
EVENTS = tuple(
    Event("K-0201", 1, seq, bytes(32), 1_795_976_793_157, "ticket.issued", body, sealed).encode()
    for seq, body, sealed in (
        (1, {"id": "A" * 16, "number": "A001", "matters": ["pension"], "ahead": None}, None),
        (2, {}, envelope.seal({"name": "王小明", "number": NUMBER_OF_NOBODY}, "A" * 16, SEAL.public_key())),
        (2**40, {"deep": [[[[{"x": [1, 2.5, True]}]]]]}, b"\0" * 90),
    )
)
DOCUMENTS = tuple(envelope.sign("bundle", payload, HALL) for payload in ({}, {"version": 3, "items": ["x"] * 40}))
_CBOR = tuple(
    bytes.fromhex(each)
    for each in ("9fff", "bfff", "5fff", "d2", "c249", "fb7ff0000000000000", "f97e00", "9b" + "ff" * 8)
)


def _number(data: bytes) -> object:
    number = citizen_number.checked(data.decode("utf-8", "replace"))
    assert number[17] == citizen_number.check_digit(number[:17])
    return citizen_number.birth_of(number), citizen_number.sex_of(number)


def _lines(data: bytes) -> object:
    """Pieces, each after a byte that says its size and the time that has passed."""
    lines, now, at, news = Lines(), 0.0, 0, list[bytes | Fault]()
    while at < len(data):
        size = data[at] & 0x7F
        now += 2.0 if data[at] & 0x80 else 0.01
        news += lines.feed(data[at + 1 : at + 1 + size], now)
        at += 1 + size
    for each in news:
        assert isinstance(each, Fault) or (0 < len(each) <= LIMIT and not {10, 13} & set(each))
    return news


def _event(data: bytes) -> object:
    event = envelope.decode(data)
    assert event.encode() == data
    return event


def _document(data: bytes) -> object:
    payload = envelope.opened("bundle", data, HALL.public_key())
    assert data in DOCUMENTS, "what nobody signed was taken for the hall's"
    return payload


def _payload(data: bytes) -> object:
    """What a hall that lies could sign."""
    return envelope.parse(data, envelope.DOCUMENT_LIMIT)


def _sealed(data: bytes) -> object:
    return envelope.unseal(data, "A" * 16, SEAL)


TARGETS = (
    Target(
        "citizen-number",
        _number,
        (ValueError,),
        (NUMBER_OF_NOBODY.encode(), b"81000019880512112X", "９９００００".encode()),
        (b"x", b"X", b"0229", "Ⅹ".encode(), "٣".encode(), b"\n"),
    ),
    Target(
        "scanner.lines", _lines, (), (b"\x05HELLO\x01\r\x85again\x01\n", b"\x7f" + b"A" * 127), (b"\r", b"\n", b"\x7f")
    ),
    Target("envelope.event", _event, (Refused,), EVENTS, _CBOR, share=2),
    Target("envelope.document", _document, (Refused,), DOCUMENTS, _CBOR, share=0.5),
    Target(
        "envelope.payload",
        _payload,
        (Refused,),
        (*EVENTS, *DOCUMENTS, envelope.canonical({"a": [1, {"b": b""}]})),
        _CBOR,
    ),
    Target(
        "envelope.sealed", _sealed, (Refused,), (envelope.seal({"name": "王"}, "A" * 16, SEAL.public_key()),), share=0.3
    ),
)
