"""What a batch of events about papers touches, fetched with a few statements for all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hall.certificates import indices
from hall.certificates.models import (
    Certificate,
    CertificateCopy,
    CertificateCut,
    CertificateKey,
    Revocation,
    StatusIndex,
)
from offline_cache.envelope import Event


class KnownPapers:
    """Certificates, copies, keys and indices that the events name, and what they add."""

    def __init__(self, session: Session, events: list[Event]) -> None:
        self._session = session
        self.certificates: dict[str, Certificate] = {}
        self.statuses: set[int] = set()
        self.digests: set[bytes] = set()
        self.keys: dict[bytes, CertificateKey] = {}
        self.indices: dict[int, StatusIndex] = {}
        self.revoked: set[int] = set()
        self._cut: dict[bytes, frozenset[bytes]] = {}
        self._copies: defaultdict[str, dict[int, CertificateCopy]] = defaultdict(dict)
        self.lost_lists = 0
        """Status lists below this one may have been given out by a database that is lost."""
        if events:
            self._fetch(events)

    def copies(self, certificate: str) -> dict[int, CertificateCopy]:
        """The copies of a certificate by their number."""
        return self._copies[certificate]

    def late(self, kid: bytes, digest: bytes) -> bool:
        """Whether the key is cut off and this message none of those that had arrived before."""
        arrived = self._cut.get(kid)
        return arrived is not None and digest not in arrived

    def add(self, certificate: Certificate) -> None:
        self._session.add(certificate)
        self.certificates[certificate.id] = certificate
        self.statuses.add(certificate.status)

    def add_copy(self, copy: CertificateCopy) -> None:
        self._session.add(copy)
        self._copies[copy.certificate][copy.copy] = copy
        self.digests.add(copy.digest)

    def revoke(self, revocation: Revocation) -> None:
        self._session.add(revocation)
        self.revoked.add(revocation.status)

    def add_index(self, index: StatusIndex) -> None:
        self._session.add(index)
        self.indices[index.index] = index

    def _fetch(self, events: list[Event]) -> None:
        ids, statuses = _named(events, "id", str), _named(events, "status", int)
        kids, digests = _named(events, "kid", bytes), _named(events, "digest", bytes)
        statuses = {status for status in statuses if 0 <= status < 2**63}
        for certificate in self._session.scalars(
            select(Certificate).where(or_(Certificate.id.in_(ids), Certificate.status.in_(statuses)))
        ):
            self.certificates[certificate.id] = certificate
            self.statuses.add(certificate.status)
        for copy in self._session.scalars(
            select(CertificateCopy).where(
                or_(CertificateCopy.certificate.in_(self.certificates), CertificateCopy.digest.in_(digests))
            )
        ):
            self._copies[copy.certificate][copy.copy] = copy
            self.digests.add(copy.digest)
        named = {certificate.status for certificate in self.certificates.values()}
        self.revoked.update(self._session.scalars(select(Revocation.status).where(Revocation.status.in_(named))))
        copied = {copy.kid for copies in self._copies.values() for copy in copies.values()}
        for key in self._session.scalars(select(CertificateKey).where(CertificateKey.kid.in_(kids | copied))):
            self.keys[key.kid] = key
        for cut in self._session.scalars(select(CertificateCut).where(CertificateCut.kid.in_(kids))):
            self._cut[cut.kid] = frozenset(cut.messages)
        for index in self._session.scalars(select(StatusIndex).where(StatusIndex.index.in_(statuses))):
            self.indices[index.index] = index
        self.lost_lists = indices.lost_lists(self._session)


def _named(events: list[Event], field: str, kind: type[Any]) -> set[Any]:
    return {value for event in events if isinstance(value := event.body.get(field), kind)}
