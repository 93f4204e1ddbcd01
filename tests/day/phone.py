"""A citizen's phone on the day: it scans what a kiosk shows, and says what stands on its page.

A quick one without a browser for those who attack; chromium where the page itself is looked at.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from types import TracebackType
from typing import Final

import cv2
import httpx
import zxingcpp
from playwright.sync_api import BrowserContext

from hall.channels.sim import Phone
from tests.day.people import Person
from tests.day.world import Place, World
from tests.stand.kiosk import until
from tests.stand.phone import phone as browser

_DIGIT: Final = re.compile(r"<b>(\d)</b>")
_TAG: Final = re.compile(r"<[^>]*>")
_STAMP: Final = re.compile(r'name="csrf" value="([^"]+)"')


def owned(world: World, person: Person | None, nickname: str) -> str:
    """A phone account that its owner told the channel their real name for, or not; gives its openid."""
    openid = f"phone-{len(world.wechat.phones.all()):04d}"
    name, number = (person.name, person.number) if person else ("", "")
    world.wechat.phones.add(Phone(openid=openid, nickname=nickname, name=name, number=number))
    return openid


def code_on(place: Place) -> str:
    """What a phone's camera reads off the kiosk's screen."""

    def look() -> str:
        path = place.kiosk.picture(place.beside / "code.png")
        found = zxingcpp.read_barcodes(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE))
        return next((code.text for code in found if "/B/" in code.text), "")

    return str(until("a code on the screen", look))


class QuickPhone:
    """One phone, its cookies, and the page it shows."""

    def __init__(self, world: World, openid: str) -> None:
        trust = ssl.create_default_context(cafile=str(world.hall.ca))
        trust.load_verify_locations(world.wechat.ca)
        self._client = httpx.Client(
            verify=trust,
            follow_redirects=True,
            cookies={"wechat": openid},
            timeout=20,
            headers={"accept-language": "zh"},
        )
        self.openid = openid
        self.html = ""
        self.status = 0

    def __enter__(self) -> QuickPhone:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def open(self, url: str) -> QuickPhone:
        """Open an address, as a scan does; follows where it leads."""
        return self._show(self._client.get(_in_small(url)))

    def open_swapped(self, url: str, other: str) -> QuickPhone:
        """The same, but where the channel asks whether name and number may be compared, it is another account."""
        answer = self._client.get(_in_small(url), follow_redirects=False)
        while answer.has_redirect_location:
            to = answer.url.join(answer.headers["location"])
            if to.path.startswith("/realname/"):
                self._client.cookies.set("wechat", other)
            answer = self._client.get(to, follow_redirects=False)
        return self._show(answer)

    def press(self, action: str, **fields: str) -> QuickPhone:
        """Send the form of the page whose address ends so."""
        stamp = _STAMP.search(self.html)
        assert stamp, self.text()
        return self._show(self._client.post(self._at.join(action), data={"csrf": stamp[1], **fields}))

    @property
    def number(self) -> str:
        """The four digits on its page; empty where it shows none."""
        found = "".join(_DIGIT.findall(self.html))
        return found if len(found) == 4 else ""

    def text(self) -> str:
        return " ".join(unescape(_TAG.sub(" ", self.html)).split())

    def _show(self, answer: httpx.Response) -> QuickPhone:
        self.html, self.status, self._at = answer.text, answer.status_code, answer.url
        return self


def _in_small(url: str) -> str:
    """A code says its address in capitals; scheme and host go out in small letters."""
    return re.sub(r"^HTTPS://[^/]+", _small, url)


def _small(found: re.Match[str]) -> str:
    return found[0].lower()


@contextmanager
def in_browser(world: World, openid: str, name: str, *certificates: Path) -> Iterator[BrowserContext]:
    """The same phone with a real browser, trusting the hall, the channel's side, and whoever else is named."""
    folder = world.made(world.folder / "phones" / name)
    trusted = (world.hall.keys.server_certificate, world.wechat.ca.with_name("server.pem"), *certificates)
    with browser(trusted[0], folder, also=trusted[1:]) as context:
        context.add_cookies([{"name": "wechat", "value": openid, "url": world.wechat.url, "secure": True}])
        yield context
