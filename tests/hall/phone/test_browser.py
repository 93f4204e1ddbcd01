"""A phone's pages in a real browser, over TLS, with WeChat's side as another host."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from hall.app import compose, create_app
from hall.catalogue import Catalogue
from hall.channels.asking import trusting
from hall.channels.sim import Phone, WeChatSide
from hall.settings import Settings
from tests.hall.binding.stage import Stage, somebody
from tests.hall.conftest import GENEROUS, Clock
from tests.stand.browser import pin
from tests.stand.phone import CHROMIUM, PHONE

LOCALES = ("zh-CN", "en-GB")


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, founded: Path, catalogue: Catalogue, wechat_side: WeChatSide
) -> Iterator[Stage]:
    """A hall on a port of its own."""
    folder, clock = tmp_path_factory.mktemp("served") / "data", Clock()
    shutil.copytree(founded, folder)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = Settings(
            data=folder, port=listener.getsockname()[1], channels={"wechat": wechat_side.settings()}, **GENEROUS
        )
        hall = compose(settings, catalogue, clock)
        app = create_app(hall)
        config = uvicorn.Config(
            app,
            log_level="critical",
            lifespan="off",
            ws="none",
            http="h11",
            ssl_certfile=hall.keys.server_certificate,
            ssl_keyfile=hall.keys.server_key,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([listener],), name="hall")
        thread.start()
        try:
            with (
                httpx.Client(verify=trusting(str(wechat_side.ca)), trust_env=False) as beyond,
                httpx.Client(
                    base_url=settings.url, verify=trusting(str(settings.keys / "ca.pem")), trust_env=False
                ) as client,
            ):
                yield Stage(hall, app, clock, wechat_side, client, beyond, f"localhost:{settings.port}")
        finally:
            server.should_exit = True
            thread.join(10)
            hall.store.close()


@pytest.fixture(scope="module")
def chromium(served: Stage, wechat_side: WeChatSide) -> Iterator[Browser]:
    pins = ",".join((pin(served.hall.keys.server_certificate), pin(wechat_side.ca.with_name("server.pem"))))
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=CHROMIUM, args=[*arguments, f"--ignore-certificate-errors-spki-list={pins}"]
        )
        yield browser
        browser.close()


def pocket(chromium: Browser, served: Stage, openid: str, locale: str) -> BrowserContext:
    """A phone whose WeChat is signed in as ``openid``."""
    context = chromium.new_context(locale=locale, **{key: PHONE[key] for key in ("viewport", "device_scale_factor")})
    page = context.new_page()
    page.goto(f"{served.wechat.url}/phone/{openid}")
    return context


def fits(page: Page) -> None:
    """Nothing is wider than the phone, and each key is as high as a finger."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for key in page.locator(".key").all():
        box = key.bounding_box()
        assert box is not None
        assert box["height"] >= 48


@pytest.mark.parametrize("locale", LOCALES)
def test_a_person_binds_looks_and_unbinds_with_a_thumb(
    served: Stage, chromium: Browser, tmp_path: Path, locale: str
) -> None:
    zh = locale == "zh-CN"
    visit = served.visit(somebody(), replace(served.terminal(), host=served.host)).begin()
    phone = Phone(
        openid=f"oBrowser{locale[:2]}01", nickname="江边散步", name=visit.person.name, number=visit.person.number
    )
    served.wechat.phones.add(phone)
    with pocket(chromium, served, phone.openid, locale) as context:
        complaints: list[str] = []
        page = context.pages[0]
        page.on("console", lambda said: complaints.append(f"{said.location['url']} {said.text}"))

        def picture(name: str) -> None:
            fits(page)
            page.screenshot(path=tmp_path / f"{locale}-{name}.png", full_page=True)

        page.goto(visit.url)
        expect(page.locator(".digits b")).to_have_count(4)
        picture("1-number")
        assert visit.number(page.locator(".digits").inner_text().replace("\n", ""))["state"] == "matched"
        expect(page.get_by_role("heading", name="数字对上了" if zh else "The number is right")).to_be_visible(
            timeout=9_000
        )
        picture("2-matched")
        assert visit.confirm()["done"]
        expect(page.get_by_role("heading", name="这部手机已绑定" if zh else "This phone is bound")).to_be_visible(
            timeout=9_000
        )
        picture("3-done")
        page.get_by_role("link", name="看我的办理" if zh else "See my page").click()
        expect(page.get_by_role("heading", name="王*明", exact=False)).to_be_visible()
        picture("4-me")
        page.get_by_role("button", name="解除绑定" if zh else "Unbind").click()
        expect(page.get_by_role("heading", name="已解除绑定" if zh else "is unbound", exact=False)).to_be_visible()
        picture("5-unbound")
        assert served.bindings(visit.person) == []

        again = served.visit(visit.person, visit.terminal).begin()
        page.goto(again.url)
        page.get_by_role("button", name="不是我在办" if zh else "This is not me", exact=False).click()
        expect(page.get_by_role("heading", name="您已拒绝" if zh else "You refused", exact=False)).to_be_visible()
        picture("6-refused")
        served.deliver()
        page.goto(served.wechat.messages(phone.openid)[0].url)
        picture("7-object")
        assert [each for each in complaints if served.host in each] == []
