"""Accounts: opened in the transaction of the first service, closed by the person's word, kept at the hall alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from offline_cache.clock import Clock
from offline_cache.envelope import seal
from offline_cache.ids import new_id
from offline_cache.outbox import Outbox, Page


@dataclass(frozen=True, slots=True)
class Opening:
    """An account before it is on record, agreed to by its person.

    ``id`` names it until the hall has another name for the same person. ``notice`` is the version of the
    notice that was agreed to; ``personal`` is sealed to the hall.
    """

    document: str
    level: str
    notice: int
    language: str
    person: bytes | None = field(default=None, repr=False)
    personal: Mapping[str, str] = field(default_factory=dict, repr=False)
    id: str = field(default_factory=new_id)


def open_account(page: Page, at: int, opening: Opening, hall_key: X25519PublicKey) -> str:
    """Within the transaction of a service: put the opening on record. Gives its id."""
    body = {
        "id": opening.id,
        "person": opening.person,
        "document": opening.document,
        "level": opening.level,
        "notice": opening.notice,
        "language": opening.language,
    }
    page.append(at, "account.opened", body, seal(dict(opening.personal), opening.id, hall_key))
    return opening.id


class Accounts:
    """Usable from any thread; what it did is durable when it returns."""

    def __init__(self, outbox: Outbox, clock: Clock, hall_key: X25519PublicKey) -> None:
        self._outbox, self._clock, self._hall_key = outbox, clock, hall_key

    def open(self, opening: Opening) -> None:
        """Open an account without a service: the person wants to bind a phone, say. Raises ``StoreError``."""
        with self._outbox.page() as page:
            open_account(page, self._clock.now(), opening, self._hall_key)

    def close(self, account: str) -> None:
        """The person gives the account up. Raises ``StoreError``."""
        with self._outbox.page() as page:
            page.append(self._clock.now(), "account.closed", {"account": account})
