"""What a hall says to a kiosk about the person who stands there; every answer can be chosen, every question is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from offline_cache.errors import Offline
from offline_cache.people import Account, Begun, Bound, Channel, Compared, Me, Of, Part, Who, part
from tests.kiosk.far_end import FarEnd, Line
from tests.kiosk.office import NOON, Office

ACCOUNT = "ACCOUNT222222222"
URL = "HTTPS://HALL.EXAMPLE/B/ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PHONE = bytes(range(32))
OLD_PHONE = Channel(channel="wechat", shown="微信 小*", since=NOON - 86_400_000, counts_from=NOON - 86_400_000)
MATCHED = Compared(state="matched", shown="微信 小*", phone=PHONE, why="")
WAITING = Compared(state="waiting", shown="", phone=None, why="not-scanned")
WRONG = Compared(state="wrong", shown="", phone=None, why="wrong-number")
DONE = Bound(done=True, counts_from=NOON, why="")


def void(why: str) -> Compared:
    return Compared(state="void", shown="", phone=None, why=why)


def page(**more: Any) -> Me:
    empty: dict[str, Any] = {
        each: [] for each in ("applied", "tickets", "certificates", "expiring", "channels", "reads")
    }
    counts: dict[str, Any] = {"read_count": 0, "certificate_count": len(more.get("certificates", ()))}
    older = {"older": dict.fromkeys(("applied", "tickets", "certificates", "reads"))}
    return Me.model_validate(empty | counts | older | more)


@dataclass
class FarPeople:
    """``account``: that of whoever is asked after. ``compared`` and ``bound`` are given one after the other."""

    account_id: str | None = ACCOUNT
    notice: int = 1
    channels: list[Channel] = field(default_factory=lambda: [OLD_PHONE])
    mine: Me | None = field(default_factory=page)
    parts: list[dict[str, Any]] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=lambda: [MATCHED])
    bound: list[Bound] = field(default_factory=lambda: [DONE])
    unbinds: bool = True
    away: bool = False
    asked: list[tuple[str, Any]] = field(default_factory=list)

    def account(self, who: Who) -> Account:
        self._reached("account", who)
        return Account(account=self.account_id, channels=self.channels, notice=self.notice if self.account_id else 0)

    def me(self, who: Who) -> Me | None:
        self._reached("me", who)
        return self.mine

    def older(self, who: Who, of: Of, before: int) -> Part:
        self._reached("older", (of, before))
        return part(of, self.parts.pop(0))

    def begin_binding(self, who: Who, purpose: str, nonce: bytes) -> Begun:
        self._reached("begin", (who, purpose, nonce))
        return Begun(bind="ABCDEFGHIJKLMNOPQRSTUVWXYZ", url=URL, until=NOON + 120_000)

    def compare(self, bind: str, digits: str) -> Compared:
        self._reached("compare", digits)
        return self.compared.pop(0)

    def confirm_binding(self, bind: str, nonce: bytes, phone: bytes) -> Bound:
        self._reached("confirm", (nonce, phone))
        return self.bound.pop(0)

    def unbind(self, who: Who, channel: str) -> bool:
        self._reached("unbind", channel)
        return self.unbinds

    def said(self, what: str) -> list[Any]:
        """What was asked under this name so far."""
        return [about for name, about in self.asked if name == what]

    def _reached(self, what: str, about: object) -> None:
        self.asked.append((what, about))
        if self.away:
            raise Offline("nobody there")


@contextmanager
def hall_for(office: Office) -> Iterator[FarPeople]:
    """A hall that answers the errands of ``office``."""
    far = FarPeople()
    line = Line(cast(FarEnd, far))
    office.errands = line.errands
    try:
        yield far
    finally:
        line.hang_up()
