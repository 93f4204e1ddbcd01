"""The inside of a private pcscd: runs in namespaces of its own, ends with whoever opened it.

Started by ``pcscd.py`` as ``unshare --mount --net python room.py <control fd> <place>``.
Whatever happens in here (/run, ports, loopback) nobody outside sees, save by
the two doors: pcscd's socket, a path below ``place``, and connections to
vpcd's ports, handed out over the control socket.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

VPCD = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
READERS = """FRIENDLYNAME "Virtual PCD"
DEVICENAME   /dev/null:0x8C7B
LIBPATH      {driver}
CHANNELID    0x8C7B
"""


def furnish(place: Path) -> None:
    """A /run of our own, one virtual reader, no drivers of real ones, and a loopback that is up."""
    for name in ("run/pcscd", "readers0", "readers1", "drivers"):
        (place / name).mkdir(parents=True, exist_ok=True)
    driver = place / VPCD.name
    shutil.copyfile(VPCD, driver)
    (place / "readers1" / "virtual").write_text(READERS.format(driver=driver))
    subprocess.run(["mount", "--bind", place / "run", "/run"], check=True)
    subprocess.run(["mount", "--bind", place / "drivers", "/usr/lib/pcsc/drivers"], check=True)
    up, siocsifflags = 0x1, 0x8914
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, siocsifflags, struct.pack("16sh14x", b"lo", up))


def begin(place: Path, readers: str) -> subprocess.Popen[bytes]:
    """Start the daemon with this many readers, 0 or 1."""
    for left_behind in (place / "run" / "pcscd").iterdir():
        left_behind.unlink()  # a killed pcscd leaves its socket, and the next refuses to start
    with (place / "pcscd.log").open("ab") as log:
        return subprocess.Popen(
            ["/usr/sbin/pcscd", "--foreground", "--config", place / f"readers{readers}"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def main(control: socket.socket, place: Path) -> None:
    furnish(place)
    control.send(b"ready")
    daemon: subprocess.Popen[bytes] | None = None
    try:
        while order := control.recv(64):
            verb, number = order.decode().split()
            if verb == "begin":
                daemon = begin(place, number)
                control.send(str(daemon.pid).encode())
            elif verb == "end" and daemon is not None:
                daemon.send_signal(int(number))
                daemon.send_signal(signal.SIGCONT)
                try:
                    daemon.wait(10)
                except subprocess.TimeoutExpired:  # as a service manager does with one that will not end
                    daemon.kill()
                    daemon.wait()
                control.send(b"ended")
            elif verb == "connect":
                with socket.socket() as door:
                    door.settimeout(5)
                    refused = door.connect_ex(("127.0.0.1", int(number)))
                    socket.send_fds(control, [str(refused).encode()], [] if refused else [door.fileno()])
    finally:
        if daemon is not None and daemon.poll() is None:
            daemon.kill()
            daemon.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir("/")
    main(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2]))
