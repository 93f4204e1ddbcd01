"""The page's own eyes: camera, photo, PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, expect

from tests.hall.web.verify.paper_hall import PaperHall
from tests.hall.web.verify.papers import Office
from tests.hall.web.verify.reading import NAME, listened, rows
from tests.hall.web.verify.scans import beside, camera, film, picture, sheet, sheets, shop
from tests.stand.kiosk import until
from tests.stand.phone import phone


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


SEVERAL = "看到几张不同的证明，请一次只验一张。"


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_of_several_papers_in_one_file_none_is_judged(hall: PaperHall, page: Page, tmp_path: Path, kind: str) -> None:
    papers = [hall.office.paper() for _ in range(3)]
    page.goto(f"{hall.url}/verify")
    page.locator("input[type=file]").set_input_files(sheets(["", *papers], tmp_path / f"papers.{kind}"))
    expect(page.locator("#sentence")).to_have_text(SEVERAL)
    assert page.locator("#content").count() == 0
    page.get_by_role("button", name="EN").click()
    expect(page.locator("#sentence")).to_have_text("There are several certificates. Check one paper at a time.")


def test_the_same_paper_on_two_pages_is_one(hall: PaperHall, page: Page, tmp_path: Path) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code)
    page.goto(f"{hall.url}/verify")
    page.locator("input[type=file]").set_input_files(sheets([hall.office.paper(claims)] * 2, tmp_path / "twice.pdf"))
    expect(page.locator("#word")).to_have_text("真实有效")


def test_a_file_of_which_not_all_pages_can_be_looked_at_is_not_judged(
    hall: PaperHall, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{hall.url}/verify")
    file = sheets([hall.office.paper(), *[""] * 9, hall.office.paper()], tmp_path / "eleven.pdf")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("#sentence")).to_have_text("文件超过 10 页，请只选证明那一页。")


def test_a_shop_s_code_hides_no_paper_that_only_a_larger_picture_shows(
    hall: PaperHall, page: Page, tmp_path: Path
) -> None:
    claims = hall.office.claims()
    hall.register(claims.short_code)
    table = Image.new("RGB", (3000, 2000), "white")
    table.paste(shop(), (200, 200))
    table.paste(picture(hall.office.paper(claims), 1), (2000, 1500))
    table.save(tmp_path / "table.png")
    page.goto(f"{hall.url}/verify")
    page.locator("input[type=file]").set_input_files(tmp_path / "table.png")
    expect(page.locator("#word")).to_have_text("真实有效")
    shop().save(tmp_path / "shop.png")
    page.get_by_text("再验一张").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "shop.png")
    expect(page.locator("#word")).to_have_text("不是本系统的证明")


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


def test_of_two_papers_before_the_camera_none_is_judged(hall: PaperHall, player: Playwright, tmp_path: Path) -> None:
    both = beside([picture(hall.office.paper(), 5) for _ in range(2)])
    seen = film(both, tmp_path / "camera.mjpeg")
    with phone(hall.certificate, tmp_path / "phone", seen, player=player) as context:
        page = listened(context)
        page.goto(f"{hall.url}/verify")
        page.get_by_text("扫二维码").click()
        expect(page.locator("#sentence")).to_have_text(SEVERAL)


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
