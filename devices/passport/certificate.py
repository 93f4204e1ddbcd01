"""A certificate as far as passports need it. Source: RFC 5280; ICAO Doc 9303-12 section 7.

Read more leniently than a browser's would be: those that states have in use
spell out their curves, repeat their algorithm in another form, or carry a
broken extension. Nothing that is signed over is taken from a lenient reading.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from asn1crypto import x509

from devices.card import tlv
from devices.card.apdu import Garbled
from devices.passport import keys
from devices.passport.asn1 import moment, parsing
from devices.passport.keys import PublicKey, Scheme
from devices.passport.states import country_in

MOST_BYTES: Final = 16_384

Name = tuple[tuple[str, str], ...]
"""Type and value of each part, without regard to case, spaces, order and kind of string."""


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """``key`` belongs to ``subject``; ``issuer`` says so. Key identifiers are None where they are not told."""

    der: bytes = field(repr=False)
    subject: Name
    issuer: Name
    serial: int
    country: str
    """Of the subject: two capitals, or nothing."""
    key_id: bytes | None
    issuer_key_id: bytes | None
    begins: datetime
    ends: datetime
    purposes: frozenset[str]
    """Of extended key usage: none on a certificate that signs documents."""
    _info: bytes = field(repr=False)
    _body: bytes = field(repr=False)
    _signature: bytes = field(repr=False)
    _algorithm: Any = field(repr=False)

    @property
    def key(self) -> PublicKey:
        """Raises ``Garbled``, ``Unverifiable``."""
        return keys.public_key(self._info)

    @property
    def scheme(self) -> Scheme:
        """How its issuer signed it. Raises ``Garbled``, ``Unverifiable``."""
        return keys.scheme(self._algorithm)

    def signed_by(self, issuer: Certificate) -> bool:
        """Whether that certificate's key signed this one. Raises ``Garbled``, ``Unverifiable``."""
        return keys.signed(issuer.key, self.scheme, self._signature, self._body)


@parsing("a certificate")
def certificate(data: bytes) -> Certificate:
    """The certificate at the beginning of ``data``; bytes behind it are let go. Raises ``Garbled``."""
    tag, size = tlv.extent(data[:6])
    if tag != 0x30 or not size <= min(len(data), MOST_BYTES):
        raise Garbled("not a certificate")
    der = data[:size]
    parsed = x509.Certificate.load(der)
    body = parsed["tbs_certificate"]
    extensions = _extensions(body["extensions"])
    owner = extensions.get("key_identifier")
    issuer = extensions.get("authority_key_identifier")
    purposes = extensions.get("extended_key_usage")
    subject = _name(body["subject"])
    return Certificate(
        der=der,
        subject=subject,
        issuer=_name(body["issuer"]),
        serial=int(body["serial_number"]),
        country=country_in(dict(subject).get("country_name", "")),
        key_id=None if owner is None else bytes(owner),
        issuer_key_id=None if issuer is None else issuer["key_identifier"].native,
        begins=moment(body["validity"]["not_before"].native),
        ends=moment(body["validity"]["not_after"].native),
        purposes=frozenset(purposes.native) if purposes is not None else frozenset(),
        _info=body["subject_public_key_info"].dump(),
        _body=body.dump(),
        _signature=parsed["signature_value"].native,
        _algorithm=parsed["signature_algorithm"],
    )


def _extensions(extensions: Any) -> dict[str, Any]:
    """By name, as far as they can be read: one state's have been broken for twenty years."""
    found: dict[str, Any] = {}
    with suppress(Garbled), parsing("extensions"):
        for extension in extensions:
            found[extension["extn_id"].native] = extension["extn_value"].parsed
    return found


def _name(name: Any) -> Name:
    return tuple(
        sorted(
            (str(part["type"].native), " ".join(str(part["value"].native).casefold().split()))
            for group in name.chosen
            for part in group
        )
    )
