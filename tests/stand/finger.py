"""A finger on the kiosk's glass: what a person could do and see, asked for over a local socket.

It presses keys, reads the screen, takes pictures, and reaches into nothing else.
"""

from __future__ import annotations

import json
import os
import sys
import time
from functools import partial
from pathlib import Path

import psutil
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from kiosk import settings
from kiosk.app import Kiosk
from tests.stand.alive import alive
from tests.stand.diary import Diary
from tests.stand.harm import HARMS
from tests.stand.names import lay_names_anew
from tests.stand.player import Player

BEAT_MS = 10
MOVE_MS = 3
LOOKS = ("text", "keys", "where", "picture", "lay_names_anew", "counts", "lags", "diary")
"""What the onlooker's own work is: the time it takes is not the kiosk's."""


class Finger(QObject):
    def __init__(self, kiosk: Kiosk, address: str) -> None:
        super().__init__()
        self._kiosk = kiosk
        self._window = kiosk.window
        QLocalServer.removeServer(address)  # of a kiosk that was killed
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(address):
            raise OSError(self._server.errorString())
        self._diary = Diary(kiosk, self._begin)
        self._player: Player | None = None
        self._moves = QTimer(self, interval=MOVE_MS)
        self._moves.timeout.connect(self._on_move)
        self._lags: list[float] = []
        self._looked = 0.0
        self._starter = os.getppid()
        self._last = time.perf_counter()
        self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)

    def _begin(self) -> None:
        """Feel the pulse from the first page on: what comes before is the start, and measured by itself."""
        self._last = time.perf_counter()
        self._beat.start()

    def _on_beat(self) -> None:
        if os.getppid() != self._starter:
            os._exit(1)  # nobody looks after it any more; it would answer at the cables of the next one's world
        now = time.perf_counter()
        self._lags.append(max(0.0, (now - self._last - self._looked) * 1000 - BEAT_MS))
        self._last, self._looked = now, 0.0

    def _on_move(self) -> None:
        if self._player is not None and self._player.beat():
            self._moves.stop()
            self._player = None

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(self._on_line)
        socket.disconnected.connect(socket.deleteLater)

    def _on_line(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        while socket.canReadLine():
            order = json.loads(bytes(socket.readLine().data()))
            do = order.pop("do")
            if do == "play":
                self._player = Player(self._window, self.do_press, partial(self._answer, socket), **order)
                self._moves.start()
                continue
            began = time.perf_counter()
            answer = getattr(self, f"do_{do}")(**order)
            if do in LOOKS:
                self._looked += time.perf_counter() - began
            self._answer(socket, answer)

    def _answer(self, socket: QLocalSocket, answer: object) -> None:
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
        self._diary.mark(f"press:{key}")
        for _ in range(times):
            QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=middle)
            QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=middle)
        return True

    def do_keys(self) -> list[str]:
        found = self._window.findChildren(QAbstractButton)
        return sorted({b.objectName() for b in found if b.objectName() and b.isVisible() and b.isEnabled()})

    def do_where(self) -> dict[str, tuple[int, int, int, int]]:
        """Where each key is that can be pressed: its left and top edge, width and height, in pixels of the window."""
        corner, found = QPoint(0, 0), self._window.findChildren(QAbstractButton)
        keys = [each for each in found if each.objectName() and each.isVisible() and each.isEnabled()]
        tops = [each.mapTo(self._window, corner) for each in keys]
        return {
            key.objectName(): (top.x(), top.y(), key.width(), key.height()) for key, top in zip(keys, tops, strict=True)
        }

    def do_text(self) -> str:
        return self._window.words_shown()

    def do_picture(self, path: str) -> bool:
        return self._window.grab().save(path)

    def do_place(self, x: int, y: int) -> bool:
        """Push the window there, its frame included, where the display lets windows be pushed."""
        self._window.move(x, y)
        return True

    def do_lags(self, forget: bool = False) -> list[float]:
        lags = list(self._lags)
        if forget:
            self._lags.clear()
        return lags

    def do_harm(self, how: str) -> bool:
        """What no citizen can do: see ``harm.py``. It comes about after the answer."""
        QTimer.singleShot(0, HARMS[how])
        return True

    def do_diary(self) -> list[tuple[float, str]]:
        return self._diary.take()

    def do_lay_names_anew(self) -> bool:
        """Before counts of memory that are compared: see ``names.py``."""
        lay_names_anew()
        return True

    def do_counts(self) -> dict[str, int]:
        """What there is of everything now; ``workers`` are the processes that the kiosk started."""
        objects, qobjects = alive(QObject)
        process = psutil.Process(os.getpid())
        workers = process.children()
        return {
            "objects": objects,
            "qobjects": qobjects,
            "widgets": len(QApplication.allWidgets()),
            "threads": process.num_threads(),
            "descriptors": process.num_fds(),
            "rss": process.memory_info().rss,
            "workers": len(workers),
            "workers_descriptors": sum(worker.num_fds() for worker in workers),
            "workers_rss": sum(worker.memory_info().rss for worker in workers),
        }


def main() -> int:
    """``kiosk.app`` with a finger: the settings and the finger's address are on the command line."""
    loaded = settings.load(Path(sys.argv[1]))
    application = QApplication(sys.argv[:1])
    kiosk = Kiosk(loaded, application)
    finger = Finger(kiosk, sys.argv[2])
    kiosk.open()
    code = kiosk.stay()
    finger.deleteLater()
    return code
