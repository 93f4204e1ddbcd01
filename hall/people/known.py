"""What a batch of events touches of persons, fetched with a few statements for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hall.people.models import Account, AccountConflict, AccountName
from offline_cache.envelope import Event


class KnownPeople:
    """Accounts that the events name or whose persons they open, their names, and what is added."""

    def __init__(self, session: Session, events: Iterable[Event], subjects: set[bytes]) -> None:
        self._session = session
        self._accounts: dict[str, Account] = {}
        self._subjects: dict[bytes, Account] = {}
        self._names: defaultdict[str, list[AccountName]] = defaultdict(list)
        self._owner: dict[str, str] = {}
        said = {event.body.get("account") for event in events} | {
            event.body.get("id") for event in events if event.kind == "account.opened"
        }
        ids = {each for each in said if isinstance(each, str)}
        if ids:
            self._fetch(ids, subjects)

    def account(self, name: str | None) -> Account | None:
        """The account with this name, its first or another, closed ones too."""
        return self._accounts.get(self._owner.get(name or "", ""))

    def of(self, subject: bytes) -> Account | None:
        """The open account of a person."""
        return self._subjects.get(subject)

    def names(self, account: Account) -> list[AccountName]:
        """Every opening of an account whose person is opened in this batch, as far as it is not erased."""
        return self._names[account.id]

    def add(self, account: Account) -> None:
        self._session.add(account)
        self._index(account)

    def add_name(self, name: AccountName) -> None:
        self._session.add(name)
        self._names[name.account].append(name)
        self._owner[name.id] = name.account

    def add_conflict(self, conflict: AccountConflict) -> None:
        self._session.add(conflict)

    def closed(self, subject: bytes | None) -> None:
        """The person of a closed account has none."""
        self._subjects.pop(subject or b"", None)

    def _fetch(self, ids: set[str], subjects: set[bytes]) -> None:
        named = select(AccountName.account).where(AccountName.id.in_(ids))
        for account in self._session.scalars(
            select(Account).where(or_(Account.id.in_(named), Account.subject.in_(subjects)))
        ):
            self._index(account)
        for name, owner in self._session.execute(
            select(AccountName.id, AccountName.account).where(AccountName.id.in_(ids))
        ):
            self._owner[name] = owner
        met = [account.id for subject, account in self._subjects.items() if subject in subjects]
        for row in self._session.scalars(
            select(AccountName)
            .where(AccountName.account.in_(met), AccountName.sealed.is_not(None))
            .order_by(AccountName.at, AccountName.id)
        ):
            self._names[row.account].append(row)

    def _index(self, account: Account) -> None:
        self._accounts[account.id] = account
        if account.subject is not None:
            self._subjects[account.subject] = account
