"""Somebody holds a paper and doubts it: the page, the command and the kiosk give one answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote

import cv2
import numpy as np
from playwright.sync_api import Page, Request, expect
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates.verdict import Result
from tests.day.certificates import (
    Paper,
    a_phone,
    at_kiosk,
    by_command,
    certificate,
    issuing,
    leave,
    leave_with,
    opened,
    page_of,
    paper_of,
    word,
)
from tests.day.check import Seen, check
from tests.day.checks.certificates import registered
from tests.day.people import somebody
from tests.day.visits import go
from tests.day.world import Place, World
from tests.stand.kiosk import until

WORDS: Final = {
    Result.VALID: "真实有效",
    Result.EXPIRED: "已过期",
    Result.REVOKED: "已撤销",
    Result.FORGED: "不是真的",
}


def issued(seen: Seen, name: str, file: str, place: str = "A", paper: str = "80mm") -> Paper:
    """A certificate that is out, taken, and known to the hall."""
    at = seen.world.place(place)
    made = certificate(at, somebody(name), paper, seen.paper(file))
    go(at)
    registered(seen.world, made.short_code)
    leave_with(seen, made, "valid", somebody(name))
    return made


def genuine(seen: Seen, paper: str = "80mm") -> Paper:
    """A good paper of today, issued now where there is none yet."""
    kept = seen.world.kept
    if paper not in kept:
        kept[paper] = issued(seen, "王小明" if paper == "80mm" else "李秀英", f"genuine-{paper}", paper=paper)
    found: Paper = kept[paper]
    return found


def everywhere(
    seen: Seen, paper: Paper, result: Result, reason: str = "", tells: Sequence[str] = (), hides: Sequence[str] = ()
) -> None:
    """The same answer on the page, at the command line and under the kiosk's scanner.

    Both screens show all that it ``tells`` and nothing that it ``hides``.
    """
    world, place = seen.world, seen.world.place()
    (said,) = by_command(world, paper.file)
    assert (said["result"], said["exit"]) == (result.value, 0 if result is Result.VALID else 1), said
    assert not reason or said["reason"] == reason, said
    with a_phone(world, seen.name) as context:
        page = opened(context, paper.text)
        assert word(page) == WORDS[result], f"the page says {word(page)}"
        _told_and_hidden("the page", page.locator("body").inner_text(), tells, hides)
        seen.browser(page)
    _news(place, world)
    screen = at_kiosk(place, paper)
    assert WORDS[result] in screen, f"the kiosk says {screen}"
    _told_and_hidden("the kiosk", screen, tells, hides)
    seen.picture()
    leave(place)
    leave_with(seen, paper, result.value)


def _told_and_hidden(who: str, text: str, tells: Sequence[str], hides: Sequence[str]) -> None:
    missing, shown = [each for each in tells if each not in text], [each for each in hides if each in text]
    assert not missing, f"{who} does not tell {missing}: {text}"
    assert not shown, f"{who} shows {shown}: {text}"


def _news(place: Place, world: World) -> None:
    """Wait until the kiosk has the lists of now."""
    world.news_arrives(place)


@check("verify-page-in-browser")
def page_in_browser(seen: Seen) -> str:
    world = seen.world
    paper = genuine(seen)
    with a_phone(world, "first") as context:
        sent: list[str] = []
        context.on("request", lambda request: sent.append(_said(request)))  # the service worker's too
        page = context.new_page()
        page.goto(paper.text)
        expect(page.locator("#word")).to_have_text("真实有效", timeout=20_000)
        text = page.locator("main").inner_text()
        seen.browser(page)
        for told in ("居住证明", "王小明", "无名市无名路1号", "子女入学", "这不能证明持纸人就是本人"):
            assert told in text, f"{told} is not on the page"
        assert "#" not in page.url, "the content stayed in the address"
        page.locator("#language").click()
        expect(page.locator("#word")).to_have_text("Genuine and valid")
        seen.browser(page, "-en")
        until("the page keeps itself", partial(_keeps, page), 30)
    assert len(sent) > 10, f"not all requests were seen: {sent}"
    holder, digits = paper.holder, paper.text.partition("#")[2]
    assert holder
    asked_for = (f"/C/{paper.short_code}", f"/c/{paper.short_code}.json")  # the page itself, and the registry
    for line in sent:
        rest = line.replace(asked_for[0], "").replace(asked_for[1], "")
        masked = holder.number[:3] + holder.number[-4:]
        for told in (holder.name, holder.number, masked, digits[:40], digits[-40:], paper.short_code):
            assert told not in rest, f"the content was sent: {line[:300]}"
    return "the address on the paper opens the page, which shows what the paper says and sends nothing of it"


def _said(request: Request) -> str:
    """What the hall is told by a request: its address without the fragment, which stays, its headers and its body."""
    headers = " ".join(f"{name}: {value}" for name, value in request.headers.items())
    return unquote(f"{request.method} {request.url.partition('#')[0]} {headers} {request.post_data or ''}")


@check("verify-page-offline")
def page_offline(seen: Seen) -> str:
    world = seen.world
    first = genuine(seen)
    second = issued(seen, "吕后到", "offline-second")
    with a_phone(world, "offline-page") as context:
        page = opened(context, first.text)
        expect(page.locator("#offline")).to_have_text("本页已可离线使用。", timeout=30_000)
        until("the page keeps itself", partial(_keeps, page), 30)
        world.hall.kill()
        try:
            page = context.new_page()
            page.goto(second.text)
            expect(page.locator("#word")).to_have_text("真实有效", timeout=20_000)
            text = page.locator("main").inner_text()
            assert "吕后到" in text
            assert "撤销名单" in text, "the page does not say how old its list is"
            seen.browser(page)
        finally:
            world.hall.start()
            world.cable.target = world.hall.port
    issuing(world.place(), seconds=60)
    return "with the hall's process killed, a paper that was never opened before is verified on the phone"


def _keeps(page: Page) -> bool:
    return bool(page.evaluate("async () => !!(await navigator.serviceWorker.getRegistration())?.active"))


@check("verify-cli")
def by_the_command(seen: Seen) -> str:
    world = seen.world
    slip, sheet = genuine(seen), genuine(seen, "a4")
    text = seen.paper("cli").with_suffix(".txt")
    text.write_text(slip.text, "ascii")
    said = by_command(world, slip.file, sheet.file, text)
    assert [line["result"] for line in said] == ["valid"] * 3, said
    assert {line["exit"] for line in said} == {0}
    assert said[0]["content"]["name"] == "王小明"
    assert said[1]["content"]["name"] == "李秀英"
    assert said[2]["short_code"] == slip.short_code
    assert set(said[0]) - {"exit", "file"} == {"result", "reason", "content", "list_age_s", "short_code"}
    blank = seen.paper("cli-blank")
    cv2.imwrite(str(blank), np.full((400, 400), 255, np.uint8))
    seen.expect(blank, "", "unreadable", {})
    (nothing,) = by_command(world, blank)
    assert (nothing["result"], nothing["exit"]) == ("unreadable", 2), f"a blank page: {nothing}"
    seen.text("\n".join(map(str, said)))
    return "a picture, a PDF and a text are valid (0); a blank page is unreadable (2)"


@check("signed-pdf-from-phone")
def signed_pdf(seen: Seen) -> str:
    world, paper = seen.world, genuine(seen, "a4")
    kept = seen.paper("from-phone").with_suffix(".pdf")
    with a_phone(world, "keeps") as context:
        page = opened(context, paper.text)
        with page.expect_download(timeout=30_000) as download:
            page.get_by_role("button", name="保存电子件").click()
        download.value.save_as(kept)
    signatures = PdfFileReader(BytesIO(kept.read_bytes())).embedded_signatures
    assert len(signatures) == 1, f"{len(signatures)} signatures: a PDF reader sees no signature of the issuer"
    read: Callable[[str], Any] = load_cert_from_pemder
    trust = ValidationContext(trust_roots=[read(str(world.hall.ca))], allow_fetching=False)
    status = validate_pdf_signature(signatures[0], trust)
    assert status.bottom_line, "the signature does not hold"
    (said,) = by_command(world, kept)
    assert said["result"] == "valid", said
    apart = int(np.count_nonzero(page_of(kept) != page_of(paper.file)))
    assert apart == 0, f"the PDF is not the sheet that was printed: {apart} dots differ"
    leave_with(seen, paper_of(page_of(kept), kept), "valid", paper.holder)
    issuer = status.signing_cert.subject.native["organization_name"]
    return f"the phone keeps a PDF that {issuer} signed, whole; it is the printed sheet, dot by dot"


@check("verify-at-kiosk")
def at_the_kiosk(seen: Seen) -> str:
    place = seen.world.place()
    paper = genuine(seen)
    text = at_kiosk(place, paper)
    seen.picture()
    assert "真实有效" in text, text
    assert "王小明" not in text, "the full name is on the screen though nobody holds its key"
    assert "王*明" in text, text
    assert "这不能证明持纸人就是本人" in text, text
    leave(place)
    return "a paper held under the scanner is genuine, its name masked until a key is held"
