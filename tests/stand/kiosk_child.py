"""The kiosk as it ships, in a process of its own, with a finger on its glass.

``python -m tests.stand.kiosk_child kiosk.toml SOCKET`` runs ``kiosk.app`` and
listens on a local socket for what a person could do and see: press a key,
read the screen, take a picture. It reaches into nothing else.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from kiosk import settings
from kiosk.app import Kiosk


class Finger(QObject):
    def __init__(self, kiosk: Kiosk, address: str) -> None:
        super().__init__()
        self._kiosk = kiosk
        self._window = kiosk.window
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(address):
            raise OSError(self._server.errorString())
        self._lags: list[float] = []
        self._last = time.perf_counter()
        self._beat = QTimer(self, interval=10, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self._lags.append(max(0.0, (now - self._last) * 1000 - 10))
        self._last = now

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(self._on_line)
        socket.disconnected.connect(socket.deleteLater)

    def _on_line(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        while socket.canReadLine():
            order = json.loads(bytes(socket.readLine().data()))
            answer = getattr(self, f"do_{order.pop('do')}")(**order)
            socket.write(json.dumps(answer).encode() + b"\n")
            socket.flush()

    def _key(self, name: str) -> QAbstractButton | None:
        for button in self._window.findChildren(QAbstractButton, name):
            if button.isVisible() and button.isEnabled():
                return button
        return None

    def do_press(self, key: str, times: int = 1) -> bool:
        """Press and release in the middle of a key; ``times`` presses reach it within one frame."""
        button = self._key(key)
        if button is None:
            return False
        middle = QPoint(button.width() // 2, button.height() // 2)
        for _ in range(times):
            QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=middle)
            QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=middle)
        return True

    def do_keys(self) -> list[str]:
        found = self._window.findChildren(QAbstractButton)
        return sorted({b.objectName() for b in found if b.objectName() and b.isVisible() and b.isEnabled()})

    def do_text(self) -> str:
        return self._window.words_shown()

    def do_picture(self, path: str) -> bool:
        return self._window.grab().save(path)

    def do_lags(self, forget: bool = False) -> list[float]:
        lags = list(self._lags)
        if forget:
            self._lags.clear()
        return lags

    def do_counts(self) -> dict[str, Any]:
        gc.collect()
        process = psutil.Process(os.getpid())
        return {
            "objects": len(gc.get_objects()),
            "qobjects": len(self._window.findChildren(QObject)),
            "threads": threading.active_count(),
            "descriptors": process.num_fds(),
            "rss": process.memory_info().rss,
        }


def main() -> int:
    loaded = settings.load(Path(sys.argv[1]))
    application = QApplication(sys.argv[:1])
    kiosk = Kiosk(loaded, application)
    finger = Finger(kiosk, sys.argv[2])
    code = kiosk.run()
    finger.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
