"""Another program on the kiosk's screen: ``python -m tests.stand.stranger cover|source|clipboard X Y WIDTH HEIGHT``.

``cover`` is a window that no window manager is asked about. ``source`` is one out of which text, an address and a
file can be dragged, and which comes back on top ten times a second; ``clipboard`` offers text to be pasted. Each
stays until it is told to end, and says on a line that it is there, and what became of each drag.
"""

from __future__ import annotations

import signal
import sys
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QClipboard, QDrag, QGuiApplication, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

LURE: Final = "STRANGER-990101199001011234"
"""The text that is offered; it must never be on the kiosk's screen."""


def offered() -> QMimeData:
    """Text, addresses and a file at once, as a browser and a file manager offer them."""
    given = QMimeData()
    given.setText(LURE)
    given.setHtml(f"<b>{LURE}</b>")
    given.setUrls([QUrl("https://localhost/"), QUrl.fromLocalFile(str(Path(__file__)))])
    return given


class Stranger(QWidget):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self._drags = kind == "source"
        self.setWindowFlags(Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.FramelessWindowHint)
        self.setStyleSheet("background: magenta")
        self._again = QTimer(self, interval=100)
        self._again.timeout.connect(self.raise_)
        if self._drags:
            self._again.start()

    def showEvent(self, event: QShowEvent) -> None:
        QTimer.singleShot(0, partial(_say, "there"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._drags:
            _say("drags")
            drag = QDrag(self)
            drag.setMimeData(offered())
            _say(str(drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction)))


def _say(word: str) -> None:
    print(word, flush=True)


def main() -> int:
    application = QApplication(sys.argv[:1])
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    kind, *place = sys.argv[1:]
    stranger = Stranger(kind)
    stranger.setGeometry(*map(int, place))
    if kind == "clipboard":
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            QGuiApplication.clipboard().setMimeData(offered(), mode)
    stranger.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
