"""What a fault is, and the honest endings of the visit that meets it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.soak.stage import Otherwise, Played, Stage

SLIP: Final = "paper"
"""The paper came out and the screen said so."""

GONE: Final = "over"
"""The visit is over, and the waiting screen is there again."""

_PAPERS: Final = ("TakeTicket", "TakePaper")
_CODE: Final = re.compile(r"\b[ACKLNPS]1\d\d\b")


@dataclass(frozen=True, slots=True)
class Fault:
    """``says``: what happens, for the report. ``then``: the kind of visit that must work after it.

    ``visit`` brings it about in the middle of a visit and gives the honest ending that it saw, or raises ``Otherwise``.
    ``mend`` puts the far end in order again, whatever became of the visit.
    """

    says: str
    then: str
    visit: Callable[[Stage, Random], str]
    mend: Callable[[Stage], None]


def ending(played: Played, *honest: str) -> str:
    """Which of the ``honest`` endings it was: ``SLIP``, ``GONE``, or a failure code on the screen."""
    codes = _CODE.findall(played.words)
    if played.page in _PAPERS:
        seen = SLIP
    elif played.page == "Attract" and GONE in honest:
        seen = GONE
    else:
        seen = next((code for code in codes if code in honest), ", ".join(codes) or "nothing said")
    if seen not in honest:
        raise Otherwise(f"ended with {seen}, not {' or '.join(honest)}", f"{played.page}: {played.words}")
    return seen
