"""The frozen kiosk as a technician and the public have it: one mounted file, its program, its window, its process.

No word of a test reaches into it. It is told by its command line and its settings, and looked at from outside.
"""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.stand.kiosk import ROOT
from tests.stand.root import mounted

BUILD: Final = ROOT / "packaging" / "frozen" / "build.py"
FOLDER: Final = ROOT / "dist" / "kiosk"
PROGRAM: Final = FOLDER / "kiosk"
IMAGE: Final = ROOT / "dist" / "kiosk.squashfs"

_STRANGERS: Final = ("PYTHON", "VIRTUAL_ENV", "LD_", "QT_", "DISPLAY", "WAYLAND")
"""What the environment of a test has and a kiosk's machine has not."""


def build() -> None:
    """Have it built where it is not made of what lies here: a moment where ``make build`` was before."""
    subprocess.run([sys.executable, BUILD], check=True, capture_output=True, timeout=1_800)


@contextmanager
def installed(at: Path) -> Iterator[Path]:
    """What ships, mounted at a folder as ``opt-keting-kiosk.mount`` does it; the program there. Needs root."""
    build()
    said = configparser.RawConfigParser(strict=False, delimiters=("=",))
    said.read(ROOT / "packaging" / "opt-keting-kiosk.mount", "utf-8")
    kind, options = said["Mount"]["Type"], said["Mount"]["Options"]
    with mounted(IMAGE, at, options, kind):
        yield at / "kiosk"


class Frozen:
    """One frozen kiosk with a ``kiosk.toml``; ``environment`` is added to what any program has."""

    def __init__(self, program: Path, toml: Path, environment: Mapping[str, str]) -> None:
        self._program = program
        self._toml = toml
        plain = {name: value for name, value in os.environ.items() if not name.startswith(_STRANGERS)}
        self._environment = {**plain, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def folder(self) -> Path:
        """Where its settings are."""
        return self._toml.parent

    def command(self, *words: str) -> str:
        """Run a command to its end, and give what it said."""
        return subprocess.run(
            [self._program, "--config", self._toml, *words],
            env=self._environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        ).stdout

    def start(self) -> None:
        with self._toml.with_suffix(".log").open("wb") as said:
            self._process = subprocess.Popen(
                [self._program, "--config", self._toml, "run"],
                env=self._environment,
                cwd=self.folder,
                stdout=said,
                stderr=said,
            )

    @property
    def pid(self) -> int:
        """Raises ``AssertionError`` with its last words where it has ended."""
        assert self._process is not None
        words = self._toml.with_suffix(".log").read_text("utf-8", "replace")[-800:]
        assert self._process.poll() is None, f"the frozen kiosk ended with {self._process.returncode}: {words}"
        return self._process.pid

    def stop(self) -> int:
        """Tell it to end, and give how it ended."""
        assert self._process is not None
        self._process.terminate()
        try:
            return self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait(10)
