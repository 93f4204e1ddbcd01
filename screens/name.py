"""A masked name that is whole while a key is held, and the key."""

from __future__ import annotations

from PySide6.QtCore import QSize

from screens import say
from screens.keys import Button
from screens.text import Text
from screens.theme import LEAD_BOLD, Face, Theme
from screens.typeset import typeset


class Name(Text):
    """There is room for the longer of the two texts from the start. Never read aloud into the room."""

    def __init__(self, theme: Theme, masked: str, full: str, face: Face = LEAD_BOLD, role: str = "ink") -> None:
        super().__init__(theme, masked, face, role, private=True)
        self._masked, self._full, self._look, self._set_in = masked, full, theme, face

    def heightForWidth(self, width: int) -> int:
        return max(typeset(text, self._set_in, self._look, width).height for text in (self._masked, self._full))

    def sizeHint(self) -> QSize:
        wide = max(typeset(text, self._set_in, self._look, 100_000).width for text in (self._masked, self._full))
        return QSize(int(wide) + 2, self.heightForWidth(int(wide) + 2))

    def reveal(self) -> None:
        self.say(self._full)

    def conceal(self) -> None:
        self.say(self._masked)


def hold_key(theme: Theme, name: Name) -> Button:
    """The key that shows the whole name for as long as it is held."""
    height = 96 if theme.reach and theme.elder else 112 if theme.reach or theme.elder else 82
    words = say.HOLD_FOR_NAME.into(theme.look.language)
    key = Button(theme, "hold:name", words, "eye", face=LEAD_BOLD, height=height, padding=18)
    key.pressed.connect(name.reveal)
    key.released.connect(name.conceal)
    return key
