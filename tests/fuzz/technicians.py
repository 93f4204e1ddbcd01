"""The parsers of technicians' cards, of the list of those taken back, and of requests for a certificate.

What stands behind the hall's signature is reached by signing: as a hall that lies could.
"""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from certificates import x509_form
from certificates.cbor import Refused
from certificates.technician_papers import asked
from certificates.technicians import LIST_LIMIT, NotAdmitted, Role, admitted, certified, newer, revocation_list
from tests.certificates.cards import CARD, HALL, HOST, NOW, OLDEST, SERIAL, card, enclosed, listed, signature
from tests.fuzz.target import Target

KEY = HALL.public()
CARDS = (card(), card(serial=1))
LISTS = (listed(), listed(SERIAL + 1, 5, number=9))
REQUEST = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(CARD, hashes.SHA256())
_DER = tuple(
    bytes.fromhex(each)
    for each in ("3000", "3080", "0500", "020100", "0101ff", "0603551d0f", "0603551d14", "0603551d1c", "170d", "180f")
)


def _card(data: bytes) -> object:
    technician = admitted(data, LISTS[0], KEY, HOST, NOW, OLDEST)
    assert data in CARDS, "what nobody signed was taken for the hall's"
    return technician


def _list(data: bytes) -> object:
    newer(None, data, KEY, HOST)
    assert data in LISTS, "what nobody signed was taken for the hall's"
    return admitted(CARDS[0], data, KEY, HOST, NOW, OLDEST)


def _signed_card(content: bytes) -> object:
    said = certified(enclosed(content, signature(content)), KEY, HOST)
    assert said.technician.role in Role
    return said


def _signed_list(content: bytes) -> object:
    known = revocation_list(enclosed(content, signature(content)), KEY, HOST)
    assert known.revoked(SERIAL) == (SERIAL in known.entries())
    return known


TARGETS = (
    Target("technicians.card", _card, (NotAdmitted,), CARDS, _DER, share=0.5),
    Target("technicians.list", _list, (Refused, NotAdmitted), LISTS, _DER, share=0.5),
    Target(
        "technicians.signed-card",
        _signed_card,
        (Refused,),
        tuple(x509_form.opened(each, LIST_LIMIT, KEY) for each in CARDS),
        _DER,
        share=0.3,
    ),
    Target(
        "technicians.signed-list",
        _signed_list,
        (Refused,),
        tuple(x509_form.opened(each, LIST_LIMIT, KEY) for each in LISTS),
        _DER,
        share=0.3,
    ),
    Target(
        "technicians.request", asked, (Refused,), (REQUEST.public_bytes(Encoding.PEM),), (b"-----", b"\n"), share=0.3
    ),
)
