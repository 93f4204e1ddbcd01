"""A kiosk that cannot start says so on its panel: looked at from outside, as a citizen would."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import tomli_w

from tests.day.check import Seen, check
from tests.stand.display import Display, words_on
from tests.stand.kiosk import ROOT, until
from tests.stand.x_client import XClient

TRIED_AGAIN = (25.0, 40.0)
"""Seconds from the start of a process that could not be a kiosk to its end, so that a supervisor tries again."""

PAINTED = 100
"""The last rows of the glass; a page paints them too."""

SAYS = ("本机暂停服务", "请用旁边的机器", "12345", "This machine is out of service")

REASONS = {
    "K112": "SettingsError: kiosk.toml: Illegal character",
    "K113": "StoreInUse: keting.db",
    "K114": "StoreError: L101: NotADirectoryError",
}
"""What the technician is told."""


class Start:
    """``python -m kiosk run`` on a display of its own; ``said`` is what it tells the technician."""

    def __init__(self, display: Display, toml: Path, said: IO[bytes]) -> None:
        self.display = display
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "--config", str(toml), "run"],
            env={**os.environ, **display.environment(), "PYTHONPATH": str(ROOT)},
            cwd=toml.parent,
            stderr=said,
        )

    def shows(self) -> np.ndarray[Any, Any]:
        """What is on the glass when it is painted."""
        until("a page on the panel", self._is_painted, 20)
        return self.display.see()

    def _is_painted(self) -> bool:
        assert self.process.poll() is None, f"the process ended with {self.process.returncode} and shows nothing"
        return bool((self.display.see()[-PAINTED:] > 0).all())

    def stays(self) -> None:
        """Keys and window managers do not get it away."""
        with closing(XClient(self.display.name)) as client:
            before = client.shown()
            assert [(each.width, each.height) for each in before] == [(1080, 1920)], f"shown are {before}"
            client.tell(before[0].window, "WM_PROTOCOLS", client.atom("WM_DELETE_WINDOW"), 0)
            self.display.type(["alt+F4", "Escape", "ctrl+q", "ctrl+c", "Tab", "Return", "space"])
            self.display.do("windowunmap", before[0].window)
            until("the same window over the panel", lambda: client.shown() == before, 3)


@contextmanager
def started(toml: Path, settings: dict[str, Any] | str) -> Iterator[Start]:
    toml.parent.mkdir()
    toml.write_text(settings if isinstance(settings, str) else tomli_w.dumps(settings), "utf-8")
    with closing(Display()) as display, (toml.parent / "said").open("wb") as said:
        start = Start(display, toml, said)
        try:
            yield start
        finally:
            start.process.kill()
            start.process.wait()


@check("splash-when-start-fails")
def splash(seen: Seen) -> str:
    place = seen.world.place()
    folder = seen.world.made(seen.world.folder / "no-start")
    good = tomllib.loads(place.kiosk.toml.read_text("utf-8"))
    good["screen"]["fullscreen"] = True
    (folder / "file").touch()
    with (
        started(folder / "broken" / "kiosk.toml", 'data = "/var\n') as broken,
        started(folder / "held" / "kiosk.toml", good) as held,
        started(folder / "unwritable" / "kiosk.toml", good | {"data": str(folder / "file" / "data")}) as unwritable,
    ):
        codes = dict(zip(REASONS, (broken, held, unwritable), strict=True))
        glass = {}
        for code, start in codes.items():
            start.shows()
            start.stays()
            glass[code] = start.shows()
            seen.panel(start.display, f"-{code}")
        for code, start in codes.items():
            ended = start.process.wait(TRIED_AGAIN[1])
            lasted = time.monotonic() - start.began
            assert ended == 1, f"{code} ended with {ended}"
            assert lasted >= TRIED_AGAIN[0], f"{code} was shown for {lasted:.0f} s only"
    for code, shown in glass.items():
        read = words_on(shown)
        missing = [words for words in (*SAYS, code) if words.replace(" ", "") not in read]
        assert not missing, f"{code}: {missing} can't be read on the panel: {read}"
    assert f"{place.number}号机" in words_on(glass["K113"]), "a machine that once started does not say which it is"
    for (code, reason), name in zip(REASONS.items(), ("broken", "held", "unwritable"), strict=True):
        (told,) = (folder / name / "said").read_text("utf-8").splitlines()
        assert told.startswith(f"{code} {reason}"), f"{code}: the technician is told {told}"
    place.attract()
    return (
        "broken settings, a held store, a folder that can't be written: page, code and 12345 for 30 s, then exit code 1"
    )
