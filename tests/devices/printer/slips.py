"""Slips, printers and short deadlines for the tests of this folder."""

from __future__ import annotations

import random
from dataclasses import replace

from devices.printer.cables import NetworkCable
from devices.printer.escpos import EscPosPrinter
from devices.printer.profiles import NARROW, WIDE, Profile
from devices.printer.raster import Dots
from devices.printer.sim import ThermalPrinter

HASTY = replace(WIDE, connect_s=0.5, answer_s=0.6, away_s=1.0, stall_s=0.4, refill_s=0.6, slip_s=5.0)
"""The 80 mm printer with deadlines that a test can wait for."""

PROFILES = {576: WIDE, 384: NARROW}


def slip(width: int = 576, height: int = 640, seed: int = 1) -> Dots:
    """Lines of noise and white between them, like text; the last rows are black."""
    dice, stride = random.Random(seed), width // 8
    rows = [dice.randbytes(stride) if at % 48 < 30 else bytes(stride) for at in range(height - 2)]
    return Dots(width, height, b"".join(rows) + b"\xff" * stride * 2)


def driver(printer: ThermalPrinter, profile: Profile = HASTY, in_doubt: bool = False) -> EscPosPrinter:
    return EscPosPrinter(NetworkCable("127.0.0.1", printer.port), profile, in_doubt)
