"""What a restored database learns from the lists that were published last: they lie beside it and forget nothing.

Kiosk keys, revocations, cuts and templates that came after the copy was made
stand in documents that the hall signed itself. They are believed as any
verifier believes them, by the hall's own root.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from certificates import holding
from certificates.cbor import encoded
from certificates.cose import parsed
from certificates.documents import CUT, KEY, KEYS, STATUS, TEMPLATES, TYPES, content
from certificates.lists import Lists
from certificates.shelf import FolderShelf
from certificates.status import BITS, read
from hall import marks
from hall.certificates import indices, publishing, roots
from hall.certificates.models import CertificateCut, CertificateKey, ListDocument, PublishedTemplate, Revocation
from hall.settings import Settings

RESTORED: Final = "restored"
"""The reason of a revocation of which only the published bit is left."""


def leave_out(session: Session, settings: Settings, restores: int, seconds: int) -> None:
    """Give no index, no kid and no version again that the lost database may have given, and take back nothing.

    ``restores`` counts all restores of this hall; ``seconds`` is the time now, since 1970.
    """
    indices.leave_out(session, restores)
    version, iat = marks.number(session, publishing.VERSION), marks.number(session, publishing.IAT)
    lists = _published(settings)
    if lists is not None:
        _learn(session, FolderShelf(settings.published), lists, seconds)
        version, iat = max(version, lists.index.version), max(iat, lists.iat)
    marks.put(session, publishing.VERSION, max(version, seconds))
    marks.put(session, publishing.IAT, iat)
    session.execute(delete(ListDocument).where(ListDocument.name == publishing.INDEX))


def _published(settings: Settings) -> Lists | None:
    """The lists on the shelf, whole and signed by this hall; None where they are lost."""
    shelf = FolderShelf(settings.published)
    found = (holding.load(shelf, root) for root in reversed(roots.installed(settings.roots)))
    return next((lists for lists in found if lists is not None), None)


def _learn(session: Session, shelf: FolderShelf, lists: Lists, seconds: int) -> None:
    for name in lists.index.named():
        data = shelf.get(name) or b""
        match name.split("/"):
            case ["keys", _]:
                for entry in _payload(KEYS, data)["keys"]:
                    _key(session, _payload(KEY, entry))
            case ["status", number]:
                for bit in _ones(read(_payload(STATUS, data), lists.host, int(number)).bits):
                    _revoked(session, int(number) * BITS + bit, seconds)
            case ["cut", _]:
                _cut(session, _payload(CUT, data))
            case ["templates"]:
                for template in _payload(TEMPLATES, data)["templates"]:
                    _template(session, template)


def _payload(typ: str, data: bytes) -> dict[Any, Any]:
    return content(typ, parsed(data, TYPES[typ].limit).payload)


def _key(session: Session, said: dict[str, Any]) -> None:
    if session.get(CertificateKey, said["kid"]) is None:
        session.add(
            CertificateKey(
                kid=said["kid"],
                kiosk=said["kiosk"],
                epoch=0,
                point=said["key"],
                nbf=said["nbf"],
                exp=said["exp"],
                made=said["nbf"] * 1000,
            )
        )


def _revoked(session: Session, status: int, seconds: int) -> None:
    if session.get(Revocation, status) is None:
        session.add(Revocation(status=status, at=seconds * 1000, reason=RESTORED))


def _cut(session: Session, said: dict[str, Any]) -> None:
    if session.get(CertificateCut, said["kid"]) is None:
        session.add(CertificateCut(kid=said["kid"], at=said["at"], known=b"".join(said["known"])))


def _template(session: Session, said: dict[str, Any]) -> None:
    if session.get(PublishedTemplate, (said["type"], said["version"])) is None:
        data = encoded(said)
        sha = hashlib.sha256(data).digest()
        session.add(PublishedTemplate(type=said["type"], version=said["version"], sha256=sha, data=data))


def _ones(bits: bytes) -> Iterator[int]:
    """The places of the ones; bit 0 is the least significant of the first byte."""
    for at, byte in enumerate(bits):
        if byte:
            yield from (at * 8 + bit for bit in range(8) if byte >> bit & 1)
