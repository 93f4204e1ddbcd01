"""An empty window of the kiosk's size: says when it was painted, by the machine's monotonic clock, and ends."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Empty(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        QTimer.singleShot(0, self._painted)

    def _painted(self) -> None:
        sys.stdout.write(f"{time.monotonic()}\n")
        QApplication.exit()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = Empty()
    window.resize(1080, 1920)
    window.show()
    sys.exit(application.exec())
