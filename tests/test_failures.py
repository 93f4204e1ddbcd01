"""Every failure code that a screen can show has its page, and every page has its code."""

from __future__ import annotations

from pathlib import Path

from devices import printer, reader, scanner, sheets
from kiosk import faults as kiosk_faults
from offline_cache import faults as cache_faults

PAGES = Path(__file__).resolve().parent.parent / "docs" / "failures"
CODES = {
    fault.value
    for faults in (reader.Fault, printer.Fault, sheets.Fault, scanner.Fault, cache_faults.Fault, kiosk_faults.Fault)
    for fault in faults
}


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == CODES


def test_a_page_says_what_the_citizen_sees_why_and_what_to_do_in_both_languages() -> None:
    for page in PAGES.glob("*.md"):
        text = page.read_text("utf-8")
        assert text.startswith(f"# {page.stem} "), page.name
        assert any("一" <= sign <= "鿿" for sign in text), page.name
        assert len(text) < 3_000, page.name
