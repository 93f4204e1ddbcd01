"""A signed message (CMS): what a chip's security object and a master list are. Source: RFC 5652."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import cms

from devices.card.apdu import Garbled
from devices.passport import keys
from devices.passport.asn1 import moment, parsing
from devices.passport.certificate import Certificate, certificate
from devices.passport.faults import Forged, Unverifiable

_MOST_CERTIFICATES = 16


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """What is signed, the certificates that came with it, and who of them is its signer."""

    kind: str
    """Of the content: a dotted object identifier."""
    content: bytes = field(repr=False)
    certificates: tuple[Certificate, ...]
    signer: Certificate | None
    """None where the message does not bring its signer's certificate."""
    signed_at: datetime | None
    """As the signer says, where it says so."""
    _signer_info: Any = field(repr=False)

    @parsing("a signed message")
    def verify(self) -> None:
        """That the signer signed just this content. Raises ``Forged``, ``Garbled``, ``Unverifiable``."""
        if self.signer is None:
            raise Unverifiable("a message without its signer's certificate")
        digest = _digest(self._signer_info)
        attributes = self._signer_info["signed_attrs"]
        signed = self.content
        if len(attributes):
            told = _attributes(attributes)
            if told.get("content_type") != [self.kind]:
                raise Forged("signed as another kind of content")
            if told.get("message_digest") != [hashlib.new(digest, self.content).digest()]:
                raise Forged("another content than was signed")
            signed = b"\x31" + attributes.dump()[1:]  # signed is the set itself, not its place in the message
        scheme = keys.scheme(self._signer_info["signature_algorithm"], digest)
        if not keys.signed(self.signer.key, scheme, self._signer_info["signature"].native, signed):
            raise Forged("a signature that is not the signer's")


@parsing("a signed message")
def message(data: bytes) -> Message:
    """The message in ``data``, with its one signer. Raises ``Garbled``."""
    parsed = cms.ContentInfo.load(data, strict=True)
    if parsed["content_type"].native != "signed_data":
        raise Garbled("not a signed message")
    body = parsed["content"]
    inner = body["encap_content_info"]
    infos = body["signer_infos"]
    if len(infos) != 1:
        raise Garbled("a message without one signer")
    certificates = tuple(_certificates(body["certificates"]))
    info = infos[0]
    moments = _attributes(info["signed_attrs"]).get("signing_time", []) if len(info["signed_attrs"]) else []
    return Message(
        kind=inner["content_type"].dotted,
        content=bytes(inner["content"]),
        certificates=certificates,
        signer=_signer(info["sid"], certificates),
        signed_at=moment(moments[0]) if moments else None,
        _signer_info=info,
    )


def _certificates(found: Any) -> Iterator[Certificate]:
    for one in list(found)[:_MOST_CERTIFICATES]:
        with suppress(Garbled):  # a stranger among them proves nothing and breaks nothing
            yield certificate(one.chosen.dump())


def _signer(who: Any, certificates: tuple[Certificate, ...]) -> Certificate | None:
    """Whom the signer info names; where it names nobody here, the only one there is."""
    for one in certificates:
        if who.name == "subject_key_identifier":
            if one.key_id == who.chosen.native:
                return one
        elif one.serial == int(who.chosen["serial_number"]):
            return one
    return certificates[0] if len(certificates) == 1 else None


@parsing("signed attributes")
def _attributes(attributes: Any) -> dict[str, list[Any]]:
    """The values by name. Content types are dotted."""
    found: dict[str, list[Any]] = {}
    for attribute in attributes:
        name = str(attribute["type"].native)
        if name in found:
            raise Garbled("the same attribute twice")
        values = attribute["values"]
        found[name] = [value.dotted if name == "content_type" else value.native for value in values]
    return found


@parsing("a digest algorithm")
def _digest(info: Any) -> str:
    digest = str(info["digest_algorithm"]["algorithm"].native)
    if digest not in keys.DIGESTS:
        raise Unverifiable("a digest that is not known")
    return digest
