"""What a hall, and all that lies on the way to it, can do to a request."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from offline_cache.envelope import decode, link, parse, sign
from tests.offline_cache.far_hall import FarHall, Misbehaviour
from tests.offline_cache.line import send


def request_cut(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """The line drops before the hall acts."""
    request.close_connection = True
    request.connection.close()
    return True


def reply_lost(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """The hall acts, and nobody hears of it."""
    with hall.book.lock:
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
        while not hall.line.stopped.wait(0.05):
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
        while not hall.line.stopped.wait(0.05):
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
        with hall.book.lock:
            kiosk = hall.known(request, body)
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
