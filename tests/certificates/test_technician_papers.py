"""What the hall signs for technicians: only for a key whose holder asked, and so that anybody's X.509 reads it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathValidationError, RevokedError

from certificates import x509_form
from certificates.cbor import Malformed
from certificates.technician_papers import REQUEST_LIMIT, asked
from certificates.technicians import issuer
from tests.certificates.cards import CARD, HALL, HOST, NOW, SERIAL, card, listed, request

PEM = serialization.Encoding.PEM
RSA = rsa.generate_private_key(65_537, 2_048)


@pytest.mark.parametrize("key", [CARD, ec.generate_private_key(ec.SECP384R1()), RSA], ids=["p-256", "p-384", "rsa"])
def test_the_key_of_a_request_is_taken_and_nothing_else_of_it(key: Any) -> None:
    taken = asked(b"what a tool says\n" + request(key, "T-001"))
    assert taken == key.public_key()
    assert b"T-001" not in card(key=taken)


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP521R1()),
        ec.generate_private_key(ec.SECP256K1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65_537, 1_024),
        rsa.generate_private_key(65_537, 2_056),
        rsa.generate_private_key(3, 2_048),
    ],
    ids=["p-521", "secp256k1", "ed25519", "rsa-1024", "rsa-2056", "exponent-3"],
)
def test_a_key_that_no_card_should_have_is_refused(key: Any) -> None:
    with pytest.raises(Malformed):
        asked(request(key))


def test_who_asks_has_the_key() -> None:
    der = bytearray(x509.load_pem_x509_csr(request(CARD)).public_bytes(serialization.Encoding.DER))
    at = bytes(der).index(b"whoever")
    der[at : at + 7] = b"another"
    forged = x509.load_der_x509_csr(bytes(der)).public_bytes(PEM)
    with pytest.raises(Malformed, match="not signed by the key that it names"):
        asked(forged)


def test_a_weak_digest_is_no_signature() -> None:
    with pytest.raises(Malformed):
        asked(request(CARD, algorithm=hashes.SHA224()))


GOOD = request(CARD)


@given(st.binary(max_size=300) | st.integers(0, len(GOOD) - 1).map(lambda at: GOOD[:at] + b"A" + GOOD[at + 1 :]))
def test_bytes_that_are_no_request_are_refused(data: bytes) -> None:
    try:
        taken = asked(data)
    except Malformed:
        return
    assert taken == CARD.public_key()  # what stands outside the armour means nothing


def test_what_is_too_long_is_not_looked_at() -> None:
    with pytest.raises(Malformed, match="longer than 16384 bytes"):
        asked(GOOD + b"\n" * REQUEST_LIMIT)


def test_a_list_that_no_kiosk_would_take_is_not_made() -> None:
    assert len(listed(*range(SERIAL, SERIAL + 7_000))) > 250_000
    with pytest.raises(ValueError, match="longer than kiosks take"):
        listed(*range(SERIAL, SERIAL + 8_000))


def test_another_reader_of_x509_comes_to_the_same() -> None:
    """A path from the hall's key to the card, with the list looked at, by pyHanko's validator."""
    validated(card(), listed(SERIAL + 1))
    with pytest.raises(RevokedError):
        validated(card(), listed(SERIAL))
    with pytest.raises(PathValidationError):
        validated(card(), listed(made=NOW - timedelta(days=4)))  # it goes by the moment a newer one was due


def validated(certificate: bytes, crl: bytes) -> None:
    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(_root())],
        crls=[crl],
        moment=NOW,
        revocation_mode="require",
    )
    validator = CertificateValidator(asn1.Certificate.load(certificate), validation_context=context)
    looked_at: Callable[..., Any] = validator.async_validate_usage
    asyncio.run(looked_at({"digital_signature"}, {"client_auth"}))


def _root() -> bytes:
    """The hall's key as other readers want it: in a certificate that it signs for itself."""
    builder = (
        x509.CertificateBuilder()
        .serial_number(1)
        .issuer_name(issuer(HOST))
        .subject_name(issuer(HOST))
        .public_key(HALL.public())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(HALL.public()), critical=False)
    )
    return x509_form.signed(builder.sign(CARD, hashes.SHA256()).tbs_certificate_bytes, HALL)
