"""A hall, and a phone that was never there before; what the browser complains of fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from hall import authority, catalogue
from hall.settings import Settings
from hall.state import Hall
from hall.store import Store
from tests.hall.web.verify.paper_hall import PaperHall
from tests.hall.web.verify.reading import complaints, listened
from tests.stand.phone import CHROMIUM, PHONE, arguments


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


@pytest.fixture(autouse=True)
def _no_complaints() -> Iterator[None]:
    complaints.clear()
    yield
    assert complaints == []
