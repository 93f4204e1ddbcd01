"""What a keyboard can say, by xdotool's names: every key that might mean something to anybody.

``0xff6a`` is Help, which by its name is a command of xdotool's.
"""

from __future__ import annotations

import random
import string
from itertools import product
from typing import Final

LETTERS: Final = (*string.ascii_lowercase, *string.digits)
_NAMED: Final = (
    *("Escape", "Tab", "Return", "KP_Enter", "space", "BackSpace", "Delete", "Insert", "Home", "End", "Prior", "Next"),
    *("Up", "Down", "Left", "Right", "Print", "Sys_Req", "Scroll_Lock", "Pause", "Break", "Menu", "0xff6a", "Undo"),
    *("Redo", "Find", "Cancel", "Execute", "Select", "Clear", "Multi_key", "Mode_switch", "Kanji", "Henkan_Mode"),
    *("dead_acute", "dead_grave", "dead_circumflex", "dead_diaeresis", "dead_tilde", "Hangul", "Eisu_toggle"),
    *("plus", "minus", "equal", "slash", "question", "period", "comma", "KP_Add", "KP_Subtract", "KP_0"),
)
_MEDIA: Final = tuple(
    f"XF86{name}"
    for name in (
        *("AudioRaiseVolume", "AudioLowerVolume", "AudioMute", "AudioMicMute", "AudioPlay", "AudioStop", "AudioNext"),
        *("MonBrightnessUp", "MonBrightnessDown", "Display", "PowerOff", "PowerDown", "Sleep", "Suspend", "WakeUp"),
        *("WWW", "HomePage", "Mail", "Search", "Explorer", "MyComputer", "Calculator", "Terminal", "Tools", "Launch1"),
        *("Back", "Forward", "Stop", "Refresh", "Reload", "Close", "Copy", "Cut", "Paste", "Eject", "ScreenSaver"),
        *("RotateWindows", "TaskPane", "LogOff", "Switch_VT_1", "Switch_VT_2", "Ungrab", "ClearGrab"),
    )
)
_FUNCTIONS: Final = tuple(f"F{number}" for number in range(1, 25))
_HELD: Final = (
    *("ctrl", "alt", "super", "shift", "ctrl+alt", "ctrl+shift", "alt+shift", "super+shift", "ctrl+alt+shift"),
    "ctrl+super",
)
_WELL_KNOWN: Final = (
    *("ctrl+alt+BackSpace", "ctrl+alt+Delete", "alt+Tab", "alt+shift+Tab", "alt+F4", "alt+space", "alt+Escape"),
    *("super+d", "super+l", "super+Tab", "ctrl+Escape", "ctrl+shift+Escape", "alt+Print", "alt+Sys_Req", "ctrl+Print"),
    *("shift+F1", "shift+F10", "ctrl+F4", "ctrl+Tab", "ctrl+shift+Tab", "shift+Tab", "ctrl+plus", "ctrl+minus"),
    *("alt+Left", "alt+Right", "alt+Home", "ctrl+alt+Up", "ctrl+alt+Left", "super", "alt", "ctrl", "shift"),
)
_FIVE_KEYS: Final = ("Tab", "Tab", "space", "Return", "Up", "Down", "Left", "Right", "KP_Enter", "Escape") * 20
"""What moves a focus and presses what has it."""


def storm(order: random.Random) -> list[str]:
    """All of it, in any order but the last."""
    keys = [*LETTERS, *_NAMED, *_MEDIA, *_FUNCTIONS, *_WELL_KNOWN]
    keys += [f"{held}+{key}" for held, key in product(_HELD, (*LETTERS, *_FUNCTIONS))]
    order.shuffle(keys)
    return [*keys, *_FIVE_KEYS]
