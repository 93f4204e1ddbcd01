"""What a department is handed of a person: opened where the hall opens such things, with a line in the trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.orm import Session

from hall.binding import bindings
from hall.oidc.scopes import ASSURANCE
from hall.people import documents, reading, trail
from hall.people.levels import Level
from hall.people.models import Account
from hall.people.reading import Person
from hall.phone import sessions
from hall.state import Hall

_READS: Final[dict[str, trail.What]] = {
    "name": "name",
    "number": "number",
    "birth": "birth",
    "phone_bound": "bindings",
    ASSURANCE: "level",
}
"""Each scope and the word that the data trail has for it."""

_OPENED: Final = {"name", "number", "birth"}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in at the hall with a browser."""

    account: str
    level: Level
    """How sure the hall is of it."""
    masked: str = field(repr=False)
    """The name as a page greets with it: 王*明."""
    csrf: str = field(repr=False)
    """What only pages of this sign-in know."""
    phone: str = field(repr=False)
    """The account of the phone that signed in, masked."""


class Persons:
    """The people of one hall, as departments may know them."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    def visitor(self, cookie: str) -> Visitor | None:
        """Whose browser holds ``cookie``. A bound phone signed it in, and that is how sure the hall is."""
        phone = sessions.find(self._hall.store, cookie, self._hall.now())
        if phone is None:
            return None
        with self._hall.store.reading() as session:
            account = session.get_one(Account, phone.account)
            if account.closed is not None:
                return None
            return Visitor(account.id, "phone", account.masked, phone.csrf, phone.shown)

    def greeted(self, who: Visitor) -> None:
        """A page that asks for the person's yes names them, masked."""
        with self._hall.store.writing() as session:
            trail.read(session, who.account, self._hall.now(), trail.Who("phone", who.phone), ("name",), "sign-in")

    def is_open(self, session: Session, account: str) -> bool:
        found = session.get(Account, account)
        return found is not None and found.closed is None

    def used(self, session: Session, account: str) -> None:
        """An account that signs in somewhere is one that is used."""
        session.get_one(Account, account).used = self._hall.now()

    def hand_over(
        self, session: Session, account: str, client: str, scopes: Sequence[str], level: str
    ) -> dict[str, Any]:
        what = tuple(_READS[scope] for scope in scopes if scope in _READS)
        if not what:
            return {}
        row, now, who = session.get_one(Account, account), self._hall.now(), trail.Who("department", client)
        claims: dict[str, Any] = {}
        if _OPENED & set(scopes):
            person = reading.of_account(session, self._hall.keys.seal, row, now, who, what, "sign-in")
            claims |= _said(person, scopes) if person else {}
        else:
            trail.read(session, row.id, now, who, what, "sign-in")
        if "phone_bound" in scopes:
            claims["phone_bound"] = any(each.counts_from <= now for each in bindings.of(session, account))
        if ASSURANCE in scopes:
            claims["acr"] = level
        return claims


def _said(person: Person, scopes: Sequence[str]) -> dict[str, str]:
    """Only a resident's number of 18 characters is a citizen number; a passport's is nobody's business here.

    A citizen number holds the day of birth, and what a card says beside it does not count.
    """
    number = person.number if documents.citizen(person.number) else ""
    birth = documents.birth_of(number) if number else person.birth
    known = {"name": person.name, "number": number, "birth": birth}
    names = {"name": "name", "number": "citizen_number", "birth": "birthdate"}
    return {names[scope]: known[scope] for scope in scopes if known.get(scope)}
