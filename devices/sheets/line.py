"""IPP over HTTP over one connection, and never without a deadline.

libcups waits for ever when the other side hangs, so the connection is made
here, and every wait on it ends at one moment that was fixed before.
"""

from __future__ import annotations

import os
import pwd
import re
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from devices.sheets import Fault
from devices.sheets.ipp import Answer, Attribute, Attributes, Group, Kind, Malformed, Operation, answer, attribute
from devices.sheets.ipp import request as written

_VISIBLE: Final = re.compile("[!-~]+")
_LONGEST: Final = 262_144
"""Bytes of the longest answer that is read."""

USER: Final = pwd.getpwuid(os.geteuid()).pw_name
"""Whose jobs these are, for CUPS and for the printer."""

Wanted = TypeVar("Wanted", int, str, bool)


class Trouble(Exception):
    """``fault`` says why there is no answer that helps."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Printer:
    """Where a printer is: ``ipp://192.168.7.20:631/ipp/print``."""

    host: str
    port: int
    path: str

    @classmethod
    def at(cls, uri: str) -> Printer:
        """The host is numeric: a name would be looked up without a deadline. Raises ``ValueError``, in plain words."""
        try:
            parts = urlsplit(uri)
            if parts.scheme != "ipp" or parts.query or parts.fragment or parts.username is not None:
                raise ValueError
            if not _VISIBLE.fullmatch(uri):
                raise ValueError
            return cls(str(ip_address(parts.hostname or "")), parts.port or 631, parts.path or "/")
        except ValueError:
            raise ValueError("not an address in numbers, like ipp://192.168.7.20:631/ipp/print") from None

    @property
    def uri(self) -> str:
        return f"ipp://{self.name}{self.path}"

    @property
    def name(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def faults(self) -> tuple[Fault, Fault, Fault]:
        return Fault.UNPLUGGED, Fault.SILENT, Fault.REFUSED

    def connect(self, until: float) -> socket.socket:
        line = _Timed(until, socket.AF_INET6 if ":" in self.host else socket.AF_INET)
        line.reach((self.host, self.port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of the CUPS on this machine, behind its socket: there CUPS knows us without a password."""

    door: Path
    queue: str

    @property
    def uri(self) -> str:
        return f"ipp://localhost{self.path}"

    @property
    def path(self) -> str:
        return f"/printers/{self.queue}"

    @property
    def name(self) -> str:
        return "localhost"

    @property
    def faults(self) -> tuple[Fault, Fault, Fault]:
        return Fault.SPOOLER, Fault.SPOOLER, Fault.SPOOLER

    def connect(self, until: float) -> socket.socket:
        line = _Timed(until, socket.AF_UNIX)
        line.reach(str(self.door))
        return line


class Line:
    """One connection for a few questions; a context manager. ``until``: monotonic time at which all of it is over."""

    def __init__(self, far: Printer | Queue, until: float) -> None:
        self._far = far
        self._http = _Http(lambda: far.connect(until))
        self._headers = {
            "Host": far.name,
            "Content-Type": "application/ipp",
            "Authorization": f"PeerCred {USER}",  # what libcups says to a CUPS behind a socket
        }
        if isinstance(far, Printer):
            del self._headers["Authorization"]

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(
        self,
        operation: Operation,
        *about: Attribute,
        more: tuple[Group, Iterable[Attribute]] | None = None,
        document: bytes = b"",
        path: str | None = None,
    ) -> Answer:
        """Ask and be answered well; raises ``Trouble``.

        ``about`` goes with the operation, ``more`` is a group of its own.
        ``path`` where it is not that of printer or queue.
        """
        gone, silent, refused = self._far.faults
        first = (
            attribute(Kind.URI, "printer-uri", self._far.uri),
            attribute(Kind.NAME, "requesting-user-name", USER),
            *about,
        )
        message = written(operation, [(Group.OPERATION, first), *([more] if more else [])])
        try:
            self._http.request("POST", path or self._far.path, message + document, self._headers)
            with self._http.getresponse() as response:
                body = response.read(_LONGEST + 1)
            if response.status != 200:
                raise Trouble(refused)
            heard = answer(body[:_LONGEST])
        except TimeoutError:
            raise Trouble(silent) from None
        except OSError:  # also http.client.RemoteDisconnected
            raise Trouble(gone) from None
        except (HTTPException, ValueError, Malformed):
            raise Trouble(silent) from None
        if not heard.ok:
            raise Trouble(refused)
        return heard

    def one(self, attributes: Attributes, name: str, kind: type[Wanted]) -> Wanted:
        """The one value of an attribute that has to be there. Raises ``Trouble``."""
        values = attributes.get(name, ())
        if len(values) != 1 or type(values[0]) is not kind:
            raise Trouble(self._far.faults[1])
        return values[0]


def wanted(*names: str) -> Attribute:
    """Which attributes an answer shall have."""
    return attribute(Kind.KEYWORD, "requested-attributes", *names)


class _Http(HTTPConnection):
    """Connects by ``connected`` when it is first needed, and again where the other side has closed between answers."""

    def __init__(self, connected: Callable[[], socket.socket]) -> None:
        super().__init__("localhost")
        self._connected = connected

    def connect(self) -> None:
        self.sock = self._connected()


class _Timed(socket.socket):
    """Every wait on it is over at ``until``, however the bytes trickle in."""

    def __init__(self, until: float, family: int) -> None:
        super().__init__(family, socket.SOCK_STREAM)
        self._until = until

    def reach(self, address: Any) -> None:
        try:
            self._wait()
            self.connect(address)
        except BaseException:
            self.close()
            raise

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        self._wait()
        super().sendall(data, flags)

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self._wait()
        return super().recv_into(*args, **kwargs)

    def _wait(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(left)
