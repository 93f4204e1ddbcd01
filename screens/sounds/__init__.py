"""The four sounds, and how they are made: ``python -m screens.sounds`` writes the files again.

Two rising notes for a card accepted, three for something to take, a longer
rising call for what was forgotten, a tick for a touch. Sine waves with soft
edges, 16 kHz, 16 bit, mono.
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
RATE: Final = 16_000

Note = tuple[float, float, float]
"""Hertz (0 is silence), seconds, loudness 0 to 1."""

SOUNDS: Final[dict[str, tuple[Note, ...]]] = {
    "touch": ((1200, 0.02, 0.25),),
    "accepted": ((659, 0.12, 0.4), (880, 0.2, 0.4)),
    "take": ((784, 0.15, 0.5), (0, 0.05, 0), (784, 0.15, 0.5), (0, 0.05, 0), (1047, 0.25, 0.5)),
    "alarm": tuple((hertz, 0.22, loud) for loud in (0.5, 0.7, 0.9) for hertz in (880, 1175, 1568)),
}


def samples(notes: tuple[Note, ...]) -> bytes:
    wave_form: list[int] = []
    for hertz, seconds, loud in notes:
        count = int(seconds * RATE)
        edge = max(1, count // 10)
        for at in range(count):
            soft = min(1.0, at / edge, (count - at) / edge)
            wave_form.append(round(32_000 * loud * soft * math.sin(2 * math.pi * hertz * at / RATE)))
    return struct.pack(f"<{len(wave_form)}h", *wave_form)


def write() -> None:
    for name, notes in SOUNDS.items():
        with wave.open(str(HERE / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(notes))
