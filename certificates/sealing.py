"""A PDF signed by the machine that made it: a reader shows whether a byte was changed since.

PAdES B-B (ETSI EN 319 142-1). The machine's certificate is its own word (self-signed): whoever wants to know whose key
it is compares it with the one that the hall has from the enrolment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Final, Protocol

from asn1crypto import x509
from asn1crypto.keys import PublicKeyInfo
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import ExternalSigner, PdfSignatureMetadata, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD: Final = "Machine"
"""The name of the signature's field."""

_ALGORITHM: Final = "sha256_ecdsa"
_store: Final[Callable[[], SimpleCertificateStore]] = SimpleCertificateStore
_BACKDATED: Final = timedelta(minutes=10)
_LIFE: Final = timedelta(days=3650)


class MachineKey(Protocol):
    """A P-256 key that signs and never leaves."""

    def public(self) -> bytes:
        """DER SubjectPublicKeyInfo."""

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256, DER."""


class _Signer(ExternalSigner):
    """Signs by a key that is not in this process's hands."""

    def __init__(self, key: MachineKey, certificate: x509.Certificate) -> None:
        super().__init__(certificate, _store(), signature_value=96, embed_roots=True)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(96) if dry_run else self._key.sign(data)


def sealed(page: bytes, key: MachineKey, machine: str, hall: str) -> bytes:
    """``page`` with the machine's signature behind it; ``machine`` and ``hall`` stand in its certificate."""
    certificate = own_certificate(key, machine, hall, datetime.now(UTC))
    about = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", name=machine, subfilter=SigSeedSubFilter.PADES
    )
    written = sign_pdf(IncrementalPdfFileWriter(BytesIO(page)), about, signer=_Signer(key, certificate))
    return bytes(written.getvalue())


def own_certificate(key: MachineKey, machine: str, hall: str, now: datetime) -> x509.Certificate:
    """The machine's word for its own key. Source: RFC 5280, section 4.1."""
    name = x509.Name.build({"organization_name": hall, "common_name": machine})
    public = key.public()
    tbs = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": int.from_bytes(hashlib.sha256(public).digest()[:15]),
            "signature": {"algorithm": _ALGORITHM},
            "issuer": name,
            "validity": {
                "not_before": x509.Time({"utc_time": now - _BACKDATED}),
                "not_after": x509.Time({"utc_time": now + _LIFE}),
            },
            "subject": name,
            "subject_public_key_info": PublicKeyInfo.load(public),
            "extensions": [
                {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": False}},
                {"extn_id": "key_usage", "critical": True, "extn_value": {"digital_signature", "non_repudiation"}},
            ],
        }
    )
    return x509.Certificate(
        {
            "tbs_certificate": tbs,
            "signature_algorithm": {"algorithm": _ALGORITHM},
            "signature_value": key.sign(tbs.dump()),
        }
    )
