"""A stick as the system sees it once it is in: a file system on a mount point. Mounting needs root.

Sticks are FAT as a rule, which not every kernel that tests run on has; what the kiosk sees of one is the same.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

AS_ROOT: Final = [] if os.geteuid() == 0 else ["sudo", "-n"]
_BYTES: Final = 8_000_000


class Stick:
    """``insert`` mounts it at ``at``, ``pull`` takes it away; what was written stays on it."""

    def __init__(self, image: Path, at: Path, size: int = _BYTES) -> None:
        self.at = at
        self._image = image
        self._in = False
        at.mkdir(parents=True, exist_ok=True)
        with image.open("wb") as file:
            file.truncate(size)
        _run("mkfs.ext4", "-q", "-E", f"root_owner={os.getuid()}:{os.getgid()}", str(image))

    def insert(self, *, read_only: bool = False) -> None:
        if not self._in:
            how = f"loop,nosuid,nodev,noexec,sync,{'ro' if read_only else 'rw'}"
            _run(*AS_ROOT, "mount", "-o", how, str(self._image), str(self.at))
            self._in = True

    def pull(self) -> None:
        if self._in:
            _run(*AS_ROOT, "umount", "-l", str(self.at))
            self._in = False


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, f"{command[0]}: {done.stderr.strip()}"
