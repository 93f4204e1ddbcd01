"""The PDF of a certificate, as its issuer signs it: a reader shows who signed and whether a byte was changed since.

PAdES B-B (ETSI EN 319 142-1) by the issuer's X.509 key, with no picture of a
signature: the page is the very sheet that was printed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.claims import HALL_ZONE, Claims
from certificates.form import Said
from certificates.sheet import Sheet, pdf
from certificates.template import Template
from hall.certificates.issuers import Issuer, of
from hall.certificates.models import Certificate
from hall.models import Kiosk
from hall.state import Hall

FIELD: Final = "Issuer"
"""The name of the signature's field."""


_certificate: Final[Callable[[str], Any]] = load_cert_from_pemder
_store: Final[Callable[[list[Any]], SimpleCertificateStore]] = SimpleCertificateStore.from_certs


class NoSigner(Exception):
    """The issuer's key or certificate cannot be read."""


def signed_pdf(
    hall: Hall, certificate: Certificate, kiosk: Kiosk, template: Template, claims: Claims, message: bytes
) -> bytes:
    """The sheet of one copy, signed by the template's issuer. ``message`` is the copy's signed message.

    Takes some 60 ms. Raises ``NoSigner`` and what ``certificates.sheet.pdf`` raises.
    """
    names = hall.content["hall"]["name"]
    page = pdf(
        Sheet(
            template=template,
            claims=claims,
            message=message,
            host=hall.settings.authority,
            hall=Said(zh=names["zh"], en=names["en"]),
            machine=f"{kiosk.number} 号机 {kiosk.id}",
            serial=f"{certificate.reference}-{claims.copy}",
            printed=datetime.fromtimestamp(certificate.issued / 1000, HALL_ZONE).strftime("%Y-%m-%d %H:%M"),
            hotline=hall.content["hotline"],
        )
    )
    return sealed_by(of(hall.settings.keys, template.issuer.zh), page)


def sealed_by(issuer: Issuer, page: bytes) -> bytes:
    """``page`` with the issuer's signature behind it. Raises ``NoSigner``."""
    try:
        key = load_private_key_from_pemder(str(issuer.key), passphrase=None)
        certificate, ca = (_certificate(str(path)) for path in (issuer.certificate, issuer.ca))
    except (OSError, ValueError) as error:
        raise NoSigner(f"{issuer.certificate.name}: {type(error).__name__}") from None
    signer = SimpleSigner(certificate, key, _store([ca]))
    about = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", name=issuer.name, subfilter=SigSeedSubFilter.PADES
    )
    written = sign_pdf(IncrementalPdfFileWriter(BytesIO(page)), about, signer=signer)
    return bytes(written.getvalue())
