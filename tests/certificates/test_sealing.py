"""A PDF signed by its machine: an independent reader finds it whole, and one changed byte is found."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.machine_pages import report_page, trial_page
from certificates.sealing import FIELD, own_certificate, sealed
from offline_cache.kiosk_key import FileKey
from tests.certificates.test_machine_pages import AT, report

HALL, MACHINE = "hall.example:8443", "K-0203"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> FileKey:
    return FileKey(tmp_path_factory.mktemp("machine") / "kiosk-key.pem")


@pytest.fixture(scope="module")
def page(key: FileKey) -> bytes:
    return sealed(report_page(report()), key, MACHINE, HALL)


def status(pdf: bytes) -> PdfSignatureStatus:
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    assert signature.field_name == FIELD
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[signature.signer_cert]))


def test_an_independent_reader_finds_it_whole_and_signed_by_this_machine(page: bytes, key: FileKey) -> None:
    found = status(page)
    assert (found.intact, found.valid, found.trusted) == (True, True, True)
    assert found.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert found.signing_cert.public_key.dump() == key.public()


def test_the_page_itself_is_unchanged_by_its_signature(page: bytes) -> None:
    assert page.startswith(report_page(report()))


def test_one_changed_byte_is_found_wherever_it_lies(page: bytes) -> None:
    unsigned = len(report_page(report()))
    for at in (20, unsigned // 2, unsigned - 40, unsigned + 20):
        changed = bytearray(page)
        changed[at] ^= 1
        assert not _is_whole(bytes(changed)), at


def test_what_is_added_behind_the_signature_is_not_covered(page: bytes) -> None:
    assert not _is_whole(page + b"\n% added\n")


def _is_whole(pdf: bytes) -> bool:
    try:
        found = status(pdf)
    except (PdfError, SignatureValidationError, ValueError, KeyError, IndexError, TypeError):
        return False
    return bool(found.intact and found.valid and found.coverage is SignatureCoverageLevel.ENTIRE_FILE)


def test_the_machine_s_certificate_names_it_and_its_hall_and_makes_out_no_other(key: FileKey) -> None:
    now = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
    made = x509.load_der_x509_certificate(own_certificate(key, MACHINE, HALL, now).dump())
    assert made.subject == made.issuer
    assert {each.value for each in made.subject} == {HALL, MACHINE}
    assert made.not_valid_before_utc < now < made.not_valid_after_utc
    public = made.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    made.verify_directly_issued_by(made)
    assert made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    usage = made.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert (usage.value.digital_signature, usage.value.key_cert_sign) == (True, False)


def test_another_machine_s_key_is_told_from_this_one_s(page: bytes) -> None:
    other = status(sealed(trial_page("04 号机", AT), _Other(), "K-0204", HALL))
    assert other.valid
    assert other.signing_cert.public_key.dump() != status(page).signing_cert.public_key.dump()


class _Other:
    """A machine key of its own, kept elsewhere than in a file of the cache."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def public(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data, ec.ECDSA(SHA256()))
