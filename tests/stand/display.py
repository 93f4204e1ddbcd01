"""A screen of its own for a kiosk: an X server in memory, hands on its mouse and keyboard, an eye on its glass.

What hands do goes through XTEST, as a real mouse's and keyboard's events do. What the eye sees is what the server
would send to the panel, whatever any window believes of itself.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from tests.stand.kiosk import until

_HEADER: Final = struct.Struct(">25I")
"""XWD: how long it is, four numbers, width, height; the thirteenth the bytes of a line; the twentieth the colours of
its map, 12 bytes each. Source: XWDFile.h."""


class Display:
    """``manager``: a window manager runs on it (openbox, with the keys of a desktop), or none, as on a kiosk."""

    def __init__(self, width: int = 1080, height: int = 1920, manager: bool = False) -> None:
        self.width, self.height, self.manager = width, height, manager
        self._folder = Path(tempfile.mkdtemp(prefix="display-"))
        told, tells = os.pipe()
        self._running: list[subprocess.Popen[bytes]] = []
        self.name = ""
        size = f"{width}x{height}x24"
        try:
            server = ["Xvfb", "-displayfd", str(tells), "-screen", "0", size, "-noreset", "-nolisten", "tcp"]
            self._start([*server, "-fbdir", str(self._folder)], pass_fds=(tells,))
            os.close(tells)
            with os.fdopen(told) as said:
                number = said.readline().strip()
            assert number, "Xvfb did not start"
            self.name = f":{number}"
            if manager:
                self._start(["openbox", "--sm-disable"])
                until("a window manager", self._is_managed)
        except BaseException:
            self.close()
            raise

    def _start(self, words: Sequence[str], **more: Any) -> None:
        quiet = subprocess.DEVNULL
        self._running.append(subprocess.Popen(words, env=self.whole(), stdout=quiet, stderr=quiet, **more))

    def _is_managed(self) -> bool:
        asked = subprocess.run(["xdotool", "get_num_desktops"], env=self.whole(), capture_output=True, timeout=10)
        return asked.returncode == 0

    def _run(self, *words: str) -> bytes:
        return subprocess.run(words, env=self.whole(), capture_output=True, timeout=60, check=True).stdout

    def environment(self) -> dict[str, str]:
        """What is added to that of a process that shows its windows here."""
        return {"DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def whole(self) -> dict[str, str]:
        """The environment of such a process."""
        return {**os.environ, **self.environment(), "HOME": str(self._folder)}

    def do(self, *words: object) -> None:
        """xdotool's own words: ``"mousemove", 10, 20, "click", 3``."""
        self._run("xdotool", *map(str, words))

    def type(self, keys: Sequence[str]) -> None:
        """Keys by xdotool's names, down and up one after the other, as fast as the server takes them."""
        for at in range(0, len(keys), 500):
            self._run("xdotool", "key", "--delay", "0", *keys[at : at + 500])

    def see(self) -> np.ndarray[Any, Any]:
        """All that is on the glass now: rows of blue, green and red."""
        data = (self._folder / "Xvfb_screen0").read_bytes()
        head = _HEADER.unpack_from(data)
        width, height, line = head[4], head[5], head[12]
        rows = np.frombuffer(data, np.uint8, line * height, head[0] + head[19] * 12).reshape(height, line // 4, 4)
        return rows[:, :width, :3].copy()

    def picture(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        assert cv2.imwrite(str(path), self.see())
        return path

    def close(self) -> None:
        for process in reversed(self._running):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(1)
            process.kill()
            process.wait(5)
        shutil.rmtree(self._folder, ignore_errors=True)


def words_on(glass: np.ndarray[Any, Any], languages: str = "chi_sim+eng") -> str:
    """What tesseract reads there, without blanks: between Chinese letters it sees some, or none."""
    good, picture = cv2.imencode(".png", glass)
    assert good
    read = subprocess.run(
        ["tesseract", "-", "-", "-l", languages, "--psm", "11"],
        input=picture.tobytes(),
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    return "".join(read.stdout.decode().split())
