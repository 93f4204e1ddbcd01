"""What all pages for phones share: the hall, the channels, who asks too often, the language, an answer nobody keeps."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from hall.binding import tries
from hall.binding.tries import Numbers
from hall.channels import Channels
from hall.limits import Bucket
from hall.phone import sessions
from hall.phone.sessions import SignedPhone
from hall.state import Hall
from hall.web.answered import Answered
from hall.web.pages import Pages
from hall.web.words import Both, Tongue, preferred

PER_SECOND: Final = 60.0
"""Requests from one address: everyone in the hall may be behind the same one."""
GUESSES_PER_SECOND: Final = 0.5
"""Codes and links that are not there, from one address; then it is asked to wait."""
ASKED_PER_SECOND: Final = 5.0
"""Times that one address makes the hall ask a channel whose a code is."""
BACK: Final = "/phone/back"


@dataclass(frozen=True, slots=True)
class Site:
    hall: Hall
    pages: Pages
    channels: Channels
    numbers: Numbers
    monotonic: Callable[[], float]
    _pace: Bucket = field(init=False)
    _guesses: Bucket = field(init=False)
    _asked: Bucket = field(init=False)
    _recorded: Bucket = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_pace", Bucket(PER_SECOND, self.monotonic))
        object.__setattr__(self, "_guesses", Bucket(GUESSES_PER_SECOND, self.monotonic))
        object.__setattr__(self, "_asked", Bucket(ASKED_PER_SECOND, self.monotonic))
        object.__setattr__(self, "_recorded", Bucket(tries.RECORDED_PER_SECOND, self.monotonic))

    def admitted(self, request: Request) -> None:
        """Raises ``Answered`` 429 for an address that asks too often."""
        _within(self._pace, request)

    def guessed(self, request: Request) -> None:
        """Somebody named what is not there. Raises ``Answered`` 429 where they do so too often."""
        _within(self._guesses, request)

    def asking(self, request: Request) -> None:
        """A channel is about to be asked. Raises ``Answered`` 429 for an address that makes it so too often."""
        _within(self._asked, request)

    def recorded(self, request: Request, detail: str) -> None:
        """What somebody unknown tried goes into the trail; of an address that tries it on and on, a part."""
        if not self._recorded.wait(_address(request)):
            with self.hall.store.writing() as session:
                tries.record(session, self.hall.now(), detail)

    def phone(self, request: Request) -> SignedPhone | None:
        """Whose phone is signed in with this browser."""
        return sessions.find(self.hall.store, request.cookies.get(sessions.COOKIE, ""), self.hall.now())

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        response = self.pages.render(template, tongue(request), status, **values)
        return private(response)

    def word(self, request: Request, why: str, status: int, time: str = "") -> Response:
        """A page that says one thing: ``phone-<why>`` and what to do then, at ``time`` where it says so."""
        return self.page(request, "phone_word.html", status, why=why, time=time)

    def channel(self, request: Request, name: str) -> str:
        """What people call the channel, in the language of the page."""
        known = self.channels.get(name)
        return said(Both(*known.words), tongue(request)) if known is not None else name


def tongue(request: Request) -> Tongue:
    """The language of the page: the one that was chosen on it, else the browser's."""
    chosen = request.query_params.get("lang", "")
    return Tongue(chosen) if chosen in set(Tongue) else preferred(request.headers.get("accept-language"))


def said(words: Both, tongue: Tongue) -> str:
    return words.zh if tongue is Tongue.ZH else words.en


def private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


def onward(url: str) -> Response:
    return private(RedirectResponse(url, 303))


def same(fields: dict[str, str], csrf: str) -> bool:
    """Whether a form came from a page that this browser was given."""
    return hmac.compare_digest(fields.get("csrf", "").encode(), csrf.encode())


def keep(response: Response, name: str, value: str) -> None:
    """A cookie for this host alone, out of reach of scripts.

    Lax, for the way back from a channel begins on the channel's page; no form of another site brings it.
    """
    response.set_cookie(name, value, path="/", secure=True, httponly=True, samesite="lax")


def forget(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")


def _within(pace: Bucket, request: Request) -> None:
    if wait := pace.wait(_address(request)):
        raise Answered(Response(status_code=429, headers={"Retry-After": str(wait)}))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
