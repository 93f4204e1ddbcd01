"""The one place where the hall opens what was sealed to it about a person. Whoever opens leaves a row in the trail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import ValidationError
from sqlalchemy.orm import Session

from hall.people import documents, trail
from hall.people.models import Account
from hall.people.wire import Kept, Told
from offline_cache.envelope import Refused, unseal

T = TypeVar("T", bound=Told)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as their document named them. ``birth`` and ``expires`` are ``2026-12-30``, or nothing."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    document: documents.DocumentName
    state: str = field(repr=False)
    birth: str = field(repr=False)
    expires: str = field(repr=False)
    others: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Of an account: other documents of its person, and the end of each."""

    @property
    def ends(self) -> dict[str, str]:
        """Each document whose last day is known, and that day."""
        return ({self.document: self.expires} if self.expires else {}) | dict(self.others)

    @property
    def identity(self) -> str:
        return documents.identity(self.document, self.number, self.state)

    @property
    def masked(self) -> str:
        return documents.masked_name(self.name)

    def told(self) -> dict[str, str]:
        """As it is sealed."""
        told = {each: getattr(self, each) for each in ("name", "number", "document", "state", "birth", "expires")}
        others = ",".join(f"{document} {until}" for document, until in self.others)
        return told | ({"others": others} if others else {})


def fields(sealed: bytes, about: str, key: X25519PrivateKey) -> dict[str, str]:
    """What was sealed about ``about``. Raises ``Refused``."""
    return unseal(sealed, about, key)


def person(sealed: bytes | None, about: str, key: X25519PrivateKey) -> Person:
    """The person of an opening. Raises ``Refused`` for other fields than those of docs/sync.md."""
    told = _told(Told, sealed, about, key)
    return Person(told.name, told.number, told.document, told.state, told.birth, told.expires)


def kept(account: Account, key: X25519PrivateKey) -> Person:
    """The person of ``account`` as the hall knows them now. Raises ``Refused``."""
    told = _told(Kept, account.sealed, account.id, key)
    ends = (each.partition(" ") for each in told.others.split(",") if each)
    others = tuple((document, until) for document, _, until in ends)
    return Person(told.name, told.number, told.document, told.state, told.birth, told.expires, others)


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
        return kept(account, key)
    except Refused:
        return None


def _told(model: type[T], sealed: bytes | None, about: str, key: X25519PrivateKey) -> T:
    if sealed is None:
        raise Refused("nothing sealed")
    try:
        return model.model_validate(fields(sealed, about, key))
    except ValidationError:
        raise Refused("not the fields of a person") from None
