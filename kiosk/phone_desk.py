"""The desk for a person's phone: codes that it scans, the number that it shows, the yes to it. For one visit."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import Final

from kiosk.people_tools import PeopleTools, who
from kiosk.visitor import Visitor
from offline_cache.hall_client import HallClient
from offline_cache.people import Begun, Bound, Compared, Who

CODE_SECONDS: Final = 110.0
"""How long a code is shown: a little less than the hall lets it live."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code on the screen, good for exactly this visit, until it ``dies`` by the monotonic clock."""

    begun: Begun
    dies: float

    @property
    def text(self) -> str:
        return self.begun.url


class PhoneDesk:
    """All but ``left`` ask the hall, on its lane, and raise ``HallAway``."""

    def __init__(self, tools: PeopleTools) -> None:
        self._tools = tools
        self._nonce = os.urandom(16)
        """Of this visit: no yes of it is good in another."""

    def begin(self, visitor: Visitor, purpose: str) -> Code:
        """A new code, to ``bind`` a phone or to ``prove`` with one that is bound."""
        begun = self._tools.ask(partial(_begin, who(visitor), purpose, self._nonce))
        return Code(begun, self._tools.monotonic() + CODE_SECONDS)

    def left(self, code: Code) -> int:
        """Whole seconds for which this code is shown still."""
        return max(0, int(code.dies - self._tools.monotonic()))

    def compare(self, code: Code, digits: str) -> Compared:
        return self._tools.ask(partial(_compare, code.begun.bind, digits))

    def confirm(self, code: Code, phone: bytes) -> Bound:
        """The yes to exactly this phone."""
        return self._tools.ask(partial(_confirm, code.begun.bind, self._nonce, phone))

    def unbind(self, visitor: Visitor, channel: str) -> bool:
        return self._tools.ask(partial(_unbind, who(visitor), channel))


def _begin(asks: Who, purpose: str, nonce: bytes, client: HallClient) -> Begun:
    return client.begin_binding(asks, purpose, nonce)


def _compare(bind: str, digits: str, client: HallClient) -> Compared:
    return client.compare(bind, digits)


def _confirm(bind: str, nonce: bytes, phone: bytes, client: HallClient) -> Bound:
    return client.confirm_binding(bind, nonce, phone)


def _unbind(asks: Who, channel: str, client: HallClient) -> bool:
    return client.unbind(asks, channel)
