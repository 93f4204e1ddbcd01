"""Two departments' own services, each on its port: people sign in there as known to the hall.

They know of it what any client of OpenID Connect does: its address, its CA, an id and a secret.
"""

from __future__ import annotations

import secrets
import socket
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from threading import Thread
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from hall import authority
from hall.oidc import commands
from tests.stand.hall import RunningHall
from tests.stand.relying_party import NotSignedIn, Pending, RelyingParty

_DEADLINE_S: Final = 10.0
_WORDS: Final = {
    "name": "姓名",
    "citizen_number": "身份证号码",
    "birthdate": "出生日期",
    "phone_bound": "绑定手机",
    "acr": "核验等级",
}


@dataclass(frozen=True)
class Kind:
    """What a department is called, and what it asks for."""

    id: str
    zh: str
    en: str
    purpose_zh: str
    purpose_en: str
    scopes: tuple[str, ...]


SOCIAL: Final = Kind(
    "social-insurance",
    "江畔区社会保险服务",
    "Jiangpan Social Insurance",
    "查询您的参保记录",
    "to show your insurance record",
    ("name", "number", "assurance"),
)
CIVIL: Final = Kind(
    "civil-affairs",
    "江畔区民政服务",
    "Jiangpan Civil Affairs",
    "办理高龄津贴",
    "to pay your allowance for the aged",
    ("name", "birth", "phone_bound"),
)


class Department:
    """One service in this process; ``with Department(folder, SOCIAL) as social: social.register(hall)``."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        """Its CA and its certificate are made in ``folder``; a browser has to be told of ``certificate``."""
        self.kind = kind
        authority.create(folder, kind.zh, datetime.now(UTC))
        tls = authority.load(folder, ("localhost",), datetime.now(UTC))
        self.ca, self.certificate = folder / "ca.pem", tls.server_certificate
        self.refused: list[str] = []
        """Which rule each sign-in broke that was not believed."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._listening.getsockname()[1]}"
        self._pending: dict[str, Pending] = {}
        self._known: dict[str, dict[str, Any]] = {}
        routes = [Route("/", self._home), Route("/login", self._login), Route("/callback", self._callback)]
        config = uvicorn.Config(
            Starlette(routes=routes),
            log_level="critical",
            access_log=False,
            lifespan="off",
            ws="none",
            http="h11",
            ssl_certfile=tls.server_certificate,
            ssl_keyfile=tls.server_key,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, args=([self._listening],), name=kind.id)

    def __enter__(self) -> Department:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(_DEADLINE_S)
        self._listening.close()

    @property
    def redirect(self) -> str:
        return f"{self.url}/callback"

    def register(self, hall: RunningHall) -> None:
        """As an operator of ``hall`` lets a department in, and carries its secret over."""
        kind = self.kind
        wish = {"id": kind.id, "redirect": [self.redirect], "scope": list(kind.scopes)}
        words = {name: getattr(kind, name) for name in ("purpose_zh", "purpose_en")}
        said = commands.add(hall.settings, Namespace(name_zh=kind.zh, name_en=kind.en, **wish, **words))
        secret = said[1].removeprefix("secret ")
        self.party = RelyingParty(hall.url, hall.ca, kind.id, secret, self.redirect, kind.scopes)

    def people(self) -> list[dict[str, Any]]:
        """What this department knows of those who signed in, the oldest first."""
        return list(self._known.values())

    # the pages

    def _home(self, request: Request) -> Response:
        known = self._known.get(request.cookies.get(self._cookie, ""))
        if known is None:
            return self._page("<p><a id='login' href='/login'>用政务大厅的身份登录</a></p>")
        rows = "".join(
            f"<dt>{words}</dt><dd id='{claim}'>{escape(str(known[claim]))}</dd>"
            for claim, words in _WORDS.items()
            if claim in known
        )
        return self._page(f"<p id='signed-in'>已登录</p><dl>{rows}</dl>")

    def _login(self, _request: Request) -> Response:
        browser, pending = secrets.token_urlsafe(24), Pending()
        self._pending[browser] = pending
        response = RedirectResponse(self.party.asks(pending), 303)
        response.set_cookie(self._cookie, browser, secure=True, httponly=True, samesite="lax")
        return response

    def _callback(self, request: Request) -> Response:
        pending = self._pending.pop(request.cookies.get(self._cookie, ""), None)
        try:
            claims = self.party.signs_in(dict(request.query_params), pending)
        except NotSignedIn as why:
            self.refused.append(str(why))
            return self._page(f"<p id='refused'>没有登录：{escape(str(why))}</p>", 403)
        browser = secrets.token_urlsafe(24)
        self._known[browser] = claims
        response = RedirectResponse("/", 303)
        response.set_cookie(self._cookie, browser, secure=True, httponly=True, samesite="lax")
        return response

    @property
    def _cookie(self) -> str:
        return f"__Host-{self.kind.id}"  # cookies know no ports: departments on one host need names of their own

    def _page(self, body: str, status: int = 200) -> Response:
        head = "<!doctype html><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}
        return HTMLResponse(f"{head}<title>{self.kind.zh}</title><h1>{self.kind.zh}</h1>{body}", status, headers)


@contextmanager
def departments(hall: RunningHall, folder: Path) -> Iterator[tuple[Department, Department]]:
    """Social insurance and civil affairs, both registered at ``hall``, up until the end of the block."""
    with Department(folder / SOCIAL.id, SOCIAL) as social, Department(folder / CIVIL.id, CIVIL) as civil:
        social.register(hall)
        civil.register(hall)
        yield social, civil
