"""A hall that is opened, restored and opened again, and a kiosk's eyes on its technicians."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from certificates.cose import PublicKey
from certificates.keys import FileKey
from certificates.technicians import NotAdmitted, RevocationList, Role, admitted, certified, newer, revocation_list
from hall import backup
from hall.catalogue import Catalogue
from hall.settings import Settings
from hall.technicians import register
from tests.certificates.cards import request
from tests.hall.conftest import Clock, Counter, opened

HOST: Final = "localhost:8443"
LIST: Final = "/lists/technicians.crl"
CARD: Final = ec.generate_private_key(ec.SECP256R1())


class Site:
    """``held`` is the list that the kiosk fetched last: it never takes an older one."""

    def __init__(self, settings: Settings, catalogue: Catalogue, clock: Clock) -> None:
        self.settings, self._catalogue, self.clock = settings, catalogue, clock
        self.held: bytes | None = None

    @property
    def key(self) -> PublicKey:
        return FileKey.load(self.settings.keys / "technicians.key").public()

    def open(self) -> AbstractContextManager[Counter]:
        return opened(self.settings, self._catalogue, self.clock)

    def backup(self) -> Path:
        return backup.backup(self.settings, self.clock())

    def restore(self, copy: Path, forgetting: bool = False, **later: float) -> None:
        self.clock.forward(**later)
        backup.restore(self.settings, copy, self.clock(), forgetting)

    def fetched(self, counter: Counter) -> RevocationList:
        """The hall's list, taken over as a kiosk does it. Raises ``Refused``."""
        answer = counter.client.request("GET", LIST)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pkix-crl")
        self.held = newer(self.held, answer.content, self.key, HOST)
        return revocation_list(self.held, self.key, HOST)

    def opens(self, certificate: bytes) -> str:
        """The role that the card gives at the kiosk now, or why it gives none."""
        try:
            return admitted(certificate, self.held, self.key, HOST, self.clock(), timedelta(days=7)).role
        except NotAdmitted as refused:
            return refused.why

    def serial(self, certificate: bytes) -> int:
        return certified(certificate, self.key, HOST).serial


def certify(counter: Counter, name: str = "T-014", role: Role = Role.TECHNICIAN, days: int = 365) -> bytes:
    with counter.hall.store.writing() as session:
        return register.certify(session, counter.hall, request(CARD), name, role, days).certificate


def revoke(counter: Counter, name: str = "T-014") -> None:
    with counter.hall.store.writing() as session:
        register.revoke(session, counter.hall, name)
