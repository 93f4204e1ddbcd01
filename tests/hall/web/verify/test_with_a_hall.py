"""The verifier page of a hall in a process of its own, which is then killed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from certificates import code
from certificates.claims import Claims
from certificates.keys import FileKey, point
from hall.app import compose
from hall.certificates import kiosk_keys, publishing
from hall.certificates.wire import KeyWish
from hall.models import Kiosk
from tests.hall.web.verify.papers import DAY, RESIDENCE, sample
from tests.stand.hall import RunningHall
from tests.stand.phone import phone


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with RunningHall(tmp_path_factory.mktemp("hall")) as hall:
        yield hall


def kiosk_key(hall: RunningHall) -> tuple[FileKey, bytes, int]:
    """A kiosk's key that the hall has listed: the key, its kid, and when it begins."""
    key, parts = FileKey.fresh(), compose(hall.settings)
    r, s = key.sign(b"keting-certificate-key\0K-0203\0" + b"1" + point(key.public()))
    wish = KeyWish(key=point(key.public()), proof=r.to_bytes(32) + s.to_bytes(32))
    try:
        with parts.store.writing() as session:
            session.add(Kiosk(id="K-0203", number="03", key=b"", epoch=1, place_zh="区中心", place_en="Centre"))
            session.flush()
            listed = kiosk_keys.register(session, session.get_one(Kiosk, "K-0203"), wish, parts.now())
            publishing.publish(session, parts)
            return key, listed.kid, listed.nbf
    finally:
        parts.store.close()


def test_a_phone_judges_what_it_never_saw_after_the_hall_was_killed(hall: RunningHall, tmp_path: Path) -> None:
    key, kid, begins = kiosk_key(hall)

    def paper() -> str:
        claims = Claims(
            RESIDENCE.type,
            RESIDENCE.version,
            begins,
            begins + DAY,
            secrets.token_bytes(10),
            secrets.randbelow(2**20),
            "测试人",
            "9900028",
            sample(RESIDENCE),
        )
        return code.text(code.sign(claims, key, kid), claims.short_code, hall.host)

    with phone(hall.keys.server_certificate, tmp_path / "phone") as context:
        page = context.new_page()
        page.goto(paper())
        expect(page.locator("#word")).to_have_text("真实，登记稍后到达", timeout=15_000)
        expect(page.locator("#offline")).to_have_text("本页已可离线使用。", timeout=15_000)
        hall.kill()
        page.goto(paper())
        expect(page.locator("#word")).to_have_text("真实有效", timeout=15_000)
        expect(page.locator("#unasked")).to_be_visible()
        expect(page.locator("#content")).to_contain_text("测试人")
