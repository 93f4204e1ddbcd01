"""One request to the hall and its answer: TLS with the pinned CA, bounded in bytes and in time."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from offline_cache.errors import Busy, HallRefused, Offline, Portal, SyncError, TooLong, WrongHall

CONNECT: Final = 2.5
"""Seconds for a connection to come about."""

DEADLINE: Final = 20.0
"""Seconds for one whole exchange, however busily its bytes trickle."""

LONGEST_WAIT: Final = 3_600.0
"""Seconds the hall can send us away at most."""

_REFUSAL: Final = 4_096


class Wire:
    """A session with one host. Requests are made one at a time; ``cut`` ends one from another thread."""

    def __init__(self, ca: Path, deadline: float = DEADLINE) -> None:
        self._deadline = deadline
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._closed = False
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy, no other CA, no .netrc from the environment
        self._session.verify = str(ca)
        self._session.mount("https://", _Adapter(self))
        self._session.mount("http://", _Nowhere())

    def prepare(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> requests.PreparedRequest:
        return self._session.prepare_request(requests.Request(method, url, headers, data=body))

    def exchange(self, request: requests.PreparedRequest, limit: int) -> bytes:
        """Send and read the whole body of a 200, at most ``limit`` bytes. Raises ``SyncError``."""
        if self._closed:
            raise Offline("closed")
        try:
            with _in(self._deadline, self._shut), _typed():
                response = self._session.send(
                    request, stream=True, timeout=(CONNECT, self._deadline), allow_redirects=False
                )
                with response:
                    if response.status_code == 200:
                        return _body(response, limit)
                    raise _refusal(response)
        except SyncError:
            self._shut()
            raise

    def cut(self) -> None:
        """End the exchange that is under way, if any, and let none follow."""
        self._closed = True
        self._shut()

    def close(self) -> None:
        self.cut()
        self._session.close()

    def watch(self, connection: socket.socket) -> None:
        """The socket of the one connection, so that the deadline ends a handshake or a trickle too."""
        with self._lock:
            self._forget()
            self._socket = connection
        if self._closed:
            self._shut()

    def _shut(self) -> None:
        with self._lock:
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
            self._forget()

    def _forget(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


@contextmanager
def ended_after(seconds: float, connection: socket.socket) -> Iterator[None]:
    """Within, ``connection`` (a descriptor of its own, closed at the end) is shut down when time is up."""
    with connection, _in(seconds, lambda: connection.shutdown(socket.SHUT_RDWR)):
        yield


@contextmanager
def _in(seconds: float, act: Callable[[], None]) -> Iterator[None]:
    def run() -> None:
        with suppress(OSError):
            act()

    timer = threading.Timer(seconds, run)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class _Adapter(HTTPAdapter):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        wire = self._wire

        class Connection(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                connection = super()._new_conn()
                try:
                    connection.getpeername()  # reset already: the TLS layer would not close what it was given
                except OSError:
                    connection.close()
                    raise
                wire.watch(connection.dup())  # the same connection: TLS takes the first descriptor away
                return connection

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        self.poolmanager.pool_classes_by_scheme = {"https": Pool}


class _Nowhere(HTTPAdapter):
    def send(self, *_: Any, **__: Any) -> requests.Response:
        raise Portal("only https")


@contextmanager
def _typed() -> Iterator[None]:
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise WrongHall("certificate") from error
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        raise Offline(type(error).__name__) from error


def _body(response: requests.Response, limit: int) -> bytes:
    if "content-encoding" in response.headers:
        raise Portal("compressed")
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise TooLong(f"more than {limit} bytes")
    parts, size = [], 0
    while part := response.raw.read1(65_536):
        size += len(part)
        if size > limit:
            raise TooLong(f"more than {limit} bytes")
        parts.append(part)
    if declared.isdigit() and size != int(declared):
        raise Offline("cut short")
    return b"".join(parts)


def _refusal(response: requests.Response) -> SyncError:
    status = response.status_code
    word = _word(response) if 400 <= status < 500 or status == 503 else ""
    if word == "exhausted":
        return HallRefused(status, word)  # of this one thing there is none; the hall itself is not busy
    if status in (429, 503):
        after = response.headers.get("retry-after", "")
        return Busy(status, min(float(after), LONGEST_WAIT) if re.fullmatch(r"\d{1,9}", after) else 0.0)
    if 400 <= status < 500 and status != 407:
        return HallRefused(status, word) if word else Portal(f"{status} without the hall's word")
    return Offline(f"status {status}") if status >= 500 and status != 511 else Portal(f"status {status}")


def _word(response: requests.Response) -> str:
    """The hall's one word for a refusal; "" where it is not the hall's."""
    with suppress(ValueError, RecursionError, SyncError):
        said = json.loads(_body(response, _REFUSAL))
        if isinstance(said, dict) and re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", str(said.get("error"))):
            return str(said["error"])
    return ""
