"""The paper in a simulated printer, and what has come out of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of paper: ``dots`` row-major, 1 = black. ``torn``: no knife has parted it from the roll."""

    width: int
    height: int
    dots: bytes
    torn: bool

    @property
    def blank(self) -> bool:
        return not any(self.dots)

    def png(self, path: Path) -> Path:
        """Draw it, black on white, one pixel a dot."""
        bits = np.unpackbits(np.frombuffer(self.dots, np.uint8).reshape(self.height, -1), axis=1)[:, : self.width]
        cv2.imwrite(str(path), (1 - bits) * np.uint8(255))
        return path


class Roll:
    """Paper under the head. ``inked``: there are dots on it since the last cut."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.inked = False
        self.pieces: list[Piece] = []
        self._rows: list[bytes] = []

    @property
    def at(self) -> int:
        """Rows since the last cut."""
        return len(self._rows)

    def row(self, dots: bytes) -> None:
        self._rows.append(dots.ljust(self.width // 8, b"\0"))
        self.inked = self.inked or any(dots)

    def cut(self) -> None:
        self._part(torn=False)

    def tear(self) -> None:
        if self._rows:
            self._part(torn=True)

    def _part(self, torn: bool) -> None:
        self.pieces.append(self._piece(torn))
        self._rows, self.inked = [], False

    def all(self) -> list[Piece]:
        """What came out, oldest first; what still hangs in the mouth is the last."""
        return [*self.pieces, self._piece(torn=True)] if self._rows else list(self.pieces)

    def _piece(self, torn: bool) -> Piece:
        return Piece(self.width, len(self._rows), b"".join(self._rows), torn)
