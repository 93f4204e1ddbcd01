"""A stick as the system sees it once it is in: a file system on a mount point. Mounting needs root.

Sticks are FAT as a rule, which not every kernel that tests run on has; what the kiosk sees of one is the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.stand.root import ext4, mount, unmount

_BYTES: Final = 8_000_000


class Stick:
    """``insert`` mounts it at ``at``, ``pull`` takes it away; what was written stays on it."""

    def __init__(self, image: Path, at: Path, size: int = _BYTES) -> None:
        self.at = at
        self._image = image
        self._in = False
        at.mkdir(parents=True, exist_ok=True)
        ext4(image, size)

    def insert(self, *, read_only: bool = False) -> None:
        if not self._in:
            how = f"loop,nosuid,nodev,noexec,sync,{'ro' if read_only else 'rw'}"
            mount(self._image, self.at, how)
            self._in = True

    def pull(self) -> None:
        if self._in:
            unmount(self.at)
            self._in = False
