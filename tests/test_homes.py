"""Each third-party library has one home folder; a stranger finds all of its use in one place."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

HOMES = {
    "PySide6": (
        "screens",
        "kiosk/app.py",
        "kiosk/session.py",
        "kiosk/device_call.py",
        "kiosk/shift.py",
        "kiosk/watch.py",
        "kiosk/launch.py",
        "kiosk/splash.py",
        "kiosk/power_end.py",
        "kiosk/visiting.py",
        "kiosk/pulse.py",
        "kiosk/upkeep.py",
    ),
    "smartcard": ("devices/card",),
    "serial": ("devices/idcard", "devices/scanner"),
    "escpos": ("devices/printer",),
    "cv2": ("devices/scanner", "devices/printer/sim_paper.py"),
    "zxingcpp": ("devices/scanner",),
    "qrcode": ("screens", "certificates/qr.py", "devices/scanner/sim.py"),
    "typst": ("certificates/sheet.py",),
    "fontTools": ("certificates/fonts.py",),
    "pypdfium2": ("certificates/picture.py", "devices/scanner"),
    "cryptography": ("offline_cache", "certificates", "hall", "devices/passport", "devices/piv"),
    "asn1crypto": ("devices/passport", "certificates/sealing.py"),
    "httpx": ("hall/channels",),
    "oauthlib": ("hall/oidc",),
    "joserfc": ("hall/oidc",),
    "pkcs11": ("certificates/token_worker.py",),
    "cbor2": ("offline_cache/envelope.py", "certificates/cbor.py"),
    "sqlite_utils": ("offline_cache/database.py",),
    "requests": ("offline_cache",),
    "http_message_signatures": ("offline_cache", "hall"),
    "fastapi": ("hall",),
    "starlette": ("hall",),
    "sqlalchemy": ("hall",),
    "alembic": ("hall",),
    "jinja2": ("hall",),
    "uvicorn": ("hall",),
    "argon2": ("hall",),
    "pyhanko": ("hall/certificates", "certificates/sealing.py"),
    "pyhanko_certvalidator": ("hall/certificates", "certificates/sealing.py"),
    "psutil": (),
    "PIL": (),
}


@cache
def _imports(file: Path) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return frozenset(names)


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_used_in_its_home_only(library: str) -> None:
    product = ("kiosk", "devices", "screens", "offline_cache", "certificates", "hall")
    strangers = [
        path
        for folder in product
        for file in (ROOT / folder).rglob("*.py")
        if library in _imports(file)
        and not (path := file.relative_to(ROOT).as_posix()).startswith(tuple(HOMES[library]) or ("-",))
    ]
    assert strangers == []
