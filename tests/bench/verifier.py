"""What somebody who holds a paper waits for: the verifier page's weight, and its verdict."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect, sync_playwright

from hall.app import compose
from tests.bench.row import Row, percentile, within
from tests.hall.web.verify.paper_hall import PaperHall
from tests.hall.web.verify.verdicts import verdict_ms
from tests.stand.hall import RunningHall
from tests.stand.phone import phone

VERDICTS: Final = 60
VISITS: Final = 10


def rows(verdicts: int = VERDICTS) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as folder:
        parts = compose(RunningHall(Path(folder) / "hall", root=False).settings)
        hall = PaperHall(parts)
        try:
            return _measured(hall, Path(folder) / "phone", verdicts)
        finally:
            hall.close()
            parts.store.close()


def _measured(hall: PaperHall, memory: Path, verdicts: int) -> list[Row]:
    with sync_playwright() as player, phone(hall.certificate, memory, player=player) as context:
        page = context.new_page()
        first = _opened(page, hall)
        expect(page.locator("#offline")).to_be_visible(timeout=30_000)
        weight, requests = hall.sent / 1000, len(hall.asked)
        later = [_opened(page, hall) for _ in range(VISITS)]
        times = verdict_ms(page, hall.office.host, [hall.office.paper() for _ in range(verdicts)])
    opened = f"from the address to the word: first visit {first:.0f} ms, later median {statistics.median(later):.0f} ms"
    return [
        within(
            "verify a paper in the browser, after load, p95",
            "ms",
            percentile(times, 0.95),
            100.0,
            f"median {statistics.median(times):.1f} ms of {verdicts}, lists read from the browser's store; {opened}",
        ),
        within(
            "verifier page before the scanner is opened",
            "kB",
            weight,
            300.0,
            f"all that the first visit fetches, uncompressed: {requests} requests, lists and offline copy included",
        ),
    ]


def _opened(page: Page, hall: PaperHall) -> float:
    """Milliseconds until the verdict stands on the screen."""
    paper, from_here = hall.office.paper(), time.monotonic()
    page.goto(paper, wait_until="commit")
    expect(page.locator("#content")).to_be_visible(timeout=30_000)
    return (time.monotonic() - from_here) * 1e3
