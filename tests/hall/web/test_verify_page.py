"""The verifier page in Debian's chromium, over TLS, the way a phone opens it from the code on a paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright

from certificates.keys import FileKey
from hall import authority, catalogue
from hall.settings import Settings
from hall.state import Hall
from hall.store import Store
from tests.hall.web.paper_hall import PaperHall
from tests.hall.web.papers import DAY, Office
from tests.hall.web.scans import camera, sheet
from tests.hall.web.verdicts import verdict_ms
from tests.stand.kiosk import until
from tests.stand.phone import CHROMIUM, PHONE, arguments, phone

NAME = "测试人"


@pytest.fixture(scope="module")
def player() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def one_hall(tmp_path_factory: pytest.TempPathFactory, hall_keys: Path, empty: Path) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    store = Store(Path(copy(empty, folder)))
    settings = Settings(data=folder)
    keys = authority.load(hall_keys, settings.hosts, datetime.now(UTC))
    yield Hall(settings, store, keys, catalogue.load(), lambda: datetime.now(UTC))
    store.close()


@pytest.fixture(scope="module")
def standing(one_hall: Hall) -> Iterator[PaperHall]:
    hall = PaperHall(one_hall)
    yield hall
    hall.close()


@pytest.fixture
def hall(standing: PaperHall) -> PaperHall:
    return standing.opened()


@pytest.fixture(scope="module")
def browser(player: Playwright, standing: PaperHall) -> Iterator[Browser]:
    browser = player.chromium.launch(executable_path=CHROMIUM, args=arguments(standing.certificate))
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone that was never here before."""
    with browser.new_context(**PHONE, locale="zh-CN") as context:
        yield listened(context)


complaints: list[str] = []


@pytest.fixture(autouse=True)
def _no_complaints() -> Iterator[None]:
    complaints.clear()
    yield
    assert complaints == []


def complained(said: ConsoleMessage) -> None:
    if "Failed to load resource" not in said.text:
        complaints.append(said.text)


def listened(context: BrowserContext) -> Page:
    """A page; what the browser complains of fails the test, but for what is not there."""
    page = context.new_page()
    page.on("console", complained)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(10_000)
    return page


def opened(page: Page, paper: str) -> str:
    """Opens the address in the code, as a phone's camera does; the result's word."""
    page.goto(paper)
    expect(page.locator("#banner")).not_to_contain_text("正在核验")
    expect(page.locator("#advice, #entry")).to_be_visible()
    return page.locator("#word").inner_text()


def rows(page: Page) -> dict[str, str]:
    """Label and value of what is shown."""
    pairs = page.locator(".rows > div").all()
    return {pair.locator("dt").inner_text(): pair.locator("dd").inner_text() for pair in pairs}


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


def forged(office: Office) -> str:
    return office.paper(key=FileKey.fresh())


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
    "another signer": (forged, "不是真的", "bad", "签名不对"),
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


def test_a_revoked_paper_tells_since_when_where_the_hall_says_so(hall: PaperHall, page: Page) -> None:
    claims = hall.office.claims()
    hall.office.revoked = {claims.status}
    hall.office.publish()
    hall.register(claims.short_code, status="revoked", revoked_at=1_795_000_000)
    opened(page, hall.office.paper(claims))
    assert rows(page)["撤销"] == "2026年11月18日"


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
        assert opened(page, forged(office)) == "不是真的"
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


def test_a_name_is_text_whatever_it_looks_like(hall: PaperHall, page: Page) -> None:
    name = "<img src=x onerror=alert(1)>&copy;مثال"
    opened(page, hall.office.paper(hall.office.claims(name=name)))
    assert rows(page)["姓名"] == name
    assert page.locator("main img").count() == 0
    assert page.locator("dd bdi").count() == page.locator("dd").count()


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


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_photo_and_a_pdf_of_a_paper_are_read_on_the_phone(
    hall: PaperHall, page: Page, tmp_path: Path, kind: str
) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code)
    page.goto(f"{hall.url}/verify")
    page.locator("input[type=file]").set_input_files(sheet(hall.office.paper(claims), tmp_path / f"paper.{kind}"))
    expect(page.locator("#word")).to_have_text("真实有效")
    assert rows(page)["姓名"] == NAME
    assert page.url == f"{hall.url}/verify"
    assert not any(hall.bodies)


@pytest.mark.parametrize("name", ["blank.png", "blank.pdf", "no.pdf", "no.png"])
def test_a_file_without_a_code_says_so(hall: PaperHall, page: Page, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    if name.startswith("blank"):
        Image.new("RGB", (600, 800), "white").save(file)
    else:
        file.write_bytes(b"%PDF-1.7 and nothing else" if name.endswith("pdf") else b"no picture at all")
    page.goto(f"{hall.url}/verify")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("#reason")).to_have_text("里面没有读到二维码。")


@pytest.mark.parametrize("ours", [True, False], ids=["ours", "look-alike host"])
def test_the_camera_reads_a_paper_held_before_it(
    hall: PaperHall, player: Playwright, tmp_path: Path, ours: bool
) -> None:
    office = hall.office if ours else Office("hall-of-somebody.example")
    claims = office.claims()
    hall.register(claims.short_code)
    film = camera(office.paper(claims), tmp_path / "camera.mjpeg")
    with phone(hall.certificate, tmp_path / "phone", film, player=player) as context:
        page = listened(context)
        page.goto(f"{hall.url}/verify")
        page.get_by_text("扫二维码").click()
        expect(page.locator("#word")).to_have_text("真实有效" if ours else "不是本系统的证明")
        assert page.locator("video").count() == 0
        if not ours:
            assert NAME not in page.content()


def test_scanning_goes_on_in_another_language_and_ends_when_it_is_told_to(
    hall: PaperHall, player: Playwright, tmp_path: Path
) -> None:
    film = tmp_path / "camera.mjpeg"
    Image.new("RGB", (640, 480), "grey").save(film, "JPEG")
    film.write_bytes(film.read_bytes() * 10)
    with phone(hall.certificate, tmp_path / "phone", film, player=player) as context:
        page = listened(context)
        page.goto(f"{hall.url}/verify")
        page.get_by_text("扫二维码").click()
        playing = "() => document.querySelector('video')?.currentTime ?? 0"
        until("the camera to be on", lambda: page.evaluate(playing) > 0)
        page.get_by_role("button", name="EN").click()
        before = page.evaluate(playing)
        until("the camera to go on", lambda: page.evaluate(playing) > before)
        camera_on = page.evaluate_handle("document.querySelector('video').srcObject.getTracks()[0]")
        page.get_by_text("Stop scanning").click()
        assert camera_on.evaluate("(track) => track.readyState") == "ended"
        expect(page.locator("#short-code")).to_be_visible()


def test_without_a_camera_the_page_names_the_other_ways(hall: PaperHall, page: Page) -> None:
    page.goto(f"{hall.url}/verify")
    page.get_by_text("扫二维码").click()
    expect(page.locator("#sentence")).to_have_text("相机打不开。可以选照片，或输入短码。")
    expect(page.get_by_label("短码")).to_be_visible()


def test_the_page_weighs_little_until_the_scanner_is_opened(hall: PaperHall, page: Page) -> None:
    opened(page, hall.office.paper())
    expect(page.locator("#offline")).to_be_visible()
    assert hall.sent <= 300_000
    assert not any("zxing" in address or "pdf" in address for address in hall.asked)


def test_keys_are_large_enough_and_nothing_runs_over_the_edge(hall: PaperHall, page: Page) -> None:
    long = hall.office.claims(name="Aleksandra-Konstantinopolitanskaya Testt", fields=("路" * 35, 43_900, 1))
    hall.register(long.short_code)
    for paper in (hall.office.paper(long), forged(hall.office), f"{hall.url}/verify"):
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
