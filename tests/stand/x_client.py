"""A second client of an X server, which does to the windows of others what the protocol lets it do.

It speaks through libX11, which xdotool needs too. Source: Xlib's manual; ICCCM; Extended Window Manager Hints.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import POINTER, byref, c_char, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from dataclasses import dataclass
from typing import Final

_VIEWABLE: Final = 2
_CLIENT_MESSAGE: Final = 33
_TO_MANAGER: Final = 0x180000
"""SubstructureRedirect and SubstructureNotify: what goes to the root window so is heard by a window manager."""


class _Attributes(ctypes.Structure):
    _fields_ = (
        *((name, c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        *((name, c_void_p) for name in ("visual", "root")),
        *((name, c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing_store")),
        *((name, c_ulong) for name in ("backing_planes", "backing_pixel")),
        ("save_under", c_int),
        ("colormap", c_ulong),
        *((name, c_int) for name in ("map_installed", "map_state")),
        *((name, c_long) for name in ("all_masks", "your_mask", "no_propagate")),
        ("override_redirect", c_int),
        ("screen", c_void_p),
    )


class _Message(ctypes.Structure):
    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("sent", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("kind", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
        ("rest", c_char * 96),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """A window directly on the root that is shown: its number, and where it stands in pixels."""

    window: int
    x: int
    y: int
    width: int
    height: int


def _shrug(_display: int | None, _error: int | None) -> int:
    """A window that went away meanwhile; Xlib would end the process."""
    return 0


_SHRUG: Final = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(_shrug)


class XClient:
    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = c_void_p
        for name in ("XDefaultRootWindow", "XInternAtom", "XGetSelectionOwner"):
            getattr(self._x, name).restype = c_ulong
        self._x.XSetErrorHandler(_SHRUG)
        self._at = c_void_p(self._x.XOpenDisplay(display.encode()))
        assert self._at.value, f"no X server at {display}"
        self.root = int(self._x.XDefaultRootWindow(self._at))

    def atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._at, c_char_p(name.encode()), 0))

    def shown(self) -> list[Seen]:
        """All windows on the root that are shown, the one on top last."""
        found = [(window, self._attributes(window)) for window in self._children()]
        return [Seen(window, a.x, a.y, a.width, a.height) for window, a in found if a and a.map_state == _VIEWABLE]

    def owner(self, selection: str) -> int:
        """The window that offers ``PRIMARY`` or ``CLIPBOARD``; 0 where nobody offers anything."""
        return int(self._x.XGetSelectionOwner(self._at, c_ulong(self.atom(selection))))

    def tell(self, window: int, kind: str, *data: int) -> None:
        """A client message to a window, such as ``WM_PROTOCOLS`` from a window manager."""
        self._send(window, window, kind, data, 0)

    def ask_manager(self, window: int, kind: str, *data: int) -> None:
        """A client message about a window to the window manager, such as ``_NET_CLOSE_WINDOW``."""
        self._send(self.root, window, kind, data, _TO_MANAGER)

    def _send(self, to: int, window: int, kind: str, data: tuple[int, ...], mask: int) -> None:
        message = _Message(type=_CLIENT_MESSAGE, sent=1, window=window, kind=self.atom(kind), format=32)
        message.data[: len(data)] = data
        self._x.XSendEvent(self._at, c_ulong(to), 0, c_long(mask), byref(message))
        self._x.XSync(self._at, 0)

    def _children(self) -> Iterator[int]:
        root, parent, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
        asked = c_ulong(self.root)
        if self._x.XQueryTree(self._at, asked, byref(root), byref(parent), byref(children), byref(count)):
            yield from [int(children[at]) for at in range(count.value)]
            if children:
                self._x.XFree(children)

    def _attributes(self, window: int) -> _Attributes | None:
        found = _Attributes()
        return found if self._x.XGetWindowAttributes(self._at, c_ulong(window), byref(found)) else None

    def close(self) -> None:
        self._x.XCloseDisplay(self._at)
