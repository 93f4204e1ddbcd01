"""What events about accounts do: one account for one person, whichever kiosk is heard first.

As with tickets, everything is checked before anything is changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.orm import Session

from hall.models import Trail
from hall.people import closing, trail
from hall.people.accounts import subject
from hall.people.conflicts import MOST_COMPARED, Said
from hall.people.known import KnownPeople
from hall.people.levels import higher
from hall.people.models import Account, AccountConflict, AccountName
from hall.people.reading import Person, person
from hall.people.wire import AccountClosed, AccountOpened, ExtractIssued, ExtractSettled
from hall.poison import Poison, parsed
from offline_cache.envelope import Event, Refused


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
        if account is None or account.closed is not None or not theirs:
            self._session.add(Trail(at=self._now, verb="unlinked", ticket=about, detail=""))
            return None
        account.used = max(account.used, self._now)
        return account

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
        self._said[account.id] = Said([opening.person])
        return account

    def _joined(self, account: Account, event: Event, opening: Opening) -> None:
        """A later opening of a person that has an account: another name for it, and whatever it says otherwise."""
        body = opening.body
        for what in self._so_far(account).differing(opening.person):
            self._known.add_conflict(AccountConflict(account=account.id, name=body.id, what=what, at=self._now))
        account.used = max(account.used, self._now)
        account.notice = max(account.notice, body.notice)
        account.level = higher(account.level, body.level)
        if event.at < account.opened:
            account.opened, account.language = event.at, body.language

    def _so_far(self, account: Account) -> Said:
        """What is known of the account's person from what is not erased."""
        if account.id not in self._said:
            names = [(name.sealed, name.id) for name in self._known.names(account) if name.sealed != account.sealed]
            rows = [(account.sealed, account.id), *names]
            persons = (_opened(sealed, about, self._seal) for sealed, about in islice(rows, MOST_COMPARED))
            self._said[account.id] = Said(each for each in persons if each)
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


def _opened(sealed: bytes | None, about: str, key: X25519PrivateKey) -> Person | None:
    try:
        return person(sealed, about, key)
    except Refused:
        return None
