"""At the hall: staff call, phones follow."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from hall.models import Role
from tests.day.check import Seen, check
from tests.day.paper import code_on
from tests.day.people import somebody
from tests.day.visits import PENSION, go, number_on_screen, take_ticket
from tests.stand.browser import chromium

PASSWORD = "correct horse 7"


def call(page: Page, number: str) -> None:
    """Press the primary key until this number is at the counter."""
    for _ in range(60):
        page.locator("button.primary").click()
        page.wait_for_load_state()
        if page.locator("#current").count() and page.locator("#current").inner_text() == number:
            return
    raise AssertionError(f"{number} was never called")


def sign_in(seen: Seen, page: Page, name: str, counter: str) -> None:
    seen.world.hall.clerk(name, PASSWORD, Role.CLERK, counter)
    page.goto(f"{seen.world.hall_url}/staff/sign-in")
    page.get_by_label("姓名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text(f"{counter} 号窗口").first).to_be_visible()


@check("staff-calls-number")
def staff_calls(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    take_ticket(place, somebody("孙叫号"), PENSION)
    number = number_on_screen(place)
    go(place)
    world.ticket(number)
    with (
        chromium(world.hall.keys.server_certificate) as browser,
        browser.new_context(viewport={"width": 1440, "height": 900}) as context,
    ):
        page = context.new_page()
        sign_in(seen, page, "陈晓", "12")
        call(page, number)
        seen.browser(page)
        world.ticket_is(number, "called")
        page.get_by_role("button", name="挂起").click()
        world.ticket_is(number, "held")
        trail = world.hall.rows(
            "SELECT trail.clerk, verb FROM trail JOIN ticket ON ticket.id = trail.ticket WHERE number = ?", number
        )
    assert {("陈晓", "call"), ("陈晓", "hold")} <= {tuple(row) for row in trail}, f"the trail: {trail}"
    return f"陈晓 called {number} at window 12 and held it; both stand in the trail"


@check("follow-me-page")
def follow_me(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    paper = take_ticket(place, somebody("吴手机"), PENSION)
    number = number_on_screen(place)
    go(place)
    world.ticket(number)
    address = code_on(paper)
    assert urlsplit(address.lower()).netloc == urlsplit(world.cable_url).netloc
    path = "/T/" + address.rpartition("/")[2]
    with (
        chromium(world.hall.keys.server_certificate) as browser,
        browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN") as context,
    ):
        page = context.new_page()
        page.goto(world.hall_url + path)
        expect(page.locator("#number")).to_have_text(number)
        seen.browser(page)
        text = page.inner_text("body")
        assert "吴" not in text, "the phone page names the person"
        strange = context.new_page()
        strange.goto(f"{world.hall_url}/T/{'A' * 16}")
        assert number not in strange.inner_text("body")
        ahead = page.locator("#ahead").inner_text()
        expect(page.locator("#word")).to_have_text("正在等候")
        desk = browser.new_context().new_page()
        sign_in(seen, desk, "周正", "13")
        call(desk, number)
        expect(page.locator("#word")).not_to_have_text("正在等候", timeout=20_000)
        seen.browser(page, "-later")
    return f"the paper's code opens the page of {number} ({ahead} ahead); it said by itself when it was called"
