"""Asking a channel's far side over HTTPS: a trusted CA, one deadline for it all, a bounded answer, strict JSON."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Mapping
from typing import Any, Final

import httpx

from hall.channels import ChannelDown

LIMIT: Final = 64_000
"""Bytes in the longest answer."""


class Asking:
    """One far side. Nothing is followed elsewhere, and no proxy of the environment is asked.

    Whoever asks waits, in a thread that runs no event loop: each exchange has one of its own, and is cut off at the
    deadline wherever it is, however slowly the far side goes on talking. Only the system's resolver takes its own time.
    """

    def __init__(self, base: str, trust: ssl.SSLContext, deadline: float) -> None:
        """``deadline`` is in seconds."""
        self._base = base
        self._trust = trust
        self._deadline = deadline

    def get(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        """The JSON object that answers. Raises ``ChannelDown``."""
        return asyncio.run(self._ask("GET", path, query, None))

    def post(self, path: str, query: Mapping[str, str], body: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON object that answers. Raises ``ChannelDown``."""
        return asyncio.run(self._ask("POST", path, query, body))

    async def _ask(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {"accept": "application/json", "accept-encoding": "identity", "content-type": "application/json"}
        try:
            async with (
                asyncio.timeout(self._deadline),
                httpx.AsyncClient(verify=self._trust, timeout=None, trust_env=False) as client,  # noqa: S113
                client.stream(method, self._base + path, params=query, content=content, headers=headers) as answer,
            ):
                return _object(await _read(answer))
        except TimeoutError:
            raise ChannelDown("too slow") from None
        except httpx.HTTPError as error:
            raise ChannelDown(type(error).__name__) from None


async def _read(answer: httpx.Response) -> bytes:
    if answer.status_code != 200:
        raise ChannelDown(f"status {answer.status_code}")
    if "content-encoding" in answer.headers:
        raise ChannelDown("an encoding that nobody asked for")
    data = bytearray()
    async for chunk in answer.aiter_raw():
        data += chunk
        if len(data) > LIMIT:
            raise ChannelDown(f"longer than {LIMIT} bytes")
    return bytes(data)


def trusting(ca: str | None) -> ssl.SSLContext:
    """TLS 1.2 and newer, by the CA certificates in the file ``ca``, or by the system's. Raises ``OSError``."""
    context = ssl.create_default_context(cafile=ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ChannelDown("not JSON") from None
    if not isinstance(value, dict):
        raise ChannelDown("not a JSON object")
    return value
