"""The page in somebody's hand: short codes, languages, keys, weight, time."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from tests.hall.web.verify.paper_hall import PaperHall
from tests.hall.web.verify.reading import opened, rows
from tests.hall.web.verify.verdicts import verdict_ms


def test_an_address_without_what_was_signed_is_never_green(hall: PaperHall, page: Page) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code, copies=2)
    assert opened(page, f"{hall.url}/C/{claims.short_code}") == "签名未核"
    expect(page.locator("#banner")).to_have_class("banner plain")
    shown = rows(page)
    assert shown["种类"] == "居住证明"
    assert shown["状态"] == "没有撤销"
    assert "姓名" not in shown


def test_a_typed_short_code_finds_the_record_and_nothing_else(hall: PaperHall, page: Page) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code, status="revoked")
    page.goto(f"{hall.url}/verify")
    field = page.get_by_label("短码")
    field.fill("7K3M-9QX2")
    page.get_by_role("button", name="查登记").click()
    expect(page.locator("#hint")).to_contain_text("16 位短码")
    code = claims.short_code.lower().replace("0", "o").replace("1", "l")
    field.fill("-".join(code[start : start + 4] for start in range(0, 16, 4)))
    page.get_by_role("button", name="查登记").click()
    expect(page.locator("#word")).to_have_text("已撤销")
    expect(page.locator("#banner")).to_have_class("banner warn")
    page.get_by_text("再验一张").click()
    page.get_by_label("短码").fill(hall.office.claims().short_code)
    page.get_by_role("button", name="查登记").click()
    expect(page.locator("#entry")).to_contain_text("没有这个短码")


def test_the_page_speaks_english_and_remembers_it(hall: PaperHall, page: Page) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code)
    opened(page, hall.office.paper(claims))
    page.get_by_role("button", name="EN").click()
    expect(page.locator("#word")).to_have_text("Genuine and valid")
    expect(page.locator("#other-word")).to_have_text("真实有效")
    assert rows(page)["Certificate"] == "Certificate of Residence"
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(f"{hall.url}/verify")
    expect(page.locator("#word")).to_have_text("Check a certificate")


def test_the_electronic_copy_is_asked_for_by_a_hash_and_nothing_else(hall: PaperHall, page: Page) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code)
    hall.pdf = b"%PDF-1.7 signed"
    opened(page, hall.office.paper(claims))
    with page.expect_download() as download:
        page.get_by_text("保存电子件").click()
    assert download.value.path().read_bytes() == hall.pdf
    assert download.value.suggested_filename.startswith("99JZ-")
    (sent,) = [body for body in hall.bodies if body]
    assert list(json.loads(sent)) == ["digest"]
    assert len(json.loads(sent)["digest"]) == 64
    hall.pdf = b""
    page.get_by_text("保存电子件").click()
    expect(page.get_by_text("现在取不到电子件")).to_be_visible()


def test_the_page_weighs_little_until_the_scanner_is_opened(hall: PaperHall, page: Page) -> None:
    opened(page, hall.office.paper())
    expect(page.locator("#offline")).to_be_visible()
    assert hall.sent <= 300_000
    assert not any("zxing" in address or "pdf" in address for address in hall.asked)


def test_keys_are_large_enough_and_nothing_runs_over_the_edge(hall: PaperHall, page: Page) -> None:
    long = hall.office.claims(name="Aleksandra-Konstantinopolitanskaya Testt", fields=("路" * 35, 43_900, 1))
    hall.register(long.short_code)
    for paper in (hall.office.paper(long), hall.office.forged(), f"{hall.url}/verify"):
        page.goto(paper)
        expect(page.locator(".key").first).to_be_visible()
        for language in ("EN", "中文"):
            page.get_by_role("button", name=language, exact=True).click()
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            assert page.locator(".key").evaluate_all("keys => Math.min(...keys.map((key) => key.offsetHeight))") >= 56


def test_a_verdict_takes_less_than_a_tenth_of_a_second(hall: PaperHall, page: Page) -> None:
    paper = hall.office.paper()
    opened(page, paper)
    expect(page.locator("#offline")).to_be_visible()
    assert max(verdict_ms(page, hall.office.host, [paper] * 5)) <= 100
