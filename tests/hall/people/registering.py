"""Persons who are nobody, and what a kiosk tells the hall when it registers them."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from devices.citizen_number import check_digit
from hall.models import AppliedEvent, Trail
from hall.people.models import Account, AccountConflict, AccountName, DataRead
from offline_cache.envelope import seal
from tests.hall.conftest import Counter, issued
from tests.hall.terminal import Terminal


def number(nth: int, birth: str = "19510307") -> str:
    """The number of the ``nth`` nobody who was born that day."""
    first17 = f"990000{birth}{nth:03d}"
    return first17 + check_digit(first17)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who lays a document on a kiosk."""

    name: str = "王小明"
    number: str = field(default_factory=lambda: number(2))
    document: str = "resident-id"
    state: str = ""
    birth: str = "1951-03-07"
    expires: str = "2031-03-07"
    level: str = "id-card"

    def but(self, **changed: Any) -> Somebody:
        return replace(self, **changed)

    @property
    def sealed(self) -> dict[str, str]:
        return {each: getattr(self, each) for each in ("name", "number", "document", "state", "birth", "expires")}

    @property
    def who(self) -> dict[str, str]:
        return {each: getattr(self, each) for each in ("name", "number", "document", "state", "level")}


WANG = Somebody()
PASSENGER = Somebody("ERIKA MUSTER", "C01X00T47", "passport", "D", "1964-08-12", "2030-01-31", "passport")


def account_id(text: str) -> str:
    """``text`` filled up to the sixteen letters of an id."""
    return text.ljust(16, "A")


@dataclass
class Kiosk:
    """A kiosk that registers people; what it records is sent when it likes."""

    counter: Counter
    terminal: Terminal
    tickets: int = 0

    def opened(self, account: str, somebody: Somebody = WANG, /, at: int | None = None, **changed: Any) -> bytes:
        body = {
            "id": account_id(account),
            "person": None,
            "document": somebody.document,
            "level": somebody.level,
            "notice": 1,
            "language": "zh-Hans",
        } | changed
        sealed = seal(somebody.sealed, account_id(account), self.counter.hall.keys.seal.public_key())
        return self.terminal.event("account.opened", body, self.counter.clock.ms if at is None else at, sealed)

    def closed(self, account: str) -> bytes:
        return self.terminal.event("account.closed", {"account": account_id(account)}, self.counter.clock.ms)

    def ticket(self, account: str | None = None, somebody: Somebody = WANG, /, **changed: Any) -> bytes:
        """A ticket of the kiosk's own numbers, for ``somebody`` who holds ``account``."""
        self.tickets += 1
        ticket = b32encode(f"{self.terminal.id[-4:]}{self.tickets:06d}".encode()).decode()
        body = issued(ticket, f"{self.terminal.number}-A{self.tickets:03d}", level="id-card")
        body |= {"account": account_id(account) if account else None} | changed
        told = {each: somebody.sealed[each] for each in ("name", "number", "document")} if account else None
        sealed = seal(told, ticket, self.counter.hall.keys.seal.public_key()) if told else None
        return self.terminal.event("ticket.issued", body, self.counter.clock.ms, sealed)

    def send(self, *events: bytes) -> list[int]:
        """What the hall parked of this kiosk, so far."""
        parked: list[int] = self.counter.send(self.terminal, *events)["parked"]
        return parked

    def refused(self, event: bytes) -> str:
        """Why the hall parked ``event``."""
        assert self.send(event)[-1:] == [self.terminal.seq]
        with self.counter.hall.store.reading() as session:
            return str(session.get_one(AppliedEvent, (self.terminal.id, 1, self.terminal.seq)).parked)

    def asks(self, path: str, somebody: Somebody = WANG, **more: Any) -> dict[str, Any]:
        answer = self.counter.ask(self.terminal, "POST", f"/v1/{path}", {"who": somebody.who} | more)
        assert answer.status_code == 200, answer.text
        return self.terminal.reply(path.replace("/", "-"), answer.content)


def accounts(counter: Counter) -> Sequence[Account]:
    with counter.hall.store.reading() as session:
        return session.scalars(select(Account).order_by(Account.id)).all()


def names(counter: Counter) -> dict[str, str]:
    """Every name of an account, and whose it is."""
    with counter.hall.store.reading() as session:
        return {row.id: row.account for row in session.scalars(select(AccountName))}


def conflicts(counter: Counter) -> list[str]:
    """What differs, of all accounts."""
    with counter.hall.store.reading() as session:
        return sorted(session.scalars(select(AccountConflict.what)))


def reads(counter: Counter) -> list[tuple[str, str, str, str, str | None]]:
    """The data trail, the oldest first: who, what, why, about."""
    with counter.hall.store.reading() as session:
        rows = session.scalars(select(DataRead).order_by(DataRead.id))
        return [(row.who_kind, row.who, row.what, row.why, row.about) for row in rows]


def did(counter: Counter, verb: str) -> int:
    """Rows of the staff's trail with this verb."""
    with counter.hall.store.reading() as session:
        return len(session.scalars(select(Trail).where(Trail.verb == verb)).all())
