"""The far ends of a scanner's cable: a camera that streams over HTTP, and a hand scanner on a serial line."""

from __future__ import annotations

import os
import pty
import select
import socket
import tty
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

import cv2
import numpy as np
import qrcode
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

WIDTH: Final = 1280
HEIGHT: Final = 720
_BOUNDARY: Final = b"frame"


def code(data: bytes, dots: int = 3) -> Picture:
    """A QR code with its quiet zone, ``dots`` to a module; at most 2,953 bytes."""
    drawing = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_L)
    drawing.add_data(data, optimize=0)
    modules = np.array(drawing.get_matrix(), dtype=np.uint8)
    return np.kron(255 - 255 * modules, np.ones((dots, dots), np.uint8)).astype(np.uint8)


def scene(*pictures: Picture, light: int = 200) -> Picture:
    """What a camera sees when ``pictures`` lie side by side on a grey table."""
    table = np.full((HEIGHT, WIDTH), light, np.uint8)
    left = 20
    for picture in pictures:
        height, width = picture.shape
        table[20 : 20 + height, left : left + width] = picture
        left += width + 20
    return table


class StreamCamera:
    """A network camera: multipart/x-mixed-replace JPEG on loopback, the same port after every restart."""

    def __init__(self, frames_per_second: float = 25.0) -> None:
        self._pause = 1 / frames_per_second
        self._lock = Lock()
        self._viewers: set[socket.socket] = set()
        self._hung = Event()
        self._port = 0
        self.sent = 0  # frames so far, to all viewers
        self._server: ThreadingHTTPServer | None = None
        self.show(scene())
        self.plug_in()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/stream"

    def show(self, picture: Picture) -> None:
        self.show_bytes(cv2.imencode(".jpg", picture)[1].tobytes())

    def show_bytes(self, jpeg: bytes) -> None:
        """Send these bytes as every frame, whatever they are."""
        self._jpeg = jpeg

    def hang(self) -> None:
        """Keep all connections, take new ones, and send nothing."""
        self._hung.set()

    def go_on(self) -> None:
        self._hung.clear()

    def viewers(self) -> int:
        """How many look at the stream at this moment."""
        with self._lock:
            return len(self._viewers)

    def drop(self) -> None:
        """Cut all streams; the camera itself stays on the network."""
        with self._lock:
            for viewer in self._viewers:
                with suppress(OSError):
                    viewer.shutdown(socket.SHUT_RDWR)

    def plug_in(self) -> None:
        camera = self

        class Stream(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with suppress(OSError):
                    camera._stream(self)

            def log_message(self, format: str, *args: object) -> None:
                """A camera keeps no log."""

        self._unplugged = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Stream)
        self._port = self._server.server_port
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="camera", daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        if self._server is None:
            return
        self._unplugged.set()
        self._server.shutdown()
        self._thread.join()
        self.drop()
        self._server.server_close()
        self._server = None

    def _stream(self, to: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self._viewers.add(to.connection)
        try:
            self._wait_while_hung()
            to.send_response(200)
            to.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY.decode()}")
            to.end_headers()
            while not self._unplugged.wait(self._pause):
                self._wait_while_hung()
                head = b"--%s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                to.wfile.write(head % (_BOUNDARY, len(self._jpeg)) + self._jpeg + b"\r\n")
                self.sent += 1
        finally:
            with self._lock:
                self._viewers.discard(to.connection)

    def _wait_while_hung(self) -> None:
        while self._hung.is_set() and not self._unplugged.wait(0.02):
            pass


class HandScanner:
    """A scanner that sends each code as a line; its link in the file system comes and goes with the cable."""

    def __init__(self, folder: Path) -> None:
        self.port = str(folder / "scanner")
        self._ends: tuple[int, int] | None = None
        self.plug_in()

    def scan(self, data: bytes, end: bytes = b"\r\n") -> None:
        """Send a code. What the host does not take within 2 s is lost."""
        if self._ends is None:
            raise OSError("not plugged in")
        left = data + end
        while left and select.select([], [self._ends[0]], [], 2)[1]:
            left = left[os.write(self._ends[0], left) :]

    def plug_in(self) -> None:
        self.unplug()
        self._ends = pty.openpty()
        tty.setraw(self._ends[1])
        os.set_blocking(self._ends[0], False)
        Path(self.port).symlink_to(os.ttyname(self._ends[1]))

    def unplug(self) -> None:
        if self._ends is not None:
            Path(self.port).unlink()
            for end in self._ends:
                os.close(end)
            self._ends = None
