"""The desk for a person's own affairs: their account, and the page that the hall keeps for them. For one visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Final, TypeVar

from kiosk.assurance import proven
from kiosk.people_tools import HALL_SECONDS, HallAway, PeopleTools, who
from kiosk.phone_desk import PhoneDesk
from kiosk.visitor import Visitor
from offline_cache.accounts import Opening
from offline_cache.extracts import RecordedExtract
from offline_cache.faults import Fault
from offline_cache.hall_client import HallClient
from offline_cache.people import Account, Me, Of, Part, Who
from offline_cache.store import StoreError
from offline_cache.tickets import Outcome

Answer = TypeVar("Answer")

NOTICE: Final = 1
"""The version of the notice that is shown before an account is opened; a newer one is asked about again."""

LOOK_SECONDS: Final = 3.0
"""How long a citizen waits for the hall to say whether it knows them; then the kiosk goes on as if offline."""

ARRIVES_SECONDS: Final = 5.0
"""How long the account of this very visit may take to reach the hall."""


ARRIVES_EVERY: Final = 0.5
"""Seconds between two looks whether it has."""


MOST_PARTS: Final = 10
"""Of fifty rows each, that one list is fetched in; what is behind them is shown on a phone."""


@dataclass(slots=True)
class _Known:
    """What this visit has learned of its person's account."""

    account: str | None = field(default=None, repr=False)
    opening: Opening | None = field(default=None, repr=False)
    answered: bool = False
    phones: bool | None = None


class PeopleDesk:
    """What asks the hall or writes to the store is called on its lane; the rest may be called from a flow."""

    def __init__(self, tools: PeopleTools, language: Callable[[], str]) -> None:
        self._tools, self._language = tools, language
        self.phone = PhoneDesk(tools)
        self._known = _Known()
        self._shown: Visitor | None = None

    def remember(self, visitor: Visitor) -> None:
        """This person has shown more of who they are: it holds for the rest of the visit."""
        self._shown = visitor

    def as_shown(self, visitor: Visitor) -> Visitor:
        """``visitor`` with all the proof that was shown so far, and nothing else of what was done with it."""
        shown = self._shown
        return replace(visitor, holder=shown.holder, phone=shown.phone, inside=shown.inside) if shown else visitor

    # The account.

    @property
    def settled(self) -> bool:
        """Whether nothing need be asked any more in this visit before a service."""
        return self._known.answered

    @property
    def has_phone(self) -> bool | None:
        """Whether a phone is bound that counts now; None before the hall was asked."""
        return self._known.phones

    def look_up(self, visitor: Visitor) -> None:
        """Ask the hall whether this person has an account. Without an answer nothing is known."""
        if not self._tools.online():
            return
        try:
            found = self._tools.ask(partial(_account, who(visitor)), LOOK_SECONDS)
        except HallAway:
            return
        self._heard(found)

    def _heard(self, found: Account) -> None:
        known = self._known
        known.phones = any(channel.counts_from <= self._tools.now().timestamp() * 1000 for channel in found.channels)
        if found.account is not None:
            known.account, known.answered = found.account, found.notice >= NOTICE

    def agree(self, visitor: Visitor) -> None:
        """The person read the notice and wants the account, which is opened with the service that follows."""
        holder = visitor.holder
        assert holder is not None
        self._known.opening = Opening(
            document=holder.document.value,
            level=proven(holder, phone=False).word,
            notice=NOTICE,
            language=self._language(),
            person=self._tools.person(holder),
            personal={
                "name": holder.name,
                "number": holder.number,
                "document": holder.document.value,
                "state": holder.state,
                "birth": holder.birth.isoformat() if holder.birth else "",
                "expires": holder.expires.isoformat() if holder.expires else "",
            },
        )
        self._known.answered = True

    def decline(self) -> None:
        """No account: the service is given all the same. It is the last word, whatever was said before."""
        self._known.answered, self._known.opening = True, None

    def attached(self) -> tuple[Opening | None, str | None]:
        """What the next record carries: the account to open, or the one that is there."""
        known = self._known
        return known.opening, None if known.opening else known.account

    def recorded(self) -> None:
        """It is on record: the account is there now."""
        known = self._known
        if known.opening is not None:
            known.account, known.opening = known.opening.id, None

    def open_account(self) -> None:
        """Put the account on record without a service. Raises ``HallAway`` where that can't be done."""
        opening = self._known.opening
        assert opening is not None
        try:
            self._tools.accounts.open(opening)
        except StoreError as error:
            raise self._tools.failed(error) from error
        self.recorded()
        self._tools.wake()

    def arrived(self, visitor: Visitor) -> None:
        """Wait until the hall knows of an account that was opened a moment ago. Raises ``HallAway``."""
        ends = self._tools.monotonic() + ARRIVES_SECONDS
        while self._tools.ask(partial(_account, who(visitor)), LOOK_SECONDS).account is None:
            if self._tools.monotonic() > ends:
                raise HallAway(Fault.HALL_BUSY.value)
            self._tools.pause(ARRIVES_EVERY)

    @property
    def has_account(self) -> bool:
        return self._known.account is not None

    def close_account(self) -> None:
        """The person gives the account up. Raises ``HallAway`` where it can't be put on record."""
        known = self._known
        assert known.account is not None
        try:
            self._tools.accounts.close(known.account)
        except StoreError as error:
            raise self._tools.failed(error) from error
        self._known = _Known(answered=True)
        self._tools.wake()

    # The page.

    def me(self, visitor: Visitor) -> Me | None:
        """What the hall keeps of this person; None without an account. Raises ``HallAway``."""
        asks = who(visitor)
        if self._known.account is None:
            self._heard(self._tools.ask(partial(_account, asks)))
        return self._tools.ask(partial(_me, asks))

    def whole(self, visitor: Visitor, me: Me, of: Of) -> Me:
        """``me`` with all of one list, or as much of it as came while a citizen waits: ``Me.older`` says which."""
        asks, ends = who(visitor), self._tools.monotonic() + HALL_SECONDS
        for _ in range(MOST_PARTS):
            before, left = getattr(me.older, of), ends - self._tools.monotonic()
            if before is None or left <= 0:
                break
            try:
                me = me.more(of, self._tools.ask(partial(_older, asks, of, before), left))
            except HallAway:
                break
        return me

    def extract(self) -> RecordedExtract:
        """Put the printed list of this page on record. Raises ``HallAway`` where that can't be done."""
        assert self._known.account is not None
        try:
            recorded = self._tools.extracts.issue(self._known.account)
        except StoreError as error:
            raise self._tools.failed(error) from error
        self._tools.wake()
        return recorded

    def settle(self, recorded: RecordedExtract, outcome: Outcome, fault: StrEnum | None) -> None:
        """Say what became of the list. What the store can't write now, it writes later."""
        try:
            self._tools.extracts.settle(recorded, outcome, fault.value if fault else None)
        except StoreError as error:
            self._tools.trouble(error.fault.value)
            return
        self._tools.wake()


def _account(asks: Who, client: HallClient) -> Account:
    return client.account(asks)


def _me(asks: Who, client: HallClient) -> Me | None:
    return client.me(asks)


def _older(asks: Who, of: Of, before: int, client: HallClient) -> Part:
    return client.older(asks, of, before)
