"""Two real departments and a real browser: one sign-in at the hall, two services, each with its own fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from hall.app import compose
from hall.channels.sim import Phone, WeChatSide
from tests.hall.oidc.office import Person, arrive, citizen
from tests.stand.browser import pin
from tests.stand.departments import Department, departments
from tests.stand.hall import RunningHall


@dataclass
class Street:
    """A hall and two departments, and a browser that trusts them."""

    hall: RunningHall
    social: Department
    civil: Department
    wechat: WeChatSide
    browser: Browser

    def person(self, name: str) -> Person:
        """Somebody new with an account at the running hall, signed in there."""
        beside = compose(self.hall.settings)
        try:
            return arrive(beside, name, citizen("19510307"), birth="1951-03-07")
        finally:
            beside.store.close()

    def phone(self, person: Person | None, locale: str = "zh-CN") -> BrowserContext:
        context = self.browser.new_context(viewport={"width": 390, "height": 844}, locale=locale)
        if person is not None:
            context.add_cookies(
                [{"name": "__Host-phone", "value": person.cookie, "url": self.hall.url, "secure": True}]
            )
        return context


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    folder = tmp_path_factory.mktemp("street")
    with (
        WeChatSide(folder / "wechat") as wechat,
        RunningHall(folder / "hall", channels={"wechat": wechat.settings()}) as hall,
        departments(hall, folder) as (social, civil),
        sync_playwright() as player,
    ):
        certificates = (hall.settings.keys / "server.pem", folder / "wechat" / "server.pem")
        pins = [pin(each) for each in (*certificates, social.certificate, civil.certificate)]
        browser = player.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                f"--ignore-certificate-errors-spki-list={','.join(pins)}",
            ],
        )
        yield Street(hall, social, civil, wechat, browser)
        browser.close()
        assert not (folder / "hall" / "hall.err").read_bytes()


def sign_in(page: Page, department: Department) -> None:
    page.goto(department.url)
    page.locator("#login").click()


def test_one_sign_in_is_enough_for_two_departments_and_each_sees_its_own(street: Street) -> None:
    wang = street.person("王小明")
    with street.phone(wang) as phone:
        page = phone.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        sign_in(page, street.social)
        expect(page.get_by_role("heading", name="江畔区社会保险服务")).to_be_visible()
        expect(page.get_by_text("您的身份证号码")).to_be_visible()
        page.get_by_role("button", name="同意提供").click()
        expect(page.locator("#name")).to_have_text("王小明")
        expect(page.locator("#citizen_number")).to_have_text(wang.number)
        expect(page.locator("#acr")).to_have_text("phone")

        sign_in(page, street.civil)
        expect(page.get_by_text("您的出生日期")).to_be_visible()
        assert page.get_by_text("身份证号码").count() == 0
        page.get_by_role("button", name="同意提供").click()
        expect(page.locator("#birthdate")).to_have_text("1951-03-07")
        assert page.locator("#citizen_number").count() == 0

        phone.clear_cookies(name="__Host-social-insurance")
        sign_in(page, street.social)
        expect(page.locator("#signed-in")).to_be_visible()
        assert complaints == []
    social, civil = street.social.people(), street.civil.people()
    assert social[0]["sub"] == social[1]["sub"] != civil[0]["sub"]
    reads = street.hall.rows("SELECT who, what FROM data_read WHERE account = ? ORDER BY id", wang.account)
    assert ("social-insurance", "name,number,level") in reads
    assert ("civil-affairs", "name,birth,bindings") in reads


def test_who_is_not_signed_in_does_so_with_the_bound_phone_on_the_way_and_only_once(street: Street) -> None:
    wang = street.person("王小明")
    street.wechat.phones.add(Phone(openid=wang.openid, nickname="小明同学", name=wang.name, number=wang.number))
    with street.phone(None) as phone:
        phone.add_cookies([{"name": "wechat", "value": wang.openid, "url": street.wechat.url, "secure": True}])
        page = phone.new_page()
        addresses: list[str] = []
        page.on("request", lambda request: addresses.append(request.url))
        sign_in(page, street.social)
        page.get_by_role("button", name="同意提供").click()
        expect(page.locator("#name")).to_have_text("王小明")
        assert sum(each.startswith(f"{street.wechat.url}/connect/") for each in addresses) == 1
        sign_in(page, street.civil)
        page.get_by_role("button", name="同意提供").click()
        expect(page.locator("#birthdate")).to_be_visible()
        assert sum(each.startswith(f"{street.wechat.url}/connect/") for each in addresses) == 1


def test_who_says_no_is_not_signed_in_and_the_department_learns_nothing(street: Street) -> None:
    before = len(street.civil.people())
    with street.phone(street.person("李红"), "en-GB") as phone:
        page = phone.new_page()
        sign_in(page, street.civil)
        page.get_by_role("button", name="Refuse").click()
        expect(page.locator("#refused")).to_contain_text("access_denied")
    assert len(street.civil.people()) == before


def test_the_page_fits_a_phone_and_is_read_in_either_language(street: Street) -> None:
    with street.phone(street.person("王小明")) as phone:
        page = phone.new_page()
        sign_in(page, street.civil)
        for key in ("同意提供", "不同意"):
            box = page.get_by_role("button", name=key, exact=True).bounding_box()
            assert box
            assert box["height"] >= 48
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.get_by_role("link", name="EN").click()
        expect(page.get_by_role("heading", name="Jiangpan Civil Affairs")).to_be_visible()
        expect(page.get_by_text("What for: to pay your allowance for the aged")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.get_by_role("button", name="Hand over").click()
        expect(page.locator("#signed-in")).to_be_visible()


def test_a_browser_that_is_brought_another_ones_answer_is_not_signed_in(street: Street) -> None:
    with street.phone(street.person("王小明")) as mine, street.phone(None) as theirs:
        page = mine.new_page()
        page.route("**/callback?*", lambda route: route.fulfill(status=204))
        sign_in(page, street.civil)
        with page.expect_request("**/callback?code=*") as caught:
            page.get_by_role("button", name="同意提供").click()
        other = theirs.new_page()
        other.goto(street.civil.url)
        other.goto(caught.value.url)
        expect(other.locator("#refused")).to_contain_text("state")
