"""The column of keys: cards, camera, printers, what is behind the kiosk, clocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from screens.layout import Across, Down, Panel
from screens.text import Text
from screens.theme import CAPTION, LEAD_BOLD, Theme
from tests.day.technicians import PIN
from tests.dock import carried, moves
from tests.dock.keys import Faces, KeyRow, MoveKey
from tests.dock.moves import Move
from tests.dock.people import PEOPLE
from tests.dock.views import Printed

PIN_SAID: Final = f"The PIN of each is {PIN}. A card that is pulled out ends its visit."

MakeKey = Callable[[Move], MoveKey]


class Controls(Down):
    """``wide``: there is room for every panel; else cables and clocks are two faces of one.

    ``printed``: what stands in the passport that lies there.
    """

    def __init__(self, theme: Theme, wide: bool, key: MakeKey, printed: Printed) -> None:
        self._theme, self._wide, self._key, self._printed = theme, wide, key, printed
        panels = [
            self._bare(self._cards()),
            self._panel("Under the camera", self._row(moves.CAMERA)),
            self._panel("The printers", *[self._row(row) for row in (*moves.PRINTER, moves.SHEETS)]),
            *self._behind(),
        ]
        super().__init__(theme, panels, gap=24 if wide else 20)

    def _cards(self) -> Faces:
        lines = self._across([self._printed, self._key(carried.LINES)], (19, 9))
        pin = Text(self._theme, PIN_SAID, CAPTION, "ink2")
        faces = (
            ("face:people", "人和卡\nPeople", [self._person(who) for who in range(len(PEOPLE))]),
            ("face:others", "护照和别的卡\nOther documents", [*self._rows(carried.READER, 3), lines]),
            ("face:work", "维护卡\nWork cards", [*self._rows(carried.WORK, 2), pin]),
        )
        return self._faces(faces)

    def _behind(self) -> list[Panel]:
        cables, clocks = ([self._row(row) for row in rows] for rows in (moves.CABLES, moves.CLOCKS))
        if self._wide:
            return [self._panel("Behind the kiosk", *cables), self._panel("Clocks", *clocks)]
        faces = (("face:cables", "Behind the kiosk", cables), ("face:clocks", "Clocks", clocks))
        return [self._bare(self._faces(faces))]

    def _person(self, who: int) -> Across:
        name = Text(self._theme, PEOPLE[who].name, LEAD_BOLD)
        number = Text(self._theme, PEOPLE[who].number, CAPTION, "ink2")
        words = Down(self._theme, [name, number], gap=2)
        return self._across([words, *map(self._key, carried.CARDS[who])], (10, 9, 9))

    def _faces(self, faces: Sequence[tuple[str, str, Sequence[QWidget]]]) -> Faces:
        return Faces(self._theme, [(name, title, Down(self._theme, rows, gap=12)) for name, title, rows in faces])

    def _rows(self, keys: Sequence[Move], beside: int) -> list[KeyRow]:
        return [self._row(keys[at : at + beside]) for at in range(0, len(keys), beside)]

    def _row(self, row: Sequence[Move]) -> KeyRow:
        return KeyRow(self._theme, [self._key(move) for move in row])

    def _across(self, parts: Sequence[QWidget], shares: tuple[int, ...]) -> Across:
        return Across(self._theme, parts, shares, gap=14, stretch=False)

    def _panel(self, title: str, *blocks: QWidget) -> Panel:
        return self._bare(Text(self._theme, title, LEAD_BOLD), *blocks)

    def _bare(self, *blocks: QWidget) -> Panel:
        return Panel(self._theme, blocks, gap=12, padding=24 if self._wide else 16)
