"""The root: which key serves what, and how one hands over to the next (docs/certificate-format.md, section 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field

from certificates.cbor import Malformed
from certificates.cose import PublicKey, parsed
from certificates.documents import (
    CONSENT,
    KINDS,
    ROOT,
    TYPES,
    Host,
    OtherHost,
    Payload,
    Point,
    Time,
    Version,
    content,
    issued,
    opened,
    shaped,
)
from certificates.keys import SigningKey, from_point, point


@dataclass(frozen=True, slots=True)
class Root:
    """One version of a hall's root, whole and checked. ``iat`` and ``exp`` are seconds since 1970.

    ``keys`` has one public key for each of ``documents.KINDS``; ``data`` is the document itself.
    """

    version: int
    host: str
    iat: int
    exp: int
    root: PublicKey = field(repr=False)
    keys: Mapping[str, PublicKey] = field(repr=False)
    data: bytes = field(repr=False)

    def expired(self, now: int) -> bool:
        """Past ``exp`` a root certifies nothing."""
        return now >= self.exp

    def opened(self, typ: str, data: bytes) -> dict[Any, Any]:
        """The payload of a document, by the one key that may sign its type.

        Raises ``Malformed``, ``WrongSignature``, ``OtherHost``.
        """
        signer = TYPES[typ].signer
        return opened(typ, data, self.root if signer == "root" else self.keys[signer], self.host)


class _Keys(Payload):
    kiosks: Point
    lists: Point
    templates: Point
    technicians: Point
    updates: Point


class _Consent(Payload):
    """A root but for its consent: a new key agrees to all of it, or a hand that cannot sign could swap the keys."""

    version: Version
    host: Host
    iat: Time
    exp: Time
    root: Point
    keys: _Keys


class _Root(_Consent):
    consent: Annotated[bytes, Field(max_length=TYPES[CONSENT].limit)] | None


def first(data: bytes, host: str | None = None) -> Root:
    """A root that is trusted because it was handed over by hand: version 1, or a later one.

    A later one that brought a new key was signed by the key before it, which
    nobody here knows; its consent is checked. ``host`` is the hall it must be for.
    Raises ``Refused``.
    """
    message = parsed(data, TYPES[ROOT].limit)
    said = shaped(_Root, content(ROOT, message.payload))
    root = _checked(said, data)
    if message.typ != ROOT or (said.version == 1 and said.consent is not None):
        raise Malformed("not a root to start from")
    if host is not None and said.host != host:
        raise OtherHost
    if said.consent is None:
        root.opened(ROOT, data)
    else:
        _agreed(said, root.root)
    return root


def followed(root: Root, data: bytes) -> Root:
    """The version after ``root``. Raises ``Refused`` for anything else."""
    said = shaped(_Root, root.opened(ROOT, data))
    if said.version != root.version + 1:
        raise Malformed("not the next version")
    following = _checked(said, data)
    if said.root != point(root.root):
        _agreed(said, following.root)
    elif said.consent is not None:
        raise Malformed("a consent that nothing asks for")
    return following


def made(
    version: int,
    host: str,
    iat: int,
    exp: int,
    keys: Mapping[str, PublicKey],
    signer: SigningKey,
    new: SigningKey | None = None,
) -> bytes:
    """A root document, signed by ``signer``: its own key for version 1, else that of the version before.

    ``new`` is the key from now on where it is another one. Raises ``Malformed``.
    """
    root = point((new or signer).public())
    terms = {
        "version": version,
        "host": host,
        "iat": iat,
        "exp": exp,
        "root": root,
        "keys": {kind: point(keys[kind]) for kind in KINDS},
    }
    payload = {**terms, "consent": issued(CONSENT, terms, new) if new else None}
    _checked(shaped(_Root, payload), b"")
    return issued(ROOT, payload, signer)


def _checked(said: _Root, data: bytes) -> Root:
    points: dict[str, bytes] = said.keys.model_dump()
    if len({said.root, *points.values()}) != len(KINDS) + 1:
        raise Malformed("one key for two purposes")
    if said.exp <= said.iat:
        raise Malformed("a root that ends before it begins")
    keys = {kind: from_point(points[kind]) for kind in KINDS}
    return Root(said.version, said.host, said.iat, said.exp, from_point(said.root), keys, data)


def _agreed(said: _Root, key: PublicKey) -> None:
    if said.consent is None:
        raise Malformed("a new root without its consent")
    consent = shaped(_Consent, opened(CONSENT, said.consent, key, said.host))
    if consent.model_dump() != said.model_dump(exclude={"consent"}):
        raise Malformed("a consent to something else")
