"""The parsers of PIV cards: objects, certificates, signatures, and what a card says to who has its PIN.

The cards' keys are drawn anew each time: what was found is kept as bytes, not as a seed.
"""

from __future__ import annotations

import gzip

from devices import piv
from devices.card.apdu import Card
from devices.card.sim_piv import CurveSim, RsaSim, WorkCardChip
from devices.passport.sim_der import der
from devices.piv import sim_keys
from devices.piv.certificate import MOST_BYTES, certificate_in
from devices.piv.keys import public_key
from devices.piv.pin import APPLICATION, GLOBAL, reference_in
from devices.piv.signing import signature_in
from tests.fuzz.script import card, said_to
from tests.fuzz.target import Target

KEYS = (CurveSim(), CurveSim(wide=True), RsaSim())
CERTIFICATES = tuple(sim_keys.own_certificate(key, "T-014") for key in KEYS)
OBJECTS = tuple(
    der(0x53, der(0x70, data), der(0x71, bytes([packed])), der(0xFE))
    for each in CERTIFICATES
    for packed, data in ((False, each), (True, gzip.compress(each)))
)
CHIPS = tuple(WorkCardChip(key, t1=True, part=250, global_pin=key is KEYS[1]) for key in KEYS)
DISCOVERY = CHIPS[1].objects[0x7E]
MESSAGE = b"what is signed"
SIGNATURE = KEYS[0].sign(bytes(32))
_TAGS = (b"\x53\x82", b"\x70\x82", b"\x71\x01\x01", b"\xfe\x00", b"\x7c\x82", b"\x82\x82", b"\x5f\x2f\x02", b"\x30\x80")
_STATUSES = (b"\x02\x90\x00", b"\x02\x61\x00", b"\x02\x63\xc2", b"\x02\x69\x83", b"\x02\x6c\x10", b"\x02\x6a\x82")


def _object(data: bytes) -> object:
    certificate = certificate_in(data)
    assert len(certificate) <= MOST_BYTES
    return certificate


def _discovery(data: bytes) -> object:
    reference = reference_in(data)
    assert reference in (APPLICATION, GLOBAL)
    return reference


def _key(data: bytes) -> object:
    key = public_key(data)
    assert len(key.challenge(MESSAGE)) in (32, 48, 256, 384)
    return key.signed(MESSAGE, SIGNATURE)


def _verified(data: bytes) -> object:
    """A signature that is none, and the same bytes as a certificate."""
    assert not piv.verified(CERTIFICATES[0], MESSAGE, data)
    return piv.verified(data, MESSAGE, SIGNATURE)


def _proven(chip: Card) -> object:
    if not piv.lies(chip):
        raise piv.NoKey
    certificate = piv.certificate(chip)
    reference = piv.reference(chip)
    tries = piv.tries_left(chip, reference)
    assert tries is None or 0 <= tries <= 15
    piv.verify(chip, reference, "135790")
    signature = piv.sign(chip, certificate, MESSAGE)
    assert 0 < len(signature) <= 1024
    return piv.opened(chip, reference)


def _said(data: bytes) -> object:
    return _proven(card(data))


TARGETS = (
    Target("piv.certificate-object", _object, (piv.Garbled, piv.NoKey), OBJECTS, _TAGS),
    Target("piv.certificate-key", _key, (piv.Garbled, piv.NoKey), CERTIFICATES, _TAGS, share=0.5),
    Target("piv.discovery", _discovery, (piv.Garbled,), (DISCOVERY,), _TAGS, share=0.5),
    Target(
        "piv.signature",
        signature_in,
        (piv.Garbled,),
        tuple(der(0x7C, der(0x82, each)) for each in (SIGNATURE, bytes(256), bytes(384))),
        _TAGS,
        share=0.5,
    ),
    Target("piv.verified", _verified, (), (*CERTIFICATES, SIGNATURE), _TAGS, share=0.3),
    Target(
        "piv.card",
        _said,
        (piv.Garbled, piv.NoAnswer, piv.NoKey, piv.WrongPin),
        tuple(said_to(_proven, chip) for chip in CHIPS),
        _STATUSES,
        share=0.5,
    ),
)
