"""Every result, the way a phone opens the page from the code on a paper: Debian's chromium, over TLS."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.hall.web.verify.paper_hall import PaperHall
from tests.hall.web.verify.papers import DAY, Office
from tests.hall.web.verify.reading import NAME, opened, rows


def test_a_genuine_paper_is_shown_to_be_compared_and_nothing_of_it_is_sent(hall: PaperHall, page: Page) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code)
    paper = hall.office.paper(claims)
    assert opened(page, paper) == "真实有效"
    expect(page.locator("#banner")).to_have_class("banner ok")
    shown = rows(page)
    assert shown["姓名"] == NAME
    assert shown["证件号"] == "990***********0028"
    assert shown["证明"] == "居住证明"
    assert shown["编号"].startswith("99JZ-")
    assert shown["打印"] == "第 1 份（原件）"
    expect(page.locator("main")).to_contain_text("这不能证明持纸人就是本人")
    expect(page.locator("#age")).to_have_text("撤销名单更新于 10 分钟前。")
    expect(page.locator(".host")).to_have_text(hall.office.host)
    assert page.url == f"{hall.url}/C/{claims.short_code}"
    expect(page.locator("#offline")).to_have_text("本页已可离线使用。")
    assert not any(hall.bodies)
    assert not any(paper.split("#")[1][:40] in address or NAME in address for address in hall.asked)


def revoked(office: Office) -> str:
    claims = office.claims()
    office.revoked = {claims.status}
    office.publish()
    return office.paper(claims)


def cut_off(office: Office) -> str:
    office.cut = []
    office.publish()
    return office.paper()


def old_list(office: Office) -> str:
    office.publish(age=2 * DAY, due=DAY)
    return office.paper()


def bent(office: Office) -> str:
    paper = office.paper()
    return paper[:-1] + str((int(paper[-1]) + 1) % 10)


def other_path(office: Office) -> str:
    address, _, digits = office.paper().partition("#")
    return f"{address[:-16]}{office.claims().short_code}#{digits}"


def from_the_future(office: Office) -> str:
    return office.paper(office.claims(iat=office.now + 3_600))


def of_another_kind(office: Office) -> str:
    return office.paper(office.claims(version=9))


SHOWN = {
    "revoked": (revoked, "已撤销", "warn"),
    "expired": (lambda office: office.paper(office.claims(exp=office.now - 60)), "已过期", "warn"),
    "status unknown": (old_list, "签名真实，是否撤销未知", "plain"),
    "not registered": (Office.paper, "真实，登记稍后到达", "plain"),
}


@pytest.mark.parametrize(("make", "word", "tone"), SHOWN.values(), ids=SHOWN)
def test_what_is_genuine_but_not_good_shows_its_content_and_is_not_green(
    hall: PaperHall, page: Page, make: Callable[[Office], str], word: str, tone: str
) -> None:
    assert opened(page, make(hall.office)) == word
    expect(page.locator("#banner")).to_have_class(f"banner {tone}")
    assert rows(page)["姓名"] == NAME
    expect(page.get_by_text("保存电子件")).to_have_count(0)


REFUSED = {
    "another signer": (Office.forged, "不是真的", "bad", "签名不对"),
    "one digit changed": (bent, "不是真的", "bad", "签名不对"),
    "another short code": (other_path, "不是真的", "bad", "短码与签名"),
    "key cut off": (cut_off, "已撤销", "warn", "密钥已停用"),
    "unknown key": (lambda office: office.paper(kid=b"\x2a\x00\x00\xff"), "查不到签发机关", "warn", "名单里没有"),
    "from the future": (from_the_future, "请先校准时钟", "plain", "时间"),
    "newer template": (of_another_kind, "读不出来", "plain", "较新"),
    "newer format": (lambda office: office.paper().split("#")[0] + "#513", "读不出来", "plain", "较新"),
    "no digits": (lambda office: office.paper() + "x", "不是真的", "bad", "不合规定"),
    "a query": (lambda office: office.paper().replace("/C/", "/C/x/"), "不是真的", "bad", "不合规定"),
}


@pytest.mark.parametrize(("make", "word", "tone", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_shows_nothing_of_the_paper_and_says_why(
    hall: PaperHall, page: Page, make: Callable[[Office], str], word: str, tone: str, why: str
) -> None:
    assert opened(page, make(hall.office)) == word
    expect(page.locator("#banner")).to_have_class(f"banner {tone}")
    expect(page.locator("#reason")).to_contain_text(why)
    assert rows(page) == {}
    assert NAME not in page.content()


def test_a_revoked_paper_tells_since_when_and_why_where_the_hall_says_so(hall: PaperHall, page: Page) -> None:
    claims = hall.office.claims()
    hall.office.revoked = {claims.status}
    hall.office.publish()
    hall.register(claims.short_code, status="revoked", revoked_at=1_795_000_000, revoked_why="changed")
    opened(page, hall.office.paper(claims))
    assert rows(page)["撤销"] == "2026年11月18日"
    assert rows(page)["原因"] == "所写情况已变更"


@pytest.mark.parametrize(
    ("at", "why", "told"),
    [
        (1_795_000_000, "newer-word", {"撤销"}),
        (1_795_000_000, "toString", {"撤销"}),
        (1_795_000_000, ["lost", "asked"], {"撤销"}),
        ("1795000000", "lost", set()),
        (2**32, "lost", set()),
        (None, None, set()),
    ],
)
def test_what_the_hall_says_of_a_revocation_and_makes_no_sense_is_left_out(
    hall: PaperHall, page: Page, at: object, why: object, told: set[str]
) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code, status="revoked", revoked_at=at, revoked_why=why)
    assert opened(page, hall.office.paper(claims)) == "已撤销"
    assert rows(page).keys() & {"撤销", "原因"} == told


def test_a_name_is_text_whatever_it_looks_like(hall: PaperHall, page: Page) -> None:
    name = "<img src=x onerror=alert(1)>&copy;مثال"
    opened(page, hall.office.paper(hall.office.claims(name=name)))
    assert rows(page)["姓名"] == name
    assert page.locator("main img").count() == 0
    assert page.locator("dd bdi").count() == page.locator("dd").count()
