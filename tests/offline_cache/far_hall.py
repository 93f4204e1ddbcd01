"""The other end of the cable: a hall that speaks docs/sync.md over real TLS, and misbehaves when told to.

It keeps its events in SQLite, durably for each request, as a hall must; it can
be backed up and restored, lose replies, and be somebody else altogether.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import shutil
import socket
import sqlite3
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from cryptography.x509.oid import NameOID
from http_message_signatures import HTTPMessageVerifier
from http_message_signatures.algorithms import ECDSA_P256_SHA256
from http_message_signatures.resolvers import MappingKeyResolver

from offline_cache.envelope import GENESIS, decode, link, parse, sign

COVERED = ("@method", "@target-uri", "content-digest", "kiosk-id", "kiosk-epoch", "kiosk-counter")
SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOON = 1_795_233_600_000
"""2026-11-21 12:00 in the hall's time zone."""
DAY = "2026-11-21"

Misbehaviour = Callable[["FarHall", BaseHTTPRequestHandler, bytes], bool]
"""Answers in the hall's place (True), or lets the hall answer after it (False)."""


class Verifier(HTTPMessageVerifier):
    require_created = False


class Authority:
    """A CA of one hall and its server's certificate, in files for the TLS library."""

    def __init__(self, folder: Path, name: str = "hall") -> None:
        key, server_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.certificate = _certificate("Far Hall CA", key, key, True)
        server = _certificate("localhost", server_key, key, False)
        self.chain = folder / f"{name}.pem"
        self.chain.write_bytes(
            server_key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + server.public_bytes(serialization.Encoding.PEM)
        )

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def code(self, secret: str = SECRET) -> str:
        digest = hashlib.sha256(self.certificate.public_bytes(serialization.Encoding.DER)).digest()
        return f"KT1-{secret}-{base64.b32encode(digest).decode().rstrip('=')}"


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey, ca: bool
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Far Hall CA")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca, 0 if ca else None), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), False)
    )
    if ca:
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(usage, True)
    else:
        names: list[x509.GeneralName] = [
            x509.DNSName("localhost"),
            x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
        ]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), False)
    return builder.sign(by, hashes.SHA256())


class FarHall:
    """Serves until ``close``. ``misbehave`` adds what happens to the next requests, one each."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.authority = Authority(folder)
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
        self.backup = 0
        self.poison: set[str] = set()
        self.refuse: tuple[int, str] | None = None
        self.requests: list[tuple[str, int]] = []
        self.reports: list[dict[str, Any]] = []
        self._script: list[tuple[str, Misbehaviour]] = []
        self._changed = threading.Condition()
        self._lock = threading.RLock()
        self._stopped = threading.Event()
        self._speaking: set[ssl.SSLSocket] = set()
        self.database = self._open()
        hall = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30
            disable_nagle_algorithm = True
            wbufsize = -1

            def log_message(self, *_: Any) -> None: ...

            def do_GET(self) -> None:
                hall._answer(self)

            do_POST = do_GET

        tls = self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.authority.chain)

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def finish_request(self, request: Any, client_address: Any) -> None:
                request.settimeout(30)
                with tls.wrap_socket(request, server_side=True) as connection:
                    hall._speaking.add(connection)
                    try:
                        Handler(connection, client_address, self)
                    finally:
                        hall._speaking.discard(connection)

            def handle_error(self, *_: Any) -> None: ...

        self._server_class = Server
        self.port = port
        self.come_back()
        self.url = f"https://127.0.0.1:{self.port}"

    def come_back(self) -> None:
        """Serve again, where it was before."""
        self._server = self._server_class(("127.0.0.1", self.port), BaseHTTPRequestHandler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def go_away(self) -> None:
        """Nobody listens on the port any more, and those that spoke are cut off."""
        self._server.shutdown()
        self._server.server_close()
        for connection in list(self._speaking):
            with suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def close(self) -> None:
        self._stopped.set()
        self.go_away()
        with self._lock:
            self.database.close()

    def code(self) -> str:
        return self.authority.code()

    def wears(self, other: Authority) -> None:
        """From the next connection on, the server shows another hall's certificate."""
        self._tls.load_cert_chain(other.chain)

    def misbehave(self, path: str, *how: Misbehaviour) -> None:
        """The next requests whose path ends so are answered like this, one after the other."""
        with self._lock:
            self._script += [(path, one) for one in how]

    def until(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        """Wait for something that a request changes."""
        with self._changed:
            assert self._changed.wait_for(condition, seconds), "the hall never saw it"

    def asked(self, path: str) -> int:
        return sum(1 for one, _ in self.requests if one == path)

    # what the hall holds

    def events(self) -> list[Any]:
        with self._lock:
            return [decode(data) for (data,) in self.database.execute("SELECT data FROM events ORDER BY seq")]

    def watermark(self) -> int:
        with self._lock:
            return int(self.database.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])

    def back_up(self) -> None:
        """A verified backup: covers all the hall has now."""
        with self._lock:
            copy = sqlite3.connect(self.folder / "backup.db")
            self.database.backup(copy)
            copy.close()

    def covers(self) -> None:
        """The backup is known to be good: the kiosk may erase."""
        with self._lock:
            copy = sqlite3.connect(self.folder / "backup.db")
            self.backup = int(copy.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])
            copy.close()

    def restore(self) -> None:
        with self._lock:
            self.database.close()
            shutil.copy(self.folder / "backup.db", self.folder / "hall.db")
            for tail in ("-wal", "-shm"):
                (self.folder / f"hall.db{tail}").unlink(missing_ok=True)
            self.database = self._open()

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.folder / "hall.db", isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, data BLOB, link BLOB)")
        database.execute("CREATE TABLE IF NOT EXISTS parked (seq INTEGER PRIMARY KEY)")
        database.execute("CREATE TABLE IF NOT EXISTS kiosks (epoch INTEGER PRIMARY KEY, counter INTEGER, key BLOB)")
        return database

    # how it answers

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        length = int(request.headers.get("content-length", "0"))
        body = request.rfile.read(length)
        with self._lock:
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
            with self._lock:
                status, kind, answer = self.answer(request, body)
        except Refusal as refusal:
            status, kind, answer = refusal.status, "application/json", json.dumps({"error": refusal.word}).encode()
        send(request, status, kind, answer)

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, str, bytes]:
        if request.path == "/v1/ca":
            return 200, "application/x-pem-file", self.authority.pem()
        if request.path == "/v1/enrol":
            return 200, "application/json", json.dumps(self._enrol(json.loads(body))).encode()
        kiosk = self._known(request, body)
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

    def _known(self, request: BaseHTTPRequestHandler, body: bytes) -> dict[str, Any]:
        epoch, counter = int(request.headers["kiosk-epoch"]), int(request.headers["kiosk-counter"])
        row = self.database.execute("SELECT counter, key FROM kiosks WHERE epoch = ?", (epoch,)).fetchone()
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
        self.database.execute("UPDATE kiosks SET counter = ? WHERE epoch = ?", (counter, epoch))
        return {"kiosk": "K-0203", "epoch": epoch, "counter": counter}

    def _enrol(self, asked: dict[str, str]) -> dict[str, Any]:
        if asked["code"] != SECRET:
            raise Refusal(403, "code")
        public = base64.b64decode(asked["key"])
        key = load_der_public_key(public)
        assert isinstance(key, ec.EllipticCurvePublicKey)
        key.verify(base64.b64decode(asked["proof"]), b"keting-enrol\0" + SECRET.encode(), ec.ECDSA(hashes.SHA256()))
        self.epoch += 1
        self.database.execute("DELETE FROM events")
        self.database.execute("INSERT INTO kiosks VALUES (?, 0, ?)", (self.epoch, public))
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
        """Apply a batch by the rules of docs/sync.md, durably."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            newest = self.database.execute("SELECT seq, link FROM events ORDER BY seq DESC LIMIT 1").fetchone()
            seq, head = newest or (0, GENESIS)
            for data in batch:
                event = decode(data)
                if event.seq <= seq:
                    (known,) = self.database.execute("SELECT link FROM events WHERE seq = ?", (event.seq,)).fetchone()
                    if known != link(data):
                        raise Refusal(403, "fork")
                elif event.seq == seq + 1:
                    if event.prev != head:
                        raise Refusal(403, "fork")
                    seq, head = event.seq, link(data)
                    self.database.execute("INSERT INTO events VALUES (?, ?, ?)", (seq, data, head))
                    if event.kind in self.poison:
                        self.database.execute("INSERT INTO parked VALUES (?)", (seq,))
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")
        parked = [seq for (seq,) in self.database.execute("SELECT seq FROM parked")]
        return {
            "watermark": seq,
            "head": head,
            "backup": min(self.backup, seq),
            "parked": parked,
            "expected": seq + 1,
            "batch": self.batch,
        }

    def board(self) -> dict[str, Any]:
        return {
            "as_of": self.now,
            "day": self.day,
            "bundle": self.bundle["version"],
            "sheet": self.sheet["version"],
            "watermark": self.watermark(),
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


class Refusal(Exception):
    def __init__(self, status: int, word: str) -> None:
        super().__init__(word)
        self.status, self.word = status, word


def _spki(key: ec.EllipticCurvePrivateKey) -> str:
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def send(request: BaseHTTPRequestHandler, status: int, kind: str, body: bytes, **headers: str) -> None:
    request.send_response(status)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


# misbehaviours


def request_cut(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """The line drops before the hall acts."""
    request.close_connection = True
    request.connection.close()
    return True


def reply_lost(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """The hall acts, and nobody hears of it."""
    with hall._lock:
        hall.answer(request, body)
    return request_cut(hall, request, body)


def portal(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    send(request, 200, "text/html", b"<html><body>Please sign in to the guest network</body></html>")
    return True


def bottomless(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """A refusal in JSON that is nested deeper than any parser goes."""
    send(request, 404, "application/json", b"[" * 4_000)
    return True


def redirect(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    send(request, 302, "text/html", b"", Location="https://portal.invalid/")
    return True


def flood(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """100 MB without saying so beforehand."""
    request.send_response(200)
    request.send_header("Connection", "close")
    request.end_headers()
    hall.flooded = 0
    for _ in range(1600):
        request.wfile.write(b"\xd2" * 65_536)
        hall.flooded += 65_536
    return True


def huge(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """100 MB, said beforehand."""
    request.send_response(200)
    request.send_header("Content-Length", "100000000")
    request.end_headers()
    return request_cut(hall, request, body)


def trickle(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """A byte now and then, never an end."""
    request.send_response(200)
    request.send_header("Content-Length", "50000")
    request.end_headers()
    try:
        while not hall._stopped.wait(0.05):
            request.wfile.write(b"\xd2")
            request.wfile.flush()
    except OSError:
        pass
    return True


def slow_headers(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """An answer that never gets past its first line."""
    try:
        request.wfile.write(b"HTTP/1.1 200 O")
        request.wfile.flush()
        while not hall._stopped.wait(0.05):
            request.wfile.write(b"K")
            request.wfile.flush()
    except OSError:
        pass
    request.close_connection = True
    return True


def silence(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """Connected, and never a word."""
    try:
        request.connection.settimeout(30)
        request.connection.recv(1)
    except OSError:
        pass
    request.close_connection = True
    return True


def busy(status: int, after: str) -> Misbehaviour:
    def answer(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        send(request, status, "application/json", b'{"error": "busy"}', Retry_After=after)
        return True

    return answer


def says(**changes: Any) -> Misbehaviour:
    """An authentic ack that says something else than the truth."""

    def answer(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        with hall._lock:
            kiosk = hall._known(request, body)
            ack = kiosk | hall.take(parse(body, 4_000_000)) | changes
            send(request, 200, "application/cbor", sign("ack", ack, hall.reply_key))
        return True

    return answer


def forged(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """All has arrived and is backed up, says somebody who has not the hall's key; the hall never saw it."""
    last = decode(parse(body, 4_000_000)[-1])
    claim = {
        "kiosk": "K-0203",
        "epoch": int(request.headers["kiosk-epoch"]),
        "counter": int(request.headers["kiosk-counter"]),
        "watermark": last.seq,
        "head": link(last.encode()),
        "backup": last.seq,
        "parked": [],
        "expected": last.seq + 1,
        "batch": 500,
    }
    send(request, 200, "application/cbor", sign("ack", claim, ec.generate_private_key(ec.SECP256R1())))
    return True


def replayed(answer: bytes) -> Misbehaviour:
    """An authentic answer of before, once more."""

    def again(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        send(request, 200, "application/cbor", answer)
        return True

    return again
