"""The far end of ``https://<hall>``: the lists and the registry, over TLS, from a folder's worth of documents."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.certificates.hall_stand import Hall
from tests.offline_cache.authority import Authority


class ListsServer:
    """Serves ``hall`` once there is one. ``registry`` is what ``/c/<short>.json`` answers; ``asked`` every address."""

    def __init__(self, folder: Path) -> None:
        authority = Authority(folder)
        self.ca = folder / "ca.pem"
        self.ca.write_bytes(authority.pem())
        self.hall: Hall | None = None
        self.registry: dict[str, Any] = {}
        self.asked: list[str] = []
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(authority.chain)
        far_end = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                far_end.asked.append(self.path)
                status, body = far_end.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None: ...

        class Server(ThreadingHTTPServer):
            def finish_request(self, request: Any, client_address: Any) -> None:
                with far_end._tls.wrap_socket(request, server_side=True) as spoken:
                    super().finish_request(spoken, client_address)

            def handle_error(self, *_: Any) -> None: ...

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def host(self) -> str:
        return f"localhost:{self._server.server_port}"

    def answer(self, path: str) -> tuple[int, bytes]:
        kind, _, name = path.lstrip("/").partition("/")
        if kind == "c":
            return 200, json.dumps(self.registry.get(name.partition(".json")[0], {"registered": False})).encode()
        data = self.hall.served.get(name) if self.hall and kind == "lists" else None
        return (404, b'{"error":"not-found"}') if data is None else (200, data)

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()


@contextmanager
def lists_server(folder: Path) -> Iterator[ListsServer]:
    server = ListsServer(folder)
    try:
        yield server
    finally:
        server.close()
