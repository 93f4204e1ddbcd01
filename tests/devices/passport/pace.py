"""How long our side of a passport takes, with the virtual chip in the same process and no reader between."""

from __future__ import annotations

import time

from devices.passport import bac, files
from devices.passport.sim import ChipHalf, Passport
from devices.passport.sim_keys import CurveActive
from tests.devices.passport.chips import PERSON, key_of, laid, opened, utopia


def page_ms(times: int = 30) -> list[float]:
    """Milliseconds of each: application selected, Basic Access Control, the page (DG1) read. The chip's share is in."""
    chip = Passport(PERSON, utopia())
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        card = laid(chip)
        assert bac.selected(card)
        files.read(bac.opened(card, key_of()), card, files.HOLDER)
        took.append(1000 * (time.perf_counter() - began))
    return took


def whole_ms(times: int = 30) -> list[float]:
    """Milliseconds of each whole reading of a chip that proves itself (AES), signatures included."""
    chip = Passport(PERSON, utopia(), CurveActive(), ChipHalf(16))
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        opened(chip)
        took.append(1000 * (time.perf_counter() - began))
    return took
