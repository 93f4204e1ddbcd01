"""Everything that survives, opened together from one folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from offline_cache.accounts import Accounts
from offline_cache.bundle import Check, Documents, Kind
from offline_cache.certificates import Certificates
from offline_cache.clock import Clock, SystemTicks, Ticks
from offline_cache.day_keys import DayKeys
from offline_cache.enrolment import Enrolment, ca_path, enrol, enrolled
from offline_cache.extracts import Extracts
from offline_cache.facts import Counter
from offline_cache.hall_client import HallClient
from offline_cache.journal_seal import Sealer
from offline_cache.kiosk_key import FileKey, KioskKey, publish
from offline_cache.ledger import Ledger
from offline_cache.lockout import Lockout
from offline_cache.outbox import Outbox
from offline_cache.published import Published
from offline_cache.store import LARGEST, Replaced, Store
from offline_cache.tidying import tidy
from offline_cache.unsure import UnsurePapers
from offline_cache.upkeep import DeviceTests, Supplies
from offline_cache.wire import DEADLINE


class NotEnrolled(Exception):
    """This kiosk has no hall yet, or lost its store: it needs an enrolment code."""


class Cache:
    """The store and all that works on it. ``ledger``, ``outbox``, ``documents`` need an enrolment."""

    def __init__(
        self,
        folder: Path,
        ticks: Ticks | None = None,
        key: KioskKey | None = None,
        checks: Mapping[Kind, Check] | None = None,
        largest: int = LARGEST,
    ) -> None:
        """Open or begin. Raises ``StoreInUse``, ``StoreFull``; ``replaced`` says that the store was damaged."""
        self.store = Store(folder / "keting.db", largest)
        try:
            self.clock = Clock(self.store, ticks or SystemTicks())
            self.device_tests = DeviceTests(self.store, self.clock)
            self.supplies = Supplies(self.store, self.clock)
            self.lockout = Lockout(self.store, self.clock)
            self.key = key or FileKey(folder / "kiosk-key.pem")
            publish(folder, self.key)
            self._checks = checks
            self.enrolment: Enrolment | None = None
            found = enrolled(self.store)
            if found is not None:
                self._use(found)
        except BaseException:
            self.store.close()
            raise

    @property
    def replaced(self) -> Replaced | None:
        return self.store.replaced

    @property
    def ledger(self) -> Ledger:
        if self.enrolment is None:
            raise NotEnrolled
        return self._ledger

    @property
    def outbox(self) -> Outbox:
        if self.enrolment is None:
            raise NotEnrolled
        return self._outbox

    @property
    def certificates(self) -> Certificates:
        if self.enrolment is None:
            raise NotEnrolled
        return self._certificates

    @property
    def extracts(self) -> Extracts:
        if self.enrolment is None:
            raise NotEnrolled
        return self._extracts

    @property
    def unsure(self) -> UnsurePapers:
        if self.enrolment is None:
            raise NotEnrolled
        return UnsurePapers(self.store, self._outbox, self.clock)

    @property
    def accounts(self) -> Accounts:
        if self.enrolment is None:
            raise NotEnrolled
        return Accounts(self._outbox, self.clock, self.enrolment.seal_key)

    @property
    def sealer(self) -> Sealer:
        """What seals the journal."""
        return Sealer(self.store, self.key, lambda: self.enrolment)

    @property
    def published(self) -> Published:
        return Published(self.store)

    @property
    def documents(self) -> Documents:
        if self.enrolment is None:
            raise NotEnrolled
        return self._documents

    def enrol(self, code: str, url: str) -> Enrolment:
        """Come to a hall, or come to it again under a new epoch. No sender may run meanwhile.

        Raises ``Refused``, ``SyncError``, ``StoreError``; then everything is as before.
        """
        self._use(enrol(code, url, self.store, self.key, self.clock))
        assert self.enrolment is not None
        return self.enrolment

    def client(self, deadline: float = DEADLINE) -> HallClient:
        """The hall, to be asked by one thread at a time."""
        if self.enrolment is None:
            raise NotEnrolled
        counter = Counter(self.store, "request counter")
        return HallClient(self.enrolment, self.key, counter, ca_path(self.store.folder), deadline)

    def tidy(self) -> None:
        """Erase what has had its time. Raises ``StoreError``."""
        if self.enrolment is None:
            raise NotEnrolled
        tidy(self.store, self.clock, self._outbox, self._keys, self._ledger, self._certificates, self._extracts)

    def close(self) -> None:
        self.store.checkpoint()
        self.store.close()

    def _use(self, enrolment: Enrolment) -> None:
        self._outbox = Outbox(self.store)
        keys = self._keys = DayKeys(self.store)
        key = enrolment.seal_key
        self._ledger = Ledger(self.store, self._outbox, self.clock, enrolment.number, key, keys)
        self._certificates = Certificates(self.store, self._outbox, self.clock, key, keys)
        self._extracts = Extracts(self.store, self._outbox, self.clock)
        self._documents = Documents(self.store, enrolment.bundle_key, self._checks)
        self.enrolment = enrolment
