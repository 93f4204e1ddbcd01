"""A person with a phone: opens the address in a code, and reads what stands on the page."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

NAME = "测试人"

DEADLINE_MS = 20_000
"""A browser on a busy machine; only what fails takes that long."""

expect.set_options(timeout=DEADLINE_MS)

complaints: list[str] = []


def complained(said: ConsoleMessage) -> None:
    if "Failed to load resource" not in said.text:
        complaints.append(said.text)


def listened(context: BrowserContext) -> Page:
    """A page; what the browser complains of fails the test, but for what is not there."""
    page = context.new_page()
    page.on("console", complained)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(DEADLINE_MS)
    return page


def opened(page: Page, paper: str) -> str:
    """Opens the address in the code, as a phone's camera does; the result's word."""
    page.goto(paper)
    expect(page.locator("#banner")).not_to_contain_text("正在核验")
    expect(page.locator("#advice, #entry")).to_be_visible()
    return page.locator("#word").inner_text()


def rows(page: Page) -> dict[str, str]:
    """Label and value of what is shown."""
    pairs = page.locator(".rows > div").all()
    return {pair.locator("dt").inner_text(): pair.locator("dd").inner_text() for pair in pairs}
