"""What happens to certificates, in 36 scenarios: seeded, so that a run can be had again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from zlib import crc32

import numpy as np

from tests.bench.worn_camera import HD, VGA, View, photograph
from tests.bench.worn_paper import Picture, Wear, sheet

ACCEPTANCE: Final = 20261121
"""The seed of the bench. Nothing is tuned on it."""

SCENARIOS: Final[Mapping[str, tuple[Wear, View]]] = {
    "clean": (Wear(), View()),
    "fade to 30 % contrast": (Wear(contrast=0.30), View()),
    "fade to 12 % contrast": (Wear(contrast=0.12), View()),
    "defocus 0.35 module": (Wear(), View(defocus=0.35)),
    "defocus 0.45 module": (Wear(), View(defocus=0.45)),
    "defocus 0.55 module": (Wear(), View(defocus=0.55)),
    "motion 1.0 module": (Wear(), View(motion=1.0)),
    "motion 1.6 module": (Wear(), View(motion=1.6)),
    "motion 2.2 module": (Wear(), View(motion=2.2)),
    "tilt 40°": (Wear(), View(tilt=40)),
    "tilt 55°": (Wear(), View(tilt=55)),
    "fold": (Wear(fold=True), View()),
    "4 dead columns of 1 dot": (Wear(columns=(4, 1)), View()),
    "4 dead columns of 2 dots": (Wear(columns=(4, 2)), View()),
    "8 dead columns of 2 dots": (Wear(columns=(8, 2)), View()),
    "4 dead columns of 4 dots": (Wear(columns=(4, 4)), View()),
    "6 white bands of 3 dots": (Wear(bands=(6, 3)), View()),
    "8 scratches": (Wear(scratches=8), View()),
    "stains on 2 %": (Wear(stains=0.02), View()),
    "stains on 4 %": (Wear(stains=0.04), View()),
    "stains on 8 %": (Wear(stains=0.08), View()),
    "ink lost on 2 %": (Wear(ink_loss=0.02), View()),
    "ink lost on 5 %": (Wear(ink_loss=0.05), View()),
    "noise 25": (Wear(), View(noise=25)),
    "VGA, 70 % of the height": (Wear(), View(VGA, 0.70)),
    "VGA, 50 % of the height": (Wear(), View(VGA, 0.50)),
    "VGA, 38 % of the height": (Wear(), View(VGA, 0.38)),
    "VGA, 30 % of the height": (Wear(), View(VGA, 0.30)),
    "shadow of 60 %": (Wear(), View(shadow=0.6)),
    "glare on 4 %": (Wear(), View(glare=0.04)),
    "curl 60°": (Wear(), View(curl=60)),
    "curl 80°": (Wear(), View(curl=80)),
    "curl 100°": (Wear(), View(curl=100)),
    "any turn": (Wear(), View(turn=180)),
    "worn, VGA": (
        Wear(contrast=0.40, columns=(3, 1)),
        View(VGA, 0.60, tilt=25, defocus=0.35, noise=6, shadow=0.3),
    ),
    "worn, HD": (
        Wear(contrast=0.40, columns=(3, 2), scratches=3, ink_loss=0.005, fold=True),
        View(HD, 0.60, tilt=20, defocus=0.30, noise=6, shadow=0.3),
    ),
}


def trials(name: str, seed: int, count: int) -> Iterator[tuple[Picture, bytes]]:
    """Frames of one scenario, each with the content of the code it shows. The first are the same for any ``count``."""
    wear, view = SCENARIOS[name]
    for trial in range(count):
        chance = np.random.default_rng((seed, crc32(name.encode()), trial))
        paper = sheet(chance, wear)
        yield photograph(chance, paper, view), paper.content
