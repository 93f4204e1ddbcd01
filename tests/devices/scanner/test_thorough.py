"""Papers on a table, photographed once: each is read, or it is known that one was not."""

from __future__ import annotations

from itertools import count

import cv2
import numpy as np
import pytest

from devices.scanner import decode, thorough
from devices.scanner.outline import Grey, outlines
from devices.scanner.sim import code, scene
from devices.scanner.thorough import Sight, every_code_in
from tests.bench.worn_scenarios import SCENARIOS, trials

SEED = 20261123

OURS, SHOP = np.random.default_rng(1).bytes(180), b"https://shop.example/pay"


@pytest.fixture(autouse=True)
def no_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine reads no less."""
    for module in (decode, thorough):
        monkeypatch.setattr(module, "monotonic", lambda: 0.0)


def blurred(drawing: Grey, modules: float) -> Grey:
    """A code of 5 dots a module, out of focus."""
    return np.asarray(cv2.GaussianBlur(drawing, (0, 0), 5 * modules), np.uint8)


def seen(*drawings: Grey) -> Sight:
    return every_code_in(scene(*drawings), wanted=lambda data: data != SHOP, seconds=2.0)


def test_a_worn_code_is_read_beside_sound_and_worn_ones() -> None:
    others = [np.random.default_rng(seed).bytes(180) for seed in (2, 3)]
    sound, *worn = (code(data, 5) for data in (OURS, *others))
    assert seen(sound, *(blurred(drawing, 0.55) for drawing in worn)) == Sight(frozenset((OURS, *others)), False)


def test_a_code_too_worn_to_be_read_is_noticed() -> None:
    sound, worn = code(OURS, 5), code(np.random.default_rng(2).bytes(180), 5)
    assert seen(sound, blurred(worn, 0.75)) == Sight(frozenset({OURS}), True)
    assert seen(blurred(worn, 0.75)) == Sight(frozenset(), True)


def test_the_search_goes_on_past_a_shop_s_code() -> None:
    assert seen(code(SHOP, 6), blurred(code(OURS, 5), 0.55)) == Sight(frozenset({SHOP, OURS}), False)
    assert seen(code(SHOP, 6)) == Sight(frozenset({SHOP}), False)


def test_one_paper_however_worn_never_looks_like_two() -> None:
    """Text around the code, the edge of the paper, its bend and its blots are no symbols."""
    for name in SCENARIOS:
        for picture, content in trials(name, SEED, 1):
            sight = every_code_in(picture, wanted=lambda data: True, seconds=2.0)
            assert sight in (Sight(frozenset({content}), False), Sight(frozenset(), True)), name


def test_print_that_is_no_symbol_leaves_nothing_unread() -> None:
    chance = np.random.default_rng(SEED)
    grains = np.kron(chance.integers(0, 2, (50, 50)), np.full((6, 6), 255)).astype(np.uint8)
    squares = np.kron(np.indices((20, 20)).sum(0) % 2, np.full((15, 15), 255)).astype(np.uint8)
    lines = np.full((300, 300), 255, np.uint8)
    for y in range(20, 300, 28):
        cv2.putText(lines, "".join(chance.choice(list("ABCDEFGHKMNPRSTXYZ"), 15)), (4, y), 0, 0.9, 0, 2)
    assert seen(code(OURS, 5), grains, squares) == Sight(frozenset({OURS}), False)
    assert seen(code(OURS, 5), lines) == Sight(frozenset({OURS}), False)


def test_where_a_code_was_read_there_is_no_outline_any_more() -> None:
    picture = scene(code(OURS, 5), blurred(code(OURS, 5), 0.55))
    (read,) = decode.seen_in(picture)
    right = read.corners.max(0)[0]
    assert any(outline.corners.mean(0)[0] < right for outline in outlines(picture))
    found = outlines(picture, [read.corners])
    assert found
    assert all(outline.corners.mean(0)[0] > right for outline in found)


def test_the_search_ends_when_its_time_is_over_and_what_was_to_come_is_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count(0.0, 0.5)
    for module in (decode, thorough):
        monkeypatch.setattr(module, "monotonic", lambda: next(ticks))
    worn = [blurred(code(np.random.default_rng(seed).bytes(180), 5), 0.75) for seed in (2, 3)]
    assert seen(code(OURS, 5), *worn) == Sight(frozenset({OURS}), True)
    assert next(ticks) < 10
