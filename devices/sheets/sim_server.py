"""The electronics of the simulated printer: CUPS's own ``ippeveprinter``, run and killed."""

from __future__ import annotations

import os
import random
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from devices.sheets import sim_press

_START_S: Final = 10.0
_PORTS: Final = range(21_000, 31_000)
"""Below those that the kernel gives to outgoing connections, so that a printer finds its port again."""

_BUS: Final = """<busconfig><type>system</type><listen>unix:path={bus}</listen>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/></policy></busconfig>
"""
"""ippeveprinter will not start without a message bus, though it is to announce nothing: it gets an empty one."""

_DOCUMENT: Final = """{{
 OPERATION Print-Job
 GROUP operation-attributes-tag
 ATTR charset attributes-charset utf-8
 ATTR language attributes-natural-language en
 ATTR uri printer-uri $uri
 ATTR name requesting-user-name printer
 ATTR name job-name {name}
 ATTR mimeMediaType document-format application/pdf
 FILE {file}
 STATUS successful-ok
}}
"""

_Process = subprocess.Popen[bytes] | subprocess.Popen[str]


class IppServer:
    """One printer's IPP, on a port of its own; it runs ``sim_press.py`` on each document, which calls ``press``.

    ``hears`` is called with each line of its log.
    """

    def __init__(self, press: Path, hears: Callable[[str], None]) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="sheets-"))
        self.port = _free_port()
        self._hears = hears
        self._bus: subprocess.Popen[bytes] | None = None
        self._server: subprocess.Popen[str] | None = None
        (self.place / "bus.conf").write_text(_BUS.format(bus=self.place / "bus"))
        self._command = self.place / "press"
        words = shlex.join([sys.executable, "-I", "-S", sim_press.__file__, str(press)])
        self._command.write_text(f'#!/bin/sh\nexec {words} "$1"\n')
        self._command.chmod(0o755)
        (self.place / "inside").mkdir()

    @property
    def uri(self) -> str:
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    def start(self) -> None:
        """Power on; returns when it takes connections."""
        if self._bus is None:
            bus = ["dbus-daemon", "--nofork", "--nopidfile", "--nosyslog", f"--config-file={self.place}/bus.conf"]
            self._bus = subprocess.Popen(bus, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self._wait(socket.AF_UNIX, str(self.place / "bus"), self._bus)
        self._server = subprocess.Popen(
            [
                *("ippeveprinter", "-v", "-k", "-r", "off", "-p", str(self.port), "-f", "application/pdf"),
                *("-d", str(self.place / "inside"), "-c", str(self._command), "A4"),
            ],
            env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.place}/bus"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(self._server,), name="sheets log", daemon=True).start()
        self._wait(socket.AF_INET, ("127.0.0.1", self.port), self._server)

    def kill(self) -> None:
        """No power from one moment to the next: the server, and what it has started."""
        server, self._server = self._server, None
        if server is not None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    def close(self) -> None:
        self.kill()
        if self._bus is not None:
            self._bus.kill()
            self._bus.wait()
        shutil.rmtree(self.place, ignore_errors=True)

    def feed(self, name: str) -> None:
        """A document from within, as a button on the printer makes one."""
        document, test = self.place / "blank.pdf", self.place / "feed.test"
        document.write_bytes(b"%PDF-1.4\n")
        test.write_text(_DOCUMENT.format(name=name, file=document))
        subprocess.run(["ipptool", "-q", self.uri, test], check=True, timeout=_START_S)

    def _listen(self, server: subprocess.Popen[str]) -> None:
        assert server.stderr is not None
        with server.stderr as log:
            for line in log:
                self._hears(line)

    def _wait(self, family: int, address: str | tuple[str, int], process: _Process) -> None:
        ends = time.monotonic() + _START_S
        while True:
            with socket.socket(family) as client:
                if client.connect_ex(address) == 0:
                    return
            if process.poll() is not None or time.monotonic() > ends:
                self.close()
                raise RuntimeError("no printer: are cups-ipp-utils and dbus-daemon installed?")
            time.sleep(0.01)


def _free_port() -> int:
    while True:
        port = random.choice(_PORTS)
        with socket.socket() as any_socket:
            if any_socket.connect_ex(("127.0.0.1", port)) != 0:
                return port
