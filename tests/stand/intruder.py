"""Somebody at a kiosk's display who tries everything but a touch on a key, and looks whether anything came of it."""

from __future__ import annotations

import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from tests.stand.display import Display
from tests.stand.keystrokes import LETTERS, storm
from tests.stand.kiosk import ROOT, KioskProcess, until
from tests.stand.stranger import LURE
from tests.stand.x_client import Seen, XClient

SETTLED_S: Final = 3.0
"""How long what was done may show: until the window is back over all others, and painted."""

STRAY: Final = (
    *(signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2, signal.SIGPIPE, signal.SIGALRM, signal.SIGWINCH),
    *(signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGIO, signal.SIGPWR, signal.SIGVTALRM, signal.SIGPROF),
)
OTHERS: Final = (2, 3, 4, 5, 6, 7, 8, 9)
"""Every button of a mouse but the first: middle, right, the wheel up, down and sideways, back and forward."""

_HEADER, _COUNTDOWN = slice(0, 200), (slice(1648, 1792), slice(480, 770))
"""Rows, and rows and columns, in which the time passes on a panel of 1080 by 1920."""


@dataclass(frozen=True)
class Standing:
    """How the kiosk stands: its process, the windows that are shown, its words without times, what is on the glass."""

    process: int
    windows: tuple[Seen, ...]
    words: tuple[str, ...]
    glass: np.ndarray[Any, Any]

    def differs(self, now: Standing) -> str:
        """What is not as it was; "" where all is."""
        if now.process != self.process:
            return f"process {self.process} became {now.process}"
        if now.windows != self.windows:
            return f"shown are {now.windows}"
        if now.words != self.words:
            return f"the page became {' | '.join(now.words)[:300]}"
        rows, columns, _ = (now.glass != self.glass).nonzero()
        return f"{len(rows)} dots changed, the first at {columns[0]}, {rows[0]}" if len(rows) else ""


class Intruder:
    """``seed`` decides where it clicks and in which order it types."""

    def __init__(self, display: Display, kiosk: KioskProcess, seed: int) -> None:
        self._display, self._kiosk = display, kiosk
        self._random = random.Random(seed)
        self._client = XClient(display.name)
        self.strokes, self.seconds = 0, 0.0
        """How many keys were typed in storms so far, and how long it took."""

    def close(self) -> None:
        self._client.close()

    @contextmanager
    def in_vain(self, what: str) -> Iterator[None]:
        """Whatever is done in it, the kiosk stands as before soon after."""
        before = self._standing()
        yield
        end = time.monotonic() + SETTLED_S
        while differs := before.differs(self._standing()):
            assert time.monotonic() < end, f"{what}: {differs}"
        for selection in ("PRIMARY", "SECONDARY", "CLIPBOARD"):
            assert self._client.owner(selection) == 0, f"{what}: something is offered as {selection}"

    def tries(self, where: str, *deeds: Callable[[], None]) -> None:
        """Each of them in vain by itself: what one of them changed, the next might cover up."""
        for deed in deeds:
            with self.in_vain(f"{deed.__name__} {where}"):
                deed()

    def _standing(self) -> Standing:
        words = tuple(line for line in self._kiosk.text().splitlines() if not line.replace(":", "").isdigit())
        glass = self._display.see()
        glass[_HEADER] = 0
        glass[_COUNTDOWN] = 0
        shown = self._client.shown()
        seen = shown[-1:] if self._display.manager else shown  # what a manager pops up must stay beneath
        return Standing(self._kiosk.pid, tuple(seen), words, glass)

    # what acts

    def touch(self, key: str) -> None:
        """A finger on a key: the one thing that does something."""
        until(f"key {key}", lambda: key in self._where())
        self._display.do("mousemove", *self._middle(key), "click", "--delay", 0, 1)

    # what does not

    def storm(self) -> None:
        """Every key of a keyboard, alone and with others held down, then a number as a scanner types it."""
        self._display.do("windowfocus", self._window())
        keys = storm(self._random)
        began = time.monotonic()
        self._display.type(keys)
        self.strokes += sum(each.count("+") + 1 for each in keys)
        self.seconds += time.monotonic() - began
        self.types("990101199001011234")

    def types(self, text: str) -> None:
        """As a keyboard, or a scanner that is one, does it."""
        self._display.type([*text, "Return", *LETTERS[:8], "Tab", "KP_Enter"])

    def clicks(self) -> None:
        """Every other button on keys, every button on the ground between them, also held down and many times."""
        at_once = "click", "--delay", 0
        for key in self._some_keys(4):
            self._display.do("mousemove", *self._middle(key), *(word for each in OTHERS for word in (*at_once, each)))
        for x, y in [self._ground() for _ in range(6)]:
            many = "--repeat", self._random.randint(2, 6), "--delay", self._random.choice((0, 5))
            self._display.do("mousemove", x, y, "click", *many, 1, "click", *many, self._random.choice(OTHERS))
        (key,) = self._some_keys(1)
        self._display.do("mousemove", *self._middle(key), "mousedown", 3, "sleep", 0.8, "mouseup", 3)
        self._display.do("mousemove", *self._ground(), "mousedown", 1, "sleep", 0.8, "mouseup", 1)

    def drags(self) -> None:
        """A finger that slides off a key, onto one, and over the edges of the panel."""
        width, height = self._display.width - 1, self._display.height - 1
        key, other = self._some_keys(2)
        ways = [(self._middle(key), self._ground()), (self._ground(), self._middle(other))]
        for edge in ((0, height // 2), (width, height // 2), (width // 2, 0), (width // 2, height)):
            ways += [(edge, self._ground()), (self._ground(), edge)]
        for (x, y), (to_x, to_y) in ways:
            between = (x + to_x) // 2, (y + to_y) // 2
            self._display.do(
                *("mousemove", x, y, "mousedown", 1, "mousemove", *between, "mousemove", to_x, to_y, "mouseup", 1)
            )

    def drops(self) -> None:
        """Text, an address and a file out of another program's window onto a key and the ground."""
        (key,) = self._some_keys(1)
        for x, y in (self._middle(key), self._ground()):
            with self._stranger("source", 0, 240, 60, 60) as stranger:
                until("a drag", lambda: self._begins_to_drag(stranger))
                over = ("mousemove", x, y - 5, "sleep", 0.2, "mousemove", x, y, "sleep", 0.1, "mouseup", 1)
                self._display.do("mousemove", 60, 300, "sleep", 0.1, *over)
                became = _line_of(stranger)
                assert became == "DropAction.IgnoreAction", f"what was dropped became {became or 'nothing'}"

    def _begins_to_drag(self, stranger: subprocess.Popen[bytes]) -> bool:
        """Again where the kiosk came over the other window just then."""
        self._display.do("mousemove", 30, 270, "mousedown", 1)
        if _line_of(stranger, 0.5) == "drags":
            return True
        self._display.do("mouseup", 1)
        return False

    def offers(self) -> None:
        """Something to paste, and every way to ask for it."""
        with self._stranger("clipboard", 0, 240, 60, 60):
            self._display.type(["ctrl+v", "shift+Insert", "ctrl+y", "ctrl+a", "ctrl+c", "ctrl+x", "XF86Paste"])
            self._display.do("mousemove", *self._ground(), "click", 2)
            assert LURE not in self._kiosk.text()

    def covers(self) -> None:
        """A window over all, of a program that asks nobody."""
        with self._stranger("cover", 0, 0, self._display.width, self._display.height):
            until("the kiosk on top", lambda: self._client.shown()[-1].window == self._window(), SETTLED_S)

    def meddles(self) -> None:
        """What a window manager, or any other client of the server, may do to a window."""
        client, window = self._client, self._window()
        atom = client.atom
        client.tell(window, "WM_PROTOCOLS", atom("WM_DELETE_WINDOW"), 0)
        client.tell(window, "WM_PROTOCOLS", atom("WM_TAKE_FOCUS"), 0)
        client.tell(window, "WM_PROTOCOLS", atom("_NET_WM_PING"), 0, window)
        client.ask_manager(window, "_NET_CLOSE_WINDOW", 0, 2)
        client.ask_manager(window, "WM_CHANGE_STATE", 3)
        for add, state in ((0, "FULLSCREEN"), (1, "HIDDEN"), (1, "BELOW"), (1, "SHADED")):
            client.ask_manager(window, "_NET_WM_STATE", add, atom(f"_NET_WM_STATE_{state}"), 0, 2)
        client.ask_manager(window, "_NET_WM_DESKTOP", 1, 2)
        for words in (
            ("windowminimize", window),
            ("windowmove", window, 300, 200),
            ("windowsize", window, 480, 480),
            ("windowunmap", window),
        ):
            self._display.do(*words)
            until(f"the window back after {words[0]}", self._covers_all, SETTLED_S)

    def signals(self) -> None:
        """What another program, or a terminal, may send by mistake."""
        for each in STRAY:
            self._kiosk.signal(each)
            assert self._kiosk.text(), f"{each.name} silenced it"

    # where

    def _where(self) -> dict[str, tuple[int, int, int, int]]:
        return {name: tuple(place) for name, place in self._kiosk.ask("where").items()}

    def _middle(self, key: str) -> tuple[int, int]:
        x, y, width, height = self._where()[key]
        return x + width // 2, y + height // 2

    def _some_keys(self, number: int) -> list[str]:
        return self._random.sample(sorted(self._where()), number)

    def _ground(self) -> tuple[int, int]:
        """A point of the panel where no key is, nor its edge."""
        keys = self._where().values()
        while True:
            x, y = self._random.randrange(self._display.width), self._random.randrange(self._display.height)
            if not any(_near(x, y, key) for key in keys):
                return x, y

    def _window(self) -> int:
        """The kiosk's: the one that is as large as the panel and was there first."""
        return min(each.window for each in self._client.shown() if self._is_large(each))

    def _is_large(self, window: Seen) -> bool:
        return (window.x, window.y, window.width, window.height) == (0, 0, self._display.width, self._display.height)

    def _covers_all(self) -> bool:
        shown = self._client.shown()
        return bool(shown) and self._is_large(shown[-1])

    @contextmanager
    def _stranger(self, kind: str, *place: int) -> Iterator[subprocess.Popen[bytes]]:
        words = [sys.executable, "-m", "tests.stand.stranger", kind, *map(str, place)]
        with subprocess.Popen(
            words, cwd=ROOT, env=self._display.whole(), stdout=subprocess.PIPE, bufsize=0
        ) as stranger:
            assert _line_of(stranger) == "there", "no stranger came"
            try:
                yield stranger
            finally:
                stranger.terminate()


def _near(x: int, y: int, key: tuple[int, int, int, int]) -> bool:
    left, top, width, height = key
    return left - 8 <= x < left + width + 8 and top - 8 <= y < top + height + 8


def _line_of(process: subprocess.Popen[bytes], seconds: float = 10.0) -> str:
    """The next line that it says; "" where none comes in time."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    return process.stdout.readline().decode().strip() if ready else ""
