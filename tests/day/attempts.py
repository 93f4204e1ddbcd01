"""What those need who attack a binding, and where the hall writes down that they did."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import expect
from sqlalchemy import update

from hall.binding.models import BindTry
from hall.binding.tries import LIFE_MS, LIVE
from hall.models import Role
from tests.day.check import Seen
from tests.day.impostor import Listener, Request
from tests.day.world import Place, World
from tests.hall.terminal import Terminal, enrolment
from tests.stand.browser import chromium
from tests.stand.kiosk import until

PASSWORD = "correct horse 8"


class Attempts:
    """What the hall's trail, which staff read, says of bindings that were refused."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.count = 0
        self._last = 0
        self._newer()

    def recorded(self, *details: str) -> None:
        """These, since the last time. An old code that goes out of date meanwhile may stand there too."""
        found = Counter(self._newer())
        assert Counter(details) <= found, f"the trail says {dict(found)} and not {details}"
        self.count += len(details)

    def _newer(self) -> list[str]:
        rows = "SELECT id, detail FROM trail WHERE verb = 'bind_refused' AND id > ? ORDER BY id"
        found = self._world.hall.rows(rows, self._last)
        self._last = found[-1][0] if found else self._last
        return [str(detail) for _, detail in found]


@contextmanager
def listening(world: World) -> Iterator[Listener]:
    """Somebody hears, from now on, all that kiosks and hall say to each other."""
    with Listener(world.hall) as listener:
        world.cable.target = listener.port
        world.cable.cut()  # a line that is up already would go past the listener
        world.cable.mend()
        try:
            for place in world.places():
                until("a kiosk is heard", partial(listener.heard.get, (place.id, "/v1/heartbeat")), 30)
            yield listener
        finally:
            world.cable.target = world.hall.port


def two_minutes_later(world: World, place: Place) -> None:
    """The code on this kiosk's screen becomes as old as it may."""
    store = world.hall.store()
    try:
        with store.writing() as session:
            older = update(BindTry).where(BindTry.kiosk == place.id, BindTry.state.in_(LIVE))
            session.execute(older.values(began=BindTry.began - LIFE_MS, until=BindTry.until - LIFE_MS))
    finally:
        store.close()


def enrolled(world: World, listener: Listener) -> Terminal:
    """A kiosk of this hall, in a thief's hands."""
    key = ec.generate_private_key(ec.SECP256R1())
    wish = json.dumps(enrolment(world.hall.code(), key)).encode()
    told = {"host": f"localhost:{world.hall.port}", "content-type": "application/json"}
    said = listener.send(Request("POST", "/v1/enrol", told, wish))
    assert said.status == 200, said
    return Terminal(key, json.loads(said.body), told["host"])


def staff_see(seen: Seen) -> None:
    """Each row of it, on the page of those who watch over the hall."""
    world = seen.world
    world.hall.clerk("罗查看", PASSWORD, Role.SUPERVISOR, "")
    with chromium(world.hall.keys.server_certificate) as browser, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{world.hall_url}/staff/sign-in")
        page.get_by_label("姓名").fill("罗查看")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.goto(f"{world.hall_url}/staff/trail")
        expect(page.get_by_text("绑定被拒").first).to_be_visible()
        seen.browser(page, "-trail")
