"""A phone in somebody's hand: opens the address that a paper's code says."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from tests.day.certificates import opened
from tests.day.world import World
from tests.dock.seen import Phone, Which
from tests.stand.phone import phone

_CERTIFICATE: Final = "/C/"


def scanned(world: World, paper: Which, address: str) -> Phone:
    """What the page there says and how it looks, a certificate's with its verdict.

    The address leads over the kiosk's own cable, which may be cut; a phone has
    a line of its own. It keeps what it was told: a second paper needs no hall.
    Raises ``playwright.sync_api.Error``.
    """
    memory = world.made(world.folder / "phones" / "dock")
    with phone(world.hall.keys.server_certificate, memory, locale="en", reach=world.hall.port) as context:
        page = _page(context, address)
        return Phone(paper, page.locator("body").inner_text(), page.screenshot())


def _page(context: BrowserContext, address: str) -> Page:
    if urlsplit(address).path.startswith(_CERTIFICATE):
        return opened(context, address)
    page = context.new_page()
    page.goto(address)
    return page
