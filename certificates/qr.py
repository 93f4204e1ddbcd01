"""The QR code of a certificate: three segments, error correction M, the smallest version that holds them.

Source: ISO/IEC 18004:2015, 7.4 (modes, character counts) and table 7 (capacities).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

import qrcode
from qrcode.base import rs_blocks
from qrcode.util import QRData

LARGEST: Final = 16
"""Versions above it are refused (docs/certificate-format.md, section 1)."""

QUIET: Final = 4
"""White modules around the code."""

Rows = Sequence[Sequence[bool]]

_MASK: Final = 3  # one of the eight masks; trying all takes 4 times as long and no reader needs the best one
_NUMERIC: Final = 1
_ALPHANUMERIC: Final = 2
_BYTE: Final = 4
_MODE_BITS: Final = 4
_ADDRESS: Final = re.compile(r"[0-9A-Z $%*+\-./:]+", re.ASCII)
_DIGITS: Final = re.compile(r"[0-9]+", re.ASCII)


class TooLong(Exception):
    """Version 16 does not hold it."""


@dataclass(frozen=True, slots=True)
class Code:
    """The modules without their quiet zone; True is dark."""

    version: int
    rows: tuple[tuple[bool, ...], ...]


def version_for(address: int, digits: int) -> int:
    """The version for an address and a number of so many characters. Raises ``TooLong``."""
    for version in range(1, LARGEST + 1):
        if _bits(version, address, digits) <= capacity(version):
            return version
    raise TooLong


def modules(address: str, digits: str) -> Code:
    """``address``, ``#`` and ``digits`` as a code; the same every time.

    Raises ``ValueError`` for characters outside the alphanumeric set (table 5) and ``TooLong``.
    """
    if not _ADDRESS.fullmatch(address) or not _DIGITS.fullmatch(digits):
        raise ValueError("an address in capitals and a number are wanted")
    version = version_for(len(address), len(digits))
    code = qrcode.QRCode(version, qrcode.ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(QRData(address.encode(), mode=_ALPHANUMERIC), optimize=0)
    code.add_data(QRData(b"#", mode=_BYTE), optimize=0)
    code.add_data(QRData(digits.encode(), mode=_NUMERIC), optimize=0)
    code.make(fit=False)
    return Code(version, tuple(tuple(bool(module) for module in row) for row in code.modules))


def of_text(text: str) -> Code:
    """A code for any short ASCII text, such as what enrols a kiosk: for screens, not for certificates."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(QRData(text.encode("ascii"), mode=_BYTE), optimize=0)
    code.make(fit=True)
    return Code(code.version, tuple(tuple(bool(module) for module in row) for row in code.modules))


def svg(rows: Rows) -> str:
    """The code with its quiet zone, one unit a module.

    All of it is one path: rectangles that touch within one path leave no hairlines when it is scaled.
    """
    side = len(rows) + 2 * QUIET
    path = "".join(
        f"M{left + QUIET} {top + QUIET}h{width}v1h-{width}z"
        for top, row in enumerate(rows)
        for left, width in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{path}"/></svg>'
    )


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    runs, at = [], 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            runs.append((at, length))
        at += length
    return runs


@cache
def capacity(version: int) -> int:
    """Data bits that a code of ``version`` holds at level M."""
    return 8 * sum(block.data_count for block in rs_blocks(version, qrcode.ERROR_CORRECT_M))


def _bits(version: int, address: int, digits: int) -> int:
    large = version >= 10
    return (
        3 * _MODE_BITS
        + (11 if large else 9)
        + 11 * (address // 2)
        + 6 * (address % 2)
        + (16 if large else 8)
        + 8
        + (12 if large else 10)
        + 10 * (digits // 3)
        + (0, 4, 7)[digits % 3]
    )
