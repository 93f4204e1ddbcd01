"""What the page keeps: itself, the lists, and how new they were."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, Playwright, expect

from tests.hall.web.verify.paper_hall import PaperHall
from tests.hall.web.verify.reading import listened, opened, rows
from tests.stand.kiosk import until
from tests.stand.phone import phone


def test_a_paper_that_was_never_opened_is_judged_with_the_hall_gone(
    hall: PaperHall, player: Playwright, tmp_path: Path
) -> None:
    office = hall.office
    lost = office.claims()
    office.revoked = {lost.status}
    office.publish()
    with phone(hall.certificate, tmp_path / "phone", player=player) as context:
        page = listened(context)
        opened(page, office.paper())
        expect(page.locator("#offline")).to_have_text("本页已可离线使用。")
    hall.line.cut()
    with phone(hall.certificate, tmp_path / "phone", player=player) as context:
        page = listened(context)
        assert opened(page, office.paper(office.claims(copy=2))) == "真实有效"
        assert rows(page)["打印"] == "第 2 份（补打）"
        expect(page.locator("#unasked")).to_be_visible()
        expect(page.get_by_text("保存电子件")).to_have_count(0)
        assert opened(page, office.paper(lost)) == "已撤销"
        assert opened(page, office.forged()) == "不是真的"
        assert opened(page, f"{hall.url}/C/{lost.short_code}") == "现在查不了登记"
        page.goto(f"{hall.url}/verify")
        expect(page.get_by_label("短码")).to_be_visible()


def test_a_phone_that_only_saw_the_empty_page_is_ready_for_the_first_paper(hall: PaperHall, page: Page) -> None:
    page.goto(f"{hall.url}/verify")
    expect(page.locator("#offline")).to_have_text("本页已可离线使用。")
    hall.line.cut()
    assert opened(page, hall.office.paper()) == "真实有效"


def test_an_old_list_does_not_bring_a_revoked_paper_back(hall: PaperHall, page: Page) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code)
    before = hall.office.documents
    hall.office.revoked = {claims.status}
    hall.office.publish(age=300)
    assert opened(page, hall.office.paper(claims)) == "已撤销"
    expect(page.locator("#offline")).to_be_visible()
    hall.office.documents = before
    assert opened(page, hall.office.paper(claims)) == "已撤销"


def test_a_new_release_of_the_page_takes_the_place_of_the_old_one(hall: PaperHall, page: Page) -> None:
    opened(page, hall.office.paper())
    expect(page.locator("#offline")).to_be_visible()
    hall.renamed("江畔新厅")
    releases = "async () => (await caches.keys()).filter((name) => name.startsWith('keting-verify-'))"
    (old,) = page.evaluate(releases)
    opened(page, hall.office.paper())
    until("the old release to be gone", lambda: old not in page.evaluate(releases))
    opened(page, hall.office.paper())
    expect(page.locator("#hall")).to_have_text("江畔新厅")
