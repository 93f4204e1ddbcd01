"""What is put over the window, and when it goes away again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from screens.overlay import Help, Overlay, StillThere
from screens.stage import Stage

HELP_MS: Final = 45_000


class Covers(QObject):
    """The question whether anybody is there, or help, over ``window``; never both, and the question comes first.

    ``left``: the visit shall end. ``called_help``: help was asked for.
    """

    left = Signal()
    called_help = Signal()

    def __init__(self, window: QWidget, stage: Callable[[], Stage]) -> None:
        super().__init__(window)
        self._window, self._stage = window, stage
        self._warning: StillThere | None = None
        self._help: Help | None = None
        self._help_ends = QTimer(self)
        self._help_ends.setSingleShot(True)
        self._help_ends.timeout.connect(self._close_help)

    def warn(self, seconds: int) -> None:
        """Ask whether anybody is still there, with ``seconds`` left; call it each second."""
        if self._warning is None:
            self._close_help()
            self._warning = StillThere(self._stage())
            self._warning.dismissed.connect(self.calm)
            self._warning.left.connect(self._leave)
            self._put(self._warning)
        self._warning.show_left(seconds)

    def calm(self) -> None:
        """Take the question away."""
        drop(self._warning)
        self._warning = None

    def show_help(self) -> None:
        """Tell what to do and whom to call; it goes away by a key, a touch or by itself."""
        if self._help is None and self._warning is None:
            self._help = Help(self._stage())
            self._help.dismissed.connect(self._close_help)
            self._put(self._help)
            self._help_ends.start(HELP_MS)
            self.called_help.emit()

    def take_away(self) -> None:
        self.calm()
        self._close_help()

    def renew(self) -> None:
        """Put what lies over the window over what was built anew below it, in its look."""
        if self._warning is not None:
            self.calm()
            self.warn(20)
        if self._help is not None:
            self._close_help()
            self.show_help()

    def _put(self, overlay: Overlay) -> None:
        overlay.setParent(self._window)
        overlay.place(self._window.rect(), overlay.theme.px(136))
        overlay.show()
        overlay.raise_()

    def _leave(self) -> None:
        self.calm()
        self.left.emit()

    def _close_help(self) -> None:
        self._help_ends.stop()
        drop(self._help)
        self._help = None


def drop(part: QWidget | None) -> None:
    """Take ``part`` off its window: nothing that it still says is heard."""
    if part is not None:
        part.blockSignals(True)
        part.hide()
        part.deleteLater()
