"""What events about certificates do: the registry learns of a paper only when the paper itself agrees.

As with tickets, everything is checked before anything is changed.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from certificates.status import BITS
from certificates.verdict import Why
from hall.certificates.known import KnownPapers
from hall.certificates.models import Certificate, CertificateCopy, CertificateKey, Revocation, StatusIndex
from hall.certificates.reading import Opened, Reading, same_holder
from hall.certificates.wire import CertificateCopied, CertificateFound, CertificateIssued, CertificateSettled
from hall.models import Trail
from hall.people import trail
from hall.people.effects import People
from hall.people.levels import reaches
from hall.poison import Poison, parsed
from offline_cache.envelope import Event


class Papers:
    """The effects of some events of one kiosk on the registry, in order, on one open session."""

    def __init__(self, session: Session, events: list[Event], now: int, reading: Reading, people: People) -> None:
        self._session = session
        self._known = KnownPapers(session, events)
        self._now = now
        self._reading = reading
        self._people = people

    def apply(self, event: Event) -> None:
        """Raises ``Poison``, having changed nothing."""
        match event.kind:
            case "certificate.issued":
                self._issued(event, parsed(CertificateIssued, event))
            case "certificate.copied":
                self._copied(event, parsed(CertificateCopied, event))
            case "certificate.settled":
                self._settled(event, parsed(CertificateSettled, event))
            case "certificate.found":
                self._found(event, parsed(CertificateFound, event))
            case _:
                raise Poison("unknown kind")

    def _issued(self, event: Event, body: CertificateIssued) -> None:
        if body.id in self._known.certificates or body.status in self._known.statuses:
            raise Poison("a certificate that is already there")
        index = self._index(event, body.status)
        key = self._key(event, body.kid, body.digest)
        opened = self._reading.opened(event.sealed, body.id, body.digest, key)
        claims = opened.claims
        said = (body.id, body.type, body.version, body.status, body.iat, body.exp, body.copy_)
        if said != (
            claims.short_code,
            claims.type,
            claims.version,
            claims.status,
            claims.iat,
            claims.exp,
            claims.copy,
        ):
            raise Poison("an event that says other than its paper")
        if not same_holder(opened):
            raise Poison("a holder other than the paper's")
        template = self._reading.template(claims)
        if body.level is not None and not reaches(body.level, template.issue.assurance):
            raise Poison("less proof than the certificate needs")
        if template.kind != body.kind:
            raise Poison("a kind other than the template's")
        account = self._people.linked(body.account, body.id, opened.number)
        certificate = Certificate(
            id=body.id,
            type=body.type,
            version=body.version,
            kind=body.kind,
            status=body.status,
            kiosk=event.kiosk,
            reference=body.reference,
            epoch=event.epoch,
            seq=event.seq,
            iat=body.iat,
            exp=body.exp,
            day=body.day,
            person=body.person,
            language=body.language,
            level=body.level,
            account=account.id if account else None,
            issued=event.at,
            arrived=self._now,
        )
        self._known.add(certificate)
        self._known.add_copy(self._copy(event, body))
        if index is not None:
            self._known.add_index(index)
        self._checked(certificate, opened.number)

    def _copied(self, event: Event, body: CertificateCopied) -> None:
        certificate = self._own(event, body.id)
        copies = self._known.copies(certificate.id)
        if body.copy_ in copies:
            raise Poison("a copy that is already there")
        key = self._key(event, body.kid, body.digest)
        original = self._original(certificate, copies[1])
        if self._reading.opened(event.sealed, body.id, body.digest, key).claims != replace(
            original.claims, copy=body.copy_
        ):
            raise Poison("a copy that says other than its original")
        if body.copy_ > self._reading.template(original.claims).issue.copies:
            raise Poison("more copies than there may be")
        self._known.add_copy(self._copy(event, body))
        self._checked(certificate, original.number)

    def _settled(self, event: Event, body: CertificateSettled) -> None:
        certificate = self._own(event, body.id)
        copy = self._known.copies(certificate.id).get(body.copy_)
        if copy is None:
            raise Poison("a copy that was never recorded")
        copy.outcome, copy.fault = body.outcome, body.fault
        if all(each.outcome == "void" for each in self._known.copies(certificate.id).values()):
            self._never_printed(certificate)

    def _found(self, event: Event, body: CertificateFound) -> None:
        certificate = self._own(event, body.id)
        copy = self._known.copies(certificate.id).get(body.copy_)
        if copy is None or copy.outcome != "uncertain":
            raise Poison("a copy that was not in doubt")
        if body.found == "whole":
            copy.outcome = "printed"
        detail = f"copy {body.copy_} {body.found}, {body.by}"
        self._session.add(Trail(at=self._now, verb="found", ticket=certificate.id, detail=detail))

    def _checked(self, certificate: Certificate, number: str) -> None:
        """What was sealed was opened, to hold it to the paper: its holder sees that, named as an account or not."""
        account = certificate.account
        if account is None and (holder := self._people.of_number(number)) is not None:
            account = holder.id
        if account is not None:
            what: tuple[trail.What, ...] = ("name", "number", "certificates")
            who, about = trail.Who("hall"), certificate.id
            trail.read(self._session, account, self._now, who, what, "certificate-registered", about)

    def _never_printed(self, certificate: Certificate) -> None:
        """Its code was on a screen and on no paper: it is taken back."""
        if certificate.status not in self._known.revoked:
            self._known.revoke(Revocation(status=certificate.status, at=self._now, why=Why.UNPRINTED))

    def _copy(self, event: Event, body: CertificateIssued | CertificateCopied) -> CertificateCopy:
        return CertificateCopy(
            certificate=body.id,
            copy=body.copy_,
            kid=body.kid,
            digest=body.digest,
            paper=body.paper,
            late=self._known.late(body.kid, body.digest),
            sealed=event.sealed,
            arrived=self._now,
        )

    def _key(self, event: Event, kid: bytes, digest: bytes) -> CertificateKey:
        """The key of this kiosk that signed a paper which is not known yet."""
        if digest in self._known.digests:
            raise Poison("a paper that is already there")
        key = self._known.keys.get(kid)
        if key is None or key.kiosk != event.kiosk:
            raise Poison("a key that is not this kiosk's")
        return key

    def _index(self, event: Event, status: int) -> StatusIndex | None:
        """None where the index was given to this kiosk; its row where a lost database gave it.

        A kiosk that was enrolled again sends what it had not sent before under its new epoch.
        """
        given = self._known.indices.get(status)
        if given is None and status // BITS < self._known.lost_lists:
            return StatusIndex(index=status, kiosk=event.kiosk, epoch=event.epoch, given_at=self._now)
        if given is None or given.kiosk != event.kiosk or given.epoch > event.epoch:
            raise Poison("an index that this kiosk was never given")
        return None

    def _original(self, certificate: Certificate, copy: CertificateCopy) -> Opened:
        return self._reading.opened(copy.sealed, certificate.id, copy.digest, self._known.keys[copy.kid])

    def _own(self, event: Event, certificate_id: str) -> Certificate:
        certificate = self._known.certificates.get(certificate_id)
        if certificate is None or certificate.kiosk != event.kiosk:
            raise Poison("a certificate that this kiosk never issued")
        return certificate
