"""The pages in a real browser, over TLS, pinned to the hall's own certificate."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from hall.tickets import State
from tests.hall.web.conftest import PASSWORD, Address, Stage


@pytest.fixture(scope="module")
def chromium(address: Address) -> Iterator[Browser]:
    certificate = x509.load_pem_x509_certificate(address.keys.server_certificate.read_bytes())
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                f"--ignore-certificate-errors-spki-list={b64encode(sha256(key).digest()).decode()}",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def counter(chromium: Browser, stage: Stage) -> Iterator[Page]:
    """陈晓 signed in at counter 12; what the browser complains of fails the test."""
    with chromium.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = listened(context)
        signed_in(page, stage)
        yield page


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN") as context:
        yield context


def listened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.clock.install()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


complaints: list[str] = []


@pytest.fixture(autouse=True)
def _no_complaints() -> Iterator[None]:
    complaints.clear()
    yield
    assert complaints == []


def signed_in(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.hall.settings.url}/staff/sign-in")
    page.get_by_label("姓名").fill("陈晓")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("12 号窗口").first).to_be_visible()


def test_the_phone_follows_the_counter_from_waiting_to_done(stage: Stage, counter: Page, phone: BrowserContext) -> None:
    stage.ticket("A031", waited=20)
    mine = stage.ticket("A032", waited=10)
    page = listened(phone)
    page.goto(f"{stage.hall.settings.url}/T/{mine}")
    expect(page.locator("#ahead")).to_have_text("1 人")

    counter.keyboard.press("Space")
    expect(counter.locator("#current")).to_have_text("A031")
    page.clock.run_for(5_000)
    expect(page.locator("#ahead")).to_have_text("0 人")

    counter.get_by_role("button", name="办完，叫下一位").click()
    expect(counter.locator("#current")).to_have_text("A032")
    page.clock.run_for(5_000)
    expect(page.locator("#headline")).to_have_text("请到 12 号窗口")
    counter.clock.run_for(5_000)
    expect(counter.get_by_text("叫号已送到手机")).to_be_visible()

    counter.get_by_role("button", name="办完", exact=True).click()
    expect(counter.get_by_text("窗口空闲")).to_be_visible()
    page.clock.run_for(5_000)
    expect(page.locator("#headline")).to_have_text("这张号已办完")


def test_the_lists_refresh_themselves_and_a_double_click_calls_one(stage: Stage, counter: Page) -> None:
    stage.ticket("A031", waited=20)
    stage.ticket("A032", waited=10)
    counter.clock.run_for(5_000)
    expect(counter.locator("#next")).to_contain_text("A032")
    counter.get_by_role("button", name="叫下一位").dblclick()
    expect(counter.locator("#current")).to_have_text("A031")
    assert stage.called() == ["A031"]


def test_every_verb_works_in_a_browser_without_scripts(stage: Stage, chromium: Browser) -> None:
    ticket = stage.ticket("A031", waited=20)
    with chromium.new_context(java_script_enabled=False) as context:
        page = listened(context)
        signed_in(page, stage)
        page.get_by_role("button", name="叫下一位").click()
        page.get_by_role("button", name="重呼").click()
        page.get_by_role("button", name="挂起").click()
        page.get_by_role("button", name="叫回 A031").click()
        page.get_by_role("button", name="未到").click()
        page.get_by_role("button", name="叫回 A031").click()
        page.get_by_role("button", name="退回队列").click()
        page.get_by_role("button", name="叫下一位").click()
        page.get_by_text("转窗口").click()
        page.locator("details[open]").get_by_label("D · 二楼 C 区公积金窗口").check()
        page.get_by_role("button", name="转过去").click()
        page.get_by_role("button", name="叫下一位").click()
        page.get_by_role("button", name="办完", exact=True).click()
        expect(page.get_by_text("窗口空闲")).to_be_visible()
    assert stage.state(ticket) is State.FINISHED
    verbs = " ".join(verb for _, verb in stage.trail())
    assert verbs == "sign_in call recall hold resume absent resume send_back call transfer call finish"
