"""A hall that serves the verifier page beside an ``Office``'s lists and registry, on a line that can be cut."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from hall.state import Hall
from hall.web import SecurityHeaders, verify
from hall.web.pages import static
from tests.hall.web.verify.papers import Office
from tests.stand.cable import Cable

STOP_S = 10.0


class PaperHall:
    """One server over TLS for many tests; ``opened`` makes it a new hall behind the same address.

    ``asked`` is every address that a browser asked for, ``bodies`` what it sent
    along, ``sent`` the bytes of all answers.
    """

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.line = Cable(self._listener.getsockname()[1])
        self.opened()
        config = uvicorn.Config(
            self,
            log_level="critical",
            lifespan="off",
            ws="none",
            http="h11",
            ssl_certfile=hall.keys.server_certificate,
            ssl_keyfile=hall.keys.server_key,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, args=([self._listener],), name="paper hall")
        self._thread.start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    def close(self) -> None:
        self.line.stop()
        self._server.should_exit = True
        self._thread.join(STOP_S)
        assert not self._thread.is_alive()

    @property
    def url(self) -> str:
        return f"https://localhost:{self.line.port}"

    @property
    def certificate(self) -> Path:
        return self._hall.keys.server_certificate

    def opened(self) -> PaperHall:
        """A new office, nothing registered, nothing asked."""
        self.line.mend()
        self.office = Office(f"localhost:{self.line.port}")
        self.registry: dict[str, dict[str, Any]] = {}
        self.busy = False
        self.pdf = b""
        self.asked: list[str] = []
        self.bodies: list[bytes] = []
        self.sent = 0
        self.app: ASGIApp = self._application(self._hall)
        return self

    def renamed(self, zh: str, hotline: str = "12345") -> None:
        """Another name above the page is another release of it."""
        hall = replace(self._hall)
        hall.content.update(hall=hall.content["hall"] | {"name": {"zh": zh, "en": zh}}, hotline=hotline)
        self.app = self._application(hall)

    def register(self, short: str, **more: Any) -> None:
        """The hall's record of a paper."""
        told = {"registered": True, "type": 1, "status": "valid", "copies": 1, "revoked_at": None, "revoked_why": None}
        self.registry[short] = told | more

    def _application(self, hall: Hall) -> FastAPI:
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
            if self.busy:
                return JSONResponse({"error": "too-many"}, 429, {"Retry-After": "1"})
            return JSONResponse(self.registry.get(short, {"registered": False}))

        @app.post("/c/{short}/pdf")
        def paper(short: str) -> Response:
            if not self.pdf:
                raise HTTPException(404)
            return Response(self.pdf, media_type="application/pdf")

        app.include_router(static())
        app.include_router(verify.routes(hall))
        app.add_middleware(SecurityHeaders)
        return app
