"""The public verifier: a page that checks a certificate in the browser of whoever holds the paper.

The hall only hands out files. What stands behind ``#`` in the address never
reaches it, and the page works without it after the first visit (``worker.js``).
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, HTTPException
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import RedirectResponse, Response

from certificates import results
from hall.state import Hall
from hall.web.guard import DENIED
from hall.web.icons import MARK, icon
from hall.web.pages import asset

_HERE: Final = Path(__file__).with_suffix("")
_PAGES: Final = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)

_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm"}

_FROM_NPM: Final = {
    "zxing.js": "zxing-wasm/dist/iife/reader/index.js",
    "zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "pdf.js": "pdfjs-dist/legacy/build/pdf.min.mjs",
    "pdf.worker.js": "pdfjs-dist/legacy/build/pdf.worker.min.mjs",
}
"""Loaded when a paper is scanned or a PDF is chosen, not before (MIT and Apache-2.0)."""

_LATER: Final = frozenset({"scanner.js", "scan-worker.js", "decoding.js", "pdf-pages.js", *_FROM_NPM})
_WASM: Final = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
"""The policy of the one worker that runs WebAssembly."""

_FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
_ASK_AGAIN: Final = {"Cache-Control": "no-cache"}


class _Undotted(Convertor[str]):
    """A part of a path without a dot, so that ``/c/<short code>.json`` is somebody else's."""

    regex = "[^/.]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("undotted", _Undotted())


@dataclass(frozen=True, slots=True)
class Release:
    """The page as it is handed out: every byte of it decides its name."""

    name: str
    page: bytes
    worker: bytes
    files: dict[str, bytes]


def release(hall: Hall) -> Release:
    """Reads everything once. Without npm's packages the page cannot scan, and says so; the rest of it works."""
    own = {path.name: path.read_bytes() for path in sorted(_HERE.iterdir()) if path.suffix in (".js", ".css")}
    worker = own.pop("worker.js")
    packages = hall.settings.node_modules or _HERE / "node_modules"
    npm = {name: (packages / path).read_bytes() for name, path in _FROM_NPM.items() if (packages / path).is_file()}
    files = {**own, "words.json": _words(hall), **npm}
    digest = hashlib.sha256(_page(files, "") + worker)
    for name, data in files.items():
        digest.update(name.encode() + hashlib.sha256(data).digest())
    name = digest.hexdigest()[:12]
    first = [f"/verify/{name}/{file}" for file in files if file not in _LATER]
    told = json.dumps({"name": name, "page": "/verify", "files": [*first, asset("mark.svg")]})
    return Release(name, _page(files, name), f"const RELEASE = {told};\n".encode() + worker, files)


def _page(files: dict[str, bytes], name: str) -> bytes:
    modules = [file for file in files if file.endswith(".js") and file not in _LATER]
    values = {"base": f"/verify/{name}", "modules": modules, "mark": MARK, "icon": icon, "asset": asset}
    return _PAGES.get_template("page.html").render(values).encode()


def _words(hall: Hall) -> bytes:
    """The words of the results, which kiosk and command line share, and those of the page itself."""
    told: dict[str, Any] = {
        **results.words(),
        "page": tomllib.loads((_HERE / "words.toml").read_text("utf-8")),
        "hall": hall.content["hall"]["name"],
        "hotline": hall.content["hotline"],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def routes(hall: Hall) -> APIRouter:
    """The page under ``/C/`` and ``/verify``, its files, and the service worker that keeps them."""
    router = APIRouter(include_in_schema=False)
    now = release(hall)

    @router.get("/C/{rest:path}")
    @router.get("/verify")
    def page() -> Response:
        camera = {"Permissions-Policy": f"camera=(self), {DENIED}"}
        return Response(now.page, media_type="text/html", headers={**_ASK_AGAIN, **camera})

    @router.get("/c/{short:undotted}")
    def small(short: str) -> Response:
        """The address in small letters; browsers carry what stands behind ``#`` along."""
        return RedirectResponse(f"/C/{short.upper()}", 308)

    @router.get("/verify/worker.js")
    def worker() -> Response:
        allowed = {**_ASK_AGAIN, "Service-Worker-Allowed": "/"}
        return Response(now.worker, media_type=_TYPES[".js"], headers=allowed)

    @router.get("/verify/{name}/{file}")
    def part(name: str, file: str) -> Response:
        if name != now.name or file not in now.files:
            raise HTTPException(404)
        policy = {"Content-Security-Policy": _WASM} if file == "scan-worker.js" else {}
        return Response(now.files[file], media_type=_TYPES[Path(file).suffix], headers={**_FOR_EVER, **policy})

    return router
