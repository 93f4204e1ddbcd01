"""The hall on its port: TLS only, no request is ever logged."""

from __future__ import annotations

import json
import socket
import ssl
import sys
from typing import Any

import uvicorn

from hall.app import compose, create_app
from hall.backup import alone
from hall.settings import Settings


class _Server(uvicorn.Server):
    """Says on standard output, in one line of JSON, that it is ready and where."""

    def __init__(self, config: uvicorn.Config, ready: dict[str, Any]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(json.dumps(self._ready) + "\n")
            sys.stdout.flush()


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM. Raises ``Running``, ``OSError`` and what ``compose`` raises."""
    listening = socket.create_server((settings.bind, settings.port), backlog=256)
    # asyncio does this for sockets it opens itself; without it every answer waits 40 ms for the last one's ACK.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listening, alone(settings):
        port = listening.getsockname()[1]
        hall = compose(settings.model_copy(update={"port": port}))
        config = uvicorn.Config(
            create_app(hall),
            ssl_certfile=str(hall.keys.server_certificate),
            ssl_keyfile=str(hall.keys.server_key),
            access_log=False,
            log_level="warning",
            server_header=False,
            lifespan="on",
            timeout_keep_alive=65,
            timeout_graceful_shutdown=2,
            limit_concurrency=512,
        )
        config.load()
        assert isinstance(config.ssl, ssl.SSLContext)
        config.ssl.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            _Server(config, {"url": hall.settings.url, "port": port}).run([listening])
        finally:
            hall.store.close()
