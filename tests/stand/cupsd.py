"""A real cupsd, private to whoever starts it: folder, spool and socket of its own, no port.

Debian's own daemon and back ends. Several run at a time, and beside the
machine's own; nothing outside the folder is touched.
"""

from __future__ import annotations

import contextlib
import grp
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

import psutil

START_DEADLINE: Final = 15.0
"""Seconds for the daemon to be there, on a machine with other work to do."""

_FILES: Final = """ServerRoot {place}/root
RequestRoot {place}/spool
CacheDir {place}/cache
StateDir {place}/state
TempDir {place}/tmp
ErrorLog {place}/log/error
AccessLog {place}/log/access
PageLog {place}/log/page
SystemGroup {group}
"""
_DAEMON: Final = """Listen {place}/socket
LogLevel {level}
DirtyCleanInterval {flush}
Browsing No
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit CUPS-Add-Modify-Printer Purge-Jobs>
AuthType Default
Require user @SYSTEM
Order deny,allow
</Limit>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""


class Cupsd:
    """The daemon and what can happen to it. A context manager: gone without trace at its end.

    ``prompt``: it writes every job down at once, and not up to 30 s later as
    is usual, so it still knows them after it was killed.
    """

    def __init__(self, prompt: bool = False, level: str = "warn") -> None:
        self._place = Path(tempfile.mkdtemp(prefix="cupsd-"))
        self._place.chmod(0o755)  # its back ends run as another user where it runs as root
        for name in ("root", "spool", "cache", "state", "tmp", "log"):
            (self._place / name).mkdir()
        names = {
            "place": self._place,
            "level": level,
            "flush": 0 if prompt else 30,
            "group": grp.getgrgid(os.getegid()).gr_name,
        }
        (self._place / "files.conf").write_text(_FILES.format(**names))
        (self._place / "cupsd.conf").write_text(_DAEMON.format(**names))
        self._process: subprocess.Popen[bytes] | None = None
        self._orphans = False

    @property
    def socket(self) -> Path:
        return self._place / "socket"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> Cupsd:
        """Start the daemon; returns when it takes clients."""
        if self._process is None:
            files = ["-c", str(self._place / "cupsd.conf"), "-s", str(self._place / "files.conf")]
            with (self._place / "log" / "out").open("ab") as out:
                self._process = subprocess.Popen(
                    ["/usr/sbin/cupsd", "-f", *files], stdin=subprocess.DEVNULL, stdout=out, stderr=out
                )
            ends = time.monotonic() + START_DEADLINE
            while not self._listens():
                if time.monotonic() > ends or self._process.poll() is not None:
                    self.close()
                    raise RuntimeError(f"cupsd does not start (is the package cups installed?)\n{self.log()}")
                time.sleep(0.01)
        return self

    def stop(self) -> None:
        """End the daemon as a service manager would (SIGTERM)."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the daemon without a word (SIGKILL); the back end it has started goes on."""
        self._orphans = True
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """The daemon is there, its socket too, and nothing answers (SIGSTOP)."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def add_queue(self, name: str, uri: str) -> None:
        """A queue that hands a PDF on as it is, straight to the printer, as an installer would set it up."""
        self.run("lpadmin", "-p", name, "-v", uri, "-E")

    def run(self, program: str, *words: str) -> str:
        """What one of CUPS's own programs prints, run on this daemon."""
        done = subprocess.run(
            [program, "-h", str(self.socket), *words],
            capture_output=True,
            text=True,
            timeout=START_DEADLINE,
            check=True,
        )
        return done.stdout

    def spooled(self) -> list[str]:
        """The files of documents and jobs that lie in the spool."""
        return sorted(path.name for path in (self._place / "spool").iterdir() if path.is_file())

    def log(self) -> str:
        return "".join(path.read_text(errors="replace") for path in sorted((self._place / "log").iterdir()))

    def close(self) -> None:
        """End the daemon and its back ends, and leave nothing behind."""
        self.resume()
        self.stop()
        for process in psutil.process_iter() if self._orphans else ():
            with contextlib.suppress(psutil.Error):
                if process.environ().get("CUPS_SERVERROOT") == str(self._place / "root"):
                    process.kill()
        shutil.rmtree(self._place, ignore_errors=True)

    def __enter__(self) -> Cupsd:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(number)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(str(self.socket)) == 0
