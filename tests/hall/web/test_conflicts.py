"""The page of differences: what two kiosks out of touch were told of one person, looked at and settled."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Client, Response
from playwright.sync_api import expect
from sqlalchemy import select

from hall.app import create_app
from hall.models import Role, Trail
from hall.people import reading
from hall.people.models import Account, AccountConflict, DataRead
from hall.web import staff
from tests.hall.conftest import Counter
from tests.hall.people.registering import WANG, Kiosk, account_id, conflicts, number, reads
from tests.hall.web.conftest import PASSWORD, Address, sign_in
from tests.stand.browser import chromium

OTHER = WANG.but(name="王大明", expires="2041-03-07")


class Office:
    """A hall on a real port with two kiosks, and staff."""

    def __init__(self, counter: Counter, address: Address, trust: ssl.SSLContext) -> None:
        self.counter, self.address, self._trust = counter, address, trust
        self.east, self.west = Kiosk(counter, counter.enrol()), Kiosk(counter, counter.enrol())
        with counter.hall.store.writing() as session:
            for name, role in (("周主管", Role.SUPERVISOR), ("陈晓", Role.CLERK)):
                staff.add(session, name, PASSWORD, role)

    def differ(self) -> None:
        """王小明 and 王大明 under one number."""
        self.east.send(self.east.opened("E2"))
        self.west.send(self.west.opened("W2", OTHER))

    def browser(self) -> Client:
        return Client(base_url=self.address.settings.url, verify=self._trust, trust_env=False)

    def person(self) -> reading.Person:
        with self.counter.hall.store.reading() as session:
            account = session.get_one(Account, account_id("E2"))
        return reading.kept(account, self.counter.hall.keys.seal)

    def ids(self) -> dict[str, str]:
        """The differences that wait, by what differs."""
        with self.counter.hall.store.reading() as session:
            rows = session.scalars(select(AccountConflict).where(AccountConflict.settled.is_(None)))
            return {row.what: str(row.id) for row in rows}


@pytest.fixture
def office(counter: Counter, address: Address, hall_keys: Path) -> Iterator[Office]:
    address.app = create_app(counter.hall)
    yield Office(counter, address, ssl.create_default_context(cafile=hall_keys / "ca.pem"))
    address.app = None


class Chief:
    """周主管, who supervises, and what the page asks of them."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        sign_in(browser, "周主管")
        found = re.search(r'name="csrf" value="([^"]+)"', self.page())
        assert found
        self.csrf = found[1]

    def page(self) -> str:
        return self.browser.get("/staff/conflicts").text

    def does(self, act: str, /, **fields: str) -> Response:
        return self.browser.post(f"/staff/conflicts/{act}", data={"csrf": self.csrf} | fields)


@pytest.fixture
def chief(office: Office) -> Iterator[Chief]:
    with office.browser() as browser:
        yield Chief(browser)


def test_differences_are_listed_masked_with_both_kiosks_and_counted_beside_the_way_there(
    office: Office, chief: Chief
) -> None:
    assert "没有登记差异" in chief.page()
    office.differ()
    page = chief.page()
    assert "2 处登记差异要看" in page
    assert '<span class="count">2</span>' in chief.browser.get("/staff/console").text
    for said in ("王*明", office.east.terminal.id, office.west.terminal.id, "身份证", "证件到期日"):
        assert said in page
    for secret in (WANG.name, OTHER.name, WANG.number, OTHER.expires):
        assert secret not in page
    looks = ("clerk", "周主管", "name,document", "conflict", None)
    assert reads(office.counter)[2:] == [looks]  # one of a person, though two of their differences are listed


def test_each_look_at_the_list_is_seen_by_each_person_on_it(office: Office, chief: Chief) -> None:
    office.differ()
    other = number(6)
    office.east.send(office.east.opened("E4", WANG.but(number=other)))
    office.west.send(office.west.opened("W4", OTHER.but(number=other)))
    before = len(reads(office.counter))
    chief.page()
    chief.page()
    assert [row[:4] for row in reads(office.counter)[before:]] == [("clerk", "周主管", "name,document", "conflict")] * 4
    with office.counter.hall.store.reading() as session:
        rows = session.scalars(select(DataRead.account).where(DataRead.who_kind == "clerk"))
        assert sorted(rows) == sorted([account_id("E2"), account_id("E4")] * 2)
    office.east.send(office.east.closed("E2"), office.east.closed("E4"))
    before = len(reads(office.counter))
    chief.page()
    assert len(reads(office.counter)) == before


def test_who_looks_sees_only_where_the_two_differ_and_is_seen_by_the_person(office: Office, chief: Chief) -> None:
    office.differ()
    page = chief.does("open", conflict=office.ids()["name"]).text
    assert "*小*" in page
    assert "*大*" in page
    for secret in (WANG.name, OTHER.name, WANG.number):
        assert secret not in page
    assert reads(office.counter)[-1] == ("clerk", "周主管", "name,document", "conflict", account_id("W2"))
    page = chief.does("open", conflict=office.ids()["document-expiry"]).text
    assert WANG.expires in page
    assert OTHER.expires in page
    assert reads(office.counter)[-1][2] == "name,document,expiry"
    said = office.east.asks("me")["page"]["reads"][1]
    assert said["who"] == {"zh": "工作人员 周*", "en": "Staff 周*"}
    assert said["why"]["zh"] == "核对登记差异"


def test_a_difference_is_settled_once_and_whichever_is_right_is_kept(office: Office, chief: Chief) -> None:
    office.differ()
    ids = office.ids()
    assert "已处理" in chief.does("settle", conflict=ids["name"], keep="later").text
    assert "1 处登记差异要看" in chief.page()
    assert "已有人处理" in chief.does("settle", conflict=ids["name"], keep="first").text
    assert "已有人处理" in chief.does("open", conflict=ids["name"]).text
    assert (office.person().name, office.person().expires) == (OTHER.name, WANG.expires)
    chief.does("settle", conflict=ids["document-expiry"], keep="first")
    assert office.person().expires == WANG.expires
    assert office.ids() == {}
    with office.counter.hall.store.reading() as session:
        rows = session.scalars(select(Trail).where(Trail.verb == "settle_conflict").order_by(Trail.id)).all()
    assert [(row.clerk, row.detail) for row in rows] == [
        ("周主管", "name later"),
        ("周主管", "document-expiry first"),
    ]
    assert "处理登记差异" in chief.browser.get("/staff/trail").text
    office.east.send(office.east.opened("E3"))  # the same two contents again are no news
    office.west.send(office.west.opened("W3", OTHER))
    assert conflicts(office.counter) == ["document-expiry", "name"]


CARD = WANG.but(document="social-card", level="social-card", expires="2027-01-01")


@pytest.mark.parametrize("days", [0, 8])
def test_ends_of_one_kind_of_document_are_shown_and_settled_and_no_others(office: Office, days: int) -> None:
    office.east.send(office.east.opened("E2"))
    office.west.send(office.west.opened("W2", CARD), office.west.opened("W3", CARD.but(expires="2028-01-01")))
    forget(office, days)
    with office.browser() as browser:
        chief = Chief(browser)
        page = chief.does("open", conflict=office.ids()["document-expiry"]).text
        assert "2027-01-01" in page
        assert "2028-01-01" in page
        assert WANG.expires not in page
        assert "已按期清除" not in page
        assert office.person().ends == {"resident-id": WANG.expires, "social-card": "2027-01-01"}
        chief.does("settle", conflict=office.ids()["document-expiry"], keep="later")
    assert office.person().ends == {"resident-id": WANG.expires, "social-card": "2028-01-01"}
    assert office.person().document == "resident-id"


def forget(office: Office, days: int) -> None:
    """So many days later the hall has erased what it had to."""
    office.counter.beat(office.east.terminal)
    office.counter.clock.forward(days=days)
    office.counter.beat(office.east.terminal)


def test_an_opening_that_was_right_before_is_not_put_back_by_a_difference_it_has_no_part_in(
    office: Office, chief: Chief
) -> None:
    office.differ()
    office.west.send(office.west.opened("W3", WANG.but(name="王中明")))
    with office.counter.hall.store.reading() as session:
        wanted = select(AccountConflict).where(AccountConflict.what == "name").order_by(AccountConflict.id)
        first, second = (str(row.id) for row in session.scalars(wanted))
    page = chief.does("open", conflict=second).text
    assert "*小*" in page
    assert "*中*" in page
    chief.does("settle", conflict=first, keep="later")
    chief.does("settle", conflict=second, keep="first")
    assert office.person().name == OTHER.name


def test_what_was_erased_in_the_meantime_is_said_to_be(office: Office, chief: Chief) -> None:
    office.differ()
    name = office.ids()["name"]
    office.east.send(office.east.closed("E2"))
    assert "没有登记差异" in chief.page()
    assert "已有人处理" in chief.does("open", conflict=name).text


@pytest.mark.parametrize("conflict", ["", "x", "-1", "٣", "9" * 13, "1 OR 1=1"])
def test_what_is_no_difference_is_refused(chief: Chief, conflict: str) -> None:
    assert chief.does("open", conflict=conflict).status_code == 400
    assert chief.does("settle", conflict=conflict, keep="first").status_code == 400
    assert chief.does("settle", conflict="7", keep="both").status_code == 400
    assert "已有人处理" in chief.does("settle", conflict="7", keep="first").text


def test_clerks_and_other_sites_get_nothing(office: Office, chief: Chief) -> None:
    office.differ()
    name = office.ids()["name"]
    with office.browser() as browser:
        sign_in(browser, "陈晓")
        assert "/staff/conflicts" not in browser.get("/staff/console").text
        assert browser.get("/staff/conflicts").status_code == 403
        assert browser.post("/staff/conflicts/open", data={"conflict": name}).status_code == 403
    for act in ("open", "settle"):
        fields = {"csrf": "forged", "conflict": name, "keep": "first"}
        assert chief.browser.post(f"/staff/conflicts/{act}", data=fields).status_code == 403
    with office.browser() as nobody:
        assert nobody.get("/staff/conflicts").headers["location"] == "/staff/sign-in"
    assert office.ids()["name"] == name


def test_calling_a_registered_person_is_seen_by_them(office: Office) -> None:
    office.east.send(office.east.opened("E2"), office.east.ticket("E2"), office.east.ticket())
    with office.browser() as browser:
        sign_in(browser, "陈晓")
        page = browser.get("/staff/console").text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found
        browser.post("/staff/console/next", data={"csrf": found[1], "ticket": "", "seen": ""})
    called = reads(office.counter)[-1]
    assert called[:4] == ("clerk", "陈晓", "name,matters", "called")
    assert [row[3] for row in reads(office.counter)] == ["registered", "ticket-linked", "called"]


def test_a_number_that_no_queue_has_is_said_at_every_counter(office: Office) -> None:
    """Here, where a kiosk talks to a hall that has counters."""
    office.east.send(office.east.ticket(matters=["contribution-refund"], level="typed"))
    with office.browser() as browser:
        sign_in(browser, "陈晓")
        page = browser.get("/staff/console").text
        assert f"{office.east.terminal.number}-A001 没有排上" in page
        assert "请本人带证件重新取号" in page
    with office.browser() as browser:
        sign_in(browser, "周主管")
        assert "记录搁置" in browser.get("/staff/trail").text


def test_a_supervisor_settles_a_difference_in_a_real_browser(office: Office, tmp_path: Path) -> None:
    office.differ()
    base = office.address.settings.url
    with chromium(office.address.keys.server_certificate) as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{base}/staff/sign-in")
        page.get_by_label("姓名").fill("周主管")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.get_by_role("link", name="登记差异").click()
        page.screenshot(path=str(tmp_path / "differences.png"))
        page.get_by_role("button", name="查看 王*明 姓名").click()
        expect(page.get_by_text("*大*")).to_be_visible()
        page.screenshot(path=str(tmp_path / "difference.png"))
        page.get_by_role("button", name="后送达的对").click()
        expect(page.get_by_role("alert")).to_contain_text("已处理")
        assert complaints == []
    assert office.person().name == OTHER.name
