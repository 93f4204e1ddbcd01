"""What is the same in every QR symbol of one version, so that a worn one can be found and drawn anew.

Source: ISO/IEC 18004:2015, clauses 6.3 (function patterns) and 7.10 (version information), annex E (alignment).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Modules = NDArray[np.bool_]

SMALLEST: Final = 2
LARGEST: Final = 20
"""Versions that are drawn anew; a certificate has 9 to 16."""

FINDER: Final[Modules] = np.pad(np.pad(np.ones((3, 3), bool), 1), 1, constant_values=True)
ALIGNMENT: Final[Modules] = np.pad(np.pad(np.ones((1, 1), bool), 1), 1, constant_values=True)
_QUIET: Final = 4


@dataclass(frozen=True, slots=True)
class Known:
    """``dark`` says how a module is, where ``fixed`` says that every symbol of this version has it so."""

    dark: Modules
    fixed: Modules


def side(version: int) -> int:
    """Modules along one side, without the quiet zone."""
    return 17 + 4 * version


@cache
def alignments(version: int) -> tuple[tuple[int, int], ...]:
    """Row and column of the middle of each alignment pattern."""
    count = version // 7 + 2
    step = (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    last = side(version) - 7
    at = [6, *(last - step * back for back in reversed(range(count - 1)))]
    corners = {(6, 6), (6, last), (last, 6)}
    return tuple((row, column) for row in at for column in at if (row, column) not in corners)


@cache
def known(version: int) -> Known:
    size = side(version)
    dark, fixed = np.zeros((size, size), bool), np.zeros((size, size), bool)
    dark[6, ::2] = dark[::2, 6] = True
    fixed[6] = fixed[:, 6] = True
    for row, column in alignments(version):
        dark[row - 2 : row + 3, column - 2 : column + 3] = ALIGNMENT
        fixed[row - 2 : row + 3, column - 2 : column + 3] = True
    finder = np.pad(FINDER, ((0, 1), (0, 1)))
    for turn in (0, 1, 3):  # all corners but the one at the lower right
        for modules, pattern in ((dark, finder), (fixed, np.ones((8, 8), bool))):
            np.rot90(modules, turn)[:8, :8] = np.rot90(pattern, 0)
    if version >= 7:
        bits = _version_bits(version).reshape(6, 3)
        dark[:6, -11:-8], dark[-11:-8, :6] = bits, bits.T
        fixed[:6, -11:-8] = fixed[-11:-8, :6] = True
    dark[-8, 8] = fixed[-8, 8] = True
    dark.flags.writeable = fixed.flags.writeable = False
    return Known(dark, fixed)


def drawn(modules: Modules, dots: int = 2) -> NDArray[np.uint8]:
    """A clean picture of a symbol, its fixed modules put right, with its quiet zone."""
    facts = known((len(modules) - 17) // 4)
    right = np.pad(np.where(facts.fixed, facts.dark, modules), _QUIET)
    return np.where(right, 0, 255).astype(np.uint8).repeat(dots, 0).repeat(dots, 1)


def _version_bits(version: int) -> Modules:
    """18 bits, the lowest first: the version and its remainder by the Golay generator 0x1F25."""
    rest = version
    for _ in range(12):
        rest = (rest << 1) ^ ((rest >> 11) * 0x1F25)
    word = version << 12 | rest
    return np.array([word >> bit & 1 for bit in range(18)], bool)
