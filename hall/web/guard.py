"""What every answer of the hall's pages carries, and how often one address may ask."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Content Security Policy (CSP level 3): own files only, no inline script or style, in nobody's frame."""

_HEADERS: Final = (
    ("Content-Security-Policy", POLICY),
    ("X-Frame-Options", "DENY"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Strict-Transport-Security", "max-age=31536000"),
)


class SecurityHeaders:
    """ASGI middleware: the headers above on every answer, those of errors included.

    What is not said to be cacheable is not to be stored anywhere.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS:
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, guarded)


class Pace:
    """A token bucket for each address: ``burst`` requests at once, ``rate`` a second after that.

    Remembers the ``most`` addresses that asked last, so that a crowd of addresses costs no memory.
    """

    def __init__(
        self, rate: float, burst: int, most: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._most, self._clock = rate, burst, most, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def admits(self, address: str) -> bool:
        """Whether ``address`` may ask now; a yes is counted."""
        with self._lock:
            now = self._clock()
            left, since = self._left.pop(address, (float(self._burst), now))
            left = min(float(self._burst), left + (now - since) * self._rate)
            admitted = left >= 1
            self._left[address] = (left - 1 if admitted else left, now)
            if len(self._left) > self._most:
                self._left.popitem(last=False)
            return admitted
