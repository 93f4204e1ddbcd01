"""A hand with a phone: scans the code on the kiosk's screen, presses what the page offers, hears what is sent."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import cv2
import httpx
import zxingcpp

from tests.day.phone import QuickPhone, owned
from tests.day.world import Place, World
from tests.dock.page import Offer, Page, page_of
from tests.dock.people import OWNERS
from tests.dock.seen import Handset, Letter

_NICKNAMES: Final = ("江边散步", "秀英老师", "志远在路上", "路过的人")
"""As WeChat shows each of ``OWNERS``."""


class Pocket(QuickPhone):
    """The phone of one of ``OWNERS``, in the dock's language."""

    def __init__(self, world: World, who: int) -> None:
        super().__init__(world, owned(world, OWNERS[who], _NICKNAMES[who]))
        self._client.headers["accept-language"] = "en"
        self.page: Page | None = None
        self.looked = 0.0

    def go(self, offer: Offer) -> None:
        """Press a key of its page. Raises ``httpx.HTTPError``."""
        to = self._at.join(offer.to)
        self._show(self._client.get(to) if offer.fields is None else self._client.post(to, data=dict(offer.fields)))

    def look_again(self) -> None:
        """Fetch the page anew when it says so. Raises ``httpx.HTTPError``."""
        if self.page and self.page.again and time.monotonic() - self.looked > self.page.again[0]:
            self.go(Offer("", self.page.again[1]))

    def _show(self, answer: httpx.Response) -> QuickPhone:
        super()._show(answer)
        self.page, self.looked = page_of(self.html), time.monotonic()
        return self


class PhoneHands:
    """``tell`` hears who did what. One phone at a time is in the hand; the others lie in their owners' pockets."""

    def __init__(self, world: World, place: Place, tell: Callable[[str, str], None]) -> None:
        self._world, self._place, self._tell = world, place, tell
        self._picture = world.made(world.folder / "phones") / "screen.png"
        self._pockets = [Pocket(world, who) for who in range(len(OWNERS))]
        for pocket in self._pockets:
            world.stack.enter_context(pocket)
        self._heard = [0] * len(OWNERS)
        self._who: int | None = None

    def take(self, who: int) -> None:
        """Take the phone of one of ``OWNERS`` in the hand."""
        self._who = who
        self._tell("hand", f"takes the phone of {OWNERS[who].name}")

    def put_away(self) -> None:
        """Back in its pocket; it keeps its page."""
        self._who = None

    def scan(self) -> None:
        """Open the code that the kiosk's screen shows, where it shows one."""
        file = self._place.kiosk.picture(self._picture)
        found = zxingcpp.read_barcodes(cv2.imread(str(file), cv2.IMREAD_GRAYSCALE))
        code = next((code.text for code in found if "/B/" in code.text), "")
        if not code:
            self._tell("phone", "sees no code to bind on the kiosk's screen")
            return
        self._tell("hand", "scans the kiosk's screen with the phone")
        self._asking(lambda pocket: pocket.open(code))

    def press(self, offer: Offer) -> None:
        """Press what its page offers."""
        self._tell("hand", f"presses on the phone: {offer.title}")
        self._asking(lambda pocket: pocket.go(offer))

    def open_letter(self) -> None:
        """Open the newest message that it got."""
        if self._who is None or not (letters := self._letters(self._who)):
            return
        self._tell("hand", "opens the message on the phone")
        self._asking(lambda pocket: pocket.open(letters[0].url))

    def _asking(self, do: Callable[[Pocket], object]) -> None:
        if self._who is None:
            return
        try:
            do(self._pockets[self._who])
        except httpx.HTTPError as error:
            self._tell("hall", f"does not answer the phone ({type(error).__name__})")

    # looking

    def look(self, online: bool) -> Handset | None:
        """The phone in the hand; tells what came to any. ``online``: the hall can be asked how a page stands."""
        for who, owner in enumerate(OWNERS):
            letters = self._letters(who)
            for letter in reversed(letters[: len(letters) - self._heard[who]]):
                self._tell("phone", f"{owner.name} hears: {letter.title}")
            self._heard[who] = len(letters)
        if self._who is None:
            return None
        pocket = self._pockets[self._who]
        if online:
            self._asking(Pocket.look_again)
        return Handset(self._who, _NICKNAMES[self._who], pocket.page, tuple(self._letters(self._who)))

    def _letters(self, who: int) -> list[Letter]:
        """The newest first."""
        messages = self._world.wechat.messages(self._pockets[who].openid)
        return [Letter(each.title, each.text, each.url) for each in reversed(messages)]
