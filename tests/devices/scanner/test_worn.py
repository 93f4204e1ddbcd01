"""A few scenarios of the bench, with a seed of their own: what zxing-cpp alone cannot read, the pipeline does."""

from __future__ import annotations

import numpy as np
import pytest

from devices.scanner import decode
from devices.scanner.decode import codes_in, worn_codes_in
from devices.scanner.lie import likeness
from devices.scanner.locate import lies
from devices.scanner.outline import outlines
from tests.bench.worn_camera import View, photograph
from tests.bench.worn_paper import Wear, sheet
from tests.bench.worn_scenarios import trials

SEED = 20261119

HARD = (
    "defocus 0.55 module",
    "motion 2.2 module",
    "8 dead columns of 2 dots",
    "6 white bands of 3 dots",
    "8 scratches",
    "stains on 4 %",
    "ink lost on 5 %",
    "worn, VGA",
    "worn, HD",
)


@pytest.fixture(autouse=True)
def no_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "monotonic", lambda: 0.0)


def test_worn_paper_is_read_and_never_misread() -> None:
    prints = [print_ for name in HARD for print_ in trials(name, SEED, 2)]
    at_once = [codes_in(picture) for picture, _ in prints]
    at_last = [codes or worn_codes_in(picture) for codes, (picture, _) in zip(at_once, prints, strict=True)]
    assert all(codes <= {content} for codes, (_, content) in zip(at_last, prints, strict=True))
    assert sum(map(bool, at_once)) <= len(prints) / 2
    assert sum(map(bool, at_last)) >= len(prints) - 1


def test_a_symbol_without_one_of_its_finders_is_found() -> None:
    chance = np.random.default_rng(SEED)
    paper = sheet(chance, Wear())
    for down, right in ((0, 0), (0, 1), (1, 0)):
        whole = np.array(paper.light)
        middle = [(size - paper.side) // 2 + 24 for size in whole.shape]
        top, left = (start + far * (paper.side - 48 - 54) for start, far in zip(middle, (down, right), strict=True))
        whole[top - 6 : top + 60, left - 6 : left + 60] = 0.15
        blotted = type(paper)(whole, paper.side, paper.modules, paper.content)
        picture = photograph(np.random.default_rng(SEED), blotted, View())
        assert codes_in(picture) == set()
        assert worn_codes_in(picture) == {paper.content}


@pytest.mark.parametrize(("turn", "tilt", "curl"), [(180, 0, 0), (10, 50, 0), (10, 0, 90)])
def test_the_lie_of_a_symbol_is_found_however_it_lies(turn: int, tilt: int, curl: int) -> None:
    for trial in range(3):
        chance = np.random.default_rng((SEED, trial))
        paper = sheet(chance, Wear())
        picture = photograph(chance, paper, View(turn=turn, tilt=tilt, curl=curl))
        found = [lie for lie in lies(picture, outlines(picture)) if lie]
        best = max(found, key=lambda lie: likeness(picture, lie))
        assert 17 + 4 * best.version + 8 == paper.modules
        assert likeness(picture, best) > 0.8
