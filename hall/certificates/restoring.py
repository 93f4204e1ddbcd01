"""What a restored database learns from the lists that were published last: they lie beside it and forget nothing.

Kiosk keys, revocations, cuts and templates that came after the copy was made
stand in documents that the hall signed itself. They are believed as any
verifier believes them, by the hall's own root. Of a kiosk whose key was cut off
after the copy, the copy may say that all is well: it is shut out until a
supervisor lets it in again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, select
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
from hall.models import Kiosk, Standing, Trail
from hall.settings import Settings


class ListsLost(Exception):
    """The lists that were published last are not there, or not whole: what came after the copy would be forgotten."""


def published(session: Session, settings: Settings) -> Lists | None:
    """The lists that were published last; None where the hall never had any. Raises ``ListsLost``."""
    shelf, installed = FolderShelf(settings.published), roots.installed(settings.roots)
    for root in reversed(installed):
        if lists := holding.load(shelf, root):
            return lists
    if installed or marks.number(session, publishing.VERSION):
        raise ListsLost(
            f"the lists in {settings.published} are lost or damaged: kiosk keys that were cut off and certificates that"
            " were revoked after this copy would be good again. Bring the folder back; or add --forget-revocations,"
            " and then cut off and revoke once more"
        )
    return None


def leave_out(session: Session, settings: Settings, lists: Lists | None, restores: int, seconds: int) -> None:
    """Give no index, no kid and no version again that the lost database may have given, and take back nothing.

    ``lists`` were published last; ``restores`` counts all restores of this hall; ``seconds`` is the time now,
    since 1970.
    """
    indices.leave_out(session, restores)
    version, iat = marks.number(session, publishing.VERSION), marks.number(session, publishing.IAT)
    if lists is not None:
        _learn(session, FolderShelf(settings.published), lists, seconds)
        version, iat = max(version, lists.index.version), max(iat, lists.iat)
    marks.put(session, publishing.VERSION, max(version, seconds))
    marks.put(session, publishing.IAT, iat)
    session.execute(delete(ListDocument).where(ListDocument.name == publishing.INDEX))


def _learn(session: Session, shelf: FolderShelf, lists: Lists, seconds: int) -> None:
    for name in lists.index.named():
        data = shelf.get(name) or b""
        match name.split("/"):
            case ["keys", _]:
                for entry in _payload(KEYS, data)["keys"]:
                    _key(session, _payload(KEY, entry))
            case ["status", number]:
                for bit in _ones(read(_payload(STATUS, data), lists.host, int(number)).bits):
                    _revoked(session, int(number) * BITS + bit)
            case ["cut", _]:
                _cut(session, _payload(CUT, data), seconds)
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


def _revoked(session: Session, status: int) -> None:
    if session.get(Revocation, status) is None:
        session.add(Revocation(status=status, at=None))


def _cut(session: Session, said: dict[str, Any], seconds: int) -> None:
    if session.get(CertificateCut, said["kid"]) is not None:
        return
    session.add(CertificateCut(kid=said["kid"], at=said["at"], known=b"".join(said["known"])))
    kiosk = session.scalar(
        select(Kiosk).join(CertificateKey, CertificateKey.kiosk == Kiosk.id).where(CertificateKey.kid == said["kid"])
    )
    if kiosk is not None and kiosk.state is Standing.ACTIVE:
        kiosk.state = Standing.QUARANTINED
        session.add(Trail(at=seconds * 1000, verb="quarantine", detail=f"{kiosk.id} {said['kid'].hex()}"))


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
