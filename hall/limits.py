"""No request may be longer or slower, and no address more frequent, than the hall can bear."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hall.wire import BODY_LIMIT, EVENTS_LIMIT

ADDRESSES: Final = 10_000
"""Addresses that are remembered; the one longest silent is forgotten first."""


DEADLINE: Final = 30.0
"""Seconds in which a body must be here; a kiosk's line carries the longest in two."""


class Bucket:
    """A token bucket for each address: ``rate`` a second, twice that (at least five) in a burst.

    An IPv6 network of 64 bits is one address, for who has one has all of them.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = max(2 * rate, 5.0)
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Seconds until ``address`` may ask; 0 where it may now, and has."""
        now, address = self._clock(), _subscriber(address)
        left, since = self._left.pop(address, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        served = left >= 1
        self._left[address] = (left - 1 if served else left, now)
        if len(self._left) > ADDRESSES:
            self._left.popitem(last=False)
        return 0 if served else math.ceil((1 - left) / self._rate)


def _subscriber(address: str) -> str:
    """The network that is given to one subscriber; what is no IPv6 address is its own."""
    try:
        six = IPv6Address(address)
    except ValueError:
        return address
    return str(six.ipv4_mapped or IPv6Address(int(six) >> 64 << 64))


class Limits:
    """ASGI middleware: 429 with Retry-After for too many requests, 413 for too long a body, 408 for too slow a one."""

    def __init__(self, app: ASGIApp, requests: Bucket, enrolments: Bucket, deadline: float = DEADLINE) -> None:
        self._app = app
        self._requests = requests
        self._enrolments = enrolments
        self._deadline = deadline

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        address = scope["client"][0] if scope.get("client") else ""
        wait = self._requests.wait(address)
        if not wait and scope["path"] == "/v1/enrol":
            wait = self._enrolments.wait(address)
        if wait:
            await _refuse(send, 429, "too-many", wait)
            return
        limit = EVENTS_LIMIT if scope["path"] == "/v1/events" else BODY_LIMIT
        if _announced(scope) > limit:
            await _refuse(send, 413, "too-long")
            return
        try:
            async with asyncio.timeout(self._deadline):
                body = await _body(receive, limit)
        except TimeoutError:
            await _refuse(send, 408, "too-slow")
            return
        if body is None:
            await _refuse(send, 413, "too-long")
            return
        await self._app(scope, _once(body, receive), send)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


async def _body(receive: Receive, limit: int) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > limit:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _once(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _refuse(send: Send, status: int, word: str, retry_after: int | None = None) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    if retry_after is not None:
        headers.append((b"retry-after", str(retry_after).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps({"error": word}).encode()})
