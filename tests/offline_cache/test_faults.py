from __future__ import annotations

from pathlib import Path

import pytest

from offline_cache.faults import Fault

PAGES = Path(__file__).parents[2] / "docs" / "failures"


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_its_page_in_both_languages(fault: Fault) -> None:
    text = (PAGES / f"{fault.value}.md").read_text("utf-8")
    assert text.startswith(f"# {fault.value} ")
    assert " / " in text.splitlines()[0]
    for part in ("**The citizen sees**", "**Cause.**", "**The technician**"):
        assert part in text
