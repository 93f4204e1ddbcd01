"""Tabs: one box, one of its parts chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screens.key import Fill, Kind
from screens.keys import Button
from screens.theme import LEAD_BOLD, NAV, Theme


class TabKey(Button):
    """One part of the box; the chosen one wears the action colour."""

    def fill(self) -> Fill:
        return Kind.PRIMARY.value if self.selected else Kind.QUIET.value


class Tabs(QWidget):
    """``picked`` tells which part was pressed, counted from 0."""

    picked = Signal(int)

    def __init__(self, theme: Theme, items: Sequence[tuple[str, str, str]], chosen: int) -> None:
        super().__init__()
        self._keys: list[TabKey] = []
        self._overlap = theme.px(theme.roles.stroke)
        for at, (name, title, icon) in enumerate(items):
            key = TabKey(theme, name, title, icon, Kind.QUIET, LEAD_BOLD if theme.elder else NAV, 96, padding=12)
            key.setParent(self)
            key.select(at == chosen)
            key.clicked.connect(partial(self._pick, at))
            self._keys.append(key)

    def _pick(self, at: int, *_: object) -> None:
        self.picked.emit(at)

    def heightForWidth(self, width: int) -> int:
        each = width // max(1, len(self._keys))
        return max(key.heightForWidth(each) for key in self._keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        each = self.width() / max(1, len(self._keys))
        for at, key in enumerate(self._keys):
            left, right = round(at * each), round((at + 1) * each)
            key.setGeometry(
                QRect(left, 0, right - left + (self._overlap if at < len(self._keys) - 1 else 0), self.height())
            )
