"""A real pcscd with a virtual reader (vpcd), private to whoever starts it.

Debian's own daemon and driver, in mount and network namespaces of their own
(``room.py``): nothing global is touched and several can run at a time. Works
as root, and as anybody where unprivileged user namespaces are allowed.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

from tests.stand import room

PORT: Final = 0x8C7B
"""vpcd listens here for the card of slot 0, on the next port for that of slot 1."""

START_DEADLINE: Final = 20.0
"""Seconds for the daemon to be there, on a machine with other work to do."""


class Pcscd:
    """The daemon and what can happen to it. A context manager: gone without trace at its end."""

    def __init__(self) -> None:
        self._place = Path(tempfile.mkdtemp(prefix="pcscd-"))
        self._asking = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_DEADLINE)
        unshare = ["unshare", "--mount", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
        with theirs:
            inside = [sys.executable, "-I", room.__file__, str(theirs.fileno()), str(self._place)]
            self._room = subprocess.Popen(unshare + inside, pass_fds=[theirs.fileno()])
        if self._control.recv(64) != b"ready":
            self.close()
            raise RuntimeError("no room for a private pcscd: is vsmartcard-vpcd installed, are namespaces allowed?")
        self._plugged = True
        self.pid: int | None = None
        """Process id of the daemon; None while it is down."""

    @property
    def path(self) -> str:
        """The path on which libpcsclite finds this daemon, for ``PCSCLITE_CSOCK_NAME``."""
        return str(self._place / "run" / "pcscd" / "pcscd.comm")

    def environment(self) -> dict[str, str]:
        """What a process needs in its environment, before its first PC/SC call, to use this daemon."""
        return {"PCSCLITE_CSOCK_NAME": self.path}

    def log(self) -> str:
        return (self._place / "pcscd.log").read_text(errors="replace")

    def start(self) -> Pcscd:
        """Start the daemon; returns when it takes clients and its reader takes cards."""
        if self.pid is None:
            self.pid = int(self._ask(f"begin {self._plugged:d}"))
            ends = time.monotonic() + START_DEADLINE
            while not self._listens():
                if time.monotonic() > ends:
                    raise TimeoutError(f"pcscd is not ready after {START_DEADLINE:.0f} s:\n{self.log()}")
                time.sleep(0.01)
        return self

    def stop(self) -> None:
        """End the daemon as a service manager would (SIGTERM)."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the daemon without a word (SIGKILL)."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def pause(self) -> None:
        """The daemon is there, its socket too, and nothing answers (SIGSTOP)."""
        if self.pid is not None:
            os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        if self.pid is not None:
            os.kill(self.pid, signal.SIGCONT)

    def unplug(self) -> None:
        """The daemon goes on without its reader (by a restart: a virtual reader has no plug)."""
        self._plugged = False
        self.restart()

    def plug(self) -> None:
        """The reader is there again."""
        self._plugged = True
        self.restart()

    def connect(self, slot: int = 0) -> socket.socket:
        """A connection to vpcd, where the card of this slot (0 or 1) is served. Raises ``OSError``."""
        with self._asking:
            self._control.send(f"connect {PORT + slot}".encode())
            answer, fds, _, _ = socket.recv_fds(self._control, 64, 1)
        if not fds:
            raise ConnectionRefusedError(int(answer or b"0"), "vpcd does not listen")
        return socket.socket(fileno=fds[0])

    def close(self) -> None:
        """End the daemon and leave nothing behind."""
        self._control.close()  # the room ends with its last listener
        try:
            self._room.wait(5)
        except subprocess.TimeoutExpired:
            self._room.kill()
            self._room.wait()
        self.pid = None
        shutil.rmtree(self._place, ignore_errors=True)

    def __enter__(self) -> Pcscd:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, order: str) -> bytes:
        with self._asking:
            self._control.send(order.encode())
            return self._control.recv(64)

    def _end(self, number: signal.Signals) -> None:
        if self.pid is not None:
            self._ask(f"end {number.value}")
            self.pid = None

    def _listens(self) -> bool:
        """Whether clients can connect and vpcd waits for cards, found out without disturbing either."""
        with socket.socket(socket.AF_UNIX) as client:
            if client.connect_ex(self.path) != 0:
                return False
        if not self._plugged:
            return True
        listening = f":{PORT:04X} 00000000:0000 0A"
        return listening in Path(f"/proc/{self.pid}/net/tcp").read_text()
