"""The other end of the cable: a hall that speaks docs/sync.md over real TLS, and misbehaves when told to.

It keeps its events durably (``book``), answers over a line that can be pulled
(``line``), and can lose replies and be somebody else altogether (``misbehaving``).
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from http_message_signatures import HTTPMessageVerifier
from http_message_signatures.algorithms import ECDSA_P256_SHA256
from http_message_signatures.resolvers import MappingKeyResolver

from offline_cache.envelope import parse, sign
from tests.offline_cache.authority import SECRET, Authority
from tests.offline_cache.book import Book
from tests.offline_cache.line import Line, Refusal, send

COVERED = ("@method", "@target-uri", "content-digest", "kiosk-id", "kiosk-epoch", "kiosk-counter")
NOON = 1_795_233_600_000
"""2026-11-21 12:00 in the hall's time zone."""
DAY = "2026-11-21"

Misbehaviour = Callable[["FarHall", BaseHTTPRequestHandler, bytes], bool]
"""Answers in the hall's place (True), or lets the hall answer after it (False)."""


class Verifier(HTTPMessageVerifier):
    require_created = False


class FarHall:
    """Serves until ``close``. ``misbehave`` adds what happens to the next requests, one each."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.authority = Authority(folder)
        self.book = Book(folder)
        self.reply_key = ec.generate_private_key(ec.SECP256R1())
        self.bundle_key = ec.generate_private_key(ec.SECP256R1())
        self.seal_key = X25519PrivateKey.generate()
        self.epoch = 0
        self.now, self.day = NOON, DAY
        self.bundle: dict[str, Any] = {"version": 1, "hall": {}}
        self.sheet: dict[str, Any] = {"day": DAY, "version": 1, "key": b"k" * 32, "bookings": []}
        self.queues: dict[str, Any] = {"A": {"waiting": 3, "minutes": 12}}
        self.waiting: list[dict[str, Any]] = []
        self.told: list[dict[str, Any]] = []
        self.next_number = 1
        self.lease_size = 20
        self.batch = 500
        self.flooded = 0
        self.refuse: tuple[int, str] | None = None
        self.requests: list[tuple[str, int]] = []
        self.reports: list[dict[str, Any]] = []
        self._script: list[tuple[str, Misbehaviour]] = []
        self._changed = threading.Condition()
        self.line = Line(self.authority, self._answer, port)
        self.url = f"https://127.0.0.1:{self.line.port}"

    def close(self) -> None:
        self.line.close()
        self.book.close()

    def code(self) -> str:
        return self.authority.code()

    def misbehave(self, path: str, *how: Misbehaviour) -> None:
        """The next requests whose path ends so are answered like this, one after the other."""
        with self.book.lock:
            self._script += [(path, one) for one in how]

    def until(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        """Wait for something that a request changes."""
        with self._changed:
            assert self._changed.wait_for(condition, seconds), "the hall never saw it"

    def asked(self, path: str) -> int:
        return sum(1 for one, _ in self.requests if one == path)

    # how it answers

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        length = int(request.headers.get("content-length", "0"))
        body = request.rfile.read(length)
        with self.book.lock:
            script = next((s for s in self._script if request.path.endswith(s[0])), None)
            if script is not None:
                self._script.remove(script)
            self.requests.append((request.path, length))
        try:
            if script is None or not script[1](self, request, body):
                self._serve(request, body)
        finally:
            with self._changed:
                self._changed.notify_all()

    def _serve(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        try:
            with self.book.lock:
                status, kind, answer = self.answer(request, body)
        except Refusal as refusal:
            status, kind, answer = refusal.status, "application/json", json.dumps({"error": refusal.word}).encode()
        send(request, status, kind, answer)

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, str, bytes]:
        if request.path == "/v1/ca":
            return 200, "application/x-pem-file", self.authority.pem()
        if request.path == "/v1/enrol":
            return 200, "application/json", json.dumps(self.enrol(json.loads(body))).encode()
        kiosk = self.known(request, body)
        if self.refuse is not None:
            raise Refusal(*self.refuse)
        match request.path:
            case "/v1/events":
                return 200, "application/cbor", sign("ack", kiosk | self.take(parse(body, 4_000_000)), self.reply_key)
            case "/v1/heartbeat":
                self.reports.append(parse(body, 100_000))
                return 200, "application/cbor", sign("board", kiosk | self.board(), self.reply_key)
            case "/v1/leases":
                return 200, "application/cbor", sign("lease", kiosk | self._lease(parse(body, 1000)), self.reply_key)
            case "/v1/bundle":
                return 200, "application/cbor", sign("bundle", self.bundle, self.bundle_key)
            case "/v1/day":
                return 200, "application/cbor", sign("day", self.sheet, self.bundle_key)
        raise Refusal(404, "unknown")

    def known(self, request: BaseHTTPRequestHandler, body: bytes) -> dict[str, Any]:
        epoch, counter = int(request.headers["kiosk-epoch"]), int(request.headers["kiosk-counter"])
        row = self.book.database.execute("SELECT counter, key FROM kiosks WHERE epoch = ?", (epoch,)).fetchone()
        if row is None or request.headers["kiosk-id"] != "K-0203":
            raise Refusal(401, "signature")
        key = load_der_public_key(row[1])
        assert isinstance(key, ec.EllipticCurvePublicKey)
        resolver = MappingKeyResolver(public_keys={f"K-0203/{epoch}": key}, private_keys={})
        message = SimpleNamespace(method=request.command, url=self.url + request.path, headers=dict(request.headers))
        (found,) = Verifier(signature_algorithm=ECDSA_P256_SHA256, key_resolver=resolver).verify(
            message, max_age=None, require_components=COVERED, body=body
        )
        assert "created" not in found.parameters
        assert found.label == "sig1"
        if counter <= row[0]:
            raise Refusal(401, "counter")
        self.book.database.execute("UPDATE kiosks SET counter = ? WHERE epoch = ?", (counter, epoch))
        return {"kiosk": "K-0203", "epoch": epoch, "counter": counter}

    def enrol(self, asked: dict[str, str]) -> dict[str, Any]:
        if asked["code"] != SECRET:
            raise Refusal(403, "code")
        public = base64.b64decode(asked["key"])
        key = load_der_public_key(public)
        assert isinstance(key, ec.EllipticCurvePublicKey)
        key.verify(base64.b64decode(asked["proof"]), b"keting-enrol\0" + SECRET.encode(), ec.ECDSA(hashes.SHA256()))
        self.epoch += 1
        self.book.database.execute("DELETE FROM events")
        self.book.database.execute("INSERT INTO kiosks VALUES (?, 0, ?)", (self.epoch, public))
        return {
            "kiosk": "K-0203",
            "number": "03",
            "epoch": self.epoch,
            "hall": "江畔区政务服务中心",
            "place": {"zh": "一楼大厅", "en": "Ground floor"},
            "keys": {"bundle": _spki(self.bundle_key), "reply": _spki(self.reply_key)},
            "seal": base64.b64encode(self.seal_key.public_key().public_bytes_raw()).decode(),
            "url": self.url,
        }

    def take(self, batch: list[bytes]) -> dict[str, Any]:
        return self.book.take(batch) | {"batch": self.batch}

    def board(self) -> dict[str, Any]:
        return {
            "as_of": self.now,
            "day": self.day,
            "bundle": self.bundle["version"],
            "sheet": self.sheet["version"],
            "watermark": self.book.watermark(),
            "queues": self.queues,
            "waiting": self.waiting,
            "told": self.told,
        }

    def _lease(self, asked: dict[str, Any]) -> dict[str, Any]:
        first = self.next_number
        self.next_number += self.lease_size
        return {
            "lease": f"L{first}",
            "day": asked["day"],
            "queue": asked["queue"],
            "first": first,
            "last": self.next_number - 1,
        }


def _spki(key: ec.EllipticCurvePrivateKey) -> str:
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()
