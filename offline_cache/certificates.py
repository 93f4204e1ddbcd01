"""Certificates of this kiosk: on record before anybody sees one, and what became of each paper.

One transaction takes the status index, signs, and holds row, copy and the
hall's event. At any moment: recorded = in hand + printed + void + uncertain.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import InitVar, dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from offline_cache.accounts import Opening, open_account
from offline_cache.clock import Clock, day_of
from offline_cache.copies import Copies
from offline_cache.database import Database
from offline_cache.day_keys import DayKeys
from offline_cache.envelope import link, seal
from offline_cache.outbox import Outbox
from offline_cache.store import Store
from offline_cache.tickets import LEDGER, Counts, Outcome

_COLUMN: Final = "certificates|kept"
_ANY_INDEX: Final = "SELECT place FROM status_indices ORDER BY random() LIMIT 1"
"""Not the next: two papers of one kiosk do not tell which was first."""
_INSERT: Final = """INSERT INTO certificates (seq, id, day, place, at, kept, copies, most)
    VALUES (?, ?, ?, ?, ?, ?, 1, ?)"""


class NoIndex(Exception):
    """No status index is left: nothing can be signed before the hall has given new ones."""


class Spent(Exception):
    """Nothing can be signed: no key that may, an original that is unknown or erased, or copies enough."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed for one copy: the certificate's own name, the message, and the key that signed it."""

    id: str
    message: bytes = field(repr=False)
    kid: bytes
    iat: int
    exp: int


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """A certificate before it has an index. ``sign`` makes it final for the index it is given.

    ``most``: copies there may be. ``personal`` is sealed to the hall. ``person`` is ``envelope.person_of``.
    ``opening`` is the account that is opened with it, else ``account`` the one that is there.
    """

    kind: str
    type: int
    version: int
    paper: str
    language: str
    most: int
    sign: Callable[[int], Signed] = field(repr=False)
    person: bytes | None = field(default=None, repr=False)
    personal: Mapping[str, str] = field(default_factory=dict, repr=False)
    level: str = "none"
    opening: Opening | None = field(default=None, repr=False)
    account: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RecordedCertificate:
    """A copy that is durably on record and not settled yet: what a paper may be made of."""

    id: str
    day: str
    at: int
    copy: int
    most: int
    reference: str
    message: bytes = field(repr=False)
    made_by: InitVar[object] = None

    def __post_init__(self, made_by: object) -> None:
        if made_by is not LEDGER:
            raise TypeError("only the ledger makes what a paper is made of")


class Certificates:
    """Usable from any thread; every write is durable when it returns."""

    def __init__(self, store: Store, outbox: Outbox, clock: Clock, hall_key: X25519PublicKey, keys: DayKeys) -> None:
        """What was in hand becomes uncertain."""
        self._store, self._outbox, self._clock = store, outbox, clock
        self._hall_key, self._keys = hall_key, keys
        self._copies = Copies("certificate", "certificate_copies", store, outbox, clock)

    def issue(self, draft: CertificateDraft) -> RecordedCertificate:
        """Put a certificate on record. Raises ``NoIndex``, ``StoreError`` and what ``sign`` raises.

        Then nothing is left, and the index is still there.
        """
        at = self._clock.now()
        day = day_of(at)
        self._keys.make(day)
        with self._outbox.page() as page:
            taken = page.database.execute(
                f"DELETE FROM status_indices WHERE place = ({_ANY_INDEX}) RETURNING place"
            ).fetchall()
            if not taken:
                raise NoIndex
            ((place,),) = taken
            signed = draft.sign(place)
            account = open_account(page, at, draft.opening, self._hall_key) if draft.opening else draft.account
            reference = self._outbox.reference(page.chain.seq + 1)
            body = {
                "id": signed.id,
                "reference": reference,
                "day": day,
                "kind": draft.kind,
                "type": draft.type,
                "version": draft.version,
                "status": place,
                "iat": signed.iat,
                "exp": signed.exp,
                "kid": signed.kid,
                "copy": 1,
                "digest": link(signed.message),
                "person": draft.person,
                "paper": draft.paper,
                "language": draft.language,
                "level": draft.level,
                "account": account,
            }
            sealed = seal({**draft.personal, "signed": b64encode(signed.message).decode()}, signed.id, self._hall_key)
            seq = page.append(at, "certificate.issued", body, sealed)
            kept = self._keys.sealed(day, _COLUMN, signed.id, signed.message)
            row = page.database.execute(_INSERT, (seq, signed.id, day, place, at, kept, draft.most))
            self._copies.begin(page, row.lastrowid, signed.id, 1)
        return RecordedCertificate(signed.id, day, at, 1, draft.most, reference, signed.message, made_by=LEDGER)

    def copy(self, certificate: str, paper: str, sign: Callable[[bytes, int], Signed]) -> RecordedCertificate:
        """Put a reprint on record: the same certificate, the next copy, signed by ``sign(first message, copy)``.

        Raises ``Spent``, ``StoreError``.
        """
        with self._outbox.page() as page:
            rows = page.database.execute(
                """UPDATE certificates SET copies = copies + 1 WHERE id = ? AND copies < most
                    RETURNING certificate, day, at, kept, copies, most, seq""",
                (certificate,),
            ).fetchall()
            if not rows:
                raise Spent("unknown, or as many as there may be")
            row, day, at, kept, copy, most, seq = rows[0]
            first = self._keys.opened(day, _COLUMN, certificate, kept)
            if first is None:
                raise Spent("what was signed was erased")
            signed = sign(first, copy)
            body = {"id": certificate, "copy": copy, "kid": signed.kid, "digest": link(signed.message), "paper": paper}
            sealed = seal({"signed": b64encode(signed.message).decode()}, certificate, self._hall_key)
            page.append(self._clock.now(), "certificate.copied", body, sealed)
            self._copies.begin(page, row, certificate, copy)
        reference = self._outbox.reference(seq)
        return RecordedCertificate(certificate, day, at, copy, most, reference, signed.message, made_by=LEDGER)

    def settle(self, recorded: RecordedCertificate, outcome: Outcome, fault: str | None = None) -> None:
        """Say what became of a copy.

        Raises ``NotInHand`` where it was said before, and ``StoreError``; then it is written at the next ``tidy``,
        and uncertain where a restart comes first.
        """
        self._copies.settle(recorded.id, recorded.copy, outcome, fault)

    def counts(self) -> Counts:
        """Copies on record, those of the last days that are kept."""
        return self._copies.counts()

    def add_indices(self, places: list[int]) -> None:
        """Keep what the hall gave to this kiosk alone. Raises ``StoreError``."""
        with self._store.transaction() as database:
            for place in places:
                database.execute("INSERT OR IGNORE INTO status_indices (place) VALUES (?)", (place,))

    def indices_left(self) -> int:
        return int(self._store.rows("SELECT count(*) FROM status_indices")[0][0])

    def settle_what_was_left(self) -> None:
        """Say of each copy that no visit has in hand any longer what became of it. Raises ``StoreError``."""
        self._copies.settle_what_was_left()

    def forget(self, database: Database, oldest: str) -> None:
        """Erase what has had its time, within the caller's transaction; never a paper with a copy in hand."""
        self._copies.erase(database, oldest)
