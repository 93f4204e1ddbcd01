from __future__ import annotations

import pytest

from tests.day import checks
from tests.day.check import CHECKS
from tests.prove.sabotage import ROOT, Sabotage, load

assert checks

SABOTAGES = load()


def test_every_check_of_the_day_has_one_sabotage_and_no_sabotage_is_without_a_check() -> None:
    assert sorted(sabotage.check for sabotage in SABOTAGES) == sorted(CHECKS)


@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda sabotage: sabotage.check)
def test_a_sabotage_finds_its_place_in_the_product(sabotage: Sabotage) -> None:
    for edit in sabotage.edits:
        path, text = edit.place(ROOT)
        changed = text.replace(edit.before, edit.after)
        assert changed != text
        if path.suffix == ".py":
            compile(changed, str(path), "exec")
