"""A hall that serves the verifier page beside an ``Office``'s lists and registry, over TLS, until its plug is pulled."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from starlette.responses import JSONResponse, Response

from hall.state import Hall
from hall.web import SecurityHeaders, verify
from hall.web.pages import static
from tests.hall.web.papers import Office

READY_S = 10.0


@dataclass
class PaperHall:
    """``asked`` is every address that a browser asked for, ``bodies`` what it sent along."""

    hall: Hall
    office: Office = field(init=False)
    registry: dict[str, dict[str, Any]] = field(default_factory=dict)
    pdf: bytes = b""
    asked: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    sent: int = 0
    """Bytes of all answers, bodies only."""

    def __post_init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.office = Office(f"localhost:{self.port}")
        self.start()

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def certificate(self) -> Path:
        return self.hall.keys.server_certificate

    def start(self) -> None:
        listener = socket.create_server(("127.0.0.1", self.port))
        config = uvicorn.Config(
            self._app(),
            log_level="critical",
            lifespan="off",
            ws="none",
            http="h11",
            ssl_certfile=self.certificate,
            ssl_keyfile=self.hall.keys.server_key,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._serve, args=(listener,), name="paper hall")
        self._thread.start()

    def pull_the_plug(self) -> None:
        """From now on nobody answers at this port."""
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(READY_S)
        assert not self._thread.is_alive()

    def _serve(self, listener: socket.socket) -> None:
        with listener:
            self._server.run([listener])

    def register(self, short: str, **more: Any) -> None:
        """The hall's record of a paper."""
        told = {"registered": True, "type": 1, "status": "valid", "copies": 1, "revoked_at": None}
        self.registry[short] = told | more

    def _app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        @app.middleware("http")
        async def note(request: Request, answer: Any) -> Any:
            self.asked.append(request.url.path)
            self.bodies.append(await request.body())
            given = await answer(request)
            self.sent += int(given.headers.get("content-length", "0"))
            return given

        @app.get("/lists/{name:path}")
        def document(name: str) -> Response:
            if name not in self.office.documents:
                raise HTTPException(404)
            return Response(self.office.documents[name], headers={"Cache-Control": "no-cache"})

        @app.get("/c/{short}.json")
        def entry(short: str) -> Response:
            return JSONResponse(self.registry.get(short, {"registered": False}))

        @app.post("/c/{short}/pdf")
        def paper(short: str) -> Response:
            if not self.pdf:
                raise HTTPException(404)
            return Response(self.pdf, media_type="application/pdf")

        app.include_router(static())
        app.include_router(verify.routes(self.hall))
        app.add_middleware(SecurityHeaders)
        return app


def wait(what: str, true: Any, seconds: float = READY_S) -> None:
    """Until ``true()``; what a browser keeps, it keeps a moment later."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.02)
