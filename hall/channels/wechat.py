"""WeChat: the service account's web authorisation, the city service's real-name check, template messages.

Interfaces as WeChat's documentation has them (developers.weixin.qq.com/doc/service/api): ``webdev/access`` for
``/sns/oauth2/access_token`` and ``/sns/userinfo``; ``base/api_getstableaccesstoken``;
``notify/template/api_sendtemplatemessage``. The real-name check is miniprogram/dev/platform-capabilities/cityservice/
cityservice-checkrealnameinfo, the page that asks for consent doc/offiaccount/Non_tax_pay/API_document, section 9.2
(``/intp/realname/getauthurl``).

Recall, and to be tried with a real account: that a code of that page is good for ``checkrealnameinfo`` (documented
for mini-programs only, granted to public bodies on request), that it comes back as ``code``, that a ``thing`` field of
a template holds 20 characters, and the return codes below but 40001, 40003 and 40029.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Final, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from hall.channels import ChannelDown, CodeRefused, Named, PhoneAccount
from hall.channels.asking import Asking, trusting
from hall.channels.nickname import masked

NAME: Final = "wechat"
WORDS: Final = Named("微信", "WeChat")

_BAD_CODE: Final = {40029, 40163, 41008, 42003}
"""Invalid, been used, missing, expired (global return codes of the documentation)."""
_OLD_TOKEN: Final = {40001, 40014, 42001}
"""The interface's own access token is wrong or over: a fresh one is asked for, once."""
_TAKES_NONE: Final = {40003, 43004, 43019, 43101}
"""Not a follower, or has shut this account out: a message can't reach this person."""

_EARLY_S: Final = 300
"""The far side changes its token this long before its end, and takes both meanwhile."""

Base = Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+(:[0-9]{1,5})?$")]
Openid = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{6,64}$")]
Token = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,512}$")]


class WeChatSettings(BaseModel):
    """``[channels.wechat]``"""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    app_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{4,64}$")]
    secret_file: Path
    """The AppSecret in a file of its own, relative to the hall's data folder."""
    template: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    """The template message with the fields ``thing1`` (title) and ``thing2`` (text)."""
    open: Base = "https://open.weixin.qq.com"
    api: Base = "https://api.weixin.qq.com"
    ca: Path | None = None
    """CA certificates to trust instead of the system's, relative to the hall's data folder."""
    deadline: Annotated[float, Field(gt=0, le=30)] = 5.0
    """Seconds in which a call is over."""


class _Answer(BaseModel):
    """What may come back; more may stand beside it."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, hide_input_in_errors=True)


class _Grant(_Answer):
    access_token: Token
    openid: Openid
    is_snapshotuser: int = 0
    """1: a look at the page without a sign-in, under an account that is nobody's."""


class _User(_Answer):
    openid: Openid
    nickname: Annotated[str, StringConstraints(max_length=200)]


class _Bearer(_Answer):
    access_token: Token
    expires_in: Annotated[int, Field(gt=0, le=86_400)]


class _Consent(_Answer):
    auth_url: Annotated[str, StringConstraints(pattern=r"^https://[\x21-\x7e]{1,2000}$")]


class _Checked(_Answer):
    verify_openid: Annotated[str, StringConstraints(max_length=200)]
    verify_real_name: Annotated[str, StringConstraints(max_length=200)] = ""


class _Code(_Answer):
    errcode: int = 0


_A = TypeVar("_A", bound=_Answer)


class WeChat:
    """A ``Channel`` for one service account."""

    name = NAME
    words = WORDS

    def __init__(
        self, settings: WeChatSettings, secret: str, asking: Asking, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._secret = secret
        self._asking = asking
        self._clock = clock
        self._turn = Lock()
        self._bearer: tuple[str, float] = ("", 0.0)

    def __repr__(self) -> str:
        return "WeChat(...)"

    def authorise_url(self, redirect: str, state: str) -> str:
        # WeChat wants the parameters in this very order, and the fragment.
        query = urlencode(
            {
                "appid": self._settings.app_id,
                "redirect_uri": redirect,
                "response_type": "code",
                "scope": "snsapi_userinfo",
                "state": state,
            }
        )
        return f"{self._settings.open}/connect/oauth2/authorize?{query}#wechat_redirect"

    def exchange(self, code: str) -> PhoneAccount:
        grant = self._parsed(
            _Grant,
            self._asking.get(
                "/sns/oauth2/access_token",
                {
                    "appid": self._settings.app_id,
                    "secret": self._secret,
                    "code": code,
                    "grant_type": "authorization_code",
                },
            ),
        )
        if grant.is_snapshotuser:
            raise CodeRefused
        user = self._parsed(
            _User,
            self._asking.get(
                "/sns/userinfo", {"access_token": grant.access_token, "openid": grant.openid, "lang": "zh_CN"}
            ),
        )
        if user.openid != grant.openid:
            raise ChannelDown("another account's name")
        return PhoneAccount(NAME, grant.openid, masked(user.nickname))

    def consent_url(self, redirect: str) -> str:
        answer = self._with_bearer("/intp/realname/getauthurl", {"redirect_url": redirect})
        return self._parsed(_Consent, answer).auth_url

    def real_name(self, openid: str, code: str, name: str, number: str) -> bool:
        if len(number) != 18:  # cred_type 1, the resident identity number, is the only one there is
            return False
        body = {"openid": openid, "real_name": name, "cred_id": number, "cred_type": "1", "code": code}
        checked = self._parsed(_Checked, self._with_bearer("/intp/realname/checkrealnameinfo", body))
        # Several results are joined by semicolons; anything but the one plain yes is a no.
        return checked.verify_openid == "V_OP_NM_MA" and checked.verify_real_name == "V_NM_ID_MA"

    def deliver(self, openid: str, title: str, text: str, url: str) -> bool:
        body = {
            "touser": openid,
            "template_id": self._settings.template,
            "url": url,
            "data": {"thing1": {"value": title}, "thing2": {"value": text}},
        }
        answer = self._with_bearer("/cgi-bin/message/template/send", body)
        if self._code(answer) in _TAKES_NONE:
            return False
        self._parsed(_Code, answer)
        return True

    def _with_bearer(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a call that needs the account's own token; a token that is refused is replaced once."""
        used = self._token()
        answer = self._asking.post(path, {"access_token": used}, body)
        if self._code(answer) in _OLD_TOKEN:
            answer = self._asking.post(path, {"access_token": self._token(instead_of=used)}, body)
        return answer

    def _token(self, instead_of: str = "") -> str:
        with self._turn:
            token, until = self._bearer
            if token == instead_of or self._clock() >= until:
                body = {"grant_type": "client_credential", "appid": self._settings.app_id, "secret": self._secret}
                asked = self._clock()
                bearer = self._parsed(_Bearer, self._asking.post("/cgi-bin/stable_token", {}, body))
                self._bearer = (bearer.access_token, asked + bearer.expires_in - min(_EARLY_S, bearer.expires_in // 2))
            return self._bearer[0]

    def _parsed(self, kind: type[_A], answer: dict[str, Any]) -> _A:
        """The answer as ``kind``. Raises ``CodeRefused``, ``ChannelDown``."""
        code = self._code(answer)
        if code in _BAD_CODE:
            raise CodeRefused
        if code:
            raise ChannelDown(f"errcode {code}")
        try:
            return kind.model_validate(answer)
        except ValidationError:
            raise ChannelDown(f"not the answer of the interface ({kind.__name__})") from None

    @staticmethod
    def _code(answer: dict[str, Any]) -> int:
        try:
            return _Code.model_validate(answer).errcode
        except ValidationError:
            raise ChannelDown("an errcode that is no number") from None


def opened(table: Mapping[str, Any], data: Path) -> WeChat:
    """The channel of ``[channels.wechat]``. Raises ``pydantic.ValidationError``, ``OSError``."""
    settings = WeChatSettings.model_validate(table)
    trust = trusting(str(data / settings.ca) if settings.ca else None)
    secret = (data / settings.secret_file).read_text("ascii").strip()
    return WeChat(settings, secret, Asking(settings.api, trust, settings.deadline))
