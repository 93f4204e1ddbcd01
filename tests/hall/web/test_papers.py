"""The page of certificates: found by what stands on the paper, opened and taken back with a reason, by supervisors."""

from __future__ import annotations

import re
import ssl
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from httpx import Client, Response
from playwright.sync_api import expect
from sqlalchemy import select

from certificates.claims import HALL_ZONE
from certificates.short_code import grouped
from hall.app import create_app
from hall.certificates import commands
from hall.models import Role, Trail
from hall.web import staff
from tests.hall.certificates.machine import NAME, NUMBER, TEMPLATES, Machine, Paper, hold_ceremony
from tests.hall.conftest import Counter
from tests.hall.web.conftest import PASSWORD, Address, sign_in
from tests.stand.browser import chromium

TITLE = TEMPLATES["social-insurance"].title.zh


class Office:
    """A hall on a real port, a kiosk that issues there, and somebody signed in."""

    def __init__(self, counter: Counter, address: Address, trust: ssl.SSLContext, folder: Path) -> None:
        self.counter, self.address, self._trust = counter, address, trust
        hold_ceremony(counter, folder)
        self.machine = Machine(counter, counter.enrol()).ready()
        with counter.hall.store.writing() as session:
            for name, role in (("周主管", Role.SUPERVISOR), ("陈晓", Role.CLERK)):
                staff.add(session, name, PASSWORD, role)

    def browser(self) -> Client:
        return Client(base_url=self.address.settings.url, verify=self._trust, trust_env=False)

    def trail(self, verb: str) -> list[tuple[str | None, str | None, str]]:
        with self.counter.hall.store.reading() as session:
            rows = session.scalars(select(Trail).where(Trail.verb == verb).order_by(Trail.id))
            return [(row.clerk, row.ticket, row.detail) for row in rows]


@pytest.fixture
def office(counter: Counter, address: Address, hall_keys: Path, tmp_path: Path) -> Iterator[Office]:
    address.app = create_app(counter.hall)
    yield Office(counter, address, ssl.create_default_context(cafile=hall_keys / "ca.pem"), tmp_path / "ceremony")
    address.app = None


class Chief:
    """周主管, who supervises, and what the page asks of them."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        sign_in(browser, "周主管")
        page = browser.get("/staff/certificates").text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found
        self.csrf = found[1]

    def does(self, act: str, /, **fields: str) -> Response:
        return self.browser.post(f"/staff/certificates/{act}", data={"csrf": self.csrf} | fields)


@pytest.fixture
def chief(office: Office) -> Iterator[Chief]:
    with office.browser() as browser:
        yield Chief(browser)


def number(paper: Paper) -> str:
    return paper.claims.number("99SB")


def test_a_certificate_is_found_by_its_short_code_however_it_is_typed_and_by_its_number(
    office: Office, chief: Chief
) -> None:
    paper = office.machine.issue()
    for typed in (paper.id, grouped(paper.id).lower(), number(paper), f" {number(paper).lower()} "):
        page = chief.does("find", what=typed)
        assert page.status_code == 200
        for said in (TITLE, number(paper), grouped(paper.id), "有效", "已打印", office.machine.terminal.id):
            assert said in page.text
        assert NAME not in page.text
    other_year = number(paper).replace("2026", "2025")
    for typed in ("0" * 16, other_year, number(paper).replace("SB", "JZ"), "", "<b>", "9" * 40):
        page = chief.does("find", what=typed)
        assert page.status_code == 404
        assert "没有登记这份证明" in page.text


def test_page_and_command_line_name_the_last_day_that_the_paper_names(office: Office, chief: Chief) -> None:
    midnight = int(datetime(2026, 9, 6, tzinfo=HALL_ZONE).timestamp())
    paper = office.machine.issue(exp=midnight)
    assert "<dt>有效至</dt><dd>2026-09-05</dd>" in chief.does("find", what=paper.id).text
    said = commands.show(office.counter.hall.settings, Namespace(short=paper.id))
    assert said[1].endswith("until 2026-09-05")


def test_a_name_is_shown_for_a_reason_only_and_the_trail_keeps_it(office: Office, chief: Chief) -> None:
    paper = office.machine.issue()
    refused = chief.does("open", short=paper.id, reason=" ")
    assert (refused.status_code, NAME in refused.text) == (400, False)
    page = chief.does("open", short=paper.id, reason="学校来电核对").text
    assert NAME in page
    assert "990***********0020" in page
    assert NUMBER not in page
    assert office.trail("open_certificate") == [("周主管", paper.id, "学校来电核对")]
    assert grouped(paper.id) in chief.browser.get("/staff/trail").text
    assert chief.does("open", short="0" * 16, reason="x").status_code == 404


def test_a_certificate_is_revoked_with_a_reason_and_says_by_whom(office: Office, chief: Chief) -> None:
    paper = office.machine.issue()
    assert chief.does("revoke", short=paper.id, why="", note="").status_code == 400
    assert chief.does("revoke", short=paper.id, why="because", note="").status_code == 400
    assert chief.does("revoke", short=paper.id, why="mistaken", note="x" * 201).status_code == 400
    page = chief.does("revoke", short=paper.id, why="mistaken", note="误<b>开").text
    assert "周主管" in page
    assert "开具有误" in page
    assert "误&lt;b&gt;开" in page
    assert "/revoke" not in page
    state = office.counter.client.request("GET", f"/c/{paper.id}.json").json()
    assert state["status"] == "revoked"
    assert chief.does("revoke", short="0" * 16, why="lost", note="").status_code == 404


def test_papers_that_may_not_exist_are_listed_until_they_are_taken_back(office: Office, chief: Chief) -> None:
    machine = office.machine
    paper = machine.sign()
    machine.send(machine.issued(paper), machine.settled(paper, "uncertain", fault="P108"))
    copy = machine.copied(paper)
    machine.send(machine.reprinted(copy), machine.settled(paper, "printed", copy=2))
    page = chief.browser.get("/staff/certificates").text
    assert number(paper) in page
    page = chief.does("find", what=paper.id).text
    assert "补打 第 2 份" in page
    assert "P108" in page
    chief.does("revoke", short=paper.id, why="unprinted", note="没有找到纸")
    assert number(paper) not in chief.browser.get("/staff/certificates").text


def test_clerks_and_other_sites_get_nothing(office: Office, chief: Chief) -> None:
    paper = office.machine.issue()
    with office.browser() as browser:
        sign_in(browser, "陈晓")
        assert "/staff/certificates" not in browser.get("/staff/console").text
        assert browser.get("/staff/certificates").status_code == 403
        assert browser.post("/staff/certificates/find", data={"what": paper.id}).status_code == 403
    for what in ("find", "open", "revoke"):
        fields = {"csrf": "forged", "what": paper.id, "short": paper.id, "reason": "x"}
        assert chief.browser.post(f"/staff/certificates/{what}", data=fields).status_code == 403
    with office.browser() as nobody:
        assert nobody.get("/staff/certificates").headers["location"] == "/staff/sign-in"
    assert office.trail("revoke_certificate") == []


def test_a_supervisor_takes_a_certificate_back_in_a_real_browser(office: Office, tmp_path: Path) -> None:
    paper = office.machine.issue()
    base = office.address.settings.url
    with chromium(office.address.keys.server_certificate) as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{base}/staff/sign-in")
        page.get_by_label("姓名").fill("周主管")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.get_by_role("link", name="证明").click()
        page.get_by_label("短码或证明编号").fill(grouped(paper.id))
        page.get_by_role("button", name="查找").click()
        page.get_by_label("原因").select_option("开具有误")
        page.get_by_label("备注").fill("门牌号写错")
        page.screenshot(path=str(tmp_path / "revoking.png"))
        page.get_by_role("button", name="撤销", exact=True).click()
        expect(page.get_by_text("周主管 2026-03-09")).to_contain_text("开具有误。 门牌号写错")
        page.screenshot(path=str(tmp_path / "revoked.png"))
        assert complaints == []
