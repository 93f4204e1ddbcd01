"""What the page does where something is in its way: it says what, and judges all the same where it can."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.hall.web.verify.paper_hall import PaperHall
from tests.hall.web.verify.papers import Office
from tests.hall.web.verify.reading import complaints, opened, rows
from tests.hall.web.verify.scans import sheet

NO_ROOM = """
IDBObjectStore.prototype.put = function () {
    throw new DOMException("no room", "QuotaExceededError");
};
"""
GONE_LATER = """
const { get } = IDBObjectStore.prototype;
let asked = 0;
IDBObjectStore.prototype.get = function (key) {
    const request = get.call(this, key);
    if (++asked > 2) this.transaction.abort();
    return request;
};
"""
CLOSED = """
IDBDatabase.prototype.transaction = function () {
    throw new DOMException("closing", "InvalidStateError");
};
"""


@pytest.mark.parametrize("fault", [NO_ROOM, GONE_LATER, CLOSED], ids=["no room", "gone later", "closed"])
def test_a_browser_that_stops_keeping_things_still_checks_with_the_network(
    hall: PaperHall, page: Page, fault: str
) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code)
    page.add_init_script(fault)
    assert opened(page, hall.office.paper(claims)) == "真实有效"
    expect(page.locator("#offline")).to_have_text("这个浏览器不能离线核验。")
    assert opened(page, f"{hall.url}/C/{claims.short_code}") == "签名未核"
    assert rows(page)["种类"] == "居住证明"


def test_site_data_may_be_cleared_while_the_page_is_open(hall: PaperHall, page: Page) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code)
    page.goto(f"{hall.url}/verify")
    expect(page.locator("#offline")).to_have_text("本页已可离线使用。")
    tools = page.context.new_cdp_session(page)
    tools.send("Storage.clearDataForOrigin", {"origin": hall.url, "storageTypes": "indexeddb"})
    page.get_by_label("短码").fill(claims.short_code)
    page.get_by_role("button", name="查登记").click()
    expect(page.locator("#entry")).to_contain_text("居住证明")


@pytest.mark.parametrize("what", ["paper", "short code"])
def test_what_nobody_foresaw_ends_in_words_and_not_in_checking_for_ever(hall: PaperHall, page: Page, what: str) -> None:
    claims = hall.office.claims()
    page.add_init_script("crypto.subtle.digest = () => { throw new Error('unforeseen') }")
    page.goto(hall.office.paper(claims) if what == "paper" else f"{hall.url}/C/{claims.short_code}")
    expect(page.locator("#sentence")).to_have_text("没有核验成功，请再试一次。")
    expect(page.get_by_label("短码")).to_be_visible()
    assert complaints == ["unforeseen"]
    complaints.clear()


class Publishing(dict[str, bytes]):
    """The documents of ``office``, which publishes newer ones as soon as its index was asked for."""

    def __init__(self, office: Office) -> None:
        super().__init__(office.documents)
        self._office = office

    def __getitem__(self, name: str) -> bytes:
        data = super().__getitem__(name)
        if name == "index":
            self._office.publish(age=300)
        return data


def test_a_hall_that_publishes_in_between_is_asked_once_more(hall: PaperHall, page: Page) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code)
    hall.office.documents = Publishing(hall.office)
    assert opened(page, hall.office.paper(claims)) == "真实有效"
    assert hall.asked.count("/lists/index") == 2


def test_a_hall_whose_lists_never_fit_is_not_asked_for_ever(hall: PaperHall, page: Page) -> None:
    old = hall.office.documents["status/0"]
    hall.office.publish(age=300)
    hall.office.documents["status/0"] = old
    assert opened(page, hall.office.paper()) == "查不到签发机关"
    assert hall.asked.count("/lists/index") == 2


def test_a_registry_that_is_too_busy_is_not_called_offline(hall: PaperHall, page: Page) -> None:
    hall.busy = True
    assert opened(page, hall.office.paper()) == "真实有效"
    expect(page.locator("#unasked")).to_have_text("这次没有核对大厅登记。")


def test_without_its_words_the_page_says_that_it_is_not_whole(hall: PaperHall, page: Page) -> None:
    page.route("**/words.json", lambda route: route.abort())
    page.goto(hall.office.paper())
    expect(page.locator("#sentence")).to_contain_text("网页没有下载完整")


def test_a_pdf_page_that_cannot_be_drawn_is_called_that(hall: PaperHall, page: Page, tmp_path: Path) -> None:
    page.add_init_script(
        "CanvasRenderingContext2D.prototype.getImageData = () => { throw new RangeError('Out of memory') }"
    )
    page.goto(f"{hall.url}/verify")
    page.locator("input[type=file]").set_input_files(sheet(hall.office.paper(), tmp_path / "paper.pdf"))
    expect(page.locator("#sentence")).to_have_text("文件有一页打不开，请给纸拍张照片。")


def test_the_number_to_call_is_the_halls(hall: PaperHall, page: Page) -> None:
    hall.renamed("江畔新厅", hotline="0990123")
    opened(page, hall.office.forged())
    expect(page.get_by_role("link", name="咨询 0990123")).to_have_attribute("href", "tel:0990123")
