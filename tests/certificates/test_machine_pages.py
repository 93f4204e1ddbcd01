"""Pages about the machine itself: every word of the report is on them, however many parts there are."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2
import pytest

from certificates.machine_pages import report_page, trial_page

AT = 1_795_147_200
SIGNS = ("ok", "warn", "bad", "unknown")


def part(number: int) -> dict[str, Any]:
    sign = SIGNS[number % 4]
    return {
        "part": f"part-{number}",
        "name": {"zh": f"部件{number}号", "en": f"Part number {number}"},
        "sign": sign,
        "code": f"P{100 + number}" if sign == "bad" else "",
        "says": {"zh": f"情况{number}如此", "en": f"It stands so {number}"},
    }


def report(parts: int = 4, **changes: Any) -> dict[str, Any]:
    tests = [
        {"test": "touch", "name": {"zh": "触摸", "en": "Touch"}, "counts": False},
        {"test": "voice", "name": {"zh": "声音", "en": "Sound"}, "counts": True, "passed": True,
         "at": "2026-11-20T11:40:00+08:00", "by": "T-014"},
        {"test": "card", "name": {"zh": "读卡", "en": "Card reader"}, "counts": False, "passed": False,
         "at": "2026-11-19T10:30:00+08:00", "by": "T-015"},
        {"test": "printer", "name": {"zh": "号票打印", "en": "Slip printer"}, "counts": False, "passed": True,
         "at": "2026-09-01T09:20:00+08:00", "by": "T-016"},
    ]  # fmt: skip
    counts = {"recorded": 71, "in-hand": 11, "printed": 22, "void": 33, "uncertain": 5}
    made = {
        "format": 1,
        "kiosk": "K-0203",
        "number": "03",
        "hall": "hall.example:8443",
        "at": "2026-11-20T12:00:00+08:00",
        "by": "T-014",
        "version": "0.1.0",
        "sqlite": "3.40.1",
        "ready": False,
        "parts": [part(number) for number in range(parts)],
        "tests": tests,
        "copies": dict.fromkeys(("ticket", "certificate", "extract"), counts),
        "in-doubt": 5,
        "journal": {"lines": 4_711, "sealed-until": "2026-11-19", "altered": None},
    }
    return made | changes


def pages(pdf: bytes) -> list[str]:
    """The text of each page as a reader copies it, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return ["".join(text.replace("​", "").split()) for text in texts]


def on(pdf: bytes, *words: str) -> None:
    said = "".join(pages(pdf))
    for each in words:
        assert "".join(each.split()) in said, each


def test_every_text_of_a_report_is_on_its_page() -> None:
    made = report()
    page = report_page(made)
    for each in made["parts"]:
        on(page, each["name"]["zh"], each["name"]["en"], each["says"]["zh"], each["says"]["en"], each["code"])
    for test in made["tests"]:
        on(page, test["name"]["zh"], test["name"]["en"], test.get("by", ""))
        on(page, test["at"].replace("T", " ")[:16] if "at" in test else "")
    on(page, "K-0203", "hall.example:8443", "2026-11-20 12:00", "0.1.0", "SQLite 3.40.1", "本机还不能开放")
    on(page, "71", "11", "22", "33", "4711 行", "已封存到 2026-11-19", "已过期")


def test_a_ready_machine_says_so_and_never_both() -> None:
    said = "".join(pages(report_page(report(ready=True))))
    assert "本机可以开放" in said
    assert "本机还不能开放" not in said


def test_an_altered_journal_is_named_by_its_line() -> None:
    page = report_page(report(journal={"lines": 40, "sealed-until": None, "altered": "journal.2:41"}))
    on(page, "日志被改过", "journal.2:41")


def test_a_journal_that_cannot_be_read_is_not_called_whole() -> None:
    page = report_page(report(journal=None))
    on(page, "日志读不到")
    assert "完整" not in "".join(pages(page))


def test_forty_parts_go_over_several_pages_and_none_is_lost() -> None:
    made = report(parts=40)
    page = report_page(made)
    assert len(pages(page)) > 1
    on(page, *(each["name"]["zh"] for each in made["parts"]), *(each["says"]["en"] for each in made["parts"]))
    for number, text in enumerate(pages(page), 1):
        assert f"{number}/{len(pages(page))}" in text


@pytest.mark.parametrize("mark", ["#panic()", "*bold*", "$x$", "<label>", "@cite", "\\", "```"])
def test_what_a_report_says_is_never_markup(mark: str) -> None:
    odd = part(0) | {"says": {"zh": f"甲{mark}乙", "en": "x"}}
    on(report_page(report() | {"parts": [odd]}), f"甲{mark}乙")


@pytest.mark.parametrize("pdf", [report_page(report()), trial_page("03 号机 K-0203", AT)], ids=["report", "trial"])
def test_the_pages_claim_pdf_a_2a(pdf: bytes) -> None:
    packet = pdf[pdf.index(b"<x:xmpmeta") : pdf.index(b"</x:xmpmeta>")].decode()
    assert re.findall(r"<pdfaid:part>([^<]*)<", packet) == ["2"]
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet


def test_the_same_report_is_the_same_bytes() -> None:
    assert report_page(report()) == report_page(report())


def test_the_test_page_is_one_page_and_says_which_machine_and_when() -> None:
    page = trial_page("03 号机 K-0203", AT)
    assert len(pages(page)) == 1
    on(page, "A4 测试页", "03 号机 K-0203", "2026-11-20 12:00", "永和国酬龘㐂锳龚")
