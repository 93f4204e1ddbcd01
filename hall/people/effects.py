"""What events about accounts do: one account for one person, whichever kiosk is heard first.

As with tickets, everything is checked before anything is changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.models import Trail
from hall.people import closing, trail
from hall.people.accounts import subject
from hall.people.conflicts import MOST_COMPARED, Said, enriched
from hall.people.documents import citizen
from hall.people.known import KnownPeople
from hall.people.levels import higher
from hall.people.models import Account, AccountConflict, AccountName
from hall.people.reading import Person, fields, kept, person
from hall.people.wire import AccountClosed, AccountOpened, ExtractIssued, ExtractSettled
from hall.poison import Poison, parsed
from hall.wire import Found
from offline_cache.envelope import Event, Refused, seal

_TICKET: Final[tuple[trail.What, ...]] = ("name", "number", "document")


@dataclass(frozen=True, slots=True)
class Opening:
    """An ``account.opened``, read and opened."""

    body: AccountOpened
    person: Person = field(repr=False)
    subject: bytes = field(repr=False)


class People:
    """The effects of some events of one kiosk on accounts, in order, on one open session."""

    def __init__(self, session: Session, events: list[Event], now: int, seal: X25519PrivateKey, people: bytes) -> None:
        self._session, self._now, self._seal, self._key = session, now, seal, people
        self._openings: dict[int, Opening | Poison] = {
            event.seq: self._read(event) for event in events if event.kind == "account.opened"
        }
        subjects = {each.subject for each in self._openings.values() if isinstance(each, Opening)}
        self._known = KnownPeople(session, events, subjects)
        self._said: dict[str, Said] = {}
        self._persons: dict[str, Person] = {}
        self._ended: list[str] = []

    def apply(self, event: Event) -> None:
        """Raises ``Poison``, having changed nothing."""
        match event.kind:
            case "account.opened":
                self._opened(event)
            case "account.closed":
                self._closed(parsed(AccountClosed, event))
            case "extract.issued":
                self._extract(event, parsed(ExtractIssued, event))
            case "extract.settled":
                parsed(ExtractSettled, event)  # what became of the paper stays in the chain, and nowhere else
            case "extract.found":
                parsed(Found, event)
            case _:
                raise Poison("unknown kind")

    def finish(self) -> None:
        """What opened an account that is closed now is erased from the chain too, when all of it lies there."""
        for account in self._ended:
            closing.forget_events(self._session, account)

    def linked(self, name: str | None, about: str, number: str | None = None) -> Account | None:
        """The open account that a kiosk named for the ticket or certificate ``about``, now used once more.

        ``number``: the holder's, where it is known: then the account must be theirs. An account that is not
        there is no reason to refuse what was printed: it stays without one, and the trail says so.
        """
        if name is None:
            return None
        account = self._known.account(name)
        theirs = number is None or (account is not None and account.subject == subject(self._key, number))
        return self._used(account if theirs else None, about)

    def holding(self, name: str | None, event: Event, about: str) -> Account | None:
        """The same for the ticket ``about``, whose sealed fields must be of the account's person.

        They are opened only where there is such an account, and whoever they name sees that in their trail.
        """
        if name is None:
            return None
        account = self._known.account(name)
        if account is None or account.closed is not None:
            return self._used(None, about)
        try:
            told = fields(event.sealed or b"", about, self._seal)
        except Refused:
            return self._used(None, about)
        number = told.get("number", "")
        owner = self.of_number(number) if citizen(number) else self._same(account, told)
        if owner is not None:
            who, what = trail.Who("hall"), _TICKET
            trail.read(self._session, owner.id, self._now, who, what, "ticket-linked", about)
        return self._used(account if account is owner else None, about)

    def of_number(self, number: str) -> Account | None:
        """The open account of the person with this number of 18 characters, whether a kiosk named it or not."""
        named = subject(self._key, number)
        with self._session.no_autoflush:
            return self._known.of(named) or self._session.scalar(select(Account).where(Account.subject == named))

    def _used(self, account: Account | None, about: str) -> Account | None:
        if account is None or account.closed is not None:
            self._session.add(Trail(at=self._now, verb="unlinked", ticket=about, detail=""))
            return None
        account.used = max(account.used, self._now)
        return account

    def _same(self, account: Account, told: dict[str, str]) -> Account | None:
        """``account``, if it is of the shorter number that a ticket was taken with: which state's is not in there."""
        try:
            person = kept(account, self._seal)
        except Refused:
            return None
        same = (person.document, person.number) == (told.get("document"), told.get("number"))
        return account if same else None

    def _read(self, event: Event) -> Opening | Poison:
        try:
            body = parsed(AccountOpened, event)
            told = person(event.sealed, body.id, self._seal)
        except Poison as poison:
            return poison
        except Refused:
            return Poison("not a person sealed to this hall for this account")
        if told.document != body.document:
            return Poison("a document other than the sealed one")
        return Opening(body, told, subject(self._key, told.identity))

    def _opened(self, event: Event) -> None:
        opening = self._openings[event.seq]
        if isinstance(opening, Poison):
            raise opening
        body = opening.body
        if self._known.account(body.id) is not None:
            raise Poison("an account that is already there")
        account = self._known.of(opening.subject)
        if account is None:
            account = self._account(event, opening)
        else:
            self._joined(account, event, opening)
        self._known.add_name(
            AccountName(
                id=body.id,
                account=account.id,
                kiosk=event.kiosk,
                epoch=event.epoch,
                seq=event.seq,
                at=event.at,
                arrived=self._now,
                document=body.document,
                sealed=event.sealed,
            )
        )
        read: tuple[trail.What, ...] = ("name", "number", "document", "birth", "expiry")
        trail.read(self._session, account.id, self._now, trail.Who("kiosk", event.kiosk), read, "registered")

    def _account(self, event: Event, opening: Opening) -> Account:
        account = Account(
            id=opening.body.id,
            subject=opening.subject,
            masked=opening.person.masked,
            level=opening.body.level,
            language=opening.body.language,
            kiosk=event.kiosk,
            epoch=event.epoch,
            seq=event.seq,
            opened=event.at,
            notice=opening.body.notice,
            sealed=event.sealed,
            used=self._now,
            closed=None,
        )
        self._known.add(account)
        self._said[account.id] = Said()
        self._said[account.id].keep(opening.person, account.id)
        self._persons[account.id] = opening.person
        return account

    def _joined(self, account: Account, event: Event, opening: Opening) -> None:
        """A later opening of a person that has an account: another name for it, what it says otherwise, and more."""
        body = opening.body
        for found in self._so_far(account).differing(opening.person, body.id):
            self._known.add_conflict(
                AccountConflict(account=account.id, name=body.id, other=found.other, what=found.what, at=self._now)
            )
        self._enriched(account, opening.person)
        account.used = max(account.used, self._now)
        account.notice = max(account.notice, body.notice)
        account.level = higher(account.level, body.level)
        if event.at < account.opened:
            account.opened, account.language = event.at, body.language

    def _enriched(self, account: Account, later: Person) -> None:
        before = self._persons.get(account.id)
        if before is None:
            return
        known = enriched(before, later)
        if known != before:
            account.sealed = seal(known.told(), account.id, self._seal.public_key())
            self._persons[account.id] = known
            self._said[account.id].keep(known, account.id)

    def _so_far(self, account: Account) -> Said:
        """What is known of the account's person from what is not erased."""
        if account.id not in self._said:
            said = self._said[account.id] = Said()
            names = [name for name in self._known.names(account) if name.sealed != account.sealed]
            for name in islice(names, MOST_COMPARED):
                try:
                    said.hear(person(name.sealed, name.id, self._seal), name.id)
                except Refused:
                    continue
            try:
                self._persons[account.id] = kept(account, self._seal)
                said.keep(self._persons[account.id], account.id)
            except Refused:
                pass
        return self._said[account.id]

    def _closed(self, body: AccountClosed) -> None:
        account = self._known.account(body.account)
        if account is None:
            raise Poison("an account that is not there")
        if account.closed is None:
            self._known.closed(account.subject)
            closing.close(self._session, account, self._now)
            self._ended.append(account.id)
            self._session.add(Trail(at=self._now, verb="account_closed", detail=""))

    def _extract(self, event: Event, body: ExtractIssued) -> None:
        """A person's own page is on paper: they see that it is, as they see every other look at it."""
        account = self.linked(body.account, body.id)
        if account is not None:
            what: tuple[trail.What, ...] = ("tickets", "certificates", "trail")
            who, about = trail.Who("kiosk", event.kiosk), body.id
            trail.read(self._session, account.id, self._now, who, what, "page-printed", about)
