"""The dock's keys, and the panels that they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from screens.keys import Button
from screens.layout import Across, Down, Panel, height_in
from screens.theme import BODY, Face, Theme
from tests.dock.moves import Deed, Move
from tests.dock.seen import Seen

KEY: Final = Face(BODY.mm, BODY.elder_mm, True, 1.15)
_TAB: Final = 72


class MoveKey(Button):
    """A key whose words and deed follow how things stand."""

    def __init__(self, theme: Theme, move: Move, height: int) -> None:
        deed = move.now(Seen())
        super().__init__(theme, move.name, deed.title, deed.icon, face=KEY, height=height, padding=14)
        self._move = move
        self.deed = deed

    def follow(self, seen: Seen | None) -> None:
        """Say what can be done now; nothing while nobody knows."""
        if seen is not None:
            self.become(self._move.now(seen))
        self.setEnabled(seen is not None and self.deed.possible)

    def become(self, deed: Deed) -> None:
        """Take over the words, icon and state; a key without words is not seen."""
        self.deed = deed
        self.title, self.icon_name = deed.title, deed.icon
        self.setAccessibleName(deed.title)
        if self.selected != deed.on:
            self.select(deed.on)
        self._gap = self.theme.px(16) if deed.icon and deed.title else 0
        self._icon_px = self.theme.px(44) if deed.icon else 0
        self.setVisible(bool(deed.title))
        self.update()


class KeyRow(Across):
    """Keys beside each other; no height while none of them has words."""

    def __init__(self, theme: Theme, keys: Sequence[MoveKey]) -> None:
        super().__init__(theme, keys, gap=14)
        self._keys = keys

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width) if any(key.deed.title for key in self._keys) else 0


class Sheet(Panel):
    """A panel whose last block takes all the height that is left."""

    def settle(self) -> None:
        """Place the blocks anew: rows of keys may have come or gone."""
        pad = self._padding
        self._place(self.rect().adjusted(pad, pad, -pad, -pad))

    def _place(self, room: QRect) -> None:
        y = room.top()
        *blocks, last = self._blocks
        for block in blocks:
            height = height_in(block, room.width())
            block.setGeometry(room.left(), y, room.width(), height)
            y += height + (self._gap if height else 0)
        last.setGeometry(room.left(), y, room.width(), max(0, room.bottom() + 1 - y))


class Faces(Down):
    """Several blocks in the same place, as tall as the tallest: a row of keys over them says which one is seen."""

    def __init__(self, theme: Theme, faces: Sequence[tuple[str, str, QWidget]]) -> None:
        """``faces``: the name and the words of each key, and what it shows."""
        self.keys = [Button(theme, name, title, face=KEY, height=_TAB, padding=14) for name, title, _ in faces]
        self._faces = [block for _, _, block in faces]
        super().__init__(theme, [Across(theme, self.keys, gap=14)], gap=14)
        for at, (key, face) in enumerate(zip(self.keys, self._faces, strict=True)):
            face.setParent(self)
            key.clicked.connect(partial(self.turn, at))
        self.turn(0)

    def turn(self, to: int, *_: object) -> None:
        """Show this one."""
        for at, (key, face) in enumerate(zip(self.keys, self._faces, strict=True)):
            key.select(at == to)
            face.setVisible(at == to)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width) + self._gap + max(height_in(face, width) for face in self._faces)

    def _place(self, room: QRect) -> None:
        super()._place(room)
        below = room.adjusted(0, super().heightForWidth(room.width()) + self._gap, 0, 0)
        for face in self._faces:
            face.setGeometry(below.left(), below.top(), below.width(), height_in(face, below.width()))
