"""The one place where the hall opens what was sealed to it about a person. Whoever opens leaves a row in the trail."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import ValidationError
from sqlalchemy.orm import Session

from hall.people import documents, trail
from hall.people.models import Account
from hall.people.wire import Told
from offline_cache.envelope import Refused, unseal


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as their document named them. ``birth`` and ``expires`` are ``2026-12-30``, or nothing."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    document: documents.DocumentName
    state: str = field(repr=False)
    birth: str = field(repr=False)
    expires: str = field(repr=False)

    @property
    def identity(self) -> str:
        return documents.identity(self.document, self.number, self.state)

    @property
    def masked(self) -> str:
        return documents.masked_name(self.name)

    def told(self) -> dict[str, str]:
        """As it is sealed."""
        return {each: getattr(self, each) for each in ("name", "number", "document", "state", "birth", "expires")}


def fields(sealed: bytes, about: str, key: X25519PrivateKey) -> dict[str, str]:
    """What was sealed about ``about``. Raises ``Refused``."""
    return unseal(sealed, about, key)


def person(sealed: bytes | None, about: str, key: X25519PrivateKey) -> Person:
    """The person of an opening. Raises ``Refused`` for other fields than those of docs/sync.md."""
    if sealed is None:
        raise Refused("nothing sealed")
    try:
        told = Told.model_validate(fields(sealed, about, key))
    except ValidationError:
        raise Refused("not the fields of a person") from None
    return Person(told.name, told.number, told.document, told.state, told.birth, told.expires)


def of_account(
    session: Session,
    key: X25519PrivateKey,
    account: Account,
    at: int,
    who: trail.Who,
    what: tuple[trail.What, ...],
    why: trail.Why,
    about: str | None = None,
) -> Person | None:
    """The person of ``account``, for a reason that stays in the trail; None where what was sealed is erased."""
    trail.read(session, account.id, at, who, what, why, about)
    try:
        return person(account.sealed, account.id, key)
    except Refused:
        return None
