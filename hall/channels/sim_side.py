"""What the stand-in answers: paths, fields and return codes of WeChat's interfaces, and its two pages for a person."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from hall.authority import write
from hall.channels.sim_phones import Message, Phone, Phones

APP_ID: Final = "wx99keting00000001"
TEMPLATE: Final = "keting-message"
CODE_S: Final = 300.0
"""A code is good for five minutes, and once."""
TOKEN_S: Final = 7_200


@dataclass
class Side:
    """State of the far side; ``said`` replaces its answer on a path by a status and bytes of the test's choice."""

    secret_file: Path
    phones: Phones
    url: str = ""
    said: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The paths that were asked, in order; nothing of a person."""
    secret: str = field(default="", repr=False)
    bearer: str = field(default="", repr=False)
    codes: dict[str, tuple[str, str, float]] = field(default_factory=dict, repr=False)
    """Code → what for, whose, until when."""
    used: set[str] = field(default_factory=set, repr=False)
    grants: dict[str, str] = field(default_factory=dict, repr=False)
    consents: dict[str, str] = field(default_factory=dict, repr=False)
    """Ticket of a consent page → where it sends the phone back to."""

    def __post_init__(self) -> None:
        if not self.secret_file.exists():
            write(self.secret_file, secrets.token_hex(16).encode())
        self.secret = self.secret_file.read_text("ascii").strip()

    def code(self, what: str, openid: str) -> str:
        made = secrets.token_urlsafe(24)
        self.codes[made] = (what, openid, time.monotonic() + CODE_S)
        return made

    def spent(self, code: str, what: str) -> tuple[int, str]:
        """A return code and whose ``code`` it was; from now on it was used."""
        if code in self.used:
            return 40163, ""
        known = self.codes.pop(code, None)
        if known is None or known[0] != what or time.monotonic() > known[2]:
            return 40029, ""
        self.used.add(code)
        return 0, known[1]


def application(side: Side) -> FastAPI:
    """The application that ``side`` answers with."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.middleware("http")
    async def overruled(request: Request, call_next: Any) -> Response:
        path = request.url.path
        side.asked.append(path)
        if path in side.said:
            status, body = side.said[path]
            return Response(body, status, media_type="application/json")
        response: Response = await call_next(request)
        return response

    def whoever(request: Request) -> Phone | None:
        return side.phones.get(request.headers.get("x-wechat") or request.cookies.get("wechat", ""))

    # the two pages for a person

    @app.get("/connect/oauth2/authorize")
    def authorise(
        request: Request, appid: str, redirect_uri: str, response_type: str, scope: str, state: str
    ) -> Response:
        if (appid, response_type, scope) != (APP_ID, "code", "snsapi_userinfo") or len(state) > 128:
            return HTMLResponse("参数错误", 400)
        if urlsplit(redirect_uri).scheme != "https":
            return HTMLResponse("redirect_uri 参数错误", 400)
        phone = whoever(request)
        if phone is None:
            return _choose(side, str(request.url))
        return RedirectResponse(_with(redirect_uri, code=side.code("account", phone.openid), state=state), 302)

    @app.get("/realname/consent/{ticket}")
    def consent(request: Request, ticket: str) -> Response:
        phone, back = whoever(request), side.consents.get(ticket)
        if back is None:
            return HTMLResponse("链接已失效", 404)
        if phone is None:
            return _choose(side, str(request.url))
        del side.consents[ticket]
        return RedirectResponse(_with(back, code=side.code("realname", phone.openid)), 302)

    @app.get("/phone/{openid}")
    def become(openid: str, back: str = "") -> Response:
        """The browser is this phone from now on."""
        if side.phones.get(openid) is None or (back and not back.startswith(f"{side.url}/")):
            return HTMLResponse("没有这部手机", 404)
        response = RedirectResponse(back, 302) if back else HTMLResponse("ok")
        response.set_cookie("wechat", openid, secure=True, httponly=True, samesite="lax")
        return response

    @app.get("/messages/{openid}")
    def messages(openid: str) -> Response:
        rows = "".join(
            f"<li><a href='{escape(each.url)}'><b>{escape(each.title)}</b> {escape(each.text)}</a></li>"
            for each in reversed(side.phones.messages(openid))
        )
        return _page("服务通知", f"<ul>{rows}</ul>" if rows else "<p>没有消息</p>")

    @app.put("/phones/{openid}")
    async def put(openid: str, request: Request) -> Response:
        """One phone more, for whoever runs the demonstration."""
        try:
            side.phones.add(Phone.model_validate({**json.loads(await request.body()), "openid": openid}))
        except ValueError:
            return JSONResponse({"error": "malformed"}, 400)
        return JSONResponse({}, 201)

    # what the hall asks

    @app.get("/sns/oauth2/access_token")
    def grant(appid: str, secret: str, code: str, grant_type: str) -> Response:
        if (appid, grant_type) != (APP_ID, "authorization_code"):
            return _fault(40013, "invalid appid")
        if not secrets.compare_digest(secret.encode(), side.secret.encode()):
            return _fault(40125, "invalid appsecret")
        fault, openid = side.spent(code, "account")
        phone = side.phones.get(openid)
        if fault or phone is None:
            return _fault(fault or 40029, "code been used" if fault == 40163 else "invalid code")
        token = secrets.token_urlsafe(64)
        side.grants[token] = openid
        more = {"is_snapshotuser": 1} if phone.snapshot else {}
        return _said(
            access_token=token,
            expires_in=TOKEN_S,
            refresh_token=secrets.token_urlsafe(64),
            openid=openid,
            scope="snsapi_userinfo",
            **more,
        )

    @app.get("/sns/userinfo")
    def user(access_token: str, openid: str, lang: str = "zh_CN") -> Response:
        phone = side.phones.get(openid)
        if phone is None or side.grants.get(access_token) != openid:
            return _fault(40001, "invalid credential, access_token is invalid or not latest")
        return _said(openid=openid, nickname=phone.nickname, sex=0, province="", city="", country="", privilege=[])

    @app.post("/cgi-bin/stable_token")
    async def stable(request: Request) -> Response:
        body = await _body(request)
        if (body.get("grant_type"), body.get("appid")) != ("client_credential", APP_ID):
            return _fault(40013, "invalid appid")
        if body.get("secret") != side.secret:
            return _fault(40125, "invalid appsecret")
        side.bearer = side.bearer or secrets.token_urlsafe(96)
        return _said(access_token=side.bearer, expires_in=TOKEN_S)

    @app.post("/intp/realname/getauthurl")
    async def consent_link(request: Request, access_token: str) -> Response:
        back = str((await _body(request)).get("redirect_url", ""))
        if access_token != side.bearer or not side.bearer:
            return _fault(40001, "invalid credential")
        if urlsplit(back).scheme != "https":
            return _fault(47001, "data format error")
        ticket = secrets.token_urlsafe(16)
        side.consents[ticket] = back
        return _said(errcode=0, errmsg="ok", auth_url=f"{side.url}/realname/consent/{ticket}", expires_in=int(CODE_S))

    @app.post("/intp/realname/checkrealnameinfo")
    async def check(request: Request, access_token: str) -> Response:
        body = await _body(request)
        if access_token != side.bearer or not side.bearer:
            return _fault(40001, "invalid credential")
        if body.get("cred_type") != "1":
            return _fault(47001, "data format error")
        fault, openid = side.spent(str(body.get("code", "")), "realname")
        phone = side.phones.get(openid)
        if fault or phone is None or body.get("openid") != openid:
            return _fault(fault or 40029, "invalid code")
        if not phone.number:
            return _said(errcode=0, errmsg="ok", verify_openid="V_OP_NA")
        if phone.name != body.get("real_name"):
            return _said(errcode=0, errmsg="ok", verify_openid="V_OP_NM_UM")
        same = phone.number == body.get("cred_id")
        verdict = "V_NM_ID_MA" if same else "V_NM_ID_UM"
        return _said(errcode=0, errmsg="ok", verify_openid="V_OP_NM_MA", verify_real_name=verdict)

    @app.post("/cgi-bin/message/template/send")
    async def send(request: Request, access_token: str) -> Response:
        body = await _body(request)
        if access_token != side.bearer or not side.bearer:
            return _fault(40001, "invalid credential")
        phone = side.phones.get(str(body.get("touser", "")))
        if phone is None:
            return _fault(40003, "invalid openid")
        if not phone.follows:
            return _fault(43004, "require subscribe")
        data = body.get("data", {})
        title, text = (str(data.get(key, {}).get("value", "")) for key in ("thing1", "thing2"))
        if body.get("template_id") != TEMPLATE or not title or len(title) > 20 or len(text) > 20:
            return _fault(47003, "argument invalid")
        side.phones.send(phone.openid, Message(title, text, str(body.get("url", ""))))
        return _said(errcode=0, errmsg="ok", msgid=secrets.randbelow(10**9))

    return app


async def _body(request: Request) -> dict[str, Any]:
    try:
        value = json.loads(await request.body())
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _said(**fields: Any) -> Response:
    """WeChat sends its JSON as text."""
    return Response(json.dumps(fields, ensure_ascii=False), media_type="text/plain; charset=utf-8")


def _fault(code: int, text: str) -> Response:
    return _said(errcode=code, errmsg=f"{text} rid: 00000000-00000000-00000000")


def _with(url: str, **more: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(more)}"


def _choose(side: Side, back: str) -> Response:
    query = escape(urlencode({"back": back}))
    rows = "".join(
        f"<li><a href='/phone/{escape(each.openid)}?{query}'>{escape(each.nickname)}</a></li>"
        for each in side.phones.all()
    )
    return _page("这是谁的手机", f"<ul>{rows}</ul>")


def _page(title: str, body: str) -> HTMLResponse:
    style = (
        "body{font:17px/1.5 sans-serif;margin:24px;background:#f4f2ec}li{padding:14px 0;border-top:1px solid #d3cdc0}"
    )
    head = "<meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
    return HTMLResponse(
        f"<!doctype html><html lang='zh'>{head}<title>{title}</title><style>{style}</style><h1>{title}</h1>{body}"
    )
